//! Blueprints in the database: journey types and their steps.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder,
};

use super::{Blueprint, Names, Step};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::schema::{journey_type, step};

pub mod apply;

/// The blueprint of a journey type; `None` when there is no such type.
pub async fn blueprint(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    code: &str,
) -> Result<Option<Blueprint>> {
    let key = (organisation, code.to_owned());
    let Some(row) = journey_type::Entity::find_by_id(key).one(conn).await? else { return Ok(None) };
    Ok(Some(with_steps(conn, row).await?))
}

/// An organisation's blueprints, by their journey types' codes.
pub async fn all(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<Blueprint>> {
    let rows = journey_type::Entity::of(organisation)
        .order_by_asc(journey_type::Column::Code)
        .all(conn)
        .await?;
    let mut blueprints = Vec::with_capacity(rows.len());
    for row in rows {
        blueprints.push(with_steps(conn, row).await?);
    }
    Ok(blueprints)
}

/// The codes of an organisation's journey types.
pub async fn types(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<String>> {
    let rows = journey_type::Entity::of(organisation)
        .order_by_asc(journey_type::Column::Code)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.code).collect())
}

/// Writes a journey type and those of its steps that are not there yet, at the end of its order.
pub async fn learn_steps(
    tx: &impl ConnectionTrait,
    organisation: OrganisationId,
    blueprint: &Blueprint,
    now: Instant,
) -> Result<()> {
    let same = OnConflict::new().do_nothing().to_owned();
    let row = type_row(organisation, blueprint, now)?;
    journey_type::Entity::insert(row).on_conflict(same.clone()).exec_without_returning(tx).await?;
    for (place, known) in (0..).zip(&blueprint.steps) {
        let row = step_row(organisation, &blueprint.journey_type, place, known)?;
        step::Entity::insert(row).on_conflict(same.clone()).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Puts the steps of a blueprint that nobody has written into the order in which journeys go
/// through them.
pub async fn reorder(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    journey_type: &str,
    order: &[String],
) -> Result<()> {
    for (place, code) in (0_i32..).zip(order) {
        step::Entity::update_many()
            .col_expr(step::Column::Position, Expr::value(place))
            .filter(step::Column::OrganisationId.eq(organisation))
            .filter(step::Column::JourneyType.eq(journey_type))
            .filter(step::Column::Code.eq(code.as_str()))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Writes a blueprint in the place of the one that is there, if any.
async fn write(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    wanted: &Blueprint,
    now: Instant,
) -> Result<()> {
    use journey_type::Column;
    let newer = OnConflict::columns([Column::OrganisationId, Column::Code])
        .update_columns([
            Column::NameFr,
            Column::NameEn,
            Column::Attributes,
            Column::BufferMinutes,
            Column::QuietDays,
        ])
        .to_owned();
    let row = type_row(organisation, wanted, now)?;
    journey_type::Entity::insert(row).on_conflict(newer).exec_without_returning(tx).await?;
    step::Entity::delete_of(organisation)
        .filter(step::Column::JourneyType.eq(wanted.journey_type.as_str()))
        .exec(tx)
        .await?;
    for (place, step) in (0..).zip(&wanted.steps) {
        let row = step_row(organisation, &wanted.journey_type, place, step)?;
        step::Entity::insert(row).exec_without_returning(tx).await?;
    }
    Ok(())
}

async fn with_steps(conn: &impl ConnectionTrait, row: journey_type::Model) -> Result<Blueprint> {
    let steps = step::Entity::find()
        .filter(step::Column::OrganisationId.eq(row.organisation_id))
        .filter(step::Column::JourneyType.eq(row.code.as_str()))
        .order_by_asc(step::Column::Position)
        .all(conn)
        .await?;
    Ok(Blueprint {
        journey_type: row.code,
        name: Names { fr: row.name_fr, en: row.name_en },
        attributes: list(&row.attributes)?,
        buffer_minutes: row.buffer_minutes,
        quiet_days: row.quiet_days,
        steps: steps.into_iter().map(read_step).collect::<Result<_>>()?,
    })
}

fn read_step(row: step::Model) -> Result<Step> {
    Ok(Step {
        activities: list(&row.activities)?,
        quiet_days: row.quiet_days,
        code: row.code,
        team: row.team,
        frontstage: row.frontstage,
        planned_by: row.planned_by,
        name: Names { fr: row.name_fr, en: row.name_en },
    })
}

fn type_row(
    organisation: OrganisationId,
    blueprint: &Blueprint,
    now: Instant,
) -> Result<journey_type::ActiveModel> {
    Ok(journey_type::ActiveModel {
        organisation_id: Set(organisation),
        code: Set(blueprint.journey_type.clone()),
        name_fr: Set(blueprint.name.fr.clone()),
        name_en: Set(blueprint.name.en.clone()),
        attributes: Set(json(&blueprint.attributes)?),
        buffer_minutes: Set(blueprint.buffer_minutes),
        quiet_days: Set(blueprint.quiet_days),
        created_at: Set(now),
    })
}

fn step_row(
    organisation: OrganisationId,
    journey_type: &str,
    place: i32,
    step: &Step,
) -> Result<step::ActiveModel> {
    Ok(step::ActiveModel {
        organisation_id: Set(organisation),
        journey_type: Set(journey_type.to_owned()),
        code: Set(step.code.clone()),
        position: Set(place),
        team: Set(step.team.clone()),
        frontstage: Set(step.frontstage),
        planned_by: Set(step.planned_by.clone()),
        name_fr: Set(step.name.fr.clone()),
        name_en: Set(step.name.en.clone()),
        activities: Set(json(&step.activities)?),
        quiet_days: Set(step.quiet_days),
    })
}

fn list(json: &str) -> Result<Vec<String>> {
    serde_json::from_str(json)
        .map_err(|failure| Error::Internal(format!("a stored list cannot be read: {failure}")))
}

fn json(list: &[String]) -> Result<String> {
    serde_json::to_string(list)
        .map_err(|failure| Error::Internal(format!("a list cannot be written: {failure}")))
}
