//! A figure that is not known exactly.

use crate::interval::Interval;

/// A figure and its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Its interval at the level asked for; `None` below [`MINIMUM_GROUPS`](super::MINIMUM_GROUPS)
    /// replicate groups.
    pub interval: Option<Interval>,
}

impl Estimate {
    /// Whether zero lies outside of the interval. Without an interval nothing can be told.
    pub fn excludes_zero(self) -> bool {
        self.interval.is_some_and(|Interval { low, high }| low > 0.0 || high < 0.0)
    }
}
