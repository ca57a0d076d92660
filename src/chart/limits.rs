//! The chart of points that may each be shown: limits, findings and the watch of the analytics
//! crate, on 0 to 100.

use relais_analytics::Direction;
use relais_analytics::chart::{self, Finding, Frequency, Period, Status};
use relais_analytics::cusum::{self, Reference};

use super::{Alarm, Chart, Kind, Measure, Point, Value, Watch, smallest};
use crate::blueprint::Blueprint;
use crate::breakdown::disclosure::Reading;
use crate::calendar::Week;
use crate::privacy::{Disclosed, NotShown, Place};

/// The releases that a point stands for, the first and the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) since: Week,
    pub(super) week: Week,
}

/// What a chart is about, before it has points.
pub(super) struct Frame {
    pub(super) blueprint: Blueprint,
    pub(super) partition: Place,
    pub(super) place: Option<String>,
    pub(super) measure: Measure,
    pub(super) kind: Kind,
    pub(super) baseline_until: Option<Week>,
}

impl Frame {
    /// The chart of points that each may be shown; `None` where none may.
    pub(super) fn chart(self, weeks: Vec<(Span, Reading<Value>)>) -> Option<Disclosed<Chart>> {
        let mut shown = Vec::new();
        let gaps: Vec<(Span, Option<NotShown>)> = weeks
            .into_iter()
            .map(|(weeks, point)| (weeks, point.map(|value| shown.push(value)).err()))
            .collect();
        Disclosed::together(shown, |values| self.of_values(gaps, values))
    }

    fn of_values(self, weeks: Vec<(Span, Option<NotShown>)>, values: Vec<Value>) -> Chart {
        let smallest = smallest(&values);
        let mut values = values.into_iter();
        let series: Vec<(Span, Result<Value, NotShown>)> = weeks
            .into_iter()
            .map(|(weeks, gap)| match gap {
                Some(why) => (weeks, Err(why)),
                // As many values were shown as weeks have no gap.
                None => (weeks, values.next().ok_or(NotShown::NothingReleased)),
            })
            .collect();
        let ControlLimits { points, findings, watch } =
            control_limits(series, self.kind, self.baseline_until);
        Chart {
            blueprint: self.blueprint,
            partition: self.partition,
            place: self.place,
            measure: self.measure,
            kind: self.kind,
            baseline_until: self.baseline_until,
            points,
            findings,
            watch,
            smallest,
        }
    }
}

/// What was drawn of a series.
struct ControlLimits {
    points: Vec<Point>,
    findings: Vec<Finding>,
    watch: Option<Watch>,
}

/// Draws a series; `baseline_until` is the last week whose points set the limits.
fn control_limits(
    series: Vec<(Span, Result<Value, NotShown>)>,
    kind: Kind,
    baseline_until: Option<Week>,
) -> ControlLimits {
    let periods: Vec<Period> =
        baseline_until.iter().map(|until| baseline(&series, *until)).collect();
    let values = || series.iter().map(|(_, value)| value.as_ref().ok().copied());
    let chart = match kind {
        Kind::Means | Kind::Days => {
            chart::xmr(&values().map(|value| Some(value?.figure())).collect::<Vec<_>>(), &periods)
        }
        Kind::Shares => {
            chart::p(&values().map(|value| counted(value?)).collect::<Vec<_>>(), &periods)
        }
    };
    let watch = watch(&chart.points);
    let scale = if kind == Kind::Shares { 100.0 } else { 1.0 };
    let points = series.into_iter().zip(chart.points).map(|((weeks, value), point)| Point {
        week: weeks.week,
        since: weeks.since,
        value,
        centre: point.centre.map(|centre| centre * scale),
        limits: point.limits.map(|limits| limited(kind, limits.low * scale, limits.high * scale)),
        frozen: point.status == Status::Frozen,
    });
    ControlLimits { points: points.collect(), findings: chart.findings, watch }
}

/// Adds up how far each week after the baseline lies from its centre, in its own sigmas: a share of
/// few promises strays further by chance than one of many. `None` while the limits are on trial,
/// since nothing is known to depart from.
fn watch(points: &[chart::Point]) -> Option<Watch> {
    let strayed = |point: &chart::Point| {
        let known = !point.in_baseline && point.status == Status::Frozen;
        known.then_some(())?;
        Some((point.value? - point.centre?) / point.sigma.filter(|sigma| *sigma > 0.0)?)
    };
    let strayed: Vec<Option<f64>> = points.iter().map(strayed).collect();
    strayed.iter().any(Option::is_some).then_some(())?;
    let (up, down) = cusum::two_sided(&strayed, Reference { mean: 0.0, sigma: 1.0 })?;
    let alarm = |watch: &cusum::Watch, direction| {
        watch.alarm.map(|alarm| Alarm { at: alarm.at, since: alarm.since, direction })
    };
    let alarms =
        [alarm(&up, Direction::Up), alarm(&down, Direction::Down)].into_iter().flatten().collect();
    Some(Watch { up: up.sums, down: down.sums, alarms })
}

/// The one period that there is, with its baseline ending after a week.
fn baseline(series: &[(Span, Result<Value, NotShown>)], until: Week) -> Period {
    Period {
        start: 0,
        baseline_until: Some(series.iter().take_while(|(weeks, _)| weeks.week <= until).count()),
    }
}

fn counted(value: Value) -> Option<Frequency> {
    let Value::Share { count, of } = value else { return None };
    Some(Frequency { count: i64::try_from(count).ok()?, of: of as f64 })
}

/// A mean of 0 to 100 cannot lie outside of it, and neither can what is usual for it.
fn limited(kind: Kind, low: f64, high: f64) -> (f64, f64) {
    match kind {
        Kind::Means => (low.max(0.0), high.min(100.0)),
        Kind::Days => (low.max(0.0), high),
        Kind::Shares => (low, high),
    }
}
