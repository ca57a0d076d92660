//! To the provider and back: `/sign-in/provider` sends the browser there, `/sign-in/provider/back`
//! is where it returns.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Form, Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

use super::{Attempt, Client, Identity, ProviderReply, SignInRefusal};
use crate::app::App;
use crate::i18n::{Lang, Words};
use crate::id::OrganisationId;
use crate::limits;
use crate::security_event::SecurityEvent;
use crate::team::account::store as accounts;
use crate::team::session::safe_path;
use crate::team::session::web::{SignInState, admit, too_many};
use crate::web::{Address, Answer, Failure, Page, Routes, cookie};

/// They exist where a provider is set.
pub fn routes() -> Routes {
    Routes::new()
        .route("/sign-in/provider", get(begin))
        .route("/sign-in/provider/back", get(arrive).post(finish))
}

#[derive(Deserialize)]
struct NextQuery {
    #[serde(default)]
    next: String,
}

#[derive(Template)]
#[template(path = "team/provider.html")]
struct BackPage {
    w: Words,
    label: String,
    code: String,
    state: String,
    iss: String,
}

#[derive(Template)]
#[template(path = "team/provider-refused.html")]
struct RefusedPage {
    w: Words,
    why: String,
}

fn client(door: &SignInState) -> Answer<&Client> {
    door.provider.as_ref().ok_or_else(Failure::not_found)
}

/// Sends the browser to the provider, with the attempt sealed in a cookie.
async fn begin(
    State(app): State<App>,
    Extension(door): Extension<Arc<SignInState>>,
    Address(address): Address,
    lang: Lang,
    Query(query): Query<NextQuery>,
) -> Answer {
    let client = client(&door)?;
    if let Err(wait) = door.attempts.from(address) {
        return Ok(too_many(wait));
    }
    let now = app.clock.now();
    let attempt = app.random(|random| Attempt::begin(random, safe_path(&query.next), now));
    match client.address(&attempt, now).await {
        Ok(url) => {
            let sealed = app.random(|random| attempt.seal(&app.secret, random))?;
            let cookie = door.cookie.set_attempt(&sealed, limits::PROVIDER_WAIT);
            Ok((AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to(url.as_str())).into_response())
        }
        Err(refused) => Ok(refused_page(lang, refused)),
    }
}

/// Where the browser comes back to. It asks the person to go on, because a GET must not sign in.
async fn arrive(
    State(app): State<App>,
    Extension(door): Extension<Arc<SignInState>>,
    lang: Lang,
    Query(back): Query<ProviderReply>,
) -> Answer {
    client(&door)?;
    if back.code.is_empty() {
        return Ok(refused_page(lang, SignInRefusal::Untrusted("no-code")));
    }
    let label =
        app.config.provider.as_ref().map(|provider| provider.label.clone()).unwrap_or_default();
    let page =
        BackPage { w: Words(lang), label, code: back.code, state: back.state, iss: back.iss };
    Ok(Page(page).into_response())
}

/// Spends the code, and lets in whom the provider vouches for.
async fn finish(
    State(app): State<App>,
    Extension(door): Extension<Arc<SignInState>>,
    (Address(address), lang, headers): (Address, Lang, HeaderMap),
    Form(back): Form<ProviderReply>,
) -> Answer {
    let client = client(&door)?;
    if let Err(wait) = door.attempts.from(address) {
        return Ok(too_many(wait));
    }
    let now = app.clock.now();
    let sealed = cookie(&headers, door.cookie.attempt_name());
    let mut response = match sealed.and_then(|sealed| Attempt::open(&sealed, &app.secret, now)) {
        None => refused_page(lang, SignInRefusal::Stale),
        Some(attempt) => match client.identify(&attempt, &back, now).await {
            Ok(known) => match account_of(&app, known).await? {
                Some(who) => admit(&app, &door, (address, &headers), who, &attempt.next).await?,
                None => refused_page(lang, SignInRefusal::Unknown),
            },
            Err(refused) => refused_page(lang, refused),
        },
    };
    if !response.status().is_redirection() {
        SecurityEvent::Failure("provider").log_from(address);
    }
    // An attempt is made once, however it ends.
    let clear = HeaderValue::try_from(door.cookie.set_attempt("", 0)).ok();
    response.headers_mut().extend(clear.map(|clear| (SET_COOKIE, clear)));
    Ok(response)
}

/// The account with the address that the provider vouches for, unless it belongs to another
/// subject of the provider.
async fn account_of(app: &App, known: Identity) -> Answer<Option<(OrganisationId, i64)>> {
    let holder = accounts::holder(app.db.reader(), &known.email).await?;
    let Some(holder) = holder.filter(|holder| !holder.disabled) else { return Ok(None) };
    let who = (holder.organisation_id, holder.id);
    let bound = app
        .db
        .write(move |tx| {
            Box::pin(async move { accounts::bind(tx, who.0, who.1, known.subject).await })
        })
        .await?;
    Ok(bound.then_some(who))
}

fn refused_page(lang: Lang, refused: SignInRefusal) -> Response {
    tracing::warn!(?refused, "a sign-in through the provider was refused");
    let status = if refused == SignInRefusal::Away {
        StatusCode::BAD_GATEWAY
    } else {
        StatusCode::FORBIDDEN
    };
    (status, Page(RefusedPage { w: Words(lang), why: refused.text().say(lang) })).into_response()
}
