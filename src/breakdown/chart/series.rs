//! What the atoms of one release say of a measure.

use relais_analytics::Position;

use super::{Kind, Measure, Value};
use crate::element::Element;
use crate::privacy::Unit;
use crate::publication::{AnswerCell, PopulationCell, Published};

/// How a measure is charted in what was published: frictions are shares where any of the window was asked by them.
pub(in crate::breakdown) fn kind(measure: &Measure, published: &Published) -> Kind {
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
    let mut counts = Counts::default();
    each(measure, kind, published, here, |_, found| counts.merge(&found));
    counts.value(kind)
}

/// What every cell of some atoms says of a measure, with its atom.
pub(in crate::breakdown) fn each(
    measure: &Measure,
    kind: Kind,
    published: &Published,
    among: impl Fn(usize) -> bool,
    mut tell: impl FnMut(usize, Counts),
) {
    let of = |element: &Element| position(published, element);
    let mut answers = |read: &dyn Fn(&AnswerCell) -> Option<Counts>| {
        let cells = published.cells.iter().filter(|cell| among(cell.atom));
        cells.for_each(|cell| tell(cell.atom, read(cell).unwrap_or_default()));
    };
    match (measure, measure.element().and_then(of)) {
        (Measure::Outcome, _) => answers(&|cell| outcome(published, cell)),
        (Measure::Promises | Measure::Of(Element::Promise(_)), dates) => {
            if measure.element().is_none() || dates.is_some() {
                let cells = published.populations.iter().filter(|cell| among(cell.atom));
                let read =
                    |cell: &PopulationCell| if kind == Kind::Days { lost(cell, dates) } else { kept(cell, dates) };
                cells.for_each(|cell| tell(cell.atom, read(cell)));
            }
        }
        (Measure::Of(_), None) => {}
        (Measure::Of(_), Some(handoff)) if kind == Kind::Shares => answers(&|cell| friction(cell, handoff)),
        (Measure::Of(element), Some(position)) => answers(&|cell| rating(published, cell, element, position)),
    }
}

fn position(published: &Published, element: &Element) -> Option<Position> {
    published.catalogue.iter().find(|(_, known)| *known == element).map(|(position, _)| *position)
}

fn outcome(published: &Published, cell: &AnswerCell) -> Option<Counts> {
    let factor = 100.0 / f64::from(published.versions.get(&cell.version)?.outcome_range);
    let mut sums = Counts::default();
    for (loss, count) in cell.state.outcomes() {
        let (count, figure) = (count as f64, 100.0 - factor * loss as f64);
        sums.merge(&Counts { count, sum: count * figure, squares: count * figure * figure });
    }
    Some(sums)
}

fn rating(published: &Published, cell: &AnswerCell, element: &Element, position: Position) -> Option<Counts> {
    let k = published.variants.get(&cell.variant)?.iter().position(|known| *known == position)?;
    let version = published.versions.get(&cell.version)?;
    let range = if matches!(element, Element::Step(_)) { version.step_range } else { version.handoff_range };
    let (own, factor) = (cell.state.losses(k), 100.0 / f64::from(range));
    let (count, loss, squares) = (own.count as f64, factor * own.sum as f64, factor * factor * own.squares as f64);
    // Of 100 less the loss.
    Some(Counts { count, sum: 100.0 * count - loss, squares: 10_000.0 * count - 200.0 * loss + squares })
}

fn friction(cell: &AnswerCell, handoff: Position) -> Option<Counts> {
    let counts = cell.state.beside().frictions(handoff)?;
    Some(Counts::share(counts.any, counts.asked))
}

fn kept(cell: &PopulationCell, promise: Option<Position>) -> Counts {
    let promises = cell.state.promises().filter(|(position, ..)| promise.is_none_or(|promise| promise == *position));
    let (kept, made) =
        promises.fold((0, 0), |(all_kept, all_made), (_, made, kept)| (all_kept + kept, all_made + made));
    Counts::share(kept, made)
}

/// Days lost by the dates of an element, of all journeys.
fn lost(cell: &PopulationCell, dates: Option<Position>) -> Counts {
    let lost = cell.state.time().filter(|(position, ..)| Some(*position) == dates);
    let minutes: i64 = lost.map(|(_, lost, _)| lost).sum();
    Counts { count: cell.state.count() as f64, sum: minutes as f64 / 1_440.0, squares: 0.0 }
}

/// Sums of figures of 0 to 100; of a share, so many of so many; of days, so many of so many journeys.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::breakdown) struct Counts {
    /// Answers, promises or journeys.
    pub(in crate::breakdown) count: f64,
    pub(in crate::breakdown) sum: f64,
    pub(in crate::breakdown) squares: f64,
}

impl Counts {
    fn share(count: i64, of: i64) -> Self {
        Self { count: of as f64, sum: count as f64, squares: count as f64 }
    }

    pub(in crate::breakdown) fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    pub(in crate::breakdown) fn value(&self, kind: Kind) -> Option<Value> {
        let mean = (self.count > 0.0).then(|| self.sum / self.count)?;
        Some(match kind {
            Kind::Shares => Value::Share { count: self.sum as u64, of: self.count as u64 },
            Kind::Days => Value::Days { mean, journeys: self.count as u64 },
            Kind::Means => {
                let variance = (self.squares / self.count - mean * mean).max(0.0);
                Value::Mean { mean, variance, count: self.count as u64 }
            }
        })
    }
}
