//! Discovers a blueprint from journeys: steps in their usual order, handoffs, variants, waits,
//! promises, delays offered. For the administrator who imported the log: nothing of it has passed
//! the disclosure gate.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Blueprint;
use super::elements;
use super::histogram::{self, Histogram};
use super::measures::Measures;
use super::timing::{self, Promises};
use super::trace::Trace;
use crate::element::Element;

/// Counts journeys of one type, one at a time.
#[derive(Clone, Debug)]
pub struct Discovery {
    blueprint: Blueprint,
    measures: Measures,
    handoffs: BTreeMap<Element, Histogram>,
    promises: BTreeMap<Element, Promises>,
    offered: BTreeMap<String, Histogram>,
    detours: Detours,
}

/// What was discovered.
#[derive(Clone, Debug, Serialize)]
pub struct Discovered {
    /// The journey type.
    pub journey_type: String,
    /// How many journeys.
    pub journeys: u64,
    /// How many events.
    pub events: u64,
    /// The steps in their usual order.
    pub nodes: Vec<Node>,
    /// Which step follows which, the most frequent first.
    pub edges: Vec<Edge>,
    /// The handoffs between the steps that customers meet.
    pub handoffs: Vec<Seam>,
    /// The most frequent paths.
    pub variants: Vec<Path>,
    /// How many different paths there are.
    pub variant_count: usize,
    /// Promises by the element that had to keep them.
    pub promises: Vec<Kept>,
    /// Promised minus requested, by the step that gave the date.
    pub delays_offered: Vec<Offered>,
    /// How journeys left the blueprint.
    pub detours: Detours,
    /// From the first event to the end of the last.
    pub duration: Times,
    /// Journeys in which a step was repeated.
    pub reworked: u64,
    /// The largest relative error of a median or 90th percentile here.
    pub quantile_error: f64,
}

/// A step.
#[derive(Clone, Debug, Serialize)]
pub struct Node {
    /// Its code.
    pub code: String,
    /// The team that the blueprint gives it.
    pub team: Option<String>,
    /// Whether customers meet it, as far as is known.
    pub frontstage: bool,
    /// Events at it.
    pub count: u64,
    /// Journeys that went there.
    pub journeys: u64,
    /// Journeys that began with it.
    pub first: u64,
    /// Journeys that ended with it.
    pub last: u64,
    /// From its start to its end.
    pub processing: Times,
}

/// One step following another.
#[derive(Clone, Debug, Serialize)]
pub struct Edge {
    /// The step before.
    pub from: String,
    /// The step after.
    pub to: String,
    /// How often.
    pub count: u64,
    /// From the end of the one to the start of the other.
    pub wait: Times,
}

/// A handoff that customers notice.
#[derive(Clone, Debug, Serialize)]
pub struct Seam {
    /// `handoff:A:B`.
    pub code: Element,
    /// How often.
    pub count: u64,
    /// From the end of the one to the start of the other.
    pub wait: Times,
}

/// A path.
#[derive(Clone, Debug, Serialize)]
pub struct Path {
    /// The steps in order.
    pub steps: Vec<String>,
    /// Journeys that took it.
    pub journeys: u64,
    /// Their share of all journeys.
    pub share: f64,
}

/// Promises of an element.
#[derive(Clone, Debug, Serialize)]
pub struct Kept {
    /// `promise:X` or `handoff:A:B`.
    pub code: Element,
    /// Promises whose outcome is known.
    pub made: u32,
    /// Those that were kept.
    pub kept: u32,
}

/// The delays that a step offered.
#[derive(Clone, Debug, Serialize)]
pub struct Offered {
    /// The step that gave the dates.
    pub by: String,
    /// How many.
    pub count: u64,
    /// Promised minus requested.
    pub delay: Times,
}

/// Journeys that left the blueprint.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Detours {
    /// In any way.
    pub journeys: u64,
    /// They passed over a step, by step.
    pub skipped: BTreeMap<String, u64>,
    /// They came back to a step.
    pub came_back: u64,
    /// The customer was there without the step that he usually meets first.
    pub unannounced: u64,
    /// They went from one team to another and back.
    pub ping_pong: u64,
}

/// A distribution of durations, in seconds.
#[derive(Clone, Debug, Serialize)]
pub struct Times {
    /// How many.
    pub count: u64,
    /// Half took no longer.
    pub median: Option<f64>,
    /// Nine of ten took no longer.
    pub p90: Option<f64>,
}

impl Times {
    fn of(histogram: &Histogram) -> Self {
        Self { count: histogram.count(), median: histogram.quantile(0.5), p90: histogram.quantile(0.9) }
    }
}

/// How many paths are told one by one.
const PATHS_TOLD: usize = 50;

impl Discovery {
    /// Nothing was counted yet. The blueprint says who meets customers, as far as it is known.
    pub fn new(blueprint: Blueprint) -> Self {
        Self {
            blueprint,
            measures: Measures::default(),
            handoffs: BTreeMap::new(),
            promises: BTreeMap::new(),
            offered: BTreeMap::new(),
            detours: Detours::default(),
        }
    }

    /// Counts one journey.
    pub fn add(&mut self, trace: &Trace) {
        self.measures.add(trace);
        let times = timing::timing(trace, &self.blueprint);
        for (seam, minutes) in times.waits {
            self.handoffs.entry(seam).or_default().add(minutes * 60);
        }
        for (element, promises) in times.promises {
            let sum = self.promises.entry(element).or_default();
            sum.made += promises.made;
            sum.kept += promises.kept;
        }
        for event in &trace.events {
            if let (Some(promised), Some(requested)) = (event.promised.last(), event.requested) {
                let by = self.blueprint.planner(&event.step).to_owned();
                self.offered.entry(by).or_default().add(promised - requested);
            }
        }
        self.count_detour(trace);
    }

    /// The counts underneath.
    pub fn measures(&self) -> &Measures {
        &self.measures
    }

    /// The steps in their usual order.
    pub fn usual_order(&self) -> Vec<String> {
        self.measures.usual_order().iter().map(ToString::to_string).collect()
    }

    /// What was discovered.
    pub fn report(&self) -> Discovered {
        let seam = |(code, wait): (&Element, &Histogram)| Seam {
            code: code.clone(),
            count: wait.count(),
            wait: Times::of(wait),
        };
        let kept = |(code, p): (&Element, &Promises)| Kept { code: code.clone(), made: p.made, kept: p.kept };
        let offered =
            |(by, d): (&String, &Histogram)| Offered { by: by.clone(), count: d.count(), delay: Times::of(d) };
        Discovered {
            journey_type: self.blueprint.journey_type.clone(),
            journeys: self.measures.journeys,
            events: self.measures.events,
            nodes: self.nodes(),
            edges: self.edges(),
            handoffs: self.handoffs.iter().map(seam).collect(),
            variants: self.variants(),
            variant_count: self.measures.path_count(),
            promises: self.promises.iter().map(kept).collect(),
            delays_offered: self.offered.iter().map(offered).collect(),
            detours: self.detours.clone(),
            duration: Times::of(&self.measures.duration),
            reworked: self.measures.reworked,
            quantile_error: histogram::ERROR,
        }
    }

    fn count_detour(&mut self, trace: &Trace) {
        let back_and_forth = elements::ping_pong(trace, &self.blueprint) > 0;
        self.detours.ping_pong += u64::from(back_and_forth);
        // Before somebody has written the blueprint there is nothing to leave.
        if self.blueprint.is_open() {
            return;
        }
        let detour = elements::detour(trace, &self.blueprint);
        self.detours.journeys += u64::from(!detour.is_none());
        self.detours.came_back += u64::from(detour.came_back);
        self.detours.unannounced += u64::from(detour.unannounced);
        for step in detour.skipped {
            *self.detours.skipped.entry(step).or_default() += 1;
        }
    }

    fn nodes(&self) -> Vec<Node> {
        let order = self.usual_order();
        let mut nodes: Vec<Node> = self.measures.steps().map(|(code, count)| self.node(code, count)).collect();
        let place = |code: &str| self.blueprint.position(code).or_else(|| order.iter().position(|known| known == code));
        match self.blueprint.is_open() {
            true => nodes.sort_by_key(|node| order.iter().position(|code| *code == node.code)),
            false => nodes.sort_by_key(|node| place(&node.code)),
        }
        nodes
    }

    fn node(&self, code: &str, count: &super::measures::StepCount) -> Node {
        let step = self.blueprint.step(code);
        Node {
            code: code.to_owned(),
            team: step.and_then(|step| step.team.clone()),
            frontstage: self.blueprint.is_frontstage(code),
            count: count.events,
            journeys: count.journeys,
            first: count.first,
            last: count.last,
            processing: Times::of(&count.processing),
        }
    }

    fn edges(&self) -> Vec<Edge> {
        let edge = |(from, to, count): (&str, &str, &super::measures::EdgeCount)| Edge {
            from: from.to_owned(),
            to: to.to_owned(),
            count: count.count,
            wait: Times::of(&count.wait),
        };
        self.measures.edges().into_iter().map(edge).collect()
    }

    fn variants(&self) -> Vec<Path> {
        let path = |(steps, journeys): (Vec<&str>, u64)| Path {
            steps: steps.into_iter().map(str::to_owned).collect(),
            journeys,
            share: journeys as f64 / self.measures.journeys as f64,
        };
        self.measures.paths(PATHS_TOLD).into_iter().map(path).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Step;
    use super::super::trace::Event;
    use smallvec::smallvec;

    use super::*;

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
        assert!((found.handoffs[0].wait.median.unwrap() / 3_600.0 - 1.0).abs() < 0.03, "over the backstage step");
        assert_eq!((found.promises[0].made, found.promises[0].kept), (4, 3));
        assert_eq!((found.delays_offered[0].by.as_str(), found.delays_offered[0].count), ("PLAN", 4));
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
