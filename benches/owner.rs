//! The process owner's pages against the size of the network: `cargo bench --bench owner`.
//!
//! Networks of 10 to 300 sites live sixty weeks of a service of twelve steps and are published by
//! the publication itself into a SQLite file. What a release makes new is made ready, as the
//! service does in the background. Then each page is asked for as a browser does, through the whole
//! router, signed in, with its row in the access log: for the first time, and again.
//! `RELAIS_BENCH_SITES=300` measures one size alone.
#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use rand::SeedableRng;
use rand::rngs::StdRng;
use relais::app::App;
use relais::clock::Clock;
use relais::config::Config;
use relais::id::OrganisationId;
use relais::schema::atom;
use relais::team::Role;
use relais::{wiring, worker};
use sea_orm::{EntityTrait, PaginatorTrait};

#[path = "support/network.rs"]
mod network;
#[path = "../tests/it/organisation.rs"]
mod organisation;
#[path = "../tests/it/visitor.rs"]
#[expect(dead_code, reason = "the stories need more of it")]
mod visitor;

/// The owner's pages with nothing chosen on them.
const PAGES: [&str; 9] = [
    "/network",
    "/network/help",
    "/network/system",
    "/network/compare",
    "/network/coverage",
    "/network/incentives",
    "/network/map",
    "/network/chart",
    "/network/actions",
];
/// The owner's pages of which something was chosen: nobody has made them ready.
const CHOSEN: [&str; 5] = [
    "/network?partition=region:R00&against=rest",
    "/network?partition=site:S003&against=rest",
    "/network/compare?measure=promise:STEP04&by=regions",
    "/network/chart?partition=region:R01&measure=step:STEP03",
    "/network/map?partition=region:R01",
];
/// A team's pages.
const OF_TEAM: [&str; 3] = [
    "/teams/reception/breakdown",
    "/teams/reception/map",
    "/teams/reception/breakdown?against=rest",
];
/// How often each page is asked for again; the fastest counts, since the machine does other things
/// too.
const TIMES: u32 = 7;
/// A page may take so long at the largest network.
const LIMIT: Duration = Duration::from_millis(100);

#[tokio::main]
async fn main() {
    let one = std::env::var("RELAIS_BENCH_SITES").ok().and_then(|sites| sites.parse().ok());
    let sizes: Vec<usize> = one.map_or_else(|| vec![10, 30, 100, 300], |sites| vec![sites]);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!(
        "{cores} cores, {}; {} weeks, {} steps",
        std::env::consts::ARCH,
        network::WEEKS,
        network::STEPS
    );
    let mut slowest = Duration::ZERO;
    for sites in sizes {
        slowest = measure(sites).await;
    }
    println!("slowest page of the largest network: {slowest:.1?} (limit {LIMIT:?})");
    std::process::exit(i32::from(slowest > LIMIT));
}

/// Asks a network of so many sites for every page; the time of the slowest.
async fn measure(sites: usize) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = [("data", folder.path().display().to_string())];
    let config =
        Config::read(&options, |name| (name == "RELAIS_MAIL").then(|| "memory".to_owned()));
    let app =
        App::open_with(config.expect("settings"), Clock::manual(0), StdRng::seed_from_u64(1)).await;
    let app = app.expect("an application");
    let began = Instant::now();
    let answers = network::live(&app, sites).await;
    let atoms = atom::Entity::find().count(app.db.reader()).await.expect("atoms");
    println!(
        "\n{sites} sites: {answers} answers in {atoms} atoms, lived in {:.1?}",
        began.elapsed()
    );
    let router = wiring::router(app.clone());
    let before = resident("VmRSS");
    forget_the_most();
    let began = Instant::now();
    worker::make_ready(&app).await.expect("ready");
    println!("  made ready after the release in {:.2?}", began.elapsed());
    let mut owner =
        visitor::signed_in(&app, &router, OrganisationId::new(1), Role::ProcessOwner, &[]).await;
    let mut team = visitor::signed_in(
        &app,
        &router,
        OrganisationId::new(1),
        Role::TeamMember,
        &[("reception", Some("S001"))],
    )
    .await;
    let mut slowest = Duration::ZERO;
    for page in PAGES.iter().chain(&CHOSEN) {
        slowest = slowest.max(ask_twice(&mut owner, page).await);
    }
    for page in OF_TEAM {
        slowest = slowest.max(ask_twice(&mut team, page).await);
    }
    let most = resident("VmHWM");
    println!(
        "  resident: {before:.0} MB before, {:.0} MB after, {most:.0} MB at most",
        resident("VmRSS")
    );
    slowest
}

/// Prints what a page takes the first time and then; both count.
async fn ask_twice(visitor: &mut visitor::Visitor, page: &str) -> Duration {
    let first = ask(visitor, page).await;
    let mut again = Duration::MAX;
    for _ in 0..TIMES {
        again = again.min(ask(visitor, page).await);
    }
    println!("  {page:<56} first {first:>8.1?}   again {again:>8.1?}");
    first
}

async fn ask(visitor: &mut visitor::Visitor, page: &str) -> Duration {
    let began = Instant::now();
    let told = visitor.get(page).await;
    let took = began.elapsed();
    assert_eq!(told.status, StatusCode::OK, "{page}");
    let withheld = told.body.contains("class=\"notice\"><h2>");
    assert!(!withheld, "{page} shows nothing");
    took
}

/// The most that this process ever held counts from now on.
fn forget_the_most() {
    std::fs::write("/proc/self/clear_refs", "5").expect("a process of our own");
}

/// Megabytes of this process.
fn resident(what: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(what));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) / 1024.0
}
