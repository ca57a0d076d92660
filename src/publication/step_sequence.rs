//! What all journeys of one sequence have in common: their variant, and who owns their minutes.
//! Most journeys go one of few sequences, so it is worked out once for each.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::blueprint::Blueprint;
use crate::element::Element;
use crate::journey::elements;
use crate::journey::process_input::ProcessInput;
use crate::journey::timing::{Bearer, HandoffSpan, Ownership};
use crate::journey::trace::Trace;

use super::catalogue::Catalogue;

/// A sequence under its blueprint, in numbers of the catalogue.
#[derive(Debug, Default)]
pub struct StepSequence {
    pub variant: i32,
    pub items: Vec<Item>,
    pub width: usize,
    /// Its steps, backstage ones included; none where only an answer is known.
    pub process: Option<ProcessInput>,
    pub handoffs: Vec<(u16, HandoffSpan)>,
    /// The promise of the step at which it ends, as far as its events or else its answer say.
    pub last: Option<Owner>,
    dates: Vec<Owner>,
    waits: Vec<Owner>,
    works: Vec<Owner>,
}

#[derive(Debug)]
pub struct Item {
    pub code: String,
    pub element: Element,
    pub position: u16,
    /// Its place in the variant's order; several that are told together share one.
    pub place: usize,
}

/// Who owns minutes; numbered with the first of them, so that what never is late has no number.
#[derive(Debug)]
pub struct Owner {
    element: Element,
    place: OnceLock<Option<u16>>,
}

impl Owner {
    fn new(element: Element) -> Self {
        Self { element, place: OnceLock::new() }
    }

    pub fn place(&self, catalogue: &mut Catalogue) -> Option<u16> {
        *self.place.get_or_init(|| catalogue.timed(&self.element))
    }
}

impl StepSequence {
    /// The sequence of a response of which only what was asked is known.
    pub fn of_elements(rated: BTreeSet<Element>, catalogue: &mut Catalogue) -> Self {
        let placed: Vec<(Element, u16)> = rated
            .into_iter()
            .filter_map(|element| {
                let position = catalogue.rated(&element)?;
                Some((element, position))
            })
            .collect();
        let order: Vec<u16> =
            placed.iter().map(|(_, place)| *place).collect::<BTreeSet<_>>().into_iter().collect();
        let place = |position: u16| order.partition_point(|known| *known < position);
        Self {
            variant: catalogue.variant(&order),
            items: placed
                .into_iter()
                .map(|(element, position)| {
                    let (code, place) = (element.to_string(), place(position));
                    Item { code, element, position, place }
                })
                .collect(),
            width: order.len(),
            ..Self::default()
        }
    }

    fn of(trace: &Trace, blueprint: &Blueprint, catalogue: &mut Catalogue) -> Self {
        let ownership = Ownership::of(trace, blueprint);
        let places = 0..trace.events.len();
        let owners = |bearer: fn(usize) -> Bearer| {
            places.clone().map(|at| Owner::new(ownership.owner(bearer(at)).clone())).collect()
        };
        let dates = owners(Bearer::Dates);
        let waits = owners(Bearer::Wait);
        let works = owners(Bearer::Work);
        let rated = Self::of_elements(elements::rated(trace, blueprint), catalogue);
        let placed = ownership
            .handoffs
            .into_iter()
            .filter_map(|span| Some((catalogue.timed(&span.element)?, span)));
        let handoffs = placed.collect();
        let last = last_step(trace, blueprint).map(|step| Owner::new(Element::Promise(step)));
        let process = catalogue.path_numbers.process_input(trace, blueprint);
        Self { process, handoffs, last, dates, waits, works, ..rated }
    }

    /// Who owns minutes of a journey of this sequence.
    pub fn owner(&self, bearer: Bearer) -> &Owner {
        match bearer {
            Bearer::Dates(at) => &self.dates[at],
            Bearer::Wait(at) => &self.waits[at],
            Bearer::Work(at) => &self.works[at],
        }
    }
}

/// The step at which a journey ended, as far as its events or else its answer say.
fn last_step(trace: &Trace, blueprint: &Blueprint) -> Option<String> {
    if let Some(event) = trace.events.last() {
        return Some(event.step.to_string());
    }
    let steps = trace.parts.iter().flat_map(Element::steps);
    steps.max_by_key(|step| blueprint.position(step)).map(str::to_owned)
}

#[derive(Debug, Default)]
pub struct StepSequences {
    known: FxHashMap<String, Arc<StepSequence>>,
    key: String,
}

/// A messy log has nearly as many sequences as journeys: then it is no use to remember them all.
const MOST: usize = 4_096;

impl StepSequences {
    pub fn of(
        &mut self,
        trace: &Trace,
        blueprint: &Blueprint,
        catalogue: &mut Catalogue,
    ) -> Arc<StepSequence> {
        self.key.clear();
        for event in &trace.events {
            self.key.push_str(&event.step);
            self.key.push('\0');
        }
        if trace.events.is_empty() {
            trace.parts.iter().for_each(|part| self.key.push_str(&format!("{part}\0\0")));
        }
        if let Some(sequence) = self.known.get(&self.key) {
            return Arc::clone(sequence);
        }
        if self.known.len() >= MOST {
            self.known.clear();
        }
        let sequence = Arc::new(StepSequence::of(trace, blueprint, catalogue));
        self.known.insert(self.key.clone(), Arc::clone(&sequence));
        sequence
    }
}
