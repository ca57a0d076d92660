//! The page of a journey type's asking: its rules, which an administrator changes here, and what came of them by week.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use serde::Deserialize;

use super::{Asking, Counts, Failure as Unsent, Rates, reason};
use crate::app::App;
use crate::calendar::Week;
use crate::error::{Error, Refusal, Result};
use crate::i18n::{Text, Words};
use crate::invitation::MailState;
use crate::invitation::rules::{Asked, Field, Rules};
use crate::invitation::store;
use crate::journal::Reason;
use crate::journey::Blueprint;
use crate::privacy::Withheld;
use crate::team::Role;
use crate::team::web::{Administrator, SignedIn, frame};
use crate::web::{Answer, Failure, Frame, Page, Routes};

/// The routes of these pages.
pub fn routes() -> Routes {
    Routes::new()
        .route("/asking", get(index))
        .route("/asking/{journey_type}", get(show).post(change))
}

/// Who may read them.
const READERS: [Role; 2] = [Role::Administrator, Role::ProcessOwner];

#[derive(Template)]
#[template(path = "invitation/types.html")]
struct IndexPage {
    w: Words,
    frame: Frame,
    /// Address and name of each journey type.
    types: Vec<(String, String)>,
}

/// The journey types; where there is one, its page.
async fn index(me: SignedIn, State(app): State<App>, uri: Uri) -> Answer {
    me.must_be(&READERS, "asking-only-readers")?;
    let codes = crate::journey::store::types(app.db.reader(), me.organisation).await?;
    if let [only] = codes.as_slice() {
        return Ok(Redirect::to(&address(only)).into_response());
    }
    let w = Words(me.lang);
    let types = codes.into_iter().map(|code| (address(&code), code)).collect();
    Ok(Page(IndexPage { w, frame: frame(&me, &uri, w.say("asking-types")), types }).into_response())
}

fn address(journey_type: &str) -> String {
    format!("/asking/{}", crate::web::percent_encoded(journey_type))
}

#[derive(Template)]
#[template(path = "invitation/asking.html")]
struct AskingPage {
    w: Words,
    frame: Frame,
    /// The rules in words.
    rules: Vec<(String, String)>,
    /// The form, for who may change them.
    form: Option<RulesForm>,
    /// Why the weeks are not shown.
    withheld: Option<String>,
    weeks: Vec<WeekRow>,
    unsent: Vec<[String; 3]>,
    older: Option<i32>,
}

/// The form, with what was typed and what is wrong with it.
struct RulesForm {
    fields: Vec<FieldRow>,
    reason: String,
    reason_problem: Option<String>,
    /// The identifier and the sentence of every problem.
    problems: Vec<(&'static str, String)>,
}

struct FieldRow {
    code: &'static str,
    label: String,
    hint: String,
    value: String,
    least: i32,
    most: i32,
    problem: Option<String>,
}

struct WeekRow {
    monday: String,
    /// Why customers were not asked, and what is rare.
    besides: Vec<String>,
    /// Heads and figures.
    figures: Vec<(String, String)>,
    rate: String,
}

/// Which page of the weeks: those under a week.
#[derive(Deserialize)]
struct Below {
    below: Option<i32>,
}

async fn show(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path(journey_type): Path<String>,
    Query(page): Query<Below>,
) -> Answer<Page<AskingPage>> {
    me.must_be(&READERS, "asking-only-readers")?;
    let kind = blueprint(&app, &me, &journey_type).await?;
    page_of(&app, &me, &uri, &kind, (page.below.map(Week), None)).await
}

/// Puts other rules into force, or says at each field what is wrong with it.
async fn change(
    Administrator(me): Administrator,
    State(app): State<App>,
    uri: Uri,
    Path(journey_type): Path<String>,
    Form(asked): Form<Asked>,
) -> Answer {
    let kind = blueprint(&app, &me, &journey_type).await?;
    let in_force = store::rules::read(app.db.reader(), me.organisation, &journey_type).await?;
    match checked(&asked, &in_force) {
        Ok((rules, reason)) => {
            let (organisation, by) = (me.organisation, (me.author(), reason, app.clock.now()));
            let to = address(&journey_type);
            let write = app.db.write(move |tx| {
                Box::pin(async move {
                    store::rules::change(tx, organisation, &kind.journey_type, &rules, by).await
                })
            });
            write.await?;
            Ok(Redirect::to(&to).into_response())
        }
        Err(problems) => {
            let page = page_of(&app, &me, &uri, &kind, (None, Some((asked, problems)))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

fn checked(asked: &Asked, in_force: &Rules) -> Result<(Rules, Reason), Vec<Refusal>> {
    let reason =
        Reason::parse(asked.reason.as_deref().unwrap_or_default()).map_err(|error| match error {
            Error::Refused(refusal) => refusal.in_field("reason"),
            _ => Refusal::new(Text::new("journal-no-reason")).in_field("reason"),
        });
    match (asked.over(in_force), reason) {
        (Ok(rules), Ok(reason)) => Ok((rules, reason)),
        (rules, reason) => Err(rules.err().into_iter().flatten().chain(reason.err()).collect()),
    }
}

/// A journey type that the organisation does not have is not found, and neither is another organisation's.
async fn blueprint(app: &App, me: &SignedIn, journey_type: &str) -> Answer<Blueprint> {
    let found =
        crate::journey::store::blueprint(app.db.reader(), me.organisation, journey_type).await?;
    found.ok_or_else(Failure::not_found)
}

/// The page, either of some weeks or with a form that was refused.
async fn page_of(
    app: &App,
    me: &SignedIn,
    uri: &Uri,
    kind: &Blueprint,
    (below, refused): (Option<Week>, Option<(Asked, Vec<Refusal>)>),
) -> Answer<Page<AskingPage>> {
    let (w, reader) = (Words(me.lang), app.db.reader());
    let rules = store::rules::read(reader, me.organisation, &kind.journey_type).await?;
    let pilot = me.role == Role::ProcessOwner && !me.stage.tells_management();
    let rates = match pilot {
        true => Rates::default(),
        false => {
            let of = store::rates::Of {
                organisation: me.organisation,
                journey_type: &kind.journey_type,
                now: app.clock.now(),
            };
            store::rates::page(reader, of, below).await?
        }
    };
    let name = me.lang.of(&kind.name_fr, &kind.name_en);
    let form = (me.role == Role::Administrator).then(|| {
        let (asked, problems) = refused.unwrap_or_default();
        rules_form(&w, &rules, &asked, &problems)
    });
    Ok(Page(AskingPage {
        w,
        frame: frame(me, uri, w.with("asking-title", "name", name.as_str())),
        rules: Field::ALL
            .map(|field| (field.label().say(me.lang), field.of(&rules).to_string()))
            .to_vec(),
        form,
        withheld: pilot.then(|| Withheld::Pilot.text().say(me.lang)),
        weeks: rates.weeks.iter().map(|week| week_row(&w, week)).collect(),
        unsent: rates.failures.iter().map(|unsent| unsent_row(&w, unsent)).collect(),
        older: rates.older.map(|week| week.0),
    }))
}

fn rules_form(w: &Words, rules: &Rules, asked: &Asked, problems: &[Refusal]) -> RulesForm {
    let problem = |code: &str| {
        let at = |problem: &&Refusal| problem.place.field.as_deref() == Some(code);
        problems.iter().find(at).map(|problem| problem.text.say(w.0))
    };
    let row = |field: Field| {
        let (least, most, hint) = field.hint();
        FieldRow {
            code: field.code(),
            label: field.label().say(w.0),
            hint: hint.say(w.0),
            value: asked.of(field).map_or_else(|| field.of(rules).to_string(), str::to_owned),
            least,
            most,
            problem: problem(field.code()),
        }
    };
    let fields: Vec<FieldRow> = Field::ALL.into_iter().map(row).collect();
    let reason_problem = problem("reason");
    let named = |(code, label, problem): (&'static str, &str, &Option<String>)| {
        let told =
            Text::new("asking-problem").with("field", label).with("problem", problem.as_deref()?);
        Some((code, told.say(w.0)))
    };
    let why = w.say("asking-reason");
    let all = fields.iter().map(|row| (row.code, row.label.as_str(), &row.problem));
    let problems =
        all.chain([("reason", why.as_str(), &reason_problem)]).filter_map(named).collect();
    RulesForm { reason: asked.reason.clone().unwrap_or_default(), reason_problem, problems, fields }
}

fn week_row(w: &Words, asking: &Asking) -> WeekRow {
    let Counts {
        links, delivered, undelivered, unknown, opened, partial, finished, withdrawn, ..
    } = asking.counts;
    let figures = [
        ("asking-decided", asking.decided()),
        ("asking-eligible", asking.eligible()),
        ("asking-invited", asking.invited()),
        ("asking-delivered", delivered),
        ("asking-opened", opened),
        ("asking-partial", partial),
        ("asking-finished", finished),
    ];
    // What is rare has no column of its own, or the table would not fit.
    let rare = [
        ("asking-links", links),
        ("asking-undelivered", undelivered),
        ("asking-unknown", unknown),
        ("asking-withdrawn", withdrawn),
    ];
    let rare = rare
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| w.with(key, "n", count));
    WeekRow {
        monday: asking.week.monday().to_string(),
        besides: asking
            .reasons()
            .map(|(code, count)| reason(code, count).say(w.0))
            .chain(rare)
            .collect(),
        figures: figures.map(|(key, count)| (w.say(key), w.count(&count))).to_vec(),
        rate: asking.rate().map_or_else(|| w.say("asking-no-rate"), |rate| rate.text(w.0).say(w.0)),
    }
}

fn unsent_row(w: &Words, unsent: &Unsent) -> [String; 3] {
    let state = match unsent.state {
        MailState::Refused => w.say("asking-state-refused"),
        MailState::Unknown => w.say("asking-state-unknown"),
        _ => w.say("asking-state-waiting"),
    };
    [unsent.code.clone(), state, w.count(&unsent.count)]
}
