//! What a service is meant to be: journey types, their steps in the usual order, who does each,
//! what they are called.
//!
//! A [`Blueprint`] is discovered from a log or written by a person; journeys, answers, reports and
//! discussions are read along it.

pub mod codes;
pub mod discovery;
pub mod file;
pub mod setup;
pub mod store;
pub mod usual_order;

use std::collections::BTreeMap;

use crate::element::Element;

pub use crate::i18n::Names;

/// The attribute that says through which channel a journey came: `web`, `phone`.
pub const CHANNEL: &str = "channel";

/// A journey type and its steps in their usual order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blueprint {
    pub journey_type: String,
    pub name: Names,
    /// The closed list of attributes that events may carry.
    pub attributes: Vec<String>,
    /// Lateness that customers do not feel.
    pub buffer_minutes: i32,
    /// Days without an event after which a journey that did not reach the last step counts as
    /// over.
    pub quiet_days: i32,
    pub steps: Vec<Step>,
}

/// A node of the blueprint, done by one team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its activity's name in the events, too, unless `activities` says otherwise.
    pub code: String,
    pub name: Names,
    /// `None` as long as the step was only seen in a log.
    pub team: Option<String>,
    /// Whether the customer meets it.
    pub frontstage: bool,
    /// The step that gives its dates.
    pub planned_by: Option<String>,
    /// The names in the events that mean this step, when they are not its code.
    pub activities: Vec<String>,
    /// Days without an event after which a journey that stopped at this step counts as over; `None`
    /// where those of the journey type hold.
    pub quiet_days: Option<i32>,
}

impl Blueprint {
    /// A journey type that nobody has described yet: its first log will name the steps.
    pub fn unknown(journey_type: &str) -> Self {
        Self {
            journey_type: journey_type.to_owned(),
            name: Names::same(journey_type),
            attributes: vec![CHANNEL.to_owned()],
            buffer_minutes: 720,
            quiet_days: 14,
            steps: Vec::new(),
        }
    }

    pub fn step(&self, code: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.code == code)
    }

    /// Days without an event after which a journey that stopped at a step counts as over.
    pub fn quiet_days_after(&self, step: &str) -> i32 {
        self.step(step).and_then(|step| step.quiet_days).unwrap_or(self.quiet_days)
    }

    /// Where a step stands in the usual order.
    pub fn position(&self, step: &str) -> Option<usize> {
        self.steps.iter().position(|known| known.code == step)
    }

    /// Where an element stands in a list along the blueprint: a step, its dates, then the handoffs
    /// that leave it.
    pub fn place(&self, element: &Element) -> (usize, u8, usize) {
        let at = |step: &str| self.position(step).unwrap_or(self.steps.len());
        match element {
            Element::Step(step) => (at(step), 0, 0),
            Element::Promise(step) => (at(step), 1, 0),
            Element::Handoff(from, to) => (at(from), 2, at(to)),
            Element::HandoffOther => (usize::MAX, 3, 0),
            Element::StepsOf(team) => (self.first_of(team), 0, 0),
        }
    }

    /// Where a team comes in first.
    fn first_of(&self, team: &str) -> usize {
        let first = self.steps.iter().position(|step| step.team.as_deref() == Some(team));
        first.unwrap_or(self.steps.len())
    }

    /// Whether customers meet that step. One that the blueprint does not know is backstage.
    pub fn is_frontstage(&self, code: &str) -> bool {
        self.step(code).is_some_and(|step| step.frontstage)
    }

    /// Who gives the dates of that step: its planner, or itself.
    pub fn planner<'a>(&'a self, code: &'a str) -> &'a str {
        self.step(code).and_then(|step| step.planned_by.as_deref()).unwrap_or(code)
    }

    /// Each step with the team that does it, if any does.
    pub fn steps_and_teams(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.steps.iter().map(|step| (step.code.as_str(), step.team.as_deref()))
    }

    /// The team of each step that has one.
    pub fn team_of_steps(&self) -> BTreeMap<String, String> {
        let steps = self.steps.iter();
        steps.filter_map(|step| Some((step.code.clone(), step.team.clone()?))).collect()
    }

    /// The teams that an element belongs to: one for a step, two for a handoff.
    pub fn teams<'a>(&'a self, element: &'a Element) -> Vec<&'a str> {
        if let Element::StepsOf(team) = element {
            return vec![team];
        }
        let steps = element.steps().into_iter().filter_map(|step| self.step(step));
        let mut teams: Vec<&str> = steps.filter_map(|step| step.team.as_deref()).collect();
        teams.dedup();
        teams
    }

    /// Whether logs may still add steps and sites: until somebody has said which team does what.
    pub fn is_open(&self) -> bool {
        self.steps.iter().all(|step| step.team.is_none())
    }

    /// The step at whose end a journey is over. An open blueprint has none: any step may follow.
    pub fn last_step(&self) -> Option<&str> {
        if self.is_open() {
            return None;
        }
        self.steps.last().map(|step| step.code.as_str())
    }
}

impl Step {
    /// A step that a log named: the administrator will say who does it and whether customers meet
    /// it.
    pub fn seen(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            name: Names::same(code),
            team: None,
            frontstage: true,
            planned_by: None,
            activities: Vec::new(),
            quiet_days: None,
        }
    }
}
