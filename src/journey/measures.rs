//! What process tools measure: who follows whom, paths, durations, waits, rework.
//!
//! Memory grows with the number of different steps, edges and paths, not with the number of journeys.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::histogram::Histogram;
use super::trace::Trace;
use crate::limits;

/// Counts over many journeys.
#[derive(Clone, Debug, Default)]
pub struct Measures {
    /// How many journeys.
    pub journeys: u64,
    /// How many events.
    pub events: u64,
    /// From the first event to the end of the last.
    pub duration: Histogram,
    /// Journeys in which a step was repeated.
    pub reworked: u64,
    /// Events that repeat a step of their journey.
    pub repeats: u64,
    /// Events whose step is that of the event before.
    pub self_loops: u64,
    /// Journeys whose path came after [`limits::PATHS`] others and is not counted by itself.
    pub other_paths: u64,
    names: Vec<Arc<str>>,
    numbers: FxHashMap<Arc<str>, u16>,
    steps: Vec<StepCount>,
    edges: FxHashMap<(u16, u16), EdgeCount>,
    paths: FxHashMap<Box<[u16]>, u64>,
    before: FxHashMap<(u16, u16), u64>,
}

/// Counts of one step.
#[derive(Clone, Debug, Default)]
pub struct StepCount {
    /// Events at it.
    pub events: u64,
    /// Journeys that went there.
    pub journeys: u64,
    /// Journeys that began with it.
    pub first: u64,
    /// Journeys that ended with it.
    pub last: u64,
    /// From its start to its end, where both are known.
    pub processing: Histogram,
    /// From the end of the event before to its start.
    pub wait_before: Histogram,
}

/// Counts of one step following another.
#[derive(Clone, Debug, Default)]
pub struct EdgeCount {
    /// How often.
    pub count: u64,
    /// From the end of the one to the start of the other.
    pub wait: Histogram,
}

impl Measures {
    /// Counts one journey.
    pub fn add(&mut self, trace: &Trace) {
        let path: Vec<u16> = trace.events.iter().map(|event| self.number(&event.step)).collect();
        let (Some(first), Some(last)) = (path.first(), path.last()) else { return };
        self.journeys += 1;
        self.events += path.len() as u64;
        if let (Some(started), Some(ended)) = (trace.started_at(), trace.ended_at()) {
            self.duration.add(ended - started);
        }
        self.steps[usize::from(*first)].first += 1;
        self.steps[usize::from(*last)].last += 1;
        self.count_events(trace, &path);
        self.count_edges(trace, &path);
        self.count_distinct(&path);
        self.count_path(path);
    }

    /// The steps in their usual order: one stands before another when it comes first in more of the
    /// journeys that have both; by that, each is placed after those that beat it.
    pub fn usual_order(&self) -> Vec<Arc<str>> {
        let count = |a: usize, b: usize| self.before.get(&(a as u16, b as u16)).copied().unwrap_or(0);
        let wins = |a: usize| (0..self.names.len()).filter(|b| count(a, *b) > count(*b, a)).count();
        let losses = |a: usize| (0..self.names.len()).filter(|b| count(*b, a) > count(a, *b)).count();
        let mut order: Vec<(i64, usize)> =
            (0..self.names.len()).map(|a| (losses(a) as i64 - wins(a) as i64, a)).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, a)| self.names[a].clone()).collect()
    }

    /// Each step with its counts, in order of appearance.
    pub fn steps(&self) -> impl Iterator<Item = (&str, &StepCount)> {
        self.names.iter().map(AsRef::as_ref).zip(&self.steps)
    }

    /// Each pair of a step and the one after it, with its counts; the most frequent first.
    pub fn edges(&self) -> Vec<(&str, &str, &EdgeCount)> {
        let name = |number: u16| &*self.names[usize::from(number)];
        let mut edges: Vec<_> = self.edges.iter().map(|((a, b), count)| (name(*a), name(*b), count)).collect();
        edges.sort_by(|a, b| b.2.count.cmp(&a.2.count).then((a.0, a.1).cmp(&(b.0, b.1))));
        edges
    }

    /// The number of different paths that were counted.
    pub fn path_count(&self) -> usize {
        self.paths.len()
    }

    /// The paths with their counts, the most frequent first.
    pub fn paths(&self, most: usize) -> Vec<(Vec<&str>, u64)> {
        let mut paths: Vec<_> = self.paths.iter().collect();
        paths.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let named = |path: &[u16]| path.iter().map(|number| &*self.names[usize::from(*number)]).collect();
        paths.into_iter().take(most).map(|(path, count)| (named(path), *count)).collect()
    }

    fn number(&mut self, step: &Arc<str>) -> u16 {
        if let Some(number) = self.numbers.get(step) {
            return *number;
        }
        // Steps are far fewer than this: a blueprint and a log that adds to it are both limited.
        let number = u16::try_from(self.names.len()).unwrap_or(u16::MAX - 1);
        self.names.push(step.clone());
        self.steps.push(StepCount::default());
        self.numbers.insert(step.clone(), number);
        number
    }

    fn count_events(&mut self, trace: &Trace, path: &[u16]) {
        for (event, number) in trace.events.iter().zip(path) {
            let step = &mut self.steps[usize::from(*number)];
            step.events += 1;
            if let (Some(start), Some(end)) = (event.start, event.end) {
                step.processing.add(end - start);
            }
        }
    }

    fn count_edges(&mut self, trace: &Trace, path: &[u16]) {
        for (events, pair) in trace.events.windows(2).zip(path.windows(2)) {
            let wait = events[1].at() - events[0].until();
            let edge = self.edges.entry((pair[0], pair[1])).or_default();
            edge.count += 1;
            edge.wait.add(wait);
            self.steps[usize::from(pair[1])].wait_before.add(wait);
            self.self_loops += u64::from(pair[0] == pair[1]);
        }
    }

    fn count_distinct(&mut self, path: &[u16]) {
        let mut distinct: Vec<u16> = Vec::new();
        for number in path {
            if !distinct.contains(number) {
                distinct.push(*number);
            }
        }
        let repeats = (path.len() - distinct.len()) as u64;
        self.repeats += repeats;
        self.reworked += u64::from(repeats > 0);
        for (place, number) in distinct.iter().enumerate() {
            self.steps[usize::from(*number)].journeys += 1;
            for later in &distinct[place + 1..] {
                *self.before.entry((*number, *later)).or_default() += 1;
            }
        }
    }

    fn count_path(&mut self, path: Vec<u16>) {
        if let Some(count) = self.paths.get_mut(path.as_slice()) {
            *count += 1;
        } else if self.paths.len() < limits::PATHS {
            self.paths.insert(path.into(), 1);
        } else {
            self.other_paths += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::trace::Event;
    use super::*;

    fn measures(paths: &[&str]) -> Measures {
        let mut measures = Measures::default();
        for path in paths {
            let events = path.split(' ').zip(0i64..).map(|(s, n)| Event::new(s, Some(n * 100), Some(n * 100 + 40)));
            measures.add(&Trace { events: events.collect(), ..Trace::default() });
        }
        measures
    }

    #[test]
    fn rework_loops_and_paths_are_counted() {
        let measures = measures(&["A B C", "A B B C", "A B C", "A C B C"]);
        assert_eq!((measures.journeys, measures.events), (4, 14));
        assert_eq!((measures.reworked, measures.repeats, measures.self_loops), (2, 2, 1));
        assert_eq!(measures.paths(1), [(vec!["A", "B", "C"], 2)]);
        let (from, to, edge) = measures.edges()[0];
        assert_eq!((from, to, edge.count, edge.wait.mean()), ("B", "C", 4, Some(60.0)));
    }

    #[test]
    fn the_usual_order_survives_skipped_steps_and_returns() {
        let measures = measures(&["B C D", "A B C D", "A C D", "A B D C", "A B C D"]);
        assert_eq!(measures.usual_order().join(""), "ABCD");
    }
}
