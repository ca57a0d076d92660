//! A random organisation that lives some weeks, told so that a small one can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use proptest::collection::vec;
use proptest::prelude::*;
use relais::calendar::Week;
use relais::element::Element;
use relais::privacy::{Floors, Headcounts, Matter, Parts, Ruling, Rulings, Unit};
use relais::publication::atoms::{PACE, SiteQueue, form};

/// The steps with their teams, two of them central.
const STEPS: [(&str, &str); 5] = [
    ("CALL", "centre"),
    ("PLAN", "planning"),
    ("RECEP", "desk"),
    ("WORK", "shop"),
    ("DELIV", "desk"),
];
/// The teams of the sites.
const OWN: [&str; 2] = ["desk", "shop"];

/// How an organisation is made, and lives.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) sites: Vec<Site>,
    /// Weeks that are published.
    pub(crate) weeks: i32,
    /// Heads of the call centre and of planning.
    pub(crate) central: [u32; 2],
    /// Whether the sites have no teams of their own.
    pub(crate) central_only: bool,
    /// Answers without a site, a week.
    pub(crate) nowhere: u32,
}

/// One site.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// Its region before and after the week in which it changes.
    pub(crate) regions: [Option<u8>; 2],
    /// Heads of desk and shop, before and after likewise.
    pub(crate) heads: [[u32; 2]; 2],
    /// The week from which the second of both holds.
    pub(crate) change: i32,
    /// By week, answers and journeys that come; late answers bring no journey.
    pub(crate) comes: Vec<(u32, u32)>,
    /// By week, answers that wait and whose customers erase them.
    pub(crate) erased: Vec<u32>,
}

/// Half of the sites are tiny; all have at most four weeks, so that everything can be tried.
pub(super) fn plan() -> impl Strategy<Value = Plan> {
    let central = [0u32..30, 0u32..12];
    (
        vec(site(), 1..=24),
        1..=4i32,
        central,
        prop::bool::weighted(0.08),
        prop_oneof![Just(0u32), 1u32..15],
    )
        .prop_map(|(sites, weeks, central, central_only, nowhere)| Plan {
            sites,
            weeks,
            central,
            central_only,
            nowhere,
        })
}

fn site() -> impl Strategy<Value = Site> {
    let region = || prop_oneof![1 => Just(None), 9 => (0u8..4).prop_map(Some)];
    let heads = || prop_oneof![[0u32..4, 0u32..4], [0u32..12, 0u32..25]];
    let comes = prop_oneof![
        vec((0u32..6, 0u32..20), 4),
        vec((0u32..40, 0u32..80), 4),
        vec((0u32..25, 0u32..3), 4)
    ];
    let changes = prop::bool::weighted(0.3);
    let erased = prop_oneof![3 => Just(vec![0; 4]), 1 => vec(0u32..4, 4)];
    (region(), region(), heads(), heads(), changes, 1..4i32, comes, erased).prop_map(
        |(region, later, heads, then, changes, change, comes, erased)| Site {
            regions: [region, if changes { later } else { region }],
            heads: [heads, if changes { then } else { heads }],
            change,
            comes,
            erased,
        },
    )
}

impl Site {
    fn in_week<T: Copy>(&self, of: [T; 2], week: i32) -> T {
        of[usize::from(week >= self.change)]
    }
}

impl Plan {
    /// The same with one site, or one week, less: left out, or put together with another.
    pub(super) fn smaller(&self) -> Vec<Self> {
        let mut plans = Vec::new();
        if self.weeks > 1 {
            plans.push(Self { weeks: self.weeks - 1, ..self.clone() });
        }
        for gone in 0..self.sites.len() {
            let mut left = self.clone();
            let site = left.sites.remove(gone);
            for with in 0..left.sites.len() {
                let mut together = left.clone();
                together.sites[with].add(&site);
                plans.push(together);
            }
            plans.insert(0, left);
        }
        plans
    }
}

impl Site {
    fn add(&mut self, other: &Self) {
        for (heads, more) in self.heads.iter_mut().flatten().zip(other.heads.iter().flatten()) {
            *heads += more;
        }
        for (comes, more) in self.comes.iter_mut().zip(&other.comes) {
            *comes = (comes.0 + more.0, comes.1 + more.1);
        }
    }
}

/// What became of it: everything that was released.
pub(super) struct House {
    pub(super) units: Vec<Unit>,
    /// By atom, the sites that it holds.
    pub(super) sites: Vec<BTreeSet<Option<String>>>,
    /// By atom, its journeys.
    pub(super) journeys: Vec<u32>,
    /// By team of the sites, by site: the most heads that it ever had, which are at least as many
    /// people.
    pub(super) most: BTreeMap<String, BTreeMap<String, u32>>,
    /// The heads of the central teams.
    pub(super) central: BTreeMap<String, u32>,
    /// The team of each step.
    pub(super) teams: BTreeMap<String, String>,
    pub(super) weeks: i32,
    pub(super) floors: Floors,
    pub(super) central_only: bool,
}

#[derive(Default)]
struct Waits {
    answers: u32,
    journeys: u32,
    pace: Vec<u32>,
}

impl House {
    /// Lives the plan.
    pub(super) fn of(plan: &Plan) -> Self {
        let mut house = Self {
            units: Vec::new(),
            sites: Vec::new(),
            journeys: Vec::new(),
            most: BTreeMap::new(),
            central: [("centre", plan.central[0]), ("planning", plan.central[1])].map(named).into(),
            teams: STEPS.map(|(step, team)| (step.to_owned(), team.to_owned())).into(),
            weeks: plan.weeks,
            floors: Floors::raised(10, 8),
            central_only: plan.central_only,
        };
        house.count(plan);
        let counts = headcounts(plan);
        let mut waits: BTreeMap<Option<String>, Waits> = BTreeMap::new();
        for week in 0..plan.weeks {
            let came = came(plan, week, &mut waits);
            let waiting: Vec<SiteQueue> = waits
                .iter()
                .map(|(site, waits)| waiting(plan, &counts, week, site, waits))
                .collect();
            for atom in form(Week(week), &waiting, house.floors, plan.central_only) {
                for site in &atom.sites {
                    let waits = waits.entry(site.clone()).or_default();
                    (waits.answers, waits.journeys) = (0, 0);
                }
                house.units.push(Unit {
                    release: week,
                    place: atom.place,
                    region: atom.region,
                    answers: atom.answers,
                    behind: atom.behind.into(),
                });
                house.sites.push(atom.sites);
                house.journeys.push(atom.journeys);
            }
            for (site, came) in came {
                waits.entry(site).or_default().pace.push(came);
            }
        }
        house
    }

    /// What each release hides where every atom has something of every element.
    pub(super) fn rulings(&self, elements: &[Element], floors: Floors) -> Rulings {
        let rule = |release| {
            let units: Vec<&Unit> =
                self.units.iter().filter(|unit| unit.release == release).collect();
            (release, self.ruling(&units, elements, floors))
        };
        Rulings::of((0..self.weeks).map(rule), self.teams.clone())
    }

    pub(super) fn ruling(&self, units: &[&Unit], elements: &[Element], floors: Floors) -> Ruling {
        let timed = elements.iter().map(|element| if element.is_rated() { 0 } else { 60 });
        let timed: Vec<u64> = timed.collect();
        let part = Parts { passed: vec![60; elements.len()], promised: timed.clone(), timed };
        let (parts, teams) = (vec![part; units.len()], &self.teams);
        Ruling::of(&Matter { units, elements, parts: &parts, teams, floors })
    }

    fn count(&mut self, plan: &Plan) {
        if plan.central_only {
            let heads = |at: usize| plan.sites.first().map_or(0, |site| site.heads[0][at]);
            self.central.extend([("desk", heads(0)), ("shop", heads(1))].map(named));
            return;
        }
        for (team, at) in OWN.into_iter().zip(0..) {
            let most = |site: &Site| site.heads[0][at].max(site.heads[1][at]);
            let sites =
                plan.sites.iter().enumerate().map(|(n, site)| (code(n), most(site))).collect();
            self.most.insert(team.to_owned(), sites);
        }
    }
}

fn named((team, heads): (&str, u32)) -> (String, u32) {
    (team.to_owned(), heads)
}

fn code(n: usize) -> String {
    format!("S{n}")
}

fn came(
    plan: &Plan,
    week: i32,
    waits: &mut BTreeMap<Option<String>, Waits>,
) -> Vec<(Option<String>, u32)> {
    let at = usize::try_from(week).expect("a week");
    let mut came = Vec::new();
    for (n, site) in plan.sites.iter().enumerate() {
        let here = waits.entry(Some(code(n))).or_default();
        let (answers, journeys) = site.comes[at];
        here.answers = (here.answers + answers).saturating_sub(site.erased[at]);
        here.journeys += journeys;
        came.push((Some(code(n)), answers));
    }
    if plan.nowhere > 0 {
        let here = waits.entry(None).or_default();
        here.answers += plan.nowhere;
        here.journeys += plan.nowhere;
    }
    came
}

fn headcounts(plan: &Plan) -> Headcounts {
    let mut counts = Headcounts::default();
    counts.enter("centre", "", 0, plan.central[0]);
    counts.enter("planning", "", 0, plan.central[1]);
    for (team, at) in OWN.into_iter().zip(0..) {
        if plan.central_only {
            counts.enter(team, "", 0, plan.sites.first().map_or(0, |site| site.heads[0][at]));
            continue;
        }
        for (n, site) in plan.sites.iter().enumerate() {
            counts.enter(team, &code(n), 0, site.heads[0][at]);
            counts.enter(team, &code(n), i64::from(site.change), site.heads[1][at]);
        }
    }
    counts
}

fn waiting(
    plan: &Plan,
    counts: &Headcounts,
    week: i32,
    site: &Option<String>,
    waits: &Waits,
) -> SiteQueue {
    let known = plan
        .sites
        .iter()
        .enumerate()
        .find(|(n, _)| site.as_deref() == Some(&code(*n)))
        .map(|(_, site)| site);
    SiteQueue {
        site: site.clone(),
        region: known
            .and_then(|site| site.in_week(site.regions, week))
            .map(|region| format!("R{region}")),
        answers: waits.answers,
        others: 0,
        journeys: waits.journeys,
        pace: waits.pace[waits.pace.len().saturating_sub(PACE)..].to_vec(),
        behind: counts.behind(site.as_deref(), STEPS.map(|(_, team)| team), i64::from(week)),
    }
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [centre, planning] = self.central;
        writeln!(f, "{} weeks; call centre of {centre}, planning of {planning}", self.weeks)?;
        if self.central_only {
            writeln!(f, "no teams at the sites")?;
        }
        for (n, site) in self.sites.iter().enumerate() {
            let weeks = ..usize::try_from(self.weeks).unwrap_or(0);
            write!(f, "S{n}: region {:?}, desk and shop of {:?}", site.regions[0], site.heads[0])?;
            if (site.regions[0], site.heads[0]) != (site.regions[1], site.heads[1])
                && site.change < self.weeks
            {
                write!(
                    f,
                    ", from week {} region {:?} and {:?}",
                    site.change, site.regions[1], site.heads[1]
                )?;
            }
            writeln!(
                f,
                "; answers and journeys {:?}, erased {:?}",
                &site.comes[weeks], &site.erased[weeks]
            )?;
        }
        writeln!(f, "answers of nowhere: {}", self.nowhere)
    }
}
