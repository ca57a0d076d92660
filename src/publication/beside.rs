//! What stands beside a breakdown, read from published cells: each of these sums the atoms that the question is about.

use std::collections::{BTreeMap, BTreeSet};

use relais_analytics::cell::Beside;
use relais_analytics::coached::Comparison;
use relais_analytics::nonresponse::{self, Survey};

use crate::calendar::Week;
use crate::privacy::Place;

use super::{AnswerCell, Published};

impl Published {
    /// Frictions, rescued journeys and pressure of the answers of some atoms, of one variant or of all.
    pub fn beside(&self, atoms: impl Fn(usize) -> bool, variant: Option<i32>) -> Beside {
        let mut sum = Beside::default();
        let of = |cell: &&AnswerCell| atoms(cell.atom) && variant.is_none_or(|variant| cell.variant == variant);
        self.cells.iter().filter(of).for_each(|cell| sum.merge(cell.state.beside()));
        sum
    }

    /// Who answered and who travelled in some atoms, by variant, lateness, site, channel and month: to be raked.
    pub fn survey(&self, atoms: impl Fn(usize) -> bool) -> Survey {
        let places: BTreeSet<&Place> = self.atoms.iter().map(|atom| &atom.unit.place).collect();
        let numbers: BTreeMap<&Place, u32> = places.into_iter().zip(0..).collect();
        let place = |atom: usize, variant: i32| {
            let unit = &self.atoms[atom].unit;
            let site = numbers.get(&unit.place).copied().unwrap_or_default();
            nonresponse::Place { variant: variant.unsigned_abs(), site, month: month(Week(unit.release)) }
        };
        let mut survey = Survey::new();
        for cell in self.cells.iter().filter(|cell| atoms(cell.atom)) {
            if let Some(version) = self.versions.get(&cell.version) {
                survey.answers(place(cell.atom, cell.variant), &cell.state, 100.0 / f64::from(version.outcome_range));
            }
        }
        for cell in self.populations.iter().filter(|cell| atoms(cell.atom)) {
            survey.journeys(place(cell.atom, cell.variant), &cell.state);
        }
        survey
    }

    /// The answers of some atoms against those of all others, for the signs of coached answers.
    pub fn comparison(&self, atoms: impl Fn(usize) -> bool) -> Comparison {
        let mut comparison = Comparison::new();
        for cell in &self.cells {
            let (variant, version) = (cell.variant.unsigned_abs(), cell.version.unsigned_abs());
            match atoms(cell.atom) {
                true => comparison.group(variant, version, &cell.state),
                false => comparison.others(variant, version, &cell.state),
            }
        }
        comparison
    }
}

/// The month of a release, as a running number: the one that most of its days are in.
fn month(week: Week) -> u32 {
    let thursday = week.monday().saturating_add(jiff::Span::new().days(3));
    u32::try_from(i32::from(thursday.year()) * 12 + i32::from(thursday.month())).unwrap_or_default()
}
