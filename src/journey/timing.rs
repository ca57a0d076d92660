//! Where time was lost and won in one journey: slips, delays offered, waits, promises.
//!
//! Lateness runs through the journey: at the end of a step it is the end minus the promise. The slip
//! of a step is its lateness at its end minus the lateness before it, so what was already late is not
//! charged twice and all slips add up to the last lateness. A promised start cuts the slip in two:
//! up to the start it belongs to the handoff, after it to the step. What the dates themselves lost,
//! promised minus requested, belongs to whoever gave the dates, and runs in the same way.

use std::collections::BTreeMap;

use super::Blueprint;
use super::trace::{Event, Trace};
use crate::clock::Instant;
use crate::element::Element;

/// The times of one journey, in whole minutes, by element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// Minutes lost (positive) or won (negative): of a step and of dates on `promise:X`, of a wait on
    /// `handoff:A:B`. An element that was promised something and kept it stands here with 0.
    pub slips: BTreeMap<Element, i64>,
    /// Waits at the handoffs between steps that the customer meets, one for each passage; below zero
    /// where the next step began before the previous one was over.
    pub waits: Vec<(Element, i64)>,
    /// Promises by the element that had to keep them.
    pub promises: BTreeMap<Element, Promises>,
}

/// How many promises were made, and how many of them kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Promises {
    /// Promises whose outcome is known.
    pub made: u32,
    /// Those that were kept.
    pub kept: u32,
}

/// The times of a journey under its blueprint.
pub fn timing(trace: &Trace, blueprint: &Blueprint) -> Timing {
    let mut run = Run { blueprint, out: Timing::default(), late: 0, offered: 0, moved: 0 };
    let seams = Seams::of(trace, blueprint);
    for (i, event) in trace.events.iter().enumerate() {
        run.dates(event);
        run.wait(event, seams.around(i));
        run.work(event);
    }
    run.out.waits = seams.waits(trace);
    run.out
}

/// Whole minutes between two instants; less than a minute is none.
pub fn minutes(to: Instant, from: Instant) -> i64 {
    (to - from) / 60
}

struct Run<'a> {
    blueprint: &'a Blueprint,
    out: Timing,
    /// Lateness so far, against the promises in force.
    late: i64,
    /// Delay offered so far, against what the customer asked for.
    offered: i64,
    /// By how much dates were moved so far, against the first that was given.
    moved: i64,
}

impl Run<'_> {
    /// The delay offered, and the dates it moved, on whoever gives the dates of this step.
    fn dates(&mut self, event: &Event) {
        let (Some(first), Some(last)) = (event.promised.first(), event.promised.last()) else { return };
        let moved = minutes(*last, *first);
        let slip = match event.requested {
            Some(requested) => {
                let offered = minutes(*last, requested);
                let slip = offered - self.offered;
                self.offered = offered;
                slip
            }
            None if event.promised.len() > 1 => moved - self.moved,
            None => return,
        };
        self.moved = moved;
        let planner = Element::Promise(self.blueprint.planner(&event.step).to_owned());
        self.slip(planner, slip);
    }

    /// The slip of the wait before this step, when its start was promised.
    fn wait(&mut self, event: &Event, seam: Option<&Element>) {
        let (Some(promised), Some(start)) = (event.promised_start, event.start) else { return };
        let element = seam.cloned().unwrap_or_else(|| Element::Promise(event.step.to_string()));
        self.reach(element, minutes(start, promised));
    }

    /// The slip of the step itself, when its end was promised.
    fn work(&mut self, event: &Event) {
        let (Some(promised), Some(end)) = (event.promised.last(), event.end) else { return };
        self.reach(Element::Promise(event.step.to_string()), minutes(end, *promised));
    }

    fn reach(&mut self, element: Element, late: i64) {
        let promises = self.out.promises.entry(element.clone()).or_default();
        promises.made += 1;
        promises.kept += u32::from(late <= 0);
        self.slip(element, late - self.late);
        self.late = late;
    }

    fn slip(&mut self, element: Element, minutes: i64) {
        *self.out.slips.entry(element).or_default() += minutes;
    }
}

/// The handoffs of a trace and which events lie on them.
struct Seams {
    /// For each event, the handoff that leads to it or passes over it.
    around: Vec<Option<Element>>,
    /// Each handoff with the events at its two ends.
    passages: Vec<(Element, usize, usize)>,
}

impl Seams {
    fn of(trace: &Trace, blueprint: &Blueprint) -> Self {
        let mut seams = Self { around: vec![None; trace.events.len()], passages: Vec::new() };
        let mut before: Option<usize> = None;
        for (i, event) in trace.events.iter().enumerate() {
            if !blueprint.is_frontstage(&event.step) {
                continue;
            }
            if let Some(from) = before.filter(|from| trace.events[*from].step != event.step) {
                let seam = Element::Handoff(trace.events[from].step.to_string(), event.step.to_string());
                seams.around[from + 1..=i].fill(Some(seam.clone()));
                seams.passages.push((seam, from, i));
            }
            before = Some(i);
        }
        seams
    }

    fn around(&self, i: usize) -> Option<&Element> {
        self.around[i].as_ref()
    }

    fn waits(self, trace: &Trace) -> Vec<(Element, i64)> {
        let wait = |from: usize, to: usize| minutes(trace.events[to].at(), trace.events[from].until());
        self.passages.into_iter().map(|(seam, from, to)| (seam, wait(from, to))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Step;
    use super::*;

    const DAY: i64 = 86_400;
    const HOUR: i64 = 3_600;

    fn garage() -> Blueprint {
        let step = |code: &str, team: &str, frontstage: bool| Step {
            team: Some(team.to_owned()),
            frontstage,
            planned_by: (frontstage && code != "CALL").then(|| "PLAN".to_owned()),
            ..Step::seen(code)
        };
        let steps = vec![
            step("CALL", "call-centre", true),
            step("PLAN", "planning", false),
            step("RECEP", "reception", true),
            step("WORK", "workshop", true),
            step("DELIV", "reception", true),
        ];
        Blueprint { steps, ..Blueprint::unknown("repair") }
    }

    fn trace(events: impl IntoIterator<Item = Event>) -> Trace {
        let mut trace = Trace::default();
        events.into_iter().for_each(|event| {
            trace.merge(event);
        });
        trace
    }

    fn promise(code: &str) -> Element {
        Element::Promise(code.to_owned())
    }

    fn handoff(from: &str, to: &str) -> Element {
        Element::Handoff(from.to_owned(), to.to_owned())
    }

    /// A warning light on the 6th; the 22nd is offered, then the 18th; the customer drives in on the
    /// 6th; reception and workshop do it the same day.
    #[test]
    fn planning_lost_the_days_that_reception_and_workshop_made_up() {
        let day = |n: i64, hour: i64| n * DAY + hour * HOUR;
        let recep = Event::new("RECEP", Some(day(6, 9)), Some(day(6, 9) + 600));
        let work = Event::new("WORK", Some(day(6, 10)), Some(day(6, 17)));
        let timing = timing(
            &trace([
                Event::new("CALL", Some(day(6, 8)), Some(day(6, 8) + 900)),
                Event { promised: vec![day(22, 9)], requested: Some(day(6, 9)), ..recep.clone() },
                Event { promised: vec![day(18, 9)], ..recep },
                Event { promised: vec![day(19, 17)], ..work },
            ]),
            &garage(),
        );
        let days = |n: i64| n * DAY / 60;
        assert_eq!(timing.slips[&promise("PLAN")], days(12), "22nd offered, moved to the 18th, asked for the 6th");
        assert_eq!(timing.slips[&promise("RECEP")], 10 - days(12), "ten minutes after nine instead of the 18th");
        assert_eq!(timing.slips[&promise("WORK")], -days(1) - 10);
        assert_eq!(timing.promises[&promise("WORK")], Promises { made: 1, kept: 1 });
        assert!(!timing.slips.contains_key(&promise("CALL")), "the call promised nothing itself");
        assert_eq!(timing.waits, [(handoff("CALL", "RECEP"), 45), (handoff("RECEP", "WORK"), 50)]);
    }

    #[test]
    fn what_was_late_before_a_step_is_not_its_slip() {
        let at = |hours: i64| Some(hours * HOUR);
        let timing = timing(
            &trace([
                Event { promised: vec![2 * HOUR], ..Event::new("RECEP", at(0), at(5)) },
                Event { promised: vec![6 * HOUR], ..Event::new("WORK", at(5), at(9)) },
                Event { promised: vec![8 * HOUR], ..Event::new("DELIV", at(9), at(9)) },
            ]),
            &garage(),
        );
        assert_eq!(timing.slips[&promise("RECEP")], 180);
        assert_eq!(timing.slips[&promise("WORK")], 0, "it passed the three hours on and added none");
        assert_eq!(timing.slips[&promise("DELIV")], -120, "it won two of them back");
        assert_eq!(timing.slips.values().sum::<i64>(), 60, "slips add up to the last lateness");
        assert_eq!(timing.promises[&promise("WORK")], Promises { made: 1, kept: 0 });
    }

    #[test]
    fn a_promised_start_charges_the_wait_to_the_handoff() {
        let at = |hours: i64| Some(hours * HOUR);
        let timing = timing(
            &trace([
                Event { promised_start: at(0), ..Event::new("RECEP", at(1), at(2)) },
                Event::new("PLAN", at(2), at(3)),
                Event { promised_start: at(2), promised: vec![4 * HOUR], ..Event::new("WORK", at(6), at(7)) },
            ]),
            &garage(),
        );
        assert_eq!(timing.slips[&promise("RECEP")], 60, "nothing before it: the start is its own promise");
        assert_eq!(timing.slips[&handoff("RECEP", "WORK")], 180, "four hours late, of which one came from before");
        assert_eq!(timing.slips[&promise("WORK")], -60, "it worked faster than promised");
    }

    #[test]
    fn moved_dates_are_charged_once_though_every_later_step_moves_with_them() {
        let at = |hours: i64| Some(hours * HOUR);
        let timing = timing(
            &trace([
                Event { promised: vec![HOUR, 25 * HOUR], ..Event::new("RECEP", at(24), at(25)) },
                Event { promised: vec![2 * HOUR, 26 * HOUR], ..Event::new("WORK", at(25), at(26)) },
            ]),
            &garage(),
        );
        assert_eq!(timing.slips[&promise("PLAN")], 24 * 60);
        assert_eq!(timing.slips.values().sum::<i64>(), 24 * 60);
    }

    #[test]
    fn a_backstage_step_between_takes_part_through_its_own_promise() {
        let at = |hours: i64| Some(hours * HOUR);
        let timing = timing(
            &trace([
                Event::new("WORK", at(0), at(1)),
                Event { promised: vec![2 * HOUR], ..Event::new("PLAN", at(1), at(26)) },
                Event { promised: vec![3 * HOUR], ..Event::new("DELIV", at(26), at(27)) },
            ]),
            &garage(),
        );
        assert_eq!(timing.slips[&promise("PLAN")], 24 * 60);
        assert_eq!(timing.slips[&promise("DELIV")], 0);
        assert_eq!(timing.waits, [(handoff("WORK", "DELIV"), 25 * 60)]);
    }
}
