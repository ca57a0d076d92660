//! Over-dispersion: how much more units differ than chance makes them.
//!
//! With `z` a unit's distance from the common level in standard errors, `w = 1/s²` and `I` units:
//!
//! ```text
//! φ = Σ z² / I          τ² = (I φ − (I − 1)) / (Σ w − Σ w²/Σ w)   where I φ > I − 1, else 0
//! ```
//!
//! (Spiegelhalter 2005; the `τ²` is DerSimonian & Laird's 1986). The `z` are winsorised first, so
//! that the faulty few do not widen the limits that they should be outside of: the tenth at each
//! end takes the value of the next one inside.
//!
//! Winsorising makes sound units look more alike too: of a normal distribution's variance it
//! leaves 0.68, and of units that do differ 1.7 % would pass limits made for 0.2 %. Where
//! Spiegelhalter leaves it at that, `φ` is divided here by what winsorising leaves of a normal
//! distribution's variance, as robust statistics does (Huber 1981).

use crate::interval::normal_quantile;
use std::f64::consts::PI;

/// The share of the units that is winsorised at each end.
const WINSORISED: f64 = 0.1;

/// `φ` of winsorised distances, 1 on average where they are standard normal.
pub(super) fn over_dispersion(mut distances: Vec<f64>) -> f64 {
    distances.sort_by(f64::total_cmp);
    let count = distances.len();
    let cut = (WINSORISED * count as f64).floor() as usize;
    let (low, high) = (distances[cut], distances[count - 1 - cut]);
    let winsorised =
        distances.iter().map(|z| z.clamp(low, high).powi(2)).sum::<f64>() / count as f64;
    winsorised / left_of_normal(cut as f64 / count as f64)
}

/// The variance of a standard normal whose `share` at each end is winsorised, `share` above 0 and
/// below one half: `∫ x² between the ends + 2·share·end²`, where the integral is
/// `1 − 2·share − 2·end·density(end)`.
fn left_of_normal(share: f64) -> f64 {
    let end = normal_quantile(1.0 - 2.0 * share).unwrap_or(f64::INFINITY);
    let density = (-0.5 * end * end).exp() / (2.0 * PI).sqrt();
    1.0 - 2.0 * share - 2.0 * end * density + 2.0 * share * end * end
}

/// `τ²` after DerSimonian & Laird, from `φ`.
pub(super) fn between(over_dispersion: f64, weights: &[f64]) -> f64 {
    let units = weights.len() as f64;
    let (sum, squares) = (weights.iter().sum::<f64>(), weights.iter().map(|w| w * w).sum::<f64>());
    let between = (units * over_dispersion - (units - 1.0)) / (sum - squares / sum);
    // Where one unit has all the answers, the others cannot say how units differ.
    if between.is_finite() { between.max(0.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_winsorised_at_each_end_leaves_two_thirds_of_a_normals_variance() {
        // 0.8 − 2·1.2816·0.17550 + 0.2·1.2816².
        assert!((left_of_normal(0.1) - 0.678_664).abs() < 1e-5, "{}", left_of_normal(0.1));
    }
}
