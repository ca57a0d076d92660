//! The few distributions that the demo draws from.

use rand::RngExt;
use rand::rngs::StdRng;

pub(super) fn happens(random: &mut StdRng, p: f64) -> bool {
    random.random::<f64>() < p
}

/// A gamma variable of shape 2 with this mean: failures and delays are rarely small and seldom
/// huge.
pub(super) fn gamma(random: &mut StdRng, mean: f64) -> f64 {
    -(mean / 2.0) * (open(random).ln() + open(random).ln())
}

/// A normal variable by Box and Muller (1958).
pub(super) fn normal(random: &mut StdRng, deviation: f64) -> f64 {
    let (radius, angle) =
        ((-2.0 * open(random).ln()).sqrt(), std::f64::consts::TAU * random.random::<f64>());
    deviation * radius * angle.cos()
}

pub(super) fn between(random: &mut StdRng, low: f64, high: f64) -> f64 {
    low + (high - low) * random.random::<f64>()
}

fn open(random: &mut StdRng) -> f64 {
    random.random::<f64>().max(f64::MIN_POSITIVE)
}
