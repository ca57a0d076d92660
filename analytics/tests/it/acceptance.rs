//! The acceptance of the method, at the sizes that a continuous build can afford. The judge prints
//! all of it.

use crate::golden::{numbers, shared};
use crate::judge::case::{Case, HANDOFF, PLACEBO, PLANNING, WORKSHOP};
use crate::judge::lines::{LINES, SEEDS};
use crate::judge::practices::PRACTICES;
use crate::judge::table::{HEAD, row};
use crate::judge::trial::{Measurement, measure};
use relais_analytics::Options;
use relais_analytics::attribute::Estimate;
use relais_analytics::design::Design;
use serde_json::Value;

#[test]
fn placebo_names_nobody_and_the_lowest_score_would_blame_the_workshop() {
    let lowest = PRACTICES
        .iter()
        .position(|(name, _)| *name == "lowest_step_score")
        .expect("it is one of them");
    for measured in judge(&PLACEBO) {
        let workshop = measured.blamed[lowest][2];
        assert!(workshop > 0.4 && measured.ours.misled < workshop / 10.0, "{workshop}");
    }
}

#[test]
fn a_handoff_fault_is_found() {
    judge(&HANDOFF);
}

#[test]
fn planning_is_found_though_customers_blame_the_workshop() {
    let [_, many] = judge(&PLANNING);
    assert!(
        many.ratings_only.top < 0.01 && many.ratings_only.misled > 0.05,
        "without the log the culprit is not found, and even our own method names another at times"
    );
    assert!(
        many.blamed.iter().all(|blamed| blamed[2] > 0.2 || blamed[3] > 0.9),
        "{:?}",
        many.blamed
    );
}

#[test]
fn a_workshop_fault_is_not_explained_away() {
    judge(&WORKSHOP);
}

/// A case at about 500 and at about 2,000 answers, held to every line that is about it.
fn judge(case: &Case) -> [Measurement; 2] {
    let truth = case.truth(Design::Simple { asked: 3 });
    eprintln!("{HEAD}");
    [500, 2_000].map(|answers| {
        let measured = measure(case, answers, &truth, SEEDS);
        eprintln!("{}", row(case, answers, &measured));
        for line in &LINES {
            if let Some(figure) = line.read(case, answers, &measured) {
                assert!(line.holds(figure), "{} at {answers}: {} {figure}", case.name, line.what);
            }
        }
        measured
    })
}

/// The large-sample values are those of the reference, and no design moves them: weights put right
/// what it skews.
#[test]
fn the_large_sample_values_are_the_references_whatever_is_asked() {
    let test = "the_large_sample_values_are_the_references_whatever_is_asked";
    let Some(file) = shared("sim/mc_results.json", test) else { return };
    let golden: Value = serde_json::from_slice(&file).expect("the results are JSON");
    let (three, all) = (Design::THREE, Design::Simple { asked: 7 });
    for (case, design) in
        [(PLACEBO, three), (HANDOFF, three), (HANDOFF, all), (PLANNING, all), (WORKSHOP, three)]
    {
        let expected = &golden["limit"][case.name];
        // The reference's contrasts are by the slopes of covariances, and of the sides as they are.
        let options = Options { raking_moves: true, like_with_like: false, ..Options::default() };
        let truth = case.truth_by(design, &options);
        let found = truth.figures.split.expect("there are answers enough");
        let off = |found: &[Estimate], name: &str| {
            let pairs = found.iter().zip(numbers(&expected[name]));
            pairs.map(|(found, expected)| (found.value - 10.0 * expected).abs()).fold(0.0, f64::max)
        };
        let (levels, contrasts) = (off(&found.levels, "level"), off(&found.contrasts, "contrast"));
        let cost = truth.cost - 10.0 * expected["truth_all_journeys"].as_f64().expect("a figure");
        eprintln!(
            "{} with {design:?}: levels off by {levels:.3}, contrasts by {contrasts:.3}, cost by {cost:.3}",
            case.name
        );
        assert!(levels < 0.3 && contrasts < 0.3 && cost.abs() < 0.15, "of 100 points");
    }
}
