//! The numbers of steps and paths in the published process measures. They only ever grow: a flow of last year means
//! the same today, and flows are added whatever their order.
//!
//! Every step has a number, those behind the line of visibility and those that the blueprint does not know included,
//! up to [`limits::STEPS_PUBLISHED`]. A path gets one when enough journeys take it; the others are told together. That
//! is decided here, once, and never in a flow: one that dropped what is rare would depend on the order of adding.

use std::collections::BTreeMap;

use relais_analytics::process::OTHER;

use crate::blueprint::Blueprint;
use crate::journey::elements;
use crate::journey::numbers::Numbers;
use crate::journey::process_input::Walk;
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
pub struct Added {
    /// Codes of steps.
    pub steps: Vec<(u16, String)>,
    /// Paths, as the numbers of their steps.
    pub paths: Vec<(u16, Vec<u16>)>,
}

/// How many journeys of a sample take which path.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    journeys: u64,
    paths: BTreeMap<Vec<String>, u64>,
}

impl Taken {
    /// Counts one journey. Where only an answer is known there is no path.
    pub fn add(&mut self, trace: &Trace) {
        if !trace.events.is_empty() {
            self.journeys += 1;
            *self.paths.entry(elements::path(trace).map(str::to_owned).collect()).or_default() += 1;
        }
    }
}

impl Default for PathNumbers {
    fn default() -> Self {
        Self::known(Vec::new(), Vec::new())
    }
}

impl PathNumbers {
    /// The numbers as they are stored.
    pub fn known(steps: Vec<String>, paths: Vec<Vec<u16>>) -> Self {
        Self {
            stored: (steps.len(), paths.len()),
            steps: Numbers::known(steps, limits::STEPS_PUBLISHED),
            paths: Numbers::known(paths, limits::PATHS_PUBLISHED),
        }
    }

    /// Gives numbers to the steps of the blueprint, and to the paths that a sample of journeys shows to be common, the
    /// most frequent first.
    pub fn grow(&mut self, blueprint: &Blueprint, taken: &Taken) {
        for step in &blueprint.steps {
            self.steps.number(step.code.as_str());
        }
        let enough = |count: u64| count as f64 >= limits::RARE_PATH * taken.journeys as f64;
        let mut common: Vec<(&Vec<String>, u64)> =
            taken.paths.iter().map(|(path, count)| (path, *count)).collect();
        common.retain(|(path, count)| enough(*count) && path.len() <= limits::STEPS_IN_A_PATH);
        common.sort_by_key(|(_, count)| u64::MAX - count);
        for (path, _) in common {
            let steps: Vec<u16> =
                path.iter().map(|step| self.steps.number(step.as_str())).collect();
            // Two paths that differ in a step without a number would be the same one.
            if !steps.contains(&OTHER) {
                self.paths.number(steps.as_slice());
            }
        }
    }

    /// The walk of a trace in these numbers; `None` where only an answer is known.
    pub fn walk(&mut self, trace: &Trace, blueprint: &Blueprint) -> Option<Walk> {
        if trace.events.is_empty() {
            return None;
        }
        let mut walk = Walk::of(trace, blueprint, |step| self.steps.number(step));
        walk.path = self.paths.get(walk.steps.as_slice());
        Some(walk)
    }

    /// Hands over what is to be stored.
    pub fn take_added(&mut self) -> Added {
        let (steps, paths) = (self.steps.list(), self.paths.list());
        let added = Added {
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
        let mut taken = Taken::default();
        (0..1_500).for_each(|_| taken.add(&trace("WORK CALL")));
        (0..2_500).for_each(|_| taken.add(&trace("CALL WASH WORK")));
        (0..3).for_each(|_| taken.add(&trace("CALL")));
        (0..99).for_each(|_| taken.add(&trace("")));
        let mut ways = PathNumbers::default();
        ways.grow(&blueprint, &taken);
        let walk = |ways: &mut PathNumbers, codes| {
            ways.walk(&trace(codes), &blueprint).map(|walk| (walk.path, walk.steps))
        };
        assert_eq!(walk(&mut ways, "CALL WASH WORK"), Some((0, vec![0, 2, 1])));
        assert_eq!(walk(&mut ways, "WORK CALL"), Some((1, vec![1, 0])));
        assert_eq!(walk(&mut ways, "CALL"), Some((OTHER, vec![0])), "fewer than one in a thousand");
        assert_eq!(walk(&mut ways, ""), None);
        let added = ways.take_added();
        assert_eq!(
            added.steps,
            [(0, "CALL".to_owned()), (1, "WORK".to_owned()), (2, "WASH".to_owned())]
        );
        assert_eq!(added.paths, [(0, vec![0, 2, 1]), (1, vec![1, 0])]);
        assert_eq!(ways.take_added(), Added::default());
        let mut again = PathNumbers::known(vec!["WASH".to_owned()], vec![vec![0]]);
        assert_eq!(walk(&mut again, "WASH"), Some((0, vec![0])), "what is stored keeps its number");
        assert_eq!(again.take_added(), Added::default());
    }

    #[test]
    fn there_is_an_end_to_steps_and_paths() {
        let mut taken = Taken::default();
        let steps =
            (0..2 * limits::STEPS_PUBLISHED).map(|n| Step::seen(&format!("S{n}"))).collect();
        (0..900).for_each(|n| taken.add(&trace(&format!("S{n}"))));
        taken.add(&trace(&"S1 ".repeat(limits::STEPS_IN_A_PATH + 1)));
        let mut ways = PathNumbers::default();
        ways.grow(&Blueprint { steps, ..Blueprint::unknown("repair") }, &taken);
        let added = ways.take_added();
        assert_eq!(
            (added.steps.len(), added.paths.len()),
            (limits::STEPS_PUBLISHED, limits::PATHS_PUBLISHED)
        );
        assert!(added.paths.iter().all(|(_, path)| path.len() <= limits::STEPS_IN_A_PATH));
    }
}
