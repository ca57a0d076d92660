//! Waits in fixed log-spaced bins, which merge exactly and give quantiles within a named error.

use super::tally::Tally;
use crate::lateness::LONGEST;

/// The largest relative error of a wait read as a quantile: sixteen bins an octave, read at their middle. Waits under
/// 32 minutes are exact.
pub const WAIT_ERROR: f64 = 1.0 / 32.0;

/// Bins an octave.
const BINS: i64 = 16;

/// The bin of a wait in minutes; a negative wait counts as 0, a longer one as [`LONGEST`].
pub(super) fn bin(minutes: i64) -> u16 {
    let minutes = minutes.clamp(0, LONGEST);
    let octave = if minutes < BINS { 0 } else { i64::from(minutes.ilog2()) - 4 };
    (BINS * octave + (minutes >> octave)) as u16
}

/// The middle of a bin, in minutes.
fn middle(bin: u16) -> f64 {
    let bin = i64::from(bin);
    if bin < 2 * BINS {
        return bin as f64;
    }
    let width = 2f64.powi((bin / BINS - 1).min(60) as i32);
    (bin % BINS + BINS) as f64 * width + (width - 1.0) / 2.0
}

/// The smallest wait that at least `share` of the waits do not exceed, read from its bin; `None` without waits.
pub(super) fn quantile(bins: &Tally<1>, share: f64) -> Option<f64> {
    let total: i64 = bins.iter().fold(0, |sum, (_, [count])| sum.saturating_add(count.max(0)));
    let rank = ((share * total as f64).ceil() as i64).clamp(1, total.max(1));
    let mut passed = 0i64;
    bins.iter().find_map(|(bin, [count])| {
        passed = passed.saturating_add(count.max(0));
        (passed >= rank).then(|| middle(bin))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wait_is_read_back_within_the_named_error() {
        for minutes in (0..5000).chain((5000..=LONGEST).step_by(97)).chain([LONGEST]) {
            let read = middle(bin(minutes));
            assert!((read - minutes as f64).abs() <= WAIT_ERROR * minutes as f64, "{minutes} read as {read}");
        }
    }

    #[test]
    fn bins_never_go_back() {
        assert!((0..100_000).all(|m| bin(m) <= bin(m + 1)));
        assert_eq!(bin(-5), 0);
    }

    #[test]
    fn quantiles_are_nearest_ranks() {
        let mut bins = Tally::default();
        (1..=20).for_each(|m| bins.add(bin(m), [1], 1));
        assert_eq!(quantile(&bins, 0.5), Some(10.0));
        assert_eq!(quantile(&bins, 0.9), Some(18.0));
        assert_eq!(quantile(&bins, 0.0), Some(1.0));
        assert_eq!(quantile(&Tally::default(), 0.5), None);
    }
}
