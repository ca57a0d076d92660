//! Published cells as the method takes them: places become strata, and each cell is of the question's place, of what it
//! is compared with, or of neither.

use std::collections::{BTreeMap, BTreeSet};

use relais_analytics::attribute::{Rated, SampleError, Scale, Seam, Side, Stratum};
use relais_analytics::design::Kind;
use relais_analytics::{Options, Position, Sample};

use super::request::Question;
use super::{Against, LEVEL, Promised};
use crate::element::Element;
use crate::error::{Error, Result};
use crate::limits;
use crate::privacy::Place;
use crate::publication::{Published, Version};

/// Every cell of the window, wherever it is from: the slopes are those of all sites together.
pub(super) fn sample(question: &Question, published: &Published) -> Result<Sample> {
    let mut sample = Sample::new();
    for (number, positions) in &published.variants {
        let rated = positions.iter().map(|position| rated(published, *position)).collect::<Result<_>>()?;
        sample.variant(unsigned(*number)?, rated).map_err(damaged)?;
    }
    for (number, version) in &published.versions {
        let Version { outcome_range, step_range, handoff_range, .. } = *version;
        let scale = Scale { outcome: outcome_range.into(), step: step_range.into(), handoff: handoff_range.into() };
        sample.version(unsigned(*number)?, scale, version.design).map_err(damaged)?;
    }
    timed(published, |_| true).into_iter().for_each(|position| sample.timed(position));
    let places = places(published);
    for cell in &published.cells {
        let place = places[&published.atoms[cell.atom].unit.place];
        let stratum = Stratum { place, variant: unsigned(cell.variant)?, version: unsigned(cell.version)? };
        let side = side(question, published, cell.atom);
        sample.add(side, stratum, cell.replicate.into(), &cell.state).map_err(damaged)?;
    }
    for cell in &published.populations {
        sample.add_population(side(question, published, cell.atom), cell.replicate.into(), &cell.state);
    }
    Ok(sample)
}

fn rated(published: &Published, position: Position) -> Result<Rated> {
    let kind = match published.catalogue.get(&position) {
        Some(Element::Step(_)) => Kind::Step,
        Some(Element::Handoff(..) | Element::HandoffOther) => Kind::Handoff,
        _ => return Err(Error::Internal(format!("a variant names no rated element at {position}"))),
    };
    Ok(Rated { position, kind })
}

/// Elements that lost or won time, or gave a promise, in some atoms.
pub(super) fn timed(published: &Published, atom: impl Fn(usize) -> bool) -> BTreeSet<Position> {
    let answered = published.cells.iter().filter(|cell| atom(cell.atom));
    let answered = answered.flat_map(|cell| cell.state.time().map(|(position, ..)| position));
    let passed = published.populations.iter().filter(|cell| atom(cell.atom)).flat_map(|cell| {
        let time = cell.state.time().map(|(position, ..)| position);
        time.chain(cell.state.promises().map(|(position, ..)| position))
    });
    answered.chain(passed).collect()
}

/// The dates that were promised in some atoms; so few that nothing else of so few is shown are not counted.
pub(super) fn promised(published: &Published, atom: impl Fn(usize) -> bool) -> BTreeMap<Position, Promised> {
    let mut sums: BTreeMap<Position, Promised> = BTreeMap::new();
    for cell in published.populations.iter().filter(|cell| atom(cell.atom)) {
        for (position, made, kept) in cell.state.promises() {
            let sum = sums.entry(position).or_default();
            sum.made += made.unsigned_abs();
            sum.kept += kept.unsigned_abs();
        }
    }
    sums.retain(|_, promised| promised.made >= u64::from(limits::MINIMUM_ANSWERS));
    sums
}

/// A number for each place, so that all weeks of a site are one stratum.
pub(super) fn places(published: &Published) -> BTreeMap<&Place, u32> {
    let places: BTreeSet<&Place> = published.atoms.iter().map(|atom| &atom.unit.place).collect();
    places.into_iter().zip(0..).collect()
}

fn side(question: &Question, published: &Published, atom: usize) -> Side {
    match (published.is_in(atom, &question.partition), question.against) {
        (true, _) => Side::Focus,
        (false, Some(Against::Rest)) => Side::Reference,
        (false, None) => Side::Other,
    }
}

/// Each handoff with the step after it.
pub(super) fn options(published: &Published) -> Options {
    let catalogue = &published.catalogue;
    let step = |code: &str| {
        catalogue.iter().find(|(_, element)| matches!(element, Element::Step(step) if step == code)).map(|(at, _)| *at)
    };
    let seam = |(handoff, element): (&Position, &Element)| match element {
        Element::Handoff(_, to) => Some(Seam { handoff: *handoff, step: step(to)? }),
        _ => None,
    };
    Options { level: LEVEL, seams: catalogue.iter().filter_map(seam).collect() }
}

fn unsigned(number: i32) -> Result<u32> {
    u32::try_from(number).map_err(|_| Error::Internal(format!("a published number is negative: {number}")))
}

fn damaged(why: SampleError) -> Error {
    Error::Internal(format!("published cells do not fit together: {why}"))
}
