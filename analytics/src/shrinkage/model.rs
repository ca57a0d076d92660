//! `y = Xβ + u + e`: means that differ by what is known of them (`X`), by their own nature (`u`,
//! variance `τ²`), and by chance (`e`, known variances `D`). Fay & Herriot 1979; with `X` a column
//! of ones, the random-effects model of meta-analysis.

use super::measurement::Measurement;
use nalgebra::{DMatrix, DVector, SymmetricEigen};

/// Steps that Newton's method may take. It takes three to ten; where errors differ by a factor of
/// a million, thirty.
const STEPS: usize = 100;
/// Newton's method stops when a step changes `τ²` by less than this share.
const PRECISION: f64 = 1e-13;
/// Variances smaller than this share of all spread count as this, so that weights stay numbers.
const SMALLEST: f64 = 1e-12;
/// Values hold no more than this share of the largest of them; smaller differences are rounding.
const ROUNDING: f64 = 1e-12;
/// Eigenvalues below this share of the largest count as 0: directions about which the design says
/// nothing.
const RANK: f64 = 1e-9;
/// Iterations after which an eigenvalue decomposition is given up; hundreds do for the largest
/// sensible design.
const EIGEN_STEPS: usize = 100_000;

/// Means with known variances and what is known about each: the rows of the design.
pub(crate) struct Model {
    values: DVector<f64>,
    variances: DVector<f64>,
    design: DMatrix<f64>,
    /// Values less the rank of the design.
    degrees: f64,
}

/// Weighted least squares.
pub(crate) struct Fit {
    /// `Xβ̂`.
    pub(crate) fitted: DVector<f64>,
    /// `xᵢᵀ (XᵀWX)⁻ xᵢ`, the variance of each fitted value.
    pub(crate) uncertainty: DVector<f64>,
    rank: usize,
}

/// What the model says about one mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prediction {
    /// `xᵢᵀβ̂`.
    pub(crate) fitted: f64,
    /// The variance of `xᵢᵀβ̂`.
    pub(crate) uncertainty: f64,
    /// `B`.
    pub(crate) kept: f64,
    /// `ûᵢ = B (yᵢ − xᵢᵀβ̂)`.
    pub(crate) apart: f64,
    /// What would be left of the squared error if `β` and `τ²` were known: `B·D`.
    by_chance: f64,
    /// What `τ̂²` adds to it.
    by_between: f64,
}

impl Prediction {
    /// `θ̂ᵢ = xᵢᵀβ̂ + ûᵢ`.
    pub(crate) fn value(&self) -> f64 {
        self.fitted + self.apart
    }

    /// The root of the mean squared error of `θ̂ᵢ`.
    pub(crate) fn error(&self) -> f64 {
        (self.by_chance + (1.0 - self.kept).powi(2) * self.uncertainty + self.by_between).sqrt()
    }

    /// The root of the mean squared error of `ûᵢ`: where `θ̂` has `(1 − B)` of the fitted value's
    /// error, `û` has `−B`.
    pub(crate) fn apart_error(&self) -> f64 {
        (self.by_chance + self.kept.powi(2) * self.uncertainty + self.by_between).sqrt()
    }
}

impl Model {
    /// `None` where the design explains every value, or the squares of the figures are no numbers.
    pub(crate) fn new(measured: &[Measurement], design: DMatrix<f64>) -> Option<Self> {
        let values = DVector::from_iterator(measured.len(), measured.iter().map(|m| m.mean));
        let own =
            DVector::from_iterator(measured.len(), measured.iter().map(|m| m.error * m.error));
        let spread = own.max() + values.variance();
        let least = (SMALLEST * spread)
            .max((ROUNDING * values.amax()).powi(2))
            .max(f64::MIN_POSITIVE.sqrt());
        let variances = own.map(|d| d.max(least));
        let mut model = Self { values, variances, design, degrees: 0.0 };
        let rank = model.fit(&DVector::from_element(measured.len(), 1.0))?.rank;
        model.degrees = measured.len() as f64 - rank as f64;
        (model.degrees > 0.0 && spread.is_finite()).then_some(model)
    }

    /// The variance of each value, as the model takes it.
    pub(crate) fn variances(&self) -> &DVector<f64> {
        &self.variances
    }

    /// The fit that weighs by the known variances alone, as if `τ²` were 0.
    pub(crate) fn fit_by_errors(&self) -> Option<Fit> {
        self.fit(&self.weights(0.0))
    }

    /// `τ²` after Paule & Mandel (1982): the root of `Q(τ²) = Σ (yᵢ − xᵢᵀβ̂)²/(τ² + Dᵢ) = k − p`,
    /// or 0 where `Q(0)` is less than that already.
    ///
    /// `Q` falls and is convex, for `Q′ = −yᵀP²y` and `Q″ = 2yᵀP³y` with `P` positive
    /// semidefinite. Newton's method from the left (DerSimonian & Kacker 2007) therefore rises to
    /// the root without passing it, and converges quadratically. With `S²` the unweighted residual
    /// variance, the root lies between `S² − max D`, where it starts, and `S² − min D`, for the
    /// weighted sum of squares lies between those at the largest and the least `D`. With equal
    /// errors the two coincide.
    pub(crate) fn paule_mandel(&self) -> f64 {
        let Some(plain) = self.fit(&DVector::from_element(self.values.len(), 1.0)) else {
            return 0.0;
        };
        let spread = (&self.values - plain.fitted).norm_squared() / self.degrees;
        let most = (spread - self.variances.min()).max(0.0);
        let mut between = (spread - self.variances.max()).max(0.0);
        for _ in 0..STEPS {
            let weights = self.weights(between);
            let Some(fit) = self.fit(&weights) else { break };
            let residuals = &self.values - fit.fitted;
            let weighed = residuals.component_mul(&weights);
            let step = (residuals.dot(&weighed) - self.degrees) / weighed.norm_squared();
            if step.is_nan() || step <= PRECISION * between {
                break;
            }
            between = (between + step).min(most);
        }
        between
    }

    /// Each mean given `τ²`, with its mean squared error after Datta, Rao & Smith (2005): their
    /// variance of `τ̂²`, `2k/(Σw)²`, with `k²/(k − p)` for `k`, which is exact where errors are
    /// equal. `None` where a figure is no number.
    pub(crate) fn predict(&self, between: f64) -> Option<Vec<Prediction>> {
        let weights = self.weights(between);
        let fit = self.fit(&weights)?;
        let count = self.values.len() as f64;
        let of_between = 2.0 * (count / weights.sum()).powi(2) / self.degrees;
        let predict = |i: usize| {
            let (fitted, uncertainty, own) = (fit.fitted[i], fit.uncertainty[i], self.variances[i]);
            let kept = between / (between + own);
            let prediction = Prediction {
                fitted,
                uncertainty,
                kept,
                apart: kept * (self.values[i] - fitted),
                by_chance: kept * own,
                by_between: 2.0 * (1.0 - kept).powi(2) * weights[i] * of_between,
            };
            (prediction.value().is_finite() && prediction.error().is_finite()).then_some(prediction)
        };
        (0..self.values.len()).map(predict).collect()
    }

    fn weights(&self, between: f64) -> DVector<f64> {
        self.variances.map(|own| 1.0 / (between + own))
    }

    /// Least squares by the eigenvalues of `XᵀWX`, scaled to a diagonal of ones so that small
    /// weights are not taken for missing directions. A design that leaves directions open still
    /// has one fit and one uncertainty: those of the pseudo-inverse, the same whichever of the
    /// open coefficients is fixed.
    fn fit(&self, weights: &DVector<f64>) -> Option<Fit> {
        let columns = self.design.ncols();
        let weighed =
            DMatrix::from_fn(self.design.nrows(), columns, |i, j| self.design[(i, j)] * weights[i]);
        let normal = self.design.tr_mul(&weighed);
        let scale = DVector::from_fn(columns, |j, _| 1.0 / normal[(j, j)].sqrt());
        let scaled =
            DMatrix::from_fn(columns, columns, |i, j| normal[(i, j)] * scale[i] * scale[j]);
        if !scaled.iter().all(|x| x.is_finite()) {
            return None;
        }
        let eigen = SymmetricEigen::try_new(scaled, f64::EPSILON, EIGEN_STEPS)?;
        let least = RANK * eigen.eigenvalues.amax();
        let known: Vec<usize> = (0..columns).filter(|&j| eigen.eigenvalues[j] > least).collect();
        // The rows of the design along the known directions, in which `XᵀWX` is the identity.
        let axes = DMatrix::from_fn(columns, known.len(), |i, j| {
            scale[i] * eigen.eigenvectors[(i, known[j])] / eigen.eigenvalues[known[j]].sqrt()
        });
        let rows = &self.design * axes;
        let fitted = &rows * rows.tr_mul(&self.values.component_mul(weights));
        let uncertainty = DVector::from_fn(rows.nrows(), |i, _| rows.row(i).norm_squared());
        Some(Fit { fitted, uncertainty, rank: known.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(values: &[(f64, f64)]) -> Vec<Measurement> {
        values.iter().map(|&(mean, error)| Measurement { mean, error }).collect()
    }

    #[test]
    fn the_root_makes_the_weighted_squares_equal_to_their_degrees_of_freedom() {
        let cases = [
            vec![(1.0, 0.5), (4.0, 1.0), (2.0, 0.1), (9.0, 2.0)],
            vec![(0.0, 1e-6), (1.0, 10.0), (30.0, 1.0), (-30.0, 3.0), (5.0, 1e-3)],
        ];
        for case in cases {
            let measured = means(&case);
            let model =
                Model::new(&measured, DMatrix::from_element(case.len(), 1, 1.0)).expect("sound");
            let between = model.paule_mandel();
            let weights: Vec<f64> =
                case.iter().map(|(_, error)| 1.0 / (between + error * error)).collect();
            let mean = case.iter().zip(&weights).map(|((y, _), w)| y * w).sum::<f64>()
                / weights.iter().sum::<f64>();
            let q: f64 = case.iter().zip(&weights).map(|((y, _), w)| w * (y - mean).powi(2)).sum();
            assert!((q - (case.len() as f64 - 1.0)).abs() < 1e-8, "{q} at {between}");
        }
    }

    #[test]
    fn a_design_that_leaves_a_direction_open_fits_like_one_that_does_not() {
        let measured = means(&[(1.0, 1.0), (2.0, 0.5), (4.0, 1.0), (8.0, 2.0), (3.0, 1.0)]);
        let group = |i: usize| i % 2;
        let open = DMatrix::from_fn(5, 3, |i, j| if j == 2 || j == group(i) { 1.0 } else { 0.0 });
        let closed = DMatrix::from_fn(5, 2, |i, j| if j == group(i) { 1.0 } else { 0.0 });
        let [open, closed] =
            [open, closed].map(|design| Model::new(&measured, design).expect("degrees are left"));
        assert!((open.degrees - 3.0).abs() < 1e-12 && (closed.degrees - 3.0).abs() < 1e-12);
        let [a, b] =
            [&open, &closed].map(|model| model.predict(model.paule_mandel()).expect("numbers"));
        assert!(
            a.iter().zip(&b).all(|(a, b)| (a.value() - b.value()).abs() < 1e-9
                && (a.error() - b.error()).abs() < 1e-9)
        );
    }

    #[test]
    fn a_design_that_explains_everything_is_no_model() {
        let measured = means(&[(1.0, 1.0), (2.0, 1.0)]);
        assert!(Model::new(&measured, DMatrix::identity(2, 2)).is_none());
    }
}
