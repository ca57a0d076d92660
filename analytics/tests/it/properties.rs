//! What holds for every breakdown, whatever the answers.

use crate::judge::simulator::{Fault, Size};
use crate::judge::survey::{Survey, declared};
use proptest::collection::vec;
use proptest::prelude::*;
use relais_analytics::attribute::{
    Attribution, Claim, Estimate, HandoffPair, Leaders, MAXIMUM_GROUPS, RatedElement, Role, Sample,
    Scale, Stratum,
};
use relais_analytics::cell::{Cell, Journey, Population, Row};
use relais_analytics::design::{Design, Kind};
use relais_analytics::{Options, attribute};

/// One cell of one answer, and where it goes.
#[derive(Clone, Debug)]
struct Placed {
    side: Role,
    stratum: Stratum,
    group: i64,
    cell: Cell,
    population: Option<Population>,
}

/// The elements of the three variants that samples are made of; the last has none that is rated.
const VARIANTS: [&[u16]; 3] = [&[0, 1, 2, 3], &[1, 3], &[]];

fn placed(outcome_range: i64, item_range: i64) -> impl Strategy<Value = Placed> {
    let side = prop_oneof![Just(Role::Focus), Just(Role::Reference), Just(Role::Other)];
    let place = (side, 0..3u32, 0..3u32, 0..12i64);
    let answer = (
        proptest::option::weighted(0.9, 0..=outcome_range),
        prop_oneof![3 => Just(0i64), 1 => 0..9000i64],
        vec(proptest::option::weighted(0.6, 0..=item_range), 4),
        proptest::option::weighted(0.8, 0..4000i64),
    );
    (place, answer).prop_map(
        |((side, place, variant, group), (outcome, lateness, items, population))| {
            let elements = VARIANTS[variant as usize].len();
            let mut cell = Cell::new(elements);
            let time = [(9, lateness, 0)];
            let row = Row { outcome, lateness, items: &items[..elements], time: &time };
            cell.add(&row).expect("the answer is in range");
            let population = population.map(|minutes| {
                let mut all = Population::new();
                let time = [(9, minutes, 0), (1, minutes, minutes / 2)];
                all.add(&Journey {
                    lateness: minutes + minutes / 2,
                    time: &time,
                    ..Journey::default()
                });
                all
            });
            Placed {
                side,
                stratum: Stratum { place, variant, version: 1 },
                group,
                cell,
                population,
            }
        },
    )
}

fn collect<'a>(design: Design, all: impl IntoIterator<Item = &'a Placed>) -> Sample {
    let mut sample = Sample::new();
    for (number, elements) in VARIANTS.iter().enumerate() {
        let kind = |p: u16| if p < 2 { Kind::Step } else { Kind::Handoff };
        let rated = elements
            .iter()
            .map(|&position| RatedElement { position, kind: kind(position) })
            .collect();
        sample.variant(number as u32, rated).expect("sound");
    }
    sample.version(1, Scale::same(10, 4), design).expect("sound");
    for placed in all {
        sample.add(placed.side, placed.stratum, placed.group, &placed.cell).expect("it fits");
        if let Some(population) = &placed.population {
            sample.add_population(placed.side, placed.group, population);
        }
    }
    sample
}

fn options() -> Options {
    Options {
        pairs: vec![HandoffPair { handoff: 2, step: 1 }, HandoffPair { handoff: 3, step: 1 }],
        ..Options::default()
    }
}

/// Every figure of an attribution is a number, and what must add up does.
fn check(attribution: &Attribution) {
    let estimates = estimates(attribution);
    for estimate in &estimates {
        assert!(estimate.value.is_finite(), "{attribution:?}");
        assert!(
            estimate
                .interval
                .is_none_or(|i| i.low <= i.high && i.low.is_finite() && i.high.is_finite())
        );
    }
    let Some(untraced) = &attribution.untraced else {
        return;
    };
    let points = || attribution.elements.iter().filter_map(|e| e.points);
    let close = |sum: f64, whole: f64| {
        assert!((sum - whole).abs() < 1e-9 * whole.abs().max(1.0), "{sum} is not {whole}")
    };
    let shortfall = attribution.shortfall.expect("it was split").value;
    close(points().map(|p| p.level.value).sum::<f64>() + untraced.level.value, shortfall);
    close(100.0 - shortfall, attribution.outcome.expect("it was split").value);
    if let Some(gap) = attribution.gap {
        let contrasts = points().filter_map(|p| p.contrast).map(|c| c.points.value).sum::<f64>();
        let mix = attribution.mix.expect("there is a gap");
        let beside = mix.variants.value + mix.weeks.value;
        close(contrasts + beside + untraced.contrast.expect("there is a gap").value, gap.value);
    }
    for p in points() {
        assert!(p.made_up >= 0.0 && p.delay.is_finite());
        assert!(p.handoff_range.is_none_or(|s| s.low <= p.level.value && p.level.value <= s.high));
    }
}

fn estimates(attribution: &Attribution) -> Vec<Estimate> {
    let elements = attribution.elements.iter().filter_map(|e| e.points);
    let elements = elements.flat_map(|p| [Some(p.level), p.contrast.map(|c| c.points)]);
    let untraced = attribution.untraced.iter().flat_map(|u| [Some(u.level), u.contrast]);
    let whole = [attribution.outcome, attribution.shortfall, attribution.gap];
    whole.into_iter().chain(elements).chain(untraced).flatten().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn everything_adds_up_and_nothing_is_nan(all in vec(placed(10, 4), 0..420), designed in any::<bool>(), hidden in vec(0..12u16, 0..5)) {
        let design = if designed { Design::THREE } else { Design::Observed };
        let attribution = attribute(&collect(design, &all), &options());
        check(&attribution);
        check(&attribution.fold(&hidden));
    }

    #[test]
    fn answers_that_are_all_alike_are_no_trouble(one in placed(0, 0), count in 1..400usize) {
        let all = vec![one; count];
        check(&attribute(&collect(Design::Observed, &all), &options()));
    }

    #[test]
    fn order_and_grouping_into_cells_leave_no_trace(all in vec(placed(10, 4), 200..300), turn in 0..200usize) {
        let whole = attribute(&collect(Design::THREE, &all), &options());
        let mut turned = all.clone();
        turned.rotate_left(turn);
        turned.reverse();
        prop_assert_eq!(&attribute(&collect(Design::THREE, &turned), &options()), &whole);
        let (first, second) = turned.split_at(turn);
        let mut merged = first.to_vec();
        for placed in second {
            let place = |p: &Placed| (p.side, p.stratum, p.group);
            match merged.iter_mut().find(|m| place(m) == place(placed)) {
                Some(found) => {
                    found.cell.merge(&placed.cell).expect("same variant");
                    let population = found.population.get_or_insert_with(Population::new);
                    placed.population.iter().for_each(|other| population.merge(other));
                }
                None => merged.push(placed.clone()),
            }
        }
        prop_assert_eq!(attribute(&collect(Design::THREE, &merged), &options()), whole);
    }

    #[test]
    fn one_closed_sample_serves_the_reports_about_all_groups(all in vec(placed(10, 4), 200..260), many in any::<bool>()) {
        // With many groups they are hashed, and places are closed as soon as nothing more of them
        // comes.
        let grouped = |(at, placed): (usize, &Placed)| Placed { group: if many { at as i64 % 84 } else { placed.group }, ..placed.clone() };
        let mut all: Vec<Placed> = all.iter().enumerate().map(grouped).collect();
        all.sort_by_key(|placed| placed.stratum.place);
        let mut sample = collect(Design::THREE, []);
        for place in all.chunk_by(|a, b| a.stratum.place == b.stratum.place) {
            for placed in place {
                let side = if placed.side == Role::Focus { Role::Reference } else { placed.side };
                sample.add(side, placed.stratum, placed.group, &placed.cell).expect("it fits");
                placed.population.iter().for_each(|population| sample.add_population(side, placed.group, population));
            }
            sample.close(place[0].stratum.place);
        }
        sample.close_all();
        prop_assert!(sample.add(Role::Other, all[0].stratum, 0, &all[0].cell).is_err());
        let moved = (Role::Reference, Role::Focus);
        for placed in all.iter().filter(|placed| placed.side == Role::Focus) {
            sample.turn(moved, (placed.stratum.variant, placed.stratum.version), placed.group, &placed.cell);
            placed.population.iter().for_each(|population| sample.turn_population(moved, placed.group, population));
        }
        prop_assert_eq!(attribute(&sample, &options()), attribute(&collect(Design::THREE, &all), &options()));
        sample.turn_all(Role::Reference, Role::Other);
        all.iter_mut().filter(|placed| placed.side == Role::Reference).for_each(|placed| placed.side = Role::Other);
        prop_assert_eq!(attribute(&sample, &options()), attribute(&collect(Design::THREE, &all), &options()));
    }

    #[test]
    fn equal_groups_have_no_contrast(all in vec(placed(10, 4), 200..260)) {
        let on = |side| all.iter().map(move |placed| Placed { side, ..placed.clone() });
        let both: Vec<Placed> = on(Role::Focus).chain(on(Role::Reference)).collect();
        let attribution = attribute(&collect(Design::Observed, &both), &options());
        let contrasts = attribution.elements.iter().filter_map(|e| e.points?.contrast);
        for contrast in contrasts {
            prop_assert!(contrast.points.value.abs() < 1e-9);
            prop_assert!(!contrast.signal);
        }
        prop_assert!(attribution.gap.is_none_or(|gap| gap.value.abs() < 1e-9));
        let mix = attribution.mix.map_or(0.0, |mix| mix.variants.value.abs() + mix.weeks.value.abs());
        prop_assert!(mix < 1e-9);
    }

    #[test]
    fn an_element_that_everyone_rated_ideal_gets_nothing(all in vec((placed(10, 4), vec(0..5i64, 3)), 200..260)) {
        let ideal = all.into_iter().map(|(placed, items)| {
            let items: Vec<Option<i64>> = [0].iter().chain(&items).map(|&loss| Some(loss)).collect();
            let mut cell = Cell::new(4);
            let outcome = items.iter().flatten().sum::<i64>() % 11;
            cell.add(&Row { outcome: Some(outcome), lateness: outcome * 700, items: &items, time: &[] }).expect("in range");
            Placed { stratum: Stratum { variant: 0, ..placed.stratum }, cell, ..placed }
        });
        let attribution = attribute(&collect(Design::Observed, &ideal.collect::<Vec<_>>()), &Options::default());
        let points = attribution.elements[0].points.expect("there are answers enough");
        prop_assert!((points.level.value - points.delay).abs() < 1e-12);
    }

    #[test]
    fn cells_that_no_answers_can_have_given_end_in_numbers(seed in any::<u64>(), noise in vec(any::<i64>(), 8)) {
        let attribution = attribute(&nonsense(seed, &noise), &Options::default());
        prop_assert!(attribution.is_split());
        prop_assert!(estimates(&attribution).iter().all(|estimate| estimate.value.is_finite()));
    }
}

/// Cells that no answers can have given.
pub(crate) fn nonsense(seed: u64, noise: &[i64]) -> Sample {
    let mut sample = declared(Design::Observed);
    for (at, value) in noise.iter().enumerate() {
        // Five elements. Counts of 300, sums and products of anything.
        let mut bytes = vec![0xC1, 5];
        (0..28).for_each(|_| bytes.extend([0xd8, 0x04]));
        for place in 0..49 + 28 {
            let mixed =
                (value.wrapping_mul(0x9E37_79B9).wrapping_add(seed as i64).rotate_left(place)
                    as u64)
                    | 1;
            let mut rest = mixed;
            while rest >= 0x80 {
                bytes.push(rest as u8 | 0x80);
                rest >>= 7;
            }
            bytes.push(rest as u8);
        }
        bytes.extend([0, 0]);
        let cell = Cell::decode(&bytes).expect("the shape is right");
        let side = if at % 2 == 0 { Role::Focus } else { Role::Reference };
        sample
            .add(side, Stratum { place: 0, variant: 1, version: 1 }, at as i64, &cell)
            .expect("it fits");
    }
    sample
}

fn usual(fault: Fault) -> Attribution {
    let pairs =
        [(4, 1), (5, 2), (6, 3), (7, 3)].map(|(handoff, step)| HandoffPair { handoff, step });
    attribute(
        &Survey::new(fault, &Size::usual(13_333), 3).sample,
        &Options { pairs: pairs.to_vec(), ..Options::default() },
    )
}

#[test]
fn folding_everything_leaves_the_shortfall_and_no_leader() {
    let whole = usual(Fault::Slip(2, 0.45, 2.2));
    let planning = Leaders::One(10);
    assert_eq!(whole.leading_contrast, Claim::Lost(planning.clone()));
    assert_eq!(whole.leading, Some(planning));
    let (shortfall, gap) = (whole.shortfall.expect("answers"), whole.gap.expect("a reference"));
    let folded = whole.clone().fold(&(0..12).collect::<Vec<_>>());
    let untraced = folded.untraced.expect("it was split");
    let same = |a: Estimate, b: Estimate| {
        let (i, j) = (a.interval.expect("groups"), b.interval.expect("groups"));
        assert!(
            (a.value - b.value).abs() < 1e-9
                && (i.low - j.low).abs() < 1e-9
                && (i.high - j.high).abs() < 1e-9
        );
    };
    same(untraced.level, shortfall);
    let mix = whole.mix.expect("a reference");
    let contrast = untraced.contrast.expect("a reference").value;
    assert!((contrast + mix.variants.value + mix.weeks.value - gap.value).abs() < 1e-9);
    assert_eq!((folded.leading, folded.elements.len()), (None, 0));
    assert_eq!(folded.leading_contrast, Claim::Nobody);
    let without = whole.fold(&[10]);
    assert!(
        without.elements.iter().all(|e| e.position != 10)
            && !without.leading_contrast.leaders().is_some_and(|l| l.positions().contains(&10))
    );
}

#[test]
fn a_handoff_is_a_range_that_moves_points_from_the_step_to_the_handoff() {
    let whole = usual(Fault::RatedElement(5, 0.45));
    let range = |whole: &Attribution, at: usize| {
        let points = whole.elements[at].points.expect("split");
        points
            .handoff_range
            .map(|range| (range.low - points.level.value, range.high - points.level.value))
    };
    let (handoff, step) = (range(&whole, 5).expect("a range"), range(&whole, 2).expect("a range"));
    assert!(handoff.0.abs() < 1e-12 && handoff.1 > 0.1, "{handoff:?}");
    assert!((step.0 + handoff.1).abs() < 1e-9 && step.1.abs() < 1e-12, "{step:?}");
    assert_eq!(range(&whole, 0), None, "no handoff comes before the first step");
    assert_eq!(range(&whole.fold(&[5]), 2), None, "a range would tell about the hidden handoff");
}

#[test]
fn below_two_hundred_answers_only_means_are_said() {
    let size = |answering| Size { answering, ..Size::usual(1000) };
    let few = attribute(&Survey::new(Fault::None, &size(0.15), 1).sample, &Options::default());
    assert!(few.pooled < 200 && !few.is_split());
    assert!(few.elements.iter().all(|e| e.points.is_none()));
    assert!(few.elements[..7].iter().all(|e| e.asked > 0 && e.mean.is_some()));
    assert!(few.outcome.is_some_and(|o| o.interval.is_some()) && few.gap.is_some());
    assert_eq!((few.leading, few.leading_contrast), (None, Claim::Nobody));
    assert!(
        attribute(&Survey::new(Fault::None, &size(0.3), 1).sample, &Options::default()).is_split()
    );
}

#[test]
fn below_eight_replicate_groups_there_is_no_interval_and_above_thirty_they_are_hashed() {
    let all = |groups: i64| {
        let mut sample = declared(Design::Observed);
        for i in 0..600i64 {
            let mut cell = Cell::new(5);
            let items: Vec<Option<i64>> = (0..5).map(|k| Some((i * (k + 3)) % 7)).collect();
            cell.add(&Row {
                outcome: Some(i % 10),
                lateness: (i % 4) * 900,
                items: &items,
                time: &[],
            })
            .expect("in range");
            let side = if i % 3 == 0 { Role::Focus } else { Role::Reference };
            let stratum = Stratum { place: (i % 3) as u32, variant: 1, version: 1 };
            sample.add(side, stratum, (i / 3) % groups, &cell).expect("it fits");
        }
        attribute(&sample, &Options::default())
    };
    let few = all(7);
    assert!(few.is_split() && estimates(&few).iter().all(|e| e.interval.is_none()));
    assert_eq!((few.leading, few.leading_contrast), (None, Claim::Nobody));
    let enough = all(8);
    assert!(estimates(&enough).iter().all(|e| e.interval.is_some() || e.value.abs() < 1e-9));
    assert!(enough.outcome.is_some_and(|outcome| outcome.interval.is_some()));
    let many = all(150);
    assert_eq!(many.groups, MAXIMUM_GROUPS);
    check(&many);
}

#[test]
fn nothing_at_all_gives_an_empty_report() {
    let empty = attribute(&Sample::new(), &Options::default());
    assert!(empty.outcome.is_none() && empty.elements.is_empty() && !empty.is_split());
    let unanswered = attribute(&declared(Design::THREE), &Options::default());
    assert_eq!((unanswered.elements.len(), unanswered.responses, unanswered.pooled), (12, 0, 0));
    assert!(unanswered.elements.iter().all(|e| e.points.is_none() && e.mean.is_none()));
}
