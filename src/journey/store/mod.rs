//! Journeys in the database: batches of events, and reading traces as a stream.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::discover::Discovery;
use super::trace::Trace;
use crate::blueprint::Blueprint;
use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::schema::{import_note, journey};

pub mod batch;
pub mod fading;
pub mod feeds;
pub mod following;

/// Counts all journeys of a type, in bounded memory.
pub async fn discover(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    blueprint: Blueprint,
) -> Result<Discovery> {
    let code = blueprint.journey_type.clone();
    let mut discovery = Discovery::new(blueprint);
    let mut after = Vec::new();
    loop {
        let page = page(conn, organisation, &code, &after).await?;
        let Some(last) = page.last() else { return Ok(discovery) };
        after.clone_from(&last.id);
        for row in &page {
            discovery.add(&Trace::parse(&row.trace)?);
        }
    }
}

/// Journeys read at once.
const PAGE: u64 = 2_000;

async fn page(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    after: &[u8],
) -> Result<Vec<journey::Model>> {
    let rows = journey::Entity::of(organisation)
        .filter(journey::Column::Id.gt(after.to_vec()))
        .filter(journey::Column::JourneyType.eq(journey_type))
        .order_by_asc(journey::Column::Id)
        .limit(PAGE)
        .all(conn)
        .await?;
    Ok(rows)
}

/// Writes down what an import of `kind` (`events` or `answers`) said.
pub async fn note(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    journey_type: &str,
    kind: &str,
    id: i64,
    at: Instant,
    report: String,
) -> Result<()> {
    let row = import_note::ActiveModel {
        organisation_id: Set(organisation),
        id: Set(id),
        at: Set(at),
        kind: Set(kind.to_owned()),
        journey_type: Set(journey_type.to_owned()),
        report: Set(report),
    };
    import_note::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}
