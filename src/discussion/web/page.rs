//! One discussion: what was said, what is tried, what both sides of the handoff say, and what
//! customers are told.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Uri;
use axum::response::IntoResponse;
use serde::Deserialize;

use super::member::Seat;
use super::row::{ActionRow, Written};
use crate::app::App;
use crate::breakdown::titles::{frictions, named, placed};
use crate::breakdown::web::page::{View, looked_at};
use crate::calendar::date_in_words;
use crate::discussion::draft::{DraftContext, control_code};
use crate::discussion::two_sides::{self, TwoSides};
use crate::discussion::{
    Action, Discussion, Level, Month, Obstacle, Sentence, State as Stage, review, store, words,
};
use crate::i18n::{Lang, Text, Words};
use crate::privacy;
use crate::team::form::Form;
use crate::team::web::{SignedIn, frame};
use crate::web::{Answer, Frame, Page};

/// A choice of a list: its value, its words, whether it is chosen.
pub(super) type Choice = (String, String, bool);

#[derive(Template)]
#[template(path = "discussion/page.html")]
pub(super) struct DiscussionPage {
    w: Words,
    frame: Frame,
    form: Form,
    about: String,
    back: String,
    address: String,
    taking_part: String,
    may_join: bool,
    notes: Vec<(String, Written)>,
    actions: Vec<ActionRow>,
    plan: PlanForm,
    sides: View<Sides>,
    month: String,
    obstacles: Vec<Choice>,
    sentences: Vec<SentenceRow>,
    elements: Vec<Choice>,
}

struct PlanForm {
    levels: Vec<Choice>,
    measures: Vec<Choice>,
    directions: Vec<Choice>,
    controls: Vec<Choice>,
    start: String,
    review: String,
    open: bool,
}

/// What both sides say.
struct Sides {
    customers: String,
    teams: Vec<(String, Vec<String>)>,
}

struct SentenceRow {
    id: i64,
    about: String,
    fr: Option<String>,
    en: Option<String>,
    state: String,
    ours: bool,
}

#[derive(Deserialize)]
pub(super) struct Link {
    /// The action that another takes the place of.
    change: Option<i64>,
}

pub(super) async fn show(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path((team, id)): Path<(String, String)>,
    Query(way): Query<Link>,
) -> Answer {
    let seat = Seat::of(&app, me, team).await?;
    let discussion = seat.discussion(&app, &id).await?;
    let form = match way.change {
        None => Form::default(),
        Some(id) => {
            let old = store::action(app.db.reader(), seat.me.organisation, id).await?;
            old.filter(|old| old.discussion.id == discussion.id)
                .map_or_else(Form::default, |old| again(&seat, &old))
        }
    };
    Ok(page(&app, &seat, &uri, &discussion, form).await?.into_response())
}

/// What may be decided, with its text.
const DECISIONS: [(&str, &str); 4] = [
    ("kept", "discussion-decide-keep"),
    ("changed", "discussion-decide-change"),
    ("dropped", "discussion-decide-drop"),
    ("passed", "discussion-decide-pass"),
];

/// The form of an action that takes the place of another: all of it but its days.
fn again(seat: &Seat, old: &Action) -> Form {
    let plan = &old.plan;
    let pair = |name: &str, value: String| (name.to_owned(), value);
    let mut pairs = vec![
        pair("text", plan.text.clone()),
        pair("role", plan.role.clone().unwrap_or_default()),
        pair("level", plan.level(&seat.team).code().to_owned()),
        pair("measure", plan.measure.to_string()),
        pair("direction", crate::discussion::direction_code(plan.direction).to_owned()),
        pair("control", control_code(plan.control.as_ref())),
    ];
    pairs.push(pair("do", "action".to_owned()));
    Form::of(pairs)
}

/// The page, with what was typed.
pub(super) async fn page(
    app: &App,
    seat: &Seat,
    uri: &Uri,
    discussion: &Discussion,
    form: Form,
) -> Answer<Page<DiscussionPage>> {
    let (lang, organisation, reader) = (seat.lang(), seat.me.organisation, app.db.reader());
    let (w, known, zone) = (Words(lang), &seat.known, &seat.me.zone);
    let blueprint = seat.blueprint(&discussion.journey_type)?;
    let names = privacy::store::names::all(reader, organisation, &app.secret).await?;
    let desk = seat.desk(discussion, &names)?;
    let all = store::actions(reader, organisation).await?;
    let own: Vec<Action> =
        all.into_iter().filter(|action| action.discussion.id == discussion.id).collect();
    let (eyes, now) = (seat.eyes(), app.clock.now());
    let standings = review::standings(&app.db, organisation, &own, &eyes, zone, now).await?;
    let actions =
        own.iter().zip(&standings).map(|(one, at)| ActionRow::of(one, at, known, lang)).collect();
    let said = |note: crate::discussion::Note| {
        let who = Text::new("discussion-said").with("team", words::team(&note.team, known, lang));
        (who.with("date", date_in_words(note.on, lang)).say(lang), Written::of(&note.text, lang))
    };
    let notes =
        store::notes(reader, organisation, discussion.id).await?.into_iter().map(said).collect();
    let of = two_sides::Of {
        discussion,
        team: &seat.team,
        known,
        today: seat.today,
        now: app.clock.now(),
    };
    let sides = two_sides::read(&app.db, organisation, of).await?;
    let sides = View::of(sides, lang, |both| Sides::of(&both, seat));
    let sentences = store::sentences(reader, organisation).await?.into_iter();
    let sentences = sentences.filter(|one| is_about(one, discussion) && one.withdrawn_on.is_none());
    let sentences = sentences.map(|one| sentence_row(&one, seat, discussion)).collect();
    looked_at(app, organisation, seat.role().code(), place_of(discussion)).await?;
    let handoff = named(blueprint, &discussion.handoff, lang);
    Ok(Page(DiscussionPage {
        w,
        frame: frame(&seat.me, uri, handoff),
        about: about(seat, discussion),
        back: seat.address(),
        address: format!("{}/{}", seat.address(), discussion.id),
        taking_part: taking_part(seat, discussion),
        may_join: discussion.joined_on.is_none() && discussion.team != seat.team,
        notes,
        actions,
        plan: plan_form(&desk, &form),
        sides,
        month: Month::of(seat.today).say(lang),
        obstacles: ticks(app, seat, discussion).await?,
        sentences,
        elements: elements(&desk, &form),
        form,
    }))
}

/// What is looked at, as the access log names it.
pub(super) fn place_of(of: &Discussion) -> String {
    format!("discussion {} {} {}", of.journey_type, of.handoff, of.place)
}

fn about(seat: &Seat, of: &Discussion) -> String {
    let lang = seat.lang();
    let text = Text::new("discussion-about").with("place", placed(&of.place, &seat.known, lang));
    let text = text.with("neighbour", words::team(of.other(&seat.team), &seat.known, lang));
    text.with("date", date_in_words(of.opened_on, lang)).say(lang)
}

fn taking_part(seat: &Seat, of: &Discussion) -> String {
    let lang = seat.lang();
    let name = |team: &str| words::team(team, &seat.known, lang);
    let both = of.team == of.neighbour || of.joined_on.is_some();
    let key = if both { "discussion-both" } else { "discussion-alone" };
    Text::new(key).with("team", name(&of.team)).with("neighbour", name(&of.neighbour)).say(lang)
}

fn plan_form(desk: &DraftContext<'_>, form: &Form) -> PlanForm {
    let lang = desk.lang;
    let again = form.get("do") == "action";
    let first = Form::of(desk.first());
    let given = |field: &str| {
        if again && !form.get(field).is_empty() { form.get(field) } else { first.get(field) }
    };
    let choice =
        |field: &str, value: String, words: String| (value.clone(), words, given(field) == value);
    let level = |level: Level| {
        let words = match level {
            Level::Ours => Text::new("discussion-level-ours").say(lang),
            Level::Neighbours => words::team(desk.discussion.other(desk.team), desk.known, lang),
            Level::Owners => Text::new("discussion-process-owner").say(lang),
        };
        choice("level", level.code().to_owned(), words)
    };
    let alone = desk.discussion.team == desk.discussion.neighbour;
    let levels = Level::ALL.into_iter().filter(|one| !(alone && *one == Level::Neighbours));
    let measures = desk.measures().into_iter();
    let measure = |one: crate::chart::Measure| {
        choice("measure", one.to_string(), words::measured(desk.blueprint, &one, None, lang))
    };
    let directions = ["down", "up"].map(|code| {
        let words = crate::discussion::direction(code)
            .map_or_else(|_| String::new(), |way| words::direction(way, lang));
        choice("direction", code.to_owned(), words)
    });
    let control = |one: Option<privacy::Place>| {
        choice(
            "control",
            control_code(one.as_ref()),
            words::control(one.as_ref(), desk.known, lang),
        )
    };
    PlanForm {
        levels: levels.map(level).collect(),
        measures: measures.map(measure).collect(),
        directions: directions.to_vec(),
        controls: desk.controls().into_iter().map(control).collect(),
        start: given("start").to_owned(),
        review: given("review").to_owned(),
        open: again,
    }
}

impl Sides {
    fn of(both: &TwoSides, seat: &Seat) -> Self {
        let lang = seat.lang();
        let customers = match &both.frictions {
            Some(ticked) => frictions(ticked, lang),
            None => Text::new("discussion-no-frictions").with("answers", both.answers).say(lang),
        };
        let teams = both.ticked.iter().map(|(team, counts)| {
            let ticked = counts.iter().filter(|(_, count)| *count > 0);
            let lines = ticked.map(|(obstacle, count)| {
                let text =
                    Text::new("discussion-ticked").with("obstacle", obstacle.text().say(lang));
                text.with("count", *count).say(lang)
            });
            (words::team(team, &seat.known, lang), lines.collect())
        });
        Self { customers, teams: teams.collect() }
    }
}

/// The obstacles, with what the team has ticked this month.
async fn ticks(app: &App, seat: &Seat, discussion: &Discussion) -> Answer<Vec<Choice>> {
    let notes =
        store::ticked(app.db.reader(), seat.me.organisation, &discussion.journey_type).await?;
    let (month, place) = (Month::of(seat.today), seat.place());
    let own = notes.into_iter().find(|note| {
        let here = (&note.element, note.team.as_str(), &note.place, note.month);
        here == (&discussion.handoff, seat.team.as_str(), &place, month)
    });
    let choices = Obstacle::ALL.map(|one| {
        let ticked = own.as_ref().is_some_and(|note| note.what.contains(&one));
        (one.code().to_owned(), one.text().say(seat.lang()), ticked)
    });
    Ok(choices.to_vec())
}

fn elements(desk: &DraftContext<'_>, form: &Form) -> Vec<Choice> {
    let choices = desk.answered().into_iter().map(|element| {
        let (code, words) = (element.to_string(), named(desk.blueprint, &element, desk.lang));
        let chosen = form.has("element", &code);
        (code, words, chosen)
    });
    choices.collect()
}

fn is_about(one: &Sentence, of: &Discussion) -> bool {
    let steps = of.handoff.steps();
    let touches =
        one.element == of.handoff || one.element.steps().iter().any(|step| steps.contains(step));
    one.journey_type == of.journey_type && one.place == of.place && of.has(&one.team) && touches
}

fn sentence_row(one: &Sentence, seat: &Seat, of: &Discussion) -> SentenceRow {
    let lang = seat.lang();
    let blueprint =
        seat.known.blueprints.iter().find(|blueprint| blueprint.journey_type == of.journey_type);
    let element = blueprint
        .map_or_else(|| one.element.to_string(), |blueprint| named(blueprint, &one.element, lang));
    let about = Text::new("discussion-sentence-about").with("element", element);
    let about = about.with("team", words::team(&one.team, &seat.known, lang));
    let state =
        if one.floor_met { "discussion-sentence-shown" } else { "discussion-sentence-waits" };
    let missing = [Lang::Fr, Lang::En].into_iter().find(|other| one.say(*other).is_none());
    let mut said = vec![Text::new(state).say(lang)];
    said.extend(missing.map(|other| {
        Text::new(other.of("discussion-sentence-no-french", "discussion-sentence-no-english"))
            .say(lang)
    }));
    SentenceRow {
        id: one.id,
        about: about.with("date", date_in_words(one.written_on, lang)).say(lang),
        fr: one.fr.clone(),
        en: one.en.clone(),
        state: said.join(" "),
        ours: one.team == seat.team,
    }
}

/// Whether an action may be decided about now.
pub(super) fn may_decide(action: &Action, seat: &Seat) -> bool {
    action.state == Stage::Open && action.plan.review_on <= seat.today
}
