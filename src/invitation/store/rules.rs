//! The rules of a journey type.

use sea_orm::{ConnectionTrait, EntityTrait};

use super::super::Rules;
use crate::error::Result;
use crate::schema::asking;

/// The rules in force: those that were set, else those that every journey type starts with.
pub async fn read(conn: &impl ConnectionTrait, organisation: i64, journey_type: &str) -> Result<Rules> {
    let row = asking::Entity::find_by_id((organisation, journey_type.to_owned())).one(conn).await?;
    Ok(row.map_or_else(Rules::default, |row| Rules {
        rate_percent: row.rate_percent,
        delay_hours: row.delay_hours,
        quiet_from: row.quiet_from,
        quiet_until: row.quiet_until,
        reminder_days: row.reminder_days,
        rest_days: row.rest_days,
        link_days: row.link_days,
    }))
}
