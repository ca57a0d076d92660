//! What the strata keep of the cells: the moments, and the third ones where all cells hold them.

use super::grouped::Additive;
use crate::cell::{Cell, Moments, Thirds};

/// The sums of one stratum's answers.
#[derive(Clone, Debug)]
pub(super) struct StratumSums {
    pub(super) moments: Moments,
    /// `None` as soon as one of the cells lacks them, or holds them in another unit.
    pub(super) thirds: Option<Thirds>,
}

impl StratumSums {
    pub(super) fn of(cell: &Cell) -> Self {
        Self { moments: cell.moments().clone(), thirds: cell.thirds().cloned() }
    }

    pub(super) fn add(&mut self, cell: &Cell) {
        self.put(cell.moments(), cell.thirds(), 1);
    }

    fn put(&mut self, moments: &Moments, thirds: Option<&Thirds>, sign: i64) {
        self.moments.merge(moments, sign);
        let both = self.thirds.as_mut().zip(thirds);
        if !both.is_some_and(|(mine, theirs)| mine.merge(theirs, sign)) {
            self.thirds = None;
        }
    }
}

impl Additive for StratumSums {
    fn merge(&mut self, other: &Self, sign: i64) {
        self.put(&other.moments, other.thirds.as_ref(), sign);
    }
}
