//! The contrast of delays: whole slips swapped between the sides, where all journeys were credited.

use super::means::Means;
use super::slopes::Slopes;
use super::split::Split;

/// What each element's delay costs the focus more than the reference, by position of the plan: by
/// the credits of whole slips ([`crate::swap`]) where all journeys of both sides have them, else by
/// each journey's own sharing out, `b_T (L̄_j − M̄_j)`.
pub(super) fn delay_contrasts(
    slopes: &Slopes,
    (focus, reference): (&Means, &Means),
    (own, other): (&Split, &Split),
) -> Vec<f64> {
    let less = |ours: &[f64], theirs: &[f64], worth: f64| {
        ours.iter().zip(theirs).map(|(ours, theirs)| worth * (ours - theirs)).collect()
    };
    match focus.credits.as_ref().zip(reference.credits.as_ref()) {
        Some((ours, theirs)) => less(ours, theirs, slopes.lateness),
        None => less(&own.delay, &other.delay, 1.0),
    }
}
