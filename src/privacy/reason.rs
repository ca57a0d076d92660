//! Why something is not shown, in words that say what to do where something can be done.

use crate::i18n::Text;

use super::Missing;

/// Why one figure of a report is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    FewAnswers(u32),
    FewHeads(u32),
    /// Fewer heads than this in one of the two teams of a handoff.
    FewHeadsAtHandoff(u32),
    /// With what else is shown, the figure of a smaller team could be worked out from it.
    Remainder,
    /// No team is named for a step of it.
    NoTeam,
}

impl Reason {
    pub fn text(self) -> Text {
        match self {
            Self::FewAnswers(floor) => Text::new("privacy-few-answers").with("floor", floor),
            Self::FewHeads(floor) => Text::new("privacy-few-heads").with("floor", floor),
            Self::FewHeadsAtHandoff(floor) => {
                Text::new("privacy-few-heads-in-seam").with("floor", floor)
            }
            Self::Remainder => Text::new("privacy-remainder"),
            Self::NoTeam => Text::new("privacy-no-team"),
        }
    }
}

/// Why nothing of a report is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// The organisation is in pilot, and the reader is no team.
    Pilot,
    /// Headcounts have not been entered, and nothing was released without them.
    NoHeadcounts(Missing),
    /// Nothing of this place was released in this period.
    NothingReleased,
    FewAnswers(u32),
    FewHeads(u32),
    FewComments(usize),
    /// With what else is shown, a smaller place could be worked out.
    Remainder,
}

impl Withheld {
    pub fn text(&self) -> Text {
        match self {
            Self::Pilot => Text::new("privacy-pilot"),
            Self::NoHeadcounts(missing) => missing.text(),
            Self::NothingReleased => Text::new("privacy-nothing-released"),
            Self::FewAnswers(floor) => Text::new("privacy-few-answers").with("floor", *floor),
            Self::FewHeads(floor) => Text::new("privacy-few-heads").with("floor", *floor),
            Self::FewComments(floor) => Text::new("privacy-few-comments").with("floor", *floor),
            Self::Remainder => Text::new("privacy-remainder"),
        }
    }
}
