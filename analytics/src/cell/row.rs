//! One answer on its way into a cell.

use super::error::RowError;
use super::limits::{LARGEST_LOSS, MOST_ELEMENTS};
use super::moments::{FIRST, KnownCoordinate, LATENESS, OUTCOME};
use crate::Position;
use crate::lateness::LONGEST;

/// One answer, as a cell takes it in. All values are raw integers: losses on the questionnaire's
/// own scale, minutes.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Outcome loss, ideal − outcome, `0..=`[`LARGEST_LOSS`]; `None` where a partial answer lacks
    /// the outcome.
    pub outcome: Option<i64>,
    /// Lateness felt, in minutes, `0..=`[`LONGEST`]:
    /// [`Lateness::felt`](crate::lateness::Lateness::felt).
    pub lateness: i64,
    /// Loss of each rated element of the variant, ideal − rating, in the variant's order; `None`
    /// where it was not asked or the customer does not know.
    pub items: &'a [Option<i64>],
    /// Minutes lost and won of timed elements: position, lost, won. What is absent is 0.
    pub time: &'a [(Position, i64, i64)],
}

impl Row<'_> {
    /// Refuses what a cell of a variant with so many elements must not take.
    pub(super) fn check(&self, elements: usize) -> Result<(), RowError> {
        if self.items.len() != elements {
            return Err(RowError::Items { expected: elements, found: self.items.len() });
        }
        let mut losses = self.items.iter().chain([&self.outcome]).flatten();
        if let Some(&loss) = losses.find(|loss| !(0..=LARGEST_LOSS).contains(*loss)) {
            return Err(RowError::Loss(loss));
        }
        let mut minutes =
            self.time.iter().flat_map(|&(_, lost, won)| [lost, won]).chain([self.lateness]);
        match minutes.find(|minutes| !(0..=LONGEST).contains(minutes)) {
            Some(minutes) => Err(RowError::Minutes(minutes)),
            None => Ok(()),
        }
    }

    /// Writes the known coordinates in ascending order, and says how many there are. What is
    /// unknown is written too and then written over: which items were asked is random, and a
    /// branch on it costs more than all the sums.
    pub(super) fn known(&self, into: &mut [KnownCoordinate; FIRST + MOST_ELEMENTS]) -> usize {
        let mut found = 0;
        let mut write = |coordinate, value: Option<i64>| {
            into[found] = (coordinate as u32, value.unwrap_or_default() as i32);
            found += usize::from(value.is_some());
        };
        write(OUTCOME, self.outcome);
        write(LATENESS, Some(self.lateness));
        self.items.iter().enumerate().for_each(|(k, &item)| write(FIRST + k, item));
        found
    }
}
