//! A handoff colours the step after it, and ratings cannot tell the direction,
//! so both figures of a pair are given as a range.

use super::means::Means;
use super::options::HandoffPair;
use super::plan::Plan;
use super::pooled::Pooled;
use super::slopes::{Residual, Slopes};
use super::split::own_loss;
use crate::Position;
use crate::cell::FIRST;
use std::collections::BTreeMap;

/// Fewer answers than this with both ratings, and a handoff's excess counts for nothing.
const FEWEST: f64 = 8.0;
/// Correlations are cut here: what is closer to 1 comes from too few answers.
const STRONGEST: f64 = 0.95;
/// Variances below this are none.
const SMALLEST: f64 = 1e-6;

/// What moves between an element and its neighbours when the handoff is read the other way, and
/// who they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Move {
    /// Points: above 0 for the handoff, below 0 for the step.
    pub(super) points: f64,
    /// The other elements of the pairs.
    pub(super) neighbours: Vec<Position>,
}

/// The moves of all pairs, by element. `β_next · e · σ_next/σ_handoff · x̃_handoff` goes from the
/// step to the handoff.
pub(super) fn moves(
    plan: &Plan<'_>,
    pooled: &Pooled,
    slopes: &Slopes,
    means: &Means,
    pairs: &[HandoffPair],
) -> BTreeMap<Position, Move> {
    let residual = Residual { pooled, leak: &slopes.leak };
    let correlations = Correlations::new(&residual, plan.rated.len());
    let mut moves: BTreeMap<Position, Move> = BTreeMap::new();
    for pair in pairs {
        let coordinates = plan.coordinate(pair.handoff).zip(plan.coordinate(pair.step));
        let Some((handoff, step)) =
            coordinates.map(|(h, s)| (h - FIRST, s - FIRST)).filter(|(h, s)| h != s)
        else {
            continue;
        };
        let deviation = |k: usize| residual.variance(k).max(SMALLEST).sqrt();
        let spill = correlations.excess(handoff, step) * deviation(step) / deviation(handoff);
        let moved = slopes.rating[step] * spill * own_loss(slopes, means, handoff).max(0.0);
        let mut book = |position, points, neighbour| {
            let entry = moves.entry(position).or_default();
            entry.points += points;
            entry.neighbours.push(neighbour);
        };
        book(pair.handoff, moved, pair.step);
        book(pair.step, -moved, pair.handoff);
    }
    moves
}

/// Correlations of the ratings given lateness.
struct Correlations {
    size: usize,
    values: Vec<f64>,
    answers: Vec<f64>,
}

impl Correlations {
    fn new(residual: &Residual<'_>, size: usize) -> Self {
        let pairs = || (0..size * size).map(move |at| (at / size, at % size));
        let scale = |k: usize, l: usize| {
            (residual.variance(k).max(SMALLEST) * residual.variance(l).max(SMALLEST)).sqrt()
        };
        let correlation =
            |(k, l)| (residual.ratings(k, l) / scale(k, l)).clamp(-STRONGEST, STRONGEST);
        Self {
            size,
            values: pairs().map(correlation).collect(),
            answers: pairs().map(|(k, l)| residual.pooled.known(FIRST + k, FIRST + l)).collect(),
        }
    }

    /// What a handoff's correlation exceeds the mean of the other pairs by: James–Stein shrunk
    /// (James & Stein 1961), its positive part.
    fn excess(&self, handoff: usize, step: usize) -> f64 {
        let at = handoff * self.size + step;
        let answers = self.answers[at];
        if answers < FEWEST {
            return 0.0;
        }
        let usual = self.mean_of_others(handoff, step);
        let excess = self.values[at] - usual;
        let variance = (1.0 - usual * usual).powi(2) / (answers - 1.0);
        let kept = (1.0 - variance / (excess * excess).max(1e-12)).max(0.0);
        (excess * kept).max(0.0)
    }

    /// The mean correlation of all other pairs, weighted by their answers.
    fn mean_of_others(&self, handoff: usize, step: usize) -> f64 {
        let pairs = (0..self.size).flat_map(|k| (k + 1..self.size).map(move |l| (k, l)));
        let others = pairs.filter(|&(k, l)| (k, l) != (handoff.min(step), handoff.max(step)));
        let (sum, weight) =
            others.map(|(k, l)| k * self.size + l).fold((0.0, 0.0), |(sum, weight), at| {
                (sum + self.answers[at] * self.values[at], weight + self.answers[at])
            });
        if weight > 0.0 { sum / weight } else { 0.0 }
    }
}
