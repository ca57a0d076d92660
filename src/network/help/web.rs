//! `/network/help` and `GET /api/v1/help`.

use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::Uri;
use axum::routing::get;

use super::document::Document;
use super::{Help, view};
use crate::app::App;
use crate::breakdown::read::{self, Reading};
use crate::breakdown::request::Asked;
use crate::breakdown::store;
use crate::breakdown::web::{Reader, covered, looked_at, withheld};
use crate::i18n::Words;
use crate::network::web::{OwnerFrame, View, Visit};
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
    view: View<view::View>,
}

async fn of_network(
    ProcessOwner(me): ProcessOwner,
    State(app): State<App>,
    uri: Uri,
    Query(asked): Query<Asked>,
) -> Answer<Page<HelpPage>> {
    let visit = Visit::of(&app, me, asked).await?;
    let reading = read::read(&app.db, visit.me.organisation, &visit.question, visit.now).await?;
    visit.looked(&app, "help").await?;
    let view = match &reading {
        Reading::Shown(shown) => View::Shown(view::View::of(&Help::of(shown), visit.lang())),
        Reading::Withheld(why) => View::Withheld(visit.why(why)),
    };
    let (frame, around) = (visit.frame(&uri, "owner-help-title"), visit.around(&uri, Vec::new()));
    Ok(Page(HelpPage { w: Words(visit.lang()), frame, around, view }))
}

/// For whom a breakdown may be read: of any place and with a team's eyes as well.
async fn of_api(
    reader: Reader,
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Answer<Json<Document>> {
    let known = store::known(app.db.reader(), reader.organisation).await?;
    let question = asked.check(&known, reader.eyes.clone())?;
    if let (Some(me), Some(team)) = (&reader.person, question.eyes.team()) {
        covered(me, team, &question)?;
    }
    match read::read(&app.db, reader.organisation, &question, app.clock.now()).await? {
        Reading::Withheld(why) => Err(withheld(&app, &reader, &why).await?),
        Reading::Shown(shown) => {
            let place = format!("help {} {}", question.blueprint.journey_type, question.partition);
            looked_at(&app, reader.organisation, &reader.role, place).await?;
            Ok(Json(Document::of(&Help::of(&shown))))
        }
    }
}
