//! What a customer's two minutes cost: `cargo bench --bench answer`.
//!
//! Everything runs in this process on one SQLite file with `synchronous=FULL`, the clients over
//! real sockets: pages served beside a constant of the same length, answers stored through HTTP
//! beside the same without it, invitations decided and rendered, and a steady load with its slowest
//! hundredth. `RELAIS_BENCH_SECONDS=600` makes the load last ten minutes.
#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use relais::app::App;
use relais::element::Element;
use relais::response::answering::{self, Link, Page};
use relais::response::pages::{OutcomePage, PartsPage, WordsPage};
use relais::survey::Answer;
use relais::{invitation, wiring};

#[path = "support/service.rs"]
mod service;
#[path = "support/wire.rs"]
mod wire;
use service::Service;
use wire::Wire;

/// What the leading open-source peer did on a machine of this kind: answers a second, bytes of its
/// page, bytes in memory.
const PEER: (f64, f64, f64) = (34.0, 949_000.0, 1.2e9);
/// Answers through HTTP beside the same without it.
const STORED: f64 = 0.3;
/// A page beside a constant of the same length.
const SERVED: f64 = 0.5;
/// The page with its style sheet, compressed.
const WEIGHT: usize = 14 * 1024;
const CLIENTS: usize = 32;
const ANSWERS: usize = 6_400;
const INVITED: usize = 5_000;
/// Pages sent in a second by the steady load.
const STEADY: usize = 200;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let service = Service::found(folder.path()).await;
    let page = body_of(&service).await;
    let address = serve(wiring::router(service.app.clone()), &page).await;
    let served = pages(&service, address, page.len()).await;
    let weight = weigh(&service, address).await;
    let stored = answers(&service, address).await;
    invitations(&service).await;
    let kept = steady(&service, address).await;
    println!("resident: {:.0} MB at most, 1/{:.0} of the peer's", peak() / 1e6, PEER.2 / peak());
    let missed = served < SERVED || stored < STORED || weight > WEIGHT || !kept;
    std::process::exit(i32::from(missed));
}

/// The first page, as it is sent.
async fn body_of(service: &Service) -> Vec<u8> {
    let address = serve(wiring::router(service.app.clone()), b"").await;
    let token = service.tokens("first", 1).await.remove(0);
    let reply = Wire::connect(address).await.get(&format!("/r/{token}"), "").await;
    assert_eq!(reply.status, 200);
    reply.body
}

/// Serves the service with a constant beside it.
async fn serve(router: Router, constant: &[u8]) -> SocketAddr {
    let text: &'static str =
        Box::leak(String::from_utf8_lossy(constant).into_owned().into_boxed_str());
    let router = router.merge(
        Router::new().route("/constant", get(move || async move { axum::response::Html(text) })),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    address
}

/// Runs `work` for every one of `all` on so many connections; says how long it took.
async fn on_connections<F, W>(address: SocketAddr, all: Vec<String>, work: W) -> Duration
where
    F: Future<Output = Wire> + Send,
    W: Fn(Wire, String) -> F + Copy + Send + Sync + 'static,
{
    let mut shares: Vec<Vec<String>> = (0..CLIENTS).map(|_| Vec::new()).collect();
    all.into_iter().enumerate().for_each(|(n, one)| shares[n % CLIENTS].push(one));
    let mut wires = Vec::with_capacity(CLIENTS);
    for _ in 0..CLIENTS {
        wires.push(Wire::connect(address).await);
    }
    let began = Instant::now();
    let clients: Vec<_> = wires
        .into_iter()
        .zip(shares)
        .map(|(mut wire, share)| {
            tokio::spawn(async move {
                for one in share {
                    wire = work(wire, one).await;
                }
            })
        })
        .collect();
    for client in clients {
        client.await.expect("a client");
    }
    began.elapsed()
}

async fn pages(service: &Service, address: SocketAddr, length: usize) -> f64 {
    let tokens = service.tokens("look", 200).await;
    let requests: Vec<String> =
        tokens.iter().cycle().take(20_000).map(|token| format!("/r/{token}")).collect();
    let constants = vec!["/constant".to_owned(); requests.len()];
    let fetch = |mut wire: Wire, path: String| async move {
        assert_eq!(wire.get(&path, "").await.status, 200);
        wire
    };
    // Once unmeasured, so that both find everything warm.
    on_connections(address, requests[..2_000].to_vec(), fetch).await;
    let count = requests.len() as f64;
    let constant = count / on_connections(address, constants, fetch).await.as_secs_f64();
    let page = count / on_connections(address, requests, fetch).await.as_secs_f64();
    let ratio = page / constant;
    println!(
        "survey page of {length} bytes: {page:.0} a second; a constant of the same length: {constant:.0} a second"
    );
    println!("page / constant = {ratio:.2} (limit {SERVED})");
    ratio
}

/// The first page with its style sheet, as a browser fetches them.
async fn weigh(service: &Service, address: SocketAddr) -> usize {
    let token = service.tokens("weigh", 1).await.remove(0);
    let mut wire = Wire::connect(address).await;
    let gzip = "accept-encoding: gzip\r\n";
    let page = wire.get(&format!("/r/{token}"), gzip).await.body.len();
    let style = wire.get(relais::web::SURVEY_STYLE, gzip).await.body.len();
    let all = page + style;
    println!(
        "page with its style, compressed: {page} + {style} bytes in 2 requests (limit {WEIGHT})"
    );
    println!("that is 1/{:.0} of the peer's page", PEER.1 / all as f64);
    all
}

async fn answers(service: &Service, address: SocketAddr) -> f64 {
    let plain = service.tokens("plain", ANSWERS).await;
    let forms = service.tokens("http", ANSWERS).await;
    let app = service.app.clone();
    let began = Instant::now();
    let shares: Vec<Vec<String>> =
        plain.chunks(ANSWERS / CLIENTS).map(<[String]>::to_vec).collect();
    let tasks: Vec<_> =
        shares.into_iter().map(|share| tokio::spawn(store(app.clone(), share))).collect();
    for task in tasks {
        task.await.expect("a task");
    }
    let without = ANSWERS as f64 / began.elapsed().as_secs_f64();
    let through = ANSWERS as f64 / on_connections(address, forms, three_pages).await.as_secs_f64();
    let ratio = through / without;
    println!(
        "answers of three durable pages, {CLIENTS} at once: {through:.0} a second through HTTP, {without:.0} without"
    );
    println!(
        "through HTTP / without = {ratio:.2} (limit {STORED}); {:.0} times the peer's rate",
        through / PEER.0
    );
    ratio
}

/// Three pages of one customer.
async fn three_pages(mut wire: Wire, token: String) -> Wire {
    for (page, form) in [("1", "outcome=4"), ("2", ""), ("3", "comment=Rien+%C3%A0+redire.")] {
        let reply = wire.post(&format!("/r/{token}/{page}"), form).await;
        assert_eq!(reply.status, 303, "{}", String::from_utf8_lossy(&reply.body));
    }
    wire
}

/// The same three pages without HTTP.
async fn store(app: App, tokens: Vec<String>) {
    for token in tokens {
        let Link::Open(opened) = answering::open(&app, &token).await.expect("a link") else {
            panic!("not open")
        };
        let outcome = Page::Outcome(OutcomePage { outcome: Some(4) }, false);
        answering::save(&app, &opened, &outcome, opened.lang).await.expect("a page");
        let asked = opened.items.iter().filter(|item| matches!(item.element, Element::Step(_)));
        let answers = asked.map(|item| (item.element.clone(), Answer::Rating(4))).collect();
        let parts = Page::Parts(PartsPage { answers, another: None });
        answering::save(&app, &opened, &parts, opened.lang).await.expect("a page");
        let words = WordsPage { comment: Some("Rien à redire.".to_owned()), pressed: None };
        answering::finish(&app, &opened, words, opened.lang).await.expect("a page");
    }
}

async fn invitations(service: &Service) {
    let sources = service.journeys("mail", INVITED).await;
    let began = Instant::now();
    let invited = service.decide(&sources).await;
    let decided = began.elapsed();
    service.app.clock.set(service::NOON + 86_400);
    let began = Instant::now();
    let sent = invitation::outbox::send_due(&service.app).await.expect("mails").sent;
    let rendered = began.elapsed();
    println!(
        "invitations: {:.0} decided a second, {:.0} rendered and sent to memory a second ({sent} of {invited})",
        INVITED as f64 / decided.as_secs_f64(),
        sent as f64 / rendered.as_secs_f64()
    );
}

/// A steady load of page posts; every one must be there afterwards.
async fn steady(service: &Service, address: SocketAddr) -> bool {
    let seconds =
        std::env::var("RELAIS_BENCH_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(20);
    let tokens = service.tokens("steady", STEADY * seconds / 3 + 1).await;
    let posts: Arc<Vec<(String, &'static str)>> =
        Arc::new(tokens.iter().flat_map(|token| pages_of(token)).collect());
    let pause = Duration::from_secs_f64(CLIENTS as f64 / STEADY as f64);
    let clients: Vec<_> = (0..CLIENTS)
        .map(|first| {
            let posts = Arc::clone(&posts);
            tokio::spawn(async move { client(address, &posts, first, pause).await })
        })
        .collect();
    let mut waits = Vec::with_capacity(posts.len());
    for client in clients {
        waits.extend(client.await.expect("a client"));
    }
    waits.sort_unstable();
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
    let mut finished = 0;
    for token in &tokens {
        let link = answering::open(&service.app, token).await.expect("a link");
        finished += usize::from(matches!(link, Link::Answered(_)));
    }
    println!(
        "steady: {} pages in {seconds} s, {finished} of {} answers there afterwards",
        waits.len(),
        tokens.len()
    );
    println!("a page took {:.1?} in the middle, {:.1?} at the 99th percentile", at(0.5), at(0.99));
    finished == tokens.len()
}

fn pages_of(token: &str) -> [(String, &'static str); 3] {
    [("1", "outcome=3"), ("2", ""), ("3", "")]
        .map(|(page, form)| (format!("/r/{token}/{page}"), form))
}

/// Sends every [`CLIENTS`]th answer of the load, page after page, at its own time.
async fn client(
    address: SocketAddr,
    posts: &[(String, &'static str)],
    first: usize,
    pause: Duration,
) -> Vec<Duration> {
    let mut wire = Wire::connect(address).await;
    let mut waits = Vec::new();
    let mut ticks = tokio::time::interval(pause);
    for answer in posts.chunks(3).skip(first).step_by(CLIENTS) {
        for (path, form) in answer {
            ticks.tick().await;
            let began = Instant::now();
            assert_eq!(wire.post(path, form).await.status, 303);
            waits.push(began.elapsed());
        }
    }
    waits
}

/// The most memory that this process has had, in bytes; the clients are in it.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok())
        .unwrap_or(f64::NAN)
        * 1024.0
}
