//! `/network/help` and `GET /api/v1/help`.

use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::Uri;
use axum::routing::get;

use super::Help;
use super::document::Document;
use super::panel::HelpPanel;
use crate::app::App;
use crate::breakdown::read;
use crate::breakdown::request::RawQuestion;
use crate::breakdown::web::api::Reader;
use crate::breakdown::web::page::View;
use crate::i18n::Words;
use crate::network::web::visit::{OwnerFrame, Visit};
use crate::team::web::ProcessOwner;
use crate::web::{Answer, Frame, Page, Routes};

/// The routes of what would help.
pub fn routes() -> Routes {
    Routes::new().route("/network/help", get(of_network)).route("/api/v1/help", get(of_api))
}

#[derive(Template)]
#[template(path = "network/help.html")]
struct HelpPage {
    w: Words,
    frame: Frame,
    around: OwnerFrame,
    view: View<HelpPanel>,
}

async fn of_network(
    ProcessOwner(me): ProcessOwner,
    State(app): State<App>,
    uri: Uri,
    Query(asked): Query<RawQuestion>,
) -> Answer<Page<HelpPage>> {
    let visit = Visit::of(&app, me, asked).await?;
    let reading = read::read(&app.db, visit.me.organisation, &visit.question, visit.now).await?;
    visit.looked(&app, "help").await?;
    let lang = visit.lang();
    let view = View::of(reading, lang, |shown| HelpPanel::of(&Help::of(&shown), lang));
    let (frame, around) = (visit.frame(&uri, "owner-help-title"), visit.around(&uri, Vec::new()));
    Ok(Page(HelpPage { w: Words(lang), frame, around, view }))
}

/// For whom a breakdown may be read: of any place and with a team's eyes as well.
async fn of_api(
    reader: Reader,
    State(app): State<App>,
    Query(asked): Query<RawQuestion>,
) -> Answer<Json<Document>> {
    let question = reader.question(&app, &asked).await?;
    let reading = read::read(&app.db, reader.organisation, &question, app.clock.now()).await?;
    let place = format!("help {} {}", question.blueprint.journey_type, question.partition);
    reader.answer(&app, reading, place, |shown| Document::of(&Help::of(shown))).await
}
