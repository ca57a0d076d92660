//! Published flows become the flow of a map: what the gate lets through, relative to each other.

use std::collections::BTreeMap;

use relais_analytics::cell::Counts;
use relais_analytics::process::{self, OTHER};
use relais_analytics::{Durations, Position};

use super::paths;
use super::volume::Counted;
use super::{Detours, Flow, Handoff, Promise, Step, Times};
use crate::breakdown::request::Question;
use crate::element::Element;
use crate::privacy::{Figure, Shown};
use crate::publication::Published;
use crate::publication::flows::{Flows, Sum};

/// The flow of a place with the names of what is in it, and what must be asked about it.
pub(crate) struct PlaceFlow<'a> {
    pub(crate) question: &'a Question,
    pub(crate) published: &'a Published,
    pub(crate) flows: &'a Flows,
    pub(crate) flow: &'a process::Flow,
    /// By variant, who met trouble and was rescued.
    pub(crate) beside: BTreeMap<i32, Counts>,
    unknown: usize,
    steps: Vec<process::Step>,
    edges: Vec<process::Handoff>,
    promises: Vec<process::Promise>,
    /// Fewer journeys than this are not told of.
    floor: u32,
}

impl<'a> PlaceFlow<'a> {
    pub(crate) fn new(
        question: &'a Question,
        published: &'a Published,
        (flows, sum, beside): (&'a Flows, &'a Sum, BTreeMap<i32, Counts>),
        floor: u32,
    ) -> Self {
        let flow = &sum.flow;
        let steps =
            flow.steps().into_iter().filter(|step| step.step != OTHER && step.events > 0).collect();
        let edges = flow
            .handoffs()
            .into_iter()
            .filter(|edge| edge.from != OTHER && edge.to != OTHER)
            .collect();
        let (promises, unknown) = (flow.promises(), sum.unknown);
        Self { question, published, flows, flow, beside, unknown, steps, edges, promises, floor }
    }

    /// What the gate is asked about. Of a way counts how often it was taken: how many journeys did is not known.
    pub(crate) fn figures(&self) -> Vec<Figure> {
        let steps = self.steps.iter().map(|step| (self.step(step.step), step.journeys));
        let edges = self.edges.iter().map(|edge| (self.edge(edge), edge.count()));
        let promises =
            self.promises.iter().map(|promise| (self.promise(promise.element), promise.made()));
        let all = steps.chain(edges).chain(promises);
        all.filter_map(|(element, count)| {
            Some(Figure { element: element?, answers: unsigned(count) })
        })
        .collect()
    }

    /// What the gate lets through.
    pub(crate) fn flow(&self, shown: &Shown) -> Flow {
        let chain = &self.question.chain;
        let mut hidden: Vec<_> =
            shown.hidden().map(|(element, reason)| (element.clone(), reason)).collect();
        hidden.sort_by_key(|(element, _)| chain.place(element));
        let (steps, edges) = self.network(shown);
        Flow {
            steps,
            edges,
            promises: self.promises(shown),
            detours: self.detours(),
            paths: paths::paths(self, shown),
            rescues: paths::rescues(self, shown),
            hidden,
            unknown: self.unknown,
        }
    }

    /// The steps and flow that are shown, with their volumes.
    fn network(&self, shown: &Shown) -> (Vec<Step>, Vec<Handoff>) {
        let chain = &self.question.chain;
        let seen = |element: Option<Element>| element.filter(|it| shown.objection(it).is_none());
        let (volumes, between) = self.volumes();
        let told = |step: &process::Step| {
            let element = seen(self.step(step.step))?;
            Some((chain.place(&element), self.told_step(step, volumes.get(&step.step).copied())?))
        };
        let mut steps: Vec<_> = self.steps.iter().filter_map(told).collect();
        steps.sort_by_key(|(place, _)| *place);
        let steps: Vec<Step> = steps.into_iter().map(|(_, step)| step).collect();
        let place = |code: &str| steps.iter().position(|step| step.code == code);
        // A way is shown between two steps that are: else the picture would hang in the air.
        let told = |edge: &process::Handoff| {
            seen(self.edge(edge))?;
            let edge = self.told_edge(edge, between.get(&(edge.from, edge.to)).copied())?;
            Some(((place(&edge.from)?, place(&edge.to)?), edge))
        };
        let mut edges: Vec<_> = self.edges.iter().filter_map(told).collect();
        edges.sort_by_key(|(places, _)| *places);
        (steps, edges.into_iter().map(|(_, edge)| edge).collect())
    }

    /// How often each step is visited and each way taken, a journey. What fewer journeys take than the floor goes into no
    /// figure. What is hidden for its heads is passed through: how many come to its neighbours is theirs to tell.
    fn volumes(&self) -> (BTreeMap<u16, f64>, BTreeMap<(u16, u16), f64>) {
        let enough = |count: i64| if self.enough(count) { count } else { 0 };
        let place =
            |element: Option<Element>| element.map(|element| self.question.chain.place(&element));
        let mut steps: Vec<&process::Step> =
            self.steps.iter().filter(|step| self.enough(step.journeys)).collect();
        steps.sort_by_key(|step| place(self.step(step.step)));
        let at = |number: u16| steps.iter().position(|step| step.step == number);
        let edges = self.edges.iter().filter(|edge| self.enough(edge.count()));
        let edges: Vec<_> =
            edges.filter_map(|edge| Some((at(edge.from)?, at(edge.to)?, edge.count()))).collect();
        let counted = Counted {
            starts: steps.iter().map(|step| enough(step.first)).collect(),
            ends: steps.iter().map(|step| enough(step.last)).collect(),
            edges: edges.clone(),
        };
        let volume = counted.volume();
        let visits =
            steps.iter().zip(volume.steps).filter_map(|(step, volume)| Some((step.step, volume?)));
        let taken = edges.iter().zip(volume.edges);
        let taken = taken.filter_map(|((from, to, _), volume)| {
            Some(((steps[*from].step, steps[*to].step), volume?))
        });
        (visits.collect(), taken.collect())
    }

    fn told_step(&self, step: &process::Step, volume: Option<f64>) -> Option<Step> {
        Some(Step {
            code: self.flows.step(step.step)?.to_owned(),
            of_100: volume.map(|volume| (100.0 * volume).round()),
            repeated: self.enough(step.repeats()).then(|| of_100(step.repeats(), step.events)),
            skipped: self.enough(step.skipped).then(|| of_100(step.skipped, self.flow.journeys())),
            processing: self.times(&step.processing),
            offered: self.times(&step.offered),
        })
    }

    fn told_edge(&self, edge: &process::Handoff, volume: Option<f64>) -> Option<Handoff> {
        Some(Handoff {
            from: self.flows.step(edge.from)?.to_owned(),
            to: self.flows.step(edge.to)?.to_owned(),
            of_100: volume.map(|volume| (100.0 * volume).round()),
            wait: self.times(&edge.wait)?,
            returned: self.enough(edge.returns).then(|| of_100(edge.returns, edge.count())),
        })
    }

    fn promises(&self, shown: &Shown) -> Vec<Promise> {
        let promise = |promise: &process::Promise| {
            let element = self
                .promise(promise.element)
                .filter(|element| shown.objection(element).is_none())?;
            let (kept, lateness) =
                (of_100(promise.kept(), promise.made()), self.times(&promise.lateness)?);
            Some(Promise { element, kept, lateness })
        };
        let mut promises: Vec<Promise> = self.promises.iter().filter_map(promise).collect();
        promises.sort_by_key(|promise| self.question.chain.place(&promise.element));
        promises
    }

    fn detours(&self) -> Detours {
        let flow = self.flow;
        let share = |count: i64| self.enough(count).then(|| of_100(count, flow.journeys()));
        Detours {
            any: share(flow.detours()),
            came_back: share(flow.came_back()),
            unannounced: share(flow.unannounced()),
            reworked: share(flow.reworked()),
            ping_pong: share(flow.ping_pong()),
        }
    }

    /// Whether so many may be told of.
    pub(crate) fn enough(&self, count: i64) -> bool {
        count >= i64::from(self.floor)
    }

    /// The quantiles of enough durations.
    pub(crate) fn times(&self, durations: &Durations) -> Option<Times> {
        let enough = self.enough(durations.count());
        enough
            .then(|| {
                Some(Times { median: durations.quantile(0.5)?, p90: durations.quantile(0.9)? })
            })
            .flatten()
    }

    fn step(&self, number: u16) -> Option<Element> {
        Some(Element::Step(self.flows.step(number)?.to_owned()))
    }

    fn edge(&self, edge: &process::Handoff) -> Option<Element> {
        Some(Element::Handoff(
            self.flows.step(edge.from)?.to_owned(),
            self.flows.step(edge.to)?.to_owned(),
        ))
    }

    fn promise(&self, position: Position) -> Option<Element> {
        self.published.catalogue.get(&position).cloned()
    }
}

/// A share in whole hundredths: finer ones would tell of how many they are.
pub(crate) fn of_100(count: i64, of: i64) -> f64 {
    (100.0 * count as f64 / of.max(1) as f64).round()
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
