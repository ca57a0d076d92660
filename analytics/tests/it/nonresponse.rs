//! Raking against another program, and what always holds of its weights.

use crate::golden::shared;
use proptest::collection::vec;
use proptest::prelude::*;
use relais_analytics::cell::{Cell, Details, Journey, Population, Row};
use relais_analytics::nonresponse::raking::{Answers, CAP, Raking, rake};
use relais_analytics::nonresponse::{Place, Survey, if_the_silent};
use serde_json::Value;
use std::collections::BTreeMap;

#[test]
fn weights_are_those_of_the_survey_package() {
    // apiclus1 of R's survey package (Lumley): 183 schools by type and by whether they met their
    // target school-wide, raked to the 6,194 schools of California. The file has the weights; the
    // schools of each cell follow from them.
    let counts = [
        ("E", "No", 12.0),
        ("H", "No", 3.0),
        ("M", "No", 8.0),
        ("E", "Yes", 132.0),
        ("H", "Yes", 11.0),
        ("M", "Yes", 17.0),
    ];
    let types = [("E", 4421.0), ("H", 755.0), ("M", 1018.0)];
    let wide = [("No", 1072.0), ("Yes", 5122.0)];
    let Some(file) = shared("golden/r_golden.json", "weights_are_those_of_the_survey_package")
    else {
        return;
    };
    let golden: Value = serde_json::from_slice(&file).expect("the golden file is JSON");
    let cells = golden["survey"]["rake_apiclus1"]["weights_by_cell"]
        .as_array()
        .expect("there are cells")
        .clone();
    let weight = |kind: &str, met: &str| {
        let cell = cells
            .iter()
            .find(|cell| cell["stype"] == kind && cell["sch.wide"] == met)
            .expect("the cell");
        cell["w"].as_f64().expect("a weight")
    };
    for (kind, total) in types {
        let of_cells: f64 =
            counts.iter().filter(|(k, ..)| *k == kind).map(|(k, met, n)| n * weight(k, met)).sum();
        assert!(
            (of_cells - total).abs() < 0.05,
            "the file's weights add up to the {total} schools {kind}: {of_cells}"
        );
    }
    let code = |of: &str| u32::from(of.as_bytes()[0]);
    let answers =
        counts.map(|(kind, met, count)| Answers { categories: [code(kind), code(met)], count });
    let population =
        [types.map(|(k, n)| (code(k), n)).into(), wide.map(|(k, n)| (code(k), n)).into()];
    let raked = rake(&answers, &population).expect("there are schools");
    for ((kind, met, _), found) in counts.iter().zip(&raked.weights) {
        // The package stops once no margin is off by a school: here by a twenty-fifth of one, and
        // the cells by twice that share.
        assert!((found / weight(kind, met) - 1.0).abs() < 5e-5, "{kind} {met}: {found}");
    }
    assert!(raked.fit.miss < 1e-9 && raked.fit.unheard == 0.0 && raked.fit.capped == 0.0);
}

fn counts() -> impl Strategy<Value = Vec<([u32; 3], u16, u16)>> {
    vec(([0..4u32, 0..3u32, 0..5u32], 0..40u16, 0..400u16), 1..60)
}

/// Answers and the journeys of each margin.
fn survey(cells: &[([u32; 3], u16, u16)]) -> (Vec<Answers<3>>, [BTreeMap<u32, f64>; 3]) {
    let mut answers: BTreeMap<[u32; 3], f64> = BTreeMap::new();
    let mut population: [BTreeMap<u32, f64>; 3] = Default::default();
    for (categories, answered, journeys) in cells {
        if *answered > 0 {
            *answers.entry(*categories).or_default() += f64::from(*answered);
        }
        for (margin, category) in population.iter_mut().zip(categories).filter(|_| *journeys > 0) {
            *margin.entry(*category).or_default() += f64::from(*journeys);
        }
    }
    let answers =
        answers.into_iter().map(|(categories, count)| Answers { categories, count }).collect();
    (answers, population)
}

fn median(answers: &[Answers<3>], raked: &Raking) -> f64 {
    let mut each: Vec<f64> = Vec::new();
    for (group, weight) in answers.iter().zip(&raked.weights) {
        each.extend(std::iter::repeat_n(*weight, group.count as usize));
    }
    each.sort_by(f64::total_cmp);
    each[(each.len() - 1) / 2]
}

proptest! {
    #[test]
    fn weights_are_above_nothing_and_under_the_cap_and_stand_for_all_journeys(cells in counts()) {
        let (answers, population) = survey(&cells);
        let journeys: f64 = population[0].values().sum();
        let Some(raked) = rake(&answers, &population) else {
            prop_assert!(answers.is_empty() || journeys == 0.0);
            return Ok(());
        };
        let cap = CAP * median(&answers, &raked) * (1.0 + 1e-9);
        prop_assert!(raked.weights.iter().all(|weight| *weight > 0.0 && *weight <= cap), "{:?}", raked.weights);
        let sum: f64 = answers.iter().zip(&raked.weights).map(|(group, weight)| group.count * weight).sum();
        prop_assert!((sum / journeys - 1.0).abs() < 1e-9);
        let fit = raked.fit;
        prop_assert!([fit.miss, fit.unheard, fit.capped].iter().all(|share| (0.0..=1.0).contains(share)), "{:?}", fit);
    }

    #[test]
    fn margins_are_met_where_everybody_could_be_heard(cells in vec((10..40u16, 100..200u16), 60)) {
        // Somebody answered in every cell, so the margins do not contradict each other, and
        // nothing is capped.
        let all = |at: usize| [at as u32 % 4, at as u32 / 4 % 3, at as u32 / 12];
        let cells: Vec<_> = cells.iter().enumerate().map(|(at, (n, all_of))| (all(at), *n, *all_of)).collect();
        let (answers, population) = survey(&cells);
        let raked = rake(&answers, &population).expect("there are answers and journeys");
        for (m, margin) in population.iter().enumerate() {
            for (category, journeys) in margin {
                let of = answers.iter().zip(&raked.weights).filter(|(group, _)| group.categories[m] == *category);
                let met: f64 = of.map(|(group, weight)| group.count * weight).sum();
                prop_assert!((met / journeys - 1.0).abs() < 1e-8, "{met} for {journeys}");
            }
        }
        prop_assert!(raked.fit.miss < 1e-9);
    }

    #[test]
    fn the_level_lies_between_its_outcomes(outcomes in vec((0..5i64, 0..6000i64, 0..3u16, any::<bool>()), 1..80)) {
        let (mut cell, mut all) = (Cell::new(0), Population::new());
        for (loss, lateness, channel, answered) in &outcomes {
            all.add(&Journey { lateness: *lateness, channel: *channel, ..Journey::default() });
            if *answered {
                let row = Row { outcome: Some(*loss), lateness: *lateness, items: &[], time: &[] };
                cell.add_with(&row, &Details { channel: Some(*channel), ..Details::default() }).expect("in range");
            }
        }
        let mut survey = Survey::new();
        survey.answers(Place::default(), &cell, 25.0);
        survey.journeys(Place::default(), &all);
        let Some(level) = survey.rake(0.9) else {
            prop_assert_eq!(cell.count(), 0);
            return Ok(());
        };
        let answered = || outcomes.iter().filter(|(.., answered)| *answered).map(|(loss, ..)| 100.0 - 25.0 * *loss as f64);
        let [low, high] = [answered().fold(100.0, f64::min), answered().fold(0.0, f64::max)];
        prop_assert!((low - 1e-9..=high + 1e-9).contains(&level.outcome), "{level:?}");
        prop_assert!(level.effective <= cell.count() as f64 + 1e-9 && level.effective > 0.0, "{level:?}");
        let within = level.interval.is_none_or(|i| i.low <= level.outcome && level.outcome <= i.high);
        prop_assert!(within, "{level:?}");
    }
}

#[test]
fn who_could_not_be_heard_is_said() {
    let answers =
        [Answers { categories: [1], count: 5.0 }, Answers { categories: [9], count: 5.0 }];
    let raked =
        rake(&answers, &[[(1, 60.0), (2, 40.0)].into()]).expect("there are answers and journeys");
    assert_eq!(raked.fit.unheard, 0.4, "nobody of category 2 answered");
    assert_eq!(
        raked.weights,
        [10.0, 10.0],
        "category 9 has answers and no journeys: it keeps its half"
    );
    assert_eq!(rake(&[Answers { categories: [1], count: f64::NAN }], &[[(1, 1.0)].into()]), None);
    assert_eq!(rake::<1>(&[], &[[(1, 1.0)].into()]), None);
    assert_eq!(rake(&answers, &[BTreeMap::new()]), None);
}

#[test]
fn one_answer_that_stands_for_a_crowd_is_capped() {
    let answers =
        [Answers { categories: [1], count: 99.0 }, Answers { categories: [2], count: 1.0 }];
    let raked =
        rake(&answers, &[[(1, 100.0), (2, 100.0)].into()]).expect("there are answers and journeys");
    assert!((raked.weights[1] / raked.weights[0] - CAP).abs() < 1e-9, "{raked:?}");
    assert_eq!(raked.fit.capped, 0.01);
    assert!(raked.fit.miss > 0.4, "and it is said how far the margin is missed: {raked:?}");
}

#[test]
fn cells_of_before_are_weighted_by_what_they_tell() {
    // An old cell knows neither class nor channel; with an old population beside it both are one
    // category.
    let row = |outcome| Row { outcome: Some(outcome), lateness: 0, items: &[], time: &[] };
    let (mut cell, mut all) = (Cell::new(0), Population::new());
    (0..4).for_each(|i| cell.add(&row(i)).expect("in range"));
    (0..9).for_each(|_| all.add(&Journey::default()));
    let old = |bytes: Vec<u8>, format: u8, cut: usize| {
        let mut bytes = bytes[..bytes.len() - cut].to_vec();
        bytes[0] = format;
        bytes
    };
    // The margins of one kind of journey are three bytes: one key, which, how many; of timings there
    // are three counts and no credits.
    let all = Population::decode(&old(all.encode(), 0xA1, 3 + 4)).expect("the format before");
    let mut survey = Survey::new();
    survey.answers(Place::default(), &cell, 25.0);
    survey.journeys(Place::default(), &all);
    let level = survey.rake(0.9).expect("there are answers and journeys");
    assert_eq!((level.outcome, level.unweighted, level.effective), (62.5, 62.5, 4.0));
}

#[test]
fn the_silent_move_the_level_by_their_share() {
    assert_eq!(if_the_silent(70.0, 1.0, 30.0), Some(70.0), "nobody is silent");
    assert_eq!(if_the_silent(10.0, 0.5, 30.0), Some(5.0), "nobody is less happy than not at all");
    assert_eq!(if_the_silent(70.0, 1.5, 3.0), None);
    assert_eq!(if_the_silent(f64::NAN, 0.5, 3.0), None);
}
