//! The slopes: lateness first, then one-component PLS over the ratings that lateness did not
//! colour.

use super::pooled::Pooled;
use crate::cell::{FIRST, LATENESS, OUTCOME};

/// Answers of the average element that every element is given, so that a rarely asked one cannot
/// explode.
const PSEUDO_ANSWERS: f64 = 20.0;
/// Variances below this, in squared points or days, are none.
pub(crate) const SMALLEST: f64 = 1e-9;

/// The slopes of a fit: outcome points lost a day late, and a point of each rating lost.
pub(crate) struct Slopes {
    /// `b_T ≥ 0`, points a day: the total effect of lateness, since an event before the
    /// questionnaire can colour a rating and a rating cannot cause a past delay (Faigle & Kern
    /// 1992; Frye, Rowat & Feige 2020).
    pub(crate) lateness: f64,
    /// `γ_k`, rating points a day: how lateness colours the rating of element `k`.
    pub(crate) leak: Vec<f64>,
    /// `β_k ≥ 0`, outcome points a rating point (Fornell et al. 1996; Tenenhaus et al. 2005).
    pub(crate) rating: Vec<f64>,
}

impl Slopes {
    /// Fits the slopes to pooled covariances.
    pub(crate) fn new(pooled: &Pooled, elements: usize) -> Self {
        let late = pooled.covariance(LATENESS, LATENESS);
        let a_day = |coordinate| {
            let together = pooled.covariance(coordinate, LATENESS);
            if late > SMALLEST { finite(together / late) } else { 0.0 }
        };
        let leak: Vec<f64> = (0..elements).map(|k| a_day(FIRST + k)).collect();
        let lateness = a_day(OUTCOME).max(0.0);
        let residual = Residual { pooled, leak: &leak };
        let rating = one_component(&residual, elements);
        Self { lateness, leak, rating }
    }
}

/// Covariances of the ratings given lateness, among journeys having both.
pub(crate) struct Residual<'a> {
    pub(crate) pooled: &'a Pooled,
    pub(crate) leak: &'a [f64],
}

impl Residual<'_> {
    /// `C_kl|T`; 0 where no answer rated both.
    pub(crate) fn ratings(&self, k: usize, l: usize) -> f64 {
        if self.pooled.known(FIRST + k, FIRST + l) <= 0.0 {
            return 0.0;
        }
        let with_lateness = |k: usize| self.pooled.covariance(FIRST + k, LATENESS);
        let late = self.pooled.covariance(LATENESS, LATENESS);
        self.pooled.covariance(FIRST + k, FIRST + l)
            - self.leak[k] * with_lateness(l)
            - self.leak[l] * with_lateness(k)
            + self.leak[k] * self.leak[l] * late
    }

    /// `C_kk|T`, never below 0.
    pub(crate) fn variance(&self, k: usize) -> f64 {
        self.ratings(k, k).max(0.0)
    }

    /// `c_k`, with the outcome.
    pub(crate) fn outcome(&self, k: usize) -> f64 {
        let known = self.pooled.known(OUTCOME, FIRST + k) > 0.0;
        let colour = self.leak[k] * self.pooled.covariance(OUTCOME, LATENESS);
        if known { self.pooled.covariance(OUTCOME, FIRST + k) - colour } else { 0.0 }
    }

    /// Answers that rated element `k`.
    pub(crate) fn asked(&self, k: usize) -> f64 {
        self.pooled.known(FIRST + k, FIRST + k)
    }

    /// `S_kl`: structural zeros put back.
    pub(crate) fn index(&self, k: usize, l: usize) -> f64 {
        let covariance = if k == l { self.variance(k) } else { self.ratings(k, l) };
        self.pooled.share(FIRST + k, FIRST + l) * covariance
    }
}

/// The marginal slope of each element, steadied by the average one, times one factor common to
/// all.
fn one_component(residual: &Residual<'_>, elements: usize) -> Vec<f64> {
    let all = || 0..elements;
    let asked = all().map(|k| residual.asked(k)).sum::<f64>().max(1.0);
    let average =
        |of: &dyn Fn(usize) -> f64| all().map(|k| residual.asked(k) * of(k)).sum::<f64>() / asked;
    let covariance = average(&|k| residual.outcome(k));
    let variance = average(&|k| residual.variance(k)).max(SMALLEST);
    let weights: Vec<f64> = all()
        .map(|k| {
            let n = residual.asked(k);
            let steadied = (n * residual.outcome(k) + PSEUDO_ANSWERS * covariance).max(0.0);
            steadied / (n * residual.variance(k) + PSEUDO_ANSWERS * variance)
        })
        .collect();
    let explained: f64 = all()
        .map(|k| residual.pooled.share(FIRST + k, FIRST + k) * weights[k] * residual.outcome(k))
        .sum();
    let spread: f64 = all()
        .flat_map(|k| all().map(move |l| (k, l)))
        .map(|(k, l)| weights[k] * weights[l] * residual.index(k, l))
        .sum();
    let alone: f64 = all().map(|k| weights[k] * weights[k] * residual.index(k, k)).sum();
    let factor = finite(explained / spread.max(alone).max(SMALLEST)).max(0.0);
    weights.iter().map(|weight| finite(weight * factor)).collect()
}

/// Cells that no answers can have given must not turn figures into nonsense.
fn finite(value: f64) -> f64 {
    if value.is_finite() { value } else { 0.0 }
}
