//! Faults of every size planted at every part, and the rule asked about each.

use relais_analytics::Position;
use relais_analytics::power::Noise;

use super::SIZES;

/// Quarters that a share is told from: what is told, in tenths, needs no more.
const DRAWS: usize = 400;
/// Any constant does: the same data give the same figures.
const SEED: u64 = 1;

/// The share of quarters in which a fault of each of [`SIZES`] would be named at a part; `None` of
/// a part that has no noise to tell it from.
pub(super) fn named(noise: &Noise, part: Position) -> Option<[f64; SIZES.len()]> {
    let mut named = [0.0; SIZES.len()];
    for (share, points) in named.iter_mut().zip(SIZES) {
        *share = share_of(noise, part, points)?;
    }
    Some(named)
}

/// The same of one size.
pub(super) fn share_of(noise: &Noise, part: Position, points: f64) -> Option<f64> {
    noise.named(noise.fault(part, points)?, DRAWS, SEED)
}
