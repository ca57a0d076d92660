//! How many of 100 journeys go where, if there were no flow but those that enough journeys take.
//!
//! From each step, journeys go on as those did whose way is counted here, and begin as those did
//! whose beginning is: an absorbing Markov chain (Kemeny & Snell 1960), whose expected visits solve
//! `n = s + Pᵀ n`. Where nothing is left out that is exactly what happened, since what comes to a
//! step leaves it or ends there. Where something is, the figures are functions of the other
//! handoffs' counts relative to each other, step by step, and of nothing else.

/// What is counted: it leaves here only relative to each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    /// Journeys that began at each step; 0 where they are too few.
    pub(super) starts: Vec<i64>,
    /// Journeys that ended at each step; 0 where they are too few.
    pub(super) ends: Vec<i64>,
    /// The handoffs: from, to, how often.
    pub(super) handoffs: Vec<(usize, usize, i64)>,
}

/// How often each step is visited and each way taken, a journey; `None` of what no counted way
/// leads to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Volume {
    pub(super) steps: Vec<Option<f64>>,
    pub(super) handoffs: Vec<Option<f64>>,
}

/// As exact as anybody can read, for every chain that lets its journeys out.
const ENOUGH: f64 = 1e-9;
/// A chain that never lets them out, because all of its ends are left out, is followed no further
/// than this.
const ROUNDS: usize = 10_000;

impl Counted {
    /// The volumes.
    pub(super) fn volume(&self) -> Volume {
        let leaving = self.leaving();
        let share =
            |(from, _, count): &(usize, usize, i64)| *count as f64 / leaving[*from].max(1.0);
        let starts = self.begin();
        let mut steps = starts.clone();
        for _ in 0..ROUNDS {
            let mut next = starts.clone();
            for handoff in &self.handoffs {
                next[handoff.1] += steps[handoff.0] * share(handoff);
            }
            let moved = next.iter().zip(&steps).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            steps = next;
            if moved < ENOUGH {
                break;
            }
        }
        let reached = self.reached(&starts);
        let told = |at: usize, volume: f64| reached[at].then_some(volume);
        let handoffs = self
            .handoffs
            .iter()
            .map(|handoff| told(handoff.0, steps[handoff.0] * share(handoff)))
            .collect();
        Volume {
            steps: steps.iter().enumerate().map(|(at, volume)| told(at, *volume)).collect(),
            handoffs,
        }
    }

    /// What leaves each step in a way that is counted, the end of the journey included.
    fn leaving(&self) -> Vec<f64> {
        let mut leaving: Vec<f64> = self.ends.iter().map(|count| *count as f64).collect();
        self.handoffs.iter().for_each(|(from, _, count)| leaving[*from] += *count as f64);
        leaving
    }

    /// The share of the journeys that begins at each step; all at the first one where too few begin
    /// anywhere.
    fn begin(&self) -> Vec<f64> {
        let all: i64 = self.starts.iter().sum();
        match all {
            0 => (0..self.starts.len()).map(|at| if at == 0 { 1.0 } else { 0.0 }).collect(),
            _ => self.starts.iter().map(|count| *count as f64 / all as f64).collect(),
        }
    }

    /// Which steps are begun at or led to.
    fn reached(&self, starts: &[f64]) -> Vec<bool> {
        let mut reached: Vec<bool> = starts.iter().map(|share| *share > 0.0).collect();
        while let Some((_, to, _)) =
            self.handoffs.iter().find(|(from, to, _)| reached[*from] && !reached[*to])
        {
            reached[*to] = true;
        }
        reached
    }
}

#[cfg(test)]
mod tests {
    use crate::map::volume::*;

    fn whole(values: &[Option<f64>]) -> Vec<Option<f64>> {
        values.iter().map(|value| value.map(|value| (value * 100.0).round())).collect()
    }

    #[test]
    fn where_nothing_is_left_out_the_volumes_are_what_happened() {
        // 90 of 100 go on to the second step, 30 of them twice; 10 go straight to the third.
        let handoffs = vec![(0, 1, 90), (0, 2, 10), (1, 1, 30), (1, 2, 90)];
        let volume = Counted { starts: vec![100, 0, 0], ends: vec![0, 0, 100], handoffs }.volume();
        assert_eq!(whole(&volume.steps), [100.0, 120.0, 100.0].map(Some));
        assert_eq!(whole(&volume.handoffs), [90.0, 10.0, 30.0, 90.0].map(Some));
    }

    #[test]
    fn how_many_come_to_what_no_counted_way_leads_to_is_not_told() {
        let counted = Counted {
            starts: vec![50, 0, 0, 0],
            ends: vec![50, 0, 0, 0],
            handoffs: vec![(1, 2, 10), (2, 1, 10)],
        };
        let volume = counted.volume();
        assert_eq!(
            (whole(&volume.steps), volume.handoffs),
            (vec![Some(100.0), None, None, None], vec![None, None])
        );
    }

    #[test]
    fn a_chain_that_lets_nobody_out_comes_to_an_end() {
        let counted = Counted {
            starts: vec![20, 0],
            ends: vec![0, 0],
            handoffs: vec![(0, 1, 20), (1, 0, 12)],
        };
        assert!(counted.volume().steps.iter().flatten().all(|visits| visits.is_finite()));
    }
}
