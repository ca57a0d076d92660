//! Erasing a customer: every row and every text about one journey, or about everything of one address.
//!
//! Whoever asks sees first what there is, and what stays: sums that were published hold nothing of anybody, and the wish
//! not to be written to stays as a keyed hash, or he would be written to again. A customer erases his own answer behind
//! his link; this is for the administrator, to whom he turns. A system that sends the journey once more brings it back, so
//! it is erased there first.

pub mod web;

use serde_json::json;

use crate::app::App;
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::invitation::store::erasure as store;
use crate::journal::{Author, Entry, Reason};
use crate::limits;

/// Whom to erase. Neither is ever stored or logged.
#[derive(Clone)]
pub enum Whom {
    /// By the identifier of a journey in its source.
    Journey(String),
    /// By an address: e-mail or telephone.
    Contact(String),
}

impl Whom {
    /// As somebody typed it: `by` is `journey` or `contact`.
    pub fn parse(by: &str, value: &str) -> Result<Self> {
        let value = value.trim();
        let refuse = |key| Err(Refusal::new(Text::new(key)).in_field("value").into());
        match by {
            _ if value.is_empty() => refuse("erasure-nobody"),
            _ if value.len() > limits::SOURCE_ID => refuse("erasure-too-long"),
            "journey" => Ok(Self::Journey(value.to_owned())),
            "contact" => Ok(Self::Contact(value.to_owned())),
            _ => refuse("erasure-nobody"),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Journey(_) => "journey",
            Self::Contact(_) => "contact",
        }
    }
}

/// How many rows there are, or were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Journeys with all that happened in them.
    pub journeys: u64,
    /// Addresses.
    pub contacts: u64,
    /// Invitations with whatever was saved in them.
    pub invitations: u64,
    /// Links and mails of these.
    pub letters: u64,
    /// Answers.
    pub responses: u64,
    /// Comments.
    pub comments: u64,
    /// What was noted in order to ask: decisions, jobs, when an address was written to.
    pub notes: u64,
    /// Of the answers and journeys, how many are part of published sums, which stay.
    pub published: u64,
}

impl Summary {
    /// Whether there is nothing to erase.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What goes, in words.
    pub fn lines(&self) -> Vec<Text> {
        [
            ("erasure-journeys", self.journeys),
            ("erasure-contacts", self.contacts),
            ("erasure-invitations", self.invitations),
            ("erasure-letters", self.letters),
            ("erasure-responses", self.responses),
            ("erasure-comments", self.comments),
            ("erasure-notes", self.notes),
        ]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| Text::new(key).with("count", count))
        .collect()
    }

    /// For programs and for the journal: counts, and nothing of whom.
    pub fn to_json(&self) -> serde_json::Value {
        json!({
            "journeys": self.journeys, "addresses": self.contacts, "invitations": self.invitations,
            "letters": self.letters, "answers": self.responses, "comments": self.comments, "notes": self.notes,
            "published": self.published,
        })
    }
}

/// What would be erased; nothing is written.
pub async fn summary(app: &App, organisation: OrganisationId, whom: &Whom) -> Result<Summary> {
    let found = store::find(app.db.reader(), organisation, whom, &app.secret).await?;
    store::count(app.db.reader(), organisation, &found).await
}

/// Erases, and writes into the journal that it was done: by whom and why, how much, and not whom.
pub async fn erase(
    app: &App,
    organisation: OrganisationId,
    whom: Whom,
    (author, reason): (Author, Reason),
) -> Result<Summary> {
    let (secret, now) = (app.secret.clone(), app.clock.now());
    let erased = app.db.write(move |tx| {
        Box::pin(async move {
            let found = store::find(tx, organisation, &whom, &secret).await?;
            let summary = store::count(tx, organisation, &found).await?;
            if summary.is_empty() {
                return Ok(summary);
            }
            store::delete(tx, organisation, &found).await?;
            let mut after = summary.to_json();
            after["found_by"] = whom.kind().into();
            let subject = "erasure".to_owned();
            let entry = Entry {
                at: now,
                author,
                subject,
                before: None,
                after: Some(after),
                reason,
                effective_at: now,
            };
            crate::journal::store::append(tx, organisation, entry).await?;
            Ok(summary)
        })
    });
    let erased = erased.await?;
    // What was deleted is gone from the tables; a reader who is slow keeps the log's copy until the next look.
    if let Err(failure) = app.db.let_go("comment").await {
        tracing::warn!(%failure, "what was erased still stands in the log of the database");
    }
    Ok(erased)
}
