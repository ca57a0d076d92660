//! The whole of it: fit, refit, and write the answer.

use super::effect_size::effect_size;
use super::estimate::Estimate;
use super::fit::{Figures, Fit, Sides};
use super::handoff_range;
use super::jackknife::Jackknife;
use super::options::{HandoffPair, Options};
use super::plan::Plan;
use super::pooled::Pooling;
use super::report::{
    Attribution, Calibration, Claim, Contrast, EffectSize, Element, Mix, Points, Untraced,
};
use super::sample::Sample;
use super::split::Split;
use super::stratum::Role;
use crate::cell::{FIRST, LATENESS, OUTCOME};
use crate::interval::Interval;
use std::collections::BTreeSet;

/// See [`attribute`](super::attribute()).
pub(super) fn attribution(sample: &Sample, options: &Options) -> Attribution {
    let plan = Plan::new(sample);
    let work = Work::new(&plan, options);
    let shortfall = work.focus_estimate(|f| f.shortfall);
    let mut attribution = Attribution {
        responses: answers(sample),
        journeys: sample.populations.get(&Role::Focus).map_or(0, |all| all.total.count),
        pooled: work.fit.pooled.answers as i64,
        groups: plan.groups().len(),
        outcome: shortfall.map(mirrored),
        shortfall,
        calibration: work.calibration(),
        gap: work.contrast_estimate(|f| f.gap),
        mix: work.mix(),
        effect_size: work.split.as_ref().map(|_| work.size),
        elements: (0..plan.positions.len()).map(|at| work.element(at)).collect(),
        untraced: work.untraced(),
        leading: None,
        leading_contrast: Claim::Nobody,
        chain: options.chain.clone(),
        focus: work.focus,
        both: work.both,
    };
    work.add_handoff_ranges(&mut attribution, &options.pairs);
    attribution.claim();
    attribution
}

/// The fit, its repetitions, and what they are read with.
struct Work<'a> {
    plan: &'a Plan<'a>,
    fit: Fit,
    /// The focus split by the whole fit.
    split: Option<Split>,
    /// Which elements can be contrasted, by position of the plan.
    comparable: Vec<bool>,
    size: EffectSize,
    figures: Option<Figures>,
    replicates: Vec<Figures>,
    focus: Jackknife,
    both: Jackknife,
}

impl<'a> Work<'a> {
    fn new(plan: &'a Plan<'a>, options: &Options) -> Self {
        let pooling = Pooling::new(plan);
        let sides = options.like_with_like.then(|| Sides::new(plan));
        let fit = Fit::whole(plan, &pooling, sides.as_ref());
        let comparable = comparable(plan, &fit);
        let focus = Jackknife { level: options.level, groups: groups_of(plan.sample, Role::Focus) };
        let groups = focus.groups.min(groups_of(plan.sample, Role::Reference));
        let split = fit.slopes.as_ref().zip(fit.focus.as_ref());
        let left_out = fit.replicates(plan, &pooling, sides.as_ref());
        let cumulants: Vec<_> = left_out.iter().map(|fit| fit.cumulants).collect();
        let all = Jackknife { groups: plan.strata.groups_with_outcome(), ..focus };
        let size = effect_size(plan, options, fit.cumulants, &cumulants, &all);
        let figures = |fit: &Fit| fit.figures(plan, &comparable, &size);
        Self {
            split: split.map(|(slopes, means)| Split::new(plan, slopes, means)),
            figures: figures(&fit),
            replicates: left_out.iter().filter_map(figures).collect(),
            both: Jackknife { groups, ..focus },
            focus,
            plan,
            fit,
            comparable,
            size,
        }
    }

    /// A figure with each replicate group left out.
    fn column(&self, read: impl Fn(&Figures) -> f64) -> Vec<f64> {
        self.replicates.iter().map(read).collect()
    }

    fn focus_estimate(&self, read: impl Fn(&Figures) -> f64) -> Option<Estimate> {
        let value = read(self.figures.as_ref()?);
        Some(self.focus.estimate(value, &self.column(read)))
    }

    fn contrast_estimate(&self, read: impl Fn(&Figures) -> Option<f64>) -> Option<Estimate> {
        let value = read(self.figures.as_ref()?)?;
        Some(self.both.estimate(value, &self.column(|f| read(f).unwrap_or(0.0))))
    }

    fn calibration(&self) -> Option<Calibration> {
        self.split.as_ref()?;
        let (slopes, means) = self.fit.slopes.as_ref().zip(self.fit.focus.as_ref())?;
        let added = means.calibrated(slopes.lateness) - means.outcome;
        Some(Calibration { observed: means.outcome, added, a_day: slopes.lateness })
    }

    fn untraced(&self) -> Option<Untraced> {
        self.split.as_ref()?;
        Some(Untraced {
            level: self.focus_estimate(Figures::untraced)?,
            contrast: self.contrast_estimate(Figures::untraced_contrast),
            levels: self.column(Figures::untraced),
            contrasts: self.column(|f| f.untraced_contrast().unwrap_or(0.0)),
        })
    }

    fn mix(&self) -> Option<Mix> {
        let of = |which: usize| self.contrast_estimate(|f| f.mix.map(|mix| mix[which]));
        Some(Mix { variants: of(0)?, weeks: of(1)? })
    }

    fn element(&self, at: usize) -> Element {
        let position = self.plan.positions[at];
        let means = self.fit.focus.as_ref();
        let k = self.plan.coordinate(position).map(|coordinate| coordinate - FIRST);
        let rating = means.zip(k).map(|(means, k)| means.ratings[k].clone()).unwrap_or_default();
        let answers = means.map_or(0.0, |means| means.answers);
        Element {
            position,
            rated: k.is_some(),
            mean: rating
                .loss
                .filter(|_| rating.asked > 0.0)
                .map(|loss| 100.0 - loss / rating.having),
            asked: rating.asked as i64,
            passed: (rating.having * answers).round() as i64,
            points: self.points(at),
            neighbours: Vec::new(),
            levels: self.column(|f| f.levels.get(at).copied().unwrap_or(0.0)),
            contrasts: self.column(|f| f.contrasts.get(at).copied().unwrap_or(0.0)),
        }
    }

    fn points(&self, at: usize) -> Option<Points> {
        let split = self.split.as_ref()?;
        let contrast = |f: &Figures| f.contrasts.get(at).copied().filter(|_| self.comparable[at]);
        let rated = self.plan.coordinate(self.plan.positions[at]).is_some();
        let at_least = rated && matches!(self.size, EffectSize::AtLeast(_));
        Some(Points {
            level: self.focus_estimate(|f| f.levels[at])?,
            delay: split.delay[at],
            made_up: split.made_up[at],
            contrast: self.contrast_estimate(contrast).map(|points| Contrast {
                points,
                at_least,
                signal: false,
            }),
            handoff_range: None,
        })
    }

    fn add_handoff_ranges(&self, attribution: &mut Attribution, pairs: &[HandoffPair]) {
        let Some((slopes, means)) = self.fit.slopes.as_ref().zip(self.fit.focus.as_ref()) else {
            return;
        };
        let mut moves = handoff_range::moves(self.plan, &self.fit.pooled, slopes, means, pairs);
        for element in &mut attribution.elements {
            let moved = moves.remove(&element.position);
            let Some((points, moved)) = element.points.as_mut().zip(moved) else {
                continue;
            };
            let (one, other) = (points.level.value, points.level.value + moved.points);
            points.handoff_range = Some(Interval { low: one.min(other), high: one.max(other) });
            element.neighbours = moved.neighbours;
        }
    }
}

/// An element can be contrasted unless journeys of a side have it and nobody there rated it.
fn comparable(plan: &Plan<'_>, fit: &Fit) -> Vec<bool> {
    let known = |k: usize| {
        let mut sides = [&fit.focus, &fit.reference].into_iter().flatten();
        sides.all(|means| means.ratings[k].loss.is_some())
    };
    plan.positions
        .iter()
        .map(|&position| plan.coordinate(position).is_none_or(|at| known(at - FIRST)))
        .collect()
}

/// How many replicate groups hold an outcome of a side.
fn groups_of(sample: &Sample, side: Role) -> usize {
    let groups = sample.of_side(side).flat_map(|(_, grouped)| grouped.groups.iter());
    let with_outcome = groups.filter(|(_, marginals)| marginals.known[OUTCOME] > 0);
    with_outcome.map(|(group, _)| group).collect::<BTreeSet<_>>().len()
}

/// Answers of the focus, with an outcome or without.
fn answers(sample: &Sample) -> i64 {
    let counts = sample.of_side(Role::Focus).map(|(_, grouped)| grouped.total.known[LATENESS]);
    counts.fold(0, i64::wrapping_add)
}

/// The outcome that a shortfall leaves.
fn mirrored(shortfall: Estimate) -> Estimate {
    let interval =
        shortfall.interval.map(|i| Interval { low: 100.0 - i.high, high: 100.0 - i.low });
    Estimate { value: 100.0 - shortfall.value, interval }
}
