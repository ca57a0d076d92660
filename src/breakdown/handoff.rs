//! What customers said of one element lately, for those whose work it is: a small question that needs no fit.

use relais_analytics::cell::FrictionCounts;

use super::read::Why;
use super::request::Question;
use super::snapshot::Snapshot;
use super::{Frictions, frictions};
use crate::clock::Instant;
use crate::db::Db;
use crate::element::Element;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::privacy::{Disclosed, Figure, Request, disclose};
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
) -> Result<std::result::Result<Disclosed<HandoffFrictions>, Why>> {
    let snapshot = Snapshot::of(db, organisation, question, now).await?;
    let published = snapshot.published(db).await?;
    let said = said(question, element, &published)?;
    Ok(handoff(question, element, (&published, said), &snapshot))
}

fn handoff(
    question: &Question,
    element: &Element,
    (published, said): (&Published, HandoffFrictions),
    snapshot: &Snapshot,
) -> std::result::Result<Disclosed<HandoffFrictions>, Why> {
    let teams = question.chain.team_of_steps();
    let stops = question.chain.stops.iter().map(|stop| (stop.code.as_str(), stop.team.as_deref()));
    let figures = [Figure { element: element.clone(), answers: said.answers }];
    let request = Request {
        floors: snapshot.settings.floors,
        audience: question.eyes.audience(),
        pilot: snapshot.settings.pilot,
        units: &published.units(),
        place: &question.partition,
        against_rest: false,
        teams: &teams,
        figures: &figures,
        missing: &snapshot.headcounts.missing(stops),
    };
    let passed = disclose(&request, |shown| shown.objection(element).map_or(Ok(said), Err))
        .map_err(Why::Gate)?;
    passed.transposed().map_err(Why::Hidden)
}

fn said(question: &Question, element: &Element, published: &Published) -> Result<HandoffFrictions> {
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
