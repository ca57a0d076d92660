//! Leaving the pilot: a team has reviewed it, and the works council was informed or there is a
//! reason why not.
//!
//! Until then figures go to the teams alone. After at most 90 days a pilot is over, and nothing
//! new is published until it was either reviewed here or given up.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::journal::{self, Author, Entry, Reason};
use crate::organisation::{Stage, store};

/// What the works council knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Council {
    /// It was informed on that day.
    Informed(Date),
    /// It need not be, for that reason: for instance because there is none.
    NotNeeded(Reason),
}

/// How a pilot ends.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// The team that reviewed the pilot.
    pub reviewed_by: String,
    /// What the works council knows.
    pub council: Council,
    /// Why the organisation goes on.
    pub reason: Reason,
}

impl Leaving {
    fn after(&self) -> Value {
        match &self.council {
            Council::Informed(day) => {
                json!({"stage": "running", "reviewed_by": self.reviewed_by, "council_informed": day.to_string()})
            }
            Council::NotNeeded(why) => {
                json!({"stage": "running", "reviewed_by": self.reviewed_by, "council_not_needed": why.as_str()})
            }
        }
    }
}

/// Ends the pilot of an organisation, and writes down how.
pub async fn end(
    db: &Db,
    organisation: OrganisationId,
    leaving: Leaving,
    author: Author,
    now: Instant,
) -> Result<()> {
    db.write(move |tx| {
        Box::pin(async move {
            let row = store::must_exist(tx, organisation).await?;
            if Stage::of_row(&row.stage, row.pilot_until) == Stage::Running {
                return Err(Text::new("team-pilot-is-over").into());
            }
            if store::team_name(tx, organisation, &leaving.reviewed_by).await?.is_none() {
                return Err(Text::new("team-unknown-team")
                    .with("team", leaving.reviewed_by.as_str())
                    .into());
            }
            let today = store::zone(tx, organisation).await?.date(now);
            if matches!(leaving.council, Council::Informed(day) if day > today) {
                return Err(Text::new("team-pilot-future").into());
            }
            store::end_pilot(tx, organisation).await?;
            journal::store::append(tx, organisation, entry(&leaving, author, now)).await?;
            Ok(())
        })
    })
    .await
}

fn entry(leaving: &Leaving, author: Author, now: Instant) -> Entry {
    Entry {
        at: now,
        author,
        subject: "pilot".to_owned(),
        before: Some(json!({"stage": "pilot"})),
        after: Some(leaving.after()),
        reason: leaving.reason.clone(),
        effective_at: now,
    }
}
