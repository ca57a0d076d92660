//! A chart in words.

use relais_analytics::Direction;
use relais_analytics::chart::{Question, Rule, Sign};

use super::{Chart, Kind, Measure, NOTICED_IN, Point};
use crate::blueprint::Blueprint;
use crate::breakdown::caveat::Caveat;
use crate::breakdown::phrases::{label, partition};
use crate::calendar::{Week, date_in_words};
use crate::element::Element;
use crate::i18n::{Lang, Text, number};

/// What is charted, as it is called.
pub fn measured(chart: &Chart, lang: Lang) -> String {
    measure(&chart.blueprint, &chart.measure, chart.kind, lang)
}

/// A measure as it is called, which depends on how it is charted.
pub fn measure(blueprint: &Blueprint, measure: &Measure, kind: Kind, lang: Lang) -> String {
    let key = match (measure, kind) {
        (Measure::Outcome, _) => return Text::new("chart-outcome").say(lang),
        (Measure::Promises, _) => return Text::new("chart-promises").say(lang),
        (Measure::Of(_), Kind::Days) => "chart-days-lost",
        (Measure::Of(Element::Promise(_)), _) => "chart-kept",
        (Measure::Of(_), Kind::Means) => "chart-rating",
        (Measure::Of(_), Kind::Shares) => "chart-friction",
    };
    // Dates say so themselves: they need the name of the step alone.
    let element = measure.element().map(|element| match element {
        Element::Promise(step) => label(blueprint, &Element::Step(step.clone()), lang),
        other => label(blueprint, other, lang),
    });
    Text::new(key).with("element", element.unwrap_or_default()).say(lang)
}

/// The same as a heading.
pub fn heading(blueprint: &Blueprint, of: &Measure, kind: Kind, lang: Lang) -> String {
    let words = measure(blueprint, of, kind, lang);
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What the chart is about: the service, the place, the measure.
pub fn about(chart: &Chart, lang: Lang) -> String {
    let text = Text::new("breakdown-of").with("journey", chart.blueprint.name.say(lang));
    let place =
        text.with("partition", partition(&chart.partition, chart.place.as_deref(), lang)).say(lang);
    let measured =
        Text::new("chart-about").with("place", place).with("measured", measured(chart, lang));
    measured.say(lang)
}

/// The one sentence first: whether anything is worth asking about.
pub fn lede(chart: &Chart, lang: Lang) -> String {
    match chart.questions.len() {
        0 => Text::new("chart-quiet").say(lang),
        count => Text::new("chart-asks").with("count", count).say(lang),
    }
}

/// A question in words.
pub fn question(chart: &Chart, question: &Question, lang: Lang) -> String {
    let up = question.direction == Direction::Up;
    let rule = match question.seen {
        Sign::Lasting => return lasting(chart, question, lang),
        Sign::Pattern(rule) => rule,
    };
    let key = match (rule, up) {
        (Rule::Outside, true) => "chart-outside-above",
        (Rule::Outside, false) => "chart-outside-below",
        (Rule::Shift, true) => "chart-shift-above",
        (Rule::Shift, false) => "chart-shift-below",
        (Rule::Trend, true) => "chart-trend-up",
        (Rule::Trend, false) => "chart-trend-down",
        (Rule::TwoOfThree, true) => "chart-near-above",
        (Rule::TwoOfThree, false) => "chart-near-below",
    };
    let day = |place: Option<&usize>| {
        let point = place.and_then(|place| chart.points.get(*place));
        point.map_or_else(String::new, |point: &Point| date_in_words(point.week.monday(), lang))
    };
    let text = Text::new(key)
        .with("from", day(question.points.first()))
        .with("count", question.points.len());
    text.with("to", day(question.points.last())).say(lang)
}

/// Small departures that have added up.
fn lasting(chart: &Chart, question: &Question, lang: Lang) -> String {
    let up = question.direction == Direction::Up;
    let key = if up { "chart-watch-up" } else { "chart-watch-down" };
    let day = |place: usize| {
        let point = chart.points.get(place);
        point.map_or_else(String::new, |point| date_in_words(point.week.monday(), lang))
    };
    let since = question.points.first().copied().unwrap_or(question.asked_at);
    Text::new(key).with("since", day(since)).with("at", day(question.asked_at)).say(lang)
}

/// What the watch for small departures comes to.
pub(crate) fn watched(chart: &Chart, lang: Lang) -> Vec<String> {
    let Some(watch) = &chart.watch else { return Vec::new() };
    if watch.alarms.is_empty() {
        return vec![Text::new("chart-watch-quiet").say(lang)];
    }
    let lasts = chart.questions.iter().filter(|asked| asked.seen == Sign::Lasting);
    lasts.map(|asked| lasting(chart, asked, lang)).collect()
}

/// The picture in words, for those who hear it.
pub(crate) fn description(chart: &Chart, lang: Lang) -> String {
    let asks = chart.questions.iter().map(|asked| question(chart, asked, lang));
    let all: Vec<String> = std::iter::once(lede(chart, lang)).chain(asks).collect();
    format!("{} {}", all.join(" "), Text::new("chart-picture-note").say(lang))
}

/// The weeks that a point stands for.
pub(crate) fn weeks(point: &Point, lang: Lang) -> String {
    let day = |week: Week| date_in_words(week.monday(), lang);
    if point.since == point.week {
        return day(point.week);
    }
    Text::new("chart-weeks").with("from", day(point.since)).with("to", day(point.week)).say(lang)
}

/// How far the chart carries.
pub(crate) fn notes(chart: &Chart, lang: Lang) -> Vec<String> {
    let smallest = match chart.smallest {
        None => Text::new("caveat-unnoticeable").say(lang),
        Some(points) => {
            let unit = if chart.kind == Kind::Days { "chart-days" } else { "chart-points" };
            let change = Text::new(unit).with("points", number(lang, points, 1)).say(lang);
            Text::new("caveat-smallest").with("change", change).with("weeks", NOTICED_IN).say(lang)
        }
    };
    let trial =
        chart.points.iter().any(|point| !point.frozen).then(|| Text::new("chart-trial").say(lang));
    let several = chart.points.iter().any(|point| point.since != point.week);
    let pooled = several.then(|| Text::new("chart-pooled").say(lang));
    [Some(Caveat::Asks.say(lang)), Some(smallest), trial, pooled].into_iter().flatten().collect()
}

/// What quiet weeks stay within.
pub(crate) fn limits(low: f64, high: f64, lang: Lang) -> String {
    let text = Text::new("breakdown-interval").with("low", number(lang, low, 1));
    text.with("high", number(lang, high, 1)).say(lang)
}
