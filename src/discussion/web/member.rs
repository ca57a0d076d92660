//! Where somebody sits who writes for a team.

use jiff::civil::Date;

use crate::app::App;
use crate::blueprint::Blueprint;
use crate::breakdown;
use crate::breakdown::request::Catalogue;
use crate::breakdown::web::page::own_place;
use crate::discussion::draft::DraftContext;
use crate::discussion::{Discussion, store};
use crate::error::Error;
use crate::i18n::Lang;
use crate::privacy::redact::TeamNames;
use crate::privacy::{Eyes, Place};
use crate::team::Role;
use crate::team::web::{SignedIn, must_belong};
use crate::web::{Answer, Failure, percent_encoded};

/// A member of a team, with what the team's pages need.
pub(super) struct Seat {
    pub(super) me: SignedIn,
    pub(super) team: String,
    pub(super) name: String,
    pub(super) known: Catalogue,
    pub(super) today: Date,
}

impl Seat {
    /// The seat of somebody who says to belong to a team.
    pub(super) async fn of(app: &App, me: SignedIn, team: String) -> Answer<Self> {
        let name = must_belong(app, &me, &team).await?;
        let known = breakdown::store::known(app.db.reader(), me.organisation).await?;
        let today = me.zone.date(app.clock.now());
        Ok(Self { me, team, name, known, today })
    }

    pub(super) fn lang(&self) -> Lang {
        self.me.lang
    }

    pub(super) fn eyes(&self) -> Eyes {
        Eyes::Team(self.team.clone())
    }

    /// Whether the team is at a place, as far as this member goes.
    pub(super) fn covers(&self, place: &Place) -> bool {
        self.me.reads_as_team(&self.team, place)
    }

    /// A discussion of the team's; any other is not found.
    pub(super) async fn discussion(&self, app: &App, id: &str) -> Answer<Discussion> {
        let id: i64 = id.parse().map_err(|_| Failure::not_found())?;
        let found = store::discussion(app.db.reader(), self.me.organisation, id).await?;
        found
            .filter(|found| found.has(&self.team) && self.covers(&found.place))
            .ok_or_else(Failure::not_found)
    }

    /// The blueprint of a journey type.
    pub(super) fn blueprint(&self, journey_type: &str) -> Answer<&Blueprint> {
        let found =
            self.known.blueprints.iter().find(|blueprint| blueprint.journey_type == journey_type);
        found.ok_or_else(|| {
            Error::Internal(format!("a discussion is about {journey_type}, which is gone")).into()
        })
    }

    /// A desk to write at.
    pub(super) fn desk<'a>(
        &'a self,
        discussion: &'a Discussion,
        names: &'a TeamNames,
    ) -> Answer<DraftContext<'a>> {
        let blueprint = self.blueprint(&discussion.journey_type)?;
        let (known, today, lang) = (&self.known, self.today, self.me.lang);
        Ok(DraftContext { discussion, team: &self.team, blueprint, known, names, today, lang })
    }

    /// Where the team is: at the member's site, or for the whole network.
    pub(super) fn place(&self) -> Place {
        own_place(&self.me, &self.team)
    }

    /// The address of the team's discussions.
    pub(super) fn address(&self) -> String {
        format!("/teams/{}/discussions", percent_encoded(&self.team))
    }

    /// The role, as the access log names it.
    pub(super) fn role(&self) -> Role {
        self.me.role
    }
}
