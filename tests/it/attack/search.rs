//! The search: every group of people under the floor, against every pair and triple of what is
//! shown, and against everything that is shown together.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use relais::element::Element;
use relais::limits::{HEADS_AT_A_HANDOFF, MINIMUM_ANSWERS, MINIMUM_HEADS};

use super::house::House;
use super::space::{Space, columns};
use super::view::{Gate, Rows, everything};

/// Rows of one element up to which every triple is tried; beyond, every pair, and all together.
const TRIPLES: usize = 120;

/// What was tried.
#[derive(Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) organisations: u64,
    pub(super) atoms: u64,
    pub(super) rows: u64,
    pub(super) groups: u64,
    pub(super) combinations: u64,
}

impl Tally {
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            organisations: self.organisations + other.organisations,
            atoms: self.atoms + other.atoms,
            rows: self.rows + other.rows,
            groups: self.groups + other.groups,
            combinations: self.combinations + other.combinations,
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { organisations, atoms, rows, groups, combinations } = self;
        write!(
            f,
            "{organisations} organisations, {atoms} atoms, {rows} different sums shown, {groups} groups under a floor, \
             {combinations} pairs and triples, and all together by rank: nothing found"
        )
    }
}

/// What an attacker of everything that a house shows finds, in words.
pub(super) fn attack(house: &House, gate: Gate, tally: &mut Tally) -> Option<String> {
    tally.organisations += 1;
    tally.atoms += house.units.len() as u64;
    if let Some(small) = small_atom(house) {
        return Some(small);
    }
    everything(house, gate)
        .into_iter()
        .find_map(|(element, rows)| put_together(house, element.as_ref(), &rows, tally))
}

/// What can be worked out of the rows of an element, or of the whole, about too few people.
pub(super) fn put_together(
    house: &House,
    element: Option<&Element>,
    rows: &Rows,
    tally: &mut Tally,
) -> Option<String> {
    tally.rows += rows.len() as u64;
    let space = Space::of(house.units.len(), rows.keys().map(|row| columns(*row)));
    groups(house, element).into_iter().find_map(|group| {
        tally.groups += 1;
        let what = || element.map_or("the whole".to_owned(), ToString::to_string);
        if let Some(how) = combined(rows, group, tally) {
            return Some(format!("{} of {} = {how}", what(), named(house, group)));
        }
        (space.known_of(&columns(group)) > 0)
            .then(|| format!("{} of {} by rank {}", what(), named(house, group), space.rank()))
    })
}

/// Every atom is above both floors, whatever is summed over it: answers or journeys.
fn small_atom(house: &House) -> Option<String> {
    let few = |n: u32| n < MINIMUM_ANSWERS;
    (0..house.units.len()).find_map(|at| {
        let unit = &house.units[at];
        let (heads, journeys) = (unit.behind.heads(house.central_only), house.journeys[at]);
        let small = few(unit.answers) || heads < MINIMUM_HEADS || (journeys > 0 && few(journeys));
        small.then(|| {
            format!(
                "{}: {} answers, {journeys} journeys, {heads} heads",
                named(house, 1 << at),
                unit.answers
            )
        })
    })
}

fn named(house: &House, group: u128) -> String {
    let atoms = (0..house.units.len()).filter(|at| group >> at & 1 == 1);
    let name = |at: usize| {
        format!(
            "{} {:?} in week {}",
            house.units[at].place, house.sites[at], house.units[at].release
        )
    };
    atoms.map(name).collect::<Vec<_>>().join(" and ")
}

/// The largest groups of atoms that are too few people for an element, whenever they were released:
/// what some sites, too small together, stand behind. People who stay are the same people in every
/// release.
fn groups(house: &House, element: Option<&Element>) -> Vec<u128> {
    let needed: Vec<String> = match element {
        None | Some(Element::HandoffOther) if house.central_only => {
            house.central.keys().cloned().collect()
        }
        None | Some(Element::HandoffOther) => house.most.keys().cloned().collect(),
        Some(element) => {
            let mut needed: Vec<_> =
                element.steps().into_iter().map(|step| house.teams[step].clone()).collect();
            needed.dedup();
            needed
        }
    };
    let together = needed.len() > 1 && !matches!(element, None | Some(Element::HandoffOther));
    let mut groups = under(house, &needed, MINIMUM_HEADS);
    if together {
        groups.extend(
            needed
                .iter()
                .flat_map(|team| under(house, std::slice::from_ref(team), HEADS_AT_A_HANDOFF)),
        );
    }
    let all: BTreeSet<u128> = groups.into_iter().filter(|group| *group != 0).collect();
    let larger = |group: u128| all.iter().any(|other| *other != group && other & group == group);
    all.iter().copied().filter(|group| !larger(*group)).collect()
}

/// The atoms of each largest set of sites with fewer heads than `floor` in these teams.
fn under(house: &House, teams: &[String], floor: u32) -> Vec<u128> {
    let central: u32 = teams.iter().filter_map(|team| house.central.get(team)).sum();
    let Some(room) = floor.checked_sub(1 + central) else { return Vec::new() };
    let heads = |site: &Option<String>| -> u32 {
        let Some(site) = site else { return 0 };
        teams.iter().filter_map(|team| house.most.get(team)?.get(site)).sum()
    };
    // Only sites of an atom that is small by itself can be part of a small group.
    let small = |sites: &BTreeSet<Option<String>>| sites.iter().map(heads).sum::<u32>() <= room;
    let sites: BTreeSet<&Option<String>> =
        house.sites.iter().filter(|sites| small(sites)).flatten().collect();
    let (free, some): (Vec<_>, Vec<_>) = sites.into_iter().partition(|site| heads(site) == 0);
    let mut chosen = BTreeSet::new();
    choose(&some, room, &heads, &mut free.into_iter().collect(), &mut chosen);
    chosen.into_iter().map(|sites| held(house, &sites)).collect()
}

type Sites<'a> = BTreeSet<&'a Option<String>>;

/// Every set of sites that has room, with or without the next one.
fn choose<'a>(
    left: &[&'a Option<String>],
    room: u32,
    heads: &impl Fn(&Option<String>) -> u32,
    taken: &mut Sites<'a>,
    chosen: &mut BTreeSet<Sites<'a>>,
) {
    let Some((next, left)) = left.split_first() else {
        chosen.insert(taken.clone());
        return;
    };
    if heads(next) <= room {
        taken.insert(next);
        choose(left, room - heads(next), heads, taken, chosen);
        taken.remove(next);
    }
    choose(left, room, heads, taken, chosen);
}

fn held(house: &House, sites: &Sites<'_>) -> u128 {
    let inside = |held: &BTreeSet<Option<String>>| held.iter().all(|site| sites.contains(site));
    house
        .sites
        .iter()
        .enumerate()
        .filter(|(_, held)| inside(held))
        .fold(0, |group, (at, _)| group | 1 << at)
}

/// How something of a group alone is a row, the difference of two, or two less a third: the only
/// ways in which one to three rows can cancel each other outside of it, whatever the signs.
fn combined(rows: &Rows, group: u128, tally: &mut Tally) -> Option<String> {
    let say = |row: u128| format!("[{}]", rows[&row]);
    let all: Vec<u128> = rows.keys().copied().collect();
    let count = all.len() as u64;
    tally.combinations += count * count.saturating_sub(1) / 2;
    let mut outside: HashMap<u128, u128> = HashMap::new();
    for &row in &all {
        if row & !group == 0 {
            return Some(say(row));
        }
        if let Some(other) = outside.insert(row & !group, row) {
            return Some(format!("{} − {}", say(row.max(other)), say(row.min(other))));
        }
    }
    if all.len() > TRIPLES {
        return None;
    }
    tally.combinations += count * count.saturating_sub(1) * count.saturating_sub(2) / 2;
    for (at, &a) in all.iter().enumerate() {
        for &b in all[at + 1..].iter().filter(|b| a & **b & !group == 0) {
            let third = outside.get(&((a | b) & !group)).copied();
            if let Some(c) = third.filter(|c| a & b & group != 0 || (a | b) != *c) {
                return Some(format!("{} + {} − {}", say(a), say(b), say(c)));
            }
        }
    }
    None
}
