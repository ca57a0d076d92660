//! All subsets of the elements, depth first, each from its parent by one Cholesky step.
//!
//! The elements are decided from the last to the first: leave it, or take it and take what it
//! explains from everything still undecided. A subset's unexplained variance then stands in the
//! corner when nothing is undecided any more, and subsets that take the same later elements share
//! the work on them. There are `2^(p−k)` steps on a triangle of `k` rows: nearly all are on the
//! smallest, and a subset costs about six multiplications and a division whatever `p` is, where
//! factorising each anew costs some `p³/48`.
//!
//! An element's Shapley value needs no table of all `2^p` figures either. It is
//! `Σ_{S∋k} w(|S|−1) R²(S) − Σ_{S∌k} w(|S|) R²(S)`, and at the fork of element `k` the two sides
//! are exactly the subsets with and without it: each side hands its two sums up.

use super::triangle::{eliminate, start};
use std::ops::Add;

/// Shapley's weights `w(s) = s! (p − 1 − s)! / p!` of a coalition of `s` that one of `p` players
/// joins, at `[s + 1]`; with `w(−1) = w(p) = 0` at the ends.
pub(super) fn weights(players: usize) -> Vec<f64> {
    let mut weights = vec![0.0; players + 2];
    let mut weight = 1.0 / players as f64;
    for size in 0..players {
        weights[size + 1] = weight;
        weight *= (size + 1) as f64 / (players - 1 - size).max(1) as f64;
    }
    weights
}

/// Sums over some subsets `S` of the variance that they explain.
#[derive(Clone, Copy)]
struct Sums {
    /// `Σ w(|S| − 1) R²(S)`: the last element has just joined.
    joined: f64,
    /// `Σ w(|S|) R²(S)`: the next is about to join.
    before: f64,
}

impl Add for Sums {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { joined: self.joined + other.joined, before: self.before + other.before }
    }
}

/// The walk through all subsets of the elements of one triangle.
pub(super) struct Subsets<'a> {
    /// As [`weights`] gives them, times whatever the walk as a whole weighs.
    pub(super) weights: &'a [f64],
    /// The outcome's variance before anything is taken.
    pub(super) total: f64,
    /// Where each element's value is added up.
    pub(super) values: &'a mut [f64],
}

impl Subsets<'_> {
    /// Decides elements `1..=k` of a triangle of `k + 1` rows, outcome first, when `taken` were
    /// taken before. `stack` has room for the triangles of all steps: see [`room`].
    pub(super) fn walk(&mut self, triangle: &[f64], k: usize, stack: &mut [f64]) {
        self.decide(triangle, k, 0, stack);
    }

    fn decide(&mut self, triangle: &[f64], k: usize, taken: usize, stack: &mut [f64]) -> Sums {
        match *triangle {
            [unexplained] => return self.leaf(unexplained, taken),
            [unexplained, covariance, variance] => {
                return self.last([unexplained, covariance, variance], taken);
            }
            [unexplained, one, own, two, both, other] => {
                return self.last_two([unexplained, one, own], [two, both, other], taken);
            }
            _ => {}
        }
        let (kept, row) = triangle.split_at(start(k));
        let without = self.decide(kept, k - 1, taken, stack);
        let (child, rest) = stack.split_at_mut(start(k));
        child.copy_from_slice(kept);
        eliminate(child, row);
        let with = self.decide(child, k - 1, taken + 1, rest);
        self.fork(k - 1, without, with)
    }

    /// The same for the smallest triangles, three quarters of all steps: in registers they take
    /// half the time.
    #[inline(always)]
    fn last_two(&mut self, kept: [f64; 3], row: [f64; 3], taken: usize) -> Sums {
        let without = self.last(kept, taken);
        let mut child = kept;
        eliminate(&mut child, &row);
        let with = self.last(child, taken + 1);
        self.fork(1, without, with)
    }

    #[inline(always)]
    fn last(&mut self, [unexplained, covariance, variance]: [f64; 3], taken: usize) -> Sums {
        let without = self.leaf(unexplained, taken);
        let mut child = [unexplained];
        eliminate(&mut child, &[covariance, variance]);
        let with = self.leaf(child[0], taken + 1);
        self.fork(0, without, with)
    }

    /// Books what an element adds to the subsets without it.
    #[inline]
    fn fork(&mut self, element: usize, without: Sums, with: Sums) -> Sums {
        self.values[element] += with.joined - without.before;
        without + with
    }

    #[inline]
    fn leaf(&self, unexplained: f64, taken: usize) -> Sums {
        let explained = self.total - unexplained;
        Sums {
            joined: self.weights[taken] * explained,
            before: self.weights[taken + 1] * explained,
        }
    }
}

/// How many figures the triangles of all steps hold, and one of the whole.
pub(super) fn room(elements: usize) -> usize {
    (1..=elements + 1).map(start).sum()
}
