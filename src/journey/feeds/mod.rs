//! What feeds: how many events of each step arrived on which day, what they made visible, and
//! which feed has stopped.
//!
//! A step is fed by the systems that tell of it, whichever they are and however they come, so it
//! is the step that falls silent. Only days are known, and how much came on them; no site, no
//! journey.

pub mod web;

use super::trace::Event;

/// Days whose pauses say how a step is usually fed.
pub const USUAL_DAYS: i32 = 56;
/// Days with events from which a pace can be told.
pub const LEAST_DAYS: usize = 5;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrivals {
    pub events: i64,
    pub promised: i64,
    /// Those that say when they began and when they ended.
    pub timed: i64,
}

impl Arrivals {
    pub fn of(event: &Event) -> Self {
        let promised = !event.promised.is_empty() || event.promised_start.is_some();
        let timed = event.start.is_some() && event.end.is_some();
        Self { events: 1, promised: i64::from(promised), timed: i64::from(timed) }
    }

    /// And this besides.
    pub fn add(&mut self, other: Self) {
        self.events += other.events;
        self.promised += other.promised;
        self.timed += other.timed;
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The day of the last events, in days since 1970.
    pub last: i32,
    pub days: i32,
    pub usual: i32,
}

/// Whether a step has fallen silent by `today`: for longer than twice its longest pause of late,
/// and than a day. `days` are those on which events arrived, in their order. Too few days tell no
/// pace: `None` then, too.
pub fn silence(days: &[i32], today: i32) -> Option<Silence> {
    let last = *days.last()?;
    let of_late: Vec<i32> = days.iter().copied().filter(|day| *day > last - USUAL_DAYS).collect();
    if of_late.len() < LEAST_DAYS {
        return None;
    }
    let usual = of_late.windows(2).map(|pair| pair[1] - pair[0]).max()?;
    let days = today - last;
    (days > 1 && days > 2 * usual).then_some(Silence { last, days, usual })
}

#[cfg(test)]
mod tests {
    use crate::journey::feeds::*;

    #[test]
    fn a_feed_that_pauses_at_weekends_is_missed_on_the_seventh_day() {
        // Five days of each week, then nothing after a Friday.
        let days: Vec<i32> = (0..28).filter(|day| day % 7 < 5).collect();
        let last = *days.last().unwrap();
        assert_eq!(silence(&days, last + 6), None);
        assert_eq!(silence(&days, last + 7), Some(Silence { last, days: 7, usual: 3 }));
    }

    #[test]
    fn a_daily_feed_is_missed_after_two_days_and_a_new_one_never() {
        let days: Vec<i32> = (100..110).collect();
        assert_eq!(
            (silence(&days, 111), silence(&days, 112).map(|silence| silence.days)),
            (None, Some(3))
        );
        assert_eq!((silence(&days[..4], 200), silence(&[], 200)), (None, None));
    }

    #[test]
    fn a_pause_of_long_ago_does_not_excuse_one_of_today() {
        let mut days = vec![0, 40];
        days.extend(120..140);
        assert!(silence(&days, 145).is_some());
    }
}
