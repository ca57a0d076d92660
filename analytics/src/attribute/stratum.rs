//! Where a cell belongs in a fit, and how its answers are read.

use crate::Position;
use crate::design::Kind;

/// A rated element of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RatedElement {
    /// Its position in the catalogue.
    pub position: Position,
    /// Step or handoff.
    pub kind: Kind,
}

/// A questionnaire version's ranges, ideal − worst, on the raw scales: 10 for 0–10, 4 for 1–5, 3
/// where at most three frictions count. Losses are read on 0–100 by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Of the outcome.
    pub outcome: i64,
    /// Of the items about steps.
    pub step: i64,
    /// Of the items about handoffs, which may be asked in another way.
    pub handoff: i64,
}

impl Scale {
    /// Steps and handoffs asked on one scale.
    pub fn same(outcome: i64, items: i64) -> Self {
        Self { outcome, step: items, handoff: items }
    }

    /// The ranges of a variant's items, in its order: what
    /// [`Cell::of_ranges`](crate::cell::Cell::of_ranges) is made with.
    pub fn ranges(self, elements: &[RatedElement]) -> Vec<i64> {
        elements.iter().map(|element| self.of(element.kind)).collect()
    }

    /// The range of the items about elements of a kind.
    pub(super) fn of(self, kind: Kind) -> i64 {
        match kind {
            Kind::Step => self.step,
            Kind::Handoff => self.handoff,
        }
    }
}

/// What a cell is in the report. All three sides serve the pooled fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The group that the report is about.
    Focus,
    /// What it is compared with.
    Reference,
    /// Neither.
    Other,
}

/// Where a cell belongs in the fit: covariances are taken within place × variant × questionnaire
/// version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stratum {
    /// The atom's place, numbered by the caller as it likes.
    pub place: u32,
    /// The variant's number, declared by [`Sample::variant`](super::Sample::variant).
    pub variant: u32,
    /// The questionnaire version's number, declared by [`Sample::version`](super::Sample::version).
    pub version: u32,
}
