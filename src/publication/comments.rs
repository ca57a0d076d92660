//! The life of a comment: held as it was written, until the answer that it belongs to is published;
//! then released without anybody in it, and the original is gone.
//!
//! A comment is read by nobody while it is held: this module hands it from the table to the
//! redactor and back. What is released stands with the atom of its answer, and is shown like any
//! figure of that atom: through the gate, which asks for some comments besides
//! ([`crate::limits::MINIMUM_COMMENTS`]). One in which the redactor is not sure that nobody is
//! named any more is for the team's own reading, never for management's.
//!
//! On SQLite deleted content is overwritten at once and the log is cut off afterwards, so that the
//! original is in neither file. PostgreSQL rewrites the table; its own log and its backups keep the
//! original for as long as they are kept.

use crate::app::App;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::jobs::{Job, JobError, NewJob};
use crate::privacy::redact::{self, TeamNames};
use crate::privacy::{self, Audience, Unit};

use super::store::comments::{self as store, HeldComment, Ready};
use super::{Comment, CommentQuestion};

/// The kind of job that releases comments.
pub const JOB: &str = "comments";

/// The job that releases the comments of a week that was closed.
pub(super) fn job(
    organisation: OrganisationId,
    journey_type: &str,
    week: i32,
    run_at: Instant,
) -> NewJob {
    let key = format!("{journey_type}:{week}");
    NewJob { organisation, kind: JOB, key, payload: "{}".to_owned(), run_at }
}

/// Does such a job; doing it twice changes nothing. It lets go of originals in any case: whoever
/// released them before it may have been stopped in between.
pub async fn run(app: &App, job: &Job) -> Result<(), JobError> {
    release_held(app, job.organisation).await?;
    Ok(store::let_go(&app.db).await?)
}

/// Releases every held comment whose answer was published, and lets go of the originals; says how
/// many.
pub async fn release(app: &App, organisation: OrganisationId) -> Result<u64> {
    let released = release_held(app, organisation).await?;
    if released > 0 {
        store::let_go(&app.db).await?;
    }
    Ok(released)
}

async fn release_held(app: &App, organisation: OrganisationId) -> Result<u64> {
    let names = privacy::store::names::all(app.db.reader(), organisation, &app.secret).await?;
    let (mut after, mut released) = (Vec::new(), 0);
    loop {
        let held = store::held(app.db.reader(), organisation, &after).await?;
        let Some(last) = held.last() else { break };
        after.clone_from(&last.response);
        let ready = redacted(held, names.clone()).await?;
        released += store::release(&app.db, organisation, ready).await?;
    }
    if released > 0 {
        tracing::info!(released, "comments were released");
    }
    Ok(released)
}

/// Redacting takes a while, and the threads that serve others must not wait for it.
async fn redacted(held: Vec<HeldComment>, names: TeamNames) -> Result<Vec<Ready>> {
    let work = tokio::task::spawn_blocking(move || {
        held.into_iter().map(|one| without_anybody(one, &names)).collect()
    });
    work.await.map_err(|_| Error::Internal("redacting comments broke off".to_owned()))
}

fn without_anybody(held: HeldComment, names: &TeamNames) -> Ready {
    let lang = redact::language(&held.text, held.page);
    let redacted = redact::redact(&held.text, lang, names);
    Ready {
        response: held.response,
        atom: held.atom,
        lang,
        text: redacted.text,
        team_only: redacted.is_unsure,
    }
}

/// The comments that were released of a place, in the order of their words, with all that the gate
/// needs to know.
pub async fn released(
    db: &Db,
    organisation: OrganisationId,
    asked: &CommentQuestion<'_>,
) -> Result<(Vec<Unit>, Vec<Comment>)> {
    let visible_at = match asked.audience {
        Audience::Team => None,
        Audience::Management => Some(asked.now),
    };
    let (atoms, mut comments) =
        store::released(db.reader(), organisation, asked, visible_at).await?;
    if asked.audience == Audience::Management {
        comments.retain(|comment| !comment.team_only);
    }
    comments.sort_by(|one, other| one.text.cmp(&other.text));
    Ok((atoms.into_iter().map(|atom| atom.unit).collect(), comments))
}
