//! Time that is not known, and delays compared by swapping whole slips (§6c).

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use relais_analytics::attribute::{RatedElement, Role, Scale, Stratum};
use relais_analytics::cell::{Cell, Journey, Population, Row};
use relais_analytics::design::{Design, Kind};
use relais_analytics::lateness::share_out;
use relais_analytics::reweighting::Strata;
use relais_analytics::swap::Reference;
use relais_analytics::timings::{Timings, Withheld};
use relais_analytics::{Attribution, Options, Sample, attribute};

const DAY: i64 = 1440;
const BUFFER: i64 = DAY / 2;
const GROUPS: i64 = 24;
/// The timed elements: planning is late at the focus, the workshop slips alike everywhere.
const PLAN: u16 = 1;
const WORK: u16 = 2;

/// The slips of a journey: planning loses a day in one of eight journeys, at the focus in half; the
/// workshop half a day to one and a half in one of three.
fn slips(rng: &mut StdRng, focus: bool) -> Vec<i64> {
    let planning = rng.random_bool(if focus { 0.5 } else { 0.125 });
    let workshop = rng.random_bool(1.0 / 3.0);
    let some = |late: bool, minutes: i64| if late { minutes } else { 0 };
    vec![some(planning, DAY), some(workshop, rng.random_range(DAY / 2..3 * DAY / 2))]
}

/// A quarter of journeys at the focus and at the rest; lateness costs ten points a day.
fn quarter(seed: u64, swap: bool) -> Attribution {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut sample = Sample::new();
    sample.variant(0, vec![RatedElement { position: 0, kind: Kind::Step }]).expect("sound");
    sample.version(0, Scale::same(100, 4), Design::Simple { asked: 1 }).expect("sound");
    for group in 0..GROUPS {
        let sides = [(Role::Focus, 25), (Role::Reference, 75)];
        let journeys: Vec<(Role, Vec<i64>)> = sides
            .into_iter()
            .flat_map(|(side, count)| (0..count).map(move |_| side))
            .map(|side| (side, slips(&mut rng, side == Role::Focus)))
            .collect();
        let all: Vec<Vec<i64>> = journeys.iter().map(|(_, slips)| slips.clone()).collect();
        let reference = Reference::new(&all, BUFFER).expect("there are journeys");
        for side in [Role::Focus, Role::Reference] {
            let (mut cell, mut population) = (Cell::new(1), Population::new());
            for (_, slips) in journeys.iter().filter(|(of, _)| *of == side) {
                let shared = share_out(slips, BUFFER);
                let time =
                    [(PLAN, shared.lost[0], shared.won[0]), (WORK, shared.lost[1], shared.won[1])];
                let credit = reference.credit(slips);
                let credits = [(PLAN, credit[0]), (WORK, credit[1])];
                let credits = swap.then_some(&credits[..]);
                let lateness = shared.felt;
                population.add(&Journey { lateness, time: &time, credits, ..Journey::default() });
                let outcome = Some(lateness * 10 / DAY + rng.random_range(0..30));
                let items = [Some(rng.random_range(0..2))];
                cell.add(&Row { outcome, lateness, items: &items, time: &time }).expect("in range");
            }
            let place = u32::from(side == Role::Focus);
            sample
                .add(side, Stratum { place, variant: 0, version: 0 }, group, &cell)
                .expect("fits");
            sample.add_population(side, group, &population);
        }
    }
    attribute(&sample, &Options::default())
}

/// The contrast of a timed element in its own standard errors, and in points.
fn contrast(found: &Attribution, position: u16) -> (f64, f64) {
    let element = found.elements.iter().find(|element| element.position == position);
    let points = element.and_then(|element| element.points.as_ref()).expect("it is split");
    let estimate = points.contrast.as_ref().expect("there is a reference").points;
    let interval = estimate.interval.expect("24 groups");
    // 90 % by Student's t of 23 degrees of freedom.
    let error = (interval.high - interval.low) / (2.0 * 1.714);
    (estimate.value / error, estimate.value)
}

#[test]
fn an_innocent_promise_is_not_charged_for_the_lateness_of_another() {
    let seeds = 100;
    let means = |swap: bool| {
        let mut sums = [0.0; 4];
        for seed in 0..seeds {
            let found = quarter(seed, swap);
            let (work, plan) = (contrast(&found, WORK), contrast(&found, PLAN));
            let figures = [work.0, work.1, plan.0, plan.1];
            sums.iter_mut().zip(figures).for_each(|(sum, figure)| *sum += figure / seeds as f64);
        }
        sums
    };
    let (shared, swapped) = (means(false), means(true));
    for (how, [z, points, plan_z, plan]) in [("shared out", shared), ("swapped", swapped)] {
        eprintln!(
            "{how}: workshop z {z:.2}, {points:.2} points; planning z {plan_z:.1}, {plan:.2} points"
        );
    }
    assert!(shared[0] > 1.5, "sharing out charges the innocent: {shared:?}");
    assert!(swapped[0].abs() < 0.5, "swapping does not: {swapped:?}");
    assert!(swapped[2] > 3.0);
    assert!((shared[1] + shared[3] - swapped[1] - swapped[3]).abs() < 0.1, "the total is the same");
}

/// At a place half of the journeys lack the workshop's promise. Their planning would be charged
/// with nothing they lost, so they are left out, and the others speak for them.
#[test]
fn journeys_of_whole_timings_speak_for_the_others_of_their_path_and_place() {
    let mut rng = StdRng::seed_from_u64(7);
    let mut strata = Strata::default();
    let mut parts = Vec::new();
    let (mut truth, mut all) = (Population::new(), Population::new());
    for (place, missing) in [(0, 0.1), (1, 0.5)] {
        for _ in 0..40 {
            let mut part = Population::new();
            for _ in 0..200 {
                let slips = slips(&mut rng, place == 1);
                let shared = share_out(&slips, BUFFER);
                let time = [(PLAN, shared.lost[0], 0), (WORK, shared.lost[1], 0)];
                let timings =
                    if rng.random_bool(missing) { Timings::Partial } else { Timings::Whole };
                let journey = Journey { lateness: shared.felt, time: &time, ..Journey::default() };
                truth.add(&journey);
                part.add(&Journey { timings, ..journey });
            }
            strata.add((place, 0), &part);
            all.merge(&part);
            parts.push(((place, 0), part));
        }
    }
    let mut spoken_for = Population::new();
    for (stratum, part) in &parts {
        spoken_for.merge(&strata.reweighted(*stratum, part).expect("some are whole"));
    }
    let share = all.coverage().told().expect("above the floor");
    let of_whole = all.lateness() as f64 / all.coverage().whole() as f64;
    let [truth, found] =
        [&truth, &spoken_for].map(|all| all.lateness() as f64 / all.count() as f64);
    eprintln!(
        "whole timings {share:.2}; mean lateness {truth:.0}, reweighted {found:.0}, of the whole ones {of_whole:.0}"
    );
    assert!((found / truth - 1.0).abs() < 0.03 && of_whole < 0.93 * truth);
    let few = parts[40..].iter().fold(Population::new(), |mut sum, (_, part)| {
        sum.merge(part);
        sum
    });
    assert!(matches!(few.coverage().told(), Err(Withheld::FewWhole { share }) if share < 0.6));
}
