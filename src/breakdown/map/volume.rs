//! How many of 100 journeys go where, if there were no ways but those that are shown.
//!
//! From each step, journeys go on as those did whose way is shown, and begin as those did whose beginning is shown: an
//! absorbing Markov chain (Kemeny & Snell 1960), whose expected visits solve `n = s + Pᵀ n`. Where nothing is hidden
//! that is exactly what was counted, since what comes to a step leaves it or ends there. Where something is hidden, the
//! figures are functions of the shown ways' counts relative to each other, step by step, and of nothing else.

/// What is shown: counts, which leave here only relative to each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// Journeys that began at each step; 0 where that is hidden.
    pub(super) starts: Vec<i64>,
    /// Journeys that ended at each step; 0 where that is hidden.
    pub(super) ends: Vec<i64>,
    /// The ways: from, to, how often.
    pub(super) edges: Vec<(usize, usize, i64)>,
}

/// How often each way is taken and each step visited, a journey.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Volume {
    pub(super) steps: Vec<f64>,
    pub(super) edges: Vec<f64>,
}

/// As exact as anybody can read, for every chain that lets its journeys out.
const ENOUGH: f64 = 1e-9;
/// A chain that never lets them out, because all of its ends are hidden, is followed no further than this.
const ROUNDS: usize = 10_000;

impl Shown {
    /// The volumes.
    pub(super) fn volume(&self) -> Volume {
        let leaving = self.leaving();
        let share = |(from, _, count): &(usize, usize, i64)| *count as f64 / leaving[*from].max(1.0);
        let starts = self.begin();
        let mut steps = starts.clone();
        for _ in 0..ROUNDS {
            let mut next = starts.clone();
            for edge in &self.edges {
                next[edge.1] += steps[edge.0] * share(edge);
            }
            let moved = next.iter().zip(&steps).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            steps = next;
            if moved < ENOUGH {
                break;
            }
        }
        let edges = self.edges.iter().map(|edge| steps[edge.0] * share(edge)).collect();
        Volume { steps, edges }
    }

    /// What leaves each step in a way that is shown, the end of the journey included.
    fn leaving(&self) -> Vec<f64> {
        let mut leaving: Vec<f64> = self.ends.iter().map(|count| *count as f64).collect();
        self.edges.iter().for_each(|(from, _, count)| leaving[*from] += *count as f64);
        leaving
    }

    /// The share of the journeys that begins at each step. A part of the chain that no shown way leads to begins by
    /// itself, at its first step: how many come there is hidden, so it is told as if all did.
    fn begin(&self) -> Vec<f64> {
        let all: i64 = self.starts.iter().sum();
        let mut starts: Vec<f64> = self.starts.iter().map(|count| *count as f64 / all.max(1) as f64).collect();
        let mut reached: Vec<bool> = starts.iter().map(|share| *share > 0.0).collect();
        self.reach(&mut reached);
        while let Some(first) = reached.iter().position(|reached| !reached) {
            starts[first] = 1.0;
            reached[first] = true;
            self.reach(&mut reached);
        }
        starts
    }

    fn reach(&self, reached: &mut [bool]) {
        let mut grows = true;
        while grows {
            grows = false;
            for (from, to, _) in &self.edges {
                if reached[*from] && !reached[*to] {
                    (reached[*to], grows) = (true, true);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nothing_is_hidden_the_volumes_are_what_was_counted() {
        // 90 of 100 go on to the second step, 30 of them twice; 10 go straight to the third.
        let shown = Shown {
            starts: vec![100, 0, 0],
            ends: vec![0, 0, 100],
            edges: vec![(0, 1, 90), (0, 2, 10), (1, 1, 30), (1, 2, 90)],
        };
        let volume = shown.volume();
        let whole = |values: &[f64]| values.iter().map(|value| (value * 100.0).round()).collect::<Vec<_>>();
        assert_eq!(whole(&volume.steps), [100.0, 120.0, 100.0]);
        assert_eq!(whole(&volume.edges), [90.0, 10.0, 30.0, 90.0]);
    }

    #[test]
    fn a_part_that_no_shown_way_leads_to_and_one_that_lets_nobody_out_are_told_all_the_same() {
        let shown = Shown { starts: vec![50, 0, 0, 0], ends: vec![50, 0, 0, 0], edges: vec![(1, 2, 10), (2, 1, 10)] };
        let volume = shown.volume();
        assert_eq!(volume.steps[0], 1.0);
        assert!(volume.steps.iter().all(|visits| visits.is_finite()), "{volume:?}");
        assert_eq!(volume.steps[3], 1.0, "what is told alone is told as if all came there");
    }
}
