//! The breakdown as JSON: a promise to other programs, the same from the command line and from the
//! API.
//!
//! The fields and their order are those of `docs/formats.md`. More may be added; none may change
//! its meaning.

mod effects;
mod figures;
mod response_rate;

use relais_analytics::attribute::Contrast;
use relais_analytics::interval::Interval;
use serde::Serialize;

use effects::{PathsAndWeeks, RatingWorth, Timings};
use figures::{Figure, Mean, ends, figure, mean};
use response_rate::{FrictionShares, ResponseRate};

use super::phrases::{Phrases, label};
use super::{Against, Breakdown, LEVEL, Line, Suppressed, Undecided};
use crate::element::Element;
use crate::i18n::Lang;
use crate::privacy::Disclosed;

/// The document of what was disclosed.
pub fn document(breakdown: &Disclosed<Breakdown>, lang: Lang) -> Document {
    Document::of(breakdown, lang)
}

/// `relais breakdown --json` and `GET /api/v1/breakdown`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    journey_type: String,
    partition: String,
    against: Option<&'static str>,
    period: Days,
    journeys: u64,
    /// `None` where it is not known of all.
    invited: Option<u64>,
    responses: u64,
    scale: &'static str,
    outcome: Mean,
    shortfall: Figure,
    elements: Vec<Part>,
    untraced: Option<Figure>,
    verdict: Verdict,
    suppressed: Vec<Hidden>,
    method: Method,
    /// More than the reference loses, all elements together.
    #[serde(skip_serializing_if = "Option::is_none")]
    gap: Option<Figure>,
    /// Mean lateness in days, of those who answered and of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    lateness_days: Option<Lateness>,
    /// Of how many journeys all times are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    timings: Option<Timings>,
    /// The part of the gap that is what other paths and other weeks cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    mix: Option<PathsAndWeeks>,
    /// Of the gap, what belongs to no part.
    #[serde(skip_serializing_if = "Option::is_none")]
    untraced_contrast: Option<Figure>,
    /// What a point of a rating costs where places are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    effect_size: Option<RatingWorth>,
    /// Who answered, and what stands beside the split.
    #[serde(flatten)]
    response_rate: ResponseRate,
    /// How far these figures carry.
    notes: Vec<Both>,
}

/// The same in both languages.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Both {
    pub(crate) fr: String,
    pub(crate) en: String,
}

impl Both {
    pub(crate) fn of(say: impl Fn(Lang) -> String) -> Self {
        Self { fr: say(Lang::Fr), en: say(Lang::En) }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Days {
    from: String,
    to: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Part {
    code: Element,
    label: String,
    team: Vec<String>,
    points: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    contrast: Option<Difference>,
    mean: Option<f64>,
    asked: u64,
    passed: u64,
    made_up: f64,
    /// What the points could also be, when a handoff's colour is counted at its other side.
    #[serde(rename = "seam")]
    handoff_range: Option<Range>,
    /// Of a handoff that was asked by frictions.
    friction: Option<FrictionShares>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Difference {
    points: f64,
    low: Option<f64>,
    high: Option<f64>,
    signal: bool,
    /// Whether the points are a lower bound of the size.
    at_least: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Range {
    low: f64,
    high: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Verdict {
    leading: Option<Element>,
    /// Those that cannot be told apart, where no single one leads.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    set: Vec<Element>,
    /// Those that are rated lower, or later, while the outcome is not known to be lower.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lower: Vec<Element>,
    /// In the language that was asked for.
    text: String,
    texts: Both,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Hidden {
    code: Element,
    reason: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Method {
    version: &'static str,
    level: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Lateness {
    answered: f64,
    all: f64,
}

impl Document {
    pub(crate) fn of(breakdown: &Breakdown, lang: Lang) -> Self {
        let texts = Both::of(|lang| Phrases::new(breakdown, lang).lede());
        let text = lang.of(&texts.fr, &texts.en).clone();
        Self {
            journey_type: breakdown.blueprint.journey_type.clone(),
            partition: breakdown.partition.to_string(),
            against: breakdown.against.map(|Against::Rest| "rest"),
            period: Days {
                from: breakdown.period.from.to_string(),
                to: breakdown.period.to.to_string(),
            },
            journeys: breakdown.journeys,
            invited: breakdown.invited,
            responses: breakdown.responses,
            scale: "0-100",
            outcome: mean(breakdown.outcome),
            shortfall: figure(breakdown.shortfall),
            elements: breakdown.lines.iter().map(|line| part(breakdown, line, lang)).collect(),
            untraced: breakdown.untraced.map(figure),
            verdict: verdict(breakdown, text, texts),
            suppressed: breakdown
                .suppressed
                .iter()
                .map(|hidden| suppressed(hidden, lang))
                .collect(),
            method: Method { version: env!("CARGO_PKG_VERSION"), level: LEVEL },
            gap: breakdown.gap.map(figure),
            lateness_days: breakdown
                .lateness
                .map(|late| Lateness { answered: late.answered, all: late.all }),
            timings: breakdown.timings.map(Timings::of),
            mix: breakdown
                .mix
                .map(|mix| PathsAndWeeks { paths: figure(mix.variants), weeks: figure(mix.weeks) }),
            untraced_contrast: breakdown.untraced_contrast.map(figure),
            effect_size: breakdown.effect_size.map(RatingWorth::of),
            response_rate: ResponseRate::of(breakdown),
            notes: breakdown
                .caveats()
                .into_iter()
                .map(|caveat| Both::of(|lang| caveat.say(lang)))
                .collect(),
        }
    }
}

fn verdict(breakdown: &Breakdown, text: String, texts: Both) -> Verdict {
    let (set, lower) = match breakdown.undecided.clone() {
        Some(Undecided::Set(set)) => (set, Vec::new()),
        Some(Undecided::Lower(lower)) => (Vec::new(), lower),
        None => (Vec::new(), Vec::new()),
    };
    Verdict { leading: breakdown.leading.clone(), set, lower, text, texts }
}

fn part(breakdown: &Breakdown, line: &Line, lang: Lang) -> Part {
    let (low, high) = ends(line.points.and_then(|points| points.interval));
    Part {
        code: line.element.clone(),
        label: label(&breakdown.blueprint, &line.element, lang),
        team: breakdown.blueprint.teams(&line.element).into_iter().map(str::to_owned).collect(),
        points: line.points.map(|points| points.value),
        low,
        high,
        contrast: line.contrast.map(difference),
        mean: line.mean,
        asked: line.asked,
        passed: line.passed,
        made_up: line.made_up,
        handoff_range: line.handoff_range.map(|Interval { low, high }| Range { low, high }),
        friction: line.friction.as_ref().map(FrictionShares::of),
    }
}

fn suppressed(hidden: &Suppressed, lang: Lang) -> Hidden {
    Hidden { code: hidden.element.clone(), reason: hidden.reason.say(lang) }
}

fn difference(contrast: Contrast) -> Difference {
    let (low, high) = ends(contrast.points.interval);
    Difference {
        points: contrast.points.value,
        low,
        high,
        signal: contrast.signal,
        at_least: contrast.at_least,
    }
}

#[cfg(test)]
mod tests {
    use crate::breakdown::document::*;
    use crate::breakdown::sample;

    #[test]
    fn the_document_has_the_promised_fields_in_the_promised_order() {
        let json =
            serde_json::to_string(&Document::of(&sample::garage_against_rest(), Lang::En)).unwrap();
        let promised = [
            "journey_type",
            "partition",
            "against",
            "period",
            "journeys",
            "invited",
            "responses",
            "scale",
            "outcome",
            "shortfall",
            "elements",
            "untraced",
            "verdict",
            "suppressed",
            "method",
        ];
        let places: Vec<usize> =
            promised.iter().map(|field| json.find(&format!("\"{field}\":")).unwrap()).collect();
        assert!(places.is_sorted(), "{json}");
    }

    #[test]
    fn elements_and_untraced_add_up_to_the_shortfall() {
        let document = Document::of(&sample::garage(), Lang::En);
        let parts: f64 = document.elements.iter().filter_map(|part| part.points).sum();
        let untraced = document.untraced.unwrap().points;
        assert!((parts + untraced - document.shortfall.points).abs() < 1e-9);
    }

    #[test]
    fn the_document_reads_as_promised() {
        insta::assert_json_snapshot!(Document::of(&sample::garage_against_rest(), Lang::En));
    }

    #[test]
    fn where_nothing_is_split_points_are_null_not_zero() {
        let json = serde_json::to_value(Document::of(&sample::too_few(), Lang::En)).unwrap();
        assert!(json["elements"].as_array().unwrap().iter().all(|part| part["points"].is_null()));
        assert!(json["untraced"].is_null());
        assert!(json["verdict"]["leading"].is_null());
    }
}
