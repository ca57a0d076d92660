//! What could be changed to see more, with what it would do.

use relais_analytics::Position;
use relais_analytics::power::{Lever, Noise};

use super::draws::shares;
use super::{Assumed, Basis, Change, Gain, Power, Volume};
use crate::privacy::Place;
use crate::survey::wording::PARTS_ASKED;

/// What is known of the organisation beside the noise.
pub(super) struct Ground {
    /// How many parts each customer is asked about; `None` where another tool asked.
    pub(super) asked: Option<usize>,
    /// The share of the place's journeys whose customers were invited.
    pub(super) invited: f64,
    /// The region of a site, with what a quarter brings there and in the rest of the network.
    pub(super) region: Option<(String, [Volume; 2])>,
}

/// Half a year, in quarters.
const HALF_YEAR: f64 = 2.0;
/// How many times as much is tried where nothing sets a bound.
const TWICE: f64 = 2.0;
/// Below so many times as much nothing is worth trying.
const WORTH: f64 = 1.1;
/// Nobody gets more than this share of customers to answer.
const MOST_ANSWER: f64 = 0.6;

/// What each change would do to the examples of a report that has its parts already; `position`
/// tells where a part stands in the noise.
pub(super) fn gains(
    power: &Power,
    ground: &Ground,
    noise: &Noise,
    position: impl Fn(&crate::element::Element) -> Option<Position>,
) -> Vec<Gain> {
    let faults: Vec<(Position, f64)> = power
        .examples()
        .iter()
        .filter_map(|example| Some((position(&example.part.element)?, example.points)))
        .collect();
    let gain = |(change, lever): (Change, Lever)| {
        let named = shares(&noise.with(lever), &faults).into_iter();
        Some(Gain { change, named: named.collect::<Option<_>>()? })
    };
    if faults.is_empty() {
        return Vec::new();
    }
    let all = [parts(ground), people(power, ground), Some(longer()), larger(power, ground)];
    all.into_iter().flatten().filter_map(gain).collect()
}

fn parts(ground: &Ground) -> Option<(Change, Lever)> {
    let then = *PARTS_ASKED.end();
    let now = ground.asked.filter(|now| *now < then)?;
    Some((Change::Parts { now, then }, Lever::Asked(then)))
}

/// More answers: from customers who were not asked, or else from those who did not answer.
fn people(power: &Power, ground: &Ground) -> Option<(Change, Lever)> {
    if let Basis::Log(Assumed { response, .. }) = power.basis {
        let then = (TWICE * response).min(MOST_ANSWER.max(response));
        let times = then / response;
        return (times > WORTH)
            .then_some((Change::Response { now: response, then }, Lever::People(times)));
    }
    let bound = if ground.invited > 0.0 { 1.0 / ground.invited } else { TWICE };
    if bound > WORTH {
        let times = bound.min(TWICE);
        return Some((Change::People(times), Lever::People(times)));
    }
    let rate = power.here.answers / power.here.journeys.max(1.0);
    let times = TWICE.min(MOST_ANSWER / rate);
    (times > WORTH).then_some((Change::Answers(times), Lever::People(times)))
}

fn longer() -> (Change, Lever) {
    (Change::HalfYear, Lever::Period(HALF_YEAR))
}

/// The region of a site; without one, a place twice as large where the network has room for it.
fn larger(power: &Power, ground: &Ground) -> Option<(Change, Lever)> {
    let spread = |here: f64, rest: f64| 1.0 / here + 1.0 / rest;
    let (here, rest) = (power.here.journeys, power.rest.journeys);
    let times = |wide: f64, beside: f64| spread(here, rest) / spread(wide, beside);
    if let (Place::Site(_), Some((code, [wide, beside]))) = (&power.partition, &ground.region) {
        let times = times(wide.journeys, beside.journeys);
        if times > WORTH {
            return Some((Change::Region(code.clone()), Lever::Place(times)));
        }
    }
    let (wide, beside) = (TWICE * here, rest - here);
    let times = if beside > 0.0 { times(wide, beside) } else { 0.0 };
    (times > WORTH).then_some((Change::Larger(TWICE), Lever::Place(times)))
}
