//! The breakdown's pages, `/teams/{team}/breakdown` and `/network`, and its address in the API.

use askama::Template;
use axum::Json;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::chooser::Chooser;
use super::document::{self, Document};
use super::evidence_links::EvidenceLinks;
use super::panel::Panel;
use super::read::{self, Reading, Why};
use super::request::{Asked, Known, Question};
use super::stated_limits::{self, Chapter};
use super::{Eyes, Names, store, words};
use crate::app::App;
use crate::i18n::{Lang, Text, Words};
use crate::id::OrganisationId;
use crate::journal::{self, Look};
use crate::privacy::Place;
use crate::team::web::{
    ApiCaller, ProcessOwner, SignedIn, Visitor, frame, must_belong, open_frame,
};
use crate::team::{self, Role, Scope};
use crate::web::{Answer, Failure, Frame, FrameLink, Page, Routes};
use crate::{chart, map, network};

/// The routes of this domain.
pub fn routes() -> Routes {
    Routes::new()
        .route("/teams/{team}/breakdown", get(of_team))
        .route("/network", get(of_network))
        .route("/api/v1/breakdown", get(of_api))
        .route("/what-this-cannot-know", get(what_this_cannot_know))
        .merge(chart::web::routes())
        .merge(network::web::routes())
        .merge(map::web::routes())
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
    view: View,
}

#[derive(Template)]
#[template(path = "breakdown/stated-limits.html")]
struct CannotPage {
    w: Words,
    frame: Frame,
    chapters: Vec<Chapter>,
}

/// Open to everybody: it holds no figure of anyone's.
async fn what_this_cannot_know(Visitor(me): Visitor, lang: Lang, uri: Uri) -> Page<CannotPage> {
    let lang = me.as_ref().map_or(lang, |me| me.lang);
    let w = Words(lang);
    let frame = open_frame(me.as_ref(), lang, &uri, w.say("cannot-title"));
    Page(CannotPage { w, frame, chapters: stated_limits::chapters(lang) })
}

enum View {
    Shown(Box<Panel>),
    Withheld(String),
}

/// A team's own part first, then the whole chain.
async fn of_team(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path(team): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer<Page<BreakdownPage>> {
    let name = must_belong(&app, &me, &team).await?;
    let (known, question) = asked_by(&app, &me, &team, asked).await?;
    let covers = |place: &Place| me.reads_as_team(&team, as_place(place));
    let names = Names { fr: name.clone(), en: name };
    page(&app, &me, &uri, &question, (&known, &covers), Some((&team, &names))).await
}

/// What a page of a team is about, with the team's eyes: where nobody asks for other journeys, those of the member's site,
/// of the first service that the team has a part in.
pub async fn asked_by(
    app: &App,
    me: &SignedIn,
    team: &str,
    mut asked: Asked,
) -> Answer<(Known, Question)> {
    let known = store::known(app.db.reader(), me.organisation).await?;
    if asked.partition.as_deref().unwrap_or_default().is_empty() {
        asked.partition = Some(own_place(me, team).to_string());
    }
    if asked.journey_type.as_deref().unwrap_or_default().is_empty() {
        let own = known
            .chains
            .iter()
            .find(|chain| chain.stops.iter().any(|stop| stop.team.as_deref() == Some(team)));
        asked.journey_type = own.map(|chain| chain.code.clone());
    }
    let question = asked.check(&known, Eyes::Team(team.to_owned()))?;
    covered(me, team, &question)?;
    Ok((known, question))
}

/// The whole network, for the process owner.
async fn of_network(
    ProcessOwner(me): ProcessOwner,
    State(app): State<App>,
    uri: Uri,
    Query(asked): Query<Asked>,
) -> Answer<Page<BreakdownPage>> {
    let known = store::known(app.db.reader(), me.organisation).await?;
    let question = asked.check(&known, Eyes::Owner)?;
    page(&app, &me, &uri, &question, (&known, &|_| true), None).await
}

async fn page(
    app: &App,
    me: &SignedIn,
    uri: &Uri,
    question: &Question,
    (known, covers): (&Known, &(dyn Fn(&Place) -> bool + Sync)),
    team: Option<(&str, &Names)>,
) -> Answer<Page<BreakdownPage>> {
    let now = app.clock.now();
    let (w, code) = (Words(me.lang), &question.chain.code);
    let weeks =
        store::weeks(app.db.reader(), me.organisation, code, question.eyes.visible_at(now)).await?;
    let reading = read::read(&app.db, me.organisation, question, now).await?;
    looked(app, me.organisation, me.role.code(), question).await?;
    let leads = team.map(|(code, _)| EvidenceLinks::of_team(code, question));
    let view = match &reading {
        Reading::Shown(shown) => {
            View::Shown(Box::new(Panel::new(shown, team, leads.as_ref(), me.lang)))
        }
        Reading::Withheld(why) => View::Withheld(why.say(&me.zone, me.lang)),
    };
    let about = match &reading {
        Reading::Shown(shown) => words::about(shown, me.lang),
        Reading::Withheld(_) => words::about_question(question, me.lang),
    };
    let map =
        team.map_or_else(|| "/network/map".to_owned(), |(code, _)| format!("/teams/{code}/map"));
    Ok(Page(BreakdownPage {
        w,
        map: format!("{map}{}", uri.query().map_or_else(String::new, |query| format!("?{query}"))),
        frame: frame(me, uri, w.say("breakdown-title")),
        nav: network::nav::of(&question.eyes, (uri.path(), uri.query()), me.lang),
        about,
        chooser: Chooser::of(question, known, &weeks, covers, me.lang),
        view,
    }))
}

/// The document of the command line's `--json`, for a program with a key or a person who is signed in.
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
    let reading = read::read(&app.db, reader.organisation, &question, app.clock.now()).await?;
    let shown = match reading {
        Reading::Shown(shown) => shown,
        Reading::Withheld(why) => return Err(withheld(&app, &reader, &why).await?),
    };
    looked(&app, reader.organisation, &reader.role, &question).await?;
    Ok(Json(document::document(&shown, reader.lang)))
}

/// Why a reader is shown nothing.
pub async fn withheld(app: &App, reader: &Reader, why: &Why) -> Answer<Failure> {
    let settings = team::store::settings(app.db.reader(), reader.organisation)
        .await?
        .ok_or_else(Failure::not_found)?;
    let text =
        Text::new("breakdown-withheld-because").with("why", why.say(&settings.zone, reader.lang));
    Ok(Failure::new(StatusCode::FORBIDDEN, text))
}

/// Who reads through the API, and with whose eyes.
#[derive(Debug)]
pub struct Reader {
    /// The tenant.
    pub organisation: OrganisationId,
    /// As the access log names it.
    pub role: String,
    /// With whose eyes it reads.
    pub eyes: Eyes,
    /// The language that it reads.
    pub lang: Lang,
    /// The person, where it is no program.
    pub person: Option<SignedIn>,
}

impl FromRequestParts<App> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        if parts.headers.contains_key(AUTHORIZATION) {
            let Ok(lang) = Lang::from_request_parts(parts, app).await;
            let caller = ApiCaller::from_request_parts(parts, app).await?;
            return Self::program(caller, lang).map_err(IntoResponse::into_response);
        }
        let me = SignedIn::from_request_parts(parts, app).await?;
        Self::person(me, parts.uri.query().unwrap_or_default()).map_err(IntoResponse::into_response)
    }
}

impl Reader {
    fn program(caller: ApiCaller, lang: Lang) -> Answer<Self> {
        let eyes = match caller.eyes(Scope::BreakdownRead)? {
            team::Eyes::Owner => Eyes::Owner,
            team::Eyes::Team(team) => Eyes::Team(team.clone()),
        };
        Ok(Self {
            organisation: caller.organisation,
            role: "api".to_owned(),
            eyes,
            lang,
            person: None,
        })
    }

    /// A member reads for the team that `?team=` names, or for its first one.
    fn person(me: SignedIn, query: &str) -> Answer<Self> {
        let eyes = match me.role {
            Role::ProcessOwner => Eyes::Owner,
            Role::TeamMember => {
                let named = query.split('&').find_map(|pair| pair.strip_prefix("team="));
                let first = me.teams.first().map(|member| member.team.as_str());
                let team = named.or(first).ok_or_else(Failure::not_found)?;
                Eyes::Team(team.to_owned())
            }
            Role::Administrator | Role::Representative => {
                return Err(Failure::new(
                    StatusCode::FORBIDDEN,
                    Text::new("breakdown-reads-no-figure"),
                ));
            }
        };
        Ok(Self {
            organisation: me.organisation,
            role: me.role.code().to_owned(),
            eyes,
            lang: me.lang,
            person: Some(me),
        })
    }
}

/// Where a member's page begins: at its site, or with the whole network.
pub fn own_place(me: &SignedIn, team: &str) -> Place {
    let own = me.teams.iter().find(|member| member.team == team);
    own.and_then(|member| member.site.clone()).map_or(Place::Network, Place::Site)
}

/// Refuses a place that the member's team is not at.
pub fn covered(me: &SignedIn, team: &str, question: &Question) -> Answer<()> {
    match me.reads_as_team(team, as_place(&question.partition)) {
        true => Ok(()),
        false => Err(Failure::new(StatusCode::FORBIDDEN, Text::new("breakdown-not-your-place"))),
    }
}

/// The same place, as memberships know it.
pub fn as_place(place: &Place) -> team::Place<'_> {
    match place {
        Place::Network => team::Place::Network,
        Place::Region(code) => team::Place::Region(code),
        Place::Site(code) => team::Place::Site(code),
    }
}

/// Tells the teams that somebody looked. The breakdown shows every team of the chain, so it is written for all.
async fn looked(
    app: &App,
    organisation: OrganisationId,
    role: &str,
    question: &Question,
) -> Answer<()> {
    looked_at(
        app,
        organisation,
        role,
        format!("breakdown {} {}", question.chain.code, question.partition),
    )
    .await
}

/// Tells the teams that somebody looked, and at what.
pub async fn looked_at(
    app: &App,
    organisation: OrganisationId,
    role: &str,
    place: String,
) -> Answer<()> {
    let look = Look { at: app.clock.now(), role: role.to_owned(), team: None, place };
    Ok(journal::store::looked(&app.db, organisation, look).await?)
}
