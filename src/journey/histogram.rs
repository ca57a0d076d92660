//! Durations in fixed log-spaced classes: bounded memory, any order, error named.

use std::collections::BTreeMap;

/// Each class is 5 % wider than the one before, so that a quantile read from the middle of a class is
/// within [`ERROR`] of the true one.
const WIDTH: f64 = 1.05;

/// The largest relative error of a quantile.
pub const ERROR: f64 = 0.025;

/// Counts of durations by class. Negative durations (the next step began before) count as 0.
#[derive(Clone, Debug, Default)]
pub struct Histogram {
    classes: BTreeMap<u16, u64>,
    count: u64,
    sum: i64,
}

impl Histogram {
    /// Counts one duration in seconds.
    pub fn add(&mut self, seconds: i64) {
        *self.classes.entry(class(seconds)).or_default() += 1;
        self.count += 1;
        self.sum += seconds;
    }

    /// How many were counted.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their exact mean, in seconds.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / self.count as f64)
    }

    /// The quantile, in seconds, within [`ERROR`].
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let rank = (share * self.count as f64).ceil().max(1.0) as u64;
        let mut passed = 0;
        self.classes.iter().find_map(|(class, count)| {
            passed += count;
            (passed >= rank).then(|| middle(*class))
        })
    }
}

fn class(seconds: i64) -> u16 {
    match seconds {
        ..1 => 0,
        // The largest instant difference has class 895.
        _ => 1 + ((seconds as f64).ln() / WIDTH.ln()) as u16,
    }
}

fn middle(class: u16) -> f64 {
    match class {
        0 => 0.0,
        _ => WIDTH.powf(f64::from(class) - 0.5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn quantiles_are_within_the_named_error(mut values in proptest::collection::vec(1i64..40_000_000, 1..200), share in 0.01f64..1.0) {
            let mut histogram = Histogram::default();
            values.iter().for_each(|v| histogram.add(*v));
            values.sort_unstable();
            let exact = values[((share * values.len() as f64).ceil() as usize).max(1) - 1] as f64;
            let read = histogram.quantile(share).unwrap();
            prop_assert!((read / exact - 1.0).abs() <= ERROR + 1e-9, "{read} for {exact}");
        }
    }

    #[test]
    fn nothing_has_no_quantile_and_negative_waits_are_none() {
        assert_eq!(Histogram::default().quantile(0.5), None);
        let mut histogram = Histogram::default();
        histogram.add(-30);
        assert_eq!(histogram.quantile(0.5), Some(0.0));
        assert_eq!(histogram.mean(), Some(-30.0));
    }
}
