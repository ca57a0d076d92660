//! The size of a rated effect: outcome points that a point of a rating's true loss costs.
//!
//! A slope from covariances is thinned by the noise of ratings and fed by the halo that all of a
//! customer's answers share. Faults are rare and deep, hence skewed; noise and halo nearly are
//! not. So the slope is taken from third moments (Geary 1942; Erickson & Whited 2002), lateness
//! taken out first, pairs of elements taken off so that a common halo goes too, one slope for all.

use super::central_thirds::CentralThirds;
use super::jackknife::Jackknife;
use super::options::Options;
use super::plan::{Plan, Unit};
use super::report::{EffectSize, Unmeasured};
use super::slopes::Slopes;
use super::unit_sums::{UnitKey, UnitSums};
use crate::cell::{FIRST, OUTCOME};
use crate::design::Inclusion;
use std::collections::BTreeMap;

/// A third moment of ratings below this, in cubed points, is none.
const SMALLEST: f64 = 1e-3;
/// A point of a rating's loss costs at most so many points of the outcome.
const LARGEST: f64 = 1.5;
/// Hours a day.
const DAY: f64 = 24.0;

/// What the size is the ratio of, in cubed points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cumulants {
    /// `mean_k κ(y,x_k,x_k) − mean_{k≠l} κ(y,x_k,x_l)`.
    pub(super) outcome: f64,
    /// `mean_k κ(x_k,x_k,x_k) − mean_{k≠l} κ(x_k,x_k,x_l)`.
    pub(super) ratings: f64,
}

impl Cumulants {
    /// Those of the pooled answers; `None` where no answer rates two elements.
    pub(super) fn new(
        plan: &Plan<'_>,
        units: &BTreeMap<UnitKey, UnitSums>,
        slopes: &Slopes,
    ) -> Option<Self> {
        let mut sums = [Mean::default(); 4];
        let unit_of = |&(variant, version): &UnitKey| plan.unit(variant, version);
        // Lateness has its own effect, which is taken off first, where it is known.
        let any_timed = units.keys().filter_map(unit_of).any(|unit| unit.is_timed);
        for (key, own) in units {
            let Some(unit) = unit_of(key).filter(|unit| unit.is_timed || !any_timed) else {
                continue;
            };
            let Some(common) = unit.common.filter(|_| own.answers > 0.0) else { continue };
            let weights = match &unit.inclusion {
                Some(inclusion) => weights(inclusion, own.size - FIRST),
                None => weights(&own.shares(), own.size - FIRST),
            };
            let parts = Parts::new(unit, own, slopes, common);
            let (with_outcome, alone) = (unit.worth[OUTCOME] * common * common, common.powi(3));
            for (at, (sum, part)) in sums.iter_mut().zip(parts.all()).enumerate() {
                sum.add(&part, weights[at % 2], if at < 2 { with_outcome } else { alone });
            }
        }
        let [outcome, outcome_pairs, ratings, pairs] = sums.map(Mean::value);
        Some(Self { outcome: outcome? - outcome_pairs?, ratings: ratings? - pairs? })
    }

    /// `λ`, between 0 and [`LARGEST`].
    pub(super) fn slope(&self) -> f64 {
        (self.outcome.max(0.0) / self.ratings.max(SMALLEST)).clamp(0.0, LARGEST)
    }
}

/// The size with its interval, or why only a lower end is known. `replicates` are the cumulants
/// with each replicate group left out.
pub(super) fn effect_size(
    plan: &Plan<'_>,
    options: &Options,
    whole: Option<Cumulants>,
    replicates: &[Option<Cumulants>],
    jackknife: &Jackknife,
) -> EffectSize {
    if plan.sample.lacks_thirds() {
        return EffectSize::AtLeast(Unmeasured::NotSummed);
    }
    if options.raking_moves {
        return EffectSize::AtLeast(Unmeasured::RakingMoves);
    }
    let Some(whole) = whole else { return EffectSize::AtLeast(Unmeasured::NotSkewed) };
    // A replicate that has none is as far off as can be.
    let ratings: Vec<f64> = replicates.iter().map(|r| r.map_or(0.0, |r| r.ratings)).collect();
    let skew = jackknife.estimate(whole.ratings, &ratings);
    let Some(interval) = skew.interval else {
        return EffectSize::AtLeast(Unmeasured::FewGroups);
    };
    if whole.ratings <= SMALLEST || interval.low <= 0.0 {
        return EffectSize::AtLeast(Unmeasured::NotSkewed);
    }
    let slopes: Vec<f64> = replicates.iter().map(|r| r.map_or(0.0, |r| r.slope())).collect();
    EffectSize::Measured(jackknife.estimate(whole.slope(), &slopes))
}

/// `1/π` of an element and of a pair, on average over a variant's: sums over those who were asked
/// stand for all. One weight for all elements of a variant, since there is one slope for all; the
/// rarest pair alone must not decide.
fn weights(inclusion: &Inclusion, elements: usize) -> [f64; 2] {
    let pairs = || (0..elements).flat_map(|k| (0..elements).map(move |l| (k, l)));
    let own: f64 = (0..elements).map(|k| inclusion.pair(k, k)).sum();
    let both: f64 = pairs().filter(|(k, l)| k != l).map(|(k, l)| inclusion.pair(k, l)).sum();
    let inverse =
        |count: usize, chance: f64| if chance > 0.0 { count as f64 / chance } else { 0.0 };
    [inverse(elements, own), inverse(elements * elements.saturating_sub(1), both)]
}

/// A sum and how many products it is of.
#[derive(Clone, Copy, Default)]
struct Mean {
    sum: f64,
    count: f64,
}

impl Mean {
    fn add(&mut self, other: &Self, weight: f64, worth: f64) {
        self.sum += weight * worth * other.sum;
        self.count += weight * other.count;
    }

    fn value(self) -> Option<f64> {
        (self.count > 0.0).then(|| self.sum / self.count).filter(|mean| mean.is_finite())
    }
}

/// The four third moments of a variant and version, lateness taken out, in the cells' own units.
struct Parts<'a> {
    own: &'a UnitSums,
    thirds: &'a CentralThirds,
    /// `γ_k` by the variant's elements, common units an hour.
    leak: Vec<f64>,
    /// `b_T` times the share that tells the outcome, raw steps an hour.
    late: f64,
}

impl<'a> Parts<'a> {
    fn new(unit: &Unit, own: &'a UnitSums, slopes: &Slopes, common: f64) -> Self {
        let leak = unit.coordinates[FIRST..].iter();
        let leak = leak.map(|&at| slopes.leak[at - FIRST] / DAY / common).collect();
        let told = own.known(OUTCOME, OUTCOME) / own.answers;
        let late = slopes.lateness / DAY / unit.worth[OUTCOME] * told;
        Self { own, thirds: &own.thirds, leak, late }
    }

    /// With the outcome and on their own: of elements, then of pairs.
    fn all(&self) -> [Mean; 4] {
        let [mut outcome, mut ratings] = self.of_elements();
        let [mut outcome_pairs, mut pairs] = self.of_pairs();
        let whole = self.thirds.whole();
        outcome.sum += whole.outcome_own;
        outcome_pairs.sum += whole.outcome_pairs;
        ratings.sum += whole.own;
        pairs.sum += whole.pairs;
        [outcome, outcome_pairs, ratings, pairs]
    }

    /// What lateness takes from the moments of single elements: `(y − bT)(x − γT)²` and
    /// `(x − γT)³`, multiplied out.
    fn of_elements(&self) -> [Mean; 2] {
        let whole = self.thirds.whole();
        let [mut outcome, mut ratings] = [Mean::default(); 2];
        for (k, &g) in self.leak.iter().enumerate() {
            let (own, known) = (self.thirds.element(k), self.known(k, k));
            let share = known / self.own.answers;
            let late = own.late_own - 2.0 * g * own.late_late + g * g * share * whole.late;
            outcome.sum += g * g * share * whole.outcome_late - 2.0 * g * own.outcome_late;
            outcome.sum -= self.late * late;
            outcome.count += self.own.known(OUTCOME, FIRST + k);
            ratings.sum += 3.0 * g * g * own.late_late - 3.0 * g * own.late_own;
            ratings.sum -= g.powi(3) * share * whole.late;
            ratings.count += known;
        }
        [outcome, ratings]
    }

    /// The same of pairs: `(y − bT)(x_k − γ_k T)(x_l − γ_l T)` and `(x_k − γ_k T)²(x_l − γ_l T)`.
    fn of_pairs(&self) -> [Mean; 2] {
        let whole = self.thirds.whole();
        let told = self.own.known(OUTCOME, OUTCOME) / self.own.answers;
        let [mut outcome, mut ratings] = [Mean::default(); 2];
        for (k, &g) in self.leak.iter().enumerate() {
            let own = self.thirds.element(k);
            outcome.sum -= self.late * own.late_pairs;
            ratings.sum -= 2.0 * g * own.late_pairs;
            for (l, &h) in self.leak.iter().enumerate().filter(|(l, _)| *l != k) {
                let both = self.known(k, l);
                if both <= 0.0 {
                    continue;
                }
                let other = self.thirds.element(l);
                let (of_k, of_l) = (both / self.known(k, k), both / self.known(l, l));
                let share = both / self.own.answers;
                let late = g * h * share * whole.late - 2.0 * g * of_l * other.late_late;
                outcome.sum +=
                    g * h * share * whole.outcome_late - 2.0 * g * of_l * other.outcome_late;
                outcome.sum -= self.late * late;
                outcome.count += told * both;
                ratings.sum += 2.0 * g * h * of_k * own.late_late + g * g * of_l * other.late_late;
                ratings.sum -= h * of_k * own.late_own + g * g * h * share * whole.late;
                ratings.count += both;
            }
        }
        [outcome, ratings]
    }

    fn known(&self, k: usize, l: usize) -> f64 {
        self.own.known(FIRST + k.min(l), FIRST + k.max(l))
    }
}
