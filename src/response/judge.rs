//! Decides what becomes of the rows of a batch, given what is stored: kept, repeated or refused.

use std::hash::BuildHasher;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::IncomingResponse;
use super::columns::Item;
use super::store::{Found, StoredResponse};
use crate::blueprint::Blueprint;
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::journey::elements;
use crate::journey::trace::Trace;

/// Judges the rows of a file.
#[derive(Debug)]
pub struct Judge {
    /// May have been brought by the file itself.
    pub blueprint: Blueprint,
    pub items: Vec<Item>,
}

#[derive(Debug, Default)]
pub struct Judgement<'a> {
    pub kept: Vec<StoredResponse<'a>>,
    pub repeated: u64,
    pub refusals: Vec<Refusal>,
    /// Of those kept, how many bring a journey of their own.
    pub unknown_journeys: u64,
    pub lateness_known: u64,
}

/// The responses of the file so far, by their keys, with a fingerprint of what they say.
pub type ResponseFingerprints = FxHashMap<[u8; 16], u64>;

impl Judge {
    /// Judges rows in their order; the first answer of a journey is the one that counts.
    pub fn judge<'a>(
        &self,
        rows: &'a [IncomingResponse],
        found: &'a Found,
        met: &mut ResponseFingerprints,
    ) -> Result<Judgement<'a>> {
        let mut judged = Judgement::default();
        let mut traces = BareTraces { items: &self.items, by_late: FxHashMap::default() };
        for row in rows {
            if let Some(same) = repeats(row, found, met) {
                if same {
                    judged.repeated += 1;
                } else {
                    judged.refusals.push(no(row, "journey", Text::new("response-second")));
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
            judged.kept.push(StoredResponse {
                answered: row,
                site: known.and_then(|known| known.site.as_deref()).or(row.site.as_deref()),
                brings: known.is_none().then(|| traces.of(row.late)),
            });
        }
        Ok(judged)
    }

    /// The first item about a part that the journey does not have.
    fn missing(&self, row: &IncomingResponse, trace: &Trace) -> Option<&Item> {
        let elements = elements::rated(trace, &self.blueprint);
        row.asked
            .iter()
            .map(|number| &self.items[*number])
            .find(|item| !elements.contains(&item.element))
    }
}

/// Whether a response stands there already, and whether it says the same.
fn repeats(row: &IncomingResponse, found: &Found, met: &ResponseFingerprints) -> Option<bool> {
    match met.get(&row.id) {
        Some(before) => Some(*before == fingerprint(row)),
        None => found.taken.contains(&row.id).then(|| found.identical.contains(&row.id)),
    }
}

fn fingerprint(row: &IncomingResponse) -> u64 {
    FxBuildHasher.hash_one((row.answered_at, row.outcome, &row.answers))
}

fn no(row: &IncomingResponse, column: &str, text: Text) -> Refusal {
    Refusal::new(text).at_line(row.line).in_field(column)
}

/// The traces of journeys of which only an answer is known: alike but for their lateness.
struct BareTraces<'a> {
    items: &'a [Item],
    by_late: FxHashMap<Option<i64>, Arc<str>>,
}

impl BareTraces<'_> {
    fn of(&mut self, late: Option<i64>) -> Arc<str> {
        let items = self.items;
        let trace = self.by_late.entry(late).or_insert_with(|| {
            let parts = items.iter().map(|item| item.element.clone()).collect();
            Trace { late, parts, ..Trace::default() }.to_json().into()
        });
        trace.clone()
    }
}

#[cfg(test)]
mod tests {
    use crate::blueprint::Step;
    use crate::journey::trace::Event;
    use crate::response::columns::Columns;
    use crate::response::judge::*;
    use crate::response::store::StoredJourney;
    use crate::token::JourneyId;

    fn judge() -> Judge {
        let steps = ["A", "B"].map(Step::seen).to_vec();
        let blueprint = Blueprint { steps, ..Blueprint::unknown("repair") };
        let header = ["answered_at", "step.A", "step.B", "handoff.A.B"].map(str::to_owned);
        Judge { items: Columns::of(&header, &blueprint).unwrap().items, blueprint }
    }

    fn row(line: u64, key: u8, outcome: i32, asked: &[usize]) -> IncomingResponse {
        let (id, journey) = ([key; 16], JourneyId([key; 16]));
        let (site, late, comment) = (Some("FILE".into()), Some(60), None);
        let asked = asked.to_vec();
        IncomingResponse {
            line,
            id,
            journey,
            answered_at: 0,
            site,
            outcome: Some(outcome),
            asked,
            answers: "{}".into(),
            late,
            comment,
        }
    }

    fn known(steps: &str) -> StoredJourney {
        let mut trace = Trace::default();
        for (step, at) in steps.split(' ').zip(0..) {
            trace.merge(Event::new(step, Some(at), Some(at)));
        }
        StoredJourney { site: Some("LOG".to_owned()), trace: trace.to_json() }
    }

    fn told<'a>(judged: &'a Judgement<'_>) -> Vec<(u64, &'a str, &'static str)> {
        let place = |refusal: &'a Refusal| {
            (refusal.place.line.unwrap(), refusal.place.field.as_deref().unwrap())
        };
        judged
            .refusals
            .iter()
            .map(|refusal| (place(refusal).0, place(refusal).1, refusal.text.key()))
            .collect()
    }

    #[test]
    fn a_known_journey_is_linked_and_asked_only_about_what_it_had() {
        let mut found = Found::default();
        found.journeys.insert(JourneyId([1; 16]), known("A B"));
        found.journeys.insert(JourneyId([2; 16]), known("B"));
        found.journeys.insert(JourneyId([3; 16]), known("B"));
        let rows = [row(2, 1, 5, &[0, 1, 2]), row(3, 2, 5, &[2]), row(4, 3, 5, &[1])];
        let judge = judge();
        let judged = judge.judge(&rows, &found, &mut ResponseFingerprints::default()).unwrap();
        assert_eq!(told(&judged), [(4, "step.A", "response-part-missing")]);
        let kept: Vec<_> = judged
            .kept
            .iter()
            .map(|kept| (kept.answered.line, kept.site, kept.brings.is_some()))
            .collect();
        assert_eq!(kept, [(2, Some("LOG"), false), (3, Some("LOG"), false)]);
        assert_eq!((judged.unknown_journeys, judged.lateness_known), (0, 2));
    }

    #[test]
    fn an_unknown_journey_is_made_of_the_columns() {
        let (judge, rows, found) = (judge(), [row(2, 1, 5, &[0])], Found::default());
        let judged = judge.judge(&rows, &found, &mut ResponseFingerprints::default()).unwrap();
        assert_eq!((judged.unknown_journeys, judged.kept[0].site), (1, Some("FILE")));
        let trace = Trace::parse(judged.kept[0].brings.as_deref().unwrap()).unwrap();
        assert_eq!(trace.late, Some(60));
        let parts: Vec<String> =
            elements::rated(&trace, &judge.blueprint).iter().map(ToString::to_string).collect();
        assert_eq!(parts, ["step:A", "step:B", "handoff:A:B"]);
    }

    #[test]
    fn the_first_answer_stays_in_the_batch_in_the_database_and_in_a_trial() {
        let mut found = Found::default();
        found.taken.extend([[8; 16], [9; 16]]);
        found.identical.insert([9; 16]);
        let rows = [
            row(2, 1, 5, &[]),
            row(3, 1, 5, &[]),
            row(4, 1, 6, &[]),
            row(5, 8, 5, &[]),
            row(6, 9, 5, &[]),
        ];
        let (judge, mut met) = (judge(), ResponseFingerprints::default());
        let judged = judge.judge(&rows, &found, &mut met).unwrap();
        assert_eq!(
            told(&judged),
            [(4, "journey", "response-second"), (5, "journey", "response-second")]
        );
        assert_eq!((judged.kept.len(), judged.repeated), (1, 2));
        let later = [row(7, 1, 6, &[])];
        assert_eq!(
            told(&judge.judge(&later, &found, &mut met).unwrap()),
            [(7, "journey", "response-second")]
        );
    }

    #[test]
    fn a_refused_row_leaves_room_for_a_good_one() {
        let mut found = Found::default();
        found.journeys.insert(JourneyId([2; 16]), known("B"));
        let (judge, rows) = (judge(), [row(2, 2, 5, &[1]), row(3, 2, 5, &[2])]);
        let judged = judge.judge(&rows, &found, &mut ResponseFingerprints::default()).unwrap();
        assert_eq!((judged.kept.len(), judged.refusals.len()), (1, 1));
    }
}
