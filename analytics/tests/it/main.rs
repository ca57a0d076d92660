//! The method, tried on simulated services whose truth is known and on real surveys.
#![expect(clippy::print_stderr, reason = "measured figures and skipped tests are said to whoever runs them")]

mod acceptance;
mod algebra;
mod chart_rules;
mod charts;
mod funnel;
mod golden;
mod importance;
mod importance_properties;
mod masking;
mod pairs;
mod process;
mod properties;
mod reference;
mod scales;
mod shrinkage;
mod simulator;
mod speed;
mod variance;
mod verdicts;
mod watches;
