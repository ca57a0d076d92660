//! One journey on its way into a flow.

use super::sums::{Count, Series, StepCount, Sums, Total};
use crate::Position;

/// The number of steps, and of sequences, that have no number of their own. They are told
/// together; since two of them may be different, they are neither a self-loop nor rework.
pub const OTHER: u16 = u16::MAX;

/// A journey's stay at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The step's number in the caller's catalogue, or [`OTHER`].
    pub step: u16,
    /// The number of the team that does it; `None` where that is not known.
    pub team: Option<u16>,
    /// When it began, or else ended, in seconds since whatever instant.
    pub from: i64,
    /// When it ended, or else began.
    pub until: i64,
    /// Whether both its start and its end are known: only then it has a processing time.
    pub whole: bool,
}

/// One journey, as a flow takes it in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Journey<'a> {
    /// The number of its sequence in the caller's catalogue, or [`OTHER`].
    pub sequence: u16,
    /// Where it was, in order.
    pub visits: &'a [Visit],
    /// The steps of the blueprint that it passed over.
    pub skipped: &'a [u16],
    /// Whether it came back to a step that it had left, or to one before it.
    pub came_back: bool,
    /// Whether the customer was there without the step that they usually meet first.
    pub unannounced: bool,
    /// Promises whose outcome is known: who made it, in the catalogue of elements, and how late it
    /// was met, in seconds; kept at 0 or below.
    pub promises: &'a [(Position, i64)],
    /// Delays offered: the step that gave the date, and promised − requested, in seconds.
    pub offered: &'a [(u16, i64)],
}

impl Journey<'_> {
    fn left_the_blueprint(&self) -> bool {
        !self.skipped.is_empty() || self.came_back || self.unannounced
    }
}

/// Adds `sign` times a journey.
pub(super) fn count(sums: &mut Sums, journey: &Journey<'_>, sign: i64) {
    let (Some(first), Some(last)) = (journey.visits.first(), journey.visits.last()) else { return };
    let mut into = Counting { sums, sign };
    into.one(Count::Step(first.step, StepCount::First));
    let repeats = into.visits(journey.visits);
    let (waiting, turns) = into.handoffs(journey.visits);
    into.totals(journey, repeats, turns);
    let until = journey.visits.iter().fold(last.until, |latest, visit| latest.max(visit.until));
    let took = until.saturating_sub(first.from);
    into.duration(Series::SequenceDuration(journey.sequence), took);
    into.duration(Series::SequenceWaiting(journey.sequence), waiting);
    journey.skipped.iter().for_each(|step| into.one(Count::Step(*step, StepCount::Skipped)));
    journey
        .promises
        .iter()
        .for_each(|(element, late)| into.duration(Series::Lateness(*element), *late));
    journey.offered.iter().for_each(|(step, delay)| into.duration(Series::Offered(*step), *delay));
}

struct Counting<'s> {
    sums: &'s mut Sums,
    sign: i64,
}

impl Counting<'_> {
    fn one(&mut self, of: Count) {
        self.sums.add(of, self.sign);
    }

    fn duration(&mut self, series: Series, seconds: i64) {
        self.sums.add_duration(series, seconds, self.sign);
    }

    /// Counts what happens at the steps; whether one was repeated.
    fn visits(&mut self, visits: &[Visit]) -> bool {
        let mut repeats = false;
        for (at, visit) in visits.iter().enumerate() {
            if visits[..at].iter().any(|before| before.step == visit.step) {
                repeats |= visit.step != OTHER;
                self.one(Count::Step(visit.step, StepCount::Repeats));
            }
            if visit.whole {
                self.duration(
                    Series::Processing(visit.step),
                    visit.until.saturating_sub(visit.from),
                );
            }
        }
        repeats
    }

    /// Counts what lies between the visits; the time for which nobody was at work, and whether a
    /// team got back what it had just handed on.
    fn handoffs(&mut self, visits: &[Visit]) -> (i64, bool) {
        let (mut waiting, mut latest) = (0i64, i64::MIN);
        let mut turns = false;
        let (mut before, mut now) = (None, visits[0].team);
        for pair in visits.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let wait = to.from.saturating_sub(from.until);
            // Somebody may still be at work at an earlier step.
            latest = latest.max(from.until);
            waiting = waiting.saturating_add(to.from.saturating_sub(latest).max(0));
            self.duration(Series::Wait(from.step, to.step), wait.max(0));
            if wait < 0 {
                self.duration(Series::Overlap(from.step, to.step), wait.saturating_neg());
            }
            self.duration(
                Series::Age(from.step, to.step),
                from.until.saturating_sub(visits[0].from),
            );
            if to.team.is_none() || to.team == now {
                continue;
            }
            if to.team == before {
                turns = true;
                self.one(Count::Returns(from.step, to.step));
            }
            (before, now) = (now, to.team);
        }
        (waiting, turns)
    }

    fn totals(&mut self, journey: &Journey<'_>, repeats: bool, turns: bool) {
        let totals = [
            (Total::Reworked, repeats),
            (Total::PingPong, turns),
            (Total::Detours, journey.left_the_blueprint()),
            (Total::CameBack, journey.came_back),
            (Total::Unannounced, journey.unannounced),
        ];
        for (total, holds) in totals {
            if holds {
                self.one(Count::Total(total));
            }
        }
    }
}
