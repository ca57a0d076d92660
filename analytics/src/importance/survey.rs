//! From a sample of answers to the importance of each rated element, with intervals.

use super::{Covariance, ImportanceError, MOST_JACKKNIFED, MOST_TOGETHER, check, divide, together};
use crate::Position;
use crate::attribute::jackknife::Jackknife;
use crate::attribute::plan::Plan;
use crate::attribute::pooled::{Pooled, Pooling};
use crate::attribute::slopes::{Residual, SMALLEST, Slopes};
use crate::attribute::{Estimate, MINIMUM_RESPONSES, Sample};
use crate::cell::{FIRST, LATENESS, OUTCOME};
use crate::interval::Interval;
use std::collections::BTreeSet;

/// What differences between customers go with, never blame. Shares are of the variance of the
/// outcome between customers of the same place, variant and questionnaire version, 0–1.
#[derive(Clone, Debug, PartialEq)]
pub struct Importance {
    /// Answers of the pooled fit.
    pub answers: i64,
    /// Replicate groups that hold an outcome.
    pub groups: usize,
    /// `R²`: what lateness and all elements explain together; the sum of `lateness` and of the
    /// elements' shares.
    pub explained: Estimate,
    /// What lateness explains. It comes first: an event before the questionnaire can colour a
    /// rating, a rating cannot cause a past delay.
    pub lateness: Estimate,
    /// Every rated element of the declared variants, by position.
    pub elements: Vec<Share>,
}

/// A rated element's part of the explained variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Its position in the catalogue.
    pub position: Position,
    /// Answers that rated it and the outcome.
    pub asked: i64,
    /// Its share of the outcome's variance; divided by what is explained, its share of `R²`.
    /// `None` where nobody rated it.
    pub share: Option<Estimate>,
}

/// The relative importance of each rated element, from the pooled fit of all sides: *what
/// differences between customers go with, never blame*. It says nothing about one group, and
/// nothing that is equally bad for everybody shows in it.
///
/// Covariances are those of the breakdown: within strata, from available pairs, weighted by the
/// design, what lateness colours taken out, structural zeros put back (`p_kl C_kl|T`). Up to
/// [`MOST_TOGETHER`] rated elements are divided by LMG. Above that, by Owen's value with `stages`
/// (groups of positions) as groups; an element in no stage is a group of its own.
///
/// `None` below [`MINIMUM_RESPONSES`] answers, or where the outcome does not vary.
///
/// # Uncertainty
/// Intervals at the two-sided `level` are the jackknife's, everything refitted with each replicate
/// group left out, cut to 0–1; none below [`MINIMUM_GROUPS`](crate::attribute::MINIMUM_GROUPS)
/// groups or above [`MOST_JACKKNIFED`] elements (of a stage, and other stages). A replicate in
/// which an element or the outcome does not vary counts with 0. No share can come out below 0, so
/// that one of an element that goes with nothing comes out a little above: an interval that
/// excludes 0 is no proof. With few answers to each pair, covariances contradict each other and
/// `R²` is a rough figure; see [`Covariance`].
///
/// # Errors
/// [`ImportanceError::Ungrouped`] with too many elements and no stages,
/// [`ImportanceError::TooLarge`] where a stage is too large beside the others,
/// [`ImportanceError::Element`] (by its index among the rated elements) in two stages.
///
/// ```
/// use relais_analytics::attribute::{RatedElement, Sample, Scale, Role, Stratum};
/// use relais_analytics::cell::{Cell, Row};
/// use relais_analytics::design::{Design, Kind};
/// use relais_analytics::importance::importance;
///
/// let mut sample = Sample::new();
/// let step = |position| RatedElement { position, kind: Kind::Step };
/// sample.variant(0, vec![step(0), step(1), step(2)])?;
/// sample.version(0, Scale::same(10, 4), Design::Simple { asked: 3 })?;
/// for i in 0..720_i64 {
///     // The outcome follows the first rating twice as much as the second, and the third, bad for
///     // all, not at all.
///     let items = [i % 3, i / 3 % 3, 4];
///     let mut cell = Cell::new(3);
///     let outcome = Some(2 * items[0] + items[1] + i / 9 % 2);
///     cell.add(&Row { outcome, lateness: 0, items: &items.map(Some), time: &[] })?;
///     sample.add(Role::Focus, Stratum { place: 0, variant: 0, version: 0 }, i / 24, &cell)?;
/// }
/// let importance = importance(&sample, 0.9, &[])?.expect("there are 200 answers");
/// let share = |k: usize| importance.elements[k].share.expect("it was rated");
/// assert!((share(0).value / share(1).value - 4.0).abs() < 1e-6 && share(2).value < 1e-9);
/// assert!(share(0).interval.is_some_and(|i| i.low < share(0).value && share(0).value < i.high));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn importance(
    sample: &Sample,
    level: f64,
    stages: &[Vec<Position>],
) -> Result<Option<Importance>, ImportanceError> {
    let plan = Plan::new(sample);
    let pooling = Pooling::new(&plan);
    let pooled = pooling.whole();
    if pooled.answers < MINIMUM_RESPONSES as f64 {
        return Ok(None);
    }
    let division = Division::new(&plan, &pooled, stages)?;
    let Some(shares) = division.shares(&pooled) else { return Ok(None) };
    let replicates = division.replicates(&plan, &pooling);
    let jackknife = Jackknife { level, groups: plan.strata.groups_with_outcome() };
    Ok(Some(division.report(&plan, &pooled, &Refitted { shares, replicates, jackknife })))
}

/// What is divided, and how.
struct Division {
    /// How many elements the variants have.
    elements: usize,
    /// Those that somebody rated.
    rated: Vec<usize>,
    /// Groups of indices into the rated.
    groups: Vec<Vec<usize>>,
}

/// Lateness's share and then each rated element's, again for each replicate group left out.
struct Refitted {
    shares: Vec<f64>,
    /// Empty where the division is too much work to be repeated.
    replicates: Vec<Vec<f64>>,
    jackknife: Jackknife,
}

impl Division {
    fn new(
        plan: &Plan<'_>,
        pooled: &Pooled,
        stages: &[Vec<Position>],
    ) -> Result<Self, ImportanceError> {
        let elements = plan.rated.len();
        let rated: Vec<usize> = (0..elements).filter(|&k| asked(pooled, k) > 0.0).collect();
        let positions: Vec<Position> = rated.iter().map(|&k| plan.rated[k]).collect();
        Ok(Self { elements, rated, groups: groups(&positions, stages)? })
    }

    /// Lateness's share and then each rated element's; `None` where the outcome does not vary.
    fn shares(&self, pooled: &Pooled) -> Option<Vec<f64>> {
        let variance = pooled.covariance(OUTCOME, OUTCOME);
        if variance <= SMALLEST {
            return None;
        }
        let lateness = lateness(pooled);
        let rest = variance * (1.0 - lateness);
        // Where lateness explains everything, nothing is left to divide.
        let left = self.given_lateness(pooled, rest).filter(|_| rest > SMALLEST);
        let divided = left
            .map_or(vec![0.0; self.rated.len()], |covariance| divide(&covariance, &self.groups));
        let of_all = divided.into_iter().map(|share| share * (1.0 - lateness));
        Some(std::iter::once(lateness).chain(of_all).collect())
    }

    /// The covariances of the outcome, of which `rest` is left, and of the ratings, what lateness
    /// colours taken out and structural zeros put back.
    fn given_lateness(&self, pooled: &Pooled, rest: f64) -> Option<Covariance> {
        let leak = Slopes::new(pooled, self.elements).leak;
        let residual = Residual { pooled, leak: &leak };
        Covariance::from_fn(self.rated.len(), |i, j| match (i, j) {
            (0, 0) => rest,
            (0, k) | (k, 0) => {
                let k = self.rated[k - 1];
                pooled.share(FIRST + k, FIRST + k) * residual.outcome(k)
            }
            (k, l) if k == l => own_variance(&residual, self.rated[k - 1]),
            (k, l) => residual.index(self.rated[k - 1], self.rated[l - 1]),
        })
    }

    /// The shares with each replicate group left out, 0 where the outcome does not vary then.
    fn replicates(&self, plan: &Plan<'_>, pooling: &Pooling<'_>) -> Vec<Vec<f64>> {
        if self.groups.iter().any(|group| together(group, &self.groups) > MOST_JACKKNIFED) {
            return Vec::new();
        }
        let nothing = || vec![0.0; 1 + self.rated.len()];
        let without = |group| self.shares(&pooling.without(group)).unwrap_or_else(nothing);
        plan.groups().into_iter().map(without).collect()
    }

    fn report(&self, plan: &Plan<'_>, pooled: &Pooled, refitted: &Refitted) -> Importance {
        let element = |k: usize| Share {
            position: plan.rated[k],
            asked: asked(pooled, k) as i64,
            share: self
                .rated
                .binary_search(&k)
                .ok()
                .map(|at| refitted.estimate(|shares| shares[1 + at])),
        };
        Importance {
            answers: pooled.answers as i64,
            groups: refitted.jackknife.groups,
            explained: refitted.estimate(|shares| shares.iter().sum()),
            lateness: refitted.estimate(|shares| shares[0]),
            elements: (0..self.elements).map(element).collect(),
        }
    }
}

impl Refitted {
    /// A share with its interval, cut to what a share can be.
    fn estimate(&self, read: impl Fn(&[f64]) -> f64) -> Estimate {
        let column: Vec<f64> = self.replicates.iter().map(|shares| read(shares)).collect();
        let Estimate { value, interval } = self.jackknife.estimate(read(&self.shares), &column);
        let cut =
            |i: Interval| Interval { low: i.low.clamp(0.0, 1.0), high: i.high.clamp(0.0, 1.0) };
        Estimate { value, interval: interval.filter(|_| !column.is_empty()).map(cut) }
    }
}

/// Answers that rated an element and the outcome.
fn asked(pooled: &Pooled, k: usize) -> f64 {
    pooled.known(OUTCOME, FIRST + k)
}

/// The share of the outcome's variance that lateness explains alone.
fn lateness(pooled: &Pooled) -> f64 {
    let [outcome, late] = [OUTCOME, LATENESS].map(|i| pooled.covariance(i, i));
    let both = pooled.covariance(OUTCOME, LATENESS);
    if late > SMALLEST { (both * both / late / outcome).min(1.0) } else { 0.0 }
}

/// The variance of an element's ratings that lateness did not colour, 0 where only rounding is
/// left.
fn own_variance(residual: &Residual<'_>, k: usize) -> f64 {
    let variance = residual.index(k, k);
    if variance > SMALLEST { variance } else { 0.0 }
}

/// The groups of some elements: all in one where they are few, else the stages, by index into
/// `positions`.
fn groups(
    positions: &[Position],
    stages: &[Vec<Position>],
) -> Result<Vec<Vec<usize>>, ImportanceError> {
    let all = || (0..positions.len()).collect::<Vec<_>>();
    if positions.len() <= MOST_TOGETHER {
        return Ok(vec![all()]);
    }
    let at = |position: &Position| positions.binary_search(position).ok();
    let mut groups: Vec<Vec<usize>> =
        stages.iter().map(|stage| stage.iter().filter_map(at).collect()).collect();
    groups.retain(|group| !group.is_empty());
    if groups.is_empty() {
        return Err(ImportanceError::Ungrouped(positions.len()));
    }
    let staged: BTreeSet<usize> = groups.iter().flatten().copied().collect();
    groups.extend(
        all().into_iter().filter(|element| !staged.contains(element)).map(|element| vec![element]),
    );
    check(positions.len(), &groups)?;
    Ok(groups)
}
