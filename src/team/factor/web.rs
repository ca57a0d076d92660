//! The second step of signing in: a code of the authenticator application, or a recovery code.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Form, Query, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

use super::{RecoveryCode, SharedSecret, enrolment, store};
use crate::app::App;
use crate::i18n::Words;
use crate::organisation::store as organisations;
use crate::security_event::SecurityEvent;
use crate::team::account::store as accounts;
use crate::team::session::safe_path;
use crate::team::session::store::{self as sessions, Beginning};
use crate::team::session::web::{HalfSignedIn, SignInState, SignedIn, too_many, with_cookie};
use crate::token::Token;
use crate::web::{Address, Answer, Page, Routes, in_language};

pub fn routes() -> Routes {
    Routes::new().route("/sign-in/code", get(ask).post(answer)).merge(enrolment::web::routes())
}

#[derive(Template)]
#[template(path = "team/code.html")]
struct CodePage {
    w: Words,
    switch: String,
    next: String,
    wrong: bool,
}

#[derive(Deserialize)]
struct NextQuery {
    #[serde(default)]
    next: String,
}

async fn ask(
    HalfSignedIn(me): HalfSignedIn,
    uri: Uri,
    Query(query): Query<NextQuery>,
) -> Page<CodePage> {
    let switch = in_language(&uri, me.lang.other());
    Page(CodePage {
        w: Words(me.lang),
        switch,
        next: safe_path(&query.next).to_owned(),
        wrong: false,
    })
}

#[derive(Deserialize)]
struct CodeForm {
    code: String,
    #[serde(default)]
    next: String,
}

/// Signs in under a new cookie, or asks again.
async fn answer(
    HalfSignedIn(me): HalfSignedIn,
    State(app): State<App>,
    Extension(door): Extension<Arc<SignInState>>,
    (Address(address), headers): (Address, HeaderMap),
    Form(form): Form<CodeForm>,
) -> Answer {
    if let Err(wait) =
        door.attempts.from(address).and_then(|()| door.attempts.factor_of(me.who(), address))
    {
        return Ok(too_many(wait));
    }
    let next = safe_path(&form.next).to_owned();
    let cookie = app.random(Token::random);
    let new = Beginning {
        who: me.who(),
        cookie: cookie.clone(),
        replaces: door.presented(&headers),
        awaits_factor: false,
    };
    if let_in(&app, &me, &form.code, new).await? {
        door.seen.forget(&me.session);
        door.attempts.let_in(me.who(), address);
        SecurityEvent::SignIn("second-factor").log();
        return Ok(with_cookie(door.cookie.set(cookie.expose()), &next));
    }
    SecurityEvent::Failure("code").log_from(address);
    let page = CodePage { w: Words(me.lang), switch: switch(&me), next, wrong: true };
    Ok((StatusCode::FORBIDDEN, Page(page)).into_response())
}

fn switch(me: &SignedIn) -> String {
    format!("/sign-in/code?lang={}", me.lang.other().tag())
}

/// Uses the code up and begins the session in one transaction: a code that was used up has let
/// somebody in.
async fn let_in(app: &App, me: &SignedIn, code: &str, new: Beginning) -> Answer<bool> {
    let (who, now) = (me.who(), app.clock.now());
    let step = right_step(app, me, code).await?;
    let recovery = RecoveryCode::presented(code);
    let write = app.db.write(move |tx| {
        Box::pin(async move {
            let taken = match (step, &recovery) {
                (Some(step), _) => store::take_step(tx, who, step).await?,
                (None, Some(code)) => store::spend(tx, who, code).await?,
                (None, None) => false,
            };
            if taken {
                sessions::begin(tx, new, now).await?;
            }
            Ok(taken)
        })
    });
    Ok(write.await?)
}

/// The time step of a code that is right for this person now, whether it was used before or not.
pub(in crate::team) async fn right_step(
    app: &App,
    me: &SignedIn,
    code: &str,
) -> Answer<Option<i64>> {
    let shared = shared(app, me).await?;
    Ok(shared.and_then(|shared| shared.step_of(code, app.clock.now())))
}

/// What this person's application shares with us. A secret that was sealed with another key of the
/// service opens nothing: the person needs a recovery code, or the command line.
pub(in crate::team) async fn shared(app: &App, me: &SignedIn) -> Answer<Option<SharedSecret>> {
    let Some(row) = store::find(app.db.reader(), me.who()).await? else { return Ok(None) };
    let Some(secret) = app.secret.open(&row.secret) else {
        tracing::warn!("a second factor was closed with another key and cannot be checked");
        return Ok(None);
    };
    let account = accounts::must_exist(app.db.reader(), me.organisation, me.account).await?;
    let settings = organisations::settings(app.db.reader(), me.organisation).await?;
    let issuer = settings.map(|settings| settings.name).unwrap_or_default();
    Ok(Some(SharedSecret::of(&secret, &account.email, &issuer)?))
}

/// The page that too many codes lead to.
pub(in crate::team) fn too_early(door: &SignInState, me: &SignedIn) -> Option<Response> {
    door.attempts.factor_of(me.who(), me.address).err().map(too_many)
}
