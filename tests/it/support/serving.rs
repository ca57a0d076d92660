//! A world's pages on a real port, for browsers and other programs that know nothing of routers.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::extract::Request;
use axum::middleware::{self, Next};
use relais::wiring;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::World;

/// The service of one world; it ends when this is dropped.
pub(crate) struct Serving {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Serving {
    /// Serves at a free port of loopback.
    pub(crate) async fn of(world: &World) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = asked.clone();
        let note = move |request: Request, next: Next| {
            seen.lock().expect("the list").push(format!("{} {}", request.method(), request.uri()));
            next.run(request)
        };
        let router = wiring::router(world.app.clone()).layer(middleware::from_fn(note));
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, service).await;
        });
        Self { url, asked, task }
    }

    /// What it was asked for since this was asked last, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().expect("the list"))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.task.abort();
    }
}
