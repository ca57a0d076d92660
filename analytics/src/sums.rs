//! Count, sum and sum of squares: all that the mean and the variance of a group need.
//!
//! What the other modules of small groups take in. The sums are integers, so groups merge in any
//! order to the same bits, and what is published of a group is enough to check every figure that
//! is said about it.

/// Integer sums of one figure over some answers: a loss on the questionnaire's own scale, or 0 and
/// 1 for a share.
///
/// ```
/// use relais_analytics::Sums;
///
/// let mut group = Sums::of([2, 3, 7]);
/// group.merge(&Sums::of([4]));
/// assert_eq!((group.count, group.sum, group.squares), (4, 16, 78));
/// assert_eq!(group.mean(), Some(4.0));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many answers.
    pub count: i64,
    /// `Σ y`.
    pub sum: i64,
    /// `Σ y²`.
    pub squares: i64,
}

impl Sums {
    /// The sums of some figures.
    pub fn of(figures: impl IntoIterator<Item = i64>) -> Self {
        let mut sums = Self::default();
        for y in figures {
            sums.merge(&Self { count: 1, sum: y, squares: y.wrapping_mul(y) });
        }
        sums
    }

    /// Adds another group. Sums wrap, as a cell's do, so that taking out is always the inverse of
    /// adding.
    pub fn merge(&mut self, other: &Self) {
        self.count = self.count.wrapping_add(other.count);
        self.sum = self.sum.wrapping_add(other.sum);
        self.squares = self.squares.wrapping_add(other.squares);
    }

    /// The mean, in the figure's own unit; `None` without answers.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / self.count as f64)
    }

    /// `Σ (y − ȳ)²`, exact but for the last rounding, and 0 for sums that no figures can have
    /// given.
    pub(crate) fn deviations(&self) -> f64 {
        if self.count <= 0 {
            return 0.0;
        }
        let (count, sum) = (i128::from(self.count), i128::from(self.sum));
        let scaled = count * i128::from(self.squares) - sum * sum;
        scaled.max(0) as f64 / self.count as f64
    }
}

/// The variance of answers within their groups, pooled over all groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Within {
    pub(crate) variance: f64,
    /// `Σ (n − 1)` over the groups.
    pub(crate) degrees: f64,
}

impl Within {
    /// `None` where no group has two answers.
    pub(crate) fn of<'a>(groups: impl IntoIterator<Item = &'a Sums>) -> Option<Self> {
        let (mut deviations, mut degrees) = (0.0, 0.0);
        for group in groups.into_iter().filter(|group| group.count > 0) {
            deviations += group.deviations();
            degrees += group.count as f64 - 1.0;
        }
        (degrees > 0.0).then(|| Self { variance: deviations / degrees, degrees })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::{Cell, Row};

    #[test]
    fn deviations_are_exact_far_from_zero_and_survive_anything() {
        let far = Sums::of([1_000_000_000, 1_000_000_001, 1_000_000_002]);
        assert!((far.deviations() - 2.0).abs() < 1e-12, "{}", far.deviations());
        for extreme in [i64::MIN, i64::MAX] {
            let hostile = Sums { count: i64::MAX, sum: extreme, squares: extreme };
            assert!(hostile.deviations() >= 0.0);
        }
        assert_eq!(Sums { count: -3, sum: 1, squares: 9 }.mean(), None);
    }

    #[test]
    fn a_cell_gives_the_sums_of_its_outcomes() {
        let mut cell = Cell::new(0);
        for outcome in [Some(2), None, Some(5)] {
            cell.add(&Row { outcome, lateness: 7, items: &[], time: &[] }).expect("in range");
        }
        assert_eq!(Sums::from(&cell), Sums::of([2, 5]));
    }

    #[test]
    fn the_variance_within_groups_is_pooled() {
        let within = Within::of(&[Sums::of([1, 3]), Sums::of([10, 11, 12]), Sums::of([5])])
            .expect("answers");
        assert!((within.variance - 4.0 / 3.0).abs() < 1e-12 && within.degrees == 3.0);
        assert_eq!(Within::of(&[Sums::of([5]), Sums::default()]), None);
    }
}
