//! The statistics of Relais: integer cells, attribution to steps, handoffs and promises, with
//! their uncertainty.
//!
//! A pure crate: no input or output, no clock, no randomness of its own. What goes in are integers
//! (losses on the questionnaire's own scale, minutes), what comes out are points of 0–100 with
//! intervals.
//!
//! # The map, in reading order
//!
//! 1. [`lateness`]: one journey's slips become lateness felt, time lost and time made up, shared
//!    out exactly.
//!    [`timings`]: of how many journeys all times are known, and what the others' delays are taken
//!    to be. [`swap`]: the same for comparing groups, slips being exchanged whole.
//! 2. [`cell`]: answers become integer sums that merge in any order to the same bits ([`Cell`]);
//!    all journeys, answered or not, become a [`Population`].
//! 3. [`design`]: with which probability an element, or a pair, was asked about.
//! 4. [`mod@attribute`]: sums of cells become a breakdown ([`Sample`] in, [`Attribution`] out).
//!    [`power`]: how often a fault of a given size would be named.
//! 5. [`mod@importance`]: what differences between customers go with ([`Sample`] in, shares of the
//!    variance out).
//! 6. [`shrinkage`]: means of small groups, drawn towards the mean of all ([`Sums`] in).
//!    [`funnel`]: units of different size against limits that widen where answers are few.
//! 7. [`variance`]: system or team, the outcome's variance split over variant, site, handoff, week
//!    and rest. [`pairs`]: handoffs that nobody was asked about, judged by what neither sender nor
//!    receiver explains.
//! 8. [`chart`]: which weeks are worth asking about. [`cusum`]: a small shift that lasts.
//!    [`verdict`]: whether an action moved what it meant to move.
//! 9. [`process`]: what process tools measure of many journeys (who follows whom, waits, rework,
//!    detours, promises, sequences) as one [`Flow`]; [`durations`]: the bins that its quantiles
//!    are read from.
//! 10. [`nonresponse`]: who did not answer, and what that can do to a level. [`rescued`],
//!     [`pressure`] and [`coached`]: who made up for trouble, and answers that somebody suggested.
//! 11. [`interval`]: Wilson's interval for shares, a net promoter score's, and the others'
//!     quantiles.
//!
//! # Invariants
//!
//! - `Σ lost − Σ made up = lateness felt` in every journey, in whole minutes.
//! - Merging cells and flows is associative and commutative and has an inverse; bytes that are
//!   none are refused, never a panic.
//! - Elements' points and the untraced add up to the shortfall, contrasts to the gap, before
//!   folding and after.
//! - No slope is negative; no figure is NaN; what cannot be said is `None`.
//!
//! # With a pencil
//!
//! Four journeys, of which sixty customers each lived the same. One step is rated (1 to 5, ideal
//! 5), two promises are timed, half a day of lateness is minded by nobody:
//!
//! | journey | PLAN late | WORK late | lateness felt `T` | step's loss `x` | outcome's loss `D` |
//! |---|---|---|---|---|---|
//! | 1 | 0 | 0 | 0 | 0 | 0 of 10 |
//! | 2 | 0 | 0 | 0 | 2 of 4 = 50 points | 1 of 10 = 10 points |
//! | 3 | 1.5 days | 1 day | 1.5 + 1 − 0.5 = 2 days | 0 | 2 of 10 = 20 points |
//! | 4 | 1.5 days | 1 day | 2 days | 50 points | 3 of 10 = 30 points |
//!
//! Means: `D̄` = 15 points are missing, `T̄` = 1 day, `x̄` = 25 points. The hinge gives 1.5/2.5 of
//! the two days to PLAN, `L̄` = 0.6 days a journey, and 0.4 days to WORK.
//!
//! 1. Lateness first: `C_DT` = (20·2 + 30·2)/4 − 15·1 = 10 and `C_TT` = (4 + 4)/4 − 1 = 1, so
//!    `b_T` = 10 points a day. PLAN costs 10 · 0.6 = 6 points, WORK 4.
//! 2. Late journeys are rated like the others, so `γ` = 0. `c` = (50·10 + 50·30)/4 − 25·15 = 125
//!    and `C_xx` = 2500/2 − 625 = 625. With one element alone `β = w = c / C_xx` = 0.2: the step
//!    costs 0.2 · 25 = 5 points.
//! 3. 6 + 4 + 5 = 15: nothing is left untraced.
//!
//! ```
//! use relais_analytics::attribute::{RatedElement, Role, Sample, Scale, Stratum, attribute};
//! use relais_analytics::cell::{Cell, Row};
//! use relais_analytics::design::{Design, Kind};
//! use relais_analytics::{Options, lateness::share_out};
//!
//! const DAY: i64 = 24 * 60;
//! let mut sample = Sample::new();
//! sample.variant(0, vec![RatedElement { position: 0, kind: Kind::Step }])?;
//! sample.version(0, Scale::same(10, 4), Design::Simple { asked: 1 })?;
//! for group in 0..10 {
//!     let mut cell = Cell::new(1);
//!     for (late, loss, outcome) in [(false, 0, 0), (false, 2, 1), (true, 0, 2), (true, 2, 3)] {
//!         let slips = if late { [DAY * 3 / 2, DAY] } else { [0, 0] };
//!         let shared = share_out(&slips, DAY / 2);
//!         let time = [(1, shared.lost[0], 0), (2, shared.lost[1], 0)];
//!         for _ in 0..6 {
//!             let items = [Some(loss)];
//!             let lateness = shared.felt;
//!             cell.add(&Row { outcome: Some(outcome), lateness, items: &items, time: &time })?;
//!         }
//!     }
//!     sample.add(Role::Focus, Stratum { place: 0, variant: 0, version: 0 }, group, &cell)?;
//! }
//! let breakdown = attribute(&sample, &Options::default());
//! let points = breakdown.elements.iter().filter_map(|element| element.points);
//! let points: Vec<f64> = points.map(|points| (points.level.value * 1e9).round() / 1e9).collect();
//! assert_eq!(points, [5.0, 6.0, 4.0], "the step, PLAN, WORK");
//! assert!(breakdown.untraced.expect("240 answers are split").level.value.abs() < 1e-9);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![warn(missing_docs)]

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
pub mod power;
pub mod pressure;
pub mod process;
pub mod rescued;
pub mod reweighting;
pub mod shrinkage;
pub mod swap;
pub mod timings;
pub mod variance;
pub mod verdict;

mod rating;
mod sums;

pub use attribute::{Attribution, Options, Sample, attribute};
pub use cell::{Cell, Population};
pub use durations::Durations;
pub use process::Flow;
pub use sums::Sums;

/// Where an element stands in its journey type's catalogue, which only ever grows. Rated and timed
/// elements share it.
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
