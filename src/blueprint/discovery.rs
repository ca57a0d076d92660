//! What a discovery tells, as a document. Nothing of it has passed the disclosure gate.

use std::collections::BTreeMap;

use relais_analytics::Durations;
use serde::Serialize;

use crate::element::Element;

#[derive(Clone, Debug, Serialize)]
pub struct DiscoveryReport {
    pub journey_type: String,
    pub journeys: u64,
    pub events: u64,
    /// The steps in their usual order.
    pub nodes: Vec<Node>,
    /// Which step follows which, the most frequent first.
    pub edges: Vec<Edge>,
    /// The handoffs between the steps that customers meet.
    pub handoffs: Vec<HandoffTimes>,
    /// The most frequent paths.
    pub variants: Vec<Path>,
    /// How many different paths there are.
    pub variant_count: usize,
    /// Promises by the element that had to keep them.
    pub promises: Vec<PromiseCounts>,
    /// Promised minus requested, by the step that gave the date.
    pub delays_offered: Vec<Offered>,
    /// How journeys left the blueprint.
    pub detours: Detours,
    /// From the first event to the end of the last.
    pub duration: Times,
    /// Journeys in which a step was repeated.
    pub reworked: u64,
    /// Events that repeat an earlier one of their journey.
    pub repeats: u64,
    /// Of those, the ones that follow it at once.
    pub self_loops: u64,
    /// The largest relative error of a median or 90th percentile here.
    pub quantile_error: f64,
}

#[derive(Clone, Debug, Serialize)]
pub struct Node {
    pub code: String,
    /// The team that the blueprint gives it.
    pub team: Option<String>,
    /// Whether customers meet it, as far as is known.
    pub frontstage: bool,
    pub count: u64,
    pub journeys: u64,
    pub first: u64,
    pub last: u64,
    pub repeats: u64,
    /// From its start to its end.
    pub processing: Times,
}

#[derive(Clone, Debug, Serialize)]
pub struct Edge {
    pub from: String,
    pub to: String,
    pub count: u64,
    /// From the end of the one to the start of the other.
    pub wait: Times,
}

/// A handoff that customers notice.
#[derive(Clone, Debug, Serialize)]
pub struct HandoffTimes {
    /// `handoff:A:B`.
    pub code: Element,
    pub count: u64,
    /// From the end of the one to the start of the other.
    pub wait: Times,
}

#[derive(Clone, Debug, Serialize)]
pub struct Path {
    pub steps: Vec<String>,
    pub journeys: u64,
    /// Their share of all journeys.
    pub share: f64,
}

#[derive(Clone, Debug, Serialize)]
pub struct PromiseCounts {
    /// `promise:X` or `handoff:A:B`.
    pub code: Element,
    /// Promises whose outcome is known.
    pub made: u64,
    /// Those that were kept.
    pub kept: u64,
}

#[derive(Clone, Debug, Serialize)]
pub struct Offered {
    /// The step that gave the dates.
    pub by: String,
    pub count: u64,
    /// Promised minus requested.
    pub delay: Times,
}

/// Journeys that left the blueprint.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Detours {
    /// In any way.
    pub journeys: u64,
    /// They passed over a step, by step.
    pub skipped: BTreeMap<String, u64>,
    /// They came back to a step.
    pub came_back: u64,
    /// The customer was there without the step that customers usually meet first.
    pub unannounced: u64,
    /// They went from one team to another and back.
    pub ping_pong: u64,
}

/// A distribution of durations, in seconds.
#[derive(Clone, Debug, Serialize)]
pub struct Times {
    pub count: u64,
    /// The mean, which is exact.
    pub mean: Option<f64>,
    /// Half took no longer.
    pub median: Option<f64>,
    /// Nine of ten took no longer.
    pub p90: Option<f64>,
}

impl Times {
    /// The figures of some durations; those below zero, where two steps overlap, are below zero
    /// here, too.
    pub fn of(durations: &Durations) -> Self {
        let count = whole(durations.count());
        Self {
            count,
            mean: durations.mean(),
            median: durations.quantile(0.5),
            p90: durations.quantile(0.9),
        }
    }
}

/// A count of the statistics, which are never below zero.
pub fn whole(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
