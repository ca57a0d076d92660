//! Reads how the score is used.

use super::{Incentives, incentives};
use crate::breakdown::read::Why;
use crate::breakdown::request::Question;
use crate::breakdown::snapshot::{Snapshot, why};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::privacy::Disclosed;
use crate::publication::Published;

/// What a question comes to.
#[derive(Debug)]
pub enum Reading {
    /// What is told of the organisation.
    Shown(Disclosed<Incentives>),
    /// Why nothing is.
    Withheld(Why),
}

/// Reads it as of `now`.
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    question: &Question,
    now: Instant,
) -> Result<Reading> {
    let snapshot = Snapshot::of(db, organisation, question, now).await?;
    let make = |question: &Question, snapshot: &Snapshot, published: &Published| {
        incentives(question, snapshot, published)
    };
    let answer = snapshot.answer(db, question.clone(), make).await?;
    Ok(match answer.as_ref() {
        Ok(shown) => Reading::Shown(shown.clone()),
        Err(withheld) => {
            Reading::Withheld(why(db, organisation, question, withheld.clone(), now).await?)
        }
    })
}
