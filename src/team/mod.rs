//! Organisations, sites, teams, headcounts; and who is asking: accounts, sessions, roles, API keys.
//!
//! An account exists to sign in, and for nothing else: no table links it to a journey, an event, an answer or an action.
//! What it may read follows from its [`Role`] and, for a team member, from its [`Membership`]s.
//!
//! | role | reads |
//! |---|---|
//! | administrator | the set-up, the settings journal. No figure: who sets the service up is not who is told |
//! | process owner | published figures of the network, its regions and sites, after the teams, and none in pilot |
//! | team member | the figures of its teams, where the membership says, before anyone else |
//! | representative | the settings journal and every team's access log. No figure |
//!
//! Reading order: this file, [`account`] (who may sign in), [`admission`] (how one is let in), [`factor`] (what is asked
//! beside the password), `provider` (signing in elsewhere), [`session`] (who is signed in), [`key`] (programs),
//! [`store`] (organisations), [`settings`] and [`pilot`] (what is changed through the journal), [`setup`] (what is still
//! missing).

pub mod account;
pub mod admission;
pub mod factor;
pub mod form;
pub mod key;
pub mod pilot;
#[cfg(feature = "oidc")]
pub mod provider;
pub mod session;
pub mod settings;
pub mod setup;
pub mod store;
pub mod web;

use std::str::FromStr;

use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Text};

pub use crate::schema::codes::Role;
pub use key::{Eyes, Grant, Scope};

impl FromStr for Role {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::of_code(text).ok_or_else(|| Text::new("team-unknown-role").with("role", text).into())
    }
}

/// Where figures are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// The whole chain.
    Network,
    /// One region.
    Region(&'a str),
    /// One site.
    Site(&'a str),
}

/// For which team, and where, an account reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The team's code.
    pub team: String,
    /// The site that it belongs to; `None` for a central team, or for the team at every site.
    pub site: Option<String>,
    /// The region of that site.
    pub region: Option<String>,
    /// What the team is called: French, then English.
    pub names: (String, String),
}

impl Membership {
    /// What the team is called in one language.
    pub fn name(&self, lang: Lang) -> &str {
        lang.of(&self.names.0, &self.names.1)
    }

    /// Whether it lets its holder read about `place` as the team: its own site, its region and the network, since a team
    /// that is too small for figures of its own is seen in those of its region and the network.
    pub fn covers(&self, place: Place<'_>) -> bool {
        match (place, &self.site) {
            (_, None) | (Place::Network, _) => true,
            (Place::Region(region), Some(_)) => self.region.as_deref() == Some(region),
            (Place::Site(site), Some(own)) => own == site,
        }
    }
}

/// How far an organisation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It tries Relais: figures go to the teams alone, until the given instant.
    Pilot {
        /// When the pilot is over.
        until: Instant,
    },
    /// A team reviewed the pilot and said so, see [`pilot`].
    Running,
}

impl Stage {
    /// The stage of an organisation's row. Whatever is not plainly `running` is a pilot.
    pub fn of_row(stage: &str, pilot_until: Instant) -> Self {
        match stage {
            "running" => Self::Running,
            _ => Self::Pilot { until: pilot_until },
        }
    }

    /// Whether figures may go to the process owner.
    pub fn tells_management(self) -> bool {
        self == Self::Running
    }

    /// Whether the pilot has ended without a review: nothing new is published until there is one.
    pub fn is_over(self, now: Instant) -> bool {
        matches!(self, Self::Pilot { until } if until <= now)
    }
}

#[cfg(test)]
mod tests {
    use crate::team::*;

    #[test]
    fn a_member_reads_its_own_site_its_region_and_the_network() {
        let at = |site: Option<&str>| Membership {
            team: "reception".into(),
            site: site.map(Into::into),
            region: site.map(|_| "R1".into()),
            names: Default::default(),
        };
        let own = at(Some("S1"));
        assert!(
            own.covers(Place::Site("S1"))
                && own.covers(Place::Region("R1"))
                && own.covers(Place::Network)
        );
        assert!(!own.covers(Place::Site("S2")) && !own.covers(Place::Region("R2")));
        assert!(at(None).covers(Place::Site("S2")) && at(None).covers(Place::Region("R2")));
    }

    #[test]
    fn a_site_without_a_region_opens_no_region() {
        let member = Membership {
            team: "t".into(),
            site: Some("S1".into()),
            region: None,
            names: Default::default(),
        };
        assert!(!member.covers(Place::Region("")));
    }

    #[test]
    fn codes_are_read_as_they_are_written() {
        for role in Role::ALL {
            assert_eq!(role.code().parse::<Role>().unwrap(), role);
        }
        assert!("root".parse::<Role>().is_err());
    }

    #[test]
    fn what_is_not_plainly_running_is_a_pilot() {
        assert!(!Stage::of_row("Running", 5).tells_management());
        assert!(Stage::of_row("pilot", 5).is_over(5) && !Stage::of_row("pilot", 5).is_over(4));
        assert!(
            Stage::of_row("running", 5).tells_management()
                && !Stage::of_row("running", 5).is_over(9)
        );
    }
}
