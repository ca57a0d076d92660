//! Centre line and limits of a baseline.

use crate::interval::Interval;

/// Limits of an XmR chart, in mean moving ranges from the centre: 3 / 1.128, rounded as the tables
/// do.
pub const XMR_LIMIT: f64 = 2.66;
/// Moving ranges of an XmR chart beyond so many mean moving ranges do not count in the limits:
/// `D₄` of two points.
pub const RANGE_LIMIT: f64 = 3.267;
/// The mean range of two points of a normal distribution, in standard deviations: `d₂`.
pub const RANGE_PER_SIGMA: f64 = 1.128;
/// Limits, in sigmas from the centre.
pub const LIMIT_SIGMAS: f64 = 3.0;

/// A count and what it is a count of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frequency {
    /// How often it happened.
    pub count: i64,
    /// Of how many ([`p`](super::p)), or over which exposure ([`u`](super::u)).
    pub of: f64,
}

/// A mean, and what it was taken over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// The mean.
    pub value: f64,
    /// Of how many answers: above 0.
    pub answers: f64,
    /// Over how many weeks: a release of four weeks is four; 0 counts as 1.
    pub weeks: u32,
}

/// A known point.
#[derive(Clone, Copy)]
pub(super) struct Observation {
    pub(super) value: f64,
    /// What the value is a mean over: trials, exposure, or weeks.
    size: f64,
    /// The smallest departure from the centre that tells anything, in the unit of the value.
    least: f64,
    pub(super) weeks: u32,
}

impl Observation {
    pub(super) fn value(value: f64) -> Option<Self> {
        value.is_finite().then_some(Self { value, size: 1.0, least: 0.0, weeks: 1 })
    }

    /// A mean of answers that differ by `step` at least.
    pub(super) fn mean(Mean { value, answers, weeks }: Mean, step: f64) -> Option<Self> {
        let weeks = weeks.max(1);
        let step = if step > 0.0 && step.is_finite() { step } else { 0.0 };
        // An answer is the nearest step of the scale to what was meant: rounding has a standard
        // deviation of a step / √12. And one answer that differs by one step is never strange.
        let least = (LIMIT_SIGMAS * step / (12.0 * answers).sqrt()).max(step / answers);
        let possible = value.is_finite() && answers > 0.0 && answers.is_finite();
        possible.then_some(Self { value, size: f64::from(weeks), least, weeks })
    }

    pub(super) fn share(counted: Frequency) -> Option<Self> {
        Self::rate(counted).filter(|share| share.value <= 1.0)
    }

    pub(super) fn rate(Frequency { count, of }: Frequency) -> Option<Self> {
        let possible = count >= 0 && of > 0.0 && of.is_finite();
        possible
            .then_some(Self { value: count as f64 / of, size: of, least: 1.0 / of, weeks: 1 })
            .filter(|rate| rate.value.is_finite() && rate.least.is_finite())
    }
}

/// How far values of one kind spread about their centre when nothing but chance moves them.
#[derive(Clone, Copy)]
pub(super) enum Scale {
    Values,
    Shares,
    Rates,
}

impl Scale {
    /// The spread of one observation, as far as the kind knows it; for values that of a week is 1,
    /// since their ranges tell all, and a mean over more weeks varies by less.
    fn spread(self, centre: f64, size: f64) -> f64 {
        match self {
            Self::Values => 1.0 / size.sqrt(),
            Self::Shares => (centre * (1.0 - centre) / size).max(0.0).sqrt(),
            Self::Rates => (centre / size).max(0.0).sqrt(),
        }
    }

    fn possible(self) -> (f64, f64) {
        match self {
            Self::Values => (f64::NEG_INFINITY, f64::INFINITY),
            Self::Shares => (0.0, 1.0),
            Self::Rates => (0.0, f64::INFINITY),
        }
    }
}

/// What a baseline says about all points of its period.
#[derive(Clone, Copy)]
pub(super) struct Lines {
    pub(super) centre: f64,
    /// Sigma in spreads: Laney's `σ_z`, or a third of `2.66 MR̄` for values. `None` where the
    /// baseline does not vary.
    spreads: Option<f64>,
    /// The centre at which spreads are taken where the baseline is too even to say how far chance
    /// goes, see [`even_centre`].
    even: Option<f64>,
    scale: Scale,
}

impl Lines {
    /// `None` for an empty baseline, or one too large for a floating-point number.
    pub(super) fn of(baseline: &[Observation], scale: Scale) -> Option<Self> {
        let centre = centre(baseline).filter(|centre| centre.is_finite())?;
        let standardised: Vec<f64> = baseline
            .iter()
            .map(|seen| (seen.value - centre) / scale.spread(centre, seen.size))
            .collect();
        let ranges: Vec<f64> =
            standardised.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
        let spreads = match scale {
            Scale::Values => screened_mean(&ranges).map(|range| range * XMR_LIMIT / LIMIT_SIGMAS),
            Scale::Shares | Scale::Rates => mean(&ranges).map(|range| range / RANGE_PER_SIGMA),
        };
        let spreads = spreads.filter(|spreads| *spreads > 0.0 && spreads.is_finite());
        // One point has no range: nothing yet says that it does not vary.
        let even = if baseline.len() < 2 { None } else { even_centre(baseline, scale, spreads) };
        Some(Self { centre, spreads, even, scale })
    }

    pub(super) fn sigma(&self, seen: &Observation) -> Option<f64> {
        let ranges =
            self.spreads.map(|spreads| spreads * self.scale.spread(self.centre, seen.size));
        let floor = self.even.map(|even| match self.scale {
            Scale::Values => seen.least / LIMIT_SIGMAS,
            Scale::Shares | Scale::Rates => {
                let chance = self.spreads.unwrap_or(1.0).max(1.0);
                // The margin keeps a single exception inside the limits, whatever is rounded.
                let single = seen.least / LIMIT_SIGMAS * (1.0 + 1e-9);
                (chance * self.scale.spread(even, seen.size)).max(single)
            }
        });
        let sigma = ranges.into_iter().chain(floor).reduce(f64::max);
        sigma.filter(|sigma| *sigma > 0.0 && sigma.is_finite())
    }

    pub(super) fn limits(&self, sigma: f64) -> Interval {
        let (least, most) = self.scale.possible();
        let half = LIMIT_SIGMAS * sigma;
        Interval { low: (self.centre - half).max(least), high: (self.centre + half).min(most) }
    }
}

/// Where the spread of a baseline is taken that is too even for its ranges: the middle of Wilson's
/// interval at three sigmas (for rates, of the Poisson score interval), which is not 0 where
/// nothing, or everything, happened. A baseline is too even when it does not vary, or when it has
/// fewer exceptions than points, so that most of its ranges are 0. `None` where ranges do.
fn even_centre(baseline: &[Observation], scale: Scale, spreads: Option<f64>) -> Option<f64> {
    let (mut size, mut happened) = (0.0, 0.0);
    for seen in baseline {
        size += seen.size;
        happened += seen.size * seen.value;
    }
    let (points, squared) = (baseline.len() as f64, LIMIT_SIGMAS * LIMIT_SIGMAS);
    match scale {
        Scale::Values => Some(0.0),
        Scale::Shares if spreads.is_none() || happened.min(size - happened) < points => {
            Some((happened + squared / 2.0) / (size + squared))
        }
        Scale::Rates if spreads.is_none() || happened < points => {
            Some((happened + squared / 2.0) / size)
        }
        Scale::Shares | Scale::Rates => None,
    }
}

/// The mean by size, summed from the first value on: equal values have exactly that mean, so that
/// rounding puts none of them on one side of it.
fn centre(baseline: &[Observation]) -> Option<f64> {
    let first = baseline.first()?.value;
    let size: f64 = baseline.iter().map(|seen| seen.size).sum();
    Some(first + baseline.iter().map(|seen| seen.size * (seen.value - first)).sum::<f64>() / size)
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The mean of the ranges without those that stand out among them.
fn screened_mean(ranges: &[f64]) -> Option<f64> {
    let most = RANGE_LIMIT * mean(ranges)?;
    let kept: Vec<f64> = ranges.iter().copied().filter(|range| *range <= most).collect();
    mean(&kept)
}
