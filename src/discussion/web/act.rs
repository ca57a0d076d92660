//! What a team does in a discussion: join it, write, register an action, decide about one, tick,
//! tell customers.
//!
//! Whatever is a text is shown first as it will be stored, and stored with the second sending.

use axum::extract::{Form as Sent, Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};

use super::member::Seat;
use super::page::{may_decide, page, place_of};
use super::preview::{self, Preview};
use crate::app::App;
use crate::breakdown::titles::named;
use crate::breakdown::web::page::looked_at;
use crate::calendar::date_in_words;
use crate::chart::Kind;
use crate::discussion::draft::{Clean, DraftContext, control_code, obstacles};
use crate::discussion::review::Reader;
use crate::discussion::store::{self, save};
use crate::discussion::{
    Action, Discussion, Month, ObstacleNote, Plan, Sentence, State as Stage, two_sides, words,
};
use crate::discussion::{direction_code, notices};
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::limits;
use crate::privacy;
use crate::team::form::Form;
use crate::team::web::SignedIn;
use crate::web::{Answer, Failure};

struct ActRequest<'a> {
    app: &'a App,
    seat: &'a Seat,
    uri: &'a Uri,
    discussion: &'a Discussion,
}

pub(super) async fn act(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path((team, id)): Path<(String, String)>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Answer {
    let seat = Seat::of(&app, me, team).await?;
    let discussion = seat.discussion(&app, &id).await?;
    let asked = ActRequest { app: &app, seat: &seat, uri: &uri, discussion: &discussion };
    let form = Form::of(pairs);
    match form.get("do").to_owned().as_str() {
        "join" => asked.join().await,
        "note" => asked.note(form).await,
        "action" => asked.action(form).await,
        "decide" => asked.decide(form).await,
        "tick" => asked.tick(&form).await,
        "sentence" => asked.sentence(form).await,
        "withdraw" => asked.withdraw(&form).await,
        _ => Err(Failure::new(StatusCode::UNPROCESSABLE_ENTITY, Text::new("web-malformed"))),
    }
}

impl ActRequest<'_> {
    fn address(&self) -> String {
        format!("{}/{}", self.seat.address(), self.discussion.id)
    }

    fn back(&self) -> Response {
        Redirect::to(&self.address()).into_response()
    }

    /// The page again, with what is wrong or what is to be typed anew.
    async fn again(&self, form: Form, status: StatusCode) -> Answer {
        let page = page(self.app, self.seat, self.uri, self.discussion, form).await?;
        Ok((status, page).into_response())
    }

    fn preview(&self, shown: Preview) -> Response {
        preview::page(self.seat, self.uri, self.address(), shown).into_response()
    }

    async fn names(&self) -> Result<privacy::redact::TeamNames> {
        privacy::store::names::all(
            self.app.db.reader(),
            self.seat.me.organisation,
            &self.app.secret,
        )
        .await
    }

    async fn join(&self) -> Answer {
        let (organisation, id, on) =
            (self.seat.me.organisation, self.discussion.id, self.seat.today);
        if self.discussion.team != self.seat.team {
            self.app
                .db
                .write_once(move |tx| Box::pin(save::join(tx, organisation, id, on)))
                .await?;
        }
        Ok(self.back())
    }

    async fn note(&self, mut form: Form) -> Answer {
        let names = self.names().await?;
        let desk = self.seat.desk(self.discussion, &names)?;
        let Some(text) = desk.text(&mut form, "note", limits::NOTE)? else {
            return self.again(form, StatusCode::UNPROCESSABLE_ENTITY).await;
        };
        match form.get("step") {
            "save" => {
                let (organisation, on) = (self.seat.me.organisation, self.seat.today);
                let (discussion, team) = (self.discussion.clone(), self.seat.team.clone());
                let write = self.app.db.write(move |tx| {
                    Box::pin(async move {
                        save::note(tx, organisation, &discussion, &team, &text, on).await
                    })
                });
                write.await?;
                Ok(self.back())
            }
            "edit" => self.again(form, StatusCode::OK).await,
            _ => {
                let said = text.text().to_owned();
                Ok(self.preview(Preview {
                    rows: vec![("discussion-note", said.clone())],
                    masked: text.masked().to_vec(),
                    besides: Vec::new(),
                    hidden: vec![("do", "note".to_owned()), ("note", said)],
                }))
            }
        }
    }

    async fn action(&self, mut form: Form) -> Answer {
        if form.get("step") == "edit" {
            return self.again(form, StatusCode::OK).await;
        }
        let names = self.names().await?;
        let desk = self.seat.desk(self.discussion, &names)?;
        let Some(clean) = desk.plan(&mut form)? else {
            return self.again(form, StatusCode::UNPROCESSABLE_ENTITY).await;
        };
        if form.get("step") != "save" {
            return self.preview_action(&desk, clean).await;
        }
        let mut action = Action {
            id: 0,
            discussion: self.discussion.clone(),
            proposed_by: self.seat.team.clone(),
            plan: clean.draft,
            saved_on: self.seat.today,
            state: Stage::Open,
            decided_on: None,
            answer: None,
        };
        let organisation = self.seat.me.organisation;
        action.id = save::action_key(organisation, &action);
        let reminder = notices::review_job(organisation, &action, &self.seat.me.zone)?;
        let write = self.app.db.write(move |tx| {
            Box::pin(async move {
                save::action(tx, organisation, &action).await?;
                crate::jobs::enqueue(tx, vec![reminder]).await
            })
        });
        match form.take("text", write.await, self.seat.lang())? {
            Some(()) => Ok(self.back()),
            None => self.again(form, StatusCode::UNPROCESSABLE_ENTITY).await,
        }
    }

    /// The plan in words, and the smallest change that could be seen by its review.
    async fn preview_action(
        &self,
        desk: &DraftContext<'_>,
        Clean { draft: plan, masked }: Clean<Plan>,
    ) -> Answer {
        let (app, lang) = (self.app, self.seat.lang());
        let reader =
            Reader::new(&app.db, self.seat.me.organisation, self.seat.eyes(), app.clock.now())
                .await?;
        let trial =
            reader.trial(&self.discussion.journey_type, &self.discussion.place, &plan).await?;
        looked_at(
            app,
            self.seat.me.organisation,
            self.seat.role().code(),
            place_of(self.discussion),
        )
        .await?;
        let weeks = plan.weeks();
        let smallest = match &trial {
            Err(why) => Text::new("discussion-not-seen").with("why", why.say(lang)),
            Ok(trial) => match trial.smallest(weeks) {
                None => Text::new("caveat-unnoticeable"),
                Some(change) => Text::new("discussion-smallest")
                    .with("points", words::points(change, lang))
                    .with("weeks", weeks),
            },
        };
        let kind = trial.as_ref().ok().map(|trial| trial.kind);
        let rows = plan_rows(desk, &plan, kind);
        Ok(self.preview(Preview {
            rows,
            masked,
            besides: vec![smallest],
            hidden: plan_again(desk, plan),
        }))
    }

    async fn decide(&self, mut form: Form) -> Answer {
        let organisation = self.seat.me.organisation;
        let id = form.get("action").parse().map_err(|_| Failure::not_found())?;
        let found = store::action(self.app.db.reader(), organisation, id).await?;
        let action = found
            .filter(|action| action.discussion.id == self.discussion.id)
            .ok_or_else(Failure::not_found)?;
        let decision =
            Stage::DECISIONS.into_iter().find(|state| state.code() == form.get("decision"));
        let decision = form.take(
            "decision",
            decision.ok_or_else(|| {
                Refusal::new(Text::new("discussion-choose"))
                    .in_field(format!("decision-{id}"))
                    .into()
            }),
            self.seat.lang(),
        )?;
        let Some(decision) = decision.filter(|_| may_decide(&action, self.seat)) else {
            return self.again(form, StatusCode::UNPROCESSABLE_ENTITY).await;
        };
        let on = self.seat.today;
        self.app
            .db
            .write_once(move |tx| Box::pin(save::decide(tx, organisation, id, decision, on)))
            .await?;
        let to = if decision == Stage::Changed {
            format!("{}?change={id}#plan", self.address())
        } else {
            self.address()
        };
        Ok(Redirect::to(&to).into_response())
    }

    async fn tick(&self, form: &Form) -> Answer {
        let note = ObstacleNote {
            journey_type: self.discussion.journey_type.clone(),
            element: self.discussion.handoff.clone(),
            team: self.seat.team.clone(),
            place: self.seat.place(),
            month: Month::of(self.seat.today),
            what: obstacles(form),
        };
        let organisation = self.seat.me.organisation;
        let write = self
            .app
            .db
            .write(move |tx| Box::pin(async move { save::ticked(tx, organisation, &note).await }));
        write.await?;
        Ok(self.back())
    }

    async fn sentence(&self, mut form: Form) -> Answer {
        if form.get("step") == "edit" {
            return self.again(form, StatusCode::OK).await;
        }
        let names = self.names().await?;
        let desk = self.seat.desk(self.discussion, &names)?;
        let Some(Clean { draft: mut sentence, masked }) = desk.sentence(&mut form)? else {
            return self.again(form, StatusCode::UNPROCESSABLE_ENTITY).await;
        };
        let organisation = self.seat.me.organisation;
        sentence.floor_met = two_sides::is_floor_met(
            &self.app.db,
            organisation,
            &self.seat.known,
            &sentence.journey_type,
            &sentence.element,
            &sentence.place,
        )
        .await?;
        if form.get("step") != "save" {
            return Ok(self.preview_sentence(&desk, &sentence, masked));
        }
        sentence.id = save::sentence_key(organisation, &sentence);
        let write = self.app.db.write(move |tx| {
            Box::pin(async move { save::sentence(tx, organisation, &sentence).await })
        });
        write.await?;
        Ok(self.back())
    }

    fn preview_sentence(
        &self,
        desk: &DraftContext<'_>,
        sentence: &Sentence,
        masked: Vec<privacy::redact::Kind>,
    ) -> Response {
        let mut rows = vec![(
            "discussion-sentence-element",
            named(desk.blueprint, &sentence.element, desk.lang),
        )];
        rows.extend(sentence.fr.iter().map(|text| ("discussion-sentence-fr", text.clone())));
        rows.extend(sentence.en.iter().map(|text| ("discussion-sentence-en", text.clone())));
        let floor = if sentence.floor_met {
            "discussion-sentence-soon"
        } else {
            "discussion-sentence-waits"
        };
        let mut besides = vec![Text::new(floor)];
        besides.extend(sentence.fr.is_none().then(|| Text::new("discussion-sentence-no-french")));
        besides.extend(sentence.en.is_none().then(|| Text::new("discussion-sentence-no-english")));
        let hidden = vec![
            ("do", "sentence".to_owned()),
            ("element", sentence.element.to_string()),
            ("fr", sentence.fr.clone().unwrap_or_default()),
            ("en", sentence.en.clone().unwrap_or_default()),
        ];
        self.preview(Preview { rows, masked, besides, hidden })
    }

    async fn withdraw(&self, form: &Form) -> Answer {
        let organisation = self.seat.me.organisation;
        let id: i64 = form.get("sentence").parse().map_err(|_| Failure::not_found())?;
        let all = store::sentences(self.app.db.reader(), organisation).await?;
        let own = all
            .iter()
            .any(|one| one.id == id && one.team == self.seat.team && self.seat.covers(&one.place));
        if !own {
            return Err(Failure::not_found());
        }
        let on = self.seat.today;
        self.app
            .db
            .write_once(move |tx| Box::pin(save::withdraw(tx, organisation, id, on)))
            .await?;
        Ok(self.back())
    }
}

fn plan_rows(
    desk: &DraftContext<'_>,
    plan: &Plan,
    kind: Option<Kind>,
) -> Vec<(&'static str, String)> {
    let (lang, known) = (desk.lang, desk.known);
    let figure = Text::new("discussion-figure")
        .with("measure", words::measured(desk.blueprint, &plan.measure, kind, lang));
    let mut rows = vec![
        ("discussion-action", plan.text.clone()),
        ("discussion-carried-by", words::carrier(plan, known, lang)),
        (
            "discussion-should-move",
            figure.with("direction", words::direction(plan.direction, lang)).say(lang),
        ),
        ("discussion-compared", words::control(plan.control.as_ref(), known, lang)),
        ("discussion-since", date_in_words(plan.start.monday(), lang)),
        ("discussion-review-on", date_in_words(plan.review_on, lang)),
    ];
    rows.extend(plan.role.iter().map(|role| ("discussion-role", role.clone())));
    rows
}

/// The form of a plan again, with the texts as they will be stored.
fn plan_again(desk: &DraftContext<'_>, plan: Plan) -> Vec<(&'static str, String)> {
    vec![
        ("do", "action".to_owned()),
        ("level", plan.level(desk.team).code().to_owned()),
        ("measure", plan.measure.to_string()),
        ("direction", direction_code(plan.direction).to_owned()),
        ("control", control_code(plan.control.as_ref())),
        ("start", plan.start.monday().to_string()),
        ("review", plan.review_on.to_string()),
        ("role", plan.role.unwrap_or_default()),
        ("text", plan.text),
    ]
}
