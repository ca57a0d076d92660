//! Whole slips swapped: what a slip costs against all journeys of the same path, so that groups can
//! be compared without charging an element for how late the others were.
//!
//! [`share_out`](crate::lateness::share_out) gives a journey's lateness to its slips in proportion.
//! For a *level* that is fair; for a *contrast* it is not: of two groups with the same workshop,
//! the one whose planning is late has more journeys beyond the buffer, so the workshop's slips,
//! which are the same, are charged more minutes there. Here slips are swapped between a journey and
//! those that it is compared with, one whole slip at a time.
//!
//! # The credit of a slip
//!
//! Let `R` be the journeys of the same path in the same release, at all places, with slips
//! `r = (r_1 … r_J)`, and `h(t) = max(0, t − buffer)` the hinge. For a journey with slips `s` the
//! worth of a coalition `S` of elements is the lateness felt if `S` had slipped as in this journey
//! and the others as in one of `R`, on average: `v_s(S) = mean_r h(Σ_{j∈S} s_j + Σ_{j∉S} r_j)`. The
//! credit `φ_j(s)` is the Shapley value of that game (Shapley 1953; as a contrast between
//! distributions, Štrumbelj & Kononenko 2014). It has what a contrast needs:
//!
//! - **It adds up**: `Σ_j φ_j(s) = h(Σ s) − mean_R h`. So for two groups of the same paths and
//!   releases `Σ_j (φ̄_j(g) − φ̄_j(rest))` is their difference in lateness felt, exactly. Where
//!   paths or releases differ between the groups, what is missing is what that mix itself costs.
//! - **The innocent get nothing**: if `s_j` has in a group the distribution that it has in `R`, and
//!   does not go with the other slips, then `E φ_j = 0` there, however late the others were.
//! - **It is a sum over journeys**: a journey's credits are whole numbers that add up, merge and
//!   can be taken out again like all other sums of a [`Population`](crate::cell::Population), by
//!   site, path and replicate group. A swap between two *groups* would need the joint distribution
//!   of slips of either to be kept, which is nearly a row a journey; `R`, needed while a release is
//!   published, is then forgotten. Any union of sites is compared with any other from the same
//!   sums: site with region, team with the rest.
//!
//! # What is approximate, and by how much
//!
//! - Swapping against all journeys is not swapping against the rest: where an element's slips
//!   differ between the groups its credit is that of the whole mixture. The total is exact either
//!   way.
//! - Where slips go together (a workshop that hurries after late planning) an innocent's credit has
//!   the interaction, shared evenly: as any Shapley value does.
//! - Against its own past a group has no common `R`; the difference of credits is then its contrast
//!   to all *then* and *now*, and not to its own past. Use the shares of
//!   [`share_out`](crate::lateness::share_out) there, or credit both against one `R`.
//! - `R` is thinned evenly to [`MOST_JOURNEYS`], which moves a credit's mean by what so many
//!   journeys say of the distribution, for all groups alike. Above [`EXACT_ELEMENTS`] timed
//!   elements on one path orders are drawn from all cyclic shifts of one order and of its reverse,
//!   so that each element stands at each place equally often; it adds up as before.

/// Timed elements of a path up to which every coalition is valued.
pub const EXACT_ELEMENTS: usize = 8;
/// Timed elements of a path above which nothing is credited.
pub const MOST_ELEMENTS: usize = 40;
/// Journeys that stand for all of a path.
pub const MOST_JOURNEYS: usize = 1024;
/// Credits are sums of so many parts of a minute.
pub const PARTS_OF_A_MINUTE: i64 = 60;

use crate::lateness::LONGEST;
use std::collections::BTreeMap;

/// The journeys of one path that slips are swapped with.
///
/// ```
/// use relais_analytics::swap::{PARTS_OF_A_MINUTE, Reference};
///
/// // Half of all journeys have two days of late planning; the workshop is a day late in half of
/// // them, whatever planning did.
/// let day = 1440;
/// let all: Vec<Vec<i64>> = [[0, 0], [0, day], [2 * day, 0], [2 * day, day]].map(Vec::from).into();
/// let reference = Reference::new(&all, 720).expect("there are journeys");
/// // The place where planning is always late: the workshop is credited with nothing.
/// let credits: Vec<Vec<i64>> = all[2..].iter().map(|slips| reference.credit(slips)).collect();
/// let mean = |j: usize| (credits[0][j] + credits[1][j]) / 2 / PARTS_OF_A_MINUTE;
/// // Felt there: 1.5 or 2.5 days; of all: 0, 0.5, 1.5 or 2.5, so 1.125 less 0.25 more.
/// assert_eq!((mean(0), mean(1)), (1260, 0));
/// ```
#[derive(Clone, Debug)]
pub struct Reference {
    elements: usize,
    buffer: i64,
    /// By coalition that slips as the journey does: the sums of the others' slips in the reference,
    /// ascending, and the sums of these from each on.
    others: BTreeMap<u64, Sorted>,
    orders: Vec<Vec<usize>>,
}

impl Reference {
    /// Journeys of one path, each with its slips in minutes in the same order of elements, and the
    /// lateness that nobody minds. The order of the journeys leaves no trace. `None` without
    /// journeys, where they differ in how many elements they have, and with more than
    /// [`MOST_ELEMENTS`].
    pub fn new(journeys: &[Vec<i64>], buffer: i64) -> Option<Self> {
        let elements = journeys.first()?.len();
        let alike = journeys.iter().all(|slips| slips.len() == elements);
        if !alike || elements > MOST_ELEMENTS {
            return None;
        }
        let orders = if elements > EXACT_ELEMENTS { shifts(elements) } else { Vec::new() };
        let kept = thinned(journeys);
        let coalitions: Vec<u64> = match &orders[..] {
            [] => (0..1 << elements).collect(),
            orders => orders.iter().flat_map(|order| prefixes(order)).collect(),
        };
        let others = coalitions.into_iter().map(|own| (own, Sorted::of(&kept, own))).collect();
        Some(Self { elements, buffer: buffer.clamp(0, LONGEST), others, orders })
    }

    /// What each slip of a journey is credited with, in [parts of a minute](PARTS_OF_A_MINUTE):
    /// above 0 it made the journey later than those of its path are. They add up to the lateness
    /// felt less the mean lateness felt of the reference, to the nearest part. Empty for a journey
    /// with another number of elements.
    pub fn credit(&self, slips: &[i64]) -> Vec<i64> {
        if slips.len() != self.elements {
            return Vec::new();
        }
        let worth = |coalition: u64| {
            let own = total(slips, coalition);
            self.others.get(&coalition).map_or(0.0, |others| others.mean_beyond(self.buffer - own))
        };
        let values =
            if self.orders.is_empty() { self.of_coalitions(worth) } else { self.of_orders(worth) };
        whole(&values)
    }

    /// The Shapley value from all coalitions.
    fn of_coalitions(&self, worth: impl Fn(u64) -> f64) -> Vec<f64> {
        let n = self.elements;
        let worths: Vec<f64> = (0..1u64 << n).map(worth).collect();
        // |S|! (n − |S| − 1)! / n! by the size of S.
        let mut weights = vec![1.0 / n.max(1) as f64; n];
        for size in 1..n {
            weights[size] = weights[size - 1] * size as f64 / (n - size) as f64;
        }
        let value = |element: usize| {
            let without = (0..1usize << n).filter(|coalition| coalition >> element & 1 == 0);
            without
                .map(|coalition| {
                    let size = coalition.count_ones() as usize;
                    weights[size] * (worths[coalition | 1 << element] - worths[coalition])
                })
                .sum()
        };
        (0..n).map(value).collect()
    }

    /// The mean of what each element adds, over the orders.
    fn of_orders(&self, worth: impl Fn(u64) -> f64) -> Vec<f64> {
        let worths: BTreeMap<u64, f64> =
            self.others.keys().map(|coalition| (*coalition, worth(*coalition))).collect();
        let worth = |coalition: u64| worths.get(&coalition).copied().unwrap_or(0.0);
        let mut values = vec![0.0; self.elements];
        for order in &self.orders {
            for (before, element) in prefixes(order).zip(order) {
                values[*element] += worth(before | 1 << element) - worth(before);
            }
        }
        values.iter().map(|sum| sum / self.orders.len() as f64).collect()
    }
}

/// Sums of slips, ascending, with the sum of all from each on.
#[derive(Clone, Debug)]
struct Sorted {
    sums: Vec<i64>,
    from: Vec<i64>,
}

impl Sorted {
    /// Of the elements that are not in the coalition.
    fn of(journeys: &[&Vec<i64>], coalition: u64) -> Self {
        let mut sums: Vec<i64> = journeys.iter().map(|slips| total(slips, !coalition)).collect();
        sums.sort_unstable();
        let mut from = vec![0; sums.len() + 1];
        for at in (0..sums.len()).rev() {
            from[at] = from[at + 1] + sums[at];
        }
        Self { sums, from }
    }

    /// The mean of what the sums exceed a level by.
    fn mean_beyond(&self, level: i64) -> f64 {
        let at = self.sums.partition_point(|sum| *sum <= level);
        let count = (self.sums.len() - at) as i64;
        (self.from[at] - count * level) as f64 / self.sums.len() as f64
    }
}

/// The slips of a coalition together.
fn total(slips: &[i64], coalition: u64) -> i64 {
    let own = slips.iter().enumerate().filter(|(at, _)| coalition >> at & 1 == 1);
    own.map(|(_, slip)| (*slip).clamp(-LONGEST, LONGEST)).sum()
}

/// Journeys that stand for all, evenly taken from their order by slips.
fn thinned(journeys: &[Vec<i64>]) -> Vec<&Vec<i64>> {
    let mut sorted: Vec<&Vec<i64>> = journeys.iter().collect();
    sorted.sort_unstable();
    let kept = sorted.len().min(MOST_JOURNEYS);
    (0..kept).map(|at| sorted[(2 * at + 1) * sorted.len() / (2 * kept)]).collect()
}

/// All cyclic shifts of the elements' order, and of its reverse.
fn shifts(elements: usize) -> Vec<Vec<usize>> {
    let shift = |by: usize| (0..elements).map(move |at| (at + by) % elements);
    (0..elements)
        .flat_map(|by| [shift(by).collect(), shift(by).rev().collect::<Vec<usize>>()])
        .collect()
}

/// The coalitions that an order passes, from nobody to all.
fn prefixes(order: &[usize]) -> impl Iterator<Item = u64> + '_ {
    let grown = order.iter().scan(0u64, |coalition, element| {
        *coalition |= 1 << element;
        Some(*coalition)
    });
    std::iter::once(0).chain(grown)
}

/// In whole parts of a minute, adding up to the nearest of their sum: what is left goes to the
/// largest remainders, the earlier element first.
fn whole(values: &[f64]) -> Vec<i64> {
    let parts: Vec<f64> = values.iter().map(|minutes| minutes * PARTS_OF_A_MINUTE as f64).collect();
    let mut credits: Vec<i64> = parts.iter().map(|part| part.floor() as i64).collect();
    let missing = parts.iter().sum::<f64>().round() as i64 - credits.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let rest = |at: usize| parts[at] - parts[at].floor();
    order.sort_by(|&a, &b| rest(b).total_cmp(&rest(a)));
    for &at in order.iter().take(usize::try_from(missing).unwrap_or(0)) {
        credits[at] += 1;
    }
    credits
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition: every order of the elements, every journey of the reference.
    fn by_orders(all: &[Vec<i64>], buffer: i64, slips: &[i64]) -> Vec<f64> {
        let n = slips.len();
        let mut orders = vec![Vec::new()];
        for _ in 0..n {
            orders = orders
                .iter()
                .flat_map(|order: &Vec<usize>| {
                    let further = (0..n).filter(|next| !order.contains(next));
                    further.map(|next| [&order[..], &[next]].concat()).collect::<Vec<_>>()
                })
                .collect();
        }
        let worth = |own: &[usize]| -> f64 {
            let felt = |other: &Vec<i64>| {
                let slip = |j: usize| if own.contains(&j) { slips[j] } else { other[j] };
                ((0..n).map(slip).sum::<i64>() - buffer).max(0) as f64
            };
            all.iter().map(felt).sum::<f64>() / all.len() as f64
        };
        let mut values = vec![0.0; n];
        for order in &orders {
            for at in 0..n {
                values[order[at]] += worth(&order[..=at]) - worth(&order[..at]);
            }
        }
        values.iter().map(|sum| sum / orders.len() as f64).collect()
    }

    fn journeys(elements: usize) -> impl Strategy<Value = Vec<Vec<i64>>> {
        prop::collection::vec(prop::collection::vec(-3000..5000i64, elements), 1..12)
    }

    proptest! {
        #[test]
        fn credits_are_the_shapley_value_of_the_swapped_slips(
            all in (1..5usize).prop_flat_map(journeys), buffer in 0..2000i64,
        ) {
            let reference = Reference::new(&all, buffer).expect("there are journeys");
            for slips in &all {
                let expected = by_orders(&all, buffer, slips);
                for (found, expected) in reference.credit(slips).iter().zip(expected) {
                    prop_assert!((*found as f64 / 60.0 - expected).abs() <= 1.0 / 60.0 + 1e-9);
                }
            }
        }

        #[test]
        fn credits_add_up_to_what_a_journey_felt_beyond_the_mean(
            all in (1..14usize).prop_flat_map(journeys), buffer in 0..2000i64,
        ) {
            let reference = Reference::new(&all, buffer).expect("there are journeys");
            let felt = |slips: &Vec<i64>| (slips.iter().sum::<i64>() - buffer).max(0) as f64;
            let mean = all.iter().map(felt).sum::<f64>() / all.len() as f64;
            for slips in &all {
                let sum: i64 = reference.credit(slips).iter().sum();
                prop_assert!((sum as f64 - 60.0 * (felt(slips) - mean)).abs() <= 0.5 + 1e-6);
            }
            let mut turned = all.clone();
            turned.reverse();
            let again = Reference::new(&turned, buffer).expect("there are journeys");
            prop_assert_eq!(reference.credit(&all[0]), again.credit(&all[0]));
        }
    }

    #[test]
    fn what_does_not_fit_is_credited_with_nothing() {
        assert!(Reference::new(&[], 0).is_none());
        assert!(Reference::new(&[vec![1], vec![1, 2]], 0).is_none());
        assert!(Reference::new(&[vec![0; 41]], 0).is_none());
        let one = Reference::new(&[vec![i64::MAX, i64::MIN]], i64::MIN).expect("a journey");
        assert_eq!(one.credit(&[1]), Vec::<i64>::new());
        assert_eq!(one.credit(&[i64::MAX, i64::MIN]).iter().sum::<i64>(), 0);
        assert_eq!(
            Reference::new(&[vec![]], 5).expect("no elements").credit(&[]),
            Vec::<i64>::new()
        );
    }
}
