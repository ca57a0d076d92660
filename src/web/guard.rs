//! What stands before every handler: requests of other sites are refused, requests that come too
//! often wait, and every response has the headers that keep browsers honest.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY,
    RETRY_AFTER, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::failure::Failure;
use crate::app::App;
use crate::i18n::Text;
use crate::rate_limit::{Pace, Wait, client};
use crate::security_event::SecurityEvent;

/// Refuses what another site makes a browser send: a method that changes something needs a request
/// of our own pages. Programs with a key are exempt, since no browser adds a key by itself, and so
/// are customers' links: their secret stands in the address, no cookie adds anything, and text
/// browsers and mail programs say nothing of where they are.
pub async fn same_origin(State(app): State<App>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let path = request.uri().path();
    // A link to turn mail off is posted by mail programs (RFC 8058), and its secret stands in the
    // address too.
    let keyed = path.starts_with("/api/") || path.starts_with("/letters/") || is_customers(path);
    if safe || keyed || is_ours(request.headers(), &app.config.public_url) {
        return next.run(request).await;
    }
    Failure::new(StatusCode::FORBIDDEN, Text::new("web-cross-site")).into_response()
}

/// Writes down what was refused. A sign-in that failed is written down where it is known why.
pub async fn note_refusals(
    State((app, pace)): State<(App, Arc<Pace>)>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(Address(address)) = Address::from_request_parts(&mut parts, &app).await;
    let is_sign_in = parts.uri.path().starts_with("/sign-in");
    let program = parts.uri.path().starts_with("/api/");
    let response = next.run(Request::from_parts(parts, body)).await;
    let event = match response.status() {
        StatusCode::UNAUTHORIZED => SecurityEvent::Failure("key"),
        StatusCode::FORBIDDEN if !is_sign_in && program => SecurityEvent::Refusal("program"),
        StatusCode::FORBIDDEN if !is_sign_in => SecurityEvent::Refusal("page"),
        _ => return response,
    };
    if pace.logs_refusal(address) {
        event.log_from(address);
    }
    response
}

fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    if let Some(site) = text(headers, HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let host = text(headers, HOST).unwrap_or_default();
    text(headers, ORIGIN).is_some_and(|origin| {
        origin == public_url
            || origin.split_once("://").is_some_and(|(_, authority)| authority == host)
    })
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

pub fn is_customers(path: &str) -> bool {
    path.starts_with("/r/") || path.starts_with("/u/") || path == "/privacy"
}

/// Refuses what comes too often: from one network, through one link, with one key. Nothing of it
/// was read or written.
pub async fn paced(
    State((app, pace)): State<(App, Arc<Pace>)>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(Address(address)) = Address::from_request_parts(&mut parts, &app).await;
    let path = parts.uri.path();
    let sent = !matches!(parts.method, Method::GET | Method::HEAD);
    let link = path.strip_prefix("/r/").or_else(|| path.strip_prefix("/u/")).filter(|_| sent);
    let link = link.and_then(|rest| rest.split('/').next());
    let key = parts.headers.get(AUTHORIZATION).filter(|_| path.starts_with("/api/"));
    // What has a secret of its own is counted by it as well, and first: a flood from elsewhere
    // uses up nobody's link.
    let of_link = link.map_or(Ok(()), |link| pace.through(link.as_bytes()));
    let of_key = key.map_or(Ok(()), |key| pace.with_key(key.as_bytes()));
    match of_link.and(of_key).and_then(|()| pace.from(address)) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(wait) => {
            if pace.logs_limit(address) {
                SecurityEvent::Limit("requests").log_from(address);
            }
            if parts.headers.contains_key("x-forwarded-for")
                && app.config.trusted_proxies.is_empty()
            {
                tracing::warn!(
                    "requests wait for their network's turn; if a proxy of ours sent them, name it in trusted_proxies"
                );
            }
            wait_for(wait, if link.is_some() { "web-too-often-sent" } else { "web-too-often" })
        }
    }
}

/// The page says when the next try is welcome, and the header says it to programs.
pub fn wait_for(wait: Wait, text: &'static str) -> Response {
    let text = Text::new(text).with("seconds", wait.seconds);
    let failure = Failure::new(StatusCode::TOO_MANY_REQUESTS, text);
    ([(RETRY_AFTER, HeaderValue::from(wait.seconds))], failure).into_response()
}

/// Where a request comes from: the peer, or what our own proxies say of it.
#[derive(Clone, Copy, Debug)]
pub struct Address(pub IpAddr);

impl FromRequestParts<App> for Address {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        // Without a socket, as in a test, everybody comes from the same place: that is the strict
        // side.
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip());
        let forwarded = parts.headers.get_all("x-forwarded-for");
        let forwarded: Vec<&str> =
            forwarded.iter().filter_map(|value| value.to_str().ok()).collect();
        Ok(Self(client(peer, &forwarded, &app.config.trusted_proxies)))
    }
}

/// The headers of every response: nothing is loaded from elsewhere, nothing is framed, nothing is
/// cached.
pub async fn guard_headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let asset = request.uri().path().starts_with("/assets/");
    let policy = if is_customers(request.uri().path()) { CUSTOMERS_POLICY } else { POLICY };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    headers.insert(
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    );
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    );
    if app.config.public_url.starts_with("https://") {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(TLS_ALONE));
    }
    let keep = if asset { "public, max-age=31536000, immutable" } else { "no-store" };
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static(keep));
    response
}

/// For a year, here and under every name below this one.
const TLS_ALONE: &str = "max-age=31536000; includeSubDomains";
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";
const CUSTOMERS_POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";
