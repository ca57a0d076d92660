//! All actions along the chain with their verdicts, for the process owner, who answers what was
//! passed on.

use askama::Template;
use axum::extract::{Form as Sent, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect};

use super::row::{ActionRow, moved};
use crate::app::App;
use crate::breakdown;
use crate::breakdown::request::Catalogue;
use crate::breakdown::web::page::looked_at;
use crate::discussion::clean_text::CleanText;
use crate::discussion::store::save;
use crate::discussion::{Action, review, store, words};
use crate::element::Element;
use crate::error::Refusal;
use crate::i18n::{Text, Words};
use crate::limits;
use crate::privacy::{self, Eyes, NotShown};
use crate::team::form::Form;
use crate::team::web::{ProcessOwner, SignedIn, frame};
use crate::web::{Answer, Failure, Frame, Page};

#[derive(Template)]
#[template(path = "discussion/owner.html")]
struct OwnerPage {
    w: Words,
    frame: Frame,
    form: Form,
    /// What the pilot keeps from management.
    withheld: Option<String>,
    actions: Vec<OwnerRow>,
    /// What moved: the handoff and what was tried.
    ideas: Vec<(String, String)>,
    /// An answer as it will be stored, to be sent once more.
    preview: Option<Preview>,
}

struct OwnerRow {
    row: ActionRow,
    teams: String,
    typed: String,
}

struct Preview {
    action: i64,
    text: String,
    masked: Option<String>,
}

pub(super) async fn show(
    ProcessOwner(me): ProcessOwner,
    State(app): State<App>,
    uri: Uri,
) -> Answer {
    Ok(page(&app, &me, &uri, Form::default(), None).await?.into_response())
}

async fn page(
    app: &App,
    me: &SignedIn,
    uri: &Uri,
    form: Form,
    preview: Option<Preview>,
) -> Answer<Page<OwnerPage>> {
    let w = Words(me.lang);
    let pilot = !me.stage.tells_management();
    let known = breakdown::store::known(app.db.reader(), me.organisation).await?;
    let actions = if pilot { Vec::new() } else { along_the_chain(app, me, &known).await? };
    let (organisation, zone, now) = (me.organisation, &me.zone, app.clock.now());
    let standings =
        review::standings(&app.db, organisation, &actions, &Eyes::Owner, zone, now).await?;
    looked_at(app, me.organisation, me.role.code(), "actions".to_owned()).await?;
    let rows = actions.iter().zip(&standings).map(|(action, standing)| {
        let row = ActionRow::of(action, standing, &known, me.lang);
        let typed = if form.get("action") == row.id.to_string() {
            form.get("answer").to_owned()
        } else {
            String::new()
        };
        OwnerRow { teams: teams(action, &known, me), typed, row }
    });
    let rows: Vec<OwnerRow> = rows.collect();
    let worked = rows.iter().zip(&standings).filter(|(_, standing)| moved(standing));
    let ideas =
        worked.map(|(row, _)| (row.row.handoff.clone(), row.row.text.text.clone())).collect();
    let withheld = pilot.then(|| NotShown::Pilot.say(me.lang));
    let frame = frame(me, uri, w.say("discussion-actions-title"));
    Ok(Page(OwnerPage { w, frame, form, withheld, actions: rows, ideas, preview }))
}

/// In the order of the chain, and of one handoff in the order in which they began: nothing is
/// sorted by what came of it.
async fn along_the_chain(app: &App, me: &SignedIn, known: &Catalogue) -> Answer<Vec<Action>> {
    let mut actions = store::actions(app.db.reader(), me.organisation).await?;
    let place = |journey_type: &str, handoff: &Element| {
        let at =
            known.blueprints.iter().position(|blueprint| blueprint.journey_type == journey_type);
        (at, at.map(|at| known.blueprints[at].place(handoff)))
    };
    actions.sort_by_key(|action| {
        let (journey_type, handoff) = (&action.discussion.journey_type, &action.discussion.handoff);
        (place(journey_type, handoff), action.plan.start, action.id)
    });
    Ok(actions)
}

fn teams(action: &Action, known: &Catalogue, me: &SignedIn) -> String {
    let of = &action.discussion;
    let name = |team: &str| words::team(team, known, me.lang);
    if of.team == of.neighbour {
        name(&of.team)
    } else {
        Text::new("breakdown-and")
            .with("first", name(&of.team))
            .with("last", name(&of.neighbour))
            .say(me.lang)
    }
}

/// Takes an answer to an action that was passed on: shown as it will be stored, then stored.
pub(super) async fn answer(
    ProcessOwner(me): ProcessOwner,
    State(app): State<App>,
    uri: Uri,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Answer {
    let mut form = Form::of(pairs);
    let names = privacy::store::names::all(app.db.reader(), me.organisation, &app.secret).await?;
    let field = format!("answer-{}", form.get("action"));
    let given = CleanText::of(form.get("answer"), None, &names, limits::NOTE);
    let empty = || Refusal::new(Text::new("discussion-empty")).into();
    let text = form.take(&field, given.and_then(|text| text.ok_or_else(empty)), me.lang)?;
    let (Ok(id), Some(text)) = (form.get("action").parse::<i64>(), text) else {
        let page = page(&app, &me, &uri, form, None).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    if form.get("step") != "save" {
        let masked = words::masked(text.masked(), me.lang);
        let preview = Preview { action: id, text: text.text().to_owned(), masked };
        return Ok(page(&app, &me, &uri, form, Some(preview)).await?.into_response());
    }
    let (organisation, on) = (me.organisation, me.zone.date(app.clock.now()));
    let write = app.db.write(move |tx| {
        Box::pin(async move { save::answer(tx, organisation, id, &text, on).await })
    });
    if write.await? {
        Ok(Redirect::to("/network/actions").into_response())
    } else {
        Err(Failure::not_found())
    }
}
