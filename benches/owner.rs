//! The process owner's pages against the size of the network: `cargo bench --bench owner`.
//!
//! Networks of 10 to 300 sites live sixty weeks of a service of twelve steps and are published by the publication itself
//! into a SQLite file. Each page is then asked for as a browser does, through the whole router, signed in, with its row in
//! the access log: first when nobody has asked since the last release, then again. `RELAIS_BENCH_SITES=300` measures one
//! size alone.
#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]

use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand::rngs::StdRng;
use relais::app::App;
use relais::clock::Clock;
use relais::config::Config;
use relais::schema::cell;
use relais::team::Role;
use relais::wiring;
use sea_orm::{EntityTrait, PaginatorTrait};

#[path = "support/network.rs"]
mod network;
#[path = "../tests/it/visitor.rs"]
#[expect(dead_code, reason = "the stories need more of it")]
mod visitor;

const PAGES: [&str; 6] =
    ["/network", "/network/help", "/network/system", "/network/compare", "/network/coverage", "/network/incentives"];
/// How often each page is asked for again; the fastest counts, since the machine does other things too.
const TIMES: u32 = 7;
/// A page may take so long at the largest network.
const LIMIT: Duration = Duration::from_millis(100);

#[tokio::main]
async fn main() {
    let one = std::env::var("RELAIS_BENCH_SITES").ok().and_then(|sites| sites.parse().ok());
    let sizes: Vec<usize> = one.map_or_else(|| vec![10, 30, 100, 300], |sites| vec![sites]);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!("{cores} cores, {}; {} weeks, {} steps", std::env::consts::ARCH, network::WEEKS, network::STEPS);
    let mut slowest = Duration::ZERO;
    for sites in sizes {
        slowest = measure(sites).await;
    }
    println!("slowest page of the largest network: {slowest:.1?} (limit {LIMIT:?})");
    std::process::exit(i32::from(slowest > LIMIT));
}

/// Asks a network of so many sites for every page; the time of the slowest that was asked for again.
async fn measure(sites: usize) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = [("data", folder.path().display().to_string())];
    let config = Config::read(&options, |name| (name == "RELAIS_MAIL").then(|| "memory".to_owned()));
    let app = App::open_with(config.expect("settings"), Clock::manual(0), StdRng::seed_from_u64(1)).await;
    let app = app.expect("an application");
    let began = Instant::now();
    let answers = network::live(&app, sites).await;
    let cells = cell::Entity::find().count(app.db.reader()).await.expect("cells");
    println!("\n{sites} sites: {answers} answers in {cells} cells, lived in {:.1?}", began.elapsed());
    let router = wiring::router(app.clone());
    let mut owner = visitor::signed_in(&app, &router, 1, Role::ProcessOwner, &[]).await;
    let mut slowest = Duration::ZERO;
    let before = resident("VmRSS");
    for page in PAGES {
        let first = ask(&mut owner, page).await;
        let mut again = Duration::MAX;
        for _ in 0..TIMES {
            again = again.min(ask(&mut owner, page).await);
        }
        println!("  {page:<20} first {first:>9.1?}   again {again:>9.1?}");
        slowest = slowest.max(again);
    }
    println!(
        "  resident: {before:.0} MB before, {:.0} MB after, {:.0} MB at most",
        resident("VmRSS"),
        resident("VmHWM")
    );
    slowest
}

async fn ask(owner: &mut visitor::Visitor, page: &str) -> Duration {
    let began = Instant::now();
    let told = owner.get(page).await;
    let took = began.elapsed();
    assert!(told.body.contains("class=\"lede\""), "{page} shows nothing");
    took
}

/// Megabytes of this process.
fn resident(what: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(what));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) / 1024.0
}
