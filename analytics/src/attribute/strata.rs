//! The strata of a sample: summed while their cells come, and then only what they bring to the
//! pooled fit.

use super::grouped::{Additive, Groups};
use super::stratum::Stratum;
use super::stratum_sums::StratumSums;
use super::unit_sums::{UnitKey, UnitSums};
use crate::cell::{Cell, OUTCOME};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Strata that cells may still come for, and those that are closed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Strata {
    open: BTreeMap<Stratum, Groups<StratumSums>>,
    closed: Closed,
    /// The last place that is closed.
    through: Option<u32>,
}

/// What closed strata bring, whole and with each replicate group left out. It does not grow with
/// their number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Closed {
    pub(crate) units: BTreeMap<UnitKey, UnitSums>,
    /// By replicate group, what leaving it out changes in the units.
    pub(crate) changes: BTreeMap<i64, BTreeMap<UnitKey, UnitSums>>,
    /// By replicate group, answers that know the outcome.
    pub(crate) outcomes: BTreeMap<i64, i64>,
}

impl Strata {
    /// Whether cells of a place may still come.
    pub(super) fn is_closed(&self, place: u32) -> bool {
        self.through.is_some_and(|through| place <= through)
    }

    /// Whether any cell of a stratum came.
    pub(super) fn is_open(&self, stratum: Stratum) -> bool {
        self.open.contains_key(&stratum)
    }

    /// Adds a cell's sums.
    pub(super) fn add(&mut self, stratum: Stratum, group: i64, cell: &Cell) {
        let groups = self.open.entry(stratum).or_default();
        match groups.get_mut(group) {
            Some(sums) => sums.add(cell),
            None => groups.add(group, StratumSums::of(cell)),
        }
    }

    /// Folds the groups of the open strata.
    pub(super) fn hash(&mut self) {
        self.open.values_mut().for_each(Groups::hash);
    }

    /// Closes the strata of all places up to and with one.
    pub(super) fn close(&mut self, through: u32) {
        while let Some(entry) = self.open.first_entry().filter(|entry| entry.key().place <= through)
        {
            let (stratum, groups) = entry.remove_entry();
            self.closed.add(stratum, &groups);
        }
        self.through = self.through.max(Some(through));
    }

    /// What all strata bring, as if no further cell came.
    pub(super) fn all(&self) -> Cow<'_, Closed> {
        if self.open.is_empty() {
            return Cow::Borrowed(&self.closed);
        }
        let mut closed = self.closed.clone();
        self.open.iter().for_each(|(stratum, groups)| closed.add(*stratum, groups));
        Cow::Owned(closed)
    }
}

impl Closed {
    fn add(&mut self, stratum: Stratum, groups: &Groups<StratumSums>) {
        let unit = (stratum.variant, stratum.version);
        let mut all = groups.iter().map(|(_, own)| own);
        let Some(mut total) = all.next().cloned() else { return };
        all.for_each(|own| total.merge(own, 1));
        let size = total.moments.size();
        let mut whole = UnitSums::new(size);
        whole.add(&total);
        self.units.entry(unit).or_insert_with(|| UnitSums::new(size)).merge(&whole, 1.0);
        for (group, own) in groups.iter() {
            let changes = self.changes.entry(group).or_default();
            let change = changes.entry(unit).or_insert_with(|| UnitSums::new(size));
            change.merge(&whole, -1.0);
            let mut left = total.clone();
            left.merge(own, -1);
            change.add(&left);
            let known = self.outcomes.entry(group).or_default();
            *known = known.wrapping_add(own.moments.marginal(OUTCOME).0);
        }
    }

    /// The units with a replicate group left out.
    pub(super) fn without(&self, group: i64) -> BTreeMap<UnitKey, UnitSums> {
        let mut units = self.units.clone();
        for (unit, change) in self.changes.get(&group).into_iter().flatten() {
            if let Some(sums) = units.get_mut(unit) {
                sums.merge(change, 1.0);
            }
        }
        units
    }

    /// How many replicate groups hold an outcome.
    pub(crate) fn groups_with_outcome(&self) -> usize {
        self.outcomes.values().filter(|known| **known > 0).count()
    }
}
