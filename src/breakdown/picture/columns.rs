//! Where every part of the chain stands in the picture from left to right, and how the line
//! branches to backstage steps.

use super::drawing::px;
use super::element_mark::{Mark, Marks};
use crate::blueprint::Step;
use crate::element::Element;

pub(crate) const LEFT: f64 = 40.0;
/// A column is at least this wide, and wide enough for the longest interval.
const COLUMN: f64 = 78.0;
const STEP: f64 = 104.0;
pub(crate) const LINK: f64 = 116.0;
/// Between a link and its stops: room for the branch that goes down to backstage steps.
pub(crate) const INSET: f64 = 9.0;

/// A column, or several side by side, that one part of the chain owns.
pub(crate) struct Slot<'a> {
    pub(crate) x: f64,
    pub(crate) width: f64,
    /// Of each of its columns.
    pub(crate) column: f64,
    /// Above the line of visibility.
    pub(crate) front: bool,
    pub(crate) part: Part<'a>,
    pub(crate) marks: Vec<Mark>,
}

pub(crate) enum Part<'a> {
    Step(&'a Step),
    Link,
    Untraced(String),
}

impl Slot<'_> {
    pub(crate) fn middle(&self) -> f64 {
        self.x + self.width / 2.0
    }

    /// Where the mark of that place is drawn, from its middle.
    pub(crate) fn at(&self, place: usize) -> f64 {
        self.middle() + self.column * (place as f64 - (self.marks.len() as f64 - 1.0) / 2.0)
    }
}

/// Gives every part its place. Backstage steps stand under the link that spans them.
pub(crate) fn slots<'a>(marks: &Marks<'a>) -> Vec<Slot<'a>> {
    let steps = &marks.breakdown.blueprint.steps;
    let column = column(marks);
    let mut slots = Vec::new();
    let mut x = LEFT;
    let mut before: Option<&Step> = None;
    let mut waiting: Vec<&Step> = Vec::new();
    for step in steps {
        if !step.frontstage {
            waiting.push(step);
            continue;
        }
        let mark = before
            .and_then(|from| marks.mark(&Element::Handoff(from.code.clone(), step.code.clone())));
        let least = if before.is_some() { LINK.max(column + 2.0 * INSET) } else { 0.0 };
        let span = under(marks, &mut slots, &waiting, x, least);
        if before.is_some() {
            slots.push(Slot {
                x,
                width: span,
                column,
                front: true,
                part: Part::Link,
                marks: mark.into_iter().collect(),
            });
        }
        x += span;
        let own = marks.of_step(step);
        let width = STEP.max(column * own.len() as f64);
        slots.push(Slot { x, width, column, front: true, part: Part::Step(step), marks: own });
        x += width;
        before = Some(step);
        waiting.clear();
    }
    x += under(marks, &mut slots, &waiting, x, 0.0);
    if let Some(mark) = marks.untraced() {
        let part = Part::Untraced(marks.phrases.say(marks.breakdown.untraced_key()));
        slots.push(Slot { x: x + 18.0, width: STEP, column, front: true, part, marks: vec![mark] });
    }
    slots
}

/// How wide the longest figure or interval is, with letters of the widest common system font.
fn column(marks: &Marks<'_>) -> f64 {
    let elements = marks.breakdown.lines.iter().filter_map(|line| marks.mark(&line.element));
    let longest = elements.map(|mark| mark.range.chars().count()).max().unwrap_or(0);
    COLUMN.max(longest as f64 * 7.1 + 4.0)
}

/// Lays backstage steps side by side from `x`, at least `least` wide, and tells how wide they
/// became.
fn under<'a>(
    marks: &Marks<'a>,
    slots: &mut Vec<Slot<'a>>,
    steps: &[&'a Step],
    x: f64,
    least: f64,
) -> f64 {
    let column = column(marks);
    let widths: Vec<f64> =
        steps.iter().map(|step| STEP.max(column * marks.of_step(step).len() as f64)).collect();
    let margin = if steps.is_empty() { 0.0 } else { 2.0 * INSET };
    let span = least.max(widths.iter().sum::<f64>() + margin);
    let mut at = x + (span - widths.iter().sum::<f64>()) / 2.0;
    for (step, width) in steps.iter().zip(widths) {
        slots.push(Slot {
            x: at,
            width,
            column,
            front: false,
            part: Part::Step(step),
            marks: marks.of_step(step),
        });
        at += width;
    }
    span
}

/// Where a line lies, so that names and what was made up have room above it.
pub(crate) fn lane(slots: &[Slot<'_>], front: bool, top: f64, scale: f64) -> f64 {
    let slots: Vec<&Slot<'_>> = slots.iter().filter(|slot| slot.front == front).collect();
    top + 52.0 + risen(&slots, scale)
}

/// How far what was made up rises above the line, its words included.
pub(crate) fn risen(slots: &[&Slot<'_>], scale: f64) -> f64 {
    let risen = |mark: &Mark| {
        let up =
            mark.made_up.max(-mark.interval.map_or(mark.lost, |interval| interval.low)).max(0.0)
                * scale;
        if mark.made_up_figure.is_some() { up + 22.0 } else { up }
    };
    slots.iter().flat_map(|slot| &slot.marks).map(risen).fold(0.0, f64::max)
}

/// The way from the line down to backstage steps and back up.
pub(crate) struct Branch {
    down: Option<f64>,
    from: f64,
    to: f64,
    up: Option<f64>,
}

impl Branch {
    pub(crate) fn path(&self, front: f64, track: f64) -> String {
        let (front, track, r) = (px(front), px(track), 14.0);
        let start = match self.down {
            Some(x) => {
                format!("M{} {front}V{}Q{} {track} {} {track}", px(x), track - r, px(x), px(x + r))
            }
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
pub(crate) fn branches(slots: &[Slot<'_>]) -> Vec<Branch> {
    let mut out = Vec::new();
    let mut run: Vec<&Slot<'_>> = Vec::new();
    let mut behind: Option<f64> = None;
    for slot in slots {
        match &slot.part {
            Part::Step(step) if !step.frontstage => run.push(slot),
            Part::Step(_) => {
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
    Some(Branch {
        down: behind.map(|x| x + 2.0),
        from: first.middle(),
        to: last.middle(),
        up: ahead.map(|x| x - 2.0),
    })
}

/// Where a detour begins and ends.
pub(crate) fn ends(slots: &[Slot<'_>], element: &Element) -> Option<(f64, f64)> {
    let Element::Handoff(from, to) = element else { return None };
    let at = |code: &str| {
        slots
            .iter()
            .find(|slot| matches!(&slot.part, Part::Step(step) if step.code == code))
            .map(Slot::middle)
    };
    let (from, to) = (at(from)?, at(to)?);
    // A handoff from a step to itself still needs a line to be seen.
    Some(if (from - to).abs() < 1.0 { (from - LINK / 2.0, to + LINK / 2.0) } else { (from, to) })
}
