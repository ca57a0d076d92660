//! The same numbers as the reference estimator to 1e-9, on small surveys that both make by the
//! same arithmetic.
//!
//! The figures of `reference.json` were computed once by the reference's `fit(cells(D, ask), ask)`
//! in double precision and written with all their digits (×10: it works on 0–10), with `p_kl`
//! counted from the answers as the method defines it. The reference estimates `p_kl` from the
//! weights instead, which is the same where everybody is asked everything: the figures of "all
//! asked" are its own, unchanged; with three asked the two differ by up to 0.33 points.

use crate::golden::numbers;
use crate::judge::simulator::{BUFFER, VARIANTS};
use crate::judge::survey::declared;
use relais_analytics::attribute::{Estimate, Role, Sample, Stratum};
use relais_analytics::cell::{Cell, Journey, Population, Row};
use relais_analytics::design::Design;
use relais_analytics::lateness::share_out;
use relais_analytics::{Options, attribute};
use serde_json::Value;

/// What goes wrong at site 0, in hundredths: slips of PLAN, losses at RECEP>WORK, losses at WORK.
#[derive(Clone, Copy)]
struct Faults {
    name: &'static str,
    planning: i64,
    handoff: i64,
    workshop: i64,
}

const SURVEYS: [Faults; 5] = [
    Faults { name: "placebo", planning: 12, handoff: 12, workshop: 12 },
    Faults { name: "handoff", planning: 12, handoff: 40, workshop: 12 },
    Faults { name: "planning", planning: 45, handoff: 12, workshop: 12 },
    Faults { name: "workshop", planning: 12, handoff: 12, workshop: 40 },
    Faults { name: "both", planning: 45, handoff: 40, workshop: 12 },
];

#[test]
fn every_figure_and_every_error_is_the_references() {
    let golden: Value =
        serde_json::from_str(include_str!("reference.json")).expect("the figures are JSON");
    for faults in SURVEYS {
        for (asked, all) in [("three", false), ("all", true)] {
            let name = format!("{}, {asked} asked", faults.name);
            compare(&name, &sample(faults, all), &golden[&name]);
        }
    }
}

fn compare(name: &str, sample: &Sample, golden: &Value) {
    // The reference's contrasts are by the slopes of covariances, and of the sides as they are.
    let options = Options { raking_moves: true, like_with_like: false, ..Options::default() };
    let found = attribute(sample, &options);
    let untraced = found.untraced.as_ref().expect("more than 700 answers are enough");
    let points = || found.elements.iter().filter_map(|element| element.points);
    let levels = points().map(|p| p.level).chain([untraced.level]).collect();
    let contrasts =
        points().filter_map(|p| Some(p.contrast?.points)).chain(untraced.contrast).collect();
    let (shortfall, gap) = (found.shortfall.expect("answers"), found.gap.expect("a reference"));
    let all = [
        ("level", levels),
        ("contrast", contrasts),
        ("shortfall", vec![shortfall]),
        ("gap", vec![gap]),
    ];
    for (what, found) in all {
        let errors: Vec<f64> = found.iter().map(error).collect();
        let values: Vec<f64> = found.iter().map(|estimate| estimate.value).collect();
        agree(&format!("{name}: {what}"), &values, &golden[what]);
        agree(&format!("{name}: error of {what}"), &errors, &golden[format!("{what}_error")]);
    }
}

/// The jackknife's error that an interval was made with.
fn error(estimate: &Estimate) -> f64 {
    /// Student's t at 90 % with 28 degrees of freedom: the focus answers in 29 of the 30 groups.
    const T: f64 = 1.701_130_934_265_931;
    let interval = estimate.interval.expect("thirty groups are enough");
    (interval.high - interval.low) / 2.0 / T
}

fn agree(what: &str, found: &[f64], golden: &Value) {
    let golden = numbers(golden);
    assert_eq!(found.len(), golden.len(), "{what}");
    for (at, (found, golden)) in found.iter().zip(golden).enumerate() {
        assert!((found - golden).abs() < 1e-9, "{what} {at}: {found} is not {golden}");
    }
}

/// 4,000 journeys by a linear congruential generator (Knuth's MMIX), which any language repeats.
fn sample(faults: Faults, all_asked: bool) -> Sample {
    let mut draw = Generator(20_260_101);
    let mut sample = declared(Design::Simple { asked: if all_asked { 7 } else { 3 } });
    for _ in 0..4000 {
        let (site, day) = (draw.below(6), draw.below(60));
        let variant = [0, 0, 0, 0, 0, 0, 0, 1, 1, 2][draw.below(10) as usize];
        let slips: Vec<i64> = (0..4).map(|j| slip(&mut draw, faults, (site, variant), j)).collect();
        let shared = share_out(&slips, BUFFER);
        let (losses, outcome) = losses(&mut draw, faults, (site, variant), shared.felt);
        let mut asked = VARIANTS[variant].to_vec();
        let asked: Vec<usize> =
            (0..3).map(|_| asked.remove(draw.below(asked.len() as i64) as usize)).collect();
        let answered = draw.below(100) < 15 + if outcome < 4 { 10 } else { 0 };

        let side = if site == 0 { Role::Focus } else { Role::Reference };
        let time: Vec<(u16, i64, i64)> =
            (8..12).zip(&shared.lost).map(|(position, &lost)| (position, lost, 0)).collect();
        let mut population = Population::new();
        population.add(&Journey { lateness: shared.felt, time: &time, ..Journey::default() });
        sample.add_population(side, day % 30, &population);
        if answered {
            let item = |k: &usize| (all_asked || asked.contains(k)).then_some(losses[*k]);
            let items: Vec<Option<i64>> = VARIANTS[variant].iter().map(item).collect();
            let mut cell = Cell::new(items.len());
            let row =
                Row { outcome: Some(outcome), lateness: shared.felt, items: &items, time: &time };
            cell.add(&row).expect("the losses are in range");
            let stratum = Stratum { place: site as u32, variant: variant as u32, version: 1 };
            sample.add(side, stratum, day % 30, &cell).expect("the variant was declared");
        }
    }
    sample
}

fn slip(draw: &mut Generator, faults: Faults, (site, variant): (i64, usize), j: usize) -> i64 {
    let (hit, minutes) = (draw.below(100), draw.below(3000));
    let often = if site == 0 && j == 2 { faults.planning } else { 12 };
    if hit < often && !(variant == 2 && j == 1) { minutes } else { 0 }
}

/// The losses of all ratings, and of the outcome.
fn losses(
    draw: &mut Generator,
    faults: Faults,
    (site, variant): (i64, usize),
    felt: i64,
) -> ([i64; 8], i64) {
    let general = draw.below(3);
    let losses = std::array::from_fn(|k| {
        let (noise, hit, depth) = (draw.below(3), draw.below(100), draw.below(6));
        let often = match (site, k) {
            (0, 2) => faults.workshop,
            (0, 5) => faults.handoff,
            _ => 12,
        };
        let blame = if k == 2 { felt / 1440 } else { 0 };
        (general + noise + if hit < often { depth } else { 0 } + blame).min(10)
    });
    let of_all: i64 = VARIANTS[variant].iter().map(|&k| losses[k]).sum();
    let outcome = (general + draw.below(3) + felt / 1200 + of_all / 7).min(10);
    (losses, outcome)
}

struct Generator(u64);

impl Generator {
    fn below(&mut self, end: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % end as u64) as i64
    }
}
