//! What every page and every answer of the API has in common: templates into responses, errors into pages that say
//! what to do, the language of a request, and the headers that keep browsers honest.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::{ConnectInfo, Extension, FromRequestParts, Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE,
    HOST, ORIGIN, REFERRER_POLICY, RETRY_AFTER, SET_COOKIE, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::MethodRouter;
use axum::{Json, Router};
use cookie::time::Duration;
use cookie::{Cookie, CookieBuilder, SameSite};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::app::App;
use crate::error::Error;
use crate::i18n::{Lang, Text, Words};
use crate::rate_limit::{Pace, Wait, client};

/// The name of the cookie that remembers which language a person switched to.
const LANGUAGE_COOKIE: &str = "relais-language";

/// Where the style sheet is. Browsers keep it for a year, so the address changes with the product's version.
pub const STYLE: &str = concat!("/assets/style.css?v=", env!("CARGO_PKG_VERSION"));
/// Where the customers' style sheet is: the part that all pages share and little more.
pub const SURVEY_STYLE: &str = concat!("/assets/survey.css?v=", env!("CARGO_PKG_VERSION"));

/// Routes, and where each of them is: the router is made from the same table that the tests walk along, so that a new
/// route is asked by somebody of every role before anybody else comes.
#[derive(Debug, Default)]
pub struct Routes {
    paths: Vec<&'static str>,
    router: Router<App>,
}

impl Routes {
    /// No route yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same and one more.
    #[must_use]
    pub fn route(mut self, path: &'static str, methods: MethodRouter<App>) -> Self {
        self.paths.push(path);
        Self { paths: self.paths, router: self.router.route(path, methods) }
    }

    /// The same and all of `others`.
    #[must_use]
    pub fn merge(mut self, others: Self) -> Self {
        self.paths.extend(others.paths);
        Self { paths: self.paths, router: self.router.merge(others.router) }
    }

    /// The same, with something that all of them share.
    #[must_use]
    pub fn sharing<T: Clone + Send + Sync + 'static>(self, shared: T) -> Self {
        Self { paths: self.paths, router: self.router.layer(Extension(shared)) }
    }

    /// Where they are, as axum writes it.
    pub fn paths(&self) -> &[&'static str] {
        &self.paths
    }

    /// The router that answers there.
    pub fn into_router(self) -> Router<App> {
        self.router
    }
}

/// What the pages of the staff have around their content; `templates/staff.html` draws it. Customers' pages and the
/// pages before signing in have none.
#[derive(Clone, Debug)]
pub struct Frame {
    /// What the page is called.
    pub title: String,
    /// Where this person may go.
    pub links: Vec<FrameLink>,
    /// This page in the other language.
    pub switch: String,
    /// Whether the organisation is in pilot, which every page says.
    pub pilot: bool,
    /// Whether the reader is signed in: a few pages are open to everybody.
    pub signed_in: bool,
}

/// One place to go.
#[derive(Clone, Debug)]
pub struct FrameLink {
    /// Its address.
    pub href: String,
    /// Its name, in the reader's language.
    pub words: String,
    /// Whether it is this page.
    pub here: bool,
}

/// The address of a page in another language: the same path and question, with `lang` changed.
pub fn in_language(uri: &axum::http::Uri, lang: Lang) -> String {
    let kept = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
    let mut query: Vec<&str> = kept.collect();
    let tag = format!("lang={}", lang.tag());
    query.push(&tag);
    format!("{}?{}", uri.path(), query.join("&"))
}

/// A path as a part of an address, or as the value of its query.
pub fn percent_encoded(path: &str) -> String {
    const ESCAPED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
    utf8_percent_encode(path, ESCAPED).to_string()
}

/// A template as a response.
#[derive(Debug)]
pub struct Page<T>(pub T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(page) => Html(page).into_response(),
            Err(failure) => Failure::from(Error::Internal(format!("a template failed: {failure}")))
                .into_response(),
        }
    }
}

/// What a handler returns when it cannot do what was asked. [`explain`] says it in the reader's language.
#[derive(Debug)]
pub struct Failure {
    status: StatusCode,
    error: Error,
}

/// The result of a handler.
pub type Answer<T = Response> = Result<T, Failure>;

impl Failure {
    /// A refusal with a status of its own.
    pub fn new(status: StatusCode, text: Text) -> Self {
        Self { status, error: text.into() }
    }

    /// An error with a status of its own: a refusal keeps its place in what was sent.
    pub fn with_status(status: StatusCode, error: impl Into<Error>) -> Self {
        Self { status, error: error.into() }
    }

    /// There is no such thing here, or not for this person: the same answer, so that nobody learns which.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, Text::new("web-not-found"))
    }
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        let error = error.into();
        let status = match error {
            Error::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Database(_) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Io { .. } | Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self { status, error }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if self.status.is_server_error() {
            tracing::error!(error = %self.error, "a request failed");
        }
        let mut response = self.status.into_response();
        response.extensions_mut().insert(Arc::new(self.error));
        response
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    w: Words,
    title: String,
    message: String,
}

/// The same for a customer: nothing leads to the staff's pages, and nothing asks him to mend our machine.
#[derive(Template)]
#[template(path = "trouble.html")]
struct TroublePage {
    w: Words,
    title: String,
    message: String,
}

/// Turns what handlers could not do into a page, or into JSON for programs, in the reader's language.
pub async fn explain(lang: Lang, request: Request, next: Next) -> Response {
    let program = request.uri().path().starts_with("/api/");
    let customer = is_customers(request.uri().path());
    let response = next.run(request).await;
    let error = response.extensions().get::<Arc<Error>>().cloned();
    let message = match (&error, response.status()) {
        // A page that could not be saved is shown again by its handler with everything that was typed: it stays.
        (None, status) if status.is_server_error() && !is_plain(&response) => return response,
        (_, status) if customer && status.is_server_error() => Text::new("web-trouble").say(lang),
        (Some(error), _) => error.say(lang),
        (None, StatusCode::NOT_FOUND) if bare(&response) => Text::new("web-not-found").say(lang),
        (None, StatusCode::METHOD_NOT_ALLOWED) => Text::new("web-method").say(lang),
        (None, StatusCode::PAYLOAD_TOO_LARGE) => Text::new("web-too-large").say(lang),
        (None, StatusCode::REQUEST_TIMEOUT) => Text::new("web-timeout").say(lang),
        (
            None,
            StatusCode::BAD_REQUEST
            | StatusCode::UNSUPPORTED_MEDIA_TYPE
            | StatusCode::UNPROCESSABLE_ENTITY,
        ) if is_plain(&response) => Text::new("web-malformed").say(lang),
        _ => return response,
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_TYPE);
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    let body = if program {
        Json(serde_json::json!({ "error": message })).into_response()
    } else if customer {
        let title = Text::new("web-trouble-title").say(lang);
        Page(TroublePage { w: Words(lang), title, message }).into_response()
    } else {
        let title = Text::new("web-error-title").say(lang);
        Page(ErrorPage { w: Words(lang), title, message }).into_response()
    };
    (parts.status, parts.headers, body).into_response()
}

fn bare(response: &Response<Body>) -> bool {
    response.headers().get(CONTENT_TYPE).is_none()
}

/// Whether it is a short text of the framework, and neither a page nor an answer of ours.
fn is_plain(response: &Response<Body>) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_none_or(|kind| kind.starts_with("text/plain"))
}

impl<S: Sync> FromRequestParts<S> for Lang {
    type Rejection = std::convert::Infallible;

    /// `?lang=`, else what the person switched to before, else what the browser asks for, else English.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let asked = asked_language(parts);
        let accepted = || Lang::accepted(parts.headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?);
        Ok(asked.or_else(accepted).unwrap_or_default())
    }
}

/// The language that a person asked for, now or on an earlier page.
pub fn asked_language(parts: &Parts) -> Option<Lang> {
    asked_in_address(parts)
        .or_else(|| cookie(&parts.headers, LANGUAGE_COOKIE).and_then(|tag| Lang::of_tag(&tag)))
}

/// The language that `?lang=` asks for.
pub fn asked_in_address(parts: &Parts) -> Option<Lang> {
    let query = parts.uri.query()?;
    Lang::of_tag(query.split('&').find_map(|pair| pair.strip_prefix("lang="))?)
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = all.flat_map(Cookie::split_parse).filter_map(Result::ok);
    cookies.find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
}

/// A cookie for all pages of this host, which no script reads and no form of another site sends.
pub fn own_cookie<'c>(name: &'static str, value: &'c str) -> CookieBuilder<'c> {
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax)
}

/// Remembers the language that a person of the staff switched to. Customers' pages set no cookie.
pub async fn remember_language(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = asked_in_address(&parts);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(lang) = asked {
        let cookie =
            own_cookie(LANGUAGE_COOKIE, lang.tag()).max_age(Duration::days(365)).to_string();
        response
            .headers_mut()
            .extend(HeaderValue::try_from(cookie).ok().map(|value| (SET_COOKIE, value)));
    }
    response
}

/// Refuses what another site makes a browser send: a method that changes something needs a request of our own pages.
/// Programs with a key are exempt, since no browser adds a key by itself, and so are customers' links: their secret
/// stands in the address, no cookie adds anything, and text browsers and mail programs say nothing of where they are.
pub async fn same_origin(State(app): State<App>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let path = request.uri().path();
    // A link to turn mail off is posted by mail programs (RFC 8058), and its secret stands in the address too.
    let keyed = path.starts_with("/api/") || path.starts_with("/letters/") || is_customers(path);
    match safe || keyed || is_ours(request.headers(), &app.config.public_url) {
        true => next.run(request).await,
        false => Failure::new(StatusCode::FORBIDDEN, Text::new("web-cross-site")).into_response(),
    }
}

fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let host = text(HOST).unwrap_or_default();
    text(ORIGIN).is_some_and(|origin| {
        origin == public_url
            || origin.split_once("://").is_some_and(|(_, authority)| authority == host)
    })
}

/// Whether a path is one of the customers' pages.
pub fn is_customers(path: &str) -> bool {
    path.starts_with("/r/") || path.starts_with("/u/") || path == "/privacy"
}

/// Refuses what comes too often: from one network, through one link, with one key. Nothing of it was read or written.
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
    // What has a secret of its own is counted by it as well, and first: a flood from elsewhere uses up nobody's link.
    let of_link = link.map_or(Ok(()), |link| pace.through(link.as_bytes()));
    let of_key = key.map_or(Ok(()), |key| pace.with_key(key.as_bytes()));
    match of_link.and(of_key).and_then(|()| pace.from(address)) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(wait) => {
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

/// Too early: the page says when the next try is welcome, and the header says it to programs.
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
        // Without a socket, as in a test, everybody comes from the same place: that is the strict side.
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip());
        let forwarded = parts.headers.get_all("x-forwarded-for");
        let forwarded: Vec<&str> =
            forwarded.iter().filter_map(|value| value.to_str().ok()).collect();
        Ok(Self(client(peer, &forwarded, &app.config.trusted_proxies)))
    }
}

/// The headers of every response: nothing is loaded from elsewhere, nothing is framed, nothing is kept.
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
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    let keep = if asset { "public, max-age=31536000, immutable" } else { "no-store" };
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static(keep));
    response
}

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";
const CUSTOMERS_POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
