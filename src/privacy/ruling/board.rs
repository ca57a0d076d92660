//! All subjects of one release at all places: what a place shows of its elements and of their
//! total must not leave too few people in between either.

use std::collections::BTreeMap;

use crate::element::Element;
use crate::privacy::not_shown::Reason;
use crate::privacy::{Floors, Place, Unit};

use super::column::{Column, Composition};
use super::matter::{Matter, Subject};
use super::people::Workers;
use super::search::{Opening, Search, System};
use super::shared::Shared;

pub(super) struct Board<'c, 'a> {
    composition: &'c Composition<'a>,
    places: Vec<Place>,
    elements: Vec<(Subject, Column<'c, 'a>)>,
    /// Of each element, how much each atom has of it that bears time.
    timed: Vec<Vec<u64>>,
    /// What is told together with others and nowhere by itself.
    merged: Vec<Subject>,
    whole: Column<'c, 'a>,
    dates: Column<'c, 'a>,
}

/// A total that is shown, and what adds up to it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Total {
    /// What was lost: by every element.
    Whole,
    /// Promises and lateness: of what bears time.
    Dates,
}

impl<'c, 'a> Board<'c, 'a> {
    pub(super) fn of(composition: &'c Composition<'a>, matter: &Matter<'c>) -> Self {
        let small = |group: &Shared| group.has_a_small_part(composition);
        Self::made(composition, matter, &|_| true, &small, Column::of)
    }

    /// As it was ruled, of what it was ruled about.
    pub(super) fn as_ruled(
        composition: &'c Composition<'a>,
        matter: &Matter<'c>,
        decided: &dyn Fn(&Subject, &Place) -> Option<Option<Reason>>,
    ) -> Self {
        let ruled = |subject: &Subject| decided(subject, &Place::Network).is_some();
        // Where somebody shows one of them by itself, they are looked at one by one.
        let places = composition.places();
        let is_hidden = |subject: &Subject| {
            places.iter().all(|place| decided(subject, place).flatten().is_some())
        };
        let merged = |group: &Shared| {
            ruled(&group.subject()) && group.subjects(matter).all(|one| is_hidden(&one))
        };
        let mut board = Self::made(composition, matter, &ruled, &merged, Column::shown);
        for place in board.places.clone() {
            let hidden = |subject: &Subject| decided(subject, &place).flatten().is_some();
            let totals = [(Subject::Whole, &mut board.whole), (Subject::Dates, &mut board.dates)];
            let elements = board.elements.iter_mut().map(|(subject, column)| {
                let subject: &Subject = subject;
                (subject.clone(), column)
            });
            for (_, column) in totals.into_iter().chain(elements).filter(|(of, _)| hidden(of)) {
                for origin in column.origins(&place) {
                    column.hide(origin);
                }
            }
        }
        board
    }

    fn made(
        composition: &'c Composition<'a>,
        matter: &Matter<'c>,
        is_ruled: &dyn Fn(&Subject) -> bool,
        is_merged: &dyn Fn(&Shared) -> bool,
        column: impl Fn(&'c Composition<'a>, Workers, Vec<u64>) -> Column<'c, 'a>,
    ) -> Self {
        let shared: Vec<Shared> =
            Shared::all(composition, matter).into_iter().filter(is_merged).collect();
        let in_one = |at: usize| shared.iter().any(|group| group.members.contains(&at));
        let elements = matter.elements.iter().enumerate().filter_map(|(at, element)| {
            if in_one(at) {
                return None;
            }
            let subject = Subject::Element(element.clone());
            let counts = matter.parts.iter().map(|parts| parts.passed[at]).collect();
            let workers = Workers::of(element, |step| composition.worker(matter.teams, step));
            is_ruled(&subject).then(|| {
                let timed = matter.parts.iter().map(|parts| parts.timed[at]).collect();
                (subject, column(composition, workers, counts), timed)
            })
        });
        let (mut columns, mut timed): (Vec<_>, Vec<Vec<u64>>) = (Vec::new(), Vec::new());
        let groups = shared.iter().map(|group| {
            let timed = group.counts(matter, |parts| &parts.timed);
            let counts = group.counts(matter, |parts| &parts.passed);
            (group.subject(), column(composition, group.workers(matter), counts), timed)
        });
        for (subject, column, counts) in elements.chain(groups) {
            columns.push((subject, column));
            timed.push(counts);
        }
        let answers = composition.units.iter().map(|unit| u64::from(unit.answers)).collect();
        let all: Vec<u64> = (0..composition.units.len())
            .map(|atom| timed.iter().map(|counts: &Vec<u64>| counts[atom]).sum())
            .collect();
        let bearing =
            timed.iter().zip(&columns).filter(|(counts, _)| counts.iter().any(|n| *n > 0));
        // Where nobody ever promised anything, there is nothing to tell of anybody.
        let dates = if all.iter().any(|count| *count > 0) {
            Workers::union(bearing.map(|(_, (_, column))| &column.workers))
        } else {
            Workers::All
        };
        Self {
            composition,
            places: composition.places(),
            elements: columns,
            timed,
            merged: shared.iter().flat_map(|group| group.subjects(matter)).collect(),
            whole: column(composition, Workers::All, answers),
            dates: column(composition, dates, all),
        }
    }

    /// Hides until nothing can be worked out of too few people.
    pub(super) fn settle(&mut self) {
        loop {
            self.whole.settle();
            self.dates.settle();
            self.elements.iter_mut().for_each(|(_, column)| column.settle());
            if !self.settle_places() && self.search().is_ok() {
                return;
            }
        }
    }

    /// By subject, why each of these places does not show it.
    pub(super) fn hidden(&self, places: &[Place]) -> BTreeMap<Subject, Vec<Option<Reason>>> {
        let totals = [(Subject::Whole, &self.whole), (Subject::Dates, &self.dates)];
        let elements = self.elements.iter().map(|(subject, column)| (subject.clone(), column));
        let reasons = |(subject, column): (Subject, &Column<'_, '_>)| {
            (subject, places.iter().map(|place| column.objection(place)).collect::<Vec<_>>())
        };
        let mut all: BTreeMap<Subject, Vec<Option<Reason>>> =
            totals.into_iter().chain(elements).map(reasons).collect();
        let nothing = |reasons: &&mut Vec<_>| reasons.iter().all(Option::is_none);
        all.values_mut().filter(nothing).for_each(Vec::clear);
        let nowhere = vec![Some(Reason::Shared); places.len()];
        all.extend(self.merged.iter().map(|subject| (subject.clone(), nowhere.clone())));
        all
    }

    /// Whether something had to be hidden because of what places show of their elements and the
    /// total of these.
    fn settle_places(&mut self) -> bool {
        let mut changed = false;
        for place in self.places.clone() {
            let atoms = self.composition.atoms_of(&place);
            for total in [Total::Dates, Total::Whole] {
                while self.column(total).objection(&place).is_none()
                    && self.too_few_are_left(total, &place, &atoms)
                {
                    if !self.hide_the_next(total, &place, &atoms) {
                        break;
                    }
                    changed = true;
                }
            }
        }
        changed
    }

    /// Whether the elements that a place hides are too few people together, so that the total less
    /// the shown ones would tell of them.
    fn too_few_are_left(&self, total: Total, place: &Place, atoms: &[usize]) -> bool {
        let (hidden, shown): (Vec<usize>, Vec<usize>) = self
            .members(total, atoms)
            .partition(|at| self.elements[*at].1.objection(place).is_some());
        if hidden.is_empty() || shown.is_empty() && total == Total::Whole {
            return false;
        }
        let floor = self.composition.floors.heads();
        if self.people(&hidden, atoms) < floor {
            return true;
        }
        let count = |at: &usize| self.count(total, *at, atoms);
        let all: u64 = hidden.iter().map(count).sum();
        let ruled = |at: &usize| {
            3 * count(at) > 2 * all && self.people(std::slice::from_ref(at), atoms) < floor
        };
        // Points are no counts: only promises can be told apart by how many they are.
        total == Total::Dates && hidden.len() > 1 && hidden.iter().any(ruled)
    }

    /// Hides the smallest element that a place shows, or the total where it shows none.
    fn hide_the_next(&mut self, total: Total, place: &Place, atoms: &[usize]) -> bool {
        let shown =
            self.members(total, atoms).filter(|at| self.elements[*at].1.objection(place).is_none());
        let next = shown.min_by_key(|at| (self.people(std::slice::from_ref(at), atoms), *at));
        let column = match (next, total) {
            (Some(at), _) => &mut self.elements[at].1,
            (None, Total::Dates) => &mut self.dates,
            (None, Total::Whole) => return false,
        };
        for origin in column.origins(place) {
            column.hide(origin);
        }
        true
    }

    /// The elements that add up to a total and that some atoms have, by their place in the list.
    fn members<'s>(
        &'s self,
        total: Total,
        atoms: &'s [usize],
    ) -> impl Iterator<Item = usize> + use<'s, 'c, 'a> {
        (0..self.elements.len()).filter(move |at| self.count(total, *at, atoms) > 0)
    }

    fn count(&self, total: Total, element: usize, atoms: &[usize]) -> u64 {
        match total {
            Total::Whole => self.elements[element].1.count(atoms),
            Total::Dates => atoms.iter().map(|at| self.timed[element][*at]).sum(),
        }
    }

    /// How many people stand behind some elements at some atoms.
    fn people(&self, elements: &[usize], atoms: &[usize]) -> u32 {
        let columns = || elements.iter().map(|at| &self.elements[*at].1);
        let workers = Workers::union(columns().map(|column| &column.workers));
        let having: Vec<usize> =
            atoms.iter().copied().filter(|at| columns().any(|column| column.has(*at))).collect();
        workers.heads(&self.composition.behind(&having), self.composition.central_only)
    }

    fn column(&self, total: Total) -> &Column<'c, 'a> {
        match total {
            Total::Whole => &self.whole,
            Total::Dates => &self.dates,
        }
    }

    /// Searches what is shown of both totals; where something was found, hides what opened it.
    pub(super) fn search(&mut self) -> Result<Search, ()> {
        let mut all = Search::default();
        let atoms: Vec<usize> = (0..self.composition.units.len()).collect();
        for total in [Total::Dates, Total::Whole] {
            let members: Vec<usize> = self.members(total, &atoms).collect();
            let columns: Vec<&Column<'c, 'a>> =
                members.iter().map(|at| &self.elements[*at].1).collect();
            let system =
                System::of(self.composition, self.column(total), total == Total::Whole, &columns);
            match system.search() {
                Ok(search) => all = all.and(search),
                Err(openings) => {
                    for opening in openings {
                        match opening {
                            Opening::Column(at, origin) => {
                                self.elements[members[at]].1.hide(origin)
                            }
                            Opening::Total(origin) => self.dates.hide(origin),
                        }
                    }
                    return Err(());
                }
            }
        }
        all.documents = self.documents();
        Ok(all)
    }

    /// How many subjects are shown at how many places.
    fn documents(&self) -> u64 {
        let columns = self.elements.iter().map(|(_, column)| column);
        let columns = columns.chain([&self.whole, &self.dates]);
        let shown = columns.map(|column| {
            self.places.iter().filter(|place| column.objection(place).is_none()).count() as u64
        });
        shown.sum()
    }
}

/// Why a place does not show an element that adds up to no total, as if every atom had it.
pub(super) fn alone(
    units: &[&Unit],
    element: &Element,
    teams: &BTreeMap<String, String>,
    floors: Floors,
    place: &Place,
) -> Option<Reason> {
    let composition = Composition::of(units.to_vec(), floors);
    let workers = Workers::of(element, |step| composition.worker(teams, step));
    let mut column = Column::of(&composition, workers, vec![1; units.len()]);
    column.settle();
    column.objection(place)
}
