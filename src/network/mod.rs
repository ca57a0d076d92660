//! The process owner's pages: where the system makes everybody's work hard across the network, what
//! would help, how far the figures carry. Without a ranking and without a person.
//!
//! Each page is read from released atoms through the gate, as a team's is, and in the same order:
//! [`help`] in that of the journey, [`compare`] in that of names. [`warm_up`] computes them before
//! anybody asks.

mod bar_chart;
pub mod compare;
pub mod coverage;
pub mod help;
pub mod incentives;
pub mod system;
mod two_sizes;
pub mod warm_up;
pub mod web;
