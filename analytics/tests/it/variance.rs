//! System or team: known components, published figures, and what holds for any answers.

use crate::shrinkage::insteval;
use proptest::collection::vec;
use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use relais_analytics::Sums;
use relais_analytics::variance::{Outcomes, Part, Split, SplitError};

/// Splits the ratings over some of student (0), lecturer (1), department and service (2); every
/// seventh student is a replicate group.
fn split(ratings: &[([u32; 3], i64)], factors: &[usize]) -> Split {
    let mut outcomes = Outcomes::new(factors.len());
    for (levels, rating) in ratings {
        let chosen: Vec<u32> = factors.iter().map(|&f| levels[f]).collect();
        outcomes
            .add(0, &chosen, i64::from(levels[0] % 7), &Sums::of([*rating]))
            .expect("a level for each factor");
    }
    outcomes.split(0.9).expect("it can be split")
}

#[test]
fn lecturers_alone_are_the_usual_analysis_of_variance() {
    let Some(ratings) = insteval("lecturers_alone_are_the_usual_analysis_of_variance") else {
        return;
    };
    let found = split(&ratings, &[1]);
    // `golden/misc2_golden.json`, insteval_oneway: anova_tau2 and sigma2.
    let lecturer = found.factors[0].expect("many lecturers");
    assert!((lecturer.variance - 0.284_283_480_752_539_06).abs() < 1e-9, "{lecturer:?}");
    assert!((found.rest.variance - 1.494_109_333_294_194_6).abs() < 1e-9, "{:?}", found.rest);
    // REML (lme4): 0.26973 and 1.49399, a share of 0.1529; Paule–Mandel's share is 0.1521.
    assert!((lecturer.share.value - 0.152_138_638_500_462_28).abs() < 0.01);
}

#[test]
fn students_lecturers_and_departments_come_near_to_reml() {
    let Some(ratings) = insteval("students_lecturers_and_departments_come_near_to_reml") else {
        return;
    };
    let found = split(&ratings, &[0, 1, 2]);
    // `golden/r_golden.json`, lme4_InstEval: s, d, dept:service, residual.
    let reml = [0.105_416_973_47, 0.262_629_624_51, 0.012_550_151_362, 1.384_950_816_3];
    let total: f64 = reml.iter().sum();
    let ours: Vec<Part> = found
        .factors
        .iter()
        .copied()
        .map(|f| f.expect("many levels"))
        .chain([found.rest])
        .collect();
    for (name, (part, reml)) in
        ["student", "lecturer", "department", "rest"].iter().zip(ours.iter().zip(reml))
    {
        let (share, theirs) = (part.share.value, reml / total);
        eprintln!(
            "{name}: variance {:.4} (REML {reml:.4}), share {share:.4} (REML {theirs:.4})",
            part.variance
        );
        assert!((share - theirs).abs() < 0.02, "{name}: {share} is not {theirs}");
    }
}

/// Effects with known variances: variant, site, handoff, week; unbalanced, sites and variants
/// mixed unequally.
const TRUTH: [f64; 4] = [0.3, 0.2, 0.1, 0.05];
const REST: f64 = 3.0;
const LEVELS: [usize; 4] = [8, 25, 40, 52];

/// The same seed has the same effects, whatever the number of answers and of replicate groups.
fn drawn(seed: u64, answers: usize, replicates: usize) -> Outcomes {
    let mut rng = StdRng::seed_from_u64(seed);
    let effects: [Vec<f64>; 4] = std::array::from_fn(|f| {
        (0..LEVELS[f])
            .map(|_| TRUTH[f].sqrt() * Distribution::<f64>::sample(&StandardNormal, &mut rng))
            .collect()
    });
    let mut outcomes = Outcomes::new(3);
    for _ in 0..answers {
        // Large sites have ten times the journeys of small ones, and their own mix of variants and
        // handoffs.
        let site = (rng.random::<f64>().powi(2) * LEVELS[1] as f64) as usize;
        let variant =
            (site + (rng.random::<f64>().powi(2) * LEVELS[0] as f64) as usize) % LEVELS[0];
        let handoff = (site * 3 + rng.random_range(0..12)) % LEVELS[2];
        let week = rng.random_range(0..LEVELS[3]);
        let noise: f64 = StandardNormal.sample(&mut rng);
        let effect: f64 = [variant, site, handoff, week]
            .iter()
            .zip(&effects)
            .map(|(&level, effects)| effects[level])
            .sum();
        // In hundredths, so that rounding adds nothing.
        let outcome = (100.0 * (effect + REST.sqrt() * noise)).round() as i64;
        let replicate = ((week * 3 + rng.random_range(0..3)) % replicates) as i64;
        let levels = [site, handoff, week].map(|level| level as u32);
        outcomes
            .add(variant as u32, &levels, replicate, &Sums::of([outcome]))
            .expect("three levels");
    }
    outcomes
}

/// The parts of variant, factors and rest.
fn parts(outcomes: &Outcomes) -> Vec<Part> {
    let found = outcomes.split(0.9).expect("it can be split");
    let all = [found.variant].into_iter().chain(found.factors).chain([Some(found.rest)]);
    all.map(|part| part.expect("many levels")).collect()
}

#[test]
fn known_components_come_out() {
    let seeds = 60;
    let mut means = [0.0; 5];
    for seed in 0..seeds {
        let parts = parts(&drawn(seed, 8000, 1));
        means
            .iter_mut()
            .zip(parts)
            .for_each(|(mean, part)| *mean += part.variance / 1e4 / seeds as f64);
    }
    eprintln!("variant, site, handoff, week, rest: means {means:.3?} of {TRUTH:?}, {REST}");
    for (k, mean) in means.into_iter().enumerate() {
        let truth = TRUTH.get(k).copied().unwrap_or(REST);
        // Three standard errors of the mean of the variance of `levels` effects, and what the
        // answers' noise adds.
        let levels = LEVELS.get(k).copied().unwrap_or(8000) as f64;
        let tolerance =
            3.0 * (truth * (2.0 / (levels - 1.0)).sqrt() + 0.01) / (seeds as f64).sqrt();
        assert!(
            (mean - truth).abs() < tolerance,
            "part {k}: {mean} is not {truth} within {tolerance}"
        );
    }
}

#[test]
fn intervals_hold_what_many_more_answers_from_the_same_levels_say() {
    let seeds = 25;
    let mut held = [0; 5];
    for seed in 0..seeds {
        let large = parts(&drawn(seed, 80_000, 1));
        for (k, part) in parts(&drawn(seed, 8000, 156)).into_iter().enumerate() {
            let interval = part.share.interval.expect("thirty groups");
            held[k] += usize::from(
                interval.low <= large[k].share.value && large[k].share.value <= interval.high,
            );
        }
    }
    eprintln!("variant, site, handoff, week, rest: of {seeds} intervals at 90 % hold {held:?}");
    assert!(held.iter().sum::<usize>() * 100 >= 85 * 5 * seeds as usize, "{held:?}");
}

#[test]
fn an_uneven_mix_of_variants_is_not_taken_for_a_difference_between_sites() {
    let (mut means, seeds) = ([0.0; 3], 40);
    for seed in 0..seeds {
        let mut rng = StdRng::seed_from_u64(seed);
        let [mut sites, mut factors, mut within] = [1, 2, 1].map(Outcomes::new);
        let mix: Vec<f64> = (0..6).map(|_| rng.random()).collect();
        for i in 0..12_000_u32 {
            // Variant 2 is hard everywhere, sites have their own mix, and no site is better than
            // another.
            let site = i % 6;
            let hard = rng.random::<f64>() < mix[site as usize] * 0.6;
            let variant = if hard { 2 } else { rng.random_range(0..2) };
            let noise: f64 = StandardNormal.sample(&mut rng);
            let outcome =
                Sums::of([(100.0 * (if hard { 3.0 } else { 0.0 } + 2.0 * noise)).round() as i64]);
            sites.add(0, &[site], 0, &outcome).expect("one level");
            factors.add(0, &[site, variant], 0, &outcome).expect("two levels");
            within.add(variant, &[site], 0, &outcome).expect("one level");
        }
        let share = |outcomes: &Outcomes| {
            outcomes.split(0.9).expect("a split").factors[0].expect("six").share.value
        };
        for (mean, outcomes) in means.iter_mut().zip([&sites, &factors, &within]) {
            *mean += share(outcomes) / seeds as f64;
        }
    }
    let [alone, beside, within] = means;
    eprintln!(
        "sites that do not differ: alone {alone:.4}, variant as a factor {beside:.4}, within {within:.4}"
    );
    assert!(alone > 0.03 && within < 0.002, "{alone}, {within}");
}

#[test]
fn a_fault_common_to_all_changes_no_share() {
    let of = |fault: i64| {
        let mut outcomes = Outcomes::new(2);
        for i in 0..600_i64 {
            let (site, week) = (i % 5, i / 50);
            let loss = site + i % 4 + fault;
            outcomes
                .add(0, &[site as u32, week as u32], week, &Sums::of([loss]))
                .expect("two levels");
        }
        outcomes.split(0.9).expect("it can be split")
    };
    let (before, after) = (of(0), of(30));
    for (a, b) in before.factors.iter().flatten().zip(after.factors.iter().flatten()) {
        assert!((a.share.value - b.share.value).abs() < 1e-9);
    }
}

#[test]
fn levels_must_fit_the_factors_and_few_groups_have_no_interval() {
    let mut outcomes = Outcomes::new(2);
    assert_eq!(
        outcomes.add(0, &[1], 0, &Sums::of([1])),
        Err(SplitError::Levels { given: 1, factors: 2 })
    );
    assert_eq!(outcomes.split(0.9), Err(SplitError::Alike));
    for i in 0..60_u32 {
        outcomes
            .add(0, &[i % 3, 0], i64::from(i % 7), &Sums::of([i64::from(i % 4 + i % 3)]))
            .expect("two levels");
    }
    let found = outcomes.split(0.9).expect("it can be split");
    assert!(
        found.factors[0].is_some_and(|site| site.share.interval.is_none()),
        "seven groups are too few"
    );
    assert_eq!(found.factors[1], None, "one week says nothing about weeks");
}

/// Variant and levels of two factors, replicate and outcome.
fn answers() -> impl Strategy<Value = Vec<([u32; 3], i64, i64)>> {
    vec(((0..4u32, 0..3u32, 0..6u32), 0..40i64, -20..20i64), 0..120).prop_map(|all| {
        all.into_iter().map(|((a, b, c), group, y)| ([a, b, c], group, y)).collect()
    })
}

fn collected(answers: &[([u32; 3], i64, i64)]) -> Result<Split, SplitError> {
    let mut outcomes = Outcomes::new(2);
    for ([variant, levels @ ..], group, y) in answers {
        outcomes.add(*variant, levels, *group, &Sums::of([*y])).expect("two levels");
    }
    outcomes.split(0.9)
}

fn check(found: &Split) {
    let parts = || found.variant.iter().chain(found.factors.iter().flatten()).chain([&found.rest]);
    let shares: f64 = parts().map(|p| p.share.value).sum();
    assert!((shares - 1.0).abs() < 1e-9, "{found:?}");
    for part in parts() {
        assert!(
            part.variance >= 0.0
                && part.variance.is_finite()
                && (!part.clipped || part.variance == 0.0)
        );
        assert!((0.0..=1.0).contains(&part.share.value));
        assert!(
            part.share.interval.is_none_or(|i| 0.0 <= i.low && i.low <= i.high && i.high <= 1.0),
            "{part:?}"
        );
    }
}

proptest! {
    #[test]
    fn shares_add_up_to_one_and_order_does_not_matter(answers in answers(), turn in 0..120usize) {
        let found = collected(&answers);
        found.iter().for_each(check);
        let mut turned = answers.clone();
        turned.rotate_left(turn % answers.len().max(1));
        prop_assert_eq!(collected(&turned), found, "integers, so the same bits");
    }

    #[test]
    fn sums_that_no_answers_can_have_given_end_in_numbers(
        cells in vec(((0..2u32, 0..3u32, 0..3u32), 0..9i64, any::<(i64, i64, i64)>()), 0..30),
    ) {
        let mut outcomes = Outcomes::new(2);
        for ((variant, a, b), group, (count, sum, squares)) in cells {
            outcomes.add(variant, &[a, b], group, &Sums { count, sum, squares }).expect("two levels");
        }
        outcomes.split(0.9).iter().for_each(check);
    }
}
