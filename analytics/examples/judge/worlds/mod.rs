//! Worlds that nobody tuned the method to: who answers, how a site rates, which journeys it has.
//! The right one must be named, or nobody, or a set that holds it.

mod practices;
mod service;
mod trial;

use service::{Fault, Twist, World};
use std::time::Instant;
use trial::{Measured, measure};

/// Surveys a world, with seeds from 1,000 on.
pub(crate) const SEEDS: u64 = 60;
/// The first seed.
const FIRST_SEED: u64 = 1_000;

const HANDOFF: Fault = Fault::Rated(5, 0.45);
const STEP: Fault = Fault::Rated(2, 0.45);
const PLANNING: Fault = Fault::Slip(2);

/// Of four steps (positions 0 to 3), their handoffs (4 to 6) and promises (7 to 10), unless said
/// otherwise. Limits are shares of the surveys: at most so many name only others, at least so many
/// name a right one, at least so many intervals cover the true size; NaN where nothing is claimed.
const WORLDS: [World; 23] = [
    World::new("nothing wrong", 4, &[], Twist::None, [0.05, NONE, NONE]),
    World::new("a handoff", 4, &[HANDOFF], Twist::None, [0.05, 0.75, 0.85]),
    World::new("a step", 4, &[STEP], Twist::None, [0.05, 0.75, 0.85]),
    World::new("a promise", 4, &[PLANNING], Twist::None, [0.05, 0.95, 0.85]),
    World::new("only the angry answer", 4, &[], Twist::OnlyAngry, [0.05, NONE, NONE]),
    World::new("the same, a handoff", 4, &[HANDOFF], Twist::OnlyAngry, [0.05, NONE, NONE]),
    World::new("other people answer here", 4, &[], Twist::OtherPeople, [0.2, NONE, NONE]),
    World::new("a gloomy site", 4, &[], Twist::Gloomy, [0.2, NONE, NONE]),
    World::new("one step's scale lower", 4, &[], Twist::LowerScale, [0.1, NONE, NONE]),
    World::new("other variants here", 4, &[], Twist::OtherVariants, [0.1, NONE, NONE]),
    World::new("more rework here", 4, &[], Twist::Rework, [0.2, NONE, NONE]),
    World::new("times missing", 4, &[PLANNING], Twist::MissingTimes, [0.05, 0.9, NONE]),
    World::new("times missing where late", 4, &[PLANNING], Twist::MissingLate, [0.05, NONE, NONE]),
    World::new("rated and timed", 4, &[HANDOFF, PLANNING], Twist::None, [0.05, 0.95, NONE]),
    World::new(
        "two alike",
        4,
        &[Fault::Rated(0, 0.4), Fault::Rated(3, 0.4)],
        Twist::None,
        [0.05, 0.6, NONE],
    ),
    World::new("three steps", 3, &[Fault::Rated(1, 0.45)], Twist::None, [0.05, 0.7, 0.85]),
    World::new("twenty steps", 20, &[Fault::Rated(29, 0.6)], Twist::None, [0.1, NONE, 0.8]),
    World::new("70 % at one site", 4, &[HANDOFF], Twist::BigSite, [0.05, 0.75, 0.85]),
    World::new("at the ceiling", 4, &[HANDOFF], Twist::Ceiling, [0.05, 0.7, 0.85]),
    World::new("strong halo", 4, &[HANDOFF], Twist::StrongHalo, [0.05, 0.5, NONE]),
    World::new("a later start in a season", 4, &[], Twist::Season, [0.05, NONE, NONE]),
    World::new("the same, a handoff", 4, &[HANDOFF], Twist::Season, [0.05, 0.5, 0.85]),
    World::new("answers in bursts", 4, &[HANDOFF], Twist::Bursts, [0.1, 0.5, NONE]),
];

/// Nothing is claimed.
const NONE: f64 = f64::NAN;

/// Runs the worlds and prints what was concluded; true where a line is missed.
pub(crate) fn run(seeds: u64) -> bool {
    let began = Instant::now();
    println!(
        "\nHard worlds, {seeds} surveys each (seeds {FIRST_SEED} to {}) of about 1,800 answers",
        FIRST_SEED + seeds - 1
    );
    println!(
        "right: named alone or in a set. lost: the page says so. size: share that is measured."
    );
    println!(
        "{:26} | right wrong nobody  set  lost | size ratio cover | drop right wrong | lowest wrong | correlation wrong |",
        "world"
    );
    let mut missed = false;
    for world in &WORLDS {
        let measured = measure(world, FIRST_SEED..FIRST_SEED + seeds);
        let verdicts = verdicts(world, &measured);
        missed |= verdicts.iter().any(|(holds, _)| !holds);
        let said: Vec<String> = verdicts
            .iter()
            .map(|(holds, said)| format!("{} {said}", if *holds { "holds" } else { "MISSED" }))
            .collect();
        println!("{} | {}", row(world, &measured), said.join(", "));
    }
    println!("{:.0?} for the hard worlds", began.elapsed());
    missed
}

fn row(world: &World, m: &Measured) -> String {
    let share = |value: f64| if value.is_nan() { "-".to_owned() } else { format!("{value:.2}") };
    format!(
        "{:26} | {:>5} {:>5} {:>6} {:>4} {:>5} | {:>4} {:>5} {:>5} | {:>10} {:>5} | {:>12} | {:>17}",
        world.name,
        share(m.right),
        share(m.wrong),
        share(m.nobody),
        share(m.set),
        share(m.lost),
        share(m.sized),
        share(m.ratio),
        share(m.covered),
        share(m.practices[0].right),
        share(m.practices[0].wrong),
        share(m.practices[1].wrong),
        share(m.practices[2].wrong),
    )
}

/// Each line that is about a world, and whether it holds.
fn verdicts(world: &World, m: &Measured) -> Vec<(bool, String)> {
    let [wrong, right, cover] = world.limits;
    let mut all = vec![(m.wrong <= wrong, format!("wrong ≤ {wrong}"))];
    if !right.is_nan() {
        all.push((m.right >= right, format!("right ≥ {right}")));
    }
    if !cover.is_nan() {
        // A share of so few surveys lies below what it is in the long run by chance alone.
        let chance = 2.0 * (cover * (1.0 - cover) / m.intervals).sqrt();
        all.push((m.covered >= cover - chance, format!("cover ≥ {cover} but for chance")));
    }
    if matches!(world.twist, Twist::OnlyAngry) {
        all.push((m.sized <= 0.05, "no size".to_owned()));
    }
    all
}
