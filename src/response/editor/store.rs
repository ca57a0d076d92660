//! What the preview shows: three real journeys, without whose they were.

use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::blueprint::Blueprint;
use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::journey::elements;
use crate::journey::trace::Trace;
use crate::schema::journey;

/// Journeys that are looked at for three different ones.
const NEWEST: u64 = 200;
/// Journeys that are shown.
const SHOWN: usize = 3;

/// The three newest journeys that are over and went different ways.
pub async fn journeys(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    blueprint: &Blueprint,
    now: Instant,
) -> Result<Vec<Trace>> {
    let newest: Vec<String> = journey::Entity::of(organisation)
        .select_only()
        .column(journey::Column::Trace)
        .filter(journey::Column::JourneyType.eq(&blueprint.journey_type))
        .filter(journey::Column::FinishedAt.lte(now))
        .order_by_desc(journey::Column::FinishedAt)
        .order_by_asc(journey::Column::Id)
        .limit(NEWEST)
        .into_tuple()
        .all(conn)
        .await?;
    let mut shown: Vec<Trace> = Vec::new();
    for trace in newest {
        let trace = Trace::parse(&trace)?;
        let met = |trace: &Trace| elements::rated(trace, blueprint);
        let different = shown.iter().all(|other| met(other) != met(&trace));
        if different && !trace.events.is_empty() && !met(&trace).is_empty() {
            shown.push(trace);
        }
        if shown.len() == SHOWN {
            break;
        }
    }
    Ok(shown)
}
