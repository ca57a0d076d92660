//! Before an action starts: could anything that it reaches be noticed?

use crate::interval::t_quantile;

/// The two-sided level of the interval around a change.
pub const LEVEL: f64 = 0.95;
/// The chance with which the smallest visible change is seen.
pub const POWER: f64 = 0.8;

/// The smallest change that a comparison of two periods of `days` days each would see with a
/// chance of [`POWER`]: `(t.975 + t.80) √(2 (σ²/(n·days) + σ_day²/days))`, t with 2 (days − 1)
/// degrees of freedom.
///
/// `answer_deviation` is σ, of answers within a day; `day_deviation` is σ_day, of the days' true
/// levels; `answers_per_day` is n. The result has the unit of the deviations. Whoever counts in
/// weeks gives all four by the week. `None` below two days, and for what is negative or not
/// finite.
///
/// More answers a day do not help beyond a point: the days' own variation stays.
///
/// ```
/// use relais_analytics::verdict::smallest_visible_change;
///
/// // Three answers a day for 28 days, answers vary by 25 points, days by 4.
/// let change = smallest_visible_change(25.0, 4.0, 3.0, 28).expect("possible");
/// assert!((change - 11.42).abs() < 0.01);
/// assert!(smallest_visible_change(25.0, 4.0, 300.0, 28).expect("possible") > 3.1);
/// ```
pub fn smallest_visible_change(
    answer_deviation: f64,
    day_deviation: f64,
    answers_per_day: f64,
    days: usize,
) -> Option<f64> {
    let possible = [answer_deviation, day_deviation].iter().all(|deviation| *deviation >= 0.0)
        && answers_per_day > 0.0;
    let degrees = days.checked_sub(1).filter(|_| possible)?.checked_mul(2)?;
    let t = t_quantile(LEVEL, degrees)? + t_quantile(2.0 * POWER - 1.0, degrees)?;
    let variance = answer_deviation.powi(2) / answers_per_day + day_deviation.powi(2);
    Some(t * (2.0 * variance / days as f64).sqrt()).filter(|change| change.is_finite())
}
