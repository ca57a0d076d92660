//! Every job, and what is looked at hourly: what the service does while nobody waits for it. It
//! knows all domains, as [`crate::wiring`] does for what is asked over HTTP.

use std::collections::BTreeMap;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{HeaderName, HeaderValue};
use tower::ServiceExt as _;

use crate::app::App;
use crate::calendar::Week;
use crate::discussion::notices;
use crate::error::{Error, Result};
use crate::guarantee::PageAnswer;
use crate::guarantee::report::Report;
use crate::id::OrganisationId;
use crate::invitation::{deciding, outbox};
use crate::jobs::{self, Job, JobError};
use crate::publication::{comments, publish};
use crate::response::answering;
use crate::token::JourneyId;
use crate::wiring::{paths, router};
use crate::{blueprint, guarantee, invitation, journal, journey, limits, organisation, team};

/// Does the jobs that are due, one after the other, and says how many there were. Journeys that
/// ended are decided about together, since a feed may end hundreds at once.
pub async fn do_jobs(app: &App) -> Result<u64> {
    let mut done = 0;
    while let Some(job) = jobs::lease(&app.db, app.clock.now()).await? {
        let mut same = vec![job];
        if same[0].kind == journey::FINISHED {
            same.extend(jobs::lease_more(&app.db, app.clock.now(), journey::FINISHED).await?);
        }
        done += same.len() as u64;
        match do_alike(app, &same).await {
            Ok(()) => settle(app, same).await?,
            // One of them may be to blame: each is tried by itself, so that the others are not
            // held up.
            Err(_) if same.len() > 1 => {
                for job in same {
                    let ended = do_alike(app, std::slice::from_ref(&job)).await;
                    settle_one(app, job, ended).await?;
                }
            }
            Err(failure) => settle_one(app, same.remove(0), Err(failure)).await?,
        }
    }
    Ok(done)
}

async fn settle(app: &App, done: Vec<Job>) -> Result<()> {
    let now = app.clock.now();
    let ids: Vec<i64> = done.iter().map(|job| job.id).collect();
    app.db.write(move |tx| Box::pin(async move { jobs::done(tx, &ids, now).await })).await
}

async fn settle_one(app: &App, job: Job, ended: Result<(), JobError>) -> Result<()> {
    let Err(failure) = ended else { return settle(app, vec![job]).await };
    tracing::warn!(kind = job.kind, attempts = job.attempts, ?failure, "a job failed");
    let now = app.clock.now();
    app.db
        .write(move |tx| Box::pin(async move { jobs::failed(tx, &job, &failure, now).await }))
        .await
}

/// Does jobs of one kind.
async fn do_alike(app: &App, same: &[Job]) -> Result<(), JobError> {
    let Some(job) = same.first() else { return Ok(()) };
    match job.kind.as_str() {
        publish::JOB => publish::run(app, job).await,
        publish::RELEASED => notices::released(app, job).await,
        notices::OPENED => notices::opened(app, job).await,
        notices::REVIEW => notices::review(app, job).await,
        notices::INVITED => notices::invited(app, job).await,
        journal::ANNOUNCED => notices::announced(app, job).await,
        comments::JOB => comments::run(app, job).await,
        journal::DUE => {
            Ok(organisation::store::apply_due(&app.db, job.organisation, app.clock.now()).await?)
        }
        journey::FINISHED => journeys_finished(app, same).await,
        other => {
            Err(JobError::GiveUp(Error::Internal(format!("nobody does jobs of the kind {other}"))))
        }
    }
}

/// Journeys that ended: their customers may be asked, and their week will be over.
async fn journeys_finished(app: &App, jobs: &[Job]) -> Result<(), JobError> {
    let mut types: BTreeMap<(OrganisationId, String), Vec<JourneyId>> = BTreeMap::new();
    for job in jobs {
        let finished: journey::Finished =
            serde_json::from_str(&job.payload).map_err(|failure| {
                JobError::GiveUp(Error::Internal(format!(
                    "a finished journey is not told: {failure}"
                )))
            })?;
        types.entry((job.organisation, finished.journey_type)).or_default().push(finished.journey);
    }
    for ((organisation, journey_type), journeys) in types {
        deciding::decide_all(app, organisation, &journey_type, &journeys).await?;
        close_their_week(app, organisation, &journey_type).await?;
    }
    Ok(())
}

/// The closing of this week is enqueued once, however many journeys end.
async fn close_their_week(
    app: &App,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<(), JobError> {
    let zone = organisation::store::zone(app.db.reader(), organisation).await?;
    let closing = zone.week_start(zone.week(app.clock.now()).next()) + limits::CLOSING_PAUSE;
    let closing = publish::job(organisation, journey_type, closing)?;
    Ok(app.db.write(move |tx| Box::pin(jobs::enqueue(tx, vec![closing]))).await?)
}

/// Sends the mails that are due.
pub async fn send_mails(app: &App) -> Result<outbox::Tally> {
    outbox::send_due(app).await
}

/// What is looked at about hourly: journeys that ended without anybody saying so, links that
/// ended, and the closing of the weeks that are over, for what came in by files, the same week
/// once. What has expired is let go of, and the days on which keys were used are written down.
pub async fn schedule(app: &App) -> Result<()> {
    let organisation = organisation::store::ensure(&app.db, app.clock.now()).await?;
    deciding::sweep(app, organisation).await?;
    answering::close_ended(app).await?;
    let zone = organisation::store::zone(app.db.reader(), organisation).await?;
    let this_week: Week = zone.week(app.clock.now());
    let closing = zone.week_start(this_week) + limits::CLOSING_PAUSE;
    let types = blueprint::store::types(app.db.reader(), organisation).await?;
    let due = types
        .iter()
        .map(|code| publish::job(organisation, code, closing))
        .collect::<Result<Vec<_>>>()?;
    app.db.write(move |tx| Box::pin(jobs::enqueue(tx, due))).await?;
    invitation::purge::run(app, organisation).await?;
    journey::fading::run(app, organisation).await?;
    team::key::write_uses(app).await
}

/// Computes what a release made new, for teams and owner, so that nobody waits for it.
pub async fn make_ready(app: &App) -> Result<()> {
    let organisation = organisation::store::ensure(&app.db, app.clock.now()).await?;
    crate::network::warm_up::make(&app.db, organisation, app.clock.now()).await?;
    crate::power::warm_up::make(&app.db, organisation, app.clock.now()).await
}

/// Checks every guarantee on the live database, its files and our own customers' pages, and keeps
/// the report for the pages that show it.
pub async fn check_guarantees(app: &App) -> Result<Report> {
    let pages = customers_pages(app).await?;
    let report = guarantee::examine::examine(app, &pages, &paths()).await?;
    guarantee::file::keep(&app.config.data, &report)?;
    Ok(report)
}

/// Asks our own pages as a customer's browser does, without a socket. A link that nobody was given
/// shows the same page as one that has ended.
async fn customers_pages(app: &App) -> Result<Vec<PageAnswer>> {
    let unknown = "a".repeat(26);
    let asked = [
        ("/r/…", format!("/r/{unknown}")),
        ("/u/…", format!("/u/{unknown}")),
        ("/privacy", "/privacy".to_owned()),
    ];
    let router = router(app.clone());
    let mut pages = Vec::new();
    for (page, path) in asked {
        let wrong = |failure: &dyn std::fmt::Display| {
            Error::Internal(format!("{page} could not be asked: {failure}"))
        };
        let request = Request::get(path).body(Body::empty()).map_err(|failure| wrong(&failure))?;
        let response = router.clone().oneshot(request).await.map_err(|never| wrong(&never))?;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, limits::EVENTS_BODY).await.map_err(|failure| wrong(&failure))?;
        let header = |(name, value): (&HeaderName, &HeaderValue)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let headers = parts.headers.iter().map(header).collect();
        pages.push(PageAnswer { page, headers, body: String::from_utf8_lossy(&body).into_owned() });
    }
    Ok(pages)
}
