//! The page of a journey type's asking: its rules, which an administrator changes here, and what
//! came of them by week.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use serde::Deserialize;

use super::{Counts, Failure as UnsentMails, Rates, WeekRates, reason};
use crate::app::App;
use crate::blueprint::{self, Blueprint};
use crate::calendar::Week;
use crate::error::{Error, Refusal, Result};
use crate::i18n::{Text, Words};
use crate::invitation::MailState;
use crate::invitation::rules::{Field, Rules, RulesInput};
use crate::invitation::store;
use crate::journal::Reason;
use crate::privacy::NotShown;
use crate::team::Role;
use crate::team::web::{Administrator, SignedIn, frame};
use crate::web::{Answer, Failure, Frame, Page, Routes};

pub fn routes() -> Routes {
    Routes::new()
        .route("/asking", get(index))
        .route("/asking/{journey_type}", get(show).post(change))
}

const READERS: [Role; 2] = [Role::Administrator, Role::ProcessOwner];

#[derive(Template)]
#[template(path = "invitation/types.html")]
struct IndexPage {
    w: Words,
    frame: Frame,
    types: Vec<(String, String)>,
}

/// The journey types; where there is only one, its page.
async fn index(me: SignedIn, State(app): State<App>, uri: Uri) -> Answer {
    me.must_be(&READERS, "asking-only-readers")?;
    let codes = blueprint::store::types(app.db.reader(), me.organisation).await?;
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
    rules: Vec<(String, String)>,
    /// `None` for who may not change them.
    form: Option<RulesForm>,
    withheld: Option<String>,
    weeks: Vec<WeekRow>,
    unsent: Vec<[String; 3]>,
    older: Option<i32>,
}

struct RulesForm {
    fields: Vec<FieldRow>,
    reason: String,
    reason_problem: Option<String>,
    /// The id and the sentence of every problem.
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
    besides: Vec<String>,
    figures: Vec<(String, String)>,
    rate: String,
}

#[derive(Deserialize)]
struct PageQuery {
    below: Option<i32>,
}

async fn show(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path(journey_type): Path<String>,
    Query(page): Query<PageQuery>,
) -> Answer<Page<AskingPage>> {
    me.must_be(&READERS, "asking-only-readers")?;
    let blueprint = blueprint_of(&app, &me, &journey_type).await?;
    page_of(&app, &me, &uri, &blueprint, page.below.map(Week), None).await
}

/// Puts other rules into force, or says at each field what is wrong with it.
async fn change(
    Administrator(me): Administrator,
    State(app): State<App>,
    uri: Uri,
    Path(journey_type): Path<String>,
    Form(asked): Form<RulesInput>,
) -> Answer {
    let blueprint = blueprint_of(&app, &me, &journey_type).await?;
    let in_force = store::rules::read(app.db.reader(), me.organisation, &journey_type).await?;
    match checked(&asked, &in_force) {
        Ok((rules, reason)) => {
            let (organisation, by) = (me.organisation, (me.author(), reason, app.clock.now()));
            let to = address(&journey_type);
            let write = app.db.write(move |tx| {
                Box::pin(async move {
                    store::rules::change(tx, organisation, &blueprint.journey_type, &rules, by)
                        .await
                })
            });
            write.await?;
            Ok(Redirect::to(&to).into_response())
        }
        Err(problems) => {
            let page = page_of(&app, &me, &uri, &blueprint, None, Some((asked, problems))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

fn checked(asked: &RulesInput, in_force: &Rules) -> Result<(Rules, Reason), Vec<Refusal>> {
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

/// A journey type that the organisation does not have is not found, and neither is another
/// organisation's.
async fn blueprint_of(app: &App, me: &SignedIn, journey_type: &str) -> Answer<Blueprint> {
    let found = blueprint::store::blueprint(app.db.reader(), me.organisation, journey_type).await?;
    found.ok_or_else(Failure::not_found)
}

async fn page_of(
    app: &App,
    me: &SignedIn,
    uri: &Uri,
    blueprint: &Blueprint,
    below: Option<Week>,
    refused: Option<(RulesInput, Vec<Refusal>)>,
) -> Answer<Page<AskingPage>> {
    let (w, reader) = (Words(me.lang), app.db.reader());
    let rules = store::rules::read(reader, me.organisation, &blueprint.journey_type).await?;
    let pilot = me.role == Role::ProcessOwner && !me.stage.tells_management();
    let rates = if pilot {
        Rates::default()
    } else {
        let of = store::rates::Of {
            organisation: me.organisation,
            journey_type: &blueprint.journey_type,
            now: app.clock.now(),
        };
        store::rates::page(reader, of, below).await?
    };
    let name = blueprint.name.say(me.lang);
    let form = (me.role == Role::Administrator).then(|| {
        let (asked, problems) = refused.unwrap_or_default();
        rules_form(&w, &rules, &asked, &problems)
    });
    Ok(Page(AskingPage {
        w,
        frame: frame(me, uri, w.with("asking-title", "name", name)),
        rules: Field::ALL
            .map(|field| (field.label().say(me.lang), field.of(&rules).to_string()))
            .to_vec(),
        form,
        withheld: pilot.then(|| NotShown::Pilot.say(me.lang)),
        weeks: rates.weeks.iter().map(|week| week_row(&w, week)).collect(),
        unsent: rates.failures.iter().map(|unsent| unsent_row(&w, unsent)).collect(),
        older: rates.older.map(|week| week.0),
    }))
}

fn rules_form(w: &Words, rules: &Rules, asked: &RulesInput, problems: &[Refusal]) -> RulesForm {
    let fields = Field::ALL.map(|field| {
        let (least, most, hint) = field.hint();
        FieldRow {
            code: field.code(),
            label: field.label().say(w.0),
            hint: hint.say(w.0),
            value: asked.of(field).map_or_else(|| field.of(rules).to_string(), str::to_owned),
            least,
            most,
            problem: problem(w, problems, field.code()),
        }
    });
    let fields = Vec::from(fields);
    let reason_problem = problem(w, problems, "reason");
    let why = w.say("asking-reason");
    let all = fields.iter().map(|row| (row.code, row.label.as_str(), &row.problem));
    let all = all.chain([("reason", why.as_str(), &reason_problem)]);
    let problems = all.filter_map(|(code, label, problem)| {
        let text = Text::new("asking-problem").with("field", label);
        Some((code, text.with("problem", problem.as_deref()?).say(w.0)))
    });
    let problems = problems.collect();
    RulesForm { reason: asked.reason.clone().unwrap_or_default(), reason_problem, problems, fields }
}

fn problem(w: &Words, problems: &[Refusal], code: &str) -> Option<String> {
    let mut problems = problems.iter();
    let problem = problems.find(|problem| problem.place.field.as_deref() == Some(code))?;
    Some(problem.text.say(w.0))
}

fn week_row(w: &Words, asking: &WeekRates) -> WeekRow {
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

fn unsent_row(w: &Words, unsent: &UnsentMails) -> [String; 3] {
    let state = match unsent.state {
        MailState::Refused => w.say("asking-state-refused"),
        MailState::Unknown => w.say("asking-state-unknown"),
        _ => w.say("asking-state-waiting"),
    };
    [unsent.code.clone(), state, w.count(&unsent.count)]
}
