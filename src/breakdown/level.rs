//! The level beside its split: who answered, what is done about those who did not, and what chance
//! does to a small place.
//!
//! None of it is part of the breakdown's sum. It says how far the sum's first figure can be
//! trusted.

use relais_analytics::Attribution;
use relais_analytics::attribute::Estimate;
use relais_analytics::interval::{Interval, Share};
use relais_analytics::nonresponse::{Raked, ResponseRate};
use relais_analytics::shrinkage::{measured, shrink};

use super::method_input::THOUSANDTHS;
use super::pool::Pool;
use super::request::Question;
use super::{LEVEL, Level, Pulled, Weighted};
use crate::privacy::Place;
use crate::publication::Published;

/// How much less happy, or happier, the silent are supposed to be, to see what it would change:
/// points of 0 to 100.
pub const LESS_HAPPY: f64 = 10.0;
impl Level {
    /// The level of the question's place; `report` is the split of the same cells, `raked`
    /// its answers weighted until they look like all journeys.
    pub(super) fn of(
        question: &Question,
        published: &Published,
        pool: &Pool,
        raked: Option<&Raked>,
        report: &Attribution,
    ) -> Self {
        let atoms = || published.atoms.iter().filter(|atom| atom.unit.is_in(&question.partition));
        let answers: i64 = atoms().map(|atom| i64::from(atom.unit.answers)).sum();
        let journeys: i64 = atoms().map(|atom| i64::from(atom.journeys)).sum();
        // Another tool's answers come without word of whom it asked.
        let is_known = atoms().all(|atom| atom.invited.is_some());
        let rate = ResponseRate::of(answers, is_known.then_some(journeys));
        let silent = |points: f64| rate.if_the_silent(report.outcome?.value, points);
        Self {
            answered: rate.share().and_then(|_| Share::of(answers, journeys, LEVEL)),
            calibration: report.calibration,
            weighted: raked.map(|raked| Weighted {
                outcome: Estimate { value: raked.outcome, interval: raked.interval },
                effective: raked.effective,
            }),
            if_silent: silent(LESS_HAPPY).zip(silent(-LESS_HAPPY)).map(<[f64; 2]>::from),
            pulled: pulled(&question.partition, pool),
        }
    }
}

/// Draws a site's outcome towards that of all sites, a region's towards that of all regions; the
/// network has no other.
fn pulled(place: &Place, pool: &Pool) -> Option<Pulled> {
    let sums = pool.alike(place);
    let own = sums.keys().position(|known| *known == place)?;
    let all = shrink(&measured(&sums.into_values().copied().collect::<Vec<_>>()), LEVEL)?;
    // Two places cannot say what places are like: nothing is drawn anywhere then.
    all.common?;
    let drawn = all.groups.into_iter().nth(own)??;
    let points = |thousandths: f64| thousandths / THOUSANDTHS;
    let interval = Interval { low: points(drawn.interval.low), high: points(drawn.interval.high) };
    Some(Pulled {
        outcome: Estimate { value: points(drawn.value), interval: Some(interval) },
        kept: drawn.kept,
    })
}
