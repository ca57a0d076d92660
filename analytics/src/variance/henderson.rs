//! Henderson's method 1 within variants: sums of squares set equal to what they are on average.

use super::error::SplitError;
use super::layout::Layout;
use crate::sums::Sums;
use nalgebra::{DMatrix, DVector};

/// Equations whose singular values differ by more than this cannot tell the variances apart.
const SINGULAR: f64 = 1e-9;

/// Variances as estimated, below 0 too.
pub(super) struct Components {
    /// `None` with a single variant.
    pub(super) variant: Option<f64>,
    /// `None` for a factor of which no variant has two levels.
    pub(super) factors: Vec<Option<f64>>,
    pub(super) rest: f64,
}

/// The variances of the variants, of the factors and of the rest.
///
/// With `n` answers, `n_v` of variant `v`, `n_vi` of them at level `i` of factor `a` and `n_vij`
/// at that and at level `j` of `f`; `V` variants and `A` different `(v, i)`:
///
/// ```text
/// E Σ_vi n_vi (ȳ_vi − ȳ_v)² = Σ_f σ²_f (Σ_vij n_vij²/n_vi − Σ_vj n_vj²/n_v) + σ²_e (A − V)
///                             for each factor a
/// E Σ (y − ȳ_v)²            = Σ_f σ²_f (n − Σ_vj n_vj²/n_v)                  + σ²_e (n − V)
/// E Σ_v n_v (ȳ_v − ȳ)²      = Σ_f σ²_f (Σ_vj n_vj²/n_v − Σ_j n_j²/n)         + σ²_e (V − 1)
///                             + σ²_v (n − Σ_v n_v²/n)
/// ```
///
/// The variants' effects are in the last equation alone: whatever they are, they change none of
/// the factors' variances.
pub(super) fn components(layout: &Layout, cells: &[Sums]) -> Result<Components, SplitError> {
    let squares = SumsOfSquares::new(layout, cells).ok_or(SplitError::Alike)?;
    let live: Vec<usize> = (0..squares.levels.len()).filter(|&f| squares.levels[f] > 0.0).collect();
    let solved = squares.solve(&live)?;
    let rest = solved[live.len()];
    let mut factors = vec![None; squares.levels.len()];
    live.iter().zip(solved).for_each(|(&f, variance)| factors[f] = Some(variance));
    Ok(Components { variant: squares.variant(&factors, rest), factors, rest })
}

/// Everything that the equations are made of.
struct SumsOfSquares {
    answers: f64,
    variants: f64,
    /// `Σ_v n_v (ȳ_v − ȳ)²`.
    between_variants: f64,
    /// `n − Σ_v n_v²/n`.
    spread_of_variants: f64,
    /// `Σ (y − ȳ_v)²`.
    total: f64,
    /// `A − V`, by factor.
    levels: Vec<f64>,
    /// `Σ_vi n_vi (ȳ_vi − ȳ_v)²`, by factor.
    between: Vec<f64>,
    /// `Σ_vij n_vij²/n_vi`: row `a`, column `f`; on the diagonal `n`.
    crossed: DMatrix<f64>,
    /// `Σ_vj n_vj²/n_v`, by factor.
    concentration: Vec<f64>,
    /// `Σ_j n_j²/n`, by factor.
    overall: Vec<f64>,
}

impl SumsOfSquares {
    /// `None` without answers.
    fn new(layout: &Layout, cells: &[Sums]) -> Option<Self> {
        let mut whole = Sums::default();
        cells.iter().for_each(|cell| whole.merge(cell));
        let (answers, mean) = (whole.count as f64, whole.mean()?);
        let counts: Vec<f64> = cells.iter().map(|cell| cell.count as f64).collect();
        let of_variant = layout.variants.total(&counts);
        let distances = Distances::new(layout, cells, mean);
        let by_level: Vec<Vec<f64>> =
            layout.within.iter().map(|classes| classes.total(&counts)).collect();
        let between_variants = weighed_squares(&distances.of_variants, &of_variant);
        let mates: Vec<f64> = layout.variants.spread(&of_variant).collect();
        let each =
            |read: &dyn Fn(usize) -> f64| (0..by_level.len()).map(read).collect::<Vec<f64>>();
        Some(Self {
            answers,
            variants: met(&of_variant),
            between_variants,
            spread_of_variants: answers - squares(&of_variant) / answers,
            total: (whole.deviations() - between_variants).max(0.0),
            levels: each(&|f| met(&by_level[f]) - met(&of_variant)),
            between: each(&|f| {
                weighed_squares(&layout.within[f].total(&distances.inside), &by_level[f])
            }),
            crossed: crossed(layout, &counts, &by_level, answers),
            // Σ_vj n_vj²/n_v as a sum over cells: each answer's level has this share of its
            // variant.
            concentration: each(&|f| {
                let shares = layout.within[f]
                    .spread(&by_level[f])
                    .zip(&mates)
                    .map(|(level, all)| ratio(level, *all));
                shares.zip(&counts).map(|(share, n)| share * n).sum()
            }),
            overall: each(&|f| squares(&layout.levels[f].total(&counts)) / answers),
        })
    }

    /// Solves the equations of the factors that have levels to compare; the last variance is the
    /// rest's.
    fn solve(&self, live: &[usize]) -> Result<Vec<f64>, SplitError> {
        let size = live.len() + 1;
        let coefficient = |row: usize, column: usize| match (live.get(row), live.get(column)) {
            (Some(&a), Some(&f)) => self.crossed[(a, f)] - self.concentration[f],
            (Some(&a), None) => self.levels[a],
            (None, Some(&f)) => self.answers - self.concentration[f],
            (None, None) => self.answers - self.variants,
        };
        // Each equation by its own size, so that one with few levels is not taken for a singular
        // one.
        let scale = |row: usize| 1.0 / coefficient(row, row).max(f64::MIN_POSITIVE);
        let matrix = DMatrix::from_fn(size, size, |i, j| coefficient(i, j) * scale(i));
        let squares = |row: usize| live.get(row).map_or(self.total, |&a| self.between[a]);
        let right = DVector::from_fn(size, |i, _| squares(i) * scale(i));
        if !matrix.iter().chain(right.iter()).all(|x| x.is_finite()) {
            return Err(SplitError::Alike);
        }
        let decomposed = matrix.svd(true, true);
        if decomposed.rank(SINGULAR * decomposed.singular_values.max()) < size {
            return Err(SplitError::Confounded);
        }
        let solved = decomposed.solve(&right, 0.0).map_err(|_| SplitError::Confounded)?;
        Ok(solved.iter().copied().collect())
    }

    /// What is left of the squares between variants when the factors' and the rest's part is taken
    /// off.
    fn variant(&self, factors: &[Option<f64>], rest: f64) -> Option<f64> {
        let spread = |f: usize| self.concentration[f] - self.overall[f];
        let explained: f64 = factors
            .iter()
            .enumerate()
            .map(|(f, variance)| variance.unwrap_or(0.0) * spread(f))
            .sum();
        let left = self.between_variants - explained - rest * (self.variants - 1.0);
        (self.variants > 1.0).then(|| left / self.spread_of_variants)
    }
}

/// Sums of distances from a mean in place of sums: small numbers, so that their squares lose
/// nothing.
struct Distances {
    /// Of each variant, from the overall mean.
    of_variants: Vec<f64>,
    /// Of each cell, from its variant's mean.
    inside: Vec<f64>,
}

impl Distances {
    fn new(layout: &Layout, cells: &[Sums], mean: f64) -> Self {
        let counts: Vec<f64> = cells.iter().map(|cell| cell.count as f64).collect();
        let apart: Vec<f64> =
            cells.iter().zip(&counts).map(|(cell, n)| cell.sum as f64 - n * mean).collect();
        let of_variants = layout.variants.total(&apart);
        let answers = layout.variants.total(&counts);
        let shifts: Vec<f64> =
            of_variants.iter().zip(answers).map(|(sum, n)| ratio(*sum, n)).collect();
        let shifted = apart.iter().zip(&counts).zip(layout.variants.spread(&shifts));
        let inside = shifted.map(|((sum, n), shift)| sum - n * shift).collect();
        Self { of_variants, inside }
    }
}

/// `Σ_vij n_vij²/n_vi` for each factor against each.
fn crossed(layout: &Layout, counts: &[f64], by_level: &[Vec<f64>], answers: f64) -> DMatrix<f64> {
    let factors = layout.within.len();
    let mut crossed = DMatrix::from_diagonal_element(factors, factors, answers);
    for pair in &layout.pairs {
        let (a, b) = (pair.first, pair.second);
        for (&(i, j), n) in pair.parents.iter().zip(pair.classes.total(counts)) {
            crossed[(a, b)] += ratio(n * n, by_level[a][i]);
            crossed[(b, a)] += ratio(n * n, by_level[b][j]);
        }
    }
    crossed
}

/// `a / b`, and 0 for a class without answers.
fn ratio(a: f64, b: f64) -> f64 {
    if b > 0.0 { a / b } else { 0.0 }
}

/// How many classes have answers.
fn met(counts: &[f64]) -> f64 {
    counts.iter().filter(|n| **n > 0.0).count() as f64
}

fn squares(counts: &[f64]) -> f64 {
    counts.iter().map(|n| n * n).sum()
}

/// `Σ sum²/n`.
fn weighed_squares(sums: &[f64], counts: &[f64]) -> f64 {
    sums.iter().zip(counts).map(|(sum, n)| ratio(sum * sum, *n)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From cells `(variant, level of a, level of b, figures)`.
    fn solved(cells: &[(u32, u32, u32, &[i64])]) -> Result<Components, SplitError> {
        let keys: Vec<(u32, Vec<u32>)> =
            cells.iter().map(|(v, a, b, _)| (*v, vec![*a, *b])).collect();
        let sums: Vec<Sums> =
            cells.iter().map(|(.., figures)| Sums::of(figures.iter().copied())).collect();
        components(&Layout::new(2, &keys.iter().collect::<Vec<_>>()), &sums)
    }

    fn close(found: Option<f64>, expected: f64) {
        assert!(
            found.is_some_and(|found| (found - expected).abs() < 1e-9),
            "{found:?} is not {expected}"
        );
    }

    #[test]
    fn balanced_two_way_classification_is_the_analysis_of_variance() {
        // Two answers in each of 3 × 2 cells of one variant.
        let cells: [(u32, u32, u32, &[i64]); 6] = [
            (7, 0, 0, &[0, 2]),
            (7, 0, 1, &[2, 4]),
            (7, 1, 0, &[2, 4]),
            (7, 1, 1, &[4, 6]),
            (7, 2, 0, &[7, 9]),
            (7, 2, 1, &[9, 11]),
        ];
        let found = solved(&cells).expect("it can be told apart");
        // SS rows 4·(9+1+16) = 104 on 2, columns 6·2 = 12 on 1, total 128 on 11; rest (128 − 104 −
        // 12)/8 = 1.5.
        close(found.factors[0], (52.0 - 1.5) / 4.0);
        close(found.factors[1], (12.0 - 1.5) / 6.0);
        close(Some(found.rest), 1.5);
        assert_eq!(found.variant, None);
    }

    #[test]
    fn whatever_variants_differ_by_leaves_the_factors_as_they_are() {
        let of = |hard: i64| {
            let figures: [Vec<i64>; 5] = [
                vec![1, 3, 4],
                vec![2, 6],
                vec![5 + hard],
                vec![9 + hard, 4 + hard],
                vec![2 + hard, 1 + hard, 7 + hard],
            ];
            let levels = [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0), (1, 2, 1)];
            let cells: Vec<(u32, u32, u32, &[i64])> = levels
                .iter()
                .zip(&figures)
                .map(|((v, a, b), figures)| (*v, *a, *b, figures.as_slice()))
                .collect();
            solved(&cells).expect("it can be told apart")
        };
        let (easy, hard) = (of(0), of(40));
        for f in 0..2 {
            close(hard.factors[f], easy.factors[f].expect("several levels"));
        }
        close(Some(hard.rest), easy.rest);
        assert!(hard.variant > easy.variant);
    }

    #[test]
    fn factors_that_follow_from_each_other_are_refused() {
        let cells: [(u32, u32, u32, &[i64]); 3] =
            [(0, 0, 5, &[1, 2]), (0, 1, 6, &[3, 3]), (0, 2, 7, &[8, 9])];
        assert_eq!(solved(&cells).err(), Some(SplitError::Confounded));
        assert_eq!(solved(&[]).err(), Some(SplitError::Alike));
    }

    #[test]
    fn a_factor_with_one_level_in_each_variant_has_no_part() {
        let cells: [(u32, u32, u32, &[i64]); 3] =
            [(0, 0, 5, &[1, 3]), (0, 1, 5, &[5, 7]), (1, 1, 6, &[2, 4])];
        let found = solved(&cells).expect("one factor is left");
        // Within variant 0: squares between 16 on 1, inside 6 on 3, so (16 − 2)/2.
        close(found.factors[0], 7.0);
        close(Some(found.rest), 2.0);
        assert_eq!(found.factors[1], None);
    }
}
