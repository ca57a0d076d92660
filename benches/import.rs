//! Importing a million events into SQLite against reading the same file with the csv crate alone:
//! `cargo bench --bench import`.
//!
//! The file has seven columns, once with the rows of a journey together and once in the order of
//! time, as a system that is asked for a period writes them. `RELAIS_BENCH_ROWS` asks for another
//! number of events.
#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand::rngs::StdRng;
use relais::app::App;
use relais::blueprint::file::{KnownCodes, Plan};
use relais::calendar::rfc3339;
use relais::clock::Clock;
use relais::config::Config;
use relais::journey::import::{Format, Import, import};
use relais::journey::mapping::ColumnChoices;
use relais::journey::source::Source;
use relais::journey::store::batch::Arrival;
use relais::journey::store::following;
use relais::progress::silent;

/// How much of the import's time reading the file alone may take at least.
const LIMIT: f64 = 0.05;
/// Resident memory at most, in MiB.
const MEMORY: u64 = 150;
/// Monday 3 November 2025.
const START: i64 = 1_762_128_000;
const STEPS: [&str; 5] = ["CALL", "PLAN", "RECEP", "WORK", "DELIV"];

#[tokio::main]
async fn main() {
    let rows = std::env::var("RELAIS_BENCH_ROWS")
        .ok()
        .and_then(|rows| rows.parse().ok())
        .unwrap_or(1_000_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut missed = false;
    for (order, by_time) in [("by journey", false), ("by time", true)] {
        let path = folder.path().join("events.csv");
        write(&path, rows, by_time).expect("a file of events");
        // Once unmeasured, so that both find the file in the machine's memory.
        read(&path);
        let reading = read(&path);
        let importing = import_all(&path, rows).await;
        let ratio = reading.as_secs_f64() / importing.as_secs_f64();
        println!("{rows} events {order}: read in {reading:.2?}, imported in {importing:.2?}");
        println!("  reading / importing = {ratio:.3} (limit {LIMIT})");
        missed |= ratio < LIMIT;
    }
    let peak = peak().unwrap_or(0);
    println!("resident memory at most {peak} MiB (limit {MEMORY})");
    std::process::exit(i32::from(missed || peak > MEMORY));
}

/// What the csv crate needs for the same file, its rows as text.
fn read(path: &Path) -> Duration {
    let began = Instant::now();
    let mut csv = csv::Reader::from_path(path).expect("the file");
    let mut bytes = 0;
    for record in csv.records() {
        bytes += record.expect("a row").as_slice().len();
    }
    assert!(bytes > 0, "nothing was read");
    began.elapsed()
}

async fn import_all(path: &Path, rows: u64) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let config = Config::read(&[("data", folder.path().display().to_string())], |_| None)
        .expect("the settings");
    let clock = Clock::manual(START + 400 * 86_400);
    let app =
        App::open_with(config, clock, StdRng::seed_from_u64(1)).await.expect("an application");
    let organisation = relais::organisation::store::ensure(&app.db, app.clock.now())
        .await
        .expect("an organisation");
    let plan = Plan::parse(&blueprint(), "blueprint.toml", None, &KnownCodes::default())
        .expect("a blueprint");
    let applied = app.db.write(move |tx| {
        Box::pin(async move { following::apply(tx, organisation, &plan, START).await })
    });
    applied.await.expect("a blueprint in force");
    let import_it = Import {
        organisation,
        journey_type: "repair".to_owned(),
        source: Source::File(path.to_owned()),
        format: Format::Csv,
        said: ColumnChoices::default(),
        site: None,
        arrival: Arrival::History,
    };
    let began = Instant::now();
    let report = import(&app, &import_it, &silent).await.expect("an import");
    let took = began.elapsed();
    assert_eq!(
        (report.read, report.kept, report.refused),
        (rows, rows, 0),
        "{:?}",
        report.refusals
    );
    took
}

fn blueprint() -> String {
    let mut text = "reason = \"bench\"\n[journey_type]\ncode = \"repair\"\n".to_owned();
    for step in STEPS {
        text += &format!(
            "[[step]]\ncode = \"{step}\"\nteam = \"all\"\nfrontstage = {}\n",
            step != "PLAN"
        );
    }
    text += "[[team]]\ncode = \"all\"\ncentral = 60\n";
    (0..12).for_each(|site| {
        text += &format!("[[site]]\ncode = \"S{site}\"\nregion = \"R{}\"\n", site % 4)
    });
    text
}

/// Five events a journey, over a year. By time, journeys that overlap are mixed.
fn write(path: &Path, rows: u64, by_time: bool) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "journey,step,start,end,promised,site,channel")?;
    let journeys = rows.div_ceil(5);
    let gap = (365 * 86_400 / journeys).max(1);
    // The steps are days apart: at any time as many journeys are under way as began since.
    let apart = if by_time { 2 * 86_400 / gap } else { 0 };
    let mut left = rows;
    for tick in 0..journeys + 4 * apart {
        for (place, step) in (0..).zip(STEPS) {
            let Some(journey) =
                tick.checked_sub(place * apart).filter(|journey| *journey < journeys && left > 0)
            else {
                continue;
            };
            left -= 1;
            let begin = START + (journey * gap) as i64 + place as i64 * 2 * 86_400;
            let (start, end, promised) =
                (rfc3339(begin), rfc3339(begin + 3_000), rfc3339(begin + 3_600));
            writeln!(file, "J{journey:08},{step},{start},{end},{promised},S{},web", journey % 12)?;
        }
    }
    file.flush()
}

/// The most memory that this process has had, in MiB, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kib| kib / 1024)
}
