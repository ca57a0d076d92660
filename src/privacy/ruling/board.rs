//! All subjects of one release at all places: what a place shows of its elements and of their
//! total must not leave too few people in between either.

use std::collections::BTreeMap;

use crate::element::Element;
use crate::privacy::not_shown::Reason;
use crate::privacy::{Floors, Place, Unit};

use super::column::Column;
use super::composition::Composition;
use super::matter::{Matter, Parts, Subject};
use super::people::{People, Workers};
use super::search::{Opening, Search, Summand, System};
use super::shared::Shared;
use super::total::{SUMS, Shares, Total};

pub(super) struct Board<'c, 'a> {
    composition: &'c Composition<'a>,
    places: Vec<Place>,
    elements: Vec<(Subject, Column<'c, 'a>)>,
    /// What is told together with others and nowhere by itself.
    merged: Vec<Subject>,
    whole: Column<'c, 'a>,
    dates: Column<'c, 'a>,
}

impl<'c, 'a> Board<'c, 'a> {
    pub(super) fn of(composition: &'c Composition<'a>, matter: &Matter<'c>) -> Self {
        let small = |group: &Shared| group.has_a_small_part(composition);
        Self::made(composition, matter, &|_| true, &small, Column::without_the_small)
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
        let mut board = Self::made(composition, matter, &ruled, &merged, |column| column);
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
        begun: impl Fn(Column<'c, 'a>) -> Column<'c, 'a>,
    ) -> Self {
        let shared: Vec<Shared> =
            Shared::all(composition, matter).into_iter().filter(is_merged).collect();
        let in_one = |at: usize| shared.iter().any(|group| group.members.contains(&at));
        let elements = matter.elements.iter().enumerate().filter_map(|(at, element)| {
            if in_one(at) {
                return None;
            }
            let subject = Subject::Element(element.clone());
            let of = |parts: fn(&Parts) -> &Vec<u64>| -> Vec<u64> {
                matter.parts.iter().map(|atom| parts(atom)[at]).collect()
            };
            let workers = Workers::of(element, |step| composition.team(matter.teams, step));
            is_ruled(&subject).then(|| {
                let column = Column::shown(composition, workers, of(|p| &p.passed));
                let shares = Shares::of(element.is_rated(), of);
                (subject, begun(column.adding_up(shares)))
            })
        });
        let groups = shared.iter().map(|group| {
            let of = |parts: fn(&Parts) -> &Vec<u64>| group.counts(matter, parts);
            let column = Column::shown(composition, group.workers(), of(|p| &p.passed));
            let column = column.met_in_part(group.workers_in_part(matter));
            (group.subject(), begun(column.adding_up(Shares::of(true, of))))
        });
        let elements: Vec<(Subject, Column<'c, 'a>)> = elements.chain(groups).collect();
        let answers = composition.units.iter().map(|unit| u64::from(unit.answers)).collect();
        let all: Vec<u64> = (0..composition.units.len())
            .map(|atom| elements.iter().map(|(_, column)| column.shares.dates(atom)).sum())
            .collect();
        let atoms = || 0..composition.units.len();
        let columns = elements.iter().map(|(_, column)| column);
        let bearing = columns.filter(|column| atoms().any(|atom| column.shares.dates(atom) > 0));
        // Where nobody ever promised anything, there is nothing to tell of anybody.
        let dates = if all.iter().any(|count| *count > 0) {
            Workers::union(bearing.map(Column::workers))
        } else {
            Workers::All
        };
        Self {
            composition,
            places: composition.places(),
            elements,
            merged: shared.iter().flat_map(|group| group.subjects(matter)).collect(),
            whole: begun(Column::shown(composition, Workers::All, answers)),
            dates: begun(Column::shown(composition, dates, all)),
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
            let of_network = (place == Place::Network).then_some(Total::Importance);
            for total in SUMS.into_iter().chain(of_network) {
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
        if hidden.is_empty() || shown.is_empty() && !total.is_of_dates() {
            return false;
        }
        let floor = self.composition.floors.heads();
        if self.people(total, &hidden, atoms) < floor {
            return true;
        }
        let count = |at: &usize| self.count(total, *at, atoms);
        let all: u64 = hidden.iter().map(count).sum();
        let ruled = |at: &usize| {
            3 * count(at) > 2 * all && self.people(total, std::slice::from_ref(at), atoms) < floor
        };
        // Points are no counts: only promises can be told apart by how many they are.
        total.is_of_dates() && hidden.len() > 1 && hidden.iter().any(ruled)
    }

    /// Hides the smallest element that a place shows, or the total where it shows none.
    fn hide_the_next(&mut self, total: Total, place: &Place, atoms: &[usize]) -> bool {
        let shown =
            self.members(total, atoms).filter(|at| self.elements[*at].1.objection(place).is_none());
        let next =
            shown.min_by_key(|at| (self.people(total, std::slice::from_ref(at), atoms), *at));
        let column = match (next, total) {
            (Some(at), _) => &mut self.elements[at].1,
            (None, Total::Promises | Total::Lateness) => &mut self.dates,
            (None, Total::Points | Total::Importance) => return false,
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
        let counts = self.elements[element].1.shares.of_total(total);
        atoms.iter().filter_map(|at| counts.get(*at)).sum()
    }

    /// How many people stand behind what some elements have of a total at some atoms: at each atom
    /// those alone whose work is in it.
    fn people(&self, total: Total, elements: &[usize], atoms: &[usize]) -> u32 {
        let people = atoms.iter().filter_map(|atom| {
            let has =
                |at: &&usize| self.elements[**at].1.shares.of_total(total).get(*atom) > Some(&0);
            let here: Vec<&usize> = elements.iter().filter(has).collect();
            let workers = here.iter().map(|at| self.elements[**at].1.workers_at(*atom));
            let behind = self.composition.behind(&[*atom]);
            let all = || Workers::union(workers).people(&behind, self.composition.central_only);
            (!here.is_empty()).then(all)
        });
        people.reduce(People::and).unwrap_or_default().count()
    }

    fn column(&self, total: Total) -> &Column<'c, 'a> {
        if total.is_of_dates() { &self.dates } else { &self.whole }
    }

    /// Searches what is shown of all totals; where something was found, hides what opened it.
    pub(super) fn search(&mut self) -> Result<Search, ()> {
        let mut all = Search::default();
        let atoms: Vec<usize> = (0..self.composition.units.len()).collect();
        for total in SUMS {
            let members: Vec<usize> = self.members(total, &atoms).collect();
            let columns: Vec<Summand<'_, 'c, 'a>> = members
                .iter()
                .map(|at| &self.elements[*at].1)
                .map(|column| Summand { column, counts: column.shares.of_total(total) })
                .collect();
            let is_whole = total == Total::Points;
            let system = System::of(self.composition, self.column(total), is_whole, &columns);
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
    let workers = Workers::of(element, |step| composition.team(teams, step));
    let mut column = Column::shown(&composition, workers, vec![1; units.len()]).without_the_small();
    column.settle();
    column.objection(place)
}
