//! Every route, job and middleware: the one file that knows all domains.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::app::App;
use crate::i18n::Lang;
use crate::rate_limit::Pace;
use crate::web::Routes;
use crate::{
    blueprint, breakdown, chart, discussion, guarantee, invitation, journal, journey, limits, map,
    network, power, response, team, web,
};

/// The whole service as one router.
pub fn router(app: App) -> Router {
    let pace = Arc::new(Pace::new(app.config.requests_per_minute, &app.clock));
    staff()
        .into_router()
        .layer(middleware::from_fn_with_state(app.clone(), web::remember_language))
        .merge(others().into_router())
        .layer(team::web::layer(&app))
        .layer(DefaultBodyLimit::max(limits::BODY))
        .layer(middleware::from_fn_with_state((app.clone(), pace.clone()), web::paced))
        .layer(middleware::from_fn(say_failures))
        .layer(middleware::from_fn_with_state(app.clone(), web::same_origin))
        .layer(middleware::from_fn_with_state((app.clone(), pace), web::note_refusals))
        .layer(middleware::from_fn_with_state(app.clone(), web::guard_headers))
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, limits::REQUEST))
        // Paths may hold a link's secret, so a span names the method alone.
        .layer(TraceLayer::new_for_http().make_span_with(
            |request: &Request| tracing::debug_span!("request", method = %request.method()),
        ))
        .with_state(app)
}

/// Where everything is that [`router`] answers at, from the tables that it is made of.
pub fn paths() -> Vec<&'static str> {
    [staff().paths(), others().paths()].concat()
}

/// The pages of the staff, which remember a language.
fn staff() -> Routes {
    Routes::new()
        .merge(team::web::routes())
        .merge(blueprint::setup::web::routes())
        .merge(journal::web::routes())
        .merge(breakdown::web::routes())
        .merge(chart::web::routes())
        .merge(network::web::routes())
        .merge(map::web::routes())
        .merge(power::web::routes())
        .merge(discussion::evidence::web::routes())
        .merge(discussion::home::web::routes())
        .merge(discussion::pack::web::routes())
        .merge(discussion::web::routes())
        .merge(journey::feeds::web::routes())
        .merge(invitation::rates::web::routes())
        .merge(invitation::erasure::web::routes())
        .merge(response::editor::web::routes())
        .merge(guarantee::web::pages())
}

/// What programs, customers and machines ask for.
fn others() -> Routes {
    Routes::new()
        .merge(journey::web::routes())
        .merge(response::web::routes())
        .merge(guarantee::web::documents())
        .route("/healthz", get(health))
        .route("/livez", get(live))
        .route("/readyz", get(ready))
        .route("/assets/style.css", get(style))
        .route("/assets/survey.css", get(survey_style))
}

async fn say_failures(lang: Lang, request: Request, next: Next) -> Response {
    web::explain(lang, request, next).await
}

/// That it runs: whoever keeps services alive starts one anew that does not answer this. It asks
/// nothing of the database, which another start would not mend.
async fn live() -> &'static str {
    "ok\n"
}

/// Whether it can write: whoever spreads requests sends nobody to one that cannot.
async fn ready(State(app): State<App>) -> web::Answer<&'static str> {
    match app.readiness.check().await {
        Ok(()) => Ok("ok\n"),
        Err(failure) => Err(web::Failure::shared(StatusCode::SERVICE_UNAVAILABLE, failure)),
    }
}

/// Whether it answers and its database does.
async fn health(State(app): State<App>) -> web::Answer<&'static str> {
    app.db.reader().ping().await?;
    Ok("ok\n")
}

/// The staff's sheet has the customers' part too, since an administrator previews their pages.
async fn style() -> Response {
    const SHEET: &str = concat!(
        include_str!("../templates/shared.css"),
        include_str!("../templates/style.css"),
        include_str!("../templates/pack.css"),
        include_str!("../templates/survey.css")
    );
    sheet(SHEET)
}

async fn survey_style() -> Response {
    sheet(concat!(include_str!("../templates/shared.css"), include_str!("../templates/survey.css")))
}

fn sheet(text: &'static str) -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], text).into_response()
}
