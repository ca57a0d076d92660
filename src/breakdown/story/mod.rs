//! The words, which come before every figure: what leads, who made up what, what could not be told,
//! and how far the figures carry.

#[cfg(test)]
mod tests;

use super::level::LESS_HAPPY;
use super::phrases::{Phrases, percent, period};
use super::{Against, Breakdown, Importance, LEAST_RESPONSES, Line, Rescued, Undecided};
use crate::element::Element;
use crate::i18n::{Lang, Text, number};
use crate::privacy::Disclosed;
use relais_analytics::attribute::Estimate;
use relais_analytics::interval::Interval;

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
        let phrases = Phrases::new(breakdown, lang);
        Self {
            lede: phrases.lede(),
            more: phrases.more(),
            facts: phrases.facts(),
            notes: phrases.notes(),
            hidden: phrases.hidden(),
        }
    }
}

impl Phrases<'_> {
    pub(super) fn picture_title(&self, breakdown: &Breakdown) -> String {
        self.with("breakdown-picture-title", "journey", self.name(&breakdown.blueprint.name))
    }

    /// The picture in words, for those who hear it.
    pub(super) fn picture_description(&self, breakdown: &Breakdown) -> String {
        let line = |line: &Line| {
            let figure = if line.points.is_some() { self.figure(line) } else { return None };
            let apart =
                if line.told_apart() { String::new() } else { format!(" ({})", self.doubt(line)) };
            let label = self.label(&breakdown.blueprint, &line.element);
            Some(format!("{label}{}{figure}{apart}", self.colon()))
        };
        let parts: Vec<String> = breakdown.lines.iter().filter_map(line).collect();
        format!("{} {}. {}", self.lede(), parts.join("; "), self.say("breakdown-picture-note"))
    }

    pub(super) fn lede(&self) -> String {
        let breakdown = self.breakdown;
        let all = number(self.lang, breakdown.shortfall.value, 0);
        if !breakdown.is_split() {
            let text = Text::new("breakdown-not-split").with("all", all);
            return text
                .with("pooled", breakdown.pooled)
                .with("least", LEAST_RESPONSES)
                .say(self.lang);
        }
        let leading = breakdown.leading.as_ref().and_then(|element| breakdown.line(element));
        if let (None, Some(undecided)) = (leading, &breakdown.undecided) {
            return self.undecided(undecided, all);
        }
        match (leading, breakdown.against) {
            (Some(line), Some(Against::Rest)) => self.leads_against(line),
            (None, Some(Against::Rest)) => self.say("breakdown-none-leads-against"),
            (Some(line), None) => self.leads(line, all),
            (None, None) => self.with("breakdown-none-leads", "all", all),
        }
    }

    /// Of several parts that stand out together.
    fn undecided(&self, undecided: &Undecided, all: String) -> String {
        let against = self.breakdown.against.is_some();
        let (key, elements) = match undecided {
            Undecided::Set(elements) if against => ("breakdown-set-leads-against", elements),
            Undecided::Set(elements) => ("breakdown-set-leads", elements),
            Undecided::Lower(elements) => ("breakdown-lower-here", elements),
        };
        let places = elements.iter().map(|element| self.place(element)).collect();
        Text::new(key).with("all", all).with("where", self.list(places)).say(self.lang)
    }

    pub(super) fn leads(&self, line: &Line, all: String) -> String {
        let figure = line.points.map_or_else(String::new, |p| self.rounded(p, decimals(p.value)));
        let text = Text::new("breakdown-leads").with("all", all).with("figure", figure);
        text.with("where", self.place(&line.element)).say(self.lang)
    }

    fn leads_against(&self, line: &Line) -> String {
        let Some(contrast) = line.contrast else { return self.say("breakdown-none-leads-against") };
        let points = contrast.points;
        let (key, points) = match points.value < 0.0 {
            true => ("breakdown-leads-against-fewer", negated(points)),
            false => ("breakdown-leads-against", points),
        };
        let figure = self.bounded(contrast, points, decimals(points.value));
        Text::new(key)
            .with("figure", figure)
            .with("where", self.place(&line.element))
            .say(self.lang)
    }

    fn more(&self) -> Vec<String> {
        let breakdown = self.breakdown;
        let level = Text::new("breakdown-level").with("outcome", self.estimate(breakdown.outcome));
        let mut more =
            vec![level.with("shortfall", self.estimate(breakdown.shortfall)).say(self.lang)];
        more.extend(self.gap());
        more.extend(self.made_up());
        more
    }

    /// How the whole differs from the reference.
    fn gap(&self) -> Option<String> {
        let gap = self.breakdown.gap?;
        let (key, gap) = match (gap.excludes_zero(), gap.value < 0.0) {
            (false, _) => return Some(self.say("breakdown-gap-none")),
            (true, true) => ("breakdown-gap-fewer", negated(gap)),
            (true, false) => ("breakdown-gap-more", gap),
        };
        Some(self.with(key, "figure", self.estimate(gap)))
    }

    /// Who lost time, and who made it up.
    fn made_up(&self) -> Option<String> {
        let blueprint = &self.breakdown.blueprint;
        let step = |line: &Line| {
            let steps: Vec<&str> = line
                .element
                .steps()
                .into_iter()
                .filter_map(|code| Some(self.name(&blueprint.step(code)?.name)))
                .collect();
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
            !line.element.is_rated()
                && line.told_apart()
                && line.points.is_some_and(|p| p.value >= 1.0)
        };
        let lost: Vec<String> = lines.iter().filter(late).map(step).collect();
        if lost.is_empty() {
            return Some(
                Text::new("breakdown-made-up-alone")
                    .with("who", who)
                    .with("points", points)
                    .say(self.lang),
            );
        }
        let text = Text::new("breakdown-made-up").with("lost", self.list(lost)).with("who", who);
        Some(text.with("points", points).say(self.lang))
    }

    fn facts(&self) -> Vec<(String, String)> {
        let breakdown = self.breakdown;
        let count = |count: u64| crate::i18n::count(self.lang, count);
        let responses = match breakdown.level.answered {
            Some(share) => {
                let text = Text::new("breakdown-responses");
                text.with("share", percent(self.lang, share.value))
            }
            None => Text::new("breakdown-responses-of-unknown"),
        };
        let responses = responses.with("count", count(breakdown.responses));
        let invited = breakdown.invited.map_or_else(|| self.say("breakdown-not-known"), &count);
        let mut facts = vec![
            (self.say("breakdown-fact-period"), period(breakdown.period, self.lang)),
            (self.say("breakdown-fact-journeys"), count(breakdown.journeys)),
            (self.say("breakdown-fact-invited"), invited),
            (self.say("breakdown-fact-responses"), responses.say(self.lang)),
        ];
        if let Some(lateness) = breakdown.lateness {
            let text =
                Text::new("breakdown-lateness").with("answered", self.points(lateness.answered));
            facts.push((
                self.say("breakdown-fact-lateness"),
                text.with("all", self.points(lateness.all)).say(self.lang),
            ));
        }
        facts.extend(self.timings());
        facts.extend(self.level_facts());
        facts
    }

    /// Of how many journeys all times are known: it stands beside every delay.
    fn timings(&self) -> Option<(String, String)> {
        let timings = self.breakdown.timings?;
        let text = match timings.share() {
            Some(share) => Text::new("breakdown-timings").with("share", percent(self.lang, share)),
            None => Text::new("breakdown-timings-unstated"),
        };
        Some((self.say("breakdown-fact-timings"), text.say(self.lang)))
    }

    /// How the level would stand otherwise: nothing of it is in the sum.
    fn level_facts(&self) -> Vec<(String, String)> {
        let level = &self.breakdown.level;
        let calibrated = level.calibration.map(|calibration| {
            let text = Text::new("breakdown-calibrated")
                .with("observed", self.points(calibration.observed));
            text.with("all", self.points(calibration.observed + calibration.added))
                .with("day", self.points(calibration.a_day))
        });
        let weighted = level.weighted.map(|weighted| {
            let text =
                Text::new("breakdown-weighted").with("outcome", self.estimate(weighted.outcome));
            text.with("effective", number(self.lang, weighted.effective, 0))
        });
        let silent = level.if_silent.map(|[less_happy, happier]| {
            let less =
                Text::new("breakdown-if-silent").with("less", number(self.lang, LESS_HAPPY, 0));
            less.with("outcome", self.points(less_happy)).with("happier", self.points(happier))
        });
        let pulled = level.pulled.map(|pulled| {
            let text = Text::new("breakdown-pulled").with("outcome", self.estimate(pulled.outcome));
            text.with("kept", percent(self.lang, pulled.kept))
        });
        let variance = self.breakdown.wider.variance.map(|variance| {
            let share = |share: Option<Estimate>| {
                percent(self.lang, share.map_or(0.0, |share| share.value))
            };
            let text = Text::new("breakdown-variance").with("path", share(variance.path));
            let text = text.with("site", share(variance.site)).with("week", share(variance.week));
            text.with("rest", share(Some(variance.rest)))
        });
        let said = |name: &str, text: Option<Text>| Some((self.say(name), text?.say(self.lang)));
        [
            said("breakdown-fact-calibrated", calibrated),
            said("breakdown-fact-weighted", weighted),
            said("breakdown-fact-silent", silent),
            said("breakdown-fact-pulled", pulled),
            said(
                "breakdown-fact-rescued",
                self.breakdown.rescued.as_ref().map(|rescued| self.rescued(rescued)),
            ),
            said("breakdown-fact-variance", variance),
            said(
                "breakdown-fact-importance",
                self.breakdown.wider.importance.as_ref().map(|all| self.important(all)),
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What differences between customers go with: the parts that have one in a hundred of them,
    /// along the chain.
    fn important(&self, all: &Importance) -> Text {
        let blueprint = &self.breakdown.blueprint;
        let visible = all.elements.iter().filter(|(_, share)| share.value >= 0.005);
        let part = |(element, share): &(Element, Estimate)| {
            format!("{} {}", self.label(blueprint, element), percent(self.lang, share.value))
        };
        let parts: Vec<String> = visible.map(part).collect();
        let text =
            Text::new("breakdown-importance").with("all", percent(self.lang, all.explained.value));
        text.with("lateness", percent(self.lang, all.lateness.value))
            .with("parts", parts.join(", "))
    }

    fn rescued(&self, rescued: &Rescued) -> Text {
        let key =
            if rescued.steps.is_empty() { "breakdown-rescued" } else { "breakdown-rescued-by" };
        let text = Text::new(key)
            .with("trouble", self.rate(rescued.trouble))
            .with("saved", self.rate(rescued.saved));
        let blueprint = &self.breakdown.blueprint;
        match rescued.steps.is_empty() {
            true => text,
            false => text.with(
                "who",
                self.list(rescued.steps.iter().map(|step| self.label(blueprint, step)).collect()),
            ),
        }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> =
            self.breakdown.caveats().into_iter().map(|caveat| caveat.say(self.lang)).collect();
        notes.push(self.say("breakdown-note-order"));
        notes
    }

    fn hidden(&self) -> Vec<(String, String)> {
        let breakdown = self.breakdown;
        let hidden = breakdown.suppressed.iter();
        hidden
            .map(|hidden| {
                (self.label(&breakdown.blueprint, &hidden.element), hidden.reason.say(self.lang))
            })
            .collect()
    }
}

/// Totals points read better in a sentence, unless rounding would eat the figure.
fn decimals(points: f64) -> usize {
    if points.abs() >= 10.0 { 0 } else { 1 }
}

fn negated(points: Estimate) -> Estimate {
    Estimate {
        value: -points.value,
        interval: points.interval.map(|Interval { low, high }| Interval { low: -high, high: -low }),
    }
}
