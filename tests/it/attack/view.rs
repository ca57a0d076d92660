//! Everything that a reader can be shown: each place over each set of releases, alone and against
//! the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use relais::element::Element;
use relais::privacy::{Audience, Figure, Floors, Missing, Place, Request, Rulings, Unit, disclose};

use super::house::House;

/// What may be shown of a request: nothing, or all figures but those at these places of the list.
pub(super) type Gate = fn(&House, &Request<'_>) -> Option<BTreeSet<usize>>;

/// The gate itself.
pub(super) fn gate(_: &House, request: &Request<'_>) -> Option<BTreeSet<usize>> {
    let hidden = disclose(request, |objections| {
        let figures = request.figures.iter().enumerate();
        figures
            .filter(|(_, figure)| objections.to_subject(&figure.subject).is_some())
            .map(|(at, _)| at)
            .collect()
    });
    hidden.ok().map(|hidden| BTreeSet::clone(&hidden))
}

/// What a gate would do that asks whether there are enough heads behind a sum, and not what is left
/// beside it: the trial of the attacker.
pub(super) fn forgetful(house: &House, request: &Request<'_>) -> Option<BTreeSet<usize>> {
    if request.against_rest {
        return None;
    }
    let mut sums: BTreeMap<i32, Unit> = BTreeMap::new();
    for unit in request.units.iter().filter(|unit| unit.is_in(request.place)) {
        let region = match request.place {
            Place::Region(region) => Some(region.clone()),
            Place::Network | Place::Site(_) => None,
        };
        let empty = || Unit {
            place: request.place.clone(),
            region,
            behind: Arc::default(),
            ..unit.clone()
        };
        Arc::make_mut(&mut sums.entry(unit.release).or_insert_with(empty).behind).add(&unit.behind);
    }
    let units: Vec<Unit> = sums.into_values().collect();
    let ruled = units.iter().map(|unit| (unit.release, house.ruling(&[unit], &[], request.floors)));
    let rulings = Rulings::of(ruled, house.teams.clone());
    gate(house, &Request { units: &units, rulings: &rulings, ..*request })
}

/// What a figure is about, as far as the heads behind it go: elements of the same teams are shown
/// together.
pub(super) fn elements() -> Vec<Element> {
    let codes = ["handoff:other", "step:CALL", "step:PLAN", "step:RECEP", "promise:WORK"];
    let handoffs =
        ["handoff:RECEP:WORK", "handoff:CALL:RECEP", "handoff:PLAN:WORK", "handoff:CALL:PLAN"];
    codes.into_iter().chain(handoffs).map(|code| code.parse().expect("a code")).collect()
}

/// One thing that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct View {
    pub(super) place: Place,
    pub(super) releases: Vec<i32>,
    pub(super) rest: bool,
    /// The floor that was in force.
    pub(super) heads: u32,
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = if self.rest { "the rest beside " } else { "" };
        write!(f, "{rest}{} in weeks {:?} at {} heads", self.place, self.releases, self.heads)
    }
}

/// Of one element, everything that is shown: the atoms that are summed, each set once.
pub(super) type Rows = BTreeMap<u128, View>;

/// What is shown of each element, and (under `None`) of the whole: answers, outcome, lateness.
pub(super) fn everything(house: &House, gate: Gate) -> Vec<(Option<Element>, Rows)> {
    let elements = elements();
    let mut shown: Vec<(Option<Element>, Rows)> =
        elements.iter().map(|e| (Some(e.clone()), Rows::new())).collect();
    shown.push((None, Rows::new()));
    // A setting may raise a floor and lower it again: what was seen between is known.
    for floors in [Floors::raised(10, 7), house.floors, Floors::raised(10, 11)] {
        let rulings = house.rulings(&elements, floors);
        for place in places(house) {
            for releases in sets(house.weeks) {
                for rest in [false, true] {
                    if rest && place == Place::Network {
                        continue;
                    }
                    let view = View {
                        place: place.clone(),
                        releases: releases.clone(),
                        rest,
                        heads: floors.heads(),
                    };
                    add(house, gate, (view, floors, &rulings), &elements, &mut shown);
                }
            }
        }
    }
    shown
}

fn add(
    house: &House,
    gate: Gate,
    (view, floors, rulings): (View, Floors, &Rulings),
    elements: &[Element],
    shown: &mut [(Option<Element>, Rows)],
) {
    let seen = |release: &i32| view.releases.contains(release);
    let units: Vec<_> = house.units.iter().filter(|unit| seen(&unit.release)).cloned().collect();
    // Where every figure has answers enough, all that is left is the heads: no reader is ever shown
    // more.
    let figures: Vec<Figure> = elements.iter().map(|e| Figure::of(e, 1_000)).collect();
    let missing = Missing::default();
    let request = Request {
        floors,
        audience: Audience::Team,
        pilot: true,
        units: &units,
        place: &view.place,
        against_rest: view.rest,
        rulings,
        figures: &figures,
        missing: &missing,
    };
    let Some(hidden) = gate(house, &request) else { return };
    let of = |inside: bool| {
        let atoms = house.units.iter().enumerate();
        let atoms =
            atoms.filter(|(_, unit)| seen(&unit.release) && unit.is_in(&view.place) == inside);
        atoms.fold(0u128, |row, (at, _)| row | 1 << at)
    };
    let row = of(!view.rest);
    for (at, (element, rows)) in shown.iter_mut().enumerate() {
        if row != 0 && (element.is_none() || !hidden.contains(&at)) {
            rows.entry(row).or_insert_with(|| view.clone());
        }
    }
}

fn places(house: &House) -> BTreeSet<Place> {
    let regions = house.units.iter().filter_map(|unit| unit.region.clone()).map(Place::Region);
    let sites = house.most.values().flat_map(|sites| sites.keys().cloned()).map(Place::Site);
    house
        .units
        .iter()
        .map(|unit| unit.place.clone())
        .chain(regions)
        .chain(sites)
        .chain([Place::Network])
        .collect()
}

/// The sets of releases that somebody can see: every window, and every window in which one release
/// is still the teams' alone because its time for them was longer.
fn sets(weeks: i32) -> BTreeSet<Vec<i32>> {
    let mut sets = BTreeSet::new();
    for from in 0..weeks {
        for to in from..weeks {
            sets.insert((from..=to).collect());
            for hidden in from..=to {
                let seen: Vec<i32> = (from..=to).filter(|week| *week != hidden).collect();
                if !seen.is_empty() {
                    sets.insert(seen);
                }
            }
        }
    }
    sets
}
