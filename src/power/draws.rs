//! Faults of every size planted at every part, and the rule asked about each.

use relais_analytics::Position;
use relais_analytics::power::{Fault, Noise};

use super::SIZES;

/// Quarters that a share is told from: what is told, in tenths, needs no more.
const DRAWS: usize = 400;
/// Any constant does: the same data give the same figures.
const SEED: u64 = 1;

/// The share of quarters in which a fault of each of [`SIZES`] would be named, by part; `None` of
/// a part that has no noise to tell it from.
pub(super) fn named(noise: &Noise, parts: &[Position]) -> Vec<Option<[f64; SIZES.len()]>> {
    let faults = parts.iter().flat_map(|part| SIZES.map(|points| (*part, points)));
    let shares = shares(noise, &faults.collect::<Vec<_>>());
    let of_part = |shares: &[Option<f64>]| {
        let known: Option<Vec<f64>> = shares.iter().copied().collect();
        known?.try_into().ok()
    };
    shares.chunks(SIZES.len()).map(of_part).collect()
}

/// The share of quarters in which each fault, a part and its points, would be named.
pub(super) fn shares(noise: &Noise, faults: &[(Position, f64)]) -> Vec<Option<f64>> {
    let planted: Vec<Option<Fault>> =
        faults.iter().map(|(part, points)| noise.fault(*part, *points)).collect();
    let known: Vec<Fault> = planted.iter().flatten().copied().collect();
    let mut named = noise.named_each(&known, DRAWS, SEED).into_iter();
    planted.into_iter().map(|fault| fault.and_then(|_| named.next()?)).collect()
}
