//! What each release may show, decided when it is made and stored beside it; decided again where
//! the minimum sizes are others now, or where it was made before there were rulings.

use std::collections::{BTreeMap, BTreeSet};

use relais_analytics::cell::{Cell, Population};
use sea_orm::ConnectionTrait;

use super::{Atom, Published, Window, store};
use crate::calendar::Week;
use crate::element::Element;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::privacy::{Floors, Matter, Parts, Ruling, Rulings, Search, Unit};

/// What atoms have of each element, as far as it was counted.
#[derive(Debug)]
pub(super) struct Presence<'a> {
    variants: &'a BTreeMap<i32, Vec<u16>>,
    elements: Vec<Element>,
    /// The place in `elements` of each number.
    places: BTreeMap<u16, usize>,
    pub(super) parts: Vec<Parts>,
}

impl<'a> Presence<'a> {
    pub(super) fn of(
        catalogue: &BTreeMap<u16, Element>,
        variants: &'a BTreeMap<i32, Vec<u16>>,
        atoms: usize,
    ) -> Self {
        let nothing =
            || Parts { passed: vec![0; catalogue.len()], timed: vec![0; catalogue.len()] };
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
        let mut promised = BTreeSet::new();
        for (position, made, _) in cell.promises() {
            promised.insert(position);
            self.add(atom, position, made.unsigned_abs(), |parts| &mut parts.passed);
            self.add(atom, position, made.unsigned_abs(), |parts| &mut parts.timed);
        }
        let others = cell.time().map(|(position, ..)| position);
        self.time(atom, others.filter(|position| !promised.contains(position)).collect(), count);
    }

    pub(super) fn answers(&mut self, atom: usize, variant: i32, cell: &Cell) {
        let count = cell.count().unsigned_abs();
        self.pass(atom, variant, count);
        self.time(atom, cell.time().map(|(position, ..)| position).collect(), count);
    }

    /// The ruling about one release, which these atoms are all of.
    pub(super) fn ruling(
        &self,
        units: &[&Unit],
        teams: &BTreeMap<String, String>,
        floors: Floors,
    ) -> Ruling {
        let (elements, parts) = (&self.elements, &self.parts);
        Ruling::of(&Matter { units, elements, parts, teams, floors })
    }

    fn pass(&mut self, atom: usize, variant: i32, count: u64) {
        let variants = self.variants;
        for position in variants.get(&variant).into_iter().flatten() {
            self.add(atom, *position, count, |parts| &mut parts.passed);
        }
    }

    /// What bears time in some journeys without a promise that is counted.
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

/// The rulings about the releases of some atoms, at these minimum sizes.
pub async fn rulings(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    frame: &Published,
    atoms: &[Atom],
    teams: &BTreeMap<String, String>,
    floors: Floors,
) -> Result<Rulings> {
    let (mut stored, mut open) = (Vec::new(), Vec::new());
    for (release, atoms) in by_release(atoms) {
        let units: Vec<&Unit> = atoms.iter().map(|atom| &atom.unit).collect();
        let known = frame.releases.iter().find(|known| known.week.0 == release);
        let ruling = known
            .and_then(|known| Ruling::decode(known.ruling.as_deref()?, &units, floors))
            .filter(|ruling| ruling.heads == floors.heads());
        match ruling {
            Some(ruling) => stored.push((release, ruling)),
            None => open.extend(atoms.into_iter().cloned()),
        }
    }
    let cells = store::cells(connection, organisation, &open, |_| true).await?;
    let decided = decide(&Published { atoms: open, cells, ..frame.clone() }, teams, floors)?;
    Ok(Rulings::of(stored.into_iter().chain(decided), teams.clone()))
}

/// The rulings about everything that was published, from its cells.
pub fn decide(
    published: &Published,
    teams: &BTreeMap<String, String>,
    floors: Floors,
) -> Result<Vec<(i32, Ruling)>> {
    let presence = presence(published)?;
    let mut parts = presence.parts.into_iter();
    let ruled = by_release(&published.atoms).into_iter().map(|(release, atoms)| {
        let units: Vec<&Unit> = atoms.iter().map(|atom| &atom.unit).collect();
        let parts: Vec<Parts> = parts.by_ref().take(atoms.len()).collect();
        let elements = &presence.elements;
        (release, Ruling::of(&Matter { units: &units, elements, parts: &parts, teams, floors }))
    });
    Ok(ruled.collect())
}

/// What the atoms have, from their cells.
fn presence(published: &Published) -> Result<Presence<'_>> {
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

/// Searches every release of a journey type again, as it is shown; one at a time, so that a long
/// history takes no more memory than a short one. `None` is a release that opens something.
pub async fn search(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    teams: &BTreeMap<String, String>,
    floors: Floors,
) -> Result<Vec<(Week, Option<Search>)>> {
    let everything = Window::default();
    let frame = store::frame(connection, organisation, journey_type, &everything, None).await?;
    let mut searched = Vec::with_capacity(frame.releases.len());
    for release in frame.releases.clone() {
        let only = std::slice::from_ref(&release);
        let atoms = store::atoms(connection, organisation, journey_type, only).await?;
        if atoms.is_empty() {
            continue;
        }
        let shown = rulings(connection, organisation, &frame, &atoms, teams, floors).await?;
        let cells = store::cells(connection, organisation, &atoms, |_| true).await?;
        let published = Published { atoms, cells, ..frame.clone() };
        let presence = presence(&published)?;
        let units: Vec<&Unit> = published.atoms.iter().map(|atom| &atom.unit).collect();
        let (elements, parts) = (&presence.elements, &presence.parts);
        let matter = Matter { units: &units, elements, parts, teams, floors };
        searched.push((release.week, shown.searched(release.week.0, &matter)));
    }
    Ok(searched)
}

/// The atoms of each release; they stand together in the list, week by week.
fn by_release(atoms: &[Atom]) -> BTreeMap<i32, Vec<&Atom>> {
    let mut releases: BTreeMap<i32, Vec<&Atom>> = BTreeMap::new();
    atoms.iter().for_each(|atom| releases.entry(atom.unit.release).or_default().push(atom));
    releases
}
