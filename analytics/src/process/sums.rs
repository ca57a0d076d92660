//! The sparse vector underneath a flow: coordinates, and integers at them.
//!
//! A coordinate is a number of 56 bits: what is counted (8), two numbers of the catalogue (16
//! each), and 16 bits more, which in a series of durations are the bin, or 0 for their sum. In
//! ascending order the numbers of a series stand together, so that encoded as distances they are
//! short.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::Position;
use crate::cell::DecodeError;
use crate::cell::bytes::{Reader, write_signed, write_unsigned};
use crate::durations::{Durations, bin};

/// The first byte of an encoded flow: which format it is in.
const FORMAT: u8 = 0xF1;

/// A plain count or sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// Of all journeys together.
    Total(Total),
    /// Of a step.
    Step(u16, StepCount),
    /// Journeys that came back to a team at this handoff, from the one that they had just been
    /// handed to.
    Returns(u16, u16),
    /// Answers of journeys of a sequence to a version of the questionnaire: count (0), sum (1) and
    /// squares (2) of losses.
    Answers { sequence: u16, version: u16, what: u16 },
}

/// What is counted of all journeys together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Total {
    Reworked = 0,
    PingPong = 1,
    Detours = 2,
    CameBack = 3,
    Unannounced = 4,
}

/// What is counted of a step. How often it was visited follows from where journeys began and what
/// led to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepCount {
    First = 0,
    Repeats = 1,
    Skipped = 2,
}

/// Durations of one sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Series {
    /// At a step.
    Processing(u16),
    /// Offered by a step.
    Offered(u16),
    /// Between two steps.
    Wait(u16, u16),
    /// From the start of the journey to a handoff.
    Age(u16, u16),
    /// Of the promises of an element.
    Lateness(Position),
    /// Of the journeys of a sequence, from the start to the end.
    SequenceDuration(u16),
    /// Time for which nobody was at work in the journeys of a sequence.
    SequenceWaiting(u16),
    /// By how much the second of two steps began before the first was over, where it did.
    Overlap(u16, u16),
}

impl Count {
    fn key(self) -> u64 {
        match self {
            Self::Total(total) => key(0, total as u16, 0, 0),
            Self::Step(step, at) => key(1, step, at as u16, 0),
            Self::Returns(from, to) => key(2, from, to, 0),
            Self::Answers { sequence, version, what } => key(3, sequence, version, what),
        }
    }
}

impl Series {
    fn key(self) -> u64 {
        match self {
            Self::Processing(step) => key(4, step, 0, 0),
            Self::Offered(step) => key(5, step, 0, 0),
            Self::Wait(from, to) => key(6, from, to, 0),
            Self::Age(from, to) => key(7, from, to, 0),
            Self::Lateness(element) => key(8, element, 0, 0),
            Self::SequenceDuration(sequence) => key(9, sequence, 0, 0),
            Self::SequenceWaiting(sequence) => key(10, sequence, 0, 0),
            Self::Overlap(from, to) => key(11, from, to, 0),
        }
    }
}

/// The largest number of what is counted.
const KINDS: u64 = 11;

/// Where the bin of zero stands among the last sixteen bits.
const ZERO: i32 = 1 << 15;

fn key(kind: u64, a: u16, b: u16, last: u16) -> u64 {
    kind << 48 | u64::from(a) << 32 | u64::from(b) << 16 | u64::from(last)
}

/// Integers at coordinates; what is zero is not kept, so equal sums are equal values. They wrap,
/// so that taking out is always the inverse of adding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums(FxHashMap<u64, i64>);

impl Sums {
    /// Adds something to a plain count or sum.
    pub(super) fn add(&mut self, of: Count, value: i64) {
        self.put(of.key(), value);
    }

    /// Adds `sign` times a duration to its series.
    pub(super) fn add_duration(&mut self, series: Series, seconds: i64, sign: i64) {
        let series = series.key();
        self.put(series | (ZERO + i32::from(bin(seconds))) as u64, sign);
        self.put(series, seconds.wrapping_mul(sign));
    }

    /// A plain count or sum.
    pub(super) fn get(&self, of: Count) -> i64 {
        self.0.get(&of.key()).copied().unwrap_or(0)
    }

    /// Everything of the sort of a plain count, as its three numbers and the integer; in no order.
    pub(super) fn like(&self, of: Count) -> impl Iterator<Item = ([u16; 3], i64)> + '_ {
        self.of_sort(of.key())
    }

    /// Everything of the sort of a series, by its two numbers.
    pub(super) fn series_like(&self, series: Series) -> BTreeMap<(u16, u16), Durations> {
        let mut found: BTreeMap<(u16, u16), Durations> = BTreeMap::new();
        for ([a, b, last], sum) in self.of_sort(series.key()) {
            let durations = found.entry((a, b)).or_default();
            match last {
                0 => durations.put(0, 0, sum),
                bin => durations.put((i32::from(bin) - ZERO) as i16, sum, 0),
            }
        }
        found
    }

    fn of_sort(&self, sort: u64) -> impl Iterator<Item = ([u16; 3], i64)> + '_ {
        let alike = self.0.iter().filter(move |(key, _)| **key >> 48 == sort >> 48);
        alike.map(|(key, sum)| ([(key >> 32) as u16, (key >> 16) as u16, *key as u16], *sum))
    }

    /// Adds `sign` times other sums.
    pub(super) fn merge(&mut self, other: &Self, sign: i64) {
        other.0.iter().for_each(|(key, sum)| self.put(*key, sum.wrapping_mul(sign)));
    }

    /// Appends how many there are, then each coordinate as its distance from the one before, and
    /// the integer.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut sums: Vec<(u64, i64)> = self.0.iter().map(|(key, sum)| (*key, *sum)).collect();
        sums.sort_unstable();
        let mut out = Vec::with_capacity(8 + 3 * sums.len());
        out.push(FORMAT);
        write_unsigned(&mut out, sums.len() as u64);
        let mut before = 0;
        for (key, sum) in sums {
            write_unsigned(&mut out, key - before);
            write_signed(&mut out, sum);
            before = key;
        }
        out
    }

    /// Adds encoded sums.
    pub(super) fn merge_encoded(&mut self, bytes: &[u8]) -> Result<(), DecodeError> {
        let (mut reader, _) = Reader::new(bytes, &[FORMAT])?;
        let count = reader.at_most(bytes.len() as u64, "number of sums")?;
        let mut key = 0u64;
        for index in 0..count {
            let distance = reader.at_most(key_limit() - key, "coordinate")?;
            if index > 0 && distance == 0 {
                return Err(reader.impossible("repeated coordinate"));
            }
            key += distance;
            match reader.signed()? {
                0 => return Err(reader.impossible("empty sum")),
                sum => self.put(key, sum),
            }
        }
        reader.finish()
    }

    fn put(&mut self, key: u64, value: i64) {
        if value == 0 {
            return;
        }
        let sum = self.0.entry(key).or_insert(0);
        *sum = sum.wrapping_add(value);
        if *sum == 0 {
            self.0.remove(&key);
        }
    }
}

/// The largest coordinate.
fn key_limit() -> u64 {
    key(KINDS, u16::MAX, u16::MAX, u16::MAX)
}
