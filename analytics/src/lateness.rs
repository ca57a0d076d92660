//! Where time was lost, and where it was won back: the share-out of a journey's lateness.
//!
//! A journey is felt as late only by what its slips exceed a buffer together, so no step's slip is lateness by
//! itself. The Aumann–Shapley value of that hinge (Aumann & Shapley 1974) gives every timed element its part, and
//! whole minutes are kept exact by the largest remainder.

/// The longest slip and the longest lateness that count, in minutes: 366 days. What is beyond is a wrong date.
pub const LONGEST: i64 = 366 * 24 * 60;

/// One journey's lateness and its share-out, in whole minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lateness {
    /// What the customer felt, `T`: at least 0, at most [`LONGEST`].
    pub felt: i64,
    /// What each timed element lost, `L_j ≥ 0`, in the order of the slips.
    pub lost: Vec<i64>,
    /// What each timed element made up, `M_j ≥ 0`, in the order of the slips.
    pub won: Vec<i64>,
}

/// Shares a journey's lateness out over its timed elements, so that `Σ lost − Σ won = felt` exactly.
pub fn share_out(slips: &[i64], buffer: i64) -> Lateness {
    let _ = (slips, buffer);
    unimplemented!()
}
