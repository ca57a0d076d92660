//! The changes that wait, at the head of the journal: what would be different, from when on, and
//! where a staff representative objects.

use crate::app::App;
use crate::calendar::Moment;
use crate::error::Result;
use crate::i18n::{Text, Words};
use crate::journal::difference::phrases::{ChangeLine, lines};
use crate::journal::objection::Objection;
use crate::journal::phrases;
use crate::journal::store::objections;
use crate::schema::journal_entry;
use crate::team::Role;
use crate::team::web::SignedIn;

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
    pub(super) number: i64,
    pub(super) reason: String,
    pub(super) problem: String,
}

/// The changes that wait, the newest first.
pub(super) async fn waiting(
    app: &App,
    me: &SignedIn,
    refused: Option<&Refused>,
) -> Result<Vec<Waiting>> {
    let w = Words(me.lang);
    let rows = objections::waiting(&app.db, me.organisation, app.clock.now()).await?;
    let waiting = rows.into_iter().map(|(row, objection)| {
        let standing = objection.as_ref();
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

/// What an entry changes in documents that nobody would read beside each other.
pub(super) fn changed_lines(w: &Words, row: &journal_entry::Model) -> Vec<ChangeLine> {
    let document = |text: &Option<String>| serde_json::from_str(text.as_deref()?).ok();
    match (document(&row.before), document(&row.after)) {
        (Some(before), Some(after)) => lines(w, &before, &after),
        _ => Vec::new(),
    }
}
