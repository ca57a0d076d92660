//! Pressure: how many customers somebody told what to answer. A fault of the organisation's
//! incentives, shown to it alone.

use crate::cell::Counts;
use crate::interval::Share;

/// The share of customers who say that somebody suggested an answer, of those who were asked (one
/// in ten is) and said either, with Wilson's interval at a two-sided `level`. `None` when nobody
/// was, or with a level outside (0, 1).
///
/// ```
/// use relais_analytics::cell::{Cell, Details, Row};
/// use relais_analytics::pressure::pressure;
///
/// let mut cell = Cell::new(0);
/// for i in 0..40 {
///     let row = Row { outcome: Some(0), lateness: 0, items: &[], time: &[] };
///     let pressed = (i % 10 == 0).then_some(i == 0);
///     cell.add_with(&row, &Details { pressed, ..Details::default() })?;
/// }
/// let share = pressure(cell.counts(), 0.9).expect("four were asked");
/// assert_eq!((share.count, share.of, share.value), (1, 4, 0.25));
/// # Ok::<(), relais_analytics::cell::RowError>(())
/// ```
pub fn pressure(counts: &Counts, level: f64) -> Option<Share> {
    let counts = counts.pressure();
    Share::of(counts.told, counts.asked, level)
}
