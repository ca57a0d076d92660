//! Comments: held until they are redacted, and the original gone from the file afterwards.

use super::each;
use crate::guarantee::file::FreePages;
use crate::guarantee::{Finding, Guarantee};
use crate::i18n::Text;
use crate::privacy::person;

const STATES: [&str; 2] = ["held", "released"];

/// Nobody reads a comment that is not redacted, and only the redacted text is stored.
pub(in crate::guarantee) fn redacted(
    states: &[(String, u64)],
    released: &[String],
    free: Option<FreePages>,
) -> Finding {
    let strange: Vec<&String> = states
        .iter()
        .map(|(state, _)| state)
        .filter(|state| !STATES.contains(&state.as_str()))
        .collect();
    let telling = released.iter().filter(|text| person::sign_in(text).is_some()).count();
    // Where nothing was ever released no original had to go.
    let left = free.filter(|free| !released.is_empty() && free.written > 0);
    Finding::of(Guarantee::RedactedComments)
        .seen(Text::new("guarantee-seen-held").with("held", count(states, "held")))
        .seen(Text::new("guarantee-seen-released").with("released", count(states, "released")))
        .seen(match free {
            Some(free) => Text::new("guarantee-seen-free-pages").with("pages", free.all),
            None => Text::new("guarantee-seen-no-file"),
        })
        .against(each(&strange, |state| {
            Text::new("guarantee-against-comment-state").with("state", state.as_str())
        }))
        .against(
            (telling > 0).then(|| Text::new("guarantee-against-released").with("count", telling)),
        )
        .against(
            left.map(|free| Text::new("guarantee-against-free-pages").with("pages", free.written)),
        )
}

fn count(states: &[(String, u64)], state: &str) -> u64 {
    states.iter().filter(|(known, _)| known == state).map(|(_, count)| *count).sum()
}
