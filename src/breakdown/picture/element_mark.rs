//! What both drawings draw: each element of the chain as a mark, with its points, its fill and its
//! words.

use super::drawing::{Fill, Link};
use crate::blueprint::Step;
use crate::breakdown::evidence_links::EvidenceLinks;
use crate::breakdown::phrases::Phrases;
use crate::breakdown::{Breakdown, Line};
use crate::element::Element;
use crate::i18n::Lang;
use relais_analytics::interval::Interval;

/// What both drawings draw from: the marks of a chain, with their words.
pub(crate) struct Marks<'a> {
    pub(crate) breakdown: &'a Breakdown,
    pub(crate) phrases: Phrases<'a>,
    own: Option<&'a str>,
    /// Where the evidence of each part stands.
    pub(crate) leads: Option<&'a EvidenceLinks>,
    /// The most points that a band, a whisker or a made-up bar reaches.
    pub(crate) most: f64,
}

impl<'a> Marks<'a> {
    pub(crate) fn of(breakdown: &'a Breakdown, own: Option<&'a str>, lang: Lang) -> Self {
        let reach = |line: &Line| {
            line.points.map_or(0.0, |p| {
                p.interval.map_or(p.value, |interval| interval.high) + line.made_up
            })
        };
        let untraced = breakdown
            .untraced
            .map_or(0.0, |p| p.interval.map_or(p.value, |interval| interval.high));
        let most = breakdown.lines.iter().map(reach).fold(untraced.max(1.0), f64::max);
        Self { breakdown, phrases: Phrases::new(breakdown, lang), own, leads: None, most }
    }

    /// The same marks, each of which leads to its evidence.
    pub(crate) fn leading(self, leads: Option<&'a EvidenceLinks>) -> Self {
        Self { leads, ..self }
    }

    /// The mark of an element, if the journeys have it.
    pub(crate) fn mark(&self, element: &Element) -> Option<Mark> {
        let mark = match self.breakdown.hidden(element) {
            Some(_) => {
                Mark::hidden(self.is_own(element), self.phrases.say("breakdown-hidden-mark"))
            }
            None => self.shown(self.breakdown.line(element)?),
        };
        Some(Mark { link: self.link(element, &mark), ..mark })
    }

    fn link(&self, element: &Element, mark: &Mark) -> Option<Link> {
        let href = self.leads?.to(element);
        let range =
            if mark.range.is_empty() { String::new() } else { format!(" ({})", mark.range) };
        let name = self.phrases.label(&self.breakdown.blueprint, element);
        Some(Link { href, label: format!("{name}{}{}{range}", self.phrases.colon(), mark.figure) })
    }

    /// What belongs to no part of the chain.
    pub(crate) fn untraced(&self) -> Option<Mark> {
        let points = self.breakdown.untraced?;
        Some(Mark {
            lost: points.value,
            interval: points.interval,
            fill: Fill::Untraced,
            figure: self.phrases.points(points.value),
            range: self.phrases.range(points.interval),
            ..Mark::default()
        })
    }

    /// The marks of a stop, in the order in which they are drawn: as rated, then its dates.
    pub(crate) fn of_step(&self, step: &Step) -> Vec<Mark> {
        let elements = [Element::Step(step.code.clone()), Element::Promise(step.code.clone())];
        elements.iter().filter_map(|element| self.mark(element)).collect()
    }

    /// The handoffs that are no link of the line: they skip a stop, go back, or stand for many.
    pub(crate) fn detours(&self) -> Vec<(&'a Element, Mark)> {
        let links: Vec<Element> = self.links().collect();
        let breakdown = self.breakdown;
        let shown = breakdown.lines.iter().map(|line| &line.element);
        let all = shown.chain(breakdown.suppressed.iter().map(|hidden| &hidden.element));
        let mut detours: Vec<&Element> = all
            .filter(|element| {
                matches!(element, Element::Handoff(..) | Element::HandoffOther)
                    && !links.contains(element)
            })
            .collect();
        detours.sort_by_key(|element| breakdown.blueprint.place(element));
        detours.into_iter().filter_map(|element| Some((element, self.mark(element)?))).collect()
    }

    /// Whether the team whose page this is does that step.
    pub(crate) fn owns(&self, step: &Step) -> bool {
        self.own.is_some() && step.team.as_deref() == self.own
    }

    fn is_own(&self, element: &Element) -> bool {
        self.own.is_some_and(|own| self.breakdown.blueprint.teams(element).contains(&own))
    }

    fn links(&self) -> impl Iterator<Item = Element> {
        let steps: Vec<&Step> =
            self.breakdown.blueprint.steps.iter().filter(|step| step.frontstage).collect();
        let pairs: Vec<Element> = steps
            .windows(2)
            .map(|pair| Element::Handoff(pair[0].code.clone(), pair[1].code.clone()))
            .collect();
        pairs.into_iter()
    }

    fn shown(&self, line: &Line) -> Mark {
        let phrases = &self.phrases;
        let Some(points) = line.points else {
            let mean = line
                .mean
                .map(|mean| phrases.with("breakdown-mean-mark", "mean", phrases.points(mean)));
            return Mark {
                own: self.is_own(&line.element),
                figure: mean.unwrap_or_default(),
                ..Mark::default()
            };
        };
        let made_up = phrases.visible(line.made_up).then(|| phrases.points(line.made_up));
        Mark {
            lost: points.value + line.made_up,
            delay: (line.delay + line.made_up).max(0.0),
            made_up: line.made_up,
            interval: points.interval,
            fill: match (line.told_apart(), line.element.is_rated()) {
                (false, _) => Fill::Uncertain,
                (true, true) => Fill::Rated,
                (true, false) => Fill::Dates,
            },
            figure: phrases.figure_mark(line),
            range: phrases.range(points.interval),
            made_up_figure: made_up
                .map(|figure| phrases.with("breakdown-made-up-mark", "points", figure)),
            leading: self.breakdown.leading.as_ref() == Some(&line.element),
            own: self.is_own(&line.element),
            dates: !line.element.is_rated(),
            hidden: false,
            link: None,
        }
    }
}

/// One element as it is drawn. Numbers are points; the drawing turns them into lengths.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mark {
    /// Lost there, before anything was made up.
    pub(crate) lost: f64,
    /// The part of it that dates and delays cost.
    pub(crate) delay: f64,
    pub(crate) made_up: f64,
    pub(crate) interval: Option<Interval>,
    pub(crate) fill: Fill,
    pub(crate) figure: String,
    pub(crate) range: String,
    pub(crate) made_up_figure: Option<String>,
    pub(crate) leading: bool,
    pub(crate) own: bool,
    /// Known from dates alone, as opposed to rated.
    pub(crate) dates: bool,
    pub(crate) hidden: bool,
    /// Where its evidence stands.
    pub(crate) link: Option<Link>,
}

impl Mark {
    fn hidden(own: bool, figure: String) -> Self {
        Self { own, figure, hidden: true, ..Self::default() }
    }

    /// Whether there is a band to draw.
    pub(crate) fn has_band(&self) -> bool {
        !self.hidden && self.lost != 0.0
    }
}
