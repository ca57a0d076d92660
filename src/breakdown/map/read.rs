//! Reads a map: what was published of the answers and of the process, each through the gate.

use super::ways::Traffic;
use super::{Map, Ways, paths};
use crate::breakdown::basis::{Basis, why};
use crate::breakdown::pool::Pool;
use crate::breakdown::read::Why;
use crate::breakdown::request::Question;
use crate::breakdown::{Against, Breakdown, split};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::privacy::store::Settings;
use crate::privacy::{Disclosed, Headcounts, Request, Withheld, disclose};
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

/// Draws the map as of `now`.
pub async fn read(db: &Db, organisation: i64, question: &Question, now: Instant) -> Result<Reading> {
    let basis = Basis::of(db, organisation, question, now).await?;
    let answer = match basis.remembered(db, question) {
        Some(answer) => answer,
        None => {
            let (pool, published) = (basis.pool(db).await?, basis.published(db).await?);
            let flows = basis.flows(db, &published).await?;
            let make = move |asked: &Question, basis: &Basis| map(asked, (&published, &pool, &flows), basis);
            basis.keep(db, question.clone(), make).await?
        }
    };
    match answer.as_ref() {
        Ok(shown) => Ok(Reading::Shown(Box::new(shown.clone()))),
        Err(withheld) => Ok(Reading::Withheld(why(db, organisation, question, withheld.clone(), now).await?)),
    }
}

/// The map of what was published, or why none of it may be shown.
pub(super) fn map(
    question: &Question,
    (published, pool, flows): (&Published, &Pool, &Flows),
    Basis { settings, headcounts, .. }: &Basis,
) -> Result<Result<Disclosed<Map>, Withheld>> {
    let ways = match ways(question, published, flows, *settings, headcounts)? {
        Ok(ways) => ways,
        Err(withheld) => return Ok(Err(withheld)),
    };
    let breakdown = split::split(question, published, pool, *settings, headcounts)?;
    let both = |breakdown: Disclosed<Breakdown>| breakdown.beside(ways, |breakdown, ways| Map { breakdown, ways });
    Ok(breakdown.map(both))
}

fn ways(
    question: &Question,
    published: &Published,
    flows: &Flows,
    settings: Settings,
    headcounts: &Headcounts,
) -> Result<Result<Disclosed<Ways>, Withheld>> {
    let sum = flows.sum(|atom| published.is_in(atom, &question.partition))?;
    let beside = paths::beside(question, published)?;
    let traffic = Traffic::new(question, published, (flows, &sum, beside), settings.floors.answers());
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
