//! Where time was lost, and where it was won back: the share-out of a journey's lateness.
//!
//! A customer feels only what the slips of a journey exceed a buffer *together*, so no slip is
//! lateness by itself. With `s⁺` and `s⁻` the late and the early parts of the slips:
//!
//! - lateness felt `T = max(0, Σ s − buffer)`,
//! - lateness had nobody won time back `T⁺ = max(0, Σ s⁺ − buffer)`,
//! - lost `L_j = T⁺ · s_j⁺ / Σ s⁺` and made up `M_j = (T⁺ − T) · s_j⁻ / Σ s⁻`.
//!
//! That is the Aumann–Shapley value of the hinge (Aumann & Shapley 1974). Whole minutes stay exact
//! by the method of the largest remainder: `Σ L − Σ M = T` in every journey.

/// The longest slip, and the longest lateness of a journey, that count: 366 days in minutes.
/// Beyond it stands a wrong date rather than a wait, and the squares of such minutes would leave
/// the cells' integers.
pub const LONGEST: i64 = 366 * 24 * 60;

/// How late a journey felt, in the classes by which those who answer are compared with all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Nothing beyond the buffer.
    OnTime,
    /// At most [`A_DAY`].
    UpToADay,
    /// At most [`THREE_DAYS`].
    UpToThreeDays,
    /// Later still.
    Later,
}

/// Lateness felt up to which a journey is a day late, in minutes.
pub const A_DAY: i64 = 24 * 60;
/// Lateness felt up to which a journey is three days late, in minutes.
pub const THREE_DAYS: i64 = 3 * A_DAY;

impl Class {
    /// From on time to the latest.
    pub const ALL: [Self; 4] = [Self::OnTime, Self::UpToADay, Self::UpToThreeDays, Self::Later];

    /// The class of a lateness felt, in minutes.
    ///
    /// ```
    /// use relais_analytics::lateness::Class;
    ///
    /// let classes = [Class::OnTime, Class::UpToADay, Class::UpToADay, Class::UpToThreeDays];
    /// assert_eq!([0, 1, 1440, 1441].map(Class::of), classes);
    /// ```
    pub fn of(felt: i64) -> Self {
        let limits = [0, A_DAY, THREE_DAYS];
        Self::ALL[limits.iter().filter(|limit| felt > **limit).count()]
    }
}

/// One journey's lateness and its share-out, in whole minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lateness {
    /// What the customer felt, `T`: at least 0, at most [`LONGEST`].
    pub felt: i64,
    /// What each timed element lost, `L_j ≥ 0`, in the order of the slips.
    pub lost: Vec<i64>,
    /// What each timed element made up, `M_j ≥ 0`, in the order of the slips.
    pub won: Vec<i64>,
}

/// Shares a journey's lateness out over its timed elements, so that `Σ lost − Σ won = felt`
/// exactly.
///
/// `slips` are minutes, actual − promised, one a timed element, late above 0; each counts as at
/// most [`LONGEST`] either way. `buffer` is the lateness that nobody minds, in minutes; below 0 it
/// counts as 0. A minute that does not divide goes to the largest remainder, the earlier element
/// first.
///
/// ```
/// use relais_analytics::lateness::share_out;
///
/// // Planning lost two days, the workshop won one back, half a day does not count.
/// let shared = share_out(&[2880, -1440], 720);
/// assert_eq!((shared.felt, shared.lost, shared.won), (720, vec![2160, 0], vec![0, 1440]));
/// ```
pub fn share_out(slips: &[i64], buffer: i64) -> Lateness {
    let buffer = buffer.clamp(0, LONGEST);
    let late: Vec<i64> = slips.iter().map(|&s| s.clamp(0, LONGEST)).collect();
    let early: Vec<i64> = slips.iter().map(|&s| -s.clamp(-LONGEST, 0)).collect();
    let (behind, ahead) = (late.iter().sum::<i64>(), early.iter().sum::<i64>());
    let without_help = (behind - buffer).clamp(0, LONGEST);
    let felt = (behind - ahead - buffer).clamp(0, LONGEST);
    Lateness {
        felt,
        lost: apportion(without_help, &late, behind),
        won: apportion(without_help - felt, &early, ahead),
    }
}

/// Splits `total` in proportion to `weights`, which add up to `sum`, by the largest remainder.
fn apportion(total: i64, weights: &[i64], sum: i64) -> Vec<i64> {
    if total == 0 || sum == 0 {
        return vec![0; weights.len()];
    }
    let mut parts: Vec<i64> = weights.iter().map(|w| total * w / sum).collect();
    let missing = total - parts.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(total * weights[i] % sum), i));
    for &i in order.iter().take(usize::try_from(missing).unwrap_or(0)) {
        parts[i] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_minute_that_does_not_divide_goes_to_the_largest_remainder_then_to_the_first() {
        let shared = share_out(&[100, 100, 100], 200);
        assert_eq!(shared.lost, [34, 33, 33]);
        assert_eq!(share_out(&[50, 100, 50], 99).lost, [25, 51, 25]);
    }

    #[test]
    fn a_delay_made_up_entirely_is_felt_by_nobody_and_credited_to_those_who_made_it_up() {
        let shared = share_out(&[12 * 1440, -10 * 1440, -3 * 1440], 720);
        assert_eq!(shared.felt, 0);
        assert_eq!(shared.lost, [16_560, 0, 0]);
        assert_eq!(shared.won.iter().sum::<i64>(), 16_560);
        assert_eq!(shared.won[0], 0);
    }

    #[test]
    fn nothing_is_lost_within_the_buffer() {
        let shared = share_out(&[300, 420], 720);
        assert_eq!(shared, Lateness { felt: 0, lost: vec![0, 0], won: vec![0, 0] });
        assert_eq!(share_out(&[], 0).felt, 0);
    }

    proptest! {
        #[test]
        fn the_shares_add_up_and_go_only_where_time_was_lost_or_won(
            slips in prop::collection::vec(prop_oneof![-5000i64..5000, Just(i64::MAX), Just(i64::MIN), Just(0)], 0..45),
            buffer in prop_oneof![-10i64..3000, Just(i64::MAX), Just(i64::MIN)],
        ) {
            let shared = share_out(&slips, buffer);
            prop_assert_eq!(shared.lost.iter().sum::<i64>() - shared.won.iter().sum::<i64>(), shared.felt);
            prop_assert!((0..=LONGEST).contains(&shared.felt));
            for ((&slip, &lost), &won) in slips.iter().zip(&shared.lost).zip(&shared.won) {
                prop_assert!(lost >= 0 && won >= 0);
                prop_assert!(slip > 0 || lost == 0);
                prop_assert!(slip < 0 || won == 0);
            }
        }
    }
}
