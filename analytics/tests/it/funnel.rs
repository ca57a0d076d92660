//! Funnel plots: figures computed independently, false alarms, and what holds for any units.

use proptest::collection::vec;
use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use relais_analytics::Sums;
use relais_analytics::funnel::{FEWEST_UNITS, Funnel, Place};

const COUNTS: [i64; 12] = [35, 410, 62, 128, 240, 95, 510, 77, 180, 46, 330, 150];

fn share(count: i64, sum: i64) -> Sums {
    Sums { count, sum, squares: sum }
}

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-8 * expected, "{found} is not {expected}");
}

/// The figures of this test and the next were computed once from the formulas by a separate
/// program in Python, with the standard library alone and the consistency factor by numerical
/// integration.
#[test]
fn shares_have_the_limits_of_an_independent_computation() {
    let kept = [27, 352, 40, 117, 180, 84, 388, 70, 150, 30, 295, 90];
    let units: Vec<Sums> =
        COUNTS.into_iter().zip(kept).map(|(count, sum)| share(count, sum)).collect();
    let funnel = Funnel::of_shares(&units).expect("twelve units");
    close(funnel.target, 0.805_567_830_313_742_8);
    close(funnel.over_dispersion, 9.060_818_696_284_862);
    let limits = funnel.limits(50).expect("answers");
    close(limits.inner.low, 0.569_447_828_262_040_4);
    close(limits.inner.high, 0.961_468_769_943_378);
    close(limits.outer.low, 0.420_608_120_018_059_3);
    close(limits.outer.high, 0.997_681_035_349_152);
    close(funnel.limits(500).expect("answers").outer.low, 0.476_789_387_524_107_04);
    assert!(
        funnel.units.iter().all(|place| *place == Some(Place::Inside)),
        "they differ, but none stands out"
    );
}

#[test]
fn means_have_the_limits_of_an_independent_computation() {
    let sums = [97, 1270, 221, 324, 730, 265, 1400, 253, 525, 168, 1080, 560];
    let unit =
        |(count, sum): (i64, i64)| Sums { count, sum, squares: sum * sum / count + 4 * count };
    let funnel = Funnel::of_means(&COUNTS.into_iter().zip(sums).map(unit).collect::<Vec<_>>())
        .expect("twelve units");
    close(funnel.target, 3.045_956_694_653_115_4);
    close(funnel.over_dispersion, 4.350_712_830_496_593);
    let limits = funnel.limits(100).expect("answers");
    close(limits.inner.low, 2.353_757_446_798_304);
    close(limits.outer.high, 4.137_332_094_863_836);
    assert_eq!(funnel.units.iter().filter(|place| **place != Some(Place::Inside)).count(), 1);
    assert_eq!(funnel.units[11], Some(Place::BeyondInner));
}

/// Shares of thirty units beyond the inner and the outer limits, the last unit left out, and how
/// often the last is beyond each.
fn alarms(spread: f64, fault: f64) -> [f64; 4] {
    let seeds = 500;
    let mut rng = StdRng::seed_from_u64(5);
    let mut shares = [0.0; 4];
    for _ in 0..seeds {
        let unit = |at: usize, rng: &mut StdRng| {
            let count = 40 + 20 * at as i64;
            let noise: f64 = StandardNormal.sample(rng);
            let level = (0.8 + spread * noise - if at == 29 { fault } else { 0.0 }).clamp(0.0, 1.0);
            share(count, (0..count).filter(|_| rng.random::<f64>() < level).count() as i64)
        };
        let units: Vec<Sums> = (0..30).map(|at| unit(at, &mut rng)).collect();
        let funnel = Funnel::of_shares(&units).expect("thirty units");
        for (at, place) in funnel.units.iter().enumerate() {
            let (offset, of) = if at == 29 { (2, 1.0) } else { (0, 29.0) };
            let beyond = [*place != Some(Place::Inside), *place == Some(Place::BeyondOuter)];
            (0..2).for_each(|k| {
                shares[offset + k] += f64::from(u8::from(beyond[k])) / (of * f64::from(seeds))
            });
        }
    }
    eprintln!("spread {spread}, fault {fault}: others beyond inner, outer; the last {shares:.4?}");
    shares
}

#[test]
fn equal_units_are_seldom_outside_and_a_faulty_one_is() {
    let [inner, outer, ..] = alarms(0.0, 0.0);
    assert!(inner < 0.06 && outer < 0.004, "{inner}, {outer}");
    let [inner, outer, ..] = alarms(0.05, 0.0);
    assert!(
        inner < 0.09 && outer < 0.012,
        "units that differ for reasons of their own: {inner}, {outer}"
    );
    let [_, outer, _, found] = alarms(0.0, 0.12);
    assert!(found > 0.95 && outer < 0.004, "{found}, {outer}");
    let [.., found] = alarms(0.05, 0.3);
    assert!(found > 0.9, "{found}");
}

proptest! {
    #[test]
    fn limits_narrow_with_answers_and_order_does_not_matter(
        units in vec((1..300i64, 0.0..=1.0f64), 10..30),
        turn in 0..10usize,
    ) {
        let units: Vec<Sums> = units.into_iter().map(|(n, p)| share(n, (n as f64 * p) as i64)).collect();
        let funnel = Funnel::of_shares(&units).expect("ten or more");
        let mut turned = units.clone();
        turned.rotate_left(turn);
        let again = Funnel::of_shares(&turned).expect("ten or more");
        let mut places = again.units.clone();
        places.rotate_right(turn);
        prop_assert_eq!(&places, &funnel.units);
        let mut before = funnel.limits(1).expect("answers");
        for answers in [2, 10, 100, 5000] {
            let limits = funnel.limits(answers).expect("answers");
            prop_assert!(before.outer.low <= limits.outer.low && limits.outer.low <= limits.inner.low);
            prop_assert!(limits.inner.low <= funnel.target && funnel.target <= limits.inner.high);
            prop_assert!(limits.inner.high <= limits.outer.high && limits.outer.high <= before.outer.high);
            before = limits;
        }
    }

    #[test]
    fn sums_that_no_answers_can_have_given_end_in_numbers(sums in vec(any::<(i64, i64, i64)>(), FEWEST_UNITS..30)) {
        let units: Vec<Sums> = sums.into_iter().map(|(count, sum, squares)| Sums { count, sum, squares }).collect();
        for funnel in [Funnel::of_shares(&units), Funnel::of_means(&units)].into_iter().flatten() {
            let limits = funnel.limits(100).expect("answers");
            prop_assert!(funnel.target.is_finite() && funnel.over_dispersion >= 0.0);
            prop_assert!(limits.outer.low <= limits.outer.high);
        }
    }
}
