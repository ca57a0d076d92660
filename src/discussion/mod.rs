//! What the figures are for: two neighbouring teams sit together, say what they see, try
//! something, and know some weeks later whether it moved anything.
//!
//! A [`Discussion`] is about one handoff of some journeys, so it has both its teams: either
//! writes, both read. It holds [`Note`]s and one or two [`Action`]s. An action is registered
//! before it begins, with the figure that should move, which way, and what it is compared with;
//! [`review`] says at the registered date what came of it, and the teams keep, change or drop it,
//! or pass it to the process owner, who answers where they read it. Apart from that a team notes
//! once a month what kept it from good work ([`ObstacleNote`]), and tells customers what was done
//! ([`Sentence`]).
//!
//! Who wrote is a team, and when is a day: no person is known, and nobody can be found by the
//! hour. Every text passes the redactor before it is stored ([`clean_text`]).

pub mod clean_text;
pub mod draft;
pub mod evidence;
pub mod home;
pub mod marks;
pub mod notices;
pub mod pack;
pub mod review;
pub mod sentence_release;
pub mod store;
pub mod two_sides;
pub mod web;
pub mod words;

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use relais_analytics::Direction;

use crate::calendar::Week;
use crate::chart::Measure;
use crate::element::Element;
use crate::i18n::{Lang, Text};
use crate::privacy::Place;
pub use crate::schema::codes::ActionState as State;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discussion {
    pub id: i64,
    pub journey_type: String,
    pub handoff: Element,
    pub place: Place,
    pub team: String,
    /// The other team of the handoff; the same where one team does both steps.
    pub neighbour: String,
    pub opened_on: Date,
    pub joined_on: Option<Date>,
}

impl Discussion {
    pub fn has(&self, team: &str) -> bool {
        self.team == team || self.neighbour == team
    }

    pub fn other(&self, team: &str) -> &str {
        if self.team == team { &self.neighbour } else { &self.team }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub team: String,
    pub on: Date,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    pub id: i64,
    pub discussion: Discussion,
    pub proposed_by: String,
    pub plan: Plan,
    pub saved_on: Date,
    pub state: State,
    pub decided_on: Option<Date>,
    /// What the process owner answered to an action that was passed on, and when.
    pub answer: Option<(String, Date)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub text: String,
    /// The role that looks after it, never a name; redacted.
    pub role: Option<String>,
    /// The team that does it; `None` for the process owner.
    pub team: Option<String>,
    pub measure: Measure,
    pub direction: Direction,
    /// The network without this place is what it is compared with; without any, it is compared
    /// with its own past.
    pub control: Option<Place>,
    pub start: Week,
    /// When it is looked at, once.
    pub review_on: Date,
}

impl Plan {
    /// PackReader hands it is in, as a team of the discussion sees it.
    pub fn level(&self, reader: &str) -> Level {
        match self.team.as_deref() {
            None => Level::Owners,
            Some(team) if team == reader => Level::Ours,
            Some(_) => Level::Neighbours,
        }
    }

    /// Whole weeks from its start to its review.
    pub fn weeks(&self) -> usize {
        usize::try_from(Week::of(self.review_on).0 - self.start.0).unwrap_or(0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Ours,
    Neighbours,
    Owners,
}

impl Level {
    pub const ALL: [Self; 3] = [Self::Ours, Self::Neighbours, Self::Owners];

    pub fn code(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Neighbours => "neighbours",
            Self::Owners => "owners",
        }
    }
}

impl State {
    /// What the teams may decide at the review.
    pub const DECISIONS: [Self; 4] = [Self::Kept, Self::Changed, Self::Dropped, Self::Passed];

    pub fn text(self) -> Text {
        Text::new(match self {
            Self::Open => "discussion-state-open",
            Self::Kept => "discussion-state-kept",
            Self::Changed => "discussion-state-changed",
            Self::Dropped => "discussion-state-dropped",
            Self::Passed => "discussion-state-passed",
        })
    }
}

impl FromStr for State {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Self, Unknown> {
        Self::of_code(text).ok_or_else(|| Unknown(text.to_owned()))
    }
}

/// What keeps a team from good work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// The system was slow, down or in the way.
    System,
    /// Somebody else had promised what could not be kept.
    Promise,
    Information,
    Capacity,
    Parts,
}

impl Obstacle {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 5] =
        [Self::System, Self::Promise, Self::Information, Self::Capacity, Self::Parts];

    pub fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Promise => "promise",
            Self::Information => "information",
            Self::Capacity => "capacity",
            Self::Parts => "parts",
        }
    }

    pub fn text(self) -> Text {
        Text::new(match self {
            Self::System => "discussion-obstacle-system",
            Self::Promise => "discussion-obstacle-promise",
            Self::Information => "discussion-obstacle-information",
            Self::Capacity => "discussion-obstacle-capacity",
            Self::Parts => "discussion-obstacle-parts",
        })
    }
}

/// A month as tables hold it: months since January of the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(pub i32);

impl Month {
    /// The month of a day.
    pub fn of(date: Date) -> Self {
        Self(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
    }

    /// `novembre 2026`, `November 2026`.
    pub fn say(self, lang: Lang) -> String {
        let text = Text::new("discussion-month").with("month", self.0.rem_euclid(12) + 1);
        text.with("year", self.0.div_euclid(12).to_string()).say(lang)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.div_euclid(12), self.0.rem_euclid(12) + 1)
    }
}

/// What a team ticked about one part of the chain in one month: the last note that it sent,
/// whoever sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObstacleNote {
    pub journey_type: String,
    pub element: Element,
    pub team: String,
    /// Where the team is: at a site, or for the whole network.
    pub place: Place,
    pub month: Month,
    pub what: Vec<Obstacle>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub id: i64,
    pub journey_type: String,
    pub element: Element,
    pub place: Place,
    pub team: String,
    pub fr: Option<String>,
    pub en: Option<String>,
    pub written_on: Date,
    /// Whether figures about what it answers may be shown; before that no customer reads it.
    pub floor_met: bool,
    pub withdrawn_on: Option<Date>,
}

impl Sentence {
    /// What it says in a language, where it was written in it.
    pub fn say(&self, lang: Lang) -> Option<&str> {
        match lang {
            Lang::Fr => self.fr.as_deref(),
            Lang::En => self.en.as_deref(),
        }
    }
}

/// A word that is none of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no word of a discussion")]
pub struct Unknown(pub String);

/// `up` or `down`.
pub fn direction(text: &str) -> Result<Direction, Unknown> {
    match text {
        "up" => Ok(Direction::Up),
        "down" => Ok(Direction::Down),
        other => Err(Unknown(other.to_owned())),
    }
}

/// The same word back.
pub fn direction_code(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::discussion::*;

    #[test]
    fn a_month_is_told_as_people_and_programs_say_it() {
        let month = Month::of(date(2026, 11, 30));
        assert_eq!(
            (month.to_string().as_str(), Month::of(date(2026, 12, 1)).0 - month.0),
            ("2026-11", 1)
        );
        assert_eq!(month.say(Lang::Fr), "novembre 2026");
        assert_eq!(Month::of(date(2027, 1, 1)).say(Lang::En), "January 2027");
    }

    #[test]
    fn states_are_read_as_they_are_written() {
        for state in State::DECISIONS {
            assert_eq!(state.code().parse(), Ok(state));
        }
        assert!("better".parse::<State>().is_err() && direction("sideways").is_err());
    }
}
