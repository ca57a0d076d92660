//! Who is heard: journeys, invited, answered, week by week and by channel; what that does to the
//! level; feeds that stopped.

mod drawing;
pub mod feeds;
mod panel;
pub mod read;
pub mod store;
pub mod web;

use crate::breakdown::Period;
use crate::calendar::Week;
use crate::clock::Instant;

/// How many there were, of some journeys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Journeys that ended.
    pub journeys: u64,
    /// Of those, how many are known to have been invited.
    pub invited: u64,
    /// Whether there are some of which that is not known: history from another tool.
    pub has_history: bool,
    /// Answers.
    pub answered: u64,
}

impl Counts {
    pub(super) fn add(&mut self, other: &Self) {
        self.journeys += other.journeys;
        self.invited += other.invited;
        self.has_history |= other.has_history;
        self.answered += other.answered;
    }
}

/// How many there were a week, where what a place collects over several weeks is taken in equal
/// parts over them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weekly {
    pub journeys: f64,
    pub invited: f64,
    pub answered: f64,
}

impl Weekly {
    fn add(&mut self, counts: &Counts, part: f64) {
        self.journeys += part * counts.journeys as f64;
        self.invited += part * counts.invited as f64;
        self.answered += part * counts.answered as f64;
    }
}

/// Who is heard, as far as it may be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    pub period: Period,
    pub whole: Counts,
    /// By release, oldest first; `None` for one that may not be shown.
    pub weeks: Vec<(Week, Option<Counts>)>,
    /// The same in the weeks in which it was collected, as far as they are of the period.
    pub weekly: Vec<(Week, Weekly)>,
    /// By channel in the order of their codes, those of few answers together at the end.
    pub channels: Vec<Channel>,
}

/// A way on which journeys come.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    pub which: Which,
    pub journeys: u64,
    pub answered: u64,
}

/// Which channel.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// By its code.
    Named(String),
    /// Journeys that do not say theirs.
    Unsaid,
    /// All others together.
    Others,
}

/// A source of events or answers, or a key of a program, and whether it has gone silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// What it is.
    pub(super) what: What,
    /// When it was heard last.
    pub(super) last: Option<Instant>,
    /// It usually comes at least once in so many days; `None` while that is not known.
    pub(super) usual: Option<i64>,
    /// For so many days nothing came.
    pub(super) silent_days: i64,
}

/// What feeds us.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Events of a journey type.
    Events(String),
    /// Answers about a journey type, from another tool.
    Answers(String),
    /// A key that sends events, by what it is for.
    Key(String),
}
