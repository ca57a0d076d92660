//! Rows become integer cells: a row is read, added to the sums of its atom, and forgotten, but for
//! its slips, which are held against those of all journeys of its path (`slips`).

use std::collections::BTreeSet;
use std::sync::Arc;

use relais_analytics::Flow;
use relais_analytics::cell::{Cell, Channel, Details, Journey, Population, Row};
use relais_analytics::timings::Timings;
use rustc_hash::FxHashMap;

use crate::blueprint::Blueprint;
use crate::calendar::Zone;
use crate::clock::Instant;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::journey::timing;
use crate::journey::trace::{Event, Trace};
use crate::survey::Questionnaire;

use crate::publication::answers;
use crate::publication::catalogue::Catalogue;
use crate::publication::ratings::{Ratings, within};
use crate::publication::step_sequence::{StepSequence, StepSequences};
use crate::publication::usual_times::UsualTimes;

pub mod key;
mod slips;
#[cfg(test)]
mod tests;

pub use key::Key;
use slips::{PathSlips, Slips};

#[derive(Clone, Copy, Debug)]
pub struct Response<'a> {
    pub version: i32,
    pub answered_at: Instant,
    pub outcome: Option<i32>,
    /// JSON of the answers.
    pub answers: &'a str,
    /// Whether somebody suggested what to answer, if that was asked and answered.
    pub pressed: Option<bool>,
}

#[derive(Debug)]
pub struct Tally<'a> {
    blueprint: &'a Blueprint,
    zone: &'a Zone,
    questionnaires: &'a [Questionnaire],
    usual: &'a UsualTimes,
    /// The numbers of elements and variants, which the rows may add to.
    pub catalogue: Catalogue,
    pub cells: FxHashMap<Key, Cell>,
    pub populations: FxHashMap<Key, Population>,
    pub flows: FxHashMap<i64, Flow>,
    sequences: StepSequences,
    replicates: FxHashMap<i64, i32>,
    slips: PathSlips,
}

/// What the sums need to know of a journey; computed once for the journey and its response.
#[derive(Clone, Debug, Default)]
pub struct TalliedJourney {
    sequence: Arc<StepSequence>,
    timings: Timings,
    slips: Slips,
    lateness: i64,
    time: Vec<(u16, i64, i64)>,
    promises: Vec<(u16, bool)>,
    waits: Vec<(u16, i64)>,
    events: Vec<Event>,
    /// Promises, with the seconds by which they were late.
    late: Vec<(u16, i64)>,
    /// Whether the customer was promised something that was not kept.
    broken: bool,
    /// `None` when nobody knows the journey.
    channel: Option<Channel>,
}

impl TalliedJourney {
    /// The elements that its customer could rate.
    pub fn rated(&self) -> impl Iterator<Item = u16> {
        self.sequence.items.iter().map(|item| item.position)
    }

    /// Those that promised something.
    pub fn promised(&self) -> impl Iterator<Item = u16> {
        self.promises.iter().map(|(position, _)| *position)
    }

    /// Those that could have cost time, or won it back.
    pub fn timed(&self) -> impl Iterator<Item = u16> {
        let is_whole = self.timings == Timings::Whole;
        self.slips.places().filter(move |_| is_whole)
    }
}

impl<'a> Tally<'a> {
    /// No rows so far.
    pub fn new(
        blueprint: &'a Blueprint,
        zone: &'a Zone,
        questionnaires: &'a [Questionnaire],
        usual: &'a UsualTimes,
        catalogue: Catalogue,
    ) -> Self {
        Self {
            blueprint,
            zone,
            questionnaires,
            usual,
            catalogue,
            cells: FxHashMap::default(),
            populations: FxHashMap::default(),
            flows: FxHashMap::default(),
            sequences: StepSequences::default(),
            replicates: FxHashMap::default(),
            slips: PathSlips::default(),
        }
    }

    /// A journey from its stored trace and attributes.
    pub fn tallied(&mut self, trace: &str, attributes: Option<&str>) -> Result<TalliedJourney> {
        let trace = Trace::parse(trace)?;
        let sequence = self.sequences.of(&trace, self.blueprint, &mut self.catalogue);
        let mut slips = Slips::default();
        let mut late = Vec::new();
        timing::charges(&trace.events, |charge| {
            let Some(place) = sequence.owner(charge.bearer).place(&mut self.catalogue) else {
                return;
            };
            slips.add(place, charge.slip);
            late.extend(charge.late.map(|minutes| (place, minutes * 60)));
        });
        let mut broken = late.iter().any(|(_, seconds)| *seconds > 0);
        if let (Some(minutes), Some(last), true) = (trace.late, &sequence.last, slips.is_empty()) {
            // Known only as a whole: the customer met it where the journey ended.
            if let Some(place) = last.place(&mut self.catalogue) {
                slips.add(place, minutes);
            }
            broken |= minutes > 0;
        }
        let waits = sequence
            .handoffs
            .iter()
            .map(|(place, journey)| (*place, journey.wait(&trace.events)))
            .collect();
        let (lateness, time) = slips.share_out(i64::from(self.blueprint.buffer_minutes));
        let promises = late.iter().map(|(place, seconds)| (*place, *seconds <= 0)).collect();
        let channel = Some(self.catalogue.channel(answers::channel(attributes)?.as_deref()));
        Ok(TalliedJourney {
            sequence,
            timings: self.usual.timings(&trace),
            slips,
            lateness,
            time,
            promises,
            waits,
            events: trace.events,
            late,
            broken,
            channel,
        })
    }

    /// The journey of a response whose journey nobody knows: what it was asked about.
    pub fn journey_of_answer(&mut self, response: &Response<'_>) -> Result<TalliedJourney> {
        let mut asked = BTreeSet::new();
        answers::each(response.answers, |code, _| asked.extend(code.parse::<Element>().ok()))
            .map_err(|failure| unreadable(&failure))?;
        asked.retain(Element::is_rated);
        let sequence = Arc::new(StepSequence::of_elements(asked, &mut self.catalogue));
        let timings = self.usual.timings(&Trace::default());
        Ok(TalliedJourney { sequence, timings, ..TalliedJourney::default() })
    }

    /// Adds a journey, answered or not, to the population and to the flow of its atom.
    pub fn journey(&mut self, atom: i64, finished_at: Instant, journey: &TalliedJourney) {
        let key = Key {
            atom,
            variant: journey.sequence.variant,
            version: 0,
            is_timed: true,
            replicate: self.replicate(finished_at),
        };
        let TalliedJourney { timings, lateness, time, promises, waits, .. } = journey;
        self.populations.entry(key).or_default().add(&Journey {
            timings: *timings,
            lateness: *lateness,
            time,
            promises,
            waits,
            channel: journey.channel.unwrap_or_default(),
            credits: None,
        });
        if *timings == Timings::Whole {
            self.slips.add(key, &journey.slips);
        }
        if let Some(process) = &journey.sequence.process {
            process.count(&journey.events, &journey.late, self.flows.entry(atom).or_default());
        }
    }

    /// Credits the slips of all journeys against those of their path, once all have come.
    pub fn credit_slips(&mut self) {
        let buffer = i64::from(self.blueprint.buffer_minutes);
        std::mem::take(&mut self.slips).credit(buffer, |key, credits| {
            if let Some(population) = self.populations.get_mut(key) {
                population.credit(credits);
            }
        });
    }

    /// Adds a response to the answers of its atom.
    pub fn response(
        &mut self,
        atom: i64,
        response: &Response<'_>,
        journey: &TalliedJourney,
    ) -> Result<()> {
        let asked = self.questionnaire(response.version)?;
        let sequence = &journey.sequence;
        let mut ratings = Ratings::new(sequence.width);
        let read = answers::each(response.answers, |code, answer| {
            if let Some(item) = sequence.items.iter().find(|item| item.code == code) {
                ratings.add(asked, item, &answer);
            }
        });
        read.map_err(|failure| unreadable(&failure))?;
        let outcome = response
            .outcome
            .map(|rating| within(asked.outcome.loss(rating), asked.outcome.range()));
        let replicate = self.replicate(response.answered_at);
        let (variant, version) = (sequence.variant, response.version);
        let is_timed = journey.timings != Timings::Partial;
        let key = Key { atom, variant, version, is_timed, replicate };
        // What is known of times that are not whole says nothing of how late the journey was.
        let (lateness, time) =
            if is_timed { (journey.lateness, journey.time.as_slice()) } else { (0, &[][..]) };
        let row = Row { outcome, lateness, items: &ratings.items, time };
        let details = Details {
            channel: journey.channel,
            broken: journey.broken,
            pressed: response.pressed,
            ..ratings.details(asked)
        };
        let empty = || Cell::of_ranges(&Ratings::ranges(asked, &sequence.items, sequence.width));
        let cell = self.cells.entry(key).or_insert_with(empty);
        cell.add_with(&row, &details).map_err(|refused| {
            Error::Internal(format!("a response cannot be summed: {refused}"))
        })?;
        if let (Some(process), Some(loss), Ok(version)) =
            (&sequence.process, outcome, u16::try_from(response.version))
        {
            self.flows.entry(atom).or_default().answer(process.sequence, version, loss);
        }
        Ok(())
    }

    fn questionnaire(&self, version: i32) -> Result<&'a Questionnaire> {
        self.questionnaires
            .iter()
            .find(|asked| asked.version == version)
            .ok_or_else(|| Error::Internal(format!("there is no questionnaire {version}")))
    }

    /// The replicate group of an instant. Days begin at a quarter of an hour everywhere, so a
    /// quarter has one group.
    fn replicate(&mut self, instant: Instant) -> i32 {
        let zone = self.zone;
        *self.replicates.entry(instant.div_euclid(900)).or_insert_with(|| zone.replicate(instant))
    }
}

fn unreadable(failure: &serde_json::Error) -> Error {
    Error::Internal(format!("stored answers cannot be read: {failure}"))
}
