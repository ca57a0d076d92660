//! The third powers that the size of a rated effect is read from.
//!
//! With `x` the losses of the items that one answer knows, in a unit common to all of them, `y` its
//! outcome loss and `T` its lateness, a cell needs third moments of single elements and of pairs,
//! central ones, of which means and slopes are only known on reading. Powers of single answers
//! need no more than their own sums (`s = Σ x`, `q = Σ x²`), and a mean that is taken out later
//! meets them once an element: six sums an element and one a pair say all that sums over every
//! three elements would.

use super::bytes::{Reader, write_run, write_unsigned};
use super::error::DecodeError;
use super::limits::LARGEST_UNIT;
use super::row::Row;

/// Minutes in the unit of lateness: the third powers of minutes would leave 64 bits after sixty
/// answers a year late.
pub(crate) const HOUR: i64 = 60;

/// Over all answers: `Σ y q`, `Σ y s²`, `Σ Σ x³`, `Σ q s`, `Σ y T²`, `Σ T³`.
pub(super) const WHOLE: usize = 6;
/// Over the answers that know an element: `Σ y s`, `Σ q`, `Σ y T x`, `Σ T² x`, `Σ T x²`, `Σ T x s`.
pub(super) const EACH: usize = 6;

/// Integer sums of third order. They wrap, as all sums of a cell do; with losses inside their
/// ranges not before some five million answers that each rate forty elements worst.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Thirds {
    /// How many common units one step of each element's scale is.
    factors: Vec<i64>,
    whole: [i64; WHOLE],
    each: Vec<[i64; EACH]>,
}

/// What an answer's third powers are summed over, `y` 0 where the outcome is not known.
pub(crate) struct WholeThirds {
    /// `Σ y q`.
    pub(crate) outcome_squares: i64,
    /// `Σ y s²`.
    pub(crate) outcome_square: i64,
    /// `Σ Σ x³`.
    pub(crate) cubes: i64,
    /// `Σ q s`.
    pub(crate) squares_sum: i64,
    /// `Σ y T²`.
    pub(crate) outcome_late_late: i64,
    /// `Σ T³`.
    pub(crate) late_cubes: i64,
}

/// The same over the answers that know an element.
pub(crate) struct ElementThirds {
    /// `Σ y s`.
    pub(crate) outcome_sum: i64,
    /// `Σ q`.
    pub(crate) squares: i64,
    /// `Σ y T x`.
    pub(crate) outcome_late: i64,
    /// `Σ T² x`.
    pub(crate) late_late: i64,
    /// `Σ T x²`.
    pub(crate) late_square: i64,
    /// `Σ T x s`.
    pub(crate) late_sum: i64,
}

impl Thirds {
    /// No answers yet, all items on one scale.
    pub(super) fn new(elements: usize) -> Self {
        Self::of_factors(vec![1; elements])
    }

    /// No answers yet, items with these ranges; `None` where they have no unit in common.
    pub(super) fn of_ranges(ranges: &[i64]) -> Option<Self> {
        Some(Self::of_factors(factors(ranges)?))
    }

    fn of_factors(factors: Vec<i64>) -> Self {
        Self { each: vec![[0; EACH]; factors.len()], whole: [0; WHOLE], factors }
    }

    /// How many common units one step of each element's scale is.
    pub(crate) fn factors(&self) -> &[i64] {
        &self.factors
    }

    pub(crate) fn whole(&self) -> WholeThirds {
        let [outcome_squares, outcome_square, cubes, squares_sum, outcome_late_late, late_cubes] =
            self.whole;
        WholeThirds {
            outcome_squares,
            outcome_square,
            cubes,
            squares_sum,
            outcome_late_late,
            late_cubes,
        }
    }

    pub(crate) fn element(&self, k: usize) -> ElementThirds {
        let [outcome_sum, squares, outcome_late, late_late, late_square, late_sum] = self.each[k];
        ElementThirds { outcome_sum, squares, outcome_late, late_late, late_square, late_sum }
    }

    /// Adds `sign` times one answer.
    pub(super) fn add(&mut self, row: &Row<'_>, sign: i64) {
        let late = (row.lateness + HOUR / 2) / HOUR;
        let y = row.outcome.unwrap_or_default();
        let known = || {
            let items = row.items.iter().zip(&self.factors);
            items.filter_map(|(item, factor)| Some((*item)?.wrapping_mul(*factor)))
        };
        let (mut s, mut q, mut cubes) = (0_i64, 0_i64, 0_i64);
        for x in known() {
            let square = x.wrapping_mul(x);
            s = s.wrapping_add(x);
            q = q.wrapping_add(square);
            cubes = cubes.wrapping_add(square.wrapping_mul(x));
        }
        let late_late = late * late;
        let seen = [
            y.wrapping_mul(q),
            y.wrapping_mul(s.wrapping_mul(s)),
            cubes,
            q.wrapping_mul(s),
            y * late_late,
            late * late_late,
        ];
        put(&mut self.whole, &seen, sign);
        for ((item, factor), sums) in row.items.iter().zip(&self.factors).zip(&mut self.each) {
            let Some(loss) = item else { continue };
            let x = loss.wrapping_mul(*factor);
            let late_x = late.wrapping_mul(x);
            let seen = [
                y.wrapping_mul(s),
                q,
                y.wrapping_mul(late_x),
                late.wrapping_mul(late_x),
                late_x.wrapping_mul(x),
                late_x.wrapping_mul(s),
            ];
            put(sums, &seen, sign);
        }
    }

    /// Adds `sign` times other sums. Sums in another unit cannot be added to any but none: false,
    /// and these are then unchanged.
    pub(crate) fn merge(&mut self, other: &Self, sign: i64) -> bool {
        if self.factors != other.factors {
            if other.is_zero() {
                return true;
            }
            if !self.is_zero() {
                return false;
            }
            self.factors.clone_from(&other.factors);
        }
        put(&mut self.whole, &other.whole, sign);
        self.each.iter_mut().zip(&other.each).for_each(|(sums, other)| put(sums, other, sign));
        true
    }

    fn is_zero(&self) -> bool {
        self.whole.iter().chain(self.each.iter().flatten()).all(|sum| *sum == 0)
    }

    /// Appends the unit. The sums go into one run with those of pairs.
    pub(super) fn encode_factors(&self, out: &mut Vec<u8>) {
        let alike = self.factors.iter().all(|factor| *factor == 1);
        write_unsigned(out, if alike { PLAIN } else { SCALED });
        if !alike {
            write_run(out, &self.factors);
        }
    }

    /// Reads what [`Thirds::encode_factors`] wrote, `None` for [`LACKING`].
    pub(super) fn decode_factors(
        reader: &mut Reader<'_>,
        elements: usize,
    ) -> Result<Option<Self>, DecodeError> {
        match reader.at_most(SCALED, "kind of third moments")? {
            LACKING => Ok(None),
            PLAIN => Ok(Some(Self::new(elements))),
            _ => {
                let mut factors = vec![0; elements];
                reader.run(&mut factors)?;
                let possible = factors.iter().all(|factor| (1..=LARGEST_UNIT).contains(factor));
                if !possible || factors.iter().all(|factor| *factor == 1) {
                    return Err(reader.impossible("unit of third moments before it"));
                }
                Ok(Some(Self::of_factors(factors)))
            }
        }
    }

    /// The sums over all answers.
    pub(super) fn whole_sums(&self) -> &[i64; WHOLE] {
        &self.whole
    }

    /// The same, to be read into.
    pub(super) fn whole_sums_mut(&mut self) -> &mut [i64; WHOLE] {
        &mut self.whole
    }

    /// The sums of some elements, kind by kind.
    pub(super) fn listed(&self, elements: &[usize]) -> Vec<i64> {
        (0..EACH).flat_map(|kind| elements.iter().map(move |&k| self.each[k][kind])).collect()
    }

    /// Takes over what [`Thirds::listed`] listed of the same elements.
    pub(super) fn take(&mut self, elements: &[usize], values: &[i64]) {
        for (at, value) in values.iter().enumerate() {
            self.each[elements[at % elements.len()]][at / elements.len()] = *value;
        }
    }
}

/// The cell lacks third moments.
pub(super) const LACKING: u64 = 0;
/// All its items are on one scale.
const PLAIN: u64 = 1;
/// How many units a step of each scale is follows.
const SCALED: u64 = 2;

/// How many common units one step of each of some scales is: with ranges of 4 and 3, a twelfth of
/// the range is the unit, and a step is 3 or 4 of it. `None` above [`LARGEST_UNIT`] units a range,
/// or without a range.
pub(crate) fn factors(ranges: &[i64]) -> Option<Vec<i64>> {
    let unit = common_range(ranges)?;
    Some(ranges.iter().map(|range| unit / range).collect())
}

/// How many common units the range of every scale is.
pub(crate) fn common_range(ranges: &[i64]) -> Option<i64> {
    ranges.iter().try_fold(1_i64, |unit, &range| {
        let possible = (1..=LARGEST_UNIT).contains(&range);
        let both = possible.then(|| unit / divisor(unit, range) * range)?;
        (both <= LARGEST_UNIT).then_some(both)
    })
}

fn divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { divisor(b, a % b) }
}

fn put<const N: usize>(sums: &mut [i64; N], seen: &[i64; N], sign: i64) {
    if sign < 0 {
        sums.iter_mut().zip(seen).for_each(|(sum, value)| *sum = sum.wrapping_sub(*value));
    } else {
        sums.iter_mut().zip(seen).for_each(|(sum, value)| *sum = sum.wrapping_add(*value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_have_a_unit_in_common() {
        assert_eq!(factors(&[4, 4, 3]), Some(vec![3, 3, 4]));
        assert_eq!(factors(&[10, 10]), Some(vec![1, 1]));
        assert_eq!(factors(&[997, 3]), None, "finer than any questionnaire");
        assert_eq!((factors(&[0]), factors(&[])), (None, Some(Vec::new())));
    }
}
