//! Everything that was published of an organisation, searched for what could be worked out, and
//! held against what its journeys say now of who shares whom.

use std::collections::BTreeSet;

use crate::blueprint::{self, Blueprint};
use crate::calendar::{Week, Zone};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::Names;
use crate::id::OrganisationId;
use crate::limits;
use crate::organisation;
use crate::privacy::{self, Floors, Headcounts, Search};
use crate::publication::Window;
use crate::publication::recount::Recount;
pub use crate::publication::recount::{OverstatedPart, TeamDivision, ThinPart};
use crate::publication::store::{recount, rulings};

/// What was found of an organisation.
#[derive(Clone, Debug, Default)]
pub struct Everything {
    pub releases: Vec<SearchedRelease>,
    /// Journeys that were looked at.
    pub journeys: u64,
    pub shared: Vec<SharedSteps>,
    pub division: TeamDivision,
    pub channels: Vec<SharedChannels>,
}

/// A release as it was searched.
#[derive(Clone, Debug)]
pub struct SearchedRelease {
    pub journey_type: String,
    pub week: Week,
    /// When others than the teams begin to see it.
    pub owners_from: Instant,
    /// `None` where something can be worked out of too few people.
    pub search: Option<Search>,
    /// Steps that it shows at a place where their part of the team is too few people.
    pub thin: Vec<ThinPart>,
}

/// Steps of one team that (nearly) no journey meets together.
#[derive(Clone, Debug)]
pub struct SharedSteps {
    pub journey_type: Names,
    pub team: Names,
    pub steps: usize,
    /// Of the team, at all sites.
    pub heads: u32,
    /// The fewest people that one of the steps may be done by at a site.
    pub smallest: u32,
    /// How many of the steps some release shows by themselves.
    pub shown: usize,
}

/// Channels of a journey type, which share the people behind all of it.
#[derive(Clone, Debug)]
pub struct SharedChannels {
    pub journey_type: Names,
    pub channels: usize,
    pub smallest: u32,
    /// How many of them are of too few people to stand by themselves.
    pub few: usize,
}

/// What the parts of a team are counted from.
struct People {
    headcounts: Headcounts,
    sites: Vec<String>,
    now: Instant,
}

/// Searches every release of an organisation as it is shown now.
pub async fn search(
    db: &Db,
    organisation: OrganisationId,
    floors: Floors,
    now: Instant,
) -> Result<Everything> {
    let (db, memory) = (db.reader(), db.searches());
    let blueprints = blueprint::store::all(db, organisation).await?;
    let names = organisation::store::teams(db, organisation).await?;
    let sites = organisation::store::sites(db, organisation).await?;
    let people = People {
        headcounts: privacy::store::headcounts(db, organisation).await?,
        sites: sites.into_iter().map(|site| site.code).collect(),
        now,
    };
    let mut everything = Everything::default();
    for blueprint in &blueprints {
        let again = recount::recount(db, organisation, &blueprint.journey_type).await?;
        let window = Window::default();
        let found =
            rulings::search(db, memory, organisation, blueprint, &window, floors, &again).await?;
        everything.add(blueprint, &again, found, &people, &names);
    }
    let zone: Zone = organisation::store::zone(db, organisation).await?;
    everything.division =
        recount::division(db, organisation, &blueprints, &zone, &people.headcounts).await?;
    Ok(everything)
}

/// Searches the releases of one journey type in some weeks.
pub async fn search_weeks(
    db: &Db,
    organisation: OrganisationId,
    journey_type: &str,
    floors: Floors,
    (from, to): (Week, Week),
) -> Result<Vec<SearchedRelease>> {
    let (db, memory) = (db.reader(), db.searches());
    let found = blueprint::store::blueprint(db, organisation, journey_type).await?;
    let Some(blueprint) = found else { return Ok(Vec::new()) };
    let window = Window { from: Some(from), to: Some(to) };
    let again = Recount::default();
    let found =
        rulings::search(db, memory, organisation, &blueprint, &window, floors, &again).await?;
    Ok(found.into_iter().map(|found| SearchedRelease::of(journey_type, found)).collect())
}

impl SearchedRelease {
    fn of(journey_type: &str, found: rulings::SearchedRelease) -> Self {
        Self {
            journey_type: journey_type.to_owned(),
            week: found.release.week,
            owners_from: found.release.owners_from,
            search: found.search,
            thin: found.parts.thin,
        }
    }
}

impl Everything {
    fn add(
        &mut self,
        blueprint: &Blueprint,
        again: &Recount,
        found: Vec<rulings::SearchedRelease>,
        people: &People,
        names: &[(String, Names)],
    ) {
        self.journeys += again.journeys;
        let shown: BTreeSet<&String> =
            found.iter().flat_map(|release| &release.parts.shown).collect();
        for shared in again.shared(blueprint) {
            let (heads, fewest) = people.of(&shared.team);
            let least = shared.parts.values().min().copied().unwrap_or_default();
            let named = names.iter().find(|(code, _)| *code == shared.team);
            self.shared.push(SharedSteps {
                journey_type: blueprint.name.clone(),
                team: named.map_or_else(|| Names::same(&shared.team), |(_, name)| name.clone()),
                steps: shared.parts.len(),
                heads,
                smallest: fewest * least / 1000,
                shown: shared.parts.keys().filter(|step| shown.contains(step)).count(),
            });
        }
        self.channels.extend(people.channels(blueprint, again));
        let code = &blueprint.journey_type;
        self.releases.extend(found.into_iter().map(|found| SearchedRelease::of(code, found)));
    }
}

impl People {
    /// How many people a team has, and how many at the smallest of its sites.
    fn of(&self, team: &str) -> (u32, u32) {
        let at = |site: &String| self.headcounts.behind(Some(site), [team], self.now);
        let heads = self.sites.iter().filter_map(|site| at(site).sites.get(team).copied());
        let heads: Vec<u32> = heads.filter(|heads| *heads > 0).collect();
        match heads.iter().min() {
            Some(fewest) => (heads.iter().sum(), *fewest),
            None => {
                let central = self.headcounts.behind(None, [team], self.now).of(team);
                (central, central)
            }
        }
    }

    /// Journeys come through one channel each.
    fn channels(&self, blueprint: &Blueprint, again: &Recount) -> Option<SharedChannels> {
        let all: u64 = again.channels.values().sum();
        let teams: BTreeSet<&str> =
            blueprint.steps_and_teams().filter_map(|(_, team)| team).collect();
        let heads: u64 = teams.iter().map(|team| u64::from(self.of(team).0)).sum();
        let parts = again.channels.values().map(|count| heads * count / all.max(1));
        let parts: Vec<u32> = parts.map(|part| u32::try_from(part).unwrap_or(u32::MAX)).collect();
        Some(SharedChannels {
            journey_type: blueprint.name.clone(),
            channels: parts.len(),
            smallest: *parts.iter().min()?,
            few: parts.iter().filter(|part| **part < limits::MINIMUM_HEADS).count(),
        })
    }
}
