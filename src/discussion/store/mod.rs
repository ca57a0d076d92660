//! Discussions, actions, notes, obstacles and sentences in their tables. Reading here; [`save`] writes.

pub mod notices;
pub mod save;

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{Action, Discussion, Month, Note, Obstacle, ObstacleNote, Plan, Sentence, direction};
use crate::calendar::{Week, day_of_number};
use crate::element::Element;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::schema::{action, discussion, note, obstacle, sentence};

/// All discussions of an organisation, the newest first.
pub async fn discussions(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<Discussion>> {
    let rows = discussion::Entity::find()
        .filter(discussion::Column::OrganisationId.eq(organisation))
        .order_by_desc(discussion::Column::OpenedOn)
        .order_by_asc(discussion::Column::Id);
    rows.all(connection).await?.into_iter().map(read_discussion).collect()
}

/// One discussion; `None` when the organisation has no such one.
pub async fn discussion(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    id: i64,
) -> Result<Option<Discussion>> {
    let row = discussion::Entity::find_by_id((organisation, id)).one(connection).await?;
    row.map(read_discussion).transpose()
}

/// What was said in a discussion, in its order.
pub async fn notes(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    discussion: i64,
) -> Result<Vec<Note>> {
    let rows = note::Entity::find()
        .filter(note::Column::OrganisationId.eq(organisation))
        .filter(note::Column::Discussion.eq(discussion))
        .order_by_asc(note::Column::Number);
    let read = |row: note::Model| Note {
        team: row.team,
        on: day_of_number(row.written_on),
        text: row.text,
    };
    Ok(rows.all(connection).await?.into_iter().map(read).collect())
}

/// All actions of an organisation with their discussions, in the order in which they begin.
pub async fn actions(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<Action>> {
    let all = discussions(connection, organisation).await?;
    let of: BTreeMap<i64, Discussion> =
        all.into_iter().map(|discussion| (discussion.id, discussion)).collect();
    let rows = action::Entity::find()
        .filter(action::Column::OrganisationId.eq(organisation))
        .order_by_asc(action::Column::StartWeek)
        .order_by_asc(action::Column::Id);
    let read = |row: action::Model| {
        let discussion =
            of.get(&row.discussion).cloned().ok_or_else(|| damaged("action", row.id))?;
        read_action(row, discussion)
    };
    rows.all(connection).await?.into_iter().map(read).collect()
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
    let rows = obstacle::Entity::find()
        .filter(obstacle::Column::OrganisationId.eq(organisation))
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
    let rows = sentence::Entity::find()
        .filter(sentence::Column::OrganisationId.eq(organisation))
        .order_by_desc(sentence::Column::WrittenOn)
        .order_by_asc(sentence::Column::Id);
    rows.all(connection).await?.into_iter().map(read_sentence).collect()
}

fn read_discussion(row: discussion::Model) -> Result<Discussion> {
    Ok(Discussion {
        id: row.id,
        journey_type: row.journey_type,
        handoff: element("discussion", &row.element)?,
        place: row.place.parse().map_err(|_| damaged("discussion", &row.place))?,
        team: row.team,
        neighbour: row.neighbour,
        opened_on: day_of_number(row.opened_on),
        joined_on: row.joined_on.map(day_of_number),
    })
}

fn read_action(row: action::Model, discussion: Discussion) -> Result<Action> {
    let control = row
        .control
        .map(|place| place.parse().map_err(|_| damaged("action", &place)))
        .transpose()?;
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
            control,
            start: Week(row.start_week),
            review_on: day_of_number(row.review_on),
        },
        saved_on: day_of_number(row.saved_on),
        state: row.state.parse().map_err(|_| damaged("action", &row.state))?,
        decided_on: row.decided_on.map(day_of_number),
        answer: row.answer.zip(row.answered_on.map(day_of_number)),
    })
}

fn read_ticked(row: obstacle::Model) -> Result<ObstacleNote> {
    let all = row.ticked.split_whitespace();
    let known = |code: &str| Obstacle::ALL.into_iter().find(|obstacle| obstacle.code() == code);
    let what = all
        .map(|code| known(code).ok_or_else(|| damaged("obstacle", code)))
        .collect::<Result<Vec<_>>>()?;
    Ok(ObstacleNote {
        journey_type: row.journey_type,
        element: element("obstacle", &row.element)?,
        team: row.team,
        place: row.place.parse().map_err(|_| damaged("obstacle", &row.place))?,
        month: Month(row.month),
        what,
    })
}

fn read_sentence(row: sentence::Model) -> Result<Sentence> {
    Ok(Sentence {
        id: row.id,
        journey_type: row.journey_type,
        element: element("sentence", &row.element)?,
        place: row.place.parse().map_err(|_| damaged("sentence", &row.place))?,
        team: row.team,
        fr: row.text_fr,
        en: row.text_en,
        written_on: day_of_number(row.written_on),
        floor_met: row.floor_met,
        withdrawn_on: row.withdrawn_on.map(day_of_number),
    })
}

fn element(table: &str, code: &str) -> Result<Element> {
    code.parse().map_err(|_| damaged(table, code))
}

fn damaged(table: &str, what: impl std::fmt::Display) -> Error {
    Error::Internal(format!("a row of {table} cannot be read: {what}"))
}
