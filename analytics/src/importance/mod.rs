//! Relative importance: what differences between customers go with.
//!
//! # What it is, and what it is not
//!
//! Some customers are happier than others. Relative importance divides the variance between them
//! over the elements that were rated: *what differences between customers go with, never blame*.
//! An element that is equally bad for everybody explains no difference and has no importance, and
//! may still cost the most points; for that there is [`attribute`](mod@crate::attribute).
//! Importance says where customers' experiences differ, and whether the outcome differs with them.
//!
//! # The problem: correlated elements
//!
//! Let `R²(S)` be the share of the outcome's variance that a linear regression on the elements in
//! `S` explains. Elements are correlated, so what one adds depends on who came before: much if it
//! comes first, little if it comes last. Lindeman, Merenda & Gold (1980) take the mean over all
//! `p!` orders. This is Shapley's value of the game `R²`
//!
//! ```text
//! LMG_k = Σ_{S∌k} w(|S|) (R²(S ∪ k) − R²(S)),    w(s) = s! (p − 1 − s)! / p!
//! ```
//!
//! which adds up to `R²` of all, is never negative, and gives twins the same (Grömping 2006,
//! package relaimpo; Grömping 2007 on what it estimates). [`lmg`] computes it exactly: `subsets`
//! walks through all `2^p` in a few multiplications each.
//!
//! # With a pencil
//!
//! Two ratings correlate .6 and .5 with the outcome and .4 with each other. Alone they explain .36
//! and .25, together `(.36 + .25 − 2 · .6 · .5 · .4) / (1 − .16) = .4405`. The first adds .36 when
//! it comes first and `.4405 − .25` when it comes second, .2752 on average; the second .1652.
//!
//! ```
//! use relais_analytics::importance::{Covariance, lmg};
//!
//! let covariance = Covariance::new(2, &[
//!     1.0, 0.6, 0.5,
//!     0.6, 1.0, 0.4,
//!     0.5, 0.4, 1.0,
//! ])?;
//! let shares = lmg(&covariance)?;
//! assert!((shares[0] - 0.2752).abs() < 5e-5 && (shares[1] - 0.1652).abs() < 5e-5);
//! assert!((shares[0] + shares[1] - covariance.explained()).abs() < 1e-12);
//! # Ok::<(), relais_analytics::importance::ImportanceError>(())
//! ```
//!
//! # Many elements
//!
//! Above [`MOST_TOGETHER`] elements the subsets are too many. Journeys have stages, though, and
//! [`owen`] (Owen 1977) lets elements join in groups: only orders in which the elements of a stage
//! stand together are counted. Exact too. Its sums by group are Shapley's values of the groups
//! (relaimpo's `groups`).
//!
//! # From answers
//!
//! [`importance`] does it for a [`Sample`](crate::Sample), with intervals by the jackknife. Read
//! on in `covariance` (what is done to covariances that contradict each other), `triangle` (the
//! step), `subsets` and `groups` (the walks), `survey` (from a sample).

mod covariance;
mod error;
mod groups;
mod subsets;
mod survey;
mod triangle;

pub use covariance::Covariance;
pub use error::ImportanceError;
pub use survey::{Importance, Share, importance};

use std::collections::BTreeSet;

/// So many elements are divided exactly: `2^20` subsets. With groups, the elements of any group
/// and the other groups together are at most as many.
pub const MOST_TOGETHER: usize = 20;
/// Above so many elements, or elements of a group and other groups, no intervals: each replicate
/// costs as much as the figure.
pub const MOST_JACKKNIFED: usize = 16;

/// Each element's share of the outcome's variance, 0–1, by Lindeman, Merenda & Gold; the shares
/// add up to [`Covariance::explained`].
///
/// # Errors
/// [`ImportanceError::Ungrouped`] above [`MOST_TOGETHER`] elements: use [`owen`].
pub fn lmg(covariance: &Covariance) -> Result<Vec<f64>, ImportanceError> {
    let elements = covariance.elements();
    if elements > MOST_TOGETHER {
        return Err(ImportanceError::Ungrouped(elements));
    }
    Ok(divide(covariance, &[(0..elements).collect()]))
}

/// Each element's share of the outcome's variance, 0–1, by Owen's value for groups of elements
/// that join together; the shares add up to [`Covariance::explained`].
///
/// One group of all, or groups of one each, give [`lmg`]. The cost is
/// `Σ 2^(elements of the group + other groups)`.
///
/// ```
/// use relais_analytics::importance::{Covariance, lmg, owen};
///
/// // 24 elements that are not correlated with each other each explain the square of their own
/// // correlation.
/// let own = |k: usize| 0.01 * k as f64;
/// let at = |i: usize, j: usize| match (i.min(j), i.max(j)) {
///     (low, high) if low == high => 1.0,
///     (0, high) => own(high),
///     _ => 0.0,
/// };
/// let matrix: Vec<f64> = (0..25 * 25).map(|entry| at(entry / 25, entry % 25)).collect();
/// let covariance = Covariance::new(24, &matrix)?;
///
/// let refused = lmg(&covariance).expect_err("too many to divide at once");
/// assert!(refused.to_string().contains("put them into groups"));
/// let stages: Vec<Vec<usize>> =
///     (0..4).map(|stage| (stage * 6..stage * 6 + 6).collect()).collect();
/// let shares = owen(&covariance, &stages)?;
/// assert!((shares[9] - own(10) * own(10)).abs() < 1e-12);
/// # Ok::<(), relais_analytics::importance::ImportanceError>(())
/// ```
///
/// # Errors
/// [`ImportanceError::Element`] unless each element stands in exactly one group,
/// [`ImportanceError::TooLarge`] where a group's elements and the other groups together are more
/// than [`MOST_TOGETHER`].
pub fn owen(covariance: &Covariance, groups: &[Vec<usize>]) -> Result<Vec<f64>, ImportanceError> {
    check(covariance.elements(), groups)?;
    Ok(divide(covariance, groups))
}

fn divide(covariance: &Covariance, groups: &[Vec<usize>]) -> Vec<f64> {
    let values = groups::owen(groups, covariance.elements(), |order| covariance.ordered(order));
    // No element explains less than nothing: what is below 0 is rounding.
    values.into_iter().map(|value| value.max(0.0)).collect()
}

/// Whether the groups hold each element once, and none is too large beside the others.
fn check(elements: usize, groups: &[Vec<usize>]) -> Result<(), ImportanceError> {
    let mut missing: BTreeSet<usize> = (0..elements).collect();
    if let Some(&wrong) = groups.iter().flatten().find(|element| !missing.remove(element)) {
        return Err(ImportanceError::Element(wrong));
    }
    if let Some(&missing) = missing.first() {
        return Err(ImportanceError::Element(missing));
    }
    match groups.iter().position(|group| together(group, groups) > MOST_TOGETHER) {
        Some(group) => Err(ImportanceError::TooLarge {
            group,
            elements: groups[group].len(),
            others: groups.len() - 1,
        }),
        None => Ok(()),
    }
}

/// What the subsets around a group are made of: its elements and the other groups.
fn together(group: &[usize], groups: &[Vec<usize>]) -> usize {
    group.len() + groups.len() - 1
}
