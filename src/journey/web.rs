//! `POST /api/v1/events`: a feed sends events and learns what became of each.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::post;
use serde::Deserialize;

use super::import::{self, Format, Import};
use super::mapping::ColumnChoices;
use super::source::Source;
use super::store::batch::Arrival;
use crate::app::App;
use crate::blueprint;
use crate::error::Error;
use crate::i18n::{Lang, Text};
use crate::id::OrganisationId;
use crate::limits;
use crate::progress::silent;
use crate::team::Scope;
use crate::team::web::ApiCaller;
use crate::web::{Answer, Failure, Routes};

pub fn routes() -> Routes {
    Routes::new()
        .route("/api/v1/events", post(ingest).layer(DefaultBodyLimit::max(limits::EVENTS_BODY)))
}

#[derive(Deserialize)]
struct ImportParameters {
    journey_type: Option<String>,
}

async fn ingest(
    caller: ApiCaller,
    State(app): State<App>,
    lang: Lang,
    Query(asked): Query<ImportParameters>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    caller.must_have(Scope::EventsWrite)?;
    let source = Source::Bytes(body.as_ref().into());
    let import = Import {
        organisation: caller.organisation,
        journey_type: journey_type(&app, caller.organisation, asked.journey_type).await?,
        format: format(&headers)?,
        source,
        said: ColumnChoices::default(),
        site: None,
        arrival: Arrival::Live,
    };
    match import::import(&app, &import, &silent).await {
        Ok(report) => Ok((StatusCode::ACCEPTED, Json(report.to_json(lang))).into_response()),
        Err(refused @ Error::Refused(_)) => {
            Err(Failure::with_status(StatusCode::BAD_REQUEST, refused))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The type that the request names; it may be left out where there is only one.
async fn journey_type(
    app: &App,
    organisation: OrganisationId,
    asked: Option<String>,
) -> Answer<String> {
    let mut known = blueprint::store::types(app.db.reader(), organisation).await?;
    match asked.filter(|code| !code.is_empty()) {
        Some(code) if known.contains(&code) => Ok(code),
        Some(code) => Err(Failure::new(
            StatusCode::NOT_FOUND,
            Text::new("journey-no-type").with("code", code),
        )),
        None if known.len() == 1 => Ok(known.remove(0)),
        None => Err(Failure::new(StatusCode::BAD_REQUEST, Text::new("journey-type-missing"))),
    }
}

fn format(headers: &HeaderMap) -> Answer<Format> {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match kind.split(';').next().unwrap_or_default().trim() {
        "application/x-ndjson" | "application/ndjson" | "application/cloudevents+json" => {
            Ok(Format::Lines)
        }
        "application/cloudevents-batch+json" | "application/json" => Ok(Format::Array),
        _ => Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, Text::new("journey-media-type"))),
    }
}
