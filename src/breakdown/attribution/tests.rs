//! Splitting a made-up garage, and what the gate leaves of it.

use std::collections::BTreeMap;

use relais_analytics::cell::{Cell, Journey, Population, Row};
use relais_analytics::design::Design;
use relais_analytics::timings::Timings;

use crate::breakdown::attribution::*;
use crate::breakdown::request::{Catalogue, RawQuestion};
use crate::breakdown::sample as garage;
use crate::organisation::Site;
use crate::privacy::store::Settings;
use crate::privacy::{
    Disclosed, Eyes, Floors, Headcounts, HeadsBehind, NotShown, Place, Rulings, Unit,
};
use crate::publication::rulings;
use crate::publication::{Atom, Release, Version};

const CODES: [&str; 7] = [
    "step:CALL",
    "step:RECEP",
    "step:WORK",
    "step:DELIV",
    "handoff:CALL:RECEP",
    "handoff:RECEP:WORK",
    "promise:PLAN",
];

fn ten() -> Version {
    Version { design: Design::Observed, outcome_range: 10, step_range: 10, handoff_range: 10 }
}

/// Two sites over twelve weeks; customers of S0 lose points between reception and workshop.
pub(crate) fn published(answers: i64, desk: u32) -> Published {
    published_with(answers, desk, 0)
}

/// The same where of ten journeys so many lack some of their times.
fn published_with(answers: i64, desk: u32, partial: i64) -> Published {
    let mut published = Published {
        catalogue: (0..).zip(CODES.map(|code| code.parse().unwrap())).collect(),
        variants: BTreeMap::from([(1, (0..6).collect())]),
        versions: BTreeMap::from([(1, ten())]),
        ..Published::default()
    };
    for week in 0..12 {
        published.releases.push(Release {
            week: Week(2900 + week),
            published_at: 0,
            owners_from: 0,
        });
        for site in ["S0", "S1"] {
            let at = published.atoms.len();
            let unit = unit(2900 + week, site, u32::try_from(answers).unwrap(), desk);
            let journeys = u32::try_from(answers * 2).unwrap();
            let invited = (site == "S0").then_some(journeys / 2);
            published.atoms.push(Atom { id: at as i64, unit, journeys, invited });
            let (cell, all) = cells(answers, site == "S0", week, partial);
            published.put_answers(at, week * 3, &cell);
            published.put_journeys(at, week * 3, &all);
        }
    }
    published
}

fn unit(release: i32, site: &str, answers: u32, desk: u32) -> Unit {
    let mut behind = HeadsBehind::default();
    behind.sites.insert("reception".to_owned(), desk);
    behind.sites.insert("workshop".to_owned(), 20);
    behind.central.insert("call-centre".to_owned(), 40);
    behind.central.insert("planning".to_owned(), 12);
    let place = Place::Site(site.to_owned());
    Unit { release, place, region: Some("R1".to_owned()), answers, behind: behind.into() }
}

/// Losses that look random and are the same in every run.
fn cells(answers: i64, faulty: bool, week: i32, partial: i64) -> (Cell, Population) {
    let (mut cell, mut all) = (Cell::new(6), Population::new());
    let mut state = u64::try_from(week + 1).unwrap() * 7919 + u64::from(faulty);
    let mut draw = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((state >> 33) % below).unwrap()
    };
    for answer in 0..answers {
        let is_whole = answer % 10 >= partial;
        let timings = if is_whole { Timings::Whole } else { Timings::Partial };
        let late = if draw(10) < 2 { draw(4) * 1440 } else { 0 };
        let mut items: [i64; 6] = std::array::from_fn(|_| draw(3));
        if faulty && draw(10) < 6 {
            items[5] = 7 + draw(3);
        }
        let outcome = (items.iter().sum::<i64>() / 2 + late / 1440).min(10);
        let time = [(6, late, 0)];
        cell.add(&Row {
            outcome: Some(outcome),
            lateness: late,
            items: &items.map(Some),
            time: &time,
        })
        .unwrap();
        for _ in 0..2 {
            all.add(&Journey {
                timings,
                lateness: late,
                time: &time,
                promises: &[(6, late == 0)],
                ..Journey::default()
            });
        }
    }
    (cell, all)
}

pub(crate) fn question(partition: &str, against: Option<&str>, eyes: Eyes) -> Question {
    let site =
        |code: &str| Site { code: code.to_owned(), name: None, region: Some("R1".to_owned()) };
    let planning = ("planning".to_owned(), garage::blueprint().name);
    let known = Catalogue {
        blueprints: vec![garage::blueprint()],
        sites: vec![site("S0"), site("S1")],
        teams: vec![planning],
    };
    let asked = RawQuestion {
        partition: Some(partition.to_owned()),
        against: against.map(str::to_owned),
        ..RawQuestion::default()
    };
    asked.check(&known, eyes).unwrap()
}

pub(crate) fn settings(pilot: bool) -> Settings {
    Settings { floors: Floors::raised(10, 8), pilot }
}

pub(crate) fn counted() -> Headcounts {
    let mut counts = Headcounts::default();
    for team in ["call-centre", "planning", "reception", "workshop"] {
        counts.enter(team, "", 0, 40);
    }
    counts
}

pub(crate) fn gate(
    question: &Question,
    published: &Published,
    settings: Settings,
    counts: &Headcounts,
) -> Gate {
    let teams = question.blueprint.team_of_steps();
    let decided = rulings::decide(published, &teams, settings.floors).unwrap();
    Gate::of(question, settings, counts, Rulings::of(decided, teams).into())
}

fn told(question: &Question, published: &Published, pilot: bool) -> Reading<Breakdown> {
    let gate = gate(question, published, settings(pilot), &counted());
    split(question, published, &Pool::of(published).unwrap(), &gate).unwrap()
}

fn shown(question: &Question, published: &Published) -> Disclosed<Breakdown> {
    told(question, published, false).unwrap()
}

#[test]
fn points_and_untraced_add_up_and_contrasts_to_the_gap() {
    let breakdown = shown(&question("site:S0", Some("rest"), Eyes::Owner), &published(60, 20));
    let points: f64 = breakdown.lines.iter().map(|line| line.points.unwrap().value).sum();
    let whole = points + breakdown.untraced.unwrap().value;
    assert!((whole - breakdown.shortfall.value).abs() < 1e-9, "{whole} {:?}", breakdown.shortfall);
    assert_eq!(
        (breakdown.responses, breakdown.journeys, breakdown.invited),
        (720, 1440, Some(720))
    );
    let network = shown(&question("network", None, Eyes::Owner), &published(60, 20));
    assert_eq!(
        (network.journeys, network.invited),
        (2880, None),
        "of one site it is not known, so not of the whole"
    );
}

#[test]
fn the_faulty_handoff_leads_the_contrast() {
    let breakdown = shown(&question("site:S0", Some("rest"), Eyes::Owner), &published(60, 20));
    assert_eq!(breakdown.leading.as_ref().unwrap().to_string(), "handoff:RECEP:WORK");
    let line = breakdown.line(breakdown.leading.as_ref().unwrap()).unwrap();
    assert!(line.contrast.unwrap().signal && line.told_apart() && line.handoff_range.is_some());
}

#[test]
fn lines_stand_in_the_order_of_the_chain() {
    let breakdown = shown(&question("network", None, Eyes::Owner), &published(60, 20));
    let codes: Vec<String> = breakdown.lines.iter().map(|line| line.element.to_string()).collect();
    let order = [
        "step:CALL",
        "handoff:CALL:RECEP",
        "promise:PLAN",
        "step:RECEP",
        "handoff:RECEP:WORK",
        "step:WORK",
        "step:DELIV",
    ];
    assert_eq!(codes, order);
}

#[test]
fn a_desk_of_three_is_folded_away_and_the_sum_stays() {
    let breakdown = shown(&question("site:S0", None, Eyes::Owner), &published(60, 3));
    let step = "step:RECEP".parse().unwrap();
    assert!(breakdown.line(&step).is_none() && breakdown.hidden(&step).is_some());
    assert!(
        breakdown.line(&"handoff:RECEP:WORK".parse().unwrap()).is_some(),
        "23 heads stand behind the handoff"
    );
    let points: f64 = breakdown.lines.iter().map(|line| line.points.unwrap().value).sum();
    assert!((points + breakdown.untraced.unwrap().value - breakdown.shortfall.value).abs() < 1e-9);
    let handoff =
        breakdown.line(&"handoff:CALL:RECEP".parse().unwrap()).and_then(|line| line.handoff_range);
    assert_eq!(handoff, None, "the range would tell the hidden step");
}

#[test]
fn steps_that_share_a_team_are_told_together_and_the_sum_stays() {
    let mut published = published(60, 9);
    let names = [("RECEP", "reception"), ("DELIV", "reception"), ("WORK", "workshop")];
    for atom in &mut published.atoms {
        let mut behind = (*atom.unit.behind).clone();
        behind.steps = names.map(|(step, team)| (step.to_owned(), team.to_owned())).into();
        behind.shares = BTreeMap::from([("RECEP".to_owned(), 900), ("DELIV".to_owned(), 100)]);
        atom.unit.behind = behind.into();
    }
    let apart = shown(&question("site:S0", Some("rest"), Eyes::Owner), &self::published(60, 20));
    let breakdown = shown(&question("site:S0", Some("rest"), Eyes::Owner), &published);
    let of = |breakdown: &Breakdown, code: &str| breakdown.line(&code.parse().unwrap()).cloned();
    let desk = of(&breakdown, "steps:reception").expect("both steps");
    let [recep, deliv] = ["step:RECEP", "step:DELIV"].map(|code| {
        assert_eq!(breakdown.hidden(&code.parse().unwrap()), Some(&NotShown::Shared));
        assert_eq!(of(&breakdown, code), None);
        of(&apart, code).expect("a desk of twenty")
    });
    let value = |line: &Line| line.points.unwrap().value;
    assert!((value(&desk) - value(&recep) - value(&deliv)).abs() < 1e-9);
    assert_eq!(desk.asked, recep.asked + deliv.asked);
    assert_eq!(breakdown.untraced.unwrap().value, apart.untraced.unwrap().value);
    let points: f64 = breakdown.lines.iter().map(value).sum();
    let all = points + breakdown.untraced.unwrap().value;
    assert!((all - breakdown.shortfall.value).abs() < 1e-9);
    assert_eq!(breakdown.untraced_key(), "breakdown-untraced", "nothing of it is hidden");
}

#[test]
fn below_two_hundred_responses_there_are_means_and_no_points() {
    let breakdown = shown(&question("network", None, Eyes::Owner), &published(8, 20));
    assert_eq!(breakdown.pooled, 192);
    assert!(!breakdown.is_split() && breakdown.leading.is_none());
    assert!(breakdown.lines.iter().all(|line| line.points.is_none()));
    assert!(breakdown.lines.iter().any(|line| line.mean.is_some()));
}

#[test]
fn in_pilot_the_owner_reads_nothing_and_the_team_reads_all() {
    let published = published(60, 20);
    let owner = question("network", None, Eyes::Owner);
    assert_eq!(told(&owner, &published, true), Err(NotShown::Pilot));
    let team = question("network", None, Eyes::Team("planning".to_owned()));
    assert!(told(&team, &published, true).is_ok());
}

#[test]
fn without_headcounts_it_says_what_to_enter() {
    let question = question("network", None, Eyes::Owner);
    let (nothing, nobody) = (Published::default(), Headcounts::default());
    let gate = gate(&question, &nothing, settings(false), &nobody);
    let told = split(&question, &nothing, &Pool::of(&nothing).unwrap(), &gate).unwrap();
    let Err(NotShown::NoHeadcounts(missing)) = told else { panic!("{told:?}") };
    assert!(missing.teams.contains("workshop"));
}

#[test]
fn ten_answers_are_needed_of_each_rated_element() {
    let published = published(60, 20);
    let (question, pool) = (question("site:S0", None, Eyes::Owner), Pool::of(&published).unwrap());
    let report = attribute(
        &pool.sample(&question, &published).unwrap(),
        &options(&question.blueprint, &published),
    );
    let whole = Totals::of(&question, &published, &pool).unwrap();
    let figures = figures(&report, &published, &whole);
    assert!(figures.iter().all(|figure| figure.answers == 720), "{figures:?}");
}

#[test]
fn delays_are_told_with_how_many_times_are_known_and_not_of_few() {
    let told =
        |partial| shown(&question("site:S0", None, Eyes::Owner), &published_with(60, 20, partial));
    let (all, most, few) = (told(0), told(2), told(5));
    let delay = |breakdown: &Breakdown| breakdown.line(&"promise:PLAN".parse().unwrap()).cloned();
    let share = |breakdown: &Breakdown| breakdown.timings.and_then(|timings| timings.share());
    assert_eq!((share(&all), share(&most), share(&few)), (Some(1.0), Some(0.8), Some(0.5)));
    let days = |breakdown: &Breakdown| breakdown.lateness.map(|late| late.all).unwrap();
    assert!((days(&all) - days(&most)).abs() < 0.1 * days(&all), "they speak for the others");
    assert!(delay(&most).is_some() && delay(&few).is_none() && few.lateness.is_none());
    let reason = few.hidden(&"promise:PLAN".parse().unwrap());
    assert_eq!(reason, Some(&NotShown::FewTimings(50)));
    let points: f64 = few.lines.iter().map(|line| line.points.unwrap().value).sum();
    assert!((points + few.untraced.unwrap().value - few.shortfall.value).abs() < 1e-9);
    assert!(few.level.calibration.is_none_or(|calibration| calibration.added == 0.0));
}

#[test]
fn a_contrast_adds_up_with_what_other_paths_and_weeks_cost() {
    let breakdown = shown(&question("site:S0", Some("rest"), Eyes::Owner), &published(60, 20));
    let contrasts = breakdown.lines.iter().filter_map(|line| line.contrast);
    let parts: f64 = contrasts.map(|contrast| contrast.points.value).sum();
    let mix = breakdown.mix.unwrap();
    let rest = breakdown.untraced_contrast.unwrap().value;
    let whole = parts + rest + mix.variants.value + mix.weeks.value;
    assert!((whole - breakdown.gap.unwrap().value).abs() < 1e-9, "{whole}");
}
