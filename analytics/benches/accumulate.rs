//! Accumulating answers into cells beside a bare loop over the same bytes:
//! `cargo bench -p relais-analytics --bench accumulate`.
//!
//! The bare loop knows nothing: it takes rows of nine bytes (outcome, lateness, seven ratings) and
//! sums their full cross-product matrix, without asking what is known, what is in range, or for
//! histogram and promises.
#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]

use relais_analytics::cell::{Cell, Row};
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How often each is done, each time briefly; the fastest counts, since the machine does other
/// things too.
const TIMES: u32 = 200;
/// Cells may take answers at no less than this share of the bare loop's speed.
const LIMIT: f64 = 0.3;
const ANSWERS: usize = 10_000;
const ELEMENTS: usize = 7;
/// Outcome, lateness and ratings.
const COLUMNS: usize = 2 + ELEMENTS;
/// An element that was not asked.
const UNKNOWN: u8 = u8::MAX;
/// Cells, as a year of sites and weeks has them.
const CELLS: usize = 100;

fn main() -> ExitCode {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!("{cores} cores, {}", std::env::consts::ARCH);
    let rows: Vec<[u8; COLUMNS]> = (0..ANSWERS as u64).map(row).collect();
    let (mut bare, mut cells) = (Duration::MAX, Duration::MAX);
    for _ in 0..TIMES {
        bare = bare.min(timed(|| cross_products(black_box(&rows))));
        cells = cells.min(timed(|| accumulate(black_box(&rows))));
    }
    let ratio = bare.as_secs_f64() / cells.as_secs_f64();
    let each = |whole: Duration| whole.as_nanos() as f64 / ANSWERS as f64;
    println!("an answer: {:.1} ns by the bare loop, {:.1} ns into a cell", each(bare), each(cells));
    println!("bare / cell = {ratio:.2} (limit {LIMIT})");
    ExitCode::from(u8::from(ratio < LIMIT))
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let began = Instant::now();
    black_box(work());
    began.elapsed()
}

/// An answer: three of seven elements asked, one journey in four late.
fn row(n: u64) -> [u8; COLUMNS] {
    let mut state = n.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut below = |end: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % end) as u8
    };
    let mut row = [UNKNOWN; COLUMNS];
    row[0] = below(11);
    row[1] = if below(4) == 0 { below(200) } else { 0 };
    let mut asked = 0;
    while asked < 3 {
        let k = 2 + usize::from(below(ELEMENTS as u64));
        if row[k] == UNKNOWN {
            row[k] = below(5);
            asked += 1;
        }
    }
    row
}

/// What the loop is compared with.
fn cross_products(rows: &[[u8; COLUMNS]]) -> [[i64; COLUMNS]; COLUMNS] {
    let mut sums = [[0; COLUMNS]; COLUMNS];
    for row in rows {
        for (sums, &x) in sums.iter_mut().zip(row) {
            for (sum, &y) in sums.iter_mut().zip(row) {
                *sum += i64::from(x) * i64::from(y);
            }
        }
    }
    sums
}

/// The same answers into cells, one after the other as they come.
fn accumulate(rows: &[[u8; COLUMNS]]) -> Vec<Cell> {
    let mut cells = vec![Cell::new(ELEMENTS); CELLS];
    for (at, row) in rows.iter().enumerate() {
        let lateness = i64::from(row[1]);
        let items: [Option<i64>; ELEMENTS] =
            std::array::from_fn(|k| (row[2 + k] != UNKNOWN).then_some(i64::from(row[2 + k])));
        let time = [(9, lateness, 0)];
        let row = Row { outcome: Some(i64::from(row[0])), lateness, items: &items, time: &time };
        cells[at % CELLS].add(&row).expect("the answer is in range");
    }
    cells
}
