//! The two chains of each organisation, as a check found them.

use crate::id::OrganisationId;
use crate::journal::ChainState;

pub(super) const SETTINGS: &str = "journal_entry";
pub(super) const ACCESS: &str = "access_entry";

#[derive(Clone, Debug)]
pub(super) struct Chains {
    pub(super) organisation: OrganisationId,
    pub(super) settings: ChainState,
    pub(super) access: ChainState,
}
