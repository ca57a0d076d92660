//! The chain as a strip for a sheet of paper: a timetable of its stops, with the points and the
//! friction shares of each in rows beneath the line, so that a chain of three stops and one of
//! sixteen both fit across one page.

use super::drawing::{Drawing, Fill, Shape, px};
use super::element_mark::{Mark, Marks};
use crate::blueprint::Step;
use crate::breakdown::Breakdown;
use crate::element::Element;
use crate::i18n::{Lang, Text};
use crate::privacy::Disclosed;
use relais_analytics::interval::Interval;

/// Stops that one strip has room for.
pub const STOPS: usize = 16;
/// Detours that are told beneath it.
const DETOURS: usize = 2;

const WIDTH: f64 = 1040.0;
const LEFT: f64 = 118.0;
const TRACK: f64 = 64.0;
const DEEPEST: f64 = 34.0;
const ROW: f64 = 17.0;

/// A strip with what it had no room for.
#[derive(Debug)]
pub struct Strip {
    /// The drawing.
    pub svg: String,
    /// Handoffs that are no link of the line, in words.
    pub detours: Vec<String>,
    /// Names that were cut, in full.
    pub cut: Vec<String>,
    /// Stops and detours that are not on it.
    pub left_out: usize,
}

/// Draws what was disclosed for a team: its own stops are on it whatever is left out.
pub fn draw(breakdown: &Disclosed<Breakdown>, own: Option<&str>, lang: Lang) -> Strip {
    strip(breakdown, own, lang)
}

pub(crate) fn strip(breakdown: &Breakdown, own: Option<&str>, lang: Lang) -> Strip {
    let marks = Marks::of(breakdown, own, lang);
    let steps = around_own(&marks);
    let mut pen = Pen::of(&marks, &steps);
    pen.names();
    pen.line();
    pen.rows();
    let detours = marks.detours();
    let told = detours.iter().take(DETOURS).map(|(element, mark)| detour(&marks, element, mark));
    let left_out =
        breakdown.blueprint.steps.len() - steps.len() + detours.len().saturating_sub(DETOURS);
    let (detours, cut, shapes) = (told.collect(), pen.cut, pen.shapes);
    let drawing = Drawing {
        id: "strip",
        width: WIDTH,
        height: px(TRACK + DEEPEST + 14.0 + 3.0 * ROW),
        title: marks.phrases.picture_title(breakdown),
        description: marks.phrases.picture_description(breakdown),
        shapes,
        linked: false,
    };
    Strip { svg: drawing.svg(), detours, cut, left_out }
}

/// As many stops as there is room for, the team's own in the middle.
fn around_own<'a>(marks: &Marks<'a>) -> Vec<&'a Step> {
    let all: Vec<&Step> = marks.breakdown.blueprint.steps.iter().collect();
    let middle = all.iter().position(|step| marks.owns(step)).unwrap_or(0);
    let from = middle.saturating_sub(STOPS / 2).min(all.len().saturating_sub(STOPS));
    all.into_iter().skip(from).take(STOPS).collect()
}

fn detour(marks: &Marks<'_>, element: &Element, mark: &Mark) -> String {
    let name = marks.phrases.label(&marks.breakdown.blueprint, element);
    let friction = friction(marks, element)
        .map(|share| marks.phrases.with("pack-friction-share", "share", share));
    let parts: Vec<String> = [Some(mark.figure.clone()), friction].into_iter().flatten().collect();
    format!("{name}{}{}", marks.phrases.colon(), parts.join(", "))
}

/// Of 100 customers, how many met friction on a handoff.
fn friction(marks: &Marks<'_>, element: &Element) -> Option<String> {
    let line = marks.breakdown.line(element)?;
    Some(crate::breakdown::phrases::percent(marks.phrases.lang, line.friction.as_ref()?.any.value))
}

/// What stands in a column.
enum Part<'a> {
    Step(&'a Step),
    Link(Element),
    Untraced,
}

struct Column<'a> {
    middle: f64,
    width: f64,
    part: Part<'a>,
}

struct Pen<'a, 'm> {
    marks: &'m Marks<'a>,
    columns: Vec<Column<'a>>,
    /// Pixels a point.
    scale: f64,
    shapes: Vec<Shape>,
    cut: Vec<String>,
}

impl<'a, 'm> Pen<'a, 'm> {
    fn of(marks: &'m Marks<'a>, steps: &[&'a Step]) -> Self {
        let columns = columns(marks, steps);
        Self {
            marks,
            columns,
            scale: (DEEPEST / marks.most).min(6.0),
            shapes: Vec::new(),
            cut: Vec::new(),
        }
    }

    fn say(&self, key: &str) -> String {
        self.marks.phrases.say(key)
    }

    /// The stops' names above the line, in at most three lines each.
    fn names(&mut self) {
        let apart = self
            .columns
            .windows(2)
            .map(|pair| pair[1].middle - pair[0].middle)
            .fold(f64::MAX, f64::min);
        let mut names = Vec::new();
        for column in &self.columns {
            let (name, class) = match &column.part {
                Part::Link(_) => continue,
                Part::Untraced => {
                    (self.say(self.marks.breakdown.untraced_key()), "name quiet middle")
                }
                Part::Step(step) => {
                    let class =
                        if self.marks.owns(step) { "name own middle" } else { "name middle" };
                    (self.marks.phrases.name(&step.name).to_owned(), class)
                }
            };
            names.push((column.middle, name, class));
        }
        let room = names.windows(2).map(|pair| pair[1].0 - pair[0].0).fold(apart * 2.0, f64::min);
        let length = ((room - 4.0) / 7.8).max(6.0) as usize;
        for (x, name, class) in names {
            let lines = Shape::lines(x, TRACK - 16.0, class, &name, (length, 3));
            if lines.iter().any(Shape::is_cut) {
                self.cut.push(name);
            }
            self.shapes.extend(lines);
        }
    }

    /// The line with its stops, and what is lost hanging from it.
    fn line(&mut self) {
        let steps: Vec<f64> = self
            .columns
            .iter()
            .filter(|c| matches!(c.part, Part::Step(_)))
            .map(|column| column.middle)
            .collect();
        let columns = std::mem::take(&mut self.columns);
        for column in &columns {
            self.bands(column);
        }
        if let (Some(first), Some(last)) = (steps.first(), steps.last()) {
            self.shapes.push(Shape::Path {
                d: format!("M{} {TRACK}H{}", px(*first), px(*last)),
                class: "track",
            });
        }
        for column in &columns {
            let Part::Step(step) = &column.part else { continue };
            let class = match (self.marks.owns(step), step.frontstage) {
                (true, _) => "ring own",
                (false, true) => "ring",
                (false, false) => "ring backstage",
            };
            self.shapes.push(Shape::ring(column.middle, TRACK, 7.5, class));
        }
        self.columns = columns;
    }

    fn bands(&mut self, column: &Column<'_>) {
        let marks = self.marks_of(column);
        let wide = matches!(column.part, Part::Link(_));
        let width = if wide { (column.width - 6.0).min(72.0) } else { 14.0 };
        for (place, mark) in marks.iter().enumerate() {
            let x =
                column.middle + (place as f64 - (marks.len() as f64 - 1.0) / 2.0) * (width + 2.0);
            let depth = mark.lost.max(0.0) * self.scale;
            if mark.has_band() && depth > 0.0 {
                self.shapes.push(Shape::band(
                    x - width / 2.0,
                    TRACK,
                    width,
                    depth.max(1.5),
                    mark.fill,
                ));
            }
            if let Some(Interval { low, high }) = mark.interval.filter(|_| mark.fill != Fill::None)
            {
                let (low, high) =
                    (TRACK + low.max(0.0) * self.scale, TRACK + high.max(0.0) * self.scale);
                let d = format!("M{} {}V{}", px(x), px(low), px(high));
                self.shapes.push(Shape::Path { d: d.clone(), class: "whisker-halo" });
                self.shapes.push(Shape::Path { d, class: "whisker" });
            }
        }
    }

    fn marks_of(&self, column: &Column<'_>) -> Vec<Mark> {
        match &column.part {
            Part::Step(step) => self.marks.of_step(step),
            Part::Link(element) => self.marks.mark(element).into_iter().collect(),
            Part::Untraced => self.marks.untraced().into_iter().collect(),
        }
    }

    /// The figures, a row each, with what they are at the margin.
    fn rows(&mut self) {
        let top = TRACK + DEEPEST + 22.0;
        let heads = ["pack-row-rated", "pack-row-dates", "pack-row-friction"];
        for (place, head) in heads.iter().enumerate() {
            let y = top + ROW * place as f64;
            let d = format!("M0 {}H{}", px(y - 13.0), px(WIDTH));
            self.shapes.push(Shape::Path { d, class: "hair" });
            self.shapes.push(Shape::label(0.0, y, "range", self.say(head)));
        }
        let columns = std::mem::take(&mut self.columns);
        for column in &columns {
            for mark in self.marks_of(column) {
                let row = if mark.dates { 1.0 } else { 0.0 };
                self.figure(column.middle, top + ROW * row, &mark);
            }
            if let Part::Link(element) = &column.part
                && let Some(share) = friction(self.marks, element)
            {
                self.shapes.push(Shape::label(
                    column.middle,
                    top + 2.0 * ROW,
                    "row-figure middle",
                    share,
                ));
            }
        }
        self.columns = columns;
    }

    fn figure(&mut self, x: f64, y: f64, mark: &Mark) {
        let figure = if mark.hidden { "–".to_owned() } else { mark.figure.clone() };
        let class = match (mark.fill == Fill::Uncertain || mark.hidden, mark.leading) {
            (true, _) => "row-figure quiet middle",
            (false, true) => "row-figure leading middle",
            (false, false) => "row-figure middle",
        };
        self.shapes.push(Shape::label(x, y, class, figure));
    }
}

/// A column for each stop and each link between stops that the customer meets, across the page. A
/// link stands before the backstage steps that it spans.
fn columns<'a>(marks: &Marks<'a>, steps: &[&'a Step]) -> Vec<Column<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        parts.push(Part::Step(step));
        let next =
            steps[place + 1..].iter().find(|next| next.frontstage).filter(|_| step.frontstage);
        parts.extend(
            next.map(|next| Part::Link(Element::Handoff(step.code.clone(), next.code.clone()))),
        );
    }
    if marks.untraced().is_some() {
        parts.push(Part::Untraced);
    }
    // What is not traced stands as far from the last stop as stops from each other.
    let share = |part: &Part<'_>| match part {
        Part::Link(_) => 1.0,
        Part::Step(_) => 1.2,
        Part::Untraced => 3.2,
    };
    let unit = (WIDTH - LEFT) / parts.iter().map(share).sum::<f64>().max(1.0);
    let mut x = LEFT;
    let column = |part: Part<'a>| {
        let width = unit * share(&part);
        x += width;
        Column { middle: x - width / 2.0, width, part }
    };
    parts.into_iter().map(column).collect()
}

/// The strip of a made-up chain with so many stops, for the tests of the sheet.
#[cfg(test)]
pub(crate) fn sampled(steps: usize, lang: Lang) -> Strip {
    strip(&tests::long(steps), Some("team1"), lang)
}

/// What a strip leaves out, in one sentence; nothing when everything is on it.
pub fn left_out(strip: &Strip, lang: Lang) -> Option<String> {
    (strip.left_out > 0).then(|| Text::new("pack-left-out").with("count", strip.left_out).say(lang))
}

#[cfg(test)]
mod tests {
    use crate::blueprint::Names;
    use crate::breakdown::picture::timetable::*;
    use crate::breakdown::sample;

    pub(crate) fn long(steps: usize) -> Breakdown {
        let mut breakdown = sample::garage();
        let step = breakdown.blueprint.steps[0].clone();
        let name = "Vérification approfondie du véhicule avant restitution".to_owned();
        let named = |place: usize| Step {
            code: format!("S{place}"),
            name: Names { fr: name.clone(), en: name.clone() },
            team: Some(format!("team{place}")),
            ..step.clone()
        };
        breakdown.blueprint.steps = (0..steps).map(named).collect();
        breakdown
    }

    #[test]
    fn the_whole_chain_stands_on_the_strip_with_its_friction_shares() {
        let strip = strip(&sample::garage(), Some("workshop"), Lang::En);
        assert!(strip.svg.contains("Planning") && strip.svg.contains(">28<"), "{}", strip.svg);
        assert_eq!((strip.left_out, strip.cut.len(), strip.detours.len()), (0, 0, 1));
        assert_eq!(left_out(&strip, Lang::En), None);
    }

    #[test]
    fn what_has_no_room_is_counted_and_the_own_stop_stays() {
        let strip = strip(&long(40), Some("team30"), Lang::Fr);
        assert_eq!(strip.left_out, 24 + 2, "stops, then detours");
        assert!(strip.svg.contains("ring own") && !strip.cut.is_empty());
        assert!(left_out(&strip, Lang::Fr).unwrap().contains("26"));
    }
}
