//! The method, tried on simulated services whose truth is known and on real surveys.
#![expect(
    clippy::print_stderr,
    reason = "measured figures and skipped tests are said to whoever runs them"
)]

mod acceptance;
mod algebra;
mod chart_rules;
mod charts;
mod coached;
mod effect_size;
mod formats;
mod funnel;
mod golden;
mod importance;
mod importance_properties;
#[path = "../judge/mod.rs"]
mod judge;
mod lasting;
mod masking;
mod nonresponse;
mod numerics;
mod pairs;
mod power;
mod process;
mod properties;
mod reference;
mod scales;
mod shrinkage;
mod unknown_times;
mod variance;
mod verdicts;
mod watches;
