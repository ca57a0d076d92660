//! What customers said of one element lately, for those whose work it is: a small question that
//! needs no fit.

use relais_analytics::cell::FrictionCounts;

use super::disclosure::{Reading, Scope};
use super::request::Question;
use super::snapshot::Snapshot;
use super::{Frictions, frictions};
use crate::clock::Instant;
use crate::db::Db;
use crate::element::Element;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::privacy::Subject;
use crate::publication::Published;

/// What customers said of an element.
#[derive(Clone, Debug, PartialEq)]
pub struct HandoffFrictions {
    /// Answers to its own item.
    pub answers: u64,
    /// What was ticked, where it is a handoff that was asked by frictions.
    pub frictions: Option<Frictions>,
}

/// What customers said of an element in the question's weeks, or why it is not shown.
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    question: &Question,
    element: &Element,
    now: Instant,
) -> Result<Reading<HandoffFrictions>> {
    let snapshot = Snapshot::of(db, organisation, question, now).await?;
    let published = snapshot.published(db).await?;
    let (units, scope) = (published.units(), Scope::Place(&question.partition));
    let found = frictions_of(question, element, &published)?;
    let figure = Some((found.answers, found));
    Ok(snapshot.gate(question).figure(&units, scope, &Subject::Element(element.clone()), figure))
}

/// Whether the floors of an element are met at the question's place in all that was released,
/// whoever asks.
pub async fn is_floor_met(
    db: &Db,
    organisation: OrganisationId,
    question: &Question,
    element: &Element,
) -> Result<bool> {
    let snapshot = Snapshot::of_every_release(db, organisation, question).await?;
    let published = snapshot.published(db).await?;
    let answers = frictions_of(question, element, &published)?.answers;
    let (gate, place) = (snapshot.gate(question), &question.partition);
    Ok(gate.is_floor_met(&published.units(), place, element, answers))
}

fn frictions_of(
    question: &Question,
    element: &Element,
    published: &Published,
) -> Result<HandoffFrictions> {
    let position = published
        .catalogue
        .iter()
        .find(|(_, known)| *known == element)
        .map(|(position, _)| *position);
    let here = |atom: usize| position.is_some() && published.is_in(atom, &question.partition);
    let (mut answers, mut ticked) = (0_i64, None::<FrictionCounts>);
    for cell in published.answers(here) {
        let (cell, Some(position)) = (cell?, position) else { break };
        let variant = published.variants.get(&cell.variant);
        let place = variant.and_then(|known| known.iter().position(|known| *known == position));
        answers += place.map_or(0, |k| cell.state.losses(k).count);
        if let Some(counts) = cell.state.counts().frictions(position) {
            ticked = Some(ticked.map_or(counts, |sum| sum.plus(&counts)));
        }
    }
    let asked = ticked.map_or(0, |counts| counts.asked);
    Ok(HandoffFrictions {
        answers: u64::try_from(answers.max(asked)).unwrap_or(0),
        frictions: ticked.and_then(frictions::shares),
    })
}
