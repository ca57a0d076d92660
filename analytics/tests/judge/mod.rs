//! The judge's tools: a service whose truth is known, what the method and the usual practices
//! conclude on it, and the lines that the method must keep. The tests use them, and
//! `cargo run --release -p relais-analytics --example judge`.

pub(crate) mod case;
pub(crate) mod lines;
pub(crate) mod practices;
pub(crate) mod simulator;
pub(crate) mod survey;
pub(crate) mod table;
pub(crate) mod trial;
