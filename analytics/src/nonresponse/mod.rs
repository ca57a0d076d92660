//! Non-response: all journeys are known, so how those who answered differ from all is measured,
//! and part of it corrected.
//!
//! The breakdown calibrates its level by lateness (see [`mod@crate::attribute`]). Here is the
//! wider correction beside it: [`Survey::rake`] weights the answers until they look like all
//! journeys by variant, lateness, site, channel and month ([`raking`]). It removes the bias that
//! these explain and cannot remove the one that satisfaction itself causes: for that there is
//! [`if_the_silent`].

pub mod raking;

use crate::cell::{Cell, Margin, Population};
use crate::interval::{Interval, t_quantile};
use raking::{Answers, rake};
use std::collections::BTreeMap;

/// Variant, site, month, lateness, channel.
const MARGINS: usize = 5;
/// The category of lateness and of channel of what was published before they were kept.
const BEFORE: u32 = u32::MAX;

/// Where cells stand: numbers of the caller's own, equal where things are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The variant.
    pub variant: u32,
    /// The site, or what a site's answers were pooled into.
    pub site: u32,
    /// The month.
    pub month: u32,
}

/// Those who answered, and all journeys.
///
/// ```
/// use relais_analytics::cell::{Cell, Details, Journey, Population, Row};
/// use relais_analytics::nonresponse::{Place, Survey};
///
/// // Half of the journeys are two days late, and lose 40 points; the late answer half as often.
/// let (mut cell, mut all) = (Cell::new(0), Population::new());
/// for i in 0..600 {
///     let lateness = if i % 2 == 0 { 0 } else { 2880 };
///     all.add(&Journey { lateness, ..Journey::default() });
///     if i % 2 == 0 || i % 4 == 1 {
///         let outcome = Some(if lateness > 0 { 5 } else { 1 });
///         let row = Row { outcome, lateness, items: &[], time: &[] };
///         cell.add_with(&row, &Details { channel: Some(0), ..Details::default() })?;
///     }
/// }
/// let mut survey = Survey::new();
/// survey.answers(Place::default(), &cell, 10.0);
/// survey.journeys(Place::default(), &all);
/// let level = survey.rake(0.9).expect("there are answers and journeys");
/// assert!((level.unweighted - 76.67).abs() < 0.01, "as they answered");
/// assert!((level.outcome - 70.0).abs() < 1e-6, "as they travelled");
/// assert!((level.effective - 400.0).abs() < 1e-6, "of 450, as late answers weigh twice");
/// # Ok::<(), relais_analytics::cell::RowError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Survey {
    answers: BTreeMap<[u32; MARGINS], Sums>,
    journeys: BTreeMap<[u32; MARGINS], f64>,
}

/// Sums of answers, on the scale of 0 to 100.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    count: f64,
    known: f64,
    loss: f64,
    squares: f64,
}

/// A level that was weighted so that those who answered look like all journeys.
#[derive(Clone, Debug, PartialEq)]
pub struct Raked {
    /// The mean outcome, 0 to 100.
    pub outcome: f64,
    /// Where it lies: by Student's t with [`Raked::effective`] answers. What the margins explain
    /// is not taken off the spread, so it is rather too wide. `None` below two effective answers.
    pub interval: Option<Interval>,
    /// The mean outcome of the same answers without weights.
    pub unweighted: f64,
    /// Kish's effective number of answers (Kish 1965): so many with equal weights would say as
    /// much.
    pub effective: f64,
    /// How well the weights meet the margins, and what they cost.
    pub fit: raking::Fit,
}

impl Raked {
    /// Whether weighting moves the outcome by more than chance: then those who answer differ from
    /// those who do not in what they say too, perhaps because only the angry answer, and the size
    /// of a rated effect would come out too large
    /// ([`Options::raking_moves`](crate::Options::raking_moves)).
    pub fn moves(&self) -> bool {
        self.interval.is_some_and(|range| !(range.low..=range.high).contains(&self.unweighted))
    }
}

impl Survey {
    /// Nobody.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds answers; `factor` turns a loss of their version into points of 0 to 100. Those of
    /// journeys that nobody knows are left out.
    pub fn answers(&mut self, place: Place, cell: &Cell, factor: f64) {
        for (margin, answered) in cell.margins().filter(|(_, answered)| answered.count > 0) {
            let sums = self.answers.entry(categories(place, margin)).or_default();
            sums.count += answered.count as f64;
            sums.known += answered.known as f64;
            sums.loss += factor * answered.loss as f64;
            sums.squares += factor * factor * answered.squares as f64;
        }
    }

    /// Adds journeys, answered or not.
    pub fn journeys(&mut self, place: Place, population: &Population) {
        for (margin, count) in population.margins().filter(|(_, count)| *count > 0) {
            *self.journeys.entry(categories(place, margin)).or_default() += count as f64;
        }
    }

    /// The level of all journeys, as far as the margins tell it, with an interval at a two-sided
    /// `level`. `None` without outcomes or without journeys.
    pub fn rake(&self, level: f64) -> Option<Raked> {
        let answers = || {
            self.answers
                .iter()
                .map(|(categories, sums)| Answers { categories: *categories, count: sums.count })
        };
        let raking = rake(&answers().collect::<Vec<_>>(), &self.margins())?;
        let weighted = || self.answers.values().zip(raking.weights.iter().copied());
        let total =
            |of: fn(&Sums) -> f64| weighted().map(|(sums, weight)| weight * of(sums)).sum::<f64>();
        let known = total(|sums| sums.known);
        let plain = self
            .answers
            .values()
            .fold([0.0; 2], |[n, loss], sums| [n + sums.known, loss + sums.loss]);
        if known <= 0.0 || plain[0] <= 0.0 {
            return None;
        }
        let mean = total(|sums| sums.loss) / known;
        let effective = known * known
            / weighted().map(|(sums, weight)| weight * weight * sums.known).sum::<f64>();
        let variance = (total(|sums| sums.squares) / known - mean * mean).max(0.0);
        Some(Raked {
            outcome: 100.0 - mean,
            interval: interval(100.0 - mean, variance, effective, level),
            unweighted: 100.0 - plain[1] / plain[0],
            effective,
            fit: raking.fit,
        })
    }

    fn margins(&self) -> [BTreeMap<u32, f64>; MARGINS] {
        std::array::from_fn(|margin| {
            self.journeys.iter().fold(BTreeMap::new(), |mut of, (categories, count)| {
                *of.entry(categories[margin]).or_default() += count;
                of
            })
        })
    }
}

fn categories(place: Place, margin: Option<Margin>) -> [u32; MARGINS] {
    let lateness = margin.map_or(BEFORE, |margin| margin.class as u32);
    let channel = margin.map_or(BEFORE, |margin| u32::from(margin.channel));
    [place.variant, place.site, place.month, lateness, channel]
}

fn interval(outcome: f64, variance: f64, effective: f64, level: f64) -> Option<Interval> {
    let t = t_quantile(level, (effective.floor() as usize).checked_sub(1)?)?;
    let half = t * (variance / (effective - 1.0)).sqrt();
    Some(Interval { low: (outcome - half).max(0.0), high: (outcome + half).min(100.0) })
}

/// How many of those who were invited answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ResponseRate {
    /// So many.
    Known {
        /// Those who answered.
        answered: i64,
        /// Those who were invited: at least as many, and above 0.
        invited: i64,
    },
    /// The rate is not known, and neither is what depends on it.
    Unknown(UnknownRate),
}

/// Why a response rate is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnknownRate {
    /// The answers were imported, and nobody said how many were invited.
    InvitedUnknown,
    /// Nobody was invited, so nobody could answer.
    NobodyInvited,
    /// More answered than were invited: answers and invitations are not of the same journeys.
    MoreThanInvited,
}

impl ResponseRate {
    /// The rate of so many answers among so many invited; `None` where these are not known. Both
    /// are to be of the same journeys, by the week in which the journey ended.
    ///
    /// ```
    /// use relais_analytics::nonresponse::{ResponseRate, UnknownRate};
    ///
    /// assert_eq!(ResponseRate::of(25, Some(100)).share(), Some(0.25));
    /// let unknown = [ResponseRate::of(143, Some(100)), ResponseRate::of(143, None)];
    /// let why = [UnknownRate::MoreThanInvited, UnknownRate::InvitedUnknown];
    /// assert_eq!(unknown, why.map(ResponseRate::Unknown));
    /// ```
    pub fn of(answered: i64, invited: Option<i64>) -> Self {
        match invited {
            None => Self::Unknown(UnknownRate::InvitedUnknown),
            Some(invited) if invited <= 0 => Self::Unknown(UnknownRate::NobodyInvited),
            Some(invited) if !(0..=invited).contains(&answered) => {
                Self::Unknown(UnknownRate::MoreThanInvited)
            }
            Some(invited) => Self::Known { answered, invited },
        }
    }

    /// The share who answered, 0 to 1; `None` where it is not known.
    pub fn share(&self) -> Option<f64> {
        match *self {
            Self::Known { answered, invited } => Some(answered as f64 / invited as f64),
            Self::Unknown(_) => None,
        }
    }

    /// [`if_the_silent`] at this rate; `None` where it is not known.
    pub fn if_the_silent(&self, outcome: f64, points: f64) -> Option<f64> {
        if_the_silent(outcome, self.share()?, points)
    }
}

/// The level of all journeys if those who did not answer were `points` less happy than those who
/// did: points of 0 to 100, `rate` the share of journeys that answered, 0 to 1. A negative
/// `points` says they were happier. `None` when the rate is outside that or a figure is no number.
///
/// ```
/// use relais_analytics::nonresponse::if_the_silent;
///
/// // A quarter answered; were the others ten points less happy, the level would be 7.5 points
/// // lower.
/// assert_eq!(if_the_silent(80.0, 0.25, 10.0), Some(72.5));
/// ```
pub fn if_the_silent(outcome: f64, rate: f64, points: f64) -> Option<f64> {
    let possible = (0.0..=1.0).contains(&rate) && outcome.is_finite() && points.is_finite();
    // Nobody is less happy than 0, nor happier than 100.
    possible.then(|| rate * outcome + (1.0 - rate) * (outcome - points).clamp(0.0, 100.0))
}
