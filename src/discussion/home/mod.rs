//! Where a member of a team begins: what is new since last time, what comes next, what is being
//! tried and what came of it, and who has looked.
//!
//! *New* is what the watch for small departures says ([`crate::chart::Watch`]): a figure of the
//! team's own whose departures added up to more than chance since last time. The four rules of the
//! charts ask too often for that: of eight quiet figures one would ring in most months, and a page
//! that always has news is soon not read.

pub mod web;

use relais_analytics::Direction;

use super::{Action, Discussion};
use crate::breakdown::request::Question;
use crate::calendar::{Week, date_in_words};
use crate::chart::read::{ChartQuestion, Series};
use crate::chart::{Measure, phrases as chart_phrases};
use crate::i18n::{Lang, Text};

#[derive(Clone, Debug, PartialEq)]
pub struct News {
    pub measure: Measure,
    pub words: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Since {
    Discussion(Week),
    Release(Week),
}

impl Since {
    /// The last week that is not new.
    pub fn week(&self) -> Week {
        match self {
            Self::Discussion(week) | Self::Release(week) => *week,
        }
    }

    pub fn say(&self, lang: Lang) -> String {
        let key = match self {
            Self::Discussion(_) => "home-since-discussion",
            Self::Release(_) => "home-since-release",
        };
        Text::new(key).with("date", date_in_words(self.week().monday(), lang)).say(lang)
    }
}

/// Last time: the team's last discussion, where one came before the newest of these weeks; else
/// the release before it.
pub fn since(discussions: &[Discussion], team: &str, weeks: &[Week]) -> Option<Since> {
    let newest = *weeks.last()?;
    let held = discussions
        .iter()
        .filter(|discussion| discussion.has(team))
        .map(|held| Week::of(held.opened_on));
    // What was discussed in a week is what was released before it.
    let last = held.map(|week| Week(week.0 - 1)).filter(|week| *week < newest).max();
    last.map(Since::Discussion).or_else(|| weeks.iter().rev().nth(1).copied().map(Since::Release))
}

/// The figures that are a team's own, along the chain: the outcome, its steps with their dates,
/// its handoffs.
pub fn own_measures(series: &Series, question: &Question, team: &str) -> Vec<Measure> {
    let blueprint = &question.blueprint;
    let own = series
        .elements(blueprint)
        .into_iter()
        .filter(|element| blueprint.teams(element).contains(&team));
    std::iter::once(Measure::Outcome).chain(own.map(Measure::Of)).collect()
}

/// What is new beyond chance among some figures.
pub fn news(
    series: &Series,
    question: &Question,
    measures: Vec<Measure>,
    since: Week,
    lang: Lang,
) -> Vec<News> {
    measures
        .into_iter()
        .filter_map(|measure| told(series, question, measure, since, lang))
        .collect()
}

fn told(
    series: &Series,
    question: &Question,
    measure: Measure,
    since: Week,
    lang: Lang,
) -> Option<News> {
    let asked = ChartQuestion { question: question.clone(), measure, baseline_until: None };
    let chart = series.chart(&asked).ok()?;
    let week = |place: usize| chart.points.get(place).map(|point| point.week);
    let alarm = chart
        .watch
        .as_ref()?
        .alarms
        .iter()
        .find(|alarm| week(alarm.at).is_some_and(|at| at > since))?;
    let key = if alarm.direction == Direction::Up { "home-news-up" } else { "home-news-down" };
    let began =
        week(alarm.since).map(|week| date_in_words(week.monday(), lang)).unwrap_or_default();
    let text =
        Text::new(key).with("measured", chart_phrases::measured(&chart, lang)).with("since", began);
    Some(News { measure: asked.measure, words: text.say(lang) })
}

/// The actions of a team about a service, the ones that are being tried first.
pub fn own_actions<'a>(actions: &'a [Action], team: &str, journey_type: &str) -> Vec<&'a Action> {
    let mut own: Vec<&Action> = actions
        .iter()
        .filter(|action| {
            action.discussion.has(team) && action.discussion.journey_type == journey_type
        })
        .collect();
    own.sort_by_key(|action| {
        (action.decided_on.is_some(), std::cmp::Reverse(action.plan.start), action.id)
    });
    own
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::discussion::home::*;
    use crate::privacy::Place;

    fn discussion(day: jiff::civil::Date) -> Discussion {
        Discussion {
            id: 1,
            journey_type: "repair".to_owned(),
            handoff: "handoff:RECEP:WORK".parse().unwrap(),
            place: Place::Network,
            team: "reception".to_owned(),
            neighbour: "workshop".to_owned(),
            opened_on: day,
            joined_on: None,
        }
    }

    #[test]
    fn last_time_is_the_discussion_or_else_the_release_before() {
        let newest = Week::of(date(2026, 11, 16));
        let weeks: Vec<Week> = (0..4).rev().map(|back| Week(newest.0 - back)).collect();
        let all = [discussion(date(2026, 11, 4)), discussion(date(2026, 10, 7))];
        let held = Since::Discussion(Week::of(date(2026, 10, 26)));
        assert_eq!(since(&all, "workshop", &weeks), Some(held));
        assert_eq!(since(&all, "planning", &weeks), Some(Since::Release(Week(newest.0 - 1))));
        assert_eq!(since(&all, "planning", &weeks[..1]), None);
        let today = [discussion(date(2026, 11, 25))];
        assert_eq!(
            since(&today, "reception", &weeks),
            Some(Since::Release(Week(newest.0 - 1))),
            "nothing came since"
        );
    }
}
