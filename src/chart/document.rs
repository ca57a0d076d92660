//! A chart as JSON, the same from the command line and from the API.

use relais_analytics::Direction;
use relais_analytics::chart::{self, Rule, Sign};
use serde::Serialize;

use super::{Chart, Kind, NOTICED_IN, Point, Watch, phrases};
use crate::breakdown::document::Both;
use crate::privacy::Disclosed;

/// The document of a chart that may be shown.
pub fn document(chart: &Disclosed<Chart>) -> Document {
    Document::of(chart)
}

/// `relais chart --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    journey_type: String,
    partition: String,
    measure: String,
    label: Both,
    /// `xmr` of weekly means, `p` of shares.
    chart: &'static str,
    scale: &'static str,
    /// The Monday of the last week whose points set the limits, where somebody chose it.
    baseline_until: Option<String>,
    points: Vec<ChartPoint>,
    asks: Vec<Question>,
    /// Small departures added up (CUSUM), in sigmas; absent while the limits are on trial.
    watch: Option<Sums>,
    smallest_visible_change: Option<Change>,
    text: Both,
    notes: Vec<Both>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct ChartPoint {
    /// The Monday of the released week.
    week: String,
    /// The Monday of the first released week that the point stands for.
    since: String,
    value: Option<f64>,
    /// Answers, or promises, behind the value.
    of: Option<u64>,
    centre: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    /// `trial` while the limits may yet move, then `frozen`.
    limits: &'static str,
    /// Why there is no value.
    gap: Option<Both>,
}

/// Something worth asking about.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Question {
    rule: &'static str,
    direction: &'static str,
    weeks: Vec<String>,
    text: Both,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Sums {
    threshold: f64,
    /// After each point.
    up: Vec<f64>,
    down: Vec<f64>,
    alarms: Vec<AlarmPoint>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct AlarmPoint {
    direction: &'static str,
    week: Option<String>,
    since: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Change {
    points: f64,
    weeks: usize,
}

impl Document {
    fn of(chart: &Chart) -> Self {
        let notes = |lang| phrases::notes(chart, lang);
        let both = notes(crate::i18n::Lang::Fr).into_iter().zip(notes(crate::i18n::Lang::En));
        Self {
            journey_type: chart.blueprint.journey_type.clone(),
            partition: chart.partition.to_string(),
            measure: chart.measure.to_string(),
            label: Both::of(|lang| phrases::measured(chart, lang)),
            chart: match chart.kind {
                Kind::Means | Kind::Days => "xmr",
                Kind::Shares => "p",
            },
            scale: if chart.kind == Kind::Days { "days" } else { "0-100" },
            baseline_until: chart.baseline_until.map(|week| week.monday().to_string()),
            points: chart.points.iter().map(place).collect(),
            asks: chart.questions.iter().map(|asked| question(chart, asked)).collect(),
            watch: chart.watch.as_ref().map(|watch| sums(chart, watch)),
            smallest_visible_change: chart
                .smallest
                .map(|points| Change { points, weeks: NOTICED_IN }),
            text: Both::of(|lang| phrases::lede(chart, lang)),
            notes: both.map(|(fr, en)| Both { fr, en }).collect(),
        }
    }
}

fn place(point: &Point) -> ChartPoint {
    let value = point.value.as_ref().ok();
    ChartPoint {
        week: point.week.monday().to_string(),
        since: point.since.monday().to_string(),
        value: value.map(|value| value.figure()),
        of: value.map(|value| value.size()),
        centre: point.centre,
        low: point.limits.map(|limits| limits.0),
        high: point.limits.map(|limits| limits.1),
        limits: if point.frozen { "frozen" } else { "trial" },
        gap: point.value.as_ref().err().map(|why| Both::of(|lang| why.say(lang))),
    }
}

fn sums(chart: &Chart, watch: &Watch) -> Sums {
    let alarm = |alarm: &super::Alarm| AlarmPoint {
        direction: direction(alarm.direction),
        week: monday(chart, alarm.at),
        since: monday(chart, alarm.since),
    };
    let alarms = watch.alarms.iter().map(alarm).collect();
    Sums { threshold: watch.threshold, up: watch.up.clone(), down: watch.down.clone(), alarms }
}

fn monday(chart: &Chart, place: usize) -> Option<String> {
    chart.points.get(place).map(|point| point.week.monday().to_string())
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
    }
}

fn question(chart: &Chart, asked: &chart::Question) -> Question {
    Question {
        rule: match asked.seen {
            Sign::Lasting => "lasting",
            Sign::Pattern(Rule::Outside) => "outside",
            Sign::Pattern(Rule::Shift) => "shift",
            Sign::Pattern(Rule::Trend) => "trend",
            Sign::Pattern(Rule::TwoOfThree) => "two-of-three",
        },
        direction: direction(asked.direction),
        weeks: asked.points.iter().filter_map(|place| monday(chart, *place)).collect(),
        text: Both::of(|lang| phrases::question(chart, asked, lang)),
    }
}
