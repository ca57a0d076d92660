//! What an import of answers says afterwards: counts and reasons, no values.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::error::Refusal;
use crate::i18n::Lang;
use crate::limits;

/// Every row that was read is kept, repeated or refused.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    pub read: u64,
    pub kept: u64,
    pub repeated: u64,
    pub refused: u64,
    /// The first ones, each with its place.
    pub refusals: Vec<Refusal>,
    /// All refusals, counted by reason.
    pub reasons: BTreeMap<&'static str, u64>,
    pub partial: u64,
    /// Kept, of a journey that was not known and became one of its own.
    pub unknown_journeys: u64,
    /// Held until they are redacted.
    pub comments_held: u64,
    /// Latenesses that were not needed, because the events of the journey say more.
    pub lateness_known: u64,
    /// Values of columns about people who work there, dropped, by column.
    pub persons: BTreeMap<String, u64>,
    /// The steps of the journey type when the file brought it; otherwise none.
    pub created: Vec<String>,
    /// The version of the questionnaire that the answers belong to; 0 when nothing was kept.
    pub version: i32,
}

impl Report {
    /// Counts a refusal, and keeps its text while there are few.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.refused += 1;
        *self.reasons.entry(refusal.text.key()).or_default() += 1;
        if self.refusals.len() < limits::REFUSALS_TOLD {
            self.refusals.push(refusal);
        }
    }

    /// For programs, and for the table of import notes: no value of the file is in it.
    pub fn to_json(&self, lang: Lang) -> Value {
        let refusals = self.refusals.iter().map(|refusal| {
            json!({
                "line": refusal.place.line, "column": refusal.place.field,
                "reason": refusal.text.key(), "message": refusal.say(lang),
            })
        });
        json!({
            "read": self.read, "kept": self.kept, "repeated": self.repeated,
            "refused": self.refused, "partial": self.partial,
            "unknown_journeys": self.unknown_journeys,
            "comments_held": self.comments_held, "lateness_known": self.lateness_known,
            "reasons": self.reasons, "refusals": refusals.collect::<Vec<_>>(),
            "persons_dropped": self.persons, "created_steps": self.created,
            "questionnaire": self.version,
        })
    }
}
