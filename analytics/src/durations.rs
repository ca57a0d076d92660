//! Durations in fixed log-spaced bins: they merge exactly, in any order, and give quantiles within
//! a named error.
//!
//! A bin is a sixteenth of an octave, so that a duration read back from the middle of its bin is
//! off by one part in 32 at most ([`ERROR`]); below 32 of the unit it is exact. A quantile is the
//! one that users' tools compute: between the two durations whose ranks are next to it, by linear
//! interpolation (pandas, pm4py, Excel's PERCENTILE.INC; type 7 of Hyndman & Fan 1996), so the
//! median of an even number is the mean of the middle two. Each of the two is read from its bin, so
//! it is off by as much as they are: between waits of one sign, by one part in 32 at most.
//! Durations below zero have bins of their own, a mirror of the others: a step that began before
//! the one before it was over, or a promise kept early. Unlike a sketch (t-digest, KLL) the bins do
//! not depend on what was added before, which is why a sum can also be taken apart again; the idea
//! is that of HdrHistogram and of DDSketch (Masson, Rim & Lee 2019).

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

/// The `share` quantile of some values from their bins in ascending order with their counts, by
/// linear interpolation between the two nearest ranks; `None` without any.
pub(crate) fn quantile(bins: impl Iterator<Item = (i16, i64)>, share: f64) -> Option<f64> {
    let bins: Vec<(i16, i64)> = bins.filter(|(_, count)| *count > 0).collect();
    let total = bins.iter().fold(0i64, |sum, (_, count)| sum.saturating_add(*count));
    let last = total.checked_sub(1).filter(|last| *last >= 0)?;
    // 0.9 of ten ranks is 9 in the decimal system, and a little more or less in the binary one.
    let place = (share.clamp(0.0, 1.0) * last as f64 * 1e9).round() / 1e9;
    let (below, beyond) = (place.floor(), place.fract());
    let lower = ranked(&bins, below as i64)?;
    if beyond == 0.0 {
        return Some(lower);
    }
    let upper = ranked(&bins, (below as i64).saturating_add(1).min(last))?;
    Some(lower + beyond * (upper - lower))
}

/// The value of a rank, counted from 0.
fn ranked(bins: &[(i16, i64)], rank: i64) -> Option<f64> {
    let mut passed = 0i64;
    bins.iter().find_map(|(bin, count)| {
        passed = passed.saturating_add(*count);
        (passed > rank).then(|| middle(*bin))
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
/// assert_eq!(waits.quantile(0.5), Some(25.0), "between 20 and 30");
/// let hours = waits.quantile(1.0).expect("there are waits") / 3600.0;
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

    /// The same durations with those below zero counted as 0, and those below zero as what they
    /// were short of it: waits, and overlaps. What was added below zero has a sum of its own only
    /// as far as its bins tell it, within [`ERROR`].
    pub(crate) fn parted(mut self) -> (Self, Self) {
        let above = self.bins.split_off(&0);
        let mut below = Self::default();
        for (bin, count) in std::mem::replace(&mut self.bins, above) {
            let short = -middle(bin) * count as f64;
            below.put(-bin, count, short as i64);
            self.put(0, count, short as i64);
        }
        (self, below)
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

    /// The `share` quantile (0.5 is the median) in seconds, interpolated between the two nearest
    /// ranks, each read within [`ERROR`] of it; `None` without any.
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
            let place = share * (values.len() - 1) as f64;
            let ranks = [place.floor(), place.ceil()].map(|rank| values[rank as usize] as f64);
            let exact = ranks[0] + place.fract() * (ranks[1] - ranks[0]);
            let read = durations.quantile(share).expect("there are values");
            let most = ERROR * ranks[0].abs().max(ranks[1].abs()) + 1e-6 * (ranks[1] - ranks[0]);
            prop_assert!((read - exact).abs() <= most, "{read} for {exact}");
            prop_assert_eq!(durations.sum(), values.iter().sum::<i64>());
            prop_assert_eq!(durations.above_zero(), values.iter().filter(|value| **value > 0).count() as i64);
        }
    }

    #[test]
    fn quantiles_are_those_of_pandas_and_excel() {
        let mut waits = Durations::default();
        (1..=10).for_each(|wait| waits.add(wait));
        let read = |share| waits.quantile(share).expect("there are waits");
        // numpy.percentile(range(1, 11), …), PERCENTILE.INC.
        for (share, expected) in [(0.0, 1.0), (0.25, 3.25), (0.5, 5.5), (0.9, 9.1), (1.0, 10.0)] {
            assert!((read(share) - expected).abs() < 1e-8, "{share}: {}", read(share));
        }
    }

    /// Half of 38 waits are none and half are long: the lower of the middle two is 72 % short.
    #[test]
    fn the_median_of_an_even_number_is_between_the_middle_two() {
        let mut waits = Durations::default();
        (0..19).for_each(|wait| waits.add(600 + 60 * wait));
        (0..19).for_each(|wait| waits.add(9_300 + 600 * wait));
        let median = waits.quantile(0.5).expect("there are waits");
        let exact = f64::from(600 + 60 * 18 + 9_300) / 2.0;
        assert!((median - exact).abs() <= ERROR * exact, "{median} for {exact}");
    }

    #[test]
    fn overlaps_part_from_waits_and_take_their_sum_along() {
        let mut all = Durations::default();
        [-20, -10, 0, 40].into_iter().for_each(|seconds| all.add(seconds));
        let (waits, overlaps) = all.parted();
        assert_eq!((waits.count(), waits.sum(), waits.quantile(0.0)), (4, 40, Some(0.0)));
        assert_eq!((overlaps.count(), overlaps.sum(), overlaps.quantile(0.5)), (2, 30, Some(15.0)));
    }

    #[test]
    fn nothing_has_no_quantile_and_no_mean() {
        let nothing = Durations::default();
        assert_eq!((nothing.count(), nothing.quantile(0.5), nothing.mean()), (0, None, None));
    }
}
