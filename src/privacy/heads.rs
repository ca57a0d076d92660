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

    /// The heads behind the journeys of a site at an instant.
    pub fn behind<'a>(
        &self,
        site: Option<&str>,
        teams: impl IntoIterator<Item = &'a str>,
        at: Instant,
    ) -> HeadsBehind {
        self.fewest_behind(site, teams, (at, at))
    }

    /// The fewest heads behind the journeys of a site between two instants: whoever enters more
    /// opens nothing that was collected before. A team that has heads at any site is a team of the
    /// sites: what it may have centrally helps none of them.
    pub fn fewest_behind<'a>(
        &self,
        site: Option<&str>,
        teams: impl IntoIterator<Item = &'a str>,
        between: (Instant, Instant),
    ) -> HeadsBehind {
        let mut behind = HeadsBehind::default();
        for team in teams {
            let Some(sites) = self.teams.get(team) else { continue };
            if !was_of_sites(sites, between) {
                let heads = sites.get("").map_or(0, |since| fewest(since, between));
                behind.central.insert(team.to_owned(), heads);
            } else if let Some(since) =
                site.filter(|site| !site.is_empty()).and_then(|site| sites.get(site))
            {
                behind.sites.insert(team.to_owned(), fewest(since, between));
            }
        }
        behind
    }

    /// Whether all of these teams that have heads are central: a service without teams at the
    /// sites.
    pub fn are_central<'a>(&self, teams: impl IntoIterator<Item = &'a str>, at: Instant) -> bool {
        let mut teams = teams.into_iter().filter_map(|team| self.teams.get(team));
        !teams.any(|sites| was_of_sites(sites, (at, at)))
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

/// Whether a team had anybody at a site between two instants. One that never had anybody anywhere
/// is of the sites where it was entered.
fn was_of_sites(
    sites: &BTreeMap<String, BTreeMap<Instant, u32>>,
    (from, to): (Instant, Instant),
) -> bool {
    let own = || sites.iter().filter(|(site, _)| !site.is_empty()).map(|(_, since)| since);
    let somebody = |since: &BTreeMap<Instant, u32>| valid(since, from, to).any(|heads| heads > 0);
    own().any(somebody) || (!sites.contains_key("") && own().next().is_some())
}

fn fewest(since: &BTreeMap<Instant, u32>, (from, to): (Instant, Instant)) -> u32 {
    valid(since, from, to).min().unwrap_or(0)
}

/// The numbers that held between two instants; before the first one that was entered, that one.
fn valid(since: &BTreeMap<Instant, u32>, from: Instant, to: Instant) -> impl Iterator<Item = u32> {
    let before = since.range(..=from).next_back().or_else(|| since.iter().next());
    let then = since.range((std::ops::Bound::Excluded(from), std::ops::Bound::Included(to)));
    before.into_iter().chain(then).map(|(_, heads)| *heads)
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
        assert!(!counts().are_central(["desk", "planning"], 150));
        assert!(counts().are_central(["planning"], 150));
    }

    #[test]
    fn the_fewest_heads_count_while_answers_are_collected() {
        let between =
            |from, to| counts().fewest_behind(Some("S1"), ["desk"], (from, to)).of("desk");
        assert_eq!([between(0, 199), between(150, 250), between(200, 250)], [3, 3, 9]);
        let mut moved = counts();
        moved.enter("desk", "S1", 300, 0);
        let central = |from, to| moved.fewest_behind(Some("S1"), ["desk"], (from, to)).central;
        assert_eq!(central(250, 350), BTreeMap::new(), "they were at the site for a part of it");
        assert_eq!(central(300, 350), BTreeMap::from([("desk".to_owned(), 50)]));
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
