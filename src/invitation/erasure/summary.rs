//! Whom to erase, and how much there is of them.

use serde_json::json;

use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::limits;

/// Whom to erase. Neither value is ever stored or logged.
#[derive(Clone)]
pub enum ErasureTarget {
    /// By the identifier of a journey in its source.
    Journey(String),
    /// By an address: e-mail or telephone.
    Contact(String),
}

impl ErasureTarget {
    /// Reads what somebody typed: `by` is `journey` or `contact`.
    pub fn parse(by: &str, value: &str) -> Result<Self> {
        let value = value.trim();
        let problem = match by {
            _ if value.is_empty() => "erasure-nobody",
            _ if value.len() > limits::SOURCE_ID => "erasure-too-long",
            "journey" => return Ok(Self::Journey(value.to_owned())),
            "contact" => return Ok(Self::Contact(value.to_owned())),
            _ => "erasure-nobody",
        };
        Err(Refusal::new(Text::new(problem)).in_field("value").into())
    }

    pub(super) fn found_by(&self) -> &'static str {
        match self {
            Self::Journey(_) => "journey",
            Self::Contact(_) => "contact",
        }
    }
}

/// How many rows are to be erased, or were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub journeys: u64,
    pub contacts: u64,
    /// Invitations with whatever was saved in them.
    pub invitations: u64,
    pub mails: u64,
    /// Mails that lie as files in the folder of mails.
    pub mail_files: u64,
    pub responses: u64,
    pub comments: u64,
    /// What was noted in order to ask: decisions, jobs, when an address was written to.
    pub notes: u64,
    /// How many of the answers and journeys are part of published sums, which stay.
    pub published: u64,
}

impl Summary {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub fn lines(&self) -> Vec<Text> {
        [
            ("erasure-journeys", self.journeys),
            ("erasure-contacts", self.contacts),
            ("erasure-invitations", self.invitations),
            ("erasure-letters", self.mails),
            ("erasure-mail-files", self.mail_files),
            ("erasure-responses", self.responses),
            ("erasure-comments", self.comments),
            ("erasure-notes", self.notes),
        ]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| Text::new(key).with("count", count))
        .collect()
    }

    /// For programs and for the journal: counts, and nothing about whom.
    pub fn to_json(&self) -> serde_json::Value {
        json!({
            "journeys": self.journeys, "addresses": self.contacts, "invitations": self.invitations,
            "letters": self.mails, "mail_files": self.mail_files, "answers": self.responses, "comments": self.comments,
            "notes": self.notes, "published": self.published,
        })
    }
}
