//! Decides what becomes of the rows of a batch, given what is stored: kept, repeated or refused.

use std::hash::BuildHasher;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::Answered;
use super::columns::Item;
use super::store::{Found, Kept};
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::journey::trace::Trace;
use crate::journey::{Blueprint, elements};

/// What holds for all rows of a file.
#[derive(Debug)]
pub struct Judge {
    /// The blueprint, which the file may have brought itself.
    pub blueprint: Blueprint,
    /// The parts that the file asks about.
    pub items: Vec<Item>,
}

/// What became of some rows.
#[derive(Debug, Default)]
pub struct Judged<'a> {
    /// To be stored.
    pub kept: Vec<Kept<'a>>,
    /// How many are stored already.
    pub repeated: u64,
    /// Those that cannot be stored.
    pub refusals: Vec<Refusal>,
    /// Of those kept, how many bring a journey of their own.
    pub unknown_journeys: u64,
    /// How many latenesses were not needed.
    pub lateness_known: u64,
}

/// The responses met so far, by their keys, with a fingerprint of what they say.
pub type Met = FxHashMap<[u8; 16], u64>;

impl Judge {
    /// Judges rows in their order; the first answer of a journey is the one that counts.
    pub fn judge<'a>(&self, rows: &'a [Answered], found: &'a Found, met: &mut Met) -> Result<Judged<'a>> {
        let mut judged = Judged::default();
        let mut traces = Brought { items: &self.items, by_late: FxHashMap::default() };
        for row in rows {
            if let Some(same) = repeats(row, found, met) {
                match same {
                    true => judged.repeated += 1,
                    false => judged.refusals.push(no(row, "journey", Text::new("response-second"))),
                }
                continue;
            }
            let known = found.journeys.get(&row.journey);
            let trace = known.map(|known| Trace::parse(&known.trace)).transpose()?;
            if let Some(item) = trace.as_ref().and_then(|trace| self.missing(row, trace)) {
                judged.refusals.push(no(row, &item.name, Text::new("response-part-missing")));
                continue;
            }
            met.insert(row.id, fingerprint(row));
            judged.unknown_journeys += u64::from(known.is_none());
            judged.lateness_known += u64::from(known.is_some() && row.late.is_some());
            judged.kept.push(Kept {
                answered: row,
                site: known.and_then(|known| known.site.as_deref()).or(row.site.as_deref()),
                brings: known.is_none().then(|| traces.of(row.late)),
            });
        }
        Ok(judged)
    }

    /// The first item about a part that the journey does not have.
    fn missing(&self, row: &Answered, trace: &Trace) -> Option<&Item> {
        let elements = elements::rated(trace, &self.blueprint);
        row.asked.iter().map(|number| &self.items[*number]).find(|item| !elements.contains(&item.element))
    }
}

/// Whether a response stands there already, and whether it says the same.
fn repeats(row: &Answered, found: &Found, met: &Met) -> Option<bool> {
    match met.get(&row.id) {
        Some(before) => Some(*before == fingerprint(row)),
        None => found.taken.contains(&row.id).then(|| found.identical.contains(&row.id)),
    }
}

fn fingerprint(row: &Answered) -> u64 {
    FxBuildHasher.hash_one((row.answered_at, row.outcome, &row.answers))
}

fn no(row: &Answered, column: &str, text: Text) -> Refusal {
    Refusal::new(text).at_line(row.line).in_field(column)
}

/// The traces of journeys of which only an answer is known: alike but for their lateness.
struct Brought<'a> {
    items: &'a [Item],
    by_late: FxHashMap<Option<i64>, Arc<str>>,
}

impl Brought<'_> {
    fn of(&mut self, late: Option<i64>) -> Arc<str> {
        let parts = || self.items.iter().map(|item| item.element.clone()).collect();
        let trace = || Trace { events: Vec::new(), late, parts: parts() }.to_json().into();
        self.by_late.entry(late).or_insert_with(trace).clone()
    }
}
