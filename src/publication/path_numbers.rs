//! The numbers of steps and paths in the published process measures. They only ever grow: a flow
//! of last year means the same today, and flows are added whatever their order.
//!
//! Every step has a number, those behind the line of visibility and those that the blueprint does
//! not know included, up to [`limits::STEPS_PUBLISHED`]. A sequence gets one when enough journeys
//! take it; the others are told together. That is decided here, once, and never in a flow: one
//! that dropped what is rare would depend on the order of adding.

use std::collections::BTreeMap;

use relais_analytics::process::OTHER;

use crate::blueprint::Blueprint;
use crate::journey::elements;
use crate::journey::numbers::Numbers;
use crate::journey::process_input::ProcessInput;
use crate::journey::trace::Trace;
use crate::limits;

/// The steps and paths of a journey type, with those that are not stored yet.
#[derive(Clone, Debug)]
pub struct PathNumbers {
    steps: Numbers<String>,
    paths: Numbers<Vec<u16>>,
    stored: (usize, usize),
}

/// What is not stored yet, with its numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Additions {
    pub steps: Vec<(u16, String)>,
    pub paths: Vec<(u16, Vec<u16>)>,
}

/// How many journeys of a sample take which sequence.
#[derive(Clone, Debug, Default)]
pub struct SequenceCounts {
    journeys: u64,
    paths: BTreeMap<Vec<String>, u64>,
}

impl SequenceCounts {
    /// Counts one journey. Where only an answer is known there is no sequence.
    pub fn add(&mut self, trace: &Trace) {
        if !trace.events.is_empty() {
            self.journeys += 1;
            *self
                .paths
                .entry(elements::step_codes(trace).map(str::to_owned).collect())
                .or_default() += 1;
        }
    }
}

impl Default for PathNumbers {
    fn default() -> Self {
        Self::known(Vec::new(), Vec::new())
    }
}

impl PathNumbers {
    pub fn known(steps: Vec<String>, paths: Vec<Vec<u16>>) -> Self {
        Self {
            stored: (steps.len(), paths.len()),
            steps: Numbers::known(steps, limits::STEPS_PUBLISHED),
            paths: Numbers::known(paths, limits::PATHS_PUBLISHED),
        }
    }

    /// Gives numbers to the steps of the blueprint, and to the paths that a sample of journeys
    /// shows to be common, the most frequent first.
    pub fn grow(&mut self, blueprint: &Blueprint, counts: &SequenceCounts) {
        for step in &blueprint.steps {
            self.steps.number(step.code.as_str());
        }
        let least = limits::RARE_PATH * counts.journeys as f64;
        let mut common: Vec<(&Vec<String>, u64)> =
            counts.paths.iter().map(|(sequence, count)| (sequence, *count)).collect();
        common.retain(|(sequence, count)| {
            *count as f64 >= least && sequence.len() <= limits::STEPS_IN_A_PATH
        });
        common.sort_by_key(|(_, count)| u64::MAX - count);
        for (sequence, _) in common {
            let steps: Vec<u16> =
                sequence.iter().map(|step| self.steps.number(step.as_str())).collect();
            // Two paths that differ in a step without a number would be the same one.
            if !steps.contains(&OTHER) {
                self.paths.number(steps.as_slice());
            }
        }
    }

    /// The process of a trace in these numbers; `None` where only an answer is known.
    pub fn process_input(&mut self, trace: &Trace, blueprint: &Blueprint) -> Option<ProcessInput> {
        if trace.events.is_empty() {
            return None;
        }
        let mut process = ProcessInput::of(trace, blueprint, |step| self.steps.number(step));
        process.sequence = self.paths.get(process.steps.as_slice());
        Some(process)
    }

    pub fn take_added(&mut self) -> Additions {
        let (steps, paths) = (self.steps.list(), self.paths.list());
        let added = Additions {
            steps: steps.iter().cloned().enumerate().skip(self.stored.0).map(numbered).collect(),
            paths: paths.iter().cloned().enumerate().skip(self.stored.1).map(numbered).collect(),
        };
        self.stored = (steps.len(), paths.len());
        added
    }
}

fn numbered<T>((place, thing): (usize, T)) -> (u16, T) {
    (u16::try_from(place).unwrap_or(OTHER), thing)
}

#[cfg(test)]
mod tests {
    use crate::blueprint::Step;
    use crate::journey::trace::Event;
    use crate::publication::path_numbers::*;

    fn trace(codes: &str) -> Trace {
        let events = codes
            .split_whitespace()
            .zip(0..)
            .map(|(code, at)| Event::new(code, Some(at), Some(at)));
        Trace { events: events.collect(), ..Trace::default() }
    }

    #[test]
    fn common_paths_have_a_number_and_rare_ones_are_told_together() {
        let blueprint = Blueprint {
            steps: vec![Step::seen("CALL"), Step::seen("WORK")],
            ..Blueprint::unknown("repair")
        };
        let mut counts = SequenceCounts::default();
        (0..1_500).for_each(|_| counts.add(&trace("WORK CALL")));
        (0..2_500).for_each(|_| counts.add(&trace("CALL WASH WORK")));
        (0..3).for_each(|_| counts.add(&trace("CALL")));
        (0..99).for_each(|_| counts.add(&trace("")));
        let mut numbers = PathNumbers::default();
        numbers.grow(&blueprint, &counts);
        let process = |numbers: &mut PathNumbers, codes| {
            numbers
                .process_input(&trace(codes), &blueprint)
                .map(|process| (process.sequence, process.steps))
        };
        assert_eq!(process(&mut numbers, "CALL WASH WORK"), Some((0, vec![0, 2, 1])));
        assert_eq!(process(&mut numbers, "WORK CALL"), Some((1, vec![1, 0])));
        assert_eq!(
            process(&mut numbers, "CALL"),
            Some((OTHER, vec![0])),
            "fewer than one in a thousand"
        );
        assert_eq!(process(&mut numbers, ""), None);
        let added = numbers.take_added();
        assert_eq!(
            added.steps,
            [(0, "CALL".to_owned()), (1, "WORK".to_owned()), (2, "WASH".to_owned())]
        );
        assert_eq!(added.paths, [(0, vec![0, 2, 1]), (1, vec![1, 0])]);
        assert_eq!(numbers.take_added(), Additions::default());
        let mut again = PathNumbers::known(vec!["WASH".to_owned()], vec![vec![0]]);
        assert_eq!(
            process(&mut again, "WASH"),
            Some((0, vec![0])),
            "what is stored keeps its number"
        );
        assert_eq!(again.take_added(), Additions::default());
    }

    #[test]
    fn there_is_an_end_to_steps_and_paths() {
        let mut counts = SequenceCounts::default();
        let steps =
            (0..2 * limits::STEPS_PUBLISHED).map(|n| Step::seen(&format!("S{n}"))).collect();
        (0..900).for_each(|n| counts.add(&trace(&format!("S{n}"))));
        counts.add(&trace(&"S1 ".repeat(limits::STEPS_IN_A_PATH + 1)));
        let mut numbers = PathNumbers::default();
        numbers.grow(&Blueprint { steps, ..Blueprint::unknown("repair") }, &counts);
        let added = numbers.take_added();
        assert_eq!(
            (added.steps.len(), added.paths.len()),
            (limits::STEPS_PUBLISHED, limits::PATHS_PUBLISHED)
        );
        assert!(added.paths.iter().all(|(_, sequence)| sequence.len() <= limits::STEPS_IN_A_PATH));
    }
}
