//! The method, tried on simulated services whose truth is known and on real surveys.

mod acceptance;
mod algebra;
mod golden;
mod masking;
mod properties;
mod reference;
mod simulator;
mod speed;
