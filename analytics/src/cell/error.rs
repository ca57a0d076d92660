//! What can be wrong with rows and bytes.

use super::limits::LARGEST_LOSS;
use crate::lateness::LONGEST;

/// Why a row cannot enter a cell.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// The row rates another number of elements than the variant has.
    #[error("the row has {found} items and the variant {expected}")]
    Items {
        /// Elements of the variant.
        expected: usize,
        /// Items of the row.
        found: usize,
    },
    /// A loss below 0 or above [`LARGEST_LOSS`].
    #[error("a loss of {0} is outside 0 to {LARGEST_LOSS}")]
    Loss(i64),
    /// Minutes below 0 or above [`LONGEST`].
    #[error("{0} minutes are outside 0 to {LONGEST}")]
    Minutes(i64),
}

/// Two cells of variants with different numbers of elements were to be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a cell over {0} elements and one over {1} cannot be added")]
pub struct ShapeError(pub usize, pub usize);

/// Why bytes are no cell, population or flow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The bytes start with another format than this program writes.
    #[error("the format {0} is not known")]
    Format(u8),
    /// The bytes end inside a value.
    #[error("it ends at byte {0}, inside a value")]
    Truncated(usize),
    /// Something follows.
    #[error("it ends at byte {0}, and more bytes follow")]
    Trailing(usize),
    /// A number is longer than 64 bits.
    #[error("the number at byte {0} is longer than 64 bits")]
    Number(usize),
    /// A count, size or order that cannot be, such as more than
    /// [`MOST_ELEMENTS`](super::MOST_ELEMENTS).
    #[error("the {what} at byte {at} cannot be")]
    Impossible {
        /// What is wrong.
        what: &'static str,
        /// Where it stands.
        at: usize,
    },
}
