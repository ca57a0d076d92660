//! What one release may show of whom, decided once, for every subject and place together.
//!
//! A reader who subtracts can work out more than is shown: a region less its sites, all dates less
//! those of the other teams, and one from the other. So a release is looked at as a table, its
//! atoms against its elements, with a total for each. What is hidden of it leaves groups that are
//! known as sums alone, and no such group may be of too few people: neither along an element
//! (`column`), nor along a place (`board`), nor any combination of both (`search`). Where
//! one would be, the next smallest is hidden with it.
//!
//! An atom's answers are in no other release. Whatever a reader adds up over several releases is
//! therefore a sum of what each of them shows, and what each of them keeps stays kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::element::Element;

use super::not_shown::Reason;
use super::{Floors, Place, Unit, by_release};

mod board;
mod column;
mod composition;
mod matter;
mod people;
mod search;
mod shared;
#[cfg(test)]
mod tests;
mod total;

use board::Board;
use composition::Composition;
pub use matter::{Matter, Parts, Subject};
pub use search::Search;

/// What one release hides, of whom and why; it shows everything else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ruling {
    /// The fewest people that a figure may be of, when this was decided.
    pub heads: u32,
    places: BTreeMap<Place, usize>,
    /// By place, in their order; nothing of what is hidden nowhere.
    hidden: BTreeMap<Subject, Vec<Option<Reason>>>,
}

impl Ruling {
    pub fn of(matter: &Matter<'_>) -> Self {
        let composition = Composition::of(matter.units.to_vec(), matter.floors);
        let mut board = Board::of(&composition, matter);
        board.settle();
        let places = composition.places();
        let hidden = board.hidden(&places);
        let places = places.into_iter().zip(0..).collect();
        Self { heads: matter.floors.heads(), places, hidden }
    }

    /// Whether the release was decided about a subject at all, and why it does not show it at a
    /// place.
    fn decided(&self, subject: &Subject, place: &Place) -> Option<Option<Reason>> {
        let reasons = self.hidden.get(subject)?;
        Some(self.places.get(place).and_then(|at| reasons.get(*at).copied().flatten()))
    }

    /// Whether a subject was decided about and is shown at a place.
    pub fn shows(&self, subject: &Subject, place: &Place) -> bool {
        self.decided(subject, place) == Some(None)
    }

    /// Searches what it shows; `None` where something can be worked out of too few people.
    pub fn searched(&self, matter: &Matter<'_>) -> Option<Search> {
        let composition = Composition::of(matter.units.to_vec(), matter.floors);
        let decided = |subject: &Subject, place: &Place| self.decided(subject, place);
        let search = Board::as_ruled(&composition, matter, &decided).search().ok()?;
        let withheld = self.withheld() as u64;
        let hidden = self.hidden.values().flatten().flatten();
        let hidden = hidden.filter(|reason| **reason != Reason::Shared).count() as u64;
        Some(Search { hidden: hidden - withheld, withheld, ..search })
    }

    /// As it is stored beside the release.
    pub fn encode(&self) -> Result<String, serde_json::Error> {
        let hidden = self.hidden.iter().map(|(subject, reasons)| {
            let code = match subject {
                Subject::Whole => "whole".to_owned(),
                Subject::Dates => "dates".to_owned(),
                Subject::Element(element) => element.to_string(),
            };
            (code, reasons.iter().map(|reason| reason.map_or('.', Reason::letter)).collect())
        });
        serde_json::to_string(&Stored { heads: self.heads, subjects: hidden.collect() })
    }

    /// A stored ruling about the same atoms; `None` where it is no such thing.
    pub fn decode(text: &str, units: &[&Unit], floors: Floors) -> Option<Self> {
        let stored: Stored = serde_json::from_str(text).ok()?;
        let places = Composition::of(units.to_vec(), floors).places();
        let read = |(code, letters): (String, String)| {
            let subject = match code.as_str() {
                "whole" => Subject::Whole,
                "dates" => Subject::Dates,
                element => Subject::Element(element.parse().ok()?),
            };
            let letters = letters.chars();
            let reasons = letters.map(|letter| Reason::read(letter, floors));
            let reasons: Vec<Option<Reason>> = reasons.collect::<Option<_>>()?;
            let fits = reasons.is_empty() || reasons.len() == places.len();
            fits.then_some((subject, reasons))
        };
        let hidden = stored.subjects.into_iter().map(read).collect::<Option<_>>()?;
        let places = places.into_iter().zip(0..).collect();
        Some(Self { heads: stored.heads, places, hidden })
    }

    /// How many subjects at how many places are hidden only because of what could be worked out.
    pub fn withheld(&self) -> usize {
        let reasons = self.hidden.values().flatten();
        reasons.filter(|reason| **reason == Some(Reason::Remainder)).count()
    }
}

#[derive(Deserialize, Serialize)]
struct Stored {
    heads: u32,
    /// By subject, a letter for each place; nothing where it is hidden nowhere.
    subjects: BTreeMap<String, String>,
}

/// The rulings about some releases, by their weeks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rulings {
    releases: BTreeMap<i32, Ruling>,
    /// The team of each step that has one, for what was not ruled about.
    teams: BTreeMap<String, String>,
}

impl Rulings {
    /// About wholes alone, of releases of which no more is needed.
    pub fn of_wholes(units: &[Unit], floors: Floors) -> Self {
        let teams = BTreeMap::new();
        let ruled = by_release(units).into_iter().map(|(release, units)| {
            let matter = Matter { units: &units, elements: &[], parts: &[], teams: &teams, floors };
            (release, Ruling::of(&matter))
        });
        Self { releases: ruled.collect(), teams: BTreeMap::new() }
    }

    pub fn of(
        releases: impl IntoIterator<Item = (i32, Ruling)>,
        teams: BTreeMap<String, String>,
    ) -> Self {
        Self { releases: releases.into_iter().collect(), teams }
    }

    /// Why a release does not show a subject at a place. What only the log knows, such as a step
    /// that customers never meet, adds up to no total: it is decided by itself.
    pub(super) fn objection(
        &self,
        release: i32,
        units: &[&Unit],
        subject: &Subject,
        place: &Place,
        floors: Floors,
    ) -> Option<Reason> {
        // What nobody ruled about is shown to nobody.
        let Some(ruling) = self.releases.get(&release) else { return Some(Reason::Remainder) };
        match (ruling.decided(subject, place), subject) {
            (Some(reason), _) => reason,
            // Told together only where none of its steps is told by itself.
            (None, Subject::Element(Element::StepsOf(_))) => Some(Reason::Remainder),
            (None, Subject::Element(element)) => {
                board::alone(units, element, &self.teams, floors, place)
            }
            (None, Subject::Whole | Subject::Dates) => Some(Reason::Remainder),
        }
    }
}
