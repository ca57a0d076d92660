//! Surveys of a world, one after the other: what is concluded, and how often that is right.

use super::practices::Practices;
use super::service::{Fault, Service, Twist, World};
use relais_analytics::attribute::{
    Attribution, Claim, EffectSize, Estimate, RatedElement, Role, Sample, Scale, Stratum,
};
use relais_analytics::cell::{Cell, Journey, Population, Row};
use relais_analytics::design::{Design, Kind};
use relais_analytics::{Options, attribute};
use std::collections::BTreeMap;
use std::ops::Range;

/// Standard errors by which those who answer must be later than all before raking moves figures.
const MOVES: f64 = 3.0;

/// Shares of a world's surveys.
pub(crate) struct Measured {
    /// A faulty element is named, alone or in a set.
    pub(crate) right: f64,
    /// Only others are named.
    pub(crate) wrong: f64,
    pub(crate) nobody: f64,
    /// Of those that name somebody, a set.
    pub(crate) set: f64,
    /// The page says "lost".
    pub(crate) lost: f64,
    /// The size of rated effects is measured.
    pub(crate) sized: f64,
    /// Points of the faulty elements over what they cost.
    pub(crate) ratio: f64,
    /// Of the faulty elements' intervals, those that hold the true size.
    pub(crate) covered: f64,
    /// How many those are.
    pub(crate) intervals: f64,
    /// Of the usual practices.
    pub(crate) practices: [Blame; 3],
}

/// How often a practice blames the right one, and another.
#[derive(Clone, Copy)]
pub(crate) struct Blame {
    pub(crate) right: f64,
    pub(crate) wrong: f64,
}

/// What one survey came to.
struct Trial {
    named: Vec<u16>,
    lost: bool,
    sized: bool,
    /// Of each fault: its contrast and its cost in points.
    faults: Vec<(Estimate, f64)>,
    blamed: [usize; 3],
}

/// Surveys a world on as many threads as there are cores.
pub(crate) fn measure(world: &World, seeds: Range<u64>) -> Measured {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let seeds: Vec<u64> = seeds.collect();
    let trials: Vec<Trial> = std::thread::scope(|scope| {
        let threads: Vec<_> = seeds
            .chunks(seeds.len().div_ceil(cores).max(1))
            .map(|seeds| {
                scope.spawn(|| seeds.iter().map(|&seed| trial(world, seed)).collect::<Vec<_>>())
            })
            .collect();
        let ended = threads.into_iter().map(|thread| thread.join().expect("a trial does not fail"));
        ended.flatten().collect()
    });
    summed(world, &trials)
}

fn summed(world: &World, trials: &[Trial]) -> Measured {
    let share = |holds: &dyn Fn(&Trial) -> bool| {
        trials.iter().filter(|trial| holds(trial)).count() as f64 / trials.len() as f64
    };
    let targets: Vec<u16> = world.faults.iter().map(|&fault| world.position(fault)).collect();
    // Lower ratings without a loss are rightly named, as long as nobody says "lost".
    let lower =
        |trial: &Trial| world.twist == Twist::LowerScale && !trial.lost && trial.named == [1];
    let right = |trial: &Trial| trial.named.iter().any(|named| targets.contains(named));
    let all = || trials.iter().flat_map(|trial| &trial.faults);
    let sum = |read: &dyn Fn(&(Estimate, f64)) -> f64| all().map(read).sum::<f64>();
    let covers = |(found, cost): &(Estimate, f64)| {
        let holds = found.interval.is_some_and(|i| i.low <= *cost && *cost <= i.high);
        f64::from(u8::from(holds))
    };
    let blame = |which: usize| Blame {
        right: share(&|trial| targets.contains(&(trial.blamed[which] as u16))),
        wrong: share(&|trial| !targets.contains(&(trial.blamed[which] as u16))),
    };
    Measured {
        right: if targets.is_empty() { f64::NAN } else { share(&right) },
        wrong: share(&|trial| !trial.named.is_empty() && !right(trial) && !lower(trial)),
        nobody: share(&|trial| trial.named.is_empty()),
        set: share(&|trial| trial.named.len() > 1),
        lost: share(&|trial| trial.lost),
        sized: share(&|trial| trial.sized),
        ratio: sum(&|(found, _)| found.value) / sum(&|(_, cost)| *cost),
        covered: sum(&covers) / all().count() as f64,
        intervals: all().count() as f64,
        practices: [0, 1, 2].map(blame),
    }
}

fn trial(world: &World, seed: u64) -> Trial {
    let mut survey = Survey::new(world);
    Service::new(world, seed).journeys().for_each(|journey| survey.add(&journey));
    let options = Options { raking_moves: survey.later.moves(), ..Options::default() };
    let attribution = attribute(&survey.sample(), &options);
    let named = attribution.leading_contrast.leaders();
    let fault = |(at, fault): (usize, &Fault)| {
        let cost = 10.0 * survey.costs[at] / survey.here.max(1) as f64;
        Some((contrast(&attribution, world.position(*fault))?, cost))
    };
    Trial {
        named: named.map(|leaders| leaders.positions().to_vec()).unwrap_or_default(),
        lost: matches!(attribution.leading_contrast, Claim::Lost(_)),
        sized: matches!(attribution.effect_size, Some(EffectSize::Measured(_))),
        faults: world.faults.iter().enumerate().filter_map(fault).collect(),
        blamed: survey.practices.blamed(),
    }
}

fn contrast(attribution: &Attribution, position: u16) -> Option<Estimate> {
    let element = attribution.elements.iter().find(|element| element.position == position)?;
    Some(element.points?.contrast?.points)
}

/// Site, week, third of the week, variant.
type Place = (usize, usize, usize, bool);

/// What was gathered of a world.
struct Survey<'a> {
    world: &'a World,
    cells: BTreeMap<Place, (Cell, Population)>,
    practices: Practices,
    /// What each fault cost the journeys of site 0, and how many they are.
    costs: Vec<f64>,
    here: usize,
    later: Later,
}

/// Days of lateness of all journeys and of those that answer.
#[derive(Default)]
struct Later {
    all: [f64; 3],
    answering: [f64; 3],
}

impl Later {
    fn add(sums: &mut [f64; 3], days: f64) {
        sums.iter_mut().zip([1.0, days, days * days]).for_each(|(sum, value)| *sum += value);
    }

    /// Whether those who answer differ from all by more than chance: then raking moves figures.
    fn moves(&self) -> bool {
        let mean = |[n, sum, _]: [f64; 3]| sum / n.max(1.0);
        let [n, _, squares] = self.all;
        let variance = squares / n.max(1.0) - mean(self.all).powi(2);
        let error = (variance / self.answering[0].max(1.0)).sqrt();
        (mean(self.answering) - mean(self.all)).abs() > MOVES * error
    }
}

impl<'a> Survey<'a> {
    fn new(world: &'a World) -> Self {
        let practices = Practices::new(world.steps, world.rated());
        let costs = vec![0.0; world.faults.len()];
        Self { world, cells: BTreeMap::new(), practices, costs, here: 0, later: Later::default() }
    }

    fn add(&mut self, journey: &super::service::Journey) {
        if journey.site == 0 {
            self.here += 1;
            self.costs.iter_mut().zip(&journey.costs).for_each(|(sum, cost)| *sum += cost);
        }
        // Journeys whose times are not whole are left out of what is timed, and so of all here.
        if !journey.whole {
            return;
        }
        let elements = self.world.variant(journey.shorter);
        let place = (journey.site, journey.day / 7, (journey.day % 7 / 2).min(2), journey.shorter);
        let fresh = || (Cell::new(elements.len()), Population::new());
        let (cell, population) = self.cells.entry(place).or_insert_with(fresh);
        let positions = self.world.rated() as u16..;
        let lateness = journey.lateness.felt;
        let lost = positions.zip(&journey.lateness.lost);
        let time: Vec<(u16, i64, i64)> =
            lost.map(|(position, &lost)| (position, lost, 0)).collect();
        population.add(&Journey { lateness, time: &time, ..Journey::default() });
        Later::add(&mut self.later.all, lateness as f64 / 1440.0);
        let Some((outcome, items)) = &journey.answer else { return };
        Later::add(&mut self.later.answering, lateness as f64 / 1440.0);
        let row = Row { outcome: Some(*outcome), lateness, items, time: &time };
        cell.add(&row).expect("a simulated answer fits");
        for (&k, loss) in elements.iter().zip(items).filter_map(|(k, loss)| Some((k, (*loss)?))) {
            self.practices.add(journey.site == 0, k, loss, *outcome);
        }
    }

    fn sample(&self) -> Sample {
        let mut sample = Sample::new();
        for (number, shorter) in [(0, false), (1, true)] {
            let steps = self.world.steps;
            let kind = |k: usize| if k < steps { Kind::Step } else { Kind::Handoff };
            let rated = |k: usize| RatedElement { position: k as u16, kind: kind(k) };
            let elements = self.world.variant(shorter).into_iter().map(rated).collect();
            sample.variant(number, elements).expect("the variant is sound");
        }
        let design = Design::Simple { asked: 3 };
        sample.version(0, Scale::same(10, 10), design).expect("the scale is sound");
        for (&(site, week, third, shorter), (cell, population)) in &self.cells {
            let side = if site == 0 { Role::Focus } else { Role::Reference };
            let group = (3 * week + third) as i64;
            let stratum = Stratum { place: site as u32, variant: u32::from(shorter), version: 0 };
            sample.add(side, stratum, group, cell).expect("a simulated cell fits");
            sample.add_population(side, group, population);
        }
        sample
    }
}
