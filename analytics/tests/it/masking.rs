//! A real survey with answers deleted at random: the slopes are found again from four ratings of
//! fourteen.

use crate::golden::{numbers, shared};
use flate2::read::GzDecoder;
use rand::rngs::StdRng;
use rand::seq::index::sample as choose;
use rand::{RngExt, SeedableRng};
use relais_analytics::attribute::{Attribution, RatedElement, Role, Sample, Scale, Stratum};
use relais_analytics::cell::{Cell, Row};
use relais_analytics::design::{Design, Kind};
use relais_analytics::importance::importance;
use relais_analytics::{Options, attribute};
use serde_json::Value;
use std::io::Read;

const TOUCHPOINTS: usize = 14;
const DRAWS: usize = 200;

/// A passenger: ratings as losses of 4, and whether dissatisfied.
struct Passenger {
    losses: [i64; TOUCHPOINTS],
    dissatisfied: i64,
}

#[test]
fn airline_points_come_back_from_a_few_ratings() {
    let test = "airline_points_come_back_from_a_few_ratings";
    let Some(survey) = shared("airline_passenger_satisfaction_test.csv.gz", test) else {
        return;
    };
    let Some(golden) = shared("golden/masking_golden.json", test) else {
        return;
    };
    let golden: Value = serde_json::from_slice(&golden).expect("the golden file is JSON");
    let passengers = read(&survey);
    assert_eq!(passengers.len(), 23_863, "passengers who rated everything");
    let all: Vec<&Passenger> = passengers.iter().collect();
    let points = |sample: &Sample| points(&attribute(sample, &Options::default()));
    let full = points(&asked(&all, TOUCHPOINTS, &mut StdRng::seed_from_u64(1)));
    for (case, answers, ask) in
        [("airline|ask4of14|n500", 500, 4), ("airline|ask6of14|n2000", 2000, 6)]
    {
        let expected = &golden[case]["pls"];
        for (found, expected) in full.iter().zip(numbers(&expected["phi_full"])) {
            // The golden slopes are from before the 20 pseudo-answers, which weigh little against
            // 23,863.
            assert!(
                (found.0 / 100.0 - expected).abs() < 1e-4,
                "{} is not {expected}",
                found.0 / 100.0
            );
        }
        let (error, covered) = mask(&passengers, &full, answers, ask, points);
        let figure = |name: &str| expected[name].as_f64().expect("a figure");
        eprintln!(
            "{case}: error {error:.4} ({:.4}) covered {covered:.3} ({:.3})",
            figure("rmse"),
            figure("cover90")
        );
        assert!(error < 1.15 * figure("rmse"), "error {error}");
        assert!((0.85..0.97).contains(&covered), "covered {covered}");
    }
}

/// Three or four ratings of fourteen leave pairs that contradict each other; `R²` must not become
/// 1 by their repair.
#[test]
fn airline_importance_comes_back_from_a_few_ratings() {
    let Some(survey) = shared(
        "airline_passenger_satisfaction_test.csv.gz",
        "airline_importance_comes_back_from_a_few_ratings",
    ) else {
        return;
    };
    let passengers = read(&survey);
    let all: Vec<&Passenger> = passengers.iter().collect();
    // The last figure is what all explain together.
    let full = shares(&asked(&all, TOUCHPOINTS, &mut StdRng::seed_from_u64(1)));
    assert!((full[TOUCHPOINTS].0 - 49.11451622).abs() < 1e-6, "{full:?}");
    for (answers, ask, most, least) in
        [(500, 3, 0.045, 0.75), (500, 4, 0.035, 0.8), (2000, 4, 0.05, 0.9)]
    {
        let (error, covered) = mask(&passengers, &full, answers, ask, shares);
        eprintln!(
            "importance, {ask} of 14, {answers} answers: error {error:.4} covered {covered:.3}"
        );
        assert!(error < most && covered > least, "error {error}, covered {covered}");
    }
}

/// Percent of the variance of each touchpoint and of all, low and high.
fn shares(sample: &Sample) -> Vec<(f64, f64, f64)> {
    let importance =
        importance(sample, 0.9, &[]).expect("few touchpoints").expect("there are answers enough");
    let shares = importance
        .elements
        .iter()
        .filter_map(|element| element.share)
        .chain([importance.explained]);
    let percent = |share: relais_analytics::attribute::Estimate| {
        let interval = share.interval.expect("there are groups enough");
        (100.0 * share.value, 100.0 * interval.low, 100.0 * interval.high)
    };
    shares.map(percent).collect()
}

/// Root mean square error of figures as shares of 1, and how many of their intervals cover the
/// full survey's.
fn mask(
    passengers: &[Passenger],
    full: &[(f64, f64, f64)],
    answers: usize,
    ask: usize,
    figures: impl Fn(&Sample) -> Vec<(f64, f64, f64)>,
) -> (f64, f64) {
    let mut rng = StdRng::seed_from_u64(7);
    let (mut squares, mut hits) = (0.0, 0.0);
    for _ in 0..DRAWS {
        let drawn: Vec<&Passenger> =
            choose(&mut rng, passengers.len(), answers).iter().map(|i| &passengers[i]).collect();
        for (found, full) in figures(&asked(&drawn, ask, &mut rng)).iter().zip(full) {
            squares += ((found.0 - full.0) / 100.0).powi(2);
            hits += if (found.1..=found.2).contains(&full.0) { 1.0 } else { 0.0 };
        }
    }
    let all = (DRAWS * full.len()) as f64;
    ((squares / all).sqrt(), hits / all)
}

/// Points, low and high of each touchpoint; what is cut off at 0 in every group has no interval and
/// covers itself alone.
fn points(attribution: &Attribution) -> Vec<(f64, f64, f64)> {
    let level = |e: &relais_analytics::attribute::Element| {
        let level = e.points.expect("there are answers enough").level;
        let (low, high) = level.interval.map_or((level.value, level.value), |i| (i.low, i.high));
        (level.value, low, high)
    };
    attribution.elements.iter().map(level).collect()
}

/// The answers of passengers who are asked so many touchpoints each, in 30 replicate groups.
fn asked(passengers: &[&Passenger], asked: usize, rng: &mut StdRng) -> Sample {
    let mut sample = Sample::new();
    let element = |k| RatedElement { position: k as u16, kind: Kind::Step };
    sample.variant(0, (0..TOUCHPOINTS).map(element).collect()).expect("sound");
    sample.version(0, Scale::same(1, 4), Design::Observed).expect("sound");
    let mut cells = vec![Cell::new(TOUCHPOINTS); 30];
    for passenger in passengers {
        let mut items = [None; TOUCHPOINTS];
        choose(rng, TOUCHPOINTS, asked).iter().for_each(|k| items[k] = Some(passenger.losses[k]));
        let row =
            Row { outcome: Some(passenger.dissatisfied), lateness: 0, items: &items, time: &[] };
        cells[rng.random_range(0..30)].add(&row).expect("a rating is in range");
    }
    let stratum = Stratum { place: 0, variant: 0, version: 0 };
    for (group, cell) in cells.iter().enumerate() {
        sample.add(Role::Focus, stratum, group as i64, cell).expect("declared");
    }
    sample
}

fn read(file: &[u8]) -> Vec<Passenger> {
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).expect("the survey is gzip");
    text.lines().skip(1).filter_map(passenger).collect()
}

/// A line of the survey; `None` where a touchpoint did not apply (rated 0).
fn passenger(line: &str) -> Option<Passenger> {
    let fields: Vec<&str> = line.split(',').collect();
    let mut losses = [0; TOUCHPOINTS];
    for (loss, field) in losses.iter_mut().zip(&fields[7..]) {
        let rating: i64 = field.parse().ok().filter(|rating| *rating > 0)?;
        *loss = 5 - rating;
    }
    Some(Passenger { losses, dissatisfied: i64::from(*fields.last()? != "satisfied") })
}
