//! The time that the teams have a release for themselves. What was announced in the settings
//! journal decides, and not the table, so that nobody shortens it behind the journal's back; and a
//! change never shortens it for a period that is being collected already.

use crate::clock::Instant;
use crate::limits;

/// A change of that time, as it was announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Announced {
    pub effective_at: Instant,
    pub days: i32,
}

/// The days for a period whose collection began at `collected` and that is published at
/// `published`: the most that were in force in between. `announced` is in the order of the
/// journal.
pub fn days(announced: &[Announced], collected: Instant, published: Instant) -> u32 {
    let at = |instant| {
        announced
            .iter()
            .rev()
            .find(|change| change.effective_at <= instant)
            .map(|change| change.days)
    };
    let first = at(collected).map_or(limits::EMBARGO_DAYS_FIRST, bounded);
    let began = announced
        .iter()
        .map(|change| change.effective_at)
        .filter(|at| (collected..=published).contains(at));
    began.filter_map(at).map(bounded).fold(first, u32::max)
}

fn bounded(days: i32) -> u32 {
    u32::try_from(days).unwrap_or(0).min(limits::EMBARGO_DAYS)
}

#[cfg(test)]
mod tests {
    use crate::privacy::embargo::*;

    #[test]
    fn a_period_that_is_collected_keeps_the_longest_time_that_was_in_force() {
        let announced = [(100, 14), (200, 0), (300, 90)]
            .map(|(effective_at, days)| Announced { effective_at, days });
        assert_eq!(days(&[], 0, 50), 7, "a new organisation");
        assert_eq!(days(&announced, 0, 150), 14);
        assert_eq!(days(&announced, 150, 250), 14, "shortened while it was collected");
        assert_eq!(days(&announced, 200, 250), 0, "shortened before");
        assert_eq!(days(&announced, 250, 350), 21, "never more than the most");
        assert_eq!(days(&announced, 250, 299), 0);
    }
}
