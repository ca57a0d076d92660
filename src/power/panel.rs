//! What could be seen as a part of a page, and as one line of the pack.

use super::phrases::PowerPhrases;
use super::read::Forecast;
use super::{PartPower, Power};
use crate::i18n::Lang;
use crate::privacy::Disclosed;

/// Everything that a page shows of it; `templates/power/panel.html` lays it out.
#[derive(Clone, Debug, PartialEq)]
pub struct PowerPanel {
    pub(super) lede: String,
    /// The heads of the columns after the first.
    pub(super) heads: Vec<String>,
    /// Parts of the chain with a figure for each head.
    pub(super) rows: Vec<Row>,
    /// The heads of the changes, and the changes, the first of which is how it is now.
    pub(super) examples: Vec<String>,
    pub(super) changes: Vec<Row>,
    pub(super) no_gain: Vec<String>,
    pub(super) hidden: Vec<(String, String)>,
    pub(super) notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) label: String,
    pub(super) figures: Vec<String>,
}

impl PowerPanel {
    /// What was disclosed, with a team's own part in the first sentence.
    pub fn new(power: &Disclosed<Power>, team: Option<&str>, lang: Lang) -> Self {
        Self::of(power, team, lang)
    }

    /// What the log says.
    pub fn of_log(forecast: &Forecast, lang: Lang) -> Self {
        Self::of(forecast, None, lang)
    }

    pub(super) fn of(power: &Power, team: Option<&str>, lang: Lang) -> Self {
        let phrases = PowerPhrases::new(power, lang);
        let heads = phrases.sizes().into_iter().chain([phrases.seen_head()]);
        Self {
            lede: phrases.lede(team),
            heads: heads.collect(),
            rows: if power.is_known() { rows(&phrases) } else { Vec::new() },
            examples: phrases.examples(),
            changes: changes(&phrases),
            no_gain: phrases.no_gain(),
            hidden: phrases.hidden(),
            notes: phrases.notes(),
        }
    }

    /// A row's figures, each with the head of its column.
    pub(super) fn cells<'a>(
        heads: &'a [String],
        row: &'a Row,
    ) -> impl Iterator<Item = (&'a String, &'a String)> {
        heads.iter().zip(&row.figures)
    }
}

fn rows(phrases: &PowerPhrases<'_>) -> Vec<Row> {
    let row = |part: &PartPower| Row {
        label: phrases.label(part),
        figures: phrases.shares(part).into_iter().chain([phrases.seen_from(part)]).collect(),
    };
    phrases.power.parts.iter().map(row).collect()
}

fn changes(phrases: &PowerPhrases<'_>) -> Vec<Row> {
    if phrases.power.gains.is_empty() {
        return Vec::new();
    }
    let now = Row { label: phrases.say("power-now"), figures: phrases.now() };
    let row = |gain: &super::Gain| Row {
        label: phrases.change(gain),
        figures: gain.named.iter().map(|share| phrases.share(*share)).collect(),
    };
    [now].into_iter().chain(phrases.power.gains.iter().map(row)).collect()
}

/// One line for the foot of a team's pack; none where the team has no part that can be told of.
pub fn foot(power: &Disclosed<Power>, team: &str, lang: Lang) -> Option<String> {
    PowerPhrases::new(power, lang).foot(team)
}
