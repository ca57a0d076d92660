//! The two sides of a handoff: what customers said of it, and beside it what the two teams say kept
//! them from good work.
//!
//! What teams tick has the floors of what customers say: it is told where the figure of the same
//! element is, and only of teams with as many heads as anything needs. A note of a smaller team is
//! counted nowhere.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Discussion, Month, Obstacle, ObstacleNote, store};
use crate::breakdown::Frictions;
use crate::breakdown::disclosure::Reading;
use crate::breakdown::handoff::{self, HandoffFrictions};
use crate::breakdown::request::{Catalogue, RawQuestion};
use crate::clock::Instant;
use crate::db::Db;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::privacy::{self, Eyes, Headcounts, Place};

/// Months of which is told what teams ticked, the running one included.
pub const MONTHS: i32 = 6;

/// The two sides of an element at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoSides {
    /// What customers ticked, where they were asked by frictions.
    pub frictions: Option<Frictions>,
    /// Answers behind it.
    pub answers: u64,
    /// How many notes named each obstacle, by team, in the order in which they are asked.
    pub ticked: BTreeMap<String, Vec<(Obstacle, usize)>>,
}

/// Which handoff, and for whom.
#[derive(Clone, Copy, Debug)]
pub struct Of<'a> {
    /// The discussion.
    pub discussion: &'a Discussion,
    /// The team that reads.
    pub team: &'a str,
    /// The places of the organisation.
    pub known: &'a Catalogue,
    /// The organisation's day.
    pub today: Date,
    /// Now.
    pub now: Instant,
}

/// The two sides of a discussion's handoff in the last months, or why they are not shown.
pub async fn read(db: &Db, organisation: OrganisationId, of: Of<'_>) -> Result<Reading<TwoSides>> {
    let discussion = of.discussion;
    let first = Month(Month::of(of.today).0 - MONTHS + 1);
    let asked = RawQuestion {
        journey_type: Some(discussion.journey_type.clone()),
        partition: Some(discussion.place.to_string()),
        from: Some(format!("{first}-01")),
        ..RawQuestion::default()
    };
    let question = asked.check(of.known, Eyes::Team(of.team.to_owned()))?;
    let handoff = handoff::read(db, organisation, &question, &discussion.handoff, of.now).await?;
    let connection = db.reader();
    let settings = privacy::store::settings(connection, organisation).await?;
    let floor = settings
        .ok_or_else(|| Error::Internal("the organisation is gone".to_owned()))?
        .floors
        .heads();
    let headcounts = privacy::store::headcounts(connection, organisation).await?;
    let notes = store::ticked(connection, organisation, &discussion.journey_type).await?;
    let counted = notes
        .iter()
        .filter(|note| note.element == discussion.handoff && discussion.has(&note.team));
    let counted = counted
        .filter(|note| note.month >= first && is_within(&note.place, &discussion.place, of.known));
    let counted: Vec<&ObstacleNote> =
        counted.filter(|note| heads(note, &headcounts, of.now) >= floor).collect();
    let ticked = by_team(&counted);
    Ok(handoff.map(|handoff| {
        handoff.map(|HandoffFrictions { frictions, answers }| TwoSides {
            frictions,
            answers,
            ticked,
        })
    }))
}

/// Whether the floor of an element is met at a place, as for any figure: before, no customer reads
/// what was done about it.
pub async fn is_floor_met(
    db: &Db,
    organisation: OrganisationId,
    known: &Catalogue,
    journey_type: &str,
    element: &Element,
    place: &Place,
) -> Result<bool> {
    let asked = RawQuestion {
        journey_type: Some(journey_type.to_owned()),
        partition: Some(place.to_string()),
        ..RawQuestion::default()
    };
    let question = asked.check(known, Eyes::Owner)?;
    handoff::is_floor_met(db, organisation, &question, element).await
}

/// Whether a team at `place` belongs to a discussion about `within`: central teams belong to every
/// place.
fn is_within(place: &Place, within: &Place, known: &Catalogue) -> bool {
    match (place, within) {
        (Place::Network | Place::Region(_), _) | (_, Place::Network) => true,
        (Place::Site(code), Place::Site(other)) => code == other,
        (Place::Site(code), Place::Region(region)) => known
            .sites
            .iter()
            .any(|site| site.code == *code && site.region.as_deref() == Some(region)),
    }
}

fn heads(note: &ObstacleNote, headcounts: &Headcounts, now: Instant) -> u32 {
    let site = match &note.place {
        Place::Site(code) => Some(code.as_str()),
        Place::Network | Place::Region(_) => None,
    };
    headcounts.behind(site, [note.team.as_str()], now).of(&note.team)
}

fn by_team(notes: &[&ObstacleNote]) -> BTreeMap<String, Vec<(Obstacle, usize)>> {
    let mut teams: BTreeMap<String, Vec<(Obstacle, usize)>> = BTreeMap::new();
    for note in notes {
        let counts = teams
            .entry(note.team.clone())
            .or_insert_with(|| Obstacle::ALL.map(|one| (one, 0)).to_vec());
        counts
            .iter_mut()
            .filter(|(one, _)| note.what.contains(one))
            .for_each(|(_, count)| *count += 1);
    }
    teams
}
