//! What would help, as JSON.

use relais_analytics::attribute::Estimate;
use relais_analytics::interval::Share;
use serde::Serialize;

use super::panel::HelpPhrases;
use super::{Help, Part};
use crate::breakdown::LEVEL;
use crate::breakdown::document::Both;
use crate::breakdown::phrases::{Phrases, label};
use crate::i18n::Lang;

/// `GET /api/v1/help`. Parts stand in the order of the journey; nothing sorts them by a figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    journey_type: String,
    partition: String,
    period: [String; 2],
    journeys: u64,
    responses: u64,
    scale: &'static str,
    level: f64,
    shortfall: Figure,
    parts: Vec<One>,
    suppressed: Vec<Hidden>,
    text: Both,
    notes: Vec<Both>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct One {
    code: String,
    label: Both,
    /// Impact times volume.
    points: Option<Figure>,
    /// The share of the journeys that have it, of 1.
    volume: Option<f64>,
    /// Points of each of these journeys.
    impact: Option<Figure>,
    /// The share of customers who met friction, of 1.
    friction: Option<Figure>,
    promises: Option<Promises>,
    /// Points that the outcome would be higher if every date were met to the day.
    if_kept: Option<Figure>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Figure {
    value: f64,
    low: Option<f64>,
    high: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Promises {
    made: u64,
    kept: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Hidden {
    code: String,
    reason: Both,
}

impl Document {
    /// The document of what may be shown.
    pub fn of(help: &Help<'_>) -> Self {
        let breakdown = help.breakdown;
        let phrases = |lang| HelpPhrases { help, phrases: Phrases::new(breakdown, lang), lang };
        let notes = phrases(Lang::Fr).notes().into_iter().zip(phrases(Lang::En).notes());
        let hidden = |hidden: &&crate::breakdown::Suppressed| Hidden {
            code: hidden.element.to_string(),
            reason: Both::of(|lang| hidden.reason.say(lang)),
        };
        Self {
            journey_type: breakdown.blueprint.journey_type.clone(),
            partition: breakdown.partition.to_string(),
            period: [breakdown.period.from.to_string(), breakdown.period.to.to_string()],
            journeys: breakdown.journeys,
            responses: breakdown.responses,
            scale: "0-100",
            level: LEVEL,
            shortfall: figure(breakdown.shortfall),
            parts: help.parts.iter().map(|part| one(help, part)).collect(),
            suppressed: help.hidden.iter().map(hidden).collect(),
            text: Both::of(|lang| phrases(lang).lede()),
            notes: notes.map(|(fr, en)| Both { fr, en }).collect(),
        }
    }
}

fn one(help: &Help<'_>, part: &Part) -> One {
    One {
        code: part.element.to_string(),
        label: Both::of(|lang| label(help.blueprint(), &part.element, lang)),
        points: part.points.map(figure),
        volume: part.volume,
        impact: part.impact().map(figure),
        friction: part.friction.map(share),
        promises: part
            .promised
            .map(|promised| Promises { made: promised.made, kept: promised.kept }),
        if_kept: part.if_kept().map(figure),
    }
}

fn figure(points: Estimate) -> Figure {
    let (low, high) = points.interval.map(|interval| (interval.low, interval.high)).unzip();
    Figure { value: points.value, low, high }
}

fn share(rate: Share) -> Figure {
    Figure { value: rate.value, low: Some(rate.interval.low), high: Some(rate.interval.high) }
}

#[cfg(test)]
mod tests {
    use crate::breakdown::sample;
    use crate::network::help::document::*;

    #[test]
    fn the_document_reads_as_promised() {
        insta::assert_json_snapshot!(Document::of(&Help::read(&sample::garage())));
    }
}
