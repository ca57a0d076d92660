//! What the strata of one variant and version bring to the pooled fit.

use super::central_thirds::CentralThirds;
use super::stratum_sums::StratumSums;
use crate::cell::{FIRST, LATENESS, Moments};
use crate::design::Inclusion;

/// A variant and a questionnaire version.
pub(crate) type UnitKey = (u32, u32);

/// The strata of one variant and version, in the cells' own coordinates and raw units, upper
/// triangles.
#[derive(Clone, Debug)]
pub(crate) struct UnitSums {
    pub(super) size: usize,
    /// `P_kl − Q_kl m_l − Q_lk m_k + N_kl m_k m_l`.
    pub(super) products: Vec<f64>,
    /// `N_kl`.
    pub(super) known: Vec<f64>,
    pub(super) answers: f64,
    /// Of those strata whose cells hold third moments.
    pub(super) thirds: CentralThirds,
}

impl UnitSums {
    pub(super) fn new(size: usize) -> Self {
        let zero = || vec![0.0; size * size];
        let thirds = CentralThirds::new(size - FIRST);
        Self { size, products: zero(), known: zero(), answers: 0.0, thirds }
    }

    /// Adds `sign` times other sums.
    pub(super) fn merge(&mut self, other: &Self, sign: f64) {
        self.answers += sign * other.answers;
        self.products.iter_mut().zip(&other.products).for_each(|(sum, value)| *sum += sign * value);
        self.known.iter_mut().zip(&other.known).for_each(|(sum, value)| *sum += sign * value);
        self.thirds.merge(&other.thirds, sign);
    }

    /// How many answers know coordinates `i ≤ j`.
    pub(super) fn known(&self, i: usize, j: usize) -> f64 {
        self.known[i * self.size + j]
    }

    /// Adds a stratum.
    pub(super) fn add(&mut self, sums: &StratumSums) {
        self.thirds.add(sums);
        let stratum = &sums.moments;
        self.answers += stratum.marginal(LATENESS).0 as f64;
        let means: Vec<f64> = (0..self.size).map(|i| mean(stratum, i)).collect();
        stratum.met(|i, j, pair| {
            let (known, product) = (pair.count as f64, pair.product as f64);
            let (mine, other) = (pair.sum as f64 * means[j], pair.other as f64 * means[i]);
            self.products[i * self.size + j] +=
                product - mine - other + known * means[i] * means[j];
            self.known[i * self.size + j] += known;
        });
    }

    /// For a version of unknown design: the shares of the answers that know each pair of rated
    /// elements.
    pub(super) fn shares(&self) -> Inclusion {
        let answers = self.answers.max(1.0);
        let at = |k: usize, l: usize| (FIRST + k.min(l)) * self.size + FIRST + k.max(l);
        Inclusion::new(self.size - FIRST, |k, l| self.known[at(k, l)] / answers)
    }
}

/// The mean of a cell's coordinate over the answers that know it, in raw units.
fn mean(stratum: &Moments, i: usize) -> f64 {
    let (known, sum) = stratum.marginal(i);
    if known > 0 { sum as f64 / known as f64 } else { 0.0 }
}
