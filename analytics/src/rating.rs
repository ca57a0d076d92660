//! When a rating is high.

/// Whether a rating with that loss is in the top two points of its scale.
///
/// That is said of five labelled points, where the second point has lost a quarter of the range;
/// so on any scale a rating is high that lost at most a quarter: 4 and 5 of `1-5`, 8 to 10 of
/// `0-10`, 6 and 7 of `1-7`, 1 of `0-1`. `loss` is ideal minus rating and `range` the best rating
/// less the worst, both on the scale's own points.
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
