//! The sums over all journeys of a group, answered or not.

use super::bytes::{Reader, write_signed, write_unsigned};
use super::error::DecodeError;
use super::margin::{self, Channel, Margin};
use super::tally::Tally;
use super::waits;
use crate::Position;
use crate::timings::{Coverage, Timings};
use std::collections::BTreeMap;

/// The first byte of an encoded population: which format it is in.
const FORMAT: u8 = 0xA3;
/// The format before populations told whose timings are whole.
const WITHOUT_TIMINGS: u8 = 0xA2;
/// The format before populations told the lateness and the channel of their journeys.
const WITHOUT_MARGINS: u8 = 0xA1;

/// One journey, as a population takes it in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Journey<'a> {
    /// Whether all its times are known. The lateness, the minutes and the credits of a journey of
    /// which they are not are counted nowhere: what is not known is not punctual.
    pub timings: Timings,
    /// Lateness felt, in minutes: [`Lateness::felt`](crate::lateness::Lateness::felt).
    pub lateness: i64,
    /// Minutes lost and won of timed elements: position, lost, won (at least 0). What is absent is
    /// 0.
    pub time: &'a [(Position, i64, i64)],
    /// What its slips are credited with against all journeys of its path, where that was computed:
    /// see [`crate::swap`]. What is absent is 0.
    pub credits: Option<&'a [(Position, i64)]>,
    /// Promises: the timed element that made it, and whether it was kept.
    pub promises: &'a [(Position, bool)],
    /// Waits: the handoff and its minutes; a negative wait (the next step began before) counts as
    /// 0.
    pub waits: &'a [(Position, i64)],
    /// Through which channel it came, see [`NO_CHANNEL`](super::NO_CHANNEL).
    pub channel: Channel,
}

/// Integer sums over all journeys: count, lateness felt, minutes lost and won, promises made and
/// kept, waits, and how many there are of each [`Margin`]. Minutes are those of journeys whose
/// timings are whole; [`Population::coverage`] says how many these are, and
/// [`Strata`](crate::reweighting::Strata) makes them speak for the others.
///
/// ```
/// use relais_analytics::cell::{Journey, Population};
///
/// let mut all = Population::new();
/// let journey = Journey {
///     lateness: 60,
///     time: &[(4, 60, 0)],
///     promises: &[(4, false)],
///     waits: &[(2, 25)],
///     channel: 1,
///     ..Journey::default()
/// };
/// all.add(&journey);
/// assert_eq!(all.promises().collect::<Vec<_>>(), [(4, 1, 0)]);
/// assert_eq!(all.wait_quantile(2, 0.5), Some(25.0));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Population {
    count: i64,
    lateness: i64,
    time: Tally<2>,
    promises: Tally<2>,
    waits: BTreeMap<Position, Tally<1>>,
    margins: Tally<1>,
    /// Journeys whose timings are not whole.
    partial: i64,
    /// Journeys that were summed before anybody asked: they count as whole in all sums.
    unstated: i64,
    /// Journeys of whole timings that were credited.
    credited: i64,
    credits: Tally<1>,
}

impl Population {
    /// No journeys.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many journeys.
    pub fn count(&self) -> i64 {
        self.count
    }

    /// How many of them have whole timings.
    pub fn coverage(&self) -> Coverage {
        Coverage { journeys: self.count, partial: self.partial, unstated: self.unstated }
    }

    /// How many journeys stand behind the minutes: those of whole timings, and those summed before
    /// it was asked.
    pub fn charged(&self) -> i64 {
        self.count.wrapping_sub(self.partial)
    }

    /// Lateness felt by those of whole timings together, in minutes.
    pub fn lateness(&self) -> i64 {
        self.lateness
    }

    /// Minutes lost and won by those of whole timings: position, lost, won.
    pub fn time(&self) -> impl Iterator<Item = (Position, i64, i64)> + '_ {
        self.time.iter().map(|(position, [lost, won])| (position, lost, won))
    }

    /// How many journeys of whole timings were credited, see [`Journey::credits`].
    pub fn credited(&self) -> i64 {
        self.credited
    }

    /// Their credits, in sixtieths of a minute: position, sum.
    pub fn credits(&self) -> impl Iterator<Item = (Position, i64)> + '_ {
        self.credits.iter().map(|(position, [sum])| (position, sum))
    }

    /// Promises: position, made, kept.
    pub fn promises(&self) -> impl Iterator<Item = (Position, i64, i64)> + '_ {
        self.promises.iter().map(|(position, [made, kept])| (position, made, kept))
    }

    /// How many journeys there are of each margin. What was summed before margins were kept stands
    /// under `None`.
    pub fn margins(&self) -> impl Iterator<Item = (Option<Margin>, i64)> + '_ {
        let of_known = self.margins.iter().fold(0i64, |sum, (_, [count])| sum.wrapping_add(count));
        let rest = self.count.wrapping_sub(of_known);
        let known = self.margins.iter().map(|(key, [count])| (margin::of_key(key), count));
        known.chain((rest != 0).then_some((None, rest)))
    }

    /// How many waits a handoff has.
    pub fn waits(&self, handoff: Position) -> i64 {
        self.waits.get(&handoff).map_or(0, |bins| bins.iter().map(|(_, [count])| count).sum())
    }

    /// The `share` quantile (0.5 is the median) of a handoff's waits in minutes, interpolated
    /// between the two nearest ranks as users' tools do, each read within
    /// [`WAIT_ERROR`](super::WAIT_ERROR); `None` without waits.
    pub fn wait_quantile(&self, handoff: Position, share: f64) -> Option<f64> {
        waits::quantile(self.waits.get(&handoff)?, share)
    }

    /// Adds one journey.
    pub fn add(&mut self, journey: &Journey<'_>) {
        self.count_in(journey, 1);
    }

    /// Credits the slips of a journey of whole timings that was added without credits: what they
    /// are worth beside the others of its path is known when all of these are
    /// ([`Reference`](crate::swap::Reference)).
    pub fn credit(&mut self, credits: &[(Position, i64)]) {
        self.credited = self.credited.wrapping_add(1);
        credits.iter().for_each(|(position, sum)| self.credits.add(*position, [*sum], 1));
    }

    /// Takes one journey out again: the inverse of [`Population::add`].
    pub fn remove(&mut self, journey: &Journey<'_>) {
        self.count_in(journey, -1);
    }

    /// Adds another population.
    pub fn merge(&mut self, other: &Self) {
        self.combine(other, 1);
    }

    /// Takes another population out again: the inverse of [`Population::merge`].
    pub fn subtract(&mut self, other: &Self) {
        self.combine(other, -1);
    }

    /// As versioned compact bytes; equal populations give equal bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![FORMAT];
        write_signed(&mut out, self.count);
        write_signed(&mut out, self.lateness);
        self.time.encode(&mut out);
        self.promises.encode(&mut out);
        write_unsigned(&mut out, self.waits.len() as u64);
        for (&handoff, bins) in &self.waits {
            write_unsigned(&mut out, u64::from(handoff));
            bins.encode(&mut out);
        }
        self.margins.encode(&mut out);
        for count in [self.partial, self.unstated, self.credited] {
            write_signed(&mut out, count);
        }
        self.credits.encode(&mut out);
        out
    }

    /// Reads what [`Population::encode`] wrote, also before there were margins, and before it was
    /// asked whose timings are whole. Never panics.
    ///
    /// # Errors
    /// [`DecodeError`] says what is wrong with the bytes, and where.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let (mut reader, format) = Reader::new(bytes, &[FORMAT, WITHOUT_TIMINGS, WITHOUT_MARGINS])?;
        let count = reader.signed()?;
        let lateness = reader.signed()?;
        let time = Tally::decode(&mut reader)?;
        let promises = Tally::decode(&mut reader)?;
        let waits = decode_waits(&mut reader)?;
        let margins =
            if format == WITHOUT_MARGINS { Tally::default() } else { margin::decode(&mut reader)? };
        let mut all = Self { count, lateness, time, promises, waits, margins, ..Self::default() };
        if format == FORMAT {
            all.partial = reader.signed()?;
            all.unstated = reader.signed()?;
            all.credited = reader.signed()?;
            all.credits = Tally::decode(&mut reader)?;
        } else {
            all.unstated = count;
        }
        reader.finish()?;
        Ok(all)
    }

    pub(crate) fn times(&self) -> &Tally<2> {
        &self.time
    }

    pub(crate) fn credit_sums(&self) -> &Tally<1> {
        &self.credits
    }

    /// The same journeys with the minutes and credits that all of them are taken to have.
    pub(crate) fn spoken_for(&self, time: Tally<2>, credits: Tally<1>, credited: i64) -> Self {
        let left =
            |sum: i64, (_, [lost, won]): (u16, [i64; 2])| sum.wrapping_add(lost).wrapping_sub(won);
        let lateness = time.iter().fold(0, left);
        Self { lateness, time, credits, credited, partial: 0, ..self.clone() }
    }

    fn count_in(&mut self, journey: &Journey<'_>, sign: i64) {
        self.count = self.count.wrapping_add(sign);
        self.margins.add(margin::key(journey.lateness, journey.channel), [1], sign);
        match journey.timings {
            Timings::Partial => self.partial = self.partial.wrapping_add(sign),
            Timings::Unstated => self.unstated = self.unstated.wrapping_add(sign),
            Timings::Whole => {}
        }
        if journey.timings != Timings::Partial {
            self.time_in(journey, sign);
        }
        for &(position, kept) in journey.promises {
            self.promises.add(position, [1, i64::from(kept)], sign);
        }
        for &(handoff, minutes) in journey.waits {
            self.waits.entry(handoff).or_default().add(waits::bin(minutes), [1], sign);
            self.forget_if_empty(handoff);
        }
    }

    fn time_in(&mut self, journey: &Journey<'_>, sign: i64) {
        self.lateness = self.lateness.wrapping_add(journey.lateness.wrapping_mul(sign));
        for &(position, lost, won) in journey.time {
            self.time.add(position, [lost, won], sign);
        }
        if let Some(credits) = journey.credits {
            self.credited = self.credited.wrapping_add(sign);
            credits.iter().for_each(|(position, sum)| self.credits.add(*position, [*sum], sign));
        }
    }

    fn combine(&mut self, other: &Self, sign: i64) {
        let counts = [
            (&mut self.partial, other.partial),
            (&mut self.unstated, other.unstated),
            (&mut self.credited, other.credited),
        ];
        for (count, more) in counts {
            *count = count.wrapping_add(more.wrapping_mul(sign));
        }
        self.credits.merge(&other.credits, sign);
        self.count = self.count.wrapping_add(other.count.wrapping_mul(sign));
        self.lateness = self.lateness.wrapping_add(other.lateness.wrapping_mul(sign));
        self.time.merge(&other.time, sign);
        self.promises.merge(&other.promises, sign);
        self.margins.merge(&other.margins, sign);
        for (&handoff, bins) in &other.waits {
            self.waits.entry(handoff).or_default().merge(bins, sign);
            self.forget_if_empty(handoff);
        }
    }

    /// Keeps equal sums equal values: a handoff whose waits were all taken out is as if it had had
    /// none.
    fn forget_if_empty(&mut self, handoff: Position) {
        if self.waits.get(&handoff).is_some_and(Tally::is_empty) {
            self.waits.remove(&handoff);
        }
    }
}

fn decode_waits(reader: &mut Reader<'_>) -> Result<BTreeMap<Position, Tally<1>>, DecodeError> {
    let mut waits = BTreeMap::new();
    let handoffs = reader.at_most(1 << 16, "number of handoffs")?;
    for _ in 0..handoffs {
        let handoff = reader.at_most(u64::from(u16::MAX), "handoff")? as Position;
        let bins = Tally::decode(reader)?;
        let in_order = waits.last_key_value().is_none_or(|(&before, _)| before < handoff);
        if !in_order || bins.is_empty() {
            return Err(reader.impossible("order of handoffs, or an empty one,"));
        }
        waits.insert(handoff, bins);
    }
    Ok(waits)
}
