//! Pairs the start of an activity with its completion: two rows of a log, one event.
//!
//! Either may come first. Rows that wait are bounded: when there are too many, the oldest goes out
//! as it is, knowing only its start or only its end.

use std::collections::VecDeque;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::event::Incoming;
use crate::clock::Instant;
use crate::token::JourneyId;

/// Whether two rows that are alike in everything are one row sent twice, or happened twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alike {
    /// One row, sent twice.
    Repeat,
    /// Two events.
    Real,
}

/// What became of a row.
#[derive(Debug, PartialEq, Eq)]
pub enum PairOutcome {
    /// It waits for its other half.
    Waits,
    /// It repeats one that waits.
    Repeats,
    /// Here is the whole event.
    Whole(Box<Incoming>),
}

/// Rows that wait for their other half.
#[derive(Debug)]
pub struct Pairing {
    alike: Alike,
    most: usize,
    waiting: FxHashMap<Key, Vec<Incoming>>,
    order: VecDeque<(Key, u64)>,
    count: usize,
}

/// Rows can only be halves of one event within one journey, step and instance.
type Key = (JourneyId, Arc<str>, u64);

impl Pairing {
    /// Nothing waits yet; at most `most` rows will.
    pub fn new(alike: Alike, most: usize) -> Self {
        Self { alike, most, waiting: FxHashMap::default(), order: VecDeque::new(), count: 0 }
    }

    /// Takes a row that is the start or the completion of an activity. `instance` tells apart
    /// activities that run at the same time.
    pub fn half(&mut self, row: Incoming, instance: u64) -> PairOutcome {
        let key = (row.journey, row.event.step.clone(), instance);
        let waiting = self.waiting.entry(key.clone()).or_default();
        if self.alike == Alike::Repeat && waiting.iter().any(|known| known.event == row.event) {
            return PairOutcome::Repeats;
        }
        let Some(at) = counterpart(waiting, &row) else {
            self.order.push_back((key, row.line));
            waiting.push(row);
            self.count += 1;
            return PairOutcome::Waits;
        };
        let other = waiting.remove(at);
        self.count -= 1;
        PairOutcome::Whole(Box::new(joined(other, row)))
    }

    /// A row that has waited too long, when too many do.
    pub fn overdue(&mut self) -> Option<Incoming> {
        while self.count > self.most {
            let (key, line) = self.order.pop_front()?;
            if let Some(row) = self.take(&key, line) {
                return Some(row);
            }
        }
        // Forgotten places of rows that found their half must not pile up either.
        if self.order.len() > 2 * self.most + 16 {
            let waiting = &self.waiting;
            self.order.retain(|(key, line)| {
                waiting.get(key).is_some_and(|rows| rows.iter().any(|r| r.line == *line))
            });
            self.waiting.retain(|_, rows| !rows.is_empty());
        }
        None
    }

    fn take(&mut self, key: &Key, line: u64) -> Option<Incoming> {
        let rows = self.waiting.get_mut(key)?;
        let at = rows.iter().position(|row| row.line == line)?;
        let row = rows.remove(at);
        if rows.is_empty() {
            self.waiting.remove(key);
        }
        self.count -= 1;
        Some(row)
    }

    /// The rows whose other half never came, in order of arrival.
    pub fn rest(self) -> Vec<Incoming> {
        let mut rows: Vec<Incoming> = self.waiting.into_values().flatten().collect();
        rows.sort_by_key(|row| row.line);
        rows
    }
}

/// The half that fits: for a completion the earliest start before it, for a start the earliest
/// completion after it.
fn counterpart(waiting: &[Incoming], row: &Incoming) -> Option<usize> {
    let fitting =
        waiting.iter().enumerate().filter_map(|(at, known)| Some((time_of_half(known, row)?, at)));
    fitting.min().map(|(_, at)| at)
}

/// When a row that waits began or ended, where it is the half that another row lacks.
fn time_of_half(known: &Incoming, row: &Incoming) -> Option<Instant> {
    match (row.event.start, row.event.end) {
        (None, Some(end)) => {
            known.event.start.filter(|start| known.event.end.is_none() && *start <= end)
        }
        (Some(start), None) => {
            known.event.end.filter(|end| known.event.start.is_none() && *end >= start)
        }
        _ => None,
    }
}

fn joined(first: Incoming, second: Incoming) -> Incoming {
    let (mut start, end) =
        if first.event.start.is_some() { (first, second) } else { (second, first) };
    start.event.end = end.event.end;
    start.event.promised.extend(end.event.promised);
    start.event.promised_start = start.event.promised_start.or(end.event.promised_start);
    start.event.requested = start.event.requested.or(end.event.requested);
    start.site = start.site.or(end.site);
    start.contact = start.contact.or(end.contact);
    if start.attributes != end.attributes {
        let new = end
            .attributes
            .iter()
            .filter(|(name, _)| !start.attributes.iter().any(|(known, _)| known == name));
        start.attributes = start.attributes.iter().chain(new).cloned().collect();
    }
    start
}

#[cfg(test)]
mod tests {
    use crate::journey::pairing::*;
    use crate::journey::trace::Event;

    fn row(line: u64, start: Option<i64>, end: Option<i64>) -> Incoming {
        let event = Event::new("WORK", start, end);
        Incoming {
            journey: JourneyId([1; 16]),
            event,
            site: None,
            attributes: Arc::default(),
            contact: None,
            line,
        }
    }

    fn whole(paired: PairOutcome) -> (Option<i64>, Option<i64>) {
        match paired {
            PairOutcome::Whole(row) => (row.event.start, row.event.end),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn halves_pair_in_either_order() {
        let mut pairing = Pairing::new(Alike::Repeat, 10);
        assert_eq!(pairing.half(row(1, Some(5), None), 0), PairOutcome::Waits);
        assert_eq!(pairing.half(row(2, Some(5), None), 0), PairOutcome::Repeats);
        assert_eq!(
            pairing.half(row(3, None, Some(4)), 0),
            PairOutcome::Waits,
            "it ended before that start"
        );
        assert_eq!(whole(pairing.half(row(4, None, Some(9)), 0)), (Some(5), Some(9)));
        assert_eq!(whole(pairing.half(row(5, Some(3), None), 0)), (Some(3), Some(4)));
        assert!(pairing.rest().is_empty());
    }

    #[test]
    fn instances_do_not_mix_and_leftovers_come_out_in_order() {
        let mut pairing = Pairing::new(Alike::Real, 10);
        for (line, instance) in [(1, 7), (2, 8), (3, 7)] {
            assert_eq!(pairing.half(row(line, Some(5), None), instance), PairOutcome::Waits);
        }
        assert_eq!(whole(pairing.half(row(4, None, Some(6)), 8)), (Some(5), Some(6)));
        assert_eq!(pairing.rest().iter().map(|row| row.line).collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn those_who_wait_are_bounded() {
        let mut pairing = Pairing::new(Alike::Repeat, 100);
        let mut out = 0;
        for line in 0..10_000 {
            pairing.half(row(line, Some(line as i64), None), line);
            while pairing.overdue().is_some() {
                out += 1;
            }
            assert!(pairing.count <= 100 && pairing.order.len() <= 300);
        }
        assert_eq!(out + pairing.rest().len(), 10_000);
    }
}
