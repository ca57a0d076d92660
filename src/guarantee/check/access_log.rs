//! The access log: whole, and of roles alone.

use super::settings::{cut_off, is_broken};
use crate::guarantee::examine::{ACCESS, Chains};
use crate::guarantee::report::Seal;
use crate::guarantee::{Finding, Guarantee};
use crate::i18n::Text;
use crate::journal::Found;
use crate::team::Role;

/// Who may look and is no role of an account: a program with a key, and whoever holds the machine.
const OTHERS: [&str; 2] = ["api", "command-line"];

/// Every look that was logged is still there as it was written, and names a role but no person.
pub(in crate::guarantee) fn looking(
    chains: &[Chains],
    cut: &[Seal],
    readers: &[(String, u64)],
) -> Finding {
    let known =
        |role: &str| OTHERS.contains(&role) || Role::ALL.iter().any(|known| known.code() == role);
    let strangers: Vec<&String> =
        readers.iter().map(|(role, _)| role).filter(|role| !known(role)).collect();
    let broken: Vec<&Found> =
        chains.iter().map(|chain| &chain.access).filter(|found| is_broken(found)).collect();
    let looks: u64 = readers.iter().map(|(_, looks)| looks).sum();
    Finding::of(Guarantee::LookingIsSeen)
        .seen(Text::new("guarantee-seen-looks").with("looks", looks))
        .seen(Text::new("guarantee-seen-roles"))
        .against(broken.into_iter().map(Found::text))
        .against(cut_off(cut, ACCESS))
        // What stands there instead of a role may be a name, so it is not told.
        .against(
            (!strangers.is_empty())
                .then(|| Text::new("guarantee-against-reader").with("count", strangers.len())),
        )
}
