//! Durations in fixed log-spaced bins: they merge exactly, in any order, and give quantiles within
//! a named error.
//!
//! A bin is a sixteenth of an octave, so that a duration read back from the middle of its bin is
//! off by one part in 32 at most ([`ERROR`]); below 32 of the unit it is exact. Durations below
//! zero have bins of their own, a mirror of the others: a step that began before the one before it
//! was over, or a promise kept early. Unlike a sketch (t-digest, KLL) the bins do not depend on
//! what was added before, which is why a sum can also be taken apart again; the idea is that of
//! HdrHistogram and of DDSketch (Masson, Rim & Lee 2019).

use std::collections::BTreeMap;

/// The largest relative error of a quantile.
pub const ERROR: f64 = 1.0 / 32.0;

/// Bins an octave.
const BINS: u64 = 16;

/// The bin of a duration, of whatever unit: below zero for durations below zero, at most 960
/// either way.
pub(crate) fn bin(duration: i64) -> i16 {
    let size = duration.unsigned_abs();
    let octave = if size < BINS { 0 } else { u64::from(size.ilog2()) - 4 };
    let bin = (BINS * octave + (size >> octave)) as i16;
    if duration < 0 { -bin } else { bin }
}

/// The middle of a bin.
pub(crate) fn middle(bin: i16) -> f64 {
    let size = u64::from(bin.unsigned_abs());
    let middle = if size < 2 * BINS {
        size as f64
    } else {
        let width = 2f64.powi((size / BINS - 1).min(60) as i32);
        (size % BINS + BINS) as f64 * width + (width - 1.0) / 2.0
    };
    if bin < 0 { -middle } else { middle }
}

/// The smallest of some values that at least `share` of them do not exceed, from their bins in
/// ascending order with their counts; `None` without any.
pub(crate) fn quantile(bins: impl Iterator<Item = (i16, i64)>, share: f64) -> Option<f64> {
    let bins: Vec<(i16, i64)> = bins.collect();
    let total = bins.iter().fold(0i64, |sum, (_, count)| sum.saturating_add((*count).max(0)));
    let rank = ((share * total as f64).ceil() as i64).clamp(1, total.max(1));
    let mut passed = 0i64;
    bins.into_iter().find_map(|(bin, count)| {
        passed = passed.saturating_add(count.max(0));
        (passed >= rank).then(|| middle(bin))
    })
}

/// Some durations in whole seconds, with their exact sum.
///
/// ```
/// use relais_analytics::Durations;
///
/// let mut waits = Durations::default();
/// [-60, 20, 30, 3600].into_iter().for_each(|seconds| waits.add(seconds));
/// assert_eq!((waits.count(), waits.above_zero(), waits.mean()), (4, 3, Some(897.5)));
/// assert_eq!(waits.quantile(0.5), Some(20.0));
/// let hours = waits.quantile(0.9).expect("there are waits") / 3600.0;
/// assert!((hours - 1.0).abs() <= relais_analytics::durations::ERROR);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Durations {
    bins: BTreeMap<i16, i64>,
    sum: i64,
}

impl Durations {
    /// Counts one duration, in seconds.
    pub fn add(&mut self, seconds: i64) {
        self.put(bin(seconds), 1, seconds);
    }

    /// Counts those of another, too.
    pub fn merge(&mut self, other: &Self) {
        other.bins.iter().for_each(|(bin, count)| self.put(*bin, *count, 0));
        self.sum = self.sum.wrapping_add(other.sum);
    }

    /// How many.
    pub fn count(&self) -> i64 {
        self.bins.values().fold(0, |sum, count| sum.wrapping_add(*count))
    }

    /// How many are above zero: promises that were broken, for example.
    pub fn above_zero(&self) -> i64 {
        self.bins.range(1..).fold(0, |sum, (_, count)| sum.wrapping_add(*count))
    }

    /// Their exact sum, in seconds.
    pub fn sum(&self) -> i64 {
        self.sum
    }

    /// Their exact mean, in seconds; `None` without any.
    pub fn mean(&self) -> Option<f64> {
        let count = self.count();
        (count > 0).then(|| self.sum as f64 / count as f64)
    }

    /// The `share` quantile (0.5 is the median) in seconds, by nearest rank, within [`ERROR`];
    /// `None` without any.
    pub fn quantile(&self, share: f64) -> Option<f64> {
        quantile(self.bins.iter().map(|(bin, count)| (*bin, *count)), share)
    }

    /// Adds a count to a bin, and something to the sum.
    pub(crate) fn put(&mut self, bin: i16, count: i64, sum: i64) {
        if count != 0 {
            let counted = self.bins.entry(bin).or_default();
            *counted = counted.wrapping_add(count);
            if *counted == 0 {
                self.bins.remove(&bin);
            }
        }
        self.sum = self.sum.wrapping_add(sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bins_never_go_back_and_no_duration_is_too_long() {
        assert!((-100_000..100_000).all(|seconds| bin(seconds) <= bin(seconds + 1)));
        assert_eq!((bin(i64::MAX), bin(i64::MIN)), (959, -960));
        assert!([0, 959, i16::MAX, i16::MIN].iter().all(|bin| middle(*bin).is_finite()));
    }

    proptest! {
        #[test]
        fn quantiles_of_either_sign_are_within_the_named_error(
            mut values in prop::collection::vec(prop_oneof![-400_000_000i64..400_000_000, -40i64..40], 1..200),
            share in 0.0f64..1.0,
        ) {
            let mut durations = Durations::default();
            values.iter().for_each(|value| durations.add(*value));
            values.sort_unstable();
            let exact = values[((share * values.len() as f64).ceil() as usize).max(1) - 1] as f64;
            let read = durations.quantile(share).expect("there are values");
            prop_assert!((read - exact).abs() <= ERROR * exact.abs(), "{read} for {exact}");
            prop_assert_eq!(durations.sum(), values.iter().sum::<i64>());
            prop_assert_eq!(durations.above_zero(), values.iter().filter(|value| **value > 0).count() as i64);
        }
    }

    #[test]
    fn nothing_has_no_quantile_and_no_mean() {
        let nothing = Durations::default();
        assert_eq!((nothing.count(), nothing.quantile(0.5), nothing.mean()), (0, None, None));
    }
}
