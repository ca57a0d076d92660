//! The picture from left to right, for a page or a wall.
//!
//! Every part of the chain owns a column, and nothing is drawn outside of its column: that is why
//! labels cannot overlap, however many parts there are. From top to bottom: names, what was made
//! up, the line, what was lost, the line of visibility, the same for backstage steps, the detours.

use super::columns::{INSET, LEFT, LINK, Part, Slot, branches, ends, lane, risen, slots};
use super::drawing::{Drawing, Fill, Shape, px};
use super::element_mark::{Mark, Marks};
use crate::element::Element;
use relais_analytics::interval::Interval;

const BAND: f64 = 44.0;
/// How deep the deepest band or whisker hangs.
const DEEPEST: f64 = 150.0;

/// Draws the marks from left to right.
pub(crate) fn draw(marks: &Marks<'_>) -> Drawing {
    let slots = slots(marks);
    let scale = (DEEPEST / marks.most).min(18.0);
    let mut pen = Pen { scale, shapes: Vec::new() };
    let end = slots.last().map_or(LEFT, |slot| slot.x + slot.width);
    let track = lane(&slots, true, 12.0, scale);
    let front = pen.lane(marks, &slots, track, true);
    let width = end + LEFT;
    let mut bottom = track + front + 14.0;
    if slots.iter().any(|slot| !slot.front) {
        bottom = pen.backstage(marks, &slots, track, bottom, width);
    }
    bottom = pen.detours(marks, &slots, bottom, width);
    pen.scale(track, front, width);
    Drawing {
        id: "wide",
        width: px(width),
        height: px(bottom + 8.0),
        title: marks.phrases.picture_title(marks.breakdown),
        description: marks.phrases.picture_description(marks.breakdown),
        shapes: pen.shapes,
        linked: marks.leads.is_some(),
    }
}

struct Pen {
    /// Pixels a point.
    scale: f64,
    shapes: Vec<Shape>,
}

impl Pen {
    /// Draws one line with its stops and links, and tells how deep it hangs.
    fn lane(&mut self, marks: &Marks<'_>, slots: &[Slot<'_>], track: f64, front: bool) -> f64 {
        let slots: Vec<&Slot<'_>> = slots.iter().filter(|slot| slot.front == front).collect();
        let mut deepest: f64 = 30.0;
        for slot in &slots {
            for (place, mark) in slot.marks.iter().enumerate() {
                let width =
                    if matches!(slot.part, Part::Link) { slot.width - 2.0 * INSET } else { BAND };
                let depth = self.mark(mark, slot.at(place), width, track);
                deepest = deepest.max(depth);
                let reach = width.max(slot.column) + 4.0;
                self.link(
                    mark,
                    (slot.at(place) - reach / 2.0, track - 16.0),
                    (reach, depth + 18.0),
                );
            }
        }
        if front {
            self.track(&slots, track);
        }
        let names = track - risen(&slots, self.scale) - 33.0;
        for slot in &slots {
            self.head(marks, slot, track, names);
        }
        deepest
    }

    /// Where a mark leads, over all of it.
    fn link(&mut self, mark: &Mark, (x, y): (f64, f64), (width, height): (f64, f64)) {
        self.shapes.extend(mark.link.clone().map(|link| Shape::link(x, y, width, height, link)));
    }

    /// The line itself, from the first stop to the last; broken where a link may not be shown.
    fn track(&mut self, slots: &[&Slot<'_>], y: f64) {
        let steps = slots.iter().filter(|slot| matches!(slot.part, Part::Step(_)));
        let (Some(first), Some(last)) = (steps.clone().next(), steps.clone().next_back()) else {
            return;
        };
        let from = first.middle().min(first.at(0) - BAND / 2.0);
        let to = last.middle().max(last.at(last.marks.len().saturating_sub(1)) + BAND / 2.0);
        self.shapes
            .push(Shape::Path { d: format!("M{} {}H{}", px(from), px(y), px(to)), class: "track" });
        for slot in slots.iter().filter(|slot| matches!(slot.part, Part::Link)) {
            if slot.marks.iter().any(|mark| mark.hidden) {
                let d = format!(
                    "M{} {}H{}",
                    px(slot.x + INSET),
                    px(y),
                    px(slot.x + slot.width - INSET)
                );
                self.shapes.push(Shape::Path { d, class: "track-gap" });
            }
        }
    }

    /// The name above a stop, and the stop.
    fn head(&mut self, marks: &Marks<'_>, slot: &Slot<'_>, track: f64, y: f64) {
        let length = (slot.width / 7.8) as usize;
        match &slot.part {
            Part::Link => {}
            Part::Untraced(name) => {
                self.shapes.extend(Shape::name(slot.middle(), y, "name quiet middle", name, length))
            }
            Part::Step(step) => {
                let own = marks.owns(step);
                let class = if own { "name own middle" } else { "name middle" };
                self.shapes.extend(Shape::name(
                    slot.middle(),
                    y,
                    class,
                    marks.phrases.name(&step.name),
                    length,
                ));
                let class = match (own, step.frontstage) {
                    (true, _) => "ring own",
                    (false, true) => "ring",
                    (false, false) => "ring backstage",
                };
                self.shapes.push(Shape::ring(slot.middle(), track, 9.0, class));
            }
        }
    }

    /// One band with its whisker and figures; tells how deep it reaches below the line.
    fn mark(&mut self, mark: &Mark, x: f64, width: f64, track: f64) -> f64 {
        let (top, depth) =
            (track - mark.lost.min(0.0).abs() * self.scale, mark.lost.abs() * self.scale);
        if mark.has_band() {
            self.shapes.push(Shape::band(x - width / 2.0, top, width, depth.max(1.5), mark.fill));
        }
        if mark.fill == Fill::Rated && mark.delay > 0.0 {
            let delay = (mark.delay * self.scale).min(depth);
            self.shapes.push(Shape::band(
                x - width / 2.0,
                track + depth - delay,
                width,
                delay,
                Fill::Dates,
            ));
        }
        self.made_up(mark, x, track);
        let mut foot = depth.max(14.0);
        if let Some(Interval { low, high }) = mark.interval {
            self.whisker(x, track + low * self.scale, track + high * self.scale);
            foot = foot.max(high * self.scale);
        }
        self.figures(mark, x, track + foot) - track
    }

    /// What was made up rises above the line.
    fn made_up(&mut self, mark: &Mark, x: f64, track: f64) {
        let Some(figure) = &mark.made_up_figure else { return };
        let height = (mark.made_up * self.scale).max(2.0);
        self.shapes.push(Shape::band(x - BAND / 2.0, track - height, BAND, height, Fill::MadeUp));
        let whisker = mark.interval.map_or(0.0, |interval| -interval.low * self.scale);
        self.shapes.push(Shape::label(
            x,
            track - height.max(whisker) - 7.0,
            "range won middle",
            figure,
        ));
    }

    fn whisker(&mut self, x: f64, low: f64, high: f64) {
        let (x, low, high) = (px(x), px(low), px(high));
        let cap = |y: f64| format!("M{} {y}h10", px(x - 5.0));
        let d = format!("M{x} {low}V{high}{}{}", cap(low), cap(high));
        self.shapes.push(Shape::Path { d: d.clone(), class: "whisker-halo" });
        self.shapes.push(Shape::Path { d, class: "whisker" });
    }

    fn figures(&mut self, mark: &Mark, x: f64, y: f64) -> f64 {
        let class = match (mark.hidden || mark.fill == Fill::None, mark.fill == Fill::Uncertain) {
            (true, _) => "range middle",
            (_, true) => "figure quiet middle",
            (_, false) if mark.leading => "figure leading middle",
            _ => "figure middle",
        };
        self.shapes.push(Shape::label(x, y + 19.0, class, &mark.figure));
        if mark.range.is_empty() {
            return y + 24.0;
        }
        self.shapes.push(Shape::label(x, y + 35.0, "range middle", &mark.range));
        y + 40.0
    }

    /// The line of visibility, the branches down to the backstage steps, and their line.
    fn backstage(
        &mut self,
        marks: &Marks<'_>,
        slots: &[Slot<'_>],
        front: f64,
        top: f64,
        width: f64,
    ) -> f64 {
        let track = lane(slots, false, top + 26.0, self.scale);
        for branch in branches(slots) {
            let d = branch.path(front, track);
            // Painted first: a branch passes behind everything else.
            self.shapes.insert(0, Shape::Path { d, class: "branch" });
        }
        let d = format!("M{LEFT} {}H{}", px(top), px(width - LEFT));
        self.shapes.push(Shape::Path { d, class: "visibility" });
        // At the end that the branches leave free.
        let right = slots.iter().filter(|slot| !slot.front).all(|slot| slot.x < width / 2.0);
        let (x, class) = if right { (width - LEFT, "range end") } else { (LEFT, "range") };
        self.shapes.push(Shape::label(
            x,
            top + 16.0,
            class,
            marks.phrases.say("breakdown-line-of-visibility"),
        ));
        let depth = self.lane(marks, slots, track, false);
        track + depth + 10.0
    }

    /// Handoffs that leave the line, each as an arc in a lane of its own.
    fn detours(&mut self, marks: &Marks<'_>, slots: &[Slot<'_>], top: f64, width: f64) -> f64 {
        let detours = marks.detours();
        if detours.is_empty() {
            return top;
        }
        self.shapes.push(Shape::label(
            LEFT,
            top + 18.0,
            "name",
            marks.phrases.say("breakdown-detours"),
        ));
        let mut y = top + 26.0;
        for (element, mark) in detours {
            y = self.detour(marks, slots, (element, &mark), y, width);
        }
        y
    }

    fn detour(
        &mut self,
        marks: &Marks<'_>,
        slots: &[Slot<'_>],
        of: (&Element, &Mark),
        top: f64,
        width: f64,
    ) -> f64 {
        let (element, mark) = of;
        let (from, to) = ends(slots, element).unwrap_or((LEFT + 9.0, LEFT + LINK));
        let thickness = (mark.lost.max(0.0) * self.scale).max(1.5);
        let y = top + 14.0 + thickness / 2.0;
        let middle = (from + to) / 2.0;
        let d =
            format!("M{} {}Q{} {} {} {}", px(from), px(y), px(middle), px(y + 24.0), px(to), px(y));
        let fill = if mark.hidden || mark.fill == Fill::None { Fill::Untraced } else { mark.fill };
        self.shapes.push(Shape::Arc { d, thickness: px(thickness), fill });
        self.shapes.push(Shape::ring(from, y, 5.0, "ring"));
        self.shapes.push(Shape::ring(to, y, 5.0, "ring end-of-detour"));
        let edge = y + 12.0 - thickness / 2.0;
        let mut foot = y + 12.0 + thickness / 2.0;
        if let Some(Interval { low, high }) = mark.interval {
            self.whisker(middle, edge + low.max(0.0) * self.scale, edge + high * self.scale);
            foot = foot.max(edge + high * self.scale);
        }
        let words = format!(
            "{}  {}",
            marks.phrases.label(&marks.breakdown.blueprint, element),
            mark.figure
        );
        let words = if mark.range.is_empty() { words } else { format!("{words} ({})", mark.range) };
        let half = words.chars().count() as f64 * 3.8;
        let x = middle.clamp(LEFT + half, (width - LEFT - half).max(LEFT + half));
        let class = if mark.own { "range own middle" } else { "range ink middle" };
        self.shapes.push(Shape::label(x, foot + 18.0, class, words));
        self.link(mark, (x - half, top), (2.0 * half, foot + 24.0 - top));
        foot + 26.0
    }

    /// Hair lines at round numbers of points, behind everything.
    fn scale(&mut self, track: f64, depth: f64, width: f64) {
        let step = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0]
            .into_iter()
            .find(|step| step * self.scale >= 26.0)
            .unwrap_or(50.0);
        let mut at = step;
        while at * self.scale <= (depth - 36.0).max(step * self.scale) {
            let y = px(track + at * self.scale);
            self.shapes.insert(
                0,
                Shape::Path { d: format!("M{LEFT} {y}H{}", px(width - LEFT)), class: "hair" },
            );
            self.shapes.push(Shape::label(LEFT - 6.0, y + 4.0, "tick end", format!("{at}")));
            at += step;
        }
        self.shapes.push(Shape::label(LEFT - 6.0, track + 4.0, "tick end", "0"));
    }
}
