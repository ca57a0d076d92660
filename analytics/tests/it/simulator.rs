//! A service with known truth, after the reference simulator: `CALL → RECEP → WORK → (PLAN, never seen) → DELIV`.
//!
//! Positions: 0 CALL, 1 RECEP, 2 WORK, 3 DELIV, 4 CALL>RECEP, 5 RECEP>WORK, 6 WORK>DELIV, 7 RECEP>DELIV are rated;
//! 8 RECEP, 9 WORK, 10 PLAN, 11 DELIV are the promises.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Gamma, StandardNormal};
use relais_analytics::attribute::{Rated, Sample, Scale, Side, Stratum};
use relais_analytics::cell::{Cell, Journey, Population, Row};
use relais_analytics::design::{Design, Kind, draws};
use relais_analytics::lateness::share_out;
use std::collections::BTreeMap;

pub(crate) const RATED: usize = 8;
pub(crate) const TIMED: usize = 4;
/// The rated elements of each variant, in the order of its cells.
pub(crate) const VARIANTS: [&[usize]; 3] = [&[0, 1, 2, 3, 4, 5, 6], &[1, 2, 3, 5, 6], &[0, 1, 3, 4, 7]];
const SLIPS_OF: [[bool; TIMED]; 3] = [[true; TIMED], [true; TIMED], [true, false, true, true]];
const WEIGHT: [f64; RATED] = [0.45, 0.45, 0.55, 0.45, 0.55, 0.60, 0.55, 0.50];
const FAILURE: [f64; RATED] = [0.10, 0.10, 0.12, 0.10, 0.12, 0.12, 0.12, 0.12];
const SLIP_CHANCE: [f64; TIMED] = [0.08, 0.12, 0.10, 0.08];
const SLIP_MEAN: [f64; TIMED] = [0.6, 0.9, 1.2, 0.6];
const A_DAY_LATE: f64 = 0.9;
const SPILL_ALL: f64 = 0.15;
const SPILL_NEXT: f64 = 0.35;
const BASE: f64 = 9.4;
const NOISE: f64 = 0.9;
pub(crate) const BUFFER: i64 = 720;
const SITES: usize = 6;
const DAYS: usize = 60;
/// The reference's lateness stops here: six days felt.
const LATEST: f64 = 6.5;

/// What goes wrong at site 0.
#[derive(Clone, Copy)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// A rated element fails this often.
    Rated(usize, f64),
    /// A step slips this often, by so many days on average.
    Slip(usize, f64, f64),
}

/// How much is simulated.
pub(crate) struct Size {
    pub(crate) journeys: usize,
    /// Share of the journeys that answer.
    pub(crate) answering: f64,
    /// Standard deviation of a site's days, in outcome points of 10.
    pub(crate) days: f64,
    /// What a journey is asked.
    pub(crate) design: Design,
}

/// As the reference measured itself: 15 % answer, three elements drawn at random.
pub(crate) fn usual_size(journeys: usize) -> Size {
    Size { journeys, answering: 0.15, days: 0.25, design: Design::Simple { asked: 3 } }
}

/// A simulated sample, site 0 against the others, cells by site, variant and day of a 30-day cycle.
pub(crate) fn sample(fault: Fault, size: &Size, seed: u64) -> Sample {
    let mut service = Service::new(fault, size, seed);
    let mut cells: BTreeMap<(usize, usize, usize), (Cell, Population)> = BTreeMap::new();
    for _ in 0..size.journeys {
        let journey = service.journey();
        let key = (journey.site, journey.variant, journey.day % 30);
        let fresh = || (Cell::new(VARIANTS[journey.variant].len()), Population::new());
        let (cell, population) = cells.entry(key).or_insert_with(fresh);
        let time: Vec<(u16, i64, i64)> = (0..TIMED).map(|j| (8 + j as u16, journey.lost[j], 0)).collect();
        population.add(&Journey { lateness: journey.felt, time: &time, ..Journey::default() });
        if journey.answered {
            let row =
                Row { outcome: Some(journey.outcome), lateness: journey.felt, items: &journey.items, time: &time };
            cell.add(&row).expect("a simulated answer fits");
        }
    }
    let mut sample = declared(size.design);
    for ((site, variant, day), (cell, population)) in &cells {
        let side = if *site == 0 { Side::Focus } else { Side::Reference };
        let stratum = Stratum { place: *site as u32, variant: *variant as u32, version: 1 };
        sample.add(side, stratum, *day as i64, cell).expect("a simulated cell fits");
        sample.add_population(side, *day as i64, population);
    }
    sample
}

/// The garage's variants and questionnaire, and no answers.
pub(crate) fn declared(design: Design) -> Sample {
    let mut sample = Sample::new();
    for (number, elements) in VARIANTS.iter().enumerate() {
        let kind = |k: usize| if k < 4 { Kind::Step } else { Kind::Handoff };
        let rated = elements.iter().map(|&k| Rated { position: k as u16, kind: kind(k) }).collect();
        sample.variant(number as u32, rated).expect("the variants are sound");
    }
    sample.version(1, Scale::same(10, 10), design).expect("the scale is sound");
    (8..12).for_each(|position| sample.timed(position));
    sample
}

/// One simulated journey.
struct Simulated {
    site: usize,
    day: usize,
    variant: usize,
    answered: bool,
    outcome: i64,
    felt: i64,
    lost: Vec<i64>,
    items: Vec<Option<i64>>,
}

struct Service<'a> {
    rng: StdRng,
    fault: Fault,
    size: &'a Size,
    shocks: Vec<f64>,
    depth: Gamma<f64>,
    slip: Gamma<f64>,
}

impl<'a> Service<'a> {
    fn new(fault: Fault, size: &'a Size, seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let shocks = (0..SITES * DAYS).map(|_| size.days * normal(&mut rng)).collect();
        let gamma = |scale| Gamma::new(2.0, scale).expect("shape and scale are above 0");
        Self { rng, fault, size, shocks, depth: gamma(2.0), slip: gamma(0.5) }
    }

    fn journey(&mut self) -> Simulated {
        let site = self.rng.random_range(0..SITES);
        let day = self.rng.random_range(0..DAYS);
        let drawn: f64 = self.rng.random();
        let variant = usize::from(drawn >= 0.7) + usize::from(drawn >= 0.9);
        let deficits = self.deficits(site, variant);
        let (felt, lost) = self.lateness(site, variant);
        let late = felt as f64 / 1440.0;
        let loss = dot(&deficits, &WEIGHT) + A_DAY_LATE * late;
        let leniency = normal(&mut self.rng);
        let shock = self.shocks[site * DAYS + day];
        let outcome = score(BASE - loss + 0.7 * leniency + shock + NOISE * normal(&mut self.rng));
        let ratings = self.ratings(&deficits, late, loss, leniency);
        let items = self.ask(variant, &ratings);
        let answered = self.rng.random::<f64>() < self.size.answering;
        Simulated { site, day, variant, answered, outcome: 10 - outcome, felt, lost, items }
    }

    fn deficits(&mut self, site: usize, variant: usize) -> [f64; RATED] {
        std::array::from_fn(|k| {
            let chance = match self.fault {
                Fault::Rated(faulty, chance) if faulty == k && site == 0 => chance,
                _ => FAILURE[k],
            };
            let fails = self.rng.random::<f64>() < chance;
            let depth = self.depth.sample(&mut self.rng).min(9.0);
            if fails && VARIANTS[variant].contains(&k) { depth } else { 0.0 }
        })
    }

    /// Lateness felt and its share-out, in minutes.
    fn lateness(&mut self, site: usize, variant: usize) -> (i64, Vec<i64>) {
        let days: [f64; TIMED] = std::array::from_fn(|j| {
            let (chance, mean) = match self.fault {
                Fault::Slip(slipping, chance, mean) if slipping == j && site == 0 => (chance, mean),
                _ => (SLIP_CHANCE[j], SLIP_MEAN[j]),
            };
            let slips = self.rng.random::<f64>() < chance;
            let days = self.slip.sample(&mut self.rng) * mean;
            if slips && SLIPS_OF[variant][j] { days } else { 0.0 }
        });
        let shrink = (LATEST / days.iter().sum::<f64>().max(LATEST)).min(1.0);
        let slips = days.map(|days| (days * shrink * 1440.0).round() as i64);
        let shared = share_out(&slips, BUFFER);
        (shared.felt, shared.lost)
    }

    fn ratings(&mut self, deficits: &[f64; RATED], late: f64, loss: f64, leniency: f64) -> [i64; RATED] {
        const SPILL_LATE: [f64; RATED] = [0.10, 0.15, 0.60, 0.35, 0.10, 0.15, 0.35, 0.20];
        let mut felt = *deficits;
        for (handoff, receiver) in [(4, 1), (5, 2), (6, 3), (7, 3)] {
            felt[receiver] += SPILL_NEXT * deficits[handoff];
        }
        std::array::from_fn(|k| {
            let own = BASE - felt[k] - A_DAY_LATE * late * SPILL_LATE[k] - SPILL_ALL * loss;
            score(own + 0.8 * leniency + NOISE * normal(&mut self.rng))
        })
    }

    /// The losses of the elements that the design draws.
    fn ask(&mut self, variant: usize, ratings: &[i64; RATED]) -> Vec<Option<i64>> {
        let elements = VARIANTS[variant];
        let steps = elements.iter().filter(|&&k| k < 4).count();
        let mut left = match self.size.design {
            Design::Simple { asked } => [asked, asked, asked],
            Design::Three => self.draw(steps, elements.len() - steps),
            Design::Observed => [usize::MAX; 3],
        };
        let mut order: Vec<(f64, usize)> = (0..elements.len()).map(|at| (self.rng.random(), at)).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut items = vec![None; elements.len()];
        for (_, at) in order {
            let kind = usize::from(elements[at] >= 4);
            if left[kind] > 0 && left[2] > 0 {
                left[kind] -= 1;
                left[2] -= 1;
                items[at] = Some(10 - ratings[elements[at]]);
            }
        }
        items
    }

    /// How many steps, handoffs and elements in all one journey is asked about.
    fn draw(&mut self, steps: usize, handoffs: usize) -> [usize; 3] {
        let mut drawn: f64 = self.rng.random();
        let ways = draws(steps, handoffs);
        let chosen = ways.iter().find(|way| {
            drawn -= way.chance;
            drawn < 0.0
        });
        let way = chosen.or(ways.last()).expect("there is a way to draw");
        [way.steps, way.handoffs, way.steps + way.handoffs]
    }
}

fn normal(rng: &mut StdRng) -> f64 {
    StandardNormal.sample(rng)
}

fn dot(a: &[f64; RATED], b: &[f64; RATED]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn score(exact: f64) -> i64 {
    exact.round_ties_even().clamp(0.0, 10.0) as i64
}
