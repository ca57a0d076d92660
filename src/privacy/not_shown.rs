//! Why something is not shown, in words that say what to do where something can be done.

use jiff::civil::Date;

use super::{Floors, Missing};
use crate::calendar::date_in_words;
use crate::i18n::{Lang, Text};
use crate::limits;

/// Why a report, or one figure of it, is not shown: on pages, through the API and on the command
/// line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotShown {
    /// The organisation is in pilot, and the reader is no team.
    Pilot,
    /// The teams read first; from this day on others do.
    TeamsFirst(Date),
    /// Headcounts have not been entered, and nothing was released without them.
    NoHeadcounts(Missing),
    /// Nothing of this place was released in this period.
    NothingReleased,
    /// Nobody rated it, or promised anything there.
    Unrecorded,
    /// Fewer answers of its own than this.
    FewAnswers(u32),
    /// Fewer heads behind it than this.
    FewHeads(u32),
    /// Fewer heads than this in one of the two teams of a handoff.
    FewHeadsAtHandoff(u32),
    /// Fewer comments than this.
    FewComments(usize),
    /// With what else is shown, the figure of a smaller team or place could be worked out from it.
    Remainder,
    /// No team is named for a step of it.
    NoTeam,
    /// Of so few of 100 journeys all times are known that no delay is told.
    FewTimings(u32),
    /// One person may do it: it is told together with the other steps that share its team.
    Shared,
}

impl NotShown {
    /// The words.
    pub fn say(&self, lang: Lang) -> String {
        let text = match self {
            Self::Pilot => Text::new("privacy-pilot"),
            Self::TeamsFirst(day) => {
                Text::new("breakdown-teams-first").with("date", date_in_words(*day, lang))
            }
            Self::NoHeadcounts(missing) => missing.text(),
            Self::NothingReleased => Text::new("privacy-nothing-released"),
            Self::Unrecorded => Text::new("chart-unrecorded"),
            Self::FewAnswers(floor) => Text::new("privacy-few-answers").with("floor", *floor),
            Self::FewHeads(floor) => Text::new("privacy-few-heads").with("floor", *floor),
            Self::FewHeadsAtHandoff(floor) => {
                Text::new("privacy-few-heads-in-seam").with("floor", *floor)
            }
            Self::FewComments(floor) => Text::new("privacy-few-comments").with("floor", *floor),
            Self::Remainder => Text::new("privacy-remainder"),
            Self::NoTeam => Text::new("privacy-no-team"),
            Self::FewTimings(share) => Text::new("privacy-few-timings").with("share", *share),
            Self::Shared => Text::new("privacy-shared"),
        };
        text.say(lang)
    }

    /// A share of 1 that is too small.
    pub fn few_timings(share: f64) -> Self {
        Self::FewTimings((100.0 * share).floor() as u32)
    }
}

/// What the rules have against one figure. It is copied for every release of every place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    FewAnswers(u32),
    FewHeads(u32),
    FewHeadsAtHandoff(u32),
    Remainder,
    NoTeam,
    Shared,
}

impl Reason {
    /// As it is stored.
    pub(super) fn letter(self) -> char {
        match self {
            Self::FewAnswers(_) => 'a',
            Self::FewHeads(_) => 'h',
            Self::FewHeadsAtHandoff(_) => 't',
            Self::Remainder => 'r',
            Self::NoTeam => 'n',
            Self::Shared => 's',
        }
    }

    /// A stored reason, `.` being none; `None` of any other letter.
    pub(super) fn read(letter: char, floors: Floors) -> Option<Option<Self>> {
        Some(Some(match letter {
            '.' => return Some(None),
            'a' => Self::FewAnswers(floors.answers()),
            'h' => Self::FewHeads(floors.heads()),
            't' => Self::FewHeadsAtHandoff(limits::HEADS_AT_A_HANDOFF),
            'r' => Self::Remainder,
            'n' => Self::NoTeam,
            's' => Self::Shared,
            _ => return None,
        }))
    }
}

impl From<Reason> for NotShown {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::FewAnswers(floor) => Self::FewAnswers(floor),
            Reason::FewHeads(floor) => Self::FewHeads(floor),
            Reason::FewHeadsAtHandoff(floor) => Self::FewHeadsAtHandoff(floor),
            Reason::Remainder => Self::Remainder,
            Reason::NoTeam => Self::NoTeam,
            Reason::Shared => Self::Shared,
        }
    }
}
