//! One trace of an XES log, from its tags to events.

use std::hash::BuildHasher;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::event::Incoming;
use super::interpret::Fields;
use super::outlet::Outlet;
use super::pairing::{Alike, Paired, Pairing};
use super::read_csv::Transition;
use crate::clock::Instant;
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::limits;

/// A trace whose end was not read yet.
#[derive(Default)]
pub(super) struct RawTrace {
    source: String,
    site: String,
    contact: String,
    locale: String,
    attributes: Vec<(usize, String)>,
    /// In the order of the file.
    pub(super) events: Vec<RawEvent>,
}

/// An event whose end was not read yet.
#[derive(Default)]
pub(super) struct RawEvent {
    line: u64,
    step: String,
    time: String,
    start: String,
    promised_start: String,
    promised: String,
    requested: String,
    site: String,
    transition: String,
    instance: String,
    group: String,
    attributes: Vec<(usize, String)>,
}

impl RawEvent {
    pub(super) fn at(line: u64) -> Self {
        Self { line, ..Self::default() }
    }

    /// The field that a key means.
    fn field(&mut self, key: &str) -> Option<&mut String> {
        Some(match key {
            "concept:name" => &mut self.step,
            "time:timestamp" => &mut self.time,
            "start_timestamp" | "time:start" => &mut self.start,
            "lifecycle:transition" => &mut self.transition,
            "concept:instance" => &mut self.instance,
            "org:group" => &mut self.group,
            "promised_start" => &mut self.promised_start,
            "promised" => &mut self.promised,
            "requested" => &mut self.requested,
            "site" => &mut self.site,
            _ => return None,
        })
    }
}

impl RawTrace {
    /// Forgets the last trace.
    pub(super) fn begin(&mut self) {
        *self = Self::default();
    }

    /// Takes an attribute of the trace or of its last event; false when nothing here is named so.
    pub(super) fn take(&mut self, of_event: bool, key: &str, value: &str, declared: Option<usize>) -> bool {
        let field = match self.events.last_mut().filter(|_| of_event) {
            Some(event) => event.field(key),
            None => match key {
                "concept:name" => Some(&mut self.source),
                "site" => Some(&mut self.site),
                "contact" => Some(&mut self.contact),
                "locale" => Some(&mut self.locale),
                _ => None,
            },
        };
        if let Some(field) = field {
            value.clone_into(field);
            return true;
        }
        let Some(place) = declared else { return false };
        let attributes = match self.events.last_mut().filter(|_| of_event) {
            Some(event) => &mut event.attributes,
            None => &mut self.attributes,
        };
        attributes.push((place, value.to_owned()));
        true
    }

    /// The trace is whole: its events go out, starts and completions joined.
    pub(super) fn finish(&mut self, outlet: &mut Outlet<'_>) -> Result<()> {
        let trace = std::mem::take(self);
        let mut pairing = Pairing::new(Alike::Real, usize::MAX / 4);
        let mut out = Vec::with_capacity(trace.events.len());
        for (n, event) in trace.events.iter().enumerate() {
            outlet.report.read += 1;
            if n >= limits::EVENTS_IN_A_JOURNEY {
                let text = Text::new("journey-too-many-events").with("most", limits::EVENTS_IN_A_JOURNEY);
                outlet.report.refuse(Refusal::new(text).at_line(event.line));
                continue;
            }
            if !event.group.is_empty() {
                outlet.report.group(&event.group);
            }
            let transition = Transition::of(&event.transition);
            if transition == Transition::Other {
                outlet.report.passed_over += 1;
                continue;
            }
            match trace.event(event, transition, outlet) {
                Err(refusal) => outlet.report.refuse(refusal),
                Ok(row) if row.event.start.is_some() && row.event.end.is_some() => out.push(row),
                // Without a lifecycle there is nothing to wait for.
                Ok(row) if event.transition.is_empty() => out.push(row),
                Ok(row) => match pairing.half(row, FxBuildHasher.hash_one(&event.instance)) {
                    Paired::Waits | Paired::Repeats => {}
                    Paired::Whole(row) => {
                        outlet.report.joined += 1;
                        out.push(*row);
                    }
                },
            }
        }
        out.extend(pairing.rest());
        out.sort_by_key(|row| row.line);
        number(&mut out);
        out.into_iter().try_for_each(|row| outlet.event(row))
    }

    fn event(&self, event: &RawEvent, transition: Transition, outlet: &mut Outlet<'_>) -> Result<Incoming, Refusal> {
        let (mut start, mut end) = (event.start.as_str(), "");
        match transition {
            Transition::Start if start.is_empty() => start = &event.time,
            _ => end = &event.time,
        }
        let own = event.attributes.iter();
        let attributes: Vec<(usize, &str)> =
            own.chain(&self.attributes).map(|(place, value)| (*place, value.as_str())).collect();
        outlet.interpreter.event(&Fields {
            line: event.line,
            journey: &self.source,
            step: &event.step,
            start,
            end,
            promised_start: &event.promised_start,
            promised: &event.promised,
            requested: &event.requested,
            site: if event.site.is_empty() { &self.site } else { &event.site },
            contact: &self.contact,
            locale: &self.locale,
            attributes: &attributes,
        })
    }
}

/// Numbers events of one trace that could be taken for each other: in a trace they all happened.
fn number(events: &mut [Incoming]) {
    type Times = (Option<Instant>, Option<Instant>);
    let mut seen: FxHashMap<Arc<str>, Vec<Times>> = FxHashMap::default();
    let agree = |a: Option<Instant>, b: Option<Instant>| a.is_none() || b.is_none() || a == b;
    for row in events {
        let (start, end) = (row.event.start, row.event.end);
        let alike = |(s, e): &&Times| {
            (agree(*s, start) && agree(*e, end)) && ((start.is_some() && *s == start) || (end.is_some() && *e == end))
        };
        let seen = seen.entry(row.event.step.clone()).or_default();
        row.event.ordinal = u32::try_from(seen.iter().filter(alike).count()).unwrap_or(u32::MAX);
        seen.push((start, end));
    }
}
