//! The picture from top to bottom, for a narrow screen: one row a figure, so that nothing can
//! overlap.
//!
//! Bands lie to the right of the line, what was made up to its left; both on the scale of the whole
//! picture.

use super::drawing::{Drawing, Fill, Shape, px};
use super::element_mark::{Mark, Marks};
use crate::blueprint::Step;
use crate::breakdown::Line;
use crate::element::Element;
use relais_analytics::interval::Interval;

const WIDTH: f64 = 296.0;
const BAND: f64 = 14.0;
const ROW: f64 = 50.0;
/// How much room what was made up may take from the words.
const LEFTMOST: f64 = 64.0;
/// How far in backstage steps stand.
const ASIDE: f64 = 16.0;

/// Draws the marks from top to bottom.
pub(crate) fn draw(marks: &Marks<'_>) -> Drawing {
    let back = |line: &Line| {
        line.made_up.max(-line.points.and_then(|p| p.interval).map_or(0.0, |interval| interval.low))
    };
    let untraced = marks
        .untraced()
        .map_or(0.0, |mark| -mark.interval.map_or(mark.lost, |interval| interval.low));
    let won = marks.breakdown.lines.iter().map(back).fold(untraced.max(0.0), f64::max);
    let right = WIDTH - 22.0 - ASIDE - 12.0;
    let scale = (right / (marks.most + won)).min(13.0).min(LEFTMOST / won.max(1.0));
    let mut pen =
        Pen { scale, x: px(14.0 + won * scale), y: 8.0, shapes: Vec::new(), line: Vec::new() };
    pen.steps(marks);
    pen.detours(marks);
    if let Some(mark) = marks.untraced() {
        pen.y += 10.0;
        pen.heading(pen.x, &marks.phrases.say(marks.breakdown.untraced_key()), "name quiet");
        pen.row(&mark, String::new(), pen.x);
    }
    let mut shapes = pen.line;
    shapes.append(&mut pen.shapes);
    Drawing {
        id: "tall",
        width: WIDTH,
        height: px(pen.y + 8.0),
        title: marks.phrases.picture_title(marks.breakdown),
        description: marks.phrases.picture_description(marks.breakdown),
        shapes,
        linked: marks.leads.is_some(),
    }
}

struct Pen {
    /// Pixels a point.
    scale: f64,
    /// Where the line runs.
    x: f64,
    /// Where the next row begins.
    y: f64,
    shapes: Vec<Shape>,
    /// The line itself, which is painted under everything.
    line: Vec<Shape>,
}

impl Pen {
    fn steps(&mut self, marks: &Marks<'_>) {
        let steps = &marks.breakdown.blueprint.steps;
        let mut before: Option<&Step> = None;
        let mut waiting: Vec<&Step> = Vec::new();
        for step in steps {
            if !step.frontstage {
                waiting.push(step);
                continue;
            }
            let link = before.and_then(|from| {
                marks.mark(&Element::Handoff(from.code.clone(), step.code.clone()))
            });
            let top = self.y;
            if let Some(mark) = &link {
                self.row(mark, marks.phrases.say("breakdown-handoff-mark"), self.x);
            }
            self.backstage(marks, &waiting);
            if before.is_some() {
                self.down(top - 4.0, self.y + 12.0, self.x, "track");
                if link.as_ref().is_some_and(|mark| mark.hidden) {
                    self.down(top, self.y, self.x, "track-gap");
                }
            }
            self.step(marks, step, self.x);
            before = Some(step);
            waiting.clear();
        }
        self.backstage(marks, &waiting);
    }

    /// A stop with its rows.
    fn step(&mut self, marks: &Marks<'_>, step: &Step, x: f64) {
        let own = marks.owns(step);
        let top = self.y + 12.0;
        self.heading(x, marks.phrases.name(&step.name), if own { "name own" } else { "name" });
        let of_step = marks.of_step(step);
        for mark in &of_step {
            let key = if mark.dates { "breakdown-dates" } else { "breakdown-as-rated" };
            self.row(mark, marks.phrases.say(key), x);
        }
        if x == self.x {
            self.down(top, self.y + 4.0, x, "track");
        }
        let class = match (own, step.frontstage) {
            (true, _) => "ring own",
            (false, true) => "ring",
            (false, false) => "ring backstage",
        };
        self.shapes.push(Shape::ring(x, top, 8.0, class));
    }

    /// Backstage steps stand aside, between two lines of visibility.
    fn backstage(&mut self, marks: &Marks<'_>, steps: &[&Step]) {
        if steps.is_empty() {
            return;
        }
        let x = self.x + ASIDE;
        self.y += 4.0;
        self.visibility(&marks.phrases.say("breakdown-backstage"), x);
        let top = self.y;
        for step in steps {
            self.step(marks, step, x);
        }
        self.down(top, self.y, x, "branch");
        self.visibility("", x);
    }

    fn visibility(&mut self, words: &str, x: f64) {
        let d = format!("M{} {}H{}", px(self.x + 4.0), px(self.y), WIDTH - 4.0);
        self.shapes.push(Shape::Path { d, class: "visibility" });
        if !words.is_empty() {
            self.shapes.push(Shape::label(x + 14.0, self.y + 15.0, "range", words));
            self.y += 14.0;
        }
        self.y += 8.0;
    }

    fn detours(&mut self, marks: &Marks<'_>) {
        let detours = marks.detours();
        if detours.is_empty() {
            return;
        }
        self.y += 10.0;
        self.heading(self.x, &marks.phrases.say("breakdown-detours"), "name");
        for (element, mark) in detours {
            let name = marks.phrases.label(&marks.breakdown.blueprint, element);
            let length = 34;
            for shape in Shape::name(self.x + 14.0, self.y + 14.0, "range ink", &name, length) {
                self.y += 17.0;
                self.shapes.push(shape);
            }
            self.row(&mark, String::new(), self.x);
        }
    }

    fn heading(&mut self, x: f64, name: &str, class: &str) {
        let length = ((WIDTH - x - 18.0) / 7.8) as usize;
        let lines = Shape::name(x + 16.0, self.y + 17.0, class, name, length);
        self.y += 10.0 + 17.0 * lines.len() as f64;
        self.shapes.extend(lines);
    }

    /// What it is and its figures on one line, the band under them.
    fn row(&mut self, mark: &Mark, what: String, x: f64) {
        let top = self.y;
        let quiet = mark.fill == Fill::Uncertain || mark.hidden;
        let figure = match (quiet, mark.leading) {
            (true, _) => "row-figure quiet",
            (false, true) => "row-figure leading",
            (false, false) => "row-figure",
        };
        let words = if mark.range.is_empty() {
            mark.figure.clone()
        } else {
            format!("{} ({})", mark.figure, mark.range)
        };
        let both = what.chars().count() as f64 * 7.1 + words.chars().count() as f64 * 7.9 + 8.0;
        let class = if mark.own { "range own" } else { "range" };
        self.shapes.push(Shape::label(x + 16.0, self.y + 16.0, class, what));
        if x + 16.0 + both > WIDTH - 6.0 {
            self.y += 17.0;
        }
        self.shapes.push(Shape::label(WIDTH - 6.0, self.y + 16.0, format!("{figure} end"), words));
        self.bands(mark, x, self.y + 23.0);
        self.y += ROW;
        if let Some(won) = &mark.made_up_figure {
            self.shapes.push(Shape::label(WIDTH - 6.0, self.y, "range won end", won));
            self.y += 10.0;
        }
        let link = mark.link.clone();
        self.shapes.extend(
            link.map(|link| Shape::link(2.0, top + 1.0, WIDTH - 4.0, self.y - top - 4.0, link)),
        );
    }

    fn bands(&mut self, mark: &Mark, x: f64, y: f64) {
        let length = mark.lost.abs() * self.scale;
        let from = if mark.lost < 0.0 { x - length } else { x };
        if mark.has_band() {
            self.shapes.push(Shape::band(from, y, length.max(1.5), BAND, mark.fill));
        }
        if mark.fill == Fill::Rated && mark.delay > 0.0 {
            let delay = (mark.delay * self.scale).min(length);
            self.shapes.push(Shape::band(from + length - delay, y, delay, BAND, Fill::Dates));
        }
        if mark.made_up_figure.is_some() {
            let won = (mark.made_up * self.scale).max(2.0);
            self.shapes.push(Shape::band(x - won, y, won, BAND, Fill::MadeUp));
        }
        if let Some(Interval { low, high }) = mark.interval {
            self.whisker(x + low * self.scale, x + high * self.scale, y + BAND / 2.0);
        }
    }

    fn whisker(&mut self, low: f64, high: f64, y: f64) {
        let cap = |x: f64| format!("M{} {}v8", px(x), px(y - 4.0));
        let d = format!("M{} {}H{}{}{}", px(low), px(y), px(high), cap(low), cap(high));
        self.shapes.push(Shape::Path { d: d.clone(), class: "whisker-halo" });
        self.shapes.push(Shape::Path { d, class: "whisker" });
    }

    fn down(&mut self, from: f64, to: f64, x: f64, class: &'static str) {
        self.line.push(Shape::Path { d: format!("M{} {}V{}", px(x), px(from), px(to)), class });
    }
}
