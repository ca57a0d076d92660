//! Funnel plot: units of different size against limits that widen where answers are few.
//!
//! The only picture in which sites stand side by side, because it orders nothing: each unit is a
//! point over its number of answers, and the limits say which distance from the common level
//! chance explains (Spiegelhalter 2005).
//!
//! # Limits
//!
//! Sites differ for reasons that nobody calls a fault (customers, cars, seasons), so with many
//! answers every site would be outside limits that count chance alone. The limits are therefore
//! those of an additive random-effects model:
//!
//! ```text
//! limits = θ ± z_p √(s² + τ²)
//! ```
//!
//! where `θ` is the level of all answers together, `s` the standard error at a unit's number of
//! answers, and `τ²` what units differ by; `dispersion` says how it is found, and in which point
//! it departs from Spiegelhalter.
//!
//! Shares are compared on the scale `arcsin √share`, where the standard error is `1/(2√n)`
//! whatever the share (Bartlett 1947), so that limits stay between 0 and 1; means on their own,
//! with the variance within units pooled.
//!
//! Measured on thirty units of 40 to 620 answers: 3.7 % of equal ones lie beyond the inner limits
//! and 0.1 % beyond the outer ones, 6 % and 0.6 % of those that differ by five points of a hundred
//! for reasons of their own. So one of thirty outside of the inner limits is what to expect, and
//! only the outer ones are a reason to ask.

mod dispersion;

use crate::interval::{Interval, normal_quantile};
use crate::sums::{Sums, Within};
use dispersion::{between, over_dispersion};
use std::f64::consts::FRAC_PI_2;

/// Fewer units than this are not compared: their spread would not be known, and each would be
/// recognised.
pub const FEWEST_UNITS: usize = 10;
/// The level of the inner limits: one unit of twenty is beyond them by chance.
pub const INNER: f64 = 0.95;
/// The level of the outer limits: one unit of five hundred is beyond them by chance.
pub const OUTER: f64 = 0.998;

/// Why there is no funnel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FunnelError {
    /// Too few units have answers.
    #[error(
        "{found} units have answers and a funnel needs {FEWEST_UNITS}: compare each with its own \
         past instead"
    )]
    FewUnits {
        /// Units with answers.
        found: usize,
    },
    /// A share is no share.
    #[error("unit {unit} has a sum outside of 0 to its count: give 0 or 1 for each answer")]
    NotShare {
        /// Its place in the list.
        unit: usize,
    },
    /// The answers within units are all alike, or there is one to a unit: no standard error is
    /// known.
    #[error("no unit has answers that differ: a mean's limits need some spread within units")]
    NoSpread,
}

/// Where a unit lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Within the inner limits: nothing to say about it.
    Inside,
    /// Beyond the inner limits, within the outer ones.
    BeyondInner,
    /// Beyond the outer limits: worth asking what is different there.
    BeyondOuter,
}

/// The limits at one number of answers, in the figure's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// At [`INNER`].
    pub inner: Interval,
    /// At [`OUTER`].
    pub outer: Interval,
}

/// A funnel.
#[derive(Clone, Debug, PartialEq)]
pub struct Funnel {
    /// The level of all answers together: the line in the middle.
    pub target: f64,
    /// `φ`: 1 where units differ as chance makes them differ, more where there is more to it.
    pub over_dispersion: f64,
    /// The units in the order given; `None` without answers.
    pub units: Vec<Option<Place>>,
    scale: Scale,
    between: f64,
}

impl Funnel {
    /// Of shares, such as promises kept: each unit's count of answers and sum of those that are 1.
    ///
    /// ```
    /// use relais_analytics::Sums;
    /// use relais_analytics::funnel::{Funnel, Place};
    ///
    /// // Eleven units with 80 % kept, and one with 48 %.
    /// let unit = |count: i64, kept: i64| Sums { count, sum: kept, squares: kept };
    /// let mut units: Vec<Sums> = (1..=11).map(|i| unit(20 * i, 16 * i)).collect();
    /// units.push(unit(100, 48));
    /// let funnel = Funnel::of_shares(&units)?;
    /// assert!(funnel.units[..11].iter().all(|place| *place == Some(Place::Inside)));
    /// assert_eq!(funnel.units[11], Some(Place::BeyondOuter));
    /// let few = funnel.limits(20).expect("answers");
    /// let many = funnel.limits(200).expect("answers");
    /// assert!(few.outer.low < many.outer.low && many.inner.high < few.inner.high);
    /// assert!(few.outer.high <= 1.0);
    /// # Ok::<(), relais_analytics::funnel::FunnelError>(())
    /// ```
    ///
    /// # Errors
    /// [`FunnelError::FewUnits`] and [`FunnelError::NotShare`].
    pub fn of_shares(units: &[Sums]) -> Result<Self, FunnelError> {
        match units.iter().position(|unit| unit.count > 0 && !(0..=unit.count).contains(&unit.sum))
        {
            Some(unit) => Err(FunnelError::NotShare { unit }),
            None => Self::new(units, Scale::Share),
        }
    }

    /// Of means, such as the outcome's loss.
    ///
    /// # Errors
    /// [`FunnelError::FewUnits`] and [`FunnelError::NoSpread`].
    pub fn of_means(units: &[Sums]) -> Result<Self, FunnelError> {
        let within = Within::of(units)
            .filter(|within| within.variance > 0.0)
            .ok_or(FunnelError::NoSpread)?;
        Self::new(units, Scale::Mean { deviation: within.variance.sqrt() })
    }

    /// The limits for a unit with so many answers, as a curve of the picture; `None` below one
    /// answer.
    pub fn limits(&self, answers: i64) -> Option<Limits> {
        let error = self.error(answers)?;
        let limits = |level| {
            let around =
                Interval::around(self.scale.of(self.target), normal_quantile(level)? * error);
            Some(Interval { low: self.scale.back(around.low), high: self.scale.back(around.high) })
        };
        Some(Limits { inner: limits(INNER)?, outer: limits(OUTER)? })
    }

    fn new(units: &[Sums], scale: Scale) -> Result<Self, FunnelError> {
        let met: Vec<&Sums> = units.iter().filter(|unit| unit.count > 0).collect();
        if met.len() < FEWEST_UNITS {
            return Err(FunnelError::FewUnits { found: met.len() });
        }
        let total = |read: fn(&Sums) -> i64| met.iter().map(|unit| read(unit) as f64).sum::<f64>();
        let target = total(|unit| unit.sum) / total(|unit| unit.count);
        let mut funnel =
            Self { target, over_dispersion: 1.0, units: Vec::new(), scale, between: 0.0 };
        let distances = met.iter().filter_map(|unit| funnel.distance(unit)).collect();
        let weights: Vec<f64> = met.iter().map(|unit| scale.error(unit.count).powi(-2)).collect();
        funnel.over_dispersion = over_dispersion(distances);
        funnel.between = between(funnel.over_dispersion, &weights);
        funnel.units = units.iter().map(|unit| funnel.place(unit)).collect();
        Ok(funnel)
    }

    /// The standard error of a unit with so many answers, with what units differ by.
    fn error(&self, answers: i64) -> Option<f64> {
        (answers > 0).then(|| (self.scale.error(answers).powi(2) + self.between).sqrt())
    }

    /// A unit's distance from the target in standard errors.
    fn distance(&self, unit: &Sums) -> Option<f64> {
        Some((self.scale.of(unit.mean()?) - self.scale.of(self.target)) / self.error(unit.count)?)
    }

    fn place(&self, unit: &Sums) -> Option<Place> {
        let distance = self.distance(unit)?.abs();
        let beyond = |level| normal_quantile(level).is_some_and(|z| distance > z);
        Some(match (beyond(INNER), beyond(OUTER)) {
            (_, true) => Place::BeyondOuter,
            (true, _) => Place::BeyondInner,
            _ => Place::Inside,
        })
    }
}

/// On which scale units are compared.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Scale {
    /// `arcsin √share`.
    Share,
    /// The figure itself; `deviation` is the standard deviation of answers within units.
    Mean { deviation: f64 },
}

impl Scale {
    fn of(self, figure: f64) -> f64 {
        match self {
            Self::Share => figure.clamp(0.0, 1.0).sqrt().asin(),
            Self::Mean { .. } => figure,
        }
    }

    fn back(self, scaled: f64) -> f64 {
        match self {
            Self::Share => scaled.clamp(0.0, FRAC_PI_2).sin().powi(2),
            Self::Mean { .. } => scaled,
        }
    }

    /// The standard error by chance alone.
    fn error(self, answers: i64) -> f64 {
        match self {
            Self::Share => 0.5 / (answers as f64).sqrt(),
            Self::Mean { deviation } => deviation / (answers as f64).sqrt(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(count: i64, sum: i64) -> Sums {
        Sums { count, sum, squares: sum }
    }

    #[test]
    fn too_few_units_are_not_compared() {
        let mut units = vec![share(50, 25); FEWEST_UNITS - 1];
        units.push(Sums::default());
        assert_eq!(Funnel::of_shares(&units), Err(FunnelError::FewUnits { found: 9 }));
        units[9] = share(3, 4);
        assert_eq!(Funnel::of_shares(&units), Err(FunnelError::NotShare { unit: 9 }));
        units[9] = share(3, 2);
        assert!(Funnel::of_shares(&units).is_ok_and(|funnel| funnel.limits(0).is_none()));
        assert_eq!(Funnel::of_means(&vec![Sums::of([4, 4]); 12]), Err(FunnelError::NoSpread));
    }

    #[test]
    fn equal_units_have_the_limits_of_chance_alone() {
        let funnel = Funnel::of_shares(&vec![share(100, 50); 12]).expect("twelve units");
        assert!(funnel.over_dispersion < 1e-12 && funnel.between == 0.0);
        // sin²(π/4 ± 1.959964 · 1/20).
        let limits = funnel.limits(100).expect("answers");
        assert!(
            (limits.inner.low - 0.402_628_2).abs() < 1e-6
                && (limits.inner.high - 0.597_371_8).abs() < 1e-6
        );
    }

    #[test]
    fn one_faulty_unit_does_not_widen_its_own_limits() {
        let mut units = vec![share(400, 200); 19];
        units.push(share(400, 80));
        let funnel = Funnel::of_shares(&units).expect("twenty units");
        assert_eq!(funnel.units[19], Some(Place::BeyondOuter));
        assert!(funnel.between == 0.0, "{funnel:?}");
    }
}
