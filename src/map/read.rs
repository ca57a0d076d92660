//! Reads a map: what was published of the answers and of the process, each through the gate.

use std::sync::Arc;

use super::flow::Traffic;
use super::{Map, Ways, paths};
use crate::breakdown::read::Why;
use crate::breakdown::request::Question;
use crate::breakdown::snapshot::{Basis, why};
use crate::breakdown::{self, Against};
use crate::clock::Instant;
use crate::db::Db;
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

/// Draws the map as of `now`: the breakdown of the same journeys, which may be remembered, and the ways that they took.
pub async fn read(
    db: &Db,
    organisation: i64,
    question: &Question,
    now: Instant,
) -> crate::error::Result<Reading> {
    let basis = Basis::of(db, organisation, question, now).await?;
    let breakdown = breakdown::read::answer(db, question, basis.clone()).await?;
    let ways: Arc<Result<Disclosed<Ways>, Withheld>> = match basis.remembered(db, question) {
        Some(ways) => ways,
        None => {
            let published = basis.published(db).await?;
            let flows = basis.flows(db, &published).await?;
            let make =
                move |asked: &Question, basis: &Basis| ways(asked, &published, &flows, basis);
            basis.keep(db, question.clone(), make).await?
        }
    };
    match (breakdown.as_ref(), ways.as_ref()) {
        (Ok(breakdown), Ok(ways)) => {
            let map =
                breakdown.clone().beside(ways.clone(), |breakdown, ways| Map { breakdown, ways });
            Ok(Reading::Shown(Box::new(map)))
        }
        (Err(withheld), _) | (_, Err(withheld)) => {
            Ok(Reading::Withheld(why(db, organisation, question, withheld.clone(), now).await?))
        }
    }
}

fn ways(
    question: &Question,
    published: &Published,
    flows: &Flows,
    Basis { settings, headcounts, .. }: &Basis,
) -> crate::error::Result<Result<Disclosed<Ways>, Withheld>> {
    let sum = flows.sum(|atom| published.is_in(atom, &question.partition))?;
    let beside = paths::beside(question, published)?;
    let traffic =
        Traffic::new(question, published, (flows, &sum, beside), settings.floors.answers());
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
    Ok(disclose(&request, |shown| traffic.ways(shown)))
}
