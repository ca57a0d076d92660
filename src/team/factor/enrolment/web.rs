//! `/second-factor`: everybody's page about the own second factor. Looking at it writes nothing:
//! the secret is made by the button, and shown until it is confirmed.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, State};
use axum::http::header::SET_COOKIE;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use crate::app::App;
use crate::error::{Error, Refusal, Result};
use crate::i18n::{Text, Words};
use crate::security_event::SecurityEvent;
use crate::team::account::Email;
use crate::team::account::store as accounts;
use crate::team::account::web::verify;
use crate::team::factor::web::{right_step, shared, too_early};
use crate::team::factor::{Picture, RecoveryCode, SharedSecret, is_asked_of, store};
use crate::team::form::Form;
use crate::team::session::store::{self as sessions, Beginning};
use crate::team::session::web::{Entering, SignInState, SignedIn, too_many};
use crate::team::web::frame;
use crate::token::Token;
use crate::web::{Answer, Frame, Page, Routes};

pub fn routes() -> Routes {
    Routes::new()
        .route("/second-factor", get(show).post(begin))
        .route("/second-factor/confirm", post(confirm))
        .route("/second-factor/codes", post(renew_codes))
        .route("/second-factor/remove", post(remove))
}

#[derive(Template)]
#[template(path = "team/factor.html")]
struct FactorPage {
    w: Words,
    frame: Frame,
    form: Form,
    state: Progress,
    has_password: bool,
    /// Whether the role needs one.
    asked: bool,
}

enum Progress {
    Nothing,
    Waiting { picture: Picture, typed: String },
    Confirmed { codes_left: u64 },
}

#[derive(Template)]
#[template(path = "team/recovery.html")]
struct RecoveryPage {
    w: Words,
    frame: Frame,
    codes: Vec<String>,
}

async fn show(
    Entering(me): Entering,
    State(app): State<App>,
    uri: Uri,
) -> Answer<Page<FactorPage>> {
    page(&app, &me, &uri, Form::default()).await
}

async fn page(app: &App, me: &SignedIn, uri: &Uri, form: Form) -> Answer<Page<FactorPage>> {
    let w = Words(me.lang);
    let confirmed = me.has_factor(app).await?;
    let state = match shared(app, me).await? {
        _ if confirmed => {
            Progress::Confirmed { codes_left: store::codes_left(app.db.reader(), me.who()).await? }
        }
        Some(shared) => Progress::Waiting { picture: shared.picture()?, typed: shared.typed() },
        None => Progress::Nothing,
    };
    let asked = is_asked_of(app.config.second_factor, me.role);
    let frame = frame(me, uri, w.say("team-factor-title"));
    Ok(Page(FactorPage { w, frame, form, state, has_password: me.has_password, asked }))
}

async fn refused(app: &App, me: &SignedIn, uri: &Uri, form: Form) -> Answer {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, uri, form).await?).into_response())
}

type Sent = axum::extract::Form<Vec<(String, String)>>;

/// Makes a secret, for who can still say the password: an unguarded screen must not become
/// somebody else's factor.
async fn begin(
    Entering(me): Entering,
    State(app): State<App>,
    Extension(door): Extension<Arc<SignInState>>,
    uri: Uri,
    sent: Sent,
) -> Answer {
    let mut form = Form::of(sent.0);
    if me.has_password {
        let account = accounts::must_exist(app.db.reader(), me.organisation, me.account).await?;
        let tried = Email::parse(&account.email).map(|email| door.attempts.at(&email, me.address));
        if let Some(Err(wait)) = tried {
            return Ok(too_many(wait));
        }
        if !verify(&door, form.get("current"), account.password_hash).await? {
            let wrong: Result<()> = Err(Text::new("team-password-not-current").into());
            form.take("current", wrong, me.lang)?;
            return refused(&app, &me, &uri, form).await;
        }
    }
    let sealed = app.random(|random| {
        let secret = SharedSecret::random(random);
        app.secret.seal(&secret, random)
    })?;
    let (who, now) = (me.who(), app.clock.now());
    app.db
        .write(move |tx| Box::pin(async move { store::begin(tx, who, sealed, now).await }))
        .await?;
    Ok(Redirect::to("/second-factor").into_response())
}

/// Confirms the secret by a code of it. The session goes on under a new cookie and the account's
/// others end.
async fn confirm(
    Entering(me): Entering,
    State(app): State<App>,
    Extension(door): Extension<Arc<SignInState>>,
    uri: Uri,
    sent: Sent,
) -> Answer {
    if let Some(wait) = too_early(&door, &me) {
        return Ok(wait);
    }
    let mut form = Form::of(sent.0);
    let Some(step) = right_step(&app, &me, form.get("code")).await? else {
        form.take("code", wrong_code(), me.lang)?;
        return refused(&app, &me, &uri, form).await;
    };
    let (who, now) = (me.who(), app.clock.now());
    let codes = app.random(RecoveryCode::some);
    let (kept, cookie) = (codes.clone(), app.random(Token::random));
    let new = Beginning { who, cookie: cookie.clone(), replaces: None, awaits_factor: false };
    let confirmed = app.db.write(move |tx| {
        Box::pin(async move {
            if !store::confirm(tx, who, step, now).await? {
                return Ok(false);
            }
            store::replace_codes(tx, who, &kept).await?;
            accounts::end_sessions(tx, who.0, who.1).await?;
            sessions::begin(tx, new, now).await?;
            Ok(true)
        })
    });
    if !confirmed.await? {
        return Ok(Redirect::to("/second-factor").into_response());
    }
    door.seen.forget(&me.session);
    SecurityEvent::Change("second-factor").log();
    let cookie = door.cookie.set(cookie.expose());
    Ok(([(SET_COOKIE, cookie)], recovery_page(&me, &uri, &codes)).into_response())
}

fn recovery_page(me: &SignedIn, uri: &Uri, codes: &[RecoveryCode]) -> Page<RecoveryPage> {
    let w = Words(me.lang);
    let frame = frame(me, uri, w.say("team-recovery-title"));
    Page(RecoveryPage { w, frame, codes: codes.iter().map(RecoveryCode::shown).collect() })
}

fn wrong_code() -> Result<()> {
    Err(Refusal::new(Text::new("team-code-wrong")).into())
}

/// Checks a code of the application and does something with it; `None` when it was right.
async fn take_code(
    app: &App,
    me: &SignedIn,
    door: &SignInState,
    uri: &Uri,
    form: &mut Form,
) -> Answer<Option<Response>> {
    if let Some(wait) = too_early(door, me) {
        return Ok(Some(wait));
    }
    let (who, step) = (me.who(), right_step(app, me, form.get("code")).await?);
    let taken = match step {
        Some(step) => {
            app.db
                .write(move |tx| Box::pin(async move { store::take_step(tx, who, step).await }))
                .await?
        }
        None => false,
    };
    if taken {
        return Ok(None);
    }
    form.take("code", wrong_code(), me.lang)?;
    Ok(Some(refused(app, me, uri, std::mem::take(form)).await?))
}

/// Shows new recovery codes; the old ones are worth nothing any more.
async fn renew_codes(
    me: SignedIn,
    State(app): State<App>,
    Extension(door): Extension<Arc<SignInState>>,
    uri: Uri,
    sent: Sent,
) -> Answer {
    if let Some(answer) = take_code(&app, &me, &door, &uri, &mut Form::of(sent.0)).await? {
        return Ok(answer);
    }
    let (who, codes) = (me.who(), app.random(RecoveryCode::some));
    let kept = codes.clone();
    app.db
        .write(move |tx| Box::pin(async move { store::replace_codes(tx, who, &kept).await }))
        .await?;
    Ok(recovery_page(&me, &uri, &codes).into_response())
}

/// Takes the second factor away, where the role does not need one.
async fn remove(
    me: SignedIn,
    State(app): State<App>,
    Extension(door): Extension<Arc<SignInState>>,
    uri: Uri,
    sent: Sent,
) -> Answer {
    if is_asked_of(app.config.second_factor, me.role) {
        return Err(Error::from(Text::new("team-factor-asked")).into());
    }
    if let Some(answer) = take_code(&app, &me, &door, &uri, &mut Form::of(sent.0)).await? {
        return Ok(answer);
    }
    let who = me.who();
    app.db.write(move |tx| Box::pin(async move { store::forget(tx, who).await })).await?;
    Ok(Redirect::to("/second-factor").into_response())
}
