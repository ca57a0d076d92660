//! What could be seen: how often a fault of a given size would be named by the product's own rule,
//! with the answers that an organisation has or expects.
//!
//! A quarter is drawn many times from the noise of the contrasts, the fault is added to one of
//! them, and the rule that names a leader ([`mod@crate::attribute`]) is asked each time; nothing is
//! refitted, which is why a table takes a moment and not a night. The noise comes from one of two
//! places:
//!
//! - **Own answers** ([`Noise::of`]): the jackknife's pseudo-values `G θ − (G − 1) θ_(−g)` of an
//!   attribution, each less the contrast itself: whatever stands out today is taken off, so that
//!   what is planted is the only fault. A quarter is `G` of them, drawn with replacement and for
//!   all elements together, so that elements which go together still do.
//! - **Before anything was collected** ([`Noise::assumed`]): the error of a contrast of two means,
//!   `s √(1/n + 1/n')`, with `n` the answers of the focus that rated the element (journeys ×
//!   response × asked / parts of the path) and `n'` those of the rest; of a promise all journeys,
//!   answered or not. `s` is the spread of what single answers, or journeys, lose by an element.
//!
//! # Of what size
//!
//! Sizes are points of 0–100 that the focus truly loses more by the element. The rule judges the
//! fitted points of a rated element. Where their size is measured
//! ([`EffectSize`](crate::attribute::EffectSize)) they come out whole, and as unsure as the slope
//! that they were taken with; where it is not they come out smaller, by what a slope of covariances
//! loses to the noise of ratings: [`Fault::recovered`]. That is [`RECOVERED`] on average over the
//! elements (measured once, no constant), more where the element's own slope is steeper. With
//! assumed noise, whose spread is that of the true points, it is 1. A fault that few journeys meet
//! and that costs them much also makes the focus less even: [`Fault::depth`]. That it colours the
//! ratings of other parts is left out. An element whose contrast does not vary at all (all its
//! ratings are equal, say) has no noise to draw from, and nothing can be told of it.
//!
//! A test of this crate plants faults of 2, 4 and 6 points into surveys of 507 answers (of 2,535
//! elsewhere, three of six parts asked), fits each as a whole, and compares:
//!
//! | points | whole surveys | own noise | assumed |
//! |---|---|---|---|
//! | 0 | .00 | .00 | .00 |
//! | 2 | .22 | .20 | .26 |
//! | 4 | .82 | .77 | .80 |
//! | 6 | .97 | .97 | .98 |

mod chance;
mod noise;

use crate::Position;

pub use noise::Noise;

/// Quarters that a share is told from: it is off by 2 of 100 at most, in 19 of 20 cases.
pub const DRAWS: usize = 2_000;

/// A path with its traffic.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Journeys a week at the focus.
    pub focus: f64,
    /// Journeys a week elsewhere.
    pub rest: f64,
    /// The elements that customers can be asked about.
    pub rated: Vec<Position>,
    /// The elements that promise something.
    pub timed: Vec<Position>,
}

/// What is assumed before anything was collected.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumption {
    /// The paths.
    pub paths: Vec<Path>,
    /// How long is collected: 13 for a quarter.
    pub weeks: u32,
    /// The share of journeys whose customer answers, 0 to 1.
    pub response: f64,
    /// About how many elements each is asked.
    pub asked: usize,
    /// The standard deviation, over single answers, of the points that a rated element costs.
    pub rated_spread: f64,
    /// The same of a promise, over journeys.
    pub timed_spread: f64,
}

/// Spread of a rated element, in points, where nothing better is known: ratings spread by 25 of
/// 100, of which the outcome follows half.
pub const RATED_SPREAD: f64 = 12.5;
/// Spread of a promise, in points, where nothing better is known: half a day at ten points a day.
pub const TIMED_SPREAD: f64 = 5.0;
/// Points that a fault costs a journey that meets it, where nothing better is known.
pub const DEPTH: f64 = 35.0;
/// The share of a rated fault's points that slopes of covariances find, where nothing better is
/// known.
pub const RECOVERED: f64 = 0.54;

/// A fault to be planted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fault {
    /// Where.
    pub element: Position,
    /// Points of 0–100 that the focus loses more by it.
    pub points: f64,
    /// The share of these that the fit finds: see the module's documentation.
    pub recovered: f64,
    /// Points that it costs a journey that meets it: the rarer and deeper, the less even the focus.
    /// [`DEPTH`] where nothing better is known.
    pub depth: f64,
}

impl Fault {
    /// What it adds to the variance of a single answer's fitted points.
    fn variance(&self) -> f64 {
        let own = (self.points * (self.depth - self.points)).max(0.0);
        self.recovered * self.recovered * own
    }
}

/// What could be changed to see more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lever {
    /// Each is asked about so many elements. Where the number of now is not known, nothing changes.
    Asked(usize),
    /// So many times as many people are asked. Promises are known of all journeys already.
    People(f64),
    /// So many times as long a period.
    Period(f64),
    /// A place with so many times the traffic, of a network that is large beside it.
    Place(f64),
}
