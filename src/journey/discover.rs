//! Discovers a blueprint from journeys: steps in their usual order, handoffs, variants, waits,
//! promises, delays offered. For the administrator who imported the log: nothing of it has passed
//! the disclosure gate.

use std::collections::BTreeMap;

use relais_analytics::process::{self, Flow, OTHER};
use relais_analytics::{Durations, durations};

use super::numbers::Numbers;
use super::process_input::ProcessInput;
use super::timing;
use super::trace::Trace;
use crate::blueprint::Blueprint;
use crate::blueprint::discovery::{
    Detours, DiscoveryReport, Edge, HandoffTimes, Node, Offered, Path, PromiseCounts, Times, whole,
};
use crate::blueprint::usual_order::Order;
use crate::element::Element;
use crate::limits;

/// Counts journeys of one type, one at a time. Memory grows with the number of different steps,
/// edges and paths, not with the number of journeys.
#[derive(Clone, Debug)]
pub struct Discovery {
    blueprint: Blueprint,
    steps: Numbers<String>,
    paths: Numbers<Vec<u16>>,
    elements: Numbers<Element>,
    order: Order,
    flow: Flow,
    handoffs: BTreeMap<Element, Durations>,
}

/// How many paths are told one by one.
const PATHS_TOLD: usize = 50;

impl Discovery {
    /// Nothing was counted yet. The blueprint says who meets customers, as far as it is known.
    pub fn new(blueprint: Blueprint) -> Self {
        Self {
            blueprint,
            steps: Numbers::known(Vec::new(), usize::from(OTHER)),
            paths: Numbers::known(Vec::new(), limits::PATHS),
            elements: Numbers::known(Vec::new(), usize::from(OTHER)),
            order: Order::default(),
            flow: Flow::default(),
            handoffs: BTreeMap::new(),
        }
    }

    /// Counts one journey.
    pub fn add(&mut self, trace: &Trace) {
        let mut input = ProcessInput::of(trace, &self.blueprint, |step| self.steps.number(step));
        input.sequence = self.paths.number(input.steps.as_slice());
        self.order.add(&input.steps);
        let times = timing::timing(trace, &self.blueprint);
        for (handoff, minutes) in times.waits {
            self.handoffs.entry(handoff).or_default().add(minutes.max(0) * 60);
        }
        let promises =
            times.promises.iter().map(|(element, late)| (self.elements.number(element), late * 60));
        let promises: Vec<(u16, i64)> = promises.collect();
        input.count(&trace.events, &promises, &mut self.flow);
    }

    /// The counts underneath.
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// The code of a step in the counts.
    pub fn step(&self, number: u16) -> &str {
        self.steps.name(number).map_or("", String::as_str)
    }

    /// The steps in their usual order.
    pub fn usual_order(&self) -> Vec<String> {
        self.order.usual().into_iter().map(|step| self.step(step).to_owned()).collect()
    }

    /// What was discovered.
    pub fn report(&self) -> DiscoveryReport {
        let steps = self.flow.steps();
        let handoffs = self.handoffs.iter().map(|(code, wait)| HandoffTimes {
            code: code.clone(),
            count: whole(wait.count()),
            wait: Times::of(wait),
        });
        DiscoveryReport {
            journey_type: self.blueprint.journey_type.clone(),
            journeys: whole(self.flow.journeys()),
            events: whole(self.flow.events()),
            nodes: self.nodes(&steps),
            edges: self.edges(),
            handoffs: handoffs.collect(),
            variants: self.variants(),
            variant_count: self.paths.list().len(),
            promises: self.promises(),
            delays_offered: self.offered(&steps),
            detours: self.detours(&steps),
            duration: Times::of(&self.flow.duration()),
            reworked: whole(self.flow.reworked()),
            repeats: whole(self.flow.repeats()),
            self_loops: whole(self.flow.self_loops()),
            quantile_error: durations::ERROR,
        }
    }

    fn nodes(&self, steps: &[process::Step]) -> Vec<Node> {
        let order = self.usual_order();
        let mut nodes: Vec<Node> =
            steps.iter().filter(|step| step.events > 0).map(|step| self.node(step)).collect();
        let usual_place = |code: &str| order.iter().position(|known| known == code);
        if self.blueprint.is_open() {
            nodes.sort_by_key(|node| usual_place(&node.code));
        } else {
            nodes.sort_by_key(|node| {
                self.blueprint.position(&node.code).or_else(|| usual_place(&node.code))
            });
        }
        nodes
    }

    fn node(&self, counted: &process::Step) -> Node {
        let code = self.step(counted.step).to_owned();
        Node {
            team: self.blueprint.step(&code).and_then(|step| step.team.clone()),
            frontstage: self.blueprint.is_frontstage(&code),
            count: whole(counted.events),
            journeys: whole(counted.journeys),
            first: whole(counted.first),
            last: whole(counted.last),
            repeats: whole(counted.repeats()),
            processing: Times::of(&counted.processing),
            code,
        }
    }

    fn edges(&self) -> Vec<Edge> {
        let edge = |edge: process::Handoff| Edge {
            from: self.step(edge.from).to_owned(),
            to: self.step(edge.to).to_owned(),
            count: whole(edge.count()),
            wait: Times::of(&edge.wait),
        };
        let mut edges: Vec<Edge> = self.flow.handoffs().into_iter().map(edge).collect();
        edges.sort_by(|a, b| {
            b.count.cmp(&a.count).then_with(|| (&a.from, &a.to).cmp(&(&b.from, &b.to)))
        });
        edges
    }

    fn variants(&self) -> Vec<Path> {
        let counted = self.flow.sequences().into_iter();
        let mut paths: Vec<(&Vec<u16>, i64)> = counted
            .filter_map(|path| Some((self.paths.name(path.sequence)?, path.journeys())))
            .collect();
        paths.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let most_common = paths.into_iter().take(PATHS_TOLD).map(|(steps, journeys)| Path {
            steps: steps.iter().map(|step| self.step(*step).to_owned()).collect(),
            journeys: whole(journeys),
            share: journeys as f64 / self.flow.journeys() as f64,
        });
        most_common.collect()
    }

    fn promises(&self) -> Vec<PromiseCounts> {
        let counted = self.flow.promises().into_iter().filter_map(|promise| {
            let code = self.elements.name(promise.element)?.clone();
            Some(PromiseCounts { code, made: whole(promise.made()), kept: whole(promise.kept()) })
        });
        let mut promises: Vec<PromiseCounts> = counted.collect();
        promises.sort_by(|a, b| a.code.cmp(&b.code));
        promises
    }

    fn offered(&self, steps: &[process::Step]) -> Vec<Offered> {
        let offered = |step: &process::Step| Offered {
            by: self.step(step.step).to_owned(),
            count: whole(step.offered.count()),
            delay: Times::of(&step.offered),
        };
        let mut delays: Vec<Offered> =
            steps.iter().map(offered).filter(|offered| offered.count > 0).collect();
        delays.sort_by(|a, b| a.by.cmp(&b.by));
        delays
    }

    fn detours(&self, steps: &[process::Step]) -> Detours {
        let skipped = steps.iter().filter(|step| step.skipped > 0);
        Detours {
            journeys: whole(self.flow.detours()),
            skipped: skipped
                .map(|step| (self.step(step.step).to_owned(), whole(step.skipped)))
                .collect(),
            came_back: whole(self.flow.came_back()),
            unannounced: whole(self.flow.unannounced()),
            ping_pong: whole(self.flow.ping_pong()),
        }
    }
}

/// A count, which is not below zero where nothing was taken out.
#[cfg(test)]
mod tests {
    use crate::blueprint::Step;
    use crate::journey::trace::Event;
    use smallvec::smallvec;

    use crate::journey::discover::*;

    fn trace(events: Vec<Event>) -> Trace {
        Trace { events, ..Trace::default() }
    }

    #[test]
    fn promises_delays_and_handoffs_are_told() {
        let step = |code: &str, frontstage| Step {
            team: Some("t".to_owned()),
            frontstage,
            planned_by: None,
            ..Step::seen(code)
        };
        let planned = Step { planned_by: Some("PLAN".to_owned()), ..step("WORK", true) };
        let steps = vec![step("CALL", true), step("PLAN", false), planned];
        let mut discovery = Discovery::new(Blueprint { steps, ..Blueprint::unknown("repair") });
        for late in [0, 600, 0, 0] {
            discovery.add(&trace(vec![
                Event::new("CALL", Some(0), Some(60)),
                Event::new("PLAN", Some(60), Some(120)),
                Event {
                    promised: smallvec![86_400],
                    requested: Some(0),
                    ..Event::new("WORK", Some(3_660), Some(86_400 + late))
                },
            ]));
        }
        let found = discovery.report();
        assert_eq!(
            found.nodes.iter().map(|n| (n.code.as_str(), n.count)).collect::<Vec<_>>(),
            [("CALL", 4), ("PLAN", 4), ("WORK", 4)]
        );
        assert_eq!(found.handoffs.len(), 1);
        assert_eq!(found.handoffs[0].code.to_string(), "handoff:CALL:WORK");
        assert!(
            (found.handoffs[0].wait.median.unwrap() / 3_600.0 - 1.0).abs() < 0.03,
            "over the backstage step"
        );
        assert_eq!((found.promises[0].made, found.promises[0].kept), (4, 3));
        assert_eq!(
            (found.delays_offered[0].by.as_str(), found.delays_offered[0].count),
            ("PLAN", 4)
        );
        assert_eq!(found.variants[0].share, 1.0);
        let json = serde_json::to_value(&found).unwrap();
        assert_eq!(json["handoffs"][0]["code"], "handoff:CALL:WORK");
        assert_eq!(json["detours"]["journeys"], 0);
    }

    #[test]
    fn nothing_gives_an_empty_report() {
        let found = Discovery::new(Blueprint::unknown("repair")).report();
        assert_eq!((found.journeys, found.nodes.len(), found.duration.median), (0, 0, None));
    }
}
