//! How the figures are printed: shares as hundredths, what cannot be said as a dash.

use super::case::Case;
use super::trial::Measurement;
use relais_analytics::attribute::MINIMUM_RESPONSES;

/// The columns of [`row`].
pub(crate) const HEAD: &str = "\
scenario  answers | top-1 named wrong | covered:  gap contrasts levels | true size: covered  ratio | ratings only: top-1 wrong";

/// What the method concluded from the surveys of a case and size.
pub(crate) fn row(case: &Case, answers: usize, measured: &Measurement) -> String {
    let name = case.name;
    let gap = measured.gap_covered;
    let Some(split) = &measured.split else {
        let few = format!("nothing is split: fewer than {MINIMUM_RESPONSES} answers");
        return format!("{name:9} {answers:7} | {:17} | {gap:13.3} | {few}", "");
    };
    let found =
        |share: f64| if case.target.is_some() { format!("{share:.3}") } else { "-".to_owned() };
    let (ours, bare) = (&measured.ours, &measured.ratings_only);
    format!(
        "{name:9} {answers:7} | {:>5} {:>5} {:.3} | {gap:13.3} {:9.3} {:6.3} | {:>18} {:>6} | {:>19} {:.3}",
        found(ours.top),
        found(ours.named),
        ours.misled,
        split.contrasts,
        split.levels,
        found(split.cost),
        found(split.ratio),
        found(bare.top),
        bare.misled,
    )
}
