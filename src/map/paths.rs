//! Whole paths, and the journeys that were rescued on them.

use relais_analytics::attribute::Estimate;
use relais_analytics::interval::Interval;
use std::collections::BTreeMap;

use relais_analytics::cell::Counts;
use relais_analytics::{process, rescued};

use super::flow::{PlaceFlow, of_100};
use super::{Path, Rescue};
use crate::breakdown::LEVEL;
use crate::breakdown::request::Question;
use crate::element::Element;
use crate::error::Result;
use crate::privacy::Objections;
use crate::publication::Published;

/// How many paths are told one by one: more are read by nobody.
const TOLD: usize = 12;
/// The two-sided quantile of the normal law for [`LEVEL`]: a path is told from ten answers on.
const SPREAD: f64 = 1.645;

/// The paths that enough journeys took, all of whose steps and handoffs are shown. Their shares are
/// of each other: with those of all journeys the rest would be known.
pub(super) fn paths(flow: &PlaceFlow<'_>, objections: &Objections) -> Vec<Path> {
    let told = |path: process::StepSequence| {
        let steps: Vec<String> =
            flow.flows.path(path.sequence)?.into_iter().map(str::to_owned).collect();
        (flow.enough(path.journeys()) && is_shown(&steps, objections)).then_some((path, steps))
    };
    let mut told: Vec<(process::StepSequence, Vec<String>)> =
        flow.flow.sequences().into_iter().filter_map(told).collect();
    told.sort_by(|a, b| b.0.journeys().cmp(&a.0.journeys()).then_with(|| a.1.cmp(&b.1)));
    let all = told.iter().map(|(path, _)| path.journeys()).sum();
    let path = |(path, steps): (process::StepSequence, Vec<String>)| {
        Some(Path {
            of_100: of_100(path.journeys(), all),
            skipped: skipped(flow, &steps),
            repeated: repeated(&steps),
            duration: flow.times(&path.duration)?,
            waiting: flow.times(&path.waiting)?,
            outcome: outcome(flow, &path),
            steps,
        })
    };
    told.into_iter().take(TOLD).filter_map(path).collect()
}

fn is_shown(steps: &[String], objections: &Objections) -> bool {
    let single = steps.iter().map(|step| Element::Step(step.clone()));
    let pairs = steps.windows(2).map(|pair| Element::Handoff(pair[0].clone(), pair[1].clone()));
    single.chain(pairs).all(|element| objections.to(&element).is_none())
}

/// The frontstage steps of the blueprint that a path does not have.
fn skipped(flow: &PlaceFlow<'_>, steps: &[String]) -> Vec<String> {
    let frontstage = flow.question.blueprint.steps.iter().filter(|step| step.frontstage);
    frontstage.map(|step| &step.code).filter(|code| !steps.contains(code)).cloned().collect()
}

fn repeated(steps: &[String]) -> Vec<String> {
    let mut repeated: Vec<String> = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        if steps[..at].contains(step) && !repeated.contains(step) {
            repeated.push(step.clone());
        }
    }
    repeated
}

/// The mean outcome with its interval, in whole points.
fn outcome(flow: &PlaceFlow<'_>, path: &process::StepSequence) -> Option<Estimate> {
    let (mut answers, mut sum, mut squares) = (0i64, 0.0, 0.0);
    for outcome in &path.outcomes {
        let range =
            f64::from(flow.published.versions.get(&i32::from(outcome.version))?.outcome_range);
        answers += outcome.answers;
        sum += 100.0 * outcome.loss as f64 / range;
        squares += 1e4 * outcome.squares as f64 / (range * range);
    }
    if !flow.enough(answers) {
        return None;
    }
    let count = answers as f64;
    let mean = sum / count;
    let reach = SPREAD * ((squares / count - mean * mean).max(0.0) / (count - 1.0)).sqrt();
    let (low, high) = ((100.0 - mean - reach).max(0.0), (100.0 - mean + reach).min(100.0));
    Some(Estimate {
        value: (100.0 - mean).round(),
        interval: Some(Interval { low: low.round(), high: high.round() }),
    })
}

/// What answers tell beside their ratings, by variant.
pub(super) fn counts(question: &Question, published: &Published) -> Result<BTreeMap<i32, Counts>> {
    let mut sums: BTreeMap<i32, Counts> = BTreeMap::new();
    for cell in published.answers(|atom| published.is_in(atom, &question.partition)) {
        let cell = cell?;
        sums.entry(cell.variant).or_default().merge(cell.state.counts());
    }
    Ok(sums)
}

/// Rescued journeys by variant, which is as far as answers tell the way of their journeys; those of
/// which enough met trouble and all steps are shown.
pub(super) fn rescues(flow: &PlaceFlow<'_>, objections: &Objections) -> Vec<Rescue> {
    let published = flow.published;
    let rescue = |(variant, counts): (&i32, &Counts)| {
        let positions = published.variants.get(variant)?;
        let elements: Vec<&Element> =
            positions.iter().filter_map(|at| published.catalogue.get(at)).collect();
        let found = rescued::rescued(counts, LEVEL)?;
        let saved = found.rescued.filter(|saved| flow.enough(saved.of))?;
        let mut steps: Vec<String> = elements.iter().filter_map(|it| step(it)).collect();
        steps.sort_by_key(|code| flow.question.blueprint.position(code));
        let open = elements.iter().all(|element| objections.to(element).is_none());
        let (trouble, saved) =
            (of_100(found.trouble.count, found.trouble.of), of_100(saved.count, saved.of));
        open.then_some((found.trouble.of, Rescue { steps, trouble, saved }))
    };
    let mut rescues: Vec<(i64, Rescue)> = flow.counts.iter().filter_map(rescue).collect();
    rescues.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.steps.cmp(&b.1.steps)));
    rescues.into_iter().take(TOLD).map(|(_, rescue)| rescue).collect()
}

fn step(element: &Element) -> Option<String> {
    match element {
        Element::Step(code) => Some(code.clone()),
        _ => None,
    }
}
