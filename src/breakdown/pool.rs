//! What all places of a service share: the fit of all answers, whose slopes every report leans on,
//! and what the outcomes of places are like.
//!
//! It takes every cell of the window. It is made once, and a report about a place then reads the
//! cells of that place.

use std::borrow::Cow;
use std::collections::BTreeMap;

use relais_analytics::attribute::Role;
use relais_analytics::cell::Population;
use relais_analytics::reweighting::Strata;
use relais_analytics::timings::Coverage;
use relais_analytics::{Sample, Sums};

use super::Against;
use super::method_input::{damaged, declared, outcomes, stratum, unsigned};
use super::request::Question;
use crate::error::Result;
use crate::privacy::Place;
use crate::publication::{PopulationCell, Published};

/// What all places share.
#[derive(Debug)]
pub(crate) struct Pool {
    /// All cells, all on the side of the reference.
    sample: Sample,
    /// Whose times are known speak for the others of their path at their place; `None` where all
    /// times are known.
    times: Option<Strata>,
    /// Of how many journeys all times are known.
    pub(crate) coverage: Coverage,
    /// The outcomes of each site and of each region, as [`outcomes`] tells them.
    outcomes: BTreeMap<Place, Sums>,
}

impl Pool {
    /// Reads every cell, place by place.
    pub(crate) fn of(published: &Published) -> Result<Self> {
        let mut pool = Self {
            sample: declared(published)?,
            times: Some(Strata::default()),
            coverage: Coverage::default(),
            outcomes: BTreeMap::new(),
        };
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
        pool.speak_for_others(published)?;
        Ok(pool)
    }

    /// Takes the journeys whose times are not all known to be like the others of their path.
    fn speak_for_others(&mut self, published: &Published) -> Result<()> {
        if self.coverage.partial == 0 {
            self.times = None;
            return Ok(());
        }
        self.sample.forget_populations();
        let places = published.places();
        for cell in published.journeys(|_| true) {
            let cell = cell?;
            if let Some(all) = self.spoken_for(published, &places, &cell)? {
                self.sample.add_population(Role::Reference, cell.replicate.into(), &all);
            }
        }
        Ok(())
    }

    /// The journeys of a cell with the times that all of them are taken to have; `None` where
    /// nothing is known of their path.
    pub(crate) fn spoken_for<'c>(
        &self,
        published: &Published,
        places: &BTreeMap<&Place, u32>,
        cell: &'c PopulationCell,
    ) -> Result<Option<Cow<'c, Population>>> {
        let Some(times) = &self.times else { return Ok(Some(Cow::Borrowed(&cell.state))) };
        let place = places[&published.atoms[cell.atom].unit.place];
        let path = (place, unsigned(cell.variant)?);
        Ok(times.reweighted(path, &cell.state).map(Cow::Owned))
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
            self.coverage = self.coverage.plus(&cell.state.coverage());
            if let Some(times) = &mut self.times {
                times.add((place, unsigned(cell.variant)?), &cell.state);
            }
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
        let places = published.places();
        for cell in published.journeys(|atom| published.is_in(atom, &question.partition)) {
            let cell = cell?;
            if let Some(all) = self.spoken_for(published, &places, &cell)? {
                sample.turn_population(sides, cell.replicate.into(), &all);
            }
        }
        Ok(sample)
    }

    /// The outcomes of all places of the same kind as one.
    pub(crate) fn alike(&self, place: &Place) -> BTreeMap<&Place, &Sums> {
        let same = |other: &Place| std::mem::discriminant(other) == std::mem::discriminant(place);
        self.outcomes.iter().filter(|(other, _)| same(other)).collect()
    }
}
