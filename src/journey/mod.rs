//! Journeys: what happened to customers, step by step, from the logs of the systems that know it.
//!
//! A reader (`read_csv`, `read_ndjson`, `read_xes`, `ocel`) turns bytes into [`event::Incoming`]
//! and refusals and never fails half-way; `import` puts them into traces, one per journey, where a
//! repeat changes nothing. From a [`trace::Trace`] and a [`Blueprint`](crate::blueprint::Blueprint)
//! everything else is computed: the rated elements ([`elements`]), the slips and waits
//! ([`timing`]), what the process measures count ([`process_input`]), the discovery of a blueprint
//! ([`discover`]). Nobody who works there is in any of it: see [`crate::privacy::person`].

pub mod batcher;
pub mod column;
pub mod discover;
pub mod elements;
pub mod event;
pub mod fading;
pub mod feeds;
pub mod import;
pub mod instant;
pub mod interpret;
mod json;
pub mod mapping;
pub mod merge;
pub mod numbers;
pub mod ocel;
pub mod pairing;
pub mod process_input;
mod raw_trace;
pub mod read_csv;
pub mod read_ndjson;
pub mod read_xes;
pub mod report;
pub mod source;
pub mod store;
pub mod table;
pub mod timing;
pub mod trace;
pub mod web;

use serde::{Deserialize, Serialize};

use crate::token::JourneyId;

/// The kind of the job that tells of a journey's end.
pub const FINISHED: &str = "journey-finished";

/// The fact that a journey reached its end while its events arrived through a feed. Whoever cares
/// implements the job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finished {
    /// The journey type.
    pub journey_type: String,
    /// The journey.
    pub journey: JourneyId,
}
