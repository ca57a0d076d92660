//! Claims: which element stands out, if any does. One-sided tests, adjusted over all elements
//! (Holm 1979).

use super::jackknife::Jackknife;

/// The chance of naming an element that does not stand out.
const ERROR: f64 = 0.05;

/// A figure and its replicates.
pub(super) struct Series<'a> {
    pub(super) value: f64,
    pub(super) replicates: &'a [f64],
}

/// For each contrast, whether it is above 0 once all are tested.
pub(super) fn above_zero(series: &[Series<'_>], jackknife: &Jackknife) -> Vec<bool> {
    let chances: Vec<f64> = series.iter().map(|s| chance(s, jackknife)).collect();
    holm(&chances)
}

/// For each level, whether it is above the mean of the other elements' once all are tested. Every
/// element of a service costs something: a level stands out when it costs more than the others do.
pub(super) fn above_the_others(series: &[Series<'_>], jackknife: &Jackknife) -> Vec<bool> {
    let live = series.iter().filter(|s| is_live(s)).count() as f64;
    let sum = |read: &dyn Fn(&Series<'_>) -> f64| series.iter().map(read).sum::<f64>();
    let against = |own: f64, total: f64| {
        if live > 1.0 { own - (total - own) / (live - 1.0) } else { own }
    };
    let totals: Vec<f64> = (0..series.first().map_or(0, |s| s.replicates.len()))
        .map(|g| sum(&|s| s.replicates[g]))
        .collect();
    let total = sum(&|s| s.value);
    let chances: Vec<f64> = series
        .iter()
        .map(|s| {
            let replicates: Vec<f64> = s
                .replicates
                .iter()
                .zip(&totals)
                .map(|(&own, &total)| against(own, total))
                .collect();
            if is_live(s) {
                jackknife.chance(against(s.value, total), &replicates)
            } else {
                f64::NAN
            }
        })
        .collect();
    holm(&chances)
}

/// The largest figure, if it stands out.
pub(super) fn leader(series: &[Series<'_>], stands_out: &[bool]) -> Option<usize> {
    let largest = (0..series.len())
        .max_by(|&a, &b| series[a].value.total_cmp(&series[b].value).then(b.cmp(&a)))?;
    stands_out[largest].then_some(largest)
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

    #[test]
    fn the_largest_leads_only_if_it_stands_out() {
        let none: &[f64] = &[];
        let series = [3.0, 5.0, 5.0].map(|value| Series { value, replicates: none });
        assert_eq!(leader(&series, &[true, true, true]), Some(1));
        assert_eq!(leader(&series, &[true, false, true]), None);
        assert_eq!(leader(&[], &[]), None);
    }
}
