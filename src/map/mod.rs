//! The friction map: the blueprint drawn from real traffic. Who goes where, how long it waits
//! there, which promises are kept, and where the points are lost, backstage steps included.
//!
//! # What may be shown of it
//!
//! A wait behind the line of visibility can be watched as well as an answer, so `flow` asks the
//! gate about each step and each way from one step to another as about a step and a handoff of the
//! breakdown: enough heads in its teams in every release, enough journeys of its own in the period,
//! and the remainder rule over places.
//!
//! Within one map there is more to subtract from: whatever comes to a step leaves it or ends there,
//! so one hidden way is the difference of the others. Therefore a map holds **no counts**. Of a way
//! it tells how many of 100 journeys take it if there were no flow but those that enough journeys
//! take (`volume`): what fewer take goes into no figure at all, and whatever it was, the map is the
//! same (tested in `proof`). Waits are told by median and 90th percentile, which do not add up to
//! anything. Two things are left, and said: of a step that is hidden for its heads, how many pass
//! it can be read from its neighbours, whose figure it is as well, but never how long they wait
//! there; and between two periods the difference of two maps can be that of fewer than ten journeys
//! on one way, as with the ratings of a step, never of fewer than ten answers or of too few heads.
//!
//! Everything stands in the order of the chain; only paths stand by how many take them.

pub mod detail;
pub mod document;
mod flow;
mod layout;
mod paths;
mod phrases;
pub mod picture;
pub mod plain;
#[cfg(test)]
mod proof;
pub mod read;
mod table;
#[cfg(test)]
mod tests;
mod volume;
pub mod web;

use relais_analytics::attribute::Estimate;

use crate::breakdown::Breakdown;
use crate::element::Element;
use crate::privacy::NotShown;

/// The map of some journeys: their process, and the points that their customers lost along it.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// Where the points are lost.
    pub breakdown: Breakdown,
    /// Where the journeys go.
    pub flow: Flow,
}

/// Where some journeys go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flow {
    /// The steps that may be shown, in the order of the chain.
    pub steps: Vec<Step>,
    /// The flow between them, in the order of the chain.
    pub handoffs: Vec<Handoff>,
    /// The promises, in the order of the chain.
    pub promises: Vec<Promise>,
    /// How journeys leave the blueprint.
    pub detours: Detours,
    /// Totals paths, the most frequent first.
    pub paths: Vec<Path>,
    /// Rescued journeys, by the steps and handoffs that their customers met.
    pub rescues: Vec<Rescue>,
    /// What is not shown, each with why.
    pub hidden: Vec<(Element, NotShown)>,
    /// How many releases were made before the process was published: of these nothing is known.
    pub unknown: usize,
}

/// A step, as journeys pass it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// Its code.
    pub code: String,
    /// Visits to it, of 100 journeys; absent where no way leads to it that enough journeys take.
    pub of_100: Option<f64>,
    /// Visits that repeat an earlier one of their journey, of 100 visits; absent when they are too
    /// few to tell.
    pub repeated: Option<f64>,
    /// Journeys that passed it over although the blueprint has it, of 100; absent when they are too
    /// few to tell.
    pub skipped: Option<f64>,
    /// From its start to its end.
    pub processing: Option<Times>,
    /// The delays that it offered.
    pub offered: Option<Times>,
}

/// One step following another, or itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Handoff {
    /// The step before.
    pub from: String,
    /// The step after.
    pub to: String,
    /// How often, of 100 journeys; absent as for the step before.
    pub of_100: Option<f64>,
    /// From the end of the one to the start of the other.
    pub wait: Times,
    /// Times at which it took a journey straight back to the team that had just handed it on, of
    /// 100; absent when they are too few to tell.
    pub returned: Option<f64>,
}

impl Handoff {
    /// The way as an element of the chain.
    pub fn element(&self) -> Element {
        Element::Handoff(self.from.clone(), self.to.clone())
    }
}

/// The promises of an element.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// Who made them.
    pub element: Element,
    /// Those that were kept, of 100.
    pub kept: f64,
    /// By how much those that were late were late, all of them together; the median is 0 or below
    /// where most were kept.
    pub lateness: Times,
}

/// Durations, in seconds; below zero where two steps overlap or a promise was met early.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Times {
    /// Half took no longer.
    pub median: f64,
    /// Nine of ten took no longer.
    pub p90: f64,
}

/// Journeys that left the blueprint, of 100; absent where they are too few to tell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Detours {
    /// In any way.
    pub any: Option<f64>,
    /// They came back to a step, or to one before it.
    pub came_back: Option<f64>,
    /// The customer was there without the step that they usually meet first.
    pub unannounced: Option<f64>,
    /// A step was repeated.
    pub reworked: Option<f64>,
    /// From one team to another and straight back.
    pub ping_pong: Option<f64>,
}

/// A whole path.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Its steps in order.
    pub steps: Vec<String>,
    /// Journeys that took it, of 100 whose path is told.
    pub of_100: f64,
    /// Steps of the blueprint that customers usually meet and that it passes over.
    pub skipped: Vec<String>,
    /// Steps that it comes back to.
    pub repeated: Vec<String>,
    /// From the start to the end.
    pub duration: Times,
    /// The part of it for which nobody was at work.
    pub waiting: Times,
    /// The mean outcome of those who answered, 0 to 100, to the whole point; absent below the floor
    /// of answers.
    pub outcome: Option<Estimate>,
}

/// Rescued journeys of one variant.
#[derive(Clone, Debug, PartialEq)]
pub struct Rescue {
    /// The steps that its customers met, in the order of the chain.
    pub steps: Vec<String>,
    /// Its journeys that met friction or a broken promise, of 100 whose outcome is known.
    pub trouble: f64,
    /// Of those, the ones that ended well, of 100.
    pub saved: f64,
}
