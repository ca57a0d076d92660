//! What holds for every chart, and how often quiet weeks are asked about.

use proptest::collection::vec;
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand_distr::{Distribution, StandardNormal};
use relais_analytics::Direction::{Down, Up};
use relais_analytics::chart::{
    Chart, FROZEN_AFTER, Finding, Frequency, Period, Point, Rule, Status, p, u, xmr,
};

/// A baseline of twelve that alternates about 0 with moving ranges of 2: limits ±5.32, two sigmas
/// ±3.55.
fn after_a_baseline(values: &[f64]) -> Vec<Option<f64>> {
    let baseline = [1.0, -1.0].into_iter().cycle().take(FROZEN_AFTER);
    baseline.chain(values.iter().copied()).map(Some).collect()
}

/// The rules, directions and points found after the baseline, counted from its end.
fn found(values: &[f64]) -> Vec<(Rule, bool, Vec<usize>)> {
    let chart = xmr(&after_a_baseline(values), &[]);
    let from_its_end =
        |finding: &Finding| finding.points.iter().map(|at| at - FROZEN_AFTER).collect();
    chart
        .findings
        .iter()
        .map(|finding| (finding.rule, finding.direction == Up, from_its_end(finding)))
        .collect()
}

#[test]
fn each_rule_names_its_points() {
    assert_eq!(
        found(&[2.0, -5.4, 5.4]),
        [(Rule::Outside, false, vec![1]), (Rule::Outside, true, vec![2])]
    );
    assert_eq!(found(&[4.0, 2.0, 4.0]), [(Rule::TwoOfThree, true, vec![0, 2])]);
    assert_eq!(
        found(&[4.0, 4.0, 2.0, 4.0]),
        [(Rule::TwoOfThree, true, vec![0, 1, 3])],
        "threes that overlap are one"
    );
    assert_eq!(found(&[4.0, -1.0, 4.0]), [], "three on one side");
    assert_eq!(
        found(&[5.4, 4.0, 1.0]),
        [(Rule::Outside, true, vec![0])],
        "a point outside is asked about once"
    );
    assert_eq!(found(&[2.0; 6]), []);
    assert_eq!(found(&[2.0; 8]), [(Rule::Shift, true, (0..8).collect())]);
    assert_eq!(
        found(&[2.0, 2.0, 2.0, 0.0, 2.0, 2.0, 2.0, 2.0]),
        [],
        "a point on the line ends a run"
    );
    let rising = [-1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0];
    assert_eq!(found(&rising), [(Rule::Trend, true, (0..7).collect())]);
    assert_eq!(found(&rising[..6]), []);
    assert_eq!(found(&[-1.5, -1.0, -0.5, 0.5, 0.5, 1.0, 1.5]), [], "equal points end a trend");
}

#[test]
fn missing_weeks_neither_break_a_run_nor_count_in_it() {
    let mut weeks = after_a_baseline(&[2.0; 7]);
    weeks.insert(FROZEN_AFTER + 3, None);
    weeks.insert(FROZEN_AFTER + 3, Some(f64::NAN));
    let chart = xmr(&weeks, &[]);
    let run: Vec<usize> = [12, 13, 14, 17, 18, 19, 20].to_vec();
    assert_eq!(chart.findings, [Finding { rule: Rule::Shift, direction: Up, points: run }]);
    assert_eq!((chart.points[15].limits, chart.points[16].value), (None, None));
}

#[test]
fn a_new_period_has_its_own_limits_and_no_run_reaches_into_it() {
    let weeks = after_a_baseline(&[2.0; 10]);
    let chart = xmr(
        &weeks,
        &[Period { start: 0, baseline_until: None }, Period { start: 16, baseline_until: None }],
    );
    assert_eq!(chart.findings, []);
    assert_eq!((chart.points[15].status, chart.points[16].status), (Status::Frozen, Status::Trial));
    assert_eq!(chart.points[16].centre, Some(2.0));
}

#[test]
fn limits_are_on_trial_until_the_twelfth_known_point() {
    let weeks = after_a_baseline(&[9.0]);
    let statuses = |weeks: &[Option<f64>], periods: &[Period]| xmr(weeks, periods).points[0].status;
    assert_eq!(statuses(&weeks[..11], &[]), Status::Trial);
    assert_eq!(statuses(&weeks[..12], &[]), Status::Frozen);
    let until = |end| [Period { start: 0, baseline_until: Some(end) }];
    assert_eq!(statuses(&weeks, &until(20)), Status::Trial, "the baseline has not ended");
    assert_eq!(statuses(&weeks, &until(8)), Status::Trial, "it ended with few points");
    assert_eq!(statuses(&weeks, &until(0)), Status::Frozen, "no end at all");
}

#[test]
fn what_never_varies_has_nothing_to_ask_and_limits_where_its_scale_is_known() {
    let equal = xmr(&[Some(0.1); 30], &[]);
    assert!(equal.findings.is_empty() && equal.points.iter().all(|point| point.limits.is_none()));
    assert!(
        equal.points.iter().all(|point| point.centre == Some(0.1)),
        "rounding puts no point beside its mean"
    );
    let kept = p(&[Some(Frequency { count: 40, of: 40.0 }); 30], &[]);
    assert!(kept.findings.is_empty() && kept.points.iter().all(|point| point.limits.is_some()));
}

#[test]
fn four_rules_ask_about_almost_half_of_all_quiet_half_years() {
    let seeds = 4000;
    let (baseline, watched) = (24, 26);
    let quiet = |seed| {
        let mut rng = StdRng::seed_from_u64(seed);
        let weeks: Vec<Option<f64>> =
            (0..baseline + watched).map(|_| Some(StandardNormal.sample(&mut rng))).collect();
        xmr(&weeks, &[Period { start: 0, baseline_until: Some(baseline) }])
    };
    let charts: Vec<Chart> = (0..seeds).map(quiet).collect();
    let asked = |of: &dyn Fn(&Finding) -> bool| {
        let any = |chart: &&Chart| {
            chart.findings.iter().any(|f| of(f) && f.points.iter().any(|at| *at >= baseline))
        };
        charts.iter().filter(any).count() as f64 / seeds as f64
    };
    let all = asked(&|_| true);
    eprintln!("a quiet half year is asked about in {:.1} %:", 100.0 * all);
    for rule in [Rule::Outside, Rule::Trend, Rule::TwoOfThree, Rule::Shift] {
        eprintln!("  {rule:?} {:.1} %", 100.0 * asked(&|finding| finding.rule == rule));
    }
    assert!((0.40..=0.52).contains(&all), "{all}");
}

fn series() -> impl Strategy<Value = Vec<Option<f64>>> {
    let value = prop_oneof![(-40i32..40).prop_map(|quarters| f64::from(quarters) / 4.0), -1e6..1e6];
    vec(proptest::option::weighted(0.85, value), 0..60)
}

fn periods() -> impl Strategy<Value = Vec<Period>> {
    vec((0..70usize, proptest::option::of(0..70usize)), 0..4).prop_map(|all| {
        all.into_iter().map(|(start, baseline_until)| Period { start, baseline_until }).collect()
    })
}

/// Figures are numbers, lines are in order, findings name known points.
fn check(chart: &Chart) {
    for point in &chart.points {
        assert!(
            [point.value, point.centre, point.sigma].into_iter().flatten().all(f64::is_finite),
            "{point:?}"
        );
        if let (Some(limits), Some(centre)) = (point.limits, point.centre) {
            assert!(limits.low <= centre && centre <= limits.high, "{point:?}");
        }
        assert_eq!(point.limits.is_some(), point.sigma.is_some());
        assert!(point.value.is_some() || (point.limits.is_none() && !point.in_baseline));
    }
    for finding in &chart.findings {
        assert!(
            !finding.points.is_empty() && finding.points.is_sorted_by(|a, b| a < b),
            "{finding:?}"
        );
        assert!(finding.points.iter().all(|at| chart.points[*at].value.is_some()));
    }
}

proptest! {
    #[test]
    fn every_chart_is_sound(series in series(), periods in periods()) {
        let chart = xmr(&series, &periods);
        check(&chart);
        prop_assert_eq!(chart.points.len(), series.len());
    }

    #[test]
    fn shares_and_rates_stay_possible(
        counts in vec(proptest::option::weighted(0.9, (-1i64..40, prop_oneof![4 => (0i32..60).prop_map(f64::from),
            1 => Just(f64::NAN), 1 => Just(f64::INFINITY), 1 => Just(-3.0)])), 0..50),
        periods in periods(),
    ) {
        let counted: Vec<_> = counts.iter().map(|c| c.map(|(count, of)| Frequency { count, of })).collect();
        let shares = p(&counted, &periods);
        check(&shares);
        let within = |point: &Point| point.limits.is_none_or(|l| l.low >= 0.0 && l.high <= 1.0);
        prop_assert!(shares.points.iter().all(within));
        let rates = u(&counted, &periods);
        check(&rates);
        prop_assert!(rates.points.iter().all(|point| point.limits.is_none_or(|limits| limits.low >= 0.0)));
    }

    #[test]
    fn a_constant_added_moves_the_lines_with_the_points(series in series(), by in -100i32..100) {
        let by = f64::from(by);
        let moved: Vec<_> = series.iter().map(|value| value.map(|value| value + by)).collect();
        for (before, after) in xmr(&series, &[]).points.iter().zip(xmr(&moved, &[]).points) {
            for (a, b) in [(before.centre, after.centre), (before.limits.map(|l| l.low), after.limits.map(|l| l.low))] {
                prop_assert_eq!(a.is_some(), b.is_some());
                prop_assert!(a.zip(b).is_none_or(|(a, b)| (a + by - b).abs() < 1e-7));
            }
        }
    }

    #[test]
    fn another_unit_changes_nothing_and_a_mirror_changes_the_side(series in series(), periods in periods()) {
        let times = |factor: f64| -> Vec<_> { series.iter().map(|value| value.map(|value| value * factor)).collect() };
        let plain = xmr(&series, &periods);
        let scaled = xmr(&times(8.0), &periods);
        prop_assert_eq!(&plain.findings, &scaled.findings);
        for (a, b) in plain.points.iter().zip(&scaled.points) {
            prop_assert_eq!(a.limits.map(|l| 8.0 * l.high), b.limits.map(|l| l.high));
        }
        let mut mirrored = xmr(&times(-1.0), &periods).findings;
        mirrored.iter_mut().for_each(|f| f.direction = if f.direction == Up { Down } else { Up });
        prop_assert_eq!(plain.findings, mirrored);
    }

    #[test]
    fn gaps_change_nothing_about_the_known_points(series in series()) {
        let known: Vec<_> = series.iter().copied().filter(Option::is_some).collect();
        let place: Vec<usize> = (0..series.len()).filter(|&at| series[at].is_some()).collect();
        let (with, without) = (xmr(&series, &[]), xmr(&known, &[]));
        for (at, point) in without.points.iter().enumerate() {
            prop_assert_eq!(*point, with.points[place[at]]);
        }
        let mut findings = without.findings;
        findings.iter_mut().flat_map(|finding| &mut finding.points).for_each(|at| *at = place[*at]);
        prop_assert_eq!(findings, with.findings);
    }

    #[test]
    fn frozen_limits_do_not_move(series in series(), later in vec(proptest::option::of(-1e6..1e6), 1..20)) {
        let before = xmr(&series, &[]);
        let longer: Vec<_> = series.iter().chain(&later).copied().collect();
        let after = xmr(&longer, &[]);
        for (a, b) in before.points.iter().zip(&after.points) {
            prop_assert!(a.status == Status::Trial || a == b);
        }
    }
}
