//! Handoffs that nobody was asked about: how often the faulty pair is found, and what the usual
//! reading finds.

use proptest::collection::vec;
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand_distr::{Distribution, StandardNormal};
use relais_analytics::Sums;
use relais_analytics::pairs::{Excess, Handoffs, Pair, judge};

const TEAMS: u32 = 5;
/// The faulty pair: from team 1 to team 3.
const FAULTY: usize = 8;
/// On a scale of 0–10: what teams differ by, and one journey from another.
const TEAM: f64 = 0.3;
const JOURNEY: f64 = 2.0;
const SEEDS: u64 = 1000;

/// What each pair loses beyond its teams when one pair loses `fault` more.
fn one_fault(fault: f64) -> Vec<f64> {
    (0..(TEAMS * TEAMS) as usize).map(|at| if at == FAULTY { fault } else { 0.0 }).collect()
}

/// Five senders and five receivers of their own levels, and what each pair loses beyond.
fn simulated(journeys: usize, beyond: &[f64], seed: u64) -> Vec<Pair> {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut normal = || -> f64 { StandardNormal.sample(&mut rng) };
    let teams: Vec<f64> = (0..2 * TEAMS).map(|_| TEAM * normal()).collect();
    let mut pair = |at: u32| {
        let (sender, receiver) = (at / TEAMS, at % TEAMS);
        let mean =
            3.5 + teams[sender as usize] + teams[(TEAMS + receiver) as usize] + beyond[at as usize];
        let loss = |noise: f64| (mean + JOURNEY * noise).round().clamp(0.0, 10.0) as i64;
        Pair { sender, receiver, losses: Sums::of((0..journeys).map(|_| loss(normal()))) }
    };
    (0..TEAMS * TEAMS).map(&mut pair).collect()
}

/// The receiving team with the worst mean.
fn worst_receiver(pairs: &[Pair]) -> u32 {
    let mean = |receiver: u32| {
        let mut all = Sums::default();
        pairs
            .iter()
            .filter(|pair| pair.receiver == receiver)
            .for_each(|pair| all.merge(&pair.losses));
        all.mean().expect("it received")
    };
    (0..TEAMS).max_by(|&a, &b| mean(a).total_cmp(&mean(b))).expect("there are teams")
}

fn first(handoffs: &Handoffs) -> usize {
    let residual = |at: usize| handoffs.pairs[at].expect("it has journeys").residual;
    (0..handoffs.pairs.len())
        .max_by(|&a, &b| residual(a).total_cmp(&residual(b)))
        .expect("there are pairs")
}

/// Shares over the seeds.
#[derive(Debug)]
struct Outcome {
    /// The faulty pair has the largest residual.
    first: f64,
    /// It is named.
    named: f64,
    /// Another is.
    wrong: f64,
    /// The worst receiving team is the faulty pair's.
    usual: f64,
    /// Mean of the faulty pair's shrunken excess.
    shrunk: f64,
}

fn tried(journeys: usize, fault: f64) -> Outcome {
    let mut outcome = Outcome { first: 0.0, named: 0.0, wrong: 0.0, usual: 0.0, shrunk: 0.0 };
    for seed in 0..SEEDS {
        let pairs = simulated(journeys, &one_fault(fault), seed);
        let handoffs = judge(&pairs, 0.9).expect("there are journeys");
        let share = |holds: bool| f64::from(u8::from(holds)) / SEEDS as f64;
        outcome.first += share(first(&handoffs) == FAULTY);
        outcome.named += share(handoffs.faulty == Some(FAULTY));
        outcome.wrong += share(handoffs.faulty.is_some_and(|at| at != FAULTY));
        outcome.usual += share(worst_receiver(&pairs) == FAULTY as u32 % TEAMS);
        outcome.shrunk += handoffs.pairs[FAULTY].expect("it has journeys").shrunk / SEEDS as f64;
    }
    eprintln!("{journeys} a pair, fault {fault}: {outcome:.3?}");
    outcome
}

#[test]
fn the_faulty_pair_is_found_where_the_usual_reading_blames_another_team_in_half_the_cases() {
    let usual = tried(75, 0.9);
    assert!(usual.first >= 0.80, "{usual:?}");
    assert!(
        usual.usual <= 0.50,
        "the worst receiving team is another in half the cases: {usual:?}"
    );
    assert!(usual.wrong <= 0.03, "{usual:?}");
    let many = tried(300, 0.9);
    assert!(many.first >= 0.99 && many.named >= 0.95, "{many:?}");
    tried(25, 0.9);
}

#[test]
fn without_a_faulty_pair_hardly_ever_one_is_named() {
    for journeys in [25, 75, 300] {
        let none = tried(journeys, 0.0);
        assert!(none.named + none.wrong <= 0.06, "{none:?}");
    }
}

/// The true effects less what the teams' means have of them.
fn beyond_teams(effects: &[f64]) -> Vec<f64> {
    let side = TEAMS as usize;
    let row = |s: usize| effects[s * side..(s + 1) * side].iter().sum::<f64>() / side as f64;
    let column = |r: usize| (0..side).map(|s| effects[s * side + r]).sum::<f64>() / side as f64;
    let all = effects.iter().sum::<f64>() / effects.len() as f64;
    effects
        .iter()
        .enumerate()
        .map(|(at, effect)| effect - row(at / side) - column(at % side) + all)
        .collect()
}

#[test]
fn where_all_pairs_differ_a_little_whoever_is_named_does_lose_more() {
    for journeys in [75, 300] {
        let (mut named, mut truly, mut excess) = (0, 0, 0.0);
        for seed in 0..SEEDS {
            let mut rng = StdRng::seed_from_u64(SEEDS + seed);
            let draw = |_| 0.15 * Distribution::<f64>::sample(&StandardNormal, &mut rng);
            let effects: Vec<f64> = (0..TEAMS * TEAMS).map(draw).collect();
            let handoffs =
                judge(&simulated(journeys, &effects, seed), 0.9).expect("there are journeys");
            let Some(faulty) = handoffs.faulty else { continue };
            named += 1;
            truly += u32::from(beyond_teams(&effects)[faulty] > 0.0);
            excess += beyond_teams(&effects)[faulty];
        }
        let mean = excess / f64::from(named);
        eprintln!(
            "{journeys} a pair, all differ by 0.15: named {named} of {SEEDS}, truly {truly}, by {mean:.2}"
        );
        assert!(f64::from(truly) >= 0.97 * f64::from(named), "{truly} of {named}");
    }
}

fn pairs() -> impl Strategy<Value = Vec<Pair>> {
    let pair = (0..4u32, 0..4u32, vec(0..11i64, 0..6));
    vec(
        pair.prop_map(|(sender, receiver, losses)| Pair {
            sender,
            receiver,
            losses: Sums::of(losses),
        }),
        0..20,
    )
}

fn is_sound(handoffs: &Handoffs) -> bool {
    let number = |e: &Excess| {
        e.residual.is_finite() && e.shrunk.is_finite() && e.interval.low <= e.interval.high
    };
    let named = handoffs
        .faulty
        .is_none_or(|at| handoffs.pairs[at].is_some_and(|e| e.signal && e.residual > 0.0));
    named && handoffs.pairs.iter().flatten().all(number)
}

proptest! {
    #[test]
    fn figures_are_numbers_and_order_does_not_matter(pairs in pairs(), turn in 0..20usize) {
        let found = judge(&pairs, 0.9);
        prop_assert!(found.iter().all(is_sound));
        let turn = turn % pairs.len().max(1);
        let mut turned = pairs.clone();
        turned.rotate_left(turn);
        let again = judge(&turned, 0.9);
        prop_assert_eq!(found.is_some(), again.is_some());
        let (Some(found), Some(mut again)) = (found, again) else { return Ok(()) };
        again.pairs.rotate_right(turn);
        for (a, b) in found.pairs.iter().zip(&again.pairs) {
            prop_assert_eq!(a.is_some(), b.is_some());
            prop_assert!(a.zip(*b).is_none_or(|(a, b)| (a.residual - b.residual).abs() < 1e-7));
        }
    }

    #[test]
    fn sums_that_no_journeys_can_have_given_end_in_numbers(
        sums in vec((0..3u32, 0..3u32, any::<(i64, i64, i64)>()), 0..12),
    ) {
        let pairs: Vec<Pair> = sums
            .into_iter()
            .map(|(sender, receiver, (count, sum, squares))| Pair { sender, receiver, losses: Sums { count, sum, squares } })
            .collect();
        prop_assert!(judge(&pairs, 0.9).iter().all(is_sound));
    }
}
