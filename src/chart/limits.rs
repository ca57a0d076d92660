//! The chart of points that may each be shown: limits, findings and the watch of the analytics
//! crate, on 0 to 100.

use relais_analytics::Direction;
use relais_analytics::chart::{self, Frequency, Lasting, Mean, Period, Question, Status};
use relais_analytics::cusum;

use super::{Alarm, Chart, Kind, Measure, Point, Value, Watch, smallest};
use crate::blueprint::Blueprint;
use crate::breakdown::disclosure::Reading;
use crate::calendar::Week;
use crate::privacy::{Disclosed, NotShown, Place};

/// The weeks that a point stands for: of one release, or of several, from the first whose answers
/// are in it to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) since: Week,
    pub(super) week: Week,
}

impl Span {
    fn weeks(self) -> u32 {
        u32::try_from(self.week.0.saturating_sub(self.since.0)).unwrap_or(0).saturating_add(1)
    }
}

/// What a chart is about, before it has points.
pub(super) struct Frame {
    pub(super) blueprint: Blueprint,
    pub(super) partition: Place,
    pub(super) place: Option<String>,
    pub(super) measure: Measure,
    pub(super) kind: Kind,
    /// The least by which two answers differ, of 0 to 100; 0 where that is not known.
    pub(super) step: f64,
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
        let ControlLimits { points, questions, watch } =
            control_limits(series, self.kind, self.step, self.baseline_until);
        Chart {
            blueprint: self.blueprint,
            partition: self.partition,
            place: self.place,
            measure: self.measure,
            kind: self.kind,
            baseline_until: self.baseline_until,
            points,
            questions,
            watch,
            smallest,
        }
    }
}

/// What was drawn of a series.
struct ControlLimits {
    points: Vec<Point>,
    questions: Vec<Question>,
    watch: Option<Watch>,
}

/// Draws a series; `baseline_until` is the last week whose points set the limits.
fn control_limits(
    series: Vec<(Span, Result<Value, NotShown>)>,
    kind: Kind,
    step: f64,
    baseline_until: Option<Week>,
) -> ControlLimits {
    let periods: Vec<Period> =
        baseline_until.iter().map(|until| baseline(&series, *until)).collect();
    let chart = match kind {
        Kind::Means | Kind::Days => {
            let mean = |(span, value): &(Span, Result<Value, NotShown>)| {
                let value = value.as_ref().ok()?;
                let (answers, weeks) = (value.size() as f64, span.weeks());
                Some(Mean { value: value.figure(), answers, weeks })
            };
            chart::means(&series.iter().map(mean).collect::<Vec<_>>(), step, &periods)
        }
        Kind::Shares => {
            let weeks: Vec<u32> = series.iter().map(|(span, _)| span.weeks()).collect();
            let shares = series.iter().map(|(_, value)| counted(value.as_ref().ok().copied()?));
            chart::p(&shares.collect::<Vec<_>>(), &periods).spanning(&weeks)
        }
    };
    let lasting = chart::lasting(&chart);
    let (questions, watch) = (chart::questions(&chart, &lasting), watch(lasting));
    let scale = if kind == Kind::Shares { 100.0 } else { 1.0 };
    let points = series.into_iter().zip(chart.points).map(|((weeks, value), point)| Point {
        week: weeks.week,
        since: weeks.since,
        value,
        centre: point.centre.map(|centre| centre * scale),
        limits: point.limits.map(|limits| limited(kind, limits.low * scale, limits.high * scale)),
        frozen: point.status == Status::Frozen,
    });
    ControlLimits { points: points.collect(), questions, watch }
}

/// The watch for small departures that last; `None` while the limits are on trial, since nothing is
/// known to depart from.
fn watch(lasting: Lasting) -> Option<Watch> {
    let Lasting::Watched(watched) = lasting else { return None };
    let alarm = |watch: &cusum::Watch, direction| {
        watch.alarm.map(|alarm| Alarm { at: alarm.at, since: alarm.since, direction })
    };
    let (up, down) = (watched.up, watched.down);
    let alarms =
        [alarm(&up, Direction::Up), alarm(&down, Direction::Down)].into_iter().flatten().collect();
    Some(Watch { threshold: watched.threshold, up: up.sums, down: down.sums, alarms })
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
