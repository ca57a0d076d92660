//! Which times the journeys of a type usually have: where one of these is missing it is unknown,
//! and not kept.

use std::collections::{BTreeMap, BTreeSet};

use relais_analytics::timings::Timings;

use crate::journey::trace::{Event, Trace};
use crate::limits;

/// How often the times of journeys are known.
#[derive(Clone, Debug, Default)]
pub struct UsualTimes {
    steps: BTreeMap<String, StepTimes>,
    /// Journeys of which nothing but their answer is known, and those of them with a lateness.
    bare: (u64, u64),
}

/// Of the journeys that have a step, those that were promised its end and its start.
#[derive(Clone, Copy, Debug, Default)]
struct StepTimes {
    journeys: u64,
    ends: u64,
    starts: u64,
}

impl UsualTimes {
    /// Counts one journey.
    pub fn add(&mut self, trace: &Trace) {
        if trace.events.is_empty() {
            self.bare.0 += 1;
            self.bare.1 += u64::from(trace.late.is_some());
        }
        for step in steps(trace) {
            let known = match self.steps.get_mut(step) {
                Some(known) => known,
                None => self.steps.entry(step.to_owned()).or_default(),
            };
            known.journeys += 1;
            known.ends += u64::from(has(trace, step, |event| !event.promised.is_empty()));
            known.starts += u64::from(has(trace, step, |event| event.promised_start.is_some()));
        }
    }

    /// Whether all times that a journey of its steps usually has are known of it. A lateness that
    /// is known as a whole needs no others.
    pub fn timings(&self, trace: &Trace) -> Timings {
        let is_whole = trace.late.is_some()
            || if trace.events.is_empty() {
                !self.promises_anything()
            } else {
                steps(trace).all(|step| self.is_known(trace, step))
            };
        if is_whole { Timings::Whole } else { Timings::Partial }
    }

    fn promises_anything(&self) -> bool {
        is_usual(self.bare.1, self.bare.0) || self.steps.values().any(StepTimes::promises_anything)
    }

    /// Whether the step promises nothing, or what it promises and what came of it are known.
    fn is_known(&self, trace: &Trace, step: &str) -> bool {
        let Some(usual) = self.steps.get(step) else { return true };
        if is_usual(usual.ends, usual.journeys) {
            has(trace, step, |event| !event.promised.is_empty() && event.end.is_some())
        } else if is_usual(usual.starts, usual.journeys) {
            has(trace, step, |event| event.promised_start.is_some() && event.start.is_some())
        } else {
            true
        }
    }
}

impl StepTimes {
    fn promises_anything(&self) -> bool {
        is_usual(self.ends.max(self.starts), self.journeys)
    }
}

fn is_usual(count: u64, of: u64) -> bool {
    count > 0 && count as f64 >= limits::USUAL_TIMES * of as f64
}

fn steps(trace: &Trace) -> impl Iterator<Item = &str> {
    let steps: BTreeSet<&str> = trace.events.iter().map(|event| &*event.step).collect();
    steps.into_iter()
}

/// One promise covers what a step did again.
fn has(trace: &Trace, step: &str, is: impl Fn(&Event) -> bool) -> bool {
    trace.events.iter().any(|event| &*event.step == step && is(event))
}

#[cfg(test)]
mod tests {
    use smallvec::smallvec;

    use crate::publication::usual_times::*;

    fn journey(of: &[(&str, bool, bool)]) -> Trace {
        let event = |&(step, is_promised, is_over): &(&str, bool, bool)| Event {
            promised: if is_promised { smallvec![10] } else { smallvec![] },
            ..Event::new(step, Some(0), is_over.then_some(20))
        };
        Trace { events: of.iter().map(event).collect(), ..Trace::default() }
    }

    fn usual(traces: &[Trace]) -> UsualTimes {
        let mut usual = UsualTimes::default();
        traces.iter().for_each(|trace| usual.add(trace));
        usual
    }

    #[test]
    fn a_step_that_usually_promises_and_here_does_not_is_unknown() {
        let (whole, bare) = ([("A", false, true), ("B", true, true)], [("B", false, true)]);
        let usual = usual(&[journey(&whole), journey(&bare)]);
        let timings = |of: &[(&str, bool, bool)]| usual.timings(&journey(of));
        assert_eq!(timings(&whole), Timings::Whole);
        assert_eq!(timings(&bare), Timings::Partial);
        assert_eq!(timings(&[("B", true, false)]), Timings::Partial, "it is not over");
        assert_eq!(timings(&[("A", false, true)]), Timings::Whole, "it never promises anything");
        assert_eq!(timings(&[("B", true, true), ("B", false, true)]), Timings::Whole, "done again");
    }

    #[test]
    fn a_lateness_known_as_a_whole_is_whole() {
        let late = |late: Option<i64>| Trace { late, ..Trace::default() };
        let usual = usual(&[late(Some(5)), late(None)]);
        assert_eq!(usual.timings(&late(Some(0))), Timings::Whole);
        assert_eq!(usual.timings(&late(None)), Timings::Partial);
        assert_eq!(
            UsualTimes::default().timings(&late(None)),
            Timings::Whole,
            "nothing is promised"
        );
    }

    #[test]
    fn what_one_in_a_hundred_promises_is_not_usual() {
        let mut traces = vec![journey(&[("A", false, true)]); 99];
        traces.push(journey(&[("A", true, true)]));
        assert_eq!(usual(&traces).timings(&traces[0]), Timings::Whole);
    }
}
