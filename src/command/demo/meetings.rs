//! What two teams of the demo do with their figures: reception and workshop of the east meet about
//! their handoff, try something, and more cars are ready when promised; reception and the call
//! centre try something else, and nothing can be seen. Everything is written on the evening on
//! which it happens, before anybody knows what will come of it.

use crate::app::App;
use crate::calendar::{Week, Zone};
use crate::chart::Measure;
use crate::discussion::clean_text::CleanText;
use crate::discussion::store::save;
use crate::discussion::{
    Action, Discussion, Month, Obstacle, ObstacleNote, Plan, Sentence, State, notices, two_sides,
};
use crate::element::Element;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::id::OrganisationId;
use crate::jobs;
use crate::limits::{NOTE, SENTENCE};
use crate::privacy::Place;
use crate::privacy::redact::TeamNames;
use jiff::civil::Date;
use relais_analytics::Direction;

use super::network::{FAILING_SITE, JOURNEY_TYPE, TRYING_REGION, TRYING_WEEKS};
use super::year::Year;

/// What happens at a meeting.
#[derive(Clone, Copy)]
enum What {
    /// Both discussions are opened, and both actions are registered.
    Begin,
    /// A note, by a team of the first discussion.
    Note(&'static str, &'static str),
    /// What kept a team from good work this month.
    Tick(&'static str, &'static [Obstacle]),
    Keep,
}

/// The meetings by week of the action, 0 being the one before its first; in their order.
const MEETINGS: [(i32, What); 9] = [
    (0, What::Begin),
    (
        0,
        What::Note(
            "reception",
            "Nous promettons une heure au client, et l’atelier ne la voit pas : elle reste sur notre fiche.",
        ),
    ),
    (
        0,
        What::Note(
            "workshop",
            "La fiche arrive, mais sans l’heure promise : on la découvre au moment de rendre la voiture.",
        ),
    ),
    (2, What::Tick("reception", &[Obstacle::System, Obstacle::Information])),
    (2, What::Tick("workshop", &[Obstacle::Information, Obstacle::Capacity])),
    (
        7,
        What::Note(
            "reception",
            "La fiche passe de main en main depuis six semaines ; le matin, il faut encore y penser.",
        ),
    ),
    (7, What::Tick("reception", &[Obstacle::Promise])),
    (7, What::Tick("workshop", &[Obstacle::Parts])),
    (TRYING_WEEKS, What::Keep),
];

/// The meetings that are still to come.
pub(super) struct Meetings {
    first: Week,
    held: usize,
}

impl Meetings {
    /// The meetings of a year; one that is too short for them has none.
    pub(super) fn of(year: &Year) -> Self {
        let first = Week(year.running_week().0 - TRYING_WEEKS - 2);
        let held = if first.0 < year.first_week().0 { MEETINGS.len() } else { 0 };
        Self { first, held }
    }

    /// Holds every meeting that is due by this evening.
    pub(super) async fn hold(
        &mut self,
        app: &App,
        organisation: OrganisationId,
        zone: &Zone,
    ) -> Result<()> {
        let today = zone.date(app.clock.now());
        while let Some((week, what)) =
            MEETINGS.get(self.held).filter(|(week, _)| self.day(*week) <= today)
        {
            let meeting = Meeting { app, organisation, today, start: self.first.next(), zone };
            meeting.hold(*what).await?;
            self.held += 1;
            tracing::debug!(week, "a meeting was held");
        }
        Ok(())
    }

    fn day(&self, week: i32) -> Date {
        Week(self.first.0 + week + i32::from(week == TRYING_WEEKS)).monday()
    }
}

struct Meeting<'a> {
    app: &'a App,
    organisation: OrganisationId,
    today: Date,
    start: Week,
    zone: &'a Zone,
}

impl Meeting<'_> {
    async fn hold(&self, what: What) -> Result<()> {
        let organisation = self.organisation;
        let (today, db) = (self.today, &self.app.db);
        match what {
            What::Begin => {
                let list = "Une seule fiche suit la voiture de l’accueil à l’atelier, avec la panne et l’heure promise.";
                let (role, dates) =
                    ("coordination d’équipe", Measure::Of(Element::Promise("WORK".to_owned())));
                self.begin(&self.handoff(), list, Some(role), dates, Direction::Up).await?;
                let call =
                    "Un message la veille rappelle au client l’heure et les papiers à apporter.";
                let handoff = Element::Handoff("CALL".to_owned(), "RECEP".to_owned());
                let friction = Measure::Of(handoff.clone());
                let of = self.discussion(handoff, "call-centre");
                self.begin(&of, call, None, friction, Direction::Down).await
            }
            What::Note(team, text) => {
                let (of, text) = (self.handoff(), redacted(text, Lang::Fr, NOTE)?);
                let note = db.write(move |tx| {
                    Box::pin(
                        async move { save::note(tx, organisation, &of, team, &text, today).await },
                    )
                });
                note.await
            }
            What::Tick(team, what) => {
                let note = ObstacleNote {
                    journey_type: JOURNEY_TYPE.to_owned(),
                    element: self.handoff().handoff,
                    team: team.to_owned(),
                    place: Place::Site(FAILING_SITE.to_owned()),
                    month: Month::of(today),
                    what: what.to_vec(),
                };
                db.write(move |tx| {
                    Box::pin(async move { save::ticked(tx, organisation, &note).await })
                })
                .await
            }
            What::Keep => self.keep().await,
        }
    }

    /// Of reception with the workshop.
    fn handoff(&self) -> Discussion {
        self.discussion(Element::Handoff("RECEP".to_owned(), "WORK".to_owned()), "workshop")
    }

    fn discussion(&self, handoff: Element, neighbour: &str) -> Discussion {
        let mut discussion = Discussion {
            id: 0,
            journey_type: JOURNEY_TYPE.to_owned(),
            handoff,
            place: Place::Region(TRYING_REGION.to_owned()),
            team: "reception".to_owned(),
            neighbour: neighbour.to_owned(),
            opened_on: Week(self.start.0 - 1).monday(),
            joined_on: None,
        };
        discussion.id = save::discussion_key(self.organisation, &discussion);
        discussion
    }

    async fn begin(
        &self,
        of: &Discussion,
        text: &str,
        role: Option<&str>,
        measure: Measure,
        direction: Direction,
    ) -> Result<()> {
        let region = Place::Region(TRYING_REGION.to_owned());
        let plan = Plan {
            text: redacted(text, Lang::Fr, NOTE)?.text().to_owned(),
            role: role.map(str::to_owned),
            team: Some("reception".to_owned()),
            measure,
            direction,
            control: Some(region),
            start: self.start,
            review_on: Week(self.start.0 + TRYING_WEEKS).monday(),
        };
        let mut action = Action {
            id: 0,
            discussion: of.clone(),
            proposed_by: "reception".to_owned(),
            plan,
            saved_on: self.today,
            state: State::Open,
            decided_on: None,
            answer: None,
        };
        let organisation = self.organisation;
        action.id = save::action_key(organisation, &action);
        let reminder = notices::review_job(organisation, &action, self.zone)?;
        let of = of.clone();
        let write = self.app.db.write(move |tx| {
            Box::pin(async move {
                save::open(tx, organisation, &of).await?;
                save::action(tx, organisation, &action).await?;
                jobs::enqueue(tx, vec![reminder]).await
            })
        });
        write.await
    }

    /// At the review the teams keep what moved, and say so to customers.
    async fn keep(&self) -> Result<()> {
        let (organisation, today) = (self.organisation, self.today);
        let actions = crate::discussion::store::actions(self.app.db.reader(), organisation).await?;
        let of = self.handoff();
        let Some(action) =
            actions.into_iter().find(|action| action.discussion.handoff == of.handoff)
        else {
            return Err(Error::Internal("the demo's action is gone".to_owned()));
        };
        let known = crate::breakdown::store::known(self.app.db.reader(), organisation).await?;
        let (element, place) = (&of.handoff, &of.place);
        let fr = "Votre voiture n’était pas toujours prête à l’heure dite : cette heure la suit maintenant à l’atelier.";
        let en = "Your car was not always ready at the time we gave you: that time now goes with it to the workshop.";
        let mut sentence = Sentence {
            id: 0,
            journey_type: JOURNEY_TYPE.to_owned(),
            element: of.handoff.clone(),
            place: of.place.clone(),
            team: "reception".to_owned(),
            fr: Some(redacted(fr, Lang::Fr, SENTENCE)?.text().to_owned()),
            en: Some(redacted(en, Lang::En, SENTENCE)?.text().to_owned()),
            written_on: today,
            floor_met: two_sides::is_floor_met(
                &self.app.db,
                organisation,
                &known,
                JOURNEY_TYPE,
                element,
                place,
            )
            .await?,
            withdrawn_on: None,
        };
        sentence.id = save::sentence_key(organisation, &sentence);
        let write = self.app.db.write(move |tx| {
            Box::pin(async move {
                save::decide(tx, organisation, action.id, State::Kept, today).await?;
                save::sentence(tx, organisation, &sentence).await
            })
        });
        write.await
    }
}

fn redacted(text: &str, lang: Lang, longest: usize) -> Result<CleanText> {
    let text = CleanText::of(text, Some(lang), &TeamNames::default(), longest)?;
    text.ok_or_else(|| Error::Internal("a text of the demo is empty".to_owned()))
}
