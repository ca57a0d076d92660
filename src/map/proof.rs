//! The promise of a map, tried on random services: whoever knows all that is shown, where journeys
//! can begin and end, and that whatever comes to a step leaves it or ends there, cannot work out
//! how many took a way that fewer took than the floor, nor any such flow together.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use relais_analytics::process::{self, Journey, Visit};

use std::collections::BTreeMap;

use super::Flow;
use super::flow::PlaceFlow;
use super::read::shown;
use super::tests::{asked, traffic_of};
use crate::privacy::Objections;
use crate::privacy::proof::Space;
use crate::publication::Published;
use crate::publication::flows::{Flows, Sum};

const FLOOR: i64 = 10;

/// Journeys at random: mostly along the chain, some skip a step, come back, or end early.
fn service(seed: u64) -> (process::Flow, usize, i64) {
    let mut random = StdRng::seed_from_u64(seed);
    let (steps, journeys) = (random.random_range(3..=7usize), random.random_range(30..=250));
    let (skips, returns, ends) = (
        random.random_range(0.0..0.15),
        random.random_range(0.0..0.15),
        random.random_range(0.0..0.1),
    );
    let mut flow = process::Flow::default();
    for _ in 0..journeys {
        let mut at = usize::from(random.random_bool(skips));
        let mut visits = Vec::new();
        while at < steps && visits.len() < 30 {
            let now = 100 * visits.len() as i64;
            visits.push(Visit {
                step: at as u16,
                team: None,
                from: now,
                until: now + 50,
                whole: true,
            });
            at = match () {
                () if random.random_bool(ends) => break,
                () if random.random_bool(returns) => random.random_range(0..=at),
                () if random.random_bool(skips) => at + 2,
                () => at + 1,
            };
        }
        flow.add(&Journey { visits: &visits, ..Journey::default() });
    }
    (flow, steps, journeys)
}

/// How many took each way, began and ended somewhere, as it really was: from, to, count. The
/// outside is the last place.
fn truth(flow: &process::Flow, steps: usize) -> Vec<(usize, usize, i64)> {
    let handoffs = flow
        .handoffs()
        .into_iter()
        .map(|edge| (usize::from(edge.from), usize::from(edge.to), edge.count()));
    let ends = flow.steps().into_iter().flat_map(|step| {
        let at = usize::from(step.step);
        [(steps, at, step.first), (at, steps, step.last)]
    });
    handoffs.chain(ends).filter(|(.., count)| *count > 0).collect()
}

/// What an attacker knows of the flow, the ends included: which of them are shown.
fn is_shown(flow: &Flow, way: &(usize, usize, i64), steps: usize) -> bool {
    let step = |at: usize| flow.steps.iter().any(|step| step.code == code(at));
    match *way {
        (from, to, count) if from == steps => step(to) && count >= FLOOR,
        (from, to, count) if to == steps => step(from) && count >= FLOOR,
        (from, to, _) => {
            let mut handoffs = flow.handoffs.iter();
            handoffs.any(|handoff| handoff.from == code(from) && handoff.to == code(to))
        }
    }
}

fn code(at: usize) -> String {
    format!("S{at}")
}

/// All that can be computed from what is known, over these unknowns: how many leave each place by
/// handoffs that are shown, then each hidden way, then how many journeys there were.
fn known(cells: &[(usize, usize, i64)], shown: &[bool], steps: usize, counts: bool) -> Space {
    let hidden: Vec<usize> = (0..cells.len()).filter(|at| !shown[*at]).collect();
    let width = steps + 1 + hidden.len() + 1;
    let mut leaving = vec![0; steps + 1];
    cells
        .iter()
        .zip(shown)
        .filter(|(_, shown)| **shown)
        .for_each(|((from, _, count), _)| leaving[*from] += count);
    let mut rows = Vec::new();
    for place in 0..=steps {
        let mut row = vec![0; width];
        for (at, (from, to, count)) in cells.iter().enumerate() {
            let column = hidden.iter().position(|hidden| *hidden == at).map(|at| steps + 1 + at);
            for (end, sign) in [(from, 1), (to, -1)] {
                if *end != place {
                    continue;
                }
                match column {
                    Some(column) => row[column] += sign,
                    // A share of what leaves the place, as exact as it can be.
                    None => {
                        row[*from] = (row[*from] + sign * Space::ratio(*count, leaving[*from]))
                            .rem_euclid(Space::PRIME)
                    }
                }
            }
        }
        rows.push(row);
        // Of a place that nothing shown leaves, that is known; of counts that were shown, how many
        // leave.
        if leaving[place] == 0 || counts {
            rows.push((0..width).map(|at| i64::from(at == place)).collect());
        }
    }
    // How many journeys there were is known, and that all of them begin.
    rows.push((0..width).map(|at| i64::from(at == width - 1)).collect());
    let begun = |at: usize| {
        at == steps
            || hidden.get(at.wrapping_sub(steps + 1)).is_some_and(|at| cells[*at].0 == steps)
    };
    rows.push(
        (0..width).map(|at| if at == width - 1 { -1 } else { i64::from(begun(at)) }).collect(),
    );
    Space::of(&rows.into_iter().map(modular).collect::<Vec<_>>())
}

fn modular(row: Vec<i64>) -> Vec<i64> {
    row.into_iter().map(|x| x.rem_euclid(Space::PRIME)).collect()
}

/// Hidden handoffs, alone or two or three together, that fewer than the floor took and that can be
/// worked out.
fn found_out(
    cells: &[(usize, usize, i64)],
    shown: &[bool],
    steps: usize,
    counts: bool,
) -> (usize, usize) {
    let space = known(cells, shown, steps, counts);
    let hidden: Vec<usize> = (0..cells.len()).filter(|at| !shown[*at]).collect();
    let width = steps + 1 + hidden.len() + 1;
    let (mut tried, mut found) = (0, 0);
    for a in 0..hidden.len() {
        for b in a..hidden.len() {
            for c in b..hidden.len() {
                let mut together = vec![a, b, c];
                together.dedup();
                if together.iter().map(|at| cells[hidden[*at]].2).sum::<i64>() < FLOOR {
                    let target: Vec<i64> = (0..width)
                        .map(|at| i64::from(together.iter().any(|it| steps + 1 + it == at)))
                        .collect();
                    tried += 1;
                    found += usize::from(space.holds(&target));
                }
            }
        }
    }
    (tried, found)
}

/// All services, with what was tried and found of each.
fn attacked(counts: bool) -> (usize, usize) {
    let (mut tried, mut found) = (0, 0);
    for seed in 0..300 {
        let (flow, steps, _) = service(seed);
        let (published, flows) = (Published::default(), traffic_of((0..steps).map(code).collect()));
        let (question, sum) = (
            asked((0..steps).map(|at| (code(at), true)).collect()),
            Sum { flow, ..Sum::default() },
        );
        let flow = shown_of(&question, &published, &flows, &sum);
        let cells = truth(&sum.flow, steps);
        let shown: Vec<bool> = cells.iter().map(|cell| is_shown(&flow, cell, steps)).collect();
        let (some, out) = found_out(&cells, &shown, steps, counts);
        (tried, found) = (tried + some, found + out);
    }
    (tried, found)
}

/// The flow as the gate lets it through in a place of enough heads: what fewer took than the floor
/// is hidden.
fn shown_of(
    question: &crate::breakdown::request::Question,
    published: &Published,
    flows: &Flows,
    sum: &Sum,
) -> Flow {
    let flow = PlaceFlow::new(question, published, flows, sum, BTreeMap::new(), FLOOR as u64);
    let few = flow.figures().into_iter().filter(|figure| figure.answers < FLOOR as u64);
    shown(&flow, &Objections::hiding(few.map(|figure| figure.subject)))
}

#[test]
fn no_way_that_few_took_can_be_worked_out_of_a_map() {
    let (tried, found) = attacked(false);
    assert!(tried > 3_000, "{tried} hidden ways prove nothing");
    assert_eq!(found, 0, "of {tried}");
}

/// An attacker who finds nothing proves something only if they find what is there.
#[test]
fn with_counts_hidden_ways_would_be_worked_out() {
    let (tried, found) = attacked(true);
    assert!(found > 100, "{found} of {tried}");
}
