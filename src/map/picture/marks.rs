//! What the drawing draws: each step and way with its words, and how much room these need.

use crate::breakdown::Line;
use crate::breakdown::picture::drawing::wrapped;
use crate::element::Element;
use crate::map::detail::{Detail, is_loop, weight};
use crate::map::layout::{Link, Node, Room};
use crate::map::phrases::MapPhrases;
use crate::map::{Handoff, Step};
use relais_analytics::attribute::Estimate;
use relais_analytics::interval::Interval;

/// The radius of a step.
pub(super) const RING: f64 = 9.0;
/// The height of a line of words.
pub(super) const LINE: f64 = 15.5;
/// From the top of a line of words to its foot.
pub(super) const WORDS: f64 = 13.0;
/// The widest line, of a way that everybody takes.
const WIDEST: f64 = 13.0;
/// A step's name is broken after so many letters.
const LETTERS: usize = 15;
/// How far a halo reaches beyond its line, a point lost; and at most.
const A_POINT: f64 = 2.2;
const FARTHEST: f64 = 30.0;
/// Fewer points than this are left to the table: the picture is to be calm.
const VISIBLE: f64 = 0.5;
/// More steps than this stay in their usual order: nobody reads a better one.
const MOST_MOVED: usize = 40;
/// The width of a letter of the widest common system font, of its size.
pub(super) const LETTER: f64 = 0.57;

/// Everything that is drawn. The places of steps and flow in it are those in the layout.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pub(super) steps: Vec<Mark>,
    pub(super) flow: Vec<Mark>,
    pub(super) nodes: Vec<Node>,
    pub(super) links: Vec<Link>,
}

/// A step or a way as it is drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Mark {
    pub(super) kind: Kind,
    pub(super) ring: &'static str,
    pub(super) thickness: f64,
    /// How far the halo of lost points reaches.
    pub(super) halo: Option<f64>,
    pub(super) volume: Option<String>,
    /// Of a step that is repeated at once: how often.
    pub(super) again: Option<String>,
    pub(super) lines: Vec<Words>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Journeys take it.
    #[default]
    Link,
    /// Customers notice it, over the backstage steps in between.
    Handoff,
}

/// A line of words.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) class: &'static str,
    pub(super) words: String,
    /// The whole of what had to be cut.
    pub(super) whole: Option<String>,
}

impl Words {
    fn new(class: &'static str, words: String) -> Self {
        Self { class, words, whole: None }
    }

    fn width(&self) -> f64 {
        let size =
            if self.class.contains("name") || self.class.contains("lost") { 14.0 } else { 12.5 };
        self.words.chars().count() as f64 * size * LETTER
    }
}

impl Mark {
    /// How far the line and its halo reach from its middle.
    pub(super) fn reach(&self) -> f64 {
        self.thickness / 2.0 + self.halo.unwrap_or_default()
    }

    fn width(&self) -> f64 {
        let volume = self
            .volume
            .iter()
            .chain(&self.again)
            .map(|words| words.chars().count() as f64 * 12.5 * LETTER);
        self.lines.iter().map(Words::width).chain(volume).fold(0.0, f64::max) + 6.0
    }

    fn words_below(&self) -> f64 {
        LINE * self.lines.len() as f64 + 6.0
    }
}

impl Marks {
    pub(super) fn of(says: &MapPhrases<'_>, detail: Detail, own: Option<&str>) -> Self {
        let flow = &says.map.flow;
        let handoffs: Vec<&Handoff> =
            detail.drawn(flow).into_iter().map(|at| &flow.handoffs[at]).collect();
        let joined = |step: &&Step| {
            handoffs.iter().any(|handoff| handoff.from == step.code || handoff.to == step.code)
        };
        let steps: Vec<&Step> = flow
            .steps
            .iter()
            .filter(|step| detail == Detail::All || joined(step) || handoffs.is_empty())
            .collect();
        let steps = onward(steps, &handoffs);
        let at = |code: &str| steps.iter().position(|step| step.code == code);
        let most = handoffs.iter().map(|handoff| weight(handoff)).fold(1.0, f64::max);
        let mut marks = Self::default();
        for step in &steps {
            marks.step(says, step, detail, own);
        }
        for handoff in &handoffs {
            if let (Some(from), Some(to)) = (at(&handoff.from), at(&handoff.to)) {
                marks.way(way(says, handoff, most), (from, to), weight(handoff));
            }
        }
        for line in &says.map.breakdown.lines {
            if let Some((mark, ends)) = handoff(says, line, &at) {
                marks.way(mark, ends, 0.0);
            }
        }
        marks
    }

    fn step(&mut self, says: &MapPhrases<'_>, step: &Step, detail: Detail, own: Option<&str>) {
        let mark = circle(says, step, detail, own);
        let front =
            says.map.breakdown.blueprint.step(&step.code).is_none_or(|step| step.frontstage);
        let reach = RING + mark.halo.unwrap_or_default();
        let up = if mark.again.is_some() { 54.0_f64.max(reach) } else { reach };
        self.nodes.push(Node {
            room: Room { width: mark.width(), up, down: reach + 4.0 + mark.words_below() },
            front,
        });
        self.steps.push(mark);
    }

    fn way(&mut self, mark: Mark, (from, to): (usize, usize), weight: f64) {
        let up = mark.reach() + if mark.volume.is_some() { LINE + 4.0 } else { 2.0 };
        let label = Room { width: mark.width(), up, down: mark.reach() + mark.words_below() };
        self.links.push(Link { from, to, weight, thickness: mark.thickness, label });
        self.flow.push(mark);
    }
}

/// The steps in the order in which least leads back: their usual one, unless so much contradicts it
/// that the main flow would be drawn as a return. Each step in turn is moved to where it is best,
/// as long as that helps.
fn onward<'a>(mut steps: Vec<&'a Step>, handoffs: &[&Handoff]) -> Vec<&'a Step> {
    let back = |steps: &[&Step]| -> f64 {
        let at = |code: &str| steps.iter().position(|step| step.code == code);
        handoffs
            .iter()
            .filter(|handoff| at(&handoff.from) > at(&handoff.to))
            .map(|handoff| weight(handoff))
            .sum()
    };
    let mut least = back(&steps);
    let mut from = 0;
    while from < steps.len() && steps.len() <= MOST_MOVED {
        let moved = (0..steps.len()).map(|to| {
            let mut other = steps.clone();
            let step = other.remove(from);
            other.insert(to, step);
            (back(&other), other)
        });
        let best =
            moved.min_by(|a, b| a.0.total_cmp(&b.0)).filter(|(weight, _)| *weight < least - 0.5);
        from += 1;
        if let Some((weight, order)) = best {
            (least, steps, from) = (weight, order, 0);
        }
    }
    steps
}

fn circle(says: &MapPhrases<'_>, step: &Step, detail: Detail, own: Option<&str>) -> Mark {
    let described = says.map.breakdown.blueprint.step(&step.code);
    let is_own = own.is_some() && described.and_then(|step| step.team.as_deref()) == own;
    let name = says.step(&step.code);
    let broken = wrapped(&name, LETTERS, 3);
    let cut = broken.iter().any(|line| line.ends_with('…'));
    let class = if is_own { "name own" } else { "name" };
    let mut lines: Vec<Words> = broken
        .into_iter()
        .map(|words| Words { class, words, whole: cut.then(|| name.clone()) })
        .collect();
    let dates = Element::Promise(step.code.clone());
    let rated = says.map.breakdown.line(&Element::Step(step.code.clone()));
    let timed = says.map.breakdown.line(&dates);
    lines.extend(rated.iter().flat_map(|line| lost(says, line)));
    lines.extend(kept(says, &dates));
    lines.extend(timed.iter().flat_map(|line| lost(says, line)));
    let again =
        says.map.flow.handoffs.iter().find(|handoff| is_loop(handoff) && handoff.from == step.code);
    let again = again.filter(|handoff| detail == Detail::All || weight(handoff) >= 1.0);
    let points = [rated, timed]
        .into_iter()
        .flatten()
        .filter_map(told_apart)
        .map(|points| points.value.max(0.0))
        .sum();
    Mark {
        ring: match (is_own, described.is_none_or(|step| step.frontstage)) {
            (true, _) => "ring own",
            (false, true) => "ring",
            (false, false) => "ring backstage",
        },
        halo: halo(points),
        again: again
            .map(|handoff| handoff.of_100.map_or_else(String::new, |volume| says.of_100(volume))),
        lines,
        ..Mark::default()
    }
}

fn way(says: &MapPhrases<'_>, handoff: &Handoff, most: f64) -> Mark {
    let line = says.map.breakdown.line(&handoff.element());
    let mut lines = vec![Words::new("range", says.times(handoff.wait))];
    lines.extend(kept(says, &handoff.element()));
    lines.extend(
        line.into_iter().flat_map(|line| ticked(says, line).into_iter().chain(lost(says, line))),
    );
    Mark {
        thickness: 1.5 + (WIDEST - 1.5) * weight(handoff) / most,
        halo: halo(line.and_then(told_apart).map_or(0.0, |points| points.value)),
        volume: handoff.of_100.map(|volume| says.of_100(volume)),
        lines,
        ..Mark::default()
    }
}

/// A handoff that customers were asked about and that is no way of its own: it leads over backstage
/// steps.
fn handoff(
    says: &MapPhrases<'_>,
    line: &Line,
    at: &dyn Fn(&str) -> Option<usize>,
) -> Option<(Mark, (usize, usize))> {
    let Element::Handoff(from, to) = &line.element else { return None };
    let over = says.map.breakdown.blueprint.steps.iter().any(|step| !step.frontstage);
    let points = told_apart(line)?;
    if !over || says.map.flow.handoffs.iter().any(|handoff| handoff.element() == line.element) {
        return None;
    }
    let (from, to) = (at(from)?, at(to)?);
    let lines = ticked(says, line).into_iter().chain(lost(says, line)).collect();
    let mark = Mark {
        kind: Kind::Handoff,
        thickness: 1.5,
        halo: halo(points.value),
        lines,
        ..Mark::default()
    };
    (from != to).then_some((mark, (from, to)))
}

fn told_apart(line: &Line) -> Option<Estimate> {
    line.points.filter(|points| points.excludes_zero() && points.value.abs() >= VISIBLE)
}

fn halo(points: f64) -> Option<f64> {
    (points > 0.0).then(|| (A_POINT * points).min(FARTHEST))
}

/// The points lost or made up, with their interval; nothing where they cannot be told apart from
/// zero.
fn lost(says: &MapPhrases<'_>, line: &Line) -> Vec<Words> {
    let Some(points) = told_apart(line) else { return Vec::new() };
    if points.value < 0.0 {
        let won = says.phrases.with(
            "breakdown-made-up-mark",
            "points",
            says.phrases.points(-points.value),
        );
        let interval =
            points.interval.map(|Interval { low, high }| Interval { low: -high, high: -low });
        return vec![
            Words::new("range won", won),
            Words::new("range", says.phrases.range(interval)),
        ];
    }
    let key = if line.element.is_rated() { "map-lost-mark" } else { "map-dates-mark" };
    let figure = says.phrases.with(key, "points", says.phrases.figure_mark(line));
    vec![Words::new("lost", figure), Words::new("range", says.phrases.range(points.interval))]
}

fn kept(says: &MapPhrases<'_>, element: &Element) -> Option<Words> {
    let promise = says.map.flow.promises.iter().find(|promise| promise.element == *element)?;
    Some(Words::new(
        "range ink",
        says.phrases.with("map-kept-mark", "share", says.of_100(promise.kept)),
    ))
}

fn ticked(says: &MapPhrases<'_>, line: &Line) -> Option<Words> {
    let friction = line.friction.as_ref()?;
    let share = crate::breakdown::phrases::percent(says.lang(), friction.any.value);
    Some(Words::new("range ink", says.phrases.with("map-friction-mark", "share", share)))
}
