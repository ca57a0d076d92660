//! Gathers the events of each journey from all over a log.
//!
//! Journeys are gathered in the order of the file, as many at once as the memory may take: when it
//! is full, the later half is let go and waits for the next reading.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::columns::Columns;
use super::index::Index;
use super::notation::Notation;
use super::piece::{Attribute, Event, Object, Piece, Place};
use crate::error::Result;
use crate::i18n::Text;
use crate::journey::batcher::Outlet;
use crate::journey::column::Column;
use crate::journey::interpret::Interpreter;
use crate::journey::raw_trace::{RawEvent, RawTrace};
use crate::journey::source::Source;
use crate::limits;

pub(super) struct Gathering<'a> {
    index: &'a Index,
    kind: usize,
    columns: &'a Columns,
    /// The numbers of the objects that are gathered: from the first, before the second.
    window: (u32, u32),
    traces: BTreeMap<u32, PartialJourney>,
    /// What the traces take of the memory, in bytes.
    bytes: usize,
    room: usize,
}

/// A journey as far as it was gathered.
#[derive(Default)]
struct PartialJourney {
    trace: RawTrace,
    bytes: usize,
}

impl<'a> Gathering<'a> {
    /// Of all objects of type `kind`, as many at once as fit into `room`.
    pub(super) fn new(index: &'a Index, kind: usize, columns: &'a Columns, room: usize) -> Self {
        Self {
            index,
            kind,
            columns,
            window: (0, index.len()),
            traces: BTreeMap::new(),
            bytes: 0,
            room,
        }
    }

    /// Reads the file until all journeys have gone into `outlet`; `read` is told how far the first
    /// reading has come.
    pub(super) fn run(
        mut self,
        source: &Source,
        notation: Notation,
        outlet: &mut Outlet<'_>,
        mut read: Arc<AtomicU64>,
    ) -> Result<()> {
        while self.window.0 < self.index.len() {
            let first = self.window.0 == 0;
            notation.pieces(
                source,
                std::mem::take(&mut read),
                &mut |place, piece| match piece {
                    Piece::Object(object) => self.object(object, &outlet.interpreter),
                    Piece::Event(event) => {
                        if first {
                            self.tell_loose(place, &event, outlet);
                        }
                        self.event(place, &event);
                    }
                },
            )?;
            for (_, PartialJourney { mut trace, .. }) in std::mem::take(&mut self.traces) {
                trace.sort(|time| outlet.interpreter.instant(time));
                trace.finish(outlet)?;
            }
            self.bytes = 0;
            self.window = (self.window.1, self.index.len());
        }
        Ok(())
    }

    /// What an object says of its journey: of values that changed, the last.
    fn object(&mut self, mut object: Object, interpreter: &Interpreter) {
        let Some(number) = self.number_of(&object.id).filter(|_| self.is_kind(&object)) else {
            return;
        };
        object.attributes.sort_by_cached_key(|attribute| interpreter.instant(&attribute.time));
        self.gather(number, &object.id, |gathered, columns| {
            for Attribute { name, value, .. } in &object.attributes {
                if let Some(meaning) = columns.of_objects.get(name).filter(|_| !value.is_empty()) {
                    gathered.about(meaning, value);
                }
            }
        });
    }

    /// An event goes to each of its journeys once, in however many ways it is related to it.
    fn event(&mut self, place: Place, event: &Event) {
        let ids = event.relationships.iter().map(|related| related.object.as_str());
        let journeys: BTreeMap<u32, &str> =
            ids.filter_map(|id| Some((self.number_of(id)?, id))).collect();
        for (number, id) in journeys {
            self.gather(number, id, |gathered, columns| gathered.event(place, event, columns));
        }
    }

    /// Notes relations to objects that are not there, and events that are of no journey.
    fn tell_loose(&self, place: Place, event: &Event, outlet: &mut Outlet<'_>) {
        let mut loose = true;
        for related in &event.relationships {
            match self.index.object_of(&related.object) {
                Some(known) if known.kind != self.kind => {}
                Some(_) => loose = false,
                None => {
                    loose = false;
                    outlet.report.read += 1;
                    outlet
                        .report
                        .refuse(place.refuse("events", Text::new("journey-ocel-no-object")));
                }
            }
        }
        if loose {
            outlet.report.read += 1;
            outlet.report.passed_over += 1;
        }
    }

    fn is_kind(&self, object: &Object) -> bool {
        self.index.place_of(&object.kind) == Some(self.kind)
    }

    /// The number of a journey that this reading gathers.
    fn number_of(&self, id: &str) -> Option<u32> {
        let known = self.index.object_of(id).filter(|known| known.kind == self.kind)?;
        (self.window.0..self.window.1).contains(&known.number).then_some(known.number)
    }

    /// Adds to a journey, and lets the later half go when the memory is full.
    fn gather(&mut self, number: u32, id: &str, add: impl FnOnce(&mut PartialJourney, &Columns)) {
        let before = self.traces.get(&number).map_or(0, |gathered| gathered.bytes);
        let gathered = self.traces.entry(number).or_insert_with(|| PartialJourney::of(id));
        add(gathered, self.columns);
        self.bytes += gathered.bytes - before;
        if self.bytes > self.room
            && self.traces.len() > 1
            && let Some(middle) = self.traces.keys().nth(self.traces.len() / 2).copied()
        {
            self.window.1 = middle;
            let later = self.traces.split_off(&middle);
            self.bytes -= later.values().map(|gathered| gathered.bytes).sum::<usize>();
        }
    }
}

impl PartialJourney {
    fn of(id: &str) -> Self {
        let mut trace = RawTrace::default();
        trace.put(&Column::Journey, id);
        Self { trace, bytes: size_of::<Self>() + id.len() }
    }

    fn about(&mut self, meaning: &Column, value: &str) {
        let value = clipped(value);
        self.bytes += value.len();
        self.trace.put(meaning, value);
    }

    fn event(&mut self, place: Place, event: &Event, columns: &Columns) {
        let mut raw = RawEvent::at(place.line).numbered(place.number);
        let mut bytes = size_of::<RawEvent>();
        let own = [(&Column::Step, &event.kind), (&Column::Time, &event.time)];
        let told = event.attributes.iter().filter(|attribute| !attribute.value.is_empty());
        let told = told.filter_map(|attribute| {
            Some((columns.of_events.get(&attribute.name)?, &attribute.value))
        });
        for (meaning, value) in own.into_iter().chain(told) {
            match meaning {
                Column::Contact | Column::Locale => self.about(meaning, value),
                meaning => {
                    let value = clipped(value);
                    bytes += value.len();
                    raw.put(meaning, value);
                }
            }
        }
        if self.trace.push(raw) {
            self.bytes += bytes;
        }
    }
}

/// As much of a value as tells that it is too long, so that none fills the memory.
fn clipped(value: &str) -> &str {
    &value[..value.floor_char_boundary(limits::SOURCE_ID + 1)]
}
