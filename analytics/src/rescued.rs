//! Rescued journeys: friction on a handoff or a broken promise, and yet the customer ended well.
//!
//! The failure of the system is not hidden by the effort of those who made up for it, and they get
//! the credit.

pub use crate::rating::is_high;

use crate::Position;
use crate::cell::Counts;
use crate::interval::Share;

/// How many journeys met trouble, and how many of these were rescued.
#[derive(Clone, Debug, PartialEq)]
pub struct Rescued {
    /// Journeys that met trouble, of all whose outcome is known.
    pub trouble: Share,
    /// Rescued journeys, of those that met trouble; `None` when none did.
    pub rescued: Option<Share>,
    /// The steps that were rated on rescued journeys, in order of position.
    pub steps: Vec<Rescuer>,
}

/// A step on rescued journeys.
#[derive(Clone, Debug, PartialEq)]
pub struct Rescuer {
    /// The step.
    pub step: Position,
    /// High ratings, of those that rated it on rescued journeys.
    pub high: Share,
    /// Whether that is more than all steps on these journeys have together, beyond the interval:
    /// who ended well rates most steps high, so a high share alone is no credit.
    pub stands_out: bool,
}

/// Reads rescued journeys from counts, of one variant or of several added up, with Wilson
/// intervals at a two-sided `level`. `None` without any outcome, or with a level outside (0, 1).
///
/// ```
/// use relais_analytics::cell::{Cell, Details, Row};
/// use relais_analytics::rescued::rescued;
///
/// // Ten broken promises; four customers are content all the same, and praise the step at
/// // position 0.
/// let mut cell = Cell::new(1);
/// for i in 0..10 {
///     let (outcome, rating) = if i < 4 { (0, 0) } else { (3, 2) };
///     let row = Row { outcome: Some(outcome), lateness: 600, items: &[Some(rating)], time: &[] };
///     let steps = [(0, rating)];
///     let (outcome_range, step_range) = (4, 4);
///     let details = Details {
///         broken: true,
///         steps: &steps,
///         outcome_range,
///         step_range,
///         ..Details::default()
///     };
///     cell.add_with(&row, &details)?;
/// }
/// let found = rescued(cell.counts(), 0.9).expect("there are outcomes");
/// assert_eq!(found.rescued.map(|share| share.value), Some(0.4));
/// assert_eq!((found.steps[0].step, found.steps[0].high.count), (0, 4));
/// # Ok::<(), relais_analytics::cell::RowError>(())
/// ```
pub fn rescued(counts: &Counts, level: f64) -> Option<Rescued> {
    let journeys = counts.rescued();
    let all = counts
        .rescuing_steps()
        .fold([0i64; 2], |[rated, high], (_, r, h)| [rated.wrapping_add(r), high.wrapping_add(h)]);
    let usual = Share::of(all[1], all[0], level).map_or(1.0, |share| share.value);
    let steps = counts.rescuing_steps().filter_map(|(step, rated, high)| {
        let high = Share::of(high, rated, level)?;
        Some(Rescuer { step, stands_out: high.interval.low > usual, high })
    });
    Some(Rescued {
        trouble: Share::of(journeys.trouble, journeys.known, level)?,
        rescued: Share::of(journeys.rescued, journeys.trouble, level),
        steps: steps.collect(),
    })
}
