//! What stands beside the split, as JSON: who answered, and how the level would stand otherwise.

use relais_analytics::attribute::{Calibration, Estimate};
use relais_analytics::interval;
use serde::Serialize;

use super::figures::{Mean, ends, mean};
use crate::breakdown::level::LESS_HAPPY;
use crate::breakdown::{self, Breakdown, Frictions, Rescued};
use crate::element::Element;
use crate::survey::Friction;

/// The fields of a document beside its split.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct ResponseRate {
    /// How many of all journeys' customers answered.
    response_rate: Option<Share>,
    /// What the lateness of those who did not answer changed, in points lost.
    calibration: Option<Calibrated>,
    /// The outcome of the same answers weighted to look like all journeys.
    weighted: Option<Weighted>,
    /// The outcome if the silent were so much less happy, and if they were happier.
    if_silent: Option<IfSilent>,
    /// The outcome drawn towards that of the other places of its kind.
    shrunken: Option<Shrunken>,
    /// Journeys that met trouble and ended well all the same.
    rescued: Option<Saved>,
    /// What differences between customers go with, as shares of the outcome's variance; of the
    /// network alone.
    importance: Option<Importance>,
    /// What differences between outcomes go with: shares that add up to 1; of the network alone.
    variance: Option<Variance>,
}

impl ResponseRate {
    pub(crate) fn of(breakdown: &Breakdown) -> Self {
        let level = &breakdown.level;
        let weighted = level
            .weighted
            .map(|w| Weighted { outcome: mean(w.outcome), effective_answers: w.effective });
        Self {
            response_rate: level.answered.map(Share::from),
            calibration: level.calibration.map(calibrated),
            weighted,
            if_silent: level.if_silent.map(|[mean, happier_mean]| IfSilent {
                less_happy: LESS_HAPPY,
                mean,
                happier_mean,
            }),
            shrunken: level.pulled.map(|p| Shrunken { outcome: mean(p.outcome), kept: p.kept }),
            rescued: breakdown.rescued.as_ref().map(saved),
            importance: breakdown.wider.importance.as_ref().map(importance),
            variance: breakdown.wider.variance.map(variance),
        }
    }
}

/// A share of 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Share {
    share: f64,
    low: f64,
    high: f64,
}

impl From<interval::Share> for Share {
    fn from(rate: interval::Share) -> Self {
        Self { share: rate.value, low: rate.interval.low, high: rate.interval.high }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Calibrated {
    observed: f64,
    added: f64,
    points_a_day: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Weighted {
    #[serde(flatten)]
    outcome: Mean,
    effective_answers: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct IfSilent {
    less_happy: f64,
    mean: f64,
    /// If they were as much happier.
    happier_mean: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Shrunken {
    #[serde(flatten)]
    outcome: Mean,
    /// How much of the distance from the others is kept, 0 to 1.
    kept: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Saved {
    trouble: Share,
    rescued: Share,
    steps: Vec<Element>,
}

/// A share of 1 whose interval may be unknown.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Portion {
    share: f64,
    low: Option<f64>,
    high: Option<f64>,
}

impl From<Estimate> for Portion {
    fn from(share: Estimate) -> Self {
        let (low, high) = ends(share.interval);
        Self { share: share.value, low, high }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Importance {
    explained: Portion,
    lateness: Portion,
    elements: Vec<Important>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Important {
    code: Element,
    #[serde(flatten)]
    portion: Portion,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Variance {
    path: Option<Portion>,
    site: Option<Portion>,
    week: Option<Portion>,
    rest: Portion,
}

/// What customers ticked on a handoff, as shares of those who were asked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct FrictionShares {
    any: Share,
    kinds: Vec<Kind>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Kind {
    friction: Friction,
    #[serde(flatten)]
    share: Share,
}

impl FrictionShares {
    pub(crate) fn of(frictions: &Frictions) -> Self {
        let kind = |(friction, rate): &(Friction, interval::Share)| Kind {
            friction: *friction,
            share: (*rate).into(),
        };
        Self { any: frictions.any.into(), kinds: frictions.kinds.iter().map(kind).collect() }
    }
}

fn saved(rescued: &Rescued) -> Saved {
    Saved {
        trouble: rescued.trouble.into(),
        rescued: rescued.saved.into(),
        steps: rescued.steps.clone(),
    }
}

fn importance(found: &breakdown::Importance) -> Importance {
    let elements = found
        .elements
        .iter()
        .map(|(code, share)| Important { code: code.clone(), portion: (*share).into() });
    Importance {
        explained: found.explained.into(),
        lateness: found.lateness.into(),
        elements: elements.collect(),
    }
}

fn variance(found: breakdown::Variance) -> Variance {
    let portion = |share: Estimate| Portion::from(share);
    Variance {
        path: found.path.map(portion),
        site: found.site.map(portion),
        week: found.week.map(portion),
        rest: found.rest.into(),
    }
}

fn calibrated(calibration: Calibration) -> Calibrated {
    Calibrated {
        observed: calibration.observed,
        added: calibration.added,
        points_a_day: calibration.a_day,
    }
}
