//! What all pages and addresses of reports share: what somebody may ask, what they are shown, the
//! row in the access log.

use axum::http::StatusCode;

use crate::app::App;
use crate::breakdown::chooser::Chooser;
use crate::breakdown::request::{Catalogue, Question, RawQuestion};
use crate::breakdown::store;
use crate::i18n::{Lang, Text};
use crate::id::OrganisationId;
use crate::journal::{self, Look};
use crate::privacy::{Eyes, NotShown, Place};
use crate::team::web::SignedIn;
use crate::web::{Answer, Failure};

/// What a page shows of a report, or why it shows nothing of it.
#[derive(Debug)]
pub enum View<T> {
    /// What may be shown.
    Shown(Box<T>),
    /// Why nothing is, in words; `templates/breakdown/withheld.html` lays it out.
    Withheld(String),
}

impl<T> View<T> {
    /// The end of the road: what `make` lays out of what may be shown.
    pub fn of<D>(reading: Result<D, NotShown>, lang: Lang, make: impl FnOnce(D) -> T) -> Self {
        match reading {
            Ok(shown) => Self::Shown(Box::new(make(shown))),
            Err(why) => Self::Withheld(why.say(lang)),
        }
    }
}

/// What a page of a team is about, with the team's eyes: where nobody asks for other journeys,
/// those of the member's site, of the first service that the team has a part in.
pub async fn team_question(
    app: &App,
    me: &SignedIn,
    team: &str,
    mut asked: RawQuestion,
) -> Answer<(Catalogue, Question)> {
    let known = store::known(app.db.reader(), me.organisation).await?;
    if asked.partition.as_deref().unwrap_or_default().is_empty() {
        asked.partition = Some(own_place(me, team).to_string());
    }
    if asked.journey_type.as_deref().unwrap_or_default().is_empty() {
        let own = known.blueprints.iter().find(|blueprint| {
            blueprint.steps.iter().any(|step| step.team.as_deref() == Some(team))
        });
        asked.journey_type = own.map(|blueprint| blueprint.journey_type.clone());
    }
    let question = asked.check(&known, Eyes::Team(team.to_owned()))?;
    covered(me, team, &question)?;
    Ok((known, question))
}

/// Where a member's page begins: at its site, or with the whole network.
pub fn own_place(me: &SignedIn, team: &str) -> Place {
    let own = me.teams.iter().find(|member| member.team == team);
    own.and_then(|member| member.site.clone()).map_or(Place::Network, Place::Site)
}

/// Refuses a place that the member's team is not at.
pub fn covered(me: &SignedIn, team: &str, question: &Question) -> Answer<()> {
    if me.reads_as_team(team, &question.partition) {
        return Ok(());
    }
    Err(Failure::new(StatusCode::FORBIDDEN, Text::new("breakdown-not-your-place")))
}

/// Tells the teams that somebody looked, and at what. A report shows every team of the chain, so it
/// is written for all.
pub async fn looked_at(
    app: &App,
    organisation: OrganisationId,
    role: &str,
    place: String,
) -> Answer<()> {
    let look = Look { at: app.clock.now(), role: role.to_owned(), team: None, place };
    Ok(journal::store::looked(&app.db, organisation, look).await?)
}

/// What a reader who may read about the places that `covers` lets through can choose on a page.
pub async fn chooser(
    app: &App,
    me: &SignedIn,
    question: &Question,
    known: &Catalogue,
    covers: &(dyn Fn(&Place) -> bool + Sync),
) -> Answer<Chooser> {
    let (code, visible_at) =
        (&question.blueprint.journey_type, question.eyes.visible_at(app.clock.now()));
    let weeks = store::weeks(app.db.reader(), me.organisation, code, visible_at).await?;
    Ok(Chooser::of(question, known, &weeks, covers, me.lang))
}
