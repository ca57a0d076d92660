//! The pages of the two chains: what was changed and why, and who has looked.

mod waiting;

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use serde::Deserialize;

use super::Reason;
use super::difference::phrases::ChangeLine;
use super::objection::Objector;
use super::phrases::{self, Side, side};
use super::store::{self, objections};
use crate::app::App;
use crate::calendar::Moment;
use crate::error::{Error, Result};
use crate::i18n::Words;
use crate::schema::{access_entry, journal_entry};
use crate::team::Role;
use crate::team::web::{SignedIn, frame, team_name};
use crate::web::{Answer, Frame, Page, Routes};

use waiting::{Refused, Waiting, changed_lines};

pub fn routes() -> Routes {
    Routes::new()
        .route("/journal", get(journal))
        .route("/journal/{number}/objection", post(object))
        .route("/journal/{number}/withdrawal", post(withdraw))
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
    /// Why what was sent cannot be taken.
    problem: Option<String>,
    waiting: Vec<Waiting>,
    changes: Vec<Change>,
    older: Option<i64>,
}

struct Change {
    number: i64,
    at: Moment,
    author: String,
    what: String,
    subject: String,
    /// What is different, where both documents are too long to be read beside each other.
    lines: Vec<ChangeLine>,
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
    journal_page(&app, &me, &uri, page.below, None).await
}

async fn journal_page(
    app: &App,
    me: &SignedIn,
    uri: &Uri,
    below: Option<i64>,
    refused: Option<&Refused>,
) -> Answer<Page<JournalPage>> {
    let waiting = match below {
        None => waiting::waiting(app, me, refused).await?,
        Some(_) => Vec::new(),
    };
    let rows = store::entries(&app.db, me.organisation, below).await?;
    let w = Words(me.lang);
    Ok(Page(JournalPage {
        w,
        frame: frame(me, uri, w.say("journal-title")),
        problem: refused.map(|refused| refused.problem.clone()),
        waiting,
        older: older(rows.last().map(|row| row.number), rows.len()),
        changes: rows.into_iter().map(|row| change(me, &w, row)).collect(),
    }))
}

fn older(last: Option<i64>, shown: usize) -> Option<i64> {
    last.filter(|last| shown as u64 == store::PAGE && *last > 1)
}

fn change(me: &SignedIn, w: &Words, row: journal_entry::Model) -> Change {
    let values = [
        side(w, w.say("journal-before"), row.before.clone()),
        side(w, w.say("journal-after"), row.after.clone()),
    ];
    let are_long = values.iter().all(|side| side.long.is_some());
    Change {
        number: row.number,
        lines: if are_long { changed_lines(w, &row) } else { Vec::new() },
        values,
        at: Moment::of(row.at, &me.zone),
        author: phrases::author(w, &row.author),
        what: phrases::subject(w, &row.subject),
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

#[derive(Deserialize)]
struct ObjectionInput {
    reason: Option<String>,
}

/// Objects to a change while it waits.
async fn object(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path(number): Path<i64>,
    Form(input): Form<ObjectionInput>,
) -> Answer {
    act(&app, &me, &uri, number, input, Act::Object).await
}

/// Takes an objection back.
async fn withdraw(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path(number): Path<i64>,
    Form(input): Form<ObjectionInput>,
) -> Answer {
    act(&app, &me, &uri, number, input, Act::Withdraw).await
}

#[derive(Clone, Copy)]
enum Act {
    Object,
    Withdraw,
}

/// Then back to the list; or the page again, with what was typed and why it cannot be taken.
async fn act(
    app: &App,
    me: &SignedIn,
    uri: &Uri,
    number: i64,
    input: ObjectionInput,
    act: Act,
) -> Answer {
    me.must_be(&[Role::Representative], "journal-only-representatives")?;
    let reason = input.reason.unwrap_or_default();
    match write(app, me, number, &reason, act).await {
        Ok(()) => Ok(Redirect::to(&format!("/journal#entry-{number}")).into_response()),
        Err(Error::Refused(refusal)) => {
            let refused = Refused { number, reason, problem: refusal.text.say(me.lang) };
            let page = journal_page(app, me, uri, None, Some(&refused)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

async fn write(app: &App, me: &SignedIn, number: i64, reason: &str, act: Act) -> Result<()> {
    let reason = Reason::parse(reason)?;
    let by = Objector { author: me.author(), reason, now: app.clock.now() };
    let organisation = me.organisation;
    let write = app.db.write(move |tx| {
        Box::pin(async move {
            match act {
                Act::Object => objections::raise(tx, organisation, number, by).await,
                Act::Withdraw => objections::withdraw(tx, organisation, number, by).await,
            }
        })
    });
    write.await
}
