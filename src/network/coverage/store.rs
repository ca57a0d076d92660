//! When feeds were heard: days and counts of arrivals, no journey.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Feed, What, feeds};
use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::limits;
use crate::schema::{api_key, intake};

/// The feeds of an organisation in the order of their names, keys that send events after them.
pub async fn feeds(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    now: Instant,
) -> Result<Vec<Feed>> {
    let arrivals = intake::Entity::find()
        .select_only()
        .columns([intake::Column::Kind, intake::Column::JourneyType, intake::Column::At])
        .filter(intake::Column::OrganisationId.eq(organisation))
        .filter(intake::Column::At.gt(now - limits::PACE_DAYS * 86_400))
        .order_by_desc(intake::Column::At)
        .limit(limits::ARRIVALS_READ);
    let mut of: BTreeMap<What, Vec<Instant>> = BTreeMap::new();
    let rows: Vec<(String, String, Instant)> = arrivals.into_tuple().all(connection).await?;
    for (kind, journey_type, at) in rows {
        let what =
            if kind == "events" { What::Events(journey_type) } else { What::Answers(journey_type) };
        of.entry(what).or_default().push(at);
    }
    let events = of
        .iter()
        .filter(|(what, _)| matches!(what, What::Events(_)))
        .flat_map(|(_, at)| at.iter().copied());
    let pace = feeds::feed(What::Events(String::new()), &events.collect::<Vec<_>>(), now).usual;
    let mut all: Vec<Feed> =
        of.into_iter().map(|(what, arrivals)| feeds::feed(what, &arrivals, now)).collect();
    all.extend(
        keys(connection, organisation)
            .await?
            .into_iter()
            .map(|(label, used)| feeds::key(label, used, pace, now)),
    );
    Ok(all)
}

/// The keys in force that send events, by what they are for, with the day of their last use.
async fn keys(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<(String, Option<i32>)>> {
    let rows = api_key::Entity::find()
        .filter(api_key::Column::OrganisationId.eq(organisation))
        .filter(api_key::Column::RevokedAt.is_null())
        .filter(api_key::Column::Scope.contains("events:write"))
        .order_by_asc(api_key::Column::Label);
    Ok(rows.all(connection).await?.into_iter().map(|row| (row.label, row.used_on)).collect())
}
