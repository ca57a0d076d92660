//! Totals that are shown, and what of each element adds up to them.

use super::matter::Parts;

/// A total that is shown, and what adds up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Total {
    /// What was lost: by every element that was rated or cost time.
    Points,
    /// Promises made and kept.
    Promises,
    /// Days late.
    Lateness,
    /// What differences between customers go with: the elements that were rated, of the network
    /// alone. It adds up at no other place.
    Importance,
}

/// What adds up over several places, so that any of their sums can be put together.
pub(super) const SUMS: [Total; 3] = [Total::Promises, Total::Lateness, Total::Points];

/// How much each atom has of an element that adds up to the totals.
#[derive(Debug, Default)]
pub(super) struct Shares {
    points: Vec<u64>,
    promises: Vec<u64>,
    lateness: Vec<u64>,
    is_rated: bool,
}

impl Total {
    pub(super) fn is_of_dates(self) -> bool {
        matches!(self, Self::Promises | Self::Lateness)
    }
}

impl Shares {
    pub(super) fn of(is_rated: bool, of: impl Fn(fn(&Parts) -> &Vec<u64>) -> Vec<u64>) -> Self {
        let (passed, lateness) = (of(|parts| &parts.passed), of(|parts| &parts.timed));
        // A promise that was kept costs no points, however many were made.
        let points = if is_rated { passed } else { lateness.clone() };
        Self { points, promises: of(|parts| &parts.promised), lateness, is_rated }
    }

    /// By atom, what adds up to a total.
    pub(super) fn of_total(&self, total: Total) -> &[u64] {
        match total {
            Total::Points => &self.points,
            Total::Promises => &self.promises,
            Total::Lateness => &self.lateness,
            Total::Importance if self.is_rated => &self.points,
            Total::Importance => &[],
        }
    }

    pub(super) fn dates(&self, atom: usize) -> u64 {
        self.promises[atom] + self.lateness[atom]
    }
}
