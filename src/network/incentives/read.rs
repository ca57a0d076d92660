//! Reads how the score is used.

use super::{Incentives, incentives};
use crate::breakdown::disclosure::Reading;
use crate::breakdown::request::Question;
use crate::breakdown::snapshot::{Snapshot, teams_first};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::publication::Published;

/// Reads it as of `now`.
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    question: &Question,
    now: Instant,
) -> Result<Reading<Incentives>> {
    let snapshot = Snapshot::of(db, organisation, question, now).await?;
    let make = |question: &Question, snapshot: &Snapshot, published: &Published| {
        incentives(published, &snapshot.gate(question))
    };
    let answer = snapshot.answer(db, question.clone(), make).await?;
    teams_first(db, organisation, question, answer.as_ref().clone(), now).await
}
