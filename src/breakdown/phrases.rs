//! How figures, names and days are said in one language; the sentences are in
//! [`words`](super::words).

use super::{Breakdown, Frictions, Line, Period};
use crate::blueprint::{Blueprint, Names};
use crate::calendar::date_in_words;
use crate::element::Element;
use crate::i18n::{Arg, Lang, Text, Words, number};
use crate::privacy::Place;
use crate::survey::Friction;
use relais_analytics::attribute::{Contrast, Estimate};
use relais_analytics::interval::{Interval, Share};

/// Points that do not read as zero.
pub(crate) const VISIBLE: f64 = 0.05;

/// Says the parts of one breakdown in one language.
#[derive(Clone, Copy)]
pub(crate) struct Phrases<'a> {
    pub(crate) breakdown: &'a Breakdown,
    pub(crate) lang: Lang,
}

impl<'a> Phrases<'a> {
    pub(crate) fn new(breakdown: &'a Breakdown, lang: Lang) -> Self {
        Self { breakdown, lang }
    }

    pub(crate) fn say(&self, key: &str) -> String {
        Words(self.lang).say(key)
    }

    pub(crate) fn with(
        &self,
        key: &'static str,
        name: &'static str,
        value: impl Into<Arg>,
    ) -> String {
        Text::new(key).with(name, value).say(self.lang)
    }

    pub(crate) fn name<'n>(&self, names: &'n Names) -> &'n str {
        names.say(self.lang)
    }

    /// A figure to one decimal, as everywhere but in the first sentence.
    pub(crate) fn points(&self, value: f64) -> String {
        number(self.lang, value, 1)
    }

    /// Whether a figure would read as anything but zero.
    pub(crate) fn visible(&self, value: f64) -> bool {
        value >= VISIBLE
    }

    /// An interval, or nothing.
    pub(crate) fn range(&self, interval: Option<Interval>) -> String {
        interval.map_or_else(String::new, |Interval { low, high }| {
            self.pair("breakdown-interval", low, high, 1)
        })
    }

    /// A figure with its interval.
    pub(crate) fn estimate(&self, points: Estimate) -> String {
        self.rounded(points, 1)
    }

    /// The figure of a line as the picture has room for.
    pub(crate) fn figure_mark(&self, line: &Line) -> String {
        line.points.map_or_else(String::new, |points| self.points(points.value))
    }

    /// The figure of a line in words, with its interval.
    pub(crate) fn figure(&self, line: &Line) -> String {
        line.points.map_or_else(String::new, |points| self.estimate(points))
    }

    /// The difference to the reference in words, with its interval.
    pub(crate) fn contrast(&self, line: &Line) -> Option<String> {
        line.contrast.map(|contrast| self.bounded(contrast, contrast.points, 1))
    }

    /// What a mixed handoff could also mean.
    pub(crate) fn handoff_range(&self, line: &Line) -> Option<String> {
        let Interval { low, high } =
            line.handoff_range.filter(|range| self.visible(range.high - range.low))?;
        let range = self.pair("breakdown-between", low, high, 1);
        Some(self.with("breakdown-seam", "range", range))
    }

    /// What customers ticked on a handoff: the kinds that at least one in a hundred ticked, in the
    /// order in which they are asked.
    pub(crate) fn friction(&self, line: &Line) -> Option<String> {
        Some(ticked(line.friction.as_ref()?, self.lang))
    }

    /// A share with its interval, in so many of 100.
    pub(crate) fn rate(&self, rate: Share) -> String {
        let Interval { low, high } = rate.interval;
        let text = Text::new("breakdown-rate").with("share", percent(self.lang, rate.value));
        text.with("low", percent(self.lang, low))
            .with("high", percent(self.lang, high))
            .say(self.lang)
    }

    /// An element as it is called in lists.
    pub(crate) fn label(&self, blueprint: &Blueprint, element: &Element) -> String {
        label(blueprint, element, self.lang)
    }

    /// Whose journeys these are.
    pub(crate) fn partition(&self) -> String {
        partition(&self.breakdown.partition, self.breakdown.place.as_deref(), self.lang)
    }

    /// Why the points of a line say nothing.
    pub(crate) fn doubt(&self, line: &Line) -> String {
        match line.points {
            Some(Estimate { interval: None, .. }) => self.say("breakdown-no-interval"),
            _ => self.say("breakdown-no-difference"),
        }
    }

    /// Where, as part of a sentence.
    pub(crate) fn place(&self, element: &Element) -> String {
        whereabouts(&self.breakdown.blueprint, element, self.lang)
    }

    /// Points of a contrast, perhaps turned round: a lower bound where only that is known of its
    /// size. A level never is one: halo and noise are booked on the steps.
    pub(crate) fn bounded(&self, of: Contrast, points: Estimate, decimals: usize) -> String {
        let figure = self.rounded(points, decimals);
        match of.at_least && points.excludes_zero() && points.value > 0.0 {
            true => self.with("breakdown-at-least", "figure", figure),
            false => figure,
        }
    }

    pub(crate) fn rounded(&self, points: Estimate, decimals: usize) -> String {
        let Some(Interval { low, high }) = points.interval else {
            return number(self.lang, points.value, decimals);
        };
        let text = Text::new("breakdown-with-interval")
            .with("points", number(self.lang, points.value, decimals));
        let text = text
            .with("low", number(self.lang, low, decimals))
            .with("high", number(self.lang, high, decimals));
        text.say(self.lang)
    }

    pub(crate) fn pair(&self, key: &'static str, low: f64, high: f64, decimals: usize) -> String {
        let text = Text::new(key).with("low", number(self.lang, low, decimals));
        text.with("high", number(self.lang, high, decimals)).say(self.lang)
    }

    pub(crate) fn list(&self, mut names: Vec<String>) -> String {
        let Some(last) = names.pop() else { return String::new() };
        match names.is_empty() {
            true => last,
            false => Text::new("breakdown-and")
                .with("first", names.join(", "))
                .with("last", last)
                .say(self.lang),
        }
    }

    pub(crate) fn colon(&self) -> &'static str {
        if self.lang == Lang::Fr { "\u{a0}: " } else { ": " }
    }
}

/// What customers ticked on a handoff, in a sentence.
pub(crate) fn ticked(frictions: &Frictions, lang: Lang) -> String {
    let visible = frictions.kinds.iter().filter(|(_, rate)| rate.value >= 0.005);
    let said = |(kind, rate): &(Friction, Share)| {
        Text::new(kind_key(*kind)).with("share", percent(lang, rate.value)).say(lang)
    };
    let kinds: Vec<String> = visible.map(said).collect();
    let any = percent(lang, frictions.any.value);
    match kinds.is_empty() {
        true => Text::new("breakdown-friction-none").with("share", any).say(lang),
        false => Text::new("breakdown-friction")
            .with("share", any)
            .with("kinds", kinds.join(", "))
            .say(lang),
    }
}

fn kind_key(kind: Friction) -> &'static str {
    match kind {
        Friction::Repeated => "breakdown-friction-repeated",
        Friction::Waited => "breakdown-friction-waited",
        Friction::Chased => "breakdown-friction-chased",
        Friction::SentElsewhere => "breakdown-friction-sent-elsewhere",
        Friction::ToldDifferent => "breakdown-friction-told-different",
    }
}

/// A share of 1 as so many of 100.
pub(crate) fn percent(lang: Lang, share: f64) -> String {
    number(lang, 100.0 * share, 0)
}

/// Where an element is, as part of a sentence.
pub(crate) fn whereabouts(blueprint: &Blueprint, element: &Element, lang: Lang) -> String {
    let name = |code: &str| {
        blueprint.step(code).map_or_else(|| code.to_owned(), |step| step.name.say(lang).to_owned())
    };
    let text = match element {
        Element::Step(step) => Text::new("breakdown-in-step").with("step", name(step)),
        Element::Promise(step) => Text::new("breakdown-in-promise").with("step", name(step)),
        Element::Handoff(from, to) => {
            Text::new("breakdown-in-handoff").with("from", name(from)).with("to", name(to))
        }
        Element::HandoffOther => Text::new("breakdown-in-handoff-other"),
        Element::StepsOf(team) => Text::new("breakdown-in-steps-of").with("team", team.as_str()),
    };
    text.say(lang)
}

/// An element as it is called in lists, JSON and messages.
pub(crate) fn label(blueprint: &Blueprint, element: &Element, lang: Lang) -> String {
    let name = |code: &str| {
        blueprint.step(code).map_or_else(|| code.to_owned(), |step| step.name.say(lang).to_owned())
    };
    let text = match element {
        Element::Step(step) => Text::new("breakdown-step").with("step", name(step)),
        Element::Promise(step) => Text::new("breakdown-promise").with("step", name(step)),
        Element::Handoff(from, to) => {
            Text::new("breakdown-handoff").with("from", name(from)).with("to", name(to))
        }
        Element::HandoffOther => Text::new("breakdown-handoff-other"),
        Element::StepsOf(team) => Text::new("breakdown-steps-of").with("team", team.as_str()),
    };
    text.say(lang)
}

/// A part of the network as it is called.
pub(crate) fn partition(partition: &Place, name: Option<&str>, lang: Lang) -> String {
    let text = match partition {
        Place::Network => Text::new("breakdown-network"),
        Place::Region(code) => Text::new("breakdown-region").with("code", name.unwrap_or(code)),
        Place::Site(code) => Text::new("breakdown-site").with("code", name.unwrap_or(code)),
    };
    text.say(lang)
}

/// A period in words.
pub(crate) fn period(period: Period, lang: Lang) -> String {
    let text = Text::new("breakdown-period").with("from", date_in_words(period.from, lang));
    text.with("to", date_in_words(period.to, lang)).say(lang)
}
