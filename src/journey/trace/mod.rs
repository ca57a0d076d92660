//! The trace of a journey: its events in order, merged so that a repeat changes nothing.

use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use smallvec::{SmallVec, smallvec};

use crate::blueprint::Blueprint;
use crate::clock::Instant;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::journey::json;

/// The events of one journey, ordered by start or else end, ties in order of arrival.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    pub events: Vec<Event>,
    /// Lateness in minutes, when answers from another tool say only that.
    pub late: Option<i64>,
    /// The parts that the customer could be asked about, when answers from another tool say only
    /// that. As soon as there are events they know better.
    pub parts: Vec<Element>,
    /// Whether it says only in which week it began, and how long everything took. It takes no
    /// further events: they could not be told from those that it has.
    pub faded: bool,
}

/// "This journey was at this step from … to …, and we promised …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub step: Arc<str>,
    pub start: Option<Instant>,
    pub end: Option<Instant>,
    pub promised_start: Option<Instant>,
    /// By when it was promised to be done: every version of the promise, in order of arrival.
    pub promised: Versions,
    pub requested: Option<Instant>,
    /// Tells apart events that are alike in everything and yet happened twice.
    pub ordinal: u32,
}

/// The versions of a promise. Nearly always there is one, which needs no memory of its own.
pub type Versions = SmallVec<[Instant; 2]>;

/// What a new event did to a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeOutcome {
    /// It is new, or filled in what was missing.
    Changed,
    /// It was known: nothing changed.
    Unchanged,
}

impl Event {
    /// A bare event, for those who build traces by hand.
    pub fn new(step: &str, start: Option<Instant>, end: Option<Instant>) -> Self {
        Self {
            step: step.into(),
            start,
            end,
            promised_start: None,
            promised: Versions::new(),
            requested: None,
            ordinal: 0,
        }
    }

    /// The time that orders it: its start, or its end when that is all we know.
    pub fn at(&self) -> Instant {
        self.start.or(self.end).unwrap_or(Instant::MIN)
    }

    /// The time at which it was over, as far as we know.
    pub fn until(&self) -> Instant {
        self.end.or(self.start).unwrap_or(Instant::MIN)
    }

    /// The same event, one of the two perhaps knowing less: a time in common and none in conflict.
    fn is_same(&self, other: &Self) -> bool {
        let agree = |a: Option<Instant>, b: Option<Instant>| a.is_none() || b.is_none() || a == b;
        let shared = (self.start.is_some() && self.start == other.start)
            || (self.end.is_some() && self.end == other.end);
        shared
            && self.ordinal == other.ordinal
            && agree(self.start, other.start)
            && agree(self.end, other.end)
            && self.step == other.step
    }

    /// Takes what the other knows and this one does not; true when that was something.
    fn fill(&mut self, other: &Self) -> bool {
        let mut changed = fill(&mut self.start, other.start);
        changed |= fill(&mut self.end, other.end);
        changed |= fill(&mut self.promised_start, other.promised_start);
        changed |= fill(&mut self.requested, other.requested);
        for version in &other.promised {
            if !self.promised.contains(version) {
                self.promised.push(*version);
                changed = true;
            }
        }
        changed
    }
}

fn fill(mine: &mut Option<Instant>, theirs: Option<Instant>) -> bool {
    let fills = mine.is_none() && theirs.is_some();
    if fills {
        *mine = theirs;
    }
    fills
}

impl Trace {
    pub fn merge(&mut self, event: Event) -> MergeOutcome {
        let Some(at) = self.find(&event) else {
            let place = self.events.partition_point(|known| known.at() <= event.at());
            self.events.insert(place, event);
            return MergeOutcome::Changed;
        };
        if !self.events[at].fill(&event) {
            return MergeOutcome::Unchanged;
        }
        self.absorb(at);
        self.events.sort_by_key(Event::at);
        MergeOutcome::Changed
    }

    /// The event that this one repeats or completes: the one that agrees in both times, else the
    /// first.
    fn find(&self, event: &Event) -> Option<usize> {
        self.events
            .iter()
            .position(|known: &Event| {
                known.start == event.start && known.end == event.end && known.is_same(event)
            })
            .or_else(|| self.events.iter().position(|known| known.is_same(event)))
    }

    /// After an event was completed, another that knew only its other half is the same one: so the
    /// order in which halves and wholes arrive does not matter.
    fn absorb(&mut self, at: usize) {
        let whole = self.events[at].clone();
        if whole.start.is_none() || whole.end.is_none() {
            return;
        }
        let half =
            |known: &Event| (known.start.is_none() || known.end.is_none()) && known.is_same(&whole);
        let halves: Vec<Event> = self.events.iter().filter(|known| half(known)).cloned().collect();
        for known in &halves {
            self.events[at].fill(known);
        }
        self.events.retain(|known| !half(known));
    }

    pub fn started_at(&self) -> Option<Instant> {
        self.events.first().map(Event::at)
    }

    /// The last thing that happened.
    pub fn ended_at(&self) -> Option<Instant> {
        self.events.iter().map(Event::until).max()
    }

    /// When it counts as over: at the end of the blueprint's last step, else the quiet days of the
    /// step that it last reached after the last thing that happened.
    pub fn finished_at(&self, blueprint: &Blueprint) -> Option<Instant> {
        self.reached(blueprint.last_step()).or_else(|| {
            let last = self.events.iter().max_by_key(|event| event.until())?;
            let days = blueprint.quiet_days_after(&last.step);
            Some(last.until() + i64::from(days) * 86_400)
        })
    }

    /// The end at the blueprint's last step, if the journey got there.
    pub fn reached(&self, last_step: Option<&str>) -> Option<Instant> {
        let last = last_step?;
        self.events.iter().filter(|event| *event.step == *last).filter_map(|event| event.end).max()
    }

    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(16 + 72 * self.events.len());
        out.push_str("{\"e\":[");
        for (i, event) in self.events.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            write_event(&mut out, event);
        }
        out.push(']');
        if let Some(late) = self.late {
            out.push_str(",\"late\":");
            json::number(&mut out, late);
        }
        if !self.parts.is_empty() {
            out.push_str(",\"parts\":");
            out.push_str(&serde_json::json!(self.parts).to_string());
        }
        if self.faded {
            out.push_str(",\"faded\":true");
        }
        out.push('}');
        out
    }

    /// Reads what [`Trace::to_json`] wrote.
    pub fn parse(json: &str) -> Result<Self> {
        let stored: StoredTrace<'_> = serde_json::from_str(json)
            .map_err(|e| Error::Internal(format!("a stored trace cannot be read: {e}")))?;
        let events = stored.e.into_iter().map(Event::from).collect();
        Ok(Self { events, late: stored.late, parts: stored.parts, faded: stored.faded })
    }
}

fn write_event(out: &mut String, event: &Event) {
    out.push('[');
    json::name(out, &event.step);
    write_time(out, event.start);
    write_time(out, event.end);
    write_time(out, event.promised_start);
    match event.promised.as_slice() {
        [] => write_time(out, None),
        [only] => write_time(out, Some(*only)),
        [first, later @ ..] => {
            out.push_str(",[");
            json::number(out, *first);
            later.iter().for_each(|version| write_time(out, Some(*version)));
            out.push(']');
        }
    }
    write_time(out, event.requested);
    write_time(out, Some(i64::from(event.ordinal)));
    out.push(']');
}

fn write_time(out: &mut String, time: Option<Instant>) {
    match time {
        Some(time) => {
            out.push(',');
            json::number(out, time);
        }
        None => out.push_str(",null"),
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredTrace<'a> {
    #[serde(borrow)]
    e: Vec<Row<'a>>,
    #[serde(default)]
    late: Option<i64>,
    #[serde(default)]
    parts: Vec<Element>,
    #[serde(default)]
    faded: bool,
}

#[derive(serde::Deserialize)]
struct Row<'a>(
    #[serde(borrow)] std::borrow::Cow<'a, str>,
    Option<Instant>,
    Option<Instant>,
    Option<Instant>,
    StoredVersions,
    Option<Instant>,
    u32,
);

impl From<Row<'_>> for Event {
    fn from(Row(step, start, end, promised_start, promised, requested, ordinal): Row<'_>) -> Self {
        Self {
            step: step.into(),
            start,
            end,
            promised_start,
            promised: promised.0,
            requested,
            ordinal,
        }
    }
}

/// `null`, one time, or a list of times.
struct StoredVersions(Versions);

impl<'de> Deserialize<'de> for StoredVersions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(VersionsVisitor)
    }
}

struct VersionsVisitor;

impl<'de> Visitor<'de> for VersionsVisitor {
    type Value = StoredVersions;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a time, a list of times or null")
    }

    fn visit_unit<E>(self) -> Result<StoredVersions, E> {
        Ok(StoredVersions(Versions::new()))
    }

    fn visit_i64<E>(self, time: i64) -> Result<StoredVersions, E> {
        Ok(StoredVersions(smallvec![time]))
    }

    fn visit_u64<E: serde::de::Error>(self, time: u64) -> Result<StoredVersions, E> {
        i64::try_from(time).map(|time| StoredVersions(smallvec![time])).map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<StoredVersions, A::Error> {
        let mut versions = Versions::new();
        while let Some(time) = seq.next_element()? {
            versions.push(time);
        }
        Ok(StoredVersions(versions))
    }
}

#[cfg(test)]
mod tests;
