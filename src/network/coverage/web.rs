//! `/network/coverage`.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::Uri;
use axum::routing::get;

use super::panel::{self, CoveragePanel, FeedRow};
use super::{read, store};
use crate::app::App;
use crate::breakdown::read as whole;
use crate::breakdown::request::RawQuestion;
use crate::breakdown::web::page::View;
use crate::i18n::Words;
use crate::network::web::visit::{OwnerFrame, Visit};
use crate::team::web::ProcessOwner;
use crate::web::{Answer, Frame, Page, Routes};

/// The routes of who is heard.
pub fn routes() -> Routes {
    Routes::new().route("/network/coverage", get(of_network))
}

#[derive(Template)]
#[template(path = "network/coverage.html")]
struct CoveragePage {
    w: Words,
    frame: Frame,
    around: OwnerFrame,
    view: View<CoveragePanel>,
    /// Of systems, not of journeys: they are shown as soon as anything is. Nothing is in pilot.
    feeds: Vec<FeedRow>,
}

async fn of_network(
    ProcessOwner(me): ProcessOwner,
    State(app): State<App>,
    uri: Uri,
    Query(asked): Query<RawQuestion>,
) -> Answer<Page<CoveragePage>> {
    let visit = Visit::of(&app, me, asked).await?;
    let (organisation, lang) = (visit.me.organisation, visit.lang());
    let reading = read::read(&app.db, organisation, &visit.question, visit.now).await?;
    let breakdown = whole::read(&app.db, organisation, &visit.question, visit.now).await?;
    visit.looked(&app, "coverage").await?;
    let mut feeds = Vec::new();
    if visit.me.stage.tells_management() {
        let heard = store::feeds(app.db.reader(), organisation, visit.now).await?;
        feeds = panel::feeds(&heard, visit.known(), &visit.me.zone, lang);
    }
    let view =
        View::of(reading, lang, |shown| CoveragePanel::of(&shown, breakdown.as_ref().ok(), lang));
    let (frame, around) =
        (visit.frame(&uri, "owner-coverage-title"), visit.around(&uri, Vec::new()));
    Ok(Page(CoveragePage { w: Words(lang), frame, around, view, feeds }))
}
