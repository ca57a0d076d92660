//! The acceptance of the method: 200 seeds a case, 15 % answer, three elements asked, as the reference measured itself.

use crate::golden::{numbers, shared};
use crate::simulator::{Fault, Size, sample, usual_size};
use relais_analytics::attribute::{Attribution, Estimate};
use relais_analytics::design::Design;
use relais_analytics::{Options, Sample, attribute};
use serde_json::Value;

const SEEDS: u64 = 200;

struct Case {
    name: &'static str,
    fault: Fault,
    /// The position that is at fault.
    target: Option<u16>,
}

const PLACEBO: Case = Case { name: "placebo", fault: Fault::None, target: None };
const HANDOFF: Case = Case { name: "handoff", fault: Fault::Rated(5, 0.45), target: Some(5) };
const PLANNING: Case = Case { name: "planning", fault: Fault::Slip(2, 0.45, 2.2), target: Some(10) };
const WORKSHOP: Case = Case { name: "workshop", fault: Fault::Rated(2, 0.45), target: Some(2) };

/// Shares of the seeds.
#[derive(Default)]
struct Measured {
    top: f64,
    named: f64,
    misled: f64,
    gap_covered: f64,
    contrasts_covered: f64,
    levels_covered: f64,
}

#[test]
fn placebo_names_nobody() {
    for measured in measure(&PLACEBO) {
        assert!(measured.misled <= 0.02, "a wrong leader in {}", measured.misled);
    }
}

#[test]
fn a_handoff_fault_is_found() {
    let [few, many] = measure(&HANDOFF);
    assert!(few.top >= 0.75 && many.top >= 0.97);
}

#[test]
fn planning_is_found_though_customers_blame_the_workshop() {
    let [few, many] = measure(&PLANNING);
    assert!(few.top >= 0.98 && many.top >= 0.98);
}

#[test]
fn a_workshop_fault_is_not_explained_away() {
    let [few, many] = measure(&WORKSHOP);
    assert!(few.top >= 0.75 && many.top >= 0.97);
}

/// A case at about 500 and at about 2,000 answers.
fn measure(case: &Case) -> [Measured; 2] {
    let limit = figures(&attribute(&asked_of_all(case, Design::Simple { asked: 3 }), &Options::default()));
    [500, 2000].map(|answers| measure_at(case, answers, &limit))
}

/// Runs a case, prints its figures, and holds the coverages to what every case must reach.
fn measure_at(case: &Case, answers: usize, limit: &Figures) -> Measured {
    let size = usual_size(answers * 100 / 15);
    let mut sum = Measured::default();
    for seed in 0..SEEDS {
        let attribution = attribute(&sample(case.fault, &size, seed), &Options::default());
        let found = figures(&attribution);
        let top = found.contrasts.iter().enumerate().take(12).max_by(|a, b| a.1.value.total_cmp(&b.1.value));
        let top = top.map(|(at, _)| attribution.elements[at].position);
        sum.top += share(case.target.is_some() && top == case.target);
        sum.named += share(attribution.leading_contrast.is_some() && attribution.leading_contrast == case.target);
        sum.misled += share(attribution.leading_contrast.is_some() && attribution.leading_contrast != case.target);
        sum.gap_covered += covered(&[found.gap], &[limit.gap]);
        sum.contrasts_covered += covered(&found.contrasts[..12], &limit.contrasts[..12]);
        sum.levels_covered += covered(&found.levels, &limit.levels);
    }
    let measured = sum.scaled(1.0 / SEEDS as f64);
    eprintln!(
        "{} at {answers}: top {:.3} named {:.3} misled {:.3}; covered: gap {:.3} contrasts {:.3} levels {:.3}",
        case.name,
        measured.top,
        measured.named,
        measured.misled,
        measured.gap_covered,
        measured.contrasts_covered,
        measured.levels_covered
    );
    assert!((0.85..=0.95).contains(&measured.gap_covered), "the gap's interval covers {}", measured.gap_covered);
    assert!(measured.levels_covered >= 0.85, "the levels' intervals cover {}", measured.levels_covered);
    measured
}

/// For the estimator's own large-sample value: everybody answers, days do not differ.
fn asked_of_all(case: &Case, design: Design) -> Sample {
    sample(case.fault, &Size { journeys: 400_000, answering: 1.0, days: 0.0, design }, 77)
}

/// The large-sample values are those of the reference, and no design moves them: weights put right what it skews.
#[test]
fn the_large_sample_values_are_the_references_whatever_is_asked() {
    let test = "the_large_sample_values_are_the_references_whatever_is_asked";
    let Some(file) = shared("sim/mc_results.json", test) else { return };
    let golden: Value = serde_json::from_slice(&file).expect("the results are JSON");
    let (three, all) = (Design::Three, Design::Simple { asked: 7 });
    for (case, design) in [(PLACEBO, three), (HANDOFF, three), (HANDOFF, all), (PLANNING, all), (WORKSHOP, three)] {
        let expected = &golden["limit"][case.name];
        let found = figures(&attribute(&asked_of_all(&case, design), &Options::default()));
        let off = |found: &[Estimate], name: &str| {
            let pairs = found.iter().zip(numbers(&expected[name]));
            pairs.map(|(found, expected)| (found.value - 10.0 * expected).abs()).fold(0.0, f64::max)
        };
        let (levels, contrasts) = (off(&found.levels, "level"), off(&found.contrasts, "contrast"));
        eprintln!("{} with {design:?}: levels off by {levels:.3}, contrasts by {contrasts:.3}", case.name);
        assert!(levels < 0.3 && contrasts < 0.3, "of 100 points");
    }
}

/// What is covered or not.
struct Figures {
    gap: Estimate,
    /// Twelve elements, then the untraced.
    levels: Vec<Estimate>,
    contrasts: Vec<Estimate>,
}

fn figures(attribution: &Attribution) -> Figures {
    let points = || attribution.elements.iter().filter_map(|element| element.points);
    let untraced = attribution.untraced.as_ref().expect("there are answers enough");
    let none = Estimate { value: 0.0, interval: None };
    let contrast = |points: relais_analytics::attribute::Points| points.contrast.map_or(none, |c| c.points);
    Figures {
        gap: attribution.gap.expect("there is a reference"),
        levels: points().map(|points| points.level).chain([untraced.level]).collect(),
        contrasts: points().map(contrast).chain(untraced.contrast).collect(),
    }
}

fn covered(found: &[Estimate], limit: &[Estimate]) -> f64 {
    let hit = |(found, limit): (&Estimate, &Estimate)| {
        share(found.interval.is_some_and(|i| (i.low..=i.high).contains(&limit.value)))
    };
    found.iter().zip(limit).map(hit).sum::<f64>() / found.len() as f64
}

fn share(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

impl Measured {
    fn scaled(self, by: f64) -> Self {
        Self {
            top: self.top * by,
            named: self.named * by,
            misled: self.misled * by,
            gap_covered: self.gap_covered * by,
            contrasts_covered: self.contrasts_covered * by,
            levels_covered: self.levels_covered * by,
        }
    }
}
