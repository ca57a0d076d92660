//! Signing in and out, and choosing a password. Reading one of these pages writes nothing: mail
//! scanners open every link, so a one-time link is spent by the button on its page.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde::Deserialize;

use super::{Email, Password, Salt, store};
use crate::app::App;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Text, Words};
use crate::id::OrganisationId;
use crate::security_event::SecurityEvent;
use crate::team::session::safe_path;
use crate::team::session::store::{self as sessions, Beginning};
use crate::team::session::web::{Entering, SignInState, SignedIn, admit, too_many, with_cookie};
use crate::team::web::frame;
use crate::token::Token;
use crate::web::{Address, Answer, Frame, Page, Routes, in_language};

pub fn routes() -> Routes {
    Routes::new()
        .route("/sign-in", get(ask).post(sign_in))
        .route("/sign-in/{link}", get(show_link).post(spend_link))
        .route("/sign-out", post(sign_out))
        .route("/password", get(ask_password).post(choose_password))
}

#[derive(Template)]
#[template(path = "team/sign-in.html")]
struct SignInPage {
    w: Words,
    switch: String,
    email: String,
    next: String,
    wrong: bool,
    /// What the provider is called where one may sign in, too.
    provider: Option<String>,
}

#[derive(Deserialize)]
struct NextQuery {
    #[serde(default)]
    next: String,
}

async fn ask(
    State(app): State<App>,
    lang: Lang,
    uri: Uri,
    Query(query): Query<NextQuery>,
) -> Page<SignInPage> {
    Page(SignInPage {
        w: Words(lang),
        switch: in_language(&uri, lang.other()),
        email: String::new(),
        next: safe_path(&query.next).to_owned(),
        wrong: false,
        provider: provider(&app),
    })
}

fn provider(app: &App) -> Option<String> {
    app.config.provider.as_ref().map(|provider| provider.label.clone())
}

#[derive(Deserialize)]
struct SignIn {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
}

async fn sign_in(
    State(app): State<App>,
    Extension(door): Extension<Arc<SignInState>>,
    (Address(address), lang, headers): (Address, Lang, HeaderMap),
    Form(form): Form<SignIn>,
) -> Answer {
    let email = Email::parse(&form.email);
    let attempt = door
        .attempts
        .from(address)
        .and_then(|()| email.as_ref().map_or(Ok(()), |email| door.attempts.at(email, address)));
    if let Err(wait) = attempt {
        return Ok(too_many(wait));
    }
    let next = safe_path(&form.next).to_owned();
    match admitted(&app, &door, email.as_ref(), &form.password).await? {
        Some(who) => admit(&app, &door, (address, &headers), who, &next).await,
        None => {
            SecurityEvent::Failure("password").log_from(address);
            let switch = format!("/sign-in?lang={}", lang.other().tag());
            let provider = provider(&app);
            let page = SignInPage {
                w: Words(lang),
                switch,
                email: form.email,
                next,
                wrong: true,
                provider,
            };
            Ok((StatusCode::FORBIDDEN, Page(page)).into_response())
        }
    }
}

/// Whose address and password these are. An address that nobody has costs the same work as a wrong
/// password.
async fn admitted(
    app: &App,
    door: &SignInState,
    email: Option<&Email>,
    password: &str,
) -> Result<Option<(OrganisationId, i64)>> {
    let holder = match email {
        Some(email) => store::holder(app.db.reader(), email).await?,
        None => None,
    };
    let holder = holder.filter(|holder| !holder.disabled);
    let stored = holder.as_ref().and_then(|holder| holder.password_hash.clone());
    let right = verify(door, password, stored).await?;
    Ok(holder.filter(|_| right).map(|holder| (holder.organisation_id, holder.id)))
}

pub(in crate::team) async fn verify(
    door: &SignInState,
    password: &str,
    stored: Option<String>,
) -> Result<bool> {
    let password = Password::presented(password);
    blocking(door, move || password.verify(stored.as_deref())).await
}

/// Runs slow work where it blocks nobody, and only as much of it at once as memory is meant for.
async fn blocking<T: Send + 'static>(
    door: &SignInState,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    let _turn = door.hashing.acquire().await.map_err(|_| stopped())?;
    tokio::task::spawn_blocking(work).await.map_err(|_| stopped())
}

fn stopped() -> Error {
    Error::Internal("hashing has stopped".to_owned())
}

#[derive(Template)]
#[template(path = "team/link.html")]
struct LinkPage {
    w: Words,
    switch: String,
}

#[derive(Template)]
#[template(path = "team/link-spent.html")]
struct SpentPage {
    w: Words,
    switch: String,
}

/// The same page for every link, whether there is such a link or not: it asks nothing of the
/// database.
async fn show_link(lang: Lang, uri: Uri) -> Page<LinkPage> {
    Page(LinkPage { w: Words(lang), switch: in_language(&uri, lang.other()) })
}

async fn spend_link(
    State(app): State<App>,
    Extension(door): Extension<Arc<SignInState>>,
    (Address(address), lang, headers): (Address, Lang, HeaderMap),
    Path(link): Path<String>,
) -> Answer {
    if let Err(wait) = door.attempts.from(address) {
        return Ok(too_many(wait));
    }
    // What cannot be a link takes the same way as one that nobody was given.
    let link = Token::presented(&link).unwrap_or_else(|| app.random(Token::random));
    let now = app.clock.now();
    let spent = app
        .db
        .write(move |tx| Box::pin(async move { store::spend_link(tx, &link, now).await }))
        .await?;
    match spent {
        Some(who) => admit(&app, &door, (address, &headers), who, "/password").await,
        None => {
            SecurityEvent::Failure("link").log_from(address);
            let switch = format!("/sign-in?lang={}", lang.other().tag());
            Ok((StatusCode::NOT_FOUND, Page(SpentPage { w: Words(lang), switch })).into_response())
        }
    }
}

async fn sign_out(
    State(app): State<App>,
    Extension(door): Extension<Arc<SignInState>>,
    headers: HeaderMap,
) -> Answer {
    if let Some(token) = door.presented(&headers) {
        let digest = token.digest();
        door.seen.forget(&digest);
        app.db.write(move |tx| Box::pin(async move { sessions::end(tx, &digest).await })).await?;
        SecurityEvent::SignOut("own").log();
    }
    Ok(with_cookie(door.cookie.clear(), "/sign-in"))
}

#[derive(Template)]
#[template(path = "team/password.html")]
struct PasswordPage {
    w: Words,
    frame: Frame,
    has_password: bool,
    least: usize,
    problem: Option<String>,
}

fn password_page(me: &SignedIn, uri: &Uri, problem: Option<String>) -> Page<PasswordPage> {
    let w = Words(me.lang);
    let frame = frame(me, uri, w.say("team-password-title"));
    Page(PasswordPage {
        w,
        frame,
        has_password: me.has_password,
        least: Password::SHORTEST,
        problem,
    })
}

async fn ask_password(Entering(me): Entering, uri: Uri) -> Page<PasswordPage> {
    password_page(&me, &uri, None)
}

#[derive(Deserialize)]
struct NewPassword {
    #[serde(default)]
    current: String,
    new: String,
    again: String,
}

async fn choose_password(
    Entering(me): Entering,
    State(app): State<App>,
    Extension(door): Extension<Arc<SignInState>>,
    uri: Uri,
    Form(form): Form<NewPassword>,
) -> Answer {
    let account = store::account(app.db.reader(), me.organisation, me.account).await?;
    let email = account.as_ref().and_then(|account| Email::parse(&account.email));
    let Some((account, email)) = account.zip(email) else {
        return Err(Error::Internal("an account is gone".to_owned()).into());
    };
    if let Err(wait) = door.attempts.at(&email, me.address) {
        return Ok(too_many(wait));
    }
    let stored = account.password_hash;
    let current_is_right = stored.is_none() || verify(&door, &form.current, stored).await?;
    let w = Words(me.lang);
    let why = if !current_is_right {
        SecurityEvent::Failure("password").log_from(me.address);
        w.say("team-password-not-current")
    } else if form.new != form.again {
        w.say("team-password-differs")
    } else {
        match chosen(&app, &door, form.new, &email).await {
            Ok(password) => return set_password(&app, &door, &me, password).await,
            Err(Error::Refused(why)) => why.say(me.lang),
            Err(failure) => return Err(failure.into()),
        }
    };
    let page = password_page(&me, &uri, Some(why));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// A password to set, which nobody guesses and which no list has.
async fn chosen(app: &App, door: &SignInState, text: String, email: &Email) -> Result<Password> {
    let password = Password::chosen(&text, email)?;
    if let Some(breaches) = app.breaches.clone()
        && blocking(door, move || breaches.has(&text)).await??
    {
        return Err(Text::new("team-password-breached").into());
    }
    Ok(password)
}

/// Sets the password, ends every session of the account, and goes on under a new one.
async fn set_password(app: &App, door: &SignInState, me: &SignedIn, password: Password) -> Answer {
    let salt = app.random(Salt::random);
    let hash = blocking(door, move || password.hash(salt)).await??;
    let (cookie, now) = (app.random(Token::random), app.clock.now());
    let who = me.who();
    let begun = Beginning { who, cookie: cookie.clone(), replaces: None, awaits_factor: false };
    app.db
        .write(move |tx| {
            Box::pin(async move {
                store::set_password(tx, who.0, who.1, hash).await?;
                sessions::begin(tx, begun, now).await
            })
        })
        .await?;
    door.seen.forget(&me.session);
    SecurityEvent::Change("password").log();
    Ok(with_cookie(door.cookie.set(cookie.expose()), "/"))
}
