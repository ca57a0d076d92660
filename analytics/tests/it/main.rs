//! The method, tried on simulated services whose truth is known and on real surveys.
#![expect(clippy::print_stderr, reason = "measured figures and skipped tests are said to whoever runs them")]

mod acceptance;
mod algebra;
mod coached;
mod frozen;
mod golden;
mod masking;
mod nonresponse;
mod properties;
mod reference;
mod scales;
mod simulator;
mod speed;
