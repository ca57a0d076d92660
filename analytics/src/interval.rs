//! Intervals: Wilson's for shares, and the quantiles of Student's t.

/// A two-sided interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end, never below the lower one.
    pub high: f64,
}

/// Wilson's score interval (Wilson 1927) for `successes` of `trials` at the two-sided `level` (0.9, 0.95).
/// `None` without trials.
pub fn wilson(successes: i64, trials: i64, level: f64) -> Option<Interval> {
    let _ = (successes, trials, level);
    unimplemented!()
}
