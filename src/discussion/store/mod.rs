//! Discussions, actions, notes, obstacles and sentences in their tables. Reading here; [`save`]
//! writes.

pub mod notices;
pub mod save;

use std::collections::BTreeMap;

use jiff::civil::Date;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{Action, Discussion, Month, Note, Obstacle, ObstacleNote, Plan, Sentence, direction};
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::schema::{action, discussion, note, obstacle, sentence};

/// All discussions of an organisation, the newest first.
pub async fn discussions(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<Discussion>> {
    let rows = discussion::Entity::of(organisation)
        .order_by_desc(discussion::Column::OpenedOn)
        .order_by_asc(discussion::Column::Id);
    Ok(rows.all(connection).await?.into_iter().map(read_discussion).collect())
}

/// One discussion; `None` when the organisation has no such one.
pub async fn discussion(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    id: i64,
) -> Result<Option<Discussion>> {
    let row = discussion::Entity::find_by_id((organisation, id)).one(connection).await?;
    Ok(row.map(read_discussion))
}

/// What was said in a discussion, in its order.
pub async fn notes(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    discussion: i64,
) -> Result<Vec<Note>> {
    let rows = note::Entity::of(organisation)
        .filter(note::Column::Discussion.eq(discussion))
        .order_by_asc(note::Column::Number);
    Ok(rows
        .all(connection)
        .await?
        .into_iter()
        .map(|row| Note { team: row.team, on: row.written_on.into(), text: row.text })
        .collect())
}

/// All actions of an organisation with their discussions, in the order in which they begin.
pub async fn actions(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<Action>> {
    let all = discussions(connection, organisation).await?;
    let of: BTreeMap<i64, Discussion> =
        all.into_iter().map(|discussion| (discussion.id, discussion)).collect();
    let rows = action::Entity::of(organisation)
        .order_by_asc(action::Column::StartWeek)
        .order_by_asc(action::Column::Id);
    let mut actions = Vec::new();
    for row in rows.all(connection).await? {
        let discussion = of.get(&row.discussion).cloned();
        actions.push(read_action(row, discussion.ok_or_else(|| damaged("action", "orphan"))?)?);
    }
    Ok(actions)
}

/// One action; `None` when the organisation has no such one.
pub async fn action(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    id: i64,
) -> Result<Option<Action>> {
    let Some(row) = action::Entity::find_by_id((organisation, id)).one(connection).await? else {
        return Ok(None);
    };
    let of = discussion(connection, organisation, row.discussion).await?;
    read_action(row, of.ok_or_else(|| damaged("action", id))?).map(Some)
}

/// What teams ticked about a journey type, the newest month first.
pub async fn ticked(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Vec<ObstacleNote>> {
    let rows = obstacle::Entity::of(organisation)
        .filter(obstacle::Column::JourneyType.eq(journey_type))
        .order_by_desc(obstacle::Column::Month)
        .order_by_asc(obstacle::Column::Team)
        .order_by_asc(obstacle::Column::Place)
        .order_by_asc(obstacle::Column::Element);
    rows.all(connection).await?.into_iter().map(read_ticked).collect()
}

/// All sentences of an organisation, the newest first, withdrawn ones included.
pub async fn sentences(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<Sentence>> {
    let rows = sentence::Entity::of(organisation)
        .order_by_desc(sentence::Column::WrittenOn)
        .order_by_asc(sentence::Column::Id);
    Ok(rows.all(connection).await?.into_iter().map(read_sentence).collect())
}

fn read_discussion(row: discussion::Model) -> Discussion {
    Discussion {
        id: row.id,
        journey_type: row.journey_type,
        handoff: row.element,
        place: row.place,
        team: row.team,
        neighbour: row.neighbour,
        opened_on: row.opened_on.into(),
        joined_on: row.joined_on.map(Date::from),
    }
}

fn read_action(row: action::Model, discussion: Discussion) -> Result<Action> {
    Ok(Action {
        id: row.id,
        discussion,
        proposed_by: row.proposed_by,
        plan: Plan {
            text: row.text,
            role: row.role,
            team: row.team,
            measure: row.measure.parse().map_err(|_| damaged("action", &row.measure))?,
            direction: direction(&row.direction).map_err(|_| damaged("action", &row.direction))?,
            control: row.control,
            start: row.start_week,
            review_on: row.review_on.into(),
        },
        saved_on: row.saved_on.into(),
        state: row.state,
        decided_on: row.decided_on.map(Date::from),
        answer: row.answer.zip(row.answered_on.map(Date::from)),
    })
}

fn read_ticked(row: obstacle::Model) -> Result<ObstacleNote> {
    let what = row.ticked.split_whitespace().map(obstacle).collect::<Result<_>>()?;
    Ok(ObstacleNote {
        journey_type: row.journey_type,
        element: row.element,
        team: row.team,
        place: row.place,
        month: Month(row.month),
        what,
    })
}

fn obstacle(code: &str) -> Result<Obstacle> {
    let known = Obstacle::ALL.into_iter().find(|obstacle| obstacle.code() == code);
    known.ok_or_else(|| damaged("obstacle", code))
}

fn read_sentence(row: sentence::Model) -> Sentence {
    Sentence {
        id: row.id,
        journey_type: row.journey_type,
        element: row.element,
        place: row.place,
        team: row.team,
        fr: row.text_fr,
        en: row.text_en,
        written_on: row.written_on.into(),
        floor_met: row.floor_met,
        withdrawn_on: row.withdrawn_on.map(Date::from),
    }
}

fn damaged(table: &str, what: impl std::fmt::Display) -> Error {
    Error::Internal(format!("a row of {table} cannot be read: {what}"))
}
