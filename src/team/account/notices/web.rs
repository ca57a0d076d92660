//! `/letters/{token}`: no more mail about the teams, with one click (RFC 8058), and mail again.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::routing::get;

use super::whose;
use crate::app::App;
use crate::i18n::{Lang, Words};
use crate::id::OrganisationId;
use crate::team::account::store;
use crate::web::{Answer, Failure, Page, Routes, in_language};

/// The routes of this page.
pub fn routes() -> Routes {
    Routes::new().route("/letters/{token}", get(ask).post(change))
}

#[derive(Template)]
#[template(path = "team/letters.html")]
struct LettersPage {
    w: Words,
    switch: String,
    wanted: bool,
}

async fn ask(
    State(app): State<App>,
    Path(token): Path<String>,
    lang: Lang,
    uri: Uri,
) -> Answer<Page<LettersPage>> {
    let (organisation, account) = whose(&app.secret, &token).ok_or_else(Failure::not_found)?;
    page(&app, (organisation, account), lang, &uri).await
}

async fn page(
    app: &App,
    (organisation, id): (OrganisationId, i64),
    lang: Lang,
    uri: &Uri,
) -> Answer<Page<LettersPage>> {
    let row = store::account(app.db.reader(), organisation, id).await?;
    let row = row.filter(|row| !row.disabled).ok_or_else(Failure::not_found)?;
    Ok(Page(LettersPage {
        w: Words(lang),
        switch: in_language(uri, lang.other()),
        wanted: row.letters,
    }))
}

/// Turns mail off, also when a mail program sends it; only the button of our own page turns it on again.
async fn change(
    State(app): State<App>,
    Path(token): Path<String>,
    lang: Lang,
    uri: Uri,
    body: String,
) -> Answer<Page<LettersPage>> {
    let (organisation, id) = whose(&app.secret, &token).ok_or_else(Failure::not_found)?;
    let wanted = body.split('&').any(|pair| pair == "wanted=yes");
    app.db
        .write_once(move |tx| Box::pin(store::want_letters(tx, organisation, id, wanted)))
        .await?;
    page(&app, (organisation, id), lang, &uri).await
}
