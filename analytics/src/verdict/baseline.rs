//! The level before an action, without the luck of having been chosen for it.

use super::week::Difference;
use crate::shrinkage::{Measurement, Model};
use nalgebra::DMatrix;

/// Known weeks before the start that may say that the level had already changed.
pub const RECENT_WEEKS: usize = 8;
/// The mean of `z²` of the worst of twelve equal teams: deviations up to this are the luck of
/// having been chosen.
pub const LUCK: f64 = 3.0;

/// A weighted mean and the variance of its error.
#[derive(Clone, Copy)]
pub(super) struct Level {
    pub(super) mean: f64,
    pub(super) variance: f64,
}

impl Level {
    /// Of weeks whose levels vary by `between` beyond their sampling; `None` of none.
    pub(super) fn of(weeks: &[Difference], between: f64) -> Option<Self> {
        let first = weeks.first()?.value;
        // Without any variance (all answers alike) weeks weigh the same and the mean is without
        // error.
        let certain = weeks.iter().any(|week| week.sampling + between <= 0.0);
        let weight =
            |week: &Difference| if certain { 1.0 } else { 1.0 / (week.sampling + between) };
        let total: f64 = weeks.iter().map(weight).sum();
        let mean = first
            + weeks.iter().map(|week| weight(week) * (week.value - first)).sum::<f64>() / total;
        Some(Self { mean, variance: if certain { 0.0 } else { 1.0 / total } })
    }
}

/// The level before the start, shrunken as the module says. Its variance is that of the same
/// mixture with the long run left unshrunken, which is on the safe side.
pub(super) fn shrunken(before: &[Difference], between: f64, control: bool) -> Option<Level> {
    let whole = Level::of(before, between)?;
    let recent = Level::of(&before[before.len().saturating_sub(RECENT_WEEKS)..], between)?;
    let kept = if control { beyond_luck(whole.mean, whole.variance) } else { 1.0 };
    let long_run = kept * whole.mean;
    // The weighted mean of all weeks has its own variance as its covariance with that of any part
    // of them.
    let step = recent.mean - long_run;
    let moved = beyond_luck(step, recent.variance - whole.variance * kept * (2.0 - kept));
    let variance = whole.variance + moved * moved * (recent.variance - whole.variance).max(0.0);
    Some(Level { mean: long_run + moved * step, variance })
}

/// The share of a deviation that is more than luck.
fn beyond_luck(deviation: f64, variance: f64) -> f64 {
    if deviation == 0.0 {
        0.0
    } else {
        (1.0 - LUCK * variance.max(0.0) / (deviation * deviation)).max(0.0)
    }
}

/// The weeks that are thought to share a level: the history, its recent weeks, those since the
/// start. A level that had already changed before the action is not taken for weeks that differ.
pub(super) fn levels(weeks: &[Difference], split: usize) -> Vec<&[Difference]> {
    let (before, after) = weeks.split_at(split);
    let (earlier, recent) = before.split_at(split.saturating_sub(RECENT_WEEKS));
    [earlier, recent, after].into_iter().filter(|level| !level.is_empty()).collect()
}

/// The variance between weeks beyond their sampling, after Paule & Mandel (1982), each level with
/// a mean of its own; 0 where sampling alone is more.
pub(super) fn between_weeks(levels: &[&[Difference]]) -> f64 {
    let measure = |week: &Difference| Measurement { mean: week.value, error: week.sampling.sqrt() };
    let measured: Vec<Measurement> = levels.iter().copied().flatten().map(measure).collect();
    let level_of: Vec<usize> = levels
        .iter()
        .enumerate()
        .flat_map(|(level, weeks)| weeks.iter().map(move |_| level))
        .collect();
    let design = DMatrix::from_fn(level_of.len(), levels.len(), |week, level| {
        if level_of[week] == level { 1.0 } else { 0.0 }
    });
    Model::new(&measured, design).map_or(0.0, |model| model.paule_mandel())
}
