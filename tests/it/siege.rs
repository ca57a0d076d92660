//! Attackers who want nobody to be served: connections that say nothing, half a request, or take
//! no answer.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::Command;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use relais::clock::Clock;
use relais::web::server::{self, ConnectionLimits};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::support::service::{Service, Site, asked};
use crate::support::{World, figure, skipped};

const HALF: &[u8] = b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx-more: ";
/// Generous: what ends does so after some seconds.
const EVENTUALLY: Duration = Duration::from_secs(60);

/// A connection from an address of loopback.
async fn from(address: [u8; 4], port: u16) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from((address, 0)))?;
    socket.connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await
}

/// Asks for a page, and reads until the other side closes.
async fn asks(stream: &mut TcpStream, path: &str) -> std::io::Result<String> {
    let request = format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

/// Whether somebody at an address is answered, sooner or later.
async fn is_served(address: [u8; 4], port: u16, path: &str) -> bool {
    let tries = async {
        loop {
            if let Ok(mut stream) = from(address, port).await
                && let Ok(answer) = asks(&mut stream, path).await
                && answer.starts_with("HTTP/1.1 200")
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    timeout(EVENTUALLY, tries).await.is_ok()
}

/// Waits until the other side has closed a connection.
async fn is_closed(stream: &mut TcpStream) -> bool {
    let mut bytes = [0; 1024];
    let reads = async {
        loop {
            match stream.read(&mut bytes).await {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
        }
    };
    timeout(EVENTUALLY, reads).await.is_ok()
}

/// Half-sent requests from some networks, as many as the machine lets us open.
async fn besiege(networks: std::ops::Range<u8>, each: usize, port: u16) -> Vec<TcpStream> {
    let mut held = Vec::new();
    for network in networks {
        for n in 0..each {
            let address = [127, 1, network, u8::try_from(n % 200 + 1).expect("a byte")];
            // The queue of the system is full for a moment, or we are at our own end.
            let opened = timeout(Duration::from_secs(5), from(address, port)).await;
            let Ok(Ok(mut stream)) = opened else { continue };
            if stream.write_all(HALF).await.is_ok() {
                held.push(stream);
            }
        }
    }
    held
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_half_sent_requests_stop_nobody() {
    const FILES: usize = 1_024;
    let world = World::sqlite().await;
    asked(&world, 2).await;
    let site = Site::of(world).await;
    let script =
        format!("ulimit -n {FILES} && exec \"$0\" serve --listen 127.0.0.1:0 --data \"$1\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_relais")]).arg(site.folder.path());
    site.told(&mut command);
    let (service, link) = (Service::spawn(command), site.links()[0].clone());
    let port = service.port;

    let mut held = besiege(0..1, 2_000, port).await;
    if held.len() < 1_500 {
        skipped("2,000 half-sent requests: this process may not open as many files");
        return;
    }
    // Everything at once is still less than the process may open, from as many places as it takes.
    held.extend(besiege(1..5, 250, port).await);
    assert!(is_served([127, 9, 9, 9], port, "/livez").await, "somebody else");
    assert!(is_served([127, 9, 9, 9], port, "/readyz").await, "and it can write");
    assert!(is_served([127, 9, 9, 9], port, &link).await, "a customer");
    let files = std::fs::read_dir(format!("/proc/{}/fd", service.id())).expect("its files").count();
    assert!(files < FILES, "{files} of {FILES}");
    let count = held.len();
    for mut stream in held {
        assert!(is_closed(&mut stream).await, "half a request is waited for without an end");
    }
    assert!(is_served([127, 1, 0, 1], port, "/livez").await, "their own network, afterwards");
    assert!(service.said("\"what\":\"connections\"") > 0, "{}", service.log());
    assert_eq!(service.said("no connection could be accepted"), 0, "{}", service.log());
    figure(&format!("siege: {count} half-sent requests, {files} of {FILES} files open"));
}

/// A service of a few pages with short patience.
struct Small {
    port: u16,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Small {
    async fn with(change: impl FnOnce(&mut ConnectionLimits)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let slow = || async {
            tokio::time::sleep(Duration::from_secs(3)).await;
            "slow"
        };
        let router = Router::new()
            .route("/", get(|| async { "here" }))
            .route("/slow", get(slow))
            .route("/large", get(|| async { vec![b'x'; 64 << 20] }));
        let mut limits = ConnectionLimits::of_this_process(Vec::new());
        (limits.headers, limits.idle) = (Duration::from_millis(700), Duration::from_millis(1_400));
        change(&mut limits);
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            let stopped = async { _ = stopped.await };
            server::serve(listener, router, limits, &Clock::System, stopped).await;
        });
        Self { port, stop: Some(stop), task }
    }

    async fn open(&self) -> TcpStream {
        from([127, 0, 0, 1], self.port).await.expect("a connection")
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_silent_half_sent_or_trickling_ends_and_what_works_does_not() {
    let small = Small::with(|_| {}).await;
    let mut silent = small.open().await;
    assert!(is_closed(&mut silent).await, "nothing was ever said");
    let mut half = small.open().await;
    half.write_all(HALF).await.expect("half a request");
    assert!(is_closed(&mut half).await, "half a request");
    let mut trickling = small.open().await;
    trickling.write_all(HALF).await.expect("half a request");
    let trickle = async {
        while trickling.write_all(b"a").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    assert!(timeout(EVENTUALLY, trickle).await.is_ok(), "a byte now and then prolongs it");
    let mut kept = small.open().await;
    kept.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("a request");
    assert!(is_closed(&mut kept).await, "idle after its answer");
    let mut slow = small.open().await;
    let answer = asks(&mut slow, "/slow").await.expect("an answer");
    assert!(answer.ends_with("slow"), "work takes longer than idling may: {answer}");
    let mut long = small.open().await;
    let head = format!("GET / HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "a".repeat(100_000));
    let _ = long.write_all(head.as_bytes()).await;
    assert!(is_closed(&mut long).await, "a head without an end");
    assert!(is_served([127, 0, 0, 1], small.port, "/").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_nobody_takes_holds_no_place_for_ever() {
    let small = Small::with(|limits| limits.of_a_network = 1).await;
    let mut taker = small.open().await;
    taker.write_all(b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("a request");
    let first = taker.read_u8().await.expect("the answer begins");
    assert_eq!(first, b'H');
    assert!(is_served([127, 0, 0, 1], small.port, "/").await, "its place is free again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_network_holds_its_places_another_its_own_and_a_proxy_as_many_as_it_needs() {
    let small = Small::with(|limits| {
        limits.of_a_network = 2;
        limits.proxies = vec!["127.7.7.7".parse().expect("an address")];
        limits.headers = EVENTUALLY * 2;
    })
    .await;
    let _held = [small.open().await, small.open().await];
    let mut third = small.open().await;
    assert!(is_closed(&mut third).await, "the network has its two");
    assert!(is_served([127, 5, 5, 5], small.port, "/").await, "another network");
    let mut proxied = Vec::new();
    for _ in 0..9 {
        proxied.push(from([127, 7, 7, 7], small.port).await.expect("a connection"));
    }
    for mut stream in proxied {
        let answer = asks(&mut stream, "/").await.expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_all_places_are_taken_the_next_wait_for_one() {
    let small = Small::with(|limits| limits.all = 3).await;
    let held = [small.open().await, small.open().await, small.open().await];
    let mut waiting = small.open().await;
    let answer = timeout(EVENTUALLY, asks(&mut waiting, "/")).await.expect("in time");
    assert!(answer.expect("an answer").starts_with("HTTP/1.1 200"));
    drop(held);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_is_asked_to_stop_waits_for_nobody_who_has_said_half() {
    let mut small = Small::with(|_| {}).await;
    let mut half = small.open().await;
    half.write_all(HALF).await.expect("half a request");
    let mut working = small.open().await;
    working.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("a request");
    tokio::time::sleep(Duration::from_millis(200)).await;
    small.stop.take().expect("once").send(()).expect("it serves");
    let mut answer = String::new();
    working.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.ends_with("slow"), "who was heard is answered: {answer}");
    timeout(EVENTUALLY, &mut small.task).await.expect("it ends").expect("without a panic");
    assert!(TcpStream::connect(("127.0.0.1", small.port)).await.is_err());
}

/// Whoever stands between, as a proxy, and we must agree where a request ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_ends_where_its_framing_says() {
    let small = Small::with(|_| {}).await;
    let mut both = small.open().await;
    let hidden = "GET /hidden HTTP/1.1\r\nhost: x\r\n\r\n";
    let request = format!(
        "GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n\
         {:x}\r\n{hidden}\r\n0\r\n\r\nGET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        hidden.len()
    );
    both.write_all(request.as_bytes()).await.expect("a request");
    let mut answers = String::new();
    let _ = both.read_to_string(&mut answers).await;
    assert!(!answers.contains("404"), "what stood in the body was taken for a request: {answers}");
    for wrong in [
        "content-length: 5\r\ncontent-length: 6",
        "content-length: 5x",
        "transfer-encoding: chunked, identity",
        "transfer-encoding: xchunked",
    ] {
        let mut stream = small.open().await;
        let request = format!("POST / HTTP/1.1\r\nhost: x\r\n{wrong}\r\n\r\nhello");
        stream.write_all(request.as_bytes()).await.expect("a request");
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer).await;
        assert!(answer.starts_with("HTTP/1.1 400") || answer.is_empty(), "{wrong}: {answer}");
    }
}
