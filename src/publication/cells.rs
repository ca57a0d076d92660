//! The cells of an atom, as they are stored: one after the other, each behind its key and its
//! length.
//!
//! A year of a large network has hundreds of thousands of cells. They stay in these bytes until a
//! report counts them, one at a time, so that memory holds a cell and not all of them.

use relais_analytics::cell::{Cell, Population};

use super::{AnswerCell, PopulationCell, Published};
use crate::error::{Error, Result};

/// Variant, version and replicate, then the length, each in four bytes. The version is below zero
/// where not all times of the answers' journeys are known.
const HEAD: usize = 16;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells(Vec<u8>);

/// A cell's key and its state, as the analytics crate encodes it.
struct StoredCell<'a> {
    variant: i32,
    version: i32,
    replicate: i32,
    state: &'a [u8],
}

impl Cells {
    pub fn stored(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes to store.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Adds a sum of answers, or one over all journeys where the version is 0.
    pub fn push(&mut self, (variant, version, replicate): (i32, i32, i32), state: &[u8]) {
        let length = u32::try_from(state.len()).unwrap_or(u32::MAX);
        [variant, version, replicate].iter().for_each(|part| self.0.extend(part.to_le_bytes()));
        self.0.extend(length.to_le_bytes());
        self.0.extend(state);
    }

    fn each(&self) -> impl Iterator<Item = Result<StoredCell<'_>>> {
        let mut rest = self.0.as_slice();
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let read = StoredCell::split(rest);
            rest = read.as_ref().map_or(&[], |(_, rest)| rest);
            Some(read.map(|(cell, _)| cell).ok_or_else(|| damaged("cut short")))
        })
    }
}

impl<'a> StoredCell<'a> {
    fn split(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (head, rest) = bytes.split_first_chunk::<HEAD>()?;
        let part = |at: usize| head[at..].first_chunk::<4>().copied();
        let [variant, version, replicate] = [part(0)?, part(4)?, part(8)?].map(i32::from_le_bytes);
        let (state, rest) =
            rest.split_at_checked(usize::try_from(u32::from_le_bytes(part(12)?)).ok()?)?;
        Some((Self { variant, version, replicate, state }, rest))
    }
}

impl Published {
    /// The sums of answers of the atoms that are chosen, as far as their cells were read.
    pub fn answers(
        &self,
        among: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = Result<AnswerCell>> {
        self.answers_in((0..self.cells.len()).filter(move |atom| among(*atom)))
    }

    /// The sums over all journeys of the atoms that are chosen, as far as their cells were read.
    pub fn journeys(
        &self,
        among: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = Result<PopulationCell>> {
        self.journeys_in((0..self.cells.len()).filter(move |atom| among(*atom)))
    }

    pub fn answers_in(
        &self,
        atoms: impl IntoIterator<Item = usize>,
    ) -> impl Iterator<Item = Result<AnswerCell>> {
        self.stored(atoms, |version| version != 0).map(|read| {
            let (atom, StoredCell { variant, version, replicate, state }) = read?;
            let state = Cell::decode(state).map_err(damaged)?;
            let (version, is_timed) = (version.abs(), version > 0);
            Ok(AnswerCell { atom, variant, version, is_timed, replicate, state })
        })
    }

    /// The sums over all journeys of some atoms.
    pub fn journeys_in(
        &self,
        atoms: impl IntoIterator<Item = usize>,
    ) -> impl Iterator<Item = Result<PopulationCell>> {
        self.stored(atoms, |version| version == 0).map(|read| {
            let (atom, StoredCell { variant, replicate, state, .. }) = read?;
            let state = Population::decode(state).map_err(damaged)?;
            Ok(PopulationCell { atom, variant, replicate, state })
        })
    }

    /// The cells of a kind, still encoded.
    fn stored(
        &self,
        atoms: impl IntoIterator<Item = usize>,
        is: impl Fn(i32) -> bool + Copy,
    ) -> impl Iterator<Item = Result<(usize, StoredCell<'_>)>> {
        let cells = atoms.into_iter().filter_map(|atom| Some((atom, self.cells.get(atom)?)));
        cells.flat_map(move |(atom, cells)| {
            let kind = cells
                .each()
                .filter(move |read| read.as_ref().map_or(true, |cell| is(cell.version)));
            kind.map(move |cell| Ok((atom, cell?)))
        })
    }

    /// Adds a sum of answers to an atom.
    #[cfg(test)]
    pub(crate) fn put_answers(&mut self, atom: usize, replicate: i32, state: &Cell) {
        self.put(atom, (1, 1, replicate), &state.encode());
    }

    /// Adds a sum over all journeys to an atom.
    #[cfg(test)]
    pub(crate) fn put_journeys(&mut self, atom: usize, replicate: i32, state: &Population) {
        self.put(atom, (1, 0, replicate), &state.encode());
    }

    #[cfg(test)]
    fn put(&mut self, atom: usize, key: (i32, i32, i32), state: &[u8]) {
        if self.cells.len() <= atom {
            self.cells.resize(atom + 1, Cells::default());
        }
        self.cells[atom].push(key, state);
    }
}

fn damaged(why: impl std::fmt::Display) -> Error {
    Error::Internal(format!("a published cell is damaged: {why}"))
}

#[cfg(test)]
mod tests {
    use crate::publication::cells::*;

    fn published(cells: Cells) -> Published {
        Published { cells: vec![cells], ..Published::default() }
    }

    #[test]
    fn cells_are_read_as_they_were_stored_each_of_its_kind() {
        let mut cells = Cells::default();
        cells.push((3, 0, 8_700), &Population::new().encode());
        cells.push((3, 2, 8_701), &Cell::new(4).encode());
        cells.push((3, -2, 8_701), &Cell::new(4).encode());
        let published = published(Cells::stored(cells.into_bytes()));
        let answers: Vec<AnswerCell> = published.answers(|_| true).map(Result::unwrap).collect();
        assert_eq!(
            answers,
            [true, false].map(|is_timed| AnswerCell {
                atom: 0,
                variant: 3,
                version: 2,
                is_timed,
                replicate: 8_701,
                state: Cell::new(4)
            })
        );
        let journeys: Vec<PopulationCell> =
            published.journeys(|_| true).map(Result::unwrap).collect();
        assert_eq!(
            journeys,
            [PopulationCell { atom: 0, variant: 3, replicate: 8_700, state: Population::new() }]
        );
        assert_eq!(published.answers(|atom| atom != 0).count(), 0);
    }

    #[test]
    fn bytes_that_end_too_soon_are_told_and_not_passed_over() {
        let mut cells = Cells::default();
        cells.push((1, 1, 1), &Cell::new(2).encode());
        let whole = cells.into_bytes();
        for end in 1..whole.len() {
            let published = published(Cells::stored(whole[..end].to_vec()));
            assert!(
                published.answers(|_| true).any(|read| read.is_err()),
                "{end} of {} bytes",
                whole.len()
            );
            assert!(
                published.journeys(|_| true).all(|read| read.is_err()),
                "{end} of {} bytes",
                whole.len()
            );
        }
    }
}
