//! The release of answers: which of them become public together, at the close of a week.
//!
//! An atom has enough answers and enough heads behind it. A site gets one whenever its cadence
//! ends and what waits there passes; what does not is pooled by region, then over the network, and
//! what fails even there waits for the next week. In a pool no small site may hold most of what
//! there is, or the pool would be that site under another name.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Week;
use crate::privacy::{Floors, HeadsBehind, Place};

/// What waits at one site at the close of a week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteQueue {
    /// The site; `None` for what came without one.
    pub site: Option<String>,
    pub region: Option<String>,
    pub answers: u32,
    /// Answers of another origin, which are not released with these.
    pub others: u32,
    pub journeys: u32,
    /// Answers that came in each of the weeks before this one, at most the last [`PACE`] of them.
    pub pace: Vec<u32>,
    pub behind: HeadsBehind,
}

/// The weeks that a cadence is derived from.
pub const PACE: usize = 12;

const CADENCES: [u32; 3] = [1, 4, 12];

/// An atom that is about to be released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAtom {
    /// The site, or the pool of a region or of the network.
    pub place: Place,
    /// The region that it counts in; none for the network's pool.
    pub region: Option<String>,
    pub sites: BTreeSet<Option<String>>,
    pub answers: u32,
    pub journeys: u32,
    pub behind: HeadsBehind,
}

/// The weeks in which a site's answers are collected before they can stand alone: the fewest in
/// which, at the pace of the last twelve weeks, enough come; one as long as nothing is known of
/// it. `None` when it has too few heads, whatever comes.
pub fn cadence(waiting: &SiteQueue, floors: Floors, central_only: bool) -> Option<u32> {
    if waiting.site.is_none() || waiting.behind.heads(central_only) < floors.heads() {
        return None;
    }
    let weeks = u32::try_from(waiting.pace.len()).unwrap_or(u32::MAX);
    let came: u32 = waiting.pace.iter().sum();
    let enough = CADENCES
        .into_iter()
        .find(|cadence| weeks == 0 || came * cadence >= floors.answers() * weeks);
    Some(enough.unwrap_or(CADENCES[2]))
}

pub fn ends(cadence: u32, week: Week) -> bool {
    (i64::from(week.0) + 1).rem_euclid(i64::from(cadence)) == 0
}

/// The atoms of a week's close. `central_only` says that the service has no teams at its sites.
pub fn form(week: Week, waiting: &[SiteQueue], floors: Floors, central_only: bool) -> Vec<NewAtom> {
    let former = Former { floors, central_only };
    let mut atoms = Vec::new();
    let mut regions: BTreeMap<&str, Vec<&SiteQueue>> = BTreeMap::new();
    let mut network: Vec<&SiteQueue> = Vec::new();
    // Where nobody answered, journeys wait for the first who does.
    for here in waiting.iter().filter(|here| here.answers > 0) {
        match cadence(here, floors, central_only) {
            Some(cadence) if !ends(cadence, week) => {}
            Some(_) if former.passes(&[here]) => atoms.push(former.site(here)),
            _ => match (&here.site, &here.region) {
                (Some(_), Some(region)) => regions.entry(region).or_default().push(here),
                _ => network.push(here),
            },
        }
    }
    for (region, pool) in regions {
        if former.passes(&pool) {
            atoms.push(former.atom(Place::Region(region.to_owned()), Some(region), &pool));
        } else {
            network.extend(pool);
        }
    }
    if former.passes(&network) {
        atoms.push(former.atom(Place::Network, None, &network));
    }
    atoms
}

struct Former {
    floors: Floors,
    central_only: bool,
}

impl Former {
    fn passes(&self, pool: &[&SiteQueue]) -> bool {
        let heads = behind(pool).heads(self.central_only);
        let answers: u32 = pool.iter().map(|here| here.answers).sum();
        let journeys: u32 = pool.iter().map(|here| here.journeys).sum();
        // Figures of the process come from all journeys, so journeys are pooled no worse than
        // answers.
        let small_site_prevails = pool.iter().any(|here| {
            here.behind.heads(self.central_only) < self.floors.heads()
                && (3 * here.answers > 2 * answers || 3 * here.journeys > 2 * journeys)
        });
        heads >= self.floors.heads()
            && answers >= self.floors.answers()
            // Late answers bring no journeys; a few journeys would be told apart by how late they
            // were.
            && (journeys == 0 || journeys >= self.floors.answers())
            && !small_site_prevails
    }

    fn site(&self, here: &SiteQueue) -> NewAtom {
        let site = here.site.clone().unwrap_or_default();
        self.atom(Place::Site(site), here.region.as_deref(), &[here])
    }

    fn atom(&self, place: Place, region: Option<&str>, pool: &[&SiteQueue]) -> NewAtom {
        NewAtom {
            place,
            region: region.map(str::to_owned),
            sites: pool.iter().map(|here| here.site.clone()).collect(),
            answers: pool.iter().map(|here| here.answers).sum(),
            journeys: pool.iter().map(|here| here.journeys).sum(),
            behind: behind(pool),
        }
    }
}

fn behind(pool: &[&SiteQueue]) -> HeadsBehind {
    let mut behind = HeadsBehind::default();
    pool.iter().for_each(|here| behind.add(&here.behind));
    behind
}
