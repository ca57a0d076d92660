//! The access log: whole, and of roles alone.

use super::settings::{cut_off, is_broken};
use crate::guarantee::chains::{ACCESS, Chains};
use crate::guarantee::report::Seal;
use crate::guarantee::{Finding, Guarantee};
use crate::i18n::Text;
use crate::journal::ChainState;
use crate::team::Role;

/// Who may look and is no role of an account: a program with a key, and whoever holds the machine.
const OTHERS: [&str; 2] = ["api", "command-line"];

/// Every look that was logged is still there as it was written, and names a role but no person.
pub(in crate::guarantee) fn looking(
    chains: &[Chains],
    cut: &[Seal],
    readers: &[(String, u64)],
) -> Finding {
    let strangers = readers.iter().filter(|(role, _)| !may_look(role)).count();
    let broken: Vec<&ChainState> =
        chains.iter().map(|chain| &chain.access).filter(|found| is_broken(found)).collect();
    let looks: u64 = readers.iter().map(|(_, looks)| looks).sum();
    Finding::of(Guarantee::LookingIsSeen)
        .seen(Text::new("guarantee-seen-looks").with("looks", looks))
        .open(Text::new("guarantee-seen-roles"))
        .against(broken.into_iter().map(ChainState::text))
        .against(cut_off(cut, ACCESS))
        // What stands there instead of a role may be a name, so it is not told.
        .against(
            (strangers > 0).then(|| Text::new("guarantee-against-reader").with("count", strangers)),
        )
}

fn may_look(role: &str) -> bool {
    OTHERS.contains(&role) || Role::ALL.iter().any(|known| known.code() == role)
}
