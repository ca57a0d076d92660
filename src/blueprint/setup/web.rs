//! The administrator's page: what is there, what is missing, and the command that mends it.

use askama::Template;
use axum::extract::State as Given;
use axum::http::Uri;
use axum::routing::get;

use super::{Next, State, store};
use crate::app::App;
use crate::calendar::Moment;
use crate::i18n::{Lang, Words};
use crate::team::web::{Administrator, SignedIn, frame};
use crate::web::{Answer, Frame, Page, Routes, percent_encoded};

pub fn routes() -> Routes {
    Routes::new().route("/setup", get(setup))
}

#[derive(Template)]
#[template(path = "team/setup.html")]
struct SetupPage {
    w: Words,
    frame: Frame,
    next: String,
    commands: Vec<String>,
    types: Vec<TypeRow>,
    teams: Vec<TeamRow>,
    sites: usize,
    without_region: Vec<String>,
    imports: Vec<ImportRow>,
}

struct TypeRow {
    name: String,
    code: String,
    steps: usize,
    without_team: String,
    has_questionnaire: bool,
    address: String,
}

struct TeamRow {
    name: String,
    code: String,
    heads: Option<i32>,
    sites: usize,
    missing: String,
}

struct ImportRow {
    at: String,
    kind: String,
    journey_type: String,
    counts: [(String, String); 4],
}

async fn setup(
    Administrator(me): Administrator,
    Given(app): Given<App>,
    uri: Uri,
) -> Answer<Page<SetupPage>> {
    let state = store::state(&app.db, me.organisation, app.clock.now()).await?;
    let w = Words(me.lang);
    let (next, commands) = todo(&w, state.next());
    Ok(Page(SetupPage {
        w,
        frame: frame(&me, &uri, w.say("team-setup-title")),
        next,
        commands,
        types: type_rows(&state, me.lang),
        teams: team_rows(&state, me.lang),
        sites: state.sites.len(),
        without_region: state
            .sites
            .iter()
            .filter(|site| site.region.is_none())
            .map(|site| site.code.clone())
            .collect(),
        imports: import_rows(&state, &me, &w),
    }))
}

/// The next thing to do, and the commands that do it.
fn todo(w: &Words, next: Next<'_>) -> (String, Vec<String>) {
    let blueprint = |kind: &str| {
        ["export", "apply"]
            .map(|verb| format!("relais blueprint {verb} blueprint.toml --journey-type {kind}"))
            .to_vec()
    };
    match next {
        Next::Events => (
            w.say("team-next-events"),
            vec!["relais import events events.csv --journey-type CODE".to_owned()],
        ),
        Next::Blueprint(kind) => (w.say("team-next-blueprint"), blueprint(kind)),
        Next::Headcounts(kind) => (w.say("team-next-headcounts"), blueprint(kind)),
        Next::Answers(kind) => (
            w.say("team-next-answers"),
            vec![
                format!("relais questionnaire publish --journey-type {kind} --reason REASON"),
                format!(
                    "relais import answers answers.csv --journey-type {kind} --scale 0-10 --item-scale 0-10"
                ),
            ],
        ),
        Next::Publish => (w.say("team-next-publish"), vec!["relais publish".to_owned()]),
    }
}

fn type_rows(state: &State, lang: Lang) -> Vec<TypeRow> {
    let row = |kind: &super::TypeState| TypeRow {
        name: kind.name.say(lang).to_owned(),
        code: kind.code.clone(),
        steps: kind.steps,
        without_team: kind.without_team.join(", "),
        has_questionnaire: kind.has_questionnaire,
        address: percent_encoded(&kind.code),
    };
    state.types.iter().map(row).collect()
}

fn team_rows(state: &State, lang: Lang) -> Vec<TeamRow> {
    let row = |team: &super::TeamState| TeamRow {
        name: team.name.say(lang).to_owned(),
        code: team.code.clone(),
        heads: team.has_heads().then(|| team.heads()),
        sites: team.at_sites.len(),
        missing: team.missing_at(&state.sites).join(", "),
    };
    state.teams.iter().map(row).collect()
}

fn import_rows(state: &State, me: &SignedIn, w: &Words) -> Vec<ImportRow> {
    let labels =
        ["team-import-read", "team-import-kept", "team-import-repeated", "team-import-refused"];
    let row = |import: &super::Import| ImportRow {
        at: Moment::of(import.at, &me.zone).shown,
        kind: w.say(if import.kind == "answers" {
            "team-import-answers"
        } else {
            "team-import-events"
        }),
        journey_type: import.journey_type.clone(),
        counts: std::array::from_fn(|n| (w.say(labels[n]), w.count(&import.counts[n]))),
    };
    state.imports.iter().map(row).collect()
}
