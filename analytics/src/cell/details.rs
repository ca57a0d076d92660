//! What an answer tells beside its ratings.

use super::margin::Channel;
use crate::Position;

/// A set of kinds of friction, each by its place in the order in which they are asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frictions(u8);

impl Frictions {
    /// How many kinds there are: repeated, waited, chased, sent elsewhere, told different things.
    pub const KINDS: usize = 5;
    /// None of them.
    pub const NONE: Self = Self(0);

    /// These kinds; what is no kind is left out.
    pub fn of(kinds: impl IntoIterator<Item = usize>) -> Self {
        Self(
            kinds
                .into_iter()
                .filter(|kind| *kind < Self::KINDS)
                .fold(0, |set, kind| set | 1 << kind),
        )
    }

    /// Whether the set has that kind.
    pub fn has(self, kind: usize) -> bool {
        kind < Self::KINDS && self.0 & 1 << kind != 0
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Both sets together.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What one answer tells beside the [`Row`](super::Row) of its ratings.
#[derive(Clone, Copy, Debug, Default)]
pub struct Details<'a> {
    /// Through which channel its journey came; `None` when nobody knows the journey.
    pub channel: Option<Channel>,
    /// Whether a promise to its journey was broken.
    pub broken: bool,
    /// The kinds of friction that its questionnaire offers; none where handoffs are rated.
    pub offered: Frictions,
    /// Each handoff that was asked by frictions and answered, with what was ticked on it.
    pub frictions: &'a [(Position, Frictions)],
    /// Each step that was rated, with its loss on the questionnaire's own scale.
    pub steps: &'a [(Position, i64)],
    /// Best outcome less worst, on the questionnaire's own scale.
    pub outcome_range: i64,
    /// Best rating of a step less worst likewise.
    pub step_range: i64,
    /// Whether somebody suggested what to answer; `None` when that was not asked or not answered.
    pub pressed: Option<bool>,
}

impl Details<'_> {
    /// Whether the journey met trouble: friction on a handoff that was asked about, or a broken
    /// promise.
    pub(super) fn met_trouble(&self) -> bool {
        self.broken || self.frictions.iter().any(|(_, ticked)| !ticked.is_empty())
    }
}
