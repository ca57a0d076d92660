//! The remainder rule: what stays hidden must be too many people to tell apart, or nobody.
//!
//! In one release, the network is the sum of its regions and a pool, a region the sum of its sites
//! and a pool. Whoever knows a sum and all of its parts but one knows that one. So the atoms of a
//! release are cut into groups for each figure: every atom that is shown is a group, and so is
//! what is left of each shown region, and what is left of the network. Everything a reader can
//! compute adds up whole groups; therefore no group may be under the floor, and where one would
//! be, the next smallest is hidden with it. Reports over several releases show what every one of
//! these shows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::element::Element;
use crate::limits;

use super::not_shown::Reason;
use super::{Floors, HeadsBehind, Place, Unit};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    /// All teams together: the outcome, and rare handoffs of any teams.
    All,
    /// These teams together, and of each of two a few.
    Teams(Vec<String>),
    Nobody,
}

impl Needs {
    /// Whose work an element is, given the team of each step.
    pub(super) fn of(element: &Element, team: impl Fn(&str) -> Option<String>) -> Self {
        if *element == Element::HandoffOther {
            return Self::All;
        }
        let named: Option<Vec<String>> = element.steps().into_iter().map(team).collect();
        named.map_or(Self::Nobody, |mut named| {
            named.dedup();
            Self::Teams(named)
        })
    }

    /// The heads behind some atoms of one release, for this figure.
    fn heads(&self, behind: &[&HeadsBehind], central_only: bool) -> u32 {
        match self {
            Self::All if central_only => {
                let teams: BTreeSet<&str> =
                    behind.iter().flat_map(|one| one.central.keys()).map(String::as_str).collect();
                teams.into_iter().map(|team| central(behind, team)).sum()
            }
            Self::All => behind.iter().flat_map(|one| one.sites.values()).sum(),
            Self::Teams(teams) => teams.iter().map(|team| of(behind, team)).sum(),
            Self::Nobody => 0,
        }
    }

    /// Why so few heads do not do; `None` when they do.
    fn objection(
        &self,
        behind: &[&HeadsBehind],
        central_only: bool,
        floors: Floors,
    ) -> Option<Reason> {
        if *self == Self::Nobody {
            return Some(Reason::NoTeam);
        }
        if self.heads(behind, central_only) < floors.heads() {
            return Some(Reason::FewHeads(floors.heads()));
        }
        let handoff = limits::HEADS_AT_A_HANDOFF;
        let thin = |teams: &[String]| {
            teams.len() > 1 && teams.iter().any(|team| of(behind, team) < handoff)
        };
        matches!(self, Self::Teams(teams) if thin(teams))
            .then_some(Reason::FewHeadsAtHandoff(handoff))
    }
}

/// The heads of a team behind some atoms: of its sites together, or the central ones once. The
/// same as those of their sum, which is not made: a large network asks for it a hundred thousand
/// times.
fn of(behind: &[&HeadsBehind], team: &str) -> u32 {
    let sites = behind
        .iter()
        .filter_map(|one| one.sites.get(team))
        .copied()
        .reduce(|sum, heads| sum + heads);
    sites.unwrap_or_else(|| central(behind, team))
}

fn central(behind: &[&HeadsBehind], team: &str) -> u32 {
    behind.iter().filter_map(|one| one.central.get(team)).max().copied().unwrap_or(0)
}

/// The atoms of one release, whatever figure is asked for.
#[derive(Debug)]
pub(super) struct Composition<'a> {
    pub(super) units: Vec<&'a Unit>,
    /// The atoms of each region, by their place in `units`.
    regions: BTreeMap<&'a str, Vec<usize>>,
    alone: Vec<usize>,
}

impl<'a> Composition<'a> {
    pub(super) fn of(units: Vec<&'a Unit>) -> Self {
        let (mut regions, mut alone): (BTreeMap<&str, Vec<usize>>, _) =
            (BTreeMap::new(), Vec::new());
        for (at, unit) in units.iter().enumerate() {
            match unit.region.as_deref() {
                Some(region) => regions.entry(region).or_default().push(at),
                None => alone.push(at),
            }
        }
        Self { units, regions, alone }
    }
}

/// Why one atom alone cannot be shown, by the headcounts behind it: a site has the same for many
/// weeks, and a large network would count them a hundred thousand times.
pub(super) type HeadsCache = FxHashMap<*const HeadsBehind, Option<Reason>>;

/// What of one release is shown of one figure.
#[derive(Debug)]
pub(super) struct Release<'c, 'a> {
    composition: &'c Composition<'a>,
    needs: Needs,
    floors: Floors,
    central_only: bool,
    /// Sites that are hidden, each with its reason, by their place in the composition.
    hidden: BTreeMap<usize, Reason>,
    regions_hidden: BTreeMap<&'a str, Reason>,
    network_hidden: Option<Reason>,
}

impl<'c, 'a> Release<'c, 'a> {
    /// Decides for the atoms of one release; `known` is of the same needs, floors and teams.
    pub(super) fn of(
        composition: &'c Composition<'a>,
        needs: Needs,
        (floors, central_only): (Floors, bool),
        known: &mut HeadsCache,
    ) -> Self {
        let mut release = Self {
            composition,
            needs,
            floors,
            central_only,
            hidden: BTreeMap::new(),
            regions_hidden: BTreeMap::new(),
            network_hidden: None,
        };
        release.hide_the_small(known);
        release.settle_regions();
        release.settle_network();
        release
    }

    /// Why the report about `place` does not show it for this release; `None` when it does.
    pub(super) fn objection(&self, place: &Place) -> Option<Reason> {
        match place {
            Place::Network => self.network_hidden,
            Place::Region(region) => self.regions_hidden.get(region.as_str()).copied(),
            Place::Site(_) => self
                .hidden
                .iter()
                .find(|(at, _)| self.unit(**at).place == *place)
                .map(|(_, reason)| *reason),
        }
    }

    fn unit(&self, at: usize) -> &'a Unit {
        self.composition.units[at]
    }

    fn hide_the_small(&mut self, known: &mut HeadsCache) {
        for (at, unit) in self.composition.units.iter().enumerate() {
            if matches!(unit.place, Place::Site(_))
                && let Some(reason) =
                    *known.entry(Arc::as_ptr(&unit.behind)).or_insert_with(|| self.objects(&[at]))
            {
                self.hidden.insert(at, reason);
            }
        }
    }

    fn settle_regions(&mut self) {
        let composition = self.composition;
        for (region, atoms) in &composition.regions {
            while let Some(reason) = self.objects(&self.unshown(atoms)) {
                match self.smallest(atoms) {
                    Some(next) => self.hide(next),
                    None => {
                        self.regions_hidden.insert(region, reason);
                        break;
                    }
                }
            }
        }
    }

    fn settle_network(&mut self) {
        let composition = self.composition;
        while let Some(reason) = self.objects(&self.left_of_network()) {
            if let Some((region, atoms)) = self.smallest_region() {
                let nothing_left = self.unshown(atoms).is_empty();
                self.regions_hidden.insert(region, Reason::Remainder);
                if nothing_left && let Some(site) = self.smallest(atoms) {
                    self.hide(site);
                }
            } else if let Some(site) = self.smallest(&composition.alone) {
                self.hide(site);
            } else {
                self.network_hidden = Some(reason);
                break;
            }
        }
    }

    /// Why these atoms cannot be a group; nobody is a good group.
    fn objects(&self, group: &[usize]) -> Option<Reason> {
        let behind: Vec<&HeadsBehind> =
            group.iter().map(|at| self.unit(*at).behind.as_ref()).collect();
        if group.is_empty() {
            None
        } else {
            self.needs.objection(&behind, self.central_only, self.floors)
        }
    }

    /// What of the network neither a site nor a region shows.
    fn left_of_network(&self) -> Vec<usize> {
        let hidden =
            self.regions_hidden.keys().flat_map(|region| &self.composition.regions[region]);
        let mut left = self.unshown(hidden.chain(&self.composition.alone));
        left.sort_unstable();
        left
    }

    /// What of some atoms no site shows: a pool, and hidden sites.
    fn unshown<'u>(&self, atoms: impl IntoIterator<Item = &'u usize>) -> Vec<usize> {
        atoms.into_iter().copied().filter(|at| !self.shows(*at)).collect()
    }

    fn shows(&self, at: usize) -> bool {
        matches!(self.unit(at).place, Place::Site(_)) && !self.hidden.contains_key(&at)
    }

    fn hide(&mut self, at: usize) {
        self.hidden.insert(at, Reason::Remainder);
    }

    /// The shown site of fewest heads among some.
    fn smallest(&self, among: &[usize]) -> Option<usize> {
        let size = |at: &usize| (self.heads(self.unit(*at)), &self.unit(*at).place);
        among.iter().copied().filter(|at| self.shows(*at)).min_by(|a, b| size(a).cmp(&size(b)))
    }

    /// The shown region of fewest heads, with its atoms.
    fn smallest_region(&self) -> Option<(&'a str, &'c [usize])> {
        let composition = self.composition;
        let shown = composition
            .regions
            .iter()
            .filter(|(region, _)| !self.regions_hidden.contains_key(*region));
        let heads =
            |atoms: &[usize]| atoms.iter().map(|at| self.heads(self.unit(*at))).sum::<u32>();
        shown
            .min_by_key(|(region, atoms)| (heads(atoms), **region))
            .map(|(region, atoms)| (*region, atoms.as_slice()))
    }

    fn heads(&self, unit: &Unit) -> u32 {
        self.needs.heads(&[&unit.behind], self.central_only)
    }
}
