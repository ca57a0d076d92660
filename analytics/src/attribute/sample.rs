//! What a fit is made from: cells summed by stratum, side and replicate group.

use crate::Position;
use crate::cell::{Cell, Population};
use crate::design::{Design, DesignError, Kind};

/// A rated element of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rated {
    /// Its position in the catalogue.
    pub position: Position,
    /// Step or handoff.
    pub kind: Kind,
}

/// A questionnaire version's ranges, ideal − worst, on the raw scales: 10 for 0–10, 4 for 1–5.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Of the outcome.
    pub outcome: i64,
    /// Of the items.
    pub item: i64,
}

/// What a cell is in the report. All three sides serve the pooled fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The group that the report is about.
    Focus,
    /// What it is compared with.
    Reference,
    /// Neither.
    Other,
}

/// Where a cell belongs in the fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stratum {
    /// The atom's place, numbered by the caller as it likes.
    pub place: u32,
    /// The variant's number, declared by [`Sample::variant`].
    pub variant: u32,
    /// The questionnaire version's number, declared by [`Sample::version`].
    pub version: u32,
}

/// Why a cell cannot enter a sample.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SampleError {
    /// A variant that was not declared.
    #[error("variant {0} was not declared")]
    Variant(u32),
    /// A version that was not declared.
    #[error("questionnaire version {0} was not declared")]
    Version(u32),
    /// A cell over another number of elements than its variant has.
    #[error("variant {variant} has {expected} elements and the cell {found}")]
    Elements {
        /// The variant.
        variant: u32,
        /// Its elements.
        expected: usize,
        /// The cell's.
        found: usize,
    },
    /// A scale without a range.
    #[error("questionnaire version {0} has a scale without a range")]
    Scale(u32),
    /// A variant that names an element twice, or more than [`crate::cell::MOST_ELEMENTS`].
    #[error("variant {0} names an element twice, or too many")]
    Twice(u32),
    /// A design that leaves a pair out.
    #[error("variant {variant} under version {version}: {source}")]
    Design {
        /// The variant.
        variant: u32,
        /// The version.
        version: u32,
        /// The pair.
        source: DesignError,
    },
}

/// Everything a fit needs, added cell by cell in any order; a cell is not kept.
#[derive(Clone, Debug, Default)]
pub struct Sample {}

impl Sample {
    /// An empty sample.
    pub fn new() -> Self {
        Self::default()
    }
    /// Declares a variant and its rated elements, in the order in which its cells hold them.
    ///
    /// # Errors
    /// [`SampleError::Twice`].
    pub fn variant(&mut self, number: u32, elements: Vec<Rated>) -> Result<(), SampleError> {
        let _ = (number, elements);
        unimplemented!()
    }
    /// Declares a questionnaire version.
    ///
    /// # Errors
    /// [`SampleError::Scale`] unless both ranges are above 0.
    pub fn version(&mut self, number: u32, scale: Scale, design: Design) -> Result<(), SampleError> {
        let _ = (number, scale, design);
        unimplemented!()
    }
    /// Names a timed element (promise, or handoff with a wait), so that it is reported even where it lost nothing.
    pub fn timed(&mut self, position: Position) {
        let _ = position;
        unimplemented!()
    }
    /// Adds a cell of answers of a replicate group.
    ///
    /// # Errors
    /// [`SampleError`] when variant, version, shape or design do not fit.
    pub fn add(&mut self, side: Side, stratum: Stratum, replicate: i64, cell: &Cell) -> Result<(), SampleError> {
        let _ = (side, stratum, replicate, cell);
        unimplemented!()
    }
    /// Adds a cell of all journeys of a replicate group.
    pub fn add_population(&mut self, side: Side, replicate: i64, population: &Population) {
        let _ = (side, replicate, population);
        unimplemented!()
    }
}
