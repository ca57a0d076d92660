//! Who answered and who travelled, read from published cells: to be raked, so that the level
//! stands beside a breakdown.

use std::collections::BTreeMap;

use relais_analytics::nonresponse::{self, Survey};

use crate::calendar::Week;
use crate::privacy::Place;

use super::{AnswerCell, PopulationCell, Published};

impl Published {
    pub fn strata(&self) -> Strata<'_> {
        Strata { published: self, numbers: self.places() }
    }
}

/// Where cells stand in a survey: by variant, lateness, site, channel and month.
#[derive(Debug)]
pub struct Strata<'a> {
    published: &'a Published,
    numbers: BTreeMap<&'a Place, u32>,
}

impl Strata<'_> {
    pub fn answers(&self, survey: &mut Survey, cell: &AnswerCell) {
        if let Some(version) = self.published.versions.get(&cell.version) {
            let factor = 100.0 / f64::from(version.outcome_range);
            survey.answers(self.place(cell.atom, cell.variant), &cell.state, factor);
        }
    }

    pub fn journeys(&self, survey: &mut Survey, cell: &PopulationCell) {
        survey.journeys(self.place(cell.atom, cell.variant), &cell.state);
    }

    fn place(&self, atom: usize, variant: i32) -> nonresponse::Place {
        let unit = &self.published.atoms[atom].unit;
        let site = self.numbers.get(&unit.place).copied().unwrap_or_default();
        nonresponse::Place {
            variant: variant.unsigned_abs(),
            site,
            month: month(Week(unit.release)),
        }
    }
}

/// The month of a release, as a running number: the one that most of its days are in.
fn month(week: Week) -> u32 {
    let thursday = week.monday().saturating_add(jiff::Span::new().days(3));
    u32::try_from(i32::from(thursday.year()) * 12 + i32::from(thursday.month())).unwrap_or_default()
}
