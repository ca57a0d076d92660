//! What expires: addresses and everything that could lead back to one. Jobs that are done stay, since their keys are what
//! keeps the same work from being done twice.

use crate::app::App;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::invitation::store;

/// How many rows went, or lost what they held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Addresses.
    pub contacts: u64,
    /// Keyed hashes of addresses that invitations held.
    pub address_keys: u64,
    /// Notes of when an address was written to.
    pub contacted: u64,
    /// Digests of links.
    pub links: u64,
}

/// Deletes an organisation's rows whose time is over. Doing it twice changes nothing.
pub async fn run(app: &App, organisation: OrganisationId) -> Result<Purged> {
    let purged = store::purge::purge(&app.db, organisation, app.clock.now()).await?;
    if purged != Purged::default() {
        tracing::info!(?purged, "what had expired is gone");
    }
    Ok(purged)
}
