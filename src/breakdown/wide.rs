//! The picture from left to right, for a page or a wall.
//!
//! Every part of the chain owns a column, and nothing is drawn outside of its column: that is why labels
//! cannot overlap, however many parts there are. From top to bottom: names, what was made up, the line, what
//! was lost, the line of visibility, the same for backstage steps, the detours.

use super::Stop;
use super::picture::{Drawing, Fill, Mark, Marks, Shape, px};
use crate::element::Element;

const LEFT: f64 = 34.0;
const COLUMN: f64 = 86.0;
const STOP: f64 = 104.0;
const LINK: f64 = 116.0;
/// Between a link and its stops: room for the branch that goes down to backstage steps.
const INSET: f64 = 9.0;
const BAND: f64 = 44.0;
/// How deep the deepest band or whisker hangs.
const DEEPEST: f64 = 150.0;

/// Draws the marks from left to right.
pub(super) fn draw(marks: &Marks<'_>) -> Drawing {
    let slots = slots(marks);
    let scale = (DEEPEST / marks.most).min(13.0);
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
        title: marks.speech.picture_title(marks.breakdown),
        description: marks.speech.picture_description(marks.breakdown),
        shapes: pen.shapes,
    }
}

/// A column, or several side by side, that one part of the chain owns.
struct Slot<'a> {
    x: f64,
    width: f64,
    /// Above the line of visibility.
    front: bool,
    part: Part<'a>,
    marks: Vec<Mark>,
}

enum Part<'a> {
    Stop(&'a Stop),
    Link,
    Untraced(String),
}

impl Slot<'_> {
    fn middle(&self) -> f64 {
        self.x + self.width / 2.0
    }

    /// Where the mark of that place is drawn, from its middle.
    fn column(&self, place: usize) -> f64 {
        self.middle() + COLUMN * (place as f64 - (self.marks.len() as f64 - 1.0) / 2.0)
    }
}

/// Gives every part its place. Backstage steps stand under the link that spans them.
fn slots<'a>(marks: &Marks<'a>) -> Vec<Slot<'a>> {
    let stops = &marks.breakdown.chain.stops;
    let mut slots = Vec::new();
    let mut x = LEFT;
    let mut before: Option<&Stop> = None;
    let mut waiting: Vec<&Stop> = Vec::new();
    for stop in stops {
        if !stop.frontstage {
            waiting.push(stop);
            continue;
        }
        let mark = before.and_then(|from| marks.mark(&Element::Handoff(from.code.clone(), stop.code.clone())));
        let least = if before.is_some() { LINK } else { 0.0 };
        let span = under(marks, &mut slots, &waiting, x, least);
        if before.is_some() {
            slots.push(Slot { x, width: span, front: true, part: Part::Link, marks: mark.into_iter().collect() });
        }
        x += span;
        let own = marks.of_stop(stop);
        let width = STOP.max(COLUMN * own.len() as f64);
        slots.push(Slot { x, width, front: true, part: Part::Stop(stop), marks: own });
        x += width;
        before = Some(stop);
        waiting.clear();
    }
    x += under(marks, &mut slots, &waiting, x, 0.0);
    if let Some(mark) = marks.untraced() {
        let part = Part::Untraced(marks.speech.say("breakdown-untraced"));
        slots.push(Slot { x: x + 18.0, width: STOP, front: true, part, marks: vec![mark] });
    }
    slots
}

/// Lays backstage steps side by side from `x`, at least `least` wide, and tells how wide they became.
fn under<'a>(marks: &Marks<'a>, slots: &mut Vec<Slot<'a>>, stops: &[&'a Stop], x: f64, least: f64) -> f64 {
    let widths: Vec<f64> = stops.iter().map(|stop| STOP.max(COLUMN * marks.of_stop(stop).len() as f64)).collect();
    let margin = if stops.is_empty() { 0.0 } else { 2.0 * INSET };
    let span = least.max(widths.iter().sum::<f64>() + margin);
    let mut at = x + (span - widths.iter().sum::<f64>()) / 2.0;
    for (stop, width) in stops.iter().zip(widths) {
        slots.push(Slot { x: at, width, front: false, part: Part::Stop(stop), marks: marks.of_stop(stop) });
        at += width;
    }
    span
}

/// Where a line lies, so that names and what was made up have room above it.
fn lane(slots: &[Slot<'_>], front: bool, top: f64, scale: f64) -> f64 {
    let slots: Vec<&Slot<'_>> = slots.iter().filter(|slot| slot.front == front).collect();
    top + 52.0 + risen(&slots, scale)
}

/// How far what was made up rises above the line, its words included.
fn risen(slots: &[&Slot<'_>], scale: f64) -> f64 {
    let risen = |mark: &Mark| {
        let up = mark.made_up.max(-mark.interval.map_or(mark.lost, |(low, _)| low)).max(0.0) * scale;
        if mark.made_up_figure.is_some() { up + 22.0 } else { up }
    };
    slots.iter().flat_map(|slot| &slot.marks).map(risen).fold(0.0, f64::max)
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
                let width = if matches!(slot.part, Part::Link) { slot.width - 2.0 * INSET } else { BAND };
                deepest = deepest.max(self.mark(mark, slot.column(place), width, track));
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

    /// The line itself, from the first stop to the last; broken where a link may not be shown.
    fn track(&mut self, slots: &[&Slot<'_>], y: f64) {
        let stops = slots.iter().filter(|slot| matches!(slot.part, Part::Stop(_)));
        let (Some(first), Some(last)) = (stops.clone().next(), stops.clone().next_back()) else { return };
        let from = first.middle().min(first.column(0) - BAND / 2.0);
        let to = last.middle().max(last.column(last.marks.len().saturating_sub(1)) + BAND / 2.0);
        self.shapes.push(Shape::Path { d: format!("M{} {}H{}", px(from), px(y), px(to)), class: "track" });
        for slot in slots.iter().filter(|slot| matches!(slot.part, Part::Link)) {
            if slot.marks.iter().any(|mark| mark.hidden) {
                let d = format!("M{} {}H{}", px(slot.x + INSET), px(y), px(slot.x + slot.width - INSET));
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
            Part::Stop(stop) => {
                let own = marks.owns(stop);
                let class = if own { "name own middle" } else { "name middle" };
                self.shapes.extend(Shape::name(slot.middle(), y, class, marks.speech.name(&stop.name), length));
                let class = match (own, stop.frontstage) {
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
        let (top, depth) = (track - mark.lost.min(0.0).abs() * self.scale, mark.lost.abs() * self.scale);
        if mark.has_band() {
            self.shapes.push(Shape::band(x - width / 2.0, top, width, depth.max(1.5), mark.fill));
        }
        if mark.fill == Fill::Rated && mark.delay > 0.0 {
            let delay = (mark.delay * self.scale).min(depth);
            self.shapes.push(Shape::band(x - width / 2.0, track + depth - delay, width, delay, Fill::Dates));
        }
        self.made_up(mark, x, track);
        let mut foot = depth.max(14.0);
        if let Some((low, high)) = mark.interval {
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
        let whisker = mark.interval.map_or(0.0, |(low, _)| -low * self.scale);
        self.shapes.push(Shape::label(x, track - height.max(whisker) - 7.0, "range won middle", figure));
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
    fn backstage(&mut self, marks: &Marks<'_>, slots: &[Slot<'_>], front: f64, top: f64, width: f64) -> f64 {
        let track = lane(slots, false, top + 26.0, self.scale);
        for branch in branches(slots) {
            let d = branch.path(front, track);
            // Painted first: a branch passes behind everything else.
            self.shapes.insert(0, Shape::Path { d, class: "branch" });
        }
        let d = format!("M{LEFT} {}H{}", px(top), px(width - LEFT));
        self.shapes.push(Shape::Path { d, class: "visibility" });
        self.shapes.push(Shape::label(
            width - LEFT,
            top + 16.0,
            "range end",
            marks.speech.say("breakdown-line-of-visibility"),
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
        self.shapes.push(Shape::label(LEFT, top + 18.0, "name", marks.speech.say("breakdown-detours")));
        let mut y = top + 26.0;
        for (element, mark) in detours {
            y = self.detour(marks, slots, (element, &mark), y, width);
        }
        y
    }

    fn detour(&mut self, marks: &Marks<'_>, slots: &[Slot<'_>], of: (&Element, &Mark), top: f64, width: f64) -> f64 {
        let (element, mark) = of;
        let (from, to) = ends(slots, element).unwrap_or((LEFT + 9.0, LEFT + LINK));
        let thickness = (mark.lost.max(0.0) * self.scale).max(1.5);
        let y = top + 14.0 + thickness / 2.0;
        let middle = (from + to) / 2.0;
        let d = format!("M{} {}Q{} {} {} {}", px(from), px(y), px(middle), px(y + 24.0), px(to), px(y));
        let fill = if mark.hidden || mark.fill == Fill::None { Fill::Untraced } else { mark.fill };
        self.shapes.push(Shape::Arc { d, thickness: px(thickness), fill });
        self.shapes.push(Shape::ring(from, y, 5.0, "ring"));
        self.shapes.push(Shape::ring(to, y, 5.0, "ring end-of-detour"));
        let edge = y + 12.0 - thickness / 2.0;
        let mut foot = y + 12.0 + thickness / 2.0;
        if let Some((low, high)) = mark.interval {
            self.whisker(middle, edge + low.max(0.0) * self.scale, edge + high * self.scale);
            foot = foot.max(edge + high * self.scale);
        }
        let words = format!("{}  {}", marks.speech.label(&marks.breakdown.chain, element), mark.figure);
        let words = if mark.range.is_empty() { words } else { format!("{words} ({})", mark.range) };
        let half = words.chars().count() as f64 * 3.8;
        let x = middle.clamp(LEFT + half, (width - LEFT - half).max(LEFT + half));
        let class = if mark.own { "range own middle" } else { "range ink middle" };
        self.shapes.push(Shape::label(x, foot + 18.0, class, words));
        foot + 26.0
    }

    /// Hair lines at round numbers of points, behind everything.
    fn scale(&mut self, track: f64, depth: f64, width: f64) {
        let step = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0].into_iter().find(|step| step * self.scale >= 26.0).unwrap_or(50.0);
        let mut at = step;
        while at * self.scale <= (depth - 36.0).max(step * self.scale) {
            let y = px(track + at * self.scale);
            self.shapes.insert(0, Shape::Path { d: format!("M{LEFT} {y}H{}", px(width - LEFT)), class: "hair" });
            self.shapes.push(Shape::label(LEFT - 6.0, y + 4.0, "tick end", format!("{at}")));
            at += step;
        }
        self.shapes.push(Shape::label(LEFT - 6.0, track + 4.0, "tick end", "0"));
    }
}

/// The way from the line down to backstage steps and back up.
struct Branch {
    down: Option<f64>,
    from: f64,
    to: f64,
    up: Option<f64>,
}

impl Branch {
    fn path(&self, front: f64, track: f64) -> String {
        let (front, track, r) = (px(front), px(track), 14.0);
        let start = match self.down {
            Some(x) => format!("M{} {front}V{}Q{} {track} {} {track}", px(x), track - r, px(x), px(x + r)),
            None => format!("M{} {track}", px(self.from)),
        };
        let end = match self.up {
            Some(x) => format!("H{}Q{} {track} {} {}V{front}", px(x - r), px(x), px(x), track - r),
            None => format!("H{}", px(self.to)),
        };
        format!("{start}{end}")
    }
}

/// One branch for each run of backstage steps. It leaves the line at the edge of the link above.
fn branches(slots: &[Slot<'_>]) -> Vec<Branch> {
    let mut out = Vec::new();
    let mut run: Vec<&Slot<'_>> = Vec::new();
    let mut behind: Option<f64> = None;
    for slot in slots {
        match &slot.part {
            Part::Stop(stop) if !stop.frontstage => run.push(slot),
            Part::Stop(_) => {
                out.extend(branch(&run, behind, Some(slot.x)));
                run.clear();
                behind = Some(slot.x + slot.width);
            }
            Part::Link | Part::Untraced(_) => {}
        }
    }
    out.extend(branch(&run, behind, None));
    out
}

fn branch(run: &[&Slot<'_>], behind: Option<f64>, ahead: Option<f64>) -> Option<Branch> {
    let (first, last) = (run.first()?, run.last()?);
    Some(Branch { down: behind.map(|x| x + 2.0), from: first.middle(), to: last.middle(), up: ahead.map(|x| x - 2.0) })
}

/// Where a detour begins and ends.
fn ends(slots: &[Slot<'_>], element: &Element) -> Option<(f64, f64)> {
    let Element::Handoff(from, to) = element else { return None };
    let at = |code: &str| {
        slots.iter().find(|slot| matches!(&slot.part, Part::Stop(stop) if stop.code == code)).map(Slot::middle)
    };
    let (from, to) = (at(from)?, at(to)?);
    // A handoff from a step to itself still needs a line to be seen.
    Some(if (from - to).abs() < 1.0 { (from - LINK / 2.0, to + LINK / 2.0) } else { (from, to) })
}
