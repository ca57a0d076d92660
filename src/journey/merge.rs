//! Puts a batch of events into the traces of their journeys. Pure: rows in, changed rows out.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::sync::Arc;
use std::vec::IntoIter;

use rustc_hash::FxHashMap;

use super::event::{Contact, Incoming};
use super::feeds::Arrivals;
use super::json;
use super::trace::{MergeOutcome, Trace};
use crate::blueprint::Blueprint;
use crate::clock::Instant;
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::limits;
use crate::token::JourneyId;

#[derive(Clone, Debug, Default)]
pub struct StoredJourney {
    pub site: Option<String>,
    /// JSON object of its attributes.
    pub attributes: Option<String>,
    /// JSON of its events.
    pub trace: String,
}

/// A journey that is new or has changed.
#[derive(Clone, Debug)]
pub struct Changed {
    pub id: JourneyId,
    pub site: Option<Arc<str>>,
    /// JSON object of its attributes.
    pub attributes: Option<String>,
    /// JSON of its events.
    pub trace: String,
    pub started_at: Instant,
    pub ended_at: Instant,
    pub finished_at: Instant,
}

/// What became of a batch, beside the rows to write.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Journeys that changed and have reached the blueprint's last step.
    pub ended: Vec<JourneyId>,
    /// Addresses that came with it, with the instant at which their journey counts as over.
    pub contacts: Vec<(JourneyId, Box<Contact>, Instant)>,
    pub kept: u64,
    pub repeated: u64,
    /// Journeys that were not known.
    pub new_journeys: u64,
    pub changed_journeys: u64,
    pub refusals: Vec<Refusal>,
    pub arrived: FxHashMap<Arc<str>, Arrivals>,
}

/// Merges a batch into what is known of its journeys, some journeys at a time, so that the
/// database can write those that are done meanwhile.
pub struct Merger<'a> {
    /// In order of time within a journey, so that the order of rows does not decide whose site
    /// counts.
    order: Peekable<IntoIter<(JourneyId, Instant, usize)>>,
    events: Vec<Option<Incoming>>,
    known: &'a FxHashMap<JourneyId, StoredJourney>,
    blueprint: &'a Blueprint,
    outcome: Outcome,
}

impl<'a> Merger<'a> {
    pub fn new(
        events: Vec<Incoming>,
        known: &'a FxHashMap<JourneyId, StoredJourney>,
        blueprint: &'a Blueprint,
    ) -> Self {
        // Places are sorted instead of events, which are large.
        let mut order: Vec<_> =
            (0..).zip(&events).map(|(n, row)| (row.journey, row.event.at(), n)).collect();
        order.sort_unstable();
        let events = events.into_iter().map(Some).collect();
        Self {
            order: order.into_iter().peekable(),
            events,
            known,
            blueprint,
            outcome: Outcome::default(),
        }
    }

    /// The next changed journeys, `most` at once; none when all are done.
    pub fn rows(&mut self, most: usize) -> Result<Vec<Changed>> {
        let mut rows = Vec::with_capacity(most.min(self.order.len()));
        while rows.len() < most
            && let Some((id, _, first)) = self.order.next()
        {
            let mut journey = Journey::new(id, self.known.get(&id))?;
            journey.take(self.events[first].take(), &mut self.outcome);
            while let Some((_, _, next)) = self.order.next_if(|next| next.0 == id) {
                journey.take(self.events[next].take(), &mut self.outcome);
            }
            rows.extend(journey.finish(self.blueprint, &mut self.outcome));
        }
        Ok(rows)
    }

    pub fn outcome(self) -> Outcome {
        self.outcome
    }
}

struct Journey {
    id: JourneyId,
    is_new: bool,
    trace: Trace,
    site: Option<Arc<str>>,
    attributes: Vec<(Arc<str>, Arc<str>)>,
    contact: Option<Box<Contact>>,
    changed: bool,
}

impl Journey {
    fn new(id: JourneyId, known: Option<&StoredJourney>) -> Result<Self> {
        let mut journey = Self {
            id,
            is_new: known.is_none(),
            trace: Trace::default(),
            site: None,
            attributes: Vec::new(),
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

    fn take(&mut self, incoming: Option<Incoming>, outcome: &mut Outcome) {
        let Some(incoming) = incoming else { return };
        if self.trace.faded {
            outcome.repeated += 1;
            return;
        }
        if self.trace.events.len() >= limits::EVENTS_IN_A_JOURNEY {
            let text =
                Text::new("journey-too-many-events").with("most", limits::EVENTS_IN_A_JOURNEY);
            outcome.refusals.push(Refusal::new(text).at_line(incoming.line));
            return;
        }
        let (step, arrived) = (incoming.event.step.clone(), Arrivals::of(&incoming.event));
        let mut kept = self.trace.merge(incoming.event) == MergeOutcome::Changed;
        if self.site.is_none() && incoming.site.is_some() {
            self.site = incoming.site;
            kept = true;
        }
        for (name, value) in incoming.attributes.iter() {
            if !self.attributes.iter().any(|(known, _)| known == name) {
                self.attributes.push((name.clone(), value.clone()));
                kept = true;
            }
        }
        self.contact = self.contact.take().or(incoming.contact);
        self.changed |= kept;
        outcome.kept += u64::from(kept);
        if kept {
            outcome.arrived.entry(step).or_default().add(arrived);
        }
        outcome.repeated += u64::from(!kept);
    }

    fn finish(mut self, blueprint: &Blueprint, outcome: &mut Outcome) -> Option<Changed> {
        let finished_at = self.trace.finished_at(blueprint)?;
        if let Some(contact) = self.contact {
            outcome.contacts.push((self.id, contact, finished_at));
        }
        if !self.changed {
            return None;
        }
        outcome.new_journeys += u64::from(self.is_new);
        outcome.changed_journeys += u64::from(!self.is_new);
        if self.trace.reached(blueprint.last_step()).is_some() {
            outcome.ended.push(self.id);
        }
        self.attributes.sort_unstable();
        Some(Changed {
            id: self.id,
            site: self.site,
            attributes: (!self.attributes.is_empty()).then(|| object(&self.attributes)),
            trace: self.trace.to_json(),
            started_at: self.trace.started_at()?,
            ended_at: self.trace.ended_at()?,
            finished_at,
        })
    }
}

fn parsed(json: &str) -> Vec<(Arc<str>, Arc<str>)> {
    let values: BTreeMap<String, String> = serde_json::from_str(json).unwrap_or_default();
    values.into_iter().map(|(name, value)| (name.into(), value.into())).collect()
}

fn object(attributes: &[(Arc<str>, Arc<str>)]) -> String {
    let mut out = String::from("{");
    for (name, value) in attributes {
        out.push_str(if out.len() > 1 { "," } else { "" });
        json::name(&mut out, name);
        out.push(':');
        json::name(&mut out, value);
    }
    out.push('}');
    out
}

#[cfg(test)]
mod tests {
    use crate::journey::merge::*;
    use crate::journey::trace::Event;

    fn row(journey: u8, step: &str, at: i64, site: Option<&str>) -> Incoming {
        Incoming {
            journey: JourneyId([journey; 16]),
            event: Event::new(step, Some(at), Some(at + 1)),
            site: site.map(Arc::from),
            attributes: [("channel".into(), "web".into())].into(),
            contact: Contact::parse("a@example.org", None).map(Box::new),
            line: at as u64,
        }
    }

    fn merged(
        events: Vec<Incoming>,
        known: &FxHashMap<JourneyId, StoredJourney>,
    ) -> (Vec<Changed>, Outcome) {
        let blueprint = Blueprint::unknown("repair");
        let mut merger = Merger::new(events, known, &blueprint);
        let mut rows = merger.rows(1).unwrap();
        rows.extend(merger.rows(usize::MAX).unwrap());
        (rows, merger.outcome())
    }

    #[test]
    fn journeys_are_put_together_in_any_order_of_rows() {
        let rows =
            vec![row(1, "B", 20, Some("S2")), row(2, "A", 5, None), row(1, "A", 10, Some("S1"))];
        let (rows, outcome) = merged(rows, &FxHashMap::default());
        assert_eq!((outcome.kept, outcome.repeated, outcome.new_journeys), (3, 0, 2));
        let first = rows.iter().find(|row| row.id == JourneyId([1; 16])).unwrap();
        assert_eq!(first.site.as_deref(), Some("S1"), "the site of the earliest event");
        assert_eq!((first.started_at, first.ended_at), (10, 21));
        assert_eq!(first.attributes.as_deref(), Some(r#"{"channel":"web"}"#));
        assert_eq!(outcome.contacts.len(), 2);
    }

    #[test]
    fn what_is_known_already_is_not_written_again() {
        let rows = || vec![row(1, "A", 10, Some("S1")), row(1, "B", 20, None)];
        let (first, _) = merged(rows(), &FxHashMap::default());
        let known = first.into_iter().map(|row| {
            (
                row.id,
                StoredJourney {
                    site: row.site.map(|s| s.to_string()),
                    attributes: row.attributes,
                    trace: row.trace,
                },
            )
        });
        let (changed, again) = merged(rows(), &known.collect());
        assert_eq!((again.kept, again.repeated, changed.len()), (0, 2, 0));
    }

    #[test]
    fn an_endless_journey_is_refused_where_it_becomes_too_long() {
        let rows = (0..limits::EVENTS_IN_A_JOURNEY as i64 + 2)
            .map(|n| row(1, "A", n * 10, None))
            .collect();
        let (_, outcome) = merged(rows, &FxHashMap::default());
        assert_eq!(outcome.kept, limits::EVENTS_IN_A_JOURNEY as u64);
        assert_eq!(outcome.refusals.len(), 2);
        assert_eq!(outcome.refusals[0].place.line, Some(limits::EVENTS_IN_A_JOURNEY as u64 * 10));
    }
}
