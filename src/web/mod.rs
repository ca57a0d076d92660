//! What every page and every answer of the API has in common: templates into responses, errors
//! into pages that say what to do, the language of a request, and the headers that keep browsers
//! honest.

mod activity;
mod failure;
mod guard;
pub mod server;

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::{Extension, FromRequestParts, Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
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

pub use failure::{Answer, Failure};
pub use guard::{
    Address, guard_headers, is_customers, note_refusals, paced, same_origin, wait_for,
};

const LANGUAGE_COOKIE: &str = "relais-language";
/// Its name where people reach the service over https.
const SECURE_LANGUAGE_COOKIE: &str = "__Host-relais-language";

/// Browsers keep the style sheet for a year, so its address changes with the product's version.
pub const STYLE: &str = concat!("/assets/style.css?v=", env!("CARGO_PKG_VERSION"));
/// The customers' style sheet: the part that all pages share and little more.
pub const SURVEY_STYLE: &str = concat!("/assets/survey.css?v=", env!("CARGO_PKG_VERSION"));

/// Routes and their paths: the router is made from the same table that the tests walk along, so
/// that a new route is asked by somebody of every role before anybody else comes.
#[derive(Debug, Default)]
pub struct Routes {
    paths: Vec<&'static str>,
    router: Router<App>,
}

impl Routes {
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn route(mut self, path: &'static str, methods: MethodRouter<App>) -> Self {
        self.paths.push(path);
        Self { paths: self.paths, router: self.router.route(path, methods) }
    }

    #[must_use]
    pub fn merge(mut self, others: Self) -> Self {
        self.paths.extend(others.paths);
        Self { paths: self.paths, router: self.router.merge(others.router) }
    }

    /// Adds something that all of them share.
    #[must_use]
    pub fn sharing<T: Clone + Send + Sync + 'static>(self, shared: T) -> Self {
        Self { paths: self.paths, router: self.router.layer(Extension(shared)) }
    }

    /// As axum writes them.
    pub fn paths(&self) -> &[&'static str] {
        &self.paths
    }

    pub fn into_router(self) -> Router<App> {
        self.router
    }
}

/// What the pages of the staff have around their content; `templates/staff.html` draws it.
/// Customers' pages and the pages before signing in have none.
#[derive(Clone, Debug)]
pub struct Frame {
    pub title: String,
    pub links: Vec<FrameLink>,
    /// The address of this page in the other language.
    pub switch: String,
    /// Whether the organisation is in pilot, which every page says.
    pub pilot: bool,
    /// A few pages are open to everybody.
    pub signed_in: bool,
}

#[derive(Clone, Debug)]
pub struct FrameLink {
    pub href: String,
    pub words: String,
    pub here: bool,
}

/// The same path and query, with `lang` changed.
pub fn in_language(uri: &Uri, lang: Lang) -> String {
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

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    w: Words,
    title: String,
    message: String,
}

/// For a customer: nothing leads to the staff's pages, and nothing asks the customer to mend our
/// machine.
#[derive(Template)]
#[template(path = "trouble.html")]
struct TroublePage {
    w: Words,
    title: String,
    message: String,
}

/// Turns what handlers could not do into a page, or into JSON for programs, in the reader's
/// language.
pub async fn explain(lang: Lang, request: Request, next: Next) -> Response {
    let program = request.uri().path().starts_with("/api/");
    let customer = is_customers(request.uri().path());
    let response = next.run(request).await;
    let error = response.extensions().get::<Arc<Error>>().cloned();
    let message = match (&error, response.status()) {
        // A page that could not be saved is shown again by its handler with everything that was
        // typed: it stays.
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
    parts.headers.remove(CONTENT_LENGTH);
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

    /// `?lang=`, else what the person switched to before, else what the browser asks for, else
    /// English.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let asked = asked_language(parts).or_else(|| accepted_language(&parts.headers));
        Ok(asked.unwrap_or_default())
    }
}

fn accepted_language(headers: &HeaderMap) -> Option<Lang> {
    Lang::accepted(headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?)
}

pub fn asked_language(parts: &Parts) -> Option<Lang> {
    asked_in_address(parts).or_else(|| {
        let named = |name| cookie(&parts.headers, name);
        Lang::of_tag(&named(SECURE_LANGUAGE_COOKIE).or_else(|| named(LANGUAGE_COOKIE))?)
    })
}

pub fn asked_in_address(parts: &Parts) -> Option<Lang> {
    let query = parts.uri.query()?;
    Lang::of_tag(query.split('&').find_map(|pair| pair.strip_prefix("lang="))?)
}

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
pub async fn remember_language(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = asked_in_address(&parts);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(lang) = asked {
        let secure = app.config.public_url.starts_with("https://");
        let name = if secure { SECURE_LANGUAGE_COOKIE } else { LANGUAGE_COOKIE };
        let cookie = own_cookie(name, lang.tag()).secure(secure).max_age(Duration::days(365));
        let cookie = cookie.to_string();
        response
            .headers_mut()
            .extend(HeaderValue::try_from(cookie).ok().map(|value| (SET_COOKIE, value)));
    }
    response
}
