//! Where a member of a team begins: what is new since last time, what comes next, what is being
//! tried and what came of it, and who has looked.
//!
//! *New* are the questions that the charts ask since last time, by the one rule of the charts
//! themselves ([`relais_analytics::chart::questions`]), so that no page says "nothing" where
//! another says "seven above". What is beyond chance comes first. The four patterns ask too often
//! for that: of eight quiet figures one would ring in most months, so they are told apart and with
//! how usual they are.

pub mod web;

use relais_analytics::Direction;
use relais_analytics::chart::{Question as Asked, Sign, Weight};

use super::{Action, Discussion};
use crate::breakdown::request::Question;
use crate::calendar::{Week, date_in_words};
use crate::chart::read::{ChartQuestion, Series};
use crate::chart::{Chart, Measure, phrases as chart_phrases};
use crate::i18n::{Lang, Text};

#[derive(Clone, Debug, PartialEq)]
pub struct News {
    pub measure: Measure,
    pub weight: Weight,
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

/// What is new among some figures: what is beyond chance, then what quiet half years often show.
pub fn news(
    series: &Series,
    question: &Question,
    measures: Vec<Measure>,
    since: Week,
    lang: Lang,
) -> Vec<News> {
    let told =
        measures.into_iter().flat_map(|measure| told(series, question, measure, since, lang));
    let mut news: Vec<News> = told.collect();
    news.sort_by_key(|one| one.weight);
    news
}

fn told(
    series: &Series,
    question: &Question,
    measure: Measure,
    since: Week,
    lang: Lang,
) -> Vec<News> {
    let asked = ChartQuestion { question: question.clone(), measure, baseline_until: None };
    let Ok(chart) = series.chart(&asked) else { return Vec::new() };
    let week = |place: usize| chart.points.get(place).map(|point| point.week);
    let told = |one: &Asked| {
        let words = match (one.seen, one.direction) {
            (Sign::Pattern(_), _) => return pattern(&chart, one, lang),
            (Sign::Lasting, Direction::Up) => Text::new("home-news-up"),
            (Sign::Lasting, Direction::Down) => Text::new("home-news-down"),
        };
        let began = one.points.first().and_then(|place| week(*place));
        let began = began.map(|week| date_in_words(week.monday(), lang)).unwrap_or_default();
        let measured = chart_phrases::measured(&chart, lang);
        words.with("measured", measured).with("since", began).say(lang)
    };
    let new = chart.questions.iter().filter(|one| week(one.asked_at).is_some_and(|at| at > since));
    new.map(|one| News { measure: asked.measure.clone(), weight: one.weight, words: told(one) })
        .collect()
}

fn pattern(chart: &Chart, asked: &Asked, lang: Lang) -> String {
    let seen = chart_phrases::question(chart, asked, lang);
    let measured = chart_phrases::measured(chart, lang);
    Text::new("home-news-pattern").with("measured", measured).with("seen", seen).say(lang)
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
