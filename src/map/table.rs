//! The figures of a map as tables: steps, the flow between them, whole paths.

use super::phrases::MapPhrases;
use super::{Handoff, Map, Path, Step};
use crate::breakdown::Line;
use crate::element::Element;
use crate::i18n::Lang;

/// A table. The first cell of a row is its label.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    pub(super) caption: String,
    /// The head of the first column.
    pub(super) head: String,
    /// The heads of the others.
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    pub(super) label: String,
    /// What stands under the label.
    pub(super) under: Vec<String>,
    pub(super) cells: Vec<String>,
    /// Whether it is part of the reader's team.
    pub(super) own: bool,
}

impl Row {
    /// Its cells with the heads of their columns, for a narrow screen.
    pub(super) fn named<'a>(
        &'a self,
        table: &'a Table,
    ) -> impl Iterator<Item = (&'a String, &'a String)> {
        table.columns.iter().zip(&self.cells)
    }
}

/// All tables of a map.
pub(super) fn tables(map: &Map, own: Option<&str>, lang: Lang) -> [Table; 3] {
    let says = MapPhrases::new(map, lang);
    [steps(&says, own), handoffs(&says, own), paths(&says)].map(filled)
}

/// Without columns that nothing stands in.
fn filled(mut table: Table) -> Table {
    let kept: Vec<bool> = (0..table.columns.len())
        .map(|at| table.rows.iter().any(|row| !row.cells[at].is_empty()))
        .collect();
    let keep = |cells: &mut Vec<String>| {
        let mut kept = kept.iter();
        cells.retain(|_| kept.next().is_some_and(|kept| *kept));
    };
    keep(&mut table.columns);
    table.rows.iter_mut().for_each(|row| keep(&mut row.cells));
    table
}

fn columns(says: &MapPhrases<'_>, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| says.phrases.say(key)).collect()
}

fn steps(says: &MapPhrases<'_>, own: Option<&str>) -> Table {
    let keys = ["map-column-volume", "map-column-processing", "map-column-repeated"];
    let more =
        ["map-column-kept", "map-column-lost", "map-column-lost-dates", "map-column-offered"];
    Table {
        caption: says.phrases.say("map-caption-steps"),
        head: says.phrases.say("map-column-step"),
        columns: columns(says, &[&keys[..], &more].concat()),
        rows: says.map.flow.steps.iter().map(|step| step_row(says, step, own)).collect(),
    }
}

fn step_row(says: &MapPhrases<'_>, step: &Step, own: Option<&str>) -> Row {
    let blueprint = &says.map.breakdown.blueprint;
    let described = blueprint.step(&step.code);
    let team = described.and_then(|step| step.team.as_deref());
    let back =
        described.is_some_and(|step| !step.frontstage).then(|| says.phrases.say("map-backstage"));
    let dates = Element::Promise(step.code.clone());
    Row {
        label: says.step(&step.code),
        under: back.into_iter().collect(),
        cells: vec![
            says.bare(step.of_100),
            says.maybe(step.processing),
            step.repeated.map_or_else(String::new, |share| says.of_100(share)),
            kept(says, &dates),
            lost(says, &Element::Step(step.code.clone())),
            lost(says, &dates),
            says.maybe(step.offered),
        ],
        own: own.is_some() && team == own,
    }
}

fn handoffs(says: &MapPhrases<'_>, own: Option<&str>) -> Table {
    let keys = ["map-column-volume", "map-column-wait", "map-column-returned"];
    let more = ["map-column-kept", "map-column-friction", "map-column-lost", "map-column-contrast"];
    let seen = says.map.flow.handoffs.iter().map(|handoff| (handoff.element(), Some(handoff)));
    let mut all: Vec<(Element, Option<&Handoff>)> = seen.collect();
    // A handoff that customers were asked about leads over the backstage steps in between.
    for line in &says.map.breakdown.lines {
        if matches!(line.element, Element::Handoff(..) | Element::HandoffOther)
            && !all.iter().any(|(it, _)| *it == line.element)
        {
            all.push((line.element.clone(), None));
        }
    }
    all.sort_by_key(|(element, _)| says.map.breakdown.blueprint.place(element));
    Table {
        caption: says.phrases.say("map-caption-ways"),
        head: says.phrases.say("map-column-way"),
        columns: columns(says, &[&keys[..], &more].concat()),
        rows: all
            .into_iter()
            .map(|(element, handoff)| handoff_row(says, (&element, handoff), own))
            .collect(),
    }
}

fn handoff_row(
    says: &MapPhrases<'_>,
    (element, handoff): (&Element, Option<&Handoff>),
    own: Option<&str>,
) -> Row {
    let breakdown = &says.map.breakdown;
    let line = breakdown.line(element);
    let friction = line.and_then(|line| line.friction.as_ref());
    let under = line.and_then(|line| says.phrases.friction(line));
    Row {
        label: says.phrases.label(&breakdown.blueprint, element),
        under: under.into_iter().collect(),
        cells: vec![
            handoff.map_or_else(String::new, |handoff| says.bare(handoff.of_100)),
            handoff.map_or_else(String::new, |handoff| says.times(handoff.wait)),
            handoff
                .and_then(|handoff| handoff.returned)
                .map_or_else(String::new, |share| says.of_100(share)),
            kept(says, element),
            friction.map_or_else(String::new, |friction| says.phrases.rate(friction.any)),
            lost(says, element),
            line.and_then(|line| says.phrases.contrast(line)).unwrap_or_default(),
        ],
        own: own.is_some_and(|own| breakdown.blueprint.teams(element).contains(&own)),
    }
}

fn paths(says: &MapPhrases<'_>) -> Table {
    let keys =
        ["map-column-share", "map-column-duration", "map-column-waiting", "map-column-outcome"];
    Table {
        caption: says.phrases.say("map-caption-paths"),
        head: says.phrases.say("map-column-path"),
        columns: columns(says, &keys),
        rows: says.map.flow.paths.iter().map(|path| path_row(says, path)).collect(),
    }
}

fn path_row(says: &MapPhrases<'_>, path: &Path) -> Row {
    let outcome = path.outcome.map(|outcome| says.phrases.rounded(outcome, 0));
    Row {
        label: says.steps(&path.steps),
        under: says.detour(path).into_iter().collect(),
        cells: vec![
            says.bare(Some(path.of_100)),
            says.times(path.duration),
            says.times(path.waiting),
            outcome.unwrap_or_else(|| says.phrases.say("map-few-answers")),
        ],
        own: false,
    }
}

/// The promises of an element that were kept, of 100.
fn kept(says: &MapPhrases<'_>, element: &Element) -> String {
    let promise = says.map.flow.promises.iter().find(|promise| promise.element == *element);
    promise.map_or_else(String::new, |promise| says.of_100(promise.kept))
}

/// The points lost at an element, with their interval.
fn lost(says: &MapPhrases<'_>, element: &Element) -> String {
    let line: Option<&Line> = says.map.breakdown.line(element);
    line.map_or_else(String::new, |line| says.phrases.figure(line))
}
