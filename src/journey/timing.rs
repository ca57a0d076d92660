//! Where time was lost and won in one journey: slips, delays offered, waits, promises.
//!
//! Lateness runs through the journey: at the end of a step it is the end minus the promise. The
//! slip of a step is its lateness at its end minus the lateness before it, so what was already
//! late is not charged twice and all slips add up to the last lateness. A promised start cuts the
//! slip in two: up to the start it belongs to the handoff, after it to the step. What the dates
//! themselves lost, promised minus requested, belongs to whoever gave the dates, and runs in the
//! same way.

use std::collections::BTreeMap;

use super::trace::{Event, Trace};
use crate::blueprint::Blueprint;
use crate::clock::Instant;
use crate::element::Element;

/// The times of one journey, in whole minutes, by element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// Minutes lost (positive) or won (negative): of a step and of dates on `promise:X`, of a wait
    /// on `handoff:A:B`. An element that was promised something and kept it stands here with 0.
    pub slips: BTreeMap<Element, i64>,
    /// Waits at the handoffs between steps that the customer meets, one for each span; below zero
    /// where the next step began before the previous one was over.
    pub waits: Vec<(Element, i64)>,
    /// Promises whose outcome is known, by the element that had to keep them: how late each was
    /// met; at 0 or below it was kept.
    pub promises: Vec<(Element, i64)>,
}

/// The times of a journey under its blueprint.
pub fn timing(trace: &Trace, blueprint: &Blueprint) -> Timing {
    let (ownership, mut out) = (Ownership::of(trace, blueprint), Timing::default());
    charges(&trace.events, |charge| {
        let element = ownership.owner(charge.bearer);
        out.promises.extend(charge.late.map(|late| (element.clone(), late)));
        *out.slips.entry(element.clone()).or_default() += charge.slip;
    });
    out.waits = ownership
        .handoffs
        .iter()
        .map(|span| (span.element.clone(), span.wait(&trace.events)))
        .collect();
    out
}

/// Whole minutes between two instants; less than a minute is none.
pub fn minutes(to: Instant, from: Instant) -> i64 {
    (to - from) / 60
}

/// Who bears minutes that were lost or won, by the place of the event that shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    Dates(usize),
    Wait(usize),
    Work(usize),
}

/// Minutes lost or won.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charge {
    pub bearer: Bearer,
    pub slip: i64,
    /// How late a promise was met, where there was one: what this one lost and what was late
    /// before. At 0 or below it was kept.
    pub late: Option<i64>,
}

/// Tells what was lost and won along the events of a journey, in their order.
pub fn charges(events: &[Event], mut tell: impl FnMut(Charge)) {
    let mut run = Run::default();
    for (at, event) in events.iter().enumerate() {
        if let Some(slip) = run.dates(event) {
            tell(Charge { bearer: Bearer::Dates(at), slip, late: None });
        }
        // A start that was promised charges the wait, an end that was promised the step itself.
        if let (Some(promised), Some(start)) = (event.promised_start, event.start) {
            tell(run.reach(Bearer::Wait(at), minutes(start, promised)));
        }
        if let (Some(promised), Some(end)) = (event.promised.last(), event.end) {
            tell(run.reach(Bearer::Work(at), minutes(end, *promised)));
        }
    }
}

#[derive(Default)]
struct Run {
    late: i64,
    /// Delay offered so far, against what the customer asked for.
    offered: i64,
    /// By how much dates were moved so far, against the first that was given.
    moved: i64,
}

impl Run {
    /// The delay offered, and the dates it moved.
    fn dates(&mut self, event: &Event) -> Option<i64> {
        let (first, last) = (event.promised.first()?, event.promised.last()?);
        let moved = minutes(*last, *first);
        let slip = match event.requested {
            Some(requested) => {
                let offered = minutes(*last, requested);
                let slip = offered - self.offered;
                self.offered = offered;
                slip
            }
            None if event.promised.len() > 1 => moved - self.moved,
            None => return None,
        };
        self.moved = moved;
        Some(slip)
    }

    fn reach(&mut self, bearer: Bearer, late: i64) -> Charge {
        let slip = late - self.late;
        self.late = late;
        Charge { bearer, slip, late: Some(late) }
    }
}

/// Who owns the minutes of a sequence of steps. It depends on the steps alone, so journeys with
/// the same steps share it.
#[derive(Clone, Debug)]
pub struct Ownership {
    dates: Vec<Element>,
    waits: Vec<Element>,
    works: Vec<Element>,
    pub handoffs: Vec<HandoffSpan>,
}

/// A handoff and the events at its two ends.
#[derive(Clone, Debug)]
pub struct HandoffSpan {
    pub element: Element,
    pub from: usize,
    pub to: usize,
}

impl HandoffSpan {
    /// Its wait in minutes; below zero where the next step began before the previous one was over.
    pub fn wait(&self, events: &[Event]) -> i64 {
        minutes(events[self.to].at(), events[self.from].until())
    }
}

impl Ownership {
    /// The ownership of a journey under its blueprint.
    pub fn of(trace: &Trace, blueprint: &Blueprint) -> Self {
        let promise = |code: &str| Element::Promise(code.to_owned());
        let works: Vec<Element> = trace.events.iter().map(|event| promise(&event.step)).collect();
        let dates =
            trace.events.iter().map(|event| promise(blueprint.planner(&event.step))).collect();
        let mut ownership = Self { dates, waits: works.clone(), works, handoffs: Vec::new() };
        let mut before: Option<usize> = None;
        for (i, event) in trace.events.iter().enumerate() {
            if !blueprint.is_frontstage(&event.step) {
                continue;
            }
            if let Some(from) = before.filter(|from| trace.events[*from].step != event.step) {
                let handoff =
                    Element::Handoff(trace.events[from].step.to_string(), event.step.to_string());
                // Backstage steps between lie on the handoff.
                ownership.waits[from + 1..=i].fill(handoff.clone());
                ownership.handoffs.push(HandoffSpan { element: handoff, from, to: i });
            }
            before = Some(i);
        }
        ownership
    }

    /// The element that minutes belong to.
    pub fn owner(&self, bearer: Bearer) -> &Element {
        match bearer {
            Bearer::Dates(at) => &self.dates[at],
            Bearer::Wait(at) => &self.waits[at],
            Bearer::Work(at) => &self.works[at],
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::blueprint::Step;
    use smallvec::smallvec;

    use crate::journey::timing::*;

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

    /// A warning light on the 6th; the 22nd is offered, then the 18th; the customer drives in on
    /// the 6th; reception and workshop do it the same day.
    #[test]
    fn planning_lost_the_days_that_reception_and_workshop_made_up() {
        let day = |n: i64, hour: i64| n * DAY + hour * HOUR;
        let recep = Event::new("RECEP", Some(day(6, 9)), Some(day(6, 9) + 600));
        let work = Event::new("WORK", Some(day(6, 10)), Some(day(6, 17)));
        let timing = timing(
            &trace([
                Event::new("CALL", Some(day(6, 8)), Some(day(6, 8) + 900)),
                Event {
                    promised: smallvec![day(22, 9)],
                    requested: Some(day(6, 9)),
                    ..recep.clone()
                },
                Event { promised: smallvec![day(18, 9)], ..recep },
                Event { promised: smallvec![day(19, 17)], ..work },
            ]),
            &garage(),
        );
        let days = |n: i64| n * DAY / 60;
        assert_eq!(
            timing.slips[&promise("PLAN")],
            days(12),
            "22nd offered, moved to the 18th, asked for the 6th"
        );
        assert_eq!(
            timing.slips[&promise("RECEP")],
            10 - days(12),
            "ten minutes after nine instead of the 18th"
        );
        assert_eq!(timing.slips[&promise("WORK")], -days(1) - 10);
        assert_eq!(
            timing.promises,
            [(promise("RECEP"), 10 - days(12)), (promise("WORK"), -days(13))]
        );
        assert!(!timing.slips.contains_key(&promise("CALL")), "the call promised nothing itself");
        assert_eq!(timing.waits, [(handoff("CALL", "RECEP"), 45), (handoff("RECEP", "WORK"), 50)]);
    }

    #[test]
    fn what_was_late_before_a_step_is_not_its_slip() {
        let at = |hours: i64| Some(hours * HOUR);
        let timing = timing(
            &trace([
                Event { promised: smallvec![2 * HOUR], ..Event::new("RECEP", at(0), at(5)) },
                Event { promised: smallvec![6 * HOUR], ..Event::new("WORK", at(5), at(9)) },
                Event { promised: smallvec![8 * HOUR], ..Event::new("DELIV", at(9), at(9)) },
            ]),
            &garage(),
        );
        assert_eq!(timing.slips[&promise("RECEP")], 180);
        assert_eq!(
            timing.slips[&promise("WORK")],
            0,
            "it passed the three hours on and added none"
        );
        assert_eq!(timing.slips[&promise("DELIV")], -120, "it won two of them back");
        assert_eq!(timing.slips.values().sum::<i64>(), 60, "slips add up to the last lateness");
        assert_eq!(timing.promises[1], (promise("WORK"), 180), "which was late all the same");
    }

    #[test]
    fn a_promised_start_charges_the_wait_to_the_handoff() {
        let at = |hours: i64| Some(hours * HOUR);
        let timing = timing(
            &trace([
                Event { promised_start: at(0), ..Event::new("RECEP", at(1), at(2)) },
                Event::new("PLAN", at(2), at(3)),
                Event {
                    promised_start: at(2),
                    promised: smallvec![4 * HOUR],
                    ..Event::new("WORK", at(6), at(7))
                },
            ]),
            &garage(),
        );
        assert_eq!(
            timing.slips[&promise("RECEP")],
            60,
            "nothing before it: the start is its own promise"
        );
        assert_eq!(
            timing.slips[&handoff("RECEP", "WORK")],
            180,
            "four hours late, of which one came from before"
        );
        assert_eq!(timing.slips[&promise("WORK")], -60, "it worked faster than promised");
    }

    #[test]
    fn moved_dates_are_charged_once_though_every_later_step_moves_with_them() {
        let at = |hours: i64| Some(hours * HOUR);
        let timing = timing(
            &trace([
                Event {
                    promised: smallvec![HOUR, 25 * HOUR],
                    ..Event::new("RECEP", at(24), at(25))
                },
                Event {
                    promised: smallvec![2 * HOUR, 26 * HOUR],
                    ..Event::new("WORK", at(25), at(26))
                },
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
                Event { promised: smallvec![2 * HOUR], ..Event::new("PLAN", at(1), at(26)) },
                Event { promised: smallvec![3 * HOUR], ..Event::new("DELIV", at(26), at(27)) },
            ]),
            &garage(),
        );
        assert_eq!(timing.slips[&promise("PLAN")], 24 * 60);
        assert_eq!(timing.slips[&promise("DELIV")], 0);
        assert_eq!(timing.waits, [(handoff("WORK", "DELIV"), 25 * 60)]);
    }
}
