//! The breakdown of a year from its stored cells, against one pass over their bytes: `cargo bench
//! --bench breakdown`.
//!
//! Both run in this process on the same SQLite file. Then the same with ten times the answers: what
//! a page costs depends on the cells, not on the answers. `RELAIS_BENCH_ROWS` asks for another
//! number of answers.
#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]

use std::time::{Duration, Instant};

use relais::breakdown::request::RawQuestion;
use relais::breakdown::{read, store};
use relais::clock::Clock;
use relais::db::Db;
use relais::id::OrganisationId;
use relais::privacy::Eyes;
use relais::publication::publish::publish;
use relais::schema::cells;
use sea_orm::{EntityTrait, QuerySelect};

#[path = "../tests/it/organisation.rs"]
mod organisation;
#[path = "support/year.rs"]
mod year;
use year::{START, WEEK, fill};

/// How often each is done; the fastest counts, since the machine does other things too.
const TIMES: u32 = 7;
/// A page may cost at most so many times more when answers grow tenfold.
const LIMIT: f64 = 1.5;

#[tokio::main]
async fn main() {
    let rows = std::env::var("RELAIS_BENCH_ROWS")
        .ok()
        .and_then(|rows| rows.parse().ok())
        .unwrap_or(60_000);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!("{cores} cores, {}", std::env::consts::ARCH);
    let once = measure(rows).await;
    let tenfold = measure(rows * 10).await;
    let ratio = tenfold.as_secs_f64() / once.as_secs_f64();
    println!("with ten times the answers: {ratio:.2} times as long (limit {LIMIT})");
    std::process::exit(i32::from(ratio > LIMIT));
}

/// Fills and publishes a year, then times its breakdown beside one pass over the bytes of its
/// cells.
async fn measure(rows: u64) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let db = Db::open(&Db::url_inside(folder.path())).await.expect("a database");
    fill(&db, rows).await;
    let now = START + 60 * WEEK;
    let published = publish(
        &db,
        &Clock::manual(now),
        OrganisationId::new(1),
        "repair",
        None,
        &relais::progress::silent,
    )
    .await;
    let answers = published.expect("published").answers;
    let mut pass = Duration::MAX;
    let mut breakdown = Duration::MAX;
    let (mut cells, mut bytes) = (0, 0);
    for _ in 0..TIMES {
        let began = Instant::now();
        (cells, bytes) = one_pass(&db).await;
        pass = pass.min(began.elapsed());
        let began = Instant::now();
        read_year(&db, now).await;
        breakdown = breakdown.min(began.elapsed());
    }
    let ratio = pass.as_secs_f64() / breakdown.as_secs_f64();
    println!(
        "{answers} answers in {cells} atoms of {bytes} bytes: one pass {pass:.2?}, the breakdown {breakdown:.2?} (ratio {ratio:.2})"
    );
    breakdown
}

/// Reads the bytes of every atom's cells and does nothing with them.
async fn one_pass(db: &Db) -> (usize, usize) {
    let states =
        cells::Entity::find().select_only().column(cells::Column::States).into_tuple::<Vec<u8>>();
    let states = states.all(db.reader()).await.expect("the cells");
    (
        states.len(),
        states.iter().map(|state| state.iter().filter(|byte| **byte < u8::MAX).count()).sum(),
    )
}

/// What a page does: reads, splits, jackknifes and passes the gate.
async fn read_year(db: &Db, now: i64) {
    let known = store::known(db.reader(), OrganisationId::new(1)).await.expect("the names");
    let asked = RawQuestion {
        partition: Some("site:S0".into()),
        against: Some("rest".into()),
        ..RawQuestion::default()
    };
    let question = asked.check(&known, Eyes::Team("reception".into())).expect("a question");
    let reading = read::read(db, OrganisationId::new(1), &question, now).await.expect("a reading");
    assert!(reading.is_ok(), "nothing is shown");
}
