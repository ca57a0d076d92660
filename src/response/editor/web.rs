//! `/questionnaires/{type}`: the administrator words a questionnaire, sees it as customers would,
//! and publishes it.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use serde::Deserialize;

use super::page::{EditorContext, EditorPage};
use super::preview::{self, PreviewContext};
use super::{EditorInput, REASON, gaps, most_fields, parts, read, store};
use crate::app::App;
use crate::blueprint::{self, Blueprint};
use crate::i18n::{Lang, Text};
use crate::journal::Reason;
use crate::organisation;
use crate::response::form::{self, Problem};
use crate::survey::publishing::{Publishing, publish};
use crate::survey::wording::Wording;
use crate::survey::{self, Questionnaire};
use crate::team::web::{Administrator, SignedIn, frame};
use crate::web::{Answer, Failure, Page, Routes};

pub fn routes() -> Routes {
    Routes::new().route("/questionnaires/{type}", get(show).post(save))
}

#[derive(Deserialize)]
struct PreviewQuery {
    preview: Option<Lang>,
}

async fn show(
    Administrator(me): Administrator,
    State(app): State<App>,
    Path(journey_type): Path<String>,
    Query(asked): Query<PreviewQuery>,
    uri: Uri,
) -> Answer<Page<EditorPage>> {
    let blueprint = blueprint(&app, &me, &journey_type).await?;
    let wording = current(&app, &me, &journey_type).await?;
    let typed = EditorInput { wording, ..EditorInput::default() };
    page(&app, &me, &uri, &blueprint, (typed, &[]), asked.preview).await
}

async fn save(
    Administrator(me): Administrator,
    State(app): State<App>,
    Path(journey_type): Path<String>,
    uri: Uri,
    body: Bytes,
) -> Answer {
    let blueprint = blueprint(&app, &me, &journey_type).await?;
    let parts = parts(&blueprint);
    let pairs = form::pairs_up_to(&body, most_fields(&parts))
        .map_err(|malformed| Failure::new(StatusCode::UNPROCESSABLE_ENTITY, malformed.text()))?;
    let (typed, mut problems) = read(&pairs, &parts);
    if problems.is_empty() {
        problems = take(&app, &me, &blueprint, &typed).await?;
    }
    if problems.is_empty() {
        return Ok(Redirect::to(uri.path()).into_response());
    }
    let page = page(&app, &me, &uri, &blueprint, (typed, &problems), None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Saves what was typed, publishes it if asked, and says what stands against that.
async fn take(
    app: &App,
    me: &SignedIn,
    blueprint: &Blueprint,
    typed: &EditorInput,
) -> Answer<Vec<Problem>> {
    let (organisation, now) = (me.organisation, app.clock.now());
    let (code, wording) = (blueprint.journey_type.clone(), typed.wording.clone());
    let saved = app.db.write(move |tx| {
        Box::pin(
            async move { survey::store::save_draft(tx, (organisation, &code), wording, now).await },
        )
    });
    saved.await?;
    if !typed.publish {
        return Ok(Vec::new());
    }
    let mut problems = gaps(&typed.wording.gaps(), blueprint, me.lang);
    match Reason::parse(&typed.reason) {
        Err(crate::error::Error::Refused(refusal)) => {
            problems.push(Problem { field: REASON.to_owned(), text: refusal.text });
        }
        reason if problems.is_empty() => {
            let publishing =
                Publishing { author: me.author(), reason: reason?, now, parts_asked: None };
            publish(&app.db, organisation, blueprint.journey_type.clone(), publishing).await?;
        }
        _ => {}
    }
    Ok(problems)
}

/// Another organisation's is not found either.
async fn blueprint(app: &App, me: &SignedIn, journey_type: &str) -> Answer<Blueprint> {
    let found = blueprint::store::blueprint(app.db.reader(), me.organisation, journey_type).await?;
    found.ok_or_else(Failure::not_found)
}

/// What is edited: the draft, else what is in force, else the product's own words.
async fn current(app: &App, me: &SignedIn, journey_type: &str) -> Answer<Wording> {
    let draft = survey::store::draft(app.db.reader(), me.organisation, journey_type).await?;
    let asked = survey::store::in_force(app.db.reader(), me.organisation, journey_type).await?;
    Ok(draft.or(asked).map(|found| found.wording).unwrap_or_default())
}

/// The page as it stands, or as it was typed and refused.
async fn page(
    app: &App,
    me: &SignedIn,
    uri: &Uri,
    blueprint: &Blueprint,
    (typed, problems): (EditorInput, &[Problem]),
    wished: Option<Lang>,
) -> Answer<Page<EditorPage>> {
    let (reader, organisation) = (app.db.reader(), me.organisation);
    let journeys = store::journeys(reader, organisation, blueprint, app.clock.now()).await?;
    let versions = survey::store::history(reader, organisation, &blueprint.journey_type).await?;
    let questionnaire =
        Questionnaire { wording: typed.wording.clone(), ..Questionnaire::standard(1) };
    let lang = questionnaire.wording.nearest(wished.unwrap_or(me.lang));
    let name = organisation::store::name(reader, organisation).await?;
    let setting = PreviewContext {
        questionnaire: &questionnaire,
        blueprint,
        zone: &me.zone,
        lang,
        organisation: &name,
    };
    let seen = preview::previews(setting, &journeys)?;
    let title = Text::new("response-editor-title");
    let title = title.with("name", blueprint.name.say(me.lang));
    let frame = frame(me, uri, title.say(me.lang));
    let known = EditorContext {
        blueprint,
        versions: &versions,
        zone: &me.zone,
        lang: me.lang,
        path: uri.path(),
    };
    Ok(Page(EditorPage::new(known, frame, typed, problems, (lang, seen))))
}
