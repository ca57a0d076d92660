//! Handoffs that nobody was asked about: which pair of teams loses something that neither of the
//! two explains.
//!
//! A team that receives from a careless sender has poor outcomes without being at fault, and the
//! other way round. So the mean outcome loss of the journeys that went from team `s` to team `r`
//! is fitted by an effect of each:
//!
//! ```text
//! ȳ_sr = μ + a_s + b_r + u_sr + e_sr          weights by the number of journeys
//! ```
//!
//! (an additive two-way fit: Searle 1971, chapter 7), and the pair is judged by what is left. The
//! residual is tested one-sided, `t = r/√(var e − var fit)` (internally studentised: Cook &
//! Weisberg 1982), adjusted over all pairs (Holm 1979), and shrunk: `û` is the best linear
//! prediction of `u`, whose variance over the pairs is Paule & Mandel's as in
//! [`shrinkage`](crate::shrinkage).
//!
//! Measured on five senders and five receivers, one pair of which costs 0.9 of ten points: at 75
//! journeys a pair it has the largest residual in 85 % of the cases and is named in 56 %, another
//! in 2 %; at 300 it is always named. Without a faulty pair one is named in 5 %. The usual reading
//! of the same journeys, the receiving team with the worst mean, is another team in 64 %, and
//! where it is the pair's receiver it blames a team for what happens between two.
//!
//! # What it cannot see
//!
//! A sender that is careless towards everybody is a sender's effect, not a pair's. Two senders and
//! two receivers have one residual among them, the same for the faulty pair and the pair across:
//! such a tie names nobody. The test says that a pair loses more, not that it matters: where all
//! pairs differ a little anyway (by 0.15 points), at 300 journeys a pair one is named in 61 % of
//! the cases. It does lose more, by 0.2 points: read the excess beside the name.

use crate::attribute::claims::holm;
use crate::interval::{Interval, normal_quantile, t_tail};
use crate::shrinkage::{Measurement, Model, measured};
use crate::sums::{Sums, Within};
use nalgebra::DMatrix;
use std::collections::BTreeMap;

/// A pair whose residual has less than this share of its error's variance is fitted exactly:
/// nothing is left to judge.
const LEAST_LEFT: f64 = 1e-9;
/// Test statistics that differ by less than this are the same.
const TIE: f64 = 1e-9;

/// The journeys that went from one team to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The team before the handoff.
    pub sender: u32,
    /// The team after it. A team that does both may have one number: its two effects are apart.
    pub receiver: u32,
    /// Their outcome losses: more is worse. Each pair is given once.
    pub losses: Sums,
}

/// What a pair loses beyond what its sender and its receiver explain, in the outcome's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Excess {
    /// The residual: mean loss less the additive fit. Part of a fault hides in the fit, more where
    /// there are few pairs.
    pub residual: f64,
    /// The residual, shrunk: cautious, for among many equal pairs one fault is known to be rare.
    pub shrunk: f64,
    /// The interval of the shrunk value, at the level asked for.
    pub interval: Interval,
    /// Whether the one-sided Holm-adjusted test at 5 % holds over all pairs: it does lose more.
    pub signal: bool,
}

/// All pairs, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Handoffs {
    /// In the order given; `None` for a pair without journeys, or that the fit follows exactly: a
    /// sender's only pair.
    pub pairs: Vec<Option<Excess>>,
    /// The pair with the clearest excess, if it is a signal and no other pair ties with it.
    pub faulty: Option<usize>,
}

/// Judges the pairs of a handoff; `level` is the two-sided level of the intervals, such as 0.9.
///
/// `None` where nothing can be judged: no pair has two journeys, senders and receivers explain
/// every mean (as with one sender), all journeys came out alike, or the level is outside (0, 1).
/// The cost is pairs × (senders + receivers)².
///
/// ```
/// use relais_analytics::Sums;
/// use relais_analytics::pairs::{Pair, judge};
///
/// // Receiver 2 is worse with everybody, sender 1 too; only the pair 1 → 0 is worse than both
/// // explain.
/// let pair = |sender: u32, receiver: u32| {
///     let fault = if (sender, receiver) == (1, 0) { 3 } else { 0 };
///     let loss = 2 + i64::from(sender == 1) + i64::from(receiver == 2) + fault;
///     Pair { sender, receiver, losses: Sums::of((0..40).map(|i| loss + i % 3 - 1)) }
/// };
/// let pairs: Vec<Pair> = (0..9).map(|i| pair(i / 3, i % 3)).collect();
/// let handoffs = judge(&pairs, 0.9).expect("there are journeys enough");
/// assert_eq!(handoffs.faulty, Some(3));
/// let pair = handoffs.pairs[3].expect("it was judged");
/// assert!((pair.residual - 3.0 * 4.0 / 9.0).abs() < 1e-9 && pair.signal);
/// assert!(handoffs.pairs[5].is_some_and(|p| !p.signal), "1 → 2 is no worse than its teams");
/// ```
pub fn judge(pairs: &[Pair], level: f64) -> Option<Handoffs> {
    let z = normal_quantile(level)?;
    let sums: Vec<Sums> = pairs.iter().map(|pair| pair.losses).collect();
    let within = Within::of(&sums).filter(|within| within.variance > 0.0)?;
    let (met, means): (Vec<usize>, Vec<Measurement>) =
        measured(&sums).into_iter().enumerate().filter_map(|(i, mean)| Some((i, mean?))).unzip();
    let model = Model::new(&means, design(&met.iter().map(|&i| pairs[i]).collect::<Vec<_>>()))?;
    let tests = residuals(&model, &means)?;
    let chances: Vec<f64> = tests
        .iter()
        .map(|t| t.map_or(f64::NAN, |t| t_tail(t.studentised, within.degrees as usize)))
        .collect();
    let signals = holm(&chances);
    let predictions = model.predict(model.paule_mandel())?;
    let excess = |at: usize| {
        let (test, prediction) = (tests[at]?, predictions[at]);
        let interval = Interval::around(prediction.apart, z * prediction.apart_error());
        Some(Excess {
            residual: test.residual,
            shrunk: prediction.apart,
            interval,
            signal: signals[at],
        })
    };
    let mut judged = vec![None; pairs.len()];
    met.iter().enumerate().for_each(|(at, &pair)| judged[pair] = excess(at));
    let faulty = clearest(&tests).filter(|&at| signals[at]).map(|at| met[at]);
    Some(Handoffs { pairs: judged, faulty })
}

/// One column for each sender and each receiver; that a constant can move between the two does not
/// matter to the fit.
fn design(pairs: &[Pair]) -> DMatrix<f64> {
    let mut columns = BTreeMap::new();
    for pair in pairs {
        for team in [(false, pair.sender), (true, pair.receiver)] {
            let next = columns.len();
            columns.entry(team).or_insert(next);
        }
    }
    let mut design = DMatrix::zeros(pairs.len(), columns.len());
    for (row, pair) in pairs.iter().enumerate() {
        design[(row, columns[&(false, pair.sender)])] = 1.0;
        design[(row, columns[&(true, pair.receiver)])] = 1.0;
    }
    design
}

/// A residual and how many of its standard errors it is.
#[derive(Clone, Copy)]
struct Test {
    residual: f64,
    studentised: f64,
}

/// The residuals of the additive fit; `None` for what it follows exactly.
fn residuals(model: &Model, means: &[Measurement]) -> Option<Vec<Option<Test>>> {
    let fit = model.fit_by_errors()?;
    let test = |i: usize| {
        let (residual, own) = (means[i].mean - fit.fitted[i], model.variances()[i]);
        let left = own - fit.uncertainty[i];
        let studentised = residual / left.sqrt();
        (left > LEAST_LEFT * own && studentised.is_finite())
            .then_some(Test { residual, studentised })
    };
    Some((0..means.len()).map(test).collect())
}

/// The largest statistic, unless the next is the same.
fn clearest(tests: &[Option<Test>]) -> Option<usize> {
    let mut order: Vec<(f64, usize)> = tests
        .iter()
        .enumerate()
        .filter_map(|(i, test)| Some((test.as_ref()?.studentised, i)))
        .collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let &(largest, first) = order.first()?;
    let tied = order.get(1).is_some_and(|&(next, _)| largest - next <= TIE * largest.abs());
    (!tied).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(senders: u32, receivers: u32, loss: impl Fn(u32, u32) -> i64) -> Vec<Pair> {
        let pair = |sender, receiver| {
            let losses = Sums::of((0..30).map(|i| loss(sender, receiver) + i % 3));
            Pair { sender, receiver, losses }
        };
        (0..senders)
            .flat_map(|s| (0..receivers).map(move |r| (s, r)))
            .map(|(s, r)| pair(s, r))
            .collect()
    }

    #[test]
    fn teams_that_are_bad_with_everybody_leave_no_residual() {
        let found = judge(&grid(4, 3, |s, r| i64::from(2 * s + 5 * r)), 0.9).expect("journeys");
        assert!(
            found
                .pairs
                .iter()
                .flatten()
                .all(|p| p.residual.abs() < 1e-9 && p.shrunk.abs() < 1e-9 && !p.signal)
        );
        assert_eq!((found.pairs.len(), found.faulty), (12, None));
    }

    #[test]
    fn two_by_two_is_a_tie_and_names_nobody() {
        let found =
            judge(&grid(2, 2, |s, r| if (s, r) == (0, 1) { 9 } else { 0 }), 0.9).expect("journeys");
        assert!(
            found.pairs[1].is_some_and(|p| p.signal) && found.pairs[2].is_some_and(|p| p.signal)
        );
        assert_eq!(found.faulty, None);
    }

    #[test]
    fn what_senders_and_receivers_explain_is_not_judged() {
        assert_eq!(judge(&grid(1, 5, |_, r| i64::from(r)), 0.9), None);
        assert_eq!(judge(&[], 0.9), None);
        let mut pairs = grid(3, 3, |s, r| i64::from(s * r));
        pairs.push(Pair { sender: 7, receiver: 1, losses: Sums::of([4, 5]) });
        pairs.push(Pair { sender: 8, receiver: 1, losses: Sums::default() });
        let found = judge(&pairs, 0.9).expect("journeys");
        assert!(found.pairs[8].is_some());
        assert_eq!(
            (found.pairs[9], found.pairs[10]),
            (None, None),
            "the only pair of a sender, and one without journeys"
        );
    }
}
