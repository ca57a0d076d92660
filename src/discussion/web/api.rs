//! The actions for programs: what a team may read of its own, or what the process owner may read of
//! all.

use axum::Json;
use axum::extract::State;
use relais_analytics::verdict::{Comparator, Conclusion};
use serde::Serialize;

use crate::app::App;
use crate::breakdown::web::api::Reader;
use crate::breakdown::web::page::looked_at;
use crate::discussion::review::{Judged, Standing};
use crate::discussion::{Action, direction_code, review, store};
use crate::i18n::Lang;
use crate::organisation;
use crate::privacy::{Disclosed, Eyes, NotShown};
use crate::web::{Answer, Failure};

/// `GET /api/v1/actions`.
#[derive(Serialize)]
pub(super) struct Document {
    actions: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    journey_type: String,
    handoff: String,
    partition: String,
    teams: Vec<String>,
    proposed_by: String,
    /// The team that does it; absent where the process owner does.
    team: Option<String>,
    role: Option<String>,
    text: String,
    measure: String,
    direction: &'static str,
    /// The network without this place is what it is compared with; absent for its own past.
    control: Option<String>,
    start: String,
    review_on: String,
    state: &'static str,
    decided_on: Option<String>,
    answer: Option<String>,
    /// Absent before the review, and where it may not be shown.
    verdict: Option<Verdict>,
    /// Why there is none though the review was due.
    withheld: Option<String>,
}

#[derive(Serialize)]
struct Verdict {
    says: &'static str,
    compared: &'static str,
    weeks_before: usize,
    weeks_after: usize,
    /// In points of 0 to 100; unsettled while it is too early.
    change: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    smallest_visible: Option<f64>,
}

pub(super) async fn actions(reader: Reader, State(app): State<App>) -> Answer<Json<Document>> {
    let organisation = reader.organisation;
    let settings = organisation::store::settings(app.db.reader(), organisation)
        .await?
        .ok_or_else(Failure::not_found)?;
    if reader.eyes == Eyes::Owner && !settings.stage.tells_management() {
        return Err(reader.refusal(&NotShown::Pilot));
    }
    let mut actions = store::actions(app.db.reader(), organisation).await?;
    actions.retain(|action| may_read(&reader, action));
    let (eyes, now) = (&reader.eyes, app.clock.now());
    let standings =
        review::standings(&app.db, organisation, &actions, eyes, &settings.zone, now).await?;
    looked_at(&app, organisation, &reader.role, "actions".to_owned()).await?;
    let entries = actions.iter().zip(&standings).map(|(one, at)| Entry::of(one, at, reader.lang));
    Ok(Json(Document { actions: entries.collect() }))
}

/// A program reads for its team at every site, a person where the membership says.
fn may_read(reader: &Reader, action: &Action) -> bool {
    match &reader.eyes {
        Eyes::Owner => true,
        Eyes::Team(team) => {
            let of = &action.discussion;
            let person = reader.person.as_ref();
            of.has(team) && person.is_none_or(|me| me.reads_as_team(team, &of.place))
        }
    }
}

impl Entry {
    fn of(action: &Action, standing: &Standing, lang: Lang) -> Self {
        let (of, plan) = (&action.discussion, &action.plan);
        let mut teams = vec![of.team.clone(), of.neighbour.clone()];
        teams.dedup();
        let (verdict, withheld) = match standing {
            Standing::Running(_) => (None, None),
            Standing::Judged(judged) => (Some(Verdict::of(judged)), None),
            Standing::Withheld(why) => (None, Some(why.say(lang))),
        };
        Self {
            id: action.id.to_string(),
            journey_type: of.journey_type.clone(),
            handoff: of.handoff.to_string(),
            partition: of.place.to_string(),
            teams,
            proposed_by: action.proposed_by.clone(),
            team: plan.team.clone(),
            role: plan.role.clone(),
            text: plan.text.clone(),
            measure: plan.measure.to_string(),
            direction: direction_code(plan.direction),
            control: plan.control.as_ref().map(ToString::to_string),
            start: plan.start.monday().to_string(),
            review_on: plan.review_on.to_string(),
            state: action.state.code(),
            decided_on: action.decided_on.map(|on| on.to_string()),
            answer: action.answer.as_ref().map(|(text, _)| text.clone()),
            verdict,
            withheld,
        }
    }
}

impl Verdict {
    fn of(judged: &Disclosed<Judged>) -> Self {
        let verdict = judged.verdict;
        let change = verdict.change;
        Self {
            says: match verdict.conclusion {
                Conclusion::Moved => "moved",
                Conclusion::NoSignalYet => "no-signal-yet",
                Conclusion::TooEarly => "too-early",
                Conclusion::TooFewAnswers => "too-few-answers",
            },
            compared: match verdict.comparator {
                Comparator::Control => "with-control",
                Comparator::OwnPast => "with-own-past",
            },
            weeks_before: verdict.weeks_before,
            weeks_after: verdict.weeks_after,
            change: change.map(|change| change.value),
            low: change.map(|change| change.interval.low),
            high: change.map(|change| change.interval.high),
            smallest_visible: change.map(|change| change.smallest_visible),
        }
    }
}
