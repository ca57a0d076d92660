//! The promise of the gate, tried on random organisations: no figure of too few people, and none
//! that can be worked out from any number of reports together.

use std::collections::{BTreeMap, BTreeSet};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::element::Element;
use crate::privacy::*;

const FLOOR: u32 = 8;

fn floors() -> Floors {
    Floors::raised(10, 8)
}

fn teams() -> BTreeMap<String, String> {
    [
        ("CALL", "centre"),
        ("RECEP", "desk"),
        ("WORK", "shop"),
        ("DELIV", "desk"),
        ("PLAN", "planning"),
    ]
    .map(|(step, team)| (step.to_owned(), team.to_owned()))
    .into()
}

fn elements() -> Vec<Element> {
    let codes = [
        "step:RECEP",
        "step:WORK",
        "step:PLAN",
        "promise:PLAN",
        "promise:WORK",
        "handoff:RECEP:WORK",
    ];
    let more = [
        "handoff:CALL:RECEP",
        "handoff:DELIV:RECEP",
        "handoff:CALL:PLAN",
        "handoff:other",
        "step:NOBODY",
    ];
    codes.into_iter().chain(more).map(|code| code.parse().unwrap()).collect()
}

/// Atoms as a random network releases them: each above the floors as a whole, its teams as they
/// are.
fn network(seed: u64) -> Vec<Unit> {
    let mut random = StdRng::seed_from_u64(seed);
    let regions = random.random_range(1..=3);
    let central = BTreeMap::from([
        ("centre".to_owned(), random.random_range(1..30)),
        ("planning".to_owned(), 6),
    ]);
    let sites: Vec<(Place, Option<String>, BTreeMap<String, u32>)> = (0..random
        .random_range(1..=7))
        .map(|n| {
            let desk = random.random_range(0..12);
            let shop = random.random_range(FLOOR.saturating_sub(desk)..20);
            let heads = [("desk".to_owned(), desk), ("shop".to_owned(), shop)].into();
            let region = random.random_bool(0.85).then(|| format!("R{}", n % regions));
            (Place::Site(format!("S{n}")), region, heads)
        })
        .collect();
    let mut units = Vec::new();
    for release in 0..3 {
        let unit = |place, region, sites: &BTreeMap<String, u32>| Unit {
            release,
            place,
            region,
            answers: 12,
            behind: HeadsBehind {
                sites: sites.clone(),
                central: central.clone(),
                ..HeadsBehind::default()
            }
            .into(),
        };
        for (place, region, heads) in &sites {
            if random.random_bool(0.7) {
                units.push(unit(place.clone(), region.clone(), heads));
            }
        }
        let mut pool = |place, region| {
            let desk = random.random_range(0..10);
            let heads = BTreeMap::from([("desk".to_owned(), desk), ("shop".to_owned(), 9)]);
            if random.random_bool(0.3) { Some(unit(place, region, &heads)) } else { None }
        };
        for region in 0..regions {
            let region = format!("R{region}");
            units.extend(pool(Place::Region(region.clone()), Some(region)));
        }
        units.extend(pool(Place::Network, None));
    }
    units
}

fn places(units: &[Unit]) -> BTreeSet<Place> {
    let regions = units.iter().filter_map(|unit| unit.region.clone()).map(Place::Region);
    units.iter().map(|unit| unit.place.clone()).chain(regions).chain([Place::Network]).collect()
}

/// The rulings where every atom has something of every element.
fn rulings(units: &[Unit], floors: Floors) -> Rulings {
    let (elements, teams) = (elements(), teams());
    let rule = |release| {
        let units: Vec<&Unit> = units.iter().filter(|unit| unit.release == release).collect();
        let passed = vec![60; elements.len()];
        let timed: Vec<u64> =
            elements.iter().map(|element| if element.is_rated() { 0 } else { 60 }).collect();
        let parts = vec![Parts { passed, promised: timed.clone(), timed }; units.len()];
        let matter =
            Matter { units: &units, elements: &elements, parts: &parts, teams: &teams, floors };
        (release, Ruling::of(&matter))
    };
    let releases: BTreeSet<i32> = units.iter().map(|unit| unit.release).collect();
    Rulings::of(releases.into_iter().map(rule), teams.clone())
}

/// Each report that shows an element, as the set of the atoms that it sums; one of nothing but too
/// few people fails at once.
fn shown(units: &[Unit], element: &Element) -> Vec<Vec<i64>> {
    let (mut rows, rulings) = (Vec::new(), rulings(units, floors()));
    for place in places(units) {
        for (from, to) in [(0, 0), (1, 1), (2, 2), (0, 1), (1, 2), (0, 2)] {
            let window: Vec<Unit> =
                units.iter().filter(|unit| (from..=to).contains(&unit.release)).cloned().collect();
            let figures = [Figure::of(element, 100)];
            let request = Request {
                floors: floors(),
                audience: Audience::Team,
                pilot: true,
                units: &window,
                place: &place,
                against_rest: false,
                rulings: &rulings,
                figures: &figures,
                missing: &Missing::default(),
            };
            let passed = disclose(&request, |objections| objections.to(element).is_none());
            if passed.is_ok_and(|passed| *passed) {
                let held = |unit: &Unit| (from..=to).contains(&unit.release) && unit.is_in(&place);
                rows.push(units.iter().map(|unit| i64::from(held(unit))).collect());
            }
        }
    }
    rows
}

/// Whether these atoms of one release have the heads that the rule asks for, told apart from the
/// code under test.
fn enough(units: &[&Unit], element: &Element) -> bool {
    let of = |team: &str| -> u32 {
        let central = units.iter().filter_map(|unit| unit.behind.central.get(team)).max().copied();
        central.unwrap_or_else(|| units.iter().filter_map(|unit| unit.behind.sites.get(team)).sum())
    };
    let teams = teams();
    match element {
        Element::HandoffOther | Element::StepsOf(_) => of("desk") + of("shop") >= FLOOR,
        Element::Step(step) | Element::Promise(step) => {
            teams.get(step).is_some_and(|team| of(team) >= FLOOR)
        }
        Element::Handoff(from, to) if teams[from] == teams[to] => of(&teams[from]) >= FLOOR,
        Element::Handoff(from, to) => {
            let (from, to) = (of(&teams[from]), of(&teams[to]));
            from + to >= FLOOR && from >= 3 && to >= 3
        }
    }
}

#[test]
fn no_figure_of_too_few_people_can_be_worked_out_from_all_reports_together() {
    let (mut hidden, mut rows_seen) = (0, 0);
    for seed in 0..300 {
        let units = network(seed);
        for element in elements() {
            let rows = shown(&units, &element);
            rows_seen += rows.len();
            let space = Space::of(&rows);
            for small in small_sets(&units, &element) {
                hidden += 1;
                let target: Vec<i64> =
                    (0..units.len()).map(|at| i64::from(small.contains(&at))).collect();
                assert!(
                    !space.holds(&target),
                    "{element} of {small:?} can be worked out: {units:#?}"
                );
            }
        }
    }
    assert!(
        hidden > 1000 && rows_seen > 10_000,
        "{hidden} small groups and {rows_seen} reports prove nothing"
    );
}

/// All atoms, pairs and triples of one release that are too few people for an element.
fn small_sets(units: &[Unit], element: &Element) -> Vec<Vec<usize>> {
    let mut sets = Vec::new();
    for a in 0..units.len() {
        for b in a..units.len() {
            for c in b..units.len() {
                let set = Vec::from_iter(BTreeSet::from([a, b, c]));
                let held: Vec<&Unit> = set.iter().map(|at| &units[*at]).collect();
                if held.iter().all(|unit| unit.release == held[0].release)
                    && !enough(&held, element)
                {
                    sets.push(set);
                }
            }
        }
    }
    sets
}

/// Rosters: every person has a column for each release in which their site stands in an atom. All
/// that is published together does not hold one person's column, even for who knows all rosters.
#[test]
fn nobody_s_column_is_recoverable_from_the_published_rows() {
    for seed in 0..300 {
        let units = network(seed);
        for (element, team) in [("step:RECEP", "desk"), ("step:WORK", "shop")] {
            let element = element.parse().unwrap();
            let people: Vec<usize> = units
                .iter()
                .enumerate()
                .flat_map(|(at, unit)| (0..unit.behind.sites[team]).map(move |_| at))
                .collect();
            let rows: Vec<Vec<i64>> = shown(&units, &element)
                .iter()
                .map(|row| people.iter().map(|at| row[*at]).collect())
                .collect();
            let space = Space::of(&rows);
            for person in 0..people.len() {
                let alone: Vec<i64> = (0..people.len()).map(|at| i64::from(at == person)).collect();
                assert!(!space.holds(&alone), "one person of {team} can be worked out: {units:#?}");
            }
        }
    }
}

/// The row space of some rows, over a prime field so that it is exact.
pub(crate) struct Space {
    rows: BTreeMap<usize, Vec<i64>>,
}

impl Space {
    pub(crate) const PRIME: i64 = 1_000_000_007;

    pub(crate) fn ratio(of: i64, by: i64) -> i64 {
        of.rem_euclid(Self::PRIME) * inverse(by) % Self::PRIME
    }

    pub(crate) fn of(rows: &[Vec<i64>]) -> Self {
        let mut space = Self { rows: BTreeMap::new() };
        for row in rows {
            let left = space.reduce(row);
            if let Some(lead) = left.iter().position(|x| *x != 0) {
                let by = inverse(left[lead]);
                space.rows.insert(lead, left.iter().map(|x| x * by % Space::PRIME).collect());
            }
        }
        space
    }

    pub(crate) fn rank(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn holds(&self, target: &[i64]) -> bool {
        self.reduce(target).iter().all(|x| *x == 0)
    }

    fn reduce(&self, row: &[i64]) -> Vec<i64> {
        let mut left = row.to_vec();
        for (lead, known) in &self.rows {
            let by = left[*lead];
            if by != 0 {
                left.iter_mut()
                    .zip(known)
                    .for_each(|(x, k)| *x = (*x - by * k % Space::PRIME).rem_euclid(Space::PRIME));
            }
        }
        left
    }
}

fn inverse(x: i64) -> i64 {
    let (mut power, mut base, mut left) = (1, x, Space::PRIME - 2);
    while left > 0 {
        if left % 2 == 1 {
            power = power * base % Space::PRIME;
        }
        base = base * base % Space::PRIME;
        left /= 2;
    }
    power
}

fn request<'a>(
    units: &'a [Unit],
    place: &'a Place,
    missing: &'a Missing,
    rulings: &'a Rulings,
) -> Request<'a> {
    Request {
        floors: floors(),
        audience: Audience::Management,
        pilot: false,
        units,
        place,
        against_rest: false,
        rulings,
        figures: &[],
        missing,
    }
}

#[test]
fn what_is_withheld_says_why_and_what_to_enter() {
    let (nothing, none) = (Missing::default(), Rulings::default());
    let desk = Missing { teams: BTreeSet::from(["desk".to_owned()]), ..Missing::default() };
    let withheld = |request: Request<'_>| disclose(&request, |_| ()).unwrap_err();
    let base = request(&[], &Place::Network, &desk, &none);
    assert_eq!(withheld(base), NotShown::NoHeadcounts(desk.clone()));
    assert_eq!(withheld(Request { missing: &nothing, ..base }), NotShown::NothingReleased);
    assert_eq!(withheld(Request { pilot: true, ..base }), NotShown::Pilot);
    for lang in crate::i18n::Lang::ALL {
        assert!(desk.text().say(lang).contains("desk"));
        assert!(NotShown::FewAnswers(10).say(lang).contains("10"));
    }
    assert_eq!(NotShown::FewAnswers(10).say(crate::i18n::Lang::En), "fewer than 10 answers");
}

#[test]
fn a_raised_minimum_hides_what_was_released_under_a_lower_one() {
    let unit = |heads| Unit {
        release: 0,
        place: Place::Site("S0".to_owned()),
        region: None,
        answers: 12,
        behind: HeadsBehind {
            sites: BTreeMap::from([("desk".to_owned(), heads)]),
            ..HeadsBehind::default()
        }
        .into(),
    };
    let (nothing, units) = (Missing::default(), [unit(9)]);
    let at = |answers, heads| {
        let site = Place::Site("S0".to_owned());
        let floors = Floors::raised(answers, heads);
        let rulings = Rulings::of_wholes(&units, floors);
        let request = Request { floors, ..request(&units, &site, &nothing, &rulings) };
        disclose(&request, |_| ()).err()
    };
    assert_eq!(at(2, 2), None, "a setting of two is a setting of ten and seven");
    assert_eq!(at(10, 10), Some(NotShown::FewHeads(10)));
    assert_eq!(at(13, 9), Some(NotShown::FewAnswers(13)));
}

/// What is decided for all places at once is what is decided for each by itself.
#[test]
fn each_place_is_shown_what_it_would_be_shown_alone() {
    for seed in 0..120 {
        let units = network(seed);
        let (rulings, missing) = (rulings(&units, floors()), Missing::default());
        let network = Request {
            floors: floors(),
            audience: Audience::Management,
            pilot: false,
            units: &units,
            place: &Place::Network,
            against_rest: false,
            rulings: &rulings,
            figures: &[],
            missing: &missing,
        };
        for (element, answers) in elements().into_iter().zip([9, 10, 11].into_iter().cycle()) {
            let all = places(&units)
                .into_iter()
                .chain([Place::Site("nowhere".to_owned())])
                .map(|place| PlaceFigure { place, answers, content: () })
                .collect();
            for (place, passed) in disclose_each(&network, &Subject::Element(element.clone()), all)
            {
                let figures = [Figure::of(&element, answers)];
                let request = Request { place: &place, figures: &figures, ..network };
                let alone = disclose(&request, |objections| objections.to(&element));
                let objection = alone.map_or_else(Some, |objection| (*objection).clone());
                assert_eq!(passed.err(), objection, "{place} {element} of network {seed}");
            }
        }
    }
}
