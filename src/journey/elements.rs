//! What a journey went through: its rated elements, its variant, its detours.

use std::collections::BTreeSet;

use super::trace::Trace;
use crate::blueprint::Blueprint;
use crate::element::Element;

/// The elements of a journey that its customer can be asked about: the steps that they met and the
/// handoffs between one and the next. As a set this is the method's variant.
pub fn rated(trace: &Trace, blueprint: &Blueprint) -> BTreeSet<Element> {
    if trace.events.is_empty() {
        return trace
            .parts
            .iter()
            .filter(|part: &&Element| part.steps().iter().all(|code| blueprint.is_frontstage(code)))
            .cloned()
            .collect();
    }
    let met: Vec<&str> = step_codes(trace).filter(|code| blueprint.is_frontstage(code)).collect();
    let steps = met.iter().map(|code| Element::Step((*code).to_owned()));
    let handoffs = met
        .windows(2)
        .filter(|pair| pair[0] != pair[1])
        .map(|pair| Element::Handoff(pair[0].to_owned(), pair[1].to_owned()));
    steps.chain(handoffs).collect()
}

/// The rated elements in the order in which the customer went through them, each once; where
/// only an answer is known, in the order of their codes.
pub fn in_order(trace: &Trace, blueprint: &Blueprint) -> Vec<Element> {
    if trace.events.is_empty() {
        return rated(trace, blueprint).into_iter().collect();
    }
    let mut order: Vec<Element> = Vec::new();
    let mut before: Option<&str> = None;
    for code in step_codes(trace).filter(|code| blueprint.is_frontstage(code)) {
        let handoff = before
            .filter(|from| *from != code)
            .map(|from| Element::Handoff(from.to_owned(), code.to_owned()));
        for element in handoff.into_iter().chain([Element::Step(code.to_owned())]) {
            if !order.contains(&element) {
                order.push(element);
            }
        }
        before = Some(code);
    }
    order
}

/// The codes of the steps in the order in which the journey went through them.
pub fn step_codes(trace: &Trace) -> impl Iterator<Item = &str> {
    trace.events.iter().map(|event| &*event.step)
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detour {
    pub skipped: Vec<String>,
    /// It came back to a step that it had left, or to one before.
    pub came_back: bool,
    /// The customer was there without the first step that they usually meet: unannounced.
    pub unannounced: bool,
}

impl Detour {
    pub fn is_none(&self) -> bool {
        self.skipped.is_empty() && !self.came_back && !self.unannounced
    }
}

/// The detour of a journey. Steps that the blueprint does not know take no part.
pub fn detour(trace: &Trace, blueprint: &Blueprint) -> Detour {
    let mut places: Vec<usize> =
        step_codes(trace).filter_map(|code| blueprint.position(code)).collect();
    places.dedup();
    let (Some(first), Some(last)) = (places.iter().min(), places.iter().max()) else {
        return Detour::default();
    };
    let first_met = blueprint.steps.iter().position(|step| step.frontstage);
    Detour {
        skipped: (*first..*last)
            .filter(|place| !places.contains(place))
            .map(|place| blueprint.steps[place].code.clone())
            .collect(),
        came_back: places.windows(2).any(|pair| pair[1] < pair[0]),
        unannounced: first_met.is_some_and(|met| !places.contains(&met))
            && places.iter().any(|p| blueprint.steps[*p].frontstage),
    }
}

#[cfg(test)]
mod tests {
    use crate::blueprint::Step;
    use crate::journey::elements::*;
    use crate::journey::trace::Event;

    fn garage() -> Blueprint {
        let step = |code: &str, team: &str| Step {
            team: Some(team.to_owned()),
            frontstage: code != "PLAN",
            ..Step::seen(code)
        };
        let steps = vec![
            step("CALL", "centre"),
            step("RECEP", "desk"),
            step("WORK", "shop"),
            step("PLAN", "plan"),
            step("DELIV", "desk"),
        ];
        Blueprint { steps, ..Blueprint::unknown("repair") }
    }

    fn trace(codes: &str) -> Trace {
        let events = codes
            .split(' ')
            .zip(0..)
            .map(|(code, at)| Event::new(code, Some(at), Some(at)))
            .collect();
        Trace { events, ..Trace::default() }
    }

    fn codes(path: &str) -> Vec<String> {
        rated(&trace(path), &garage()).iter().map(Element::to_string).collect()
    }

    #[test]
    fn handoffs_join_consecutive_distinct_frontstage_steps() {
        assert_eq!(
            codes("RECEP RECEP WORK PLAN DELIV"),
            ["step:DELIV", "step:RECEP", "step:WORK", "handoff:RECEP:WORK", "handoff:WORK:DELIV"]
        );
        let order = in_order(&trace("RECEP WORK PLAN RECEP DELIV"), &garage());
        assert_eq!(
            order.iter().map(Element::to_string).collect::<Vec<_>>(),
            [
                "step:RECEP",
                "handoff:RECEP:WORK",
                "step:WORK",
                "handoff:WORK:RECEP",
                "handoff:RECEP:DELIV",
                "step:DELIV"
            ]
        );
        assert_eq!(
            codes("WORK PLAN WORK"),
            ["step:WORK"],
            "a backstage visit is no handoff to oneself"
        );
        assert_eq!(codes("WORK MYSTERY DELIV"), ["step:DELIV", "step:WORK", "handoff:WORK:DELIV"]);
    }

    #[test]
    fn where_only_an_answer_is_known_its_parts_are_the_elements_until_events_come() {
        let parts = ["step:WORK", "handoff:CALL:WORK", "step:PLAN"]
            .map(|code| code.parse().unwrap())
            .to_vec();
        let mut trace = Trace { parts, ..Trace::default() };
        let codes = |trace: &Trace| {
            rated(trace, &garage()).iter().map(Element::to_string).collect::<Vec<_>>()
        };
        assert_eq!(codes(&trace), ["step:WORK", "handoff:CALL:WORK"], "nobody meets planning");
        trace.merge(Event::new("DELIV", Some(1), Some(2)));
        assert_eq!(codes(&trace), ["step:DELIV"]);
    }

    #[test]
    fn detours_are_skipped_steps_returns_and_unannounced_arrivals() {
        let detour = |path| detour(&trace(path), &garage());
        assert!(detour("CALL RECEP WORK PLAN DELIV").is_none());
        assert!(
            detour("CALL RECEP RECEP WORK PLAN").is_none(),
            "not at the end yet, and a repeat is no return"
        );
        assert_eq!(detour("CALL RECEP DELIV").skipped, ["WORK", "PLAN"]);
        assert!(detour("CALL RECEP WORK RECEP WORK PLAN DELIV").came_back);
        assert_eq!(
            detour("RECEP WORK PLAN DELIV"),
            Detour { unannounced: true, ..Detour::default() }
        );
        assert!(detour("MYSTERY").is_none());
    }
}
