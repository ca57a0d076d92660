//! What a release is ruled about.

use std::collections::BTreeMap;

use crate::element::Element;
use crate::privacy::{Floors, Unit};

/// What a figure is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A place as a whole: how many answered, the outcome, what was lost.
    Whole,
    /// All dates of a place together: promises made and kept, days late.
    Dates,
    Element(Element),
}

impl From<Option<&Element>> for Subject {
    fn from(element: Option<&Element>) -> Self {
        element.map_or(Self::Whole, |element| Self::Element(element.clone()))
    }
}

/// What an atom has of each element, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Whatever can be shown of it: journeys, or answers where only these are known; promises.
    pub passed: Vec<u64>,
    /// Promises that were made: 0 elsewhere.
    pub promised: Vec<u64>,
    /// Journeys, or answers where only these are known, that it could have cost some time or won it
    /// back: 0 elsewhere.
    pub timed: Vec<u64>,
}

/// One release, as the rules need to know it.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'a> {
    pub units: &'a [&'a Unit],
    /// Everything that the release could be asked about.
    pub elements: &'a [Element],
    /// Of each atom; without them it is ruled about wholes alone.
    pub parts: &'a [Parts],
    /// The team of each step that has one, where the atoms do not say it.
    pub teams: &'a BTreeMap<String, String>,
    pub floors: Floors,
}
