//! What answers tell beside their ratings: frictions ticked on a handoff, and journeys that were
//! rescued.

use relais_analytics::cell::{Counts, FrictionCounts};
use relais_analytics::interval::Share;
use relais_analytics::{Position, rescued};

use super::{Frictions, LEVEL, Rescued};
use crate::element::Element;
use crate::limits;
use crate::privacy::Objections;
use crate::publication::Published;
use crate::survey::Friction;

/// What was ticked on a handoff; absent where it never was asked by frictions.
pub(crate) fn frictions(counts: &Counts, handoff: Position) -> Option<Frictions> {
    shares(counts.frictions(handoff)?)
}

/// Counts as shares.
pub(crate) fn shares(counts: FrictionCounts) -> Option<Frictions> {
    let kinds = Friction::ALL.into_iter().enumerate();
    let kind =
        |(at, kind): (usize, Friction)| Some((kind, rate(counts.ticked[at], counts.offered[at])?));
    Some(Frictions {
        any: rate(counts.any, counts.asked)?,
        kinds: kinds.filter_map(kind).collect(),
    })
}

/// The journeys that met trouble and ended well; absent below the floor of answers. Of the steps,
/// only those that may be shown and have answers enough of their own.
pub(crate) fn rescued(
    counts: &Counts,
    published: &Published,
    objections: &Objections,
) -> Option<Rescued> {
    let found = rescued::rescued(counts, LEVEL)?;
    let floor = i64::from(limits::MINIMUM_ANSWERS);
    let saved = found.rescued.filter(|share| share.of >= floor)?;
    let steps = found.steps.iter().filter(|step| step.stands_out && step.high.of >= floor);
    let named = |step: &rescued::Rescuer| {
        let element = published.catalogue.get(&step.step)?;
        objections.to(element).is_none().then(|| element.clone())
    };
    let steps: Vec<Element> = steps.filter_map(named).collect();
    Some(Rescued { trouble: found.trouble, saved, steps })
}

fn rate(count: i64, of: i64) -> Option<Share> {
    Share::of(count, of, LEVEL)
}
