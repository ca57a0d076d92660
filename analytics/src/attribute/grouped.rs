//! Sums kept with their replicate groups, so that a group can be left out by subtraction.

use super::options::MAXIMUM_GROUPS;
use crate::cell::{Cell, FIRST, Population, Tally};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// What adds up: the jackknife needs three kinds of sums in the same way.
pub(super) trait Additive: Clone {
    /// Adds `sign`, 1 or −1, times another of the same shape.
    fn merge(&mut self, other: &Self, sign: i64);
}

/// Sums by replicate group.
#[derive(Clone, Debug)]
pub(super) struct Groups<T>(BTreeMap<i64, T>);

impl<T> Default for Groups<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Additive> Groups<T> {
    pub(super) fn add(&mut self, group: i64, value: T) {
        match self.0.entry(group) {
            Entry::Occupied(mut sum) => sum.get_mut().merge(&value, 1),
            Entry::Vacant(none) => {
                none.insert(value);
            }
        }
    }

    /// Takes out what was added of a group.
    pub(super) fn take(&mut self, group: i64, value: &T) {
        if let Some(sum) = self.0.get_mut(&group) {
            sum.merge(value, -1);
        }
    }

    /// What is summed of a group.
    pub(super) fn get_mut(&mut self, group: i64) -> Option<&mut T> {
        self.0.get_mut(&group)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (i64, &T)> {
        self.0.iter().map(|(group, sum)| (*group, sum))
    }

    /// Folds the groups into at most [`MAXIMUM_GROUPS`].
    pub(super) fn hash(&mut self) {
        for (group, value) in std::mem::take(&mut self.0) {
            self.add(hashed(group), value);
        }
    }
}

/// A total and the replicate groups that it is made of.
#[derive(Clone, Debug)]
pub(super) struct Grouped<T> {
    pub(super) total: T,
    pub(super) groups: Groups<T>,
}

impl<T: Additive> Grouped<T> {
    pub(super) fn new(zero: T) -> Self {
        Self { total: zero, groups: Groups::default() }
    }

    pub(super) fn add(&mut self, group: i64, value: T) {
        self.total.merge(&value, 1);
        self.groups.add(group, value);
    }

    /// Takes out what was added of a group.
    pub(super) fn take(&mut self, group: i64, value: &T) {
        self.total.merge(value, -1);
        self.groups.take(group, value);
    }

    /// Folds the groups into at most [`MAXIMUM_GROUPS`].
    pub(super) fn hash(&mut self) {
        self.groups.hash();
    }

    /// The total and what to take from it to leave a group out.
    pub(super) fn without(&self, group: Option<i64>) -> Rest<'_, T> {
        Rest { total: &self.total, gone: group.and_then(|group| self.groups.0.get(&group)) }
    }
}

/// A total less one of its groups.
pub(super) struct Rest<'a, T> {
    total: &'a T,
    gone: Option<&'a T>,
}

impl<T> Rest<'_, T> {
    /// One of its figures. Integers are subtracted before they become a float, so nothing is
    /// rounded.
    pub(super) fn figure(&self, read: impl Fn(&T) -> i64) -> f64 {
        let gone = self.gone.map_or(0, &read);
        read(self.total).wrapping_sub(gone) as f64
    }
}

/// The replicate groups met so far, and whether they had to be hashed down.
#[derive(Clone, Debug, Default)]
pub(super) struct Replicates {
    met: BTreeSet<i64>,
    hashed: bool,
}

impl Replicates {
    /// Notes a replicate; true when it is the first that does not fit any more.
    pub(super) fn overflow(&mut self, replicate: i64) -> bool {
        if self.hashed {
            return false;
        }
        self.met.insert(replicate);
        self.hashed = self.met.len() > MAXIMUM_GROUPS;
        self.hashed
    }

    /// Whether no further replicate changes the groups.
    pub(super) fn are_hashed(&self) -> bool {
        self.hashed
    }

    /// The group that a replicate counts in.
    pub(super) fn group(&self, replicate: i64) -> i64 {
        if self.hashed { hashed(replicate) } else { replicate }
    }
}

/// Deals running numbers out evenly, one further each round: a group of thirds of weeks then holds
/// all three thirds.
pub(crate) fn hashed(group: i64) -> i64 {
    let groups = MAXIMUM_GROUPS as i64;
    group.wrapping_add(group.div_euclid(groups)).rem_euclid(groups)
}

/// The means' sums of one side's answers of a variant and version.
#[derive(Clone, Debug)]
pub(super) struct Marginals {
    /// `Q_kk` by coordinate.
    pub(super) sums: Vec<i64>,
    /// `N_kk` by coordinate.
    pub(super) known: Vec<i64>,
    /// Minutes lost and won by position.
    pub(super) time: Tally<2>,
}

impl Marginals {
    pub(super) fn new(size: usize) -> Self {
        Self { sums: vec![0; size], known: vec![0; size], time: Tally::default() }
    }

    pub(super) fn of(cell: &Cell) -> Self {
        Self { time: cell.times().clone(), ..Self::without_time(cell) }
    }

    /// Of the answers alone.
    pub(super) fn without_time(cell: &Cell) -> Self {
        let moments = cell.moments();
        let coordinates = 0..FIRST + cell.elements();
        Self {
            sums: coordinates.clone().map(|i| moments.marginal(i).1).collect(),
            known: coordinates.map(|i| moments.marginal(i).0).collect(),
            time: Tally::default(),
        }
    }

    /// Adds others but for their times.
    pub(super) fn add_answers(&mut self, other: &Self) {
        let pairs =
            self.sums.iter_mut().zip(&other.sums).chain(self.known.iter_mut().zip(&other.known));
        pairs.for_each(|(sum, &value)| *sum = sum.wrapping_add(value));
    }
}

impl Additive for Marginals {
    fn merge(&mut self, other: &Self, sign: i64) {
        let pairs =
            self.sums.iter_mut().zip(&other.sums).chain(self.known.iter_mut().zip(&other.known));
        pairs.for_each(|(sum, &value)| *sum = sum.wrapping_add(value.wrapping_mul(sign)));
        self.time.merge(&other.time, sign);
    }
}

/// What a side's population says about lateness.
#[derive(Clone, Debug, Default)]
pub(super) struct Journeys {
    /// How many journeys.
    pub(super) count: i64,
    /// Those whose minutes are in the sums: whose timings are whole, or who are spoken for.
    pub(super) charged: i64,
    /// Minutes of lateness felt.
    pub(super) lateness: i64,
    /// Minutes lost and won by position.
    pub(super) time: Tally<2>,
    /// Journeys that were credited, and their credits by position: see [`crate::swap`].
    pub(super) credited: i64,
    pub(super) credits: Tally<1>,
}

impl Journeys {
    pub(super) fn of(population: &Population) -> Self {
        Self {
            count: population.count(),
            charged: population.charged(),
            lateness: population.lateness(),
            time: population.times().clone(),
            credited: population.credited(),
            credits: population.credit_sums().clone(),
        }
    }
}

impl Additive for Journeys {
    fn merge(&mut self, other: &Self, sign: i64) {
        let sums = [
            (&mut self.count, other.count),
            (&mut self.charged, other.charged),
            (&mut self.lateness, other.lateness),
            (&mut self.credited, other.credited),
        ];
        for (sum, more) in sums {
            *sum = sum.wrapping_add(more.wrapping_mul(sign));
        }
        self.time.merge(&other.time, sign);
        self.credits.merge(&other.credits, sign);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_thirds_of_weeks_falls_evenly_into_the_groups_and_each_holds_all_thirds() {
        let mut held: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        (8700..8700 + 180)
            .for_each(|group| held.entry(hashed(group)).or_default().push(group.rem_euclid(3)));
        assert_eq!(held.len(), MAXIMUM_GROUPS);
        assert!(
            held.values()
                .all(|thirds| thirds.len() == 6 && (0..3).all(|third| thirds.contains(&third)))
        );
    }
}
