//! Limits and findings: the analytics crate's charts, on 0 to 100.

use relais_analytics::chart::{self, Counted, Finding, Period, Status};

use super::{Gap, Kind, Point, Seen, Value};
use crate::calendar::Week;

/// Draws a series; `baseline_until` is the last week whose points set the limits.
pub(super) fn drawn(
    series: Vec<(Week, Result<Value, Gap>)>,
    kind: Kind,
    baseline_until: Option<Week>,
) -> (Vec<Point>, Vec<Finding>) {
    let periods: Vec<Period> = baseline_until.iter().map(|until| baseline(&series, *until)).collect();
    let values = || series.iter().map(|(_, seen)| seen.as_ref().ok().copied());
    let chart = match kind {
        Kind::Means => chart::xmr(&values().map(|value| Some(value?.figure())).collect::<Vec<_>>(), &periods),
        Kind::Shares => chart::p(&values().map(|value| counted(value?)).collect::<Vec<_>>(), &periods),
    };
    let scale = if kind == Kind::Shares { 100.0 } else { 1.0 };
    let points = series.into_iter().zip(chart.points).map(|((week, seen), point)| Point {
        week,
        seen: seen.map(|value| Seen { figure: value.figure(), size: value.size() }),
        centre: point.centre.map(|centre| centre * scale),
        limits: point.limits.map(|limits| limited(kind, limits.low * scale, limits.high * scale)),
        frozen: point.status == Status::Frozen,
    });
    (points.collect(), chart.findings)
}

/// The one period that there is, with its baseline ending after a week.
fn baseline(series: &[(Week, Result<Value, Gap>)], until: Week) -> Period {
    Period { start: 0, baseline_until: Some(series.iter().take_while(|(week, _)| *week <= until).count()) }
}

fn counted(value: Value) -> Option<Counted> {
    let Value::Share { count, of } = value else { return None };
    Some(Counted { count: i64::try_from(count).ok()?, of: of as f64 })
}

/// A mean of 0 to 100 cannot lie outside of it, and neither can what is usual for it.
fn limited(kind: Kind, low: f64, high: f64) -> (f64, f64) {
    match kind {
        Kind::Means => (low.max(0.0), high.min(100.0)),
        Kind::Shares => (low, high),
    }
}
