//! The signs of coached answers on simulated customers: how many coached groups they catch, how
//! many honest ones they flag.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Gamma, StandardNormal};
use relais_analytics::cell::{Cell, Details, Row};
use relais_analytics::coached::Comparison;

/// Parts of a journey; three of them are asked about.
const PARTS: usize = 7;
const ANSWERS: usize = 100;
const OTHERS: usize = 1_000;
const SEEDS: u64 = 2_000;

/// How customers rate, and on which scale.
#[derive(Clone, Copy)]
struct Scale {
    name: &'static str,
    /// The largest loss.
    range: i64,
    /// Where a journey without trouble stands, in losses, before noise.
    ideal: f64,
    /// Points lost for each unit of trouble.
    slope: f64,
    /// Standard deviations: between customers, and of one rating.
    spread: (f64, f64),
}

/// As the reference simulator's customers rate.
const TEN: Scale = Scale { name: "0-10", range: 10, ideal: 0.6, slope: 1.0, spread: (0.7, 0.9) };
/// Our own five points: a third says the best.
const FIVE: Scale = Scale { name: "1-5", range: 4, ideal: 0.5, slope: 0.5, spread: (0.4, 0.5) };

/// What a coached customer does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Coached {
    /// Gives the best mark and nothing else.
    Outcome,
    /// Gives the best mark to everything.
    Everything,
    /// One or the other.
    Either,
}

struct Customers {
    rng: StdRng,
    scale: Scale,
    depth: Gamma<f64>,
    late: Gamma<f64>,
}

impl Customers {
    fn new(scale: Scale, seed: u64) -> Self {
        let gamma = |scale| Gamma::new(2.0, scale).expect("shape and scale are above 0");
        Self { rng: StdRng::seed_from_u64(seed), scale, depth: gamma(2.0), late: gamma(0.5) }
    }

    /// Adds one answer; `coached` customers are told what to say whatever they met.
    fn answer(&mut self, cell: &mut Cell, coached: Option<Coached>) {
        let days = if self.chance(0.3) { self.late.sample(&mut self.rng) } else { 0.0 };
        let deficits: [f64; PARTS] = std::array::from_fn(|_| {
            if self.chance(0.12) { self.depth.sample(&mut self.rng).min(9.0) } else { 0.0 }
        });
        let trouble = 0.5 * deficits.iter().sum::<f64>() + 0.9 * days;
        let lenient = self.scale.spread.0 * self.normal();
        let mut outcome = self.rate(trouble, lenient);
        let mut items = [None; PARTS];
        for k in self.asked() {
            items[k] = Some(self.rate(deficits[k] + 0.15 * trouble, lenient));
        }
        let everything = match coached {
            Some(Coached::Either) => self.chance(0.5),
            other => other == Some(Coached::Everything),
        };
        if coached.is_some() {
            outcome = 0;
        }
        if everything {
            items.iter_mut().flatten().for_each(|loss| *loss = 0);
        }
        let row = Row {
            outcome: Some(outcome),
            lateness: (days * 1440.0) as i64,
            items: &items,
            time: &[],
        };
        let range = self.scale.range;
        let details = Details {
            channel: Some(0),
            outcome_range: range,
            step_range: range,
            ..Details::default()
        };
        cell.add_with(&row, &details).expect("a simulated answer fits");
    }

    fn asked(&mut self) -> [usize; 3] {
        let first = self.rng.random_range(0..PARTS);
        let second = (first + self.rng.random_range(1..PARTS)) % PARTS;
        let rest: Vec<usize> = (0..PARTS).filter(|k| *k != first && *k != second).collect();
        [first, second, rest[self.rng.random_range(0..rest.len())]]
    }

    fn rate(&mut self, trouble: f64, lenient: f64) -> i64 {
        let exact = self.scale.ideal + self.scale.slope * trouble - lenient
            + self.scale.spread.1 * self.normal();
        exact.round().clamp(0.0, self.scale.range as f64) as i64
    }

    fn chance(&mut self, of: f64) -> bool {
        self.rng.random::<f64>() < of
    }

    fn normal(&mut self) -> f64 {
        StandardNormal.sample(&mut self.rng)
    }
}

/// Shares of seeds: flagged, and with each sign seen; then the share of ideal outcomes among the
/// others.
fn tried(scale: Scale, share: f64, how: Coached, seeds: u64) -> (f64, [f64; 4], f64) {
    let (mut flagged, mut seen, mut ideal) = (0u64, [0u64; 4], 0i64);
    for seed in 0..seeds {
        let mut customers = Customers::new(scale, seed);
        let (mut group, mut others) = (Cell::new(PARTS), Cell::new(PARTS));
        (0..OTHERS).for_each(|_| customers.answer(&mut others, None));
        for _ in 0..ANSWERS {
            let coached = customers.chance(share).then_some(how);
            customers.answer(&mut group, coached);
        }
        let mut comparison = Comparison::new();
        comparison.group(0, 1, &group);
        comparison.others(0, 1, &others);
        let signs = comparison.signs();
        flagged += u64::from(signs.flagged());
        signs.seen().for_each(|sign| seen[sign as usize] += 1);
        ideal +=
            others.outcomes().next().filter(|(loss, _)| *loss == 0).map_or(0, |(_, count)| count);
    }
    let of_seeds = |count: u64| count as f64 / seeds as f64;
    (of_seeds(flagged), seen.map(of_seeds), ideal as f64 / (seeds * OTHERS as u64) as f64)
}

#[test]
fn coached_groups_are_flagged_and_honest_ones_are_not() {
    for scale in [TEN, FIVE] {
        let (honest, signs, ideal) = tried(scale, 0.0, Coached::Either, SEEDS);
        eprintln!(
            "{}, {:.0} % ideal: {:.2} % of honest groups of 100 flagged, signs {signs:.3?}",
            scale.name,
            100.0 * ideal,
            100.0 * honest
        );
        assert!(honest <= 0.01, "half a percent is flagged, give or take the seeds");
        for (how, least) in
            [(Coached::Everything, 0.8), (Coached::Either, 0.45), (Coached::Outcome, 0.45)]
        {
            let (caught, signs, _) = tried(scale, 0.15, how, SEEDS / 4);
            eprintln!(
                "  15 % coached ({how:?}): {:.0} % caught, signs {signs:.2?}",
                100.0 * caught
            );
            assert!(caught >= least, "{how:?} on {}: {caught}", scale.name);
        }
    }
}
