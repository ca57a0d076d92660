//! Fine times fade: some weeks after a journey was published, only the week in which it began
//! stays, and how long everything took.
//!
//! All times of a journey move together, so that it begins with its week: what lay between any two
//! of them stays to the second, and what the method reads (waits, promises, lateness) with it. A
//! late answer therefore still finds the lateness of its journey. Events that come later, or once
//! more from a file, find a journey that is closed: they count as repeated and change nothing,
//! because they could not be told from those that are there.

use super::store;
use super::trace::{Event, Trace};
use crate::app::App;
use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::limits;

const DAY: i64 = 86_400;
const WEEK: i64 = 7 * DAY;

/// Lets the times of an organisation's journeys fade whose publication is long enough ago, and
/// those of their answers; says how many journeys there were. Doing it twice changes nothing, and
/// a run that was stopped goes on.
pub async fn run(app: &App, organisation: OrganisationId) -> Result<u64> {
    let until = app.clock.now() - limits::TIMES_DAYS * DAY;
    let faded = store::fading::fade(&app.db, organisation, until).await?;
    if faded > 0 {
        tracing::info!(faded, "times of journeys that were published have faded");
    }
    Ok(faded)
}

/// The beginning of the week of an instant: Monday in UTC, since nobody needs it finer any more.
pub fn week_of(instant: Instant) -> Instant {
    // The epoch was a Thursday.
    instant - (instant + 3 * DAY).rem_euclid(WEEK)
}

impl Trace {
    /// Moves all times together so that the first is the beginning of its week; by how much.
    /// `None` when it has faded already, or knows no time.
    pub fn fade(&mut self) -> Option<i64> {
        let began = self.started_at().filter(|_| !self.faded)?;
        let by = began - week_of(began);
        self.events.iter_mut().for_each(|event| event.move_back(by));
        self.faded = true;
        Some(by)
    }
}

impl Event {
    fn move_back(&mut self, by: i64) {
        let times = [&mut self.start, &mut self.end, &mut self.promised_start, &mut self.requested];
        times.into_iter().flatten().chain(&mut self.promised).for_each(|time| *time -= by);
    }
}

#[cfg(test)]
mod tests {
    use crate::journey::fading::*;

    #[test]
    fn what_fades_keeps_its_week_and_every_span() {
        let monday = 1_783_296_000;
        assert_eq!([0, 1, WEEK - 1].map(|more| week_of(monday + more)), [monday; 3]);
        let at = monday + 3 * DAY + 12_345;
        let mut event = Event::new("WORK", Some(at), Some(at + 77));
        event.promised.push(at + 50);
        let mut trace = Trace { events: vec![event], ..Trace::default() };
        assert_eq!(trace.fade(), Some(3 * DAY + 12_345));
        let event = &trace.events[0];
        assert_eq!(
            (event.start, event.end, event.promised[0]),
            (Some(monday), Some(monday + 77), monday + 50)
        );
        let mut read = Trace::parse(&trace.to_json()).unwrap();
        assert!(read == trace && read.fade().is_none(), "it fades once");
    }
}
