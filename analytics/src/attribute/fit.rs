//! One pass of the method over a sample, whole or with a replicate group left out.

use super::means::Means;
use super::options::MINIMUM_RESPONSES;
use super::plan::Plan;
use super::pooled::{Pooled, Pooling};
use super::slopes::Slopes;
use super::split::Split;
use super::stratum::Role;
use super::swapped;

/// The pooled fit and both sides split by it.
pub(super) struct Fit {
    pub(super) pooled: Pooled,
    /// `None` where there are too few answers to split anything.
    pub(super) slopes: Option<Slopes>,
    pub(super) focus: Option<Means>,
    pub(super) reference: Option<Means>,
}

/// The figures that the jackknife repeats.
pub(super) struct Figures {
    pub(super) shortfall: f64,
    pub(super) gap: Option<f64>,
    /// By position of the plan; empty where nothing is split.
    pub(super) levels: Vec<f64>,
    /// By position of the plan, 0 where the sides cannot be compared; empty without a reference.
    pub(super) contrasts: Vec<f64>,
}

impl Fit {
    /// Fits the whole sample; below [`MINIMUM_RESPONSES`] answers nothing is split.
    pub(super) fn whole(plan: &Plan<'_>, pooling: &Pooling<'_>) -> Self {
        let pooled = pooling.whole();
        let enough = pooled.answers >= MINIMUM_RESPONSES as f64;
        Self::new(plan, pooled, enough, None)
    }

    fn new(plan: &Plan<'_>, pooled: Pooled, split: bool, without: Option<i64>) -> Self {
        Self {
            slopes: split.then(|| Slopes::new(&pooled, plan.rated.len())),
            focus: Means::new(plan, Role::Focus, without),
            reference: Means::new(plan, Role::Reference, without),
            pooled,
        }
    }

    /// The figures of the focus and its contrast; `comparable` says which elements can be
    /// contrasted.
    pub(super) fn figures(&self, plan: &Plan<'_>, comparable: &[bool]) -> Option<Figures> {
        let focus = self.focus.as_ref()?;
        let Some(slopes) = &self.slopes else {
            let gap = self.reference.as_ref().map(|reference| focus.outcome - reference.outcome);
            return Some(Figures {
                shortfall: focus.outcome,
                gap,
                levels: Vec::new(),
                contrasts: Vec::new(),
            });
        };
        let own = Split::new(plan, slopes, focus);
        let other = self.reference.as_ref().map(|means| Split::new(plan, slopes, means));
        let contrast = |(reference, other): (&Means, &Split)| {
            let delays = swapped::delay_contrasts(slopes, (focus, reference), (&own, other));
            let rated = |split: &Split, at: usize| split.points[at] - split.delay[at];
            let one = |at: usize| rated(&own, at) - rated(other, at) + delays[at];
            (0..delays.len()).map(|at| if comparable[at] { one(at) } else { 0.0 }).collect()
        };
        let sides = self.reference.as_ref().zip(other.as_ref());
        Some(Figures {
            shortfall: own.shortfall,
            gap: other.as_ref().map(|other| own.shortfall - other.shortfall),
            contrasts: sides.map(contrast).unwrap_or_default(),
            levels: own.points,
        })
    }

    /// The figures with each group left out in turn, everything refitted, split as the whole is.
    pub(super) fn replicates(
        &self,
        plan: &Plan<'_>,
        pooling: &Pooling<'_>,
        comparable: &[bool],
    ) -> Vec<Figures> {
        let split = self.slopes.is_some();
        let refit = |group| {
            Self::new(plan, pooling.without(group), split, Some(group)).figures(plan, comparable)
        };
        plan.groups().into_iter().filter_map(refit).collect()
    }
}

impl Figures {
    pub(super) fn untraced(&self) -> f64 {
        self.shortfall - self.levels.iter().sum::<f64>()
    }

    pub(super) fn untraced_contrast(&self) -> Option<f64> {
        self.gap.map(|gap| gap - self.contrasts.iter().sum::<f64>())
    }
}
