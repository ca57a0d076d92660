use crate::blueprint::{Blueprint, Step};
use crate::journey::trace::*;
use proptest::prelude::*;

fn event(step: &str, start: i64, end: i64) -> Event {
    Event::new(step, Some(start), Some(end))
}

#[test]
fn a_repeat_changes_nothing_and_an_end_completes_a_start() {
    let mut trace = Trace::default();
    assert_eq!(trace.merge(Event::new("WORK", Some(10), None)), MergeOutcome::Changed);
    assert_eq!(trace.merge(Event::new("WORK", Some(10), None)), MergeOutcome::Unchanged);
    assert_eq!(trace.merge(event("WORK", 10, 20)), MergeOutcome::Changed);
    assert_eq!(trace.merge(Event::new("WORK", Some(10), None)), MergeOutcome::Unchanged);
    assert_eq!(trace.merge(Event::new("WORK", None, Some(20))), MergeOutcome::Unchanged);
    assert_eq!(trace.events, [event("WORK", 10, 20)]);
    assert_eq!(
        trace.merge(event("WORK", 10, 21)),
        MergeOutcome::Changed,
        "another end is another event"
    );
}

#[test]
fn promises_are_versions_in_order_of_arrival() {
    let mut trace = Trace::default();
    for day in [22, 18, 22] {
        trace.merge(Event { promised: smallvec![day], ..event("RECEP", 6, 7) });
    }
    assert_eq!(trace.events[0].promised.as_slice(), [22, 18]);
    assert_eq!(Trace::parse(&trace.to_json()).unwrap(), trace);
}

#[test]
fn a_journey_is_over_at_the_last_step_or_after_the_quiet_days_of_where_it_stopped() {
    let mut blueprint = Blueprint::unknown("repair");
    let step = |code| Step { team: Some("desk".to_owned()), ..Step::seen(code) };
    blueprint.steps = ["RECEP", "PARTS", "DELIV"].map(step).to_vec();
    blueprint.steps[1].quiet_days = Some(40);
    let mut trace = Trace::default();
    trace.merge(event("RECEP", 0, 10));
    assert_eq!(trace.finished_at(&blueprint), Some(10 + 14 * 86_400));
    trace.merge(event("PARTS", 11, 15));
    assert_eq!(trace.finished_at(&blueprint), Some(15 + 40 * 86_400), "parts take their time");
    trace.merge(event("DELIV", 20, 30));
    trace.merge(event("RECEP", 40, 50));
    assert_eq!(trace.finished_at(&blueprint), Some(30));
    assert_eq!(trace.ended_at(), Some(50));
    assert_eq!(Trace::default().finished_at(&blueprint), None);
}

#[test]
fn odd_names_and_what_answers_say_round_trip() {
    let parts =
        vec![Element::Step("a \"b\"".to_owned()), Element::Handoff("a".to_owned(), "b".to_owned())];
    let mut trace = Trace { late: Some(-90), parts, ..Trace::default() };
    trace.merge(Event {
        ordinal: 3,
        requested: Some(-1),
        ..event("a \"quoted\"\\ step\nof two lines", -5, 5)
    });
    assert_eq!(Trace::parse(&trace.to_json()).unwrap(), trace);
}

proptest! {
    /// Whatever arrives in whatever order, twice: the second time changes nothing, and the set
    /// of events does not depend on the order.
    #[test]
    fn merging_is_idempotent_and_order_free(
        events in proptest::collection::vec(("[AB]", proptest::option::of(0i64..4), 4i64..7), 1..8),
        seed in any::<u64>(),
    ) {
        let events: Vec<Event> = events.iter().map(|(s, start, end)| Event::new(s, *start, Some(*end))).collect();
        let mut trace = Trace::default();
        events.iter().for_each(|e| { trace.merge(e.clone()); });
        let mut again = trace.clone();
        prop_assert!(events.iter().all(|e| again.merge(e.clone()) == MergeOutcome::Unchanged));
        prop_assert_eq!(&again, &trace);
        let mut turned = events.clone();
        let by = (seed as usize) % turned.len();
        turned.rotate_left(by);
        let mut other = Trace::default();
        turned.iter().for_each(|e| { other.merge(e.clone()); });
        let wholes = |t: &Trace| { let mut w: Vec<_> = t.events.iter().filter(|e| e.start.is_some()).map(|e| (e.step.clone(), e.start, e.end)).collect(); w.sort(); w };
        prop_assert_eq!(wholes(&trace), wholes(&other));
    }
}
