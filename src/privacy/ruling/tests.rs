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

/// Teams, each at its atom.
type Crew = BTreeSet<(usize, String)>;

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
        let behind = HeadsBehind { sites, central: central.clone(), ..HeadsBehind::default() };
        units.push(Unit { release: 0, place, region, answers: 30, behind: behind.into() });
        let passed: Vec<u64> = elements()
            .iter()
            .map(|_| if random.random_bool(0.85) { random.random_range(20..200) } else { 0 })
            .collect();
        let timed = elements().into_iter().zip(&passed);
        let timed = timed.map(|(element, count)| if element.is_rated() { 0 } else { *count });
        parts.push(Parts { timed: timed.collect(), passed });
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
    fn cells(&self, total: &Subject) -> Vec<(usize, usize)> {
        let has = |atom: usize, element: usize| match total {
            Subject::Dates => self.parts[atom].timed[element] > 0,
            _ => self.parts[atom].passed[element] > 0,
        };
        let atoms = 0..self.units.len();
        atoms
            .flat_map(|atom| (0..elements().len()).map(move |element| (atom, element)))
            .filter(|(atom, element)| has(*atom, *element))
            .collect()
    }

    /// Everything that is shown of a total and of what adds up to it.
    fn rows(&self, ruling: &Ruling, total: &Subject) -> Vec<Vec<i64>> {
        let cells = self.cells(total);
        let shown = |subject: &Subject, place: &Place| {
            ruling.decided(subject, place).is_some_and(|objection| objection.is_none())
        };
        let mut rows = Vec::new();
        for place in self.places() {
            let within = |(atom, _): &(usize, usize)| self.units[*atom].is_in(&place);
            if shown(total, &place) {
                rows.push(cells.iter().map(|cell| i64::from(within(cell))).collect());
            }
            for (at, element) in elements().into_iter().enumerate() {
                if shown(&Subject::Element(element), &place) {
                    let one = |cell: &(usize, usize)| i64::from(cell.1 == at && within(cell));
                    rows.push(cells.iter().map(one).collect());
                }
            }
        }
        rows
    }

    /// The teams of the sites behind a cell, each with its atom.
    fn people(&self, (atom, element): (usize, usize)) -> Crew {
        let teams = teams();
        let elements = elements();
        let own = elements[element].steps().into_iter().map(|step| teams[step].clone());
        own.filter(|team| self.units[atom].behind.sites.contains_key(team))
            .map(|team| (atom, team))
            .collect()
    }

    /// What somebody works out of too few people, if they do; told apart from the code under test
    /// by trying every group of teams.
    fn leak(&self, ruling: &Ruling, total: &Subject) -> Option<Crew> {
        let (cells, rows) = (self.cells(total), self.rows(ruling, total));
        let all: Crew = cells.iter().flat_map(|cell| self.people(*cell)).collect();
        let heads = |(atom, team): &(usize, String)| self.units[*atom].behind.sites[team];
        let here = |atom: usize| all.iter().filter(move |(at, _)| *at == atom);
        if *total == Subject::Whole
            && (0..self.units.len()).any(|atom| here(atom).map(heads).sum::<u32>() < FLOOR)
        {
            // The whole of a place is told of all its people, whatever part of them did anything.
            return None;
        }
        let small: Vec<_> = all.iter().filter(|one| heads(one) < FLOOR).cloned().collect();
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
            let few = group.iter().map(heads).sum::<u32>() < FLOOR;
            (few && told(&|people| people.is_subset(&group)) > central).then_some(group)
        })
    }
}

#[test]
fn nothing_of_too_few_people_is_left_between_totals_and_parts() {
    let (mut shown, mut withheld) = (0, 0);
    for seed in 0..150 {
        let world = world(seed);
        let ruling = world.ruling(&world.parts);
        for total in [Subject::Dates, Subject::Whole] {
            shown += world.rows(&ruling, &total).len();
            let leak = world.leak(&ruling, &total);
            assert_eq!(leak, None, "{total:?} of {seed}: {:?}", world.units);
        }
        withheld += ruling.withheld();
        let search = world.with_matter(&world.parts, |matter| ruling.searched(matter));
        let smallest = search.expect("nothing that opens anything").smallest;
        assert!(smallest.is_none_or(|people| people >= FLOOR), "{seed}: {search:?}");
    }
    println!("{shown} sums shown, {withheld} withheld for what is left beside them");
    assert!(shown > 2_000 && withheld > 200, "{shown} sums and {withheld} withheld prove nothing");
}

/// The attacker proves something only if they find what is there.
#[test]
fn who_forgets_what_adds_up_to_a_total_is_found_out() {
    let found = (0..100).filter(|seed| {
        let world = world(*seed);
        let nothing = Parts { passed: vec![0; elements().len()], timed: vec![0; elements().len()] };
        let forgetful = world.ruling(&vec![nothing; world.units.len()]);
        world.leak(&forgetful, &Subject::Dates).is_some()
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
    let timed = elements().iter().map(|one| if one.is_rated() { 0 } else { 100 }).collect();
    let world = World { units: vec![unit], parts: vec![Parts { passed, timed }] };
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

#[test]
fn steps_that_share_a_team_share_its_people() {
    let desks: Vec<Element> = (1..=8).map(|n| format!("step:DESK{n}").parse().unwrap()).collect();
    let teams: BTreeMap<String, String> =
        (1..=8).map(|n| (format!("DESK{n}"), "desk".to_owned())).collect();
    let hidden = |shares: BTreeMap<String, u32>| {
        let sites = BTreeMap::from([("desk".to_owned(), 8)]);
        let behind = HeadsBehind { sites, shares, ..HeadsBehind::default() };
        let place = Place::Site("S0".to_owned());
        let unit = Unit {
            release: 0,
            place: place.clone(),
            region: None,
            answers: 99,
            behind: behind.into(),
        };
        let parts = [Parts { passed: vec![20; 8], timed: vec![0; 8] }];
        let units = [&unit];
        let matter = Matter {
            units: &units,
            elements: &desks,
            parts: &parts,
            teams: &teams,
            floors: floors(),
        };
        let ruling = Ruling::of(&matter);
        let of = |desk: &Element| ruling.decided(&Subject::Element(desk.clone()), &place);
        desks.iter().filter(|desk| of(desk).flatten().is_some()).count()
    };
    assert_eq!(hidden(BTreeMap::new()), 0);
    assert_eq!(hidden(teams.keys().map(|step| (step.clone(), 125)).collect()), 8);
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
