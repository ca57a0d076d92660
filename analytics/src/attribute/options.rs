//! How to report, and what a fit needs at least.

use crate::Position;

/// Fewer answers than this in the pooled fit, and nothing is split: means only, and it is said.
pub const MINIMUM_RESPONSES: i64 = 200;
/// Fewer replicate groups than this, and no interval is given.
pub const MINIMUM_GROUPS: usize = 8;
/// More replicate groups than this are hashed down to it.
pub const MAXIMUM_GROUPS: usize = 30;

/// A handoff and the step that comes after it, which colour each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandoffPair {
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
    /// Handoffs and the steps after them, for the handoff ranges.
    pub pairs: Vec<HandoffPair>,
    /// Whether [raking](crate::nonresponse) moves the figures: then those who answer differ from
    /// those who do not in what they say too, perhaps only the angry answer, and the size of a
    /// rated effect would come out too large.
    pub raking_moves: bool,
    /// Whether contrasts compare answers of the same week and variant, as they should: a later
    /// start in a falling season, or another mix of variants, is no worse work. True by default.
    pub like_with_like: bool,
    /// The elements in the order of the chain, in which a set of leaders is named. What is not in
    /// it comes after, by position.
    pub chain: Vec<Position>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            level: 0.9,
            pairs: Vec::new(),
            raking_moves: false,
            like_with_like: true,
            chain: Vec::new(),
        }
    }
}
