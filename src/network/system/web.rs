//! `/network/system`.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::Uri;
use axum::routing::get;

use super::System;
use super::panel::SystemPanel;
use crate::app::App;
use crate::breakdown::read;
use crate::breakdown::request::RawQuestion;
use crate::breakdown::web::page::View;
use crate::i18n::Words;
use crate::network::web::visit::{OwnerFrame, Visit};
use crate::team::web::ProcessOwner;
use crate::web::{Answer, Frame, Page, Routes};

/// The routes of system or people.
pub fn routes() -> Routes {
    Routes::new().route("/network/system", get(of_network))
}

#[derive(Template)]
#[template(path = "network/system.html")]
struct SystemPage {
    w: Words,
    frame: Frame,
    around: OwnerFrame,
    view: View<SystemPanel>,
}

async fn of_network(
    ProcessOwner(me): ProcessOwner,
    State(app): State<App>,
    uri: Uri,
    Query(asked): Query<RawQuestion>,
) -> Answer<Page<SystemPage>> {
    let visit = Visit::of(&app, me, asked).await?;
    let reading = read::read(&app.db, visit.me.organisation, &visit.question, visit.now).await?;
    visit.looked(&app, "system").await?;
    let lang = visit.lang();
    let view = View::of(reading, lang, |shown| SystemPanel::of(&System::of(&shown), lang));
    let (frame, around) = (visit.frame(&uri, "owner-system-title"), visit.around(&uri, Vec::new()));
    Ok(Page(SystemPage { w: Words(lang), frame, around, view }))
}
