use smallvec::smallvec;

use crate::blueprint::Step;
use crate::journey::elements;
use crate::journey::trace::Event;
use crate::publication::catalogue::Sample;
use crate::publication::tally::*;
use crate::survey::Scale;

const DAY: i64 = 86_400;

fn garage() -> Blueprint {
    let step = |code: &str| Step { frontstage: code != "PLAN", ..Step::seen(code) };
    let planned = Step { planned_by: Some("PLAN".to_owned()), ..step("RECEP") };
    Blueprint {
        steps: vec![step("CALL"), step("PLAN"), planned, step("WORK")],
        ..Blueprint::unknown("repair")
    }
}

/// Offered two days later than asked for; reception a day late, which the workshop won back.
fn trace() -> String {
    let events = vec![
        Event::new("CALL", Some(0), Some(600)),
        Event {
            promised: smallvec![5 * DAY],
            requested: Some(3 * DAY),
            ..Event::new("RECEP", Some(5 * DAY), Some(6 * DAY))
        },
        Event {
            promised: smallvec![7 * DAY],
            ..Event::new("WORK", Some(6 * DAY + 3_600), Some(7 * DAY))
        },
    ];
    Trace { events, ..Trace::default() }.to_json()
}

fn response(answers: &str) -> Response<'_> {
    Response { version: 1, answered_at: 8 * DAY, outcome: Some(7), answers, pressed: None }
}

fn position(tally: &mut Tally<'_>, code: &str) -> u16 {
    let element: Element = code.parse().unwrap();
    tally
        .catalogue
        .timed(&element)
        .filter(|_| !element.is_rated())
        .or(tally.catalogue.rated(&element))
        .unwrap()
}

#[test]
fn a_row_becomes_the_sums_that_the_method_asks_for() {
    let (garage, zone, asked) =
        (garage(), Zone::utc(), [Questionnaire::imported(1, Scale::TEN, Scale::TEN)]);
    let (mut catalogue, mut sample) = (Catalogue::default(), Sample::default());
    sample.add(elements::rated(&Trace::parse(&trace()).unwrap(), &garage), None);
    catalogue.grow(&sample);
    let usual = UsualTimes::default();
    let mut tally = Tally::new(&garage, &zone, &asked, &usual, catalogue);
    let journey = tally.tallied(&trace(), None).unwrap();
    tally.journey(5, 7 * DAY, &journey);
    tally
        .response(
            5,
            &response(r#"{"step:CALL":9,"handoff:RECEP:WORK":4,"step:WORK":null}"#),
            &journey,
        )
        .unwrap();
    let (plan, recep) =
        (position(&mut tally, "promise:PLAN"), position(&mut tally, "promise:RECEP"));
    let handoff = position(&mut tally, "handoff:RECEP:WORK");
    let (key, population) = tally.populations.iter().next().unwrap();
    assert_eq!((key.atom, key.version, key.replicate), (5, 0, zone.replicate(7 * DAY)));
    // Slips of 2, 1 and −1 days against half a day: 1.5 felt, 2.5 had nobody won anything
    // back.
    assert_eq!(population.lateness(), 36 * 60);
    let time: Vec<_> = population.time().collect();
    assert!(time.contains(&(plan, 40 * 60, 0)) && time.contains(&(recep, 20 * 60, 0)), "{time:?}");
    assert_eq!(time.iter().map(|(_, lost, won)| lost - won).sum::<i64>(), 36 * 60);
    assert!(population.promises().any(|kept| kept == (recep, 1, 0)));
    assert_eq!(population.waits(handoff), 1);
    let (key, cell) = tally.cells.iter().next().unwrap();
    assert_eq!((key.version, cell.count(), cell.elements()), (1, 1, 5));
    assert_eq!(cell.outcomes().collect::<Vec<_>>(), [(3, 1)]);
    assert_eq!((0..5).map(|k| cell.asked(k)).sum::<i64>(), 2, "who does not know has not answered");
}

#[test]
fn lateness_known_only_as_a_whole_belongs_to_the_last_step() {
    let (garage, zone, asked) =
        (garage(), Zone::utc(), [Questionnaire::imported(1, Scale::TEN, Scale::TEN)]);
    let usual = UsualTimes::default();
    let mut tally = Tally::new(&garage, &zone, &asked, &usual, Catalogue::default());
    let parts =
        ["step:WORK", "step:CALL", "handoff:CALL:WORK"].map(|code| code.parse().unwrap()).to_vec();
    let journey = tally
        .tallied(&Trace { late: Some(2 * 1440), parts, ..Trace::default() }.to_json(), None)
        .unwrap();
    tally.journey(1, 0, &journey);
    let work = position(&mut tally, "promise:WORK");
    let population = tally.populations.values().next().unwrap();
    assert_eq!(population.time().collect::<Vec<_>>(), [(work, 36 * 60, 0)]);
}

#[test]
fn a_path_is_told_apart_from_another_and_an_unknown_journey_has_what_was_asked() {
    let (garage, zone, asked) =
        (garage(), Zone::utc(), [Questionnaire::imported(1, Scale::TEN, Scale::TEN)]);
    let usual = UsualTimes::default();
    let mut tally = Tally::new(&garage, &zone, &asked, &usual, Catalogue::default());
    let of = |codes: &[&str]| {
        let events =
            codes.iter().zip(0..).map(|(code, at)| Event::new(code, Some(at), Some(at))).collect();
        Trace { events, ..Trace::default() }.to_json()
    };
    let one = tally.tallied(&of(&["CALL", "WORK"]), None).unwrap().sequence.variant;
    let other = tally.tallied(&of(&["CALLWORK"]), None).unwrap().sequence.variant;
    assert_ne!(one, other);
    assert_eq!(
        tally.tallied(&of(&["CALL", "PLAN", "WORK"]), None).unwrap().sequence.variant,
        one,
        "nobody meets planning"
    );
    let unknown = response(r#"{"step:CALL":9,"handoff:CALL:WORK":null,"promise:X":3}"#);
    let journey = tally.journey_of_answer(&unknown).unwrap();
    tally.response(1, &unknown, &journey).unwrap();
    assert_eq!(tally.cells.values().next().unwrap().elements(), 2);
    assert!(tally.response(1, &Response { version: 9, ..unknown }, &journey).is_err());
}

#[test]
fn a_missing_promise_is_unknown_and_whole_slips_are_held_against_the_others() {
    let (garage, zone, asked) =
        (garage(), Zone::utc(), [Questionnaire::imported(1, Scale::TEN, Scale::TEN)]);
    let bare = {
        let mut bare = Trace::parse(&trace()).unwrap();
        bare.events[2].promised.clear();
        bare.to_json()
    };
    let mut usual = UsualTimes::default();
    [&trace(), &trace(), &bare].iter().for_each(|trace| usual.add(&Trace::parse(trace).unwrap()));
    let mut tally = Tally::new(&garage, &zone, &asked, &usual, Catalogue::default());
    for trace in [&trace(), &bare] {
        let journey = tally.tallied(trace, None).unwrap();
        tally.journey(5, 7 * DAY, &journey);
        tally.response(5, &response(r#"{"step:CALL":9}"#), &journey).unwrap();
    }
    tally.credit_slips();
    let population = tally.populations.values().next().unwrap();
    let coverage = population.coverage();
    assert_eq!((coverage.journeys, coverage.whole(), population.credited()), (2, 1, 1));
    assert_eq!(population.lateness(), 36 * 60, "the other's is not known");
    assert_eq!(population.credits().map(|(_, sum)| sum).sum::<i64>(), 0, "alone of its path");
    let timed: Vec<bool> = tally.cells.keys().map(|key| key.is_timed).collect();
    assert_eq!(timed.iter().filter(|is_timed| **is_timed).count(), 1, "{timed:?}");
    let untimed = tally.cells.iter().find(|(key, _)| !key.is_timed).unwrap();
    assert_eq!(untimed.1.time().count(), 0);
}
