//! A service with known truth, after the reference simulator:
//! `CALL → RECEP → WORK → (PLAN, never seen) → DELIV`.
//!
//! Positions: 0 CALL, 1 RECEP, 2 WORK, 3 DELIV, 4 CALL>RECEP, 5 RECEP>WORK, 6 WORK>DELIV, 7
//! RECEP>DELIV are rated; 8 RECEP, 9 WORK, 10 PLAN, 11 DELIV are the promises.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Gamma, StandardNormal};
use relais_analytics::design::{Design, draws};
use relais_analytics::lateness::{Lateness, share_out};

pub(crate) const RATED: usize = 8;
pub(crate) const TIMED: usize = 4;
/// The rated elements before this are steps, the others handoffs.
pub(crate) const STEPS: usize = 4;
pub(crate) const SITES: usize = 6;
/// The rated elements of each variant, in the order of its cells.
pub(crate) const VARIANTS: [&[usize]; 3] =
    [&[0, 1, 2, 3, 4, 5, 6], &[1, 2, 3, 5, 6], &[0, 1, 3, 4, 7]];
const SLIPS_OF: [[bool; TIMED]; 3] = [[true; TIMED], [true; TIMED], [true, false, true, true]];
const WEIGHT: [f64; RATED] = [0.45, 0.45, 0.55, 0.45, 0.55, 0.60, 0.55, 0.50];
const FAILURE: [f64; RATED] = [0.10, 0.10, 0.12, 0.10, 0.12, 0.12, 0.12, 0.12];
const SLIP_CHANCE: [f64; TIMED] = [0.08, 0.12, 0.10, 0.08];
const SLIP_MEAN: [f64; TIMED] = [0.6, 0.9, 1.2, 0.6];
const DEEPEST: f64 = 9.0;
const A_DAY_LATE: f64 = 0.9;
const SPILL_LATE: [f64; RATED] = [0.10, 0.15, 0.60, 0.35, 0.10, 0.15, 0.35, 0.20];
const SPILL_ALL: f64 = 0.15;
const SPILL_NEXT: f64 = 0.35;
const BASE: f64 = 9.4;
const NOISE: f64 = 0.9;
pub(crate) const BUFFER: i64 = 720;
const DAYS: usize = 60;
/// The reference's lateness stops here: six days felt.
const LATEST: f64 = 6.5;

/// What goes wrong at site 0.
#[derive(Clone, Copy)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// A rated element fails this often.
    RatedElement(usize, f64),
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

impl Size {
    /// As the reference measured itself: 15 % answer, three elements drawn at random.
    pub(crate) fn usual(journeys: usize) -> Self {
        Self { journeys, answering: 0.15, days: 0.25, design: Design::Simple { asked: 3 } }
    }
}

/// One simulated journey.
pub(crate) struct Journey {
    pub(crate) site: usize,
    pub(crate) day: usize,
    pub(crate) variant: usize,
    /// Lateness felt, in minutes, and where it was lost.
    pub(crate) lateness: Lateness,
    pub(crate) answer: Option<Answer>,
}

/// What its customer says, as losses of 10.
pub(crate) struct Answer {
    pub(crate) outcome: i64,
    /// What the outcome would have been without the fault.
    pub(crate) spared: i64,
    /// By element of the variant.
    pub(crate) items: Vec<Option<i64>>,
}

/// How often something fails, and how badly on average.
#[derive(Clone, Copy)]
struct Odds {
    chance: f64,
    mean: f64,
}

/// What failed in a journey: points of each rated element, days of each timed one.
#[derive(Clone, Copy)]
struct Trouble {
    deficits: [f64; RATED],
    slips: [f64; TIMED],
}

/// An endless source of journeys, the same for the same seed.
pub(crate) struct Service<'a> {
    rng: StdRng,
    fault: Fault,
    size: &'a Size,
    shocks: Vec<f64>,
    /// Of mean 1.
    depth: Gamma<f64>,
}

impl<'a> Service<'a> {
    pub(crate) fn new(fault: Fault, size: &'a Size, seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let shocks = (0..SITES * DAYS).map(|_| size.days * normal(&mut rng)).collect();
        let depth = Gamma::new(2.0, 0.5).expect("shape and scale are above 0");
        Self { rng, fault, size, shocks, depth }
    }

    pub(crate) fn journey(&mut self) -> Journey {
        let site = self.rng.random_range(0..SITES);
        let day = self.rng.random_range(0..DAYS);
        let drawn: f64 = self.rng.random();
        let variant = usize::from(drawn >= 0.7) + usize::from(drawn >= 0.9);
        let [real, spared] = self.trouble(site, variant);
        let lateness = real.lateness();
        let answered = self.rng.random::<f64>() < self.size.answering;
        let answer =
            answered.then(|| self.answer(variant, &real, &spared, self.shocks[site * DAYS + day]));
        Journey { site, day, variant, lateness, answer }
    }

    /// What failed, and what would have failed without the fault.
    fn trouble(&mut self, site: usize, variant: usize) -> [Trouble; 2] {
        let mut both = [Trouble { deficits: [0.0; RATED], slips: [0.0; TIMED] }; 2];
        for k in VARIANTS[variant].iter().copied() {
            let usual = Odds { chance: FAILURE[k], mean: 4.0 };
            let odds = match self.fault {
                Fault::RatedElement(faulty, chance) if faulty == k && site == 0 => {
                    Odds { chance, ..usual }
                }
                _ => usual,
            };
            let drawn = self.draw([odds, usual]);
            both.iter_mut()
                .zip(drawn)
                .for_each(|(trouble, depth)| trouble.deficits[k] = depth.min(DEEPEST));
        }
        for j in (0..TIMED).filter(|&j| SLIPS_OF[variant][j]) {
            let usual = Odds { chance: SLIP_CHANCE[j], mean: SLIP_MEAN[j] };
            let odds = match self.fault {
                Fault::Slip(slipping, chance, mean) if slipping == j && site == 0 => {
                    Odds { chance, mean }
                }
                _ => usual,
            };
            let drawn = self.draw([odds, usual]);
            both.iter_mut().zip(drawn).for_each(|(trouble, days)| trouble.slips[j] = days);
        }
        both
    }

    /// The same stroke of fate under each of the odds.
    fn draw(&mut self, odds: [Odds; 2]) -> [f64; 2] {
        let fate: f64 = self.rng.random();
        if odds.iter().all(|odds| fate >= odds.chance) {
            return [0.0; 2];
        }
        let depth = self.depth.sample(&mut self.rng);
        odds.map(|odds| if fate < odds.chance { depth * odds.mean } else { 0.0 })
    }

    fn answer(&mut self, variant: usize, real: &Trouble, spared: &Trouble, shock: f64) -> Answer {
        let leniency = normal(&mut self.rng);
        let mood = BASE + 0.7 * leniency + shock + NOISE * normal(&mut self.rng);
        let [outcome, spared] = [real, spared].map(|trouble| 10 - score(mood - trouble.loss()));
        let ratings = self.ratings(real, leniency);
        Answer { outcome, spared, items: self.ask(variant, &ratings) }
    }

    fn ratings(&mut self, trouble: &Trouble, leniency: f64) -> [i64; RATED] {
        let mut felt = trouble.deficits;
        for (handoff, receiver) in [(4, 1), (5, 2), (6, 3), (7, 3)] {
            felt[receiver] += SPILL_NEXT * trouble.deficits[handoff];
        }
        let (late, all) = (A_DAY_LATE * trouble.days_late(), SPILL_ALL * trouble.loss());
        std::array::from_fn(|k| {
            let own = BASE - felt[k] - late * SPILL_LATE[k] - all;
            score(own + 0.8 * leniency + NOISE * normal(&mut self.rng))
        })
    }

    /// The losses of the elements that the design draws.
    fn ask(&mut self, variant: usize, ratings: &[i64; RATED]) -> Vec<Option<i64>> {
        let elements = VARIANTS[variant];
        let steps = elements.iter().filter(|&&k| k < STEPS).count();
        let mut left = match self.size.design {
            Design::Simple { asked } => [asked, asked, asked],
            Design::Drawn { asked } => self.way(steps, elements.len() - steps, asked),
            Design::Observed => [usize::MAX; 3],
        };
        let mut order: Vec<(f64, usize)> =
            (0..elements.len()).map(|at| (self.rng.random(), at)).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut items = vec![None; elements.len()];
        for (_, at) in order {
            let kind = usize::from(elements[at] >= STEPS);
            if left[kind] > 0 && left[2] > 0 {
                left[kind] -= 1;
                left[2] -= 1;
                items[at] = Some(10 - ratings[elements[at]]);
            }
        }
        items
    }

    /// How many steps, handoffs and elements in all one journey is asked about.
    fn way(&mut self, steps: usize, handoffs: usize, asked: usize) -> [usize; 3] {
        let mut drawn: f64 = self.rng.random();
        let ways = draws(steps, handoffs, asked);
        let chosen = ways.iter().find(|way| {
            drawn -= way.chance;
            drawn < 0.0
        });
        let way = chosen.or(ways.last()).expect("there is a way to draw");
        [way.steps, way.handoffs, way.steps + way.handoffs]
    }
}

impl Trouble {
    /// Lateness felt and its share-out, in minutes.
    fn lateness(&self) -> Lateness {
        let shrink = LATEST / self.slips.iter().sum::<f64>().max(LATEST);
        share_out(&self.slips.map(|days| (days * shrink * 1440.0).round() as i64), BUFFER)
    }

    fn days_late(&self) -> f64 {
        self.lateness().felt as f64 / 1440.0
    }

    /// Outcome points of 10 that it costs.
    fn loss(&self) -> f64 {
        let rated: f64 =
            self.deficits.iter().zip(WEIGHT).map(|(deficit, weight)| deficit * weight).sum();
        rated + A_DAY_LATE * self.days_late()
    }
}

fn normal(rng: &mut StdRng) -> f64 {
    StandardNormal.sample(rng)
}

fn score(exact: f64) -> i64 {
    exact.round_ties_even().clamp(0.0, 10.0) as i64
}
