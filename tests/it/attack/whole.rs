//! The attackers on everything at once: organisations that live some weeks on a real database while
//! their structure changes, and everything that is shown of them, put together.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use relais::element::Element;
use relais::limits::{MINIMUM_ANSWERS, MINIMUM_HEADS};

use super::eyes::{on_the_command_line, through_a_key};
use super::life::{Life, SERVICES, live};
use super::reading::{Knowledge, Reader, remainder, sum};
use super::space::Space;
use super::truth::{Cell, Part, Quantity, Truth};
use crate::support::{World, both, figure};

both!(
    nothing_small_can_be_worked_out_of_all_that_is_shown,
    nor_of_another_organisation,
    nor_where_a_step_goes_to_the_neighbours,
    nor_where_a_team_promises_nothing_at_one_site,
);

/// What was searched.
#[derive(Clone, Copy, Debug, Default)]
struct Searched {
    documents: u64,
    equations: u64,
    groups: u64,
    /// The fewest people behind any sum that is shown.
    smallest: Option<f64>,
}

impl fmt::Display for Searched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { documents, equations, groups, smallest } = self;
        write!(
            f,
            "{documents} documents and charts, {equations} equations, {groups} groups under a \
             floor searched, smallest group derivable of {:.1} people",
            smallest.unwrap_or(0.0)
        )
    }
}

/// Desks that a site divides otherwise than the network; days late of a hidden place in the
/// correction of its level; channels that one window names and another does not.
async fn nothing_small_can_be_worked_out_of_all_that_is_shown(world: World) {
    attacked(world, chosen(1)).await;
}

/// A pool in which only one small site's desk promises anything; channels that one window names
/// and another does not.
async fn nor_of_another_organisation(world: World) {
    attacked(world, chosen(9)).await;
}

/// A handoff of two teams that becomes one team's.
async fn nor_where_a_step_goes_to_the_neighbours(world: World) {
    attacked(world, chosen(12)).await;
}

/// Days late of a place, behind which a team stands that was never late there, for it promised
/// nothing.
async fn nor_where_a_team_promises_nothing_at_one_site(world: World) {
    attacked(world, chosen(43)).await;
}

/// The number of the organisation: another one where somebody looks for more, with
/// `RELAIS_ATTACKED=12`.
fn chosen(usual: u64) -> u64 {
    std::env::var("RELAIS_ATTACKED").ok().and_then(|number| number.parse().ok()).unwrap_or(usual)
}

async fn attacked(world: World, seed: u64) {
    let life = Life::of(seed);
    let (mut searched, mut found_out) = (Searched::default(), Vec::new());
    for (truth, knowledge) in known(&world, &life).await {
        if let Some(found) = attack(&truth, &knowledge, &mut searched) {
            panic!("{} of {seed}: {found}\n{life:#?}", truth.service);
        }
        found_out.extend(careless(&truth, &knowledge));
    }
    figure(&format!("attackers: everything of an organisation at once: {searched}"));
    assert!(searched.documents > 500 && searched.groups > 50, "{searched}");
    // An attacker who finds nothing proves something only if they find what is there.
    assert!(found_out.len() >= 2, "{found_out:#?}");
}

/// Everything that is shown of an organisation's services, with what stands behind it.
async fn known(world: &World, life: &Life) -> Vec<(Truth, Knowledge)> {
    let organisation = live(world, life).await;
    let mut all = Vec::new();
    for (service, _) in SERVICES {
        let truth = Truth::of(&world.app, organisation, life, service).await;
        let mut reader = Reader::of(&world.app, organisation, &truth).await;
        reader.everything().await;
        let told = reader.some(9).await;
        through_a_key(world, organisation, &told).await;
        on_the_command_line(world, &told[0]).await;
        let knowledge = reader.knowledge;
        all.push((truth, knowledge));
    }
    all
}

/// What is found where a gate shows one kind of what it hides: what has too few people, and what
/// would tell of a smaller team beside it.
fn careless(truth: &Truth, knowledge: &Knowledge) -> Vec<String> {
    let is_remainder = |why: &str| why == remainder();
    let found = [true, false].map(|of_remainder| {
        let mut careless = knowledge.clone();
        for (why, element, atoms) in &knowledge.hidden {
            if is_remainder(why) == of_remainder {
                for (quantity, rows) in &mut careless.sums {
                    rows.insert(sum(truth, *quantity, atoms, |of| of == element));
                }
            }
        }
        attack(truth, &careless, &mut Searched::default())
    });
    found.into_iter().flatten().collect()
}

/// What can be worked out of too few people or answers, in words.
fn attack(truth: &Truth, knowledge: &Knowledge, searched: &mut Searched) -> Option<String> {
    searched.documents += knowledge.documents;
    let sums = knowledge.sums.iter().find_map(|(quantity, rows)| {
        let rows: Vec<Vec<usize>> = rows.iter().cloned().collect();
        let cells = &truth.cells[quantity];
        let found = isolated(truth, cells, &rows, searched)?;
        Some(format!("{quantity:?}: {found}"))
    });
    sums.or_else(|| of_importance(truth, knowledge, searched))
        .or_else(|| of_channels(truth, knowledge, searched))
}

/// Some cells of too few people of which something is known alone.
fn isolated(
    truth: &Truth,
    cells: &[Cell],
    rows: &[Vec<usize>],
    searched: &mut Searched,
) -> Option<String> {
    searched.equations += rows.len() as u64;
    for row in rows {
        let people = behind(truth, cells, row);
        searched.smallest = Some(searched.smallest.map_or(people, |least| least.min(people)));
    }
    let space = Space::of(cells.len(), rows.iter().cloned());
    let every: BTreeSet<usize> = cells.iter().map(|cell| cell.atom).collect();
    let releases: BTreeSet<i32> = every.iter().map(|atom| release(truth, *atom)).collect();
    // Those who stay are the same people in every release; those who came are only in the later.
    let of_release = |week: &i32| -> BTreeSet<usize> {
        every.iter().copied().filter(|atom| release(truth, *atom) == *week).collect()
    };
    let windows = releases.iter().map(of_release).chain([every.clone()]);
    for window in windows {
        let here = |cell: &Cell| window.contains(&cell.atom);
        let central = columns(cells, |cell| here(cell) && cell.own.is_empty());
        let known_of_central = space.known_of(&central);
        for group in groups(truth, cells, &window) {
            searched.groups += 1;
            let inside = columns(cells, |cell| here(cell) && cell.own.is_subset(&group));
            if space.known_of(&inside) > known_of_central {
                return Some(named(truth, cells, &inside, &group));
            }
        }
        for team in truth.central.iter().filter(|(_, heads)| **heads < f64::from(MINIMUM_HEADS)) {
            let only = |cell: &Cell| {
                cell.own.is_empty() && cell.central.iter().all(|central| central == team.0)
            };
            let inside = columns(cells, |cell| here(cell) && only(cell));
            if space.known_of(&inside) > 0 {
                return Some(format!(
                    "{} people of {}: {}",
                    team.1,
                    team.0,
                    listed(truth, cells, &inside)
                ));
            }
        }
    }
    None
}

fn release(truth: &Truth, atom: usize) -> i32 {
    truth.published.atoms[atom].unit.release
}

fn columns(cells: &[Cell], is: impl Fn(&Cell) -> bool) -> Vec<usize> {
    cells.iter().enumerate().filter(|(_, cell)| is(cell)).map(|(at, _)| at).collect()
}

/// How many people stand behind a sum: central ones where there are no others.
fn behind(truth: &Truth, cells: &[Cell], row: &[usize]) -> f64 {
    let atoms: Vec<usize> = row.iter().map(|at| cells[*at].atom).collect();
    let own: BTreeSet<Part> = row.iter().flat_map(|at| cells[*at].own.clone()).collect();
    if !own.is_empty() {
        return truth.people(&atoms, &own);
    }
    let central: BTreeSet<&String> = row.iter().flat_map(|at| &cells[*at].central).collect();
    central.into_iter().map(|team| truth.central[team]).sum()
}

/// The largest groups of too few people.
fn groups(truth: &Truth, cells: &[Cell], window: &BTreeSet<usize>) -> Vec<BTreeSet<Part>> {
    let atoms: Vec<usize> = window.iter().copied().collect();
    let parts: BTreeSet<Part> = cells
        .iter()
        .filter(|cell| window.contains(&cell.atom))
        .flat_map(|cell| cell.own.clone())
        .collect();
    let is_few =
        |group: &BTreeSet<Part>| truth.people(&atoms, group) < f64::from(MINIMUM_HEADS) - 1e-9;
    let small: Vec<Part> =
        parts.into_iter().filter(|part| is_few(&BTreeSet::from([part.clone()]))).collect();
    let mut chosen = Vec::new();
    choose(&small, &is_few, &mut BTreeSet::new(), &mut chosen);
    let sets: Vec<BTreeSet<Part>> = chosen.clone();
    chosen.retain(|group| !sets.iter().any(|other| other != group && group.is_subset(other)));
    chosen
}

fn choose(
    left: &[Part],
    is_few: &dyn Fn(&BTreeSet<Part>) -> bool,
    taken: &mut BTreeSet<Part>,
    chosen: &mut Vec<BTreeSet<Part>>,
) {
    let Some((next, left)) = left.split_first() else {
        if !taken.is_empty() {
            chosen.push(taken.clone());
        }
        return;
    };
    taken.insert(next.clone());
    let fits = is_few(taken);
    if fits {
        choose(left, is_few, taken, chosen);
    }
    taken.remove(next);
    choose(left, is_few, taken, chosen);
}

fn named(truth: &Truth, cells: &[Cell], inside: &[usize], group: &BTreeSet<Part>) -> String {
    let atoms: Vec<usize> = inside.iter().map(|at| cells[*at].atom).collect();
    let people = truth.people(&atoms, group);
    format!("{people:.1} people, {group:?}: {}", listed(truth, cells, inside))
}

fn listed(truth: &Truth, cells: &[Cell], inside: &[usize]) -> String {
    let one = |at: &usize| {
        let unit = &truth.published.atoms[cells[*at].atom].unit;
        format!("{} of {} in week {}", cells[*at].element, unit.place, unit.release)
    };
    inside.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// What differences between customers go with adds up over the elements that they rated.
fn of_importance(truth: &Truth, knowledge: &Knowledge, searched: &mut Searched) -> Option<String> {
    let points = &truth.cells[&Quantity::Points];
    knowledge.importance.iter().find_map(|(atoms, shown)| {
        let mut elements: BTreeMap<&Element, Cell> = BTreeMap::new();
        let here = points.iter().filter(|cell| atoms.contains(&cell.atom));
        for cell in here.filter(|cell| cell.element.is_rated()) {
            let known = elements.entry(&cell.element).or_insert_with(|| cell.clone());
            known.own.extend(cell.own.clone());
            known.central.extend(cell.central.clone());
        }
        // Each stands for the network: one column an element, at whichever atom.
        let cells: Vec<Cell> = elements.into_values().collect();
        let all = (0..cells.len()).collect();
        let one = |(at, cell): (usize, &Cell)| shown.contains(&cell.element).then(|| vec![at]);
        let rows: Vec<Vec<usize>> = cells.iter().enumerate().filter_map(one).chain([all]).collect();
        let found = within(truth, &cells, atoms, &rows, searched)?;
        Some(format!("importance: {found}"))
    })
}

/// The same search where every cell is of all these atoms.
fn within(
    truth: &Truth,
    cells: &[Cell],
    atoms: &[usize],
    rows: &[Vec<usize>],
    searched: &mut Searched,
) -> Option<String> {
    searched.equations += rows.len() as u64;
    let space = Space::of(cells.len(), rows.iter().cloned());
    let window: BTreeSet<usize> = atoms.iter().copied().collect();
    let everywhere: Vec<Cell> = cells
        .iter()
        .flat_map(|cell| atoms.iter().map(move |atom| Cell { atom: *atom, ..cell.clone() }))
        .collect();
    let central = columns(cells, |cell| cell.own.is_empty());
    let known_of_central = space.known_of(&central);
    groups(truth, &everywhere, &window).into_iter().find_map(|group| {
        searched.groups += 1;
        let inside = columns(cells, |cell| cell.own.is_subset(&group));
        let is_known = space.known_of(&inside) > known_of_central;
        is_known.then(|| named(truth, cells, &inside, &group))
    })
}

/// Channels, of too few answers or too few people.
fn of_channels(truth: &Truth, knowledge: &Knowledge, searched: &mut Searched) -> Option<String> {
    let cells: Vec<&(i32, String)> = truth.channels.keys().collect();
    let at = |cell: &(i32, String)| cells.iter().position(|known| *known == cell);
    let rows = knowledge.channels.iter();
    let rows = rows.map(|row| row.iter().filter_map(at).collect::<Vec<usize>>());
    let rows: Vec<Vec<usize>> = rows.collect();
    searched.equations += rows.len() as u64;
    let space = Space::of(cells.len(), rows.into_iter());
    let weeks: BTreeSet<i32> = cells.iter().map(|(week, _)| *week).collect();
    for week in weeks {
        let here: Vec<usize> = (0..cells.len()).filter(|at| cells[*at].0 == week).collect();
        let counted = |some: &[usize]| -> (u64, u64) {
            let counts = some.iter().map(|at| truth.channels[cells[*at]]);
            counts.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
        };
        let journeys = counted(&here).0.max(1);
        let units = truth.published.atoms.iter().filter(|atom| atom.unit.release == week);
        let people: u32 = units.map(|atom| atom.unit.behind.heads(false)).sum();
        for chosen in 1..1usize << here.len() {
            let inside: Vec<usize> = here
                .iter()
                .enumerate()
                .filter(|(bit, _)| chosen >> bit & 1 == 1)
                .map(|(_, at)| *at)
                .collect();
            let (passed, answered) = counted(&inside);
            let share = u64::from(people) * passed.max(answered) / journeys;
            let few = answered < u64::from(MINIMUM_ANSWERS) || share < u64::from(MINIMUM_HEADS);
            if !few || inside.len() == here.len() {
                continue;
            }
            searched.groups += 1;
            if space.known_of(&inside) > 0 {
                let codes: Vec<&String> = inside.iter().map(|at| &cells[*at].1).collect();
                return Some(format!(
                    "channels {codes:?} of week {week}: {answered} answers, {share} of {people} \
                     people"
                ));
            }
        }
    }
    None
}
