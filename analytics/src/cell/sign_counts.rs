//! The counts of an answer from which the [signs of coached answers](crate::coached) are read.

/// What the signs are read from: answers that know the outcome with an ideal one, with a part
/// rated, with all rated parts ideal, with these and the outcome ideal, with an ideal outcome
/// although a part lost points.
pub(crate) type SignCounts = [i64; COUNTS];
/// So many counts.
pub(crate) const COUNTS: usize = 5;

/// The counts of one answer with that outcome loss and those losses of its parts.
pub(crate) fn counts(loss: i64, items: &[Option<i64>]) -> SignCounts {
    let ideal = loss == 0;
    let lost = items.iter().flatten().any(|&loss| loss > 0);
    let rated = items.iter().any(Option::is_some);
    [ideal, rated, rated && !lost, rated && !lost && ideal, lost && ideal].map(i64::from)
}
