//! The JSON of OCEL as a stream: one object or event in memory at a time.

use std::cell::RefCell;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use serde::Deserializer as _;
use serde::de::{self, Deserialize, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Deserializer;
use serde_json::error::Category;

use super::piece::{Piece, Place};
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::journey::batcher::Measured;
use crate::journey::source::Source;

/// The lists of a log. None of them is the name of a field of our own events.
const LISTS: [&str; 4] = ["objectTypes", "eventTypes", "objects", "events"];

/// Whether one of the lists of a log is in this JSON object.
pub(super) fn recognised(source: &Source) -> Result<bool> {
    let mut found = false;
    let mut json = Deserializer::from_reader(Measured::new(source.open()?, Arc::default()));
    // Looking stops at the first list, which is no end of an object; and what is no JSON is not
    // ours to refuse.
    let _ = json.deserialize_map(Look(&mut found));
    Ok(found)
}

pub(super) fn pieces(
    source: &Source,
    read: Arc<AtomicU64>,
    take: &mut dyn FnMut(Place, Piece),
) -> Result<()> {
    let bytes = RefCell::new(Measured::new(source.open()?, read));
    let mut json = Deserializer::from_reader(Lent(&bytes));
    let whole = json.deserialize_map(Log { bytes: &bytes, take }).and_then(|()| json.end());
    whole.map_err(|problem| source.named(unreadable(&problem, &bytes.borrow())).into())
}

/// What is wrong with the file, without its words in it.
fn unreadable(problem: &serde_json::Error, bytes: &Bytes) -> Refusal {
    let (mut line, mut column) = (problem.line() as u64, problem.column() as u64);
    let key = match problem.classify() {
        Category::Data => "journey-ocel-shape",
        Category::Eof => "journey-json-truncated",
        Category::Syntax => "journey-json-malformed",
        Category::Io => {
            (line, column) = (bytes.line(), bytes.column());
            match problem.io_error_kind() {
                Some(io::ErrorKind::FileTooLarge) => "journey-ocel-too-long",
                _ => "journey-file-damaged",
            }
        }
    };
    Refusal::new(Text::new(key).with("column", column)).at_line(line)
}

type Bytes = Measured<Box<dyn BufRead + Send>>;

/// Bytes that are asked for their place while somebody reads them.
struct Lent<'r>(&'r RefCell<Bytes>);

impl Read for Lent<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().read(buffer)
    }
}

struct Look<'a>(&'a mut bool);

impl<'de> Visitor<'de> for Look<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if LISTS.contains(&name.as_str()) {
                *self.0 = true;
                return Ok(());
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

struct Log<'a, 'r> {
    bytes: &'r RefCell<Bytes>,
    take: &'a mut dyn FnMut(Place, Piece),
}

impl<'de> Visitor<'de> for Log<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a log")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { bytes, take } = self;
        loop {
            bytes.borrow_mut().renew();
            let Some(name) = map.next_key::<String>()? else { return Ok(()) };
            match name.as_str() {
                "objects" => map.next_value_seed(List::new(bytes, |place, one| {
                    take(place, Piece::Object(one))
                }))?,
                "events" => map.next_value_seed(List::new(bytes, |place, one| {
                    take(place, Piece::Event(one))
                }))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
    }
}

struct List<'r, T, F> {
    bytes: &'r RefCell<Bytes>,
    take: F,
    of: PhantomData<T>,
}

impl<'r, T, F: FnMut(Place, T)> List<'r, T, F> {
    fn new(bytes: &'r RefCell<Bytes>, take: F) -> Self {
        Self { bytes, take, of: PhantomData }
    }
}

impl<'de, T: Deserialize<'de>, F: FnMut(Place, T)> DeserializeSeed<'de> for List<'_, T, F> {
    type Value = ();

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: Deserialize<'de>, F: FnMut(Place, T)> Visitor<'de> for List<'_, T, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        let mut number = 0;
        loop {
            self.bytes.borrow_mut().renew();
            let Some((line, one)) =
                seq.next_element_seed(One { bytes: self.bytes, of: PhantomData })?
            else {
                return Ok(());
            };
            (self.take)(Place { line, number }, one);
            number += 1;
        }
    }
}

/// One piece, with the line that it begins on.
struct One<'r, T> {
    bytes: &'r RefCell<Bytes>,
    of: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for One<'_, T> {
    type Value = (u64, T);

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<(u64, T), D::Error> {
        let line = self.bytes.borrow().line();
        Ok((line, T::deserialize(deserializer)?))
    }
}
