//! The connections of the service: how many there may be, and when one of them ends by itself.
//!
//! Whoever opens connections and sends nothing, or half of a request, holds a descriptor for each;
//! a process that has no more of them serves nobody. So the headers of a request must arrive
//! within some seconds of its first byte, a connection on which nothing happens goes, one network
//! may hold so many, and all together fewer than the process may open files.
//!
//! The limit of one network does not hold for our own proxies, behind which everybody stands: the
//! pace of requests is counted by the address that they forward.

use std::collections::HashMap;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tower::ServiceExt as _;

use super::activity::{Activity, WatchedStream};
use crate::clock::Clock;
use crate::limits;
use crate::rate_limit::{Limiter, Prefix};
use crate::security_event::SecurityEvent;

#[derive(Clone, Debug)]
pub struct ConnectionLimits {
    /// From the first byte of a request, or from the opening of a connection, to the end of its
    /// headers.
    pub headers: Duration,
    /// How long nothing may happen on a connection while no request is worked on.
    pub idle: Duration,
    pub all: usize,
    pub of_a_network: usize,
    /// Addresses that the limit of a network does not hold for.
    pub proxies: Vec<IpAddr>,
}

impl ConnectionLimits {
    /// As many as the process may have files open, less what it needs itself.
    pub fn of_this_process(proxies: Vec<IpAddr>) -> Self {
        let files = open_files().saturating_sub(limits::DESCRIPTORS_KEPT);
        let all = files.clamp(1, limits::CONNECTIONS);
        Self {
            headers: limits::HEADERS,
            idle: limits::CONNECTION_IDLE,
            all,
            of_a_network: limits::CONNECTIONS_OF_A_NETWORK.min(all.div_ceil(2)),
            proxies,
        }
    }
}

/// How many files this process may have open; a careful guess where the system does not say.
fn open_files() -> usize {
    let told = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("Max open files"));
    match line.and_then(|line| line.split_whitespace().next()) {
        Some("unlimited") => usize::MAX,
        Some(soft) => soft.parse().unwrap_or(limits::OPEN_FILES),
        None => limits::OPEN_FILES,
    }
}

/// Serves until `stop`, then answers what was heard before. A connection that is not finished by
/// then ends by its own limits.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    own: ConnectionLimits,
    clock: &Clock,
    stop: impl Future<Output = ()>,
) {
    let (tell, told) = watch::channel(());
    let places = Arc::new(Semaphore::new(own.all));
    let networks = Networks::new(own.of_a_network);
    let events = Limiter::new(limits::LIMIT_EVENTS, clock.clone());
    let mut stop = pin!(stop);
    loop {
        let (place, (stream, peer)) = tokio::select! {
            () = &mut stop => break,
            next = next(&listener, &places) => next,
        };
        let address = peer.ip();
        let held = networks.hold(address, &own.proxies);
        if held.is_none() {
            if events.count(&Prefix::of(address)).is_ok() {
                SecurityEvent::Limit("connections").log_from(address);
            }
            continue;
        }
        let (router, own, told) = (router.clone(), own.clone(), told.clone());
        tokio::spawn(async move {
            let _held = (place, held);
            connection(stream, peer, router, &own, told).await;
        });
    }
    drop(listener);
    drop(told);
    let _ = tell.send(());
    tell.closed().await;
}

/// The next connection, as soon as there is a place for one: until then they wait in the system's
/// queue, where they cost no descriptor.
async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (Option<OwnedSemaphorePermit>, (TcpStream, SocketAddr)) {
    // The semaphore is never closed.
    let place = places.clone().acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok(accepted) => return (place, accepted),
            Err(failure) if is_the_peers(&failure) => {}
            Err(failure) => {
                tracing::error!(%failure, "no connection could be accepted");
                tokio::time::sleep(limits::ACCEPT_PAUSE).await;
            }
        }
    }
}

fn is_the_peers(failure: &io::Error) -> bool {
    let kinds =
        [ErrorKind::ConnectionRefused, ErrorKind::ConnectionAborted, ErrorKind::ConnectionReset];
    kinds.contains(&failure.kind())
}

/// Serves one connection to its end.
async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    own: &ConnectionLimits,
    mut told: watch::Receiver<()>,
) {
    let activity = Activity::begin();
    let requests = activity.clone();
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let (router, working) = (router.clone(), requests.work());
        async move {
            let answer = router.oneshot(request).await;
            drop(working);
            answer
        }
    });
    let stream = WatchedStream::new(stream, activity.clone());
    let served =
        http1::Builder::new().max_buf_size(limits::REQUEST_HEAD).serve_connection(stream, service);
    let mut served = pin!(served);
    let mut stopping = false;
    loop {
        tokio::select! {
            // A peer that breaks off, or speaks something else than HTTP, is no event of ours.
            _ = served.as_mut() => return,
            _ = told.changed(), if !stopping => {
                stopping = true;
                served.as_mut().graceful_shutdown();
            }
            () = activity.is_over(own.headers, own.idle) => return,
        }
    }
}

/// How many connections each network holds.
#[derive(Clone, Debug)]
struct Networks {
    held: Arc<Mutex<HashMap<Prefix, usize>>>,
    most: usize,
}

impl Networks {
    fn new(most: usize) -> Self {
        Self { held: Arc::default(), most }
    }

    /// A place among those of a network; `None` when it has them all.
    fn hold(&self, address: IpAddr, proxies: &[IpAddr]) -> Option<NetworkPlace> {
        let known = |proxy: &IpAddr| proxy.to_canonical() == address.to_canonical();
        if proxies.iter().any(known) {
            return Some(NetworkPlace(None));
        }
        let prefix = Prefix::of(address);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(prefix).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(NetworkPlace(Some((self.clone(), prefix))))
    }
}

/// A place of a network, given back when this is dropped; our own proxies have no number.
struct NetworkPlace(Option<(Networks, Prefix)>);

impl Drop for NetworkPlace {
    fn drop(&mut self) {
        let Some((networks, prefix)) = self.0.take() else { return };
        let mut held = networks.held.lock().unwrap_or_else(PoisonError::into_inner);
        match held.get_mut(&prefix) {
            Some(count) if *count > 1 => *count -= 1,
            _ => _ = held.remove(&prefix),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::web::server::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_network_holds_so_many_and_a_proxy_of_ours_as_many_as_it_likes() {
        let networks = Networks::new(2);
        let proxy = [ip("10.0.0.1")];
        let hold = |address: &str| networks.hold(ip(address), &proxy);
        let (first, _second) = (hold("192.0.2.1"), hold("192.0.2.2"));
        assert!(hold("192.0.2.3").is_none() && hold("192.0.3.1").is_some());
        drop(first);
        assert!(hold("192.0.2.3").is_some());
        let proxied: Vec<_> = (0..9).map(|_| hold("10.0.0.1")).collect();
        assert!(proxied.iter().all(Option::is_some));
        drop((proxied, _second));
        assert!(networks.held.lock().unwrap().is_empty());
    }

    #[test]
    fn there_are_fewer_connections_than_files() {
        let limits = ConnectionLimits::of_this_process(Vec::new());
        assert!(limits.all < open_files() && limits.of_a_network < limits.all, "{limits:?}");
    }
}
