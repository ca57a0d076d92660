//! From summed cells to points: what each step, handoff and promise costs a group, and how sure that is.

mod report;
mod sample;
pub use report::{Attribution, Contrast, Element, Estimate, Points, Untraced};
pub use sample::{Rated, Sample, SampleError, Scale, Side, Stratum};

use crate::Position;

/// Fewer answers than this in the pooled fit, and nothing is split: means only.
pub const MINIMUM_RESPONSES: i64 = 200;
/// Fewer replicate groups than this, and no interval is given.
pub const MINIMUM_GROUPS: usize = 8;
/// More replicate groups than this are hashed down to it.
pub const MAXIMUM_GROUPS: usize = 30;

/// A handoff and the step that comes after it, which colour each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seam {
    /// The handoff's position.
    pub handoff: Position,
    /// The step after it.
    pub step: Position,
}

/// How to report.
#[derive(Clone, Debug)]
pub struct Options {
    /// The two-sided level of the intervals; 0.9 by default.
    pub level: f64,
    /// Handoffs and the steps after them, for the seam ranges.
    pub seams: Vec<Seam>,
}

impl Default for Options {
    fn default() -> Self {
        Self { level: 0.9, seams: Vec::new() }
    }
}

/// Splits the focus's shortfall, and its contrast to the reference where there is one.
pub fn attribute(sample: &Sample, options: &Options) -> Attribution {
    let _ = (sample, options);
    unimplemented!()
}
