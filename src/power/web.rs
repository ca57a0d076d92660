//! `/what-this-cannot-know`: the limits of the figures, open to everybody; and for whoever is
//! signed in and reads figures, or sets the service up, what could be seen with theirs.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::Uri;
use axum::routing::get;
use serde::Deserialize;

use super::panel::PowerPanel;
use super::read::{self, Forecast};
use super::{RESPONSE, beside_the_rest, first_place};
use crate::app::App;
use crate::breakdown::chooser::Chooser;
use crate::breakdown::request::{Catalogue, Question, RawQuestion};
use crate::breakdown::stated_limits::{self, Chapter};
use crate::breakdown::web::page::{View, covered, looked_at, own_place};
use crate::breakdown::{store, titles};
use crate::error::Refusal;
use crate::i18n::{Lang, Text, Words};
use crate::privacy::{Eyes, Place};
use crate::team::Role;
use crate::team::web::{SignedIn, Visitor, open_frame};
use crate::web::{Answer, Frame, Page, Routes};

/// The routes of this domain.
pub fn routes() -> Routes {
    Routes::new().route("/what-this-cannot-know", get(what_this_cannot_know))
}

#[derive(Template)]
#[template(path = "power/limits.html")]
struct LimitsPage {
    w: Words,
    frame: Frame,
    chapters: Vec<Chapter>,
    seen: Option<Section>,
}

/// What could be seen, with what can be chosen.
struct Section {
    about: String,
    chooser: Chooser,
    /// The share of customers who answer, of 100, where it is assumed.
    response: Option<u32>,
    view: View<PowerPanel>,
}

/// What is asked of the page, as it was typed.
#[derive(Debug, Default, Deserialize)]
struct AskedOfPage {
    journey_type: Option<String>,
    partition: Option<String>,
    /// Of 100.
    response: Option<String>,
}

async fn what_this_cannot_know(
    Visitor(me): Visitor,
    State(app): State<App>,
    lang: Lang,
    uri: Uri,
    Query(asked): Query<AskedOfPage>,
) -> Answer<Page<LimitsPage>> {
    let lang = me.as_ref().map_or(lang, |me| me.lang);
    let seen = match &me {
        Some(me) => section(&app, me, asked).await?,
        None => None,
    };
    let w = Words(lang);
    let frame = open_frame(me.as_ref(), lang, &uri, w.say("cannot-title"));
    Ok(Page(LimitsPage { w, frame, chapters: stated_limits::chapters(lang), seen }))
}

/// The part for whoever is signed in; none for those who read no figures, or where there is no
/// service or no place to speak of.
async fn section(app: &App, me: &SignedIn, asked: AskedOfPage) -> Answer<Option<Section>> {
    let known = store::known(app.db.reader(), me.organisation).await?;
    let team = me.teams.first().map(|member| member.team.as_str());
    let eyes = match (me.role, team) {
        (Role::ProcessOwner | Role::Administrator, _) => Eyes::Owner,
        (Role::TeamMember, Some(team)) => Eyes::Team(team.to_owned()),
        (Role::TeamMember, None) | (Role::Representative, _) => return Ok(None),
    };
    let covers = |place: &Place| eyes.team().is_none_or(|team| me.reads_as_team(team, place));
    let place = asked.partition.clone().filter(|text| !text.trim().is_empty());
    // A member's own place comes first.
    let own = team.map(|team| own_place(me, team)).filter(|place| *place != Place::Network);
    let first = || own.or_else(|| first_place(&known, covers)).map(|place| place.to_string());
    let Some(place) = place.or_else(first) else { return Ok(None) };
    let Some(journey_type) = asked.journey_type.clone().or_else(|| first_type(&known, team)) else {
        return Ok(None);
    };
    let raw = RawQuestion {
        journey_type: Some(journey_type),
        partition: Some(place),
        ..RawQuestion::default()
    };
    let question = beside_the_rest(raw.check(&known, eyes.clone())?)?;
    if let Some(team) = eyes.team() {
        covered(me, team, &question)?;
    }
    let (view, response) = if me.role == Role::Administrator {
        let response = response(asked.response.as_deref())?;
        (of_log(app, me, &known, &question, response).await?, Some(response))
    } else {
        (of_releases(app, me, &question).await?, None)
    };
    Ok(Some(Section {
        about: titles::about_question(&question, me.lang),
        chooser: Chooser::of(&question, &known, &[], &covers, me.lang),
        response,
        view,
    }))
}

/// What was released, through the gate; the teams are told that somebody looked.
async fn of_releases(app: &App, me: &SignedIn, question: &Question) -> Answer<View<PowerPanel>> {
    let reading = read::read(&app.db, me.organisation, question, app.clock.now()).await?;
    let look = format!("power {} {}", question.blueprint.journey_type, question.partition);
    looked_at(app, me.organisation, me.role.code(), look).await?;
    let team = question.eyes.team();
    Ok(View::of(reading, me.lang, |shown| PowerPanel::new(&shown, team, me.lang)))
}

/// What the log says, for whoever sets the service up.
async fn of_log(
    app: &App,
    me: &SignedIn,
    known: &Catalogue,
    question: &Question,
    response: u32,
) -> Answer<View<PowerPanel>> {
    let share = Some(f64::from(response) / 100.0);
    let found = read::of_log(&app.db, me.organisation, question, &known.sites, share).await?;
    let shown = |forecast: Forecast| PowerPanel::of_log(&forecast, me.lang);
    Ok(match found {
        Some(forecast) => View::Shown(Box::new(shown(forecast))),
        None => View::Withheld(Words(me.lang).say("power-no-journeys")),
    })
}

/// The first service, of a team's the first that it has a part in.
fn first_type(known: &Catalogue, team: Option<&str>) -> Option<String> {
    let has_part = |steps: &[crate::blueprint::Step]| {
        team.is_none_or(|team| steps.iter().any(|step| step.team.as_deref() == Some(team)))
    };
    let own = known.blueprints.iter().find(|blueprint| has_part(&blueprint.steps));
    own.or(known.blueprints.first()).map(|blueprint| blueprint.journey_type.clone())
}

/// A rate of answers, of 100.
fn response(text: Option<&str>) -> Answer<u32> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok((100.0 * RESPONSE).round() as u32);
    };
    let share = text.parse().ok().filter(|share| (1..=100).contains(share));
    let wrong = || Refusal::new(Text::new("power-bad-response").with("given", text));
    let refused = || crate::error::Error::from(wrong().in_field("response"));
    Ok(share.ok_or_else(refused)?)
}
