//! What all journeys of one path have in common: their variant, and who owns their minutes. Most journeys
//! go one of few paths, so it is worked out once for each.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::blueprint::Blueprint;
use crate::element::Element;
use crate::journey::elements;
use crate::journey::process_input::Walk;
use crate::journey::timing::{HandoffSpan, Route, Whose};
use crate::journey::trace::Trace;

use super::catalogue::Catalogue;

/// A path under its blueprint, in numbers of the catalogue.
#[derive(Debug, Default)]
pub struct Path {
    /// The variant's number.
    pub variant: i32,
    /// Its rated elements.
    pub items: Vec<Item>,
    /// How many rated elements the variant has.
    pub width: usize,
    /// Its steps, backstage ones included; none where only an answer is known.
    pub walk: Option<Walk>,
    /// Its handoffs, each with its position.
    pub handoffs: Vec<(u16, HandoffSpan)>,
    /// The promise of the step at which it ends, as far as its events or else its answer say.
    pub last: Option<Owner>,
    dates: Vec<Owner>,
    waits: Vec<Owner>,
    works: Vec<Owner>,
}

/// A rated element of a path.
#[derive(Debug)]
pub struct Item {
    /// Its code, as answers name it.
    pub code: String,
    /// Which element.
    pub element: Element,
    /// The position under which it is told.
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

    /// Its position.
    pub fn place(&self, catalogue: &mut Catalogue) -> Option<u16> {
        *self.place.get_or_init(|| catalogue.timed(&self.element))
    }
}

impl Path {
    /// The path of a response of which only what was asked is known.
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
        let route = Route::of(trace, blueprint);
        let places = 0..trace.events.len();
        let owners = |whose: fn(usize) -> Whose| {
            let owner = |at| Owner::new(route.owner(whose(at)).clone());
            places.clone().map(owner).collect()
        };
        let (dates, waits, works) =
            (owners(Whose::Dates), owners(Whose::Wait), owners(Whose::Work));
        let rated = Self::of_elements(elements::rated(trace, blueprint), catalogue);
        let placed = route
            .handoffs
            .into_iter()
            .filter_map(|span| Some((catalogue.timed(&span.element)?, span)));
        let handoffs = placed.collect();
        let last = last_step(trace, blueprint).map(|step| Owner::new(Element::Promise(step)));
        let walk = catalogue.ways.walk(trace, blueprint);
        Self { walk, handoffs, last, dates, waits, works, ..rated }
    }

    /// Who owns minutes of a journey of this path.
    pub fn owner(&self, whose: Whose) -> &Owner {
        match whose {
            Whose::Dates(at) => &self.dates[at],
            Whose::Wait(at) => &self.waits[at],
            Whose::Work(at) => &self.works[at],
        }
    }
}

/// The step at which a journey ended, as far as its events or else its answer say.
fn last_step(trace: &Trace, blueprint: &Blueprint) -> Option<String> {
    let place = |step: &&str| blueprint.position(step);
    let of_parts =
        || trace.parts.iter().flat_map(Element::steps).max_by_key(place).map(str::to_owned);
    trace.events.last().map(|event| event.step.to_string()).or_else(of_parts)
}

/// The paths met so far.
#[derive(Debug, Default)]
pub struct Paths {
    known: FxHashMap<String, Arc<Path>>,
    key: String,
}

/// A messy log has nearly as many paths as journeys: then it is no use to remember them all.
const MOST: usize = 4_096;

impl Paths {
    /// The path of a trace.
    pub fn of(
        &mut self,
        trace: &Trace,
        blueprint: &Blueprint,
        catalogue: &mut Catalogue,
    ) -> Arc<Path> {
        self.key.clear();
        for event in &trace.events {
            self.key.push_str(&event.step);
            self.key.push('\0');
        }
        if trace.events.is_empty() {
            trace.parts.iter().for_each(|part| self.key.push_str(&format!("{part}\0\0")));
        }
        if let Some(path) = self.known.get(&self.key) {
            return Arc::clone(path);
        }
        if self.known.len() >= MOST {
            self.known.clear();
        }
        let path = Arc::new(Path::of(trace, blueprint, catalogue));
        self.known.insert(self.key.clone(), Arc::clone(&path));
        path
    }
}
