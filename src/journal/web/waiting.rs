//! The changes that wait, at the head of the journal: what would be different, from when on, and
//! where a staff representative objects.

use axum::extract::{Form, Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;

use super::{changed_lines, journal_page};
use crate::app::App;
use crate::calendar::Moment;
use crate::error::{Error, Result};
use crate::i18n::{Text, Words};
use crate::journal::Reason;
use crate::journal::difference::phrases::ChangeLine;
use crate::journal::objection::{self, Objection, Objector};
use crate::journal::{phrases, store};
use crate::team::Role;
use crate::team::web::SignedIn;
use crate::web::Answer;

/// A change that is not in force yet.
pub(super) struct Waiting {
    pub(super) number: i64,
    pub(super) what: String,
    pub(super) at: Moment,
    pub(super) author: String,
    pub(super) reason: String,
    pub(super) lines: Vec<ChangeLine>,
    /// From when on it is in force, or who objects and why.
    pub(super) standing: String,
    /// What this reader may do about it.
    pub(super) form: Option<ObjectionForm>,
}

/// Where a representative objects, or takes an objection back.
pub(super) struct ObjectionForm {
    pub(super) action: String,
    pub(super) label: &'static str,
    pub(super) button: &'static str,
    pub(super) reason: String,
    pub(super) problem: Option<String>,
}

/// What a representative sent that cannot be taken.
pub(super) struct Refused {
    number: i64,
    reason: String,
    pub(super) problem: String,
}

/// The changes that wait, the newest first.
pub(super) async fn waiting(
    app: &App,
    me: &SignedIn,
    refused: Option<&Refused>,
) -> Result<Vec<Waiting>> {
    let w = Words(me.lang);
    let rows = store::waiting(&app.db, me.organisation, app.clock.now()).await?;
    let waiting = rows.into_iter().map(|(row, objection)| {
        let standing = objection.as_ref().filter(|known| known.withdrawn_at.is_none());
        Waiting {
            number: row.number,
            what: phrases::subject(&w, &row.subject),
            at: Moment::of(row.at, &me.zone),
            author: phrases::author(&w, &row.author),
            lines: changed_lines(&w, &row),
            standing: standing_words(me, &w, row.effective_at, standing),
            form: form(me, row.number, standing, refused),
            reason: w.with("journal-reason-given", "reason", row.reason),
        }
    });
    Ok(waiting.collect())
}

fn standing_words(me: &SignedIn, w: &Words, from: i64, standing: Option<&Objection>) -> String {
    match standing {
        None => w.with("journal-waits-until", "date", Moment::of(from, &me.zone).shown),
        Some(objection) => Text::new("journal-held")
            .with("date", Moment::of(objection.raised_at, &me.zone).shown)
            .with("author", phrases::author(w, objection.raised_by.as_str()))
            .with("reason", objection.reason.as_str())
            .say(w.0),
    }
}

/// Representatives object; who objected takes it back.
fn form(
    me: &SignedIn,
    number: i64,
    standing: Option<&Objection>,
    refused: Option<&Refused>,
) -> Option<ObjectionForm> {
    if me.role != Role::Representative {
        return None;
    }
    let (verb, label, button) = match standing {
        None => ("objection", "journal-object-why", "journal-object"),
        Some(objection) if objection.raised_by == me.author() => {
            ("withdrawal", "journal-withdraw-why", "journal-withdraw")
        }
        Some(_) => return None,
    };
    let refused = refused.filter(|refused| refused.number == number);
    Some(ObjectionForm {
        action: format!("/journal/{number}/{verb}"),
        label,
        button,
        reason: refused.map(|refused| refused.reason.clone()).unwrap_or_default(),
        problem: refused.map(|refused| refused.problem.clone()),
    })
}

#[derive(Deserialize)]
pub(super) struct ObjectionInput {
    reason: Option<String>,
}

/// Objects to a change while it waits.
pub(super) async fn object(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path(number): Path<i64>,
    Form(input): Form<ObjectionInput>,
) -> Answer {
    act(&app, &me, &uri, number, input, Act::Object).await
}

/// Takes an objection back.
pub(super) async fn withdraw(
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
                Act::Object => objection::raise(tx, organisation, number, by).await,
                Act::Withdraw => objection::withdraw(tx, organisation, number, by).await,
            }
        })
    });
    write.await
}
