//! Process measures: what process tools read from the traces of journeys, as integer sums that
//! merge.
//!
//! A [`Flow`] holds of many journeys, backstage steps included: who follows whom (the
//! directly-follows graph), how long each handoff waits and how old the journey is there,
//! processing at each step, rework, ping-pong between teams, detours from the blueprint, promises
//! with their lateness, delays offered, and sequences with their duration and outcome.
//!
//! Definitions, as pm4py has them (Berti, van Zelst & van der Aalst 2019) where it has any; all
//! times in whole seconds:
//!
//! - **processing** of a step = its end − its start, where both are known;
//! - **wait** at a handoff = start of the next step − end of the one before, and 0 where the next
//!   began earlier: then the two **overlap**, by the rest of it;
//! - **age** at a handoff = end of the step before − start of the journey;
//! - **rework** = a step that the journey had been at already, at once (a self-loop, which is an
//!   handoff from the step to itself) or later;
//! - **ping-pong** = from one team to another and straight back to the first; what has no team is
//!   looked through;
//! - **lateness** of a promise = what happened − what was promised, kept at 0 or below;
//! - **delay offered** = the date that was promised − the date that was asked for.
//!
//! # The state
//!
//! A flow is one sparse vector of integers: every count and every sum has a named coordinate. So
//! merging is addition, it has an inverse, and any order gives the same bits. Nothing is ever
//! dropped from a flow to keep it small, or the order of merging would show: the caller's
//! catalogue decides once which steps and sequences have numbers, and what has none is told as
//! [`OTHER`]. A flow is therefore bounded by the catalogue, whatever the number of journeys: of
//! `s` steps it has at most `s²` handoffs, each with a wait and an age in at most 1,921 bins.
//!
//! Durations are [`Durations`](crate::Durations): quantiles within
//! [`durations::ERROR`](crate::durations::ERROR), means exact.

mod figures;
mod journey;
mod sums;

pub use figures::{Handoff, Outcome, Promise, Step, StepSequence};
pub use journey::{Journey, OTHER, Visit};

use crate::cell::DecodeError;
use sums::{Count, Sums, Total};

/// Integer sums of many journeys; see the module's documentation for what they mean.
///
/// ```
/// use relais_analytics::process::{Flow, Journey, Visit};
///
/// // A call of ten minutes; a repair an hour later, which is done twice and is half an hour late.
/// let visit = |step, from, until| Visit { step, team: Some(step), from, until, whole: true };
/// let visits = [visit(0, 0, 600), visit(1, 4_200, 7_800), visit(1, 7_800, 9_000)];
/// let promises = [(3, 1_800)];
/// let repair =
///     Journey { sequence: 7, visits: &visits, promises: &promises, ..Journey::default() };
/// let mut flow = Flow::default();
/// flow.add(&repair);
/// flow.answer(7, 1, 2);
///
/// assert_eq!((flow.journeys(), flow.events(), flow.reworked(), flow.self_loops()), (1, 3, 1, 1));
/// let handoff = &flow.handoffs()[0];
/// assert_eq!((handoff.from, handoff.to, handoff.count()), (0, 1, 1));
/// assert_eq!((handoff.wait.mean(), handoff.age.mean()), (Some(3_600.0), Some(600.0)));
/// assert_eq!((flow.promises()[0].made(), flow.promises()[0].kept()), (1, 0));
/// assert_eq!(flow.sequences()[0].outcomes[0].mean(), Some(2.0));
///
/// let mut twice = Flow::decode(&flow.encode()).expect("it was just written");
/// twice.merge(&flow);
/// twice.subtract(&flow);
/// assert_eq!(twice, flow);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    sums: Sums,
}

impl Flow {
    /// Counts one journey. One without visits is nothing that can be measured and counts as none.
    pub fn add(&mut self, journey: &Journey<'_>) {
        journey::count(&mut self.sums, journey, 1);
    }

    /// Takes one journey out again: the inverse of [`Flow::add`].
    pub fn remove(&mut self, journey: &Journey<'_>) {
        journey::count(&mut self.sums, journey, -1);
    }

    /// Counts an answer of a journey of this sequence: the questionnaire's version and the loss of
    /// the outcome on its scale.
    pub fn answer(&mut self, sequence: u16, version: u16, loss: i64) {
        for (what, value) in [(0, 1), (1, loss), (2, loss.wrapping_mul(loss))] {
            self.sums.add(Count::Answers { sequence, version, what }, value);
        }
    }

    /// Adds another flow, of the same catalogue.
    pub fn merge(&mut self, other: &Self) {
        self.sums.merge(&other.sums, 1);
    }

    /// Takes another flow out again: the inverse of [`Flow::merge`].
    pub fn subtract(&mut self, other: &Self) {
        self.sums.merge(&other.sums, -1);
    }

    /// The flow as versioned compact bytes; equal flows give equal bytes.
    pub fn encode(&self) -> Vec<u8> {
        self.sums.encode()
    }

    /// Reads what [`Flow::encode`] wrote. Never panics.
    ///
    /// # Errors
    /// [`DecodeError`] says what is wrong with the bytes, and where.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut flow = Self::default();
        flow.merge_encoded(bytes)?;
        Ok(flow)
    }

    /// Adds the flow that [`Flow::encode`] wrote, without the detour of making it one by itself.
    ///
    /// # Errors
    /// Those of [`Flow::decode`]; a part of the bytes may then have been added.
    pub fn merge_encoded(&mut self, bytes: &[u8]) -> Result<(), DecodeError> {
        self.sums.merge_encoded(bytes)
    }

    /// How many journeys.
    pub fn journeys(&self) -> i64 {
        self.duration().count()
    }

    /// Journeys in which a step was repeated, at once or later.
    pub fn reworked(&self) -> i64 {
        self.total(Total::Reworked)
    }

    /// Journeys that went from one team to another and straight back.
    pub fn ping_pong(&self) -> i64 {
        self.total(Total::PingPong)
    }

    /// Journeys that left the blueprint in any way: skipped a step, came back, came unannounced.
    pub fn detours(&self) -> i64 {
        self.total(Total::Detours)
    }

    /// Journeys that came back to a step that they had left, or to one before it.
    pub fn came_back(&self) -> i64 {
        self.total(Total::CameBack)
    }

    /// Journeys whose customer was there without the step that they usually meet first.
    pub fn unannounced(&self) -> i64 {
        self.total(Total::Unannounced)
    }

    fn total(&self, total: Total) -> i64 {
        self.sums.get(Count::Total(total))
    }
}
