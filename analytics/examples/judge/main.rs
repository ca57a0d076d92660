//! Judges the method: simulates services whose truth is known, asks the method and the usual
//! practices who is at fault, and holds the method to the lines that it must keep.
//!
//! `cargo run --release -p relais-analytics --example judge` prints the tables and exits with 1
//! when a line is missed. `-- --seeds 50` takes fewer surveys a case, `-- --quick` twenty and no
//! case of 12,000 answers; neither judges. `-- --worlds` judges the hard worlds alone.
#![expect(clippy::print_stdout, reason = "the tables are what this program is for")]
#![expect(clippy::print_stderr, reason = "what is wrong with its arguments")]

use std::process::ExitCode;
use std::time::Instant;

#[path = "../../tests/judge/mod.rs"]
mod judge;
mod reference;
mod worlds;

use judge::case::{Case, HANDOFF, PLACEBO, PLANNING, WORKSHOP};
use judge::lines::{LINES, SEEDS};
use judge::practices::PRACTICES;
use judge::table::{HEAD, row};
use judge::trial::{Measurement, measure};
use reference::Reference;
use relais_analytics::design::Design;

const CASES: [Case; 4] = [PLACEBO, HANDOFF, PLANNING, WORKSHOP];
const SIZES: [usize; 4] = [100, 500, 2_000, 12_000];
/// Surveys a row of a quick look.
const QUICK: u64 = 20;
/// Of the rated elements, by position.
const NAMES: [&str; 8] =
    ["CALL", "RECEP", "WORK", "DELIV", "CALL>RECEP", "RECEP>WORK", "WORK>DELIV", "RECEP>DELIV"];

/// How much is asked for.
struct Asked {
    seeds: u64,
    sizes: &'static [usize],
    worlds_only: bool,
}

/// One case at one size.
struct Judged {
    case: &'static Case,
    answers: usize,
    measured: Measurement,
}

fn main() -> ExitCode {
    let Some(asked) = asked(std::env::args().skip(1)) else {
        eprintln!("judge [--seeds N] [--quick] [--worlds]: N is at least 1");
        return ExitCode::from(2);
    };
    if asked.worlds_only {
        return ExitCode::from(u8::from(worlds::run(worlds::SEEDS)));
    }
    let began = Instant::now();
    let reference = Reference::read();
    let all = run(&asked, reference.as_ref());
    practices(&all, reference.as_ref());
    let missed = lines(&all) | worlds::run(asked.seeds.min(worlds::SEEDS));
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!("\n{} surveys a row on {cores} cores in {:.0?}", asked.seeds, began.elapsed());
    if asked.seeds < SEEDS || asked.sizes.len() < SIZES.len() {
        println!("A look, no judgement: that takes {SEEDS} surveys a row and every size.");
        return ExitCode::SUCCESS;
    }
    ExitCode::from(u8::from(missed))
}

fn asked(mut arguments: impl Iterator<Item = String>) -> Option<Asked> {
    let (mut seeds, mut quick, mut worlds_only) = (None, false, false);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => quick = true,
            "--worlds" => worlds_only = true,
            "--seeds" => seeds = Some(arguments.next()?.parse().ok().filter(|&seeds| seeds > 0)?),
            _ => return None,
        }
    }
    let (usual, sizes) = if quick { (QUICK, &SIZES[..3]) } else { (SEEDS, &SIZES[..]) };
    Some(Asked { seeds: seeds.unwrap_or(usual), sizes, worlds_only })
}

/// Measures every case at every size, and prints as it goes.
fn run(asked: &Asked, reference: Option<&Reference>) -> Vec<Judged> {
    println!(
        "What the method concludes (coverage of 90 % intervals, of the estimator's large-sample values and of the true size)\n"
    );
    println!("{HEAD}");
    let mut all = Vec::new();
    for case in &CASES {
        let truth = case.truth(Design::Simple { asked: 3 });
        for &answers in asked.sizes {
            let measured = measure(case, answers, &truth, asked.seeds);
            println!("{}", row(case, answers, &measured));
            if let Some(reference) = reference {
                println!("{}", reference.row(case.name, answers));
            }
            all.push(Judged { case, answers, measured });
        }
    }
    all
}

/// Prints whom the usual practices blame: the share that is right, and the element blamed most.
fn practices(all: &[Judged], reference: Option<&Reference>) {
    println!(
        "\nWhat the usual practices conclude on the same answers (share that is right; blamed most)\n"
    );
    let head = PRACTICES.map(|(_, name)| format!("{name:>25}")).join(" | ");
    println!("{:9} {:>7} | {head}", "scenario", "answers");
    for Judged { case, answers, measured } in all {
        let cells = measured.blamed.map(|blamed| {
            let right =
                case.target.map(|target| blamed.get(usize::from(target)).copied().unwrap_or(0.0));
            let right = right.map_or("-".to_owned(), |share| format!("{share:.3}"));
            let most = (0..NAMES.len())
                .max_by(|&a, &b| blamed[a].total_cmp(&blamed[b]))
                .unwrap_or_default();
            format!("{right:>5} {:>13} {:.3}", NAMES[most], blamed[most])
        });
        println!(
            "{:9} {answers:7} | {}",
            case.name,
            cells.map(|cell| format!("{cell:>25}")).join(" | ")
        );
        if let Some(reference) = reference {
            let cells = PRACTICES.map(|(name, _)| reference.practice(case.name, *answers, name));
            println!(
                "{:>17} | {}",
                "reference",
                cells.map(|cell| format!("{cell:25}")).join(" | ")
            );
        }
    }
}

/// Prints every line with what was found; true when one is missed.
fn lines(all: &[Judged]) -> bool {
    println!("\nThe lines that the method must keep\n");
    let mut missed = false;
    for line in &LINES {
        for Judged { case, answers, measured } in all {
            let Some(figure) = line.read(case, *answers, measured) else { continue };
            let verdict = if line.holds(figure) { "holds" } else { "MISSED" };
            missed |= !line.holds(figure);
            println!(
                "{verdict:6} {:22} {:9} {answers:6}: {figure:.3} in {:.2} to {:.2}",
                line.what, case.name, line.low, line.high
            );
        }
    }
    missed
}
