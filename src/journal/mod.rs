//! The settings journal and the access log: append-only, numbered without a gap, hash-chained.
//!
//! Each entry's hash covers what it says, whose it is, its number and the hash before it, so one
//! altered, added or missing byte breaks the chain at that entry, and [`verify`](store::verify)
//! names it. What a chain cannot show is that its newest entries were cut off: whoever wants to
//! know keeps the last hash, which the pages print.
//!
//! The settings journal says what was changed, by which role, from what to what and why; every
//! member reads it. The access log says which role looked at a team's data, where and when; that
//! team reads it. It knows no account: it protects those who are talked about without watching
//! those who read.

pub mod chain;
pub mod difference;
pub mod objection;
pub mod phrases;
pub mod store;
pub mod web;

use serde_json::Value;

use crate::clock::Instant;
use crate::error::Result;
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::jobs::NewJob;

/// The kind of job that brings into force what was announced here.
pub const DUE: &str = "settings";

/// The kind of job that tells of a change that waits.
pub const ANNOUNCED: &str = "announced";

/// The job that brings into force what is due at an instant.
pub fn due(organisation: OrganisationId, run_at: Instant) -> NewJob {
    NewJob { organisation, kind: DUE, key: run_at.to_string(), payload: "{}".to_owned(), run_at }
}

/// Who changed a setting: the role and number of an account, or whoever holds the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author(String);

impl Author {
    pub fn command_line() -> Self {
        Self("command-line".to_owned())
    }

    /// The number tells two administrators apart, and names nobody.
    pub fn account(role: &str, number: i64) -> Self {
        Self(format!("{role} {number}"))
    }

    /// As it stands in the journal.
    pub fn stored(text: &str) -> Self {
        Self(text.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a setting was changed: never empty, one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    pub const LONGEST: usize = 1000;

    pub fn parse(text: &str) -> Result<Self> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return Err(Text::new("journal-no-reason").into());
        }
        if text.chars().count() > Self::LONGEST {
            return Err(Text::new("journal-long-reason").with("most", Self::LONGEST).into());
        }
        Ok(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub at: Instant,
    pub author: Author,
    /// What was changed, such as `setting:minimum_heads` or `blueprint:repair`.
    pub subject: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
    pub reason: Reason,
    pub effective_at: Instant,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub at: Instant,
    /// The role of who looked; a program is `api`, the machine itself `command-line`.
    pub role: String,
    /// `None` when it is the data of every team of a journey type.
    pub team: Option<String>,
    /// The page, the journey type and the partition, such as `breakdown repair site:S1`. Never a
    /// whole address.
    pub place: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainState {
    Whole {
        entries: u64,
        /// The hash of the newest entry in hexadecimal: who keeps it notices later when entries
        /// were cut off.
        last: String,
    },
    Broken {
        number: i64,
        why: Fault,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Missing,
    /// It does not follow on the entry before.
    Unlinked,
    /// Its content is not what was hashed.
    Altered,
}

impl ChainState {
    pub fn text(&self) -> Text {
        match self {
            Self::Whole { entries, last } => {
                Text::new("journal-whole").with("entries", *entries).with("last", last.as_str())
            }
            Self::Broken { number, why } => {
                let key = match why {
                    Fault::Missing => "journal-missing",
                    Fault::Unlinked => "journal-unlinked",
                    Fault::Altered => "journal-altered",
                };
                Text::new(key).with("number", number.to_string())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::journal::*;

    #[test]
    fn a_change_without_a_reason_is_refused() {
        assert!(Reason::parse(" \n ").is_err());
        assert!(Reason::parse(&"x".repeat(Reason::LONGEST + 1)).is_err());
        assert_eq!(
            Reason::parse(" agreed \n with planning ").unwrap().as_str(),
            "agreed with planning"
        );
    }
}
