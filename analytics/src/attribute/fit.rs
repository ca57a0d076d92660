//! One pass of the method over a sample, whole or with a replicate group left out.

use super::effect_size::Cumulants;
use super::like_with_like::{Alike, Blocks, alike};
use super::means::Means;
use super::options::MINIMUM_RESPONSES;
use super::plan::Plan;
use super::pooled::{Pooled, Pooling};
use super::report::EffectSize;
use super::slopes::Slopes;
use super::split::{Split, own_loss};
use super::stratum::Role;
use super::swapped;
use super::unit_sums::{UnitKey, UnitSums};
use crate::cell::FIRST;
use std::collections::BTreeMap;

/// The pooled fit and both sides split by it.
pub(super) struct Fit {
    pub(super) pooled: Pooled,
    /// `None` where there are too few answers to split anything.
    pub(super) slopes: Option<Slopes>,
    /// `None` where there are none, too.
    pub(super) cumulants: Option<Cumulants>,
    pub(super) focus: Option<Means>,
    pub(super) reference: Option<Means>,
    /// The reference with the focus's weeks and variants; `None` where contrasts take it as it is.
    pub(super) alike: Option<Alike>,
}

/// The answers of both sides by week and variant.
pub(super) struct Sides {
    pub(super) focus: Blocks,
    pub(super) reference: Blocks,
}

/// The figures that the jackknife repeats.
pub(super) struct Figures {
    pub(super) shortfall: f64,
    pub(super) gap: Option<f64>,
    /// By position of the plan; empty where nothing is split.
    pub(super) levels: Vec<f64>,
    /// By position of the plan, 0 where the sides cannot be compared; empty without a reference.
    pub(super) contrasts: Vec<f64>,
    /// What other variants, and then other weeks, cost the focus.
    pub(super) mix: Option<[f64; 2]>,
}

impl Fit {
    /// Fits the whole sample; below [`MINIMUM_RESPONSES`] answers nothing is split.
    pub(super) fn whole(plan: &Plan<'_>, pooling: &Pooling<'_>, sides: Option<&Sides>) -> Self {
        let pooled = pooling.whole();
        let enough = pooled.answers >= MINIMUM_RESPONSES as f64;
        let mut fit = Self::new(plan, pooled, &plan.strata.units, enough, None);
        fit.alike = sides.and_then(|sides| sides.alike(None));
        fit
    }

    /// Fits it with each group left out in turn, split as the whole is.
    pub(super) fn replicates(
        &self,
        plan: &Plan<'_>,
        pooling: &Pooling<'_>,
        sides: Option<&Sides>,
    ) -> Vec<Self> {
        let split = self.slopes.is_some();
        let refit = |group| {
            let units = plan.strata.without(group);
            let mut fit = Self::new(plan, pooling.pool(&units), &units, split, Some(group));
            fit.alike = sides.and_then(|sides| sides.alike(Some(group)));
            fit
        };
        plan.groups().into_iter().map(refit).collect()
    }

    fn new(
        plan: &Plan<'_>,
        pooled: Pooled,
        units: &BTreeMap<UnitKey, UnitSums>,
        split: bool,
        without: Option<i64>,
    ) -> Self {
        let slopes = split.then(|| Slopes::new(&pooled, plan.rated.len()));
        let summed = slopes.as_ref().filter(|_| !plan.sample.lacks_thirds());
        Self {
            cumulants: summed.and_then(|slopes| Cumulants::new(plan, units, slopes)),
            slopes,
            focus: Means::new(plan, Role::Focus, without),
            reference: Means::new(plan, Role::Reference, without),
            alike: None,
            pooled,
        }
    }

    /// The figures of the focus and its contrast; `comparable` says which elements can be
    /// contrasted, `size` whether rated ones in their true size.
    pub(super) fn figures(
        &self,
        plan: &Plan<'_>,
        comparable: &[bool],
        size: &EffectSize,
    ) -> Option<Figures> {
        let focus = self.focus.as_ref()?;
        let Some(slopes) = &self.slopes else {
            let gap = self.reference.as_ref().map(|reference| focus.outcome - reference.outcome);
            return Some(Figures {
                shortfall: focus.outcome,
                gap,
                levels: Vec::new(),
                contrasts: Vec::new(),
                mix: None,
            });
        };
        let own = Split::new(plan, slopes, focus);
        let other = self.reference.as_ref().map(|means| Split::new(plan, slopes, means));
        let contrasts = |reference: &Means, other: &Split| {
            let delays = swapped::delay_contrasts(slopes, (focus, reference), (&own, other));
            let one =
                |at: usize| delays[at] + self.rated_contrast(plan, size, (focus, reference), at);
            (0..delays.len()).map(|at| if comparable[at] { one(at) } else { 0.0 }).collect()
        };
        let sides = self.reference.as_ref().zip(other.as_ref());
        Some(Figures {
            shortfall: own.shortfall,
            gap: other.as_ref().map(|other| own.shortfall - other.shortfall),
            contrasts: sides.map(|(means, split)| contrasts(means, split)).unwrap_or_default(),
            mix: self.reference.as_ref().map(|reference| self.mix(slopes, reference)),
            levels: own.points,
        })
    }

    /// What an element's rating costs the focus more than the reference: `λ (Δx̄_k − γ_k ΔT̄_k)`,
    /// or with the slope `β_k` where the size is not known.
    fn rated_contrast(
        &self,
        plan: &Plan<'_>,
        size: &EffectSize,
        (focus, reference): (&Means, &Means),
        at: usize,
    ) -> f64 {
        let coordinate = plan.coordinate(plan.positions[at]);
        let Some((slopes, k)) = self.slopes.as_ref().zip(coordinate.map(|at| at - FIRST)) else {
            return 0.0;
        };
        let slope = match size {
            EffectSize::Measured(_) => self.cumulants.map_or(0.0, |cumulants| cumulants.slope()),
            EffectSize::AtLeast(_) => slopes.rating[k],
        };
        let other = match &self.alike {
            Some(alike) => alike.ratings[k]
                .map_or(0.0, |loss| loss - slopes.leak[k] * alike.rating_lateness[k]),
            None => own_loss(slopes, reference, k),
        };
        slope * (own_loss(slopes, focus, k) - other)
    }

    /// What the focus's variants, and then its weeks, would cost the reference beside their
    /// lateness, which the promises answer for.
    fn mix(&self, slopes: &Slopes, reference: &Means) -> [f64; 2] {
        let Some(alike) = &self.alike else { return [0.0; 2] };
        let left = |outcome: f64, lateness: f64| outcome - slopes.lateness * lateness;
        let own = left(reference.outcome, reference.lateness);
        let variants = left(alike.outcome_by_variant, alike.lateness_by_variant);
        [variants - own, left(alike.outcome, alike.lateness) - variants]
    }
}

impl Sides {
    pub(super) fn new(plan: &Plan<'_>) -> Self {
        Self {
            focus: Blocks::new(plan, Role::Focus),
            reference: Blocks::new(plan, Role::Reference),
        }
    }

    fn alike(&self, without: Option<i64>) -> Option<Alike> {
        alike(&self.focus.sums(without), &self.reference.sums(without))
    }
}

impl Figures {
    pub(super) fn untraced(&self) -> f64 {
        self.shortfall - self.levels.iter().sum::<f64>()
    }

    pub(super) fn untraced_contrast(&self) -> Option<f64> {
        let mix = self.mix.map_or(0.0, |[variants, weeks]| variants + weeks);
        self.gap.map(|gap| gap - self.contrasts.iter().sum::<f64>() - mix)
    }
}
