//! Whom to ask, when, how often at most, and what came of it.

pub mod purge;
pub mod rates;
pub mod rules;
pub mod store;
