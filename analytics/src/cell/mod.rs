//! Cells: the integer statistics of some answers, which add up in any order to the same bits.

mod population;

/// The largest relative error of a wait read as a quantile.
pub const WAIT_ERROR: f64 = 1.0 / 32.0;

pub use population::{Journey, Population};

use crate::Position;

/// One answer, as a cell takes it in. All values are raw integers: losses on the questionnaire's own scale, minutes.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Outcome loss, ideal − outcome, `0..=`[`LARGEST_LOSS`]; `None` where a partial answer lacks the outcome.
    pub outcome: Option<i64>,
    /// Lateness felt, in minutes, `0..=`[`crate::lateness::LONGEST`]: [`crate::lateness::Lateness::felt`].
    pub lateness: i64,
    /// Loss of each rated element of the variant, ideal − rating, in the variant's order; `None` where it was not
    /// asked or the customer does not know.
    pub items: &'a [Option<i64>],
    /// Minutes lost and won of timed elements: position, lost, won. What is absent is 0.
    pub time: &'a [(Position, i64, i64)],
}

/// The largest loss of an outcome or an item that a cell takes.
pub const LARGEST_LOSS: i64 = 10_000;

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
    /// Minutes below 0 or above [`crate::lateness::LONGEST`].
    #[error("{0} minutes are outside 0 to {longest}", longest = crate::lateness::LONGEST)]
    Minutes(i64),
}

/// Two cells of variants with different numbers of elements were to be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a cell over {0} elements and one over {1} cannot be added")]
pub struct ShapeError(pub usize, pub usize);

/// Why bytes are no cell.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The bytes start with another version than this program writes.
    #[error("cell format {0} is not known")]
    Format(u8),
    /// The bytes end inside a value.
    #[error("the cell ends at byte {0}, inside a value")]
    Truncated(usize),
    /// Something follows the cell.
    #[error("the cell ends at byte {0}, and more bytes follow")]
    Trailing(usize),
    /// A number is longer than 64 bits, or not written in its shortest form.
    #[error("the number at byte {0} is badly written")]
    Number(usize),
    /// A count, size or order that no cell can have.
    #[error("the {what} at byte {at} cannot be")]
    Impossible {
        /// What is wrong.
        what: &'static str,
        /// Where it stands.
        at: usize,
    },
}

/// Integer sums of the answers of one variant, questionnaire version and replicate group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    elements: usize,
}

impl Cell {
    /// An empty cell of a variant with so many rated elements (at most [`MOST_ELEMENTS`]).
    pub fn new(elements: usize) -> Self {
        Self { elements }
    }
    /// How many rated elements the variant has.
    pub fn elements(&self) -> usize {
        self.elements
    }
    /// How many answers the cell holds.
    pub fn count(&self) -> i64 {
        unimplemented!()
    }
    /// How many answers know the item of element `k` of the variant.
    pub fn asked(&self, k: usize) -> i64 {
        let _ = k;
        unimplemented!()
    }
    /// Minutes lost and won by the timed elements of these answers' journeys, by position.
    pub fn time(&self) -> impl Iterator<Item = (Position, i64, i64)> + '_ {
        std::iter::empty()
    }
    /// The histogram of outcomes: raw loss and count, in order of loss.
    pub fn outcomes(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        std::iter::empty()
    }
    /// Adds one answer. Only the sums of what is known are touched.
    ///
    /// # Errors
    /// See [`RowError`]; the cell is then unchanged.
    pub fn add(&mut self, row: &Row<'_>) -> Result<(), RowError> {
        let _ = row;
        unimplemented!()
    }
    /// Takes one answer out again: the inverse of [`Cell::add`].
    ///
    /// # Errors
    /// See [`RowError`]; the cell is then unchanged.
    pub fn remove(&mut self, row: &Row<'_>) -> Result<(), RowError> {
        let _ = row;
        unimplemented!()
    }
    /// Adds another cell of the same variant and version.
    ///
    /// # Errors
    /// [`ShapeError`] when they have different numbers of elements.
    pub fn merge(&mut self, other: &Self) -> Result<(), ShapeError> {
        let _ = other;
        unimplemented!()
    }
    /// Takes another cell out again: the inverse of [`Cell::merge`].
    ///
    /// # Errors
    /// [`ShapeError`] when they have different numbers of elements.
    pub fn subtract(&mut self, other: &Self) -> Result<(), ShapeError> {
        let _ = other;
        unimplemented!()
    }
    /// The cell as versioned compact bytes; equal cells give equal bytes.
    pub fn encode(&self) -> Vec<u8> {
        unimplemented!()
    }
    /// Reads what [`Cell::encode`] wrote. Never panics.
    ///
    /// # Errors
    /// [`DecodeError`] says what is wrong with the bytes, and where.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let _ = bytes;
        unimplemented!()
    }
}

/// A journey type has at most this many rated elements; rarer ones fold into `handoff:other`.
pub const MOST_ELEMENTS: usize = 40;
