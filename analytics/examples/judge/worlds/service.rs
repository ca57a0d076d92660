//! A service of any number of steps, each with its handoff to the next, and what is odd about it.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Gamma, StandardNormal};
use relais_analytics::lateness::{Lateness, share_out};

const SITES: usize = 6;
/// Twelve weeks.
const DAYS: usize = 84;
const JOURNEYS: usize = 12_000;
const ANSWERING: f64 = 0.15;
const BASE: f64 = 9.4;
const A_DAY_LATE: f64 = 0.9;
const SPILL_NEXT: f64 = 0.35;
const NOISE: f64 = 0.9;
const ASKED: usize = 3;
/// Promises of a service.
const PROMISES: usize = 4;
const SLIP: Odds = Odds { chance: 0.1, mean: 1.0 };
const BAD_SLIP: Odds = Odds { chance: 0.45, mean: 2.2 };
const FAILURE: f64 = 0.12;
const WEIGHT: f64 = 0.5;

/// A chance, and days on average.
#[derive(Clone, Copy)]
struct Odds {
    chance: f64,
    mean: f64,
}

/// What goes wrong at site 0.
#[derive(Clone, Copy)]
pub(crate) enum Fault {
    /// A rated element fails this often.
    Rated(usize, f64),
    /// A promise is broken often and badly.
    Slip(usize),
}

/// What is odd about a world.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Twist {
    None,
    /// Everywhere, whoever is content seldom answers.
    OnlyAngry,
    /// At site 0, those who rate low answer more.
    OtherPeople,
    /// At site 0, everything is rated lower, and the outcome.
    Gloomy,
    /// At site 0, the second step is rated lower and nothing is lost.
    LowerScale,
    /// At site 0, more journeys take the longer variant, which costs more everywhere.
    OtherVariants,
    /// At site 0, more journeys come back, which costs more everywhere.
    Rework,
    /// Some journeys' times are not whole.
    MissingTimes,
    /// More so where they are late.
    MissingLate,
    /// Site 0 has most of the journeys.
    BigSite,
    /// Nearly all is well.
    Ceiling,
    /// Disappointment colours all ratings.
    StrongHalo,
    /// All fall from week to week, and site 0 starts late.
    Season,
    /// Answers come in some weeks only, and weeks differ.
    Bursts,
}

pub(crate) struct World {
    pub(crate) name: &'static str,
    pub(crate) steps: usize,
    pub(crate) faults: &'static [Fault],
    pub(crate) twist: Twist,
    /// At most so many wrong, at least so many right, at least so many covered.
    pub(crate) limits: [f64; 3],
}

impl World {
    pub(crate) const fn new(
        name: &'static str,
        steps: usize,
        faults: &'static [Fault],
        twist: Twist,
        limits: [f64; 3],
    ) -> Self {
        Self { name, steps, faults, twist, limits }
    }

    /// Steps and handoffs.
    pub(crate) fn rated(&self) -> usize {
        2 * self.steps - 1
    }

    pub(crate) fn promises(&self) -> usize {
        PROMISES.min(self.steps)
    }

    /// The position of what a fault breaks.
    pub(crate) fn position(&self, fault: Fault) -> u16 {
        match fault {
            Fault::Rated(k, _) => k as u16,
            Fault::Slip(j) => (self.rated() + j) as u16,
        }
    }

    /// The rated elements of the longer variant, and of the one that begins a step later.
    pub(crate) fn variant(&self, shorter: bool) -> Vec<usize> {
        (0..self.rated()).filter(|&k| !shorter || (k != 0 && k != self.steps)).collect()
    }
}

/// A journey at a site.
pub(crate) struct Journey {
    pub(crate) site: usize,
    pub(crate) day: usize,
    pub(crate) shorter: bool,
    pub(crate) lateness: Lateness,
    /// What each fault costs it, in points of 10.
    pub(crate) costs: Vec<f64>,
    /// Outcome loss and the losses by the variant's elements, of those who answer.
    pub(crate) answer: Option<(i64, Vec<Option<i64>>)>,
    /// Whether its times are whole.
    pub(crate) whole: bool,
}

/// What failed: points of each rated element, days of each promise.
#[derive(Clone)]
struct Trouble {
    deficits: Vec<f64>,
    slips: Vec<f64>,
}

/// All journeys of a world.
pub(crate) struct Service<'a> {
    world: &'a World,
    rng: StdRng,
    depth: Gamma<f64>,
    shocks: Vec<f64>,
}

impl<'a> Service<'a> {
    pub(crate) fn new(world: &'a World, seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut shocks: Vec<f64> = (0..SITES * DAYS).map(|_| 0.25 * normal(&mut rng)).collect();
        if world.twist == Twist::Bursts {
            let weeks: Vec<f64> = (0..SITES * DAYS / 7).map(|_| 0.5 * normal(&mut rng)).collect();
            shocks.iter_mut().enumerate().for_each(|(at, shock)| *shock += weeks[at / 7]);
        }
        let depth = Gamma::new(2.0, 0.5).expect("shape and scale are above 0");
        Self { world, rng, depth, shocks }
    }

    pub(crate) fn journeys(mut self) -> impl Iterator<Item = Journey> {
        (0..JOURNEYS).map(move |_| self.journey())
    }

    fn journey(&mut self) -> Journey {
        let twist = self.world.twist;
        let site = self.site();
        let late_start = twist == Twist::Season && site == 0;
        let day = self.rng.random_range(if late_start { DAYS / 2..DAYS } else { 0..DAYS });
        let long = if twist == Twist::OtherVariants && site != 0 { 0.3 } else { 0.75 };
        let shorter = self.rng.random::<f64>() >= long;
        let (real, spared) = self.trouble(site, shorter);
        let lateness = real.lateness();
        let leniency = normal(&mut self.rng);
        let mood = self.mood(site, day, shorter) + 0.7 * leniency + NOISE * normal(&mut self.rng);
        let outcome = |trouble: &Trouble| score(mood - trouble.loss());
        let told = outcome(&real);
        let costs = spared.iter().map(|spared| (outcome(spared) - told) as f64).collect();
        let ratings = self.ratings(site, day, shorter, &real, leniency);
        let answers = self.rng.random::<f64>() < self.chance(site, day, told, leniency);
        let answer = answers.then(|| (10 - told, self.ask(shorter, &ratings)));
        let whole = self.rng.random::<f64>() >= self.missing(&lateness);
        Journey { site, day, shorter, lateness, costs, answer, whole }
    }

    fn site(&mut self) -> usize {
        let big = self.world.twist == Twist::BigSite && self.rng.random::<f64>() < 0.64;
        if big { 0 } else { self.rng.random_range(0..SITES) }
    }

    /// What failed, and what would have failed without each of the faults.
    fn trouble(&mut self, site: usize, shorter: bool) -> (Trouble, Vec<Trouble>) {
        let world = self.world;
        let faults: Vec<Fault> = world.faults.iter().copied().filter(|_| site == 0).collect();
        let blank =
            Trouble { deficits: vec![0.0; world.rated()], slips: vec![0.0; world.promises()] };
        let (mut real, mut spared) = (blank.clone(), vec![blank; faults.len()]);
        for k in world.variant(shorter) {
            let often = faults.iter().find_map(|fault| match fault {
                Fault::Rated(faulty, often) if *faulty == k => Some(*often),
                _ => None,
            });
            let (fate, depth) = self.fate();
            let depth = (4.0 * depth).min(9.0);
            let at = |often: f64| if fate < often { depth } else { 0.0 };
            real.deficits[k] = at(often.unwrap_or(self.usual()));
            for (spared, fault) in spared.iter_mut().zip(&faults) {
                let own = matches!(fault, Fault::Rated(faulty, _) if *faulty == k);
                spared.deficits[k] = if own { at(self.usual()) } else { real.deficits[k] };
            }
        }
        for j in 0..world.promises() {
            let own = |fault: &Fault| matches!(fault, Fault::Slip(slipping) if *slipping == j);
            let (fate, days) = self.fate();
            let at = |odds: Odds| if fate < odds.chance { days * odds.mean } else { 0.0 };
            real.slips[j] = at(if faults.iter().any(own) { BAD_SLIP } else { SLIP });
            for (spared, fault) in spared.iter_mut().zip(&faults) {
                spared.slips[j] = if own(fault) { at(SLIP) } else { real.slips[j] };
            }
        }
        (real, spared)
    }

    fn usual(&self) -> f64 {
        // A long chain fails as often in all as a short one.
        FAILURE * 7.0 / self.world.rated().max(7) as f64
    }

    fn fate(&mut self) -> (f64, f64) {
        (self.rng.random(), self.depth.sample(&mut self.rng))
    }

    /// What the customer of a journey starts from.
    fn mood(&mut self, site: usize, day: usize, shorter: bool) -> f64 {
        let here = site == 0;
        let back = if here { 0.35 } else { 0.1 };
        let twist = match self.world.twist {
            Twist::Gloomy if here => -0.8,
            Twist::OtherVariants if !shorter => -1.0,
            Twist::Rework if self.rng.random::<f64>() < back => -2.0,
            Twist::Ceiling => 1.5,
            _ => 0.0,
        };
        BASE + twist + self.season(day) + self.shocks[site * DAYS + day]
    }

    fn season(&self, day: usize) -> f64 {
        if self.world.twist == Twist::Season { -0.02 * day as f64 } else { 0.0 }
    }

    fn ratings(
        &mut self,
        site: usize,
        day: usize,
        shorter: bool,
        trouble: &Trouble,
        leniency: f64,
    ) -> Vec<i64> {
        let (world, here) = (self.world, site == 0);
        let mut felt = trouble.deficits.clone();
        let spilled = felt[1..world.steps].iter_mut().zip(&trouble.deficits[world.steps..]);
        spilled.for_each(|(step, handoff)| *step += SPILL_NEXT * handoff);
        let halo = if world.twist == Twist::StrongHalo { 0.35 } else { 0.15 };
        let base = match world.twist {
            Twist::Gloomy if here => -0.8,
            Twist::OtherVariants if !shorter => -0.3,
            Twist::Ceiling => 1.5,
            _ => 0.0,
        };
        let base = BASE + base + self.season(day) - halo * trouble.loss() + 0.8 * leniency;
        let late = A_DAY_LATE * trouble.days_late();
        (0..world.rated())
            .map(|k| {
                let blame = if k == world.steps / 2 { 0.6 } else { 0.15 };
                let scale = world.twist == Twist::LowerScale && here && k == 1;
                let own = base - felt[k] - blame * late - if scale { 1.2 } else { 0.0 };
                score(own + NOISE * normal(&mut self.rng))
            })
            .collect()
    }

    /// The chance of an answer.
    fn chance(&self, site: usize, day: usize, outcome: i64, leniency: f64) -> f64 {
        match self.world.twist {
            Twist::OnlyAngry if outcome <= 6 => 0.5,
            Twist::OnlyAngry => 0.02,
            Twist::OtherPeople if site == 0 => 0.3 / (1.0 + (1.5 * leniency).exp()),
            Twist::Bursts if (day / 7 + site).is_multiple_of(3) => 0.35,
            Twist::Bursts => 0.05,
            _ => ANSWERING,
        }
    }

    fn missing(&self, lateness: &Lateness) -> f64 {
        match self.world.twist {
            Twist::MissingTimes => 0.3,
            Twist::MissingLate if lateness.felt > 0 => 0.6,
            Twist::MissingLate => 0.1,
            _ => 0.0,
        }
    }

    /// The losses of the elements that are drawn.
    fn ask(&mut self, shorter: bool, ratings: &[i64]) -> Vec<Option<i64>> {
        let elements = self.world.variant(shorter);
        let mut order: Vec<(f64, usize)> =
            (0..elements.len()).map(|at| (self.rng.random(), at)).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut items = vec![None; elements.len()];
        for (_, at) in order.into_iter().take(ASKED) {
            items[at] = Some(10 - ratings[elements[at]]);
        }
        items
    }
}

impl Trouble {
    fn lateness(&self) -> Lateness {
        let minutes: Vec<i64> =
            self.slips.iter().map(|days| (days.min(3.0) * 1440.0).round() as i64).collect();
        share_out(&minutes, 720)
    }

    fn days_late(&self) -> f64 {
        self.lateness().felt as f64 / 1440.0
    }

    fn loss(&self) -> f64 {
        WEIGHT * self.deficits.iter().sum::<f64>() + A_DAY_LATE * self.days_late()
    }
}

fn normal(rng: &mut StdRng) -> f64 {
    StandardNormal.sample(rng)
}

fn score(exact: f64) -> i64 {
    exact.round_ties_even().clamp(0.0, 10.0) as i64
}
