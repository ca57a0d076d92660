//! Writing, each in one transaction.

use jiff::civil::Date;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter,
};

use crate::calendar::Day;
use crate::db::lock;
use crate::discussion::clean_text::CleanText;
use crate::discussion::{Action, Discussion, ObstacleNote, Sentence, State, direction_code};
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::id;
use crate::id::OrganisationId;
use crate::limits::ACTIONS_TRIED;
use crate::schema::{action, discussion, note, obstacle, sentence};

/// The key of a discussion: two that are opened on one day for the same handoff and place are one.
pub fn discussion_key(organisation: OrganisationId, of: &Discussion) -> i64 {
    let (handoff, place, day) =
        (of.handoff.to_string(), of.place.to_string(), of.opened_on.to_string());
    id::of_key(&["discussion", &organisation.to_string(), &of.journey_type, &handoff, &place, &day])
}

/// Opens a discussion; one that is there already is left as it is.
pub async fn open(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    of: &Discussion,
) -> Result<()> {
    let row = discussion::Model {
        organisation_id: organisation,
        id: of.id,
        journey_type: of.journey_type.clone(),
        element: of.handoff.clone(),
        place: of.place.clone(),
        team: of.team.clone(),
        neighbour: of.neighbour.clone(),
        opened_on: of.opened_on.into(),
        joined_on: of.joined_on.map(Day::from),
    };
    let again = OnConflict::new().do_nothing().to_owned();
    let insert = discussion::Entity::insert(row.into_active_model().reset_all()).on_conflict(again);
    insert.exec_without_returning(tx).await?;
    Ok(())
}

/// The neighbour takes part from now on.
pub async fn join(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    id: i64,
    on: Date,
) -> Result<()> {
    discussion::Entity::update_of(organisation)
        .col_expr(discussion::Column::JoinedOn, Expr::value(Day::from(on)))
        .filter(discussion::Column::Id.eq(id))
        .filter(discussion::Column::JoinedOn.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes a note down.
pub async fn note(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    of: &Discussion,
    team: &str,
    text: &CleanText,
    on: Date,
) -> Result<()> {
    lock(tx, &format!("discussion {}", of.id)).await?;
    let before =
        note::Entity::of(organisation).filter(note::Column::Discussion.eq(of.id)).count(tx).await?;
    let row = note::Model {
        organisation_id: organisation,
        discussion: of.id,
        number: i32::try_from(before).unwrap_or(i32::MAX - 1) + 1,
        team: team.to_owned(),
        written_on: on.into(),
        text: text.text().to_owned(),
    };
    note::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    if team != of.team { join(tx, organisation, of.id, on).await } else { Ok(()) }
}

/// The key of an action: sending the same form twice registers it once.
pub fn action_key(organisation: OrganisationId, of: &Action) -> i64 {
    let (discussion, day) = (of.discussion.id.to_string(), of.saved_on.to_string());
    let (text, measure) = (&of.plan.text, of.plan.measure.to_string());
    id::of_key(&["action", &organisation.to_string(), &discussion, &day, text, &measure])
}

/// Registers an action; one that is there already is left as it is, and a third one that is still
/// tried is refused.
pub async fn action(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    of: &Action,
) -> Result<()> {
    lock(tx, &format!("discussion {}", of.discussion.id)).await?;
    let others = action::Entity::of(organisation)
        .filter(action::Column::Discussion.eq(of.discussion.id))
        .filter(action::Column::State.eq(State::Open))
        .filter(action::Column::Id.ne(of.id))
        .count(tx)
        .await?;
    if others >= ACTIONS_TRIED {
        return Err(Refusal::new(
            Text::new("discussion-enough-actions").with("most", ACTIONS_TRIED),
        )
        .into());
    }
    let plan = &of.plan;
    let row = action::Model {
        organisation_id: organisation,
        id: of.id,
        discussion: of.discussion.id,
        proposed_by: of.proposed_by.clone(),
        team: plan.team.clone(),
        text: plan.text.clone(),
        role: plan.role.clone(),
        measure: plan.measure.to_string(),
        direction: direction_code(plan.direction).to_owned(),
        control: plan.control.clone(),
        saved_on: of.saved_on.into(),
        start_week: plan.start,
        review_on: plan.review_on.into(),
        state: of.state,
        decided_on: None,
        answer: None,
        answered_on: None,
    };
    let again = OnConflict::new().do_nothing().to_owned();
    action::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// What the teams decided at the review; an action is decided about once, and says whether this
/// was it.
pub async fn decide(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    id: i64,
    state: State,
    on: Date,
) -> Result<bool> {
    let done = action::Entity::update_of(organisation)
        .col_expr(action::Column::State, Expr::value(state))
        .col_expr(action::Column::DecidedOn, Expr::value(Day::from(on)))
        .filter(action::Column::Id.eq(id))
        .filter(action::Column::State.eq(State::Open))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// What the process owner answers to an action that was passed on; a later answer takes the place
/// of an earlier one.
pub async fn answer(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    id: i64,
    text: &CleanText,
    on: Date,
) -> Result<bool> {
    let done = action::Entity::update_of(organisation)
        .col_expr(action::Column::Answer, Expr::value(text.text()))
        .col_expr(action::Column::AnsweredOn, Expr::value(Day::from(on)))
        .filter(action::Column::Id.eq(id))
        .filter(action::Column::State.eq(State::Passed))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// A team's note of a month takes the place of the one before; without a tick none is left.
pub async fn ticked(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    of: &ObstacleNote,
) -> Result<()> {
    let key = (
        organisation,
        of.journey_type.clone(),
        of.element.clone(),
        of.team.clone(),
        of.place.clone(),
        of.month.0,
    );
    obstacle::Entity::delete_by_id(key).exec(tx).await?;
    if of.what.is_empty() {
        return Ok(());
    }
    let row = obstacle::Model {
        organisation_id: organisation,
        journey_type: of.journey_type.clone(),
        element: of.element.clone(),
        team: of.team.clone(),
        place: of.place.clone(),
        month: of.month.0,
        ticked: of.what.iter().map(|obstacle| obstacle.code()).collect::<Vec<_>>().join(" "),
    };
    obstacle::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The key of a sentence: one team, one part of the chain, one place, one day.
pub fn sentence_key(organisation: OrganisationId, of: &Sentence) -> i64 {
    let (element, place, day) =
        (of.element.to_string(), of.place.to_string(), of.written_on.to_string());
    id::of_key(&[
        "sentence",
        &organisation.to_string(),
        &of.journey_type,
        &element,
        &place,
        &of.team,
        &day,
    ])
}

/// Writes a sentence down: what the same team wrote earlier about the same part and place is
/// withdrawn with it.
pub async fn sentence(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    of: &Sentence,
) -> Result<()> {
    let earlier = sentence::Entity::update_of(organisation)
        .col_expr(sentence::Column::WithdrawnOn, Expr::value(Day::from(of.written_on)))
        .filter(sentence::Column::JourneyType.eq(&of.journey_type))
        .filter(sentence::Column::Element.eq(of.element.clone()))
        .filter(sentence::Column::Place.eq(of.place.clone()))
        .filter(sentence::Column::Team.eq(&of.team))
        .filter(sentence::Column::WithdrawnOn.is_null());
    earlier.exec(tx).await?;
    sentence::Entity::delete_by_id((organisation, of.id)).exec(tx).await?;
    let row = sentence::Model {
        organisation_id: organisation,
        id: of.id,
        journey_type: of.journey_type.clone(),
        element: of.element.clone(),
        place: of.place.clone(),
        team: of.team.clone(),
        text_fr: of.fr.clone(),
        text_en: of.en.clone(),
        written_on: of.written_on.into(),
        floor_met: of.floor_met,
        withdrawn_on: None,
    };
    sentence::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Whether the floor of what a sentence answers is met.
pub async fn floor(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    id: i64,
    met: bool,
) -> Result<()> {
    set_sentence(tx, organisation, id, sentence::Column::FloorMet, Expr::value(met)).await
}

/// A sentence is told no more.
pub async fn withdraw(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    id: i64,
    on: Date,
) -> Result<()> {
    set_sentence(tx, organisation, id, sentence::Column::WithdrawnOn, Expr::value(Day::from(on)))
        .await
}

async fn set_sentence(
    tx: &impl ConnectionTrait,
    organisation: OrganisationId,
    id: i64,
    column: sentence::Column,
    value: Expr,
) -> Result<()> {
    sentence::Entity::update_of(organisation)
        .col_expr(column, value)
        .filter(sentence::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
