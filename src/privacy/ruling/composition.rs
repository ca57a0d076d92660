//! The atoms of one release and the places that they are in.

use std::collections::BTreeMap;

use crate::privacy::{Floors, HeadsBehind, Place, Unit};

/// The atoms of one release, whatever figure is asked for.
#[derive(Debug)]
pub(super) struct Composition<'a> {
    pub(super) units: Vec<&'a Unit>,
    pub(super) floors: Floors,
    /// Whether the service has no teams at its sites.
    pub(super) central_only: bool,
    /// The atoms of each region, by their place in `units`.
    pub(super) regions: BTreeMap<&'a str, Vec<usize>>,
    /// Those that are in no region.
    pub(super) alone: Vec<usize>,
}

impl<'a> Composition<'a> {
    pub(super) fn of(units: Vec<&'a Unit>, floors: Floors) -> Self {
        let (mut regions, mut alone): (BTreeMap<&str, Vec<usize>>, _) =
            (BTreeMap::new(), Vec::new());
        for (at, unit) in units.iter().enumerate() {
            match unit.region.as_deref() {
                Some(region) => regions.entry(region).or_default().push(at),
                None => alone.push(at),
            }
        }
        let central_only = units.iter().all(|unit| unit.behind.sites.is_empty());
        Self { units, floors, central_only, regions, alone }
    }

    /// All places that something could be shown of, in their order.
    pub(super) fn places(&self) -> Vec<Place> {
        let sites = self.units.iter().map(|unit| unit.place.clone());
        let regions = self.regions.keys().map(|region| Place::Region((*region).to_owned()));
        let mut places: Vec<Place> = sites.chain(regions).chain([Place::Network]).collect();
        places.sort();
        places.dedup();
        places
    }

    pub(super) fn atoms_of(&self, place: &Place) -> Vec<usize> {
        (0..self.units.len()).filter(|at| self.units[*at].is_in(place)).collect()
    }

    pub(super) fn behind(&self, atoms: &[usize]) -> Vec<&'a HeadsBehind> {
        atoms.iter().map(|at| self.units[*at].behind.as_ref()).collect()
    }

    /// The team of a step: as it was when the release was made, or as it is.
    pub(super) fn team(&self, teams: &BTreeMap<String, String>, step: &str) -> Option<String> {
        let behind = self.units.iter().map(|unit| unit.behind.as_ref());
        let mut then = behind.filter_map(|behind: &HeadsBehind| behind.steps.get(step));
        then.next().or_else(|| teams.get(step)).cloned()
    }

    /// Whether a step shares its team with others that no journey meets with it.
    pub(super) fn is_shared(&self, step: &str) -> bool {
        self.units.iter().any(|unit| unit.behind.shares.contains_key(step))
    }
}
