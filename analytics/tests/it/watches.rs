//! The CUSUM's run lengths against R, and its false alarms when the baseline is only estimated.

use crate::golden::shared;
use proptest::collection::vec;
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand_distr::{Distribution, StandardNormal};
use relais_analytics::Direction::{Down, Up};
use relais_analytics::chart::{Period, xmr};
use relais_analytics::cusum::{
    ALLOWANCE, Reference, THRESHOLD, alarm_share, one_sided, run_length, run_length_two_sided,
    two_sided,
};
use serde_json::Value;

#[test]
fn run_lengths_are_those_of_r() {
    // spc::xcusum.arl(k = .5, h, mu): one-sided quiet, two-sided quiet, after a shift of 1 and of
    // ½.
    let kept = [
        (4.0, [335.367_577_627_2, 167.683_788_813_6, 8.383_131_870_5, 26.630_203_088_9]),
        (5.0, [930.887_012_064_2, 465.443_506_032_1, 10.375_969_921_6, 37.996_143_189_4]),
        (4.77, [737.122_788_940_1, 368.561_394_470_1, 9.917_042_464_1, 35.208_169_169_9]),
    ];
    for (threshold, expected) in kept {
        let both = |shift| run_length_two_sided(ALLOWANCE, threshold, shift).expect("possible");
        let found = [
            run_length(ALLOWANCE, threshold, 0.0).expect("possible"),
            both(0.0),
            both(1.0),
            both(0.5),
        ];
        for (found, expected) in found.iter().zip(expected) {
            assert!(
                (found / expected - 1.0).abs() < 1e-8,
                "h = {threshold}: {found} is not {expected}"
            );
        }
    }
    let Some(file) = shared("golden/r_golden.json", "run_lengths_are_those_of_r") else { return };
    let golden: Value = serde_json::from_slice(&file).expect("the golden file is JSON");
    for (threshold, expected) in kept {
        let case = &golden["cusum"][format!("k0.5_h{threshold}")];
        let keys =
            ["one_sided_arl0", "two_sided_arl0", "two_sided_arl1_1sigma", "two_sided_arl_0.5"];
        assert_eq!(
            keys.map(|key| case[key].as_f64()),
            expected.map(Some),
            "the figures kept here are the golden ones"
        );
    }
}

#[test]
fn a_watch_of_half_a_year_alarms_as_often_as_the_integral_equation_says() {
    let (seeds, points) = (20_000, 26);
    for shift in [0.5, 1.0] {
        let alarms = (0..seeds).filter(|&seed| {
            let mut rng = StdRng::seed_from_u64(seed);
            let weeks: Vec<_> = (0..points).map(|_| Some(shift + normal(&mut rng))).collect();
            one_sided(&weeks, Reference { mean: 0.0, sigma: 1.0 }, Up)
                .expect("usable")
                .alarm
                .is_some()
        });
        let found = alarms.count() as f64 / seeds as f64;
        let expected = alarm_share(ALLOWANCE, THRESHOLD, shift, points).expect("possible");
        eprintln!(
            "shift of {shift} sigma found within {points} points: {found:.3}, by the equation {expected:.3}"
        );
        assert!((found - expected).abs() < 4.0 * (0.25 / seeds as f64).sqrt());
    }
}

#[test]
fn an_estimated_baseline_makes_the_false_alarms() {
    let watched = 26;
    let known = alarm_share(ALLOWANCE, THRESHOLD, 0.0, watched).expect("possible");
    let (one, both) = false_alarms(watched, deviation);
    let (one_by_ranges, both_by_ranges) =
        false_alarms(watched, |history| chart_reference(history).sigma);
    eprintln!(
        "false alarms of h = 7 in {watched} quiet weeks after 24: {:.1} % on one side, {:.1} % on both; \
         with the chart's sigma {:.1} % and {:.1} %; {:.2} % on one side with the truth known",
        100.0 * one,
        100.0 * both,
        100.0 * one_by_ranges,
        100.0 * both_by_ranges,
        100.0 * known
    );
    assert!(
        (0.04..0.09).contains(&both) && (0.04..0.11).contains(&both_by_ranges),
        "{both}, {both_by_ranges}"
    );
    assert!(one > 5.0 * known, "the baseline's own error is what alarms");
}

/// The shares of 10,000 quiet watches that alarm: for a rise, and either way.
fn false_alarms(watched: usize, sigma: impl Fn(&[f64]) -> f64) -> (f64, f64) {
    let seeds = 10_000u64;
    let (mut one, mut both) = (0, 0);
    for seed in 0..seeds {
        let mut rng = StdRng::seed_from_u64(seed);
        let history: Vec<f64> = (0..24).map(|_| normal(&mut rng)).collect();
        let reference = Reference { mean: chart_reference(&history).mean, sigma: sigma(&history) };
        let weeks: Vec<_> = (0..watched).map(|_| Some(normal(&mut rng))).collect();
        let (up, down) = two_sided(&weeks, reference).expect("usable");
        one += u64::from(up.alarm.is_some());
        both += u64::from(up.alarm.or(down.alarm).is_some());
    }
    (one as f64 / seeds as f64, both as f64 / seeds as f64)
}

/// The centre and sigma of an XmR chart of the history.
fn chart_reference(history: &[f64]) -> Reference {
    let weeks: Vec<_> = history.iter().copied().map(Some).collect();
    let point = xmr(&weeks, &[Period { start: 0, baseline_until: Some(weeks.len()) }]).points[0];
    Reference { mean: point.centre.expect("known"), sigma: point.sigma.expect("known") }
}

fn deviation(history: &[f64]) -> f64 {
    let mean = history.iter().sum::<f64>() / history.len() as f64;
    (history.iter().map(|week| (week - mean).powi(2)).sum::<f64>() / (history.len() - 1) as f64)
        .sqrt()
}

fn normal(rng: &mut StdRng) -> f64 {
    StandardNormal.sample(rng)
}

#[test]
fn a_watch_without_a_usable_reference_is_none() {
    for sigma in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(one_sided(&[Some(1.0)], Reference { mean: 0.0, sigma }, Up), None);
    }
    assert_eq!(run_length(0.5, 0.0, 0.0), None);
    assert_eq!(run_length(0.5, 13.0, 0.0), None);
    assert_eq!(run_length(f64::NAN, 5.0, 0.0), None);
    assert!(
        (run_length(0.5, 5.0, 50.0).expect("possible") - 1.0).abs() < 1e-9,
        "such a shift is seen at once"
    );
}

proptest! {
    #[test]
    fn the_sums_are_sound_and_gaps_leave_them(
        weeks in vec(proptest::option::weighted(0.8, prop_oneof![-20.0..20.0, Just(f64::NAN), Just(f64::INFINITY)]), 0..60),
        sigma in 0.1..10.0f64,
    ) {
        let (up, down) = two_sided(&weeks, Reference { mean: 1.0, sigma }).expect("usable");
        for watch in [&up, &down] {
            prop_assert!(watch.sums.iter().all(|sum| sum.is_finite() && *sum >= 0.0));
            let first = watch.sums.iter().position(|sum| *sum > THRESHOLD);
            prop_assert_eq!(watch.alarm.map(|alarm| alarm.at), first);
            prop_assert!(watch.alarm.is_none_or(|alarm| watch.sums[alarm.since..=alarm.at].iter().all(|sum| *sum > 0.0)));
        }
        let mirrored: Vec<_> = weeks.iter().map(|week| week.map(|week| 2.0 - week)).collect();
        let fall = one_sided(&mirrored, Reference { mean: 1.0, sigma }, Down).expect("usable");
        prop_assert!(fall.sums.iter().zip(&up.sums).all(|(a, b)| (a - b).abs() < 1e-9));
    }

    #[test]
    fn longer_watches_and_larger_shifts_alarm_more(shift in -1.0..2.0f64, threshold in 1.0..9.0f64, points in 1..60usize) {
        let share = |shift, points| alarm_share(ALLOWANCE, threshold, shift, points).expect("possible");
        prop_assert!((0.0..=1.0).contains(&share(shift, points)));
        prop_assert!(share(shift, points) <= share(shift, points + 1) + 1e-9);
        prop_assert!(share(shift, points) <= share(shift + 0.1, points) + 1e-9);
    }
}
