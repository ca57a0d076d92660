//! Rows become integer cells: a row is read, added to the sums of its atom, and forgotten.

use std::collections::BTreeSet;

use relais_analytics::cell::{Cell, Journey, Population, Row};
use relais_analytics::lateness::share_out;
use rustc_hash::FxHashMap;

use crate::calendar::Zone;
use crate::clock::Instant;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::journey::trace::Trace;
use crate::journey::{Blueprint, elements, timing};
use crate::survey::{Answer, Questionnaire};

use super::answers;
use super::catalogue::Catalogue;

/// Which sums of an atom a row belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The atom.
    pub atom: i64,
    /// The variant's number.
    pub variant: i32,
    /// The questionnaire's version; 0 over all journeys.
    pub version: i32,
    /// Week and third of the week.
    pub replicate: i32,
}

/// A response, as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct Response<'a> {
    /// Of the questionnaire.
    pub version: i32,
    /// When.
    pub answered_at: Instant,
    /// On the questionnaire's scale.
    pub outcome: Option<i32>,
    /// JSON of the answers.
    pub answers: &'a str,
}

/// The sums of one close.
#[derive(Debug)]
pub struct Tally<'a> {
    blueprint: &'a Blueprint,
    zone: &'a Zone,
    questionnaires: &'a [Questionnaire],
    /// The numbers of elements and variants, which the rows may add to.
    pub catalogue: Catalogue,
    /// Sums of answers.
    pub cells: FxHashMap<Key, Cell>,
    /// Sums over all journeys.
    pub populations: FxHashMap<Key, Population>,
}

/// What the sums need to know of a journey; computed once for its response and itself.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    variant: i32,
    /// The codes of its rated elements, each with its place in the variant's order.
    items: Vec<(String, usize)>,
    width: usize,
    lateness: i64,
    time: Vec<(u16, i64, i64)>,
    promises: Vec<(u16, bool)>,
    waits: Vec<(u16, i64)>,
}

impl<'a> Tally<'a> {
    /// No rows so far.
    pub fn new(
        blueprint: &'a Blueprint,
        zone: &'a Zone,
        questionnaires: &'a [Questionnaire],
        catalogue: Catalogue,
    ) -> Self {
        let (cells, populations) = (FxHashMap::default(), FxHashMap::default());
        Self { blueprint, zone, questionnaires, catalogue, cells, populations }
    }

    /// The passage of a stored trace.
    pub fn passage(&mut self, trace: &str) -> Result<Passage> {
        let trace = Trace::parse(trace)?;
        let mut passage = self.of_elements(elements::rated(&trace, self.blueprint));
        self.add_time(&trace, &mut passage);
        Ok(passage)
    }

    /// The passage of a response whose journey nobody knows: what it was asked about.
    pub fn unknown_passage(&mut self, response: &Response<'_>) -> Result<Passage> {
        let mut asked = BTreeSet::new();
        let read = answers::each(response.answers, |code, _| asked.extend(code.parse::<Element>().ok()));
        read.map_err(|failure| unreadable(&failure))?;
        asked.retain(Element::is_rated);
        Ok(self.of_elements(asked))
    }

    /// Adds a journey, answered or not, to the population of its atom.
    pub fn journey(&mut self, atom: i64, finished_at: Instant, passage: &Passage) {
        let key = Key { atom, variant: passage.variant, version: 0, replicate: self.zone.replicate(finished_at) };
        let Passage { lateness, time, promises, waits, .. } = passage;
        self.populations.entry(key).or_default().add(&Journey { lateness: *lateness, time, promises, waits });
    }

    /// Adds a response to the answers of its atom.
    pub fn response(&mut self, atom: i64, response: &Response<'_>, passage: &Passage) -> Result<()> {
        let unknown = || Error::Internal(format!("there is no questionnaire {}", response.version));
        let asked = self.questionnaires.iter().find(|asked| asked.version == response.version).ok_or_else(unknown)?;
        let mut items = vec![None; passage.width];
        let read = answers::each(response.answers, |code, answer| {
            if let Some((_, place)) = passage.items.iter().find(|(known, _)| known == code)
                && let Some(loss) = loss(asked, &answer)
            {
                // Of several handoffs that are told together, the worst one counts.
                items[*place] = items[*place].max(Some(loss));
            }
        });
        read.map_err(|failure| unreadable(&failure))?;
        let outcome = response.outcome.map(|rating| within(asked.outcome.loss(rating), asked.outcome.range()));
        let replicate = self.zone.replicate(response.answered_at);
        let key = Key { atom, variant: passage.variant, version: response.version, replicate };
        let row = Row { outcome, lateness: passage.lateness, items: &items, time: &passage.time };
        let cell = self.cells.entry(key).or_insert_with(|| Cell::new(passage.width));
        cell.add(&row).map_err(|refused| Error::Internal(format!("a response cannot be summed: {refused}")))
    }

    fn of_elements(&mut self, rated: BTreeSet<Element>) -> Passage {
        let placed: Vec<(String, u16)> =
            rated.iter().filter_map(|element| Some((element.to_string(), self.catalogue.rated(element)?))).collect();
        let order: Vec<u16> = placed.iter().map(|(_, place)| *place).collect::<BTreeSet<_>>().into_iter().collect();
        let place = |position: u16| order.partition_point(|known| *known < position);
        Passage {
            variant: self.catalogue.variant(&order),
            items: placed.into_iter().map(|(code, position)| (code, place(position))).collect(),
            width: order.len(),
            ..Passage::default()
        }
    }

    fn add_time(&mut self, trace: &Trace, passage: &mut Passage) {
        let timing = timing::timing(trace, self.blueprint);
        let mut slips: Vec<(u16, i64)> = Vec::new();
        for (element, minutes) in &timing.slips {
            slips.extend(self.catalogue.timed(element).map(|place| (place, *minutes)));
        }
        if let (Some(late), Some(last), true) = (trace.late, self.last_step(trace), slips.is_empty()) {
            // Known only as a whole: the customer met it where the journey ended.
            slips.extend(self.catalogue.timed(&Element::Promise(last)).map(|place| (place, late)));
        }
        let minutes: Vec<i64> = slips.iter().map(|(_, minutes)| *minutes).collect();
        let shares = share_out(&minutes, i64::from(self.blueprint.buffer_minutes));
        let shared = slips.iter().zip(shares.lost.iter().zip(&shares.won));
        passage.lateness = shares.felt;
        passage.time = summed(shared.map(|((place, _), (lost, won))| (*place, *lost, *won)));
        for (element, promises) in &timing.promises {
            if let Some(place) = self.catalogue.timed(element) {
                passage.promises.extend((0..promises.made).map(|nth| (place, nth < promises.kept)));
            }
        }
        for (element, minutes) in &timing.waits {
            passage.waits.extend(self.catalogue.timed(element).map(|place| (place, *minutes)));
        }
    }

    /// The step at which a journey ended, as far as its events or else its answer say.
    fn last_step(&self, trace: &Trace) -> Option<String> {
        let place = |step: &&str| self.blueprint.position(step);
        let of_parts = || trace.parts.iter().flat_map(Element::steps).max_by_key(place).map(str::to_owned);
        trace.events.last().map(|event| event.step.to_string()).or_else(of_parts)
    }
}

/// One entry for each element that lost or won anything.
fn summed(time: impl Iterator<Item = (u16, i64, i64)>) -> Vec<(u16, i64, i64)> {
    let mut out: Vec<(u16, i64, i64)> = Vec::new();
    for (place, lost, won) in time.filter(|(_, lost, won)| (*lost, *won) != (0, 0)) {
        match out.iter_mut().find(|(known, ..)| *known == place) {
            Some((_, all_lost, all_won)) => (*all_lost, *all_won) = (*all_lost + lost, *all_won + won),
            None => out.push((place, lost, won)),
        }
    }
    out
}

fn loss(asked: &Questionnaire, answer: &Answer) -> Option<i64> {
    asked.loss(answer).map(|loss| within(loss, asked.item.range()))
}

/// A loss inside its scale: what lies outside was refused when it came in.
fn within(loss: i32, range: i32) -> i64 {
    i64::from(loss.clamp(0, range))
}

fn unreadable(failure: &serde_json::Error) -> Error {
    Error::Internal(format!("stored answers cannot be read: {failure}"))
}
