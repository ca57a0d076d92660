//! Intervals: Wilson's for shares, the adjusted Wald of a net promoter score, and Student's t
//! behind the jackknife's.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// A two-sided interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end, never below the lower one.
    pub high: f64,
}

impl Interval {
    /// From `half` below to `half` above, which is at least 0.
    pub(crate) fn around(centre: f64, half: f64) -> Self {
        Self { low: centre - half, high: centre + half }
    }
}

/// Wilson's score interval (Wilson 1927) for `successes` of `trials` at a two-sided `level` such
/// as 0.9, as shares of 1. `None` without trials, with more successes than trials or fewer than 0,
/// or with a level outside (0, 1).
///
/// ```
/// use relais_analytics::interval::wilson;
///
/// // Newcombe 1998, table I: 81 of 263.
/// let interval = wilson(81, 263, 0.95).expect("there are trials");
/// assert!((interval.low - 0.2553).abs() < 5e-5 && (interval.high - 0.3662).abs() < 5e-5);
/// ```
pub fn wilson(successes: i64, trials: i64, level: f64) -> Option<Interval> {
    let possible = trials > 0 && (0..=trials).contains(&successes);
    let z = normal_quantile(level).filter(|_| possible)?;
    let n = trials as f64;
    let share = successes as f64 / n;
    let centre = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    Some(Interval { low: (centre - half).max(0.0), high: (centre + half).min(1.0) })
}

/// The quantile that a two-sided interval at `level` takes on each side, of the normal
/// distribution. `None` with a level outside (0, 1).
pub(crate) fn normal_quantile(level: f64) -> Option<f64> {
    let possible = level > 0.0 && level < 1.0;
    let normal = Normal::new(0.0, 1.0).ok().filter(|_| possible)?;
    Some(normal.inverse_cdf(0.5 + level / 2.0))
}

/// A share with Wilson's interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// How many.
    pub count: i64,
    /// Of how many.
    pub of: i64,
    /// The one divided by the other, as a share of 1.
    pub value: f64,
    /// Where the share lies, see [`wilson`].
    pub interval: Interval,
}

impl Share {
    /// The share of `count` in `of` with its interval at a two-sided `level`; `None` where
    /// [`wilson`] has none.
    pub fn of(count: i64, of: i64, level: f64) -> Option<Self> {
        let interval = wilson(count, of, level)?;
        Some(Self { count, of, value: count as f64 / of as f64, interval })
    }
}

/// A net promoter score with its interval. Exported for those who compare it, and shown nowhere:
/// it throws away what tells passives from detractors apart, and needs several times the answers
/// of a mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nps {
    /// Promoters less detractors as a share of all answers, in −1..=1.
    pub value: f64,
    /// The adjusted Wald interval, inside −1..=1. Around [`Nps::value`] drawn towards 0, so not
    /// symmetric about it.
    pub interval: Interval,
}

/// The net promoter score of so many promoters, passives and detractors with the adjusted Wald
/// interval (Rocks 2016): three answers are added, three quarters of a promoter and of a detractor
/// and one and a half passives, so that ten promoters of ten answers are not certainty. `None`
/// without answers, with a count below 0, or with a level outside (0, 1).
///
/// ```
/// use relais_analytics::interval::net_promoter;
///
/// let score = net_promoter(60, 25, 15, 0.95).expect("there are answers");
/// assert!((score.value - 0.45).abs() < 1e-12);
/// assert!((score.interval.low - 0.29343).abs() < 1e-5);
/// assert!((score.interval.high - 0.58036).abs() < 1e-5);
/// ```
pub fn net_promoter(promoters: i64, passives: i64, detractors: i64, level: f64) -> Option<Nps> {
    let counts = [promoters, passives, detractors].map(|count| count as f64);
    let answers: f64 = counts.iter().sum();
    let possible = answers > 0.0 && counts.iter().all(|count| *count >= 0.0);
    let z = normal_quantile(level).filter(|_| possible)?;
    let (n, up, down) = (answers + 3.0, counts[0] + 0.75, counts[2] + 0.75);
    let centre = (up - down) / n;
    let half = z * (((up + down) / n - centre * centre) / n).sqrt();
    let interval = Interval { low: (centre - half).max(-1.0), high: (centre + half).min(1.0) };
    Some(Nps { value: (counts[0] - counts[2]) / answers, interval })
}

/// The quantile that a two-sided interval at `level` takes on each side, of Student's t. `None`
/// without degrees of freedom or with a level outside (0, 1).
pub(crate) fn t_quantile(level: f64, degrees: usize) -> Option<f64> {
    let possible = degrees > 0 && level > 0.0 && level < 1.0;
    let t = StudentsT::new(0.0, 1.0, degrees as f64).ok().filter(|_| possible)?;
    Some(t.inverse_cdf(0.5 + level / 2.0))
}

/// The probability that Student's t exceeds `t`.
pub(crate) fn t_tail(t: f64, degrees: usize) -> f64 {
    StudentsT::new(0.0, 1.0, degrees.max(1) as f64).map_or(1.0, |student| student.sf(t))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_quantiles_are_those_of_the_tables() {
        let table = [(0.9, 7, 1.894_578_605), (0.9, 29, 1.699_127_027), (0.95, 10, 2.228_138_852)];
        for (level, degrees, expected) in table {
            let found = t_quantile(level, degrees).expect("it exists");
            assert!((found - expected).abs() < 1e-8, "{found} is not {expected}");
            assert!((t_tail(found, degrees) - (1.0 - level) / 2.0).abs() < 1e-9);
        }
        assert_eq!(t_quantile(0.9, 0), None);
        assert_eq!(t_quantile(1.0, 5), None);
    }

    #[test]
    fn a_share_of_nothing_has_no_interval() {
        assert_eq!(wilson(0, 0, 0.9), None);
        assert_eq!(wilson(3, 2, 0.9), None);
        assert_eq!(wilson(-1, 2, 0.9), None);
        assert_eq!(wilson(1, 2, f64::NAN), None);
        assert_eq!(net_promoter(0, 0, 0, 0.9), None);
        assert_eq!(net_promoter(3, -1, 2, 0.9), None);
        assert_eq!(net_promoter(3, 1, 2, 1.0), None);
    }
}
