//! Why a variance is not split.

/// Why a variance is not split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SplitError {
    /// The cell's levels do not fit the factors.
    #[error(
        "the cell has {given} levels and there are {factors} factors: give one level for each \
         factor"
    )]
    Levels {
        /// Levels of the cell.
        given: usize,
        /// Factors declared.
        factors: usize,
    },
    /// There are no outcomes, or they are all alike.
    #[error("the outcomes have no variance: split more answers, or more differing ones")]
    Alike,
    /// The counts cannot tell the factors apart.
    #[error(
        "the factors cannot be told apart in these answers (one follows from others): leave one \
         of them out"
    )]
    Confounded,
}
