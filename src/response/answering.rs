//! A customer answers: the state of his link, and each page saved by itself.
//!
//! A page is saved into the invitation and is durable before the next one is shown. When the last one is sent, or when
//! the link ends with something saved, what was said becomes a response, once, and leaves the invitation: so nothing
//! that is published changes afterwards, and a partial answer is kept.

use super::pages::{OutcomePage, PartsPage, WordsPage};
use super::store::answering as store;
use crate::app::App;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::id;
use crate::id::OrganisationId;
use crate::survey::drawing::Item;
use crate::token::Token;

/// What a link leads to.
#[derive(Clone, Debug)]
pub enum Link {
    /// To pages that can be answered.
    Open(Box<Opened>),
    /// To an answer that was sent, and can be withdrawn.
    Answered(Box<Opened>),
    /// To an answer that was withdrawn.
    Withdrawn(Box<Opened>),
    /// To nothing any more, or never to anything: nobody learns which.
    Closed,
}

/// An invitation, as its customer sees it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The tenant.
    pub organisation: OrganisationId,
    /// The invitation.
    pub invitation: Vec<u8>,
    /// Its journey type.
    pub journey_type: String,
    /// What happened; none once the customer said it was not his journey.
    pub trace: Option<String>,
    /// Where it happened.
    pub site: Option<String>,
    /// Of the questionnaire.
    pub version: i32,
    /// His language.
    pub lang: Lang,
    /// The parts that were drawn.
    pub items: Vec<Item>,
    /// Whether he is asked if somebody suggested an answer.
    pub pressure: bool,
    /// Whether an answer that was withdrawn had gone into something published.
    pub counted: bool,
    /// What tells everything that its pages are made of from anything else.
    pub made_of: [u8; 32],
    /// The first page, once it was saved.
    pub outcome: Option<OutcomePage>,
    /// The second page.
    pub parts: Option<PartsPage>,
    /// The third page.
    pub words: Option<WordsPage>,
}

/// One page as it was sent.
#[derive(Clone, Debug)]
pub enum Page {
    /// The first, and whether the customer said that it was not his journey.
    Outcome(OutcomePage, bool),
    /// The second.
    Parts(PartsPage),
    /// The third.
    Words(WordsPage),
}

/// What became of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is saved, durably.
    Kept,
    /// The answer was sent or withdrawn meanwhile, or the link ended: nothing changed.
    Closed,
}

/// What the link of a token leads to. The same work is done for every token, known or not.
pub async fn open(app: &App, token: &str) -> Result<Link> {
    let Some(row) = store::find(app.db.reader(), Token::sought(token)).await? else {
        return Ok(Link::Closed);
    };
    let (finished, withdrawn, closed) = (row.finished_at, row.withdrawn_at, row.closed_at);
    let expired = row.expires_at <= app.clock.now();
    let opened = Box::new(opened(row)?);
    Ok(match (withdrawn, finished) {
        (Some(_), _) => Link::Withdrawn(opened),
        (None, Some(_)) => Link::Answered(opened),
        (None, None) if expired || closed.is_some() => Link::Closed,
        (None, None) => Link::Open(opened),
    })
}

fn opened(row: store::Row) -> Result<Opened> {
    Ok(Opened {
        made_of: made_of(&row),
        organisation: row.organisation,
        invitation: row.invitation,
        journey_type: row.journey_type,
        trace: row.trace,
        site: row.site,
        version: row.version,
        lang: Lang::of_tag(&row.locale).unwrap_or_default(),
        items: stored(&row.items)?,
        pressure: row.pressure,
        counted: row.counted.unwrap_or(false),
        outcome: row.outcome_page.as_deref().map(stored).transpose()?,
        parts: row.parts_page.as_deref().map(stored).transpose()?,
        words: row.words_page.as_deref().map(stored).transpose()?,
    })
}

fn made_of(row: &store::Row) -> [u8; 32] {
    let texts = [&row.trace, &row.outcome_page, &row.parts_page, &row.words_page];
    let texts = texts.map(|text| text.as_deref().unwrap_or("-").as_bytes());
    let pressure: &[u8] = if row.pressure { b"asked" } else { b"" };
    id::digest(texts.into_iter().chain([row.items.as_bytes(), row.locale.as_bytes(), pressure]))
}

fn stored<T: serde::de::DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json)
        .map_err(|failure| Error::Internal(format!("a saved page cannot be read: {failure}")))
}

fn json(page: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(page)
        .map_err(|failure| Error::Internal(format!("a page cannot be saved: {failure}")))
}

/// Saves a page, in the language in which it was sent; durable when this says [`Saved::Kept`].
pub async fn save(app: &App, opened: &Opened, page: &Page, lang: Lang) -> Result<Saved> {
    let (column, text, unlink) = match page {
        Page::Outcome(page, not_mine) => (store::Column::Outcome, json(page)?, *not_mine),
        Page::Parts(page) => (store::Column::Parts, json(page)?, false),
        Page::Words(page) => (store::Column::Words, json(page)?, false),
    };
    let (key, now) = (store::Key::of(opened), app.clock.now());
    let kept = app
        .db
        .write_once(move |tx| {
            Box::pin(async move { store::save(tx, &key, column, &text, (lang, unlink), now).await })
        })
        .await?;
    Ok(if kept { Saved::Kept } else { Saved::Closed })
}

/// Saves the last page and makes a response of all three, in one transaction.
pub async fn finish(app: &App, opened: &Opened, words: WordsPage, lang: Lang) -> Result<Saved> {
    let (key, now) = (store::Key::of(opened), app.clock.now());
    let kept = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let Some(saved) = store::finish(tx, &key, lang, now).await? else {
                    return Ok(false);
                };
                let said = Said::of(&saved, Some(words), now)?;
                store::respond(tx, &saved, said).await?;
                Ok(true)
            })
        })
        .await?;
    Ok(if kept { Saved::Kept } else { Saved::Closed })
}

/// Takes an answer back: the response, its comment and whatever was saved are deleted. Sums that were published stay,
/// which hold nothing of anybody.
pub async fn withdraw(app: &App, opened: &Opened) -> Result<()> {
    let (key, now) = (store::Key::of(opened), app.clock.now());
    app.db.write(move |tx| Box::pin(async move { store::withdraw(tx, &key, now).await })).await
}

/// Makes partial responses of what was saved behind links that have ended. Says how many.
pub async fn close_ended(app: &App) -> Result<u64> {
    let mut closed = 0;
    loop {
        let now = app.clock.now();
        let some = app.db.write(move |tx| {
            Box::pin(async move {
                let ended = store::ended(tx, now).await?;
                for saved in &ended {
                    let words = saved.words_page.as_deref().map(stored).transpose()?;
                    let said = Said::of(saved, words, saved.saved_at.unwrap_or(now))?;
                    store::respond(tx, saved, said).await?;
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

/// What a response says.
#[derive(Clone, Debug)]
pub struct Said {
    /// When.
    pub answered_at: Instant,
    /// On the questionnaire's scale.
    pub outcome: Option<i32>,
    /// JSON of the answers.
    pub answers: String,
    /// JSON of the probabilities with which its parts were drawn.
    pub chances: String,
    /// The part that the customer chose himself.
    pub another: Option<String>,
    /// Whether somebody suggested an answer.
    pub pressed: Option<bool>,
    /// In his words.
    pub comment: Option<String>,
}

impl Said {
    /// `None` when nothing at all was said: an empty sheet is no answer.
    fn of(
        saved: &store::Saved,
        words: Option<WordsPage>,
        answered_at: Instant,
    ) -> Result<Option<Self>> {
        let outcome: OutcomePage =
            saved.outcome_page.as_deref().map(stored).transpose()?.unwrap_or_default();
        let parts: PartsPage =
            saved.parts_page.as_deref().map(stored).transpose()?.unwrap_or_default();
        let words = words.unwrap_or_default();
        let comment = words.comment.filter(|text| !text.trim().is_empty());
        let silent =
            outcome.outcome.is_none() && parts.answers.is_empty() && parts.another.is_none();
        if silent && comment.is_none() && words.pressed.is_none() {
            return Ok(None);
        }
        let items: Vec<Item> = stored(&saved.items)?;
        let chances: serde_json::Map<String, serde_json::Value> =
            items.iter().map(|item| (item.element.to_string(), item.chance.into())).collect();
        Ok(Some(Self {
            answered_at,
            outcome: outcome.outcome,
            answers: json(&parts.answers)?,
            chances: json(&chances)?,
            another: parts.another.map(|element| element.to_string()),
            pressed: words.pressed,
            comment,
        }))
    }
}
