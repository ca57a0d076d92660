//! `/sessions`: lists one's own sessions and ends them.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, State};
use axum::http::Uri;
use axum::response::Redirect;
use axum::routing::get;
use data_encoding::HEXLOWER;

use crate::app::App;
use crate::calendar::Moment;
use crate::i18n::Words;
use crate::team::form::Form;
use crate::team::session::Digest;
use crate::team::session::store;
use crate::team::session::web::{SignInState, SignedIn};
use crate::team::web::frame;
use crate::web::{Answer, Frame, Page, Routes};

pub fn routes() -> Routes {
    Routes::new().route("/sessions", get(show).post(end))
}

#[derive(Template)]
#[template(path = "team/sessions.html")]
struct SessionsPage {
    w: Words,
    frame: Frame,
    sessions: Vec<Row>,
}

struct Row {
    /// What the form names it by.
    name: String,
    began: Moment,
    last: Moment,
    this: bool,
}

async fn show(
    me: SignedIn,
    State(app): State<App>,
    Extension(door): Extension<Arc<SignInState>>,
    uri: Uri,
) -> Answer<Page<SessionsPage>> {
    let all = store::of_account(&app.db, me.organisation, me.account).await?;
    let rows = all.into_iter().filter_map(|(digest, began)| {
        let last = door.seen.last(&digest, began, &app.clock)?;
        let [began, last] = [began, last].map(|instant| Moment::of(instant, &me.zone));
        Some(Row { name: name(&digest), began, last, this: digest == me.session })
    });
    let sessions = rows.collect();
    let w = Words(me.lang);
    Ok(Page(SessionsPage { w, frame: frame(&me, &uri, w.say("team-sessions-title")), sessions }))
}

/// Half of its digest tells a session from the others of its account, and signs nobody in.
fn name(digest: &Digest) -> String {
    HEXLOWER.encode(&digest[..digest.len() / 2])
}

/// Ends one of the own sessions, or all others.
async fn end(
    me: SignedIn,
    State(app): State<App>,
    Extension(door): Extension<Arc<SignInState>>,
    sent: axum::extract::Form<Vec<(String, String)>>,
) -> Answer<Redirect> {
    let form = Form::of(sent.0);
    let others = form.has("end", "others");
    let all = store::of_account(&app.db, me.organisation, me.account).await?;
    let ended: Vec<Digest> = all
        .into_iter()
        .map(|(digest, _)| digest)
        .filter(|digest| form.has("end", &name(digest)) || others && *digest != me.session)
        .collect();
    for digest in &ended {
        door.seen.forget(digest);
    }
    app.db
        .write(move |tx| {
            Box::pin(async move {
                for digest in &ended {
                    store::end(tx, digest).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(Redirect::to("/sessions"))
}
