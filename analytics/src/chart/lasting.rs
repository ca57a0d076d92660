//! The watch of a chart for a shift that stays: CUSUM with a threshold that its baseline pays for.
//!
//! A baseline of twelve weeks is wrong about the mean by 0.29 sigmas and about sigma by a fifth,
//! and weeks that go with the week before make both worse: with a fixed `h = 7` a quiet half year
//! rings in 15 % after 12 points and in 32 % with an autocorrelation of .2. So the threshold is
//! `h = (4.2 + 76 / m) (1 + r) / (1 − r)`, with `m` the weeks of the baseline and `r` what they say
//! of their autocorrelation, corrected for the bias of an estimated mean (Kendall 1954) and, as few
//! points say little of it, drawn towards 0: `r = m / (m + 25) (ρ̂ + 1/m)`, within 0 and .6.
//! `(1 + r) / (1 − r)` is by what autocorrelation widens the variance of a sum. Sigma is the larger
//! of the chart's, from ranges, and the baseline's standard deviation: ranges of autocorrelated
//! weeks are too short.
//!
//! # What it costs
//!
//! A test of this crate measures, for 26 weeks after the baseline, how often a quiet series rings
//! either way, and how often (after how many weeks in the middle case) a shift of 1 and of 2 sigmas
//! that begins with the first of them is seen:
//!
//! | baseline | h at ρ̂ = 0 | quiet, ρ = 0 | .2 | .4 | 1 sigma, ρ = 0 | .2 | 2 sigmas, ρ = 0 | .2 |
//! |---|---|---|---|---|---|---|---|---|
//! | 12 | 10.5 | 3.0 % | 7.8 % | 16.6 % | 56 % (15) | 60 % (14) | 100 % (8) | 99 % (8) |
//! | 18 | 8.4 | 2.5 % | 7.8 % | 16.0 % | 70 % (14) | 70 % (13) | 100 % (7) | 100 % (7) |
//! | 24 | 7.4 | 2.7 % | 7.7 % | 14.7 % | 77 % (13) | 75 % (13) | 100 % (6) | 100 % (6) |
//! | 52 | 5.7 | 3.5 % | 7.9 % | 10.0 % | 91 % (11) | 86 % (12) | 100 % (5) | 100 % (5) |
//!
//! Up to an autocorrelation of .2 quiet half years ring in 8 % at most; at .4 in 17 % after short
//! baselines and in 10 % after a year's. Watching for a second half year on the same baseline about
//! doubles all of them: a watch is for [`WATCHED_WEEKS`].

use super::Chart;
use super::baseline::FROZEN_AFTER;
use super::point::{Point, Status};
use crate::Direction;
use crate::cusum::{Standardised, Watch, run};
use crate::interval::t_quantile;

/// The weeks for which the threshold holds its false alarms.
pub const WATCHED_WEEKS: u32 = 26;

/// The threshold of an endless baseline, in sigmas.
const ENDLESS: f64 = 4.2;
/// What a baseline of one week would add.
const SHORT: f64 = 76.0;
/// Baseline points at which the estimated autocorrelation counts by half.
const HALF_TRUSTED: f64 = 25.0;
/// The two-sided level of the interval beyond which a single week is far.
const FAR: f64 = 0.9999;
/// The largest autocorrelation that is believed.
const MOST: f64 = 0.6;

/// What a chart says about shifts that last.
#[derive(Clone, Debug, PartialEq)]
pub enum Lasting {
    /// Nothing is watched yet: the limits are on trial, or no point came after the baseline, or
    /// nothing says how far chance goes. To be said as "trial", never as "quiet".
    Trial,
    /// The points after the baseline are watched.
    Watched(Watched),
}

/// The watch either way over the last period of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Watched {
    /// The watch for a rise: a sum for each point of the chart, 0 up to the end of the baseline.
    pub up: Watch,
    /// The same for a fall.
    pub down: Watch,
    /// Where both ring, in sigmas: see [`threshold`].
    pub threshold: f64,
    /// Weeks of the baseline: of its known points, each with those that it spans.
    pub baseline: usize,
    /// The autocorrelation that the threshold allows for, 0 to .6.
    pub autocorrelation: f64,
    /// A single point so many of its own sigmas from the centre is beyond chance by itself: it
    /// comes in 1 of 10,000 quiet weeks, by Student's t of the baseline's points.
    pub far: f64,
}

/// The threshold after a baseline of so many weeks, for an autocorrelation that is allowed for;
/// `None` with fewer than [`FROZEN_AFTER`].
///
/// ```
/// use relais_analytics::chart::threshold;
///
/// let round = |weeks| threshold(weeks, 0.0).map(|h| (10.0 * h).round() / 10.0);
/// assert_eq!([11, 12, 24, 52].map(round), [None, Some(10.5), Some(7.4), Some(5.7)]);
/// ```
pub fn threshold(weeks: usize, autocorrelation: f64) -> Option<f64> {
    let within = autocorrelation.clamp(0.0, MOST);
    let wider = (1.0 + within) / (1.0 - within);
    (weeks >= FROZEN_AFTER && wider.is_finite()).then(|| (ENDLESS + SHORT / weeks as f64) * wider)
}

/// Watches the points after the baseline of the chart's last period, each in its own sigmas: a
/// share of few strays further by chance than one of many, and a point of four weeks counts as
/// four.
///
/// ```
/// use relais_analytics::chart::{Frequency, Lasting, lasting, p};
///
/// // 12 of 12 for 18 weeks, then none of 12.
/// let kept = |week| Frequency { count: if week < 18 { 12 } else { 0 }, of: 12.0 };
/// let kept: Vec<_> = (0..19).map(|week| Some(kept(week))).collect();
/// let Lasting::Watched(watched) = lasting(&p(&kept, &[])) else { panic!("18 weeks are enough") };
/// assert_eq!(watched.down.alarm.map(|alarm| alarm.at), Some(18));
/// assert_eq!(lasting(&p(&kept[..12], &[])), Lasting::Trial);
/// ```
pub fn lasting(chart: &Chart) -> Lasting {
    let period = &chart.points[chart.last_period.min(chart.points.len())..];
    let quiet: Vec<f64> =
        period.iter().filter(|point| point.in_baseline).filter_map(departure).collect();
    let watched = |point: &&Point| !point.in_baseline && departure(point).is_some();
    let is_watched = period.iter().any(|point| watched(&point))
        && period.iter().all(|point| point.status == Status::Frozen);
    let (baseline, autocorrelation) = (weeks(period), autocorrelation(&quiet));
    let is_watched = is_watched && quiet.len() >= FROZEN_AFTER;
    let Some(threshold) = threshold(baseline, autocorrelation).filter(|_| is_watched) else {
        return Lasting::Trial;
    };
    let scale = deviation(&quiet).max(1.0);
    let side = |direction| {
        let points = chart.points.iter().enumerate().map(|(at, point)| {
            let point = Some(point).filter(|point| at >= chart.last_period && watched(point))?;
            Some(Standardised { z: departure(point)? / scale, weeks: f64::from(point.weeks) })
        });
        run(points, direction, threshold)
    };
    let (up, down) = (side(Direction::Up), side(Direction::Down));
    let points = quiet.len();
    let far = t_quantile(FAR, points - 1)
        .map_or(f64::INFINITY, |t| t * scale * (1.0 + 1.0 / points as f64).sqrt());
    Lasting::Watched(Watched { up, down, threshold, baseline, autocorrelation, far })
}

/// The weeks that the baseline's known points span.
fn weeks(period: &[Point]) -> usize {
    let known = period.iter().filter(|point| point.in_baseline && departure(point).is_some());
    known.fold(0, |sum, point| sum.saturating_add(point.weeks as usize))
}

/// How far a point lies from the centre, in its own sigmas.
pub(super) fn departure(point: &Point) -> Option<f64> {
    let away = (point.value? - point.centre?) / point.sigma?;
    away.is_finite().then_some(away)
}

/// The standard deviation, by n − 1; 0 of fewer than two.
fn deviation(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / (values.len() - 1) as f64).sqrt()
}

/// The autocorrelation to be allowed for, from neighbours in the baseline.
fn autocorrelation(values: &[f64]) -> f64 {
    let points = values.len() as f64;
    let mean = values.iter().sum::<f64>() / points;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let products: f64 = values.windows(2).map(|pair| (pair[0] - mean) * (pair[1] - mean)).sum();
    let found = if squares > 0.0 { products / squares + 1.0 / points } else { 0.0 };
    (points / (points + HALF_TRUSTED) * found).clamp(0.0, MOST)
}
