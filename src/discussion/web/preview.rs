//! What was typed, as it will be stored: shown before it is.

use askama::Template;
use axum::http::Uri;

use super::member::Seat;
use crate::discussion::words;
use crate::i18n::{Text, Words};
use crate::privacy::redact::Kind;
use crate::team::web::frame;
use crate::web::{Frame, Page};

#[derive(Template)]
#[template(path = "discussion/preview.html")]
pub(super) struct PreviewPage {
    w: Words,
    frame: Frame,
    address: String,
    rows: Vec<(String, String)>,
    masked: Option<String>,
    /// What is to be said besides, such as the smallest change that could be seen.
    besides: Vec<String>,
    hidden: Vec<(String, String)>,
}

/// What a page shows before it saves.
pub(super) struct Preview {
    pub(super) rows: Vec<(&'static str, String)>,
    pub(super) masked: Vec<Kind>,
    pub(super) besides: Vec<Text>,
    /// The form again, with the texts as they will be stored.
    pub(super) hidden: Vec<(&'static str, String)>,
}

pub(super) fn page(seat: &Seat, uri: &Uri, address: String, shown: Preview) -> Page<PreviewPage> {
    let lang = seat.lang();
    let w = Words(lang);
    let rows = shown.rows.into_iter().map(|(key, value)| (w.say(key), value));
    Page(PreviewPage {
        w,
        frame: frame(&seat.me, uri, w.say("discussion-preview")),
        address,
        rows: rows.collect(),
        masked: words::masked(&shown.masked, lang),
        besides: shown.besides.iter().map(|text| text.say(lang)).collect(),
        hidden: shown.hidden.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
    })
}
