//! A mean and how uncertain it is.

/// The mean of a group and how uncertain it is, in any unit, the same for all groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measurement {
    /// The mean.
    pub mean: f64,
    /// Its standard error, at least 0.
    pub error: f64,
}

impl Measurement {
    pub(super) fn is_sound(&self) -> bool {
        self.mean.is_finite() && self.error.is_finite() && self.error >= 0.0
    }
}
