//! An attacker who knows every total and every part that a release shows, tried on random ones:
//! whatever they add up and subtract tells nothing of too few people.

use std::collections::BTreeSet;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::element::Element;
use crate::privacy::proof::Space;
use crate::privacy::ruling::*;
use crate::privacy::{HeadsBehind, Unit};

const FLOOR: u32 = 7;

fn floors() -> Floors {
    Floors::raised(10, 7)
}

fn teams() -> BTreeMap<String, String> {
    let teams = [
        ("CALL", "centre"),
        ("RECEP", "desk"),
        ("DELIV", "desk"),
        ("WORK", "shop"),
        ("WASH", "yard"),
    ];
    teams.map(|(step, team)| (step.to_owned(), team.to_owned())).into()
}

fn elements() -> Vec<Element> {
    let codes = [
        "step:RECEP",
        "step:DELIV",
        "step:WORK",
        "step:WASH",
        "handoff:RECEP:WORK",
        "handoff:CALL:RECEP",
        "promise:CALL",
        "promise:RECEP",
        "promise:WORK",
        "promise:WASH",
    ];
    codes.map(|code| code.parse().unwrap()).to_vec()
}

/// The desk has two steps; where no journey meets both, each may be some of its people's.
const SHARES: [(&str, u32); 2] = [("RECEP", 600), ("DELIV", 400)];

/// Teams, or the parts of them that do one step, each at its atom.
type Crew = BTreeSet<(usize, String)>;

/// What is known of a place as a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Total {
    Promises,
    Lateness,
    Points,
}

impl Total {
    fn subject(self) -> Subject {
        if self == Self::Points { Subject::Whole } else { Subject::Dates }
    }
}

struct World {
    units: Vec<Unit>,
    parts: Vec<Parts>,
}

/// A release of some sites and pools; half of the teams are tiny, and not every atom has
/// everything.
fn world(seed: u64) -> World {
    let mut random = StdRng::seed_from_u64(seed);
    let central = BTreeMap::from([("centre".to_owned(), random.random_range(2..30))]);
    let regions = random.random_range(1..=2);
    let are_shared = random.random_bool(0.4);
    let shares = SHARES.into_iter().filter(|_| are_shared);
    let shares: BTreeMap<String, u32> =
        shares.map(|(step, part)| (step.to_owned(), part)).collect();
    let (mut units, mut parts) = (Vec::new(), Vec::new());
    for n in 0..random.random_range(1..=3) {
        let mut heads = |few: u32, many: u32| {
            let most = if random.random_bool(0.5) { few } else { many };
            random.random_range(1..most)
        };
        let sites = [("desk", heads(5, 15)), ("shop", 4 + heads(5, 15)), ("yard", heads(5, 15))];
        let sites = sites.map(|(team, heads)| (team.to_owned(), heads)).into();
        let region = random.random_bool(0.8).then(|| format!("R{}", n % regions));
        let place = match (&region, random.random_bool(0.2)) {
            (Some(region), true) => Place::Region(region.clone()),
            _ => Place::Site(format!("S{n}")),
        };
        let (central, shares, steps) = (central.clone(), shares.clone(), teams());
        let behind = HeadsBehind { sites, central, steps, shares, ..HeadsBehind::default() };
        units.push(Unit { release: 0, place, region, answers: 30, behind: behind.into() });
        let passed: Vec<u64> = elements()
            .iter()
            .map(|_| if random.random_bool(0.85) { random.random_range(20..200) } else { 0 })
            .collect();
        let of_dates = |random: &mut StdRng| -> Vec<u64> {
            let promises = elements().into_iter().zip(&passed);
            let counts = promises.map(|(element, count)| {
                // Some promise nothing there, and some are never late.
                let has = !element.is_rated() && random.random_bool(0.8);
                if has { *count } else { 0 }
            });
            counts.collect()
        };
        let (promised, timed) = (of_dates(&mut random), of_dates(&mut random));
        parts.push(Parts { promised, timed, passed });
    }
    World { units, parts }
}

impl World {
    fn ruling(&self, parts: &[Parts]) -> Ruling {
        self.with_matter(parts, Ruling::of)
    }

    fn with_matter<T>(&self, parts: &[Parts], of: impl FnOnce(&Matter<'_>) -> T) -> T {
        let (elements, teams) = (elements(), teams());
        let units: Vec<&Unit> = self.units.iter().collect();
        of(&Matter { units: &units, elements: &elements, parts, teams: &teams, floors: floors() })
    }

    fn places(&self) -> BTreeSet<Place> {
        let units = self.units.iter();
        units
            .flat_map(|unit| unit.counts_in().into_iter().chain([unit.place.clone()]))
            .chain([Place::Network])
            .collect()
    }

    /// What adds up to a total: an element at an atom.
    fn cells(&self, total: Total) -> Vec<(usize, usize)> {
        let has = |atom: usize, element: usize| {
            let Parts { passed, promised, timed } = &self.parts[atom];
            match total {
                Total::Promises => promised[element] > 0,
                Total::Lateness => timed[element] > 0,
                Total::Points if elements()[element].is_rated() => passed[element] > 0,
                Total::Points => timed[element] > 0,
            }
        };
        let atoms = 0..self.units.len();
        atoms
            .flat_map(|atom| (0..elements().len()).map(move |element| (atom, element)))
            .filter(|(atom, element)| has(*atom, *element))
            .collect()
    }

    /// Everything that is shown of a total and of what adds up to it.
    fn rows(&self, ruling: &Ruling, total: Total) -> Vec<Vec<i64>> {
        let cells = self.cells(total);
        let shown = |subject: &Subject, place: &Place| {
            ruling.decided(subject, place).is_some_and(|objection| objection.is_none())
        };
        let mut rows = Vec::new();
        for place in self.places() {
            let within = |(atom, _): &(usize, usize)| self.units[*atom].is_in(&place);
            if shown(&total.subject(), &place) {
                rows.push(cells.iter().map(|cell| i64::from(within(cell))).collect());
            }
            for (at, element) in elements().into_iter().enumerate() {
                if shown(&Subject::Element(element), &place) {
                    let one = |cell: &(usize, usize)| i64::from(cell.1 == at && within(cell));
                    rows.push(cells.iter().map(one).collect());
                }
            }
            if shown(&Subject::Element(Element::StepsOf("desk".to_owned())), &place) {
                let desk =
                    ["step:RECEP", "step:DELIV"].map(|code| code.parse::<Element>().unwrap());
                let of_desk = |cell: &(usize, usize)| {
                    i64::from(desk.contains(&elements()[cell.1]) && within(cell))
                };
                rows.push(cells.iter().map(of_desk).collect());
            }
        }
        rows
    }

    /// The teams of the sites behind a cell, each with its atom.
    fn people(&self, (atom, element): (usize, usize)) -> Crew {
        let teams = teams();
        let elements = elements();
        let behind = &self.units[atom].behind;
        let steps = elements[element].steps().into_iter();
        let own = steps.filter(|step| behind.sites.contains_key(&teams[*step]));
        let part = |step: &str| match behind.shares.get(step) {
            Some(_) => step.to_owned(),
            None => teams[step].clone(),
        };
        own.map(|step| (atom, part(step))).collect()
    }

    /// How many people some teams have, each at its atom, or the parts of them that do a step.
    fn heads<'w>(&self, some: impl IntoIterator<Item = &'w (usize, String)>) -> u32 {
        let mut parts: BTreeMap<(usize, String), u32> = BTreeMap::new();
        for (atom, who) in some {
            let part = self.units[*atom].behind.shares.get(who);
            let team = if part.is_some() { &teams()[who] } else { who };
            *parts.entry((*atom, team.clone())).or_default() += part.copied().unwrap_or(1000);
        }
        let heads = |((atom, team), part): (&(usize, String), &u32)| {
            self.units[*atom].behind.sites[team] * part / 1000
        };
        parts.iter().map(heads).sum()
    }

    /// What somebody works out of too few people, if they do; told apart from the code under test
    /// by trying every group of teams.
    fn leak(&self, ruling: &Ruling, total: Total) -> Option<Crew> {
        let (cells, rows) = (self.cells(total), self.rows(ruling, total));
        let all: Crew = cells.iter().flat_map(|cell| self.people(*cell)).collect();
        let here = |atom: usize| all.iter().filter(move |(at, _)| *at == atom);
        if total == Total::Points
            && (0..self.units.len()).any(|atom| self.heads(here(atom)) < FLOOR)
        {
            // The whole of a place is told of all its people, whatever part of them did anything.
            return None;
        }
        let small: Vec<_> = all.iter().filter(|one| self.heads([*one]) < FLOOR).cloned().collect();
        let rank = Space::of(&rows).rank();
        let told = |inside: &dyn Fn(&Crew) -> bool| {
            let outside = |row: &Vec<i64>| {
                let cells = cells.iter().zip(row);
                let outside = cells.filter(|(cell, _)| !inside(&self.people(**cell)));
                outside.map(|(_, x)| *x).collect::<Vec<i64>>()
            };
            let outside: Vec<Vec<i64>> = rows.iter().map(outside).collect();
            rank - Space::of(&outside).rank()
        };
        let central = told(&|people| people.is_empty());
        (1..1usize << small.len()).find_map(|chosen| {
            let group: BTreeSet<_> = (0..small.len())
                .filter(|at| chosen >> at & 1 == 1)
                .map(|at| small[at].clone())
                .collect();
            let few = self.heads(&group) < FLOOR;
            (few && told(&|people| people.is_subset(&group)) > central).then_some(group)
        })
    }
}

#[test]
fn nothing_of_too_few_people_is_left_between_totals_and_parts() {
    let (mut shown, mut withheld, mut together) = (0, 0, 0);
    for seed in 0..150 {
        let world = world(seed);
        let ruling = world.ruling(&world.parts);
        for total in [Total::Promises, Total::Lateness, Total::Points] {
            shown += world.rows(&ruling, total).len();
            let leak = world.leak(&ruling, total);
            assert_eq!(leak, None, "{total:?} of {seed}: {:?}", world.units);
        }
        withheld += ruling.withheld();
        let desk = Subject::Element(Element::StepsOf("desk".to_owned()));
        together += usize::from(ruling.decided(&desk, &Place::Network) == Some(None));
        let search = world.with_matter(&world.parts, |matter| ruling.searched(matter));
        let smallest = search.expect("nothing that opens anything").smallest;
        assert!(smallest.is_none_or(|people| people >= FLOOR), "{seed}: {search:?}");
    }
    println!(
        "{shown} sums shown, {withheld} withheld for what is left beside them, {together} times the \
         desk's steps together"
    );
    assert!(
        shown > 2_000 && withheld > 200 && together > 5,
        "{shown} sums, {withheld} withheld and {together} together prove nothing"
    );
}

/// The attacker proves something only if they find what is there.
#[test]
fn who_forgets_what_adds_up_to_a_total_is_found_out() {
    let found = (0..100).filter(|seed| {
        let world = world(*seed);
        let none = || vec![0; elements().len()];
        let nothing = Parts { passed: none(), promised: none(), timed: none() };
        let forgetful = world.ruling(&vec![nothing; world.units.len()]);
        world.leak(&forgetful, Total::Promises).is_some()
    });
    assert!(found.count() > 20);
}

#[test]
fn the_dates_of_a_hidden_desk_are_told_with_those_of_the_next_smallest_team() {
    let heads = [("desk", 3), ("shop", 9), ("yard", 20)];
    let sites = heads.map(|(team, heads)| (team.to_owned(), heads)).into();
    let central = BTreeMap::from([("centre".to_owned(), 30)]);
    let behind = HeadsBehind { sites, central, ..HeadsBehind::default() };
    let place = Place::Site("S0".to_owned());
    let unit = Unit {
        release: 0,
        place: place.clone(),
        region: None,
        answers: 100,
        behind: behind.into(),
    };
    let passed = vec![100; elements().len()];
    let timed: Vec<u64> =
        elements().iter().map(|one| if one.is_rated() { 0 } else { 100 }).collect();
    let parts = vec![Parts { passed, promised: timed.clone(), timed }];
    let world = World { units: vec![unit], parts };
    let ruling = world.ruling(&world.parts);
    let of = |code: &str| {
        let subject = Subject::Element(code.parse().unwrap());
        ruling.decided(&subject, &place).unwrap()
    };
    assert_eq!(of("promise:RECEP"), Some(Reason::FewHeads(FLOOR)));
    assert_eq!(of("promise:WORK"), Some(Reason::Remainder), "all less the others is the desk");
    assert_eq!([of("promise:CALL"), of("promise:WASH")], [None, None]);
    assert_eq!(of("step:WORK"), None, "what was lost has parts enough that stay hidden");
    assert_eq!(ruling.decided(&Subject::Dates, &place), Some(None));
    assert_eq!(of("handoff:CALL:RECEP"), Some(Reason::FewHeads(FLOOR)), "centres help no site");
}

/// Eight desks of one team at one site, and why each is hidden there, and all of them together.
fn desks(heads: u32, share: Option<u32>) -> (Vec<Option<Reason>>, Option<Option<Reason>>) {
    let desks: Vec<Element> = (1..=8).map(|n| format!("step:DESK{n}").parse().unwrap()).collect();
    let teams: BTreeMap<String, String> =
        (1..=8).map(|n| (format!("DESK{n}"), "desk".to_owned())).collect();
    let shares = teams.keys().filter_map(|step| Some((step.clone(), share?))).collect();
    let sites = BTreeMap::from([("desk".to_owned(), heads)]);
    let behind = HeadsBehind { sites, shares, ..HeadsBehind::default() };
    let place = Place::Site("S0".to_owned());
    let behind = behind.into();
    let unit = Unit { release: 0, place: place.clone(), region: None, answers: 99, behind };
    let parts = [Parts { passed: vec![20; 8], promised: vec![0; 8], timed: vec![0; 8] }];
    let (units, elements, floors) = ([&unit], &desks, floors());
    let matter = Matter { units: &units, elements, parts: &parts, teams: &teams, floors };
    let ruling = Ruling::of(&matter);
    let of = |element: Element| ruling.decided(&Subject::Element(element), &place);
    assert!(ruling.searched(&matter).is_some());
    let each = desks.iter().map(|desk| of(desk.clone()).flatten()).collect();
    (each, of(Element::StepsOf("desk".to_owned())))
}

#[test]
fn steps_that_share_a_team_share_its_people_and_are_told_together() {
    assert_eq!(desks(8, None), (vec![None; 8], None), "journeys meet several of them");
    assert_eq!(desks(8, Some(125)), (vec![Some(Reason::Shared); 8], Some(None)));
    let few = Some(Some(Reason::FewHeads(FLOOR)));
    assert_eq!(desks(5, Some(125)), (vec![Some(Reason::Shared); 8], few), "all are five");
    assert_eq!(desks(80, Some(125)), (vec![None; 8], None), "ten people each");
}

#[test]
fn a_ruling_is_read_as_it_was_stored() {
    for seed in 0..50 {
        let world = world(seed);
        let ruling = world.ruling(&world.parts);
        let units: Vec<&Unit> = world.units.iter().collect();
        let read = Ruling::decode(&ruling.encode().unwrap(), &units, floors());
        assert_eq!(read.as_ref(), Some(&ruling));
        assert_eq!(Ruling::decode("{}", &units, floors()), None);
    }
}
