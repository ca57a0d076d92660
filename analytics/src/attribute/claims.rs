//! Claims: which element stands out, if any does. One-sided tests, adjusted over all elements
//! (Holm 1979).

use super::jackknife::Jackknife;

/// The chance of naming an element that does not stand out.
pub(super) const ERROR: f64 = 0.05;

/// More than so many that cannot be told apart are nobody.
const MOST_NAMED: usize = 3;

/// An element's figure and its replicates.
pub(super) struct Series<'a> {
    pub(super) value: f64,
    pub(super) replicates: &'a [f64],
    /// Whether it is rated, or only timed.
    pub(super) rated: bool,
    /// Whether the figure is a lower bound.
    pub(super) at_least: bool,
}

/// For each contrast, whether it is above 0 once all are tested.
pub(super) fn above_zero(series: &[Series<'_>], jackknife: &Jackknife) -> Vec<bool> {
    let chances: Vec<f64> = series.iter().map(|s| chance(s, jackknife)).collect();
    holm(&chances)
}

/// For each level, whether it is above the mean of the other elements' once all are tested. Every
/// element of a service costs something: a level stands out when it costs more than the others do.
pub(super) fn above_the_others(series: &[Series<'_>], jackknife: &Jackknife) -> Vec<bool> {
    holm(&against_the_others(series, |_| true, jackknife))
}

/// For each contrast, whether it is above 0 and, of a rated element, above the mean of the other
/// rated ones too, once all are tested. People who rate everything lower, or a site where they do,
/// are no fault of the element that happens to be lowest.
pub(super) fn above_zero_and_the_other_ratings(
    series: &[Series<'_>],
    jackknife: &Jackknife,
) -> Vec<bool> {
    let others = against_the_others(series, |s| s.rated, jackknife);
    let chances: Vec<f64> = series
        .iter()
        .zip(others)
        .map(
            |(s, others)| {
                if s.rated { chance(s, jackknife).max(others) } else { chance(s, jackknife) }
            },
        )
        .collect();
    holm(&chances)
}

/// The chance of each figure's difference from the mean of the others among those that are
/// compared; NaN for what is not, or cannot be other than 0. What stands alone is compared with 0.
fn against_the_others(
    series: &[Series<'_>],
    compared: impl Fn(&Series<'_>) -> bool,
    jackknife: &Jackknife,
) -> Vec<f64> {
    let live = |s: &Series<'_>| compared(s) && is_live(s);
    let count = series.iter().filter(|s| live(s)).count() as f64;
    let sum = |read: &dyn Fn(&Series<'_>) -> f64| {
        series.iter().filter(|s| live(s)).map(read).sum::<f64>()
    };
    let against = |own: f64, total: f64| {
        if count > 1.0 { own - (total - own) / (count - 1.0) } else { own }
    };
    let totals: Vec<f64> = (0..series.first().map_or(0, |s| s.replicates.len()))
        .map(|g| sum(&|s| s.replicates[g]))
        .collect();
    let total = sum(&|s| s.value);
    let one = |s: &Series<'_>| {
        let own = s.replicates.iter().zip(&totals);
        let replicates: Vec<f64> = own.map(|(&own, &total)| against(own, total)).collect();
        jackknife.chance(against(s.value, total), &replicates)
    };
    series.iter().map(|s| if live(s) { one(s) } else { f64::NAN }).collect()
}

/// The largest figure of those that stand out, and what cannot be told from it though it is above
/// 0 itself; nobody where these are more than [`MOST_NAMED`]. What is not told from 0 leads
/// nothing, however large it comes out.
pub(super) fn leaders(
    series: &[Series<'_>],
    stands_out: &[bool],
    jackknife: &Jackknife,
) -> Vec<usize> {
    let clear = (0..series.len()).filter(|&i| stands_out[i]);
    let largest =
        clear.max_by(|&a, &b| series[a].value.total_cmp(&series[b].value).then(b.cmp(&a)));
    let Some(first) = largest else { return Vec::new() };
    // A delay is a size: what is rated at least so low may cost more than it.
    let bound = |i: usize| series[i].at_least && !series[first].at_least && stands_out[i];
    let beside = |i: usize| {
        let above = chance(&series[i], jackknife) < ERROR;
        bound(i) || (above && !told_apart(&series[first], &series[i], jackknife))
    };
    let named: Vec<usize> = (0..series.len()).filter(|&i| i == first || beside(i)).collect();
    if named.len() > MOST_NAMED { Vec::new() } else { named }
}

/// Whether a figure is larger than another by more than chance, by their paired differences.
fn told_apart(first: &Series<'_>, next: &Series<'_>, jackknife: &Jackknife) -> bool {
    let pairs = first.replicates.iter().zip(next.replicates);
    let differences: Vec<f64> = pairs.map(|(first, next)| first - next).collect();
    jackknife.chance(first.value - next.value, &differences) < ERROR
}

/// The chance of one figure, NaN for one that cannot be other than 0 and is therefore not tested.
fn chance(series: &Series<'_>, jackknife: &Jackknife) -> f64 {
    if is_live(series) { jackknife.chance(series.value, series.replicates) } else { f64::NAN }
}

/// An element that the side's journeys lack is exactly 0 in every replicate.
fn is_live(series: &Series<'_>) -> bool {
    series.value != 0.0 || series.replicates.iter().any(|&value| value != 0.0)
}

/// Holm's step-down: which chances are small enough, all together wrong at most once in twenty.
/// NaN takes no part.
pub(crate) fn holm(chances: &[f64]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..chances.len()).filter(|&i| !chances[i].is_nan()).collect();
    order.sort_by(|&a, &b| chances[a].total_cmp(&chances[b]));
    let tested = order.len();
    let mut holds = vec![false; chances.len()];
    for (rank, &i) in order.iter().enumerate() {
        if chances[i] * (tested - rank) as f64 >= ERROR {
            break;
        }
        holds[i] = true;
    }
    holds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holm_steps_down_and_stops_at_the_first_that_fails() {
        assert_eq!(holm(&[0.01, 0.04, 0.03]), [true, false, false]);
        assert_eq!(holm(&[0.012, 0.04, 0.024]), [true, true, true]);
        assert_eq!(holm(&[0.02, f64::NAN, 0.9]), [true, false, false]);
        assert_eq!(holm(&[]), []);
    }

    /// Figures of ten groups that vary a little, or much.
    fn series<'a>(value: f64, replicates: &'a [f64]) -> Series<'a> {
        Series { value, replicates, rated: true, at_least: false }
    }

    fn replicates(value: f64, spread: f64, turn: usize) -> Vec<f64> {
        (0..10).map(|g| value + spread * f64::from(((g + turn) % 3) as u8) - spread).collect()
    }

    const TEN: Jackknife = Jackknife { level: 0.9, groups: 10 };

    #[test]
    fn the_first_is_named_alone_only_if_the_next_is_told_from_it() {
        let figures = [(3.0, 0.1), (9.0, 0.2), (8.8, 0.2), (0.5, 0.1), (0.4, 0.1)];
        let all: Vec<Vec<f64>> = (0..)
            .zip(figures)
            .map(|(turn, (value, spread))| replicates(value, spread, turn))
            .collect();
        let of = |some: &[usize]| -> Vec<Series<'_>> {
            some.iter().map(|&i| series(figures[i].0, &all[i])).collect()
        };
        let out = [true; 5];
        assert_eq!(leaders(&of(&[0, 1, 3]), &out, &TEN), [1]);
        assert_eq!(leaders(&of(&[0, 1, 2, 3]), &out, &TEN), [1, 2]);
        let second = [true, false, true, true];
        assert_eq!(leaders(&of(&[0, 1, 2, 3]), &second, &TEN), [1, 2], "it is no less above 0");
        assert!(leaders(&of(&[0, 1, 2, 3]), &[false; 4], &TEN).is_empty());
        let (unsure, wide) = (replicates(9.5, 9.0, 1), replicates(9.0, 0.2, 0));
        let both = [series(9.5, &unsure), series(9.0, &wide)];
        assert_eq!(leaders(&both, &[false, true], &TEN), [1], "the larger is not told from 0");
        assert!(leaders(&of(&[1, 1, 2, 2, 3]), &out, &TEN).is_empty(), "four are nobody");
        assert!(leaders(&[], &[], &TEN).is_empty());
    }

    #[test]
    fn what_is_lower_everywhere_is_above_zero_and_above_no_other() {
        let all: Vec<Vec<f64>> = (0..4).map(|turn| replicates(4.0, 0.3, turn)).collect();
        let mut everywhere: Vec<Series<'_>> = all.iter().map(|own| series(4.0, own)).collect();
        assert_eq!(above_zero(&everywhere, &TEN), [true; 4]);
        assert_eq!(above_zero_and_the_other_ratings(&everywhere, &TEN), [false; 4]);
        everywhere[3].rated = false;
        let clear = above_zero_and_the_other_ratings(&everywhere, &TEN);
        assert_eq!(clear, [false, false, false, true], "a promise is late by the clock");
    }

    #[test]
    fn a_rating_that_is_only_a_lower_bound_stays_beside_a_delay() {
        let (delay, rated) = (replicates(9.0, 0.1, 0), replicates(3.0, 0.1, 1));
        let bound = Series { at_least: true, ..series(3.0, &rated) };
        let late = Series { rated: false, ..series(9.0, &delay) };
        assert_eq!(leaders(&[late, bound], &[true, true], &TEN), [0, 1]);
    }
}
