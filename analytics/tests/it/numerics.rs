//! Where figures could break: nothing varies, nobody was asked, covariances contradict each other.

use relais_analytics::attribute::{Points, RatedElement, Role, Scale, Stratum};
use relais_analytics::cell::{Cell, Row};
use relais_analytics::design::{Design, Kind};
use relais_analytics::interval::Interval;
use relais_analytics::lateness::LONGEST;
use relais_analytics::{Attribution, Options, Sample, attribute};

const ELEMENTS: usize = 3;
const PROMISE: u16 = 9;
const GROUPS: i64 = 12;

/// One answer: outcome, lateness, items.
type Answer = (i64, i64, [Option<i64>; ELEMENTS]);

/// The breakdown of 30 answers a group, made by group and number.
fn breakdown(answer: impl Fn(i64, i64) -> Answer) -> Attribution {
    let mut sample = Sample::new();
    let step = |position| RatedElement { position, kind: Kind::Step };
    sample.variant(0, (0..ELEMENTS as u16).map(step).collect()).expect("the variant is sound");
    sample.version(0, Scale::same(10, 4), Design::Observed).expect("the scale is sound");
    sample.timed(PROMISE);
    for group in 0..GROUPS {
        let mut cell = Cell::new(ELEMENTS);
        for n in 0..30 {
            let (outcome, lateness, items) = answer(group, n);
            let time = [(PROMISE, lateness, 0)];
            cell.add(&Row { outcome: Some(outcome), lateness, items: &items, time: &time })
                .expect("in range");
        }
        sample
            .add(Role::Focus, Stratum { place: 0, variant: 0, version: 0 }, group, &cell)
            .expect("it fits");
    }
    attribute(&sample, &Options::default())
}

/// The points of an element, whose figures are all numbers.
fn points(breakdown: &Attribution, position: u16) -> Points {
    let element = breakdown
        .elements
        .iter()
        .find(|element| element.position == position)
        .expect("it is reported");
    let points = element.points.expect("there are answers enough");
    let finite = |interval: Interval| interval.low.is_finite() && interval.high.is_finite();
    assert!(points.level.value.is_finite() && points.level.interval.is_none_or(finite));
    points
}

/// Losses that vary from answer to answer, and what they cost together.
fn losses(group: i64, n: i64) -> ([i64; ELEMENTS], i64) {
    let losses = [n % 5, (n / 5 + group) % 5, (n * n + group) % 5];
    (losses, losses.iter().sum::<i64>() / 2)
}

fn surely_above_zero(points: &Points) -> bool {
    points.level.interval.is_some_and(|interval| interval.low > 0.0)
}

#[test]
fn lateness_that_does_not_vary_explains_nothing_however_long_it_is() {
    for lateness in [0, 1, 2_880, LONGEST] {
        let breakdown = breakdown(|group, n| {
            let (losses, outcome) = losses(group, n);
            (outcome, lateness, losses.map(Some))
        });
        let late = points(&breakdown, PROMISE);
        assert!(
            late.level.value.abs() < f64::MIN_POSITIVE && late.delay.abs() < f64::MIN_POSITIVE,
            "{late:?}"
        );
        assert_eq!(late.level.interval, None, "that nothing was seen is not that nothing is lost");
        assert!(surely_above_zero(&points(&breakdown, 0)), "the ratings are not touched by it");
    }
}

#[test]
fn lateness_that_varies_in_one_group_only_is_not_sure() {
    let late_in = |groups: i64| {
        breakdown(move |group, n| {
            let (losses, outcome) = losses(group, n);
            let days = if group < groups { n % 3 } else { 0 };
            (outcome + days, days * 1_440, losses.map(Some))
        })
    };
    let (one, all) = (points(&late_in(1), PROMISE), points(&late_in(GROUPS), PROMISE));
    assert!(
        one.level.value > 0.0 && !surely_above_zero(&one),
        "without that group its slope is 0: {one:?}"
    );
    assert!(surely_above_zero(&all), "{all:?}");
}

#[test]
fn an_element_rated_in_one_group_only_is_not_sure_and_leaves_the_others_alone() {
    let asked_in = |groups: i64| {
        breakdown(move |group, n| {
            let (losses, outcome) = losses(group, n);
            let [first, second, third] = losses.map(Some);
            (outcome, 0, [first.filter(|_| group < groups), second, third])
        })
    };
    let (one, all) = (asked_in(1), asked_in(GROUPS));
    assert!(points(&one, 0).level.value > 0.0 && !surely_above_zero(&points(&one, 0)), "{one:?}");
    assert!(surely_above_zero(&points(&all, 0)));
    assert!((1..ELEMENTS as u16).all(|position| surely_above_zero(&points(&one, position))));
}

#[test]
fn covariances_that_contradict_each_other_give_no_slope_above_the_elements_own() {
    // Alone, each loss goes with the outcome; asked in pairs, the two pull fully against each
    // other. No answers to all three could do that: wᵀ S w is below 0.
    let breakdown = breakdown(|_, n| {
        let (loss, mut items) = (n / 6 % 5, [None; ELEMENTS]);
        let (k, l) = [(0, 1), (1, 2), (2, 0)][(n % 3) as usize];
        items[k] = Some(loss);
        if n % 6 < 3 {
            items[l] = Some(4 - loss);
            return (4, 0, items);
        }
        (2 * loss, 0, items)
    });
    for position in 0..ELEMENTS as u16 {
        let element = &breakdown.elements[usize::from(position)];
        let lost = 100.0 - element.mean.expect("it was rated");
        let slope = points(&breakdown, position).level.value / lost;
        // Of three answers that rate it, two are in pairs and do not move the outcome: 20/25
        // points a point, by 3.
        assert!(slope > 0.0 && slope <= 0.8 / 3.0 + 1e-9, "{slope}");
    }
}
