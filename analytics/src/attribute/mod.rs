//! From summed cells to points: what each step, handoff and promise costs a group, and how sure
//! that is.
//!
//! Read in this order: `stratum` says where a cell belongs; [`Sample`] takes in the cells,
//! `strata` and `unit_sums` what they bring to the fit; `plan` fixes coordinates and scales;
//! `pooled` turns integer sums into covariances within strata; `slopes` fits lateness first and
//! the ratings by one-component PLS; `central_thirds` and `effect_size` tell from third moments
//! how large a rated effect is; `like_with_like` compares within weeks and variants; `means` and
//! `split` share a side's shortfall out; `handoff_range` gives the range that ratings leave open;
//! `fit` does all of this once, or again for each replicate group; `jackknife` and `claims` say how
//! sure it is; `assemble` writes the answer, an [`Attribution`].
//!
//! # An example, from slips to a breakdown against another site
//!
//! ```
//! use relais_analytics::attribute::{
//!     Claim, Leaders, RatedElement, Role, Sample, Scale, Stratum,
//! };
//! use relais_analytics::cell::{Cell, Journey, Population, Row};
//! use relais_analytics::design::{Design, Kind};
//! use relais_analytics::lateness::share_out;
//! use relais_analytics::{Options, attribute};
//!
//! // A step (catalogue position 0), a handoff (1), and planning's promise (2). Site 1 plans badly.
//! let mut sample = Sample::new();
//! sample.variant(0, vec![
//!     RatedElement { position: 0, kind: Kind::Step },
//!     RatedElement { position: 1, kind: Kind::Handoff },
//! ])?;
//! sample.version(0, Scale::same(10, 4), Design::THREE)?;
//! for i in 0..600_i64 {
//!     let site = i % 2;
//!     let slip = if site == 1 && i % 7 < 3 { 2880 } else { 0 };
//!     let lateness = share_out(&[slip], 720);
//!     let time = [(2, lateness.lost[0], lateness.won[0])];
//!     let outcome = (1 + i % 3 + lateness.felt / 720).min(10);
//!     let items = [Some(i % 3), Some(i / 2 % 2)];
//!
//!     let mut cell = Cell::new(2);
//!     let felt = lateness.felt;
//!     cell.add(&Row { outcome: Some(outcome), lateness: felt, items: &items, time: &time })?;
//!     let mut all = Population::new();
//!     all.add(&Journey { lateness: lateness.felt, time: &time, ..Journey::default() });
//!
//!     let side = if site == 1 { Role::Focus } else { Role::Reference };
//!     let stratum = Stratum { place: site as u32, variant: 0, version: 0 };
//!     sample.add(side, stratum, i / 20, &cell)?;
//!     sample.add_population(side, i / 20, &all);
//! }
//!
//! let breakdown = attribute(&sample, &Options::default());
//! let promise = Claim::Lost(Leaders::One(2));
//! assert_eq!(breakdown.leading_contrast, promise, "against the other site");
//! let points: f64 = breakdown.elements.iter().filter_map(|e| Some(e.points?.level.value)).sum();
//! let untraced = breakdown.untraced.as_ref().map_or(0.0, |u| u.level.value);
//! assert!((points + untraced - breakdown.shortfall.map_or(0.0, |s| s.value)).abs() < 1e-9);
//!
//! // What may not be shown joins the untraced; the sum stays.
//! let disclosed = breakdown.fold(&[1]);
//! assert_eq!(disclosed.elements.len(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Numerics
//!
//! - **Nothing is inverted or factored**, so no matrix has to be well conditioned: slopes are
//!   ratios of covariances and one quadratic form, `wᵀ S w`. What costs digits is only the
//!   centring of the sums, about the square of mean over deviation. Sums are exact integers until
//!   then, also with a group left out; lateness a year off its mean and losses of 100 points keep
//!   variances to about 3e-11 days² and 2e-12 points².
//! - **Clipped**: `b_T`, the weights `w` and so every `β` at 0. Variances under 1e-9 count as
//!   none: lateness that does not vary explains nothing, rather than dividing rounding by
//!   rounding. `wᵀ S w` at no less than `Σ w² S_kk`: covariances from available pairs need not
//!   form a covariance matrix, and the form may come out near 0 or under it; the bound says that
//!   ratings do not pull against each other. It does what clipping eigenvalues would, and holds
//!   `β` to about the slope that an element has alone. Correlations of the handoff range at ±0.95.
//! - **Singular replicates**: a replicate may lose what the whole has. Where lateness does not
//!   vary any more its slopes are 0; an element that nobody rates any more has no points and leans
//!   on the average slope; a variant that is gone counts exactly 0 answers; a side that is gone
//!   gives no replicate. Each is a jump that the jackknife turns into a wide interval, never into
//!   a missing or an infinite figure: what hangs on one group alone is not sure.

mod assemble;
mod central_thirds;
pub(crate) mod claims;
mod effect_size;
mod estimate;
mod fit;
pub(crate) mod grouped;
mod handoff_range;
pub(crate) mod jackknife;
mod like_with_like;
mod means;
mod merged;
mod options;
pub(crate) mod plan;
pub(crate) mod planted;
pub(crate) mod pooled;
mod report;
mod sample;
pub(crate) mod slopes;
mod split;
mod strata;
mod stratum;
mod stratum_sums;
mod swapped;
mod unit_sums;

pub use estimate::Estimate;
pub use options::{HandoffPair, MAXIMUM_GROUPS, MINIMUM_GROUPS, MINIMUM_RESPONSES, Options};
pub use report::{
    Attribution, Calibration, Claim, Contrast, EffectSize, Element, Leaders, Mix, Points,
    Unmeasured, Untraced,
};
pub use sample::{Sample, SampleError};
pub use stratum::{RatedElement, Role, Scale, Stratum};

/// Splits the focus's shortfall over its elements, and its gap to the reference where there is
/// one.
///
/// Never fails and never returns NaN: what cannot be said is `None`, and what nobody rated has no
/// points. The cost is strata × replicate groups × (elements of a variant)². See the crate's
/// documentation for an example.
pub fn attribute(sample: &Sample, options: &Options) -> Attribution {
    assemble::attribution(sample, options)
}
