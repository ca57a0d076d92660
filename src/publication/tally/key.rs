//! Where a row is summed.

/// Which sums of an atom a row belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub atom: i64,
    pub variant: i32,
    /// The questionnaire's version; 0 over all journeys.
    pub version: i32,
    /// Of answers, whether all times of their journeys are known.
    pub is_timed: bool,
    pub replicate: i32,
}
