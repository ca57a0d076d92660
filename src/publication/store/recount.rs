//! Counts again, from the journeys as they are stored now, who shares whom.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::TryStreamExt;
use sea_orm::{ConnectionTrait, Statement, StreamTrait};

use crate::blueprint::Blueprint;
use crate::calendar::{Week, Zone};
use crate::clock::Instant;
use crate::element::Element;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::journey::elements;
use crate::journey::trace::Trace;
use crate::limits;
use crate::privacy::{Headcounts, Place, Unit};
use crate::publication::recount::{OverstatedPart, Recount, TeamDivision, part_of};
use crate::publication::sharing::Volumes;
use crate::publication::{Atom, Release, Window, answers};

/// Looks at the journeys of a type, as many as a check reads of one table: their identifiers are
/// keyed hashes, so that the first ones are a random choice.
pub async fn recount(
    connection: &(impl ConnectionTrait + StreamTrait),
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Recount> {
    let sql = "SELECT j.trace, j.attributes, a.week FROM journey j \
        LEFT JOIN atom a ON a.organisation_id = j.organisation_id AND a.id = j.atom \
        WHERE j.organisation_id = $1 AND j.journey_type = $2 ORDER BY j.id LIMIT $3";
    let most = i64::try_from(limits::GUARANTEE_ROWS).unwrap_or(i64::MAX);
    let values = [organisation.into(), journey_type.into(), most.into()];
    let backend = ConnectionTrait::get_database_backend(connection);
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let mut rows = std::pin::pin!(connection.stream_raw(statement).await?);
    let mut recount = Recount::default();
    while let Some(row) = rows.try_next().await? {
        let (trace, attributes): (String, Option<String>) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let week: Option<i32> = row.try_get_by_index(2)?;
        let trace = Trace::parse(&trace)?;
        let parts = trace.parts.iter().flat_map(Element::steps);
        let steps = elements::step_codes(&trace).chain(parts).collect();
        let channel = answers::channel(attributes.as_deref())?;
        recount.add(week.map(Week), &steps, channel.as_deref());
    }
    Ok(recount)
}

/// One journey type with what was published of it.
struct PublishedType {
    releases: Vec<Release>,
    atoms: Vec<Atom>,
    /// Since when something is published that a team stands behind.
    since: BTreeMap<String, Instant>,
}

/// Divides the teams that several journey types have again, among those that were known to share
/// them when a release was made, by the journeys that were known then.
pub async fn division(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    blueprints: &[Blueprint],
    zone: &Zone,
    headcounts: &Headcounts,
) -> Result<TeamDivision> {
    let mut division = TeamDivision::default();
    let shared = shared_teams(blueprints);
    if shared.is_empty() {
        return Ok(division);
    }
    let mut types = BTreeMap::new();
    for blueprint in blueprints {
        let code = blueprint.journey_type.as_str();
        types.insert(code, published_type(connection, organisation, code).await?);
    }
    for (code, own) in &types {
        let mut atoms = own.atoms.iter().peekable();
        for release in &own.releases {
            let end = zone.week_start(release.week.next());
            let known = known_volumes(connection, organisation, code, end, release).await?;
            let context = ReleaseContext {
                types: &types,
                journey_type: code,
                release,
                known,
                headcounts,
                end,
            };
            while let Some(atom) = atoms.next_if(|atom| atom.unit.release <= release.week.0) {
                let behind = &atom.unit.behind;
                let teams = behind.sites.iter().chain(&behind.central);
                let parts = teams.filter(|(team, _)| shared.contains(team.as_str()));
                let parts = parts.filter_map(|(team, told)| context.part(&atom.unit, team, *told));
                parts.for_each(|part| division.add(part));
            }
        }
    }
    Ok(division)
}

/// What was known when a release was made.
struct ReleaseContext<'a> {
    types: &'a BTreeMap<&'a str, PublishedType>,
    journey_type: &'a str,
    release: &'a Release,
    known: Volumes,
    headcounts: &'a Headcounts,
    /// Of its week.
    end: Instant,
}

impl ReleaseContext<'_> {
    /// The part of a team behind a site's atom; what a pool counts was added up before.
    fn part(&self, unit: &Unit, team: &str, told: u32) -> Option<OverstatedPart> {
        let Place::Site(site) = &unit.place else { return None };
        // A central team divides among all journeys, wherever they were.
        let place = (!unit.behind.central.contains_key(team)).then_some(site.as_str());
        let knew = |of: &PublishedType| {
            of.since.get(team).is_some_and(|since| *since <= self.release.published_at)
        };
        let rivals = self.types.iter().filter(|(code, of)| **code != self.journey_type && knew(of));
        let others = rivals.map(|(code, _)| volume(&self.known, code, place)).sum();
        let heads = self.headcounts.behind(Some(site), [team], self.end).of(team);
        Some(OverstatedPart {
            journey_type: self.journey_type.to_owned(),
            week: self.release.week,
            place: unit.place.clone(),
            team: team.to_owned(),
            told,
            people: part_of(heads, volume(&self.known, self.journey_type, place), others),
        })
    }
}

fn shared_teams(blueprints: &[Blueprint]) -> BTreeSet<&str> {
    let mut types: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for blueprint in blueprints {
        for (_, team) in blueprint.steps_and_teams() {
            let of = team.map(|team| types.entry(team).or_default());
            of.map(|types| types.insert(&blueprint.journey_type));
        }
    }
    types.retain(|_, types| types.len() > 1);
    types.into_keys().collect()
}

async fn published_type(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<PublishedType> {
    let everything = Window::default();
    let releases =
        super::releases(connection, organisation, journey_type, &everything, None).await?;
    let atoms = super::atoms(connection, organisation, journey_type, &releases).await?;
    let mut since = BTreeMap::new();
    for atom in &atoms {
        let release = releases.iter().find(|release| release.week.0 == atom.unit.release);
        let Some(release) = release else { continue };
        let behind = &atom.unit.behind;
        for team in behind.sites.keys().chain(behind.central.keys()) {
            let first = since.entry(team.clone()).or_insert(release.published_at);
            *first = release.published_at.min(*first);
        }
    }
    Ok(PublishedType { releases, atoms, since })
}

/// The journeys of a release's last weeks by journey type and site: all of its own, and of the
/// others those that were published by then and therefore known.
async fn known_volumes(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    end: Instant,
    release: &Release,
) -> Result<Volumes> {
    let sql = "SELECT j.journey_type, COALESCE(j.site, ''), COUNT(*) FROM journey j \
        LEFT JOIN atom a ON a.organisation_id = j.organisation_id AND a.id = j.atom \
        WHERE j.organisation_id = $1 AND j.finished_at >= $2 AND j.finished_at < $3 \
        AND (j.journey_type = $4 OR a.published_at <= $5) GROUP BY j.journey_type, j.site";
    let values = [
        organisation.into(),
        (end - limits::VOLUME).into(),
        end.into(),
        journey_type.into(),
        release.published_at.into(),
    ];
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    let rows = connection.query_all_raw(statement).await?;
    let volumes = rows.iter().map(|row| {
        let count: i64 = row.try_get_by_index(2)?;
        let key = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        Ok((key, count.unsigned_abs()))
    });
    volumes.collect()
}

/// The journeys of a type at a site, or everywhere.
fn volume(volumes: &Volumes, journey_type: &str, site: Option<&str>) -> u64 {
    let of = volumes
        .iter()
        .filter(|((code, at), _)| code == journey_type && site.is_none_or(|site| site == at));
    of.map(|(_, count)| count).sum()
}
