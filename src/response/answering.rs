//! A customer answers: the state of their link, and each page saved by itself.
//!
//! A page is saved into the invitation and is durable before the next one is shown. When the last
//! one is sent, or when the link ends with something saved, what was said becomes a response,
//! once, and leaves the invitation: so nothing that is published changes afterwards, and a partial
//! answer is kept.

use super::invitation::{CustomerInvitation, ResponseContent};
use super::pages::{OutcomePage, PartsPage, WordsPage};
use super::store::answering as store;
use crate::app::App;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::id;
use crate::survey::drawing::Item;
use crate::token::Token;

#[derive(Clone, Debug)]
pub enum Link {
    Open(Box<CustomerInvitation>),
    /// An answer that was sent, and can be withdrawn.
    Answered(Box<CustomerInvitation>),
    Withdrawn(Box<CustomerInvitation>),
    /// No such link, or none any more: nobody learns which.
    Closed,
}

#[derive(Clone, Debug)]
pub enum Page {
    Outcome(OutcomePage, bool),
    Parts(PartsPage),
    Words(WordsPage),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveOutcome {
    /// The page is durable.
    Kept,
    /// The answer was sent or withdrawn meanwhile, or the link ended: nothing changed.
    Closed,
}

/// What the link of a token leads to. The same work is done for every token, known or not. Where
/// somebody has answered through one link, nobody learns it from another.
pub async fn open(app: &App, token: &str) -> Result<Link> {
    let digest = Token::sought(token);
    let Some(row) = store::find(app.db.reader(), digest.clone()).await? else {
        return Ok(Link::Closed);
    };
    let (finished, withdrawn, closed) = (row.finished_at, row.withdrawn_at, row.closed_at);
    let expired = row.expires_at <= app.clock.now();
    let opened = Box::new(opened(row, digest)?);
    Ok(match (withdrawn, finished) {
        (Some(_), _) | (_, Some(_)) if opened.saved_elsewhere => Link::Closed,
        (Some(_), _) => Link::Withdrawn(opened),
        (None, Some(_)) => Link::Answered(opened),
        (None, None) if expired || closed.is_some() => Link::Closed,
        (None, None) => Link::Open(opened),
    })
}

fn opened(mut row: store::Row, link: Vec<u8>) -> Result<CustomerInvitation> {
    let saved_elsewhere = row.answered_through.as_ref().is_some_and(|through| *through != link);
    if saved_elsewhere {
        (row.outcome_page, row.parts_page, row.words_page) = (None, None, None);
    }
    Ok(CustomerInvitation {
        made_of: made_of(&row, saved_elsewhere),
        link,
        saved_elsewhere,
        organisation: row.organisation,
        invitation: row.invitation,
        journey_type: row.journey_type,
        trace: row.trace,
        site: row.site,
        version: row.version,
        lang: row.lang,
        items: stored(&row.items)?,
        pressure: row.pressure,
        counted: row.counted.unwrap_or(false),
        outcome: row.outcome_page.as_deref().map(stored).transpose()?,
        parts: row.parts_page.as_deref().map(stored).transpose()?,
        words: row.words_page.as_deref().map(stored).transpose()?,
    })
}

fn made_of(row: &store::Row, saved_elsewhere: bool) -> [u8; 32] {
    let texts = [&row.trace, &row.outcome_page, &row.parts_page, &row.words_page];
    let texts = texts.map(|text| text.as_deref().unwrap_or("-").as_bytes());
    let pressure: &[u8] = if row.pressure { b"asked" } else { b"" };
    let elsewhere: &[u8] = if saved_elsewhere { b"elsewhere" } else { b"" };
    let others = [row.items.as_bytes(), row.lang.tag().as_bytes(), pressure, elsewhere];
    id::digest(texts.into_iter().chain(others))
}

fn stored<T: serde::de::DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json)
        .map_err(|failure| Error::Internal(format!("a saved page cannot be read: {failure}")))
}

fn json(page: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(page)
        .map_err(|failure| Error::Internal(format!("a page cannot be saved: {failure}")))
}

/// Saves a page, in the language in which it was sent; durable when this returns
/// [`SaveOutcome::Kept`].
pub async fn save(
    app: &App,
    opened: &CustomerInvitation,
    page: &Page,
    lang: Lang,
) -> Result<SaveOutcome> {
    let (column, text, unlink) = match page {
        Page::Outcome(page, not_mine) => (store::Column::Outcome, json(page)?, *not_mine),
        Page::Parts(page) => (store::Column::Parts, json(page)?, false),
        Page::Words(page) => (store::Column::Words, json(page)?, false),
    };
    let (key, link, now) = (store::Key::of(opened), opened.link.clone(), app.clock.now());
    let kept = app
        .db
        .write_once(move |tx| {
            Box::pin(async move {
                store::save(tx, &key, column, &text, (lang, unlink), (&link, now)).await
            })
        })
        .await?;
    Ok(if kept { SaveOutcome::Kept } else { SaveOutcome::Closed })
}

/// Saves the last page and makes a response of all three, in one transaction.
pub async fn finish(
    app: &App,
    opened: &CustomerInvitation,
    words: WordsPage,
    lang: Lang,
) -> Result<SaveOutcome> {
    let (key, link, now) = (store::Key::of(opened), opened.link.clone(), app.clock.now());
    let kept = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let Some(saved) = store::finish(tx, &key, lang, (&link, now)).await? else {
                    return Ok(false);
                };
                let content = content(&saved, Some(words), now)?;
                store::respond(tx, &saved, content).await?;
                Ok(true)
            })
        })
        .await?;
    Ok(if kept { SaveOutcome::Kept } else { SaveOutcome::Closed })
}

/// Deletes the response, its comment and whatever was saved. Sums that were published stay: they
/// hold nothing of anybody.
pub async fn withdraw(app: &App, opened: &CustomerInvitation) -> Result<()> {
    let (key, now) = (store::Key::of(opened), app.clock.now());
    app.db.write(move |tx| Box::pin(async move { store::withdraw(tx, &key, now).await })).await
}

/// Makes partial responses of what was saved behind links that have ended, and returns how many.
pub async fn close_ended(app: &App) -> Result<u64> {
    let mut closed = 0;
    loop {
        let now = app.clock.now();
        let some = app.db.write(move |tx| {
            Box::pin(async move {
                let ended = store::ended(tx, now).await?;
                for saved in &ended {
                    let words = saved.words_page.as_deref().map(stored).transpose()?;
                    let content = content(saved, words, saved.saved_at.unwrap_or(now))?;
                    store::respond(tx, saved, content).await?;
                }
                Ok(ended.len() as u64)
            })
        });
        match some.await? {
            0 => return Ok(closed),
            some => closed += some,
        }
    }
}

/// `None` when nothing at all was said: an empty sheet is no answer.
fn content(
    saved: &store::Saved,
    words: Option<WordsPage>,
    answered_at: Instant,
) -> Result<Option<ResponseContent>> {
    let outcome: OutcomePage =
        saved.outcome_page.as_deref().map(stored).transpose()?.unwrap_or_default();
    let parts: PartsPage = saved.parts_page.as_deref().map(stored).transpose()?.unwrap_or_default();
    let words = words.unwrap_or_default();
    let comment = words.comment.filter(|text| !text.trim().is_empty());
    let silent = outcome.outcome.is_none() && parts.answers.is_empty() && parts.another.is_none();
    if silent && comment.is_none() && words.pressed.is_none() {
        return Ok(None);
    }
    let items: Vec<Item> = stored(&saved.items)?;
    let chances: serde_json::Map<String, serde_json::Value> =
        items.iter().map(|item| (item.element.to_string(), item.chance.into())).collect();
    Ok(Some(ResponseContent {
        answered_at,
        outcome: outcome.outcome,
        answers: json(&parts.answers)?,
        chances: json(&chances)?,
        another: parts.another.map(|element| element.to_string()),
        pressed: words.pressed,
        comment,
    }))
}
