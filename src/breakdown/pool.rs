//! What all places of a service share: the fit of all answers, whose slopes every report leans on,
//! and what the outcomes of places are like.
//!
//! It takes every cell of the window. It is made once, and a report about a place then reads the
//! cells of that place.

use std::collections::BTreeMap;

use relais_analytics::attribute::Role;
use relais_analytics::{Sample, Sums};

use super::Against;
use super::method_input::{damaged, declared, outcomes, stratum};
use super::request::Question;
use crate::error::Result;
use crate::privacy::Place;
use crate::publication::Published;

/// What all places share.
#[derive(Debug)]
pub(crate) struct Pool {
    /// All cells, all on the side of the reference.
    sample: Sample,
    /// The outcomes of each site and of each region, as [`outcomes`] tells them.
    outcomes: BTreeMap<Place, Sums>,
}

impl Pool {
    /// Reads every cell, place by place.
    pub(crate) fn of(published: &Published) -> Result<Self> {
        let mut pool = Self { sample: declared(published)?, outcomes: BTreeMap::new() };
        let mut atoms: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let numbers = published.places();
        for (at, atom) in published.atoms.iter().enumerate() {
            atoms.entry(numbers[&atom.unit.place]).or_default().push(at);
        }
        for (place, atoms) in atoms {
            atoms.into_iter().try_for_each(|atom| pool.add(published, place, atom))?;
            pool.sample.close(place);
        }
        pool.sample.close_all();
        Ok(pool)
    }

    fn add(&mut self, published: &Published, place: u32, atom: usize) -> Result<()> {
        let mut own = Sums::default();
        for cell in published.answers_in([atom]) {
            let cell = cell?;
            let stratum = stratum(place, &cell)?;
            self.sample
                .add(Role::Reference, stratum, cell.replicate.into(), &cell.state)
                .map_err(damaged)?;
            own.merge(&outcomes(published, &cell).unwrap_or_default());
        }
        for cell in published.journeys_in([atom]) {
            let cell = cell?;
            self.sample.add_population(Role::Reference, cell.replicate.into(), &cell.state);
            cell.state.promises().for_each(|(position, ..)| self.sample.timed(position));
        }
        for place in published.atoms[atom].unit.counts_in() {
            self.outcomes.entry(place).or_default().merge(&own);
        }
        Ok(())
    }

    /// The sample of a report: the cells of its place, which are read, against all others or alone.
    pub(crate) fn sample(&self, question: &Question, published: &Published) -> Result<Sample> {
        let mut sample = self.sample.clone();
        if question.partition == Place::Network {
            sample.turn_all(Role::Reference, Role::Focus);
            return Ok(sample);
        }
        let from = match question.against {
            Some(Against::Rest) => Role::Reference,
            None => Role::Other,
        };
        sample.turn_all(Role::Reference, from);
        let sides = (from, Role::Focus);
        for cell in published.answers(|atom| published.is_in(atom, &question.partition)) {
            let cell = cell?;
            let stratum = stratum(0, &cell)?;
            sample.turn(
                sides,
                (stratum.variant, stratum.version),
                cell.replicate.into(),
                &cell.state,
            );
        }
        for cell in published.journeys(|atom| published.is_in(atom, &question.partition)) {
            let cell = cell?;
            sample.turn_population(sides, cell.replicate.into(), &cell.state);
        }
        Ok(sample)
    }

    /// The outcomes of all places of the same kind as one.
    pub(crate) fn alike(&self, place: &Place) -> BTreeMap<&Place, &Sums> {
        let same = |other: &Place| std::mem::discriminant(other) == std::mem::discriminant(place);
        self.outcomes.iter().filter(|(other, _)| same(other)).collect()
    }
}
