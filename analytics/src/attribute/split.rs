//! The decomposition: a side's shortfall over its elements and what is not traced, which adds up exactly.

use super::means::Means;
use super::plan::Plan;
use super::slopes::Slopes;
use crate::cell::FIRST;

/// A side's shortfall, split.
pub(super) struct Split {
    /// `D̄_cal`, in points.
    pub(super) shortfall: f64,
    /// Each element's points, by position of the plan: rating and delay together.
    pub(super) points: Vec<f64>,
    /// Of that, the delay: `b_T (L̄_j − M̄_j)`.
    pub(super) delay: Vec<f64>,
    /// What each element made up: `b_T M̄_j`.
    pub(super) made_up: Vec<f64>,
}

impl Split {
    /// `φ_k = β_k (x̄_k − γ_k T̄_k)` and `φ_Tj = b_T (L̄_j − M̄_j)`. Being linear, it is the Shapley value of the mean.
    pub(super) fn new(plan: &Plan<'_>, slopes: &Slopes, means: &Means) -> Self {
        let delay: Vec<f64> = means.time.iter().map(|(lost, won)| slopes.lateness * (lost - won)).collect();
        let rating = plan.positions.iter().map(|&position| {
            let k = plan.coordinate(position).map(|coordinate| coordinate - FIRST);
            k.map_or(0.0, |k| slopes.rating[k] * own_loss(slopes, means, k))
        });
        Self {
            shortfall: means.calibrated(slopes.lateness),
            points: rating.zip(&delay).map(|(rating, delay)| rating + delay).collect(),
            made_up: means.time.iter().map(|(_, won)| slopes.lateness * won).collect(),
            delay,
        }
    }
}

/// `x̄_k − γ_k T̄_k`: the loss of a rating that lateness did not colour; 0 where nobody rated it.
pub(super) fn own_loss(slopes: &Slopes, means: &Means, k: usize) -> f64 {
    let rating = &means.ratings[k];
    rating.loss.map_or(0.0, |loss| loss - slopes.leak[k] * rating.lateness)
}
