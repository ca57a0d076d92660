//! Flows are commutative groups, their bytes are safe to read, and their figures are pm4py's.

use std::collections::BTreeMap;
use std::io::Read as _;

use proptest::collection::vec;
use proptest::prelude::*;
use relais_analytics::cell::DecodeError;
use relais_analytics::process::{Flow, Journey, OTHER, Visit};
use serde_json::Value;

use crate::golden::shared;

/// A journey that owns its parts.
#[derive(Clone, Debug)]
struct SampleJourney {
    sequence: u16,
    visits: Vec<Visit>,
    skipped: Vec<u16>,
    came_back: bool,
    promises: Vec<(u16, i64)>,
    offered: Vec<(u16, i64)>,
    answer: Option<(u16, i64)>,
}

impl SampleJourney {
    fn journey(&self) -> Journey<'_> {
        Journey {
            sequence: self.sequence,
            visits: &self.visits,
            skipped: &self.skipped,
            came_back: self.came_back,
            unannounced: false,
            promises: &self.promises,
            offered: &self.offered,
        }
    }
}

fn samples() -> impl Strategy<Value = Vec<SampleJourney>> {
    let number = || prop_oneof![0..6u16, Just(OTHER)];
    let seconds = || prop_oneof![-90_000..900_000i64, Just(i64::MAX), Just(i64::MIN), Just(0)];
    let visit = (number(), proptest::option::of(0..4u16), seconds(), seconds(), any::<bool>())
        .prop_map(|(step, team, from, until, whole)| Visit { step, team, from, until, whole });
    let sample = (
        number(),
        vec(visit, 0..7),
        vec(0..6u16, 0..3),
        any::<bool>(),
        vec((0..60u16, seconds()), 0..3),
        vec((number(), seconds()), 0..3),
        proptest::option::of((1..4u16, 0..11i64)),
    );
    let sample =
        sample.prop_map(|(sequence, visits, skipped, came_back, promises, offered, answer)| {
            SampleJourney { sequence, visits, skipped, came_back, promises, offered, answer }
        });
    vec(sample, 0..10)
}

fn flow(samples: &[SampleJourney]) -> Flow {
    let mut flow = Flow::default();
    for sample in samples {
        flow.add(&sample.journey());
        sample
            .answer
            .iter()
            .for_each(|(version, loss)| flow.answer(sample.sequence, *version, *loss));
    }
    flow
}

fn sum(a: &Flow, b: &Flow) -> Flow {
    let mut sum = a.clone();
    sum.merge(b);
    sum
}

proptest! {
    #[test]
    fn flows_merge_in_any_order(parts in [samples(), samples(), samples()]) {
        let [a, b, c] = parts.clone().map(|part| flow(&part));
        prop_assert_eq!(sum(&sum(&a, &b), &c), sum(&a, &sum(&b, &c)));
        prop_assert_eq!(sum(&a, &b).encode(), sum(&b, &a).encode());
        prop_assert_eq!(sum(&sum(&a, &b), &c), flow(&parts.concat()));
        prop_assert_eq!(sum(&a, &Flow::default()), a);
    }

    #[test]
    fn taking_a_flow_out_is_the_inverse(some in samples(), mut others in samples()) {
        let kept = flow(&some);
        let mut whole = sum(&kept, &flow(&others));
        whole.subtract(&flow(&others));
        prop_assert_eq!(&whole, &kept);
        others.iter_mut().for_each(|sample| sample.answer = None);
        let mut one_by_one = sum(&kept, &flow(&others));
        others.iter().for_each(|sample| one_by_one.remove(&sample.journey()));
        prop_assert_eq!(one_by_one.encode(), kept.encode());
    }

    #[test]
    fn flows_come_back_from_their_bytes(some in samples(), others in samples()) {
        let (a, b) = (flow(&some), flow(&others));
        prop_assert_eq!(Flow::decode(&a.encode()), Ok(a.clone()));
        let mut both = a.clone();
        both.merge_encoded(&b.encode()).expect("it was just written");
        prop_assert_eq!(both, sum(&a, &b));
    }

    #[test]
    fn hostile_bytes_are_refused_or_are_a_flow(some in samples(), at in any::<prop::sample::Index>(), byte in any::<u8>(), noise in vec(any::<u8>(), 0..200)) {
        let mut bytes = flow(&some).encode();
        let cut = at.index(bytes.len());
        prop_assert!(Flow::decode(&bytes[..cut]).is_err(), "a part of a flow is no flow");
        bytes[cut] = byte;
        for bytes in [bytes, noise.clone(), [vec![0xF1], noise].concat()] {
            if let Ok(flow) = Flow::decode(&bytes) {
                prop_assert_eq!(Flow::decode(&flow.encode()), Ok(flow.clone()));
                let figures = (flow.events(), flow.repeats(), flow.self_loops(), flow.journeys(), flow.sequences());
                std::hint::black_box(figures);
                prop_assert!(flow.handoffs().iter().all(|handoff| handoff.wait.quantile(0.5).is_none_or(f64::is_finite)));
                prop_assert!(flow.promises().iter().all(|p| p.kept().wrapping_add(p.late()) == p.made()));
            }
        }
    }
}

#[test]
fn the_error_says_what_is_wrong_with_the_bytes_of_a_flow() {
    assert_eq!(Flow::decode(&[0xC1]), Err(DecodeError::Format(0xC1)));
    assert_eq!(Flow::decode(&[0xF1, 0, 7]), Err(DecodeError::Trailing(2)));
    assert_eq!(
        Flow::decode(&[0xF1, 2, 0, 2, 0, 2]),
        Err(DecodeError::Impossible { what: "repeated coordinate", at: 5 })
    );
    assert_eq!(
        Flow::decode(&[0xF1, 1, 0, 0]),
        Err(DecodeError::Impossible { what: "empty sum", at: 4 })
    );
}

/// A flow of journeys that are given as the teams they went through, each being a step of its own.
fn relay(journeys: &[Vec<u16>]) -> Flow {
    let mut flow = Flow::default();
    for teams in journeys {
        let visit =
            |team: &u16| Visit { step: *team, team: Some(*team), from: 0, until: 0, whole: false };
        let visits: Vec<Visit> = teams.iter().map(visit).collect();
        flow.add(&Journey { sequence: OTHER, visits: &visits, ..Journey::default() });
    }
    flow
}

#[test]
fn ping_pong_looks_through_what_has_no_team_and_is_told_where_the_journey_came_back() {
    let visit = |step, team| Visit { step, team, from: 0, until: 0, whole: false };
    let turns = |visits: &[Visit]| {
        let mut flow = Flow::default();
        flow.add(&Journey { visits, ..Journey::default() });
        let handoffs = flow.handoffs().into_iter().filter(|handoff| handoff.returns > 0);
        (
            flow.ping_pong(),
            handoffs.map(|handoff| (handoff.from, handoff.to, handoff.returns)).collect::<Vec<_>>(),
        )
    };
    let (desk, shop) = (Some(1), Some(2));
    assert_eq!(turns(&[visit(0, desk), visit(1, shop), visit(2, Some(3))]), (0, vec![]));
    assert_eq!(
        turns(&[visit(0, desk), visit(1, shop), visit(3, shop), visit(4, desk)]),
        (1, vec![(3, 4, 1)])
    );
    assert_eq!(
        turns(&[visit(0, desk), visit(1, shop), visit(9, None), visit(0, desk)]),
        (1, vec![(9, 0, 1)])
    );
    assert_eq!(
        relay(&[vec![1, 2, 1, 2]]).ping_pong(),
        1,
        "a journey counts once, however often it came back"
    );
    assert_eq!(
        relay(&[vec![1, 2, 1, 2]]).handoffs().iter().map(|handoff| handoff.returns).sum::<i64>(),
        2
    );
}

#[test]
fn steps_and_paths_without_a_number_are_told_together_and_are_no_rework() {
    let flow = relay(&[vec![OTHER, OTHER, 3], vec![3, OTHER, 3]]);
    assert_eq!((flow.reworked(), flow.repeats(), flow.self_loops()), (1, 1, 0));
    let sequences = flow.sequences();
    assert_eq!((sequences.len(), sequences[0].sequence, sequences[0].journeys()), (1, OTHER, 2));
}

/// The values of an attribute along the journeys of a XES log, each value being a number. The logs
/// stand in the order of time.
fn attribute(log: &str, key: &str) -> Vec<Vec<u16>> {
    let value = |event: &str| {
        let rest = &event[event.find(&format!("key=\"{key}\""))?..];
        rest.split("value=\"").nth(1)?.split('"').next().map(str::to_owned)
    };
    let mut numbers: BTreeMap<String, u16> = BTreeMap::new();
    let mut journeys = Vec::new();
    for trace in log.split("<trace>").skip(1) {
        let events = trace
            .split("<event>")
            .skip(1)
            .filter_map(|event| value(event.split("</event>").next()?));
        let number = |value: String| {
            let next = numbers.len() as u16;
            *numbers.entry(value).or_insert(next)
        };
        journeys.push(events.map(number).collect());
    }
    journeys
}

/// pm4py counts handovers between resources. Relais knows none, but the rule is the same between
/// teams.
#[test]
fn handovers_and_ping_pong_are_those_of_pm4py() {
    let test = "handovers_and_ping_pong_are_those_of_pm4py";
    let Some(golden) = shared("golden/process_golden.json", test) else { return };
    let golden: Value = serde_json::from_slice(&golden).expect("the golden file is JSON");
    for name in ["running-example.xes", "receipt.xes.gz", "helpdesk.xes.gz", "repairExample.xes.gz"]
    {
        let Some(bytes) = shared(&format!("eventlogs/{name}"), test) else { return };
        let mut log = String::new();
        let read = match name.ends_with(".gz") {
            true => flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut log),
            false => (&bytes[..]).read_to_string(&mut log),
        };
        read.expect("a log");
        let flow = relay(&attribute(&log, "org:resource"));
        let handoffs = flow.handoffs();
        let between: i64 = handoffs
            .iter()
            .filter(|handoff| handoff.from != handoff.to)
            .map(|handoff| handoff.count())
            .sum();
        let distinct = handoffs.iter().filter(|handoff| handoff.from != handoff.to).count();
        let found = (
            handoffs.iter().map(|handoff| handoff.count()).sum::<i64>(),
            between,
            distinct as i64,
            flow.ping_pong(),
        );
        let whole = |key: &str| golden[name][key].as_i64().expect("a golden figure");
        let expected = (
            whole("handover_pairs_total"),
            whole("handover_between_different_resources"),
            whole("handover_distinct_pairs"),
            whole("pingpong_cases"),
        );
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn steps_that_overlap_wait_for_nothing_and_overlap() {
    let visit = |step, from, until| Visit { step, team: None, from, until, whole: true };
    // The second begins while the first is at work, the third when the second is over and the
    // first is not; the fourth waits for half a minute.
    let visits = [visit(0, 0, 100), visit(1, 10, 40), visit(2, 60, 90), visit(3, 130, 140)];
    let mut flow = Flow::default();
    flow.add(&Journey { visits: &visits, ..Journey::default() });
    let told: Vec<_> = flow
        .handoffs()
        .iter()
        .map(|h| (h.count(), h.wait.sum(), h.overlap.count(), h.overlap.sum()))
        .collect();
    assert_eq!(told, [(1, 0, 1, 90), (1, 20, 0, 0), (1, 40, 0, 0)]);
    assert_eq!(flow.steps()[1].wait_before.quantile(0.5), Some(0.0));
    assert_eq!(flow.sequences()[0].waiting.sum(), 30, "at 100 the first was over");
    flow.remove(&Journey { visits: &visits, ..Journey::default() });
    assert_eq!(flow, Flow::default());
}

#[test]
fn two_equal_visits_in_one_second_are_two() {
    let visit = Visit { step: 4, team: None, from: 1_000, until: 1_000, whole: false };
    let mut flow = Flow::default();
    flow.add(&Journey { visits: &[visit, visit], ..Journey::default() });
    assert_eq!((flow.events(), flow.repeats(), flow.self_loops()), (2, 1, 1));
}
