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

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::element::Element;
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
    /// By step, the heads behind it in thousandths, where they are not its whole team: each site
    /// divides its team as its own journeys do.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub step_heads: BTreeMap<String, u32>,
    /// Of a pool, by element and team, the heads behind it in thousandths, where they are fewer:
    /// only those sites count that have anything of the element.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub element_heads: BTreeMap<String, BTreeMap<String, u32>>,
    /// Of a step that went from one team to another while this was collected, all that had it: it
    /// may be the work of people who stand behind a figure already.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub moved: BTreeMap<String, BTreeSet<String>>,
}

/// What a step has to do with an element.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    pub step: Arc<str>,
    /// Its code.
    pub element: Arc<str>,
}

impl Part {
    pub fn new(element: &Element, step: &str) -> Self {
        Self { step: step.into(), element: element.to_string().into() }
    }
}

/// In so many parts a head is counted.
pub const THOUSANDTHS: u32 = 1000;

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

    /// How many of the team of a site, or of the sites of a pool, do some parts of the work; `None`
    /// of a team that is not of the sites. Steps that exclude each other are done by others each;
    /// of the rest, the same people may do them all.
    pub fn own(&self, team: &str, parts: &[Part]) -> Option<u32> {
        // While a step goes from one team to another, it may be another's here than elsewhere.
        let mine = |part: &Part| self.steps.get(&*part.step).map_or(team, String::as_str);
        let heads = parts.iter().filter_map(|part| self.sites.get(mine(part))).max().copied()?;
        let (mut most, mut sharing) = (0, BTreeMap::<&str, u32>::new());
        for part in parts {
            let known = self.element_heads.get(&*part.element);
            let known = known.and_then(|teams| teams.get(mine(part))).copied();
            let these = known.unwrap_or_else(|| self.thousandths(&part.step, mine(part)));
            let is_shared = self.shares.contains_key(&*part.step);
            let of_step =
                if is_shared { sharing.entry(&part.step).or_default() } else { &mut most };
            *of_step = these.max(*of_step);
        }
        // Each was rounded down; what is lost by that is nobody's.
        let together = sharing.values().sum::<u32>() + lost(sharing.len());
        Some((most.max(together) / THOUSANDTHS).min(heads))
    }

    /// The same of a central team, which divides alike everywhere.
    pub fn of_central(&self, team: &str, parts: &[Part]) -> Option<u32> {
        let heads = *self.central.get(team)?;
        let steps: BTreeSet<&str> = parts.iter().map(|part| &*part.step).collect();
        let shares: Option<Vec<u32>> =
            steps.into_iter().map(|step| self.shares.get(step).copied()).collect();
        let share =
            shares.map_or(THOUSANDTHS, |shares| shares.iter().sum::<u32>() + lost(shares.len()));
        Some(heads * share.min(THOUSANDTHS) / THOUSANDTHS)
    }

    /// The heads behind a step of a site's team, in thousandths.
    pub fn thousandths(&self, step: &str, team: &str) -> u32 {
        let heads = self.sites.get(team).copied().unwrap_or(0);
        let part = || self.shares.get(step).copied().unwrap_or(THOUSANDTHS);
        self.step_heads.get(step).copied().unwrap_or_else(|| heads * part())
    }

    pub fn add(&mut self, other: &Self) {
        self.add_step_heads(other);
        for (team, heads) in &other.sites {
            *self.sites.entry(team.clone()).or_default() += heads;
        }
        for (team, heads) in &other.central {
            let known = self.central.entry(team.clone()).or_default();
            *known = (*known).max(*heads);
        }
        self.steps.extend(other.steps.clone());
        for (step, teams) in &other.moved {
            self.moved.entry(step.clone()).or_default().extend(teams.iter().cloned());
        }
        for (step, share) in &other.shares {
            let known = self.shares.entry(step.clone()).or_insert(*share);
            *known = (*known).min(*share);
        }
    }

    fn add_step_heads(&mut self, other: &Self) {
        let steps = self.step_heads.keys().chain(other.step_heads.keys());
        let sum = |step: &String| {
            let of = |one: &Self| one.steps.get(step).map_or(0, |team| one.thousandths(step, team));
            (step.clone(), of(self) + of(other))
        };
        self.step_heads = steps.map(sum).collect();
    }

    /// The heads that decide whether anything is shown at all: the sites' own teams, or the
    /// central ones of a service that has no others (`central_only`).
    pub fn heads(&self, central_only: bool) -> u32 {
        if central_only { self.central.values().sum() } else { self.all_of_sites() }
    }

    /// The same of several places; central people are the same behind all of them.
    pub fn everybody(behind: &[&Self], central_only: bool) -> u32 {
        if !central_only {
            return behind.iter().map(|one| one.all_of_sites()).sum();
        }
        let mut teams: BTreeMap<&str, u32> = BTreeMap::new();
        for (team, heads) in behind.iter().flat_map(|one| &one.central) {
            let most = teams.entry(team).or_default();
            *most = (*most).max(*heads);
        }
        teams.values().sum()
    }

    /// All heads of the sites' own teams, but of those that may have had no step of their own.
    fn all_of_sites(&self) -> u32 {
        let stayed = self.steps.iter().filter(|(step, _)| !self.moved.contains_key(*step));
        let certain: BTreeSet<&String> = stayed.map(|(_, team)| team).collect();
        let is_doubtful = |team: &String| {
            let mut moved = self.moved.values().filter(|teams| teams.contains(team));
            !certain.contains(team)
                && moved.any(|teams| teams.iter().any(|one| certain.contains(one)))
        };
        self.sites.iter().filter(|(team, _)| !is_doubtful(team)).map(|(_, heads)| heads).sum()
    }

    pub fn of(&self, team: &str) -> u32 {
        self.sites.get(team).or_else(|| self.central.get(team)).copied().unwrap_or(0)
    }
}

/// So many thousandths are lost where so many numbers were rounded down that may add up to one.
fn lost(numbers: usize) -> u32 {
    u32::try_from(numbers.saturating_sub(1)).unwrap_or(0)
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
