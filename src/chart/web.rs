//! Charts in the API.

use axum::Json;
use axum::extract::{Query, State};
use axum::routing::get;
use serde::Deserialize;

use super::document::{self, Document};
use super::read::{self, ChartQuestion};
use crate::app::App;
use crate::breakdown::request::RawQuestion;
use crate::breakdown::web::api::Reader;
use crate::web::{Answer, Routes};

/// The routes of charts.
pub fn routes() -> Routes {
    Routes::new().route("/api/v1/chart", get(of_api))
}

/// What is asked beside whose journeys and when.
#[derive(Deserialize)]
struct ChartOptions {
    measure: String,
    baseline_until: Option<String>,
}

async fn of_api(
    reader: Reader,
    State(app): State<App>,
    Query(options): Query<ChartOptions>,
    Query(asked): Query<RawQuestion>,
) -> Answer<Json<Document>> {
    let question = reader.question(&app, &asked).await?;
    let asked =
        ChartQuestion::check(question, &options.measure, options.baseline_until.as_deref())?;
    let reading = read::read(&app.db, reader.organisation, &asked, app.clock.now()).await?;
    reader.answer(&app, reading, asked.place(), document::document).await
}
