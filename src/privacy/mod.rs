//! What may be shown, and the one gate that everything shown goes through.
//!
//! Figures about a step are figures about the people who do it. So nothing is shown of fewer than
//! [`limits::MINIMUM_ANSWERS`] answers or fewer than [`limits::MINIMUM_HEADS`] heads, whatever the
//! settings say ([`Floors`]), and nothing from which such a figure could be worked out by
//! subtraction (the remainder rule). A page, an API answer, a file or a mail is made from a
//! [`Disclosed`] value and from nothing else, and only [`disclose`] makes one.
//!
//! What customers write is shown without anybody in it: [`redact`] takes names out, and the gate
//! asks for some comments besides the answers and the heads.
//!
//! This module knows no other domain but the journal: it is given plain headcounts, places, steps
//! and counts.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::limits;

pub mod embargo;
mod eyes;
mod gate;
pub mod heads;
mod not_shown;
pub mod person;
#[cfg(test)]
pub(crate) mod proof;
pub mod redact;
pub mod ruling;
pub mod store;

pub use crate::place::{Place, UnknownPlace};
pub use eyes::{Audience, Eyes, UnknownEyes};
pub use gate::{
    Disclosed, Figure, Objections, PlaceFigure, Request, disclose, disclose_comments, disclose_each,
};
pub use heads::{Headcounts, Missing};
pub use not_shown::NotShown;
pub use ruling::{Matter, Parts, Ruling, Rulings, Search, Subject};

/// The two minimum sizes in force. They are compiled in; a setting may only raise them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Floors {
    answers: u32,
    heads: u32,
}

impl Floors {
    /// The sizes that the settings ask for, never below the compiled ones: whoever writes a 2 into
    /// the settings table still gets a 7.
    ///
    /// ```
    /// use relais::privacy::Floors;
    /// let floors = Floors::raised(2, -1);
    /// assert_eq!((floors.answers(), floors.heads()), (10, 7));
    /// assert_eq!(Floors::raised(25, 12).heads(), 12);
    /// ```
    pub fn raised(answers: i32, heads: i32) -> Self {
        let raised = |setting: i32, floor: u32| u32::try_from(setting).unwrap_or(0).max(floor);
        Self {
            answers: raised(answers, limits::MINIMUM_ANSWERS),
            heads: raised(heads, limits::MINIMUM_HEADS),
        }
    }

    pub fn answers(self) -> u32 {
        self.answers
    }

    pub fn heads(self) -> u32 {
        self.heads
    }
}

/// The headcounts behind some journeys, by team. Central teams stand apart: they are the same
/// people behind every site, so they are never added up and never help a site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadsBehind {
    pub sites: BTreeMap<String, u32>,
    pub central: BTreeMap<String, u32>,
    /// The team of each step as it was then. Whoever gives a step to a larger team afterwards
    /// opens nothing of the past.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub steps: BTreeMap<String, String>,
    /// The part of its team, in thousandths, that a step has where it shares the team with steps
    /// that the same journeys do not meet: one person may do each of them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub shares: BTreeMap<String, u32>,
}

impl HeadsBehind {
    /// The steps that share a team with others that no journey meets with them, by team.
    pub fn sharing(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut teams: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for step in self.shares.keys() {
            if let Some(team) = self.steps.get(step) {
                teams.entry(team).or_default().push(step);
            }
        }
        teams.retain(|_, steps| steps.len() > 1);
        teams
    }

    pub fn add(&mut self, other: &Self) {
        for (team, heads) in &other.sites {
            *self.sites.entry(team.clone()).or_default() += heads;
        }
        for (team, heads) in &other.central {
            let known = self.central.entry(team.clone()).or_default();
            *known = (*known).max(*heads);
        }
        self.steps.extend(other.steps.clone());
        for (step, share) in &other.shares {
            let known = self.shares.entry(step.clone()).or_insert(*share);
            *known = (*known).min(*share);
        }
    }

    /// The heads that decide whether anything is shown at all: the sites' own teams, or the
    /// central ones of a service that has no others (`central_only`).
    pub fn heads(&self, central_only: bool) -> u32 {
        if central_only { self.central.values().sum() } else { self.sites.values().sum() }
    }

    pub fn of(&self, team: &str) -> u32 {
        self.sites.get(team).or_else(|| self.central.get(team)).copied().unwrap_or(0)
    }
}

/// One atom, as the gate needs to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub release: i32,
    pub place: Place,
    /// The region that it counts in, as it was then.
    pub region: Option<String>,
    pub answers: u32,
    pub behind: Arc<HeadsBehind>,
}

/// The atoms of each release, oldest first.
pub fn by_release<'a>(units: impl IntoIterator<Item = &'a Unit>) -> BTreeMap<i32, Vec<&'a Unit>> {
    let mut releases: BTreeMap<i32, Vec<&Unit>> = BTreeMap::new();
    units.into_iter().for_each(|unit| releases.entry(unit.release).or_default().push(unit));
    releases
}

impl Unit {
    /// The places that it counts in beside the network: its site, where it is of one, and its
    /// region.
    pub fn counts_in(&self) -> Vec<Place> {
        let site = matches!(self.place, Place::Site(_)).then(|| self.place.clone());
        site.into_iter().chain(self.region.clone().map(Place::Region)).collect()
    }

    /// Whether it is part of what a report about `place` shows.
    pub fn is_in(&self, place: &Place) -> bool {
        match place {
            Place::Network => true,
            Place::Region(region) => self.region.as_ref() == Some(region),
            Place::Site(_) => self.place == *place,
        }
    }
}
