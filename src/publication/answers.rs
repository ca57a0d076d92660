//! The stored answers of a response, read without copying:
//! `{"step:CALL":7,"handoff:A:B":["waited"],"step:X":null}`.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};

use crate::error::Error;
use crate::survey::{Answer, Friction};

/// Hands every answer of a stored object to `with`, by its element's code.
pub fn each(json: &str, with: impl FnMut(&str, Answer)) -> Result<(), serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(json);
    Each(with).deserialize(&mut reader)?;
    reader.end()
}

/// The channel among a journey's attributes: `{"channel":"web","product":"tyres"}`.
pub fn channel(attributes: Option<&str>) -> Result<Option<Cow<'_, str>>, Error> {
    let Some(json) = attributes else { return Ok(None) };
    let read = serde_json::from_str(json).map(|Attributes { channel }| channel);
    read.map_err(|failure| Error::Internal(format!("stored attributes cannot be read: {failure}")))
}

/// The attributes that the sums know; a journey type may declare others.
#[derive(serde::Deserialize)]
struct Attributes<'a> {
    /// [`crate::blueprint::CHANNEL`].
    #[serde(borrow, default)]
    channel: Option<Cow<'a, str>>,
}

struct Each<F>(F);

impl<'de, F: FnMut(&str, Answer)> DeserializeSeed<'de> for Each<F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, F: FnMut(&str, Answer)> Visitor<'de> for Each<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of answers")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(Code(code)) = map.next_key::<Code<'de>>()? {
            let AnswerValue(answer) = map.next_value()?;
            (self.0)(&code, answer);
        }
        Ok(())
    }
}

/// A key, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Code<'a>(#[serde(borrow)] Cow<'a, str>);

/// An [`Answer`], told apart by its first character and not by trial.
struct AnswerValue(Answer);

impl<'de> Deserialize<'de> for AnswerValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnswerVisitor).map(Self)
    }
}

struct AnswerVisitor;

impl<'de> Visitor<'de> for AnswerVisitor {
    type Value = Answer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a rating, a list of frictions or null")
    }

    fn visit_unit<E>(self) -> Result<Answer, E> {
        Ok(Answer::DoesNotKnow)
    }

    fn visit_i64<E: serde::de::Error>(self, rating: i64) -> Result<Answer, E> {
        i32::try_from(rating).map(Answer::Rating).map_err(E::custom)
    }

    fn visit_u64<E: serde::de::Error>(self, rating: u64) -> Result<Answer, E> {
        i32::try_from(rating).map(Answer::Rating).map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Answer, A::Error> {
        let mut ticked = Vec::new();
        while let Some(friction) = seq.next_element::<Friction>().map_err(A::Error::custom)? {
            ticked.push(friction);
        }
        Ok(Answer::Frictions(ticked))
    }
}

#[cfg(test)]
mod tests {
    use crate::publication::answers::*;

    #[test]
    fn the_channel_is_read_among_other_attributes() {
        let read = |json| channel(json).map(|code| code.map(Cow::into_owned)).ok();
        assert_eq!(
            read(Some(r#"{"product":"tyres","channel":"web"}"#)),
            Some(Some("web".to_owned()))
        );
        assert_eq!(read(Some(r#"{"channel":"w\"eb"}"#)), Some(Some("w\"eb".to_owned())));
        assert_eq!(read(Some(r#"{"product":"tyres"}"#)), Some(None));
        assert_eq!(read(None), Some(None));
        assert_eq!(read(Some("[")), None);
    }

    #[test]
    fn answers_of_every_kind_are_read_and_damage_is_told() {
        let mut read = Vec::new();
        let json = r#"{"step:A":7,"step:\"q\"":0,"handoff:A:B":["waited","chased"],"handoff:B:C":[],"step:X":null}"#;
        each(json, |code, answer| read.push((code.to_owned(), answer))).unwrap();
        let expected = [
            ("step:A", Answer::Rating(7)),
            ("step:\"q\"", Answer::Rating(0)),
            ("handoff:A:B", Answer::Frictions(vec![Friction::Waited, Friction::Chased])),
            ("handoff:B:C", Answer::Frictions(Vec::new())),
            ("step:X", Answer::DoesNotKnow),
        ];
        assert_eq!(read, expected.map(|(code, answer)| (code.to_owned(), answer)));
        for damaged in [
            "",
            "[]",
            r#"{"step:A":"7"}"#,
            r#"{"step:A":7} x"#,
            r#"{"a":["shouted"]}"#,
            r#"{"a":1e9}"#,
        ] {
            assert!(each(damaged, |_, _| {}).is_err(), "{damaged}");
        }
    }
}
