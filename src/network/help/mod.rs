//! What would help most: the handoffs and the promises of the journey, each with what it costs when
//! it goes wrong and how many journeys have it. Both together are its points: what all journeys
//! lose there.
//!
//! Parts stand in the order of the journey, not in that of their points: what helps most need not
//! be what can be done first, and a handoff belongs to two teams who both read this. A promise has
//! a counterfactual besides: the points that the model would not count if every date of its step
//! were met to the day.

pub mod document;
mod panel;
pub mod web;

use crate::blueprint::Blueprint;
use crate::breakdown::{Breakdown, Promised, Suppressed};
use crate::element::Element;
use crate::privacy::Disclosed;
use relais_analytics::attribute::Estimate;
use relais_analytics::interval::{Interval, Share};

/// Points of which it is said what would be if they were not lost: fewer are nobody's next step.
const WORTH_SAYING: f64 = 0.5;

/// What would help, as far as it may be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Help<'a> {
    /// What it is read from.
    breakdown: &'a Breakdown,
    /// The handoffs and promises that may be shown, in the order of the chain.
    parts: Vec<Part>,
    /// Those that may not, in the same order.
    hidden: Vec<&'a Suppressed>,
}

/// A handoff or a promise.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Which one.
    element: Element,
    /// Points that all journeys lose there on average: impact times volume. Absent where nothing is
    /// split.
    points: Option<Estimate>,
    /// The share of journeys that have it.
    volume: Option<f64>,
    /// Customers who met friction there, where they were asked for it.
    friction: Option<Share>,
    /// Dates that it promised.
    promised: Option<Promised>,
}

impl<'a> Help<'a> {
    /// Reads it from a breakdown that may be shown.
    pub fn of(breakdown: &'a Disclosed<Breakdown>) -> Self {
        Self::read(breakdown)
    }

    fn read(breakdown: &'a Breakdown) -> Self {
        let lines = breakdown.lines.iter().filter(|line| is_between(&line.element));
        let part = |line: &crate::breakdown::Line| Part {
            element: line.element.clone(),
            points: line.points,
            volume: volume(breakdown, line),
            friction: line.friction.as_ref().map(|friction| friction.any),
            promised: line.promised,
        };
        let hidden = breakdown.suppressed.iter().filter(|hidden| is_between(&hidden.element));
        Self { breakdown, parts: lines.map(part).collect(), hidden: hidden.collect() }
    }

    fn blueprint(&self) -> &Blueprint {
        &self.breakdown.blueprint
    }

    /// The part that stands out of the whole breakdown, where one does and it is one of these.
    fn leading(&self) -> Option<&Part> {
        let leading = self.breakdown.leading.as_ref()?;
        self.parts.iter().find(|part| part.element == *leading)
    }
}

impl Part {
    /// Whether its points can be told apart from zero.
    fn told_apart(&self) -> bool {
        self.points.is_some_and(Estimate::excludes_zero)
    }

    /// Points of each journey that has it.
    fn impact(&self) -> Option<Estimate> {
        let (points, volume) = (self.points?, self.volume.filter(|volume| *volume > 0.0)?);
        let interval = points
            .interval
            .map(|Interval { low, high }| Interval { low: low / volume, high: high / volume });
        Some(Estimate { value: points.value / volume, interval })
    }

    /// How many points higher the outcome would be if every one of its dates were met to the day:
    /// in the model what it costs, and no more. Only where it costs something worth saying that can
    /// be told apart from zero.
    fn if_kept(&self) -> Option<Estimate> {
        let points =
            self.points.filter(|points| points.value >= WORTH_SAYING && self.told_apart())?;
        matches!(self.element, Element::Promise(_)).then_some(points)
    }
}

/// What lies between teams, or is given by one and lived by the others.
fn is_between(element: &Element) -> bool {
    !matches!(element, Element::Step(_))
}

/// Of a handoff, the share of the answers whose journeys have it; of a promise, dates a journey.
fn volume(breakdown: &Breakdown, line: &crate::breakdown::Line) -> Option<f64> {
    let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
    match &line.element {
        Element::Promise(_) => {
            share(line.promised?.made.min(breakdown.journeys), breakdown.journeys)
        }
        _ => share(line.passed, breakdown.responses),
    }
}

#[cfg(test)]
mod tests {
    use crate::breakdown::sample;
    use crate::network::help::*;

    #[test]
    fn impact_times_volume_is_what_all_journeys_lose() {
        let breakdown = sample::garage();
        let help = Help::read(&breakdown);
        for part in &help.parts {
            let (impact, volume) = (part.impact().unwrap(), part.volume.unwrap());
            assert!(
                (impact.value * volume - part.points.unwrap().value).abs() < 1e-12,
                "{}",
                part.element
            );
        }
    }

    #[test]
    fn parts_stand_in_the_order_of_the_chain_and_steps_are_none() {
        let breakdown = sample::garage();
        let codes: Vec<String> =
            Help::read(&breakdown).parts.iter().map(|part| part.element.to_string()).collect();
        let order = [
            "handoff:CALL:RECEP",
            "promise:PLAN",
            "promise:RECEP",
            "handoff:RECEP:WORK",
            "promise:WORK",
            "promise:DELIV",
            "handoff:RECEP:DELIV",
        ];
        assert_eq!(codes, order);
    }

    #[test]
    fn only_a_promise_that_costs_something_has_a_counterfactual() {
        let breakdown = sample::garage();
        let help = Help::read(&breakdown);
        let kept = |code: &str| {
            help.parts.iter().find(|part| part.element.to_string() == code).unwrap().if_kept()
        };
        assert_eq!(kept("promise:PLAN").unwrap().value, 12.4);
        assert_eq!(kept("promise:RECEP"), None, "it makes up more than it loses");
        assert_eq!(kept("promise:WORK"), None, "it cannot be told apart from zero");
        assert_eq!(kept("handoff:RECEP:WORK"), None, "a handoff promises nothing");
    }
}
