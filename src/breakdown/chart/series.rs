//! What the atoms of one release say of a measure.

use relais_analytics::Position;

use super::{Kind, Measure, Value};
use crate::element::Element;
use crate::privacy::Unit;
use crate::publication::{AnswerCell, PopulationCell, Published};

/// How a measure is charted in what was published: frictions are shares where any of the window was asked by them.
pub(super) fn kind(measure: &Measure, published: &Published) -> Kind {
    match measure {
        Measure::Outcome | Measure::Of(Element::Step(_)) => Kind::Means,
        Measure::Promises => Kind::Shares,
        Measure::Of(dates @ Element::Promise(_)) => {
            let made = |position: Position| {
                let promises = published.populations.iter().flat_map(|cell| cell.state.promises());
                promises.into_iter().any(|(known, made, _)| known == position && made > 0)
            };
            // A step that gives dates for others makes no promise of its own: the days that it loses are followed.
            if position(published, dates).is_none_or(made) { Kind::Shares } else { Kind::Days }
        }
        Measure::Of(handoff) => {
            let ticked = |position: Position| {
                published.cells.iter().any(|cell| cell.state.beside().frictions(position).is_some())
            };
            if position(published, handoff).is_some_and(ticked) { Kind::Shares } else { Kind::Means }
        }
    }
}

/// The figure of some atoms; `None` where nothing of it was observed.
pub(super) fn value(
    measure: &Measure,
    kind: Kind,
    published: &Published,
    among: impl Fn(&Unit) -> bool,
) -> Option<Value> {
    let here = |atom: usize| among(&published.atoms[atom].unit);
    let cells = || published.cells.iter().filter(|cell| here(cell.atom));
    let populations = || published.populations.iter().filter(|cell| here(cell.atom));
    match measure {
        Measure::Outcome => outcome(published, cells()),
        Measure::Promises => kept(populations(), None),
        Measure::Of(element) if kind == Kind::Days => lost(populations(), position(published, element)?),
        Measure::Of(element @ Element::Promise(_)) => kept(populations(), Some(position(published, element)?)),
        Measure::Of(element) if kind == Kind::Shares => friction(cells(), position(published, element)?),
        Measure::Of(element) => rating(published, cells(), element),
    }
}

fn position(published: &Published, element: &Element) -> Option<Position> {
    published.catalogue.iter().find(|(_, known)| *known == element).map(|(position, _)| *position)
}

fn outcome<'a>(published: &Published, cells: impl Iterator<Item = &'a AnswerCell>) -> Option<Value> {
    let mut sums = Means::default();
    for cell in cells {
        let factor = 100.0 / f64::from(published.versions.get(&cell.version)?.outcome_range);
        for (loss, count) in cell.state.outcomes() {
            let figure = 100.0 - factor * loss as f64;
            sums.add(count as f64, count as f64 * figure, count as f64 * figure * figure);
        }
    }
    sums.value()
}

fn rating<'a>(published: &Published, cells: impl Iterator<Item = &'a AnswerCell>, element: &Element) -> Option<Value> {
    let position = position(published, element)?;
    let mut sums = Means::default();
    for cell in cells {
        let variant = published.variants.get(&cell.variant)?;
        let Some(k) = variant.iter().position(|known| *known == position) else { continue };
        let version = published.versions.get(&cell.version)?;
        let range = if matches!(element, Element::Step(_)) { version.step_range } else { version.handoff_range };
        let (own, factor) = (cell.state.losses(k), 100.0 / f64::from(range));
        let (count, loss, squares) = (own.count as f64, factor * own.sum as f64, factor * factor * own.squares as f64);
        // Of 100 less the loss.
        sums.add(count, 100.0 * count - loss, 10_000.0 * count - 200.0 * loss + squares);
    }
    sums.value()
}

fn friction<'a>(cells: impl Iterator<Item = &'a AnswerCell>, handoff: Position) -> Option<Value> {
    let counts = cells.filter_map(|cell| cell.state.beside().frictions(handoff));
    let (any, asked) = counts.fold((0, 0), |(any, asked), counts| (any + counts.any, asked + counts.asked));
    share(any, asked)
}

fn kept<'a>(populations: impl Iterator<Item = &'a PopulationCell>, promise: Option<Position>) -> Option<Value> {
    let promises = populations.flat_map(|cell| cell.state.promises());
    let asked_for = promises.filter(|(position, ..)| promise.is_none_or(|promise| promise == *position));
    let (kept, made) =
        asked_for.fold((0, 0), |(all_kept, all_made), (_, made, kept)| (all_kept + kept, all_made + made));
    share(kept, made)
}

/// Days lost by the dates of an element, a journey.
fn lost<'a>(populations: impl Iterator<Item = &'a PopulationCell>, dates: Position) -> Option<Value> {
    let (mut minutes, mut journeys) = (0_i64, 0_i64);
    for cell in populations {
        journeys += cell.state.count();
        let lost = cell.state.time().filter(|(position, ..)| *position == dates);
        minutes += lost.map(|(_, lost, _)| lost).sum::<i64>();
    }
    let mean = minutes as f64 / (journeys.max(1) as f64 * 1_440.0);
    Some(Value::Days { mean, journeys: u64::try_from(journeys).ok().filter(|journeys| *journeys > 0)? })
}

fn share(count: i64, of: i64) -> Option<Value> {
    let (count, of) = (u64::try_from(count).ok()?, u64::try_from(of).ok()?);
    (of > 0).then_some(Value::Share { count, of })
}

/// Sums of figures of 0 to 100.
#[derive(Default)]
struct Means {
    count: f64,
    sum: f64,
    squares: f64,
}

impl Means {
    fn add(&mut self, count: f64, sum: f64, squares: f64) {
        self.count += count;
        self.sum += sum;
        self.squares += squares;
    }

    fn value(&self) -> Option<Value> {
        let mean = (self.count > 0.0).then(|| self.sum / self.count)?;
        let variance = (self.squares / self.count - mean * mean).max(0.0);
        Some(Value::Mean { mean, variance, count: self.count as u64 })
    }
}
