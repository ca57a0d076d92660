//! Attackers: whoever reads everything that is published, over successive weeks, of all places, and
//! puts it together as they like, learns nothing about fewer people or fewer answers than the
//! floors.
//!
//! Everything that is shown of a place is a sum over the atoms of some releases, whatever is
//! summed: answers, ratings, frictions, minutes, promises. So an attacker is linear algebra over
//! atoms, and knows nothing of what the sums are ([`house`], [`view`], [`search`], [`real`]).
//! Beside them stands one who also knows which elements add up to which total, whose journeys have
//! them, and what teams share: an organisation with everything at once ([`life`], [`truth`],
//! [`reading`], [`whole`]).

mod eyes;
mod house;
mod life;
mod reading;
mod real;
mod search;
mod settings;
mod space;
mod structure;
mod truth;
mod view;
mod whole;

use std::cell::Cell;

use proptest::test_runner::{Config, TestCaseError, TestError, TestRng, TestRunner};

use house::{House, Plan, plan};
use search::{Tally, attack};
use view::{Gate, gate};

use crate::support::figure;

/// How many random organisations are attacked.
const ORGANISATIONS: u32 = 320;

/// Attacks random organisations; the smallest plan in which something is found, with what was
/// found.
fn attacked(cases: u32, gate: Gate) -> (Tally, Option<(String, Plan)>) {
    let config =
        Config { cases, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    let random = TestRng::deterministic_rng(config.rng_algorithm);
    let total = Cell::new(Tally::default());
    let ended = TestRunner::new_with_rng(config, random).run(&plan(), |plan| {
        let mut tally = Tally::default();
        let found = attack(&House::of(&plan), gate, &mut tally);
        total.set(total.get().and(tally));
        found.map_or(Ok(()), |found| Err(TestCaseError::fail(found)))
    });
    let found = match ended {
        Ok(()) => None,
        Err(TestError::Fail(reason, plan)) => {
            Some(smallest((reason.message().to_owned(), plan), gate))
        }
        Err(TestError::Abort(reason)) => panic!("no organisation could be made: {reason}"),
    };
    (total.get(), found)
}

/// Leaves sites out and puts sites together for as long as something is found: what proptest cannot
/// do, because the floors need heads that many small sites have together.
fn smallest((mut found, mut plan): (String, Plan), gate: Gate) -> (String, Plan) {
    while let Some(smaller) = plan.smaller().into_iter().find_map(|plan| {
        let found = attack(&House::of(&plan), gate, &mut Tally::default())?;
        Some((found, plan))
    }) {
        (found, plan) = smaller;
    }
    (found, plan)
}

#[test]
fn nothing_under_a_floor_can_be_worked_out_of_random_organisations() {
    let (tally, found) = attacked(ORGANISATIONS, gate);
    if let Some((found, plan)) = found {
        panic!("{found}\n{plan:#?}");
    }
    figure(&format!("attackers: {tally}"));
    assert!(
        tally.organisations >= 300 && tally.groups > 1_000 && tally.combinations > 1_000_000,
        "{tally}"
    );
}

/// An attacker who finds nothing proves something only if they find what is there.
#[test]
fn a_gate_that_forgets_the_remainder_is_found_out_and_the_example_is_small() {
    let (_, found) = attacked(ORGANISATIONS, view::forgetful);
    let (found, plan) = found.expect("a site of few heads is its region less the others");
    figure(&format!("attackers: without the remainder rule, {found}"));
    assert!(plan.sites.len() <= 6, "{found}\n{plan:#?}");
    assert!(found.contains(" − "), "it says how: {found}");
}
