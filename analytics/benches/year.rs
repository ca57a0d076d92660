//! A year of cells, merged and fitted: `cargo bench -p relais-analytics --bench year`.
//!
//! 5,200 cells (100 sites, 52 weeks) over 16 elements and 30 replicate groups, on one core, beside
//! one bare pass over the bytes of the same cells. Then the same with ten times the answers, which
//! must not make it slower.
#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]

use relais_analytics::attribute::{RatedElement, Role, Scale, Stratum};
use relais_analytics::cell::{Cell, Journey, Population, Row};
use relais_analytics::design::{Design, Kind};
use relais_analytics::{Attribution, Options, Sample, attribute};
use rustix::time::{ClockId, clock_gettime};
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;

/// How often each is done; the fastest counts, since the machine does other things too.
const TIMES: u32 = 15;
/// Merging and fitting may take so long.
const LIMIT: Duration = Duration::from_millis(40);
/// With ten times the answers they may take so many times longer.
const TENFOLD: f64 = 1.5;
/// Third moments may make cells so many times as large.
const GROWTH: f64 = 1.5;
const SITES: u32 = 100;
const WEEKS: i64 = 52;
const ELEMENTS: u16 = 16;
/// The promise that is timed.
const PROMISE: u16 = ELEMENTS;

/// A cell with its journeys, and where they belong.
struct Atom {
    place: u32,
    group: i64,
    cell: Cell,
    population: Population,
}

fn main() -> ExitCode {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!("{cores} cores, of which one is used; {}", std::env::consts::ARCH);
    let once = measure(12);
    let tenfold = measure(120);
    let ratio = tenfold.as_secs_f64() / once.as_secs_f64();
    println!("with ten times the answers: {ratio:.2} times as long (limit {TENFOLD})");
    println!("merged and fitted in {once:.2?} (limit {LIMIT:.0?})");
    ExitCode::from(u8::from(once > LIMIT || ratio > TENFOLD))
}

/// The fastest merging and fitting of a year with so many answers a cell.
fn measure(answers: i64) -> Duration {
    let atoms: Vec<Atom> = (0..WEEKS)
        .flat_map(|week| (0..SITES).map(move |place| atom(place, week, answers)))
        .collect();
    let bytes: Vec<Vec<u8>> = atoms.iter().map(|atom| atom.cell.encode()).collect();
    let [mut pass, mut decoding, mut merging, mut both] = [Duration::MAX; 4];
    for _ in 0..TIMES {
        pass =
            pass.min(timed(|| bytes.iter().flatten().map(|&byte| u64::from(byte)).sum::<u64>()).0);
        decoding = decoding
            .min(timed(|| bytes.iter().filter_map(|bytes| Cell::decode(bytes).ok()).count()).0);
        let (merged, sample) = timed(|| merge(&atoms));
        let (fitted, attribution) = timed(|| attribute(&sample, &Options::default()));
        (merging, both) = (merging.min(merged), both.min(merged + fitted));
        check(&attribution, atoms.len() as i64 * answers);
    }
    let (count, size) = (atoms.len(), bytes.iter().map(Vec::len).sum::<usize>());
    let ratio = pass.as_secs_f64() / both.as_secs_f64();
    let lacking: usize = atoms.iter().map(|atom| without_thirds(&atom.cell)).sum();
    let growth = size as f64 / lacking as f64;
    println!("third moments: {growth:.2} times the bytes (limit {GROWTH})");
    assert!(growth < GROWTH, "cells grow by less than half");
    println!(
        "{count} cells of {answers} answers, {size} bytes: one pass {pass:.2?}, decoding {decoding:.2?}"
    );
    println!("merging {merging:.2?}, with the fit {both:.2?} (pass / both = {ratio:.3})");
    both
}

/// The bytes of a cell before there were third moments.
fn without_thirds(cell: &Cell) -> usize {
    // Scales that have no unit in common hold none, and neither does what they are added to.
    let mut ranges = [997; ELEMENTS as usize];
    ranges[0] = 3;
    let mut lacking = Cell::of_ranges(&ranges);
    lacking.merge(cell).expect("the same variant");
    lacking.encode().len() - 1
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let began = computed();
    let done = black_box(work());
    (computed() - began, done)
}

/// How long this thread has computed so far: what it waited for a core does not count.
fn computed() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

fn check(attribution: &Attribution, answers: i64) {
    let figures = (
        attribution.pooled,
        attribution.groups,
        attribution.elements.len(),
        attribution.is_split(),
    );
    assert_eq!(figures, (answers, 30, usize::from(ELEMENTS) + 1, true));
}

fn merge(atoms: &[Atom]) -> Sample {
    let mut sample = Sample::new();
    let element = |position| RatedElement { position, kind: kind(position) };
    sample.variant(0, (0..ELEMENTS).map(element).collect()).expect("the variant is sound");
    sample.version(0, Scale::same(10, 4), Design::THREE).expect("the scale is sound");
    for atom in atoms {
        let side = if atom.place == 0 { Role::Focus } else { Role::Reference };
        let stratum = Stratum { place: atom.place, variant: 0, version: 0 };
        sample.add(side, stratum, atom.group, &atom.cell).expect("the cell fits");
        sample.add_population(side, atom.group, &atom.population);
    }
    sample
}

/// The first half are steps, the other half handoffs.
fn kind(position: u16) -> Kind {
    if position < ELEMENTS / 2 { Kind::Step } else { Kind::Handoff }
}

/// A site's week: every journey rates two steps and a handoff, one in three is late.
fn atom(place: u32, week: i64, answers: i64) -> Atom {
    let mut cell = Cell::new(usize::from(ELEMENTS));
    let mut population = Population::new();
    for n in 0..answers {
        let at = (i64::from(place) * WEEKS + week) * answers + n;
        let minutes = if at % 3 == 0 { at * 37 % 3_000 } else { 0 };
        let time = [(PROMISE, minutes, 0)];
        population.add(&Journey { lateness: minutes, time: &time, ..Journey::default() });
        let asked = [at % 8, (at + 1 + at / 8 % 7) % 8, 8 + at / 3 % 8];
        let loss = |k: i64| (at * (k + 3) / 5 + at / 7) % 5;
        let item = |k: i64| asked.contains(&k).then(|| loss(k));
        let items: Vec<Option<i64>> = (0..i64::from(ELEMENTS)).map(item).collect();
        let outcome = (items.iter().flatten().sum::<i64>() / 2 + minutes / 1_000 + at % 3).min(10);
        cell.add(&Row { outcome: Some(outcome), lateness: minutes, items: &items, time: &time })
            .expect("in range");
    }
    Atom { place, group: week * 3 + i64::from(place) % 3, cell, population }
}
