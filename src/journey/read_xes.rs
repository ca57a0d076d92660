//! Reads XES, the format of process tools, as a stream: one trace in memory at a time.
//!
//! A log that breaks off keeps the traces that were whole, and the break is told with line and
//! column. `org:resource`, `org:role` and their like are dropped and counted.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use rustc_hash::FxHashMap;

use super::batcher::{Measured, Outlet, broken};
use super::column::Column;
use super::raw_trace::{RawEvent, RawTrace};
use super::source::Source;
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::limits;

/// Reads all traces into `outlet`; `read` is told how far it has come.
pub fn read(source: &Source, outlet: &mut Outlet<'_>, read: Arc<AtomicU64>) -> Result<()> {
    let mut xml = Reader::from_reader(Measured::new(source.open()?, read));
    xml.config_mut().check_end_names = true;
    let attributes: Vec<Arc<str>> = outlet.interpreter.attributes().to_vec();
    let mut log = Log { attributes: &attributes, ..Log::default() };
    let mut buffer = Vec::new();
    let ended = loop {
        buffer.clear();
        xml.get_mut().renew();
        let line = xml.get_ref().line();
        let place = |xml: &Reader<Measured<_>>| (xml.get_ref().line(), xml.get_ref().column());
        let taken = match xml.read_event_into(&mut buffer) {
            Ok(Event::Eof) => break log.end(place(&xml)),
            Ok(event) => log.take(event, line, outlet),
            Err(problem) => break Err(Broken::Refused(unreadable(&problem, place(&xml)))),
        };
        match taken {
            Ok(()) => {}
            Err(stop) => break Err(stop),
        }
    };
    for (name, values) in log.dropped.drain() {
        outlet.report.drop_column(&name, values);
    }
    match ended {
        Ok(()) => Ok(()),
        Err(Broken::Failed(failure)) => Err(failure),
        // Nothing was read yet: the file is refused as a whole.
        Err(Broken::Refused(refusal)) if outlet.report.read == 0 => {
            Err(source.named(refusal).into())
        }
        Err(Broken::Refused(refusal)) => {
            outlet.report.refuse(source.named(refusal));
            outlet.report.read += 1;
            Ok(())
        }
    }
}

/// Why reading stops before the end.
enum Broken {
    /// The file is broken here, or holds what we do not take.
    Refused(Refusal),
    Failed(crate::error::Error),
}

/// Where in the log we are, and the trace that is being read.
#[derive(Default)]
struct Log<'a> {
    attributes: &'a [Arc<str>],
    /// The names of the open elements, by what they are to us.
    open: Vec<Element>,
    trace: RawTrace,
    event: RawEvent,
    dropped: FxHashMap<String, u64>,
    any: bool,
}

/// An element of XES, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Log,
    Trace,
    Event,
    Other,
}

impl Log<'_> {
    fn take(&mut self, event: Event<'_>, line: u64, outlet: &mut Outlet<'_>) -> Result<(), Broken> {
        match event {
            Event::DocType(_) => Err(refused("journey-xml-doctype", line)),
            Event::Start(tag) => {
                let element = self.enter(&tag, line)?;
                self.open.push(element);
                if self.open.len() > limits::DEPTH {
                    return Err(refused("journey-xml-too-deep", line));
                }
                Ok(())
            }
            Event::Empty(tag) => {
                let element = self.enter(&tag, line)?;
                self.leave(element, outlet)
            }
            Event::End(_) => match self.open.pop() {
                Some(element) => self.leave(element, outlet),
                None => Err(refused("journey-xml-malformed", line)),
            },
            // Entities other than the five of XML would have needed a document type.
            _ => Ok(()),
        }
    }

    fn enter(&mut self, tag: &BytesStart<'_>, line: u64) -> Result<Element, Broken> {
        let name = tag.local_name();
        let (name, parent) = (name.as_ref(), self.open.last().copied());
        let element = match (name, parent) {
            ("log", None) => Element::Log,
            (_, None) => return Err(refused("journey-xml-not-xes", line)),
            ("trace", Some(Element::Log)) => Element::Trace,
            ("event", Some(Element::Trace)) => Element::Event,
            _ => Element::Other,
        };
        match (element, parent) {
            (Element::Log, _) => self.any = true,
            (Element::Trace, _) => self.trace.begin(),
            (Element::Event, _) => self.event = RawEvent::at(line),
            (Element::Other, Some(Element::Trace | Element::Event)) => self.attribute(tag, line)?,
            _ => {}
        }
        Ok(element)
    }

    fn leave(&mut self, element: Element, outlet: &mut Outlet<'_>) -> Result<(), Broken> {
        match element {
            Element::Trace => return self.trace.finish(outlet).map_err(Broken::Failed),
            Element::Event => {
                self.trace.push(std::mem::take(&mut self.event));
            }
            _ => {}
        }
        Ok(())
    }

    /// An attribute of the trace or of its event that is open.
    fn attribute(&mut self, tag: &BytesStart<'_>, line: u64) -> Result<(), Broken> {
        let (mut key, mut value) = (Cow::Borrowed(""), Cow::Borrowed(""));
        for attribute in tag.attributes() {
            let malformed = |_| refused("journey-xml-malformed", line);
            let attribute = attribute.map_err(|_| refused("journey-xml-malformed", line))?;
            match attribute.key.as_ref() {
                "key" => {
                    key = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(malformed)?
                }
                "value" => {
                    value =
                        attribute.normalized_value(XmlVersion::Implicit1_0).map_err(malformed)?
                }
                _ => {}
            }
        }
        let of_event = self.open.last() == Some(&Element::Event);
        let taken = meaning(of_event, &key)
            .or_else(|| {
                self.attributes.iter().position(|name| **name == *key).map(Column::Attribute)
            })
            .is_some_and(|meaning| {
                if of_event {
                    self.event.put(&meaning, &value)
                } else {
                    self.trace.put(&meaning, &value)
                }
            });
        if !taken && !value.is_empty() {
            self.drop_value(&key);
        }
        Ok(())
    }

    fn drop_value(&mut self, key: &str) {
        if let Some(count) = self.dropped.get_mut(key) {
            *count += 1;
        } else if self.dropped.len() < limits::SITES {
            self.dropped.insert(key.to_owned(), 1);
        }
    }

    /// The end of the file, which must be the end of the log.
    fn end(&self, place: (u64, u64)) -> Result<(), Broken> {
        match (self.any, self.open.is_empty()) {
            (true, true) => Ok(()),
            (false, _) => Err(refused("journey-xml-not-xes", place.0)),
            (true, false) => Err(Broken::Refused(at("journey-xml-truncated", place))),
        }
    }
}

/// What a key of an event, or of a trace, means.
fn meaning(of_event: bool, key: &str) -> Option<Column> {
    Some(match (of_event, key) {
        (true, "concept:name") => Column::Step,
        (true, "time:timestamp") => Column::Time,
        (true, "start_timestamp" | "time:start") => Column::Start,
        (true, "lifecycle:transition") => Column::Lifecycle,
        (true, "concept:instance") => Column::Instance,
        (true, "org:group") => Column::Group,
        (true, "promised_start") => Column::PromisedStart,
        (true, "promised") => Column::Promised,
        (true, "requested") => Column::Requested,
        (false, "concept:name") => Column::Journey,
        (false, "contact") => Column::Contact,
        (false, "locale") => Column::Locale,
        (_, "site") => Column::Site,
        _ => return None,
    })
}

fn refused(key: &'static str, line: u64) -> Broken {
    Broken::Refused(Refusal::new(Text::new(key)).at_line(line))
}

fn at(key: &'static str, (line, column): (u64, u64)) -> Refusal {
    Refusal::new(Text::new(key).with("column", column)).at_line(line)
}

fn unreadable(problem: &quick_xml::Error, place: (u64, u64)) -> Refusal {
    match problem {
        quick_xml::Error::Io(failure) => broken(failure, place.0),
        quick_xml::Error::Syntax(_) => at("journey-xml-truncated", place),
        _ => at("journey-xml-broken", place),
    }
}

#[cfg(test)]
mod tests {
    use crate::clock::Clock;
    use crate::error::Error;
    use crate::journey::event::Incoming;
    use crate::journey::interpret::tests::interpreter;
    use crate::journey::read_xes::*;
    use crate::journey::report::Report;

    fn import(text: &str) -> Result<(Vec<Incoming>, Report)> {
        let mut events = Vec::new();
        let mut give = |batch: crate::journey::batcher::Batch| {
            events.extend(batch.events);
            Ok(())
        };
        let mut outlet = Outlet::new(interpreter(&[]), Clock::manual(0), &mut give);
        super::read(&Source::Bytes(text.as_bytes().into()), &mut outlet, Arc::default())?;
        let report = outlet.finish()?;
        Ok((events, report))
    }

    fn refused(text: &str) -> (&'static str, Option<u64>) {
        match import(text) {
            Err(Error::Refused(refusal)) => (refusal.text.key(), refusal.place.line),
            other => panic!("{other:?}"),
        }
    }

    const TRACE: &str = r#"<trace><string key="concept:name" value="J1"/>
        <event><string key="concept:name" value="WORK"/><string key="lifecycle:transition" value="start"/>
            <date key="time:timestamp" value="2026-07-06T10:00:00.000+00:00"/><string key="org:resource" value="Jean"/></event>
        <event><string key="concept:name" value="WORK"/><string key="lifecycle:transition" value="complete"/>
            <date key="time:timestamp" value="2026-07-06T12:00:00.000+00:00"/><string key="org:group" value="Workshop">
            <string key="concept:name" value="nested, not ours"/></string><string key="channel" value="web &amp; phone"/></event>
        <event><string key="concept:name" value="DONE"/><date key="time:timestamp" value="2026-07-06T12:00:00+00:00"/></event>
        <event><string key="concept:name" value="DONE"/><date key="time:timestamp" value="2026-07-06T12:00:00+00:00"/></event>
        </trace>"#;

    #[test]
    fn traces_become_events_without_persons() {
        let (events, report) = import(&format!("<?xml version=\"1.0\"?><x:log xmlns:x=\"http://www.xes-standard.org/\"><global><string key=\"a\" value=\"b\"/></global>{TRACE}</x:log>")).unwrap();
        assert_eq!((report.read, report.joined, events.len()), (4, 1, 3));
        let work = &events[0].event;
        assert_eq!(
            (&*work.step, work.start, work.end),
            ("WORK", Some(1_783_332_000), Some(1_783_339_200))
        );
        assert_eq!(&*events[0].attributes[0].1, "web & phone");
        assert_eq!(
            [events[1].event.ordinal, events[2].event.ordinal],
            [0, 1],
            "it really happened twice"
        );
        assert_eq!(report.persons["org:resource"], 1);
        assert_eq!(report.groups.iter().collect::<Vec<_>>(), ["Workshop"]);
        assert!(!format!("{report:?}{events:?}").contains("Jean"));
    }

    #[test]
    fn a_log_that_breaks_off_keeps_its_whole_traces_and_tells_where() {
        for (rest, key) in [
            ("<trace><event>", "journey-xml-truncated"),
            ("<trace><string key=\"concept:na", "journey-xml-truncated"),
            ("<trace></event></trace></log>", "journey-xml-broken"),
            (
                "<trace><event a=\"&unknown;\"><string key=\"&unknown;\" value=\"\"/></event></trace></log>",
                "journey-xml-malformed",
            ),
        ] {
            let (events, report) = import(&format!("<log>{TRACE}\n{rest}")).unwrap();
            assert_eq!(events.len(), 3, "{rest}");
            let refusal = report.refusals.last().unwrap();
            assert_eq!((refusal.text.key(), refusal.place.line), (key, Some(10)), "{rest}");
        }
    }

    #[test]
    fn hostile_files_are_refused_by_line() {
        let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE log [<!ENTITY a \"aaaa\">]>\n<log>&a;</log>";
        assert_eq!(refused(bomb), ("journey-xml-doctype", Some(2)));
        assert_eq!(refused("<log>\n".repeat(2).as_str()), ("journey-xml-truncated", Some(3)));
        let deep = format!("<log>\n{}", "<a>".repeat(100_000));
        assert_eq!(refused(&deep), ("journey-xml-too-deep", Some(2)));
        let wide = format!("<log>\n<string key=\"{}\"/></log>", "x".repeat(3 * limits::LINE));
        assert_eq!(refused(&wide), ("journey-line-too-long", Some(2)));
        assert_eq!(refused("<html></html>"), ("journey-xml-not-xes", Some(1)));
        assert_eq!(refused("no markup"), ("journey-xml-not-xes", Some(1)));
    }

    #[test]
    fn a_trace_without_a_name_and_events_without_a_step_are_refused_by_line() {
        let (events, report) = import("<log>\n<trace>\n<event><string key=\"concept:name\" value=\"A\"/><date key=\"time:timestamp\" value=\"2026-07-06\"/></event></trace>\n<trace><string key=\"concept:name\" value=\"J\"/>\n<event><date key=\"time:timestamp\" value=\"2026-07-06\"/></event></trace></log>").unwrap();
        assert!(events.is_empty());
        let told: Vec<_> =
            report.refusals.iter().map(|r| (r.place.line.unwrap(), r.text.key())).collect();
        assert_eq!(told, [(3, "journey-no-journey"), (5, "journey-no-step")]);
    }
}
