//! What the contrasts rest on, as JSON: known times, the mix of paths, the size of rated effects.

use relais_analytics::attribute::{EffectSize, Unmeasured};
use relais_analytics::timings::Coverage;
use serde::Serialize;

use super::figures::{Figure, ends};

/// Of how many journeys all times are known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Timings {
    journeys: i64,
    whole: i64,
    /// Published before anybody counted.
    unstated: i64,
    share: Option<f64>,
}

impl Timings {
    pub(super) fn of(coverage: Coverage) -> Self {
        let Coverage { journeys, unstated, .. } = coverage;
        Self { journeys, whole: coverage.whole(), unstated, share: coverage.share() }
    }
}

/// What other paths, and other weeks, than the reference's cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct PathsAndWeeks {
    pub(super) paths: Figure,
    pub(super) weeks: Figure,
}

/// Outcome points that a point of a rating costs, or why only a lower bound is known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct RatingWorth {
    points: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unmeasured: Option<&'static str>,
}

impl RatingWorth {
    pub(super) fn of(size: EffectSize) -> Self {
        match size {
            EffectSize::Measured(size) => {
                let (low, high) = ends(size.interval);
                Self { points: Some(size.value), low, high, unmeasured: None }
            }
            EffectSize::AtLeast(why) => {
                Self { points: None, low: None, high: None, unmeasured: Some(code(why)) }
            }
        }
    }
}

fn code(why: Unmeasured) -> &'static str {
    match why {
        Unmeasured::NotSummed => "not_summed",
        Unmeasured::NotSkewed => "not_skewed",
        Unmeasured::RakingMoves => "raking_moves",
        Unmeasured::FewGroups => "few_groups",
    }
}
