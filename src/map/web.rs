//! The map's pages, `/network/map` and `/teams/{team}/map`, and its address in the API.

use askama::Template;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::Uri;
use axum::routing::get;
use serde::Deserialize;

use super::detail::{self, Detail};
use super::document::{self, Document};
use super::phrases::MapPhrases;
use super::table::{self, Table};
use super::{Map, picture, read};
use crate::app::App;
use crate::breakdown::chooser::Chooser;
use crate::breakdown::request::{Question, RawQuestion};
use crate::breakdown::web::api::Reader;
use crate::breakdown::web::nav;
use crate::breakdown::web::page::{View, chooser, covered, looked_at, own_place};
use crate::breakdown::{store, titles};
use crate::error::{Error, Refusal};
use crate::i18n::{Lang, Text, Words};
use crate::privacy::{Disclosed, Eyes, Place};
use crate::team::web::{ProcessOwner, SignedIn, frame, must_belong};
use crate::web::{Answer, Frame, FrameLink, Page, Routes};

/// The routes of maps.
pub fn routes() -> Routes {
    Routes::new()
        .route("/network/map", get(of_network))
        .route("/teams/{team}/map", get(of_team))
        .route("/api/v1/map", get(of_api))
}

/// What is asked beside whose journeys and when.
#[derive(Deserialize)]
struct MapOptions {
    detail: Option<String>,
}

impl MapOptions {
    fn check(&self) -> Answer<Detail> {
        let given = self.detail.as_deref().unwrap_or_default();
        let refused = |_| {
            let text = Text::new("map-unknown-detail").with("given", given);
            Error::from(Refusal::new(text).in_field("detail"))
        };
        if given.is_empty() { Ok(Detail::default()) } else { Ok(given.parse().map_err(refused)?) }
    }
}

#[derive(Template)]
#[template(path = "map/page.html")]
struct MapPage {
    w: Words,
    frame: Frame,
    /// The owner's other pages; a team has none of them.
    nav: Vec<FrameLink>,
    about: String,
    chooser: Chooser,
    /// The breakdown of the same journeys.
    breakdown: String,
    view: View<Panel>,
}

/// Everything that the page shows of a map.
struct Panel {
    lede: String,
    picture: String,
    details: Vec<Choice>,
    tables: [Table; 3],
    detours: Vec<(String, String)>,
    rescued: Option<String>,
    rescues: Vec<(String, String)>,
    made_up: Vec<String>,
    hidden: Vec<(String, String)>,
    notes: Vec<String>,
    own: bool,
}

/// A link to more or less of the same map.
struct Choice {
    href: String,
    words: String,
    here: bool,
}

impl Panel {
    fn new(map: &Disclosed<Map>, detail: Detail, own: Option<&str>, lang: Lang, uri: &Uri) -> Self {
        let says = MapPhrases::new(map, lang);
        Self {
            lede: says.lede(),
            picture: picture::draw(map, detail, own, lang),
            details: details(uri, detail, lang),
            tables: table::tables(map, own, lang),
            detours: says.detours(),
            rescued: says.rescued(),
            rescues: says.rescues(),
            made_up: says.made_up(),
            hidden: says.hidden(),
            notes: says.notes(),
            own: own.is_some(),
        }
    }
}

fn details(uri: &Uri, chosen: Detail, lang: Lang) -> Vec<Choice> {
    let others: Vec<&str> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("detail="))
        .collect();
    let choice = |detail: Detail| {
        let key = match detail {
            Detail::Main => "map-detail-main",
            Detail::More => "map-detail-more",
            Detail::All => "map-detail-all",
        };
        let own = format!("detail={}", detail.code());
        let query = others.iter().copied().chain([own.as_str()]).collect::<Vec<_>>().join("&");
        Choice { href: format!("?{query}"), words: Words(lang).say(key), here: detail == chosen }
    };
    detail::ALL.into_iter().map(choice).collect()
}

async fn of_network(
    ProcessOwner(me): ProcessOwner,
    State(app): State<App>,
    uri: Uri,
    Query(asked): Query<RawQuestion>,
    Query(options): Query<MapOptions>,
) -> Answer<Page<MapPage>> {
    let known = store::known(app.db.reader(), me.organisation).await?;
    let question = asked.check(&known, Eyes::Owner)?;
    let chooser = chooser(&app, &me, &question, &known, &|_| true).await?;
    page(&app, &me, &uri, &question, options.check()?, chooser).await
}

async fn of_team(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path(team): Path<String>,
    Query(mut asked): Query<RawQuestion>,
    Query(options): Query<MapOptions>,
) -> Answer<Page<MapPage>> {
    must_belong(&app, &me, &team).await?;
    let known = store::known(app.db.reader(), me.organisation).await?;
    if asked.partition.as_deref().unwrap_or_default().is_empty() {
        asked.partition = Some(own_place(&me, &team).to_string());
    }
    let question = asked.check(&known, Eyes::Team(team.clone()))?;
    covered(&me, &team, &question)?;
    let covers = |place: &Place| me.reads_as_team(&team, place);
    let chooser = chooser(&app, &me, &question, &known, &covers).await?;
    page(&app, &me, &uri, &question, options.check()?, chooser).await
}

async fn page(
    app: &App,
    me: &SignedIn,
    uri: &Uri,
    question: &Question,
    detail: Detail,
    chooser: Chooser,
) -> Answer<Page<MapPage>> {
    let w = Words(me.lang);
    let reading = read::read(&app.db, me.organisation, question, app.clock.now()).await?;
    looked_at(app, me.organisation, me.role.code(), look(question)).await?;
    let about = match &reading {
        Ok(map) => MapPhrases::new(map, me.lang).about(),
        Err(_) => titles::about_question(question, me.lang),
    };
    let view = View::of(reading, me.lang, |map| {
        Panel::new(&map, detail, question.eyes.team(), me.lang, uri)
    });
    let breakdown = question
        .eyes
        .team()
        .map_or_else(|| "/network".to_owned(), |team| format!("/teams/{team}/breakdown"));
    Ok(Page(MapPage {
        w,
        frame: frame(me, uri, w.say("map-title")),
        nav: nav::of(&question.eyes, (uri.path(), uri.query()), me.lang),
        about,
        chooser,
        breakdown: format!(
            "{breakdown}{}",
            uri.query().map_or_else(String::new, |query| format!("?{query}"))
        ),
        view,
    }))
}

async fn of_api(
    reader: Reader,
    State(app): State<App>,
    Query(asked): Query<RawQuestion>,
) -> Answer<Json<Document>> {
    let question = reader.question(&app, &asked).await?;
    let reading = read::read(&app.db, reader.organisation, &question, app.clock.now()).await?;
    let lang = reader.lang;
    reader.answer(&app, reading, look(&question), |map| document::document(map, lang)).await
}

/// What is looked at, as the access log names it.
fn look(question: &Question) -> String {
    format!("map {} {}", question.blueprint.journey_type, question.partition)
}
