//! What a week says: of a group, and of the focus against its control.

/// One week's answers of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Week {
    /// How many: at least 1. A week of fewer is a gap.
    pub answers: i64,
    /// Their mean.
    pub mean: f64,
    /// Their variance, by n − 1; 0 for a single answer.
    pub variance: f64,
}

impl Week {
    /// A week from the sums that cells keep. `None` without answers.
    ///
    /// ```
    /// use relais_analytics::verdict::Week;
    ///
    /// // 1, 2 and 6.
    /// assert_eq!(Week::from_sums(3, 9, 41), Some(Week { answers: 3, mean: 3.0, variance: 7.0 }));
    /// ```
    pub fn from_sums(answers: i64, sum: i64, squares: i64) -> Option<Self> {
        let (n, s, q) = (i128::from(answers), i128::from(sum), i128::from(squares));
        let about = n.checked_mul(q)?.checked_sub(s * s)?.max(0);
        let variance = if n > 1 { about as f64 / (n * (n - 1)) as f64 } else { 0.0 };
        (n > 0).then_some(Self { answers, mean: sum as f64 / answers as f64, variance })
    }

    fn usable(self) -> Option<Self> {
        let possible = self.answers > 0
            && self.mean.is_finite()
            && self.variance >= 0.0
            && self.variance.is_finite();
        possible.then_some(self)
    }
}

/// The focus less its control in one week; the focus itself without control.
pub(super) struct Difference {
    pub(super) at: usize,
    pub(super) value: f64,
    /// The variance that comes of asking so few.
    pub(super) sampling: f64,
    /// Of the smaller of the two.
    pub(super) answers: i64,
}

/// The weeks that can be compared, in order.
pub(super) fn differences(
    focus: &[Option<Week>],
    control: Option<&[Option<Week>]>,
) -> Vec<Difference> {
    let focus_variance = within(focus);
    let control_variance = control.map_or(0.0, within);
    let compare = |(at, week): (usize, &Option<Week>)| {
        let focus = (*week)?.usable()?;
        let control_week = match control {
            Some(weeks) => Some(weeks.get(at).copied().flatten()?.usable()?),
            None => None,
        };
        let of_control = control_week.map_or(0.0, |week| control_variance / week.answers as f64);
        Some(Difference {
            at,
            value: focus.mean - control_week.map_or(0.0, |week| week.mean),
            sampling: focus_variance / focus.answers as f64 + of_control,
            answers: control_week.map_or(focus.answers, |week| week.answers.min(focus.answers)),
        })
    };
    focus.iter().enumerate().filter_map(compare).collect()
}

/// The variance of answers within weeks, pooled over all of them: a single week of a small team
/// knows too little.
fn within(weeks: &[Option<Week>]) -> f64 {
    let known = || weeks.iter().flatten().filter_map(|week| week.usable());
    let degrees: f64 = known().map(|week| (week.answers - 1) as f64).sum();
    let squares: f64 = known().map(|week| (week.answers - 1) as f64 * week.variance).sum();
    if degrees > 0.0 { squares / degrees } else { 0.0 }
}
