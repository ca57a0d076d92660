//! The means of one side: of its answers by variant, weighted by the variants' shares, and of all
//! its journeys.

use super::grouped::{Journeys, Marginals, Rest};
use super::plan::{Plan, Unit, days};
use super::stratum::Role;
use crate::Position;
use crate::cell::{FIRST, LATENESS, OUTCOME};
use crate::swap::PARTS_OF_A_MINUTE;

/// What the decomposition needs to know about a side.
pub(super) struct Means {
    /// Answers.
    pub(super) answers: f64,
    /// `D̄` of the answers, in points.
    pub(super) outcome: f64,
    /// `T̄` of the answers, in days.
    pub(super) lateness: f64,
    /// `T̄` of all journeys, in days; that of the answers where no population is known.
    pub(super) lateness_of_all: f64,
    /// By rated element of the plan.
    pub(super) ratings: Vec<Rating>,
    /// Days lost and won a journey, by position of the plan: of all journeys, or else of the
    /// answers'.
    pub(super) time: Vec<(f64, f64)>,
    /// Days credited a journey, by position of the plan, where all journeys were: what a contrast
    /// of delays is made of ([`crate::swap`]).
    pub(super) credits: Option<Vec<f64>>,
}

/// A rated element on one side.
#[derive(Clone, Default)]
pub(super) struct Rating {
    /// Share of the answers' journeys that have it.
    pub(super) having: f64,
    /// Answers that rated it.
    pub(super) asked: f64,
    /// `x̄_k`: mean loss in points over all journeys, 0 for those without it. `None` where
    /// journeys have it and nobody rated it.
    pub(super) loss: Option<f64>,
    /// `T̄_k`: mean lateness in days, 0 for journeys without the element.
    pub(super) lateness: f64,
}

impl Means {
    /// The means of a side, a replicate group left out where one is named; `None` where no answer
    /// has an outcome.
    pub(super) fn new(plan: &Plan<'_>, side: Role, without: Option<i64>) -> Option<Self> {
        let parts = parts(plan, side, without);
        let answers: f64 = parts.iter().map(|part| part.answers).sum();
        let fallback: Vec<Option<f64>> =
            (0..plan.size()).map(|i| pooled_mean(parts.iter(), i)).collect();
        let mean = |part: &Part<'_>, i: usize| part.mean(i).or(fallback[i]);
        let mut outcome = 0.0;
        let mut lateness = 0.0;
        let mut ratings = vec![Rating { loss: Some(0.0), ..Rating::default() }; plan.rated.len()];
        for part in &parts {
            let share = part.answers / answers;
            let alike = parts.iter().filter(|other| other.variant == part.variant);
            let late = pooled_mean(alike, LATENESS).or(fallback[LATENESS]).unwrap_or(0.0);
            outcome += share * mean(part, OUTCOME)?;
            lateness += share * late;
            for &coordinate in &part.unit.coordinates[FIRST..] {
                let rating = &mut ratings[coordinate - FIRST];
                rating.having += share;
                rating.asked += part.known(coordinate);
                rating.lateness += share * late;
                let loss = mean(part, coordinate).map(|mean| share * mean);
                rating.loss = rating.loss.zip(loss).map(|(sum, part)| sum + part);
            }
        }
        if parts.is_empty() {
            return None;
        }
        let of_all = if plan.sample.withholds_delays {
            None
        } else {
            Some(journeys(plan, side, without).unwrap_or_else(|| Times {
                lateness,
                time: own_time(plan, &parts),
                credits: None,
            }))
        };
        let none =
            || Times { lateness, time: vec![(0.0, 0.0); plan.positions.len()], credits: None };
        let Times { lateness: lateness_of_all, time, credits } = of_all.unwrap_or_else(none);
        Some(Self { answers, outcome, lateness, lateness_of_all, ratings, time, credits })
    }

    /// Adds what the lateness of those who did not answer adds:
    /// `b_T (T̄ population − T̄ respondents)`.
    pub(super) fn calibrated(&self, slope: f64) -> f64 {
        self.outcome + slope * (self.lateness_of_all - self.lateness)
    }
}

/// The answers of one variant and version.
struct Part<'a> {
    variant: u32,
    unit: &'a Unit,
    left: Rest<'a, Marginals>,
    answers: f64,
}

impl Part<'_> {
    /// The cell's coordinate for one of the fit's.
    fn own(&self, coordinate: usize) -> Option<usize> {
        let is_known = coordinate != LATENESS || self.unit.is_timed;
        self.unit.coordinates.iter().position(|&c| is_known && c == coordinate)
    }

    fn known(&self, coordinate: usize) -> f64 {
        self.own(coordinate).map_or(0.0, |i| self.left.figure(|m| m.known[i]).max(0.0))
    }

    /// The sum of what is known, in points or days.
    fn sum(&self, coordinate: usize) -> f64 {
        self.own(coordinate).map_or(0.0, |i| self.left.figure(|m| m.sums[i]) * self.unit.worth[i])
    }

    fn mean(&self, coordinate: usize) -> Option<f64> {
        let known = self.known(coordinate);
        (known > 0.0).then(|| self.sum(coordinate) / known)
    }
}

fn parts<'a>(plan: &'a Plan<'_>, side: Role, without: Option<i64>) -> Vec<Part<'a>> {
    plan.sample
        .of_side(side)
        .filter_map(|((variant, version), grouped)| {
            let left = grouped.without(without);
            let answers = left.figure(|m| m.known[LATENESS]);
            let unit = plan.unit(variant, version)?;
            (answers > 0.0).then_some(Part { variant, unit, left, answers })
        })
        .collect()
}

/// For what nobody of a variant rated and others did: the mean of the others.
fn pooled_mean<'a>(parts: impl Iterator<Item = &'a Part<'a>>, coordinate: usize) -> Option<f64> {
    let (sum, known) = parts.fold((0.0, 0.0), |(sum, known), part| {
        (sum + part.sum(coordinate), known + part.known(coordinate))
    });
    (known > 0.0).then(|| sum / known)
}

/// Means of all of a side's journeys, in days.
struct Times {
    lateness: f64,
    time: Vec<(f64, f64)>,
    credits: Option<Vec<f64>>,
}

/// The means of a side's journeys; of those whose timings are not whole nothing is known, so they
/// are like the others.
fn journeys(plan: &Plan<'_>, side: Role, without: Option<i64>) -> Option<Times> {
    let left: Rest<'_, Journeys> = plan.sample.populations.get(&side)?.without(without);
    let charged = left.figure(|j| j.charged);
    let mean = |minutes: f64| days(minutes / charged);
    let time = |&position: &Position| {
        let [lost, won] = [0, 1].map(|which| mean(left.figure(|j| j.time.get(position)[which])));
        (lost, won)
    };
    let credit = |&position: &Position| {
        mean(left.figure(|j| j.credits.get(position)[0]) / PARTS_OF_A_MINUTE as f64)
    };
    let is_credited = left.figure(|j| j.credited) == charged;
    (charged > 0.0).then(|| Times {
        lateness: mean(left.figure(|j| j.lateness)),
        time: plan.positions.iter().map(time).collect(),
        credits: is_credited.then(|| plan.positions.iter().map(credit).collect()),
    })
}

/// Days lost and won by the answers' own journeys, as far as they are known.
fn own_time(plan: &Plan<'_>, parts: &[Part<'_>]) -> Vec<(f64, f64)> {
    let answers: f64 = parts.iter().map(|part| part.known(LATENESS)).sum::<f64>().max(1.0);
    let mean = |position: Position, which: usize| {
        let minutes: f64 =
            parts.iter().map(|part| part.left.figure(|m| m.time.get(position)[which])).sum();
        days(minutes / answers)
    };
    plan.positions.iter().map(|&position| (mean(position, 0), mean(position, 1))).collect()
}
