//! How far the set-up has come: what is there, what is missing and why it matters.
//!
//! Without headcounts nothing is shown to teams and owners, since nobody could say how many people
//! stand behind a figure; so this is what the administrator must see first.

pub mod store;
pub mod web;

use std::collections::{BTreeMap, BTreeSet};

use crate::i18n::Names;
use crate::organisation::Site;

/// A journey type, as far as it is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeState {
    pub code: String,
    pub name: Names,
    pub steps: usize,
    /// The steps that no team does, by code: their losses belong to nobody who could act.
    pub without_team: Vec<String>,
    pub teams: BTreeSet<String>,
    /// Whether answers can come: customers are asked a published questionnaire, or another tool's
    /// answers were imported.
    pub has_questionnaire: bool,
}

/// A team, as far as its headcount is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamState {
    pub code: String,
    pub name: Names,
    /// How many are central; none when it is not a central team.
    pub central: Option<i32>,
    pub at_sites: BTreeMap<String, i32>,
}

impl TeamState {
    pub fn has_heads(&self) -> bool {
        self.central.is_some() || !self.at_sites.is_empty()
    }

    pub fn heads(&self) -> i32 {
        self.central.unwrap_or(0) + self.at_sites.values().sum::<i32>()
    }

    /// Of a team that works at sites: the sites for which no number is known.
    pub fn missing_at<'a>(&self, sites: &'a [Site]) -> Vec<&'a str> {
        match self.at_sites.is_empty() {
            true => Vec::new(),
            false => sites
                .iter()
                .map(|site| site.code.as_str())
                .filter(|code| !self.at_sites.contains_key(*code))
                .collect(),
        }
    }
}

/// One import, with the counts of its report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    pub at: i64,
    /// `events` or `answers`.
    pub kind: String,
    pub journey_type: String,
    /// Rows read, kept, repeated and refused.
    pub counts: [u64; 4],
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub types: Vec<TypeState>,
    pub sites: Vec<Site>,
    pub teams: Vec<TeamState>,
    pub imports: Vec<Import>,
}

/// The next thing to do, in the order in which the work goes, and for which journey type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next<'a> {
    /// Nothing is known: import an event log.
    Events,
    /// The blueprint has no teams, or steps without one.
    Blueprint(&'a str),
    /// A team has no headcount.
    Headcounts(&'a str),
    /// Nobody is asked and no answers were imported: either will do.
    Answers(&'a str),
    /// Everything is there: publish.
    Publish,
}

impl State {
    pub fn next(&self) -> Next<'_> {
        let Some(first) = self.types.first() else { return Next::Events };
        let unfinished =
            self.types.iter().find(|kind| kind.teams.is_empty() || !kind.without_team.is_empty());
        if let Some(kind) = unfinished {
            return Next::Blueprint(&kind.code);
        }
        if let Some(team) = self.teams.iter().find(|team| !team.has_heads()) {
            let of =
                self.types.iter().find(|kind| kind.teams.contains(&team.code)).unwrap_or(first);
            return Next::Headcounts(&of.code);
        }
        match self.types.iter().all(|kind| !kind.has_questionnaire) {
            true => Next::Answers(&first.code),
            false => Next::Publish,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::blueprint::setup::*;

    fn kind(teams: &[&str], without: &[&str]) -> TypeState {
        TypeState {
            code: "repair".into(),
            name: Names::default(),
            steps: 3,
            without_team: without.iter().map(ToString::to_string).collect(),
            teams: teams.iter().map(ToString::to_string).collect(),
            has_questionnaire: false,
        }
    }

    fn team(central: Option<i32>, at_sites: &[(&str, i32)]) -> TeamState {
        let at_sites = at_sites.iter().map(|(site, heads)| (site.to_string(), *heads)).collect();
        TeamState { code: "reception".into(), name: Names::default(), central, at_sites }
    }

    #[test]
    fn the_next_thing_is_told_in_the_order_of_the_work() {
        let mut state = State::default();
        assert_eq!(state.next(), Next::Events);
        state.types = vec![kind(&["reception"], &["WORK"])];
        assert_eq!(state.next(), Next::Blueprint("repair"));
        state.types = vec![kind(&["reception"], &[])];
        state.teams = vec![team(None, &[])];
        assert_eq!(state.next(), Next::Headcounts("repair"));
        state.teams = vec![team(Some(9), &[])];
        assert_eq!(state.next(), Next::Answers("repair"));
        state.types[0].has_questionnaire = true;
        assert_eq!(state.next(), Next::Publish);
    }

    #[test]
    fn a_team_at_sites_needs_a_number_at_each() {
        let sites = ["S1", "S2"].map(|code| Site { code: code.into(), ..Site::default() });
        assert_eq!(team(None, &[("S1", 8)]).missing_at(&sites), ["S2"]);
        assert!(team(Some(120), &[]).missing_at(&sites).is_empty());
        assert_eq!(team(Some(3), &[("S1", 8)]).heads(), 11);
    }
}
