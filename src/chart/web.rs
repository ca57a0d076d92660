//! Charts in the API.

use axum::Json;
use axum::extract::{Query, State};
use axum::routing::get;
use serde::Deserialize;

use super::document::{self, Document};
use super::read::{self, Asked, Reading};
use crate::app::App;
use crate::breakdown::web::{Reader, covered, looked_at, withheld};
use crate::breakdown::{request, store};
use crate::web::{Answer, Routes};

/// The routes of charts.
pub fn routes() -> Routes {
    Routes::new().route("/api/v1/chart", get(of_api))
}

/// What is asked beside whose journeys and when.
#[derive(Deserialize)]
struct Charted {
    measure: String,
    baseline_until: Option<String>,
}

async fn of_api(
    reader: Reader,
    State(app): State<App>,
    Query(charted): Query<Charted>,
    Query(asked): Query<request::Asked>,
) -> Answer<Json<Document>> {
    let known = store::known(app.db.reader(), reader.organisation).await?;
    let question = asked.check(&known, reader.eyes.clone())?;
    if let (Some(me), Some(team)) = (&reader.person, question.eyes.team()) {
        covered(me, team, &question)?;
    }
    let asked = Asked::check(question, &charted.measure, charted.baseline_until.as_deref())?;
    match read::read(&app.db, reader.organisation, &asked, app.clock.now()).await? {
        Reading::Withheld(why) => Err(withheld(&app, &reader, &why).await?),
        Reading::Shown(chart) => {
            looked_at(&app, reader.organisation, &reader.role, asked.place()).await?;
            Ok(Json(document::document(&chart)))
        }
    }
}
