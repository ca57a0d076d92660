//! The rules of asking that are in force, and changing them through the settings journal.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
};

use crate::clock::Instant;
use crate::db;
use crate::error::{Error, Result};
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::invitation::rules::Rules;
use crate::journal::{self, Author, Entry, Reason};
use crate::schema::{asking, journey_type};

/// The rules of a journey type; those that every journey type starts with, where nobody has changed them.
pub async fn read(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Rules> {
    let row =
        asking::Entity::find_by_id((organisation, journey_type.to_owned())).one(connection).await?;
    let read = |row: asking::Model| Rules {
        rate_percent: row.rate_percent,
        delay_hours: row.delay_hours,
        quiet_from: row.quiet_from,
        quiet_until: row.quiet_until,
        reminder_days: row.reminder_days,
        rest_days: row.rest_days,
        link_days: row.link_days,
    };
    Ok(row.map(read).unwrap_or_default().in_bounds())
}

/// Puts rules into force together with their entry in the settings journal; whether they were others before.
pub async fn change(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    journey_type: &str,
    rules: &Rules,
    (author, reason, now): (Author, Reason, Instant),
) -> Result<bool> {
    if let Some(problem) = rules.problems().into_iter().next() {
        return Err(problem.into());
    }
    let key = (organisation, journey_type.to_owned());
    if journey_type::Entity::find_by_id(key).one(tx).await?.is_none() {
        return Err(Text::new("asking-unknown-type").with("code", journey_type).into());
    }
    db::lock(tx, &format!("asking {organisation} {journey_type}")).await?;
    let before = read(tx, organisation, journey_type).await?;
    if before == *rules {
        return Ok(false);
    }
    write(tx, organisation, journey_type, rules).await?;
    let told = |rules: &Rules| {
        serde_json::to_value(rules).map_err(|failure| Error::Internal(failure.to_string()))
    };
    let entry = Entry {
        at: now,
        author,
        subject: format!("asking:{journey_type}"),
        before: Some(told(&before)?),
        after: Some(told(rules)?),
        reason,
        effective_at: now,
    };
    journal::store::append(tx, organisation, entry).await?;
    Ok(true)
}

async fn write(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    journey_type: &str,
    rules: &Rules,
) -> Result<()> {
    let Rules {
        rate_percent,
        delay_hours,
        quiet_from,
        quiet_until,
        reminder_days,
        rest_days,
        link_days,
    } = *rules;
    let row = asking::Model {
        organisation_id: organisation,
        journey_type: journey_type.to_owned(),
        rate_percent,
        delay_hours,
        quiet_from,
        quiet_until,
        reminder_days,
        rest_days,
        link_days,
    };
    let replaced = [
        asking::Column::RatePercent,
        asking::Column::DelayHours,
        asking::Column::QuietFrom,
        asking::Column::QuietUntil,
        asking::Column::ReminderDays,
        asking::Column::RestDays,
        asking::Column::LinkDays,
    ];
    let same = OnConflict::columns([asking::Column::OrganisationId, asking::Column::JourneyType])
        .update_columns(replaced)
        .to_owned();
    let row = row.into_active_model().reset_all();
    asking::Entity::insert(row).on_conflict(same).exec_without_returning(tx).await?;
    Ok(())
}
