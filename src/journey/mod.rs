//! Journeys: what happened to customers, step by step, told by the systems that already know.
//!
//! A reader (`read_csv`, `read_ndjson`, `read_xes`, `ocel`) turns bytes into [`event::Incoming`] and
//! refusals and never fails half-way; `import` puts them into traces, one per journey, where a repeat
//! changes nothing. From a [`trace::Trace`] and a [`Blueprint`] everything else is computed:
//! the rated elements ([`elements`]), the slips and waits ([`timing`]), what the process measures count ([`process_input`]), the
//! discovery of a blueprint ([`discover`]). Nobody who works there is in any of it: see [`crate::privacy::person`].

pub mod batcher;
pub mod blueprint;
mod blueprint_file;
pub mod column;
pub mod discover;
pub mod discovery;
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
mod names;
pub mod numbers;
pub mod ocel;
pub mod order;
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

/// The attribute that says through which channel a journey came: `web`, `phone`.
pub const CHANNEL: &str = "channel";

/// The fact that a journey reached its end while its events arrived through a feed. Whoever cares
/// implements the job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finished {
    /// The journey type.
    pub journey_type: String,
    /// The journey.
    pub journey: JourneyId,
}

/// What a service is meant to be: a journey type and its steps in their usual order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blueprint {
    /// The journey type's code.
    pub journey_type: String,
    /// French name.
    pub name_fr: String,
    /// English name.
    pub name_en: String,
    /// The closed list of attributes that events may carry.
    pub attributes: Vec<String>,
    /// Lateness that customers do not feel.
    pub buffer_minutes: i32,
    /// Days without an event after which a journey that did not reach the last step counts as over.
    pub quiet_days: i32,
    /// In their usual order.
    pub steps: Vec<Step>,
}

/// A node of the blueprint, done by one team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its code, which is its activity's name in the events unless `activities` says otherwise.
    pub code: String,
    /// Who does it; `None` as long as the step was only seen in a log.
    pub team: Option<String>,
    /// Whether the customer meets it.
    pub frontstage: bool,
    /// The step that gives its dates.
    pub planned_by: Option<String>,
    /// French name.
    pub name_fr: String,
    /// English name.
    pub name_en: String,
    /// The names in the events that mean this step, when they are not its code.
    pub activities: Vec<String>,
}

impl Blueprint {
    /// A journey type that nobody has described yet: its first log will name the steps.
    pub fn unknown(journey_type: &str) -> Self {
        Self {
            journey_type: journey_type.to_owned(),
            name_fr: journey_type.to_owned(),
            name_en: journey_type.to_owned(),
            attributes: vec![CHANNEL.to_owned()],
            buffer_minutes: 720,
            quiet_days: 14,
            steps: Vec::new(),
        }
    }

    /// The step of that code.
    pub fn step(&self, code: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.code == code)
    }

    /// Where the step of that code stands in the usual order.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.code == code)
    }

    /// Whether customers meet that step. One that the blueprint does not know is backstage.
    pub fn is_frontstage(&self, code: &str) -> bool {
        self.step(code).is_some_and(|step| step.frontstage)
    }

    /// Who gives the dates of that step: its planner, or itself.
    pub fn planner<'a>(&'a self, code: &'a str) -> &'a str {
        self.step(code).and_then(|step| step.planned_by.as_deref()).unwrap_or(code)
    }

    /// Whether logs may still add steps and sites: until somebody has said which team does what.
    pub fn is_open(&self) -> bool {
        self.steps.iter().all(|step| step.team.is_none())
    }

    /// The step at whose end a journey is over. An open blueprint has none: any step may follow.
    pub fn last_step(&self) -> Option<&str> {
        match self.is_open() {
            true => None,
            false => self.steps.last().map(|step| step.code.as_str()),
        }
    }
}

impl Step {
    /// A step that a log named: the administrator will say who does it and whether customers meet it.
    pub fn seen(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            team: None,
            frontstage: true,
            planned_by: None,
            name_fr: code.to_owned(),
            name_en: code.to_owned(),
            activities: Vec::new(),
        }
    }
}
