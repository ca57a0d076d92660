//! Charts: the same figure week after week, with limits that chance stays within, and what is worth
//! asking about.
//!
//! A point is a release. Each passes the gate by itself ([`Disclosed`](crate::privacy::Disclosed)
//! points make a disclosed chart and nothing else does), and a week that does not pass is a gap
//! that says why. The chart asks ("what happened there?"); whether an action helped is another
//! question, with an answer of its own in the method.

pub mod document;
pub mod drawing;
pub(crate) mod ledger;
mod limits;
pub mod panel;
pub mod phrases;
pub mod plain;
pub mod read;
#[cfg(test)]
pub(crate) mod tests;
pub mod trial;
pub mod web;

use std::fmt;
use std::str::FromStr;

use relais_analytics::Direction;
use relais_analytics::chart::Question;
use relais_analytics::verdict::smallest_visible_change;

use crate::blueprint::Blueprint;
use crate::calendar::Week;
use crate::element::{Element, UnknownElement};
use crate::privacy::{NotShown, Place, Subject};

/// Weeks before and after a change that the smallest visible one is told for.
pub const NOTICED_IN: usize = 8;

/// What is charted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The mean outcome, 0 to 100.
    Outcome,
    /// All promises kept, as a share of those made.
    Promises,
    /// One element: the mean rating of a step, the share of customers who met friction on a handoff
    /// (its mean rating where it was rated), the share of a step's promises that were kept; of a
    /// step that only gives dates, the days that were lost by them.
    Of(Element),
}

impl Measure {
    /// What the gate is asked about.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Outcome => Subject::Whole,
            Self::Promises => Subject::Dates,
            Self::Of(element) => Subject::Element(element.clone()),
        }
    }

    /// The element that it is about, if it is about one.
    pub fn element(&self) -> Option<&Element> {
        match self {
            Self::Of(element) => Some(element),
            Self::Outcome | Self::Promises => None,
        }
    }
}

impl FromStr for Measure {
    type Err = UnknownElement;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "outcome" => Ok(Self::Outcome),
            "promise" => Ok(Self::Promises),
            code => code.parse().map(Self::Of),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outcome => f.write_str("outcome"),
            Self::Promises => f.write_str("promise"),
            Self::Of(element) => element.fmt(f),
        }
    }
}

/// How a figure is charted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Weekly means, 0 to 100, with limits from their moving ranges (XmR).
    Means,
    /// Shares of a number, 0 to 100, with Laney's limits (p′).
    Shares,
    /// Weekly mean days, at least 0, with limits from their moving ranges (XmR).
    Days,
}

/// A week's figure, as its chart needs it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A mean of ratings, 0 to 100.
    Mean {
        /// The mean.
        mean: f64,
        /// The variance of single ratings.
        variance: f64,
        /// How many.
        count: u64,
    },
    /// Mean days a journey.
    Days {
        /// The mean.
        mean: f64,
        /// Of how many journeys.
        journeys: u64,
    },
    /// So many of so many.
    Share {
        /// How many.
        count: u64,
        /// Of how many.
        of: u64,
    },
}

impl Value {
    /// What the figure is made of: answers, promises, or journeys.
    pub fn size(self) -> u64 {
        match self {
            Self::Mean { count, .. } => count,
            Self::Days { journeys, .. } => journeys,
            Self::Share { of, .. } => of,
        }
    }

    /// The figure: 0 to 100, or days.
    pub fn figure(self) -> f64 {
        match self {
            Self::Mean { mean, .. } | Self::Days { mean, .. } => mean,
            Self::Share { count, of } => 100.0 * count as f64 / of as f64,
        }
    }

    /// The variance of the single answers behind it, in points.
    fn variance(self) -> f64 {
        match self {
            Self::Mean { variance, .. } => variance,
            // What journeys differ by is not published: weeks alone are the sample.
            Self::Days { .. } => 0.0,
            Self::Share { .. } => self.figure() * (100.0 - self.figure()),
        }
    }
}

/// A release on the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Which week it closed.
    pub week: Week,
    /// The first week that it stands for: where few answer in a week, several make one release, or
    /// several releases one point.
    pub since: Week,
    /// The figure, 0 to 100, and what it is made of; or why there is none.
    pub value: Result<Value, NotShown>,
    /// The centre line there, 0 to 100.
    pub centre: Option<f64>,
    /// What quiet weeks stay within, 0 to 100.
    pub limits: Option<(f64, f64)>,
    /// Whether the limits stay as they are.
    pub frozen: bool,
}

/// A chart that may be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The blueprint.
    pub blueprint: Blueprint,
    /// Whose journeys.
    pub partition: Place,
    /// What the place is called, where it has a name.
    pub place: Option<String>,
    /// What is charted.
    pub measure: Measure,
    /// How.
    pub kind: Kind,
    /// The last week whose points set the limits, where somebody chose it.
    pub baseline_until: Option<Week>,
    /// The releases, oldest first.
    pub points: Vec<Point>,
    /// What is worth asking about, here and on every other page; places in [`Chart::points`].
    pub questions: Vec<Question>,
    /// What small departures after the baseline add up to; `None` while the limits are on trial.
    pub watch: Option<Watch>,
    /// The smallest change of the mean over [`NOTICED_IN`] weeks that could be noticed, in points;
    /// `None` while too few weeks are known.
    pub smallest: Option<f64>,
}

/// The watch for small departures that last (CUSUM), in sigmas; places are those of
/// [`Chart::points`].
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    /// Where a sum is more than chance: the shorter the baseline, the higher.
    pub threshold: f64,
    /// The sum for a rise after each point.
    pub up: Vec<f64>,
    /// The sum for a fall after each point.
    pub down: Vec<f64>,
    /// The first alarm of each side.
    pub alarms: Vec<Alarm>,
}

/// Small departures that added up to more than chance does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// Where the sum passed the threshold.
    pub at: usize,
    /// About where it began.
    pub since: usize,
    /// Which way.
    pub direction: Direction,
}

/// The smallest change that [`NOTICED_IN`] weeks before and after would show: answers vary within a
/// week, and weeks vary by more than their answers explain.
fn smallest(values: &[Value]) -> Option<f64> {
    let weeks = values.len() as f64;
    if values.len() < 2 {
        return None;
    }
    let mean = |of: fn(&Value) -> f64| values.iter().map(of).sum::<f64>() / weeks;
    let answers = mean(|value| value.size() as f64);
    let within = mean(|value| value.variance());
    let centre = mean(|value| value.figure());
    let between =
        values.iter().map(|value| (value.figure() - centre).powi(2)).sum::<f64>() / (weeks - 1.0);
    let explained = mean(|value| value.variance() / value.size() as f64);
    smallest_visible_change(
        within.sqrt(),
        (between - explained).max(0.0).sqrt(),
        answers,
        NOTICED_IN,
    )
}
