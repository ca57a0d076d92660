//! Puts a batch of events into the traces of their journeys. Pure: rows in, changed rows out.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Blueprint;
use super::event::{Contact, Incoming};
use super::trace::{Merged, Trace};
use crate::clock::Instant;
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::limits;
use crate::token::JourneyId;

/// What is stored of a journey.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Where.
    pub site: Option<String>,
    /// JSON object of its attributes.
    pub attributes: Option<String>,
    /// JSON of its events.
    pub trace: String,
}

/// A journey that is new or has changed.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The journey.
    pub id: JourneyId,
    /// Where.
    pub site: Option<Arc<str>>,
    /// JSON object of its attributes.
    pub attributes: Option<String>,
    /// JSON of its events.
    pub trace: String,
    /// Instant of its first event.
    pub started_at: Instant,
    /// Instant of its last event.
    pub ended_at: Instant,
    /// When it counts as over.
    pub finished_at: Instant,
    /// Whether it has reached the blueprint's last step.
    pub reached_end: bool,
}

/// What became of a batch.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The journeys to write.
    pub changed: Vec<Changed>,
    /// Addresses that came with it, with the instant at which their journey counts as over.
    pub contacts: Vec<(JourneyId, Box<Contact>, Instant)>,
    /// Events that were new or told something new.
    pub kept: u64,
    /// Events that were known.
    pub repeated: u64,
    /// Journeys that were not known.
    pub new_journeys: u64,
    /// Events that no trace could take.
    pub refusals: Vec<Refusal>,
}

/// Merges a batch into what is known of its journeys.
pub fn merge(mut events: Vec<Incoming>, known: &FxHashMap<JourneyId, Known>, blueprint: &Blueprint) -> Result<Outcome> {
    // In order of time within a journey, so that the order of rows does not decide whose site counts.
    events.sort_by_key(|event| (event.journey, event.event.at()));
    let mut outcome = Outcome::default();
    let mut events = events.into_iter().peekable();
    while let Some(first) = events.next() {
        let id = first.journey;
        let mut journey = Journey::new(id, known.get(&id))?;
        journey.take(first, &mut outcome);
        while let Some(next) = events.next_if(|next| next.journey == id) {
            journey.take(next, &mut outcome);
        }
        journey.finish(blueprint, &mut outcome);
    }
    Ok(outcome)
}

/// One journey while its events arrive.
struct Journey {
    id: JourneyId,
    is_new: bool,
    trace: Trace,
    site: Option<Arc<str>>,
    attributes: BTreeMap<Arc<str>, Arc<str>>,
    contact: Option<Box<Contact>>,
    changed: bool,
}

impl Journey {
    fn new(id: JourneyId, known: Option<&Known>) -> Result<Self> {
        let mut journey = Self {
            id,
            is_new: known.is_none(),
            trace: Trace::default(),
            site: None,
            attributes: BTreeMap::new(),
            contact: None,
            changed: false,
        };
        if let Some(known) = known {
            journey.trace = Trace::parse(&known.trace)?;
            journey.site = known.site.as_deref().map(Arc::from);
            journey.attributes = known.attributes.as_deref().map(parsed).unwrap_or_default();
        }
        Ok(journey)
    }

    fn take(&mut self, incoming: Incoming, outcome: &mut Outcome) {
        if self.trace.events.len() >= limits::EVENTS_IN_A_JOURNEY {
            let text = Text::new("journey-too-many-events").with("most", limits::EVENTS_IN_A_JOURNEY);
            outcome.refusals.push(Refusal::new(text).at_line(incoming.line));
            return;
        }
        let mut kept = self.trace.merge(incoming.event) == Merged::Kept;
        if self.site.is_none() && incoming.site.is_some() {
            self.site = incoming.site;
            kept = true;
        }
        for (name, value) in incoming.attributes {
            if let std::collections::btree_map::Entry::Vacant(place) = self.attributes.entry(name) {
                place.insert(value);
                kept = true;
            }
        }
        self.contact = self.contact.take().or(incoming.contact);
        self.changed |= kept;
        outcome.kept += u64::from(kept);
        outcome.repeated += u64::from(!kept);
    }

    fn finish(self, blueprint: &Blueprint, outcome: &mut Outcome) {
        let (Some(started_at), Some(ended_at), Some(finished_at)) = (
            self.trace.started_at(),
            self.trace.ended_at(),
            self.trace.finished_at(blueprint.last_step(), blueprint.quiet_days),
        ) else {
            return;
        };
        if let Some(contact) = self.contact {
            outcome.contacts.push((self.id, contact, finished_at));
        }
        if !self.changed {
            return;
        }
        outcome.new_journeys += u64::from(self.is_new);
        outcome.changed.push(Changed {
            id: self.id,
            site: self.site,
            attributes: (!self.attributes.is_empty()).then(|| json(&self.attributes)),
            trace: self.trace.to_json(),
            started_at,
            ended_at,
            finished_at,
            reached_end: self.trace.reached(blueprint.last_step()).is_some(),
        });
    }
}

fn parsed(json: &str) -> BTreeMap<Arc<str>, Arc<str>> {
    let values: BTreeMap<String, String> = serde_json::from_str(json).unwrap_or_default();
    values.into_iter().map(|(name, value)| (name.into(), value.into())).collect()
}

fn json(attributes: &BTreeMap<Arc<str>, Arc<str>>) -> String {
    let object: serde_json::Map<String, serde_json::Value> =
        attributes.iter().map(|(name, value)| (name.to_string(), serde_json::Value::from(&**value))).collect();
    serde_json::Value::Object(object).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::trace::Event;
    use super::*;

    fn row(journey: u8, step: &str, at: i64, site: Option<&str>) -> Incoming {
        Incoming {
            journey: JourneyId([journey; 16]),
            event: Event::new(step, Some(at), Some(at + 1)),
            site: site.map(Arc::from),
            attributes: vec![("channel".into(), "web".into())],
            contact: Contact::parse("a@example.org", None).map(Box::new),
            line: at as u64,
        }
    }

    fn merged(events: Vec<Incoming>, known: &FxHashMap<JourneyId, Known>) -> Outcome {
        merge(events, known, &Blueprint::unknown("repair")).unwrap()
    }

    #[test]
    fn journeys_are_put_together_in_any_order_of_rows() {
        let rows = vec![row(1, "B", 20, Some("S2")), row(2, "A", 5, None), row(1, "A", 10, Some("S1"))];
        let outcome = merged(rows, &FxHashMap::default());
        assert_eq!((outcome.kept, outcome.repeated, outcome.new_journeys), (3, 0, 2));
        let first = outcome.changed.iter().find(|row| row.id == JourneyId([1; 16])).unwrap();
        assert_eq!(first.site.as_deref(), Some("S1"), "the site of the earliest event");
        assert_eq!((first.started_at, first.ended_at), (10, 21));
        assert_eq!(first.attributes.as_deref(), Some(r#"{"channel":"web"}"#));
        assert_eq!(outcome.contacts.len(), 2);
    }

    #[test]
    fn what_is_known_already_is_not_written_again() {
        let rows = || vec![row(1, "A", 10, Some("S1")), row(1, "B", 20, None)];
        let first = merged(rows(), &FxHashMap::default());
        let known = first.changed.into_iter().map(|row| {
            (row.id, Known { site: row.site.map(|s| s.to_string()), attributes: row.attributes, trace: row.trace })
        });
        let again = merged(rows(), &known.collect());
        assert_eq!((again.kept, again.repeated, again.changed.len()), (0, 2, 0));
    }

    #[test]
    fn an_endless_journey_is_refused_where_it_becomes_too_long() {
        let rows = (0..limits::EVENTS_IN_A_JOURNEY as i64 + 2).map(|n| row(1, "A", n * 10, None)).collect();
        let outcome = merged(rows, &FxHashMap::default());
        assert_eq!(outcome.kept, limits::EVENTS_IN_A_JOURNEY as u64);
        assert_eq!(outcome.refusals.len(), 2);
        assert_eq!(outcome.refusals[0].place.line, Some(limits::EVENTS_IN_A_JOURNEY as u64 * 10));
    }
}
