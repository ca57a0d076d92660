//! From summed cells to points: what each step, handoff and promise costs a group, and how sure that is.
//!
//! Read in this order: [`Sample`] takes in the cells; `plan` fixes coordinates and scales; `pooled` turns integer sums
//! into covariances within strata; `slopes` fits lateness first and the ratings by one-component PLS; `means` and
//! `split` share a side's shortfall out; `seam` gives the range that ratings leave open; `fit` does all of this once,
//! or again for each replicate group; `jackknife` and `claims` say how sure it is; `assemble` writes the answer, an
//! [`Attribution`].

mod assemble;
pub(crate) mod claims;
mod fit;
pub(crate) mod grouped;
pub(crate) mod jackknife;
mod means;
pub(crate) mod plan;
pub(crate) mod pooled;
mod report;
mod sample;
mod seam;
pub(crate) mod slopes;
mod split;

pub use report::{Attribution, Contrast, Element, Estimate, Points, Untraced};
pub use sample::{Rated, Sample, SampleError, Scale, Side, Stratum};

use crate::Position;

/// Fewer answers than this in the pooled fit, and nothing is split: means only, and it is said.
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
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The two-sided level of the intervals, inside (0, 1); 0.9 by default.
    pub level: f64,
    /// Handoffs and the steps after them, for the seam ranges.
    pub seams: Vec<Seam>,
}

impl Default for Options {
    fn default() -> Self {
        Self { level: 0.9, seams: Vec::new() }
    }
}

/// Splits the focus's shortfall over its elements, and its gap to the reference where there is one.
///
/// Never fails and never returns NaN: what cannot be said is `None`, and what nobody rated has no points. The cost is
/// strata × replicate groups × (elements of a variant)². See the crate's documentation for an example.
pub fn attribute(sample: &Sample, options: &Options) -> Attribution {
    assemble::attribution(sample, options)
}
