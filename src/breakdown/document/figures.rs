//! Estimates as JSON.

use relais_analytics::attribute::Estimate;
use relais_analytics::interval::Interval;
use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Mean {
    pub(super) mean: f64,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Figure {
    pub(super) points: f64,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
}

pub(super) fn mean(points: Estimate) -> Mean {
    let (low, high) = ends(points.interval);
    Mean { mean: points.value, low, high }
}

pub(super) fn figure(points: Estimate) -> Figure {
    let (low, high) = ends(points.interval);
    Figure { points: points.value, low, high }
}

pub(super) fn ends(interval: Option<Interval>) -> (Option<f64>, Option<f64>) {
    interval.map_or((None, None), |Interval { low, high }| (Some(low), Some(high)))
}
