//! The breakdown of a year from its stored cells costs little more than reading their bytes.

use crate::simulator::{RATED, VARIANTS, declared};
use relais_analytics::attribute::{Side, Stratum};
use relais_analytics::cell::{Cell, Row};
use relais_analytics::design::Design;
use relais_analytics::{Options, attribute};
use std::time::{Duration, Instant};

/// A year of 100 weekly atoms of one variant each, ten answers or a hundred.
fn stored(answers: i64) -> Vec<(Stratum, i64, Vec<u8>)> {
    (0..5200i64)
        .map(|at| {
            let variant = (at % 3) as usize;
            let mut cell = Cell::new(VARIANTS[variant].len());
            for i in 0..answers {
                let asked = |k: i64| (at + i + k) % 3 == 0;
                let items: Vec<Option<i64>> =
                    (0..VARIANTS[variant].len() as i64).map(|k| asked(k).then_some((at * i + k * 7) % 11)).collect();
                let row = Row {
                    outcome: Some((at + 3 * i) % 11),
                    lateness: (at * i * 37) % 2000,
                    items: &items,
                    time: &[(10, (at * i) % 700, 0)],
                };
                cell.add(&row).expect("in range");
            }
            let stratum = Stratum { place: (at % 100) as u32, variant: variant as u32, version: 1 };
            (stratum, at / 100 * 3 + at % 3, cell.encode())
        })
        .collect()
}

/// How long the whole breakdown takes, and how much of it after the bytes were read and summed.
fn breakdown(stored: &[(Stratum, i64, Vec<u8>)]) -> (Duration, Duration) {
    let start = Instant::now();
    let mut sample = declared(Design::Observed);
    for (stratum, group, bytes) in stored {
        let side = if stratum.place == 0 { Side::Focus } else { Side::Reference };
        let cell = Cell::decode(bytes).expect("it was just written");
        sample.add(side, *stratum, *group, &cell).expect("it fits");
    }
    let read = start.elapsed();
    let attribution = attribute(&sample, &Options::default());
    assert_eq!(attribution.elements.len(), RATED + 4);
    (start.elapsed(), start.elapsed() - read)
}

#[test]
fn a_year_of_cells_is_broken_down_at_once_however_many_answers_they_hold() {
    let (small, large) = (stored(10), stored(100));
    let best = |stored: &[_]| (0..5).map(|_| breakdown(stored)).min().expect("five tries");
    let (few, many) = (best(&small), best(&large));
    eprintln!("5,200 cells: {few:?} with 10 answers each, {many:?} with 100 (all, after reading)");
    assert!(many.0 < Duration::from_millis(500), "{many:?}");
    assert!(many.0 < 3 * few.0, "ten times the answers must not slow it down: {few:?}, {many:?}");
}
