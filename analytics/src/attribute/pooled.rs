//! Covariances within strata, pooled, from available pairs, weighted by the design (Horvitz &
//! Thompson 1952).

use super::plan::{Plan, Unit};
use super::unit_sums::{UnitKey, UnitSums};
use crate::cell::{FIRST, LATENESS};
use crate::design::Inclusion;
use std::collections::BTreeMap;

/// The pooled second moments over `(D, T, x_1 … x_K)`, on 0–100 and in days.
pub(crate) struct Pooled {
    size: usize,
    /// `C_kl` among journeys having both.
    covariances: Vec<f64>,
    /// Share of the answers' journeys having both.
    shares: Vec<f64>,
    /// Answers knowing both.
    known: Vec<f64>,
    /// Answers.
    pub(crate) answers: f64,
}

impl Pooled {
    /// `C_ij`; 0 where no answer knows both.
    pub(crate) fn covariance(&self, i: usize, j: usize) -> f64 {
        self.covariances[i.min(j) * self.size + i.max(j)]
    }

    /// `p_ij`, the share of journeys having both.
    pub(crate) fn share(&self, i: usize, j: usize) -> f64 {
        self.shares[i.min(j) * self.size + i.max(j)]
    }

    /// How many answers know both.
    pub(crate) fn known(&self, i: usize, j: usize) -> f64 {
        self.known[i.min(j) * self.size + i.max(j)]
    }
}

/// The covariances of a sample, whole or with a replicate group left out.
pub(crate) struct Pooling<'a> {
    plan: &'a Plan<'a>,
}

impl<'a> Pooling<'a> {
    pub(crate) fn new(plan: &'a Plan<'a>) -> Self {
        Self { plan }
    }

    /// All answers.
    pub(crate) fn whole(&self) -> Pooled {
        self.pool(&self.plan.strata.units)
    }

    /// The answers of all groups but one.
    pub(crate) fn without(&self, group: i64) -> Pooled {
        self.pool(&self.plan.strata.without(group))
    }

    /// The sums of given strata.
    pub(super) fn pool(&self, units: &BTreeMap<UnitKey, UnitSums>) -> Pooled {
        let mut sums = Sums::new(self.plan.size());
        for (&(variant, version), own) in units {
            let Some(unit) = self.plan.unit(variant, version) else { continue };
            match &unit.inclusion {
                Some(inclusion) => sums.add(unit, inclusion, own),
                None => sums.add(unit, &own.shares(), own),
            }
        }
        sums.pool()
    }
}

/// What is summed over variants and versions, upper triangles.
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
        Self {
            size,
            products: zero(),
            weights: zero(),
            known: zero(),
            having: zero(),
            answers: 0.0,
        }
    }

    /// Adds a variant and version, weighted by `1/π_kl`.
    fn add(&mut self, unit: &Unit, inclusion: &Inclusion, own: &UnitSums) {
        if own.answers <= 0.0 {
            return;
        }
        self.answers += own.answers;
        for i in 0..own.size {
            for j in i..own.size {
                let (known, product) =
                    (own.known[i * own.size + j], own.products[i * own.size + j]);
                let at = self.corner(unit.coordinates[i], unit.coordinates[j]);
                let chance = chance(inclusion, i, j);
                self.having[at] += own.answers;
                let is_known = unit.is_timed || (i != LATENESS && j != LATENESS);
                if is_known && known > 0.0 && chance > 0.0 {
                    self.products[at] += product * unit.worth[i] * unit.worth[j] / chance;
                    self.weights[at] += known / chance;
                    self.known[at] += known;
                }
            }
        }
    }

    fn pool(self) -> Pooled {
        let answers = self.answers.max(1.0);
        let weighted = self.products.iter().zip(&self.weights);
        Pooled {
            size: self.size,
            covariances: weighted
                .map(|(product, &weight)| if weight > 0.0 { product / weight } else { 0.0 })
                .collect(),
            shares: self.having.iter().map(|having| having / answers).collect(),
            known: self.known,
            answers: self.answers,
        }
    }

    fn corner(&self, i: usize, j: usize) -> usize {
        i.min(j) * self.size + i.max(j)
    }
}

/// The chance that both of a cell's coordinates were asked; outcome and lateness always are.
fn chance(inclusion: &Inclusion, i: usize, j: usize) -> f64 {
    match (i.checked_sub(FIRST), j.checked_sub(FIRST)) {
        (Some(k), Some(l)) => inclusion.pair(k, l),
        (Some(k), None) | (None, Some(k)) => inclusion.pair(k, k),
        (None, None) => 1.0,
    }
}
