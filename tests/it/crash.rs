//! A page that was acknowledged is there, whatever becomes of the program: it is killed at random
//! moments while customers send pages, and their ledger is compared with the database.
//!
//! The long program: `RELAIS_KILLS=1000 cargo test --release --test it crash::sqlite --
//! --nocapture`.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use sea_orm::{ConnectionTrait as _, Database};

use crate::support::cluster::Cluster;
use crate::support::ledger::Ledger;
use crate::support::service::{Site, asked};
use crate::support::{World, figure, until};

/// Kills the program so many times, and compares after each.
async fn killed(world: World, kills: usize, seed: u64) {
    let database =
        if world.app.config.database_url.starts_with("sqlite:") { "SQLite" } else { "PostgreSQL" };
    asked(&world, 40 + 6 * kills).await;
    let site = Site::of(world).await;
    let mut ledger = Ledger::new(site.links());
    let mut random = StdRng::seed_from_u64(seed);
    let mut lost = Vec::new();
    for kill in 0..kills {
        let service = site.serve();
        if kill > 0 {
            lost.extend(compare(&site, &mut ledger).await);
        }
        let lines = ledger.begin(&[service.port], seed + kill as u64);
        at_a_random_moment(&ledger, &mut random).await;
        service.kill();
        ledger.end(lines).await;
    }
    let service = site.serve();
    lost.extend(compare(&site, &mut ledger).await);
    // Those who go on are the ones that have saved anything, and whoever is done has no saved page
    // to lose.
    assert_eq!(
        compare_after_a_loss(&site, &mut ledger).await.len(),
        1,
        "the ledger does not see a loss"
    );
    goes_on(&site, &mut ledger, service.port).await;
    let (pages, finished) = (ledger.acknowledged(), ledger.finished());
    let gone = lost.len();
    figure(&format!(
        "crash, {database}: {kills} kills, {pages} pages acknowledged, {finished} finished, {gone} lost"
    ));
    assert_eq!(lost, [""; 0], "acknowledged pages are not there");
    assert!(pages > kills && finished > 0);
}

/// Waits for some pages, and then for a part of the time that one more takes.
async fn at_a_random_moment(ledger: &Ledger, random: &mut StdRng) {
    let enough = ledger.acknowledged() + random.random_range(1..60);
    until("pages are acknowledged", || ledger.acknowledged() >= enough).await;
    tokio::time::sleep(Duration::from_micros(random.random_range(0..10_000))).await;
}

async fn compare(site: &Site, ledger: &mut Ledger) -> Vec<String> {
    let reader = site.reader().await;
    let lost = ledger.compare(&reader).await;
    reader.close().await.expect("the reader");
    lost
}

/// Takes one saved page away behind everybody's back.
async fn compare_after_a_loss(site: &Site, ledger: &mut Ledger) -> Vec<String> {
    let db = Database::connect(&site.database_url).await.expect("the database");
    let taken = "UPDATE invitation SET words_page = NULL WHERE id = \
        (SELECT id FROM invitation WHERE words_page IS NOT NULL ORDER BY id LIMIT 1)";
    assert_eq!(db.execute_unprepared(taken).await.expect("a change").rows_affected(), 1);
    db.close().await.expect("closed");
    compare(site, ledger).await
}

/// The service works by itself: customers go on where they were.
async fn goes_on(site: &Site, ledger: &mut Ledger, port: u16) {
    let before = ledger.finished();
    let done = ledger.finish_some(port).await;
    assert_eq!(compare(site, ledger).await, [""; 0]);
    assert_eq!(ledger.finished(), before + done);
}

fn kills(otherwise: usize) -> usize {
    std::env::var("RELAIS_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(otherwise)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite() {
    killed(World::sqlite().await, kills(30), 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres() {
    killed(World::postgres().await, kills(30).div_ceil(6), 2).await;
}

/// The database is killed instead, and the program goes on without being started again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_is_killed() {
    let mut cluster = Cluster::start();
    let world = World::at(cluster.url()).await;
    asked(&world, 60).await;
    let site = Site::of(world).await;
    let service = site.serve();
    let mut ledger = Ledger::new(site.links());
    let mut random = StdRng::seed_from_u64(3);
    let mut lost = Vec::new();
    for kill in 0..3 {
        let lines = ledger.begin(&[service.port], 30 + kill);
        at_a_random_moment(&ledger, &mut random).await;
        cluster.kill();
        ledger.end(lines).await;
        cluster.start_again();
        lost.extend(compare(&site, &mut ledger).await);
    }
    goes_on(&site, &mut ledger, service.port).await;
    let pages = ledger.acknowledged();
    figure(&format!(
        "crash, PostgreSQL killed itself: 3 kills, {pages} pages acknowledged, {} lost",
        lost.len()
    ));
    assert_eq!(lost, [""; 0], "acknowledged pages are not there");
    assert!(pages > 3);
}
