//! Who is asking: the extractors that every domain's pages and API use.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Extension, FromRequestParts};
use axum::http::header::{AUTHORIZATION, SET_COOKIE, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use tokio::sync::Semaphore;

use super::attempts::Attempts;
use super::{Cookie, Digest, LastSeen, store};
use crate::app::App;
use crate::calendar::Zone;
use crate::error::Error;
use crate::i18n::{Lang, Text};
use crate::id::OrganisationId;
use crate::journal::Author;
use crate::limits;
use crate::organisation::{self, Stage};
use crate::privacy::Eyes;
use crate::rate_limit::Wait;
use crate::security_event::SecurityEvent;
use crate::team::key::store as keys;
#[cfg(feature = "oidc")]
use crate::team::provider;
use crate::team::session::store::Beginning;
use crate::team::{Grant, Membership, Place, Role, Scope, factor};
use crate::token::Token;
use crate::web::{Address, Answer, Failure, asked_language, cookie, percent_encoded, wait_for};

/// What one running service remembers about signing in; [`crate::wiring`] hands it to every
/// request.
#[derive(Debug)]
pub struct SignInState {
    pub attempts: Attempts,
    pub seen: LastSeen,
    pub cookie: Cookie,
    pub hashing: Semaphore,
    #[cfg(feature = "oidc")]
    pub provider: Option<provider::Client>,
}

impl SignInState {
    pub fn new(app: &App) -> Arc<Self> {
        Arc::new(Self {
            attempts: Attempts::new(&app.clock),
            seen: LastSeen::default(),
            cookie: Cookie::of(&app.config.public_url),
            hashing: Semaphore::new(limits::HASHES),
            #[cfg(feature = "oidc")]
            provider: app
                .config
                .provider
                .clone()
                .map(|set| provider::Client::new(set, &app.config.public_url)),
        })
    }

    /// The cookie's secret that a browser presents.
    pub fn presented(&self, headers: &HeaderMap) -> Option<Token> {
        Token::presented(&cookie(headers, self.cookie.name())?)
    }
}

/// Somebody who is signed in. A page sends everyone else to sign in first, the API answers 401.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The argument of every store function.
    pub organisation: OrganisationId,
    pub role: Role,
    /// Of a team member: the teams it reads for, and where.
    pub teams: Vec<Membership>,
    pub lang: Lang,
    pub stage: Stage,
    pub zone: Zone,
    pub(in crate::team) has_password: bool,
    pub(in crate::team) account: i64,
    pub(in crate::team) session: Digest,
    pub(in crate::team) address: IpAddr,
}

/// Whoever opens a page that everybody may read; signed in or not.
#[derive(Debug)]
pub struct Visitor(pub Option<SignedIn>);

impl FromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self(SignedIn::from_request_parts(parts, app).await.ok()))
    }
}

impl SignedIn {
    /// Whether this person reads the figures of `team` at `place` as the team does: before anyone
    /// else.
    pub fn reads_as_team(&self, team: &str, place: &Place) -> bool {
        self.role == Role::TeamMember
            && self.teams.iter().any(|member| member.team == team && member.covers(place))
    }

    pub fn belongs_to(&self, team: &str) -> bool {
        self.role == Role::TeamMember && self.teams.iter().any(|member| member.team == team)
    }

    /// Refuses everyone whose role is not among `roles`, with a text that says who may.
    pub fn must_be(&self, roles: &[Role], who_may: &'static str) -> Answer<()> {
        if roles.contains(&self.role) {
            return Ok(());
        }
        Err(Failure::new(StatusCode::FORBIDDEN, Text::new(who_may)))
    }

    pub(in crate::team) async fn has_factor(&self, app: &App) -> crate::error::Result<bool> {
        factor::store::is_confirmed(app.db.reader(), self.who()).await
    }

    pub(in crate::team) fn who(&self) -> (OrganisationId, i64) {
        (self.organisation, self.account)
    }

    pub fn author(&self) -> Author {
        Author::account(self.role.code(), self.account)
    }
}

/// How far somebody has come who asks.
enum SignInProgress {
    Nobody,
    /// Somebody with the right password, whose second factor is still to come.
    Half(SignedIn),
    Whole(SignedIn),
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Entering(me) = Entering::from_request_parts(parts, app).await?;
        let asked = factor::is_asked_of(app.config.second_factor, me.role);
        let lacks = asked
            && !me
                .has_factor(app)
                .await
                .map_err(|failure| Failure::from(failure).into_response())?;
        if lacks { Err(set_up_factor_first(parts)) } else { Ok(me) }
    }
}

/// Somebody who is signed in, and may still have to set up the second factor that is asked of the
/// role. For the pages on which that is done.
#[derive(Clone, Debug)]
pub struct Entering(pub SignedIn);

impl FromRequestParts<App> for Entering {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        match asking(parts, app).await.map_err(IntoResponse::into_response)? {
            SignInProgress::Whole(me) => Ok(Self(me)),
            SignInProgress::Half(_) => Err(first(parts, "/sign-in/code")),
            SignInProgress::Nobody => Err(first(parts, "/sign-in")),
        }
    }
}

/// Somebody whose password was right and whose second factor is still to come.
#[derive(Clone, Debug)]
pub struct HalfSignedIn(pub SignedIn);

impl FromRequestParts<App> for HalfSignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        match asking(parts, app).await.map_err(IntoResponse::into_response)? {
            SignInProgress::Half(me) => Ok(Self(me)),
            SignInProgress::Whole(_) => Err(Redirect::to("/").into_response()),
            SignInProgress::Nobody => Err(Redirect::to("/sign-in").into_response()),
        }
    }
}

async fn asking(parts: &mut Parts, app: &App) -> Answer<SignInProgress> {
    let door = door(parts)?;
    let Some(token) = door.presented(&parts.headers) else { return Ok(SignInProgress::Nobody) };
    let digest = token.digest();
    let Some(found) = store::find(&app.db, &digest).await? else {
        door.seen.forget(&digest);
        return Ok(SignInProgress::Nobody);
    };
    let awaits = found.awaits_factor;
    let age = door.seen.alive(&digest, found.began, &app.clock);
    if age.is_none_or(|age| awaits && age >= limits::FACTOR_WAIT) {
        return Ok(SignInProgress::Nobody);
    }
    let me = signed_in(parts, app, found, digest).await?;
    Ok(if awaits { SignInProgress::Half(me) } else { SignInProgress::Whole(me) })
}

async fn signed_in(
    parts: &mut Parts,
    app: &App,
    found: store::Found,
    session: Digest,
) -> Answer<SignedIn> {
    let settings = organisation::store::settings(app.db.reader(), found.organisation).await?;
    let settings = settings
        .ok_or_else(|| Error::Internal("a session outlived its organisation".to_owned()))?;
    let lang = asked_language(parts).unwrap_or(found.lang);
    let Ok(Address(address)) = Address::from_request_parts(parts, app).await;
    Ok(SignedIn {
        organisation: found.organisation,
        role: found.role,
        teams: found.teams,
        lang,
        stage: settings.stage,
        zone: settings.zone,
        has_password: found.has_password,
        account: found.account,
        session,
        address,
    })
}

fn door(parts: &Parts) -> Answer<Arc<SignInState>> {
    let door = parts.extensions.get::<Arc<SignInState>>().cloned();
    door.ok_or_else(|| Error::Internal("the router has no door".to_owned()).into())
}

/// Sends a person to a page that comes before the one that was asked for; a program is told what
/// it lacks.
fn first(parts: &Parts, page: &str) -> Response {
    let asked = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    match asked {
        path if path.starts_with("/api/") => needs_key(),
        "/" => Redirect::to(page).into_response(),
        path => Redirect::to(&format!("{page}?next={}", percent_encoded(path))).into_response(),
    }
}

fn set_up_factor_first(parts: &Parts) -> Response {
    if parts.uri.path().starts_with("/api/") {
        let text = Text::new("team-factor-asked");
        return Failure::new(StatusCode::FORBIDDEN, text).into_response();
    }
    Redirect::to("/second-factor").into_response()
}

/// Lets somebody in who has shown a password, a link or the word of a provider: signed in under a
/// new cookie, or asked for the second factor first.
pub(in crate::team) async fn admit(
    app: &App,
    door: &SignInState,
    (address, headers): (IpAddr, &HeaderMap),
    who: (OrganisationId, i64),
    next: &str,
) -> Answer {
    let awaits_factor = factor::store::is_confirmed(app.db.reader(), who).await?;
    let (cookie, replaces) = (app.random(Token::random), door.presented(headers));
    let (new, now) =
        (Beginning { who, cookie: cookie.clone(), replaces, awaits_factor }, app.clock.now());
    app.db.write(move |tx| Box::pin(async move { store::begin(tx, new, now).await })).await?;
    let cookie = door.cookie.set(cookie.expose());
    if awaits_factor {
        SecurityEvent::SignIn("first-factor").log();
    } else {
        SecurityEvent::SignIn("whole").log();
        door.attempts.let_in(who, address);
    }
    match (awaits_factor, next) {
        (false, next) => Ok(with_cookie(cookie, next)),
        (true, "/") => Ok(with_cookie(cookie, "/sign-in/code")),
        (true, next) => {
            Ok(with_cookie(cookie, &format!("/sign-in/code?next={}", percent_encoded(next))))
        }
    }
}

pub(in crate::team) fn with_cookie(cookie: String, next: &str) -> Response {
    (AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to(next)).into_response()
}

fn needs_key() -> Response {
    let failure = Failure::new(StatusCode::UNAUTHORIZED, Text::new("team-api-key-needed"));
    ([(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))], failure).into_response()
}

macro_rules! guard {
    ($(#[$meaning:meta])* $name:ident, $role:ident, $who_may:literal) => {
        $(#[$meaning])*
        #[derive(Clone, Debug)]
        pub struct $name(pub SignedIn);

        impl FromRequestParts<App> for $name {
            type Rejection = Response;

            async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
                let signed_in = SignedIn::from_request_parts(parts, app).await?;
                signed_in.must_be(&[Role::$role], $who_may).map_err(IntoResponse::into_response)?;
                Ok(Self(signed_in))
            }
        }
    };
}

guard! {
    /// An administrator; everyone else is told that only administrators may.
    Administrator, Administrator, "team-only-administrator"
}
guard! {
    /// A process owner; everyone else is told that only process owners may. Whether anything may
    /// be told to one yet is for [`Stage::tells_management`] to say.
    ProcessOwner, ProcessOwner, "team-only-owner"
}

/// A program with a key: `Authorization: Bearer …`. Cookies mean nothing here, so no browser can
/// be made to act.
#[derive(Clone, Debug)]
pub struct ApiCaller {
    /// The argument of every store function.
    pub organisation: OrganisationId,
    pub grant: Grant,
}

impl ApiCaller {
    /// Refuses a key that lacks a scope, and says which.
    pub fn must_have(&self, scope: Scope) -> Answer<()> {
        if self.grant.has(scope) {
            return Ok(());
        }
        let text = Text::new("team-api-scope").with("lacks", scope.code());
        Err(Failure::new(StatusCode::FORBIDDEN, text.with("has", self.grant.scopes())))
    }

    /// With whose eyes it reads; refuses a key that may not read that.
    pub fn eyes(&self, scope: Scope) -> Answer<&Eyes> {
        self.must_have(scope)?;
        self.grant
            .eyes()
            .ok_or_else(|| Error::Internal("a key reads without eyes".to_owned()).into())
    }
}

impl FromRequestParts<App> for ApiCaller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let Some(key) = header.and_then(bearer) else { return Err(needs_key()) };
        let holder = keys::holder(&app.db, &key).await;
        let holder = holder.map_err(|failure| Failure::from(failure).into_response())?;
        let (organisation, grant) = holder.ok_or_else(needs_key)?;
        app.used.note(key.digest(), app.clock.now());
        Ok(Self { organisation, grant })
    }
}

fn bearer(header: &str) -> Option<Token> {
    let (scheme, key) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Token::presented(key.trim()))?
}

/// The page says when the next attempt is welcome.
pub fn too_many(wait: Wait) -> Response {
    wait_for(wait, "team-too-many")
}

pub fn layer(app: &App) -> Extension<Arc<SignInState>> {
    Extension(SignInState::new(app))
}

#[cfg(test)]
mod tests {
    use crate::team::session::web::*;

    #[test]
    fn a_key_is_taken_from_a_bearer_header_alone() {
        let key = "abcdefghijklmnopqrstuvwxyz";
        assert!(
            bearer(&format!("Bearer {key}")).is_some()
                && bearer(&format!("bearer  {key}")).is_some()
        );
        for wrong in [key.to_owned(), format!("Basic {key}"), "Bearer short".to_owned()] {
            assert!(bearer(&wrong).is_none(), "{wrong}");
        }
    }
}
