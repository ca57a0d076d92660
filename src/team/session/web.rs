//! Who is asking: the extractors that every domain's pages and API use.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Extension, FromRequestParts};
use axum::http::header::{AUTHORIZATION, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use tokio::sync::Semaphore;

use super::attempts::{Attempts, Wait, client};
use super::{Cookie, Digest, LastSeen, percent_encoded, store};
use crate::app::App;
use crate::calendar::Zone;
use crate::error::Error;
use crate::i18n::{Lang, Text};
use crate::journal::Author;
use crate::limits;
use crate::team::account::store as accounts;
use crate::team::{Membership, Place, Role, Scope, Stage};
use crate::token::Token;
use crate::web::{Answer, Failure, asked_language, cookie};

/// What one running service remembers about signing in; [`crate::wiring`] hands it to every request.
#[derive(Debug)]
pub struct Door {
    /// Attempts to sign in, of late.
    pub attempts: Attempts,
    /// When each session made its last request.
    pub seen: LastSeen,
    /// How sessions are named in browsers.
    pub cookie: Cookie,
    /// Passwords that may be hashed at once.
    pub hashing: Semaphore,
}

impl Door {
    /// A door through which nobody has come yet.
    pub fn new(app: &App) -> Arc<Self> {
        Arc::new(Self {
            attempts: Attempts::new(app.clock.clone()),
            seen: LastSeen::default(),
            cookie: Cookie::of(&app.config.public_url),
            hashing: Semaphore::new(limits::HASHES),
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
    /// The tenant; the argument of every store function.
    pub organisation: i64,
    /// What the account is for.
    pub role: Role,
    /// Of a team member: the teams it reads for, and where.
    pub teams: Vec<Membership>,
    /// The language that the person reads.
    pub lang: Lang,
    /// How far the organisation has come.
    pub stage: Stage,
    /// Where the organisation's days begin.
    pub zone: Zone,
    /// Whether the account has a password yet.
    pub(in crate::team) has_password: bool,
    pub(in crate::team) account: i64,
    pub(in crate::team) session: Digest,
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
    /// Whether this person reads the figures of `team` at `place` as the team does: before anyone else.
    pub fn reads_as_team(&self, team: &str, place: Place<'_>) -> bool {
        let covers = |member: &Membership| member.team == team && member.covers(place);
        self.role == Role::TeamMember && self.teams.iter().any(covers)
    }

    /// Whether this person belongs to `team` somewhere.
    pub fn belongs_to(&self, team: &str) -> bool {
        self.role == Role::TeamMember && self.teams.iter().any(|member| member.team == team)
    }

    /// Refuses everyone whose role is not among `roles`, with a text that says who may.
    pub fn must_be(&self, roles: &[Role], who_may: &'static str) -> Answer<()> {
        match roles.contains(&self.role) {
            true => Ok(()),
            false => Err(Failure::new(StatusCode::FORBIDDEN, Text::new(who_may))),
        }
    }

    /// How the journal names this person: by role and number.
    pub fn author(&self) -> Author {
        Author::account(self.role.code(), self.account)
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let found = signed_in(parts, app).await.map_err(IntoResponse::into_response)?;
        found.ok_or_else(|| sign_in_first(parts))
    }
}

async fn signed_in(parts: &mut Parts, app: &App) -> Answer<Option<SignedIn>> {
    let door = door(parts)?;
    let Some(token) = door.presented(&parts.headers) else { return Ok(None) };
    let digest = token.digest();
    let Some(found) = store::find(&app.db, &digest).await? else {
        door.seen.forget(&digest);
        return Ok(None);
    };
    if !door.seen.alive(&digest, found.began, app.clock.now()) {
        return Ok(None);
    }
    let settings = crate::team::store::settings(app.db.reader(), found.organisation).await?;
    let settings = settings.ok_or_else(|| Error::Internal("a session outlived its organisation".to_owned()))?;
    let lang = asked_language(parts).or_else(|| Lang::of_tag(&found.locale)).unwrap_or_default();
    Ok(Some(SignedIn {
        organisation: found.organisation,
        role: found.role,
        teams: found.teams,
        lang,
        stage: settings.stage,
        zone: settings.zone,
        has_password: found.has_password,
        account: found.account,
        session: digest,
    }))
}

fn door(parts: &Parts) -> Answer<Arc<Door>> {
    let door = parts.extensions.get::<Arc<Door>>().cloned();
    door.ok_or_else(|| Error::Internal("the router has no door".to_owned()).into())
}

fn sign_in_first(parts: &Parts) -> Response {
    let asked = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    match asked {
        path if path.starts_with("/api/") => needs_key(),
        "/" => Redirect::to("/sign-in").into_response(),
        path => Redirect::to(&format!("/sign-in?next={}", percent_encoded(path))).into_response(),
    }
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
    /// A process owner; everyone else is told that only process owners may. Whether anything may be told to one yet is
    /// for [`Stage::tells_management`] to say.
    ProcessOwner, ProcessOwner, "team-only-owner"
}

/// A program with a key: `Authorization: Bearer …`. Cookies mean nothing here, so no browser can be made to act.
#[derive(Clone, Debug)]
pub struct ApiCaller {
    /// The tenant; the argument of every store function.
    pub organisation: i64,
    /// What the key is for.
    pub scope: Scope,
}

impl ApiCaller {
    /// Refuses a key that is for something else.
    pub fn must_have(&self, allowed: bool) -> Answer<()> {
        let text = || Text::new("team-api-scope").with("scope", self.scope.to_string());
        if allowed { Ok(()) } else { Err(Failure::new(StatusCode::FORBIDDEN, text())) }
    }
}

impl FromRequestParts<App> for ApiCaller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let Some(key) = header.and_then(bearer) else { return Err(needs_key()) };
        let holder = accounts::key_holder(&app.db, &key).await;
        let holder = holder.map_err(|failure| Failure::from(failure).into_response())?;
        holder.map(|(organisation, scope)| Self { organisation, scope }).ok_or_else(needs_key)
    }
}

fn bearer(header: &str) -> Option<Token> {
    let (scheme, key) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Token::presented(key.trim()))?
}

/// Where a request comes from: the peer, or what our own proxies say of it.
#[derive(Clone, Copy, Debug)]
pub struct Address(pub IpAddr);

impl FromRequestParts<App> for Address {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        // Without a socket, as in a test, everybody comes from the same place: that is the strict side.
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip());
        let forwarded = parts.headers.get_all("x-forwarded-for");
        let forwarded: Vec<&str> = forwarded.iter().filter_map(|value| value.to_str().ok()).collect();
        Ok(Self(client(peer, &forwarded, &app.config.trusted_proxies)))
    }
}

/// Too many attempts: the page says when the next one is welcome.
pub fn too_many(wait: Wait) -> Response {
    let text = Text::new("team-too-many").with("seconds", wait.seconds);
    let failure = Failure::new(StatusCode::TOO_MANY_REQUESTS, text);
    ([(RETRY_AFTER, HeaderValue::from(wait.seconds))], failure).into_response()
}

/// The layer that hands the door to every request.
pub fn layer(app: &App) -> Extension<Arc<Door>> {
    Extension(Door::new(app))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_taken_from_a_bearer_header_alone() {
        let key = "abcdefghijklmnopqrstuvwxyz";
        assert!(bearer(&format!("Bearer {key}")).is_some() && bearer(&format!("bearer  {key}")).is_some());
        for wrong in [key.to_owned(), format!("Basic {key}"), "Bearer short".to_owned()] {
            assert!(bearer(&wrong).is_none(), "{wrong}");
        }
    }
}
