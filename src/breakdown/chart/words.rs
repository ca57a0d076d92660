//! A chart in words.

use relais_analytics::Direction;
use relais_analytics::chart::{Finding, Rule};

use super::{Chart, Gap, Measure, NOTICED_IN, Point};
use crate::breakdown::caveat::Caveat;
use crate::breakdown::speech::{label, partition};
use crate::calendar::date_in_words;
use crate::i18n::{Lang, Text, number};

/// What is charted, as it is called.
pub(super) fn measured(chart: &Chart, lang: Lang) -> String {
    match &chart.measure {
        Measure::Outcome => Text::new("chart-outcome").say(lang),
        Measure::Promises => Text::new("chart-promises").say(lang),
        Measure::Of(element) => {
            let key = match (element.is_rated(), chart.kind) {
                (true, super::Kind::Means) => "chart-rating",
                (true, super::Kind::Shares) => "chart-friction",
                (false, _) => "chart-kept",
            };
            Text::new(key).with("element", label(&chart.chain, element, lang)).say(lang)
        }
    }
}

/// What the chart is about: the service, the place, the measure.
pub(super) fn about(chart: &Chart, lang: Lang) -> String {
    let text = Text::new("breakdown-of").with("journey", chart.chain.name.say(lang));
    let place = text.with("partition", partition(&chart.partition, chart.place.as_deref(), lang)).say(lang);
    let measured = Text::new("chart-about").with("place", place).with("measured", measured(chart, lang));
    measured.say(lang)
}

/// The one sentence first: whether anything is worth asking about.
pub(super) fn lede(chart: &Chart, lang: Lang) -> String {
    match chart.findings.len() {
        0 => Text::new("chart-quiet").say(lang),
        count => Text::new("chart-asks").with("count", count).say(lang),
    }
}

/// A finding as a question.
pub(super) fn finding(chart: &Chart, finding: &Finding, lang: Lang) -> String {
    let up = finding.direction == Direction::Up;
    let key = match (finding.rule, up) {
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
    let text = Text::new(key).with("from", day(finding.points.first())).with("count", finding.points.len());
    text.with("to", day(finding.points.last())).say(lang)
}

/// Why a week has no point.
pub(super) fn gap(gap: &Gap, lang: Lang) -> String {
    match gap {
        Gap::Withheld(why) => why.text().say(lang),
        Gap::Hidden(reason) => reason.text().say(lang),
        Gap::Unrecorded => Text::new("chart-unrecorded").say(lang),
    }
}

/// How far the chart carries.
pub(super) fn notes(chart: &Chart, lang: Lang) -> Vec<String> {
    let smallest = match chart.smallest {
        None => Text::new("caveat-unnoticeable").say(lang),
        Some(points) => {
            let change = Text::new("chart-points").with("points", number(lang, points, 1)).say(lang);
            Text::new("caveat-smallest").with("change", change).with("weeks", NOTICED_IN).say(lang)
        }
    };
    let trial = chart.points.iter().any(|point| !point.frozen).then(|| Text::new("chart-trial").say(lang));
    [Some(Caveat::Asks.say(lang)), Some(smallest), trial].into_iter().flatten().collect()
}

/// What quiet weeks stay within.
pub(super) fn limits(low: f64, high: f64, lang: Lang) -> String {
    let text = Text::new("breakdown-interval").with("low", number(lang, low, 1));
    text.with("high", number(lang, high, 1)).say(lang)
}
