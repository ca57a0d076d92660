//! A journey as the process measures take it: in numbers. What depends on the steps alone is
//! worked out once for all journeys of a sequence.

use relais_analytics::process::{Flow, Journey, OTHER, Visit};
use smallvec::SmallVec;

use super::elements::{self, Detour};
use super::trace::{Event, Trace};
use crate::blueprint::Blueprint;

/// The input of a sequence under its blueprint.
#[derive(Clone, Debug, Default)]
pub struct ProcessInput {
    pub sequence: u16,
    /// The number of each step, in order.
    pub steps: Vec<u16>,
    /// The team of each, by the place of its first step in the blueprint.
    teams: Vec<Option<u16>>,
    planners: Vec<u16>,
    skipped: Vec<u16>,
    came_back: bool,
    unannounced: bool,
}

impl ProcessInput {
    /// The input of a trace. `number` gives the numbers of steps; that of the sequence is up to
    /// the caller.
    pub fn of(trace: &Trace, blueprint: &Blueprint, mut number: impl FnMut(&str) -> u16) -> Self {
        let steps = elements::step_codes(trace).map(&mut number).collect();
        let planners =
            elements::step_codes(trace).map(|step| number(blueprint.planner(step))).collect();
        let teams = elements::step_codes(trace).map(|step| team(blueprint, step)).collect();
        // Before somebody has written the blueprint there is nothing to leave.
        let detour = if blueprint.is_open() {
            Detour::default()
        } else {
            elements::detour(trace, blueprint)
        };
        Self {
            sequence: OTHER,
            steps,
            teams,
            planners,
            skipped: detour.skipped.iter().map(|step| number(step)).collect(),
            came_back: detour.came_back,
            unannounced: detour.unannounced,
        }
    }

    /// Counts a journey of this sequence: its events, and its promises by the number of the
    /// element that made them, with the seconds by which they were late.
    pub fn count(&self, events: &[Event], promises: &[(u16, i64)], flow: &mut Flow) {
        let visits: SmallVec<[Visit; 12]> =
            events.iter().enumerate().map(|(at, event)| self.visit(at, event)).collect();
        let offered: SmallVec<[(u16, i64); 4]> = self.offered(events).collect();
        flow.add(&Journey {
            sequence: self.sequence,
            visits: &visits,
            skipped: &self.skipped,
            came_back: self.came_back,
            unannounced: self.unannounced,
            promises,
            offered: &offered,
        });
    }

    fn visit(&self, at: usize, event: &Event) -> Visit {
        Visit {
            step: self.steps[at],
            team: self.teams[at],
            from: event.at(),
            until: event.until(),
            whole: event.start.is_some() && event.end.is_some(),
        }
    }

    fn offered(&self, events: &[Event]) -> impl Iterator<Item = (u16, i64)> {
        events.iter().zip(&self.planners).filter_map(|(event, planner)| {
            Some((*planner, event.promised.last()? - event.requested?))
        })
    }
}

fn team(blueprint: &Blueprint, step: &str) -> Option<u16> {
    let team = blueprint.step(step)?.team.as_deref()?;
    let place = blueprint.steps.iter().position(|step| step.team.as_deref() == Some(team))?;
    u16::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use smallvec::smallvec;

    use crate::blueprint::Step;
    use crate::journey::process_input::*;

    fn garage() -> Blueprint {
        let step = |code: &str, team: &str| Step {
            team: Some(team.to_owned()),
            frontstage: code != "PLAN",
            planned_by: (code == "WORK").then(|| "PLAN".to_owned()),
            ..Step::seen(code)
        };
        let steps = vec![
            step("CALL", "desk"),
            step("PLAN", "plan"),
            step("WORK", "shop"),
            step("DELIV", "desk"),
        ];
        Blueprint { steps, ..Blueprint::unknown("repair") }
    }

    #[test]
    fn what_is_counted_of_a_journey_is_in_the_numbers_of_the_catalogue() {
        let codes = ["CALL", "PLAN", "WORK", "DELIV"];
        let trace = Trace {
            events: vec![
                Event::new("CALL", Some(0), Some(60)),
                Event {
                    promised: smallvec![900],
                    requested: Some(300),
                    ..Event::new("WORK", Some(400), Some(1_000))
                },
                Event::new("WASH", None, Some(1_500)),
                Event::new("DELIV", Some(2_000), None),
            ],
            ..Trace::default()
        };
        let input = ProcessInput {
            sequence: 5,
            ..ProcessInput::of(&trace, &garage(), |step: &str| {
                codes.iter().position(|code| *code == step).map_or(OTHER, |place| place as u16)
            })
        };
        assert_eq!(input.steps, [0, 2, OTHER, 3]);
        let mut flow = Flow::default();
        input.count(&trace.events, &[(8, 100)], &mut flow);
        let steps = flow.steps();
        let plan = &steps[1];
        assert_eq!(
            (plan.step, plan.events, plan.skipped, plan.offered.mean()),
            (1, 0, 1, Some(600.0))
        );
        assert_eq!(
            (steps[2].processing.mean(), steps[3].processing.count()),
            (Some(600.0), 0),
            "its start is not known"
        );
        let back = &flow.handoffs()[2];
        assert_eq!(
            (back.from, back.to, back.returns, back.wait.mean()),
            (OTHER, 3, 1, Some(500.0))
        );
        assert_eq!(
            (flow.ping_pong(), flow.detours(), flow.came_back(), flow.unannounced()),
            (1, 1, 0, 0)
        );
        assert_eq!((flow.promises()[0].element, flow.promises()[0].late()), (8, 1));
        assert_eq!((flow.sequences()[0].sequence, flow.duration().mean()), (5, Some(2_000.0)));
    }
}
