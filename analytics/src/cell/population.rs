//! The sums over all journeys of a group, answered or not.

use super::DecodeError;
use crate::Position;

/// One journey, as a population takes it in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Journey<'a> {
    /// Minutes lost and won of timed elements: position, lost, won (at least 0). What is absent is 0.
    pub time: &'a [(Position, i64, i64)],
    /// Promises: the timed element that made it, and whether it was kept.
    pub promises: &'a [(Position, bool)],
    /// Waits: the handoff and its minutes; a negative wait (the next step began before) counts as 0.
    pub waits: &'a [(Position, i64)],
}

/// Integer sums over all journeys: count, minutes lost and won, promises made and kept, waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Population {}

impl Population {
    /// No journeys.
    pub fn new() -> Self {
        Self::default()
    }
    /// How many journeys.
    pub fn count(&self) -> i64 {
        unimplemented!()
    }
    /// Minutes lost and won, by position.
    pub fn time(&self) -> impl Iterator<Item = (Position, i64, i64)> + '_ {
        std::iter::empty()
    }
    /// Promises made and kept, by position.
    pub fn promises(&self) -> impl Iterator<Item = (Position, i64, i64)> + '_ {
        std::iter::empty()
    }
    /// How many waits a handoff has.
    pub fn waits(&self, handoff: Position) -> i64 {
        let _ = handoff;
        unimplemented!()
    }
    /// The `share` quantile (0.5 = median) of a handoff's waits in minutes, within
    /// [`WAIT_ERROR`](super::WAIT_ERROR) of the true one; `None` without waits.
    pub fn wait_quantile(&self, handoff: Position, share: f64) -> Option<f64> {
        let _ = (handoff, share);
        unimplemented!()
    }
    /// Adds one journey.
    pub fn add(&mut self, journey: &Journey<'_>) {
        let _ = journey;
        unimplemented!()
    }
    /// Takes one journey out again: the inverse of [`Population::add`].
    pub fn remove(&mut self, journey: &Journey<'_>) {
        let _ = journey;
        unimplemented!()
    }
    /// Adds another population.
    pub fn merge(&mut self, other: &Self) {
        let _ = other;
        unimplemented!()
    }
    /// Takes another population out again.
    pub fn subtract(&mut self, other: &Self) {
        let _ = other;
        unimplemented!()
    }
    /// As versioned compact bytes; equal populations give equal bytes.
    pub fn encode(&self) -> Vec<u8> {
        unimplemented!()
    }
    /// Reads what [`Population::encode`] wrote. Never panics.
    ///
    /// # Errors
    /// [`DecodeError`] says what is wrong with the bytes, and where.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let _ = bytes;
        unimplemented!()
    }
}
