//! Published flows become the flow of a map: what the gate lets through, relative to each other.

use std::collections::BTreeMap;

use relais_analytics::cell::Counts;
use relais_analytics::process::{self, OTHER};
use relais_analytics::{Durations, Position};

use super::volume::Counted;
use super::{Detours, Handoff, Promise, Step, Times};
use crate::breakdown::request::Question;
use crate::element::Element;
use crate::privacy::{Figure, Objections};
use crate::publication::Published;
use crate::publication::flows::{Flows, Sum};

/// The flow of a place with the names of what is in it, and what must be asked about it.
pub(crate) struct PlaceFlow<'a> {
    pub(crate) question: &'a Question,
    pub(crate) published: &'a Published,
    pub(crate) flows: &'a Flows,
    pub(crate) flow: &'a process::Flow,
    /// By variant, who met trouble and was rescued.
    pub(crate) counts: BTreeMap<i32, Counts>,
    pub(super) unknown: usize,
    steps: Vec<process::Step>,
    handoffs: Vec<process::Handoff>,
    promises: Vec<process::Promise>,
    /// Fewer journeys than this are not told of.
    floor: u64,
}

impl<'a> PlaceFlow<'a> {
    pub(crate) fn new(
        question: &'a Question,
        published: &'a Published,
        flows: &'a Flows,
        sum: &'a Sum,
        counts: BTreeMap<i32, Counts>,
        floor: u64,
    ) -> Self {
        let flow = &sum.flow;
        let steps =
            flow.steps().into_iter().filter(|step| step.step != OTHER && step.events > 0).collect();
        let handoffs = flow
            .handoffs()
            .into_iter()
            .filter(|handoff| handoff.from != OTHER && handoff.to != OTHER)
            .collect();
        let (promises, unknown) = (flow.promises(), sum.unknown);
        Self { question, published, flows, flow, counts, unknown, steps, handoffs, promises, floor }
    }

    /// What the gate is asked about. Of a handoff it counts how often it happened: of how many
    /// journeys is not known.
    pub(crate) fn figures(&self) -> Vec<Figure> {
        let steps = self.steps.iter().map(|step| (self.step(step.step), step.journeys));
        let handoffs = self.handoffs.iter().map(|handoff| (self.handoff(handoff), handoff.count()));
        let promises =
            self.promises.iter().map(|promise| (self.promise(promise.element), promise.made()));
        let all = steps.chain(handoffs).chain(promises);
        all.filter_map(|(element, count)| Some(Figure::of(&element?, unsigned(count)))).collect()
    }

    /// The steps and handoffs that are shown, with their volumes.
    pub(super) fn network(&self, objections: &Objections) -> (Vec<Step>, Vec<Handoff>) {
        let blueprint = &self.question.blueprint;
        let shown = |element: Option<Element>| element.filter(|it| objections.to(it).is_none());
        let (volumes, between) = self.volumes();
        let mut steps: Vec<_> = self
            .steps
            .iter()
            .filter_map(|step| {
                let element = shown(self.step(step.step))?;
                let volume = volumes.get(&step.step).copied();
                Some((blueprint.place(&element), self.shown_step(step, volume)?))
            })
            .collect();
        steps.sort_by_key(|(place, _)| *place);
        let steps: Vec<Step> = steps.into_iter().map(|(_, step)| step).collect();
        let place = |code: &str| steps.iter().position(|step| step.code == code);
        // A handoff is shown between two steps that are: else the picture would hang in the air.
        let mut handoffs: Vec<_> = self
            .handoffs
            .iter()
            .filter_map(|handoff| {
                shown(self.handoff(handoff))?;
                let volume = between.get(&(handoff.from, handoff.to)).copied();
                let handoff = self.shown_handoff(handoff, volume)?;
                Some(((place(&handoff.from)?, place(&handoff.to)?), handoff))
            })
            .collect();
        handoffs.sort_by_key(|(places, _)| *places);
        (steps, handoffs.into_iter().map(|(_, handoff)| handoff).collect())
    }

    /// How often each step and each handoff happens, a journey. What fewer journeys have than the
    /// floor goes into no figure. What is hidden for its heads is passed through: how many come to
    /// its neighbours is theirs to tell.
    fn volumes(&self) -> (BTreeMap<u16, f64>, BTreeMap<(u16, u16), f64>) {
        let enough = |count: i64| if self.enough(count) { count } else { 0 };
        let place = |element: Option<Element>| {
            element.map(|element| self.question.blueprint.place(&element))
        };
        let mut steps: Vec<&process::Step> =
            self.steps.iter().filter(|step| self.enough(step.journeys)).collect();
        steps.sort_by_key(|step| place(self.step(step.step)));
        let at = |number: u16| steps.iter().position(|step| step.step == number);
        let handoffs: Vec<_> = self
            .handoffs
            .iter()
            .filter(|handoff| self.enough(handoff.count()))
            .filter_map(|one| Some((at(one.from)?, at(one.to)?, one.count())))
            .collect();
        let counted = Counted {
            starts: steps.iter().map(|step| enough(step.first)).collect(),
            ends: steps.iter().map(|step| enough(step.last)).collect(),
            handoffs: handoffs.clone(),
        };
        let volume = counted.volume();
        let visits =
            steps.iter().zip(volume.steps).filter_map(|(step, volume)| Some((step.step, volume?)));
        let taken = handoffs.iter().zip(volume.handoffs);
        let taken = taken.filter_map(|((from, to, _), volume)| {
            Some(((steps[*from].step, steps[*to].step), volume?))
        });
        (visits.collect(), taken.collect())
    }

    fn shown_step(&self, step: &process::Step, volume: Option<f64>) -> Option<Step> {
        Some(Step {
            code: self.flows.step(step.step)?.to_owned(),
            of_100: volume.map(|volume| (100.0 * volume).round()),
            repeated: self.enough(step.repeats()).then(|| of_100(step.repeats(), step.events)),
            skipped: self.enough(step.skipped).then(|| of_100(step.skipped, self.flow.journeys())),
            processing: self.times(&step.processing),
            offered: self.times(&step.offered),
        })
    }

    fn shown_handoff(&self, handoff: &process::Handoff, volume: Option<f64>) -> Option<Handoff> {
        let enough = self.enough(handoff.returns);
        Some(Handoff {
            from: self.flows.step(handoff.from)?.to_owned(),
            to: self.flows.step(handoff.to)?.to_owned(),
            of_100: volume.map(|volume| (100.0 * volume).round()),
            wait: self.times(&handoff.wait)?,
            returned: enough.then(|| of_100(handoff.returns, handoff.count())),
        })
    }

    pub(super) fn promises(&self, objections: &Objections) -> Vec<Promise> {
        let mut promises: Vec<Promise> = self
            .promises
            .iter()
            .filter_map(|promise| {
                let element = self.promise(promise.element)?;
                let kept = of_100(promise.kept(), promise.made());
                let lateness = self.times(&promise.lateness)?;
                objections.to(&element).is_none().then_some(Promise { element, kept, lateness })
            })
            .collect();
        promises.sort_by_key(|promise| self.question.blueprint.place(&promise.element));
        promises
    }

    pub(super) fn detours(&self) -> Detours {
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
        u64::try_from(count).is_ok_and(|count| count >= self.floor)
    }

    /// The quantiles of enough durations.
    pub(crate) fn times(&self, durations: &Durations) -> Option<Times> {
        if !self.enough(durations.count()) {
            return None;
        }
        Some(Times { median: durations.quantile(0.5)?, p90: durations.quantile(0.9)? })
    }

    fn step(&self, number: u16) -> Option<Element> {
        Some(Element::Step(self.flows.step(number)?.to_owned()))
    }

    fn handoff(&self, handoff: &process::Handoff) -> Option<Element> {
        Some(Element::Handoff(
            self.flows.step(handoff.from)?.to_owned(),
            self.flows.step(handoff.to)?.to_owned(),
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
