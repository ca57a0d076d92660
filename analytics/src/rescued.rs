//! Rescued journeys: friction on a handoff or a broken promise, and yet the customer ended well.
//!
//! The failure of the system is not hidden by the effort of those who made up for it, and they get the credit.

use crate::Position;
use crate::cell::Counts;
use crate::interval::Share;

/// Whether a rating with that loss is in the top two points of its scale.
///
/// That is said of five labelled points, where the second point has lost a quarter of the range; so on any scale a
/// rating is high that lost at most a quarter: 4 and 5 of `1-5`, 8 to 10 of `0-10`, 6 and 7 of `1-7`, 1 of `0-1`.
/// `loss` is ideal minus rating and `range` the best rating less the worst, both on the scale's own points.
///
/// ```
/// use relais_analytics::rescued::is_high;
///
/// assert!(is_high(1, 4) && !is_high(2, 4));
/// assert!(is_high(2, 10) && !is_high(3, 10));
/// assert!(is_high(0, 1) && !is_high(1, 1));
/// ```
pub fn is_high(loss: i64, range: i64) -> bool {
    loss.saturating_mul(4) <= range
}

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
    /// Whether that is more than all steps on these journeys have together, beyond the interval: who ended well rates
    /// most steps high, so a high share alone is no credit.
    pub stands_out: bool,
}

/// Reads rescued journeys from counts, of one variant or of several added up, with Wilson intervals at a two-sided
/// `level`. `None` without any outcome, or with a level outside (0, 1).
///
/// ```
/// use relais_analytics::cell::{Cell, Details, Row};
/// use relais_analytics::rescued::rescued;
///
/// // Ten broken promises; four customers are content all the same, and praise the step at position 0.
/// let mut cell = Cell::new(1);
/// for i in 0..10 {
///     let (outcome, rating) = if i < 4 { (0, 0) } else { (3, 2) };
///     let row = Row { outcome: Some(outcome), lateness: 600, items: &[Some(rating)], time: &[] };
///     let steps = [(0, rating)];
///     let details = Details { broken: true, steps: &steps, outcome_range: 4, step_range: 4, ..Details::default() };
///     cell.add_with(&row, &details)?;
/// }
/// let found = rescued(cell.counts(), 0.9).expect("there are outcomes");
/// assert_eq!(found.rescued.map(|share| share.value), Some(0.4));
/// assert_eq!((found.steps[0].step, found.steps[0].high.count), (0, 4));
/// # Ok::<(), relais_analytics::cell::RowError>(())
/// ```
pub fn rescued(beside: &Counts, level: f64) -> Option<Rescued> {
    let counts = beside.rescued();
    let all = beside
        .rescuing_steps()
        .fold([0i64; 2], |[rated, high], (_, r, h)| [rated.wrapping_add(r), high.wrapping_add(h)]);
    let usual = Share::of(all[1], all[0], level).map_or(1.0, |share| share.value);
    let steps = beside.rescuing_steps().filter_map(|(step, rated, high)| {
        let high = Share::of(high, rated, level)?;
        Some(Rescuer { step, stands_out: high.interval.low > usual, high })
    });
    Some(Rescued {
        trouble: Share::of(counts.trouble, counts.known, level)?,
        rescued: Share::of(counts.rescued, counts.trouble, level),
        steps: steps.collect(),
    })
}
