use std::collections::BTreeMap;
use std::io::Read as _;

use proptest::prelude::*;
use relais_analytics::process::{Flow, Journey, Visit};

use super::detail::{ALL, Detail};
use super::flow::PlaceFlow;
use super::read::shown;
use super::{Map, document, picture, plain};
use crate::blueprint::{Blueprint, Names, Step};
use crate::breakdown::picture::tests::{boxes, overlaps};
use crate::breakdown::request::Question;
use crate::breakdown::{Breakdown, sample};
use crate::i18n::Lang;
use crate::privacy::{Eyes, Objections, Place};
use crate::publication::flows::{Flows, Sum};
use crate::publication::{Published, Window};

/// A question about a service of these steps, each with whether the customer meets it.
pub(super) fn asked(steps: Vec<(String, bool)>) -> Question {
    let step = |(code, frontstage): (String, bool)| Step {
        team: Some("office".to_owned()),
        frontstage,
        ..Step::seen(&code)
    };
    let name = Names { fr: "Dossiers".to_owned(), en: "Cases".to_owned() };
    let blueprint = Blueprint {
        name,
        steps: steps.into_iter().map(step).collect(),
        ..Blueprint::unknown("cases")
    };
    Question {
        blueprint,
        partition: Place::Network,
        place: None,
        against: None,
        window: Window::default(),
        eyes: Eyes::Owner,
    }
}

/// Flows whose steps have these codes.
pub(super) fn traffic_of(steps: Vec<String>) -> Flows {
    let mut flows = Flows::default();
    flows.steps = steps;
    flows
}

/// The map of a flow that nothing is hidden of.
fn map(flow: Flow, steps: Vec<(String, bool)>, breakdown: Breakdown) -> Map {
    let (flows, sum) = (
        traffic_of(steps.iter().map(|(code, _)| code.clone()).collect()),
        Sum { flow, ..Sum::default() },
    );
    let question = asked(steps);
    let published = Published::default();
    let flow = PlaceFlow::new(&question, &published, &flows, &sum, BTreeMap::new(), 1);
    let flow = shown(&flow, &Objections::default());
    Map { breakdown: Breakdown { blueprint: question.blueprint, ..breakdown }, flow }
}

/// A real log: its journeys as activities with seconds, in order.
fn log(name: &str) -> Option<Vec<Vec<(String, i64)>>> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data/eventlogs")
        .join(name);
    let Ok(bytes) = std::fs::read(path) else {
        println!("skipped: {name}");
        return None;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).expect("a log");
    let value = |event: &str, key: &str| {
        let rest = &event[event.find(&format!("key=\"{key}\""))?..];
        rest.split("value=\"").nth(1)?.split('"').next().map(str::to_owned)
    };
    let event = |event: &str| {
        let event = event.split("</event>").next()?;
        let at = value(event, "time:timestamp")?;
        let at = at.parse::<jiff::Timestamp>().ok()?.as_second();
        Some((value(event, "concept:name")?, at))
    };
    let trace = |trace: &str| {
        let mut events: Vec<(String, i64)> =
            trace.split("<event>").skip(1).filter_map(event).collect();
        events.sort_by_key(|(_, at)| *at);
        events
    };
    Some(text.split("<trace>").skip(1).map(trace).filter(|events| !events.is_empty()).collect())
}

/// The map of a real log, its activities in their mean order; every fourth one out of the
/// customer's sight.
fn map_of(name: &str) -> Option<Map> {
    let journeys = log(name)?;
    let mut places: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (place, (step, _)) in journeys.iter().flat_map(|journey| journey.iter().enumerate()) {
        let known = places.entry(step).or_default();
        *known = (known.0 + place, known.1 + 1);
    }
    let mut steps: Vec<&str> = places.keys().copied().collect();
    steps.sort_by_key(|step| 1_000 * places[step].0 / places[step].1);
    let number = |step: &str| steps.iter().position(|known| *known == step).expect("a step") as u16;
    let mut flow = Flow::default();
    for journey in &journeys {
        let visit = |(step, at): &(String, i64)| Visit {
            step: number(step),
            team: None,
            from: *at,
            until: *at,
            whole: false,
        };
        let visits: Vec<Visit> = journey.iter().map(visit).collect();
        flow.add(&Journey { visits: &visits, ..Journey::default() });
    }
    let steps = steps.iter().zip(0..).map(|(step, at)| ((*step).to_owned(), at % 4 != 3)).collect();
    let quiet = Breakdown { lines: Vec::new(), suppressed: Vec::new(), ..sample::garage() };
    Some(map(flow, steps, quiet))
}

/// Whether a drawing can be read: no words on others, everything within the picture, well-formed.
fn readable(map: &Map, detail: Detail, lang: Lang) -> Result<(), String> {
    let drawing = picture::drawing(map, detail, Some("workshop"), lang);
    let over = overlaps(&drawing);
    if !over.is_empty() {
        return Err(format!("{detail:?} {lang:?}: {over:?}"));
    }
    let beyond = |b: &(f64, f64, f64, f64, String)| {
        b.0 < -1.0 || b.1 < -1.0 || b.2 > drawing.width + 1.0 || b.3 > drawing.height
    };
    let outside: Vec<_> = boxes(&drawing).into_iter().filter(beyond).collect();
    if !outside.is_empty() {
        return Err(format!("{detail:?} {lang:?}: outside {outside:?}"));
    }
    let svg = drawing.svg();
    let mut reader = quick_xml::Reader::from_str(&svg);
    while !matches!(
        reader.read_event().map_err(|why| why.to_string())?,
        quick_xml::events::Event::Eof
    ) {}
    let again = picture::drawing(map, detail, Some("workshop"), lang).svg();
    let told = svg.contains("<title") && svg.contains("<desc") && !svg.contains("style=");
    if told && again == svg {
        Ok(())
    } else {
        Err("it is not told, or not the same twice".to_owned())
    }
}

#[test]
fn the_maps_of_real_logs_can_be_read_in_every_detail() {
    for name in ["receipt.xes.gz", "helpdesk.xes.gz", "billing_1t_per_variant.xes.gz"] {
        let Some(map) = map_of(name) else { continue };
        for detail in ALL {
            for lang in Lang::ALL {
                readable(&map, detail, lang).unwrap_or_else(|why| panic!("{name}: {why}"));
            }
        }
        let drawn = |detail: Detail| detail.drawn(&map.flow).len();
        assert!(
            drawn(Detail::Main) <= 20 && drawn(Detail::Main) <= drawn(Detail::More),
            "{name}: the main flow is short"
        );
        assert!(drawn(Detail::More) <= drawn(Detail::All), "{name}");
    }
}

#[test]
fn the_volumes_of_a_real_log_are_what_was_counted() {
    let Some(map) = map_of("receipt.xes.gz") else { return };
    let way = |from: &str, to: &str| {
        let found = map
            .flow
            .handoffs
            .iter()
            .find(|handoff| handoff.from.starts_with(from) && handoff.to.starts_with(to));
        found.expect("a way").of_100.expect("enough")
    };
    // pm4py counts 1,177 and 1,079 of 1,434 journeys.
    assert_eq!((way("T04", "T05"), way("Confirmation", "T02")), (82.0, 75.0));
}

/// The garage with random traffic, its points in every case that the sample has.
fn garage(seed: u64) -> Map {
    use rand::{RngExt, SeedableRng};
    let mut random = rand::rngs::StdRng::seed_from_u64(seed);
    let blueprint = sample::blueprint();
    let steps: Vec<(String, bool)> =
        blueprint.steps.iter().map(|step| (step.code.clone(), step.frontstage)).collect();
    let mut flow = Flow::default();
    for _ in 0..200 {
        let (mut at, mut visits) = (0, Vec::new());
        while at < steps.len() && visits.len() < 12 {
            let now = visits.len() as i64 * random.random_range(30..90_000);
            visits.push(Visit {
                step: at as u16,
                team: Some(at as u16),
                from: now,
                until: now + 600,
                whole: true,
            });
            at =
                if random.random_bool(0.12) { random.random_range(0..steps.len()) } else { at + 1 };
        }
        flow.add(&Journey { visits: &visits, ..Journey::default() });
    }
    let map = map(flow, steps, sample::garage_against_rest());
    Map { breakdown: Breakdown { blueprint, ..map.breakdown }, ..map }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_garage_can_be_read_whatever_its_traffic(seed in any::<u64>()) {
        let map = garage(seed);
        for detail in ALL {
            for lang in Lang::ALL {
                readable(&map, detail, lang).map_err(TestCaseError::fail)?;
            }
        }
    }
}

#[test]
fn a_map_is_told_in_words_too() {
    let map = garage(1);
    for lang in Lang::ALL {
        let told = plain::plain(&map, Some("workshop"), lang);
        assert!(!told.contains("Unknown localization") && told.contains(" / "), "{told}");
    }
    let document =
        serde_json::to_value(document::Document::of(&map, Lang::En)).expect("a document");
    assert_eq!(document["nodes"][0]["code"], "CALL");
    assert!(document["edges"].as_array().is_some_and(|handoffs| !handoffs.is_empty()));
    // Rule: a map holds no counts of journeys at its steps and flow.
    let keys =
        serde_json::to_string(&document["edges"]).expect("text") + &document["nodes"].to_string();
    assert!(!keys.contains("\"count\"") && !keys.contains("\"journeys\""), "{keys}");
}
