//! The page of the guarantees and the same for programs, for anybody. They show the last check and
//! make none: what strangers ask for costs one file.

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::http::Uri;
use axum::routing::get;
use serde_json::{Value, json};

use super::file;
use super::report::{Line, Report};
use crate::app::App;
use crate::calendar::date_in_words;
use crate::i18n::{Lang, Text, Words};
use crate::web::{Answer, Page, Routes, in_language};

/// The page remembers a language as the pages of the staff do.
pub fn pages() -> Routes {
    Routes::new().route("/guarantees", get(show))
}

pub fn documents() -> Routes {
    Routes::new().route("/.well-known/relais-guarantees.json", get(document))
}

#[derive(Template)]
#[template(path = "guarantee/guarantees.html")]
struct GuaranteesPage {
    w: Words,
    switch: String,
    check: Option<Check>,
    running: String,
    build: &'static str,
}

struct Check {
    at: String,
    summary: String,
    /// Which program checked, when it was another one.
    by: Option<String>,
    lines: Vec<GuaranteeView>,
}

struct GuaranteeView {
    name: String,
    holds: bool,
    promise: String,
    against: Vec<String>,
    seen: Vec<String>,
}

async fn show(State(app): State<App>, lang: Lang, uri: Uri) -> Answer<Page<GuaranteesPage>> {
    let last = file::last(&app.config.data)?;
    let running = Text::new("guarantee-build").with("version", env!("CARGO_PKG_VERSION"));
    Ok(Page(GuaranteesPage {
        w: Words(lang),
        switch: in_language(&uri, lang.other()),
        check: last.map(|report| check(&report, lang)),
        running: running.say(lang),
        build: file::build(),
    }))
}

fn check(report: &Report, lang: Lang) -> Check {
    let by = Text::new("guarantee-checked-by").with("version", report.version.as_str());
    let by = by.with("build", report.build.as_str()).say(lang);
    Check {
        at: in_words(&report.checked_at, lang),
        summary: report.summary().say(lang),
        by: (report.build != file::build()).then_some(by),
        lines: report.guarantees.iter().map(|line| shown(line, lang)).collect(),
    }
}

/// The readers may be anywhere, so the instant is in UTC.
fn in_words(at: &str, lang: Lang) -> String {
    match (at.get(..10).and_then(|day| day.parse().ok()), at.get(11..16)) {
        (Some(day), Some(time)) => format!("{}, {time} UTC", date_in_words(day, lang)),
        _ => at.to_owned(),
    }
}

fn shown(line: &Line, lang: Lang) -> GuaranteeView {
    GuaranteeView {
        name: line.name.clone(),
        holds: line.holds,
        promise: line.promise.of_lang(lang).clone(),
        against: line.against.of_lang(lang).clone(),
        seen: line.seen.of_lang(lang).clone(),
    }
}

async fn document(State(app): State<App>) -> Answer<Json<Value>> {
    let check = file::last(&app.config.data)?;
    Ok(Json(json!({
        "running": { "version": env!("CARGO_PKG_VERSION"), "build": file::build() },
        "holds": check.as_ref().map(|check| check.holds),
        "check": check,
    })))
}
