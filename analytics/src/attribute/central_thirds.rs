//! The third central cross-moments of the strata of one variant and version.

use super::stratum_sums::StratumSums;
use crate::cell::{FIRST, HOUR, LATENESS, Moments, OUTCOME, Thirds};

/// Sums that have no element.
const WHOLE: usize = 6;
/// Sums of an element.
const EACH: usize = 4;

/// Sums over answers of products of three deviations, each from its stratum's mean over known
/// values: `y'` of the outcome in raw steps, `T'` of the lateness in hours, `a_k` of element `k` in
/// the cells' common unit. They add up over strata.
///
/// What no sums are kept of comes from the available answers: that of `y' T'²` over those who
/// rated an element is the share of them times that over all. Where everybody rates everything,
/// all are exactly what the answers one by one would give.
#[derive(Clone, Debug)]
pub(super) struct CentralThirds {
    whole: [f64; WHOLE],
    each: Vec<[f64; EACH]>,
}

/// The sums that have no element.
pub(super) struct Whole {
    /// `Σ_k Σ y' a_k²`.
    pub(super) outcome_own: f64,
    /// `Σ_{k≠l} Σ y' a_k a_l`.
    pub(super) outcome_pairs: f64,
    /// `Σ_k Σ a_k³`.
    pub(super) own: f64,
    /// `Σ_{k≠l} Σ a_k² a_l`.
    pub(super) pairs: f64,
    /// `Σ y' T'²`.
    pub(super) outcome_late: f64,
    /// `Σ T'³`.
    pub(super) late: f64,
}

/// The sums of an element.
pub(super) struct Own {
    /// `Σ T' a_k²`.
    pub(super) late_own: f64,
    /// `Σ_{l≠k} Σ T' a_k a_l`.
    pub(super) late_pairs: f64,
    /// `Σ y' T' a_k`.
    pub(super) outcome_late: f64,
    /// `Σ T'² a_k`.
    pub(super) late_late: f64,
}

impl CentralThirds {
    pub(super) fn new(elements: usize) -> Self {
        Self { whole: [0.0; WHOLE], each: vec![[0.0; EACH]; elements] }
    }

    pub(super) fn whole(&self) -> Whole {
        let [outcome_own, outcome_pairs, own, pairs, outcome_late, late] = self.whole;
        Whole { outcome_own, outcome_pairs, own, pairs, outcome_late, late }
    }

    pub(super) fn element(&self, k: usize) -> Own {
        let [late_own, late_pairs, outcome_late, late_late] = self.each[k];
        Own { late_own, late_pairs, outcome_late, late_late }
    }

    /// Adds `sign` times other sums.
    pub(super) fn merge(&mut self, other: &Self, sign: f64) {
        let mine = self.whole.iter_mut().chain(self.each.iter_mut().flatten());
        let theirs = other.whole.iter().chain(other.each.iter().flatten());
        mine.zip(theirs).for_each(|(sum, value)| *sum += sign * value);
    }

    /// Adds a stratum that holds third moments.
    pub(super) fn add(&mut self, stratum: &StratumSums) {
        let Some(thirds) = &stratum.thirds else { return };
        let Some(all) = All::of(&stratum.moments) else { return };
        let elements: Vec<Element> =
            (0..self.each.len()).map(|k| Element::of(&stratum.moments, thirds, &all, k)).collect();
        self.add_pairs(&stratum.moments, thirds, &all, &elements);
        for (k, element) in elements.iter().enumerate() {
            self.add_element(thirds, &all, k, element);
        }
        let sums = thirds.whole();
        self.whole[0] += sums.outcome_squares as f64;
        self.whole[1] += sums.outcome_square as f64 - sums.outcome_squares as f64;
        self.whole[2] += sums.cubes as f64;
        self.whole[3] += sums.squares_sum as f64 - sums.cubes as f64;
        self.whole[4] += sums.outcome_late_late as f64 - 2.0 * all.late * all.outcome_late
            + all.late * all.late * all.outcome_sum
            - all.outcome * all.told * all.late_variance;
        self.whole[5] += sums.late_cubes as f64 - 3.0 * all.late * all.late_squares
            + 2.0 * all.count * all.late.powi(3);
    }

    fn add_element(&mut self, thirds: &Thirds, all: &All, k: usize, own: &Element) {
        if own.count <= 0.0 {
            return;
        }
        let sums = thirds.element(k);
        let (m, n) = (own.mean, own.count);
        let cubes = 2.0 * n * m.powi(3) - 3.0 * m * own.squares;
        self.whole[0] += m * m * own.outcome_sum
            - 2.0 * m * own.outcome
            - all.outcome * own.told / n * own.spread;
        self.whole[1] -= 2.0 * m * (sums.outcome_sum as f64 - own.outcome);
        self.whole[2] += cubes;
        // Among the pairs an element also meets itself, which is its own cubes and goes.
        self.whole[3] +=
            2.0 * n * m.powi(3) - 2.0 * m * own.squares - m * sums.squares as f64 - cubes;
        self.each[k][0] += sums.late_square as f64 - 2.0 * m * own.late + m * m * own.late_sum
            - all.late * own.spread;
        self.each[k][1] += sums.late_sum as f64 - sums.late_square as f64;
        let together = own.told * all.together;
        self.each[k][2] += sums.outcome_late as f64
            - all.late * own.outcome
            - all.outcome * own.told / n * own.late_deviations
            - m * together;
        self.each[k][3] += sums.late_late as f64 - 2.0 * all.late * own.late
            + all.late * all.late * n * m
            - m * n * all.late_variance;
    }

    fn add_pairs(&mut self, moments: &Moments, thirds: &Thirds, all: &All, elements: &[Element]) {
        let factors = thirds.factors();
        moments.met(|i, j, pair| {
            if i < FIRST || i == j {
                return;
            }
            let (k, l) = (i - FIRST, j - FIRST);
            let (f, g) = (factors[k] as f64, factors[l] as f64);
            let (a, b) = (&elements[k], &elements[l]);
            let (m, n, count) = (a.mean, b.mean, pair.count as f64);
            let product = f * g * pair.product as f64;
            let (sum, other) = (f * pair.sum as f64, g * pair.other as f64);
            let central = product - sum * n - other * m + count * m * n;
            self.whole[1] += 2.0 * m * n * pair.outcome as f64
                - 2.0 * all.outcome * all.told / all.count * central;
            self.whole[3] += -2.0 * (m + n) * product
                + 2.0 * m * n * (sum + other)
                + m * m * other
                + n * n * sum
                - count * m * n * (m + n);
            let shifts = (a.late_shift + b.late_shift) / 2.0;
            let late = -all.late * product
                - n * count / a.count * a.late_deviations
                - m * count / b.count * b.late_deviations
                + m * n * count * shifts;
            self.each[k][1] += late;
            self.each[l][1] += late;
        });
    }
}

/// What a stratum's outcome and lateness come to, in raw steps and hours.
struct All {
    count: f64,
    /// Answers that know the outcome.
    told: f64,
    /// `ȳ`.
    outcome: f64,
    outcome_sum: f64,
    /// `T̄`.
    late: f64,
    late_squares: f64,
    /// `Σ y T`.
    outcome_late: f64,
    /// The mean of `T'²`.
    late_variance: f64,
    /// The mean of `y' T'`.
    together: f64,
}

impl All {
    /// `None` without outcomes: there is nothing to go with.
    fn of(moments: &Moments) -> Option<Self> {
        let hour = HOUR as f64;
        let (count, minutes, squares) = moments.own(LATENESS);
        let both = moments.pair(OUTCOME, LATENESS);
        let (count, told, outcome_sum) = (count as f64, both.count as f64, both.sum as f64);
        if count <= 0.0 || told <= 0.0 {
            return None;
        }
        let (late, late_squares) = (minutes as f64 / hour / count, squares as f64 / hour / hour);
        let (outcome, outcome_late) = (outcome_sum / told, both.product as f64 / hour);
        Some(Self {
            count,
            told,
            outcome,
            outcome_sum,
            late,
            late_squares,
            outcome_late,
            late_variance: late_squares / count - late * late,
            together: (outcome_late - outcome * both.other as f64 / hour) / told,
        })
    }
}

/// What an element comes to in a stratum, in common units and hours.
struct Element {
    count: f64,
    /// Answers that know the outcome too.
    told: f64,
    mean: f64,
    /// `Σ x²`.
    squares: f64,
    /// `Σ a²`.
    spread: f64,
    /// `Σ y x`, and `Σ y` of those who rated it.
    outcome: f64,
    outcome_sum: f64,
    /// `Σ T x`, and `Σ T` of those who rated it.
    late: f64,
    late_sum: f64,
    /// `Σ T' x`.
    late_deviations: f64,
    /// The mean of `T'` over those who rated it.
    late_shift: f64,
}

impl Element {
    fn of(moments: &Moments, thirds: &Thirds, all: &All, k: usize) -> Self {
        let (factor, hour) = (thirds.factors()[k] as f64, HOUR as f64);
        let (count, sum, squares) = moments.own(FIRST + k);
        let with_outcome = moments.pair(OUTCOME, FIRST + k);
        let with_late = moments.pair(LATENESS, FIRST + k);
        let (count, sum, squares) =
            (count as f64, factor * sum as f64, factor * factor * squares as f64);
        let mean = if count > 0.0 { sum / count } else { 0.0 };
        let late = factor * with_late.product as f64 / hour;
        let late_sum = with_late.sum as f64 / hour;
        let shift = late_sum - all.late * count;
        Self {
            count,
            told: with_outcome.count as f64,
            mean,
            squares,
            spread: squares - mean * sum,
            outcome: factor * with_outcome.product as f64,
            outcome_sum: with_outcome.sum as f64,
            late,
            late_sum,
            late_deviations: late - all.late * sum,
            late_shift: if count > 0.0 { shift / count } else { 0.0 },
        }
    }
}
