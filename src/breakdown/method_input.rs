//! Published cells as the method takes them: places become strata, and each cell is of the
//! question's place, of what it is compared with, or of neither.

use relais_analytics::attribute::{HandoffPair, RatedElement, SampleError, Scale, Stratum};
use relais_analytics::design::Kind;
use relais_analytics::{Options, Position, Sample, Sums};

use super::LEVEL;
use crate::blueprint::Blueprint;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::publication::{AnswerCell, Published, Version};

/// The finest part of a point that sums of outcomes are kept in: scales of different lengths are
/// added up in it.
pub(crate) const THOUSANDTHS: f64 = 1_000.0;

/// An empty sample that knows what the numbers of the cells mean.
pub(crate) fn declared(published: &Published) -> Result<Sample> {
    let mut sample = Sample::new();
    for (number, positions) in &published.variants {
        let rated =
            positions.iter().map(|position| rated(published, *position)).collect::<Result<_>>()?;
        sample.variant(unsigned(*number)?, rated).map_err(damaged)?;
    }
    for (number, version) in &published.versions {
        let Version { outcome_range, step_range, handoff_range, .. } = *version;
        let scale = Scale {
            outcome: outcome_range.into(),
            step: step_range.into(),
            handoff: handoff_range.into(),
        };
        let (timed, untimed) = (number_of(*number, true)?, number_of(*number, false)?);
        sample.version(timed, scale, version.design).map_err(damaged)?;
        sample.version(untimed, scale, version.design).map_err(damaged)?;
        sample.of_unknown_lateness(untimed);
    }
    Ok(sample)
}

/// Where a cell of a place belongs in the fit.
pub(crate) fn stratum(place: u32, cell: &AnswerCell) -> Result<Stratum> {
    Ok(Stratum {
        place,
        variant: unsigned(cell.variant)?,
        version: number_of(cell.version, cell.is_timed)?,
    })
}

/// The number of a questionnaire's answers in the fit: those about journeys whose times are not
/// all known have one of their own.
fn number_of(version: i32, is_timed: bool) -> Result<u32> {
    Ok(2 * unsigned(version)? + u32::from(!is_timed))
}

fn rated(published: &Published, position: Position) -> Result<RatedElement> {
    let kind = match published.catalogue.get(&position) {
        Some(Element::Step(_)) => Kind::Step,
        Some(Element::Handoff(..) | Element::HandoffOther) => Kind::Handoff,
        _ => {
            return Err(Error::Internal(format!("a variant names no rated element at {position}")));
        }
    };
    Ok(RatedElement { position, kind })
}

/// Each handoff with the step after it, and the chain as the blueprint has it.
pub(crate) fn options(blueprint: &Blueprint, published: &Published) -> Options {
    let catalogue = &published.catalogue;
    let step = |code: &str| {
        catalogue
            .iter()
            .find(|(_, element)| matches!(element, Element::Step(step) if step == code))
            .map(|(at, _)| *at)
    };
    let handoff = |(handoff, element): (&Position, &Element)| match element {
        Element::Handoff(_, to) => Some(HandoffPair { handoff: *handoff, step: step(to)? }),
        _ => None,
    };
    let pairs = catalogue.iter().filter_map(handoff).collect();
    let mut chain: Vec<Position> = catalogue.keys().copied().collect();
    chain.sort_by_key(|position| catalogue.get(position).map(|element| blueprint.place(element)));
    Options { level: LEVEL, pairs, chain, ..Options::default() }
}

pub(crate) fn unsigned(number: i32) -> Result<u32> {
    u32::try_from(number)
        .map_err(|_| Error::Internal(format!("a published number is negative: {number}")))
}

pub(crate) fn damaged(why: SampleError) -> Error {
    Error::Internal(format!("published cells do not fit together: {why}"))
}

/// The outcomes of a cell, 0 to 100, in thousandths of a point.
pub(crate) fn outcomes(published: &Published, cell: &AnswerCell) -> Option<Sums> {
    let range = f64::from(published.versions.get(&cell.version)?.outcome_range);
    let mut sums = Sums::default();
    for (loss, count) in cell.state.outcomes() {
        let outcome = (THOUSANDTHS * (100.0 - 100.0 * loss as f64 / range)).round() as i64;
        sums.merge(&Sums { count, sum: count * outcome, squares: count * outcome * outcome });
    }
    Some(sums)
}
