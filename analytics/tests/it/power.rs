//! What could be seen, told in a moment, against surveys that are simulated and fitted as a whole.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use relais_analytics::attribute::{Leaders, RatedElement, Role, Scale, Stratum};
use relais_analytics::cell::{Cell, Row};
use relais_analytics::design::{Design, Kind};
use relais_analytics::power::{Assumption, DEPTH, DRAWS, Fault, Lever, Noise, Path, TIMED_SPREAD};
use relais_analytics::{Attribution, Options, Sample, attribute};
use std::time::Instant;

const ELEMENTS: usize = 6;
const WEEKS: i64 = 13;
const ASKED: usize = 3;
const FAULTY: usize = 2;
/// How often a part fails, and what of its failing the outcome follows.
const FAILING: f64 = 0.12;
const FOLLOWS: f64 = 0.5;
/// Points that a failing part loses on average: 2.5 of 4 steps.
const LOST: f64 = 62.5;
/// Answers a week.
const HERE: usize = 39;
const ELSEWHERE: usize = 195;

/// A quarter of answers, the faulty part costing `points` more at the focus.
fn survey(seed: u64, points: f64) -> Attribution {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut sample = Sample::new();
    let rated = |k: usize| RatedElement {
        position: k as u16,
        kind: if k < ELEMENTS / 2 { Kind::Step } else { Kind::Handoff },
    };
    sample.variant(0, (0..ELEMENTS).map(rated).collect()).expect("sound");
    sample.version(0, Scale::same(10, 4), Design::Simple { asked: ASKED }).expect("sound");
    for group in 0..3 * WEEKS {
        for (place, (side, answers)) in
            [(Role::Focus, HERE), (Role::Reference, ELSEWHERE)].into_iter().enumerate()
        {
            let mut cell = Cell::new(ELEMENTS);
            for _ in 0..answers / 3 {
                let more = if side == Role::Focus { points / LOST / FOLLOWS } else { 0.0 };
                let (outcome, items) = answer(&mut rng, more);
                let row = Row { outcome: Some(outcome), lateness: 0, items: &items, time: &[] };
                cell.add(&row).expect("in range");
            }
            let stratum = Stratum { place: place as u32, variant: 0, version: 0 };
            sample.add(side, stratum, group, &cell).expect("fits");
        }
    }
    attribute(&sample, &Options::default())
}

/// The outcome's loss of 10, and what three of the parts lost of 4.
fn answer(rng: &mut StdRng, more: f64) -> (i64, Vec<Option<i64>>) {
    let losses: Vec<i64> = (0..ELEMENTS)
        .map(|k| {
            let chance = if k == FAULTY { FAILING + more } else { FAILING };
            if rng.random_bool(chance) { rng.random_range(1..5) } else { 0 }
        })
        .collect();
    let noise: f64 = StandardNormal.sample(rng);
    let outcome = 0.8 + FOLLOWS * losses.iter().sum::<i64>() as f64 * 2.5 + 0.9 * noise;
    let mut items = vec![None; ELEMENTS];
    let mut asked = 0;
    while asked < ASKED {
        let k = rng.random_range(0..ELEMENTS);
        if items[k].is_none() {
            items[k] = Some(losses[k]);
            asked += 1;
        }
    }
    ((outcome.round() as i64).clamp(0, 10), items)
}

fn contrast(found: &Attribution, at: usize) -> f64 {
    let points = found.elements[at].points.as_ref().expect("it is split");
    points.contrast.as_ref().expect("there is a reference").points.value
}

fn assumption() -> Assumption {
    let path = Path {
        focus: HERE as f64 / 0.15,
        rest: ELSEWHERE as f64 / 0.15,
        rated: (0..ELEMENTS as u16).collect(),
        timed: Vec::new(),
    };
    // Ratings have the variance .12 · 7.5 − .3², of steps of 25 points.
    let rated_spread = FOLLOWS * 25.0 * (0.12f64 * 7.5 - 0.09).sqrt();
    let (weeks, response, asked) = (WEEKS as u32, 0.15, ASKED);
    Assumption {
        paths: vec![path],
        weeks,
        response,
        asked,
        rated_spread,
        timed_spread: TIMED_SPREAD,
    }
}

#[test]
fn what_could_be_seen_is_what_whole_surveys_see() {
    let seeds = 120;
    let sizes = [0.0, 2.0, 4.0, 6.0];
    let surveys: Vec<Vec<Attribution>> =
        sizes.iter().map(|points| (0..seeds).map(|seed| survey(seed, *points)).collect()).collect();
    let mean = |surveys: &[Attribution]| {
        surveys.iter().map(|found| contrast(found, FAULTY)).sum::<f64>() / seeds as f64
    };
    let recovered = (mean(&surveys[3]) - mean(&surveys[0])) / sizes[3];
    let assumed = Noise::assumed(&assumption()).expect("there is traffic");
    // What an organisation has: any quarter without the fault. Three, as one quarter's own noise is
    // an estimate of it.
    let own: Vec<Noise> = surveys[0][..3]
        .iter()
        .map(|found| Noise::of(found, WEEKS as u32, Some(ASKED)).expect("it is split"))
        .collect();
    let mut off = 0.0f64;
    eprintln!(
        "of the true size {recovered:.2} are found; points: whole surveys, own noise, assumed"
    );
    for (points, surveys) in sizes.into_iter().zip(&surveys) {
        let named = surveys.iter().filter(|found| {
            found.leading_contrast.leaders().and_then(Leaders::one) == Some(FAULTY as u16)
        });
        let whole = named.count() as f64 / seeds as f64;
        let fault = Fault { element: FAULTY as u16, points, recovered, depth: 37.5 };
        let own = own.iter().map(|noise| noise.named(fault, DRAWS, 1).expect("a part"));
        let own = own.sum::<f64>() / 3.0;
        let true_size = Fault { recovered: 1.0, ..fault };
        let before = assumed.named(true_size, DRAWS, 1).expect("a part");
        eprintln!("{points}: {whole:.2}, {own:.2}, {before:.2}");
        off = off.max((whole - own).abs()).max((whole - before).abs());
    }
    assert!(off < 0.15, "{off}");
}

#[test]
fn levers_raise_what_is_seen_and_a_table_takes_a_moment() {
    let path =
        Path { focus: 250.0, rest: 5_000.0, rated: (0..14).collect(), timed: (20..26).collect() };
    let noise = Noise::assumed(&Assumption { paths: vec![path], ..assumption() }).expect("traffic");
    let levers = [
        ("five parts", Lever::Asked(5)),
        ("twice the people", Lever::People(2.0)),
        ("half a year", Lever::Period(2.0)),
        ("a place of four", Lever::Place(4.0)),
    ];
    let started = Instant::now();
    let named = |noise: &Noise, points: f64| {
        let fault = Fault { element: 5, points, recovered: 1.0, depth: DEPTH };
        noise.named(fault, DRAWS, 7).expect("a part")
    };
    let now: Vec<f64> = [2.0, 5.0, 8.0].map(|points| named(&noise, points)).to_vec();
    eprintln!("2, 5, 8 points: {now:.2?}");
    assert!(now.is_sorted() && now[0] < 0.5);
    for (what, lever) in levers {
        let moved = named(&noise.with(lever), 5.0);
        eprintln!("  {what}: 5 points in {moved:.2}");
        assert!(moved > now[1], "{what}");
    }
    let took = started.elapsed();
    eprintln!("a table of seven shares over 20 elements took {took:?}");
    assert!(took.as_secs_f64() < 4.0, "{took:?}");
    let elsewhere = Fault { element: 99, points: 1.0, recovered: 1.0, depth: DEPTH };
    assert_eq!(noise.named(elsewhere, DRAWS, 7), None);
}
