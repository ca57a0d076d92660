//! The customer's pages: `/r/{token}` and what belongs to it, `/u/{token}` to stop, `/privacy`.
//!
//! GET and HEAD write nothing: mail scanners open every link. A POST saves a page and answers
//! `303` only when what was sent is durable; when it could not be saved, the same page is shown
//! with everything that was typed.

use std::collections::HashMap;

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Extension, FromRequestParts, Path, State};
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use super::answering::{self, Link, Page as Sent, SaveOutcome};
use super::form;
use super::invitation::CustomerInvitation;
use super::service::Services;
use super::session::{CustomerSession, PageView, Step};
use super::store::answering as store;
use super::view::{self, CustomerFrame};
use crate::app::App;
use crate::error::Error;
use crate::i18n::{Lang, Text};
use crate::id;
use crate::invitation::store::opt_out;
use crate::limits::SENTENCES_TOLD;
use crate::organisation;
use crate::survey::you_said::to_customer;
use crate::token::Token;
use crate::web::{Answer, Failure, Page, Routes, asked_in_address};

pub fn routes() -> Routes {
    Routes::new()
        .route("/r/{token}", get(show))
        .route("/r/{token}/{page}", get(show).post(send))
        .route("/u/{token}", get(ask_to_stop).post(stop))
        .route("/privacy", get(privacy))
        .sharing(Services::default())
}

/// The language that the address asks for; customers' pages set no cookie.
struct LanguageSwitch(Option<Lang>);

impl<S: Sync> FromRequestParts<S> for LanguageSwitch {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(asked_in_address(parts)))
    }
}

/// The token and the page of an address. What cannot even be read is a token that nobody was
/// given.
struct Address {
    token: String,
    page: Option<String>,
}

impl FromRequestParts<App> for Address {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let named = Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
        let mut named = named.map_or_else(|_| HashMap::new(), |Path(named)| named);
        Ok(Self { token: named.remove("token").unwrap_or_default(), page: named.remove("page") })
    }
}

async fn show(
    State(app): State<App>,
    Extension(services): Extension<Services>,
    address: Address,
    switched: LanguageSwitch,
    lang: Lang,
) -> Answer {
    look(&app, &services, &address, switched, lang).await
}

async fn look(
    app: &App,
    services: &Services,
    address: &Address,
    LanguageSwitch(switched): LanguageSwitch,
    browser: Lang,
) -> Answer {
    let (link, around) = opened(app, &address.token, switched, browser).await?;
    let page = address.page.as_deref();
    let withdraw = page == Some("withdraw");
    match link {
        Link::Closed => Ok(closed(&around)),
        Link::Withdrawn(opened) => {
            let service = services.of(app, &opened).await?;
            Ok(Page(view::withdrawn_page(&around, &service.organisation, opened.counted))
                .into_response())
        }
        Link::Answered(opened) => {
            let service = services.of(app, &opened).await?;
            let released = store::is_released(app.db.reader(), &store::Key::of(&opened)).await?;
            let organisation = &service.organisation;
            let page = if withdraw {
                view::withdraw_page(&around, organisation, released)
            } else {
                let (site, lang) = (opened.site.as_deref(), around.lang());
                let sentences = to_customer(&service.you_said, site, lang, SENTENCES_TOLD);
                view::thanks_page(&around, organisation, released, &sentences)
            };
            Ok(Page(page).into_response())
        }
        Link::Open(opened) => {
            let service = services.of(app, &opened).await?;
            if withdraw && !opened.saved_elsewhere {
                return Ok(Page(view::withdraw_page(&around, &service.organisation, false))
                    .into_response());
            }
            let name = page.unwrap_or_default();
            let lang = around.lang().tag();
            let key = [address.token.as_bytes(), name.as_bytes(), lang.as_bytes(), &opened.made_of];
            let key = id::digest(key);
            if let Some(html) = service.pages.get(&key) {
                return Ok(Html(html.to_string()).into_response());
            }
            let session = CustomerSession::new(&service, &opened, around)?;
            let step = page.and_then(Step::of_name).unwrap_or_else(|| session.next());
            let html = rendered(&session.show(session.allowed(step), None))?;
            service.pages.insert(key, html.as_str().into());
            Ok(Html(html).into_response())
        }
    }
}

/// The link, and the frame of its pages: in the language switched to, else the customer's, else
/// the browser's.
async fn opened(
    app: &App,
    token: &str,
    switched: Option<Lang>,
    browser: Lang,
) -> Answer<(Link, CustomerFrame)> {
    let link = answering::open(app, token).await?;
    let own = match &link {
        Link::Open(opened) | Link::Answered(opened) | Link::Withdrawn(opened) => Some(opened.lang),
        Link::Closed => None,
    };
    let lang = switched.or(own).unwrap_or(browser);
    let saved_elsewhere = matches!(&link, Link::Open(opened) if opened.saved_elsewhere);
    Ok((link, CustomerFrame::new(token, lang).with_saved_elsewhere(saved_elsewhere)))
}

/// The same page for what never was, is mistyped or has ended.
fn closed(around: &CustomerFrame) -> Response {
    (StatusCode::NOT_FOUND, Page(view::closed_page(around))).into_response()
}

async fn send(
    State(app): State<App>,
    Extension(services): Extension<Services>,
    Address { token, page }: Address,
    switched: LanguageSwitch,
    lang: Lang,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let page = page.unwrap_or_default();
    let (link, around) = opened(&app, &token, switched.0, lang).await?;
    let withdraws = page == "withdraw";
    match (link, Step::of_name(&page)) {
        (Link::Open(opened), _) if withdraws && opened.saved_elsewhere => {
            Ok(see(&format!("/r/{token}")))
        }
        (Link::Open(opened) | Link::Answered(opened), _) if withdraws => {
            answering::withdraw(&app, &opened).await?;
            Ok(see(&format!("/r/{token}")))
        }
        // Sent twice, or in a second tab: what was sent first stands, and the thanks say so.
        (Link::Answered(_) | Link::Withdrawn(_), _) => Ok(see(&format!("/r/{token}"))),
        (Link::Open(opened), Some(step)) => {
            must_be_a_form(&headers)?;
            take(&app, &services, &token, &opened, around, step, &body).await
        }
        (Link::Open(_), None) => Err(Failure::not_found()),
        (Link::Closed, _) => Ok(closed(&around)),
    }
}

async fn take(
    app: &App,
    services: &Services,
    token: &str,
    opened: &CustomerInvitation,
    around: CustomerFrame,
    step: Step,
    body: &[u8],
) -> Answer {
    let service = services.of(app, opened).await?;
    let pairs = form::pairs(body);
    let to = pairs.as_ref().ok().and_then(|pairs| form::language(pairs));
    let lang = to.unwrap_or(around.lang());
    let session = CustomerSession::new(&service, opened, around)?;
    let allowed = session.allowed(step);
    if allowed != step {
        // A tab from before the customer said that it was not their journey: what it asks is no
        // longer asked, and nothing is saved.
        return Ok(see(&format!("/r/{token}/{}", allowed.name())));
    }
    let page = match pairs {
        Err(malformed) => {
            return again(StatusCode::BAD_REQUEST, &session.show(step, Some(malformed.text())));
        }
        Ok(pairs) => match session.read(step, &pairs) {
            Ok(page) => page,
            Err(shown) => return again(StatusCode::UNPROCESSABLE_ENTITY, &shown),
        },
    };
    let unlinked = matches!(page, Sent::Outcome(_, true)) || opened.trace.is_none();
    let saved = match (&page, to) {
        (Sent::Words(words), None) => answering::finish(app, opened, words.clone(), lang).await,
        _ => answering::save(app, opened, &page, lang).await,
    };
    match saved {
        Ok(SaveOutcome::Kept) if to.is_some() => Ok(see(&format!("/r/{token}/{}", step.name()))),
        Ok(SaveOutcome::Kept) => Ok(see(&format!("/r/{token}/{}", step.after(unlinked)))),
        Ok(SaveOutcome::Closed) => Ok(see(&format!("/r/{token}"))),
        Err(failure) => {
            tracing::error!(error = %failure, "a page could not be saved");
            again(StatusCode::SERVICE_UNAVAILABLE, &session.unsaved(&page))
        }
    }
}

fn rendered(shown: &PageView) -> Answer<String> {
    let html = match shown {
        PageView::Outcome(view) => view.render(),
        PageView::Parts(view) => view.render(),
        PageView::Words(view) => view.render(),
    };
    Ok(html.map_err(|failure| Error::Internal(format!("a template failed: {failure}")))?)
}

fn again(status: StatusCode, shown: &PageView) -> Answer {
    Ok((status, Html(rendered(shown)?)).into_response())
}

/// `303`: the page that follows is fetched with GET, so that going back or loading again sends
/// nothing twice.
fn see(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, path)]).into_response()
}

fn must_be_a_form(headers: &HeaderMap) -> Answer<()> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().unwrap_or_default().trim() == "application/x-www-form-urlencoded" {
        return Ok(());
    }
    Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, Text::new("web-malformed")))
}

async fn ask_to_stop(
    State(app): State<App>,
    Address { token, .. }: Address,
    switched: LanguageSwitch,
    lang: Lang,
) -> Answer {
    let Some((reader, around)) = reader(&app, &token, switched).await? else {
        return Ok(closed(&CustomerFrame::new(token, lang)));
    };
    let name = organisation::store::name(app.db.reader(), reader.organisation).await?;
    let page = if has_stopped(&app, &reader).await? {
        view::unsubscribed_page(&around, &name)
    } else {
        view::unsubscribe_page(&around, &name)
    };
    Ok(Page(page).into_response())
}

/// Leaves an address alone from now on; also what a mail program sends with one click (RFC 8058).
async fn stop(
    State(app): State<App>,
    Address { token, .. }: Address,
    switched: LanguageSwitch,
    lang: Lang,
) -> Answer {
    let Some((reader, around)) = reader(&app, &token, switched).await? else {
        return Ok(closed(&CustomerFrame::new(token, lang)));
    };
    let now = app.clock.now();
    // Without a key the address is gone from here, and nothing can be sent to it anyway.
    if let Some(key) = reader.address_key {
        let organisation = reader.organisation;
        let added = app.db.write(move |tx| {
            Box::pin(async move { opt_out::add(tx, organisation, &key, "unsubscribed", now).await })
        });
        added.await?;
    }
    let name = organisation::store::name(app.db.reader(), reader.organisation).await?;
    Ok(Page(view::unsubscribed_page(&around, &name)).into_response())
}

async fn reader(
    app: &App,
    token: &str,
    LanguageSwitch(switched): LanguageSwitch,
) -> Answer<Option<(opt_out::Reader, CustomerFrame)>> {
    let reader = opt_out::reader(app.db.reader(), Token::sought(token)).await?;
    Ok(reader.map(|reader| {
        let lang = switched.unwrap_or(reader.lang);
        (reader, CustomerFrame::new(token, lang))
    }))
}

async fn has_stopped(app: &App, reader: &opt_out::Reader) -> Answer<bool> {
    match &reader.address_key {
        Some(key) => Ok(opt_out::is_out(app.db.reader(), reader.organisation, key).await?),
        None => Ok(true),
    }
}

async fn privacy(State(app): State<App>, switched: LanguageSwitch, lang: Lang) -> Answer {
    let organisation = organisation::store::only_name(app.db.reader()).await?;
    let around = CustomerFrame::new("", switched.0.unwrap_or(lang));
    Ok(Page(view::privacy_page(&around, organisation.as_deref())).into_response())
}
