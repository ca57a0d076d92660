//! The method, tried on simulated services whose truth is known and on real surveys.
#![expect(clippy::print_stderr, reason = "measured figures and skipped tests are said to whoever runs them")]

mod acceptance;
mod algebra;
mod formats;
mod golden;
#[path = "../judge/mod.rs"]
mod judge;
mod masking;
mod numerics;
mod properties;
mod reference;
mod scales;
