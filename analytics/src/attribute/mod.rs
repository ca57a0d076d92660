//! From summed cells to points: what each step, handoff and promise costs a group, and how sure that is.
//!
//! Read in this order: [`Sample`] takes in the cells; `plan` fixes coordinates and scales; `pooled` turns integer sums
//! into covariances within strata; `slopes` fits lateness first and the ratings by one-component PLS; `means` and
//! `split` share a side's shortfall out; `seam` gives the range that ratings leave open; `fit` does all of this once,
//! or again for each replicate group; `jackknife` and `claims` say how sure it is; [`Attribution`] is the answer.

mod claims;
mod fit;
mod grouped;
mod jackknife;
mod means;
mod plan;
mod pooled;
mod report;
mod sample;
mod seam;
mod slopes;
mod split;

pub use report::{Attribution, Contrast, Element, Estimate, Points, Untraced};
pub use sample::{Rated, Sample, SampleError, Scale, Side, Stratum};

use crate::Position;
use crate::cell::{FIRST, OUTCOME};
use crate::interval::Interval;
use fit::{Figures, Fit};
use jackknife::Jackknife;
use plan::Plan;
use split::Split;

/// Fewer answers than this in the pooled fit, and nothing is split: means only, and it is said.
pub const MINIMUM_RESPONSES: i64 = 200;
/// Fewer replicate groups than this, and no interval is given.
pub const MINIMUM_GROUPS: usize = 8;
/// More replicate groups than this are hashed down to it.
pub const MAXIMUM_GROUPS: usize = 30;

/// A handoff and the step that comes after it, which colour each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seam {
    /// The handoff's position.
    pub handoff: Position,
    /// The step after it.
    pub step: Position,
}

/// How to report.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The two-sided level of the intervals, inside (0, 1); 0.9 by default.
    pub level: f64,
    /// Handoffs and the steps after them, for the seam ranges.
    pub seams: Vec<Seam>,
}

impl Default for Options {
    fn default() -> Self {
        Self { level: 0.9, seams: Vec::new() }
    }
}

/// Splits the focus's shortfall over its elements, and its gap to the reference where there is one.
///
/// Never fails and never returns NaN: what cannot be said is `None`, and what nobody rated has no points. See the
/// crate's documentation for an example.
pub fn attribute(sample: &Sample, options: &Options) -> Attribution {
    let plan = Plan::new(sample);
    let fit = Fit::whole(&plan);
    let comparable = comparable(&plan, &fit);
    let groups = plan.groups();
    let figures = fit.figures(&plan, &comparable);
    let replicates = fit.replicates(&plan, &groups, &comparable);
    let focus = Jackknife { level: options.level, groups: groups_of(sample, Side::Focus) };
    let both = Jackknife { groups: focus.groups.min(groups_of(sample, Side::Reference)), ..focus };
    let column = |read: &dyn Fn(&Figures) -> f64| replicates.iter().map(read).collect::<Vec<f64>>();

    let shortfall = figures.as_ref().map(|f| focus.estimate(f.shortfall, &column(&|f| f.shortfall)));
    let gap = figures.as_ref().and_then(|f| f.gap).map(|gap| both.estimate(gap, &column(&|f| f.gap.unwrap_or(0.0))));
    let untraced = figures.as_ref().filter(|_| fit.slopes.is_some()).map(|f| {
        let levels = column(&Figures::untraced);
        let contrasts = column(&|f| f.untraced_contrast().unwrap_or(0.0));
        let contrast = f.untraced_contrast().map(|value| both.estimate(value, &contrasts));
        Untraced { level: focus.estimate(f.untraced(), &levels), contrast, levels, contrasts }
    });
    let mut attribution = Attribution {
        responses: fit.focus.as_ref().map_or_else(|| answers(sample), |means| means.answers as i64),
        journeys: sample.populations.get(&Side::Focus).map_or(0, |all| all.total.count),
        pooled: fit.pooled.answers as i64,
        groups: groups.len(),
        outcome: shortfall.map(mirrored),
        shortfall,
        gap,
        elements: elements(&plan, &fit, &comparable, figures.as_ref(), &replicates, (&focus, &both)),
        untraced,
        leading: None,
        leading_contrast: None,
        focus,
        both,
    };
    seams(&mut attribution, &plan, &fit, &options.seams);
    attribution.claim();
    attribution
}

/// An element can be contrasted unless journeys of a side have it and nobody there rated it.
fn comparable(plan: &Plan<'_>, fit: &Fit) -> Vec<bool> {
    let known =
        |k: usize| [&fit.focus, &fit.reference].into_iter().flatten().all(|means| means.ratings[k].loss.is_some());
    plan.positions.iter().map(|&position| plan.coordinate(position).is_none_or(|at| known(at - FIRST))).collect()
}

/// The replicate groups in which a side has an outcome.
fn groups_of(sample: &Sample, side: Side) -> usize {
    let sides = sample.sides.range((side, 0, 0)..=(side, u32::MAX, u32::MAX));
    let groups = sides.flat_map(|(_, grouped)| grouped.groups.iter());
    groups
        .filter(|(_, m)| m.known[OUTCOME] > 0)
        .map(|(group, _)| group)
        .collect::<std::collections::BTreeSet<_>>()
        .len()
}

/// Answers of a focus without any outcome.
fn answers(sample: &Sample) -> i64 {
    let sides = sample.sides.range((Side::Focus, 0, 0)..=(Side::Focus, u32::MAX, u32::MAX));
    sides.fold(0, |sum, (_, grouped)| sum.wrapping_add(grouped.total.known[crate::cell::LATENESS]))
}

/// The outcome that a shortfall leaves.
fn mirrored(shortfall: Estimate) -> Estimate {
    let turn = |interval: Interval| Interval { low: 100.0 - interval.high, high: 100.0 - interval.low };
    Estimate { value: 100.0 - shortfall.value, interval: shortfall.interval.map(turn) }
}

fn elements(
    plan: &Plan<'_>,
    fit: &Fit,
    comparable: &[bool],
    figures: Option<&Figures>,
    replicates: &[Figures],
    (focus, both): (&Jackknife, &Jackknife),
) -> Vec<Element> {
    let split = fit.slopes.as_ref().zip(fit.focus.as_ref()).map(|(slopes, means)| Split::new(plan, slopes, means));
    let column = |of: fn(&Figures) -> &Vec<f64>, at: usize| -> Vec<f64> {
        replicates.iter().filter_map(|figures| of(figures).get(at).copied()).collect()
    };
    let one = |(at, &position): (usize, &Position)| {
        let rating = plan.coordinate(position).and_then(|k| Some(fit.focus.as_ref()?.ratings[k - FIRST].clone()));
        let rating = rating.unwrap_or_default();
        let (levels, contrasts) = (column(|f| &f.levels, at), column(|f| &f.contrasts, at));
        let contrast = figures.and_then(|f| f.contrasts.get(at)).filter(|_| comparable[at]);
        let points = figures.zip(split.as_ref()).map(|(figures, split)| Points {
            level: focus.estimate(figures.levels[at], &levels),
            delay: split.delay[at],
            made_up: split.made_up[at],
            contrast: contrast.map(|&value| Contrast { points: both.estimate(value, &contrasts), signal: false }),
            seam: None,
        });
        Element {
            position,
            mean: rating.loss.filter(|_| rating.asked > 0.0).map(|loss| 100.0 - loss / rating.having),
            asked: rating.asked as i64,
            passed: (rating.having * fit.focus.as_ref().map_or(0.0, |means| means.answers)).round() as i64,
            points,
            neighbours: Vec::new(),
            levels,
            contrasts,
        }
    };
    plan.positions.iter().enumerate().map(one).collect()
}

/// Writes the seam ranges into the elements.
fn seams(attribution: &mut Attribution, plan: &Plan<'_>, fit: &Fit, seams: &[Seam]) {
    let Some((slopes, means)) = fit.slopes.as_ref().zip(fit.focus.as_ref()) else {
        return;
    };
    let mut moves = seam::moves(plan, &fit.pooled, slopes, means, seams);
    for element in &mut attribution.elements {
        let Some((points, moved)) = element.points.as_mut().zip(moves.remove(&element.position)) else {
            continue;
        };
        let (one, other) = (points.level.value, points.level.value + moved.points);
        points.seam = Some(Interval { low: one.min(other), high: one.max(other) });
        element.neighbours = moved.neighbours;
    }
}
