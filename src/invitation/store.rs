//! Asking in the database.

pub mod purge;
pub mod rates;
pub mod rules;
