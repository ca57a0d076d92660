//! Answers a question: reads what was published, splits it, and passes it through the gate.

use std::sync::Arc;

use super::request::Question;
use super::snapshot::{Snapshot, why};
use super::{Breakdown, attribution};
use crate::calendar::{Zone, date_in_words};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::{Lang, Text};
use crate::id::OrganisationId;
use crate::privacy::{Disclosed, Reason, Withheld};

/// What a reader gets.
#[derive(Debug)]
pub enum Reading {
    /// What may be shown.
    Shown(Box<Disclosed<Breakdown>>),
    /// Why nothing may be, and what to do about it.
    Withheld(Why),
}

/// Why nothing is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// The gate said no.
    Gate(Withheld),
    /// Of the one figure asked for, the gate said no.
    Hidden(Reason),
    /// The teams read first; from this instant on others do.
    TeamsFirst(Instant),
}

impl Why {
    /// The words, with days as they are in the organisation's zone.
    pub fn say(&self, zone: &Zone, lang: Lang) -> String {
        match self {
            Self::Gate(withheld) => withheld.text().say(lang),
            Self::Hidden(reason) => reason.text().say(lang),
            Self::TeamsFirst(opening) => Text::new("breakdown-teams-first")
                .with("date", date_in_words(zone.date(*opening), lang))
                .say(lang),
        }
    }
}

/// Answers a question as of `now`.
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    question: &Question,
    now: Instant,
) -> Result<Reading> {
    let snapshot = Snapshot::of(db, organisation, question, now).await?;
    match answer(db, question, snapshot).await?.as_ref() {
        Ok(shown) => Ok(Reading::Shown(Box::new(shown.clone()))),
        Err(withheld) => {
            Ok(Reading::Withheld(why(db, organisation, question, withheld.clone(), now).await?))
        }
    }
}

/// The answer on a snapshot, or what the gate said.
pub(crate) type Answer = std::result::Result<Disclosed<Breakdown>, Withheld>;

/// Splits what was published, unless that is remembered.
pub(crate) async fn answer(
    db: &Db,
    question: &Question,
    snapshot: Snapshot,
) -> Result<Arc<Answer>> {
    if let Some(answer) = snapshot.remembered(db, question) {
        return Ok(answer);
    }
    let (pool, published) = (snapshot.pool(db).await?, snapshot.published(db).await?);
    let split = move |asked: &Question, snapshot: &Snapshot| {
        attribution::split(asked, &published, &pool, snapshot.settings, &snapshot.headcounts)
    };
    snapshot.keep(db, question.clone(), split).await
}
