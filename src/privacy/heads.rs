//! Headcounts: how many people a team has at a site, and since when. Numbers, never a list.

use std::collections::{BTreeMap, BTreeSet};

use crate::clock::Instant;
use crate::i18n::Text;

use super::HeadsBehind;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headcounts {
    /// By team, then by site (empty for a central team): the heads by the instant since when they
    /// hold.
    teams: BTreeMap<String, BTreeMap<String, BTreeMap<Instant, u32>>>,
}

impl Headcounts {
    /// Enters a number of heads; `site` is empty for a central team.
    pub fn enter(&mut self, team: &str, site: &str, since: Instant, heads: u32) {
        let sites = self.teams.entry(team.to_owned()).or_default();
        sites.entry(site.to_owned()).or_default().insert(since, heads);
    }

    /// The heads behind the journeys of a site at an instant. A team that has heads at any site is
    /// a team of the sites: what it may have centrally helps none of them.
    pub fn behind<'a>(
        &self,
        site: Option<&str>,
        teams: impl IntoIterator<Item = &'a str>,
        at: Instant,
    ) -> HeadsBehind {
        let mut behind = HeadsBehind::default();
        for team in teams {
            let Some(sites) = self.teams.get(team) else { continue };
            if !is_of_sites(sites) {
                let heads = sites.get("").map_or(0, |since| valid(since, at));
                behind.central.insert(team.to_owned(), heads);
            } else if let Some(since) =
                site.filter(|site| !site.is_empty()).and_then(|site| sites.get(site))
            {
                behind.sites.insert(team.to_owned(), valid(since, at));
            }
        }
        behind
    }

    /// Whether all of these teams that have heads are central: a service without teams at the
    /// sites.
    pub fn are_central<'a>(&self, teams: impl IntoIterator<Item = &'a str>) -> bool {
        !teams.into_iter().filter_map(|team| self.teams.get(team)).any(is_of_sites)
    }

    /// All heads of these teams at all sites, or the central ones when they are the only ones:
    /// what no pool can ever exceed.
    pub fn most<'a>(&self, teams: impl IntoIterator<Item = &'a str>, central_only: bool) -> u32 {
        let sites = teams
            .into_iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .filter_map(|team| self.teams.get(team));
        let since = sites
            .flatten()
            .filter(|(site, _)| site.is_empty() == central_only)
            .map(|(_, since)| since);
        since.filter_map(|since| since.values().max()).sum()
    }

    /// What nobody has entered of what these steps need; `teams` gives the team of each step.
    pub fn missing<'a>(
        &self,
        teams: impl IntoIterator<Item = (&'a str, Option<&'a str>)>,
    ) -> Missing {
        let mut missing = Missing::default();
        for (step, team) in teams {
            match team {
                None => {
                    missing.steps.insert(step.to_owned());
                }
                Some(team) if !self.teams.contains_key(team) => {
                    missing.teams.insert(team.to_owned());
                }
                Some(_) => {}
            }
        }
        missing
    }
}

fn is_of_sites(sites: &BTreeMap<String, BTreeMap<Instant, u32>>) -> bool {
    sites.keys().any(|site| !site.is_empty())
}

/// The number that held at an instant; before the first one that was entered, that one.
fn valid(since: &BTreeMap<Instant, u32>, at: Instant) -> u32 {
    since.range(..=at).next_back().or_else(|| since.iter().next()).map_or(0, |(_, heads)| *heads)
}

/// What the blueprint does not say yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    pub steps: BTreeSet<String>,
    pub teams: BTreeSet<String>,
}

impl Missing {
    /// Whether everything was entered.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.teams.is_empty()
    }

    pub fn text(&self) -> Text {
        let list = |codes: &BTreeSet<String>| {
            codes.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
        };
        if self.steps.is_empty() {
            Text::new("privacy-no-headcounts").with("teams", list(&self.teams))
        } else {
            Text::new("privacy-no-teams").with("steps", list(&self.steps))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::privacy::heads::*;

    fn counts() -> Headcounts {
        let mut counts = Headcounts::default();
        counts.enter("desk", "S1", 100, 3);
        counts.enter("desk", "S1", 200, 9);
        counts.enter("desk", "", 100, 50);
        counts.enter("planning", "", 100, 12);
        counts
    }

    #[test]
    fn a_headcount_holds_until_the_next_and_the_first_holds_before_too() {
        let at = |instant| counts().behind(Some("S1"), ["desk"], instant).of("desk");
        assert_eq!([at(0), at(100), at(199), at(200), at(999)], [3, 3, 3, 9, 9]);
    }

    #[test]
    fn central_heads_never_help_a_site() {
        let behind = counts().behind(Some("S1"), ["desk", "planning"], 150);
        assert_eq!((behind.heads(false), behind.of("planning")), (3, 12));
        assert_eq!(counts().behind(None, ["desk", "planning"], 150).heads(false), 0);
        assert!(!counts().are_central(["desk", "planning"]));
        assert!(counts().are_central(["planning"]));
    }

    #[test]
    fn what_to_enter_is_named() {
        let missing =
            counts().missing([("CALL", Some("desk")), ("WORK", Some("shop")), ("X", None)]);
        assert!(
            missing.teams.contains("shop") && missing.steps.contains("X") && !missing.is_empty()
        );
        assert!(counts().missing([("CALL", Some("desk"))]).is_empty());
    }
}
