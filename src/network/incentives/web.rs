//! `/network/incentives`.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::Uri;
use axum::routing::get;

use super::panel::IncentivesPanel;
use super::read;
use crate::app::App;
use crate::breakdown::request::RawQuestion;
use crate::breakdown::web::page::View;
use crate::i18n::Words;
use crate::network::web::visit::{OwnerFrame, Visit};
use crate::team::web::ProcessOwner;
use crate::web::{Answer, Frame, Page, Routes};

/// The routes of incentives.
pub fn routes() -> Routes {
    Routes::new().route("/network/incentives", get(of_network))
}

#[derive(Template)]
#[template(path = "network/incentives.html")]
struct IncentivesPage {
    w: Words,
    frame: Frame,
    around: OwnerFrame,
    view: View<IncentivesPanel>,
}

async fn of_network(
    ProcessOwner(me): ProcessOwner,
    State(app): State<App>,
    uri: Uri,
    Query(asked): Query<RawQuestion>,
) -> Answer<Page<IncentivesPage>> {
    let visit = Visit::of(&app, me, asked).await?;
    let reading = read::read(&app.db, visit.me.organisation, &visit.question, visit.now).await?;
    visit.looked(&app, "incentives").await?;
    let lang = visit.lang();
    let view = View::of(reading, lang, |shown| IncentivesPanel::of(&shown, lang));
    let (frame, around) =
        (visit.frame(&uri, "owner-incentives-title"), visit.around(&uri, Vec::new()));
    Ok(Page(IncentivesPage { w: Words(lang), frame, around, view }))
}
