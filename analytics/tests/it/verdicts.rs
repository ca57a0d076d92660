//! Verdicts on simulated actions whose effect is known.

use proptest::collection::vec;
use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use relais_analytics::Direction;
use relais_analytics::verdict::{
    Action, Comparator, Conclusion, Verdict, Week, smallest_visible_change, verdict,
};

const TEAMS: usize = 12;
/// Points of 100: what answers differ by within a week, and what a team's weeks truly differ by.
const ANSWERS: f64 = 25.0;
const WEEKS: f64 = 3.0;

/// One kind of history, and what the action then does.
#[derive(Clone, Copy)]
struct Case {
    history: usize,
    /// The worst team is chosen by its last so many weeks.
    chosen_by: usize,
    after: usize,
    effect: f64,
    /// The first team truly fell by so much, so many weeks before the start, and is the one that
    /// acts.
    fall: Option<(usize, f64)>,
}

const USUAL: Case = Case { history: 52, chosen_by: 8, after: 8, effect: 0.0, fall: None };

/// Sums of a week: answers, their sum, their squares.
type Sums = (i64, f64, f64);

struct World {
    teams: Vec<Vec<Sums>>,
    chosen: usize,
}

fn world(case: Case, seed: u64) -> World {
    let mut rng = StdRng::seed_from_u64(seed);
    let weeks = case.history + case.after;
    let season: Vec<f64> = (0..weeks).map(|_| 3.0 * normal(&mut rng)).collect();
    let fallen = |team: usize, week: usize| match case.fall {
        Some((for_weeks, by)) if team == 0 && week + for_weeks >= case.history => -by,
        _ => 0.0,
    };
    let mut teams: Vec<Vec<Sums>> = (0..TEAMS)
        .map(|team| {
            (0..weeks)
                .map(|week| {
                    let level = 75.0 + season[week] + fallen(team, week) + WEEKS * normal(&mut rng);
                    answers(level, &mut rng)
                })
                .collect()
        })
        .collect();
    let chosen = if case.fall.is_some() {
        0
    } else {
        worst(&teams, case.history - case.chosen_by..case.history)
    };
    for sums in &mut teams[chosen][case.history..] {
        let (n, sum, squares) = *sums;
        let by = case.effect;
        *sums = (n, sum + by * n as f64, squares + 2.0 * by * sum + by * by * n as f64);
    }
    World { teams, chosen }
}

fn answers(level: f64, rng: &mut StdRng) -> Sums {
    let n = rng.random_range(8..=16);
    (0..n).fold((0, 0.0, 0.0), |(n, sum, squares), _| {
        let answer = level + ANSWERS * normal(rng);
        (n + 1, sum + answer, squares + answer * answer)
    })
}

fn normal(rng: &mut StdRng) -> f64 {
    StandardNormal.sample(rng)
}

fn pooled<'a>(sums: impl IntoIterator<Item = &'a Sums>) -> Sums {
    sums.into_iter().fold((0, 0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2))
}

fn week((n, sum, squares): Sums) -> Week {
    let count = n as f64;
    Week {
        answers: n,
        mean: sum / count,
        variance: ((squares - sum * sum / count) / (count - 1.0)).max(0.0),
    }
}

fn worst(teams: &[Vec<Sums>], weeks: std::ops::Range<usize>) -> usize {
    let mean = |team: &Vec<Sums>| week(pooled(&team[weeks.clone()])).mean;
    (0..teams.len())
        .min_by(|&a, &b| mean(&teams[a]).total_cmp(&mean(&teams[b])))
        .expect("there are teams")
}

fn judged(world: &World, start: usize, control: bool) -> Verdict {
    let focus: Vec<_> = world.teams[world.chosen].iter().map(|sums| Some(week(*sums))).collect();
    let others: Vec<_> = (0..focus.len())
        .map(|at| {
            let others = world.teams.iter().enumerate().filter(|(team, _)| *team != world.chosen);
            Some(week(pooled(others.map(|(_, weeks)| &weeks[at]))))
        })
        .collect();
    let control = control.then_some(&others[..]);
    verdict(&Action { focus: &focus, control, start, direction: Direction::Up })
}

/// What is usually done: the weeks that the team was chosen by against as many since, answer by
/// answer.
fn naive_success(world: &World, case: Case) -> bool {
    let weeks = &world.teams[world.chosen];
    let before = week(pooled(&weeks[case.history - case.chosen_by..case.history]));
    let after = week(pooled(&weeks[case.history..]));
    let error =
        (before.variance / before.answers as f64 + after.variance / after.answers as f64).sqrt();
    after.mean - before.mean > 1.96 * error
}

/// The share of seeds on which something holds.
fn share(case: Case, seeds: u64, holds: impl Fn(&World) -> bool) -> f64 {
    (0..seeds).filter(|&seed| holds(&world(case, seed))).count() as f64 / seeds as f64
}

fn moved(case: Case, seeds: u64, control: bool) -> f64 {
    share(case, seeds, |world| judged(world, case.history, control).conclusion == Conclusion::Moved)
}

#[test]
fn the_worst_of_twelve_equal_teams_has_not_moved_after_a_useless_action() {
    let naive = share(USUAL, 1000, |world| naive_success(world, USUAL));
    eprintln!(
        "useless action of the worst of twelve: before/after claims success in {:.1} %",
        100.0 * naive
    );
    assert!(naive > 0.2, "{naive}");
    for (history, chosen_by, after) in
        [(52, 8, 8), (52, 4, 12), (52, 8, 26), (26, 13, 12), (26, 26, 26), (52, 52, 8)]
    {
        let case = Case { history, chosen_by, after, ..USUAL };
        let (with, alone) = (moved(case, 1000, true), moved(case, 1000, false));
        eprintln!(
            "  {after} weeks after {history}, chosen by the last {chosen_by}: {:.1} %, without control {:.1} %",
            100.0 * with,
            100.0 * alone
        );
        assert!(with <= 0.085, "{with}");
        assert!(alone <= 0.20, "{alone}");
    }
}

#[test]
fn a_real_improvement_is_found() {
    for (effect, after, at_least) in
        [(4.0, 8, 0.15), (8.0, 8, 0.65), (8.0, 12, 0.8), (12.0, 8, 0.95)]
    {
        let of_the_worst = moved(Case { effect, after, ..USUAL }, 500, true);
        // Of a team that truly fell ten weeks before and is back; and of one that always was so
        // much lower.
        let back = moved(Case { effect, after, fall: Some((10, effect)), ..USUAL }, 500, true);
        let always_low =
            moved(Case { effect, after, fall: Some((52, effect)), ..USUAL }, 500, true);
        eprintln!(
            "{effect} points better, found after {after} weeks: worst of twelve {of_the_worst:.2}, \
             always lower {always_low:.2}, fallen before and back {back:.2}"
        );
        assert!(
            of_the_worst >= at_least && always_low >= at_least - 0.1,
            "{of_the_worst}, {always_low}"
        );
        assert!(back > 0.02);
    }
}

#[test]
fn intervals_of_a_team_that_nobody_picked_cover_its_change() {
    for (low_by, effect) in [(0.0, 0.0), (0.0, 6.0), (8.0, 6.0)] {
        let case = Case { effect, fall: Some((52, low_by)), ..USUAL };
        let covered = share(case, 1000, |world| {
            let interval = judged(world, 52, true).change.expect("there are weeks").interval;
            interval.low <= effect && effect <= interval.high
        });
        eprintln!(
            "always {low_by} lower, {effect} points better: covered in {:.1} %",
            100.0 * covered
        );
        assert!((0.92..=0.99).contains(&covered), "{covered}");
    }
}

#[test]
fn a_change_of_the_smallest_visible_size_is_seen_in_most_cases() {
    let unpicked = Case { fall: Some((52, 0.0)), ..USUAL };
    let smallest = |seed| {
        judged(&world(unpicked, seed), 52, true).change.expect("there are weeks").smallest_visible
    };
    let effect = (0..100).map(smallest).sum::<f64>() / 100.0;
    let seen = moved(Case { effect, ..unpicked }, 1000, true);
    eprintln!("the smallest visible change, {effect:.1} points, is seen in {:.0} %", 100.0 * seen);
    assert!((0.7..=0.9).contains(&seen), "{seen}");
}

#[test]
fn looking_every_week_claims_more_than_looking_once() {
    let case = Case { after: 26, ..USUAL };
    let once = moved(case, 300, true);
    let every_week = share(case, 300, |world| {
        (4..=26).any(|weeks| {
            let teams = world.teams.iter().map(|team| team[..52 + weeks].to_vec()).collect();
            judged(&World { teams, chosen: world.chosen }, 52, true).conclusion == Conclusion::Moved
        })
    });
    eprintln!(
        "useless action: moved at week 26 {:.1} %, in any of 23 weekly looks {:.1} %",
        100.0 * once,
        100.0 * every_week
    );
    assert!(every_week > once && every_week < 0.3, "{every_week}");
}

fn weeks(count: usize, answers: i64, mean: impl Fn(usize) -> f64) -> Vec<Option<Week>> {
    (0..count).map(|at| Some(Week { answers, mean: mean(at), variance: 100.0 })).collect()
}

#[test]
fn the_word_follows_from_weeks_answers_and_the_interval() {
    let focus = weeks(30, 10, |at| (at % 3) as f64 + if at < 20 { 70.0 } else { 80.0 });
    let say = |focus: &[Option<Week>], direction| {
        verdict(&Action { focus, control: None, start: 20, direction })
    };
    let up = say(&focus, Direction::Up);
    assert_eq!(
        (up.conclusion, up.comparator, up.weeks_before, up.weeks_after),
        (Conclusion::Moved, Comparator::OwnPast, 20, 10)
    );
    let down = say(&focus, Direction::Down);
    assert_eq!(down.conclusion, Conclusion::NoSignalYet);
    assert!(
        down.change.expect("there are weeks").moved(Direction::Up),
        "what went the other way is not hidden"
    );
    assert_eq!(say(&focus[..23], Direction::Up).conclusion, Conclusion::TooEarly);
    assert_eq!(
        say(&focus[..10], Direction::Up).conclusion,
        Conclusion::TooEarly,
        "it has not even started"
    );
    assert_eq!(say(&weeks(30, 2, |_| 70.0), Direction::Up).conclusion, Conclusion::TooFewAnswers);
    let mut gaps = focus.clone();
    gaps[22..].fill(None);
    assert_eq!(say(&gaps, Direction::Up).conclusion, Conclusion::TooFewAnswers);
    assert_eq!(say(&[], Direction::Up).change, None);
    let few_of_control = weeks(30, 1, |_| 75.0);
    let action = Action {
        focus: &focus,
        control: Some(&few_of_control),
        start: 20,
        direction: Direction::Up,
    };
    assert_eq!(verdict(&action).conclusion, Conclusion::TooFewAnswers);
}

#[test]
fn a_season_that_moves_everybody_is_no_success() {
    let season = |at: usize| (at % 3) as f64 + if at < 20 { 0.0 } else { 10.0 };
    let (focus, control) =
        (weeks(30, 10, |at| 70.0 + season(at)), weeks(30, 90, |at| 75.0 + season(at)));
    let action =
        Action { focus: &focus, control: Some(&control), start: 20, direction: Direction::Up };
    assert_eq!(verdict(&action).conclusion, Conclusion::NoSignalYet);
    assert_eq!(
        verdict(&Action { control: None, ..action }).conclusion,
        Conclusion::Moved,
        "which is why one wants a control"
    );
}

#[test]
fn the_smallest_visible_change_is_what_a_t_test_sees_in_four_of_five() {
    let (answers, days_differ, n, days) = (25.0, 4.0, 3.0, 28);
    let change = smallest_visible_change(answers, days_differ, n, days).expect("possible");
    let spread = f64::sqrt(answers * answers / n + days_differ * days_differ);
    let seen = (0..4000).filter(|&seed| {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut period = |level: f64| -> (f64, f64) {
            let days: Vec<f64> = (0..days).map(|_| level + spread * normal(&mut rng)).collect();
            let mean = days.iter().sum::<f64>() / days.len() as f64;
            (
                mean,
                days.iter().map(|day| (day - mean).powi(2)).sum::<f64>() / (days.len() - 1) as f64,
            )
        };
        let (before, after) = (period(0.0), period(change));
        // The t quantile of 54 degrees of freedom.
        after.0 - before.0 > 2.004_879 * ((before.1 + after.1) / days as f64).sqrt()
    });
    let seen = seen.count() as f64 / 4000.0;
    assert!((seen - 0.8).abs() < 0.03, "{seen}");
    assert_eq!(smallest_visible_change(25.0, 4.0, 3.0, 1), None);
    assert_eq!(smallest_visible_change(25.0, 4.0, 0.0, 28), None);
    assert_eq!(smallest_visible_change(f64::NAN, 4.0, 3.0, 28), None);
}

fn any_weeks() -> impl Strategy<Value = Vec<Option<Week>>> {
    let week = (0i64..40, -100.0..100.0f64, prop_oneof![3 => 0.0..900.0f64, 1 => Just(0.0)]);
    let week = week.prop_map(|(answers, mean, variance)| Week { answers, mean, variance });
    vec(proptest::option::weighted(0.85, week), 0..40)
}

proptest! {
    #[test]
    fn a_verdict_is_sound_and_means_the_same_in_any_unit(
        focus in any_weeks(), control in proptest::option::of(any_weeks()), start in 0..30usize, by in -50.0..50.0f64,
    ) {
        let judge = |times: f64, by: f64, direction| {
            let rescale = |weeks: &[Option<Week>]| -> Vec<_> {
                let one = |w: Week| Week { mean: times * w.mean + by, variance: times * times * w.variance, ..w };
                weeks.iter().map(|week| week.map(one)).collect()
            };
            let (focus, control) = (rescale(&focus), control.as_deref().map(rescale));
            verdict(&Action { focus: &focus, control: control.as_deref(), start, direction })
        };
        let plain = judge(1.0, 0.0, Direction::Up);
        prop_assert!(plain.conclusion == Conclusion::TooEarly || plain.conclusion == Conclusion::TooFewAnswers || plain.change.is_some());
        if let Some(change) = plain.change {
            let interval = change.interval;
            prop_assert!(change.baseline.is_finite() && change.smallest_visible >= 0.0);
            prop_assert!(interval.low <= change.value && change.value <= interval.high);
        }
        let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
        let shifted = judge(1.0, by, Direction::Up).change;
        prop_assert_eq!(shifted.is_some(), plain.change.is_some());
        prop_assert!(shifted.zip(plain.change).is_none_or(|(a, b)| near(a.value, b.value)));
        let mirrored = judge(-4.0, 0.0, Direction::Down);
        prop_assert_eq!(mirrored.conclusion, plain.conclusion);
        prop_assert!(mirrored.change.zip(plain.change).is_none_or(|(a, b)| near(a.value, -4.0 * b.value)
            && near(a.interval.low, -4.0 * b.interval.high) && near(a.smallest_visible, 4.0 * b.smallest_visible)));
    }

    #[test]
    fn a_week_from_sums_is_that_of_its_answers(answers in vec(0i64..100, 1..50)) {
        let n = answers.len() as f64;
        let week = Week::from_sums(answers.len() as i64, answers.iter().sum(), answers.iter().map(|a| a * a).sum());
        let week = week.expect("there are answers");
        let mean = answers.iter().sum::<i64>() as f64 / n;
        let squares: f64 = answers.iter().map(|&a| (a as f64 - mean).powi(2)).sum();
        prop_assert!((week.mean - mean).abs() < 1e-9);
        prop_assert!((week.variance * (n - 1.0) - squares).abs() < 1e-6);
        prop_assert_eq!(Week::from_sums(0, 0, 0), None);
    }
}
