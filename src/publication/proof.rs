//! The promise of the atoms, tried on random organisations: every answer in exactly one, all above
//! both floors, and nothing under a floor left between any two or three things that a reader can
//! see.

use std::collections::{BTreeMap, BTreeSet};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::atoms::{NewAtom, PACE, SiteQueue, cadence, ends, form};
use crate::calendar::Week;
use crate::privacy::{Floors, HeadsBehind, Place, Unit};

const FLOORS: (u32, u32) = (10, 8);

fn floors() -> Floors {
    Floors::raised(10, 8)
}

/// One organisation living week by week; its answers are numbered.
struct Network {
    random: StdRng,
    sites: Vec<Site>,
    central: Option<u32>,
    answers: u32,
    /// For each answer, the atom that it went into.
    released: BTreeMap<u32, usize>,
    atoms: Vec<(i32, NewAtom)>,
}

struct Site {
    code: Option<String>,
    region: Option<String>,
    heads: u32,
    rate: f64,
    waits: Vec<u32>,
    journeys: u32,
    pace: Vec<u32>,
}

impl Network {
    fn random(seed: u64) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let (sites, regions) = (random.random_range(1..=24), random.random_range(1..=5));
        let central = random.random_bool(0.1).then(|| random.random_range(4..40));
        let mut sites: Vec<Site> = (0..sites)
            .map(|n| Site {
                code: Some(format!("S{n}")),
                region: random.random_bool(0.9).then(|| format!("R{}", n % regions)),
                heads: if random.random_bool(0.5) {
                    random.random_range(0..7)
                } else {
                    random.random_range(7..30)
                },
                rate: random.random_range(0.1_f64..25.0).powi(2) / 25.0,
                waits: Vec::new(),
                journeys: 0,
                pace: Vec::new(),
            })
            .collect();
        let rate = if random.random_bool(0.3) { 2.0 } else { 0.0 };
        let unnamed = Site {
            code: None,
            region: None,
            heads: 0,
            rate,
            waits: vec![],
            journeys: 0,
            pace: vec![],
        };
        sites.push(unnamed);
        Self { random, sites, central, answers: 0, released: BTreeMap::new(), atoms: Vec::new() }
    }

    fn behind(&self, site: &Site) -> HeadsBehind {
        let planning = self.central.unwrap_or(50);
        let desk = (self.central.is_none() && site.code.is_some())
            .then(|| ("desk".to_owned(), site.heads));
        let central = BTreeMap::from([("planning".to_owned(), planning)]);
        HeadsBehind { sites: desk.into_iter().collect(), central, ..HeadsBehind::default() }
    }

    fn live(&mut self, week: Week) {
        for site in &mut self.sites {
            let came = (site.rate * self.random.random_range(0.0..2.0)).round() as u32;
            site.waits.extend(self.answers..self.answers + came);
            self.answers += came;
            site.journeys += came * self.random.random_range(1..8);
            site.pace.push(came);
        }
        let waiting: Vec<SiteQueue> = self.sites.iter().map(|site| self.waiting(site)).collect();
        for atom in form(week, &waiting, floors(), self.central.is_some()) {
            self.release(week, atom, &waiting);
        }
    }

    fn waiting(&self, site: &Site) -> SiteQueue {
        let before = &site.pace[..site.pace.len() - 1];
        SiteQueue {
            site: site.code.clone(),
            region: site.region.clone(),
            answers: u32::try_from(site.waits.len()).unwrap(),
            others: 0,
            journeys: site.journeys,
            pace: before[before.len().saturating_sub(PACE)..].to_vec(),
            behind: self.behind(site),
        }
    }

    fn release(&mut self, week: Week, atom: NewAtom, waiting: &[SiteQueue]) {
        self.check(week, &atom, waiting);
        for site in self.sites.iter_mut().filter(|site| atom.sites.contains(&site.code)) {
            site.journeys = 0;
            for answer in std::mem::take(&mut site.waits) {
                assert_eq!(
                    self.released.insert(answer, self.atoms.len()),
                    None,
                    "an answer was released twice"
                );
            }
        }
        self.atoms.push((week.0, atom));
    }

    fn check(&self, week: Week, atom: &NewAtom, waiting: &[SiteQueue]) {
        let held: Vec<&SiteQueue> =
            waiting.iter().filter(|here| atom.sites.contains(&here.site)).collect();
        let central_only = self.central.is_some();
        let answers: u32 = held.iter().map(|here| here.answers).sum();
        let heads = match self.central {
            Some(central) => central,
            None => held.iter().map(|here| here.behind.sites.values().sum::<u32>()).sum(),
        };
        assert!(answers >= FLOORS.0 && heads >= FLOORS.1, "{atom:?}");
        assert_eq!((atom.answers, atom.behind.heads(central_only)), (answers, heads));
        for here in &held {
            let small = here.behind.heads(central_only) < FLOORS.1;
            assert!(!small || 3 * here.answers <= 2 * answers, "{:?} rules {atom:?}", here.site);
            let cadence = cadence(here, floors(), central_only);
            assert!(cadence.is_none_or(|weeks| ends(weeks, week)), "it was not its turn");
        }
        match &atom.place {
            Place::Site(site) => assert_eq!(atom.sites, BTreeSet::from([Some(site.clone())])),
            Place::Region(region) => {
                assert!(held.iter().all(|here| here.region.as_ref() == Some(region)))
            }
            Place::Network => assert_eq!(atom.region, None),
        }
    }

    fn units(&self) -> Vec<Unit> {
        self.atoms
            .iter()
            .map(|(release, atom): &(i32, NewAtom)| Unit {
                release: *release,
                place: atom.place.clone(),
                region: atom.region.clone(),
                answers: atom.answers,
                behind: atom.behind.clone().into(),
            })
            .collect()
    }

    /// Everything a reader can see: each place over each window, as the set of its atoms. An owner
    /// sees the windows that end earlier, which are among them; the rest is a difference.
    fn reports(&self, weeks: i32) -> Vec<Vec<i8>> {
        let units = self.units();
        let places: BTreeSet<Place> = self
            .sites
            .iter()
            .flat_map(|site| {
                [site.code.clone().map(Place::Site), site.region.clone().map(Place::Region)]
            })
            .flatten()
            .chain([Place::Network])
            .collect();
        let mut reports = BTreeSet::new();
        for place in &places {
            for (from, to) in (0..weeks).flat_map(|from| (from..weeks).map(move |to| (from, to))) {
                let seen = |unit: &Unit| (from..=to).contains(&unit.release) && unit.is_in(place);
                reports.insert(units.iter().map(|unit| i8::from(seen(unit))).collect::<Vec<_>>());
            }
        }
        reports.into_iter().filter(|report| report.contains(&1)).collect()
    }

    /// What is left of a combination, if only sums of answers are left: nobody, or enough of both.
    fn check_left(&self, left: &[i8]) {
        if left.iter().any(|count| *count < 0) || left.iter().all(|count| *count == 0) {
            return;
        }
        let held = |atom: usize| left[atom] > 0;
        let answers = self.released.values().filter(|atom| held(**atom)).count();
        let sites: BTreeSet<&Option<String>> = self
            .atoms
            .iter()
            .enumerate()
            .filter(|(at, _)| held(*at))
            .flat_map(|(_, (_, atom))| &atom.sites)
            .collect();
        let own: u32 = self
            .sites
            .iter()
            .filter(|site| sites.contains(&site.code))
            .map(|site| site.heads)
            .sum();
        let heads = self.central.unwrap_or(own);
        assert!(
            answers >= 10 && heads >= 7,
            "{answers} answers of {heads} heads can be worked out"
        );
    }
}

#[test]
fn every_answer_is_released_once_in_an_atom_above_both_floors() {
    let (mut answers, mut released, mut own) = (0_u32, 0_usize, 0_usize);
    for seed in 0..300 {
        let mut network = Network::random(seed);
        (0..52).for_each(|week| network.live(Week(week)));
        let waits: Vec<u32> = network.sites.iter().flat_map(|site| site.waits.clone()).collect();
        let all: BTreeSet<u32> = network.released.keys().chain(&waits).copied().collect();
        assert_eq!(all, (0..network.answers).collect(), "an answer got lost");
        assert_eq!(
            network.released.len() + waits.len(),
            all.len(),
            "a released answer still waits"
        );
        answers += network.answers;
        released += network.released.len();
        own += network
            .released
            .values()
            .filter(|atom: &&usize| matches!(network.atoms[**atom].1.place, Place::Site(_)))
            .count();
    }
    let share = |part: usize| part as f64 / f64::from(answers);
    println!("released {:.3}, at their own site {:.3}", share(released), share(own));
    assert!(share(released) > 0.85, "{}", share(released));
}

#[test]
fn no_pair_and_no_triple_of_reports_leaves_anything_under_a_floor() {
    let mut looked = 0_u64;
    for seed in 1000..1012 {
        let mut network = Network::random(seed);
        network.sites.truncate(5);
        (0..4).for_each(|week| network.live(Week(week)));
        let reports = network.reports(4);
        let add = |a: &[i8], b: &[i8], sign: i8| {
            a.iter().zip(b).map(|(a, b)| a + sign * b).collect::<Vec<i8>>()
        };
        for a in &reports {
            network.check_left(a);
            for b in &reports {
                let (less, more) = (add(a, b, -1), add(a, b, 1));
                network.check_left(&less);
                for c in &reports {
                    network.check_left(&add(&less, c, -1));
                    network.check_left(&add(&more, c, -1));
                    looked += 2;
                }
            }
        }
    }
    assert!(looked > 10_000, "only {looked} combinations were there to be looked at");
}

#[test]
fn cadences_follow_the_pace_of_the_last_weeks() {
    let site = |pace: &[u32], heads| SiteQueue {
        site: Some("S".to_owned()),
        pace: pace.to_vec(),
        behind: HeadsBehind {
            sites: BTreeMap::from([("desk".to_owned(), heads)]),
            ..HeadsBehind::default()
        },
        ..SiteQueue::default()
    };
    let cadence = |pace: &[u32], heads| cadence(&site(pace, heads), floors(), false);
    assert_eq!(cadence(&[], 8), Some(1), "at the start");
    assert_eq!(cadence(&[10; 12], 8), Some(1));
    assert_eq!(cadence(&[9; 12], 8), Some(4));
    assert_eq!(cadence(&[2; 12], 8), Some(12));
    assert_eq!(cadence(&[0; 12], 8), Some(12));
    assert_eq!(cadence(&[30; 12], 7), None, "whatever comes, there are too few heads");
    let ending = |weeks| (0..24).filter(|week| ends(weeks, Week(*week))).collect::<Vec<_>>();
    assert_eq!(ending(12), [11, 23]);
    assert_eq!(ending(4), [3, 7, 11, 15, 19, 23]);
}

#[test]
fn central_heads_carry_a_service_without_teams_at_its_sites_and_no_other() {
    let planning = BTreeMap::from([("planning".to_owned(), 40)]);
    let waits = |site: Option<&str>, answers| SiteQueue {
        site: site.map(str::to_owned),
        answers,
        journeys: answers,
        behind: HeadsBehind { central: planning.clone(), ..HeadsBehind::default() },
        ..SiteQueue::default()
    };
    let waiting = [waits(Some("S1"), 12), waits(Some("S2"), 4), waits(None, 7)];
    let places = |central_only| {
        let atoms = form(Week(0), &waiting, floors(), central_only);
        atoms.into_iter().map(|atom| (atom.place, atom.answers)).collect::<Vec<_>>()
    };
    assert_eq!(places(true), [(Place::Site("S1".to_owned()), 12), (Place::Network, 11)]);
    assert_eq!(places(false), []);
}
