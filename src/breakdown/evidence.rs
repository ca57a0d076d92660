//! The evidence behind one part of the chain: what is lost there, what customers ticked, what the
//! log says, and who stands on either side. Each part has an address of its own, so that a team can
//! send it to its neighbour.

use super::disclosure::Reading;
use super::phrases::{Phrases, label, percent};
use super::process::{Process, Span};
use super::request::Question;
use super::{Breakdown, LEAST_RESPONSES, Line, titles};
use crate::blueprint::Blueprint;
use crate::element::Element;
use crate::i18n::{Lang, Text, Words, count, number};
use crate::privacy::{Disclosed, NotShown};
use crate::survey::Friction;
use relais_analytics::interval::{Interval, Share};

/// What a page shows of a part of the chain; `templates/breakdown/evidence.html` lays it out.
#[derive(Debug)]
pub struct Evidence {
    /// What the part is called.
    pub title: String,
    /// The one sentence about it.
    pub lede: String,
    /// The sentences after it.
    pub more: Vec<String>,
    /// What customers ticked: the kind, and its share with its interval.
    pub frictions: Vec<(String, String)>,
    /// What the log says: whose figure it is, then names and values.
    pub log: Vec<Log>,
    /// The teams that it belongs to, along the chain.
    pub teams: Vec<String>,
}

/// What the log says of one element.
#[derive(Debug)]
pub struct Log {
    /// What it is called.
    pub label: String,
    /// A name and a value each.
    pub facts: Vec<(String, String)>,
    /// Why there are none.
    pub gap: Option<String>,
}

/// The elements whose dates and waits are the evidence of a part: a step with its dates; a handoff
/// with the backstage handoffs that it is made of.
pub fn of_part(blueprint: &Blueprint, element: &Element) -> Vec<Element> {
    match element {
        Element::Step(code) | Element::Promise(code) => {
            vec![Element::Step(code.clone()), Element::Promise(code.clone())]
        }
        Element::Handoff(from, to) => {
            let between = blueprint
                .position(from)
                .zip(blueprint.position(to))
                .filter(|(from, to)| from + 1 < *to);
            let legs = between.map(|(from, to)| &blueprint.steps[from..=to]).unwrap_or_default();
            let backstage =
                legs.len() > 2 && legs[1..legs.len() - 1].iter().all(|step| !step.frontstage);
            let pair = |pair: &[crate::blueprint::Step]| {
                Element::Handoff(pair[0].code.clone(), pair[1].code.clone())
            };
            let legs = if backstage { legs.windows(2).map(pair).collect() } else { Vec::new() };
            std::iter::once(element.clone()).chain(legs).collect()
        }
        Element::HandoffOther | Element::StepsOf(_) => Vec::new(),
    }
}

impl Evidence {
    /// The evidence of an element, from what may be shown.
    pub fn new(
        breakdown: &Disclosed<Breakdown>,
        element: &Element,
        log: &[(Element, Reading<Process>)],
        names: &dyn Fn(&str) -> String,
        lang: Lang,
    ) -> Self {
        let phrases = Phrases::new(breakdown, lang);
        let blueprint = &breakdown.blueprint;
        let line = breakdown.line(element);
        Self {
            title: label(blueprint, element, lang),
            lede: phrases.evidence(element),
            more: line.map(|line| phrases.beside(line)).unwrap_or_default(),
            frictions: line.map(|line| phrases.ticked(line)).unwrap_or_default(),
            log: log
                .iter()
                .filter_map(|(element, process)| Log::of(blueprint, element, process, lang))
                .collect(),
            teams: blueprint.teams(element).into_iter().map(names).collect(),
        }
    }
}

/// What a part is called, and what it is about: for a page that cannot show it.
pub fn heading(question: &Question, element: &Element, lang: Lang) -> (String, String) {
    (label(&question.blueprint, element, lang), titles::about_question(question, lang))
}

impl Phrases<'_> {
    /// The one sentence about a part.
    fn evidence(&self, element: &Element) -> String {
        let breakdown = self.breakdown;
        let place = self.place(element);
        if let Some(reason) = breakdown.hidden(element) {
            let why = reason.say(self.lang);
            return Text::new("evidence-hidden")
                .with("where", place)
                .with("why", why)
                .say(self.lang);
        }
        let all = number(self.lang, breakdown.shortfall.value, 0);
        match breakdown.line(element) {
            None => Text::new("evidence-not-rated").with("where", place).say(self.lang),
            Some(_) if !breakdown.is_split() => Text::new("evidence-not-split")
                .with("least", LEAST_RESPONSES)
                .with("all", all)
                .say(self.lang),
            Some(line) if line.told_apart() => self.leads(line, all),
            Some(line) => {
                let figure = line.points.map(|points| self.estimate(points)).unwrap_or_default();
                let text =
                    Text::new("evidence-no-difference").with("all", all).with("where", place);
                text.with("figure", figure).with("doubt", self.doubt(line)).say(self.lang)
            }
        }
    }

    /// What else is known of a line: the handoff, what was made up, the contrast, the ratings.
    fn beside(&self, line: &Line) -> Vec<String> {
        let handoff = line.handoff_range.filter(|range| self.visible(range.high - range.low)).map(
            |Interval { low, high }| {
                let range = self.pair("breakdown-between", low, high, 1);
                self.with("evidence-seam", "range", range)
            },
        );
        let won = self
            .visible(line.made_up)
            .then(|| self.with("evidence-made-up", "points", self.points(line.made_up)));
        let contrast =
            self.contrast(line).map(|figure| self.with("evidence-contrast", "figure", figure));
        let rated = line.mean.map(|mean| {
            let text = Text::new("evidence-rating").with("mean", self.points(mean));
            text.with("asked", count(self.lang, line.asked))
                .with("passed", count(self.lang, line.passed))
                .say(self.lang)
        });
        [contrast, handoff, won, rated].into_iter().flatten().collect()
    }

    /// Each kind of friction with its share.
    fn ticked(&self, line: &Line) -> Vec<(String, String)> {
        let Some(frictions) = &line.friction else { return Vec::new() };
        let any = (self.say("evidence-friction-any"), self.rate(frictions.any));
        let kind = |(kind, rate): &(Friction, Share)| {
            let key = match kind {
                Friction::Repeated => "evidence-friction-repeated",
                Friction::Waited => "evidence-friction-waited",
                Friction::Chased => "evidence-friction-chased",
                Friction::SentElsewhere => "evidence-friction-sent-elsewhere",
                Friction::ToldDifferent => "evidence-friction-told-different",
            };
            (self.say(key), self.rate(*rate))
        };
        std::iter::once(any).chain(frictions.kinds.iter().map(kind)).collect()
    }
}

impl Log {
    /// Nothing of an element that the log never had.
    fn of(
        blueprint: &Blueprint,
        element: &Element,
        process: &Reading<Process>,
        lang: Lang,
    ) -> Option<Self> {
        let label = label(blueprint, element, lang);
        match process {
            Ok(process) => Some(Self { label, facts: facts(process, lang), gap: None }),
            Err(NotShown::Unrecorded) => None,
            Err(why) => Some(Self { label, facts: Vec::new(), gap: Some(why.say(lang)) }),
        }
    }
}

fn facts(process: &Process, lang: Lang) -> Vec<(String, String)> {
    let w = Words(lang);
    let fact = |key: &str, value: Option<String>| value.map(|value| (w.say(key), value));
    let spanned = |span: Option<Span>| {
        span.map(|span| {
            let text = Text::new("evidence-span").with("median", duration(span.median, lang));
            text.with("most", duration(span.most, lang)).say(lang)
        })
    };
    let kept = process.promises.map(|(made, kept)| {
        let text = Text::new("evidence-kept").with("share", percent(lang, kept));
        text.with("made", count(lang, made)).say(lang)
    });
    let repeated =
        process.repeated.map(|share| w.with("evidence-of-hundred", "share", percent(lang, share)));
    [
        fact("evidence-passed", process.passed.map(|passed| count(lang, passed))),
        fact("evidence-wait", spanned(process.wait)),
        fact("evidence-work", spanned(process.work)),
        fact("evidence-repeated", repeated),
        fact("evidence-promises", kept),
        fact("evidence-late", spanned(process.late)),
        fact("evidence-offered", spanned(process.offered)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Seconds as people say them: minutes under two hours, hours under two days, then days.
pub fn duration(seconds: f64, lang: Lang) -> String {
    let (key, value, decimals) = match seconds.abs() {
        short if short < 7_200.0 => ("evidence-minutes", seconds / 60.0, 0),
        short if short < 172_800.0 => ("evidence-hours", seconds / 3_600.0, 1),
        _ => ("evidence-days", seconds / 86_400.0, 1),
    };
    Text::new(key).with("value", number(lang, value, decimals)).say(lang)
}

#[cfg(test)]
mod tests {
    use crate::breakdown::evidence::*;
    use crate::breakdown::sample;

    #[test]
    fn durations_are_said_in_the_unit_that_people_would_use() {
        assert_eq!(duration(600.0, Lang::En), "10\u{a0}min");
        assert_eq!(duration(9_000.0, Lang::Fr), "2,5\u{a0}h");
        assert_eq!(duration(-216_000.0, Lang::En), "−2.5\u{a0}days");
    }

    #[test]
    fn a_handoff_over_backstage_steps_is_told_with_those_it_is_made_of() {
        let blueprint = sample::blueprint();
        let codes = |of: &str| -> Vec<String> {
            of_part(&blueprint, &of.parse().unwrap()).iter().map(Element::to_string).collect()
        };
        assert_eq!(
            codes("handoff:CALL:RECEP"),
            ["handoff:CALL:RECEP", "handoff:CALL:PLAN", "handoff:PLAN:RECEP"]
        );
        assert_eq!(
            codes("handoff:RECEP:DELIV"),
            ["handoff:RECEP:DELIV"],
            "the customer met the step between"
        );
        assert_eq!(codes("handoff:DELIV:CALL"), ["handoff:DELIV:CALL"], "backwards");
        assert_eq!(codes("promise:PLAN"), ["step:PLAN", "promise:PLAN"]);
    }

    #[test]
    fn a_part_says_what_is_lost_there_or_why_nobody_can_say() {
        let breakdown = sample::garage();
        let phrases = Phrases::new(&breakdown, Lang::En);
        let said = |code: &str| phrases.evidence(&code.parse().unwrap());
        assert_eq!(
            said("promise:PLAN"),
            "Of 31 points lost, 12 (8 to 16) are lost in the dates and delays of “Planning”."
        );
        assert!(
            said("step:DELIV").contains("cannot be told apart from zero"),
            "{}",
            said("step:DELIV")
        );
        assert!(
            said("handoff:WORK:DELIV").contains("fewer than 8 people"),
            "{}",
            said("handoff:WORK:DELIV")
        );
        assert!(said("step:PLAN").contains("does not meet"), "{}", said("step:PLAN"));
    }
}
