//! Reads events as JSON: one a line, or CloudEvents 1.0 envelopes around them.
//!
//! Strict: a field that is not ours is refused by its name, so that nothing is smuggled in.

use std::fmt;
use std::io::{BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::batcher::{Measured, Outlet, broken};
use super::interpret::Fields;
use super::source::Source;
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::limits;
use crate::privacy::person;

/// Reads one event or envelope a line.
pub fn read_lines(source: &Source, outlet: &mut Outlet<'_>, read: Arc<AtomicU64>) -> Result<()> {
    let mut bytes = Measured::new(source.open()?, read);
    let mut line = Vec::new();
    loop {
        line.clear();
        bytes.renew();
        let number = bytes.line();
        match bytes.by_ref().read_until(b'\n', &mut line) {
            Ok(0) => return Ok(()),
            Ok(_) if line.trim_ascii().is_empty() => {}
            Ok(_) => one(&line, number, outlet)?,
            Err(failure) => {
                outlet.report.read += 1;
                outlet.report.refuse(source.named(broken(&failure, number)));
                return Ok(());
            }
        }
    }
}

/// Reads a JSON array of events or envelopes; the place of each, counted from 1, is its line.
pub fn read_array(source: &Source, outlet: &mut Outlet<'_>) -> Result<()> {
    let array: Result<Vec<Json>, _> = serde_json::from_reader(source.open()?);
    let array = array.map_err(|problem| malformed(&problem, problem.line() as u64))?;
    for (number, json) in (1..).zip(array) {
        pass(json, number, outlet)?;
    }
    Ok(())
}

fn one(line: &[u8], number: u64, outlet: &mut Outlet<'_>) -> Result<()> {
    match serde_json::from_slice(line) {
        Ok(json) => pass(json, number, outlet),
        Err(problem) => {
            outlet.report.read += 1;
            outlet.report.refuse(malformed(&problem, number));
            Ok(())
        }
    }
}

fn pass(json: Json, line: u64, outlet: &mut Outlet<'_>) -> Result<()> {
    let declared: Vec<Arc<str>> = outlet.interpreter.attributes().to_vec();
    match unwrapped(json).and_then(|event| Strict::of(event, &declared)) {
        Ok(strict) => strict.pass(line, outlet),
        Err(refusal) => {
            outlet.report.read += 1;
            outlet.report.refuse(refusal.at_line(line));
            Ok(())
        }
    }
}

/// What was wrong, without the words of the file in it.
fn malformed(problem: &serde_json::Error, line: u64) -> Refusal {
    let key = match problem.classify() {
        _ if problem.to_string().contains("recursion limit") => "journey-json-too-deep",
        serde_json::error::Category::Data => "journey-json-not-an-event",
        serde_json::error::Category::Eof => "journey-json-truncated",
        _ => "journey-json-malformed",
    };
    Refusal::new(Text::new(key).with("column", problem.column())).at_line(line)
}

/// The event inside a CloudEvents envelope, or the event itself.
fn unwrapped(json: Json) -> Result<Vec<(String, Json)>, Refusal> {
    let Json::Object(mut fields) = json else {
        return Err(Refusal::new(Text::new("journey-json-not-an-event")));
    };
    let Some(version) = fields.iter().find(|(name, _)| name == "specversion") else {
        return Ok(fields);
    };
    if version.1 != Json::Text("1.0".to_owned()) {
        return Err(Refusal::new(Text::new("journey-cloudevents-version")).in_field("specversion"));
    }
    for required in ["id", "source", "type", "data"] {
        if !fields.iter().any(|(name, _)| name == required) {
            return Err(Refusal::new(Text::new("journey-cloudevents-missing")).in_field(required));
        }
    }
    let data =
        fields.iter().position(|(name, _)| name == "data").map(|at| fields.swap_remove(at).1);
    match data {
        Some(Json::Object(event)) => Ok(event),
        _ => Err(Refusal::new(Text::new("journey-json-not-an-event")).in_field("data")),
    }
}

/// The fields of an event, each known and given once.
struct Strict {
    values: [String; FIELDS.len()],
    attributes: Vec<(usize, String)>,
}

const FIELDS: [&str; 10] = [
    "journey",
    "step",
    "start",
    "end",
    "promised_start",
    "promised",
    "requested",
    "site",
    "contact",
    "locale",
];

impl Strict {
    fn of(event: Vec<(String, Json)>, attributes: &[Arc<str>]) -> Result<Self, Refusal> {
        let mut strict = Self { values: Default::default(), attributes: Vec::new() };
        for (name, value) in event {
            let text = match value {
                Json::Text(text) => text,
                Json::Null => continue,
                Json::Other | Json::Object(_) => {
                    let known =
                        FIELDS.contains(&name.as_str()) || attributes.iter().any(|a| **a == *name);
                    return Err(if known { not_text(&name) } else { unknown(&name) });
                }
            };
            let twice = || Refusal::new(Text::new("journey-json-field-twice")).in_field(&name);
            if let Some(place) = FIELDS.iter().position(|field| *field == name) {
                if !strict.values[place].is_empty() {
                    return Err(twice());
                }
                strict.values[place] = text;
            } else if let Some(place) = attributes.iter().position(|attribute| **attribute == *name)
            {
                if strict.attributes.iter().any(|(known, _)| *known == place) {
                    return Err(twice());
                }
                strict.attributes.push((place, text));
            } else {
                return Err(unknown(&name));
            }
        }
        Ok(strict)
    }

    fn pass(&self, line: u64, outlet: &mut Outlet<'_>) -> Result<()> {
        let attributes: Vec<(usize, &str)> =
            self.attributes.iter().map(|(p, v)| (*p, v.as_str())).collect();
        let [journey, step, start, end, promised_start, promised, requested, site, contact, locale] =
            self.values.each_ref().map(String::as_str);
        outlet.row(&Fields {
            line,
            journey,
            step,
            start,
            end,
            promised_start,
            promised,
            requested,
            site,
            contact,
            locale,
            attributes: &attributes,
        })
    }
}

/// A field's name is told unless it is itself about a person.
fn unknown(name: &str) -> Refusal {
    let told = name.len() <= limits::NAME
        && !person::is_person_column(name)
        && person::sign_in(name).is_none();
    if told {
        Refusal::new(Text::new("journey-json-unknown-field")).in_field(name)
    } else if person::is_person_column(name)
        && person::sign_in(name).is_none()
        && name.len() <= limits::NAME
    {
        Refusal::new(Text::new("journey-json-person-field")).in_field(name)
    } else {
        Refusal::new(Text::new("journey-json-person-field"))
    }
}

fn not_text(name: &str) -> Refusal {
    Refusal::new(Text::new("journey-json-not-text")).in_field(name)
}

/// JSON as far as events need it: duplicates stay visible, numbers and lists are nobody's values.
#[derive(Debug, PartialEq, Eq)]
enum Json {
    Null,
    Text(String),
    Object(Vec<(String, Json)>),
    Other,
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        while seq.next_element::<Json>()?.is_some() {}
        Ok(Json::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Json::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use crate::clock::Clock;
    use crate::journey::interpret::tests::interpreter;
    use crate::journey::read_ndjson::*;
    use crate::journey::report::Report;

    fn import(text: &str) -> (usize, Report) {
        let mut events = 0;
        let mut give = |batch: crate::journey::batcher::Batch| {
            events += batch.events.len();
            Ok(())
        };
        let mut outlet = Outlet::new(interpreter(&["WORK"]), Clock::manual(0), &mut give);
        let source = Source::Bytes(text.as_bytes().into());
        if text.starts_with('[') {
            read_array(&source, &mut outlet).unwrap()
        } else {
            read_lines(&source, &mut outlet, Arc::default()).unwrap()
        }
        let report = outlet.finish().unwrap();
        (events, report)
    }

    fn told(text: &str) -> String {
        let (_, report) = import(text);
        let refusal = report.refusals.first().expect("nothing was refused");
        format!(
            "{}:{} {}",
            refusal.place.line.unwrap(),
            refusal.place.field.clone().unwrap_or_default(),
            refusal.text.key()
        )
    }

    const EVENT: &str = r#"{"journey":"J1","step":"WORK","end":"2026-07-06T12:00:00Z","channel":"web","site":null}"#;

    #[test]
    fn lines_envelopes_and_arrays_are_the_same_events() {
        let envelope = format!(
            r#"{{"specversion":"1.0","id":"1","source":"/shop","type":"step.done","traceparent":"x","data":{EVENT}}}"#
        );
        assert_eq!(import(&format!("{EVENT}\n\n{envelope}\r\n{EVENT}")).0, 3);
        assert_eq!(import(&format!("[{envelope},{EVENT}]")).0, 2);
    }

    #[test]
    fn everything_else_is_refused_by_line_and_name() {
        for (line, expected) in [
            (
                r#"{"journey":"J1","step":"WORK","end":"2026-07-06","colour":"red"}"#,
                "2:colour journey-json-unknown-field",
            ),
            (
                r#"{"journey":"J1","step":"WORK","end":"2026-07-06","employee":"Jean"}"#,
                "2:employee journey-json-person-field",
            ),
            (
                r#"{"journey":"J1","step":"WORK","end":"2026-07-06","Mme Durand":"x"}"#,
                "2: journey-json-person-field",
            ),
            (
                r#"{"journey":"J1","step":"WORK","step":"WORK","end":"2026-07-06"}"#,
                "2:step journey-json-field-twice",
            ),
            (
                r#"{"journey":17,"step":"WORK","end":"2026-07-06"}"#,
                "2:journey journey-json-not-text",
            ),
            (
                r#"{"journey":"J1","step":{"a":1},"end":"2026-07-06"}"#,
                "2:step journey-json-not-text",
            ),
            (r#"{"journey":"J1","step":"WORK","end":"2026-07"}"#, "2:end journey-time-malformed"),
            (r#"{"journey":"J1","step":"#, "2: journey-json-truncated"),
            (r#"{"journey":"J1" "step"}"#, "2: journey-json-malformed"),
            ("17", "2: journey-json-not-an-event"),
            (
                r#"{"specversion":"0.3","id":"1","source":"s","type":"t","data":{}}"#,
                "2:specversion journey-cloudevents-version",
            ),
            (
                r#"{"specversion":"1.0","id":"1","type":"t","data":{}}"#,
                "2:source journey-cloudevents-missing",
            ),
            (
                r#"{"specversion":"1.0","id":"1","source":"s","type":"t","data":"x"}"#,
                "2:data journey-json-not-an-event",
            ),
        ] {
            assert_eq!(told(&format!("{EVENT}\n{line}\n")), expected);
        }
        assert_eq!(told(&format!("{{\"a\":{}", "[".repeat(10_000))), "1: journey-json-too-deep");
        assert_eq!(
            told(&format!("{{\"journey\":\"{}", "x".repeat(2 * limits::LINE))),
            "1: journey-line-too-long"
        );
    }
}
