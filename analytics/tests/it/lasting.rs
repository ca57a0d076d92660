//! The watch of a chart: how often a quiet half year rings, what that costs, and baselines that do
//! not vary.

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand_distr::{Distribution, StandardNormal};
use relais_analytics::Direction;
use relais_analytics::chart::{
    Chart, Frequency, Lasting, Mean, Period, Rule, Sign, WATCHED_WEEKS, Watched, Weight, lasting,
    means, p, questions, u, xmr,
};

const BASELINES: [usize; 4] = [12, 18, 24, 52];
const AUTOCORRELATIONS: [f64; 3] = [0.0, 0.2, 0.4];
const SEEDS: u64 = 4_000;

/// Autocorrelated weeks of unit variance, those after the baseline shifted.
fn weeks(seed: u64, baseline: usize, autocorrelation: f64, shift: f64) -> Vec<f64> {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut normal = || -> f64 { StandardNormal.sample(&mut rng) };
    let mut last = normal();
    let fresh = (1.0 - autocorrelation * autocorrelation).sqrt();
    (0..baseline + WATCHED_WEEKS as usize)
        .map(|at| {
            let value = last;
            last = autocorrelation * last + fresh * normal();
            if at >= baseline { value + shift } else { value }
        })
        .collect()
}

fn until(baseline: usize) -> [Period; 1] {
    [Period { start: 0, baseline_until: Some(baseline) }]
}

fn watched(chart: &Chart) -> Watched {
    match lasting(chart) {
        Lasting::Watched(watched) => watched,
        Lasting::Trial => panic!("the baseline is long enough"),
    }
}

/// After how many points the watch rings, the baseline not counted.
fn rings_after(chart: &Chart, baseline: usize, directions: &[Direction]) -> Option<usize> {
    let watched = watched(chart);
    let sides = directions.iter().map(|direction| match direction {
        Direction::Up => &watched.up,
        Direction::Down => &watched.down,
    });
    sides.filter_map(|side| side.alarm).map(|alarm| alarm.at + 1 - baseline).min()
}

/// The share of series that ring, and the middle of their delays.
fn rings(baseline: usize, autocorrelation: f64, shift: f64) -> (f64, usize) {
    let both = [Direction::Up, Direction::Down];
    let directions = if shift == 0.0 { &both[..] } else { &both[..1] };
    let chart = |seed| {
        let weeks: Vec<_> =
            weeks(seed, baseline, autocorrelation, shift).into_iter().map(Some).collect();
        xmr(&weeks, &until(baseline))
    };
    let mut delays: Vec<usize> =
        (0..SEEDS).filter_map(|seed| rings_after(&chart(seed), baseline, directions)).collect();
    delays.sort_unstable();
    (delays.len() as f64 / SEEDS as f64, delays.get(delays.len() / 2).copied().unwrap_or(0))
}

#[test]
fn a_quiet_half_year_rings_in_eight_percent_at_most() {
    eprintln!("baseline  rho  quiet  1 sigma (weeks)  2 sigmas (weeks)");
    for baseline in BASELINES {
        for autocorrelation in AUTOCORRELATIONS {
            let (quiet, _) = rings(baseline, autocorrelation, 0.0);
            let [one, two] = [1.0, 2.0].map(|shift| rings(baseline, autocorrelation, shift));
            eprintln!(
                "{baseline:>8}  {autocorrelation:.1} {:>4.1} %     {:>4.1} % ({:>2})     {:>5.1} % ({:>2})",
                100.0 * quiet,
                100.0 * one.0,
                one.1,
                100.0 * two.0,
                two.1
            );
            assert!(
                quiet <= if autocorrelation > 0.2 { 0.18 } else { 0.08 },
                "{baseline}: {quiet}"
            );
            assert!(one.0 >= 0.5 && two.0 >= 0.9, "{baseline}: {one:?}, {two:?}");
        }
    }
}

/// Releases of four weeks after a baseline of such: a point is a mean of four weeks.
#[test]
fn points_of_four_weeks_are_watched_as_four_weeks() {
    let baseline = 12;
    let chart = |seed, shift: f64| {
        let weeks = weeks(seed, 4 * baseline, 0.2, shift);
        let points: Vec<_> = weeks
            .chunks_exact(4)
            .map(|four| {
                Some(Mean { value: four.iter().sum::<f64>() / 4.0, answers: 40.0, weeks: 4 })
            })
            .collect();
        means(&points, 0.0, &until(baseline))
    };
    let both = [Direction::Up, Direction::Down];
    let share = |shift| {
        let rung =
            (0..SEEDS).filter(|seed| rings_after(&chart(*seed, shift), baseline, &both).is_some());
        rung.count() as f64 / SEEDS as f64
    };
    let (quiet, shifted) = (share(0.0), share(1.0));
    eprintln!(
        "releases of four weeks: quiet {:.1} %, a shift of 1 sigma {:.1} %",
        100.0 * quiet,
        100.0 * shifted
    );
    assert!(quiet <= 0.08 && shifted > 0.6, "{quiet}, {shifted}");
    let one = chart(1, 0.0);
    assert!(one.points.iter().all(|point| point.weeks == 4));
    let plain: Vec<_> = one.points.iter().map(|point| point.value).collect();
    let xmr = xmr(&plain, &until(baseline));
    for (ours, plain) in one.points.iter().zip(&xmr.points) {
        let (ours, plain) = (ours.limits.expect("known"), plain.limits.expect("known"));
        assert!((ours.low - plain.low).abs() < 1e-9 && (ours.high - plain.high).abs() < 1e-9);
    }
}

#[test]
fn a_week_among_four_week_points_has_wider_limits_and_is_no_spike() {
    let four = |value| Some(Mean { value, answers: 40.0, weeks: 4 });
    let mut points: Vec<_> = [79.0, 81.0].into_iter().cycle().take(12).map(four).collect();
    points.extend([four(87.0), Some(Mean { value: 87.0, answers: 10.0, weeks: 1 })]);
    let chart = means(&points, 10.0, &[]);
    assert_eq!(chart.findings.len(), 1, "the four weeks stand out, the one week does not");
    assert_eq!(chart.findings[0].points, [12]);
    let [of_four, of_one] = [12, 13].map(|at| chart.points[at].sigma.expect("known"));
    assert!((of_one / of_four - 2.0).abs() < 1e-12);
}

/// The first question of each side of a chart, in words.
fn told(chart: &Chart) -> Vec<(Sign, Vec<usize>)> {
    questions(chart, &lasting(chart)).into_iter().map(|asked| (asked.seen, asked.points)).collect()
}

#[test]
fn a_fall_from_everything_kept_stands_out() {
    let weeks = |last: i64| -> Vec<_> {
        let counts = [12; 18].into_iter().chain([last]);
        counts.map(|count| Some(Frequency { count, of: 12.0 })).collect()
    };
    let fallen = p(&weeks(0), &[]);
    let limits = fallen.points[18].limits.expect("there are limits");
    assert!(limits.low > 0.8 && limits.low < 11.0 / 12.0 && limits.high == 1.0, "{limits:?}");
    assert_eq!(
        told(&fallen),
        [(Sign::Lasting, vec![18]), (Sign::Pattern(Rule::Outside), vec![18])]
    );
    assert_eq!(told(&p(&weeks(10), &[])), [(Sign::Pattern(Rule::Outside), vec![18])]);
    assert_eq!(told(&p(&weeks(11), &[])), [], "one broken promise is no question");

    let none: Vec<_> =
        [0; 18].into_iter().chain([9]).map(|count| Some(Frequency { count, of: 20.0 })).collect();
    for risen in [p(&none, &[]), u(&none, &[])] {
        assert_eq!(told(&risen).last(), Some(&(Sign::Pattern(Rule::Outside), vec![18])));
    }
}

#[test]
fn one_exception_in_a_baseline_does_not_make_its_limits_narrower() {
    let weeks = |exceptions: usize| -> Vec<_> {
        let count = |week: usize| 12 - i64::from(week < exceptions);
        (0..20).map(|week| Some(Frequency { count: count(week), of: 12.0 })).collect()
    };
    let low = |exceptions| p(&weeks(exceptions), &[]).points[19].limits.expect("known").low;
    assert!(low(1) < low(0) && low(2) < low(1), "{} {} {}", low(0), low(1), low(2));
}

#[test]
fn a_fall_of_a_mean_that_never_moved_stands_out_and_a_step_of_one_answer_does_not() {
    let weeks = |answers: f64, last: f64| -> Vec<_> {
        let values = [80.0; 25].into_iter().chain([last]);
        values.map(|value| Some(Mean { value, answers, weeks: 1 })).collect()
    };
    for answers in [1.0, 12.0, 400.0] {
        let fallen = told(&means(&weeks(answers, 20.0), 10.0, &[]));
        assert_eq!(fallen, [(Sign::Lasting, vec![25]), (Sign::Pattern(Rule::Outside), vec![25])]);
        let one_answer = weeks(answers, 80.0 - 10.0 / answers);
        assert_eq!(told(&means(&one_answer, 10.0, &[])), [], "{answers}");
    }
    assert_eq!(means(&weeks(12.0, 20.0), 0.0, &[]).points[0].limits, None, "no scale, no limits");
}

/// With single weeks that are far outside, which are told as beyond chance, too.
#[test]
fn what_is_told_as_beyond_chance_is_rare_in_quiet_half_years() {
    for (baseline, autocorrelation) in [(12, 0.0), (12, 0.2), (24, 0.2), (52, 0.2)] {
        let told = (0..SEEDS).filter(|seed| {
            let weeks = weeks(*seed, baseline, autocorrelation, 0.0);
            let chart = xmr(&weeks.into_iter().map(Some).collect::<Vec<_>>(), &until(baseline));
            let asked = questions(&chart, &lasting(&chart));
            asked.iter().any(|question| question.weight == Weight::BeyondChance)
        });
        let share = told.count() as f64 / SEEDS as f64;
        eprintln!("{baseline} {autocorrelation}: beyond chance in {:.1} %", 100.0 * share);
        assert!(share <= 0.085, "{share}");
    }
}

#[test]
fn a_single_week_far_outside_is_news_and_one_just_outside_is_a_pattern() {
    let weeks = |last: f64| -> Vec<_> {
        (0..12).map(|week| f64::from(week % 4)).chain([last]).map(Some).collect()
    };
    let weight = |last| {
        let chart = xmr(&weeks(last), &[]);
        let asked = questions(&chart, &lasting(&chart));
        asked.iter().map(|question| question.weight).collect::<Vec<_>>()
    };
    assert_eq!(weight(6.0), [Weight::Usual]);
    assert_eq!(weight(12.0), [Weight::BeyondChance], "eight sigmas, which do not last yet");
}

#[test]
fn a_watch_on_trial_says_so_and_patterns_are_told_with_their_weight() {
    let few: Vec<_> = (0..11).map(|week| Some(f64::from(week % 2))).collect();
    assert_eq!(lasting(&xmr(&few, &[])), Lasting::Trial);
    let mut weeks: Vec<_> = (0..24).map(|week| Some(f64::from(week % 2))).collect();
    weeks.extend([Some(0.75); 8]);
    let chart = xmr(&weeks, &until(24));
    let asked = questions(&chart, &lasting(&chart));
    let [shift] = &asked[..] else { panic!("seven above, and nothing beyond chance: {asked:?}") };
    assert_eq!((shift.seen, shift.weight), (Sign::Pattern(Rule::Shift), Weight::Usual));
    // The last week of the baseline was above, too: its run began there.
    assert_eq!((shift.points[0], shift.asked_at), (23, 29));
    assert!(shift.is_new(28) && !shift.is_new(29), "a run that goes on is asked about once");
}
