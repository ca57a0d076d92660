//! What holds for relative importance whatever the covariances, and what a sample's importance
//! finds.

use crate::judge::simulator::{Fault, RATED, Size};
use crate::judge::survey::{Survey, declared};
use crate::properties::nonsense;
use proptest::collection::vec;
use proptest::prelude::*;
use relais_analytics::attribute::{
    Estimate, MINIMUM_GROUPS, RatedElement, Role, Sample, Scale, Stratum,
};
use relais_analytics::cell::{Cell, Row};
use relais_analytics::design::{Design, Kind};
use relais_analytics::importance::{
    Covariance, Importance, ImportanceError, importance, lmg, owen,
};

/// `A Aᵀ` and a little more variance each, outcome first: covariances of some data.
fn definite(elements: usize) -> impl Strategy<Value = Vec<f64>> {
    let size = elements + 1;
    vec(-1.0..1.0f64, size * size).prop_map(move |a| {
        let row = |i: usize| &a[i * size..(i + 1) * size];
        let dot = |i: usize, j: usize| row(i).iter().zip(row(j)).map(|(x, y)| x * y).sum::<f64>();
        square(size, |i, j| dot(i, j) + if i == j { 0.05 } else { 0.0 })
    })
}

/// Any correlations at all, as few answers to each pair can give them.
fn indefinite(elements: usize) -> impl Strategy<Value = Vec<f64>> {
    let size = elements + 1;
    vec(-1.5..1.5f64, size * size)
        .prop_map(move |a| square(size, |i, j| if i == j { 1.0 } else { a[i * size + j] }))
}

/// A symmetric matrix from its lower triangle.
fn square(size: usize, at: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let entry = |e: usize| (e / size, e % size);
    (0..size * size).map(entry).map(|(i, j)| at(i.max(j), i.min(j))).collect()
}

/// Rows and columns of a matrix chosen anew.
fn chosen(matrix: &[f64], order: &[usize]) -> Vec<f64> {
    let size = matrix.len().isqrt();
    square(order.len(), |i, j| matrix[order[i] * size + order[j]])
}

fn covariance(matrix: &[f64]) -> Covariance {
    Covariance::new(matrix.len().isqrt() - 1, matrix).expect("symmetric")
}

fn shares(matrix: &[f64]) -> Vec<f64> {
    lmg(&covariance(matrix)).expect("few elements")
}

fn apart(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// Shapley's value as it is defined: the mean over all orders of what an element adds when it
/// comes.
fn by_all_orders(matrix: &[f64]) -> Vec<f64> {
    let all = covariance(matrix);
    let elements = all.elements();
    let explained = |taken: &[usize]| {
        let order: Vec<usize> = std::iter::once(0).chain(taken.iter().map(|k| k + 1)).collect();
        covariance(&chosen(matrix, &order)).explained()
    };
    let mut sums = vec![0.0; elements];
    let mut orders = vec![Vec::new()];
    for _ in 0..elements {
        let longer = |order: Vec<usize>| {
            let free: Vec<usize> = (0..elements).filter(|k| !order.contains(k)).collect();
            free.into_iter().map(move |k| [order.as_slice(), &[k]].concat())
        };
        orders = orders.into_iter().flat_map(longer).collect();
    }
    for order in &orders {
        for (at, &k) in order.iter().enumerate() {
            sums[k] += explained(&order[..=at]) - explained(&order[..at]);
        }
    }
    sums.iter().map(|sum| sum / orders.len() as f64).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn shares_add_up_to_what_is_explained_and_none_is_negative(matrix in prop_oneof![definite(7), indefinite(7)]) {
        let all = covariance(&matrix);
        let shares = shares(&matrix);
        prop_assert!(shares.iter().all(|&share| share >= 0.0 && share.is_finite()));
        prop_assert!((0.0..=1.0 + 1e-12).contains(&all.explained()));
        prop_assert!((shares.iter().sum::<f64>() - all.explained()).abs() < 1e-12);
        for (k, (first, last)) in all.first().into_iter().zip(all.last()).enumerate() {
            prop_assert!((0.0..=1.0).contains(&first) && (0.0..=1.0).contains(&last), "{k}: {first} {last}");
        }
    }

    #[test]
    fn the_walk_is_the_mean_over_all_orders(matrix in definite(4)) {
        prop_assert!(apart(&shares(&matrix), &by_all_orders(&matrix)) < 1e-10);
    }

    #[test]
    fn the_order_of_the_elements_does_not_matter(
        matrix in prop_oneof![definite(6), indefinite(6)],
        order in Just(vec![1, 2, 3, 4, 5, 6]).prop_shuffle(),
    ) {
        let found = shares(&chosen(&matrix, &[&[0], order.as_slice()].concat()));
        let whole = shares(&matrix);
        let expected: Vec<f64> = order.iter().map(|k| whole[k - 1]).collect();
        prop_assert!(apart(&found, &expected) < 1e-9);
    }

    #[test]
    fn units_do_not_matter(matrix in definite(6), units in vec(0.01..100.0f64, 7)) {
        let scaled = square(7, |i, j| matrix[i * 7 + j] * units[i] * units[j]);
        prop_assert!(apart(&shares(&scaled), &shares(&matrix)) < 1e-10);
    }

    #[test]
    fn who_is_correlated_with_nothing_explains_nothing(matrix in definite(6), at in 1..7usize) {
        let alone = square(7, |i, j| if i != j && (i == at || j == at) { 0.0 } else { matrix[i * 7 + j] });
        prop_assert_eq!(shares(&alone)[at - 1].to_bits(), 0.0f64.to_bits());
    }

    #[test]
    fn duplicates_share_equally_and_the_others_keep_the_order(matrix in definite(5), at in 1..6usize) {
        let twice = chosen(&matrix, &[0, 1, 2, 3, 4, 5, at]);
        let found = shares(&twice);
        prop_assert!((found[at - 1] - found[5]).abs() < 1e-9);
        prop_assert!((found.iter().sum::<f64>() - covariance(&matrix).explained()).abs() < 1e-9);
        prop_assert!(covariance(&twice).last()[5] < 1e-9);
    }

    #[test]
    fn one_group_or_groups_of_one_are_no_groups(matrix in prop_oneof![definite(6), indefinite(6)]) {
        let all = covariance(&matrix);
        let expected = shares(&matrix);
        let one = owen(&all, &[vec![3, 0, 5, 1, 2, 4]]).expect("one group");
        prop_assert!(apart(&one, &expected) < 1e-10);
        let alone: Vec<Vec<usize>> = (0..6).map(|k| vec![k]).collect();
        prop_assert!(apart(&owen(&all, &alone).expect("six groups"), &expected) < 1e-10);
    }

    #[test]
    fn groups_add_up_and_uncorrelated_groups_are_divided_alone(matrix in definite(6), other in definite(3)) {
        let all = covariance(&matrix);
        let found = owen(&all, &[vec![0, 4], vec![5, 2, 1], vec![3]]).expect("three groups");
        prop_assert!((found.iter().sum::<f64>() - all.explained()).abs() < 1e-12);
        // An outcome that is the sum of two that have nothing to do with each other.
        let apart_from = square(10, |i, j| match (i, j) {
            (0, 0) => matrix[0] + other[0],
            (i, j) if i < 7 && j < 7 => matrix[i * 7 + j],
            (i, 0) => other[(i - 6) * 4],
            (i, j) if i >= 7 && j >= 7 => other[(i - 6) * 4 + j - 6],
            _ => 0.0,
        });
        let found = owen(&covariance(&apart_from), &[(0..6).collect(), (6..9).collect()]).expect("two groups");
        let part = |matrix: &[f64]| shares(matrix).into_iter().map(|share| share * matrix[0] / apart_from[0]).collect::<Vec<_>>();
        prop_assert!(apart(&found, &[part(&matrix), part(&other)].concat()) < 1e-10);
    }

    #[test]
    fn what_is_always_taken_first_leaves_the_rest(matrix in definite(6), always in 0..6usize) {
        let all = covariance(&matrix);
        let beyond = all.given(&[always]).expect("it exists");
        let expected = all.explained() - all.first()[always];
        prop_assert!((beyond.explained() - expected).abs() < 1e-10);
        prop_assert!((lmg(&beyond).expect("few").iter().sum::<f64>() - expected).abs() < 1e-10);
    }
}

#[test]
fn what_does_not_vary_or_is_made_of_others_adds_nothing() {
    let constant = square(3, |i, j| [[4.0, 0.0, 0.0], [0.0, 0.0, 0.0], [2.0, 0.0, 4.0]][i][j]);
    assert!(apart(&shares(&constant), &[0.0, 0.25]) < 1e-12);
    // The third is the sum of the first two: any two of them explain the same.
    let sum = square(4, |i, j| {
        [[2.0, 0.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0], [1.0, 1.0, 1.0, 2.0]][i]
            [j]
    });
    let all = covariance(&sum);
    assert!((all.explained() - 0.5).abs() < 1e-9 && all.last().iter().all(|&last| last < 1e-9));
    assert!(apart(&shares(&sum), &by_all_orders(&sum)) < 1e-9);
}

#[test]
fn contradicting_pairs_do_not_explain_everything() {
    // Each pair alone is possible, all three together are not.
    let matrix = square(3, |i, j| if i == j { 1.0 } else { [0.0, 0.7, 0.7, -0.7][i + j] });
    let all = covariance(&matrix);
    assert!((0.5..0.9).contains(&all.explained()), "{}", all.explained());
    // The repair is continuous: where the contradiction begins, it changes nothing.
    let at = |r: f64| {
        covariance(&square(3, |i, j| if i == j { 1.0 } else { [0.0, 0.6, 0.6, r][i + j] }))
            .explained()
    };
    assert!(
        (at(-0.28 + 1e-7) - at(-0.28 - 1e-7)).abs() < 1e-4,
        "{} {}",
        at(-0.28 + 1e-7),
        at(-0.28 - 1e-7)
    );
}

/// `p` elements that correlate alike explain `p c² / (1 + (p − 1) r)` and share it equally.
#[test]
fn twenty_elements_are_divided_exactly_and_forty_in_stages() {
    let correlation = |i: usize, j: usize| {
        if i == j {
            1.0
        } else if j == 0 {
            0.3
        } else {
            0.25
        }
    };
    let alike = |elements: usize| covariance(&square(elements + 1, correlation));
    let each = |elements: usize| vec![0.09 / (1.0 + (elements as f64 - 1.0) * 0.25); elements];
    assert!(apart(&lmg(&alike(20)).expect("twenty"), &each(20)) < 1e-10);
    let stages: Vec<Vec<usize>> =
        (0..8).map(|stage| (stage * 5..stage * 5 + 5).collect()).collect();
    assert!(apart(&owen(&alike(40), &stages).expect("eight stages"), &each(40)) < 1e-10);
}

#[test]
fn what_cannot_be_divided_says_how_to_mend_it() {
    let uncorrelated = |elements: usize| {
        let matrix = square(elements + 1, |i, j| {
            if i == j {
                1.0
            } else if j == 0 {
                0.1
            } else {
                0.0
            }
        });
        covariance(&matrix)
    };
    assert_eq!(lmg(&uncorrelated(21)), Err(ImportanceError::Ungrouped(21)));
    let large = vec![(0..20).collect(), vec![20]];
    let refused = ImportanceError::TooLarge { group: 0, elements: 20, others: 1 };
    assert_eq!(owen(&uncorrelated(21), &large), Err(refused));
    assert_eq!(owen(&uncorrelated(3), &[vec![0, 1]]), Err(ImportanceError::Element(2)));
    assert_eq!(owen(&uncorrelated(3), &[vec![0, 1], vec![1, 2]]), Err(ImportanceError::Element(1)));
    assert_eq!(owen(&uncorrelated(3), &[vec![0, 1, 2, 3]]), Err(ImportanceError::Element(3)));
    assert_eq!(uncorrelated(3).given(&[3]), Err(ImportanceError::Element(3)));
    assert!(matches!(
        Covariance::new(1, &[1.0; 3]),
        Err(ImportanceError::Shape { expected: 4, found: 3, .. })
    ));
    assert_eq!(
        Covariance::new(1, &[1.0, 0.5, 0.4, 1.0]),
        Err(ImportanceError::Entry { row: 1, column: 0 })
    );
    assert_eq!(
        Covariance::new(1, &[1.0, f64::NAN, f64::NAN, 1.0]),
        Err(ImportanceError::Entry { row: 1, column: 0 })
    );
    assert_eq!(
        Covariance::new(1, &[1.0, 0.0, 0.0, -1.0]),
        Err(ImportanceError::Entry { row: 1, column: 1 })
    );
    assert_eq!(Covariance::new(1, &[0.0, 0.0, 0.0, 1.0]), Err(ImportanceError::Constant));
}

/// Every figure is a number, and the shares and lateness add up to what is explained.
fn check(importance: &Importance) {
    let shares = importance.elements.iter().filter_map(|element| element.share);
    let figures: Vec<Estimate> = shares.chain([importance.lateness]).collect();
    let possible = |e: &Estimate| {
        (0.0..=1.0 + 1e-9).contains(&e.value)
            && e.interval.is_none_or(|i| 0.0 <= i.low && i.low <= i.high && i.high <= 1.0)
    };
    assert!(figures.iter().chain([&importance.explained]).all(possible), "{importance:?}");
    let sum: f64 = figures.iter().map(|figure| figure.value).sum();
    assert!((sum - importance.explained.value).abs() < 1e-9, "{importance:?}");
}

#[test]
fn a_simulated_service_is_divided_and_importance_is_no_blame() {
    let found = |fault| {
        importance(&Survey::new(fault, &Size::usual(80_000), 5).sample, 0.9, &[])
            .expect("8 elements")
            .expect("answers")
    };
    let usual = found(Fault::None);
    check(&usual);
    assert_eq!(usual.elements.len(), RATED);
    let share = |of: &Importance, k: usize| of.elements[k].share.expect("it was rated");
    assert!(
        usual.lateness.value > 0.01
            && usual.elements.iter().all(|e| e.share.is_some_and(|s| s.value > 0.005))
    );
    assert!((0..RATED).all(|k| share(&usual, k).interval.is_some()));
    // What fails often at one site differs more between customers.
    let faulty = found(Fault::RatedElement(5, 0.45));
    check(&faulty);
    assert!(share(&faulty, 5).value > share(&usual, 5).value);
}

#[test]
fn few_answers_have_no_importance() {
    let few = Size { answering: 0.15, ..Size::usual(1000) };
    assert_eq!(importance(&Survey::new(Fault::None, &few, 1).sample, 0.9, &[]), Ok(None));
    assert_eq!(importance(&declared(Design::THREE), 0.9, &[]), Ok(None));
}

/// So many elements of which each answer rates all, the first of them decisive, in so many
/// replicate groups.
fn rated(elements: u16, answers: i64, groups: i64) -> Sample {
    let mut sample = Sample::new();
    let step = |position| RatedElement { position, kind: Kind::Step };
    sample.variant(0, (0..elements).map(step).collect()).expect("sound");
    sample.version(0, Scale::same(10, 4), Design::Observed).expect("sound");
    for i in 0..answers {
        let mut cell = Cell::new(elements.into());
        let mixed = |k: i64| (i * (2 * k + 7) + i * i * (k + 3) / 5 + i / (k + 2)).rem_euclid(5);
        let items: Vec<Option<i64>> = (0..elements.into()).map(|k| Some(mixed(k))).collect();
        cell.add(&Row {
            outcome: Some(mixed(0) + mixed(90)),
            lateness: 0,
            items: &items,
            time: &[],
        })
        .expect("in range");
        let stratum = Stratum { place: 0, variant: 0, version: 0 };
        sample.add(Role::Focus, stratum, i % groups, &cell).expect("it fits");
    }
    sample
}

#[test]
fn many_elements_need_stages_and_a_stage_too_many_has_no_interval() {
    let many = rated(24, 700, 10);
    assert_eq!(importance(&many, 0.9, &[]), Err(ImportanceError::Ungrouped(24)));
    assert_eq!(importance(&many, 0.9, &[vec![99]]), Err(ImportanceError::Ungrouped(24)));
    // The last four stand in no stage: each is alone.
    let stages: Vec<Vec<u16>> = (0..4).map(|stage| (stage * 5..stage * 5 + 5).collect()).collect();
    let found = importance(&many, 0.9, &stages).expect("8 groups").expect("answers");
    check(&found);
    let first = found.elements[0].share.expect("it was rated");
    assert!(found.elements[1..].iter().all(|e| e.share.is_some_and(|s| s.value < first.value)));
    assert!(first.interval.is_some_and(|i| i.low > 0.1));
    let twice = [stages, vec![vec![3]]].concat();
    assert_eq!(importance(&many, 0.9, &twice), Err(ImportanceError::Element(3)));

    let intervals = |elements| {
        let found =
            importance(&rated(elements, 300, 10), 0.9, &[]).expect("few enough").expect("answers");
        check(&found);
        found.explained.interval.is_some()
            && found.elements.iter().all(|e| e.share.is_some_and(|s| s.interval.is_some()))
    };
    assert!(intervals(16) && !intervals(17));
}

#[test]
fn below_eight_replicate_groups_importance_has_no_interval() {
    let groups =
        |groups| importance(&rated(3, 300, groups), 0.9, &[]).expect("few").expect("answers");
    assert!(groups(MINIMUM_GROUPS as i64 - 1).explained.interval.is_none());
    assert!(groups(MINIMUM_GROUPS as i64).explained.interval.is_some());
}

#[test]
fn what_nobody_rated_has_no_share_and_what_never_varies_none_of_it() {
    let mut sample = Sample::new();
    let step = |position| RatedElement { position, kind: Kind::Step };
    sample.variant(0, vec![step(0), step(1), step(2)]).expect("sound");
    sample.version(0, Scale::same(10, 4), Design::Observed).expect("sound");
    for i in 0..400_i64 {
        let mut cell = Cell::new(3);
        let items = [Some(i % 5), None, Some(2)];
        cell.add(&Row { outcome: Some(i % 5 + i % 3), lateness: 90, items: &items, time: &[] })
            .expect("in range");
        let stratum = Stratum { place: 0, variant: 0, version: 0 };
        sample.add(Role::Other, stratum, i / 40, &cell).expect("it fits");
    }
    let found = importance(&sample, 0.9, &[]).expect("few").expect("answers");
    check(&found);
    assert_eq!((found.elements[1].share, found.elements[1].asked), (None, 0));
    let nothing = found.elements[2].share.expect("it was rated");
    assert!(nothing.value.abs() < 1e-12 && found.lateness.value.abs() < 1e-12);
    assert!(found.elements[0].share.is_some_and(|share| share.value > 0.5));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn importance_of_cells_that_no_answers_can_have_given_is_a_number(seed in any::<u64>(), noise in vec(any::<i64>(), 8)) {
        if let Some(found) = importance(&nonsense(seed, &noise), 0.9, &[]).expect("few") {
            check(&found);
        }
    }

    #[test]
    fn importance_is_never_nan(answers in vec((0..12i64, 0..11i64, prop_oneof![Just(0i64), 0..9000i64], vec(proptest::option::weighted(0.3, 0..5i64), 5)), 200..300)) {
        let mut sample = Sample::new();
        let step = |position| RatedElement { position, kind: Kind::Step };
        sample.variant(0, (0..5).map(step).collect()).expect("sound");
        sample.variant(1, (1..3).map(step).collect()).expect("sound");
        sample.version(0, Scale::same(10, 4), Design::Simple { asked: 2 }).expect("sound");
        for (at, (group, outcome, lateness, items)) in answers.iter().enumerate() {
            let variant = at % 2;
            let items = if variant == 0 { &items[..] } else { &items[1..3] };
            let mut cell = Cell::new(items.len());
            cell.add(&Row { outcome: Some(*outcome), lateness: *lateness, items, time: &[] }).expect("in range");
            let stratum = Stratum { place: at as u32 % 40, variant: variant as u32, version: 0 };
            sample.add(Role::Focus, stratum, *group, &cell).expect("it fits");
        }
        if let Some(found) = importance(&sample, 0.9, &[]).expect("few") {
            check(&found);
        }
    }
}
