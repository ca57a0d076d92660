//! What closing a week needs to know beside the rows.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::blueprint::{self, Blueprint};
use crate::calendar::{Week, Zone};
use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::organisation;
use crate::privacy::embargo::Announced;
use crate::privacy::{Floors, Headcounts, HeadsBehind};
use crate::publication::sharing::{self, TypeTeams, Volumes};
use crate::schema::{self, release};
use crate::survey::{self, Questionnaire};

use super::waiting::{Due, Origin};

/// Everything that closing a week needs to know beside the rows.
#[derive(Debug)]
pub struct Setting {
    pub organisation: OrganisationId,
    /// What the journeys are meant to be.
    pub blueprint: Blueprint,
    /// Where weeks begin at midnight.
    pub zone: Zone,
    /// The minimum sizes in force.
    pub floors: Floors,
    /// What was announced of the time for which the teams see a release first.
    pub alone: Vec<Announced>,
    /// When the pilot ends; `None` once it has.
    pub pilot_until: Option<Instant>,
    /// How many other journey types have been published.
    pub other_types: usize,
    /// Headcounts of the organisation.
    pub headcounts: Headcounts,
    /// Whether the service has central teams only, and all of them have a headcount.
    pub central_only: bool,
    /// The region of each site that is known.
    pub sites: BTreeMap<String, Option<String>>,
    /// What customers were asked.
    pub questionnaires: Vec<Questionnaire>,
    /// The teams of all journey types.
    pub types: TypeTeams,
    /// The part of its team that each step has which shares it.
    pub shares: BTreeMap<String, u32>,
}

impl Setting {
    /// The teams whose work the journeys are.
    pub fn teams(&self) -> impl Iterator<Item = &str> {
        self.blueprint.steps.iter().filter_map(|step| step.team.as_deref())
    }

    /// The team of each step that has one.
    pub(super) fn steps(&self) -> BTreeMap<String, String> {
        let steps = self.blueprint.steps.iter();
        steps.filter_map(|step| Some((step.code.clone(), step.team.clone()?))).collect()
    }

    /// Whether another journey type has one of the teams.
    pub(super) fn shares_a_team(&self) -> bool {
        let mut others =
            self.types.iter().filter(|(code, _)| **code != self.blueprint.journey_type);
        others.any(|(_, teams)| self.teams().any(|team| teams.contains(team)))
    }

    /// The fewest heads that stood behind a site's journeys while they were collected.
    pub(super) fn behind(
        &self,
        site: Option<&str>,
        between: (Instant, Instant),
        volumes: &Volumes,
    ) -> HeadsBehind {
        let mut behind = HeadsBehind {
            steps: self.steps(),
            shares: self.shares.clone(),
            ..self.headcounts.fewest_behind(site, self.teams(), between)
        };
        let code = &self.blueprint.journey_type;
        sharing::divide(&mut behind, code, site.unwrap_or_default(), &self.types, volumes);
        behind
    }

    pub(super) fn due(&self, week: Week, origin: Origin) -> Due<'_> {
        let end = self.zone.week_start(week.next());
        Due {
            organisation: self.organisation,
            journey_type: &self.blueprint.journey_type,
            end,
            origin,
        }
    }
}

/// Reads what closing needs to know; `None` when there is no such organisation.
pub async fn setting(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    blueprint: Blueprint,
) -> Result<Option<Setting>> {
    let Some(row) = schema::organisation::Entity::find_by_id(organisation).one(connection).await?
    else {
        return Ok(None);
    };
    let headcounts = crate::privacy::store::headcounts(connection, organisation).await?;
    let questionnaires =
        survey::store::versions(connection, organisation, &blueprint.journey_type).await?;
    let sites = organisation::store::sites(connection, organisation).await?;
    let missing = headcounts.missing(blueprint.steps_and_teams());
    let teams = blueprint.steps.iter().filter_map(|step| step.team.as_deref());
    // A team whose headcount is not known may well be one of the sites.
    let central_only = missing.is_empty() && headcounts.are_central(teams, Instant::MAX);
    let types = blueprint::store::all(connection, organisation).await?;
    Ok(Some(Setting {
        organisation,
        zone: organisation::store::zone(connection, organisation).await?,
        floors: Floors::raised(row.minimum_answers, row.minimum_heads),
        alone: crate::privacy::store::announced(connection, organisation).await?,
        // Whatever is not plainly running is a pilot.
        pilot_until: (row.stage != "running").then_some(row.pilot_until),
        other_types: other_types(connection, organisation, &blueprint.journey_type).await?,
        headcounts,
        central_only,
        sites: sites.into_iter().map(|site| (site.code, site.region)).collect(),
        questionnaires,
        types: types.iter().map(|other| (other.journey_type.clone(), teams_of(other))).collect(),
        shares: BTreeMap::new(),
        blueprint,
    }))
}

fn teams_of(blueprint: &Blueprint) -> BTreeSet<String> {
    blueprint.steps.iter().filter_map(|step| step.team.clone()).collect()
}

async fn other_types(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<usize> {
    let types = release::Entity::of(organisation)
        .select_only()
        .column(release::Column::JourneyType)
        .distinct()
        .filter(release::Column::JourneyType.ne(journey_type));
    Ok(types.into_tuple::<String>().all(connection).await?.len())
}
