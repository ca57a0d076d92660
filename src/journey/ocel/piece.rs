//! The pieces of a log: its objects and its events, however they are written.

use serde::{Deserialize, Deserializer, de};

use crate::error::Refusal;

pub(super) enum Piece {
    Object(Object),
    Event(Event),
}

/// Something that events are about. What is missing is empty.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Object {
    #[serde(deserialize_with = "text")]
    pub(super) id: String,
    #[serde(rename = "type", deserialize_with = "text")]
    pub(super) kind: String,
    pub(super) attributes: Vec<Attribute>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Event {
    #[serde(rename = "type", deserialize_with = "text")]
    pub(super) kind: String,
    #[serde(deserialize_with = "text")]
    pub(super) time: String,
    pub(super) attributes: Vec<Attribute>,
    pub(super) relationships: Vec<Relationship>,
}

/// A value of an object since some time, or of an event.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Attribute {
    #[serde(deserialize_with = "text")]
    pub(super) name: String,
    #[serde(deserialize_with = "text")]
    pub(super) time: String,
    #[serde(deserialize_with = "text")]
    pub(super) value: String,
}

/// An object that an event is about.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Relationship {
    #[serde(rename = "objectId", deserialize_with = "text")]
    pub(super) object: String,
}

/// Where a piece stands: its line, and its number among those of its kind, counted from 0.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) line: u64,
    pub(super) number: u64,
}

impl Place {
    /// A refusal of the piece, which is one of the list `list`.
    pub(super) fn refuse(self, list: &str, refusal: impl Into<Refusal>) -> Refusal {
        refusal.into().at_line(self.line).in_field(format!("{list}[{}]", self.number))
    }
}

/// Text, and numbers and truth values as the text they are: exporters differ.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
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
