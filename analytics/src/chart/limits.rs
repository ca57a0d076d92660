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

/// A known point.
#[derive(Clone, Copy)]
pub(super) struct Observation {
    pub(super) value: f64,
    /// What the value is a mean over: 1 for a plain value.
    size: f64,
}

impl Observation {
    pub(super) fn value(value: f64) -> Option<Self> {
        value.is_finite().then_some(Self { value, size: 1.0 })
    }

    pub(super) fn share(counted: Frequency) -> Option<Self> {
        Self::rate(counted).filter(|share| share.value <= 1.0)
    }

    pub(super) fn rate(Frequency { count, of }: Frequency) -> Option<Self> {
        let possible = count >= 0 && of > 0.0 && of.is_finite();
        possible
            .then_some(Self { value: count as f64 / of, size: of })
            .filter(|rate| rate.value.is_finite())
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
    /// The spread of one observation, as far as the kind knows it; 1 for plain values, whose
    /// ranges tell all.
    fn spread(self, centre: f64, size: f64) -> f64 {
        match self {
            Self::Values => 1.0,
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
        Some(Self {
            centre,
            spreads: spreads.filter(|spreads| *spreads > 0.0 && spreads.is_finite()),
            scale,
        })
    }

    pub(super) fn sigma(&self, seen: &Observation) -> Option<f64> {
        Some(self.spreads? * self.scale.spread(self.centre, seen.size))
            .filter(|sigma| sigma.is_finite())
    }

    pub(super) fn limits(&self, sigma: f64) -> Interval {
        let (least, most) = self.scale.possible();
        let half = LIMIT_SIGMAS * sigma;
        Interval { low: (self.centre - half).max(least), high: (self.centre + half).min(most) }
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
