//! Whether a feed has stopped: it is judged by its own pace. Systems are judged here, and only by
//! days.

use super::{Feed, What};
use crate::clock::Instant;

const DAY: i64 = 86_400;
/// So many pauses must be known before any is called unusual.
const PAUSES: usize = 5;
/// A silence is unusual beyond so many times the usual pause, and a day more: weekends and holidays
/// are none.
const TIMES: i64 = 2;

/// A feed of which these arrivals are known, in any order, as of `now`.
pub(super) fn feed(what: What, arrivals: &[Instant], now: Instant) -> Feed {
    let mut days: Vec<i64> = arrivals.iter().map(|at| at.div_euclid(DAY)).collect();
    days.sort_unstable();
    days.dedup();
    let mut pauses: Vec<i64> = days.windows(2).map(|pair| pair[1] - pair[0]).collect();
    pauses.sort_unstable();
    // Nine pauses of ten are no longer than this.
    let usual = (pauses.len() >= PAUSES).then(|| pauses[(pauses.len() * 9).div_ceil(10) - 1]);
    let last = arrivals.iter().max().copied();
    Feed {
        what,
        last,
        usual,
        silent_days: last.map_or(0, |last| now.div_euclid(DAY) - last.div_euclid(DAY)),
    }
}

/// A key of which only the day of its last use is known: it should be used as often as events come.
pub(super) fn key(label: String, used_on: Option<i32>, usual: Option<i64>, now: Instant) -> Feed {
    let last = used_on.map(|day| i64::from(day) * DAY);
    let silent_days = last.map_or(0, |last| now.div_euclid(DAY) - last.div_euclid(DAY));
    Feed { what: What::Key(label), last, usual, silent_days }
}

impl Feed {
    /// Whether it has been silent for longer than it usually is.
    pub(super) fn has_stopped(&self) -> bool {
        self.last.is_some() && self.usual.is_some_and(|usual| self.silent_days > TIMES * usual + 1)
    }
}

#[cfg(test)]
mod tests {
    use crate::network::coverage::feeds::*;

    fn daily(days: i64) -> Vec<Instant> {
        // Nothing comes at weekends.
        (0..days).filter(|day| day % 7 < 5).map(|day| day * DAY + 3_600).collect()
    }

    fn at(now_day: i64) -> Feed {
        feed(What::Events("repair".to_owned()), &daily(61), now_day * DAY)
    }

    #[test]
    fn a_weekend_is_no_silence_and_a_fortnight_is_one() {
        assert_eq!(at(61).usual, Some(3), "from Friday to Monday");
        assert!(!at(63).has_stopped() && !at(66).has_stopped());
        assert!(at(74).has_stopped());
        assert_eq!(at(74).silent_days, 14);
    }

    #[test]
    fn a_feed_of_few_arrivals_has_no_pace_yet() {
        let young = feed(What::Events("repair".to_owned()), &daily(5), 300 * DAY);
        assert!(young.usual.is_none() && !young.has_stopped());
        assert_eq!(feed(What::Answers("repair".to_owned()), &[], 300 * DAY).last, None);
    }

    #[test]
    fn a_key_is_judged_by_the_pace_of_the_events() {
        assert!(key("workshop".to_owned(), Some(40), Some(3), 61 * DAY).has_stopped());
        assert!(!key("workshop".to_owned(), Some(60), Some(3), 61 * DAY).has_stopped());
        assert!(!key("never used".to_owned(), None, Some(3), 61 * DAY).has_stopped());
    }
}
