//! Exact LMG of 16 elements with 30 replicates, depth first, against factorising each subset anew:
//! `cargo bench -p relais-analytics --bench importance`.
//!
//! Both run in this process, one after the other, on the same covariances and must agree. The
//! plain one is what one writes down from the formula: a Cholesky factorisation and a solve for
//! each of the 2^16 subsets, each once, in arrays of fixed size that stay in the processor's
//! cache, then Shapley's weights over all of them. It takes too long for 30 replicates, so it is
//! timed on three and scaled. Both are timed in turn several times; the fastest counts, since the
//! machine does other things too.
#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use relais_analytics::importance::{Covariance, lmg};
use std::time::{Duration, Instant};

const ELEMENTS: usize = 16;
const SIZE: usize = ELEMENTS + 1;
const REPLICATES: usize = 30;
/// Replicates that the plain enumeration is timed on.
const PLAIN: usize = 3;
/// How often each is timed.
const TIMES: usize = 7;
const LIMIT: f64 = 20.0;

/// Correlations, outcome first.
type Matrix = [[f64; SIZE]; SIZE];

fn main() {
    let mut rng = StdRng::seed_from_u64(1);
    let replicates: Vec<Matrix> = (0..REPLICATES).map(|_| correlations(&mut rng)).collect();
    // Once unmeasured each, so that both find the machine awake; and they must agree.
    let (ours, plain) = (depth_first(&replicates[0]), enumerated(&replicates[0]));
    let apart = ours.iter().zip(plain).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(apart < 1e-10, "they differ by {apart}");

    let (mut ours, mut plain) = (Duration::MAX, Duration::MAX);
    for _ in 0..TIMES {
        ours = ours.min(timed(&replicates, depth_first));
        plain = plain.min(timed(&replicates[..PLAIN], |matrix| enumerated(matrix).to_vec()));
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let ratio = plain.as_secs_f64() / ours.as_secs_f64();
    println!("{cores} cores, {}; one is used", std::env::consts::ARCH);
    println!(
        "{ELEMENTS} elements, a replicate: depth first {ours:.2?} ({REPLICATES} timed), plain {plain:.2?} ({PLAIN} timed)"
    );
    println!(
        "{REPLICATES} replicates: {:.2?} against {:.2?}",
        ours * REPLICATES as u32,
        plain * REPLICATES as u32
    );
    println!("plain / depth first = {ratio:.1} (limit {LIMIT})");
    std::process::exit(i32::from(ratio < LIMIT));
}

/// How long one replicate takes.
fn timed(replicates: &[Matrix], divide: impl Fn(&Matrix) -> Vec<f64>) -> Duration {
    let began = Instant::now();
    for matrix in replicates {
        std::hint::black_box(divide(std::hint::black_box(matrix)));
    }
    began.elapsed() / replicates.len() as u32
}

/// Correlations as ratings have them: a common factor, and an own part of each.
fn correlations(rng: &mut StdRng) -> Matrix {
    let loadings: [f64; SIZE] = std::array::from_fn(|_| rng.random_range(0.4..0.8));
    std::array::from_fn(|i| {
        std::array::from_fn(|j| if i == j { 1.0 } else { loadings[i] * loadings[j] })
    })
}

/// What the crate does, everything included: checking, eigenvalues, walk.
fn depth_first(matrix: &Matrix) -> Vec<f64> {
    let covariance = Covariance::new(ELEMENTS, matrix.as_flattened()).expect("a covariance matrix");
    lmg(&covariance).expect("few enough")
}

fn enumerated(matrix: &Matrix) -> [f64; ELEMENTS] {
    let explained: Vec<f64> =
        (0..1_u32 << ELEMENTS).map(|subset| explained(matrix, subset)).collect();
    let mut weights = [1.0 / ELEMENTS as f64; ELEMENTS];
    for size in 1..ELEMENTS {
        weights[size] = weights[size - 1] * size as f64 / (ELEMENTS - size) as f64;
    }
    std::array::from_fn(|k| {
        let without = (0..explained.len()).filter(|subset| subset >> k & 1 == 0);
        without
            .map(|s| weights[s.count_ones() as usize] * (explained[s | 1 << k] - explained[s]))
            .sum()
    })
}

/// `R²` of a subset: `L Lᵀ = S`, `L z = c`, `R² = zᵀ z`.
fn explained(matrix: &Matrix, subset: u32) -> f64 {
    let mut members = [0; ELEMENTS];
    let mut count = 0;
    for k in (0..ELEMENTS).filter(|k| subset >> k & 1 == 1) {
        members[count] = k + 1;
        count += 1;
    }
    let mut factor = [[0.0; ELEMENTS]; ELEMENTS];
    let mut solved = [0.0; ELEMENTS];
    for i in 0..count {
        for j in 0..=i {
            let dot: f64 = factor[i][..j].iter().zip(&factor[j][..j]).map(|(a, b)| a * b).sum();
            let rest = matrix[members[i]][members[j]] - dot;
            factor[i][j] = if i == j { rest.sqrt() } else { rest / factor[j][j] };
        }
        let dot: f64 = factor[i][..i].iter().zip(&solved[..i]).map(|(a, b)| a * b).sum();
        solved[i] = (matrix[0][members[i]] - dot) / factor[i][i];
    }
    solved[..count].iter().map(|z| z * z).sum()
}
