//! What expires: addresses and everything that could lead back to one. Jobs that are done stay,
//! since their keys are what keeps the same work from being done twice.

use crate::app::App;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::invitation::store;

pub use store::purge::PurgeCounts;

/// Deletes an organisation's rows whose time is over. Doing it twice changes nothing.
pub async fn run(app: &App, organisation: OrganisationId) -> Result<PurgeCounts> {
    let purged = store::purge::purge(&app.db, organisation, app.clock.now()).await?;
    if purged != PurgeCounts::default() {
        tracing::info!(?purged, "what had expired is gone");
    }
    Ok(purged)
}
