//! Which points set the limits of which others.

use super::limits::Observation;
use std::ops::Range;

/// Known points after which limits freeze where a period does not say when its baseline ends. With
/// fewer, limits are trial limits: also those of a baseline that was ended earlier.
pub const FROZEN_AFTER: usize = 12;

/// A stretch of the series that has its own centre and limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The index of its first point. The first period begins with the series whatever it says.
    pub start: usize,
    /// The index of the first point that is no longer of its baseline, such as the week an action
    /// started. `None`, or an end at or before the start: the baseline is its first
    /// [`FROZEN_AFTER`] known points.
    pub baseline_until: Option<usize>,
}

/// A period with its ends found.
pub(super) struct Stretch {
    start: usize,
    baseline_end: usize,
    end: usize,
    /// Whether its limits stay.
    pub(super) frozen: bool,
}

impl Stretch {
    pub(super) fn all(&self) -> Range<usize> {
        self.start..self.end
    }

    pub(super) fn baseline(&self) -> Range<usize> {
        self.start..self.baseline_end
    }
}

/// The periods in the order of time; together they cover the series.
pub(super) fn stretches(series: &[Option<Observation>], periods: &[Period]) -> Vec<Stretch> {
    let mut periods: Vec<Period> =
        periods.iter().copied().filter(|period| period.start < series.len()).collect();
    periods.sort_by_key(|period| period.start);
    periods.dedup_by_key(|period| period.start);
    match periods.first_mut() {
        Some(first) => first.start = 0,
        None => periods.push(Period { start: 0, baseline_until: None }),
    }
    let ends = periods.iter().skip(1).map(|next| next.start).chain([series.len()]);
    periods.iter().zip(ends).map(|(period, end)| stretch(series, period, end)).collect()
}

fn stretch(series: &[Option<Observation>], period: &Period, end: usize) -> Stretch {
    let start = period.start;
    let mut known = (start..end).filter(|&at| series[at].is_some());
    let wanted_end = period
        .baseline_until
        .filter(|&until| until > start)
        .or_else(|| known.nth(FROZEN_AFTER - 1).map(|last| last + 1));
    let baseline_end = wanted_end.unwrap_or(end).min(end);
    let points = series[start..baseline_end].iter().flatten().count();
    let frozen = wanted_end.is_some_and(|wanted| wanted <= end) && points >= FROZEN_AFTER;
    Stretch { start, baseline_end, end, frozen }
}
