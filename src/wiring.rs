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
use crate::i18n::Lang;
use crate::{breakdown, journal, limits, team, web};

/// The whole service as one router.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(staff())
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
