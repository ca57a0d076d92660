//! What each release may show, decided when it is made and stored beside it; decided again where
//! the minimum sizes are others now, or where it was made before there were rulings.

use std::collections::{BTreeMap, BTreeSet};

use relais_analytics::cell::{Cell, Population};

use super::Published;
use crate::element::Element;
use crate::error::Result;
use crate::privacy::{Floors, Matter, Parts, Ruling, Unit, by_release};

/// What atoms have of each element, as far as it was counted.
#[derive(Debug)]
pub(super) struct Presence<'a> {
    variants: &'a BTreeMap<i32, Vec<u16>>,
    elements: Vec<Element>,
    /// The place in `elements` of each number.
    places: BTreeMap<u16, usize>,
    parts: Vec<Parts>,
}

impl<'a> Presence<'a> {
    pub(super) fn of(
        catalogue: &BTreeMap<u16, Element>,
        variants: &'a BTreeMap<i32, Vec<u16>>,
        atoms: usize,
    ) -> Self {
        let none = || vec![0; catalogue.len()];
        let nothing = || Parts { passed: none(), promised: none(), timed: none() };
        Self {
            variants,
            elements: catalogue.values().cloned().collect(),
            places: catalogue.keys().copied().zip(0..).collect(),
            parts: (0..atoms).map(|_| nothing()).collect(),
        }
    }

    pub(super) fn journeys(&mut self, atom: usize, variant: i32, cell: &Population) {
        let count = cell.count().unsigned_abs();
        self.pass(atom, variant, count);
        for (position, made, _) in cell.promises() {
            self.add(atom, position, made.unsigned_abs(), |parts| &mut parts.passed);
            self.add(atom, position, made.unsigned_abs(), |parts| &mut parts.promised);
            // What was promised could have been late, whether it was or not; where times are
            // missing, nobody knows.
            if cell.charged() > 0 {
                self.add(atom, position, made.unsigned_abs(), |parts| &mut parts.timed);
            }
        }
        self.time(atom, cell.time().map(|(position, ..)| position).collect(), count);
    }

    pub(super) fn answers(&mut self, atom: usize, variant: i32, cell: &Cell) {
        let count = cell.count().unsigned_abs();
        self.pass(atom, variant, count);
        self.time(atom, cell.time().map(|(position, ..)| position).collect(), count);
    }

    /// What is ruled about, of one release whose atoms these are.
    pub(super) fn matter<'m>(
        &'m self,
        units: &'m [&'m Unit],
        teams: &'m BTreeMap<String, String>,
        floors: Floors,
    ) -> Matter<'m> {
        Matter { units, elements: &self.elements, parts: &self.parts, teams, floors }
    }

    fn pass(&mut self, atom: usize, variant: i32, count: u64) {
        let variants = self.variants;
        for position in variants.get(&variant).into_iter().flatten() {
            self.add(atom, *position, count, |parts| &mut parts.passed);
        }
    }

    fn time(&mut self, atom: usize, positions: BTreeSet<u16>, count: u64) {
        for position in positions {
            self.add(atom, position, count, |parts| &mut parts.timed);
            self.add(atom, position, count, |parts| &mut parts.passed);
        }
    }

    fn add(&mut self, atom: usize, position: u16, count: u64, to: fn(&mut Parts) -> &mut Vec<u64>) {
        if let Some(place) = self.places.get(&position) {
            to(&mut self.parts[atom])[*place] += count;
        }
    }
}

/// The rulings about everything that was published, from its cells.
pub fn decide(
    published: &Published,
    teams: &BTreeMap<String, String>,
    floors: Floors,
) -> Result<Vec<(i32, Ruling)>> {
    let presence = presence(published)?;
    // The atoms of a release stand together in the list, week by week.
    let mut parts = presence.parts.into_iter();
    let units = published.atoms.iter().map(|atom| &atom.unit);
    let ruled = by_release(units).into_iter().map(|(release, units)| {
        let parts: Vec<Parts> = parts.by_ref().take(units.len()).collect();
        let elements = &presence.elements;
        (release, Ruling::of(&Matter { units: &units, elements, parts: &parts, teams, floors }))
    });
    Ok(ruled.collect())
}

/// What the atoms have, from their cells.
pub(super) fn presence(published: &Published) -> Result<Presence<'_>> {
    let mut presence =
        Presence::of(&published.catalogue, &published.variants, published.atoms.len());
    for cell in published.journeys(|_| true) {
        let cell = cell?;
        presence.journeys(cell.atom, cell.variant, &cell.state);
    }
    for cell in published.answers(|_| true) {
        let cell = cell?;
        presence.answers(cell.atom, cell.variant, &cell.state);
    }
    Ok(presence)
}
