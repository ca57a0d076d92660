//! The administrator's page to erase a customer: what there is, then whether it shall go.

use askama::Template;
use axum::extract::{Form, State};
use axum::http::{StatusCode, Uri};
use axum::response::IntoResponse;
use axum::routing::get;
use serde::Deserialize;

use super::{ErasureTarget, erase, summary};
use crate::app::App;
use crate::error::{Error, Result};
use crate::i18n::Words;
use crate::journal::Reason;
use crate::team::web::{Administrator, SignedIn, frame};
use crate::web::{Answer, Frame, Page, Routes};

pub fn routes() -> Routes {
    Routes::new().route("/erasure", get(show).post(ask))
}

/// Posted, because an identifier must not stand in an address: those are logged by others.
#[derive(Clone, Default, Deserialize)]
struct ErasureInput {
    by: Option<String>,
    value: Option<String>,
    reason: Option<String>,
    seen: Option<String>,
}

#[derive(Template)]
#[template(path = "invitation/erasure.html")]
struct ErasurePage {
    w: Words,
    frame: Frame,
    by_contact: bool,
    value: String,
    reason: String,
    problem: Option<String>,
    /// What goes, and how much of it is part of what was published; `None` before the first
    /// question.
    found: Option<(Vec<String>, u64)>,
    done: bool,
}

async fn show(Administrator(me): Administrator, uri: Uri) -> Page<ErasurePage> {
    page(&me, &uri, ErasureInput::default())
}

fn page(me: &SignedIn, uri: &Uri, asked: ErasureInput) -> Page<ErasurePage> {
    let w = Words(me.lang);
    Page(ErasurePage {
        frame: frame(me, uri, w.say("erasure-title")),
        by_contact: asked.by.as_deref() == Some("contact"),
        value: asked.value.unwrap_or_default(),
        reason: asked.reason.unwrap_or_default(),
        problem: None,
        found: None,
        done: false,
        w,
    })
}

/// Shows what there is, and erases it once the summary was seen.
async fn ask(
    Administrator(me): Administrator,
    State(app): State<App>,
    uri: Uri,
    Form(asked): Form<ErasureInput>,
) -> Answer {
    let mut shown = page(&me, &uri, asked.clone());
    let (whom, reason) = match checked(&asked) {
        Ok(checked) => checked,
        Err(Error::Refused(refusal)) => {
            shown.0.problem = Some(refusal.text.say(me.lang));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
        }
        Err(failure) => return Err(failure.into()),
    };
    shown.0.done = asked.seen.is_some();
    let found = if shown.0.done {
        erase(&app, me.organisation, whom, (me.author(), reason)).await?
    } else {
        summary(&app, me.organisation, &whom).await?
    };
    let lines = found.lines().iter().map(|line| line.say(me.lang)).collect();
    shown.0.found = Some((lines, found.published));
    Ok(shown.into_response())
}

fn checked(asked: &ErasureInput) -> Result<(ErasureTarget, Reason)> {
    let whom = ErasureTarget::parse(
        asked.by.as_deref().unwrap_or("journey"),
        asked.value.as_deref().unwrap_or_default(),
    )?;
    Ok((whom, Reason::parse(asked.reason.as_deref().unwrap_or_default())?))
}
