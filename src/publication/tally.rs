//! Rows become integer cells: a row is read, added to the sums of its atom, and forgotten.

use std::collections::BTreeSet;
use std::sync::Arc;

use relais_analytics::Flow;
use relais_analytics::cell::{Cell, Channel, Details, Journey, Population, Row};
use relais_analytics::lateness::share_out;
use rustc_hash::FxHashMap;

use crate::blueprint::Blueprint;
use crate::calendar::Zone;
use crate::clock::Instant;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::journey::timing;
use crate::journey::trace::{Event, Trace};
use crate::survey::Questionnaire;

use super::answers;
use super::catalogue::Catalogue;
use super::ratings::{Ratings, within};
use super::step_sequence::{Path, Paths};

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
    /// Whether somebody suggested what to answer, if that was asked and answered.
    pub pressed: Option<bool>,
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
    /// The process measures, by atom.
    pub flows: FxHashMap<i64, Flow>,
    paths: Paths,
    replicates: FxHashMap<i64, i32>,
}

/// The sums need to know this of a journey; computed once for its response and itself.
#[derive(Clone, Debug)]
pub struct TalliedJourney {
    path: Arc<Path>,
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
            flows: FxHashMap::default(),
            paths: Paths::default(),
            replicates: FxHashMap::default(),
        }
    }

    /// The journey of a stored journey: its trace and its attributes.
    pub fn tallied(&mut self, trace: &str, attributes: Option<&str>) -> Result<TalliedJourney> {
        let trace = Trace::parse(trace)?;
        let path = self.paths.of(&trace, self.blueprint, &mut self.catalogue);
        let mut slips = Slips::default();
        let mut late = Vec::new();
        timing::charges(&trace.events, |charge| {
            let Some(place) = path.owner(charge.whose).place(&mut self.catalogue) else { return };
            slips.add(place, charge.slip);
            late.extend(charge.late.map(|minutes| (place, minutes * 60)));
        });
        let mut broken = late.iter().any(|(_, seconds)| *seconds > 0);
        if let (Some(minutes), Some(last), true) = (trace.late, &path.last, slips.0.is_empty()) {
            // Known only as a whole: the customer met it where the journey ended.
            slips.0.extend(last.place(&mut self.catalogue).map(|place| (place, minutes)));
            broken |= minutes > 0;
        }
        let waits = path
            .handoffs
            .iter()
            .map(|(place, journey)| (*place, journey.wait(&trace.events)))
            .collect();
        let (lateness, time) = slips.share_out(i64::from(self.blueprint.buffer_minutes));
        let promises = late.iter().map(|(place, seconds)| (*place, *seconds <= 0)).collect();
        let channel = Some(self.catalogue.channel(answers::channel(attributes)?.as_deref()));
        Ok(TalliedJourney {
            path,
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
        let read =
            answers::each(response.answers, |code, _| asked.extend(code.parse::<Element>().ok()));
        read.map_err(|failure| unreadable(&failure))?;
        asked.retain(Element::is_rated);
        let path = Arc::new(Path::of_elements(asked, &mut self.catalogue));
        let (time, promises, waits, events, late) = Default::default();
        Ok(TalliedJourney {
            path,
            lateness: 0,
            time,
            promises,
            waits,
            events,
            late,
            broken: false,
            channel: None,
        })
    }

    /// Adds a journey, answered or not, to the population and to the flow of its atom.
    pub fn journey(&mut self, atom: i64, finished_at: Instant, journey: &TalliedJourney) {
        let key = Key {
            atom,
            variant: journey.path.variant,
            version: 0,
            replicate: self.replicate(finished_at),
        };
        let TalliedJourney { lateness, time, promises, waits, .. } = journey;
        let channel = journey.channel.unwrap_or_default();
        self.populations.entry(key).or_default().add(&Journey {
            lateness: *lateness,
            time,
            promises,
            waits,
            channel,
        });
        if let Some(walk) = &journey.path.walk {
            walk.count(&journey.events, &journey.late, self.flows.entry(atom).or_default());
        }
    }

    /// Adds a response to the answers of its atom.
    pub fn response(
        &mut self,
        atom: i64,
        response: &Response<'_>,
        journey: &TalliedJourney,
    ) -> Result<()> {
        let unknown = || Error::Internal(format!("there is no questionnaire {}", response.version));
        let asked = self
            .questionnaires
            .iter()
            .find(|asked| asked.version == response.version)
            .ok_or_else(unknown)?;
        let path = &journey.path;
        let mut said = Ratings::new(path.width);
        let read = answers::each(response.answers, |code, answer| {
            if let Some(item) = path.items.iter().find(|item| item.code == code) {
                said.add(asked, item, &answer);
            }
        });
        read.map_err(|failure| unreadable(&failure))?;
        let outcome = response
            .outcome
            .map(|rating| within(asked.outcome.loss(rating), asked.outcome.range()));
        let replicate = self.replicate(response.answered_at);
        let key = Key { atom, variant: path.variant, version: response.version, replicate };
        let row =
            Row { outcome, lateness: journey.lateness, items: &said.items, time: &journey.time };
        let details = Details {
            channel: journey.channel,
            broken: journey.broken,
            pressed: response.pressed,
            ..said.details(asked)
        };
        let cell = self.cells.entry(key).or_insert_with(|| Cell::new(path.width));
        let added = cell.add_with(&row, &details);
        added.map_err(|refused| {
            Error::Internal(format!("a response cannot be summed: {refused}"))
        })?;
        if let (Some(walk), Some(loss), Ok(version)) =
            (&path.walk, outcome, u16::try_from(response.version))
        {
            self.flows.entry(atom).or_default().answer(walk.path, version, loss);
        }
        Ok(())
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

fn unreadable(failure: &serde_json::Error) -> Error {
    Error::Internal(format!("stored answers cannot be read: {failure}"))
}

#[cfg(test)]
mod tests {
    use smallvec::smallvec;

    use crate::blueprint::Step;
    use crate::journey::elements;
    use crate::journey::trace::Event;
    use crate::publication::catalogue::Sample;
    use crate::publication::tally::*;
    use crate::survey::Scale;

    const DAY: i64 = 86_400;

    fn garage() -> Blueprint {
        let step = |code: &str| Step { frontstage: code != "PLAN", ..Step::seen(code) };
        let planned = Step { planned_by: Some("PLAN".to_owned()), ..step("RECEP") };
        Blueprint {
            steps: vec![step("CALL"), step("PLAN"), planned, step("WORK")],
            ..Blueprint::unknown("repair")
        }
    }

    /// Offered two days later than asked for; reception a day late, which the workshop won back.
    fn trace() -> String {
        let events = vec![
            Event::new("CALL", Some(0), Some(600)),
            Event {
                promised: smallvec![5 * DAY],
                requested: Some(3 * DAY),
                ..Event::new("RECEP", Some(5 * DAY), Some(6 * DAY))
            },
            Event {
                promised: smallvec![7 * DAY],
                ..Event::new("WORK", Some(6 * DAY + 3_600), Some(7 * DAY))
            },
        ];
        Trace { events, ..Trace::default() }.to_json()
    }

    fn response(answers: &str) -> Response<'_> {
        Response { version: 1, answered_at: 8 * DAY, outcome: Some(7), answers, pressed: None }
    }

    fn position(tally: &mut Tally<'_>, code: &str) -> u16 {
        let element: Element = code.parse().unwrap();
        tally
            .catalogue
            .timed(&element)
            .filter(|_| !element.is_rated())
            .or(tally.catalogue.rated(&element))
            .unwrap()
    }

    #[test]
    fn a_row_becomes_the_sums_that_the_method_asks_for() {
        let (garage, zone, asked) =
            (garage(), Zone::utc(), [Questionnaire::imported(1, Scale::TEN, Scale::TEN)]);
        let (mut catalogue, mut sample) = (Catalogue::default(), Sample::default());
        sample.add(elements::rated(&Trace::parse(&trace()).unwrap(), &garage), None);
        catalogue.grow(&sample);
        let mut tally = Tally::new(&garage, &zone, &asked, catalogue);
        let journey = tally.tallied(&trace(), None).unwrap();
        tally.journey(5, 7 * DAY, &journey);
        tally
            .response(
                5,
                &response(r#"{"step:CALL":9,"handoff:RECEP:WORK":4,"step:WORK":null}"#),
                &journey,
            )
            .unwrap();
        let (plan, recep) =
            (position(&mut tally, "promise:PLAN"), position(&mut tally, "promise:RECEP"));
        let handoff = position(&mut tally, "handoff:RECEP:WORK");
        let (key, population) = tally.populations.iter().next().unwrap();
        assert_eq!((key.atom, key.version, key.replicate), (5, 0, zone.replicate(7 * DAY)));
        // Slips of 2, 1 and −1 days against half a day: 1.5 felt, 2.5 had nobody won anything back.
        assert_eq!(population.lateness(), 36 * 60);
        let time: Vec<_> = population.time().collect();
        assert!(
            time.contains(&(plan, 40 * 60, 0)) && time.contains(&(recep, 20 * 60, 0)),
            "{time:?}"
        );
        assert_eq!(time.iter().map(|(_, lost, won)| lost - won).sum::<i64>(), 36 * 60);
        assert!(population.promises().any(|kept| kept == (recep, 1, 0)));
        assert_eq!(population.waits(handoff), 1);
        let (key, cell) = tally.cells.iter().next().unwrap();
        assert_eq!((key.version, cell.count(), cell.elements()), (1, 1, 5));
        assert_eq!(cell.outcomes().collect::<Vec<_>>(), [(3, 1)]);
        assert_eq!(
            (0..5).map(|k| cell.asked(k)).sum::<i64>(),
            2,
            "who does not know has not answered"
        );
    }

    #[test]
    fn lateness_known_only_as_a_whole_belongs_to_the_last_step() {
        let (garage, zone, asked) =
            (garage(), Zone::utc(), [Questionnaire::imported(1, Scale::TEN, Scale::TEN)]);
        let mut tally = Tally::new(&garage, &zone, &asked, Catalogue::default());
        let parts = ["step:WORK", "step:CALL", "handoff:CALL:WORK"]
            .map(|code| code.parse().unwrap())
            .to_vec();
        let journey = tally
            .tallied(&Trace { late: Some(2 * 1440), parts, ..Trace::default() }.to_json(), None)
            .unwrap();
        tally.journey(1, 0, &journey);
        let work = position(&mut tally, "promise:WORK");
        let population = tally.populations.values().next().unwrap();
        assert_eq!(population.time().collect::<Vec<_>>(), [(work, 36 * 60, 0)]);
    }

    #[test]
    fn a_path_is_told_apart_from_another_and_an_unknown_journey_has_what_was_asked() {
        let (garage, zone, asked) =
            (garage(), Zone::utc(), [Questionnaire::imported(1, Scale::TEN, Scale::TEN)]);
        let mut tally = Tally::new(&garage, &zone, &asked, Catalogue::default());
        let of = |codes: &[&str]| {
            let events = codes
                .iter()
                .zip(0..)
                .map(|(code, at)| Event::new(code, Some(at), Some(at)))
                .collect();
            Trace { events, ..Trace::default() }.to_json()
        };
        let one = tally.tallied(&of(&["CALL", "WORK"]), None).unwrap().path.variant;
        let other = tally.tallied(&of(&["CALLWORK"]), None).unwrap().path.variant;
        assert_ne!(one, other);
        assert_eq!(
            tally.tallied(&of(&["CALL", "PLAN", "WORK"]), None).unwrap().path.variant,
            one,
            "nobody meets planning"
        );
        let unknown = response(r#"{"step:CALL":9,"handoff:CALL:WORK":null,"promise:X":3}"#);
        let journey = tally.journey_of_answer(&unknown).unwrap();
        tally.response(1, &unknown, &journey).unwrap();
        assert_eq!(tally.cells.values().next().unwrap().elements(), 2);
        assert!(tally.response(1, &Response { version: 9, ..unknown }, &journey).is_err());
    }
}
