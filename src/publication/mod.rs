//! Closing a period: raw answers become published cells. The only reader of raw answers.
//!
//! At the end of each ISO week the answers that wait are released in [`atoms`]: each once, in
//! exactly one, and never again. Whatever is shown later is a sum of atoms, so nothing smaller
//! than an atom can be worked out from any two reports. [`tally`] turns rows into the integer
//! cells of the method and into the process measures, with backstage steps, that [`flows`] are
//! read from. [`catalogue`] numbers the elements, variants and channels that they are about,
//! [`path_numbers`] the steps and paths; [`usual_times`] tell which times are unknown; [`sharing`]
//! and [`elements_met`] say whose they are; [`publish`] closes the weeks one transaction each,
//! [`rulings`] decide what of it may be shown, [`recount`] counts again who shares whom,
//! [`comments`] releases what was written with them, [`traffic`] counts what goes through before
//! anything is released, and [`store`] reads what was published.

use std::collections::{BTreeMap, BTreeSet};

pub use cells::Cells;
use relais_analytics::cell::{Cell, Population};
use relais_analytics::design::Design;

use crate::calendar::Week;
use crate::clock::Instant;
use crate::element::Element;
use crate::i18n::{Lang, Text};
use crate::privacy::{Audience, Place, Unit};

pub mod answers;
pub mod atoms;
pub mod catalogue;
pub mod cells;
pub mod comments;
pub mod elements_met;
pub mod flows;
mod nonresponse;
pub mod path_numbers;
#[cfg(test)]
mod proof;
pub mod publish;
mod ratings;
pub mod recount;
pub mod rulings;
pub mod sharing;
pub mod step_sequence;
pub mod store;
pub mod tally;
pub mod traffic;
pub mod usual_times;

/// What a run of [`publish::publish`] did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    pub weeks: Vec<Week>,
    pub atoms: u64,
    pub answers: u64,
    pub journeys: u64,
    /// Answers of closed weeks that wait for a later release.
    pub waiting: u64,
    /// Why no week could be closed although answers wait: what to enter first.
    pub withheld: Option<Text>,
}

/// The weeks of the releases that a report is about, the first and the last included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    pub from: Option<Week>,
    pub to: Option<Week>,
}

impl Window {
    pub fn contains(&self, week: Week) -> bool {
        self.from.is_none_or(|from| from <= week) && self.to.is_none_or(|to| week <= to)
    }
}

/// Weeks that a place collects answers at most before it releases them.
const LONGEST_CADENCE: i32 = 12;

/// The first week whose answers a release holds: what a place collects since its last release, for
/// a quarter at most, is released together.
pub fn collected_since(before: Option<Week>, week: Week) -> Week {
    let earliest = week.0 - LONGEST_CADENCE + 1;
    before.map_or(week, |before| Week((before.0 + 1).clamp(earliest, week.0)))
}

/// What was published of a journey type in some weeks, as far as the reader may see it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Published {
    pub catalogue: BTreeMap<u16, Element>,
    /// The rated elements of each variant, in the order of its cells.
    pub variants: BTreeMap<i32, Vec<u16>>,
    /// The channels that have a number, see [`relais_analytics::cell::Channel`].
    pub channels: BTreeMap<u16, String>,
    pub versions: BTreeMap<i32, Version>,
    /// The releases of the period, oldest first; also those without any atom.
    pub releases: Vec<Release>,
    pub atoms: Vec<Atom>,
    /// The cells of each atom, in the order of the atoms, as far as they were read: see
    /// [`Published::answers`].
    pub cells: Vec<Cells>,
}

impl Published {
    /// The atoms as the gate needs to know them.
    pub fn units(&self) -> Vec<Unit> {
        self.atoms.iter().map(|atom| atom.unit.clone()).collect()
    }

    /// A number for each place, in the order of places, so that all weeks of a site are one
    /// stratum.
    pub fn places(&self) -> BTreeMap<&Place, u32> {
        let places: BTreeSet<&Place> = self.atoms.iter().map(|atom| &atom.unit.place).collect();
        places.into_iter().zip(0..).collect()
    }

    /// Whether a cell's atom is part of a place.
    pub fn is_in(&self, atom: usize, place: &Place) -> bool {
        self.atoms[atom].unit.is_in(place)
    }
}

/// A version of a questionnaire, as the method needs to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    pub design: Design,
    pub outcome_range: i32,
    pub step_range: i32,
    /// Best rating of a handoff less worst: as many frictions as count, where they are ticked.
    pub handoff_range: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    pub week: Week,
    pub published_at: Instant,
    pub owners_from: Instant,
}

/// Answers and journeys that were released together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Atom {
    pub id: i64,
    /// Its place, release, answers and the heads behind it.
    pub unit: Unit,
    /// How many journeys, answered or not.
    pub journeys: u32,
    /// How many of them were invited to answer; `None` for history from elsewhere, of which that
    /// is not known.
    pub invited: Option<u32>,
}

/// The sums of some answers of an atom.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerCell {
    /// The atom, by its place in [`Published::atoms`].
    pub atom: usize,
    pub variant: i32,
    pub version: i32,
    /// Whether all times of their journeys are known.
    pub is_timed: bool,
    /// Week and third of the week; for intervals alone.
    pub replicate: i32,
    pub state: Cell,
}

/// The sums over some journeys of an atom, answered or not.
#[derive(Clone, Debug, PartialEq)]
pub struct PopulationCell {
    /// The atom, by its place in [`Published::atoms`].
    pub atom: usize,
    pub variant: i32,
    /// Week and third of the week; for intervals alone.
    pub replicate: i32,
    pub state: Population,
}

/// A comment that was released. When, and where in its place, is not said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Without anybody in it.
    pub text: String,
    pub lang: Lang,
    /// Whether somebody may still be named in it: the team's own reading.
    pub team_only: bool,
}

/// Which comments somebody wants to read.
#[derive(Clone, Debug)]
pub struct CommentQuestion<'a> {
    pub journey_type: &'a str,
    pub place: &'a Place,
    pub window: Window,
    pub audience: Audience,
    pub now: Instant,
}
