//! The blueprint file: TOML that a person can write, review and keep under version control.
//!
//! Strict: what is not understood is refused by file, line and field. [`Described::to_toml`]
//! writes what is in force, so that applying an export changes nothing.

mod read;
mod tables;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use super::Blueprint;
use crate::organisation::{Site, Team};

/// Everything in a blueprint file but its reason; teams and sites by their codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    pub blueprint: Blueprint,
    pub teams: BTreeMap<String, Team>,
    pub sites: BTreeMap<String, Site>,
    /// Whether customers are to be asked by our own questionnaire.
    pub questionnaire: bool,
}

/// A file that was understood: what it wants and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub described: Described,
    /// Why, for the settings journal.
    pub reason: String,
}

/// What the organisation has already, which a file may name without describing it again.
#[derive(Clone, Debug, Default)]
pub struct KnownCodes {
    pub teams: BTreeSet<String>,
    pub sites: BTreeSet<String>,
}
