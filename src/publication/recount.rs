//! Who shares whom, by the journeys as they are stored now: what was published is held against it.
//!
//! What a release counts as the people behind a part of the work was decided when it was made.
//! Whoever changes that in the tables shows one person's desk as a whole team's; so the parts are
//! counted again. Journeys that came since may have moved a part a little: only what is plainly
//! otherwise is told.

use std::collections::{BTreeMap, BTreeSet};

use super::sharing::{Meetings, SharedTeam};
use crate::blueprint::Blueprint;
use crate::calendar::Week;
use crate::element::Element;
use crate::limits;
use crate::privacy::{HeadsBehind, Matter, Part, Place, Ruling, Subject, THOUSANDTHS, Unit};

/// What the stored journeys of one type say.
#[derive(Clone, Debug, Default)]
pub struct Recount {
    pub journeys: u64,
    /// By channel; of those that say one.
    pub channels: BTreeMap<String, u64>,
    met: Meetings,
    /// Of the journeys of each release.
    weeks: BTreeMap<Week, Meetings>,
}

/// The share of journeys that meet two steps below which they plainly exclude each other, whatever
/// came since a release was made.
const PLAINLY: f64 = limits::MET_TOGETHER / 2.0;

impl Recount {
    /// Counts one journey, with the week of the release that it is in.
    pub fn add(&mut self, week: Option<Week>, steps: &BTreeSet<&str>, channel: Option<&str>) {
        self.journeys += 1;
        self.met.add(steps);
        if let Some(week) = week {
            self.weeks.entry(week).or_default().add(steps);
        }
        if let Some(channel) = channel {
            *self.channels.entry(channel.to_owned()).or_default() += 1;
        }
    }

    /// The steps that share a team, as a release that is made now would count them.
    pub fn shared(&self, blueprint: &Blueprint) -> Vec<SharedTeam> {
        self.met.shared(blueprint, limits::MET_TOGETHER)
    }

    /// The parts of the steps that plainly share a team, in all journeys and in those of a
    /// release; the larger part of both.
    pub fn plain_parts(&self, blueprint: &Blueprint, week: Week) -> BTreeMap<String, u32> {
        let Some(own) = self.weeks.get(&week) else { return BTreeMap::new() };
        let parts = |met: &Meetings| {
            let shared = met.shared(blueprint, PLAINLY).into_iter();
            shared.flat_map(|team| team.parts).collect::<BTreeMap<String, u32>>()
        };
        let all = parts(&self.met);
        let often = |step: &String| own.count(step) >= u64::from(limits::MINIMUM_ANSWERS);
        let both = parts(own).into_iter().filter(|(step, _)| often(step));
        let larger = both.filter_map(|(step, part)| {
            let part = part.max(*all.get(&step)?);
            Some((step, part))
        });
        larger.collect()
    }
}

/// What a release shows of the steps that share a team.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartsShown {
    /// The steps that it shows somewhere by themselves.
    pub shown: BTreeSet<String>,
    pub thin: Vec<ThinPart>,
}

/// A step that is shown at a place where the part of the team that does it is too few people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThinPart {
    pub step: String,
    pub place: Place,
    pub people: u32,
}

/// Looks through a release for parts that it shows. The part that the release itself counts is
/// taken where it has one; else the one that was counted again.
pub fn parts_shown(
    ruling: &Ruling,
    matter: &Matter<'_>,
    again: &BTreeMap<String, u32>,
) -> PartsShown {
    let mut found = PartsShown::default();
    for (at, element) in matter.elements.iter().enumerate() {
        let Element::Step(step) = element else { continue };
        let own = matter.units.iter().filter_map(|unit| unit.behind.shares.get(step)).min();
        let Some(part) = own.or_else(|| again.get(step)) else { continue };
        let having: Vec<&Unit> = matter
            .units
            .iter()
            .zip(matter.parts)
            .filter(|(_, parts)| parts.passed[at] > 0)
            .map(|(unit, _)| *unit)
            .collect();
        let places: BTreeSet<Place> =
            having.iter().flat_map(|unit| unit.counts_in()).chain([Place::Network]).collect();
        for place in places {
            let here: Vec<&Unit> =
                having.iter().copied().filter(|unit| unit.is_in(&place)).collect();
            if here.is_empty() || !ruling.shows(&Subject::Element(element.clone()), &place) {
                continue;
            }
            found.shown.insert(step.clone());
            let counted = own.and_then(|_| counted(step, &here));
            let people =
                counted.unwrap_or_else(|| heads(step, &here, matter.teams) * part / THOUSANDTHS);
            if people < matter.floors.heads() {
                found.thin.push(ThinPart { step: step.clone(), place, people });
            }
        }
    }
    found
}

/// The people that the release itself counts behind a step of the sites' own teams.
fn counted(step: &str, units: &[&Unit]) -> Option<u32> {
    let part = Part::new(&Element::Step(step.to_owned()), step);
    let own = units.iter().filter_map(|unit| {
        let behind = &unit.behind;
        behind.own(behind.steps.get(step)?, std::slice::from_ref(&part))
    });
    own.reduce(|sum, heads| sum + heads)
}

/// The people of a step's team at some atoms; central ones where it is not of the sites.
fn heads(step: &str, units: &[&Unit], teams: &BTreeMap<String, String>) -> u32 {
    let of_team = |unit: &&Unit, of: fn(&HeadsBehind) -> &BTreeMap<String, u32>| {
        let team = unit.behind.steps.get(step).or_else(|| teams.get(step))?;
        of(&unit.behind).get(team).copied()
    };
    let own = units.iter().filter_map(|unit| of_team(unit, |behind| &behind.sites));
    let central = units.iter().filter_map(|unit| of_team(unit, |behind| &behind.central));
    own.reduce(|sum, heads| sum + heads).or_else(|| central.max()).unwrap_or(0)
}

/// How the people of teams that work for several journey types were divided among these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeamDivision {
    /// The teams, by their code.
    pub teams: BTreeSet<String>,
    /// How many parts of them stand behind something published.
    pub parts: u64,
    pub smallest: Option<u32>,
    pub overstated: Vec<OverstatedPart>,
}

/// A part that was counted as more people than the journeys say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverstatedPart {
    pub journey_type: String,
    pub week: Week,
    pub place: Place,
    pub team: String,
    pub told: u32,
    pub people: u32,
}

impl TeamDivision {
    pub fn add(&mut self, part: OverstatedPart) {
        self.teams.insert(part.team.clone());
        self.parts += 1;
        self.smallest = Some(self.smallest.map_or(part.told, |least| least.min(part.told)));
        // Erased journeys move a part a little.
        if part.told > part.people + 1 {
            self.overstated.push(part);
        }
    }
}

/// The most people that do the journeys of one type when others have at least so many: rounded up.
pub fn part_of(heads: u32, own: u64, others: u64) -> u32 {
    let all = own + others;
    if all == 0 {
        return heads;
    }
    u32::try_from((u64::from(heads) * own).div_ceil(all)).unwrap_or(heads)
}
