//! What a reader may ask about: the names of the chain, of the places and of the teams. No figure is read here; those
//! come from `publication::store`, and only after they were published.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::request::{Known, Site};
use super::{Chain, Names, Stop};
use crate::calendar::Week;
use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::privacy::Place;
use crate::schema::{atom, journey_type, release, site, step, team};

/// What there is to ask about.
pub async fn known(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Known> {
    let types = journey_type::Entity::find()
        .filter(journey_type::Column::OrganisationId.eq(organisation))
        .order_by_asc(journey_type::Column::Code);
    let mut known = Known { sites: sites(connection, organisation).await?, ..Known::default() };
    for row in types.all(connection).await? {
        let stops = stops(connection, organisation, &row.code).await?;
        let name = Names { fr: row.name_fr, en: row.name_en };
        known.chains.push(Chain { code: row.code, name, stops });
    }
    let teams = team::Entity::find()
        .filter(team::Column::OrganisationId.eq(organisation))
        .order_by_asc(team::Column::Code);
    let named = |row: team::Model| (row.code, Names { fr: row.name_fr, en: row.name_en });
    known.teams = teams.all(connection).await?.into_iter().map(named).collect();
    Ok(known)
}

async fn stops(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Vec<Stop>> {
    let steps = step::Entity::find()
        .filter(step::Column::OrganisationId.eq(organisation))
        .filter(step::Column::JourneyType.eq(journey_type))
        .order_by_asc(step::Column::Position);
    let read = |row: step::Model| Stop {
        code: row.code,
        name: Names { fr: row.name_fr, en: row.name_en },
        team: row.team,
        frontstage: row.frontstage,
    };
    Ok(steps.all(connection).await?.into_iter().map(read).collect())
}

async fn sites(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<Site>> {
    let sites = site::Entity::find()
        .filter(site::Column::OrganisationId.eq(organisation))
        .order_by_asc(site::Column::Code);
    let read = |row: site::Model| Site { code: row.code, name: row.name, region: row.region };
    Ok(sites.all(connection).await?.into_iter().map(read).collect())
}

/// The weeks that were closed, oldest first, as far as the reader may know; `visible_at` is `None` for a team.
pub async fn weeks(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    visible_at: Option<Instant>,
) -> Result<Vec<Week>> {
    let mut releases = release::Entity::find()
        .select_only()
        .column(release::Column::Week)
        .filter(release::Column::OrganisationId.eq(organisation))
        .filter(release::Column::JourneyType.eq(journey_type))
        .order_by_asc(release::Column::Week);
    if let Some(now) = visible_at {
        releases = releases.filter(release::Column::OwnersFrom.lte(now));
    }
    let weeks: Vec<i32> = releases.into_tuple().all(connection).await?;
    Ok(weeks.into_iter().map(Week).collect())
}

/// From when others than the teams see every release of a journey type up to and with a week; `None` without any.
pub async fn open_through(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    last: Week,
) -> Result<Option<Instant>> {
    let latest = release::Entity::find()
        .filter(release::Column::OrganisationId.eq(organisation))
        .filter(release::Column::JourneyType.eq(journey_type))
        .filter(release::Column::Week.lte(last.0))
        .order_by_desc(release::Column::OwnersFrom);
    Ok(latest.one(connection).await?.map(|row| row.owners_from))
}

/// When the next release about a place opens to others than the teams, which read it already.
pub async fn next_opening(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    place: &Place,
    now: Instant,
) -> Result<Option<Instant>> {
    let mut next = atom::Entity::find()
        .filter(atom::Column::OrganisationId.eq(organisation))
        .filter(atom::Column::JourneyType.eq(journey_type))
        .filter(atom::Column::OwnersFrom.gt(now))
        .order_by_asc(atom::Column::OwnersFrom);
    next = match place {
        Place::Network => next,
        Place::Region(code) => next.filter(atom::Column::Region.eq(code.as_str())),
        Place::Site(code) => next
            .filter(atom::Column::Scope.eq("site"))
            .filter(atom::Column::Place.eq(code.as_str())),
    };
    Ok(next.one(connection).await?.map(|row| row.owners_from))
}
