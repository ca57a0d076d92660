//! The statistics of Relais: integer cells, attribution to steps, handoffs and promises, with their uncertainty.
//!
//! A pure crate: no input or output, no clock, no randomness of its own. What goes in are integers (losses on the
//! questionnaire's own scale, minutes), what comes out are points of 0–100 with intervals.
//!
//! # The map, in reading order
//!
//! 1. [`lateness`]: one journey's slips become lateness felt, time lost and time made up, shared out exactly.
//! 2. [`cell`]: answers become integer sums that merge in any order to the same bits ([`Cell`]); all journeys, answered
//!    or not, become a [`Population`].
//! 3. [`design`]: with which probability an element, or a pair, was asked about.
//! 4. [`mod@attribute`]: sums of cells become a breakdown ([`Sample`] in, [`Attribution`] out).
//! 5. [`mod@importance`]: what differences between customers go with ([`Sample`] in, shares of the variance out).
//! 6. [`shrinkage`]: means of small groups, drawn towards the mean of all ([`Sums`] in). [`funnel`]: units of different
//!    size against limits that widen where answers are few.
//! 7. [`variance`]: system or team, the outcome's variance split over variant, site, handoff, week and rest. [`pairs`]:
//!    handoffs that nobody was asked about, judged by what neither sender nor receiver explains.
//! 8. [`chart`]: which weeks are worth asking about. [`cusum`]: a small shift that lasts. [`verdict`]: whether an action
//!    moved what it meant to move.
//! 9. [`process`]: what process tools measure of many journeys (who follows whom, waits, rework, detours, promises,
//!    paths) as one [`Flow`]; [`durations`]: the bins that its quantiles are read from.
//! 10. [`nonresponse`]: who did not answer, and what that can do to a level. [`rescued`], [`pressure`] and [`coached`]:
//!     who made up for trouble, and answers that somebody suggested.
//! 11. [`interval`]: Wilson's interval for shares, a net promoter score's, and the others' quantiles.
//!
//! # Invariants
//!
//! - `Σ lost − Σ made up = lateness felt` in every journey, in whole minutes.
//! - Merging cells and flows is associative and commutative and has an inverse; bytes that are none are refused, never a panic.
//! - Elements' points and the untraced add up to the shortfall, contrasts to the gap, before folding and after.
//! - No slope is negative; no figure is NaN; what cannot be said is `None`.
//!
//! # An example, from slips to a breakdown
//!
//! ```
//! use relais_analytics::attribute::{Rated, Sample, Scale, Side, Stratum};
//! use relais_analytics::cell::{Cell, Journey, Population, Row};
//! use relais_analytics::design::{Design, Kind};
//! use relais_analytics::lateness::share_out;
//! use relais_analytics::{Options, attribute};
//!
//! // A step (catalogue position 0), a handoff (1), and planning's promise (2). Site 1 plans badly.
//! let mut sample = Sample::new();
//! sample.variant(0, vec![
//!     Rated { position: 0, kind: Kind::Step },
//!     Rated { position: 1, kind: Kind::Handoff },
//! ])?;
//! sample.version(0, Scale::same(10, 4), Design::Three)?;
//! for i in 0..600_i64 {
//!     let site = i % 2;
//!     let slip = if site == 1 && i % 7 < 3 { 2880 } else { 0 };
//!     let lateness = share_out(&[slip], 720);
//!     let time = [(2, lateness.lost[0], lateness.won[0])];
//!     let outcome = (1 + i % 3 + lateness.felt / 720).min(10);
//!     let items = [Some(i % 3), Some(i % 2)];
//!
//!     let mut cell = Cell::new(2);
//!     cell.add(&Row { outcome: Some(outcome), lateness: lateness.felt, items: &items, time: &time })?;
//!     let mut all = Population::new();
//!     all.add(&Journey { lateness: lateness.felt, time: &time, ..Journey::default() });
//!
//!     let side = if site == 1 { Side::Focus } else { Side::Reference };
//!     let stratum = Stratum { place: site as u32, variant: 0, version: 0 };
//!     sample.add(side, stratum, i / 20, &cell)?;
//!     sample.add_population(side, i / 20, &all);
//! }
//!
//! let breakdown = attribute(&sample, &Options::default());
//! assert_eq!(breakdown.leading_contrast, Some(2), "the promise stands out against the other site");
//! let points: f64 = breakdown.elements.iter().filter_map(|e| Some(e.points?.level.value)).sum();
//! let untraced = breakdown.untraced.as_ref().map_or(0.0, |u| u.level.value);
//! assert!((points + untraced - breakdown.shortfall.map_or(0.0, |s| s.value)).abs() < 1e-9);
//!
//! // What may not be shown joins the untraced; the sum stays.
//! let disclosed = breakdown.fold(&[1]);
//! assert_eq!(disclosed.elements.len(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod attribute;
pub mod cell;
pub mod chart;
pub mod coached;
pub mod cusum;
pub mod design;
pub mod durations;
pub mod funnel;
pub mod importance;
pub mod interval;
pub mod lateness;
pub mod nonresponse;
pub mod pairs;
pub mod pressure;
pub mod process;
pub mod rescued;
pub mod shrinkage;
pub mod variance;
pub mod verdict;

mod sums;

pub use attribute::{Attribution, Options, Sample, attribute};
pub use cell::{Cell, Population};
pub use durations::Durations;
pub use process::Flow;
pub use sums::Sums;

/// Where an element stands in its journey type's catalogue, which only ever grows. Rated and timed elements share it.
pub type Position = u16;

/// Which way a figure goes: up is not always good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// It rises, or lies above.
    Up,
    /// It falls, or lies below.
    Down,
}

impl Direction {
    /// 1 for up, −1 for down.
    pub(crate) fn sign(self) -> f64 {
        match self {
            Self::Up => 1.0,
            Self::Down => -1.0,
        }
    }
}
