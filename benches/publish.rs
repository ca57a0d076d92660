//! Publishing a million answers against only reading them: `cargo bench --bench publish`.
//!
//! Both run in this process on the same SQLite file, one after the other. `RELAIS_BENCH_ROWS` asks
//! for another number of answers.
#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]

use std::time::{Duration, Instant};

use futures_util::TryStreamExt;
use relais::clock::Clock;
use relais::db::Db;
use relais::id::OrganisationId;
use relais::publication::publish::publish;
use sea_orm::{Statement, StreamTrait};

#[path = "../tests/it/organisation.rs"]
mod organisation;
#[path = "support/year.rs"]
mod year;
use year::{START, WEEK, fill};

const LIMIT: f64 = 0.5;
#[tokio::main]
async fn main() {
    let rows = std::env::var("RELAIS_BENCH_ROWS")
        .ok()
        .and_then(|rows| rows.parse().ok())
        .unwrap_or(1_000_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let db = Db::open(&Db::url_inside(folder.path())).await.expect("a database");
    fill(&db, rows).await;
    // Once unmeasured, so that both find the file in the machine's memory.
    read(&db).await;
    let reading = read(&db).await;
    let publishing = publish_all(&db, rows).await;
    let ratio = reading.as_secs_f64() / publishing.as_secs_f64();
    println!("{rows} answers: read in {reading:.2?}, published in {publishing:.2?}");
    println!("reading / publishing = {ratio:.2} (limit {LIMIT})");
    std::process::exit(i32::from(ratio < LIMIT));
}

/// Reads the rows that publishing needs, each response with its journey, and does nothing with
/// them.
async fn read(db: &Db) -> Duration {
    let began = Instant::now();
    let sql = "SELECT r.site, r.version, r.answered_at, r.outcome, r.answers, j.trace, j.finished_at, j.id \
               FROM response r LEFT JOIN journey j ON j.organisation_id = r.organisation_id AND j.id = r.journey";
    let statement = Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
    let mut stream = db.reader().stream_raw(statement).await.expect("a stream");
    let mut bytes = 0;
    while let Some(row) = stream.try_next().await.expect("a row") {
        let (site, answers): (Option<String>, String) =
            (text(&row, 0), text(&row, 4).expect("answers"));
        let (version, outcome): (i32, Option<i32>) = (get(&row, 1), get(&row, 3));
        let (answered_at, finished_at): (i64, Option<i64>) = (get(&row, 2), get(&row, 6));
        let (trace, id): (Option<String>, Option<Vec<u8>>) = (text(&row, 5), get(&row, 7));
        std::hint::black_box((site, version, outcome, answered_at, finished_at, id));
        bytes += answers.len() + trace.map_or(0, |trace| trace.len());
    }
    assert!(bytes > 0, "nothing was read");
    began.elapsed()
}

fn text(row: &sea_orm::QueryResult, at: usize) -> Option<String> {
    get(row, at)
}

fn get<T: sea_orm::TryGetable>(row: &sea_orm::QueryResult, at: usize) -> T {
    row.try_get_by_index(at).expect("a column")
}

async fn publish_all(db: &Db, rows: u64) -> Duration {
    let began = Instant::now();
    let clock = Clock::manual(START + 60 * WEEK);
    let report =
        publish(db, &clock, OrganisationId::new(1), "repair", None, &relais::progress::silent)
            .await
            .expect("published");
    assert_eq!(report.answers + report.waiting, rows, "{report:?}");
    println!("{} weeks, {} atoms, {} waiting", report.weeks.len(), report.atoms, report.waiting);
    began.elapsed()
}
