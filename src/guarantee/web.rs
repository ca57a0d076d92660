//! The page of the guarantees, the same for programs, and the file for the works council. They show
//! the last check and make none: what strangers ask for costs one file.
//!
//! Strangers read what is promised and whether it holds. The numbers of an organisation, and what
//! is against a promise, are its members'.

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderName, StatusCode, Uri};
use axum::routing::get;
use serde_json::{Value, json};

use super::dossier::{Facts, dossier};
use super::report::{Line, Report};
use super::{Group, Guarantee, file};
use crate::app::App;
use crate::calendar::date_in_words;
use crate::error::Error;
use crate::i18n::{Lang, Text, Words};
use crate::team::web::{SignedIn, Visitor, open_frame};
use crate::web::{Answer, Failure, Frame, Page, Routes};
use crate::{journal, organisation};

/// The page remembers a language as the pages of the staff do.
pub fn pages() -> Routes {
    Routes::new().route("/guarantees", get(show)).route("/guarantees/dossier", get(paper))
}

pub fn documents() -> Routes {
    Routes::new().route("/.well-known/relais-guarantees.json", get(document))
}

#[derive(Template)]
#[template(path = "guarantee/guarantees.html")]
struct GuaranteesPage {
    w: Words,
    frame: Frame,
    check: Option<Check>,
    running: String,
    build: &'static str,
}

struct Check {
    holds: bool,
    at: Moment,
    summary: String,
    /// Which program checked, when it was another one.
    by: Option<String>,
    groups: Vec<GroupView>,
}

struct Moment {
    /// RFC 3339.
    exact: String,
    words: String,
}

struct GroupView {
    title: String,
    lines: Vec<GuaranteeView>,
}

struct GuaranteeView {
    name: String,
    holds: bool,
    /// In a few words; the promise itself stands with its proof.
    plain: String,
    promise: String,
    against: Vec<String>,
    seen: Vec<String>,
}

async fn show(
    State(app): State<App>,
    Visitor(me): Visitor,
    lang: Lang,
    uri: Uri,
) -> Answer<Page<GuaranteesPage>> {
    let lang = me.as_ref().map_or(lang, |me| me.lang);
    let last = file::last(&app.config.data)?;
    let running = Text::new("guarantee-build").with("version", env!("CARGO_PKG_VERSION"));
    let title = Text::new("guarantee-title").say(lang);
    Ok(Page(GuaranteesPage {
        w: Words(lang),
        check: last.map(|report| check(&report, me.is_some(), lang)),
        frame: open_frame(me.as_ref(), lang, &uri, title),
        running: running.say(lang),
        build: file::build(),
    }))
}

fn check(report: &Report, is_member: bool, lang: Lang) -> Check {
    let by = Text::new("guarantee-checked-by").with("version", report.version.as_str());
    let by = by.with("build", report.build.as_str()).say(lang);
    let of_group = |group: Group| {
        let own = report.guarantees.iter().filter(move |line| group_of(line) == group);
        GroupView {
            title: group.title().say(lang),
            lines: own.map(|line| shown(line, is_member, lang)).collect(),
        }
    };
    let groups = Group::ALL.into_iter().map(of_group);
    Check {
        holds: report.holds,
        at: in_words(&report.checked_at, lang),
        summary: report.summary().say(lang),
        by: (report.build != file::build()).then_some(by),
        groups: groups.filter(|group| !group.lines.is_empty()).collect(),
    }
}

/// A check by another version may know guarantees that this one does not.
fn group_of(line: &Line) -> Group {
    Guarantee::named(&line.name).map_or(Group::InTheOpen, Guarantee::group)
}

/// The readers may be anywhere, so the instant is in UTC.
fn in_words(at: &str, lang: Lang) -> Moment {
    let words = match (at.get(..10).and_then(|day| day.parse().ok()), at.get(11..16)) {
        (Some(day), Some(time)) => format!("{}, {time} UTC", date_in_words(day, lang)),
        _ => at.to_owned(),
    };
    Moment { exact: at.to_owned(), words }
}

fn shown(line: &Line, is_member: bool, lang: Lang) -> GuaranteeView {
    let promise = line.promise.of_lang(lang).clone();
    let plain = Guarantee::named(&line.name).map(|guarantee| guarantee.plain().say(lang));
    let (seen, against) = if is_member {
        (line.seen.of_lang(lang).clone(), line.against.of_lang(lang).clone())
    } else {
        (line.open.of_lang(lang).clone(), Vec::new())
    };
    GuaranteeView {
        name: line.name.clone(),
        holds: line.holds,
        plain: plain.unwrap_or_else(|| promise.clone()),
        promise,
        against,
        seen,
    }
}

async fn document(State(app): State<App>, Visitor(me): Visitor) -> Answer<Json<Value>> {
    let check = file::last(&app.config.data)?;
    let told = match (&check, &me) {
        (Some(check), Some(_)) => json!(check),
        (Some(check), None) => check.open(),
        (None, _) => Value::Null,
    };
    Ok(Json(json!({
        "running": { "version": env!("CARGO_PKG_VERSION"), "build": file::build() },
        "holds": check.as_ref().map(|check| check.holds),
        "check": told,
    })))
}

/// A file that a browser saves.
type Saved = ([(HeaderName, String); 2], String);

/// The file for the works council and the data-protection officer, with what the last check found.
async fn paper(State(app): State<App>, me: SignedIn) -> Answer<Saved> {
    let db = app.db.reader();
    let unchecked = || Failure::new(StatusCode::NOT_FOUND, Text::new("guarantee-never-checked"));
    let report = file::last(&app.config.data)?.ok_or_else(unchecked)?;
    let settings = organisation::store::settings(db, me.organisation).await?;
    let settings =
        settings.ok_or_else(|| Error::Internal("the organisation is gone".to_owned()))?;
    let entries = journal::store::entries(&app.db, me.organisation, None).await?;
    let facts = Facts { settings, entries, report, now: app.clock.now() };
    let page = dossier(&facts, me.lang).to_html(me.lang)?;
    let name = format!("attachment; filename=\"relais-dossier-{}.html\"", me.lang.tag());
    let headers =
        [(CONTENT_TYPE, "text/html; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, page))
}
