//! Where the points are lost: published cells become what the teams and the process owner see.
//!
//! A [`Breakdown`] splits the shortfall of some journeys over the parts of their chain, and adds up
//! exactly. Who it is about is a [`Place`], when is a [`Period`] of whole releases, and whose eyes
//! it is made for decides what is in it ([`crate::privacy::Eyes`]). It only ever leaves this domain
//! as `Disclosed<Breakdown>`: [`read`] asks the gate, and [`document`], [`picture`], [`story`] and
//! [`plain`] (JSON, SVG, sentences, the command line) take nothing else.
//!
//! Lines stand in the order of the chain. Nothing here sorts by a figure.

use jiff::civil::Date;
use relais_analytics::attribute::{Calibration, Contrast, EffectSize, Estimate, Mix};
use relais_analytics::interval::{Interval, Share};
use relais_analytics::timings::Coverage;

use crate::blueprint::Blueprint;
use crate::element::Element;
use crate::privacy::{NotShown, Place};
use crate::survey::Friction;

pub(crate) mod attribution;
pub mod caveat;
pub mod chooser;
pub mod comments;
pub mod disclosure;
pub mod document;
pub mod everything;
pub mod evidence;
pub mod evidence_links;
pub(crate) mod frictions;
pub mod handoff;
pub mod level;
pub(crate) mod method_input;
pub mod network_shares;
pub mod panel;
pub(crate) mod phrases;
pub mod picture;
pub mod plain;
pub mod process;
pub mod read;
pub mod request;
pub(crate) mod snapshot;
pub mod stated_limits;
pub mod store;
pub mod story;
pub mod table;
pub mod titles;
pub(crate) mod totals;
pub mod web;

pub(crate) mod pool;
#[cfg(test)]
pub(crate) mod sample;

/// Below this many responses in the pooled fit nothing is split: only means and friction shares are
/// told.
pub const LEAST_RESPONSES: u64 = 200;

/// Cells hold minutes, readers are told days.
pub(crate) const MINUTES_A_DAY: f64 = 1_440.0;

/// The level of every interval shown.
pub const LEVEL: f64 = 0.9;

/// The shortfall of some journeys, split over their chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Breakdown {
    /// The blueprint whose journeys these are.
    pub blueprint: Blueprint,
    /// Whose journeys.
    pub partition: Place,
    /// What the partition is called, where it has a name.
    pub place: Option<String>,
    /// What they are compared with.
    pub against: Option<Against>,
    /// When.
    pub period: Period,
    /// Journeys that ended in the period.
    pub journeys: u64,
    /// Of those, how many were invited to answer; not known of history from another tool.
    pub invited: Option<u64>,
    /// Answers behind the figures.
    pub responses: u64,
    /// Answers behind the slopes, of all sites together.
    pub pooled: u64,
    /// The mean outcome, 0 to 100.
    pub outcome: Estimate,
    /// 100 minus the mean outcome.
    pub shortfall: Estimate,
    /// The shortfall beyond that of the reference.
    pub gap: Option<Estimate>,
    /// The elements that may be shown, in the order of the chain.
    pub lines: Vec<Line>,
    /// What belongs to no line: not traced, or not shown. Absent where nothing is split.
    pub untraced: Option<Estimate>,
    /// The same of the gap.
    pub untraced_contrast: Option<Estimate>,
    /// Which element stands out, if any.
    pub leading: Option<Element>,
    /// What else may be said where no single one does.
    pub undecided: Option<Undecided>,
    /// The elements that are not shown, each with its reason; their points are among the untraced.
    pub suppressed: Vec<Suppressed>,
    /// How late the journeys ended, those who answered beside all, in days.
    pub lateness: Option<Lateness>,
    /// Of how many journeys all times are known; absent where nothing is ever promised.
    pub timings: Option<Coverage>,
    /// What other paths and other weeks than the reference's cost, which is no part's doing.
    pub mix: Option<Mix>,
    /// What a point of a rating costs, where contrasts are split.
    pub effect_size: Option<EffectSize>,
    /// Who answered, and what that does to the level.
    pub level: Level,
    /// Effort that hides a fault; absent below the floor of answers.
    pub rescued: Option<Rescued>,
    /// What is told of the network alone.
    pub wider: NetworkShares,
}

impl Breakdown {
    /// Whether the shortfall is split over the elements.
    pub fn is_split(&self) -> bool {
        self.untraced.is_some()
    }

    /// What the last part is called: what is not shown stands in it.
    pub fn untraced_key(&self) -> &'static str {
        if self.suppressed.iter().all(|hidden| hidden.reason == NotShown::Shared) {
            "breakdown-untraced"
        } else {
            "breakdown-untraced-or-hidden"
        }
    }

    /// The line of an element, if it is shown.
    pub fn line(&self, element: &Element) -> Option<&Line> {
        self.lines.iter().find(|line| line.element == *element)
    }

    /// Why an element is not shown, if it is not.
    pub fn hidden(&self, element: &Element) -> Option<&NotShown> {
        let hidden = self.suppressed.iter().find(|hidden| hidden.element == *element);
        hidden.map(|hidden| &hidden.reason)
    }
}

/// Elements that stand out without any single one being named, in the order of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undecided {
    /// They cannot be told apart.
    Set(Vec<Element>),
    /// They are rated lower (or later) here, and that the outcome is lower is not certain: a place
    /// that uses the scale lower loses no point.
    Lower(Vec<Element>),
}

/// One element of the chain with its figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Which element.
    pub element: Element,
    /// The points lost there; absent where nothing is split. What it made up is already taken off.
    pub points: Option<Estimate>,
    /// More (or fewer) points than the reference loses there.
    pub contrast: Option<Contrast>,
    /// Its mean rating, 0 to 100; promises have none.
    pub mean: Option<f64>,
    /// Answers to its own item.
    pub asked: u64,
    /// Answers of journeys that have it.
    pub passed: u64,
    /// The part of its points that dates and delays cost.
    pub delay: f64,
    /// Points that it won back after others had lost them.
    pub made_up: f64,
    /// A handoff and the step after it colour each other: the points if all of the colour were here
    /// or there.
    pub handoff_range: Option<Interval>,
    /// Of a handoff that was asked by frictions: what was ticked.
    pub friction: Option<Frictions>,
    /// Of a step that promises dates: how many it promised, of all journeys.
    pub promised: Option<Promised>,
}

impl Line {
    /// Whether its points can be told apart from zero.
    pub fn told_apart(&self) -> bool {
        self.points.is_some_and(Estimate::excludes_zero)
    }
}

/// Dates that a step promised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Promised {
    /// How many.
    pub made: u64,
    /// Those that were kept.
    pub kept: u64,
}

/// What stands beside the level.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Level {
    /// The share of the journeys whose customers answered; `None` where it is not known.
    pub answered: Option<Share>,
    /// What the lateness of those who did not answer changed; absent where nothing is split.
    pub calibration: Option<Calibration>,
    /// The outcome of the same answers weighted until they look like all journeys.
    pub weighted: Option<Weighted>,
    /// The outcome if the silent were [`level::LESS_HAPPY`] points less happy than those who
    /// answered, and if they were as much happier.
    pub if_silent: Option<[f64; 2]>,
    /// A place's outcome drawn towards that of the others of its kind; the network has none.
    pub pulled: Option<Pulled>,
}

/// A weighted outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighted {
    /// The outcome, 0 to 100.
    pub outcome: Estimate,
    /// So many answers with equal weights would say as much.
    pub effective: f64,
}

/// An outcome drawn towards that of the other places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pulled {
    /// The outcome, 0 to 100.
    pub outcome: Estimate,
    /// How much of its distance from the others is kept, 0 to 1.
    pub kept: f64,
}

/// What is told of the network alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkShares {
    /// What differences between customers go with; absent below the answers that a split needs.
    pub importance: Option<Importance>,
    /// What differences between outcomes go with; absent where they cannot be told apart.
    pub variance: Option<Variance>,
}

/// Shares of the outcome's variance between customers of the same path and place.
#[derive(Clone, Debug, PartialEq)]
pub struct Importance {
    /// What lateness goes with: it comes first, since a rating cannot cause a past delay.
    pub lateness: Estimate,
    /// Each rated element that may be shown, in the order of the chain.
    pub elements: Vec<(Element, Estimate)>,
    /// All of it together, hidden elements included.
    pub explained: Estimate,
}

/// Shares of the outcome's variance that add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variance {
    /// With the path that journeys took; absent where all took one.
    pub path: Option<Estimate>,
    /// With the site; absent where there is one.
    pub site: Option<Estimate>,
    /// With the week.
    pub week: Option<Estimate>,
    /// Within a site, week and path: what differs from one journey to the next.
    pub rest: Estimate,
}

/// What customers ticked on a handoff.
#[derive(Clone, Debug, PartialEq)]
pub struct Frictions {
    /// Those who ticked any, as a share of 1.
    pub any: Share,
    /// Each kind, in the order in which they are asked; a kind that was not offered is absent.
    pub kinds: Vec<(Friction, Share)>,
}

/// Journeys that met friction or a broken promise and ended well all the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Rescued {
    /// Journeys that met trouble, as a share of all whose outcome is known.
    pub trouble: Share,
    /// Of those, the ones that ended well.
    pub saved: Share,
    /// The steps that were praised on them more than steps were in general, in the order of the
    /// chain.
    pub steps: Vec<Element>,
}

/// An element that is not shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Suppressed {
    /// Which element.
    pub element: Element,
    /// Why.
    pub reason: NotShown,
}

/// Mean lateness at the end, in days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lateness {
    /// Of the journeys whose customers answered.
    pub answered: f64,
    /// Of all journeys.
    pub all: f64,
}

/// What a partition is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// All other journeys of the network.
    Rest,
}

/// When: the days of whole releases, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}
