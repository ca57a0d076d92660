//! The breakdown's pages, `/teams/{team}/breakdown` and `/network`, and its address in the API.

pub mod api;
pub mod nav;
pub mod page;

use askama::Template;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::Uri;
use axum::routing::get;

use crate::app::App;
use crate::blueprint::Names;
use crate::breakdown::chooser::Chooser;
use crate::breakdown::document::{self, Document};
use crate::breakdown::evidence_links::EvidenceLinks;
use crate::breakdown::panel::Panel;
use crate::breakdown::request::{Question, RawQuestion};
use crate::breakdown::{read, store, titles};
use crate::i18n::Words;
use crate::privacy::{Eyes, Place};
use crate::team::web::{ProcessOwner, SignedIn, frame, must_belong};
use crate::web::{Answer, Frame, FrameLink, Page, Routes};

use api::Reader;
use page::{View, chooser, looked_at, team_question};

/// The routes of this domain.
pub fn routes() -> Routes {
    Routes::new()
        .route("/teams/{team}/breakdown", get(of_team))
        .route("/network", get(of_network))
        .route("/api/v1/breakdown", get(of_api))
}

#[derive(Template)]
#[template(path = "breakdown/page.html")]
struct BreakdownPage {
    w: Words,
    frame: Frame,
    /// The owner's other pages; a team has none of them.
    nav: Vec<FrameLink>,
    about: String,
    chooser: Chooser,
    /// The map of the same journeys.
    map: String,
    view: View<Panel>,
}

/// A team's own part first, then the whole chain.
async fn of_team(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path(team): Path<String>,
    Query(asked): Query<RawQuestion>,
) -> Answer<Page<BreakdownPage>> {
    let name = must_belong(&app, &me, &team).await?;
    let (known, question) = team_question(&app, &me, &team, asked).await?;
    let covers = |place: &Place| me.reads_as_team(&team, place);
    let names = Names { fr: name.clone(), en: name };
    let chooser = chooser(&app, &me, &question, &known, &covers).await?;
    page(&app, &me, &uri, &question, chooser, Some((&team, &names))).await
}

/// The whole network, for the process owner.
async fn of_network(
    ProcessOwner(me): ProcessOwner,
    State(app): State<App>,
    uri: Uri,
    Query(asked): Query<RawQuestion>,
) -> Answer<Page<BreakdownPage>> {
    let known = store::known(app.db.reader(), me.organisation).await?;
    let question = asked.check(&known, Eyes::Owner)?;
    let chooser = chooser(&app, &me, &question, &known, &|_| true).await?;
    page(&app, &me, &uri, &question, chooser, None).await
}

async fn page(
    app: &App,
    me: &SignedIn,
    uri: &Uri,
    question: &Question,
    chooser: Chooser,
    team: Option<(&str, &Names)>,
) -> Answer<Page<BreakdownPage>> {
    let w = Words(me.lang);
    let reading = read::read(&app.db, me.organisation, question, app.clock.now()).await?;
    looked_at(app, me.organisation, me.role.code(), look(question)).await?;
    let links = team.map(|(code, _)| EvidenceLinks::of_team(code, question));
    let about = match &reading {
        Ok(shown) => titles::about(shown, me.lang),
        Err(_) => titles::about_question(question, me.lang),
    };
    let view =
        View::of(reading, me.lang, |shown| Panel::new(&shown, team, links.as_ref(), me.lang));
    let map =
        team.map_or_else(|| "/network/map".to_owned(), |(code, _)| format!("/teams/{code}/map"));
    Ok(Page(BreakdownPage {
        w,
        map: format!("{map}{}", uri.query().map_or_else(String::new, |query| format!("?{query}"))),
        frame: frame(me, uri, w.say("breakdown-title")),
        nav: nav::of(&question.eyes, (uri.path(), uri.query()), me.lang),
        about,
        chooser,
        view,
    }))
}

/// The document of the command line's `--json`, for a program with a key or a person who is signed
/// in.
async fn of_api(
    reader: Reader,
    State(app): State<App>,
    Query(asked): Query<RawQuestion>,
) -> Answer<Json<Document>> {
    let question = reader.question(&app, &asked).await?;
    let reading = read::read(&app.db, reader.organisation, &question, app.clock.now()).await?;
    let lang = reader.lang;
    reader.answer(&app, reading, look(&question), |shown| document::document(shown, lang)).await
}

/// What is looked at, as the access log names it.
fn look(question: &Question) -> String {
    format!("breakdown {} {}", question.blueprint.journey_type, question.partition)
}
