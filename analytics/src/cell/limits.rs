//! What a cell takes at most.

/// A journey type has at most this many rated elements; rarer ones fold into `handoff:other`.
pub const MOST_ELEMENTS: usize = 40;
/// The largest loss of an outcome or an item that a cell takes, in steps of the raw scale.
pub const LARGEST_LOSS: i64 = 10_000;
/// Two scales of items are brought to units of which a range has at most this many.
pub(crate) const LARGEST_UNIT: i64 = 1_000;
