//! The process owner's pages: where the system makes everybody's work hard across the network, what would help, how far
//! the figures carry. Without a ranking and without a person.
//!
//! Each page is read from released atoms through the gate, as a team's is, and in the same order: [`help`] in that of the
//! journey, [`compare`] in that of names. [`nav`] is the one list of the pages, [`ready`]
//! computes them before anybody asks.

pub mod compare;
pub mod coverage;
pub mod help;
pub mod incentives;
pub mod nav;
pub mod ready;
pub mod system;
pub mod web;

mod bars;
mod sheet;
