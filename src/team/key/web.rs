//! `/keys`: the administrator lists the keys of programs, makes one, which is shown once, and
//! revokes them.

use askama::Template;
use axum::extract::{Form as Sent, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};

use super::{Grant, Scope, add, last_day, revoke, store};
use crate::app::App;
use crate::calendar::Moment;
use crate::error::Result;
use crate::i18n::{Text, Words};
use crate::journal::Reason;
use crate::organisation::store as organisations;
use crate::privacy::Eyes;
use crate::schema::api_key;
use crate::team::admission::Admission;
use crate::team::form::Form;
use crate::team::web::{Administrator, SignedIn, frame};
use crate::token::Token;
use crate::web::{Answer, Frame, Page, Routes};

pub fn routes() -> Routes {
    Routes::new().route("/keys", get(list).post(make)).route("/keys/revoke", post(take_back))
}

type Pairs = Sent<Vec<(String, String)>>;

#[derive(Template)]
#[template(path = "team/keys.html")]
struct KeysPage {
    w: Words,
    frame: Frame,
    form: Form,
    keys: Vec<Row>,
    scopes: Vec<(&'static str, String, bool)>,
    eyes: Vec<(String, String, bool)>,
}

struct Row {
    label: String,
    allows: Vec<String>,
    made: String,
    used: Option<String>,
}

#[derive(Template)]
#[template(path = "team/key.html")]
struct KeyPage {
    w: Words,
    frame: Frame,
    key: String,
}

async fn list(
    Administrator(me): Administrator,
    State(app): State<App>,
    uri: Uri,
) -> Answer<Page<KeysPage>> {
    page(&app, &me, &uri, Form::default()).await
}

async fn page(app: &App, me: &SignedIn, uri: &Uri, form: Form) -> Answer<Page<KeysPage>> {
    let (w, reader) = (Words(me.lang), app.db.reader());
    let rows = store::in_force(reader, me.organisation).await?;
    let keys = rows.into_iter().map(|row| key_row(app, me, row)).collect::<Result<_>>()?;
    let scopes = Scope::ALL
        .map(|scope| (scope.code(), scope.meaning().say(me.lang), form.has("scope", scope.code())));
    let scopes = scopes.to_vec();
    let mut eyes = vec![
        (String::new(), w.say("team-eyes-none")),
        (Eyes::Owner.to_string(), w.say("team-role-owner")),
    ];
    for (code, name) in organisations::teams(reader, me.organisation).await? {
        eyes.push((Eyes::Team(code).to_string(), name.say(me.lang).to_owned()));
    }
    let eyes = eyes.into_iter().map(|(code, name)| {
        let chosen = form.has("eyes", &code);
        (code, name, chosen)
    });
    let eyes = eyes.collect();
    let frame = frame(me, uri, w.say("team-keys-title"));
    Ok(Page(KeysPage { w, frame, form, keys, scopes, eyes }))
}

fn key_row(app: &App, me: &SignedIn, row: api_key::Model) -> Result<Row> {
    let grant = store::grant(&row)?;
    let scopes = Scope::ALL
        .into_iter()
        .filter(|scope| grant.has(*scope))
        .map(|scope| scope.meaning().say(me.lang));
    let eyes = grant
        .eyes()
        .map(|eyes| Text::new("team-key-eyes").with("eyes", eyes.to_string()).say(me.lang));
    Ok(Row {
        allows: scopes.chain(eyes).collect(),
        made: Moment::of(row.created_at, &me.zone).shown,
        used: last_day(app, &row).map(|day| day.to_string()),
        label: row.label,
    })
}

async fn make(
    Administrator(me): Administrator,
    State(app): State<App>,
    uri: Uri,
    sent: Pairs,
) -> Answer {
    let mut form = Form::of(sent.0);
    let eyes = Some(form.get("eyes")).filter(|eyes| !eyes.is_empty());
    let grant = form.take("scope", Grant::parse(form.all("scope"), eyes), me.lang)?;
    let reason = form.take("reason", Reason::parse(form.get("reason")), me.lang)?;
    if let (Some(grant), Some(reason)) = (grant, reason) {
        let key = app.random(Token::random);
        let by = Admission { author: me.author(), reason, now: app.clock.now() };
        let made = add(&app.db, me.organisation, form.get("label"), grant, key.clone(), by).await;
        if form.take("label", made, me.lang)?.is_some() {
            let w = Words(me.lang);
            let frame = frame(&me, &uri, w.say("team-key-title"));
            return Ok(Page(KeyPage { w, frame, key: key.expose().to_owned() }).into_response());
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, &me, &uri, form).await?).into_response())
}

async fn take_back(
    Administrator(me): Administrator,
    State(app): State<App>,
    uri: Uri,
    sent: Pairs,
) -> Answer {
    let mut form = Form::of(sent.0);
    let reason = form.take("revoke-reason", Reason::parse(form.get("revoke-reason")), me.lang)?;
    if let Some(reason) = reason {
        let by = Admission { author: me.author(), reason, now: app.clock.now() };
        let revoked = revoke(&app.db, me.organisation, form.get("revoke").to_owned(), by).await;
        if form.take("revoke", revoked, me.lang)?.is_some() {
            return Ok(Redirect::to("/keys").into_response());
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, &me, &uri, form).await?).into_response())
}
