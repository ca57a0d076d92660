//! What closing a week needs to know beside the rows.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};
use serde_json::Value;

use crate::blueprint::{self, Blueprint};
use crate::calendar::{Week, Zone};
use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::journal::objection::Objections;
use crate::journal::store::objections::objections;
use crate::limits;
use crate::organisation;
use crate::privacy::embargo::Announced;
use crate::privacy::{Floors, Headcounts, HeadsBehind};
use crate::publication::sharing::{self, StepDivision, TypeTeams, Volumes};
use crate::publication::usual_times::UsualTimes;
use crate::schema::{self, journal_entry, release};
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
    /// The teams that did a step before, where that changed after the first release.
    pub former: Vec<FormerTeam>,
    /// The same of the steps of other journey types, by these.
    former_of_others: Vec<(String, FormerTeam)>,
    /// How teams divide among steps that exclude each other.
    pub division: StepDivision,
    /// Which times journeys usually have.
    pub usual_times: UsualTimes,
}

impl Setting {
    /// The teams whose work the journeys are.
    pub fn teams(&self) -> impl Iterator<Item = &str> {
        self.blueprint.steps.iter().filter_map(|step| step.team.as_deref())
    }

    /// Whether another journey type has, or had, one of the teams.
    pub(super) fn shares_a_team(&self) -> bool {
        let types = self.types_since(Instant::MIN);
        let own = &types[&self.blueprint.journey_type];
        let mut others = types.iter().filter(|(code, _)| **code != self.blueprint.journey_type);
        others.any(|(_, teams)| !teams.is_disjoint(own))
    }

    /// The fewest heads that stood behind a site's journeys while they were collected.
    pub(super) fn behind(
        &self,
        site: Option<&str>,
        between: (Instant, Instant),
        volumes: &Volumes,
    ) -> HeadsBehind {
        let (code, place) = (&self.blueprint.journey_type, site.unwrap_or_default());
        let types = self.types_since(between.0);
        let divided = |mut behind: HeadsBehind| {
            sharing::divide(&mut behind, code, place, &types, volumes);
            behind
        };
        let mut behind = divided(HeadsBehind {
            steps: self.blueprint.team_of_steps(),
            shares: self.division.shares(),
            ..self.headcounts.fewest_behind(site, self.teams(), between)
        });
        // Whoever gives a step to a larger team opens nothing that was collected under the smaller:
        // what counts are the people who work for these journeys.
        for former in self.former.iter().filter(|former| former.until > between.0) {
            let Some(team) = behind.steps.get(&former.step).cloned() else { continue };
            let before = [former.team.as_str()];
            let before = divided(self.headcounts.fewest_behind(site, before, between));
            let is_fewer = before.of(&former.team) < behind.of(&team);
            let moved = behind.moved.entry(former.step.clone()).or_default();
            moved.extend([team, former.team.clone()]);
            if is_fewer {
                behind.steps.insert(former.step.clone(), former.team.clone());
                behind.sites.extend(before.sites);
                behind.central.extend(before.central);
            }
        }
        self.division.divide(&mut behind, place);
        behind
    }

    /// The teams of all journey types, with those that had a step of theirs since an instant:
    /// whoever takes a step from a team makes no more people of it for the others.
    fn types_since(&self, since: Instant) -> TypeTeams {
        let mut types = self.types.clone();
        let own = self.former.iter().map(|former| (&self.blueprint.journey_type, former));
        let others = self.former_of_others.iter().map(|(code, former)| (code, former));
        for (code, former) in own.chain(others).filter(|(_, former)| former.until > since) {
            types.entry(code.clone()).or_default().insert(former.team.clone());
        }
        types
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
    let mut former_of_others = Vec::new();
    for other in types.iter().filter(|other| other.journey_type != blueprint.journey_type) {
        let former = former_teams(connection, organisation, &other.journey_type).await?;
        former_of_others.extend(former.into_iter().map(|of| (other.journey_type.clone(), of)));
    }
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
        former: former_teams(connection, organisation, &blueprint.journey_type).await?,
        former_of_others,
        division: StepDivision::default(),
        usual_times: UsualTimes::default(),
        blueprint,
    }))
}

/// A team that did a step until somebody gave it to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerTeam {
    pub step: String,
    pub team: String,
    /// When the notice was over that such a setting is given, and every objection withdrawn.
    pub until: Instant,
}

/// What the settings journal says of steps that changed hands since something was published.
async fn former_teams(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Vec<FormerTeam>> {
    let first = release::Entity::of(organisation)
        .filter(release::Column::JourneyType.eq(journey_type))
        .order_by_asc(release::Column::PublishedAt)
        .one(connection)
        .await?;
    let Some(first) = first else { return Ok(Vec::new()) };
    let changes = journal_entry::Entity::of(organisation)
        .filter(journal_entry::Column::Subject.eq(format!("blueprint:{journey_type}")))
        .filter(journal_entry::Column::At.gte(first.published_at))
        .all(connection)
        .await?;
    let objections = objections(connection, organisation).await?;
    Ok(changes.iter().flat_map(|change| given_up(change, &objections)).collect())
}

fn given_up(change: &journal_entry::Model, objections: &Objections) -> Vec<FormerTeam> {
    let teams = |text: &Option<String>| -> BTreeMap<String, String> {
        let told = text.as_deref().and_then(|text| serde_json::from_str::<Value>(text).ok());
        let steps = told.as_ref().and_then(|told| told.get("steps")?.as_array());
        let team = |step: &Value| {
            Some((step.get("code")?.as_str()?.to_owned(), step.get("team")?.as_str()?.to_owned()))
        };
        steps.into_iter().flatten().filter_map(team).collect()
    };
    let after = teams(&change.after);
    let notice = change.at + limits::PRIVACY_NOTICE;
    let until = objections.in_force(change.effective_at).map_or(Instant::MAX, |at| at.max(notice));
    let changed =
        teams(&change.before).into_iter().filter(|(step, team)| after.get(step) != Some(team));
    changed.map(|(step, team)| FormerTeam { step, team, until }).collect()
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

/// By journey type and site, how many journeys ended between two instants.
pub async fn volumes(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    (from, to): (Instant, Instant),
) -> Result<Volumes> {
    let sql = "SELECT journey_type, COALESCE(site, ''), COUNT(*) FROM journey \
         WHERE organisation_id = $1 AND finished_at >= $2 AND finished_at < $3 \
         GROUP BY journey_type, site";
    let values = [organisation.into(), from.into(), to.into()];
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    let rows = connection.query_all_raw(statement).await?;
    let volumes = rows.iter().map(|row| {
        let count: i64 = row.try_get_by_index(2)?;
        let key = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        Ok((key, u64::try_from(count).unwrap_or(0)))
    });
    volumes.collect()
}
