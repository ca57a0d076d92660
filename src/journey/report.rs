//! What an import says afterwards: counts and reasons, no values.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::error::Refusal;
use crate::i18n::Lang;
use crate::limits;
use crate::privacy::person;

/// Every row that was read is kept, repeated, refused, joined to another or passed over.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub read: u64,
    pub kept: u64,
    pub repeated: u64,
    pub refused: u64,
    /// Rows that together with another make one event: the start of a completed activity.
    pub joined: u64,
    /// Rows whose lifecycle transition is neither a start nor an end, and events of no journey.
    pub passed_over: u64,
    /// Journeys that were not known before.
    pub journeys: u64,
    pub changed: u64,
    pub refusals: Vec<Refusal>,
    pub reasons: BTreeMap<&'static str, u64>,
    /// Values about persons that were dropped, by column; objects that are persons, by type.
    pub persons: BTreeMap<String, u64>,
    /// Values of columns that nobody declared, by column; objects that are no journeys, by type.
    pub ignored: BTreeMap<String, u64>,
    /// Values of `org:group`, for the administrator to look at; never stored.
    pub groups: BTreeSet<String>,
}

impl Report {
    /// Notes a refusal: counted always, told in full while there are few.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.refused += 1;
        *self.reasons.entry(refusal.text.key()).or_default() += 1;
        if self.refusals.len() < limits::REFUSALS_TOLD {
            self.refusals.push(refusal);
        }
    }

    /// Counts `values` of a column that nobody declared, as a person's or as ignored.
    pub fn drop_column(&mut self, name: &str, values: u64) {
        let person = person::is_person_column(name) || person::sign_in(name).is_some();
        let counts = if person { &mut self.persons } else { &mut self.ignored };
        let name = told(name);
        if let Some(count) = counts.get_mut(name) {
            *count += values;
        } else if counts.len() < limits::COLUMNS_TOLD {
            counts.insert(name.to_owned(), values);
        } else {
            *counts.entry("…".to_owned()).or_default() += values;
        }
    }

    /// Notes a value of `org:group`, unless it looks like a person.
    pub fn group(&mut self, value: &str) {
        let fits = self.groups.len() < limits::GROUPS_TOLD && value.len() <= limits::NAME;
        if fits && !self.groups.contains(value) && person::sign_in(value).is_none() {
            self.groups.insert(value.to_owned());
        }
    }

    /// What is kept of it: counts and reasons, and of the refusals only their places.
    pub fn stored(&self) -> serde_json::Value {
        let mut stored = self.to_json(Lang::En);
        if let Some(refusals) = stored["refusals"].as_array_mut() {
            refusals.iter_mut().filter_map(serde_json::Value::as_object_mut).for_each(|told| {
                told.remove("message");
            });
        }
        stored
    }

    pub fn to_json(&self, lang: Lang) -> serde_json::Value {
        serde_json::json!({
            "read": self.read, "kept": self.kept, "repeated": self.repeated, "refused": self.refused,
            "joined": self.joined, "passed_over": self.passed_over,
            "journeys": { "new": self.journeys, "changed": self.changed },
            "reasons": self.reasons, "refusals": self.refusals.iter().map(|refusal: &Refusal| RefusalView {
            line: refusal.place.line,
            field: refusal.place.field.clone(),
            reason: refusal.text.key(),
            message: refusal.say(lang),
        }).collect::<Vec<_>>(),
            "persons_dropped": self.persons, "ignored": self.ignored,
        })
    }
}

#[derive(Serialize)]
struct RefusalView {
    line: Option<u64>,
    field: Option<String>,
    reason: &'static str,
    message: String,
}

/// The name of a column, unless it is itself about a person or too long to be a name.
fn told(name: &str) -> &str {
    if name.len() > limits::NAME || person::sign_in(name).is_some() { "…" } else { name }
}

#[cfg(test)]
mod tests {
    use crate::i18n::Text;
    use crate::journey::report::*;

    #[test]
    fn refusals_are_counted_beyond_those_told() {
        let mut report = Report::default();
        for line in 0..limits::REFUSALS_TOLD as u64 + 5 {
            report.refuse(Refusal::new(Text::new("journey-no-step")).at_line(line));
        }
        assert_eq!(report.refusals.len(), limits::REFUSALS_TOLD);
        assert_eq!(report.reasons["journey-no-step"], limits::REFUSALS_TOLD as u64 + 5);
    }

    #[test]
    fn columns_of_persons_are_counted_apart_and_names_of_persons_never_told() {
        let mut report = Report::default();
        report.drop_column("org:resource", 3);
        report.drop_column("org:resource", 2);
        report.drop_column("product", 1);
        report.drop_column("Mme Durand", 1);
        report.group("Group 1");
        report.group("M. Dupont");
        assert_eq!(
            report.persons,
            BTreeMap::from([("org:resource".to_owned(), 5), ("…".to_owned(), 1)])
        );
        assert_eq!(report.ignored.keys().collect::<Vec<_>>(), ["product"]);
        assert_eq!(report.groups.len(), 1);
    }
}
