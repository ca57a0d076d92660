//! Reads a map: what was published of the answers and of the process, each through the gate.

use std::sync::Arc;

use super::flow::PlaceFlow;
use super::{Flow, Map, paths};
use crate::breakdown::read::Why;
use crate::breakdown::request::Question;
use crate::breakdown::snapshot::{Snapshot, why};
use crate::breakdown::{self, Against};
use crate::clock::Instant;
use crate::db::Db;
use crate::id::OrganisationId;
use crate::privacy::{Disclosed, Request, Withheld, disclose};
use crate::publication::Published;
use crate::publication::flows::Flows;

/// What a question about a map comes to.
#[derive(Debug)]
pub enum Reading {
    /// The map.
    Shown(Box<Disclosed<Map>>),
    /// Why there is none.
    Withheld(Why),
}

/// Draws the map as of `now`: the breakdown of the same journeys, which may be remembered, and the flow that they took.
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    question: &Question,
    now: Instant,
) -> crate::error::Result<Reading> {
    let snapshot = Snapshot::of(db, organisation, question, now).await?;
    let breakdown = breakdown::read::answer(db, question, snapshot.clone()).await?;
    let flow: Arc<Result<Disclosed<Flow>, Withheld>> = match snapshot.remembered(db, question) {
        Some(flow) => flow,
        None => {
            let published = snapshot.published(db).await?;
            let flows = snapshot.flows(db, &published).await?;
            let make = move |asked: &Question, snapshot: &Snapshot| {
                flow(asked, &published, &flows, snapshot)
            };
            snapshot.keep(db, question.clone(), make).await?
        }
    };
    match (breakdown.as_ref(), flow.as_ref()) {
        (Ok(breakdown), Ok(flow)) => {
            let map =
                breakdown.clone().beside(flow.clone(), |breakdown, flow| Map { breakdown, flow });
            Ok(Reading::Shown(Box::new(map)))
        }
        (Err(withheld), _) | (_, Err(withheld)) => {
            Ok(Reading::Withheld(why(db, organisation, question, withheld.clone(), now).await?))
        }
    }
}

fn flow(
    question: &Question,
    published: &Published,
    flows: &Flows,
    Snapshot { settings, headcounts, .. }: &Snapshot,
) -> crate::error::Result<Result<Disclosed<Flow>, Withheld>> {
    let sum = flows.sum(|atom| published.is_in(atom, &question.partition))?;
    let beside = paths::beside(question, published)?;
    let traffic =
        PlaceFlow::new(question, published, (flows, &sum, beside), settings.floors.answers());
    let steps = question.chain.stops.iter().map(|stop| (stop.code.as_str(), stop.team.as_deref()));
    let request = Request {
        floors: settings.floors,
        audience: question.eyes.audience(),
        pilot: settings.pilot,
        units: &published.units(),
        place: &question.partition,
        against_rest: question.against == Some(Against::Rest),
        teams: &question.chain.team_of_steps(),
        figures: &traffic.figures(),
        missing: &headcounts.missing(steps),
    };
    Ok(disclose(&request, |shown| traffic.flow(shown)))
}
