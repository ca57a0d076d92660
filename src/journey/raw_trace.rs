//! One journey as the log of a process tool tells it, from its tags to events.

use std::hash::BuildHasher;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::batcher::Outlet;
use super::column::Column;
use super::event::Incoming;
use super::interpret::Fields;
use super::pairing::{Alike, PairOutcome, Pairing};
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
    events: Vec<RawEvent>,
    beyond: u64,
}

/// An event whose end was not read yet.
#[derive(Default)]
pub(super) struct RawEvent {
    line: u64,
    /// Where it stands among the events of its file, for files that are one line.
    place: Option<u64>,
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

    /// The same, the event of that number of its file.
    pub(super) fn numbered(self, place: u64) -> Self {
        Self { place: Some(place), ..self }
    }

    fn field(&mut self, meaning: &Column) -> Option<&mut String> {
        Some(match meaning {
            Column::Step => &mut self.step,
            Column::Time => &mut self.time,
            Column::Start => &mut self.start,
            Column::Lifecycle => &mut self.transition,
            Column::Instance => &mut self.instance,
            Column::Group => &mut self.group,
            Column::PromisedStart => &mut self.promised_start,
            Column::Promised => &mut self.promised,
            Column::Requested => &mut self.requested,
            Column::Site => &mut self.site,
            _ => return None,
        })
    }

    /// Takes a value of that meaning; false when events have none.
    pub(super) fn put(&mut self, meaning: &Column, value: &str) -> bool {
        if let Column::Attribute(place) = meaning {
            put_attribute(&mut self.attributes, *place, value);
            return true;
        }
        self.field(meaning).map(|field| value.clone_into(field)).is_some()
    }

    /// Where a refusal of it stands, under the names of its format.
    fn placed(&self, mut refusal: Refusal) -> Refusal {
        if let Some(place) = self.place {
            let field = refusal.place.field.take().unwrap_or_default();
            refusal.place.field = Some(match field.as_str() {
                "" => format!("events[{place}]"),
                "step" => format!("events[{place}].type"),
                "end" => format!("events[{place}].time"),
                "start" if self.start.is_empty() => format!("events[{place}].time"),
                field => format!("events[{place}].{field}"),
            });
        }
        refusal
    }
}

impl RawTrace {
    /// Forgets the last trace.
    pub(super) fn begin(&mut self) {
        *self = Self::default();
    }

    /// Takes a value of that meaning about the whole journey; false when journeys have none.
    pub(super) fn put(&mut self, meaning: &Column, value: &str) -> bool {
        let field = match meaning {
            Column::Journey => &mut self.source,
            Column::Site => &mut self.site,
            Column::Contact => &mut self.contact,
            Column::Locale => &mut self.locale,
            Column::Attribute(place) => {
                put_attribute(&mut self.attributes, *place, value);
                return true;
            }
            _ => return false,
        };
        value.clone_into(field);
        true
    }

    /// Takes an event; false when there are too many already and it is only counted.
    pub(super) fn push(&mut self, event: RawEvent) -> bool {
        let fits = self.events.len() < limits::EVENTS_IN_A_JOURNEY;
        if fits {
            self.events.push(event)
        } else {
            self.beyond += 1
        }
        fits
    }

    /// Puts the events into the order of their times, in which starts meet their completions.
    pub(super) fn sort(&mut self, time: impl Fn(&str) -> Option<Instant>) {
        self.events.sort_by_cached_key(|event| time(&event.time));
    }

    /// The trace is whole: its events go out, starts and completions joined.
    pub(super) fn finish(&mut self, outlet: &mut Outlet<'_>) -> Result<()> {
        let trace = std::mem::take(self);
        let mut pairing = Pairing::new(Alike::Real, usize::MAX / 4);
        let mut out = Vec::with_capacity(trace.events.len());
        trace.refuse_beyond(outlet);
        for event in &trace.events {
            outlet.report.read += 1;
            if !event.group.is_empty() {
                outlet.report.group(&event.group);
            }
            let transition = Transition::of(&event.transition);
            if transition == Transition::Other {
                outlet.report.passed_over += 1;
                continue;
            }
            match trace.event(event, transition, outlet) {
                Err(refusal) => outlet.report.refuse(event.placed(refusal)),
                Ok(row) if row.event.start.is_some() && row.event.end.is_some() => out.push(row),
                // Without a lifecycle there is nothing to wait for.
                Ok(row) if event.transition.is_empty() => out.push(row),
                Ok(row) => match pairing.half(row, FxBuildHasher.hash_one(&event.instance)) {
                    PairOutcome::Waits | PairOutcome::Repeats => {}
                    PairOutcome::Whole(row) => {
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

    /// Events that were too many are told at the place of the last one that was not.
    fn refuse_beyond(&self, outlet: &mut Outlet<'_>) {
        let Some(last) = self.events.last() else { return };
        let text = Text::new("journey-too-many-events").with("most", limits::EVENTS_IN_A_JOURNEY);
        let refusal = last.placed(Refusal::new(text).at_line(last.line));
        (0..self.beyond).for_each(|_| outlet.report.refuse(refusal.clone()));
        outlet.report.read += self.beyond;
    }

    fn event(
        &self,
        event: &RawEvent,
        transition: Transition,
        outlet: &mut Outlet<'_>,
    ) -> Result<Incoming, Refusal> {
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

/// A value that is told again replaces the first.
fn put_attribute(attributes: &mut Vec<(usize, String)>, place: usize, value: &str) {
    match attributes.iter_mut().find(|(known, _)| *known == place) {
        Some((_, told)) => value.clone_into(told),
        None => attributes.push((place, value.to_owned())),
    }
}

/// Numbers events of one trace that could be taken for each other: in a trace they all happened.
fn number(events: &mut [Incoming]) {
    type Times = (Option<Instant>, Option<Instant>);
    let mut seen: FxHashMap<Arc<str>, Vec<Times>> = FxHashMap::default();
    let agree = |a: Option<Instant>, b: Option<Instant>| a.is_none() || b.is_none() || a == b;
    for row in events {
        let (start, end) = (row.event.start, row.event.end);
        let seen = seen.entry(row.event.step.clone()).or_default();
        row.event.ordinal = u32::try_from(
            seen.iter()
                .filter(|(s, e): &&Times| {
                    (agree(*s, start) && agree(*e, end))
                        && ((start.is_some() && *s == start) || (end.is_some() && *e == end))
                })
                .count(),
        )
        .unwrap_or(u32::MAX);
        seen.push((start, end));
    }
}
