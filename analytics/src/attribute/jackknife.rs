//! The delete-one-group jackknife: everything refitted with each replicate group left out.

use super::estimate::Estimate;
use super::options::MINIMUM_GROUPS;
use crate::interval::{Interval, t_quantile, t_tail};

/// So many standard errors above 0 a figure is at least that 5 % claim anything of: the normal
/// distribution's quantile is below every Student's.
const SMALLEST_CLAIM: f64 = 1.64;

/// How spreads become intervals and tests.
///
/// `SE² = (G−1)/G Σ (θ_(−g) − θ̄)²` (MacKinnon, Nielsen & Webb 2023: CV3), Student's t. `G` counts
/// the groups of the pooled fit; the degrees of freedom are one less than the groups in which the
/// side with fewer has answers, which is `G − 1` where it has some in every group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Jackknife {
    /// The two-sided level of the intervals.
    pub(crate) level: f64,
    /// Groups in which the side, or the side with fewer, has answers.
    pub(crate) groups: usize,
}

impl Jackknife {
    /// A figure with its interval; none below [`MINIMUM_GROUPS`] groups, and none where no group
    /// moves it: a slope that is cut off at 0 is not known to be 0, nor is a mean of answers that
    /// are all alike.
    pub(crate) fn estimate(&self, value: f64, replicates: &[f64]) -> Estimate {
        let quantile = self.degrees().and_then(|degrees| t_quantile(self.level, degrees));
        let half = quantile.map(|t| t * standard_error(replicates));
        let half = half.filter(|half| half.is_finite() && *half > 0.0);
        Estimate {
            value,
            interval: half.map(|half| Interval { low: value - half, high: value + half }),
        }
    }

    /// The one-sided probability that a figure comes out so far above 0 by chance; 1 where nothing
    /// can be said, and where it is above 5 % whatever the degrees of freedom, which no claim tells
    /// apart.
    pub(crate) fn chance(&self, value: f64, replicates: &[f64]) -> f64 {
        let error = standard_error(replicates);
        match self.degrees() {
            Some(_) if value <= SMALLEST_CLAIM * error => 1.0,
            Some(degrees) if error > 0.0 && value.is_finite() => t_tail(value / error, degrees),
            _ => 1.0,
        }
    }

    fn degrees(&self) -> Option<usize> {
        (self.groups >= MINIMUM_GROUPS).then(|| self.groups - 1)
    }
}

/// The jackknife's standard error.
pub(crate) fn standard_error(replicates: &[f64]) -> f64 {
    if replicates.len() < 2 {
        return 0.0;
    }
    let groups = replicates.len() as f64;
    let mean = replicates.iter().sum::<f64>() / groups;
    let squares: f64 = replicates.iter().map(|value| (value - mean).powi(2)).sum();
    ((groups - 1.0) / groups * squares).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn for_a_mean_the_jackknife_is_the_usual_standard_error() {
        let values = [3.0, 5.0, 8.0, 1.0, 9.0, 4.0, 4.0, 2.0, 7.0];
        let n = values.len() as f64;
        let total: f64 = values.iter().sum();
        let left_out: Vec<f64> = values.iter().map(|value| (total - value) / (n - 1.0)).collect();
        let variance =
            values.iter().map(|value| (value - total / n).powi(2)).sum::<f64>() / (n - 1.0);
        assert!((standard_error(&left_out) - (variance / n).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn too_few_groups_have_no_interval_and_claim_nothing() {
        let few = Jackknife { level: 0.9, groups: MINIMUM_GROUPS - 1 };
        assert_eq!(few.estimate(5.0, &[5.0, 5.1, 4.9]).interval, None);
        assert!(few.chance(5.0, &[5.0, 5.1, 4.9]) >= 1.0);
        let enough = Jackknife { level: 0.9, groups: MINIMUM_GROUPS };
        assert!(enough.estimate(5.0, &[5.0, 5.1, 4.9]).interval.is_some());
        assert_eq!(enough.estimate(5.0, &[5.0; 8]).interval, None, "no width of 0");
        assert!(enough.chance(5.0, &[5.0; 8]) >= 1.0, "without spread nothing is known");
    }
}
