//! The XML of OCEL as a stream: one object or event in memory at a time.

use std::borrow::Cow;
use std::io::BufRead;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event as Mark};
use quick_xml::{Reader, XmlVersion};

use super::piece::{Attribute, Event, Object, Piece, Place, Relationship};
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::journey::batcher::Measured;
use crate::journey::source::Source;
use crate::limits;

/// The lists of a log. XES has none of them.
const LISTS: [&str; 4] = ["object-types", "event-types", "objects", "events"];

/// Whether the first element inside the outermost one is a list of a log.
pub(super) fn recognised(source: &Source) -> Result<bool> {
    let mut xml = Reader::from_reader(Measured::new(source.open()?, Arc::default()));
    let (mut buffer, mut depth) = (Vec::new(), 0);
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Mark::Start(_)) if depth == 0 => depth = 1,
            Ok(Mark::Start(tag) | Mark::Empty(tag)) if depth == 1 => {
                return Ok(LISTS.contains(&tag.local_name().as_ref()));
            }
            // What is no XML is not ours to refuse.
            Ok(Mark::Empty(_) | Mark::End(_) | Mark::Eof) | Err(_) => return Ok(false),
            Ok(_) => {}
        }
    }
}

pub(super) fn pieces(
    source: &Source,
    read: Arc<AtomicU64>,
    take: &mut dyn FnMut(Place, Piece),
) -> Result<()> {
    let mut xml = Reader::from_reader(Measured::new(source.open()?, read));
    xml.config_mut().check_end_names = true;
    let mut log =
        Log { open: Vec::new(), any: false, object: None, event: None, numbers: (0, 0), take };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        if log.object.is_none() && log.event.is_none() {
            xml.get_mut().renew();
        }
        let line = xml.get_ref().line();
        let taken = match xml.read_event_into(&mut buffer) {
            Ok(Mark::Eof) => return log.end(&xml).map_err(|refusal| source.named(refusal).into()),
            Ok(mark) => log.take(mark, line),
            Err(problem) => Err(unreadable(&problem, &xml)),
        };
        taken.map_err(|refusal| source.named(refusal))?;
    }
}

/// An element of the log, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Log,
    Objects,
    Events,
    Object,
    Event,
    Attributes,
    /// The objects that an object or event is related to.
    Relations,
    Attribute,
    Other,
}

/// Where in the log we are, and the object or event that is being read.
struct Log<'a> {
    open: Vec<Element>,
    any: bool,
    object: Option<(Place, Object)>,
    event: Option<(Place, Event)>,
    numbers: (u64, u64),
    take: &'a mut dyn FnMut(Place, Piece),
}

impl Log<'_> {
    fn take(&mut self, mark: Mark<'_>, line: u64) -> Result<(), Refusal> {
        match mark {
            Mark::DocType(_) => return Err(refused("journey-xml-doctype", line)),
            Mark::Start(tag) => {
                let element = self.enter(&tag, line)?;
                self.open.push(element);
                if self.open.len() > limits::DEPTH {
                    return Err(refused("journey-xml-too-deep", line));
                }
            }
            Mark::Empty(tag) => {
                let element = self.enter(&tag, line)?;
                self.leave(element);
            }
            Mark::End(_) => match self.open.pop() {
                Some(element) => self.leave(element),
                None => return Err(refused("journey-xml-malformed", line)),
            },
            Mark::Text(text) => self.value(&text.xml10_content()),
            Mark::CData(text) => self.value(&text.xml10_content()),
            Mark::GeneralRef(name) => self.value(&resolved(&name, line)?),
            _ => {}
        }
        Ok(())
    }

    fn enter(&mut self, tag: &BytesStart<'_>, line: u64) -> Result<Element, Refusal> {
        let name = tag.local_name();
        let element = match (name.as_ref(), self.open.last()) {
            ("log", None) => Element::Log,
            (_, None) => return Err(refused("journey-xml-not-xes", line)),
            ("objects", Some(Element::Log)) => Element::Objects,
            ("events", Some(Element::Log)) => Element::Events,
            ("object", Some(Element::Objects)) => Element::Object,
            ("event", Some(Element::Events)) => Element::Event,
            ("attributes", Some(Element::Object | Element::Event)) => Element::Attributes,
            ("objects", Some(Element::Object | Element::Event)) => Element::Relations,
            ("attribute", Some(Element::Attributes)) => Element::Attribute,
            _ => Element::Other,
        };
        match element {
            Element::Log => self.any = true,
            Element::Object => {
                let [id, kind] = values(tag, ["id", "type"], line)?;
                let place = Place { line, number: self.numbers.0 };
                self.object = Some((place, Object { id, kind, attributes: Vec::new() }));
                self.numbers.0 += 1;
            }
            Element::Event => {
                let [kind, time] = values(tag, ["type", "time"], line)?;
                let place = Place { line, number: self.numbers.1 };
                self.event = Some((place, Event { kind, time, ..Event::default() }));
                self.numbers.1 += 1;
            }
            Element::Attribute => {
                let [name, time] = values(tag, ["name", "time"], line)?;
                if let Some(attributes) = self.attributes() {
                    attributes.push(Attribute { name, time, value: String::new() });
                }
            }
            // The format's own tools call it `relationship`, its schema `object`.
            Element::Other if self.open.last() == Some(&Element::Relations) => {
                let [object] = values(tag, ["object-id"], line)?;
                if let Some((_, event)) = &mut self.event {
                    event.relationships.push(Relationship { object });
                }
            }
            _ => {}
        }
        Ok(element)
    }

    fn leave(&mut self, element: Element) {
        let whole = match element {
            Element::Object => {
                self.object.take().map(|(place, object)| (place, Piece::Object(object)))
            }
            Element::Event => self.event.take().map(|(place, event)| (place, Piece::Event(event))),
            _ => None,
        };
        if let Some((place, piece)) = whole {
            (self.take)(place, piece);
        }
    }

    fn attributes(&mut self) -> Option<&mut Vec<Attribute>> {
        let of_object = self.object.as_mut().map(|(_, object)| &mut object.attributes);
        of_object.or(self.event.as_mut().map(|(_, event)| &mut event.attributes))
    }

    /// More of the value of the attribute that is open.
    fn value(&mut self, text: &str) {
        if self.open.last() == Some(&Element::Attribute)
            && let Some(last) = self.attributes().and_then(|attributes| attributes.last_mut())
        {
            last.value.push_str(text);
        }
    }

    /// The end of the file, which must be the end of the log.
    fn end<R: BufRead>(&self, xml: &Reader<Measured<R>>) -> Result<(), Refusal> {
        match (self.any, self.open.is_empty()) {
            (true, true) => Ok(()),
            (false, _) => Err(refused("journey-xml-not-xes", xml.get_ref().line())),
            (true, false) => Err(at("journey-ocel-truncated", xml)),
        }
    }
}

/// The values of the tag's attributes of these names; empty where there is none.
fn values<const N: usize>(
    tag: &BytesStart<'_>,
    names: [&str; N],
    line: u64,
) -> Result<[String; N], Refusal> {
    let mut values = [const { String::new() }; N];
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| refused("journey-xml-malformed", line))?;
        if let Some(place) = names.iter().position(|name| *name == attribute.key.as_ref()) {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            values[place] = value.map_err(|_| refused("journey-xml-malformed", line))?.into_owned();
        }
    }
    Ok(values)
}

/// What a reference in a text stands for. Entities other than the five of XML would have needed a
/// document type.
fn resolved(name: &BytesRef<'_>, line: u64) -> Result<Cow<'static, str>, Refusal> {
    let malformed = || refused("journey-xml-malformed", line);
    match name.resolve_char_ref().map_err(|_| malformed())? {
        Some(sign) => Ok(Cow::Owned(sign.to_string())),
        None => resolve_xml_entity(name).map(Cow::Borrowed).ok_or_else(malformed),
    }
}

fn refused(key: &'static str, line: u64) -> Refusal {
    Refusal::new(Text::new(key)).at_line(line)
}

fn at<R: BufRead>(key: &'static str, xml: &Reader<Measured<R>>) -> Refusal {
    let place = xml.get_ref();
    Refusal::new(Text::new(key).with("column", place.column())).at_line(place.line())
}

fn unreadable<R: BufRead>(problem: &quick_xml::Error, xml: &Reader<Measured<R>>) -> Refusal {
    match problem {
        quick_xml::Error::Io(failure) if failure.kind() == std::io::ErrorKind::FileTooLarge => {
            at("journey-ocel-too-long", xml)
        }
        quick_xml::Error::Io(_) => refused("journey-file-damaged", xml.get_ref().line()),
        quick_xml::Error::Syntax(_) => at("journey-ocel-truncated", xml),
        _ => at("journey-ocel-broken", xml),
    }
}
