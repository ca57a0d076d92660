//! Waits in whole minutes, in the bins of [`crate::durations`].

use super::tally::Tally;
use crate::durations;
use crate::lateness::LONGEST;

/// The largest relative error of a wait read as a quantile. Waits under 32 minutes are exact.
pub const WAIT_ERROR: f64 = durations::ERROR;

/// The bin of a wait in minutes; a negative wait counts as 0, a longer one as [`LONGEST`].
pub(super) fn bin(minutes: i64) -> u16 {
    durations::bin(minutes.clamp(0, LONGEST)).unsigned_abs()
}

/// The `share` quantile of the waits, interpolated between the two nearest ranks as each is read
/// from its bin; `None` without waits.
pub(super) fn quantile(bins: &Tally<1>, share: f64) -> Option<f64> {
    durations::quantile(
        bins.iter().map(|(bin, [count])| (i16::try_from(bin).unwrap_or(i16::MAX), count)),
        share,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wait_is_read_back_within_the_named_error() {
        for minutes in (0..5000).chain((5000..=LONGEST).step_by(97)).chain([LONGEST]) {
            let mut bins = Tally::default();
            bins.add(bin(minutes), [1], 1);
            let read = quantile(&bins, 0.5).expect("there is one");
            assert!(
                (read - minutes as f64).abs() <= WAIT_ERROR * minutes as f64,
                "{minutes} read as {read}"
            );
        }
        assert_eq!((bin(-5), bin(i64::MAX)), (0, bin(LONGEST)));
    }

    #[test]
    fn quantiles_lie_between_the_two_nearest_ranks() {
        let mut bins = Tally::default();
        (1..=20).for_each(|m| bins.add(bin(m), [1], 1));
        assert_eq!(quantile(&bins, 0.5), Some(10.5));
        assert_eq!(quantile(&bins, 0.25), Some(5.75));
        assert_eq!(quantile(&bins, 0.0), Some(1.0));
        assert_eq!(quantile(&Tally::default(), 0.5), None);
    }
}
