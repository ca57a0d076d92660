use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use crate::blueprint::Blueprint;
use crate::calendar::Zone;
use crate::clock::Clock;
use crate::error::{Error, Refusal};
use crate::journey::batcher::Batch;
use crate::journey::event::Incoming;
use crate::journey::import::Format;
use crate::journey::interpret::Interpreter;
use crate::journey::interpret::tests::secret;
use crate::journey::ocel::*;
use crate::journey::report::Report;
use crate::token::JourneyId;
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use serde_json::Value;

/// What a reader hands over and says.
type Imported = (Vec<Incoming>, Report);

fn interpreter() -> Interpreter {
    let attributes = vec!["channel".to_owned(), "po_product".to_owned()];
    let blueprint = Blueprint { attributes, ..Blueprint::unknown("repair") };
    Interpreter::new(&blueprint, &[], Zone::named("Europe/Paris").unwrap(), secret())
}

fn about(object_type: &str) -> ColumnChoices {
    let mut said = ColumnChoices::default();
    said.object_type = (!object_type.is_empty()).then(|| object_type.to_owned());
    said
}

/// Everything of these bytes, with so much room; nothing when the file is refused.
fn within(room: usize, bytes: &[u8], said: &ColumnChoices) -> Result<Imported, (Error, usize)> {
    let mut events = Vec::new();
    let mut give = |batch: Batch| {
        events.extend(batch.events);
        Ok(())
    };
    let mut outlet = Outlet::new(interpreter(), Clock::manual(0), &mut give);
    let source = Source::Bytes(bytes.into());
    let read = |outlet: &mut Outlet<'_>| {
        let Format::Ocel(notation) = Format::of(&source)? else {
            panic!("recognised as {:?}", Format::of(&source))
        };
        read_within(room, &source, notation, said, outlet, Arc::default())
    };
    match read(&mut outlet).and_then(|()| outlet.finish()) {
        Ok(report) => Ok((events, report)),
        Err(failure) => Err((failure, events.len())),
    }
}

fn import(text: &str, object_type: &str) -> Result<Imported, (Error, usize)> {
    within(usize::MAX, text.as_bytes(), &about(object_type))
}

/// Why a file was refused as a whole, and where.
fn refused(text: &str, object_type: &str) -> (&'static str, Option<u64>) {
    match import(text, object_type) {
        Err((Error::Refused(refusal), 0)) => (refusal.text.key(), refusal.place.line),
        other => panic!("{other:?}"),
    }
}

fn told(report: &Report) -> Vec<String> {
    report
        .refusals
        .iter()
        .map(|r: &Refusal| {
            format!("{}:{} {}", r.place.line.unwrap(), r.place.field.clone().unwrap(), r.text.key())
        })
        .collect()
}

fn shared(name: &str) -> Option<Vec<u8>> {
    let read =
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ocel").join(name))
            .ok();
    if read.is_none() {
        println!("skipped: {name}");
    }
    read
}

/// Steps and ends of each journey, in the order of time.
fn journeys(events: &[Incoming]) -> BTreeMap<JourneyId, Vec<(i64, String)>> {
    let mut journeys: BTreeMap<JourneyId, Vec<(i64, String)>> = BTreeMap::new();
    for row in events {
        journeys
            .entry(row.journey)
            .or_default()
            .push((row.event.end.unwrap(), row.event.step.to_string()));
    }
    journeys
}

/// The same from the file, by somebody who knows nothing of us.
fn independently(log: &Value, kind: &str) -> BTreeMap<JourneyId, Vec<(i64, String)>> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut journeys = BTreeMap::new();
    for object in list(&log["objects"]).iter().filter(|object| object["type"] == kind) {
        let mut steps: Vec<_> = list(&log["events"])
            .iter()
            .filter(|event: &&Value| {
                list(&event["relationships"]).iter().any(|to| to["objectId"] == object["id"])
            })
            .map(|event| {
                let at: jiff::Timestamp = text(&event["time"]).parse().unwrap();
                (at.as_second(), text(&event["type"]))
            })
            .collect();
        steps.sort();
        journeys.insert(secret().journey_id("repair", &text(&object["id"])), steps);
    }
    journeys
}

#[test]
fn both_notations_of_the_standards_example_are_what_the_file_says() {
    let (Some(json), Some(xml)) =
        (shared("ocel20_example.jsonocel"), shared("ocel20_example.xmlocel"))
    else {
        return;
    };
    let log: Value = serde_json::from_slice(&json).unwrap();
    for (kind, of_journeys, of_events) in [
        ("Invoice", 3, 9),
        ("Payment", 3, 3),
        ("Purchase Order", 2, 5),
        ("Purchase Requisition", 1, 3),
    ] {
        let (events, report) = within(usize::MAX, &json, &about(kind)).unwrap();
        let found = journeys(&events);
        assert_eq!(found, independently(&log, kind), "{kind}");
        assert_eq!((found.len(), events.len()), (of_journeys, of_events), "{kind}");
        assert_eq!(report.refused, 0);
        assert_eq!(
            report.read,
            of_events as u64 + report.passed_over,
            "every event is accounted for"
        );

        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&xml).unwrap();
        let mut of_xml = within(usize::MAX, &packed.finish().unwrap(), &about(kind)).unwrap();
        for (row, line) in of_xml.0.iter_mut().zip(events.iter().map(|row| row.line)) {
            row.line = line;
        }
        assert_eq!(of_xml.0, events, "{kind}: the same, but for the lines they stand on");
        assert_eq!(of_xml.1.to_json(crate::i18n::Lang::En), report.to_json(crate::i18n::Lang::En));
    }
}

#[test]
fn who_did_it_in_the_standards_example_is_dropped_and_counted() {
    let Some(json) = shared("ocel20_example.jsonocel") else { return };
    let (events, report) = within(usize::MAX, &json, &about("Purchase Order")).unwrap();
    for (column, values) in
        [("pr_approver", 1), ("pr_creator", 1), ("po_creator", 2), ("po_editor", 1)]
    {
        assert_eq!(report.persons[column], values, "{column}");
    }
    assert_eq!((report.ignored["po_quantity"], report.ignored["Invoice"]), (3, 3));
    assert_eq!(
        &*events[0].attributes[0].1, "Cows",
        "a declared attribute of the object is the journey's"
    );
    let all = format!("{report:?}{events:?}");
    assert!(["Mike", "Tania", "Luke", "Mario"].iter().all(|name| !all.contains(name)));
}

/// A log of repairs with people, cars, and everything that an event may say; its events come
/// before its objects.
const JSON: &str = r#"{"$schema": "x", "events": [
  {"id": "e3", "type": "WORK", "time": "2026-07-07T10:00:00Z", "attributes": [
    {"name": "debut", "value": "2026-07-07T08:00:00Z"}, {"name": "promis", "value": "2026-07-08"},
    {"name": "org:resource", "value": "Jean"}, {"name": "temperature", "value": 21.5}, {"name": "channel", "value": "web"}],
   "relationships": [{"objectId": "R1", "qualifier": "repair"}, {"objectId": "R1", "qualifier": "also"},
    {"objectId": "R2", "qualifier": "repair"}, {"objectId": "M1", "qualifier": "by"}, {"objectId": "C1", "qualifier": ""}]},
  {"id": "e1", "type": "CALL", "time": "2026-07-06T10:00:00Z", "relationships": [{"objectId": "R1"}]},
  {"id": "e2", "type": "CALL", "time": "2026-07-06T10:00:00Z", "relationships": [{"objectId": "R1"}]},
  {"id": "e4", "type": "WASH", "time": "2026-07-06T10:00:00Z", "relationships": [{"objectId": "C1"}]}],
"objects": [
  {"id": "R1", "type": "Repair", "relationships": [{"objectId": "C1", "qualifier": ""}], "attributes": [
    {"name": "agence", "time": "2026-07-02T00:00:00Z", "value": "Lyon"},
    {"name": "agence", "time": "1970-01-01T00:00:00Z", "value": "Paris"},
    {"name": "contact", "time": "1970-01-01T00:00:00Z", "value": "a@example.org"}]},
  {"id": "R2", "type": "Repair"}, {"id": "M1", "type": "Mechanic"}, {"id": "M2", "type": "Mechanic"},
  {"id": "C1", "type": "Car"}], "objectTypes": [], "eventTypes": []}"#;

#[test]
fn an_event_goes_to_each_of_its_journeys_once() {
    let (events, report) = import(JSON, "Repair").unwrap();
    let steps: Vec<_> = events
        .iter()
        .map(|row| (&*row.event.step, row.event.ordinal, row.site.as_deref()))
        .collect();
    let lyon = Some("Lyon");
    assert_eq!(steps, [("WORK", 0, lyon), ("CALL", 0, lyon), ("CALL", 1, lyon), ("WORK", 0, None)]);
    let work = &events[0];
    assert_eq!((work.event.start, work.event.end), (Some(1_783_411_200), Some(1_783_418_400)));
    assert_eq!(
        work.event.promised[0], 1_783_547_999,
        "by the end of that day, in the organisation's zone"
    );
    assert_eq!((work.contact.is_some(), events[3].contact.is_some()), (true, false));
    assert_eq!(&*work.attributes[0].1, "web");
    assert_eq!(
        (report.read, report.passed_over, report.refused),
        (5, 1, 0),
        "the car was washed in no repair"
    );
    assert_eq!(
        report.persons,
        BTreeMap::from([("Mechanic".to_owned(), 2), ("org:resource".to_owned(), 1)])
    );
    assert_eq!(
        report.ignored,
        BTreeMap::from([("Car".to_owned(), 1), ("temperature".to_owned(), 1)])
    );
}

#[test]
fn the_journeys_do_not_depend_on_how_many_fit_into_the_memory() {
    let (whole, said) = (import(JSON, "Repair").unwrap(), about("Repair"));
    let (small, report) = within(1, JSON.as_bytes(), &said).unwrap();
    assert_eq!(small, whole.0);
    assert_eq!(report.to_json(crate::i18n::Lang::En), whole.1.to_json(crate::i18n::Lang::En));
}

#[test]
fn the_journeys_are_of_one_type_that_is_no_people() {
    assert_eq!(refused(JSON, ""), ("journey-ocel-which", None));
    assert_eq!(refused(JSON, "Boat"), ("journey-ocel-no-such-type", None));
    assert_eq!(refused(JSON, "Mechanic"), ("journey-ocel-people", None));
    let Err((failure, _)) = import(JSON, "") else { panic!("a type was guessed") };
    for lang in [crate::i18n::Lang::Fr, crate::i18n::Lang::En] {
        let said = failure.say(lang);
        assert!(said.contains("Car (1), Repair (2)") && !said.contains("Mechanic"), "{said}");
    }
    let only = JSON.replace("\"Car\"", "\"Mechanic\"");
    assert_eq!(import(&only, "").unwrap().0.len(), 4, "nothing else could be the journeys");
    let empty = r#"{"objects": [], "events": []}"#;
    assert_eq!(refused(empty, ""), ("journey-ocel-no-objects", None));
    let mut said = ColumnChoices::parse("step = 'debut'", "m.toml").unwrap();
    said.object_type = Some("Repair".to_owned());
    let Err((Error::Refused(refusal), 0)) = within(1, JSON.as_bytes(), &said) else {
        panic!("a step is no attribute")
    };
    assert_eq!(refusal.text.key(), "journey-ocel-mapping");
}

#[test]
fn bad_objects_and_events_are_refused_one_by_one() {
    let (events, report) = import(
        "{\"objects\": [\n{\"id\": \"R1\", \"type\": \"Repair\"},\n{\"type\": \"Repair\"},\n{\"id\": \"R1\", \"type\": \"Car\"},\n\
         {\"id\": \"R1\", \"type\": \"Repair\"}],\n\"events\": [\n\
         {\"type\": \"CALL\", \"time\": \"2026-07-06T10:00:00Z\", \"relationships\": [{\"objectId\": \"R1\"}, {\"objectId\": \"R9\"}]},\n\
         {\"type\": \"CALL\", \"time\": \"soon\", \"relationships\": [{\"objectId\": \"R1\"}]},\n\
         {\"type\": \"CALL\", \"relationships\": [{\"objectId\": \"R1\"}]},\n\
         {\"type\": \"Mme Durand\", \"time\": \"2026-07-06T10:00:00Z\", \"relationships\": [{\"objectId\": \"R1\"}]},\n\
         {\"type\": \"CALL\", \"time\": \"2026-07-06T10:00:00Z\"}]}",
        "Repair",
    )
    .unwrap();
    assert_eq!(events.len(), 1);
    let mut told = told(&report);
    told.sort();
    assert_eq!(
        told,
        [
            "10:events[3].type journey-person-title",
            "3:objects[1] journey-ocel-object-incomplete",
            "4:objects[2] journey-ocel-object-twice",
            "7:events[0] journey-ocel-no-object",
            "8:events[1].time journey-time-malformed",
            "9:events[2].time journey-no-time",
        ]
    );
    assert_eq!((report.read, report.refused, report.passed_over), (8, 6, 1));
}

#[test]
fn broken_and_hostile_files_are_refused_whole_by_line() {
    let xml = "<log>\n<object-types/><objects><object id=\"R1\" type=\"Repair\"/></objects><events>\n\
        <event id=\"e\" type=\"CALL\" time=\"2026-07-06\"><objects><relationship object-id=\"R1\"/></objects></event>\n";
    let long = "x".repeat(2 * crate::limits::LINE);
    for (text, key, line) in [
        (JSON[..JSON.len() - 9].to_owned(), "journey-json-truncated", 16),
        (JSON.replace("\"id\": \"R2\",", "\"id\" \"R2\","), "journey-json-malformed", 15),
        (JSON.replace("\"id\": \"R2\",", "\"id\": [2],"), "journey-ocel-shape", 15),
        (format!("{JSON}\n{{}}"), "journey-json-malformed", 17),
        (format!("{{\"objects\": [\n{}", "[".repeat(10_000)), "journey-ocel-shape", 2),
        (
            format!("{{\"objects\": [\n{{\"x\": {}", "[".repeat(100_000)),
            "journey-json-truncated",
            2,
        ),
        (format!("{{\"objects\": [\n{{\"id\": \"{long}"), "journey-ocel-too-long", 2),
        (xml.to_owned(), "journey-ocel-truncated", 4),
        (format!("{xml}<event"), "journey-ocel-truncated", 4),
        (format!("{xml}</log>"), "journey-ocel-broken", 4),
        (format!("{xml}<event><attributes><attribute>&a;"), "journey-xml-malformed", 4),
        (format!("{xml}<event type=\"{long}"), "journey-ocel-too-long", 4),
        (format!("{xml}<event>{}", "<a b=''/>".repeat(long.len() / 9)), "journey-ocel-too-long", 4),
        (format!("{xml}{}", "<a>".repeat(100)), "journey-xml-too-deep", 4),
        (
            format!("<!DOCTYPE log [<!ENTITY a \"aaaa\">]>\n{xml}</events></log>"),
            "journey-xml-doctype",
            1,
        ),
    ] {
        assert_eq!(
            refused(&text, "Repair"),
            (key, Some(line)),
            "{}",
            &text[text.len().saturating_sub(80)..]
        );
    }
    let sqlite =
        Format::of(&Source::Bytes((*b"SQLite format 3\0\x10\0").into())).unwrap_err().to_string();
    assert!(sqlite.contains(".jsonocel") && sqlite.contains(".xmlocel"), "{sqlite}");
}

#[test]
fn references_and_sections_in_xml_are_the_text_they_stand_for() {
    let xml = "<log><objects><object id=\"R&amp;1\" type=\"Repair\"/></objects><events><event id=\"e\" type=\"CALL\" time=\"2026-07-06\">\
        <attributes><attribute name=\"channel\">web &amp; <![CDATA[phone]]> &#233;</attribute></attributes>\
        <objects><object object-id=\"R&amp;1\"/></objects></event></events></log>";
    let (events, _) = import(xml, "").unwrap();
    assert_eq!(&*events[0].attributes[0].1, "web & phone \u{e9}");
    assert_eq!(events[0].journey, secret().journey_id("repair", "R&1"));
}

#[test]
fn our_own_events_and_xes_are_not_taken_for_it() {
    for (text, format) in [
        ("{\"journey\":\"J1\",\"step\":\"WORK\"}\n{\"events\":[]}", Format::Lines),
        ("{}", Format::Lines),
        ("{\"a\"", Format::Lines),
        ("<log><trace/></log>", Format::Xes),
        ("<log/>", Format::Xes),
        ("<log><", Format::Xes),
    ] {
        assert_eq!(Format::of(&Source::Bytes(text.as_bytes().into())).unwrap(), format, "{text}");
    }
}

#[test]
fn an_object_of_too_many_events_is_no_journey() {
    let event = "{\"type\": \"CALL\", \"time\": \"2026-07-06T10:00:00Z\", \"relationships\": [{\"objectId\": \"R1\"}]}";
    let events = vec![event; crate::limits::EVENTS_IN_A_JOURNEY + 5].join(",");
    let text = format!(
        "{{\"objects\": [{{\"id\": \"R1\", \"type\": \"Repair\"}}], \"events\": [{events}]}}"
    );
    let (kept, report) = import(&text, "").unwrap();
    assert_eq!((kept.len(), report.refused), (crate::limits::EVENTS_IN_A_JOURNEY, 5));
    assert_eq!(report.reasons["journey-too-many-events"], 5);
}

const XML: &str = "<log><objects><object id=\"R1\" type=\"Repair\"><attributes><attribute name=\"site\" time=\"2026-07-06\">Lyon\
    </attribute></attributes></object><object id=\"R2\" type=\"Repair\"/></objects><events><event id=\"e\" type=\"CALL\" \
    time=\"2026-07-06\"><objects><relationship object-id=\"R1\"/></objects></event><event id=\"f\" type=\"WORK\" \
    time=\"2026-07-07\"><objects><relationship object-id=\"R2\"/></objects></event></events></log>";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever happens to the bytes of a file: it is refused whole with nothing handed over, or
    /// every row that was read is kept, refused or passed over.
    #[test]
    fn a_damaged_file_is_never_read_half(
        xml in any::<bool>(),
        cut in 0.0..1.2_f64,
        damage in prop::collection::vec((0.0..1.0_f64, prop::sample::select(b"{}[]\",:<>/&=! ae1\xc3\n".to_vec())), 0..4),
        room in prop::sample::select(vec![1, usize::MAX]),
    ) {
        let mut bytes = if xml { XML.as_bytes().to_vec() } else { JSON.as_bytes().to_vec() };
        let end = bytes.len() as f64;
        damage.iter().for_each(|(place, byte)| bytes[(place * end) as usize] = *byte);
        bytes.truncate((cut * end) as usize);
        let source = Source::Bytes(bytes.as_slice().into());
        prop_assume!(source.check().is_ok() && matches!(Format::of(&source), Ok(Format::Ocel(_))));
        match within(room, &bytes, &about("Repair")) {
            Ok((events, report)) => prop_assert_eq!(
                events.len() as u64 + report.refused + report.passed_over + report.joined, report.read
            ),
            Err((failure, handed_over)) => {
                prop_assert!(matches!(failure, Error::Refused(_)));
                prop_assert_eq!(handed_over, 0);
            }
        }
    }
}
