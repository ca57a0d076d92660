//! What would help, in words, as bars along the journey, and as a table.

use super::{Help, Part};
use crate::blueprint::Step;
use crate::breakdown::LEAST_RESPONSES;
use crate::breakdown::caveat::Caveat;
use crate::breakdown::phrases::{Phrases, percent};
use crate::breakdown::picture::drawing::Fill;
use crate::element::Element;
use crate::i18n::{Lang, Text, number};
use crate::network::bar_chart::{self, Bar, Row as BarRow};
use crate::network::two_sizes::{Picture, picture};

/// Everything that the page shows; `templates/network/help.html` lays it out.
#[derive(Debug)]
pub(super) struct HelpPanel {
    pub(super) lede: String,
    pub(super) kept: Vec<String>,
    /// Absent where nothing is split: there are no bars then.
    pub(super) picture: Option<Picture>,
    pub(super) rows: Vec<Row>,
    pub(super) hidden: Vec<(String, String)>,
    pub(super) notes: Vec<String>,
}

/// A row of the table.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) label: String,
    pub(super) points: String,
    pub(super) volume: String,
    pub(super) impact: String,
    pub(super) heard: String,
}

impl HelpPanel {
    pub(super) fn of(help: &Help<'_>, lang: Lang) -> Self {
        let words = HelpPhrases { help, phrases: Phrases::new(help.breakdown, lang), lang };
        Self {
            lede: words.lede(),
            kept: help.parts.iter().filter_map(|part| words.if_kept(part)).collect(),
            picture: help.breakdown.is_split().then(|| words.picture()),
            rows: help.parts.iter().map(|part| words.row(part)).collect(),
            hidden: words.hidden(),
            notes: words.notes(),
        }
    }
}

/// Says the parts in one language.
pub(super) struct HelpPhrases<'a> {
    pub(super) help: &'a Help<'a>,
    pub(super) phrases: Phrases<'a>,
    pub(super) lang: Lang,
}

impl HelpPhrases<'_> {
    pub(super) fn lede(&self) -> String {
        let (help, all) = (self.help, number(self.lang, self.help.breakdown.shortfall.value, 0));
        if !help.breakdown.is_split() {
            let text = Text::new("breakdown-not-split")
                .with("all", all)
                .with("pooled", help.breakdown.pooled);
            return text.with("least", LEAST_RESPONSES).say(self.lang);
        }
        match help.leading() {
            None => Text::new("owner-help-none").with("all", all).say(self.lang),
            Some(part) => {
                let figure = part.points.map(|points| self.phrases.estimate(points));
                let text =
                    Text::new("owner-help-leads").with("where", self.phrases.place(&part.element));
                text.with("figure", figure.unwrap_or_default()).with("all", all).say(self.lang)
            }
        }
    }

    /// What the model says of a promise if it were kept.
    pub(super) fn if_kept(&self, part: &Part) -> Option<String> {
        let points = part.if_kept()?;
        let step =
            part.element.steps().first().and_then(|step| self.help.blueprint().step(step))?;
        let text = Text::new("owner-help-if-kept").with("step", self.phrases.name(&step.name));
        Some(text.with("points", self.phrases.estimate(points)).say(self.lang))
    }

    pub(super) fn notes(&self) -> Vec<String> {
        let kept = Text::new("owner-help-caveat").say(self.lang);
        let caveats = [Caveat::Cause, Caveat::Cautious, Caveat::HandoffRange];
        let mut notes: Vec<String> = caveats.map(|caveat| caveat.say(self.lang)).to_vec();
        notes.insert(0, kept);
        notes.push(Text::new("owner-help-order").say(self.lang));
        notes
    }

    fn hidden(&self) -> Vec<(String, String)> {
        let hidden = self.help.hidden.iter();
        hidden.map(|one| (self.label(&one.element), one.reason.say(self.lang))).collect()
    }

    fn label(&self, element: &Element) -> String {
        self.phrases.label(self.help.blueprint(), element)
    }

    fn row(&self, part: &Part) -> Row {
        let (estimate, none) = (|points| self.phrases.estimate(points), || "–".to_owned());
        let apart = |figure: String| match part.told_apart() || part.points.is_none() {
            true => figure,
            false => Text::new("owner-help-uncertain").with("figure", figure).say(self.lang),
        };
        Row {
            label: self.label(&part.element),
            points: part.points.map(|points| apart(estimate(points))).unwrap_or_default(),
            volume: part.volume.map_or_else(none, |share| percent(self.lang, share)),
            impact: part.impact().map_or_else(none, estimate),
            heard: self.heard(part).unwrap_or_default(),
        }
    }

    /// What customers said of a handoff, or how often a promise was kept.
    fn heard(&self, part: &Part) -> Option<String> {
        let friction = |rate| {
            Text::new("owner-help-friction").with("rate", self.phrases.rate(rate)).say(self.lang)
        };
        let promised = |share| {
            Text::new("owner-help-kept").with("share", percent(self.lang, share)).say(self.lang)
        };
        let kept = part.promised.map(|promised| promised.kept as f64 / promised.made as f64);
        part.friction.map(friction).or_else(|| kept.map(promised))
    }

    /// The bars along the line: after each stop what is promised there, then the handoffs that
    /// leave it.
    fn picture(&self) -> Picture {
        let rows = self.bar_rows();
        let title = Text::new("owner-help-picture")
            .with("journey", self.phrases.name(&self.help.blueprint().name));
        let told = |part: &Part| {
            let figure = part.points.map(|points| self.phrases.estimate(points))?;
            Some(format!("{}{}{figure}", self.label(&part.element), self.phrases.colon()))
        };
        let parts: Vec<String> = self.help.parts.iter().filter_map(told).collect();
        let description = format!("{} {}.", self.lede(), parts.join("; "));
        picture(&title.say(self.lang), &description, |paper| bar_chart::draw(&rows, None, paper))
    }

    fn bar_rows(&self) -> Vec<BarRow> {
        let blueprint = self.help.blueprint();
        let at = |part: &Part| blueprint.place(&part.element).0;
        let mut rows = Vec::new();
        for (place, step) in blueprint.steps.iter().enumerate() {
            rows.push(self.step(step));
            rows.extend(
                self.help.parts.iter().filter(|part| at(part) == place).map(|part| self.bar(part)),
            );
        }
        let rest = self.help.parts.iter().filter(|part| at(part) >= blueprint.steps.len());
        rows.extend(rest.map(|part| self.bar(part)));
        rows
    }

    fn step(&self, step: &Step) -> BarRow {
        BarRow::Step { name: self.phrases.name(&step.name).to_owned(), backstage: !step.frontstage }
    }

    fn bar(&self, part: &Part) -> BarRow {
        let points = part.points.map_or(0.0, |points| points.value);
        let under = part.volume.zip(part.impact()).map(|(volume, impact)| {
            let text = Text::new("owner-help-made-of").with("volume", percent(self.lang, volume));
            text.with("impact", self.phrases.points(impact.value)).say(self.lang)
        });
        BarRow::Bar(Bar {
            label: self.label(&part.element),
            figure: part.points.map(|points| self.phrases.estimate(points)).unwrap_or_default(),
            under,
            value: points,
            interval: part.points.and_then(|points| points.interval),
            fill: match (part.told_apart(), part.element.is_rated()) {
                (false, _) => Fill::Uncertain,
                (true, true) => Fill::Rated,
                (true, false) => Fill::Dates,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::breakdown::sample;
    use crate::network::help::panel::*;

    #[test]
    fn the_page_says_what_stands_out_and_what_a_kept_promise_would_be_worth() {
        let breakdown = sample::garage();
        let view = HelpPanel::of(&Help::read(&breakdown), Lang::En);
        assert!(
            view.lede.contains("12.4 (8.1 to 16.3)") && view.lede.contains("“Planning”"),
            "{}",
            view.lede
        );
        assert!(
            view.kept
                .iter()
                .any(|told| told.contains("“Planning”") && told.contains("12.4 (8.1 to 16.3)"))
        );
        assert_eq!(view.rows.len(), 7);
        let french = HelpPanel::of(&Help::read(&breakdown), Lang::Fr);
        assert!(french.kept[0].contains("12,4 (8,1 à 16,3)"), "{}", french.kept[0]);
        assert_eq!(french.hidden.len(), 1);
    }

    #[test]
    fn without_a_split_there_is_no_bar_and_it_is_said() {
        let breakdown = sample::too_few();
        let view = HelpPanel::of(&Help::read(&breakdown), Lang::En);
        assert!(
            view.picture.is_none() && view.kept.is_empty() && view.lede.contains("it takes 200"),
            "{}",
            view.lede
        );
    }

    #[test]
    fn every_stop_and_every_part_is_drawn_in_the_order_of_the_journey() {
        let breakdown = sample::garage();
        let help = Help::read(&breakdown);
        let told = HelpPhrases {
            help: &help,
            phrases: Phrases::new(&breakdown, Lang::En),
            lang: Lang::En,
        };
        let rows = told.bar_rows();
        let steps = rows.iter().filter(|row| matches!(row, BarRow::Step { .. })).count();
        assert_eq!(
            (steps, rows.len() - steps),
            (breakdown.blueprint.steps.len(), help.parts.len())
        );
    }
}
