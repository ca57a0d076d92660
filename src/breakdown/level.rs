//! The level beside its split: who answered, what is done about those who did not, and what chance does to a small place.
//!
//! None of it is part of the breakdown's sum. It says how far the sum's first figure can be trusted.

use relais_analytics::interval::{Interval, Share};
use relais_analytics::nonresponse::{Survey, if_the_silent};
use relais_analytics::shrinkage::{measured, shrink};
use relais_analytics::{Attribution, Sums};

use super::pool::Pool;
use super::request::Question;
use super::{LEVEL, Points};
use crate::privacy::Place;
use crate::publication::{AnswerCell, Published};

/// How much less happy the silent are supposed to be, to see what it would change: points of 0 to 100.
pub const LESS_HAPPY: f64 = 10.0;
/// The finest part of a point that sums of outcomes are kept in: scales of different lengths are added up in it.
const THOUSANDTHS: f64 = 1_000.0;

/// What stands beside the level.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Level {
    /// The share of the journeys whose customers answered.
    pub answered: Option<Rate>,
    /// What the lateness of those who did not answer changed; absent where nothing is split.
    pub calibration: Option<Calibration>,
    /// The outcome of the same answers weighted until they look like all journeys.
    pub weighted: Option<Weighted>,
    /// The outcome if the silent were [`LESS_HAPPY`] points less happy than those who answered.
    pub if_silent: Option<f64>,
    /// A place's outcome drawn towards that of the others of its kind; the network has none.
    pub pulled: Option<Pulled>,
}

/// A share with its interval, of 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// The share.
    pub share: f64,
    /// Its interval of [`LEVEL`].
    pub interval: (f64, f64),
}

/// How the shortfall was calibrated, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// What those who answered lost.
    pub observed: f64,
    /// What the lateness of the others adds.
    pub added: f64,
    /// What a day late costs.
    pub a_day: f64,
}

/// A weighted outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighted {
    /// The outcome, 0 to 100.
    pub outcome: Points,
    /// So many answers with equal weights would say as much.
    pub effective: f64,
}

/// An outcome drawn towards that of the other places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pulled {
    /// The outcome, 0 to 100.
    pub outcome: Points,
    /// How much of its distance from the others is kept, 0 to 1.
    pub kept: f64,
}

impl Level {
    /// The level of the question's place; `report` is the split of the same cells, `survey` who answered there.
    pub(super) fn of(
        question: &Question,
        published: &Published,
        pool: &Pool,
        survey: &Survey,
        report: &Attribution,
    ) -> Self {
        let atoms = || published.atoms.iter().filter(|atom| atom.unit.is_in(&question.partition));
        let answers: i64 = atoms().map(|atom| i64::from(atom.unit.answers)).sum();
        let journeys: i64 = atoms().map(|atom| i64::from(atom.journeys)).sum();
        let answered = Share::of(answers, journeys, LEVEL);
        let outcome = report.outcome.map(|outcome| outcome.value);
        Self {
            answered: answered
                .map(|share| Rate { share: share.value, interval: ends(share.interval) }),
            calibration: report.calibration.map(|calibration| Calibration {
                observed: calibration.observed,
                added: calibration.added,
                a_day: calibration.a_day,
            }),
            weighted: survey.rake(LEVEL).map(|raked| Weighted {
                outcome: Points { points: raked.outcome, interval: raked.interval.map(ends) },
                effective: raked.effective,
            }),
            if_silent: outcome
                .zip(answered)
                .and_then(|(level, rate)| if_the_silent(level, rate.value, LESS_HAPPY)),
            pulled: pulled(&question.partition, pool),
        }
    }
}

/// Draws a site's outcome towards that of all sites, a region's towards that of all regions; the network has no other.
fn pulled(place: &Place, pool: &Pool) -> Option<Pulled> {
    let sums = pool.alike(place);
    let own = sums.keys().position(|known| *known == place)?;
    let all = shrink(&measured(&sums.into_values().copied().collect::<Vec<_>>()), LEVEL)?;
    // Two places cannot say what places are like: nothing is drawn anywhere then.
    all.common?;
    let drawn = all.groups.into_iter().nth(own)??;
    let points = |thousandths: f64| thousandths / THOUSANDTHS;
    let interval = (points(drawn.interval.low), points(drawn.interval.high));
    Some(Pulled {
        outcome: Points { points: points(drawn.value), interval: Some(interval) },
        kept: drawn.kept,
    })
}

/// The outcomes of a cell, 0 to 100, in thousandths of a point.
pub(super) fn outcomes(published: &Published, cell: &AnswerCell) -> Option<Sums> {
    let range = f64::from(published.versions.get(&cell.version)?.outcome_range);
    let mut sums = Sums::default();
    for (loss, count) in cell.state.outcomes() {
        let outcome = (THOUSANDTHS * (100.0 - 100.0 * loss as f64 / range)).round() as i64;
        sums.merge(&Sums { count, sum: count * outcome, squares: count * outcome * outcome });
    }
    Some(sums)
}

fn ends(interval: Interval) -> (f64, f64) {
    (interval.low, interval.high)
}
