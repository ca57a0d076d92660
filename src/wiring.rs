//! Every route, job and middleware: the one file that knows all domains.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::app::App;
use crate::calendar::Week;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::jobs::{self, Failed, Job};
use crate::publication::publish;
use crate::{breakdown, invitation, journal, journey, limits, team, web};

/// The whole service as one router.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(staff())
        .merge(journey::web::routes())
        .route("/healthz", get(health))
        .route("/assets/style.css", get(style))
        .layer(team::web::layer(&app))
        .layer(DefaultBodyLimit::max(limits::BODY))
        .layer(middleware::from_fn(say_failures))
        .layer(middleware::from_fn_with_state(app.clone(), web::same_origin))
        .layer(middleware::from_fn(web::guard_headers))
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::REQUEST_TIMEOUT, limits::REQUEST))
        // Paths may hold a link's secret, so a span names the method alone.
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(|request: &Request| tracing::debug_span!("request", method = %request.method())),
        )
        .with_state(app)
}

/// The pages of the staff, which remember a language.
fn staff() -> Router<App> {
    Router::new()
        .merge(team::web::routes())
        .merge(journal::web::routes())
        .merge(breakdown::web::routes())
        .merge(invitation::rates::web::routes())
        .layer(middleware::from_fn(web::remember_language))
}

async fn say_failures(lang: Lang, request: Request, next: Next) -> Response {
    web::explain(lang, request, next).await
}

/// Whether the service can do its work: it answers and its database does.
async fn health(State(app): State<App>) -> web::Answer<&'static str> {
    app.db.reader().ping().await?;
    Ok("ok\n")
}

async fn style() -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("../templates/style.css")).into_response()
}

/// Does the jobs that are due, one after the other, and says how many there were.
pub async fn do_jobs(app: &App) -> Result<u64> {
    let mut done = 0;
    while let Some(job) = jobs::lease(&app.db, app.clock.now()).await? {
        let now = app.clock.now();
        match do_job(app, &job).await {
            Ok(()) => app.db.write(move |tx| Box::pin(jobs::done(tx, job.id, now))).await?,
            Err(failure) => {
                tracing::warn!(kind = job.kind, attempts = job.attempts, ?failure, "a job failed");
                app.db.write(move |tx| Box::pin(async move { jobs::failed(tx, &job, &failure, now).await })).await?;
            }
        }
        done += 1;
    }
    Ok(done)
}

async fn do_job(app: &App, job: &Job) -> Result<(), Failed> {
    match job.kind.as_str() {
        publish::JOB => publish::run(app, job).await,
        team::settings::JOB => team::settings::run(app, job).await,
        journey::FINISHED => close_its_week(app, job).await,
        other => Err(Failed::GiveUp(Error::Internal(format!("nobody does jobs of the kind {other}")))),
    }
}

/// A journey that ended belongs to a week that will be over: its closing is enqueued once, however many journeys end.
async fn close_its_week(app: &App, job: &Job) -> Result<(), Failed> {
    let finished: journey::Finished = serde_json::from_str(&job.payload)
        .map_err(|failure| Failed::GiveUp(Error::Internal(format!("a finished journey is not told: {failure}"))))?;
    let zone = journey::store::zone(app.db.reader(), job.organisation).await?;
    let closing = zone.week_start(zone.week(app.clock.now()).next()) + limits::CLOSING_PAUSE;
    let closing = publish::job(job.organisation, &finished.journey_type, closing)?;
    Ok(app.db.write(move |tx| Box::pin(jobs::enqueue(tx, vec![closing]))).await?)
}

/// What is looked at hourly: enqueues the closing of the weeks that are over, for what came in by files, the same week
/// once; and lets go of what has expired.
pub async fn schedule(app: &App) -> Result<()> {
    let organisation = team::store::ensure(&app.db, app.clock.now()).await?;
    let zone = journey::store::zone(app.db.reader(), organisation).await?;
    let this_week: Week = zone.week(app.clock.now());
    let closing = zone.week_start(this_week) + limits::CLOSING_PAUSE;
    let types = journey::store::types(app.db.reader(), organisation).await?;
    let due = types.iter().map(|code| publish::job(organisation, code, closing)).collect::<Result<Vec<_>>>()?;
    app.db.write(move |tx| Box::pin(jobs::enqueue(tx, due))).await?;
    invitation::purge::run(app, organisation).await?;
    Ok(())
}
