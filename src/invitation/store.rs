//! Asking in the database.

pub mod purge;
