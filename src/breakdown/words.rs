//! The words, which come before every figure: what leads, who made up what, what could not be told, and how far
//! the figures carry.

use jiff::civil::Date;

use super::request::Question;
use super::{Against, Breakdown, Chain, LEAST_RESPONSES, Line, Names, Period, Points};
use crate::element::Element;
use crate::i18n::{Arg, Lang, Text, Words, number};
use crate::privacy::{Disclosed, Place};

/// Tells what was disclosed.
pub fn tell(breakdown: &Disclosed<Breakdown>, lang: Lang) -> Story {
    Story::of(breakdown, lang)
}

/// What is said about a breakdown, in the order in which it is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// The one sentence to remember.
    pub lede: String,
    /// The sentences after it.
    pub more: Vec<String>,
    /// What stands behind the figures: a name and a value each.
    pub facts: Vec<(String, String)>,
    /// How far the figures carry.
    pub notes: Vec<String>,
    /// What is not shown, each with why.
    pub hidden: Vec<(String, String)>,
}

impl Story {
    pub(super) fn of(breakdown: &Breakdown, lang: Lang) -> Self {
        let speech = Speech::new(breakdown, lang);
        Self {
            lede: speech.lede(),
            more: speech.more(),
            facts: speech.facts(),
            notes: speech.notes(),
            hidden: speech.hidden(),
        }
    }
}

/// Says the parts of one breakdown in one language.
#[derive(Clone, Copy)]
pub(super) struct Speech<'a> {
    breakdown: &'a Breakdown,
    lang: Lang,
}

impl<'a> Speech<'a> {
    pub(super) fn new(breakdown: &'a Breakdown, lang: Lang) -> Self {
        Self { breakdown, lang }
    }

    pub(super) fn say(&self, key: &str) -> String {
        Words(self.lang).say(key)
    }

    pub(super) fn with(&self, key: &'static str, name: &'static str, value: impl Into<Arg>) -> String {
        Text::new(key).with(name, value).say(self.lang)
    }

    pub(super) fn name<'n>(&self, names: &'n Names) -> &'n str {
        names.say(self.lang)
    }

    /// A figure to one decimal, as everywhere but in the first sentence.
    pub(super) fn points(&self, value: f64) -> String {
        number(self.lang, value, 1)
    }

    /// Whether a figure would read as anything but zero.
    pub(super) fn visible(&self, value: f64) -> bool {
        value >= 0.05
    }

    /// An interval, or nothing.
    pub(super) fn range(&self, interval: Option<(f64, f64)>) -> String {
        interval.map_or_else(String::new, |(low, high)| self.pair("breakdown-interval", low, high, 1))
    }

    /// A figure with its interval.
    pub(super) fn estimate(&self, points: Points) -> String {
        self.rounded(points, 1)
    }

    /// The figure of a line as the picture has room for: what was rated is a lower bound.
    pub(super) fn figure_mark(&self, line: &Line) -> String {
        let Some(points) = line.points else { return String::new() };
        let figure = self.points(points.points);
        if line.element.is_rated() && line.told_apart() && points.points > 0.0 {
            format!("≥ {figure}")
        } else {
            figure
        }
    }

    /// The figure of a line in words, with its interval.
    pub(super) fn figure(&self, line: &Line) -> String {
        line.points.map_or_else(String::new, |points| self.bounded(&line.element, points, 1))
    }

    /// The difference to the reference in words, with its interval.
    pub(super) fn contrast(&self, line: &Line) -> Option<String> {
        line.contrast.map(|contrast| self.estimate(contrast.points))
    }

    /// What a mixed seam could also mean.
    pub(super) fn seam(&self, line: &Line) -> Option<String> {
        let (low, high) = line.seam?;
        let range = self.pair("breakdown-between", low, high, 1);
        Some(self.with("breakdown-seam", "range", range))
    }

    /// An element as it is called in lists.
    pub(super) fn label(&self, chain: &Chain, element: &Element) -> String {
        label(chain, element, self.lang)
    }

    /// Whose journeys these are.
    pub(super) fn partition(&self) -> String {
        partition(&self.breakdown.partition, self.breakdown.place.as_deref(), self.lang)
    }

    pub(super) fn picture_title(&self, breakdown: &Breakdown) -> String {
        self.with("breakdown-picture-title", "journey", self.name(&breakdown.chain.name))
    }

    /// The picture in words, for those who hear it.
    pub(super) fn picture_description(&self, breakdown: &Breakdown) -> String {
        let line = |line: &Line| {
            let figure = if line.points.is_some() { self.figure(line) } else { return None };
            let apart = if line.told_apart() { String::new() } else { format!(" ({})", self.doubt(line)) };
            let label = self.label(&breakdown.chain, &line.element);
            Some(format!("{label}{}{figure}{apart}", self.colon()))
        };
        let parts: Vec<String> = breakdown.lines.iter().filter_map(line).collect();
        format!("{} {}. {}", self.lede(), parts.join("; "), self.say("breakdown-picture-note"))
    }

    /// Why the points of a line say nothing.
    pub(super) fn doubt(&self, line: &Line) -> String {
        match line.points {
            Some(Points { interval: None, .. }) => self.say("breakdown-no-interval"),
            _ => self.say("breakdown-no-difference"),
        }
    }

    pub(super) fn lede(&self) -> String {
        let breakdown = self.breakdown;
        let all = number(self.lang, breakdown.shortfall.points, 0);
        if !breakdown.is_split() {
            let text = Text::new("breakdown-not-split").with("all", all);
            return text.with("pooled", breakdown.pooled).with("least", LEAST_RESPONSES).say(self.lang);
        }
        let leading = breakdown.leading.as_ref().and_then(|element| breakdown.line(element));
        match (leading, breakdown.against) {
            (Some(line), Some(Against::Rest)) => self.leads_against(line),
            (None, Some(Against::Rest)) => self.say("breakdown-none-leads-against"),
            (Some(line), None) => self.leads(line, all),
            (None, None) => self.with("breakdown-none-leads", "all", all),
        }
    }

    fn leads(&self, line: &Line, all: String) -> String {
        let figure = line.points.map_or_else(String::new, |p| self.bounded(&line.element, p, decimals(p.points)));
        let text = Text::new("breakdown-leads").with("all", all).with("figure", figure);
        text.with("where", self.place(&line.element)).say(self.lang)
    }

    fn leads_against(&self, line: &Line) -> String {
        let Some(contrast) = line.contrast else { return self.say("breakdown-none-leads-against") };
        let points = contrast.points;
        let (key, points) = match points.points < 0.0 {
            true => ("breakdown-leads-against-fewer", negated(points)),
            false => ("breakdown-leads-against", points),
        };
        let figure = self.bounded(&line.element, points, decimals(points.points));
        Text::new(key).with("figure", figure).with("where", self.place(&line.element)).say(self.lang)
    }

    fn more(&self) -> Vec<String> {
        let breakdown = self.breakdown;
        let level = Text::new("breakdown-level").with("outcome", self.estimate(breakdown.outcome));
        let mut more = vec![level.with("shortfall", self.estimate(breakdown.shortfall)).say(self.lang)];
        more.extend(self.gap());
        more.extend(self.made_up());
        more
    }

    /// How the whole differs from the reference.
    fn gap(&self) -> Option<String> {
        let gap = self.breakdown.gap?;
        let (key, gap) = match (gap.told_apart(), gap.points < 0.0) {
            (false, _) => return Some(self.say("breakdown-gap-none")),
            (true, true) => ("breakdown-gap-fewer", negated(gap)),
            (true, false) => ("breakdown-gap-more", gap),
        };
        Some(self.with(key, "figure", self.estimate(gap)))
    }

    /// Who lost time, and who made it up.
    fn made_up(&self) -> Option<String> {
        let chain = &self.breakdown.chain;
        let step = |line: &Line| {
            let steps: Vec<&str> =
                line.element.steps().into_iter().filter_map(|code| Some(self.name(&chain.stop(code)?.name))).collect();
            steps.join(" → ")
        };
        let lines = &self.breakdown.lines;
        let won: Vec<&Line> = lines.iter().filter(|line| self.visible(line.made_up)).collect();
        if won.is_empty() {
            return None;
        }
        let points = self.points(won.iter().map(|line| line.made_up).sum());
        let who = self.list(won.iter().map(|line| step(line)).collect());
        let late = |line: &&Line| {
            !line.element.is_rated() && line.told_apart() && line.points.is_some_and(|p| p.points >= 1.0)
        };
        let lost: Vec<String> = lines.iter().filter(late).map(step).collect();
        if lost.is_empty() {
            return Some(Text::new("breakdown-made-up-alone").with("who", who).with("points", points).say(self.lang));
        }
        let text = Text::new("breakdown-made-up").with("lost", self.list(lost)).with("who", who);
        Some(text.with("points", points).say(self.lang))
    }

    fn facts(&self) -> Vec<(String, String)> {
        let breakdown = self.breakdown;
        let count = |count: u64| crate::i18n::count(self.lang, count);
        let responses =
            Text::new("breakdown-responses").with("count", count(breakdown.responses)).with("share", self.share());
        let mut facts = vec![
            (self.say("breakdown-fact-period"), period(breakdown.period, self.lang)),
            (self.say("breakdown-fact-journeys"), count(breakdown.journeys)),
            (self.say("breakdown-fact-invited"), count(breakdown.invited)),
            (self.say("breakdown-fact-responses"), responses.say(self.lang)),
        ];
        if let Some(lateness) = breakdown.lateness {
            let text = Text::new("breakdown-lateness").with("answered", self.points(lateness.answered));
            facts.push((
                self.say("breakdown-fact-lateness"),
                text.with("all", self.points(lateness.all)).say(self.lang),
            ));
        }
        facts
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec![self.say("breakdown-note-cause")];
        if self.breakdown.is_split() {
            notes.push(self.say("breakdown-note-cautious"));
            notes.push(self.say("breakdown-note-seam"));
        }
        notes.push(self.with("breakdown-note-silent", "share", self.share()));
        notes.push(self.say("breakdown-note-windows"));
        notes.push(self.say("breakdown-note-order"));
        notes
    }

    fn hidden(&self) -> Vec<(String, String)> {
        let breakdown = self.breakdown;
        let hidden = breakdown.suppressed.iter();
        hidden
            .map(|hidden| (self.label(&breakdown.chain, &hidden.element), hidden.reason.text().say(self.lang)))
            .collect()
    }

    /// How many of 100 answered.
    fn share(&self) -> String {
        let breakdown = self.breakdown;
        number(self.lang, 100.0 * breakdown.responses as f64 / breakdown.journeys.max(1) as f64, 0)
    }

    /// Where, as part of a sentence.
    fn place(&self, element: &Element) -> String {
        let chain = &self.breakdown.chain;
        let name =
            |code: &str| chain.stop(code).map_or_else(|| code.to_owned(), |stop| self.name(&stop.name).to_owned());
        match element {
            Element::Step(step) => self.with("breakdown-in-step", "step", name(step)),
            Element::Promise(step) => self.with("breakdown-in-promise", "step", name(step)),
            Element::Handoff(from, to) => {
                Text::new("breakdown-in-handoff").with("from", name(from)).with("to", name(to)).say(self.lang)
            }
            Element::HandoffOther => self.say("breakdown-in-handoff-other"),
        }
    }

    fn bounded(&self, element: &Element, points: Points, decimals: usize) -> String {
        let figure = self.rounded(points, decimals);
        // Rating noise hides about half of an effect, so a rated figure is a lower bound; delays are nearly complete.
        match element.is_rated() && points.told_apart() && points.points > 0.0 {
            true => self.with("breakdown-at-least", "figure", figure),
            false => figure,
        }
    }

    fn rounded(&self, points: Points, decimals: usize) -> String {
        let Some((low, high)) = points.interval else { return number(self.lang, points.points, decimals) };
        let text = Text::new("breakdown-with-interval").with("points", number(self.lang, points.points, decimals));
        let text = text.with("low", number(self.lang, low, decimals)).with("high", number(self.lang, high, decimals));
        text.say(self.lang)
    }

    fn pair(&self, key: &'static str, low: f64, high: f64, decimals: usize) -> String {
        let text = Text::new(key).with("low", number(self.lang, low, decimals));
        text.with("high", number(self.lang, high, decimals)).say(self.lang)
    }

    fn list(&self, mut names: Vec<String>) -> String {
        let Some(last) = names.pop() else { return String::new() };
        match names.is_empty() {
            true => last,
            false => Text::new("breakdown-and").with("first", names.join(", ")).with("last", last).say(self.lang),
        }
    }

    fn colon(&self) -> &'static str {
        if self.lang == Lang::Fr { "\u{a0}: " } else { ": " }
    }
}

/// An element as it is called in lists, JSON and messages.
pub(super) fn label(chain: &Chain, element: &Element, lang: Lang) -> String {
    let name = |code: &str| chain.stop(code).map_or_else(|| code.to_owned(), |stop| stop.name.say(lang).to_owned());
    let text = match element {
        Element::Step(step) => Text::new("breakdown-step").with("step", name(step)),
        Element::Promise(step) => Text::new("breakdown-promise").with("step", name(step)),
        Element::Handoff(from, to) => Text::new("breakdown-handoff").with("from", name(from)).with("to", name(to)),
        Element::HandoffOther => Text::new("breakdown-handoff-other"),
    };
    text.say(lang)
}

/// What a page is about: the service and whose journeys.
pub(super) fn about(breakdown: &Breakdown, lang: Lang) -> String {
    let speech = Speech::new(breakdown, lang);
    let text = Text::new("breakdown-of").with("journey", speech.name(&breakdown.chain.name));
    let place = text.with("partition", speech.partition()).say(lang);
    format!("{place}, {}", period(breakdown.period, lang))
}

/// What a page is about when it cannot show it.
pub(super) fn about_question(question: &Question, lang: Lang) -> String {
    let text = Text::new("breakdown-of").with("journey", question.chain.name.say(lang));
    text.with("partition", partition(&question.partition, question.place.as_deref(), lang)).say(lang)
}

/// A part of the network as it is called.
pub(super) fn partition(partition: &Place, name: Option<&str>, lang: Lang) -> String {
    let text = match partition {
        Place::Network => Text::new("breakdown-network"),
        Place::Region(code) => Text::new("breakdown-region").with("code", name.unwrap_or(code)),
        Place::Site(code) => Text::new("breakdown-site").with("code", name.unwrap_or(code)),
    };
    text.say(lang)
}

/// A period in words.
pub(super) fn period(period: Period, lang: Lang) -> String {
    let text = Text::new("breakdown-period").with("from", day(period.from, lang));
    text.with("to", day(period.to, lang)).say(lang)
}

/// A day in words.
pub(super) fn day(date: Date, lang: Lang) -> String {
    let text = Text::new("breakdown-day").with("day", i32::from(date.day())).with("month", i32::from(date.month()));
    text.with("year", date.year().to_string()).say(lang)
}

/// Whole points read better in a sentence, unless rounding would eat the figure.
fn decimals(points: f64) -> usize {
    if points.abs() >= 5.0 { 0 } else { 1 }
}

fn negated(points: Points) -> Points {
    Points { points: -points.points, interval: points.interval.map(|(low, high)| (-high, -low)) }
}
