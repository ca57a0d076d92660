//! What could be seen here: faults of known size are planted, in memory, into what an organisation
//! has, and the rule that names the part of a chain that stands out is asked in how many of ten
//! quarters it would name them.
//!
//! It is told of a place beside the rest of the network, from one of three grounds ([`Basis`]): how
//! the organisation's own answers vary; where these are too few to tell, how many there are; and
//! before anything is collected, what goes through the log and a rate of answers that is assumed.
//! The first two go the road of every report: a question, its snapshot, the gate, and
//! `Disclosed<Power>`. The third reads no answer and holds nothing of anybody; it is for whoever
//! imported the log ([`read::of_log`]).
//!
//! Nothing is stored. The draws begin at a constant: the same data give the same figures.

mod assumed;
pub mod document;
mod draws;
mod gains;
pub mod panel;
mod phrases;
pub mod plain;
pub mod read;
#[cfg(test)]
mod tests;
pub mod warm_up;
pub mod web;

use crate::blueprint::Blueprint;
use crate::breakdown::request::{Catalogue, Question};
use crate::breakdown::{Against, Period, Suppressed};
use crate::element::Element;
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::privacy::Place;

/// The sizes that are planted, in points of 0 to 100.
pub const SIZES: [f64; 8] = [1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0];
/// Those that are told.
pub const TOLD: [f64; 3] = [2.0, 5.0, 10.0];
/// A fault is seen that is named in at least this share of the quarters.
pub const SEEN: f64 = 0.8;
/// Weeks of a quarter.
pub const QUARTER: u32 = 13;
/// The share of customers who answer, where nobody has been asked yet and nobody says otherwise.
pub const RESPONSE: f64 = 0.15;

/// What could be seen of a place beside the rest of the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Power {
    pub blueprint: Blueprint,
    pub partition: Place,
    /// What the place is called, where it has a name.
    pub place: Option<String>,
    pub basis: Basis,
    /// What a quarter brings, at the place and elsewhere.
    pub here: Volume,
    pub rest: Volume,
    /// The parts of the chain that journeys of the place have and that may be told of, in its
    /// order.
    pub parts: Vec<PartPower>,
    /// What could be changed, and what it would do to the faults of [`Power::examples`].
    pub gains: Vec<Gain>,
    /// The parts that may not be told of.
    pub suppressed: Vec<Suppressed>,
}

/// What the figures are worked out from.
#[derive(Clone, Debug, PartialEq)]
pub enum Basis {
    /// How the answers of some weeks vary.
    Answers {
        period: Period,
        weeks: u32,
        /// Of these, the weeks that brought no answer at the place.
        empty: u32,
        /// Whether the size of rated faults is measured there.
        sized: bool,
    },
    /// Released answers that are too few to tell how they vary.
    Few { period: Period, assumed: Assumed },
    /// Nothing was released: the journeys of the log.
    Log(Assumed),
}

/// What is assumed of answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assumed {
    /// The share of journeys whose customers answer, 0 to 1.
    pub response: f64,
    /// About how many parts each is asked.
    pub asked: usize,
}

/// Journeys and answers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Volume {
    pub journeys: f64,
    pub answers: f64,
}

/// A part of the chain, with the share of quarters in which a fault of it would be named.
#[derive(Clone, Debug, PartialEq)]
pub struct PartPower {
    pub element: Element,
    /// By [`SIZES`]; `None` where nothing can be told: its ratings do not vary, or one of the sides
    /// has none.
    pub named: Option<[f64; SIZES.len()]>,
}

/// Something that could be changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// More parts asked of each customer.
    Parts { now: usize, then: usize },
    /// So many times as many customers asked.
    People(f64),
    /// So many times as many who answer, where nobody more can be asked, or it is not known of
    /// whom.
    Answers(f64),
    /// More of the customers who answer than assumed.
    Response { now: f64, then: f64 },
    /// Half a year instead of a quarter.
    HalfYear,
    /// The region instead of its site.
    Region(String),
    /// A place with so many times the traffic.
    Larger(f64),
}

/// What a change would do to a fault of each kind: the share of periods in which it is named.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    pub change: Change,
    /// In the order of [`Power::examples`].
    pub named: Vec<f64>,
}

/// A fault that stands for others of its kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Example<'a> {
    pub part: &'a PartPower,
    /// The size whose chance is most open.
    pub points: f64,
    /// The share of quarters in which it is named now.
    pub now: f64,
}

impl PartPower {
    /// The share of quarters in which a fault of so many points is named; `points` is one of
    /// [`SIZES`].
    pub fn share(&self, points: f64) -> Option<f64> {
        let at = SIZES.iter().position(|size| *size == points)?;
        Some(self.named?[at])
    }

    /// From how many points on a fault is [seen](SEEN), between the sizes that were tried; `None`
    /// where even the largest is not, or nothing is known.
    pub fn seen_from(&self) -> Option<f64> {
        let named = self.named?;
        let at = named.iter().position(|share| *share >= SEEN)?;
        let Some(before) = at.checked_sub(1) else { return Some(SIZES[0]) };
        let way = (SEEN - named[before]) / (named[at] - named[before]);
        let points = SIZES[before] + way * (SIZES[at] - SIZES[before]);
        // Rounded up: what is told is seen.
        Some((2.0 * points).ceil() / 2.0)
    }
}

impl Power {
    /// The fault that the first sentence is about: of the team's own parts where a team asks and
    /// has some, of a handoff where there are any.
    pub fn main(&self, team: Option<&str>) -> Option<&PartPower> {
        let of_team = |part: &&PartPower| {
            team.is_none_or(|team| self.blueprint.teams(&part.element).contains(&team))
        };
        middle(self.parts.iter().filter(of_team).filter(|part| is_handoff(part)))
            .or_else(|| middle(self.parts.iter().filter(of_team)))
    }

    /// A rated fault and one of dates, as far as there are parts of both kinds.
    pub fn examples(&self) -> Vec<Example<'_>> {
        let parts = |kind: fn(&PartPower) -> bool| self.parts.iter().filter(move |part| kind(part));
        let rated = middle(parts(is_handoff)).or_else(|| middle(parts(is_rated)));
        let timed = middle(parts(|part| !is_rated(part)));
        rated.into_iter().chain(timed).filter_map(example).collect()
    }

    /// Whether anything can be told.
    pub fn is_known(&self) -> bool {
        self.parts.iter().any(|part| part.named.is_some())
    }
}

fn is_rated(part: &PartPower) -> bool {
    part.element.is_rated()
}

fn is_handoff(part: &PartPower) -> bool {
    matches!(part.element, Element::Handoff(..))
}

/// The one in the middle by what is seen of it, of equals the first of the chain.
fn middle<'a>(parts: impl Iterator<Item = &'a PartPower>) -> Option<&'a PartPower> {
    let mut known: Vec<&PartPower> = parts.filter(|part| part.named.is_some()).collect();
    let share = |part: &PartPower| part.share(TOLD[1]).unwrap_or_default();
    known.sort_by(|one, other| share(one).total_cmp(&share(other)));
    known.get(known.len().saturating_sub(1) / 2).copied()
}

fn example(part: &PartPower) -> Option<Example<'_>> {
    let open = |points: &f64| (part.share(*points).unwrap_or_default() - 0.5).abs();
    let points = TOLD.into_iter().min_by(|one, other| open(one).total_cmp(&open(other)))?;
    Some(Example { part, points, now: part.share(points)? })
}

/// The place that a page begins with: of those that `covers` lets through the first region of the
/// alphabet, else the first site.
pub fn first_place(known: &Catalogue, covers: impl Fn(&Place) -> bool) -> Option<Place> {
    let regions = known.sites.iter().filter_map(|site| site.region.clone().map(Place::Region));
    let sites = known.sites.iter().map(|site| Place::Site(site.code.clone()));
    regions.filter(&covers).min().or_else(|| sites.filter(&covers).min())
}

/// A question that can be answered here: about a place beside the rest of the network.
pub fn beside_the_rest(question: Question) -> Result<Question> {
    if question.partition == Place::Network {
        let text = Text::new("power-network-has-no-rest");
        return Err(Refusal::new(text).in_field("partition").into());
    }
    Ok(Question { against: Some(Against::Rest), ..question })
}
