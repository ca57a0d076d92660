//! What published cells say of every measure, by release or by place: read once, for all charts and
//! comparisons.

use std::collections::{BTreeMap, BTreeSet};

use relais_analytics::Position;
use relais_analytics::timings::Coverage;

use super::{Kind, Measure, Value};
use crate::breakdown::MINUTES_A_DAY;
use crate::element::Element;
use crate::error::Result;
use crate::publication::{AnswerCell, PopulationCell, Published};

/// The counts of every measure under some keys.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ledger<K> {
    /// The position of each element.
    positions: BTreeMap<Element, Position>,
    /// Handoffs that were asked by frictions.
    ticked: BTreeSet<Position>,
    /// Elements that made promises.
    made: BTreeSet<Position>,
    /// The least by which two answers differ, of 0 to 100: about the outcome, and about a part.
    steps: (f64, f64),
    entries: BTreeMap<K, Entry>,
}

/// The counts under one key.
#[derive(Clone, Debug, Default, PartialEq)]
struct Entry {
    outcome: Counts,
    /// Promises kept, of all elements.
    kept: Counts,
    /// Of how many journeys, answered or not, all times are known.
    timings: Coverage,
    of: BTreeMap<Position, ElementCounts>,
}

/// The counts of one element.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct ElementCounts {
    rated: Counts,
    friction: Counts,
    kept: Counts,
    /// Minutes that its dates lost.
    lost: f64,
}

impl<K: Ord + Clone> Ledger<K> {
    /// Reads every cell whose atom has a key.
    pub(crate) fn of(published: &Published, key: impl Fn(usize) -> Vec<K>) -> Result<Self> {
        let positions =
            published.catalogue.iter().map(|(position, element)| (element.clone(), *position));
        let (ticked, made) = (BTreeSet::new(), BTreeSet::new());
        let steps = steps(published);
        let mut ledger =
            Self { positions: positions.collect(), ticked, made, steps, entries: BTreeMap::new() };
        for atom in 0..published.atoms.len() {
            let keys = key(atom);
            if keys.is_empty() {
                continue;
            }
            let mut entry = Entry::default();
            for cell in published.answers_in([atom]) {
                entry.answered(published, &cell?);
            }
            for cell in published.journeys_in([atom]) {
                entry.travelled(&cell?);
            }
            let having = |is: fn(&ElementCounts) -> bool| {
                entry.of.iter().filter(move |(_, own)| is(own)).map(|(at, _)| *at)
            };
            ledger.ticked.extend(having(|own| own.friction.count > 0.0));
            ledger.made.extend(having(|own| own.kept.count > 0.0));
            keys.into_iter()
                .for_each(|key| ledger.entries.entry(key).or_default().merge(&entry, 1.0));
        }
        Ok(ledger)
    }

    /// What is left when another ledger, whose atoms are all in this one, is taken off.
    pub(crate) fn less(mut self, other: &Self) -> Self {
        for (key, entry) in &other.entries {
            self.entries.entry(key.clone()).or_default().merge(entry, -1.0);
        }
        self
    }

    /// The keys under which anything stands.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &K> {
        self.entries.keys()
    }

    /// How a measure is charted: frictions are shares where any of the window was asked by them.
    pub(crate) fn kind(&self, measure: &Measure) -> Kind {
        let position = measure.element().and_then(|element| self.positions.get(element));
        match measure {
            Measure::Outcome | Measure::Of(Element::Step(_)) => Kind::Means,
            Measure::Promises => Kind::Shares,
            // A step that gives dates for others makes no promise of its own: the days that it
            // loses are followed.
            Measure::Of(Element::Promise(_))
                if position.is_none_or(|at| self.made.contains(at)) =>
            {
                Kind::Shares
            }
            Measure::Of(Element::Promise(_)) => Kind::Days,
            Measure::Of(_) if position.is_some_and(|at| self.ticked.contains(at)) => Kind::Shares,
            Measure::Of(_) => Kind::Means,
        }
    }

    /// The least by which two answers about a measure differ, of 0 to 100; 0 where that is not
    /// known.
    pub(crate) fn step(&self, measure: &Measure) -> f64 {
        match measure {
            Measure::Outcome => self.steps.0,
            Measure::Promises | Measure::Of(Element::Promise(_)) => 0.0,
            Measure::Of(_) => self.steps.1,
        }
    }

    /// What a measure comes to under some keys together.
    pub(crate) fn counts(&self, measure: &Measure, kind: Kind, keys: &[K]) -> Counts {
        let mut counts = Counts::default();
        for entry in keys.iter().filter_map(|key| self.entries.get(key)) {
            counts.merge(&entry.counts(measure, kind, |element| self.positions.get(element)), 1.0);
        }
        counts
    }

    /// Of how many journeys of some keys all times are known.
    pub(crate) fn timings(&self, keys: &[K]) -> Coverage {
        let entries = keys.iter().filter_map(|key| self.entries.get(key));
        entries.fold(Coverage::default(), |all, entry| all.plus(&entry.timings))
    }

    /// The figure of some keys together; `None` where nothing of it was observed.
    pub(crate) fn value(&self, measure: &Measure, kind: Kind, keys: &[K]) -> Option<Value> {
        self.counts(measure, kind, keys).value(kind)
    }
}

/// The smallest steps of any version's scales.
fn steps(published: &Published) -> (f64, f64) {
    let step = |range: i32| if range > 0 { 100.0 / f64::from(range) } else { 0.0 };
    let versions = || published.versions.values();
    let outcome = versions().map(|version| step(version.outcome_range)).reduce(f64::min);
    let ranges = versions().flat_map(|version| [version.step_range, version.handoff_range]);
    (outcome.unwrap_or(0.0), ranges.map(step).reduce(f64::min).unwrap_or(0.0))
}

impl Entry {
    fn answered(&mut self, published: &Published, cell: &AnswerCell) {
        let Some(version) = published.versions.get(&cell.version) else { return };
        let factor = 100.0 / f64::from(version.outcome_range);
        for (loss, count) in cell.state.outcomes() {
            let (count, figure) = (count as f64, 100.0 - factor * loss as f64);
            self.outcome.merge(
                &Counts { count, sum: count * figure, squares: count * figure * figure },
                1.0,
            );
        }
        let positions = published.variants.get(&cell.variant).map_or(&[][..], Vec::as_slice);
        for (k, position) in positions.iter().enumerate() {
            let own = cell.state.losses(k);
            if own.count > 0 {
                let step = matches!(published.catalogue.get(position), Some(Element::Step(_)));
                let range = if step { version.step_range } else { version.handoff_range };
                let factor = 100.0 / f64::from(range);
                let (count, loss) = (own.count as f64, factor * own.sum as f64);
                // Of 100 less the loss.
                let squares =
                    10_000.0 * count - 200.0 * loss + factor * factor * own.squares as f64;
                let rated = Counts { count, sum: 100.0 * count - loss, squares };
                self.of.entry(*position).or_default().rated.merge(&rated, 1.0);
            }
            if let Some(ticked) = cell.state.counts().frictions(*position) {
                let share = Counts::share(ticked.any, ticked.asked);
                self.of.entry(*position).or_default().friction.merge(&share, 1.0);
            }
        }
    }

    fn travelled(&mut self, cell: &PopulationCell) {
        self.timings = self.timings.plus(&cell.state.coverage());
        for (position, made, kept) in cell.state.promises() {
            let share = Counts::share(kept, made);
            self.kept.merge(&share, 1.0);
            self.of.entry(position).or_default().kept.merge(&share, 1.0);
        }
        for (position, lost, _) in cell.state.time() {
            self.of.entry(position).or_default().lost += lost as f64;
        }
    }

    /// Adds `sign` times another.
    fn merge(&mut self, other: &Self, sign: f64) {
        self.outcome.merge(&other.outcome, sign);
        self.kept.merge(&other.kept, sign);
        let timings = &other.timings;
        self.timings =
            if sign < 0.0 { self.timings.less(timings) } else { self.timings.plus(timings) };
        for (position, theirs) in &other.of {
            let own = self.of.entry(*position).or_default();
            own.rated.merge(&theirs.rated, sign);
            own.friction.merge(&theirs.friction, sign);
            own.kept.merge(&theirs.kept, sign);
            own.lost += sign * theirs.lost;
        }
    }

    fn counts<'a>(
        &self,
        measure: &Measure,
        kind: Kind,
        at: impl Fn(&Element) -> Option<&'a Position>,
    ) -> Counts {
        let own =
            |element: &Element| at(element).map(|at| self.of.get(at).copied().unwrap_or_default());
        match measure {
            Measure::Outcome => self.outcome,
            Measure::Promises => self.kept,
            Measure::Of(element) => match (own(element), element, kind) {
                (None, ..) => Counts::default(),
                // Days lost, of all journeys whose times are known.
                (Some(own), Element::Promise(_), Kind::Days) => {
                    let count = (self.timings.journeys - self.timings.partial) as f64;
                    Counts { count, sum: own.lost / MINUTES_A_DAY, squares: 0.0 }
                }
                (Some(own), Element::Promise(_), _) => own.kept,
                (Some(own), _, Kind::Shares) => own.friction,
                (Some(own), ..) => own.rated,
            },
        }
    }
}

/// Sums of figures of 0 to 100; of a share, so many of so many; of days, so many of so many
/// journeys.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Counts {
    /// Answers, promises or journeys.
    pub(crate) count: f64,
    pub(crate) sum: f64,
    pub(crate) squares: f64,
}

impl Counts {
    fn share(count: i64, of: i64) -> Self {
        Self { count: of as f64, sum: count as f64, squares: count as f64 }
    }

    fn merge(&mut self, other: &Self, sign: f64) {
        self.count += sign * other.count;
        self.sum += sign * other.sum;
        self.squares += sign * other.squares;
    }

    pub(crate) fn value(&self, kind: Kind) -> Option<Value> {
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
