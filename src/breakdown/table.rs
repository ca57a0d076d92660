//! The picture's figures as a table, in words: the same for the page and for the terminal.

use relais_analytics::attribute::Estimate;

use super::evidence_links::EvidenceLinks;
use super::phrases::Phrases;
use super::{Breakdown, Line};
use crate::i18n::{Lang, count};
use crate::privacy::Disclosed;

/// Lists what was disclosed, in the order of the chain; `own` is the team whose part is marked.
pub fn list(breakdown: &Disclosed<Breakdown>, own: Option<&str>, lang: Lang) -> Table {
    Table::of(breakdown, own, lang)
}

/// The figures of a breakdown as they are read.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The parts of the chain.
    pub rows: Vec<Row>,
    /// What belongs to none of them, and the whole; none where nothing is split.
    pub feet: Vec<Foot>,
    /// Whether there is a column of contrasts.
    pub against: bool,
    /// Whether points are told at all.
    pub split: bool,
    /// Whether anything was made up.
    pub made_up: bool,
}

/// A line under the parts of the chain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Foot {
    pub label: String,
    pub points: String,
    pub contrast: String,
}

/// One part of the chain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// What it is called.
    pub label: String,
    /// Its code.
    pub code: String,
    /// Where its evidence stands.
    pub href: Option<String>,
    /// The points lost there, with their interval.
    pub points: String,
    /// Why the points say nothing, where they say nothing.
    pub doubt: Option<String>,
    /// What a coloured handoff could also mean.
    pub handoff_range: Option<String>,
    /// What customers ticked on a handoff.
    pub friction: Option<String>,
    /// More points than the reference.
    pub contrast: String,
    /// Whether it stands out: in the contrast where there is one, else by itself.
    pub leading: bool,
    /// Its mean rating.
    pub mean: String,
    /// How many ratings.
    pub answers: String,
    /// Points made up.
    pub made_up: String,
    /// Whether it belongs to the reader's team.
    pub own: bool,
}

impl Table {
    pub(super) fn of(breakdown: &Breakdown, own: Option<&str>, lang: Lang) -> Self {
        let phrases = Phrases::new(breakdown, lang);
        let row = |line: &Line| Row {
            own: is_own(breakdown, line, own),
            ..row(&phrases, breakdown, line, lang)
        };
        Self {
            rows: breakdown.lines.iter().map(row).collect(),
            feet: feet(&phrases, breakdown),
            against: breakdown.against.is_some(),
            split: breakdown.is_split(),
            made_up: breakdown.lines.iter().any(|line| phrases.visible(line.made_up)),
        }
    }

    /// The same table, each row of which leads to its evidence.
    #[must_use]
    pub fn leading(mut self, leads: Option<&EvidenceLinks>) -> Self {
        for row in &mut self.rows {
            row.href = leads.zip(row.code.parse().ok()).map(|(leads, element)| leads.to(&element));
        }
        self
    }

    /// The reader's own part: its steps and the handoffs it shares with its neighbours.
    pub fn own(&self) -> Self {
        let rows = self.rows.iter().filter(|row| row.own).cloned().collect();
        Self { rows, feet: Vec::new(), ..self.clone() }
    }
}

/// What is not traced, what other paths and weeks cost, and the whole: each column adds up.
fn feet(phrases: &Phrases<'_>, breakdown: &Breakdown) -> Vec<Foot> {
    let Some(untraced) = breakdown.untraced else { return Vec::new() };
    let told = |points: Option<Estimate>| {
        points.map_or_else(String::new, |points| phrases.estimate(points))
    };
    let foot = |key: &str, points: Option<Estimate>, contrast: Option<Estimate>| Foot {
        label: phrases.say(key),
        points: told(points),
        contrast: told(contrast),
    };
    let mix = breakdown.mix.into_iter().flat_map(|mix| {
        let costs = [("breakdown-other-paths", mix.variants), ("breakdown-other-weeks", mix.weeks)];
        costs.into_iter().filter(|(_, cost)| phrases.visible(cost.value.abs()))
    });
    let mix = mix.map(|(key, cost)| foot(key, None, Some(cost)));
    let rest = foot(breakdown.untraced_key(), Some(untraced), breakdown.untraced_contrast);
    let total = foot("breakdown-total", Some(breakdown.shortfall), breakdown.gap);
    mix.chain([rest, total]).collect()
}

fn row(phrases: &Phrases<'_>, breakdown: &Breakdown, line: &Line, lang: Lang) -> Row {
    let visible =
        |value: f64| if phrases.visible(value) { phrases.points(value) } else { String::new() };
    Row {
        label: phrases.label(&breakdown.blueprint, &line.element),
        code: line.element.to_string(),
        points: phrases.figure(line),
        doubt: (breakdown.is_split() && !line.told_apart()).then(|| phrases.doubt(line)),
        handoff_range: phrases.handoff_range(line),
        friction: phrases.friction(line),
        contrast: phrases.contrast(line).unwrap_or_default(),
        leading: breakdown.leading.as_ref() == Some(&line.element),
        mean: line.mean.map_or_else(String::new, |mean| phrases.points(mean)),
        answers: if line.element.is_rated() { count(lang, line.asked) } else { String::new() },
        made_up: visible(line.made_up),
        own: false,
        href: None,
    }
}

fn is_own(breakdown: &Breakdown, line: &Line, own: Option<&str>) -> bool {
    own.is_some_and(|own| breakdown.blueprint.teams(&line.element).contains(&own))
}
