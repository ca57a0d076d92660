//! Covariances within strata, pooled, from available pairs, weighted by the design (Horvitz & Thompson 1952).

use super::grouped::Left;
use super::plan::{Plan, Unit};
use crate::cell::{FIRST, LATENESS, Moments};
use crate::design::Inclusion;
use std::collections::BTreeMap;

/// The pooled second moments over `(D, T, x_1 … x_K)`, on 0–100 and in days.
pub(super) struct Pooled {
    size: usize,
    /// `C_kl` among journeys having both.
    covariances: Vec<f64>,
    /// Share of the answers' journeys having both.
    shares: Vec<f64>,
    /// Answers knowing both.
    known: Vec<f64>,
    /// Answers.
    pub(super) answers: f64,
}

impl Pooled {
    /// Pools all strata of a sample, a replicate group left out where one is named.
    pub(super) fn new(plan: &Plan<'_>, without: Option<i64>) -> Self {
        let observed = observed_shares(plan, without);
        let mut sums = Sums::new(plan.size());
        for (stratum, grouped) in &plan.sample.strata {
            let Some(unit) = plan.unit_of(stratum) else {
                continue;
            };
            let shares = observed.get(&(stratum.variant, stratum.version));
            if let Some(inclusion) = unit.inclusion.as_ref().or(shares) {
                sums.add(unit, inclusion, &grouped.without(without));
            }
        }
        sums.pool()
    }

    /// `C_ij`; 0 where no answer knows both.
    pub(super) fn covariance(&self, i: usize, j: usize) -> f64 {
        self.covariances[i.min(j) * self.size + i.max(j)]
    }

    /// `p_ij`, the share of journeys having both.
    pub(super) fn share(&self, i: usize, j: usize) -> f64 {
        self.shares[i.min(j) * self.size + i.max(j)]
    }

    /// How many answers know both.
    pub(super) fn known(&self, i: usize, j: usize) -> f64 {
        self.known[i.min(j) * self.size + i.max(j)]
    }
}

/// What is summed over strata, upper triangles.
struct Sums {
    size: usize,
    products: Vec<f64>,
    weights: Vec<f64>,
    known: Vec<f64>,
    having: Vec<f64>,
    answers: f64,
}

impl Sums {
    fn new(size: usize) -> Self {
        let zero = || vec![0.0; size * size];
        Self { size, products: zero(), weights: zero(), known: zero(), having: zero(), answers: 0.0 }
    }

    /// Adds one stratum: `P_kl − Q_kl m_l − Q_lk m_k + N_kl m_k m_l`, weighted by `1/π_kl`.
    fn add(&mut self, unit: &Unit, inclusion: &Inclusion, left: &Left<'_, Moments>) {
        let answers = left.figure(|m| m.count(LATENESS, LATENESS));
        if answers <= 0.0 {
            return;
        }
        self.answers += answers;
        let places = unit.coordinates.len();
        let means: Vec<f64> = (0..places).map(|i| mean(left, i)).collect();
        for i in 0..places {
            for j in i..places {
                let at = self.corner(unit.coordinates[i], unit.coordinates[j]);
                self.having[at] += answers;
                let known = left.figure(|m| m.count(i, j));
                let chance = chance(inclusion, i, j);
                if known <= 0.0 || chance <= 0.0 {
                    continue;
                }
                let product = left.figure(|m| m.product(i, j))
                    - left.figure(|m| m.sum(i, j)) * means[j]
                    - left.figure(|m| m.sum(j, i)) * means[i]
                    + known * means[i] * means[j];
                self.products[at] += product * unit.worth[i] * unit.worth[j] / chance;
                self.weights[at] += known / chance;
                self.known[at] += known;
            }
        }
    }

    fn pool(self) -> Pooled {
        let covariance = |(&product, &weight): (&f64, &f64)| if weight > 0.0 { product / weight } else { 0.0 };
        let answers = self.answers.max(1.0);
        Pooled {
            size: self.size,
            covariances: self.products.iter().zip(&self.weights).map(covariance).collect(),
            shares: self.having.iter().map(|having| having / answers).collect(),
            known: self.known,
            answers: self.answers,
        }
    }

    fn corner(&self, i: usize, j: usize) -> usize {
        i.min(j) * self.size + i.max(j)
    }
}

/// The mean of a cell's coordinate over the answers that know it, in raw units.
fn mean(left: &Left<'_, Moments>, i: usize) -> f64 {
    let known = left.figure(|m| m.count(i, i));
    if known > 0.0 { left.figure(|m| m.sum(i, i)) / known } else { 0.0 }
}

/// The chance that both of a cell's coordinates were asked; outcome and lateness always are.
fn chance(inclusion: &Inclusion, i: usize, j: usize) -> f64 {
    match (i.checked_sub(FIRST), j.checked_sub(FIRST)) {
        (Some(k), Some(l)) => inclusion.pair(k, l),
        (Some(k), None) | (None, Some(k)) => inclusion.pair(k, k),
        (None, None) => 1.0,
    }
}

/// For versions of unknown design: the shares of a variant's answers that know each pair, over all places.
fn observed_shares(plan: &Plan<'_>, without: Option<i64>) -> BTreeMap<(u32, u32), Inclusion> {
    let mut counts: BTreeMap<(u32, u32), Vec<f64>> = BTreeMap::new();
    for (stratum, grouped) in &plan.sample.strata {
        let unit = plan.unit_of(stratum);
        let Some(unit) = unit.filter(|unit| unit.inclusion.is_none()) else {
            continue;
        };
        let size = unit.coordinates.len();
        let left = grouped.without(without);
        let sums = counts.entry((stratum.variant, stratum.version)).or_insert_with(|| vec![0.0; size * size]);
        for (at, sum) in sums.iter_mut().enumerate() {
            *sum += left.figure(|m| m.count(at / size, at % size));
        }
    }
    counts.into_iter().map(|(key, sums)| (key, shares(&sums))).collect()
}

/// Pair counts over all coordinates as shares of the answers, for the rated elements alone.
fn shares(counts: &[f64]) -> Inclusion {
    let size = counts.len().isqrt();
    let answers = counts[LATENESS * size + LATENESS].max(1.0);
    Inclusion::new(size - FIRST, |k, l| counts[(FIRST + k) * size + FIRST + l] / answers)
}
