//! What expires: addresses and everything that could lead back to one, mails as files included.
//! Jobs that are done stay, since their keys are what keeps the same work from being done twice.

use crate::app::App;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::invitation::{DAY, store};
use crate::limits;

pub use store::purge::PurgeCounts;

/// Deletes an organisation's rows whose time is over. Doing it twice changes nothing.
pub async fn run(app: &App, organisation: OrganisationId) -> Result<PurgeCounts> {
    let now = app.clock.now();
    let mut purged = store::purge::purge(&app.db, organisation, now).await?;
    match app.mailer.expire(now - limits::MAIL_DAYS * DAY).await {
        Ok(files) => purged.mail_files = files,
        // The disk of the mails may be away; everything else expires all the same.
        Err(failure) => tracing::error!(%failure, "mails that are old could not be taken away"),
    }
    if purged != PurgeCounts::default() {
        tracing::info!(?purged, "what had expired is gone");
    }
    Ok(purged)
}
