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
    /// The release of each atom.
    releases: Vec<i32>,
    /// Journeys or answers of each path at each atom.
    paths: BTreeMap<(usize, i32), u64>,
    /// What costs time, or wins it back, in some journey of a path, by release. Whoever has
    /// journeys of that path stands behind it: they could have been late.
    timed: BTreeMap<(i32, i32), BTreeSet<u16>>,
}

impl<'a> Presence<'a> {
    pub(super) fn of(
        catalogue: &BTreeMap<u16, Element>,
        variants: &'a BTreeMap<i32, Vec<u16>>,
        releases: Vec<i32>,
    ) -> Self {
        let none = || vec![0; catalogue.len()];
        let nothing = || Parts { passed: none(), promised: none(), timed: none() };
        Self {
            variants,
            elements: catalogue.values().cloned().collect(),
            places: catalogue.keys().copied().zip(0..).collect(),
            parts: releases.iter().map(|_| nothing()).collect(),
            releases,
            paths: BTreeMap::new(),
            timed: BTreeMap::new(),
        }
    }

    pub(super) fn journeys(&mut self, atom: usize, variant: i32, cell: &Population) {
        let count = cell.count().unsigned_abs();
        self.pass(atom, variant, count, cell.time());
        for (position, made, _) in cell.promises() {
            self.add(atom, position, made.unsigned_abs(), |parts| &mut parts.passed);
            self.add(atom, position, made.unsigned_abs(), |parts| &mut parts.promised);
        }
    }

    pub(super) fn answers(&mut self, atom: usize, variant: i32, cell: &Cell) {
        let count = cell.count().unsigned_abs();
        self.pass(atom, variant, count, cell.time());
    }

    /// With the times, once everything is counted.
    pub(super) fn timed(mut self) -> Self {
        for ((atom, variant), count) in std::mem::take(&mut self.paths) {
            let path = (self.releases[atom], variant);
            for position in self.timed.get(&path).cloned().unwrap_or_default() {
                self.add(atom, position, count, |parts| &mut parts.timed);
                self.add(atom, position, count, |parts| &mut parts.passed);
            }
        }
        self
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

    fn pass(
        &mut self,
        atom: usize,
        variant: i32,
        count: u64,
        time: impl Iterator<Item = (u16, i64, i64)>,
    ) {
        let variants = self.variants;
        for position in variants.get(&variant).into_iter().flatten() {
            self.add(atom, *position, count, |parts| &mut parts.passed);
        }
        *self.paths.entry((atom, variant)).or_default() += count;
        let timed = self.timed.entry((self.releases[atom], variant)).or_default();
        timed.extend(time.map(|(position, ..)| position));
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
    let releases = published.atoms.iter().map(|atom| atom.unit.release).collect();
    let mut presence = Presence::of(&published.catalogue, &published.variants, releases);
    for cell in published.journeys(|_| true) {
        let cell = cell?;
        presence.journeys(cell.atom, cell.variant, &cell.state);
    }
    for cell in published.answers(|_| true) {
        let cell = cell?;
        presence.answers(cell.atom, cell.variant, &cell.state);
    }
    Ok(presence.timed())
}
