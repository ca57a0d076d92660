//! `/teams/{team}/pack`: the sheet on the screen, ready to be printed.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Uri;
use axum::routing::get;

use super::{Pack, PackReader, gather};
use crate::app::App;
use crate::breakdown::request::RawQuestion;
use crate::breakdown::titles;
use crate::breakdown::web::page::{View, looked_at, team_question};
use crate::i18n::Words;
use crate::team::web::{SignedIn, frame, must_belong};
use crate::web::{Answer, Frame, Page, Routes, percent_encoded};

/// The routes of the pack.
pub fn routes() -> Routes {
    Routes::new().route("/teams/{team}/pack", get(pack))
}

#[derive(Template)]
#[template(path = "discussion/pack.html")]
struct PackPage {
    w: Words,
    frame: Frame,
    about: String,
    home: String,
    view: View<Pack>,
}

async fn pack(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path(team): Path<String>,
    Query(asked): Query<RawQuestion>,
) -> Answer<Page<PackPage>> {
    must_belong(&app, &me, &team).await?;
    let (known, question) = team_question(&app, &me, &team, asked).await?;
    let question = gather::lately(&app, me.organisation, question).await?;
    let whose = PackReader {
        organisation: me.organisation,
        team: &team,
        lang: me.lang,
        zone: &me.zone,
        reads_alone: true,
    };
    let gathered = gather::gather(&app, whose, &known, &question).await?;
    looked_at(&app, me.organisation, me.role.code(), gather::place(&question)).await?;
    let w = Words(me.lang);
    Ok(Page(PackPage {
        w,
        frame: frame(&me, &uri, w.say("pack-title")),
        about: titles::about_question(&question, me.lang),
        home: format!("/teams/{}", percent_encoded(&team)),
        view: View::of(gathered, me.lang, |pack| pack),
    }))
}
