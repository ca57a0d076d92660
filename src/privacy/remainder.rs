//! The remainder rule: what stays hidden must be too many people to tell apart, or nobody.
//!
//! In one release, the network is the sum of its regions and a pool, a region the sum of its sites
//! and a pool. Whoever knows a sum and all of its parts but one knows that one. So the atoms of a
//! release are cut into groups for each figure: every atom that is shown is a group, and so is what
//! is left of each shown region, and what is left of the network. Everything a reader can compute
//! adds up whole groups; therefore no group may be under the floor, and where one would be, the next
//! smallest is hidden with it. Reports over several releases show what every one of these shows.

use std::collections::{BTreeMap, BTreeSet};

use crate::element::Element;
use crate::limits;

use super::{Behind, Floors, Place, Reason, Unit};

/// Whose heads a figure needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    /// All teams together: the outcome, and rare handoffs of any teams.
    All,
    /// These teams together, and of each of two a few.
    Teams(Vec<String>),
    /// Nobody knows whose work it is.
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
    fn heads(&self, behind: &[&Behind], central_only: bool) -> u32 {
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
    fn objection(&self, behind: &[&Behind], central_only: bool, floors: Floors) -> Option<Reason> {
        if *self == Self::Nobody {
            return Some(Reason::NoTeam);
        }
        if self.heads(behind, central_only) < floors.heads() {
            return Some(Reason::FewHeads(floors.heads()));
        }
        let seam = limits::HEADS_IN_A_SEAM;
        let thin = |teams: &[String]| teams.len() > 1 && teams.iter().any(|team| of(behind, team) < seam);
        matches!(self, Self::Teams(teams) if thin(teams)).then_some(Reason::FewHeadsInSeam(seam))
    }
}

/// The heads of a team behind some atoms: of its sites together, or the central ones once. The same as those of their sum,
/// which is not made: a large network asks for it a hundred thousand times.
fn of(behind: &[&Behind], team: &str) -> u32 {
    let sites = behind.iter().filter_map(|one| one.sites.get(team)).copied().reduce(|sum, heads| sum + heads);
    sites.unwrap_or_else(|| central(behind, team))
}

fn central(behind: &[&Behind], team: &str) -> u32 {
    behind.iter().filter_map(|one| one.central.get(team)).max().copied().unwrap_or(0)
}

/// What of one release is shown of one figure.
#[derive(Debug)]
pub(super) struct Release<'a> {
    units: Vec<&'a Unit>,
    needs: Needs,
    floors: Floors,
    central_only: bool,
    /// Sites that are hidden, each with its reason, by their place in `units`.
    hidden: BTreeMap<usize, Reason>,
    /// Regions whose sum is hidden.
    regions_hidden: BTreeMap<&'a str, Reason>,
    /// Why the sum of everything is hidden.
    network_hidden: Option<Reason>,
}

impl<'a> Release<'a> {
    /// Decides for the atoms of one release.
    pub(super) fn of(units: Vec<&'a Unit>, needs: Needs, floors: Floors, central_only: bool) -> Self {
        let mut release = Self {
            units,
            needs,
            floors,
            central_only,
            hidden: BTreeMap::new(),
            regions_hidden: BTreeMap::new(),
            network_hidden: None,
        };
        release.hide_the_small();
        release.settle_regions();
        release.settle_network();
        release
    }

    /// Why the report about `place` does not show it for this release; `None` when it does.
    pub(super) fn objection(&self, place: &Place) -> Option<Reason> {
        match place {
            Place::Network => self.network_hidden,
            Place::Region(region) => self.regions_hidden.get(region.as_str()).copied(),
            Place::Site(_) => {
                self.hidden.iter().find(|(at, _)| self.units[**at].place == *place).map(|(_, reason)| *reason)
            }
        }
    }

    fn hide_the_small(&mut self) {
        for at in 0..self.units.len() {
            if matches!(self.units[at].place, Place::Site(_))
                && let Some(reason) = self.objects(&[at])
            {
                self.hidden.insert(at, reason);
            }
        }
    }

    fn settle_regions(&mut self) {
        let regions: BTreeSet<&'a str> = self.units.iter().filter_map(|unit| unit.region.as_deref()).collect();
        for region in regions {
            while let Some(reason) = self.objects(&self.left_of(region)) {
                match self.smallest(|unit| unit.region.as_deref() == Some(region)) {
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
        while let Some(reason) = self.objects(&self.left_of_network()) {
            if let Some(region) = self.smallest_region() {
                let nothing_left = self.left_of(region).is_empty();
                self.regions_hidden.insert(region, Reason::Remainder);
                if nothing_left && let Some(site) = self.smallest(|unit| unit.region.as_deref() == Some(region)) {
                    self.hide(site);
                }
            } else if let Some(site) = self.smallest(|unit| unit.region.is_none()) {
                self.hide(site);
            } else {
                self.network_hidden = Some(reason);
                break;
            }
        }
    }

    /// Why these atoms cannot be a group; nobody is a good group.
    fn objects(&self, group: &[usize]) -> Option<Reason> {
        let behind: Vec<&Behind> = group.iter().map(|at| self.units[*at].behind.as_ref()).collect();
        if group.is_empty() { None } else { self.needs.objection(&behind, self.central_only, self.floors) }
    }

    /// What of a region no site shows: its pool and its hidden sites.
    fn left_of(&self, region: &str) -> Vec<usize> {
        self.unshown(|unit| unit.region.as_deref() == Some(region))
    }

    /// What of the network neither a site nor a region shows.
    fn left_of_network(&self) -> Vec<usize> {
        self.unshown(|unit| unit.region.as_deref().is_none_or(|region| self.regions_hidden.contains_key(region)))
    }

    fn unshown(&self, of: impl Fn(&Unit) -> bool) -> Vec<usize> {
        let shown = |at: &usize| matches!(self.units[*at].place, Place::Site(_)) && !self.hidden.contains_key(at);
        (0..self.units.len()).filter(|at| of(self.units[*at]) && !shown(at)).collect()
    }

    fn hide(&mut self, at: usize) {
        self.hidden.insert(at, Reason::Remainder);
    }

    /// The shown site of fewest heads among some.
    fn smallest(&self, among: impl Fn(&Unit) -> bool) -> Option<usize> {
        let shown = |at: &usize| matches!(self.units[*at].place, Place::Site(_)) && !self.hidden.contains_key(at);
        let size = |at: &usize| (self.heads(self.units[*at]), &self.units[*at].place);
        (0..self.units.len()).filter(|at| shown(at) && among(self.units[*at])).min_by(|a, b| size(a).cmp(&size(b)))
    }

    /// The shown region of fewest heads.
    fn smallest_region(&self) -> Option<&'a str> {
        let mut regions: BTreeMap<&'a str, u32> = BTreeMap::new();
        for unit in &self.units {
            if let Some(region) = unit.region.as_deref().filter(|region| !self.regions_hidden.contains_key(region)) {
                *regions.entry(region).or_default() += self.heads(unit);
            }
        }
        regions.into_iter().min_by_key(|(region, heads)| (*heads, *region)).map(|(region, _)| region)
    }

    fn heads(&self, unit: &Unit) -> u32 {
        self.needs.heads(&[&unit.behind], self.central_only)
    }
}
