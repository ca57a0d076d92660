//! The statistics of Relais: integer cells, attribution to steps, handoffs and promises, with their uncertainty.

pub mod attribute;
pub mod cell;
pub mod design;
pub mod interval;
pub mod lateness;

pub use attribute::{Attribution, Options, Sample, attribute};
pub use cell::{Cell, Population};

/// Where an element stands in its journey type's catalogue, which only ever grows.
pub type Position = u16;
