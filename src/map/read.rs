//! Reads a map: what was published of the answers and of the process, each through the gate.

use std::sync::Arc;

use super::flow::PlaceFlow;
use super::{Flow, Map, paths};
use crate::breakdown;
use crate::breakdown::disclosure::{Gate, Reading, Scope};
use crate::breakdown::request::Question;
use crate::breakdown::snapshot::{Snapshot, teams_first};
use crate::clock::Instant;
use crate::db::Db;
use crate::element::Element;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::privacy::{NotShown, Objections};
use crate::publication::Published;
use crate::publication::flows::Flows;

/// Draws the map as of `now`: the breakdown of the same journeys, which may be remembered, and the
/// flow that they took.
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    question: &Question,
    now: Instant,
) -> Result<Reading<Map>> {
    let snapshot = Snapshot::of(db, organisation, question, now).await?;
    let breakdown = breakdown::read::answer(db, question, snapshot.clone()).await?;
    let flow: Arc<Reading<Flow>> = match snapshot.remembered(db, question) {
        Some(flow) => flow,
        None => {
            let published = snapshot.published(db).await?;
            let flows = snapshot.flows(db, &published).await?;
            let make = move |question: &Question, snapshot: &Snapshot| {
                flow(question, &published, &flows, &snapshot.gate(question))
            };
            snapshot.keep(db, question.clone(), make).await?
        }
    };
    let map = match (breakdown.as_ref(), flow.as_ref()) {
        (Ok(breakdown), Ok(flow)) => {
            Ok(breakdown.clone().beside(flow.clone(), |breakdown, flow| Map { breakdown, flow }))
        }
        (Err(why), _) | (_, Err(why)) => Err(why.clone()),
    };
    teams_first(db, organisation, question, map, now).await
}

fn flow(
    question: &Question,
    published: &Published,
    flows: &Flows,
    gate: &Gate,
) -> Result<Reading<Flow>> {
    let sum = flows.sum(|atom| published.is_in(atom, &question.partition))?;
    let counts = paths::counts(question, published)?;
    let flow = PlaceFlow::new(question, published, flows, &sum, counts, gate.floor());
    let scope = Scope::of(question);
    Ok(gate
        .report(&published.units(), scope, &flow.figures(), |objections| shown(&flow, objections)))
}

/// What the gate lets through of a flow.
pub(super) fn shown(flow: &PlaceFlow<'_>, objections: &Objections) -> Flow {
    let mut hidden: Vec<(Element, NotShown)> =
        objections.all().map(|(element, why)| (element.clone(), why)).collect();
    hidden.sort_by_key(|(element, _)| flow.question.blueprint.place(element));
    let (steps, handoffs) = flow.network(objections);
    Flow {
        steps,
        handoffs,
        promises: flow.promises(objections),
        detours: flow.detours(),
        paths: paths::paths(flow, objections),
        rescues: paths::rescues(flow, objections),
        hidden,
        unknown: flow.unknown,
    }
}
