//! Small groups: a mean of few answers is drawn towards the mean of all groups, by as much as it
//! is uncertain.
//!
//! A team with five answers and a mean of 40 is not known to be bad: among equal teams, the worst
//! mean is mostly that of a team with few answers. What the other teams are like is information
//! about this one. With `ȳ` its mean, `SE` its standard error and `τ²` the variance of the groups'
//! true means around `m`,
//!
//! ```text
//! θ̂ = m + B (ȳ − m)          B = τ² / (τ² + SE²)
//! ```
//!
//! which has a smaller expected error than `ȳ` for the groups together (James & Stein 1961; Efron
//! & Morris 1975). `τ²` is Paule & Mandel's (1982), found by the iteration that `model` describes;
//! `m` is the mean weighted by `1/(τ² + SE²)`.
//!
//! # How sure it is
//!
//! The variance of `θ̂` has three parts (Prasad & Rao 1990; Datta, Rao & Smith 2005, who treat
//! this very `τ²`, which small-area statistics know as Fay & Herriot's 1979): `B·SE²`, what is
//! left when `m` and `τ²` are known; `(1−B)²·var(m)`, because `m` is estimated; and
//! `2·SE⁴/(τ²+SE²)³·var(τ̂²)`, because `τ²` is. Standard errors are taken as known. Measured on 3
//! to 40 groups whose errors differ threefold, intervals at 90 % hold the true mean in 88 to 100 %
//! of the cases, most where the groups hardly differ. The interval of `m` takes Student's t with
//! one degree of freedom less than groups (Hartung & Knapp 2001, whose factor is 1 at this `τ²`).
//!
//! # Few groups
//!
//! | groups with a mean | what is said |
//! |---|---|
//! | 0 | `None` |
//! | 1 or 2 | each its own mean and interval: what groups are like cannot be learnt from two |
//! | 3 or more | shrunken means |

mod measurement;
mod model;

pub use measurement::Measurement;
pub(crate) use model::Model;

use crate::attribute::Estimate;
use crate::interval::{Interval, normal_quantile, t_quantile};
use crate::sums::{Sums, Within};
use model::Prediction;
use nalgebra::DMatrix;

/// Fewer groups than this are not drawn together.
pub const FEWEST_GROUPS: usize = 3;

/// The means of groups with the standard errors `√(s²/n)`, where `s²` is the variance within
/// groups, pooled over all of them: the variance of five answers is itself a matter of luck, and 0
/// when all five agree.
///
/// `None` for a group without answers, and for every group where none has two.
///
/// ```
/// use relais_analytics::shrinkage::measured;
/// use relais_analytics::Sums;
///
/// let groups = measured(&[Sums::of([1, 3]), Sums::of([4, 6]), Sums::default()]);
/// assert_eq!(groups[0].map(|g| (g.mean, g.error)), Some((2.0, 1.0)));
/// assert_eq!(groups[2], None);
/// ```
pub fn measured(groups: &[Sums]) -> Vec<Option<Measurement>> {
    let within = Within::of(groups);
    let measure = |group: &Sums| Some((group.mean()?, within?.variance / group.count as f64));
    groups
        .iter()
        .map(|group| {
            measure(group).map(|(mean, square)| Measurement { mean, error: square.sqrt() })
        })
        .collect()
}

/// What the groups have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Common {
    /// `m`, the mean of the groups' true means; its interval is always there.
    pub mean: Estimate,
    /// `τ²`, the variance of the groups' true means: 0 when they differ no more than their errors
    /// explain.
    pub between: f64,
}

/// One group's mean, drawn towards the common one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shrunken {
    /// `θ̂`, never outside of the group's own mean and the common one.
    pub value: f64,
    /// Where the group's true mean is, at the level asked for.
    pub interval: Interval,
    /// `B`: how much of the group's distance from the common mean is kept, from 0 to 1.
    pub kept: f64,
}

/// Groups drawn together.
#[derive(Clone, Debug, PartialEq)]
pub struct Shrinkage {
    /// `None` below [`FEWEST_GROUPS`] groups with a mean; nothing is then shrunk.
    pub common: Option<Common>,
    /// The groups in the order given; `None` for one that has no mean.
    pub groups: Vec<Option<Shrunken>>,
}

/// Draws the means of groups together; `level` is the two-sided level of the intervals, such as
/// 0.9.
///
/// A group that is `None`, or whose mean or error is no number, takes no part. The order of the
/// groups does not matter beyond rounding. `None` without any mean, with a level outside (0, 1),
/// or for figures so large that their squares are no numbers.
///
/// ```
/// use relais_analytics::shrinkage::{Measurement, shrink};
///
/// // Rubin's eight schools (1981), by Paule–Mandel instead of Bayes: they do not differ beyond
/// // their errors.
/// let effects = [28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0];
/// let errors = [15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0];
/// let schools: Vec<_> = effects
///     .into_iter()
///     .zip(errors)
///     .map(|(mean, error)| Some(Measurement { mean, error }))
///     .collect();
/// let all = shrink(&schools, 0.9).expect("there are means");
/// let common = all.common.expect("eight groups");
/// assert!(common.between == 0.0 && (common.mean.value - 7.686).abs() < 1e-3);
/// ```
pub fn shrink(groups: &[Option<Measurement>], level: f64) -> Option<Shrinkage> {
    let z = normal_quantile(level)?;
    let sound = |group: &Option<Measurement>| group.filter(Measurement::is_sound);
    let known: Vec<Measurement> = groups.iter().filter_map(sound).collect();
    let (common, shrunken) = match known.len() {
        0 => return None,
        few if few < FEWEST_GROUPS => {
            (None, known.iter().map(|group| unshrunk(group, z)).collect())
        }
        _ => drawn_together(&known, level)?,
    };
    let mut shrunken = shrunken.into_iter();
    let groups = groups.iter().map(|group| sound(group).and_then(|_| shrunken.next())).collect();
    Some(Shrinkage { common, groups })
}

fn unshrunk(group: &Measurement, z: f64) -> Shrunken {
    Shrunken {
        value: group.mean,
        interval: Interval::around(group.mean, z * group.error),
        kept: 1.0,
    }
}

fn drawn_together(known: &[Measurement], level: f64) -> Option<(Option<Common>, Vec<Shrunken>)> {
    let (z, t) = (normal_quantile(level)?, t_quantile(level, known.len() - 1)?);
    let model = Model::new(known, DMatrix::from_element(known.len(), 1, 1.0))?;
    let between = model.paule_mandel();
    let predictions = model.predict(between)?;
    // With a column of ones for a design, every group is fitted by the common mean.
    let common = predictions.first()?;
    let interval = Interval::around(common.fitted, t * common.uncertainty.sqrt());
    let mean = Estimate { value: common.fitted, interval: Some(interval) };
    let shrunken = |p: &Prediction| {
        let interval = Interval::around(p.value(), z * p.error());
        Shrunken { value: p.value(), interval, kept: p.kept }
    };
    Some((Some(Common { mean, between }), predictions.iter().map(shrunken).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(means: &[f64], errors: &[f64]) -> Vec<Option<Measurement>> {
        means.iter().zip(errors).map(|(&mean, &error)| Some(Measurement { mean, error })).collect()
    }

    #[test]
    fn none_one_and_two_groups() {
        assert_eq!(shrink(&[], 0.9), None);
        assert_eq!(shrink(&[None], 0.9), None);
        for few in [groups(&[3.0], &[1.0]), groups(&[3.0, 9.0], &[1.0, 1.0])] {
            let found = shrink(&few, 0.9).expect("there are means");
            let first = found.groups[0].expect("it has a mean");
            assert!(found.common.is_none() && first.value == 3.0 && first.kept == 1.0);
            assert!((first.interval.high - 3.0 - 1.644_853_626_951_472_4).abs() < 1e-9);
        }
    }

    #[test]
    fn with_equal_errors_the_variance_is_what_exceeds_them() {
        // Variance of the means 10, error 1: τ² = 10 − 1 and B = 9/10, whatever the iteration.
        let found = shrink(&groups(&[1.0, 3.0, 5.0, 9.0, 7.0], &[1.0; 5]), 0.9).expect("means");
        let common = found.common.expect("five groups");
        assert!((common.between - 9.0).abs() < 1e-9 && (common.mean.value - 5.0).abs() < 1e-12);
        let worst = found.groups[3].expect("a mean");
        assert!((worst.kept - 0.9).abs() < 1e-12 && (worst.value - 8.6).abs() < 1e-9);
    }

    #[test]
    fn groups_without_error_keep_their_means() {
        let found = shrink(&groups(&[1.0, 2.0, 4.0], &[0.0; 3]), 0.9).expect("means");
        let values: Vec<f64> = found.groups.iter().flatten().map(|g| g.value).collect();
        assert!(
            values.iter().zip([1.0, 2.0, 4.0]).all(|(a, b)| (a - b).abs() < 1e-9),
            "{values:?}"
        );
        let alike = shrink(&groups(&[2.0; 4], &[0.0; 4]), 0.9).expect("means");
        assert!(
            alike.common.is_some_and(|c| c.between == 0.0 && (c.mean.value - 2.0).abs() < 1e-12)
        );
    }

    #[test]
    fn what_is_no_number_takes_no_part() {
        let mut all =
            groups(&[1.0, f64::NAN, 3.0, 4.0, 5.0], &[1.0, 1.0, f64::INFINITY, -1.0, 1.0]);
        let found = shrink(&all, 0.9).expect("two means");
        assert!(found.common.is_none() && found.groups.iter().filter(|g| g.is_some()).count() == 2);
        all.push(Some(Measurement { mean: 1e200, error: 1e-200 }));
        assert_eq!(shrink(&all, 0.9), None, "its square is no number");
        assert_eq!(shrink(&groups(&[1.0], &[1.0]), 1.0), None);
    }
}
