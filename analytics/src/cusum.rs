//! CUSUM: a watch that adds up small departures until they can no longer be chance.
//!
//! A chart notices a large jump at once and a small lasting shift late. The cumulative sum (Page
//! 1954) of the standardised points `z = (x − mean) / sigma`, less an allowance, does the reverse:
//! `S_i = max(0, S_{i−1} + z_i − k)` watches for a rise, the same on `−z` for a fall; an alarm is
//! `S_i > h`. With `k = ½` it is the quickest watch for a lasting shift of one sigma.
//!
//! The watch of a chart, whose baseline is estimated, is [`crate::chart::lasting`]; its threshold
//! follows from the baseline. Here mean and sigma are given.
//!
//! With the mean and sigma known, `h = 7` gives a false alarm in 26 quiet weeks in 0.2 % of
//! watches on one side ([`alarm_share`]). They are not known: estimated from 24 baseline weeks,
//! they make that 3 % on one side and 5.5 % on both, or 4.5 % and 8 % with the sigma of an XmR
//! chart, which a test of this crate measures.
//!
//! # Run lengths
//!
//! How long a watch stays silent follows from Page's integral equation for the chance `L_n(s)` to
//! be silent for `n` more points from `S = s`:
//! `L_{n+1}(s) = L_n(0) Φ(k − s − δ) + ∫₀ʰ L_n(x) φ(x + k − s − δ) dx`, with a true shift of `δ`
//! sigmas. The integral is done by Boole's rule on 200 intervals; the chain of Brook & Evans
//! (1972) is the same by the midpoint rule. It agrees with R's `spc::xcusum.arl` to eight digits.

use crate::Direction;
use statrs::distribution::{Continuous, ContinuousCDF, Normal};

/// The allowance `k`, in sigmas: half the shift that is watched for.
pub const ALLOWANCE: f64 = 0.5;
/// The alarm `h` of a watch whose mean and sigma are given, in sigmas. That of a chart's watch is
/// [`crate::chart::threshold`].
pub const THRESHOLD: f64 = 7.0;

/// Intervals of Boole's rule between 0 and the threshold: a multiple of 4.
const INTERVALS: usize = 200;
/// Longest run that is followed point by point; from there on each point keeps the same share
/// silent.
const LONGEST_RUN: usize = 20_000;

/// What is normal: mean and standard deviation of quiet weeks, in the unit of the values. Those of
/// a chart's baseline are a point's [`centre`](crate::chart::Point::centre) and
/// [`sigma`](crate::chart::Point::sigma).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reference {
    /// The baseline's mean.
    pub mean: f64,
    /// The standard deviation of its weeks: above 0.
    pub sigma: f64,
}

/// The watch on one side.
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    /// `S` after each point, in sigmas. In a gap it stays.
    pub sums: Vec<f64>,
    /// The first alarm.
    pub alarm: Option<Alarm>,
}

/// A first alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// The point at which the sum passed the threshold.
    pub at: usize,
    /// The first point after the sum was last 0: about where the shift began.
    pub since: usize,
}

/// Watches for a shift in one direction. `None` without a usable reference.
///
/// ```
/// use relais_analytics::Direction;
/// use relais_analytics::cusum::{Alarm, Reference, one_sided};
///
/// // Quiet, then one sigma and a half up: each week adds 1.5 − 0.5.
/// let weeks: Vec<Option<f64>> = [80.0; 5].into_iter().chain([86.0; 8]).map(Some).collect();
/// let reference = Reference { mean: 80.0, sigma: 4.0 };
/// let watch = one_sided(&weeks, reference, Direction::Up).expect("usable");
/// assert_eq!((watch.sums[4], watch.sums[6]), (0.0, 2.0));
/// assert_eq!(watch.alarm, Some(Alarm { at: 12, since: 5 }));
/// ```
pub fn one_sided(
    values: &[Option<f64>],
    reference: Reference,
    direction: Direction,
) -> Option<Watch> {
    let usable = reference.mean.is_finite() && reference.sigma > 0.0 && reference.sigma.is_finite();
    usable.then(|| {
        let standard = |value: f64| (value - reference.mean) / reference.sigma;
        let points = values.iter().map(|value| {
            Some(Standardised { z: standard(value.filter(|value| value.is_finite())?), weeks: 1.0 })
        });
        run(points, direction, THRESHOLD)
    })
}

/// A point's departure from the mean in its own sigmas, and how many weeks it spans.
#[derive(Clone, Copy)]
pub(crate) struct Standardised {
    pub(crate) z: f64,
    pub(crate) weeks: f64,
}

/// The watch on one side with a threshold of its own. A point that spans `w` weeks adds what its
/// weeks would have added together, `√w z − w k`.
pub(crate) fn run(
    points: impl Iterator<Item = Option<Standardised>>,
    direction: Direction,
    threshold: f64,
) -> Watch {
    let mut watch = Watch { sums: Vec::new(), alarm: None };
    let (mut sum, mut since) = (0.0, 0);
    for (at, point) in points.enumerate() {
        if let Some(Standardised { z, weeks }) = point {
            sum = f64::max(0.0, sum + direction.sign() * weeks.sqrt() * z - weeks * ALLOWANCE);
        }
        if sum == 0.0 {
            since = at + 1;
        }
        watch.alarm = watch.alarm.or((sum > threshold).then_some(Alarm { at, since }));
        watch.sums.push(sum);
    }
    watch
}

/// Watches for a shift either way: for a rise, and for a fall. `None` without a usable reference.
pub fn two_sided(values: &[Option<f64>], reference: Reference) -> Option<(Watch, Watch)> {
    Some((
        one_sided(values, reference, Direction::Up)?,
        one_sided(values, reference, Direction::Down)?,
    ))
}

/// The share of watches for a rise that have given an alarm within so many points of a series
/// whose true mean lies `shift` sigmas above the reference; the share of false alarms for a shift
/// of 0. `None` unless `0 < threshold ≤ 12` and the rest are finite.
///
/// ```
/// use relais_analytics::cusum::{ALLOWANCE, THRESHOLD, alarm_share};
///
/// let quiet = alarm_share(ALLOWANCE, THRESHOLD, 0.0, 26).expect("possible");
/// let shifted = alarm_share(ALLOWANCE, THRESHOLD, 1.0, 26).expect("possible");
/// assert!(quiet < 0.003 && shifted > 0.9);
/// ```
pub fn alarm_share(allowance: f64, threshold: f64, shift: f64, points: usize) -> Option<f64> {
    let mut silent = Silent::new(allowance, threshold, shift)?;
    (0..points).for_each(|_| silent.step());
    Some((1.0 - silent.at_rest()).clamp(0.0, 1.0))
}

/// The mean number of points to the first alarm of a watch for a rise, counting from rest (the
/// average run length), when the true mean lies `shift` sigmas above the reference. `None` as for
/// [`alarm_share`].
///
/// ```
/// // Siegmund's (1985) approximation for k = ½, h = 5 is 938; the exact figure is 930.887.
/// let length = relais_analytics::cusum::run_length(0.5, 5.0, 0.0).expect("possible");
/// assert!((length - 930.887).abs() < 1e-3);
/// ```
pub fn run_length(allowance: f64, threshold: f64, shift: f64) -> Option<f64> {
    let mut silent = Silent::new(allowance, threshold, shift)?;
    let (mut length, mut kept) = (0.0, 0.0);
    for _ in 0..LONGEST_RUN {
        let before = silent.at_rest();
        length += before;
        silent.step();
        let share = silent.at_rest() / before;
        // Once each point keeps the same share, what remains is a geometric series. A share of NaN
        // is 0 of 0: over.
        if (share - kept).abs() < 1e-14 || share.is_nan() {
            break;
        }
        kept = share;
    }
    Some(length + silent.at_rest() / (1.0 - kept))
}

/// The same for a watch either way: `1/L = 1/L₊ + 1/L₋` (Kemp 1961).
pub fn run_length_two_sided(allowance: f64, threshold: f64, shift: f64) -> Option<f64> {
    let one = |shift| run_length(allowance, threshold, shift);
    Some(1.0 / (1.0 / one(shift)? + 1.0 / one(-shift)?))
}

/// The chance to have been silent so far, by where the sum stood at first.
struct Silent {
    chance: Vec<f64>,
    /// Row `s`: what each node weighs in the next chance from `s`.
    weights: Vec<f64>,
}

impl Silent {
    fn new(allowance: f64, threshold: f64, shift: f64) -> Option<Self> {
        let possible =
            threshold > 0.0 && threshold <= 12.0 && allowance.is_finite() && shift.is_finite();
        let normal = Normal::new(0.0, 1.0).ok().filter(|_| possible)?;
        let step = threshold / INTERVALS as f64;
        let mut weights = Vec::with_capacity((INTERVALS + 1) * (INTERVALS + 1));
        for from in 0..=INTERVALS {
            let drift = allowance - step * from as f64 - shift;
            for to in 0..=INTERVALS {
                let rest = if to == 0 { normal.cdf(drift) } else { 0.0 };
                weights.push(
                    rest + step * 2.0 / 45.0 * boole(to) * normal.pdf(step * to as f64 + drift),
                );
            }
        }
        Some(Self { chance: vec![1.0; INTERVALS + 1], weights })
    }

    fn at_rest(&self) -> f64 {
        self.chance[0]
    }

    fn step(&mut self) {
        let rows = self.weights.chunks_exact(INTERVALS + 1);
        self.chance = rows
            .map(|row| row.iter().zip(&self.chance).map(|(weight, chance)| weight * chance).sum())
            .collect();
    }
}

/// 7, 32, 12, 32, 14, 32, 12, 32, … 7.
fn boole(node: usize) -> f64 {
    match node {
        0 | INTERVALS => 7.0,
        odd if odd % 2 == 1 => 32.0,
        even if even % 4 == 2 => 12.0,
        _ => 14.0,
    }
}
