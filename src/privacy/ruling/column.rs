//! One subject at all places of a release: what of it is shown where.
//!
//! The atoms are cut into groups: every site that is shown is one, and so is what is left of each
//! shown region, and what is left of the network. Everything a reader can add up is whole groups;
//! therefore no group may be of too few people.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::limits;
use crate::privacy::not_shown::Reason;
use crate::privacy::{HeadsBehind, Place, Unit};

use super::composition::Composition;
use super::people::{People, Workers};
use super::total::{SUMS, Shares, Total};

/// Atoms that are known as one sum, and which report tells it.
#[derive(Clone, Debug)]
pub(super) struct Group<'a> {
    pub(super) atoms: Vec<usize>,
    pub(super) origin: Origin<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin<'a> {
    Site(usize),
    Region(&'a str),
    Network,
}

/// What of one release is shown of one subject.
#[derive(Debug)]
pub(super) struct Column<'c, 'a> {
    composition: &'c Composition<'a>,
    workers: Workers,
    /// Where only some of the steps that are told together are met: those who do these.
    workers_in_part: FxHashMap<usize, Workers>,
    /// How much each atom has of it.
    counts: Vec<u64>,
    /// How much each atom has of it that adds up to a total.
    pub(super) shares: Shares,
    hidden_sites: BTreeMap<usize, Reason>,
    hidden_regions: BTreeMap<&'a str, Reason>,
    hidden_network: Option<Reason>,
}

impl<'c, 'a> Column<'c, 'a> {
    /// One that nothing is hidden of.
    pub(super) fn shown(
        composition: &'c Composition<'a>,
        workers: Workers,
        counts: Vec<u64>,
    ) -> Self {
        Self {
            composition,
            workers,
            workers_in_part: FxHashMap::default(),
            counts,
            shares: Shares::default(),
            hidden_sites: BTreeMap::new(),
            hidden_regions: BTreeMap::new(),
            hidden_network: None,
        }
    }

    /// The same, with what of it adds up to totals.
    pub(super) fn adding_up(mut self, shares: Shares) -> Self {
        self.shares = shares;
        self
    }

    /// The same, done by fewer at some atoms.
    pub(super) fn met_in_part(mut self, workers: FxHashMap<usize, Workers>) -> Self {
        self.workers_in_part = workers;
        self
    }

    /// The same with what is of too few people hidden.
    pub(super) fn without_the_small(mut self) -> Self {
        self.hide_the_small();
        self
    }

    /// Whose work it is, wherever it is.
    pub(super) fn workers(&self) -> &Workers {
        &self.workers
    }

    /// Whose work it is at an atom.
    pub(super) fn workers_at(&self, atom: usize) -> &Workers {
        self.workers_in_part.get(&atom).unwrap_or(&self.workers)
    }

    /// Hides what would leave too few people beside what is shown; it never shows anything again.
    pub(super) fn settle(&mut self) {
        self.settle_regions();
        self.settle_network();
    }

    /// Why the report about a place does not show it.
    pub(super) fn objection(&self, place: &Place) -> Option<Reason> {
        match place {
            Place::Network => self.hidden_network,
            Place::Region(region) => self.hidden_regions.get(region.as_str()).copied(),
            Place::Site(_) => {
                let hidden = self.hidden_sites.iter();
                let mut here = hidden.filter(|(at, _)| self.unit(**at).place == *place);
                here.next().map(|(_, reason)| *reason)
            }
        }
    }

    /// Hides it at a place, because of what could be worked out.
    pub(super) fn hide(&mut self, origin: Origin<'a>) {
        match origin {
            Origin::Site(at) => {
                self.hidden_sites.entry(at).or_insert(Reason::Remainder);
            }
            Origin::Region(region) => {
                self.hidden_regions.entry(region).or_insert(Reason::Remainder);
            }
            Origin::Network => {
                self.hidden_network.get_or_insert(Reason::Remainder);
            }
        }
    }

    /// Which report tells of a place.
    pub(super) fn origins(&self, place: &Place) -> Vec<Origin<'a>> {
        match place {
            Place::Network => vec![Origin::Network],
            Place::Region(region) => {
                let known = self.composition.regions.get_key_value(region.as_str());
                known.map(|(region, _)| Origin::Region(region)).into_iter().collect()
            }
            Place::Site(_) => {
                let units = 0..self.composition.units.len();
                units.filter(|at| self.unit(*at).place == *place).map(Origin::Site).collect()
            }
        }
    }

    /// Everything that is known of it: groups of atoms that share none.
    pub(super) fn groups(&self) -> Vec<Group<'a>> {
        let sites = (0..self.composition.units.len()).filter(|at| self.has(*at) && self.shows(*at));
        let mut groups: Vec<Group<'a>> =
            sites.map(|at| Group { atoms: vec![at], origin: Origin::Site(at) }).collect();
        for (region, atoms) in &self.composition.regions {
            if !self.hidden_regions.contains_key(region) {
                groups.push(Group { atoms: self.unshown(atoms), origin: Origin::Region(region) });
            }
        }
        if self.hidden_network.is_none() {
            groups.push(Group { atoms: self.left_of_network(), origin: Origin::Network });
        }
        groups.retain(|group| !group.atoms.is_empty());
        groups
    }

    /// The heads behind it at some atoms.
    pub(super) fn heads(&self, atoms: &[usize]) -> u32 {
        let atoms: Vec<usize> = atoms.iter().copied().filter(|at| self.has(*at)).collect();
        self.heads_of_all(&atoms)
    }

    /// The same, whether they have anything of it or not.
    fn heads_of_all(&self, atoms: &[usize]) -> u32 {
        let people = |workers: &Workers, atoms: &[usize]| {
            workers.people(&self.composition.behind(atoms), self.composition.central_only)
        };
        if self.workers_in_part.is_empty() {
            return people(&self.workers, atoms).count();
        }
        let each = atoms.iter().map(|at| people(self.workers_at(*at), &[*at]));
        each.reduce(People::and).unwrap_or_default().count()
    }

    pub(super) fn has(&self, at: usize) -> bool {
        self.counts[at] > 0
    }

    pub(super) fn count(&self, atoms: &[usize]) -> u64 {
        atoms.iter().map(|at| self.counts[*at]).sum()
    }

    fn unit(&self, at: usize) -> &'a Unit {
        self.composition.units[at]
    }

    /// A site of too few people shows nothing, whether it has anything of this or not.
    fn hide_the_small(&mut self) {
        // A site has the same headcounts for many weeks and elements.
        let mut known: FxHashMap<*const HeadsBehind, Option<Reason>> = FxHashMap::default();
        for (at, unit) in self.composition.units.iter().enumerate() {
            if matches!(unit.place, Place::Site(_)) {
                let decide = || self.too_few(&[at]);
                let reason = if self.workers_in_part.contains_key(&at) {
                    decide()
                } else {
                    *known.entry(Arc::as_ptr(&unit.behind)).or_insert_with(decide)
                };
                if let Some(reason) = reason {
                    self.hidden_sites.insert(at, reason);
                }
            }
        }
    }

    fn settle_regions(&mut self) {
        let composition = self.composition;
        for (region, atoms) in &composition.regions {
            while !self.hidden_regions.contains_key(region) {
                let Some(found) = self.objects(&self.unshown(atoms)) else { break };
                match self.smallest(atoms, found.total) {
                    Some(next) => self.hide(Origin::Site(next)),
                    None => {
                        self.hidden_regions.insert(region, found.reason);
                    }
                }
            }
        }
    }

    fn settle_network(&mut self) {
        let composition = self.composition;
        while self.hidden_network.is_none() {
            let Some(found) = self.objects(&self.left_of_network()) else { break };
            let total = found.total;
            if let Some((region, atoms)) = self.smallest_region(total) {
                let mut unshown = self.unshown(atoms).into_iter();
                let site = self.smallest(atoms, total);
                let nothing_left = unshown.all(|at| self.counts_of(total)[at] == 0);
                self.hide(Origin::Region(region));
                if nothing_left && let Some(site) = site {
                    self.hide(Origin::Site(site));
                }
            } else if let Some(site) = self.smallest(&composition.alone, total) {
                self.hide(Origin::Site(site));
            } else {
                self.hidden_network = Some(found.reason);
            }
        }
    }

    /// Why these atoms cannot be a group; nobody is a good group.
    fn objects(&self, group: &[usize]) -> Option<Objection> {
        if group.is_empty() {
            return None;
        }
        let reason = self.too_few(group).or_else(|| self.is_one_under_another_name(group));
        match reason {
            Some(reason) => Some(Objection { reason, total: None }),
            None => self.few_have_what_adds_up(group),
        }
    }

    /// A sum of many places is one's alone where the others have nothing of it.
    fn few_have_what_adds_up(&self, group: &[usize]) -> Option<Objection> {
        let few = |total: &Total| {
            let counts = self.shares.of_total(*total);
            let has = |at: &usize| counts.get(*at) > Some(&0);
            let having: Vec<usize> = group.iter().copied().filter(has).collect();
            !having.is_empty() && self.heads(&having) < self.composition.floors.heads()
        };
        let total = SUMS.into_iter().find(few)?;
        Some(Objection { reason: Reason::Remainder, total: Some(total) })
    }

    fn too_few(&self, group: &[usize]) -> Option<Reason> {
        let floors = self.composition.floors;
        let behind = self.composition.behind(group);
        if self.workers == Workers::Nobody {
            return Some(Reason::NoTeam);
        }
        if self.heads_of_all(group) < floors.heads() {
            return Some(Reason::FewHeads(floors.heads()));
        }
        let least = limits::HEADS_AT_A_HANDOFF;
        let thin = self.workers.fewest(&behind).is_some_and(|fewest| fewest < least);
        thin.then_some(Reason::FewHeadsAtHandoff(least))
    }

    /// A small place that has most of what a group has is that group under another name.
    fn is_one_under_another_name(&self, group: &[usize]) -> Option<Reason> {
        let most = |at: &usize| 3 * self.counts[*at] > 2 * self.count(group);
        let small = |at: &usize| self.heads(&[*at]) < self.composition.floors.heads();
        let ruled = group.len() > 1 && group.iter().any(|at| most(at) && small(at));
        ruled.then_some(Reason::Remainder)
    }

    /// What of the network neither a site nor a region shows.
    fn left_of_network(&self) -> Vec<usize> {
        let hidden = self.hidden_regions.keys();
        let hidden = hidden.flat_map(|region| &self.composition.regions[region]);
        let mut left = self.unshown(hidden.chain(&self.composition.alone));
        left.sort_unstable();
        left
    }

    /// What of some atoms no site shows: a pool, and hidden sites.
    fn unshown<'u>(&self, atoms: impl IntoIterator<Item = &'u usize>) -> Vec<usize> {
        atoms.into_iter().copied().filter(|at| self.has(*at) && !self.shows(*at)).collect()
    }

    fn shows(&self, at: usize) -> bool {
        matches!(self.unit(at).place, Place::Site(_)) && !self.hidden_sites.contains_key(&at)
    }

    /// The shown site of fewest heads among those of some that have something.
    fn smallest(&self, among: &[usize], total: Option<Total>) -> Option<usize> {
        let size = |at: &usize| (self.heads(&[*at]), &self.unit(*at).place);
        let counts = self.counts_of(total);
        let shown =
            among.iter().copied().filter(|at| counts[*at] > 0 && self.has(*at) && self.shows(*at));
        shown.min_by(|a, b| size(a).cmp(&size(b)))
    }

    /// The shown region of fewest heads, with its atoms, among those that have something.
    fn smallest_region(&self, total: Option<Total>) -> Option<(&'a str, &'c [usize])> {
        let composition = self.composition;
        let counts = self.counts_of(total);
        let shown = composition.regions.iter().filter(|(region, atoms)| {
            !self.hidden_regions.contains_key(*region)
                && atoms.iter().any(|at| counts[*at] > 0 && self.has(*at))
        });
        shown
            .min_by_key(|(region, atoms)| {
                (atoms.iter().map(|at| self.heads(&[*at])).sum::<u32>(), **region)
            })
            .map(|(region, atoms)| (*region, atoms.as_slice()))
    }

    /// What each atom has of it, or of what adds up to a total.
    fn counts_of(&self, total: Option<Total>) -> &[u64] {
        total.map_or(&self.counts, |total| self.shares.of_total(total))
    }
}

/// Why some atoms cannot be a group.
struct Objection {
    reason: Reason,
    /// What too few of them have a part in; `None` where it is the subject itself.
    total: Option<Total>,
}
