//! The search for what could be worked out of too few people, exact for one release.
//!
//! What is shown of a release says, of each cell (an element at an atom), in which sums it stands:
//! one along its element, one along its place, or none. So the sums are the nodes of a graph, the
//! cells its edges, and whatever can be added up and subtracted gives each sum a factor; a cell is
//! left in the result where the factors of its two sums differ. What cannot be told from fewer
//! cells is therefore a cut of the graph, and the smallest group of people that anything can be
//! told of stands behind the cheapest cut. With the sums of the elements on their sides, each
//! place's sum takes the cheaper side by itself: all sides of a component's elements are tried.

use std::collections::{BTreeMap, BTreeSet};

use super::column::{Column, Group, Origin};
use super::composition::Composition;
use super::people::{People, Workers};

/// Sums of elements that hang together, up to which every side is tried. Beyond, they are told
/// under wider sums until they are fewer.
const SIDES: usize = 14;

/// What was searched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Subjects that are shown, at each place.
    pub documents: u64,
    /// Those that are not, for the few people behind them.
    pub hidden: u64,
    /// Those that are not because of what could be worked out beside them.
    pub withheld: u64,
    /// Sums that a reader knows.
    pub equations: u64,
    /// The fewest people that anything can be worked out about; `None` where nothing is shown.
    pub smallest: Option<u32>,
}

impl Search {
    /// Both together: of two releases, or of two totals.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let smallest = [self.smallest, other.smallest].into_iter().flatten().min();
        Self {
            documents: self.documents + other.documents,
            hidden: self.hidden + other.hidden,
            withheld: self.withheld + other.withheld,
            equations: self.equations + other.equations,
            smallest,
        }
    }

    fn found(&mut self, people: u32) {
        self.smallest = Some(self.smallest.map_or(people, |smallest| smallest.min(people)));
    }
}

/// A cell that no report shows alone: of a column, at an atom, in which sums.
#[derive(Clone, Copy, Debug)]
struct Edge {
    column: usize,
    atom: usize,
    /// The sum along the place.
    row: Option<usize>,
    /// The sum along the element.
    sum: Option<usize>,
}

/// A column of a system, with how much each atom has of it that adds up to the total.
#[derive(Clone, Copy, Debug)]
pub(super) struct Summand<'s, 'c, 'a> {
    pub(super) column: &'s Column<'c, 'a>,
    pub(super) counts: &'s [u64],
}

impl<'a> Summand<'_, '_, 'a> {
    fn has(&self, atom: usize) -> bool {
        self.counts[atom] > 0
    }

    /// Everything that is known of it, as far as it has anything.
    fn groups(&self) -> Vec<Group<'a>> {
        let mut groups = self.column.groups();
        groups.iter_mut().for_each(|group| group.atoms.retain(|atom| self.has(*atom)));
        groups.retain(|group| !group.atoms.is_empty());
        groups
    }
}

/// One release as a reader knows it: a total at each place, and elements that add up to it.
pub(super) struct System<'s, 'c, 'a> {
    composition: &'c Composition<'a>,
    columns: &'s [Summand<'s, 'c, 'a>],
    /// Whether the total is what the places are as wholes.
    is_whole: bool,
    rows: Vec<Group<'a>>,
    /// The sums along the elements, with the column of each.
    sums: Vec<(usize, Group<'a>)>,
    edges: Vec<Edge>,
}

/// What to hide so that something found is told no more, and in which report.
#[derive(Clone, Copy, Debug)]
pub(super) enum Opening<'a> {
    /// A column, by its place in the list.
    Column(usize, Origin<'a>),
    Total(Origin<'a>),
}

impl<'s, 'c, 'a> System<'s, 'c, 'a> {
    pub(super) fn of(
        composition: &'c Composition<'a>,
        total: &Column<'c, 'a>,
        is_whole: bool,
        columns: &'s [Summand<'s, 'c, 'a>],
    ) -> Self {
        let rows = total.groups();
        let sums: Vec<(usize, Group<'a>)> = columns
            .iter()
            .enumerate()
            .flat_map(|(at, column)| column.groups().into_iter().map(move |group| (at, group)))
            .collect();
        let row_of = holders(composition, rows.iter().map(|row| row.atoms.as_slice()).zip(0..));
        let mut edges = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            let own = sums.iter().zip(0..).filter(|((of, _), _)| *of == at);
            let own = own.map(|((_, group), sum)| (group.atoms.as_slice(), sum));
            let sum_of = holders(composition, own);
            let having = (0..composition.units.len()).filter(|atom| column.has(*atom));
            edges.extend(having.map(|atom| Edge {
                column: at,
                atom,
                row: row_of[atom],
                sum: sum_of[atom],
            }));
        }
        Self { composition, columns, is_whole, rows, sums, edges }
    }

    /// What was searched; or, where something was found, what opens it.
    pub(super) fn search(&self) -> Result<Search, Vec<Opening<'a>>> {
        let equations = (self.rows.len() + self.sums.len()) as u64;
        let mut search = Search { equations, ..Search::default() };
        let floor = self.composition.floors.heads();
        for (column, group) in &self.sums {
            let people = self.columns[*column].column.heads(&group.atoms);
            // Columns see to it; what was ruled before they did is found here.
            if people < floor {
                return Err(vec![Opening::Column(*column, group.origin)]);
            }
            search.found(people);
        }
        for component in self.components() {
            self.cheapest(&component, &mut search)?;
        }
        Ok(search)
    }

    /// The cells that no report shows by themselves, parted where no sum connects them.
    fn components(&self) -> Vec<Vec<Edge>> {
        let open: Vec<Edge> =
            self.edges.iter().copied().filter(|edge| !self.is_alone(edge)).collect();
        let mut found: Vec<(BTreeSet<usize>, BTreeSet<usize>, Vec<Edge>)> = Vec::new();
        for edge in open {
            let touches = |part: &(BTreeSet<usize>, BTreeSet<usize>, Vec<Edge>)| {
                edge.row.is_some_and(|row| part.0.contains(&row))
                    || edge.sum.is_some_and(|sum| part.1.contains(&sum))
            };
            let (together, apart): (Vec<_>, Vec<_>) = found.into_iter().partition(touches);
            let mut whole = (BTreeSet::new(), BTreeSet::new(), vec![edge]);
            whole.0.extend(edge.row);
            whole.1.extend(edge.sum);
            for (rows, sums, edges) in together {
                whole.0.extend(rows);
                whole.1.extend(sums);
                whole.2.extend(edges);
            }
            found = apart;
            found.push(whole);
        }
        found.into_iter().map(|(.., edges)| edges).collect()
    }

    /// Looks for the cheapest cut of a component.
    fn cheapest(&self, edges: &[Edge], search: &mut Search) -> Result<(), Vec<Opening<'a>>> {
        let sums: Vec<usize> =
            edges.iter().filter_map(|edge| edge.sum).collect::<BTreeSet<_>>().into_iter().collect();
        let floor = self.composition.floors.heads();
        if sums.len() > SIDES {
            return Err(self.openings(&sums));
        }
        let rows: Vec<Row> = self.rows_of(edges, &sums);
        for row in &rows {
            let (Some(at), Some(people)) = (row.row, row.people.last()) else { continue };
            if people.count() < floor {
                let opening = self.row_opening(at);
                if let Some(opening) = opening {
                    return Err(vec![opening]);
                }
            }
            search.found(people.count());
        }
        for side in 1..1usize << sums.len() {
            let Some(people) = cost(&rows, side).map(People::count) else { continue };
            if people < floor {
                let chosen = sums.iter().enumerate().filter(|(at, _)| side >> at & 1 == 1);
                let chosen: Vec<usize> = chosen.map(|(_, sum)| *sum).collect();
                return Err(self.openings(&chosen));
            }
            search.found(people);
        }
        Ok(())
    }

    /// The reports that tell some sums; never those of a site, which are sums of one atom.
    fn openings(&self, sums: &[usize]) -> Vec<Opening<'a>> {
        let sums = sums.iter().map(|sum| &self.sums[*sum]);
        sums.map(|(column, group)| Opening::Column(*column, group.origin)).collect()
    }

    /// The report that tells the smallest known part of a place, so that what is left of it is of
    /// too few people; of the total itself where it has no other part.
    fn row_opening(&self, row: usize) -> Option<Opening<'a>> {
        let known = self.edges.iter().filter(|edge| edge.row == Some(row) && self.is_alone(edge));
        let smallest = known.min_by_key(|edge| (self.people(&[**edge]).count(), edge.column));
        match smallest.and_then(|edge| edge.sum) {
            Some(sum) => Some(Opening::Column(self.sums[sum].0, self.sums[sum].1.origin)),
            // The whole of a place is told of all its people, whatever part of them did anything.
            None => (!self.is_whole).then(|| Opening::Total(self.rows[row].origin)),
        }
    }

    /// Whether a cell is told by itself.
    fn is_alone(&self, edge: &Edge) -> bool {
        edge.sum.is_some_and(|sum| self.sums[sum].1.atoms.len() == 1)
    }

    fn rows_of(&self, edges: &[Edge], sums: &[usize]) -> Vec<Row> {
        let mut rows: BTreeMap<Option<usize>, Vec<Edge>> = BTreeMap::new();
        for edge in edges {
            rows.entry(edge.row).or_default().push(*edge);
        }
        rows.into_iter().map(|(row, edges)| self.row(row, &edges, sums)).collect()
    }

    /// What each side costs at one place.
    fn row(&self, row: Option<usize>, edges: &[Edge], sums: &[usize]) -> Row {
        let place = |edge: &Edge| edge.sum.and_then(|sum| sums.binary_search(&sum).ok());
        let places: BTreeSet<Option<usize>> = edges.iter().map(place).collect();
        // One more for cells that stand in no sum of their element.
        let own: Vec<Option<usize>> = places.into_iter().collect();
        let mask = |edge: &Edge| own.iter().position(|of| *of == place(edge)).unwrap_or_default();
        let people = (0..1usize << own.len()).map(|chosen| {
            let cut = edges.iter().filter(|edge| chosen >> mask(edge) & 1 == 1);
            self.people(&cut.copied().collect::<Vec<_>>())
        });
        let mut people: Vec<People> = people.collect();
        if let (Some(row), Some(all)) = (row, people.last_mut())
            && self.is_whole
            && self.is_all_of(row, edges)
        {
            *all = all.at_least(self.everybody(row));
        }
        Row { row, own, people }
    }

    /// The whole of a place is told of all its people.
    fn everybody(&self, row: usize) -> u32 {
        let behind = self.composition.behind(&self.rows[row].atoms);
        Workers::All.heads(&behind, self.composition.central_only)
    }

    /// Whether some cells are everything that a place has.
    fn is_all_of(&self, row: usize, edges: &[Edge]) -> bool {
        self.edges.iter().filter(|edge| edge.row == Some(row)).count() == edges.len()
    }

    /// The people behind some cells, each once.
    fn people(&self, cells: &[Edge]) -> People {
        let mut atoms: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for cell in cells {
            atoms.entry(cell.atom).or_default().push(cell.column);
        }
        let people = atoms.into_iter().map(|(atom, columns)| {
            let workers = columns.into_iter().map(|at| self.columns[at].column.workers_at(atom));
            let behind = self.composition.behind(&[atom]);
            Workers::union(workers).people(&behind, self.composition.central_only)
        });
        people.reduce(People::and).unwrap_or_default()
    }
}

/// The cells of a component at one place.
struct Row {
    /// None where no total of the place is shown: its factor is nought.
    row: Option<usize>,
    /// The sums of its cells, by their place among those of the component; `None` first.
    own: Vec<Option<usize>>,
    /// By which of these are cut, the people behind them.
    people: Vec<People>,
}

impl Row {
    /// What is cheaper: to cut the cells whose sums are on the side, or the others. `None` where
    /// nothing need be cut.
    fn cost(&self, side: usize) -> Option<People> {
        let on = |of: &Option<usize>| of.is_some_and(|at| side >> at & 1 == 1);
        let on: usize =
            self.own.iter().enumerate().filter(|(_, of)| on(of)).map(|(at, _)| 1 << at).sum();
        let off = (1 << self.own.len()) - 1 - on;
        if on == 0 || (off == 0 && self.row.is_some()) {
            return None;
        }
        let cut = self.people[on];
        Some(if self.row.is_none() { cut } else { cut.min(self.people[off]) })
    }
}

/// The people behind a cut; `None` where nothing is cut.
fn cost(rows: &[Row], side: usize) -> Option<People> {
    rows.iter().filter_map(|row| row.cost(side)).reduce(People::and)
}

/// The group that each atom is in.
fn holders<'g>(
    composition: &Composition<'_>,
    groups: impl Iterator<Item = (&'g [usize], usize)>,
) -> Vec<Option<usize>> {
    let mut holders = vec![None; composition.units.len()];
    for (atoms, group) in groups {
        for atom in atoms {
            holders[*atom] = Some(group);
        }
    }
    holders
}
