//! Answers a question: reads what was published, splits it, and passes it through the gate.

use std::sync::Arc;

use super::disclosure::Reading;
use super::request::Question;
use super::snapshot::{Snapshot, teams_first};
use super::{Breakdown, attribution};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::id::OrganisationId;

/// Answers a question as of `now`.
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    question: &Question,
    now: Instant,
) -> Result<Reading<Breakdown>> {
    let snapshot = Snapshot::of(db, organisation, question, now).await?;
    let answer = answer(db, question, snapshot).await?;
    teams_first(db, organisation, question, answer.as_ref().clone(), now).await
}

/// Splits what was published, unless that is remembered.
pub(crate) async fn answer(
    db: &Db,
    question: &Question,
    snapshot: Snapshot,
) -> Result<Arc<Reading<Breakdown>>> {
    if let Some(answer) = snapshot.remembered(db, question) {
        return Ok(answer);
    }
    let (pool, published) = (snapshot.pool(db).await?, snapshot.published(db).await?);
    let split = move |question: &Question, snapshot: &Snapshot| {
        attribution::split(question, &published, &pool, &snapshot.gate(question))
    };
    snapshot.keep(db, question.clone(), split).await
}
