//! What arrived of each step, by day.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, QueryFilter, QueryOrder, Statement,
};

use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::journey::feeds::Arrivals;
use crate::schema::feed_day;

const ADD: &str = "INSERT INTO feed_day (organisation_id, journey_type, step, day, events, \
    promised, timed) \
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (organisation_id, journey_type, step, day) \
    DO UPDATE SET \
    events = feed_day.events + excluded.events, promised = feed_day.promised + excluded.promised, timed = feed_day.timed + excluded.timed";

/// Adds what arrived now.
pub async fn add(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    journey_type: &str,
    arrived: &FxHashMap<Arc<str>, Arrivals>,
    now: Instant,
) -> Result<()> {
    for (step, new) in arrived {
        let values = [
            organisation.into(),
            journey_type.into(),
            step.as_ref().into(),
            day_of(now).into(),
            new.events.into(),
            new.promised.into(),
            new.timed.into(),
        ];
        tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), ADD, values))
            .await?;
    }
    Ok(())
}

/// What arrived of each step of a journey type since a day, by step and day.
pub async fn since(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    day: i32,
) -> Result<BTreeMap<String, BTreeMap<i32, Arrivals>>> {
    let rows = feed_day::Entity::of(organisation)
        .filter(feed_day::Column::JourneyType.eq(journey_type))
        .filter(feed_day::Column::Day.gte(day))
        .order_by_asc(feed_day::Column::Step)
        .order_by_asc(feed_day::Column::Day);
    let mut steps: BTreeMap<String, BTreeMap<i32, Arrivals>> = BTreeMap::new();
    for row in rows.all(connection).await? {
        let arrived = Arrivals { events: row.events, promised: row.promised, timed: row.timed };
        steps.entry(row.step).or_default().insert(row.day.0, arrived);
    }
    Ok(steps)
}

/// The day of an instant, in days since 1970.
pub fn day_of(now: Instant) -> i32 {
    i32::try_from(now.div_euclid(86_400)).unwrap_or(i32::MAX)
}
