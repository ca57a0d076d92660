//! The pages of the two chains: what was changed and why, and who has looked.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Uri;
use axum::routing::get;
use serde::Deserialize;

use super::phrases::{self, Side, side};
use super::store;
use crate::app::App;
use crate::calendar::Moment;
use crate::i18n::Words;
use crate::schema::{access_entry, journal_entry};
use crate::team::Role;
use crate::team::web::{SignedIn, frame, team_name};
use crate::web::{Answer, Frame, Page, Routes};

pub fn routes() -> Routes {
    Routes::new()
        .route("/journal", get(journal))
        .route("/readers", get(all_readers))
        .route("/teams/{team}/readers", get(readers))
}

#[derive(Deserialize)]
struct PageQuery {
    below: Option<i64>,
}

#[derive(Template)]
#[template(path = "journal/journal.html")]
struct JournalPage {
    w: Words,
    frame: Frame,
    changes: Vec<Change>,
    older: Option<i64>,
}

struct Change {
    number: i64,
    at: Moment,
    author: String,
    what: String,
    subject: String,
    values: [Side; 2],
    reason: String,
    effective: Option<Moment>,
}

async fn journal(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Query(page): Query<PageQuery>,
) -> Answer<Page<JournalPage>> {
    let rows = store::entries(&app.db, me.organisation, page.below).await?;
    let w = Words(me.lang);
    let older = older(rows.last().map(|row| row.number), rows.len());
    let changes = rows.into_iter().map(|row| change(&me, &w, row)).collect();
    Ok(Page(JournalPage { w, frame: frame(&me, &uri, w.say("journal-title")), changes, older }))
}

fn older(last: Option<i64>, shown: usize) -> Option<i64> {
    last.filter(|last| shown as u64 == store::PAGE && *last > 1)
}

fn change(me: &SignedIn, w: &Words, row: journal_entry::Model) -> Change {
    Change {
        number: row.number,
        at: Moment::of(row.at, &me.zone),
        author: phrases::author(w, &row.author),
        what: phrases::subject(w, &row.subject),
        values: [
            side(w, w.say("journal-before"), row.before),
            side(w, w.say("journal-after"), row.after),
        ],
        effective: (row.effective_at != row.at).then(|| Moment::of(row.effective_at, &me.zone)),
        reason: row.reason,
        subject: row.subject,
    }
}

#[derive(Template)]
#[template(path = "journal/readers.html")]
struct ReadersPage {
    w: Words,
    frame: Frame,
    /// The team whose page it is; `None` on the page of all of them.
    team: Option<String>,
    looks: Vec<Look>,
    older: Option<i64>,
}

struct Look {
    at: Moment,
    role: String,
    team: Option<String>,
    place: String,
}

/// Who looked at one team's data: for that team, the representatives, and who administers the log.
async fn readers(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path(team): Path<String>,
    Query(page): Query<PageQuery>,
) -> Answer<Page<ReadersPage>> {
    let name = team_name(&app, &me, &team).await?;
    if !me.belongs_to(&team) {
        me.must_be(&[Role::Administrator, Role::Representative], "journal-only-readers")?;
    }
    let rows = store::looks(&app.db, me.organisation, Some(&team), page.below).await?;
    Ok(readers_page(&me, &uri, Some(name), rows))
}

async fn all_readers(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Query(page): Query<PageQuery>,
) -> Answer<Page<ReadersPage>> {
    me.must_be(&[Role::Administrator, Role::Representative], "journal-only-all-readers")?;
    let rows = store::looks(&app.db, me.organisation, None, page.below).await?;
    Ok(readers_page(&me, &uri, None, rows))
}

fn readers_page(
    me: &SignedIn,
    uri: &Uri,
    team: Option<String>,
    rows: Vec<access_entry::Model>,
) -> Page<ReadersPage> {
    let w = Words(me.lang);
    let title = match &team {
        Some(team) => w.with("journal-readers-title", "team", team.as_str()),
        None => w.say("journal-all-readers-title"),
    };
    let older = older(rows.last().map(|row| row.number), rows.len());
    let looks = rows.into_iter().map(|row| look(me, &w, row)).collect();
    Page(ReadersPage { w, frame: frame(me, uri, title), team, looks, older })
}

fn look(me: &SignedIn, w: &Words, row: access_entry::Model) -> Look {
    Look {
        at: Moment::of(row.at, &me.zone),
        role: phrases::role(w, &row.role),
        team: row.team,
        place: phrases::place(w, &row.place),
    }
}
