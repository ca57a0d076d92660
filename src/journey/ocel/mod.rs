//! Reads OCEL 2.0, logs of objects and the events that they take part in. One type of objects is the journeys.
//!
//! An event may take part in several journeys, and each has it once, whatever the relations are called. The type of an
//! event is the step, its time the end. Of the other objects and their relations nothing is read.
//!
//! Objects may stand behind the events that name them, so a file is read at least twice. The first reading (`index`)
//! finds what is wrong with the file as a whole, before anything of it is stored, and remembers every object's
//! identifier and type. The next ones (`gather`) put events and values to their journeys. How much is in memory does
//! not depend on the file: identifiers are at most [`crate::limits::OBJECTS`], one object or event is at most
//! [`crate::limits::LINE`], and journeys that do not fit into [`crate::limits::GATHERED`] wait for one more reading.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use serde::{Deserialize, Deserializer, de};

use self::columns::Columns;
use self::gather::Gathering;
use self::index::Index;
use super::batcher::Outlet;
use super::mapping::ColumnChoices;
use super::source::Source;
use crate::error::{Refusal, Result};
use crate::limits;

mod columns;
mod gather;
mod index;
mod json;
mod xml;

/// How objects and events are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// One JSON object with the lists `objects` and `events`.
    Json,
    /// One XML element `log` with the elements `objects` and `events`.
    Xml,
}

impl Notation {
    /// The notation of a file whose first sign is `first`; `None` when it is not OCEL.
    pub(super) fn of(source: &Source, first: Option<u8>) -> Result<Option<Self>> {
        Ok(match first {
            Some(b'{') if json::recognised(source)? => Some(Self::Json),
            Some(b'<') if xml::recognised(source)? => Some(Self::Xml),
            _ => None,
        })
    }

    /// Reads all objects and events in the order of the file. Nothing is handed over of one that is not whole.
    fn pieces(
        self,
        source: &Source,
        read: Arc<AtomicU64>,
        take: &mut dyn FnMut(Place, Piece),
    ) -> Result<()> {
        match self {
            Self::Json => json::pieces(source, read, take),
            Self::Xml => xml::pieces(source, read, take),
        }
    }
}

/// Reads the journeys into `outlet`; `read` is told how far the reading that gathers them has come.
pub fn read(
    source: &Source,
    notation: Notation,
    said: &ColumnChoices,
    outlet: &mut Outlet<'_>,
    read: Arc<AtomicU64>,
) -> Result<()> {
    read_within(limits::GATHERED, source, notation, said, outlet, read)
}

/// The same with so much of the memory for journeys that are being gathered.
fn read_within(
    room: usize,
    source: &Source,
    notation: Notation,
    said: &ColumnChoices,
    outlet: &mut Outlet<'_>,
    read: Arc<AtomicU64>,
) -> Result<()> {
    let index = Index::read(source, notation, &mut outlet.report)?;
    let kind =
        index.choose(said.object_type.as_deref()).map_err(|text| source.named(text.into()))?;
    let attributes = outlet.interpreter.attributes().to_vec();
    let columns =
        Columns::of(&index, kind, said, &attributes).map_err(|refusal| source.named(refusal))?;
    index.tell_unread(kind, &columns, &mut outlet.report);
    Gathering::new(&index, kind, &columns, room).run(source, notation, outlet, read)
}

/// One entry of a log.
enum Piece {
    Object(Object),
    Event(Event),
}

/// Something that events are about. What is missing is empty.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Object {
    #[serde(deserialize_with = "text")]
    id: String,
    #[serde(rename = "type", deserialize_with = "text")]
    kind: String,
    attributes: Vec<Attribute>,
}

/// Something that happened.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Event {
    #[serde(rename = "type", deserialize_with = "text")]
    kind: String,
    #[serde(deserialize_with = "text")]
    time: String,
    attributes: Vec<Attribute>,
    relationships: Vec<Relationship>,
}

/// A value of an object since some time, or of an event.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Attribute {
    #[serde(deserialize_with = "text")]
    name: String,
    #[serde(deserialize_with = "text")]
    time: String,
    #[serde(deserialize_with = "text")]
    value: String,
}

/// An object that an event is about.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Relationship {
    #[serde(rename = "objectId", deserialize_with = "text")]
    object: String,
}

/// Where a piece stands: its line, and its number among those of its kind, counted from 0.
#[derive(Clone, Copy)]
struct Place {
    line: u64,
    number: u64,
}

impl Place {
    /// A refusal of the piece, which is one of the list `list`.
    fn refuse(self, list: &str, refusal: impl Into<Refusal>) -> Refusal {
        refusal.into().at_line(self.line).in_field(format!("{list}[{}]", self.number))
    }
}

/// Text, and numbers and truth values as the text they are: exporters differ.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Word;
    impl de::Visitor<'_> for Word {
        type Value = String;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("text")
        }

        fn visit_str<E>(self, text: &str) -> Result<String, E> {
            Ok(text.to_owned())
        }

        fn visit_string<E>(self, text: String) -> Result<String, E> {
            Ok(text)
        }

        fn visit_bool<E>(self, value: bool) -> Result<String, E> {
            Ok(value.to_string())
        }

        fn visit_i64<E>(self, number: i64) -> Result<String, E> {
            Ok(number.to_string())
        }

        fn visit_u64<E>(self, number: u64) -> Result<String, E> {
            Ok(number.to_string())
        }

        fn visit_f64<E>(self, number: f64) -> Result<String, E> {
            Ok(number.to_string())
        }

        fn visit_unit<E>(self) -> Result<String, E> {
            Ok(String::new())
        }
    }
    deserializer.deserialize_any(Word)
}

#[cfg(test)]
mod tests;
