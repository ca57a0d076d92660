//! From summed cells to points: what each step, handoff and promise costs a group, and how sure that is.
//!
//! Read in this order: [`Sample`] takes in the cells; `plan` fixes coordinates and scales; `pooled` turns integer sums
//! into covariances within strata; `slopes` fits lateness first and the ratings by one-component PLS; `means` and
//! `split` share a side's shortfall out; `seam` gives the range that ratings leave open; `fit` does all of this once,
//! or again for each replicate group; `jackknife` and `claims` say how sure it is; `assemble` writes the answer, an
//! [`Attribution`].
//!
//! # With a pencil
//!
//! Four journeys, of which sixty customers each lived the same. One step is rated (1 to 5, ideal 5), two promises are
//! timed, half a day of lateness is minded by nobody:
//!
//! | journey | PLAN late | WORK late | lateness felt `T` | step's loss `x` | outcome's loss `D` |
//! |---|---|---|---|---|---|
//! | 1 | 0 | 0 | 0 | 0 | 0 of 10 |
//! | 2 | 0 | 0 | 0 | 2 of 4 = 50 points | 1 of 10 = 10 points |
//! | 3 | 1.5 days | 1 day | 1.5 + 1 − 0.5 = 2 days | 0 | 2 of 10 = 20 points |
//! | 4 | 1.5 days | 1 day | 2 days | 50 points | 3 of 10 = 30 points |
//!
//! Means: `D̄` = 15 points are missing, `T̄` = 1 day, `x̄` = 25 points. The hinge gives 1.5/2.5 of the two days to PLAN,
//! `L̄` = 0.6 days a journey, and 0.4 days to WORK.
//!
//! 1. Lateness first: `C_DT` = (20·2 + 30·2)/4 − 15·1 = 10 and `C_TT` = (4 + 4)/4 − 1 = 1, so `b_T` = 10 points a day.
//!    PLAN costs 10 · 0.6 = 6 points, WORK 4.
//! 2. Late journeys are rated like the others, so `γ` = 0. `c` = (50·10 + 50·30)/4 − 25·15 = 125 and
//!    `C_xx` = 2500/2 − 625 = 625. With one element alone `β = w = c / C_xx` = 0.2: the step costs 0.2 · 25 = 5 points.
//! 3. 6 + 4 + 5 = 15: nothing is left untraced.
//!
//! ```
//! use relais_analytics::attribute::{Rated, Sample, Scale, Side, Stratum, attribute};
//! use relais_analytics::cell::{Cell, Row};
//! use relais_analytics::design::{Design, Kind};
//! use relais_analytics::{Options, lateness::share_out};
//!
//! const DAY: i64 = 24 * 60;
//! let mut sample = Sample::new();
//! sample.variant(0, vec![Rated { position: 0, kind: Kind::Step }])?;
//! sample.version(0, Scale::same(10, 4), Design::Simple { asked: 1 })?;
//! for group in 0..10 {
//!     let mut cell = Cell::new(1);
//!     for (late, loss, outcome) in [(false, 0, 0), (false, 2, 1), (true, 0, 2), (true, 2, 3)] {
//!         let slips = if late { [DAY * 3 / 2, DAY] } else { [0, 0] };
//!         let shared = share_out(&slips, DAY / 2);
//!         let time = [(1, shared.lost[0], 0), (2, shared.lost[1], 0)];
//!         for _ in 0..6 {
//!             cell.add(&Row { outcome: Some(outcome), lateness: shared.felt, items: &[Some(loss)], time: &time })?;
//!         }
//!     }
//!     sample.add(Side::Focus, Stratum { place: 0, variant: 0, version: 0 }, group, &cell)?;
//! }
//! let breakdown = attribute(&sample, &Options::default());
//! let points = breakdown.elements.iter().filter_map(|element| element.points);
//! let points: Vec<f64> = points.map(|points| (points.level.value * 1e9).round() / 1e9).collect();
//! assert_eq!(points, [5.0, 6.0, 4.0], "the step, PLAN, WORK");
//! assert!(breakdown.untraced.expect("240 answers are split").level.value.abs() < 1e-9);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Numerics
//!
//! - **Nothing is inverted or factored**, so no matrix has to be well conditioned: slopes are ratios of covariances and
//!   one quadratic form, `wᵀ S w`. What costs digits is only the centring of the sums, about the square of mean over
//!   deviation. Sums are exact integers until then, also with a group left out; lateness a year off its mean and losses
//!   of 100 points keep variances to about 3e-11 days² and 2e-12 points².
//! - **Clipped**: `b_T`, the weights `w` and so every `β` at 0. Variances under 1e-9 count as none: lateness that does
//!   not vary explains nothing, rather than dividing rounding by rounding. `wᵀ S w` at no less than `Σ w² S_kk`:
//!   covariances from available pairs need not form a covariance matrix, and the form may come out near 0 or under it;
//!   the bound says that ratings do not pull against each other. It does what clipping eigenvalues would, and holds `β`
//!   to about the slope that an element has alone. Correlations of the seam reading at ±0.95.
//! - **Singular replicates**: a replicate may lose what the whole has. Where lateness does not vary any more its slopes
//!   are 0; an element that nobody rates any more has no points and leans on the average slope; a variant that is gone
//!   counts exactly 0 answers; a side that is gone gives no replicate. Each is a jump that the jackknife turns into a
//!   wide interval, never into a missing or an infinite figure: what hangs on one group alone is not sure.

mod assemble;
pub(crate) mod claims;
mod fit;
pub(crate) mod grouped;
pub(crate) mod jackknife;
mod means;
pub(crate) mod plan;
pub(crate) mod pooled;
mod report;
mod sample;
mod seam;
pub(crate) mod slopes;
mod split;

pub use report::{Attribution, Contrast, Element, Estimate, Points, Untraced};
pub use sample::{Rated, Sample, SampleError, Scale, Side, Stratum};

use crate::Position;

/// Fewer answers than this in the pooled fit, and nothing is split: means only, and it is said.
pub const MINIMUM_RESPONSES: i64 = 200;
/// Fewer replicate groups than this, and no interval is given.
pub const MINIMUM_GROUPS: usize = 8;
/// More replicate groups than this are hashed down to it.
pub const MAXIMUM_GROUPS: usize = 30;

/// A handoff and the step that comes after it, which colour each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seam {
    /// The handoff's position.
    pub handoff: Position,
    /// The step after it.
    pub step: Position,
}

/// How to report.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The two-sided level of the intervals, inside (0, 1); 0.9 by default.
    pub level: f64,
    /// Handoffs and the steps after them, for the seam ranges.
    pub seams: Vec<Seam>,
}

impl Default for Options {
    fn default() -> Self {
        Self { level: 0.9, seams: Vec::new() }
    }
}

/// Splits the focus's shortfall over its elements, and its gap to the reference where there is one.
///
/// Never fails and never returns NaN: what cannot be said is `None`, and what nobody rated has no points. The cost is
/// strata × replicate groups × (elements of a variant)². See the crate's documentation for an example.
pub fn attribute(sample: &Sample, options: &Options) -> Attribution {
    assemble::attribution(sample, options)
}
