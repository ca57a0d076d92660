//! How far long work has come, told to whoever watches.

/// Hears how far work has come: units done, and units in all where that is known.
pub type Progress<'a> = &'a (dyn Fn(u64, Option<u64>) + Send + Sync);

pub fn silent(_done: u64, _all: Option<u64>) {}
