//! Who is asking: accounts, sessions, roles, API keys.
//!
//! An account exists to sign in, and for nothing else: no table links it to a journey, an event,
//! an answer or an action. What it may read follows from its [`Role`] and, for a team member, from
//! its [`Membership`]s.
//!
//! | role | reads |
//! |---|---|
//! | administrator | the set-up, the settings journal; no figure |
//! | process owner | published figures, after the teams, and none in pilot |
//! | team member | the figures of its teams, where the membership says, before anyone else |
//! | representative | the settings journal and every team's access log. No figure |
//!
//! Reading order: this file, [`account`] (who may sign in), [`admission`] (how one is let in),
//! [`factor`] (what is asked beside the password), `provider` (signing in elsewhere), [`session`]
//! (who is signed in), [`key`] (programs).

pub mod account;
pub mod admission;
pub mod factor;
pub mod form;
pub mod key;
#[cfg(feature = "oidc")]
pub mod provider;
pub mod session;
pub mod web;

use std::str::FromStr;

use crate::error::{Error, Result};
use crate::i18n::{Names, Text};
use crate::privacy::Place;

pub use crate::schema::codes::Role;
pub use key::{Grant, Scope};

impl FromStr for Role {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::of_code(text).ok_or_else(|| Text::new("team-unknown-role").with("role", text).into())
    }
}

/// For which team, and where, an account reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    pub team: String,
    /// The site that it belongs to; `None` for a central team, or for the team at every site.
    pub site: Option<String>,
    /// The region of that site.
    pub region: Option<String>,
    pub name: Names,
}

impl Membership {
    /// Whether it lets its holder read about `place` as the team: its own site, its region and the
    /// network, since a team that is too small for figures of its own is seen in those of its
    /// region and the network.
    pub fn covers(&self, place: &Place) -> bool {
        match (place, &self.site) {
            (_, None) | (Place::Network, _) => true,
            (Place::Region(region), Some(_)) => self.region.as_ref() == Some(region),
            (Place::Site(site), Some(own)) => own == site,
        }
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
            name: Names::default(),
        };
        let own = at(Some("S1"));
        assert!(
            own.covers(&Place::Site("S1".into()))
                && own.covers(&Place::Region("R1".into()))
                && own.covers(&Place::Network)
        );
        assert!(!own.covers(&Place::Site("S2".into())) && !own.covers(&Place::Region("R2".into())));
        assert!(
            at(None).covers(&Place::Site("S2".into()))
                && at(None).covers(&Place::Region("R2".into()))
        );
    }

    #[test]
    fn a_site_without_a_region_opens_no_region() {
        let member = Membership {
            team: "t".into(),
            site: Some("S1".into()),
            region: None,
            name: Names::default(),
        };
        assert!(!member.covers(&Place::Region("".into())));
    }

    #[test]
    fn codes_are_read_as_they_are_written() {
        for role in Role::ALL {
            assert_eq!(role.code().parse::<Role>().unwrap(), role);
        }
        assert!("root".parse::<Role>().is_err());
    }
}
