//! The method, tried on simulated services whose truth is known and on real surveys.

mod acceptance;
mod reference;
mod simulator;
