//! Rows become integer cells: a row is read, added to the sums of its atom, and forgotten.

use std::collections::BTreeSet;
use std::sync::Arc;

use relais_analytics::cell::{Cell, Journey, Population, Row};
use relais_analytics::lateness::share_out;
use rustc_hash::FxHashMap;

use crate::calendar::Zone;
use crate::clock::Instant;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::journey::trace::Trace;
use crate::journey::{Blueprint, timing};
use crate::survey::{Answer, Questionnaire};

use super::answers;
use super::catalogue::Catalogue;
use super::path::{Path, Paths};

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
    paths: Paths,
    replicates: FxHashMap<i64, i32>,
}

/// The sums need to know this of a journey; computed once for its response and itself.
#[derive(Clone, Debug)]
pub struct Passage {
    path: Arc<Path>,
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
        Self {
            blueprint,
            zone,
            questionnaires,
            catalogue,
            cells: FxHashMap::default(),
            populations: FxHashMap::default(),
            paths: Paths::default(),
            replicates: FxHashMap::default(),
        }
    }

    /// The passage of a stored trace.
    pub fn passage(&mut self, trace: &str) -> Result<Passage> {
        let trace = Trace::parse(trace)?;
        let path = self.paths.of(&trace, self.blueprint, &mut self.catalogue);
        let mut slips = Slips::default();
        let mut promises = Vec::new();
        timing::charges(&trace.events, |charge| {
            let Some(place) = path.owner(charge.whose).place(&mut self.catalogue) else { return };
            slips.add(place, charge.slip);
            promises.extend(charge.kept.map(|kept| (place, kept)));
        });
        if let (Some(late), Some(last), true) = (trace.late, &path.last, slips.0.is_empty()) {
            // Known only as a whole: the customer met it where the journey ended.
            slips.0.extend(last.place(&mut self.catalogue).map(|place| (place, late)));
        }
        let waits = path.passages.iter().map(|(place, passage)| (*place, passage.wait(&trace.events))).collect();
        let (lateness, time) = slips.share_out(i64::from(self.blueprint.buffer_minutes));
        Ok(Passage { path, lateness, time, promises, waits })
    }

    /// The passage of a response whose journey nobody knows: what it was asked about.
    pub fn unknown_passage(&mut self, response: &Response<'_>) -> Result<Passage> {
        let mut asked = BTreeSet::new();
        let read = answers::each(response.answers, |code, _| asked.extend(code.parse::<Element>().ok()));
        read.map_err(|failure| unreadable(&failure))?;
        asked.retain(Element::is_rated);
        let path = Arc::new(Path::of_elements(asked, &mut self.catalogue));
        Ok(Passage { path, lateness: 0, time: Vec::new(), promises: Vec::new(), waits: Vec::new() })
    }

    /// Adds a journey, answered or not, to the population of its atom.
    pub fn journey(&mut self, atom: i64, finished_at: Instant, passage: &Passage) {
        let key = Key { atom, variant: passage.path.variant, version: 0, replicate: self.replicate(finished_at) };
        let Passage { lateness, time, promises, waits, .. } = passage;
        self.populations.entry(key).or_default().add(&Journey { lateness: *lateness, time, promises, waits });
    }

    /// Adds a response to the answers of its atom.
    pub fn response(&mut self, atom: i64, response: &Response<'_>, passage: &Passage) -> Result<()> {
        let unknown = || Error::Internal(format!("there is no questionnaire {}", response.version));
        let asked = self.questionnaires.iter().find(|asked| asked.version == response.version).ok_or_else(unknown)?;
        let path = &passage.path;
        let mut items = vec![None; path.width];
        let read = answers::each(response.answers, |code, answer| {
            if let Some((_, place)) = path.items.iter().find(|(known, _)| known == code)
                && let Some(loss) = loss(asked, &answer)
            {
                // Of several handoffs that are told together, the worst one counts.
                items[*place] = items[*place].max(Some(loss));
            }
        });
        read.map_err(|failure| unreadable(&failure))?;
        let outcome = response.outcome.map(|rating| within(asked.outcome.loss(rating), asked.outcome.range()));
        let replicate = self.replicate(response.answered_at);
        let key = Key { atom, variant: path.variant, version: response.version, replicate };
        let row = Row { outcome, lateness: passage.lateness, items: &items, time: &passage.time };
        let cell = self.cells.entry(key).or_insert_with(|| Cell::new(path.width));
        cell.add(&row).map_err(|refused| Error::Internal(format!("a response cannot be summed: {refused}")))
    }

    /// The replicate group of an instant. Days begin at a quarter of an hour everywhere, so a quarter has one group.
    fn replicate(&mut self, instant: Instant) -> i32 {
        let zone = self.zone;
        *self.replicates.entry(instant.div_euclid(900)).or_insert_with(|| zone.replicate(instant))
    }
}

/// Minutes by element, for as few elements as a journey has.
#[derive(Default)]
struct Slips(Vec<(u16, i64)>);

impl Slips {
    fn add(&mut self, place: u16, minutes: i64) {
        match self.0.iter_mut().find(|(known, _)| *known == place) {
            Some((_, slip)) => *slip += minutes,
            None => self.0.push((place, minutes)),
        }
    }

    /// Lateness felt, and what each element lost and won of it.
    fn share_out(&self, buffer: i64) -> (i64, Vec<(u16, i64, i64)>) {
        let minutes: Vec<i64> = self.0.iter().map(|(_, minutes)| *minutes).collect();
        let shares = share_out(&minutes, buffer);
        let shared = self.0.iter().zip(shares.lost.iter().zip(&shares.won));
        let time = shared.map(|((place, _), (lost, won))| (*place, *lost, *won));
        (shares.felt, time.filter(|(_, lost, won)| (*lost, *won) != (0, 0)).collect())
    }
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
