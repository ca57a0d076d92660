//! What a reader may ask about: the names of the chain, of the places and of the teams. No figure
//! is read here; those come from `publication::store`, and only after they were published.

use jiff::civil::Date;
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};

use super::request::Catalogue;
use crate::blueprint;
use crate::calendar::Week;
use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::organisation;
use crate::privacy::Place;
use crate::schema::{atom, release};

/// What there is to ask about.
pub async fn known(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Catalogue> {
    Ok(Catalogue {
        blueprints: blueprint::store::all(connection, organisation).await?,
        sites: organisation::store::sites(connection, organisation).await?,
        teams: organisation::store::teams(connection, organisation).await?,
    })
}

/// The weeks that were closed, oldest first, as far as the reader may know; `visible_at` is `None`
/// for a team.
pub async fn weeks(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    visible_at: Option<Instant>,
) -> Result<Vec<Week>> {
    let mut releases = release::Entity::of(organisation)
        .select_only()
        .column(release::Column::Week)
        .filter(release::Column::JourneyType.eq(journey_type))
        .order_by_asc(release::Column::Week);
    if let Some(now) = visible_at {
        releases = releases.filter(release::Column::OwnersFrom.lte(now));
    }
    let weeks: Vec<i32> = releases.into_tuple().all(connection).await?;
    Ok(weeks.into_iter().map(Week).collect())
}

/// From when others than the teams see every release of a journey type up to and with a week;
/// `None` without any.
pub async fn open_through(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    last: Week,
) -> Result<Option<Instant>> {
    let latest = release::Entity::of(organisation)
        .filter(release::Column::JourneyType.eq(journey_type))
        .filter(release::Column::Week.lte(last.0))
        .order_by_desc(release::Column::OwnersFrom);
    Ok(latest.one(connection).await?.map(|row| row.owners_from))
}

/// The day on which the next release about a place opens to others than the teams, which read it
/// already.
pub async fn next_opening(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    place: &Place,
    now: Instant,
) -> Result<Option<Date>> {
    let mut next = atom::Entity::of(organisation)
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
    let Some(row) = next.one(connection).await? else { return Ok(None) };
    let zone = organisation::store::zone(connection, organisation).await?;
    Ok(Some(zone.date(row.owners_from)))
}
