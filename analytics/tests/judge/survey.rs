//! A simulated service as the method meets it: cells by site, variant and day of a 30-day cycle.

use super::practices::Practices;
use super::simulator::{Fault, RATED, SITES, STEPS, Service, Size, TIMED, VARIANTS};
use relais_analytics::Sample;
use relais_analytics::attribute::{RatedElement, Role, Scale, Stratum};
use relais_analytics::cell::{Cell, Journey, Population, Row};
use relais_analytics::design::{Design, Kind};

/// Replicate groups.
const GROUPS: usize = 30;

/// What was gathered of a service, site 0 against the others.
pub(crate) struct Survey {
    /// Ratings and the log's timings.
    pub(crate) sample: Sample,
    /// The same answers without the log.
    pub(crate) ratings_only: Sample,
    pub(crate) practices: Practices,
    /// What the fault cost a journey of site 0 on average, in points of 100: the truth.
    pub(crate) cost: f64,
}

/// One site, variant and day.
struct Gathered {
    cell: Cell,
    /// The same answers, their lateness unknown.
    ratings: Cell,
    population: Population,
}

impl Survey {
    pub(crate) fn new(fault: Fault, size: &Size, seed: u64) -> Self {
        let mut service = Service::new(fault, size, seed);
        let fresh = |at: usize| Gathered::new(VARIANTS[at / GROUPS % VARIANTS.len()].len());
        let mut gathered: Vec<Gathered> = (0..SITES * VARIANTS.len() * GROUPS).map(fresh).collect();
        let mut practices = Practices::default();
        let (mut cost, mut answers) = (0, 0);
        for _ in 0..size.journeys {
            let journey = service.journey();
            let at =
                (journey.site * VARIANTS.len() + journey.variant) * GROUPS + journey.day % GROUPS;
            gathered[at].add(&journey);
            let Some(answer) = &journey.answer else { continue };
            practices.add(journey.site == 0, VARIANTS[journey.variant], answer);
            if journey.site == 0 {
                cost += answer.outcome - answer.spared;
                answers += 1;
            }
        }
        let cost = 10.0 * cost as f64 / f64::from(answers.max(1));
        let [sample, ratings_only] = samples(size.design, &gathered);
        Self { sample, ratings_only, practices, cost }
    }
}

/// With the log and without.
fn samples(design: Design, gathered: &[Gathered]) -> [Sample; 2] {
    let (mut sample, mut ratings_only) = (declared(design), rated(design));
    for (at, one) in gathered.iter().enumerate().filter(|(_, one)| one.population.count() > 0) {
        let (place, group) = (at / GROUPS, (at % GROUPS) as i64);
        let (site, variant) = (place / VARIANTS.len(), place % VARIANTS.len());
        let side = if site == 0 { Role::Focus } else { Role::Reference };
        let stratum = Stratum { place: site as u32, variant: variant as u32, version: 1 };
        sample.add(side, stratum, group, &one.cell).expect("a simulated cell fits");
        sample.add_population(side, group, &one.population);
        ratings_only.add(side, stratum, group, &one.ratings).expect("a simulated cell fits");
    }
    [sample, ratings_only]
}

impl Gathered {
    fn new(elements: usize) -> Self {
        Self {
            cell: Cell::new(elements),
            ratings: Cell::new(elements),
            population: Population::new(),
        }
    }

    fn add(&mut self, journey: &super::simulator::Journey) {
        let lateness = journey.lateness.felt;
        let time: [_; TIMED] =
            std::array::from_fn(|j| ((RATED + j) as u16, journey.lateness.lost[j], 0));
        self.population.add(&Journey { lateness, time: &time, ..Journey::default() });
        if let Some(answer) = &journey.answer {
            let row =
                Row { outcome: Some(answer.outcome), lateness, items: &answer.items, time: &time };
            self.cell.add(&row).expect("a simulated answer fits");
            self.ratings
                .add(&Row { lateness: 0, time: &[], ..row })
                .expect("a simulated answer fits");
        }
    }
}

/// The garage's variants, questionnaire and promises, and no answers.
pub(crate) fn declared(design: Design) -> Sample {
    let mut sample = rated(design);
    (RATED..RATED + TIMED).for_each(|position| sample.timed(position as u16));
    sample
}

/// The same without the promises.
fn rated(design: Design) -> Sample {
    let mut sample = Sample::new();
    for (number, elements) in VARIANTS.iter().enumerate() {
        let kind = |k: usize| if k < STEPS { Kind::Step } else { Kind::Handoff };
        let rated =
            elements.iter().map(|&k| RatedElement { position: k as u16, kind: kind(k) }).collect();
        sample.variant(number as u32, rated).expect("the variants are sound");
    }
    sample.version(1, Scale::same(10, 10), design).expect("the scale is sound");
    sample
}
