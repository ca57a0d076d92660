//! Questionnaires ask outcome, steps and handoffs on scales of their own; what they cost must not
//! depend on that.

use proptest::collection::vec;
use proptest::prelude::*;
use relais_analytics::attribute::{
    Attribution, Estimate, RatedElement, Role, Sample, SampleError, Scale, Stratum,
};
use relais_analytics::cell::{Cell, Row};
use relais_analytics::design::{Design, Kind};
use relais_analytics::{Options, attribute};

/// Role, week, version and the losses of outcome, step, handoff and a second step.
type Answer = (bool, i64, bool, i64, [Option<i64>; 3]);

fn answers() -> impl Strategy<Value = Vec<Answer>> {
    let item = |most: i64| proptest::option::weighted(0.7, 0..=most);
    let items =
        (item(4), item(3), item(4)).prop_map(|(step, handoff, other)| [step, handoff, other]);
    vec((any::<bool>(), 0..12i64, any::<bool>(), 0..=4i64, items), 240..300)
}

/// Each version on a scale of its own, with its losses multiplied so that they stand on it.
fn split(answers: &[Answer], versions: [(Scale, [i64; 3]); 2]) -> Attribution {
    let mut sample = Sample::new();
    let rated = |(position, kind)| RatedElement { position, kind };
    let elements = [(0, Kind::Step), (1, Kind::Handoff), (2, Kind::Step)].map(rated);
    sample.variant(0, elements.to_vec()).expect("sound");
    for (number, (scale, _)) in (1..).zip(versions) {
        sample.version(number, scale, Design::Observed).expect("sound");
    }
    for &(here, week, second, outcome, [step, handoff, other]) in answers {
        let (scale, [whole, of_step, of_handoff]) = versions[usize::from(second)];
        let items = [
            step.map(|x| x * of_step),
            handoff.map(|x| x * of_handoff),
            other.map(|x| x * of_step),
        ];
        let mut cell = Cell::of_ranges(&scale.ranges(&elements));
        cell.add(&Row { outcome: Some(outcome * whole), lateness: 0, items: &items, time: &[] })
            .expect("in range");
        let side = if here { Role::Focus } else { Role::Reference };
        let stratum =
            Stratum { place: u32::from(here), variant: 0, version: 1 + u32::from(second) };
        sample.add(side, stratum, week, &cell).expect("it fits");
    }
    attribute(&sample, &Options::default())
}

fn figures(attribution: &Attribution) -> Vec<f64> {
    let estimate = |estimate: Estimate| {
        let interval = estimate.interval.map(|interval| [interval.low, interval.high]);
        [estimate.value].into_iter().chain(interval.into_iter().flatten())
    };
    let of_elements = attribution.elements.iter().flat_map(|element| {
        let points = element.points.into_iter();
        let levels = points.flat_map(|points| {
            [Some(points.level), points.contrast.map(|contrast| contrast.points)]
        });
        element.mean.into_iter().chain(levels.flatten().flat_map(estimate))
    });
    let whole = [attribution.shortfall, attribution.gap].into_iter().flatten().flat_map(estimate);
    of_elements.chain(whole).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn scales_of_their_own_cost_what_the_same_losses_on_one_scale_cost(answers in answers()) {
        // Five points and three frictions, beside another tool's losses on twelve; or everything
        // on twelve.
        let (ours, twelve) = (Scale { outcome: 4, step: 4, handoff: 3 }, Scale::same(12, 12));
        let apart = split(&answers, [(ours, [1, 1, 1]), (twelve, [3, 3, 4])]);
        let alike = split(&answers, [(twelve, [3, 3, 4]), (twelve, [3, 3, 4])]);
        prop_assert!(apart.is_split());
        let (apart, alike) = (figures(&apart), figures(&alike));
        prop_assert_eq!(apart.len(), alike.len());
        for (one, other) in apart.iter().zip(&alike) {
            prop_assert!((one - other).abs() < 1e-9 * other.abs().max(1.0), "{one} is not {other}");
        }
    }
}

#[test]
fn a_handoff_with_every_friction_that_counts_is_worth_nothing() {
    let answers: Vec<Answer> =
        (0..240).map(|n| (true, n % 12, false, n % 5, [Some(1), Some(3), Some(4)])).collect();
    let ours = Scale { outcome: 4, step: 4, handoff: 3 };
    let attribution = split(&answers, [(ours, [1, 1, 1]), (ours, [1, 1, 1])]);
    let means: Vec<f64> = attribution.elements.iter().filter_map(|element| element.mean).collect();
    assert_eq!(means, [75.0, 0.0, 0.0]);
}

#[test]
fn every_scale_has_a_range() {
    let version = |outcome, step, handoff| {
        Sample::new().version(7, Scale { outcome, step, handoff }, Design::Observed)
    };
    assert_eq!(version(4, 4, 3), Ok(()));
    for without in [version(0, 4, 3), version(4, 0, 3), version(4, 4, 0)] {
        assert_eq!(without, Err(SampleError::Scale(7)));
    }
}
