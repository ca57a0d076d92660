//! Answers a question: reads what was published, splits it, and passes it through the gate.

use super::request::Question;
use super::{Breakdown, Eyes, split, store};
use crate::calendar::{Zone, date_in_words};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Text};
use crate::privacy::{self, Disclosed, Reason, Withheld};
use crate::publication;

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
            Self::TeamsFirst(opening) => {
                Text::new("breakdown-teams-first").with("date", date_in_words(zone.date(*opening), lang)).say(lang)
            }
        }
    }
}

/// Answers a question as of `now`.
pub async fn read(db: &Db, organisation: i64, question: &Question, now: Instant) -> Result<Reading> {
    let connection = db.reader();
    let settings = privacy::store::settings(connection, organisation).await?;
    let settings = settings.ok_or_else(|| Error::Internal("the organisation is gone".to_owned()))?;
    let headcounts = privacy::store::headcounts(connection, organisation).await?;
    let code = &question.chain.code;
    let published =
        publication::store::published(connection, organisation, code, &question.window, question.eyes.visible_at(now))
            .await?;
    let asked = question.clone();
    // Refitting for every replicate group takes a while, and the threads that serve others must not wait for it.
    let split = tokio::task::spawn_blocking(move || split::split(&asked, &published, settings, &headcounts));
    let split = split.await.map_err(|failure| Error::Internal(format!("the breakdown broke off: {failure}")))??;
    match split {
        Ok(shown) => Ok(Reading::Shown(Box::new(shown))),
        Err(Withheld::NothingReleased) if question.eyes == Eyes::Owner => {
            let opening = store::next_opening(connection, organisation, code, &question.partition, now).await?;
            Ok(Reading::Withheld(opening.map_or(Why::Gate(Withheld::NothingReleased), Why::TeamsFirst)))
        }
        Err(withheld) => Ok(Reading::Withheld(Why::Gate(withheld))),
    }
}
