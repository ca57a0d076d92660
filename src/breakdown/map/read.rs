//! Reads a map: what was published of the answers and of the process, each through the gate.

use super::ways::Traffic;
use super::{Map, Ways};
use crate::breakdown::read::Why;
use crate::breakdown::request::Question;
use crate::breakdown::{Against, Breakdown, Eyes, split, store};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::privacy::store::Settings;
use crate::privacy::{self, Disclosed, Headcounts, Request, Withheld, disclose};
use crate::publication::flows::Flows;
use crate::publication::{self, Published};

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
    let connection = db.reader();
    let settings = privacy::store::settings(connection, organisation).await?;
    let settings = settings.ok_or_else(|| Error::Internal("the organisation is gone".to_owned()))?;
    let headcounts = privacy::store::headcounts(connection, organisation).await?;
    let (code, visible_at) = (&question.chain.code, question.eyes.visible_at(now));
    let published = publication::store::published(connection, organisation, code, &question.window, visible_at).await?;
    let flows = publication::store::flows(connection, organisation, code, &published.atoms).await?;
    let asked = question.clone();
    // As for the breakdown: the threads that serve others must not wait for it.
    let map = tokio::task::spawn_blocking(move || map(&asked, &published, &flows, settings, &headcounts));
    let map = map.await.map_err(|failure| Error::Internal(format!("the map broke off: {failure}")))??;
    match map {
        Ok(shown) => Ok(Reading::Shown(Box::new(shown))),
        Err(Withheld::NothingReleased) if question.eyes == Eyes::Owner => {
            let opening = store::next_opening(connection, organisation, code, &question.partition, now).await?;
            Ok(Reading::Withheld(opening.map_or(Why::Gate(Withheld::NothingReleased), Why::TeamsFirst)))
        }
        Err(withheld) => Ok(Reading::Withheld(Why::Gate(withheld))),
    }
}

/// The map of what was published, or why none of it may be shown.
pub(super) fn map(
    question: &Question,
    published: &Published,
    flows: &Flows,
    settings: Settings,
    headcounts: &Headcounts,
) -> Result<Result<Disclosed<Map>, Withheld>> {
    let ways = match ways(question, published, flows, settings, headcounts)? {
        Ok(ways) => ways,
        Err(withheld) => return Ok(Err(withheld)),
    };
    let breakdown = split::split(question, published, settings, headcounts)?;
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
    let traffic = Traffic::new(question, published, (flows, &sum), settings.floors.answers());
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
