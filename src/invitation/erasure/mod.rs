//! Erasing a customer: every row, every text and every mail as a file about one journey, or about
//! everything of one address.
//!
//! Whoever asks sees first what there is, and what stays: sums that were published hold nothing of
//! anybody, the wish not to be written to stays as a keyed hash, or they would be written to
//! again, and backups that were made before keep what they have.
//!
//! Customers erase their own answer behind their link; this is for the administrator, to whom
//! they turn. A system that sends the journey once more brings it back, so it is erased there
//! first.

mod mail_files;
pub mod summary;
pub mod web;

use crate::app::App;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::invitation::store::erasure as store;
use crate::journal::{Author, Entry, Reason};

pub use summary::{ErasureTarget, Summary};

pub async fn summary(
    app: &App,
    organisation: OrganisationId,
    whom: &ErasureTarget,
) -> Result<Summary> {
    let found = store::find(app.db.reader(), organisation, whom, &app.secret).await?;
    let summary = store::count(app.db.reader(), organisation, &found).await?;
    Ok(Summary { mail_files: app.mailer.count(mail_files::of(&found)).await?, ..summary })
}

/// Erases, and writes into the journal who did it, why and how much, but not whom.
pub async fn erase(
    app: &App,
    organisation: OrganisationId,
    whom: ErasureTarget,
    (author, reason): (Author, Reason),
) -> Result<Summary> {
    let (secret, now) = (app.secret.clone(), app.clock.now());
    let found = store::find(app.db.reader(), organisation, &whom, &app.secret).await?;
    // Before the rows, without which nobody would know any more whose mails they are.
    let mail_files = app.mailer.erase(mail_files::of(&found)).await?;
    let erased = app.db.write(move |tx| {
        Box::pin(async move {
            let found = store::find(tx, organisation, &whom, &secret).await?;
            let counted = store::count(tx, organisation, &found).await?;
            let summary = Summary { mail_files, ..counted };
            if summary.is_empty() {
                return Ok(summary);
            }
            store::delete(tx, organisation, &found).await?;
            let mut after = summary.to_json();
            after["found_by"] = whom.found_by().into();
            let subject = "erasure".to_owned();
            let entry = Entry {
                at: now,
                author,
                subject,
                before: None,
                after: Some(after),
                reason,
                effective_at: now,
            };
            crate::journal::store::append(tx, organisation, entry).await?;
            Ok(summary)
        })
    });
    let erased = erased.await?;
    // What was on its way meanwhile.
    app.mailer.erase(mail_files::of(&found)).await?;
    // What was deleted is gone from the tables; a reader who is slow keeps the log's copy until
    // the next look.
    if let Err(failure) = app.db.let_go("comment").await {
        tracing::warn!(%failure, "what was erased still stands in the log of the database");
    }
    Ok(erased)
}
