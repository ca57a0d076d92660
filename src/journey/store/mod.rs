//! Journeys in the database: blueprints, batches of events, and reading traces as a stream.

use std::collections::BTreeSet;

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::discover::Discovery;
use super::trace::Trace;
use super::{Blueprint, Step};
use crate::calendar::Zone;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::schema::{intake, journey, journey_type, organisation, site, step};

pub mod apply;
pub mod batch;
pub mod fading;
pub mod feeds;

/// The blueprint of a journey type; `None` when there is no such type.
pub async fn blueprint(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    code: &str,
) -> Result<Option<Blueprint>> {
    let key = (organisation, code.to_owned());
    let Some(row) = journey_type::Entity::find_by_id(key).one(conn).await? else { return Ok(None) };
    let steps = step::Entity::find()
        .filter(step::Column::OrganisationId.eq(organisation))
        .filter(step::Column::JourneyType.eq(code))
        .order_by_asc(step::Column::Position)
        .all(conn)
        .await?;
    Ok(Some(Blueprint {
        journey_type: row.code,
        name_fr: row.name_fr,
        name_en: row.name_en,
        attributes: list(&row.attributes)?,
        buffer_minutes: row.buffer_minutes,
        quiet_days: row.quiet_days,
        steps: steps.into_iter().map(read_step).collect::<Result<_>>()?,
    }))
}

/// The codes of an organisation's journey types.
pub async fn types(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<String>> {
    let rows = journey_type::Entity::find()
        .filter(journey_type::Column::OrganisationId.eq(organisation))
        .order_by_asc(journey_type::Column::Code)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.code).collect())
}

/// The codes of an organisation's sites.
pub async fn sites(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<String>> {
    let rows = site::Entity::find()
        .filter(site::Column::OrganisationId.eq(organisation))
        .order_by_asc(site::Column::Code)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.code).collect())
}

/// The zone that an organisation's local times are meant in.
pub async fn zone(conn: &impl ConnectionTrait, organisation: OrganisationId) -> Result<Zone> {
    Zone::named(&house(conn, organisation).await?.time_zone)
}

/// What an organisation is called.
pub async fn organisation_name(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<String> {
    Ok(house(conn, organisation).await?.name)
}

/// What the organisation is called, when there is only one.
pub async fn only_organisation_name(conn: &impl ConnectionTrait) -> Result<Option<String>> {
    let rows = organisation::Entity::find().limit(2).all(conn).await?;
    let [only] = rows.as_slice() else { return Ok(None) };
    Ok(Some(only.name.clone()))
}

async fn house(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<organisation::Model> {
    let row = organisation::Entity::find_by_id(organisation).one(conn).await?;
    row.ok_or_else(|| Error::Internal(format!("there is no organisation {organisation}")))
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

/// Writes the sites that are not there yet.
pub async fn learn_sites(
    tx: &impl ConnectionTrait,
    organisation: OrganisationId,
    codes: &BTreeSet<&str>,
) -> Result<()> {
    for code in codes {
        let row = site::ActiveModel {
            organisation_id: Set(organisation),
            code: Set((*code).to_owned()),
            region: Set(None),
            name: Set(None),
        };
        let same = OnConflict::new().do_nothing().to_owned();
        site::Entity::insert(row).on_conflict(same).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Puts the steps of a blueprint that nobody has written into the order in which journeys go through them.
pub async fn reorder(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    journey_type: &str,
    order: &[String],
) -> Result<()> {
    use sea_orm::sea_query::Expr;
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
    let rows = journey::Entity::find()
        .filter(journey::Column::OrganisationId.eq(organisation))
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
    (organisation, journey_type): (OrganisationId, &str),
    kind: &str,
    id: i64,
    at: Instant,
    report: String,
) -> Result<()> {
    let row = intake::ActiveModel {
        organisation_id: Set(organisation),
        id: Set(id),
        at: Set(at),
        kind: Set(kind.to_owned()),
        journey_type: Set(journey_type.to_owned()),
        report: Set(report),
    };
    intake::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

fn read_step(row: step::Model) -> Result<Step> {
    Ok(Step {
        activities: list(&row.activities)?,
        code: row.code,
        team: row.team,
        frontstage: row.frontstage,
        planned_by: row.planned_by,
        name_fr: row.name_fr,
        name_en: row.name_en,
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
        name_fr: Set(blueprint.name_fr.clone()),
        name_en: Set(blueprint.name_en.clone()),
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
        name_fr: Set(step.name_fr.clone()),
        name_en: Set(step.name_en.clone()),
        activities: Set(json(&step.activities)?),
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
