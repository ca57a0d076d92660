//! Which parts of a journey its customer is asked about, drawn with known probabilities.

use std::collections::BTreeSet;

use rand::seq::IndexedRandom;
use rand::{Rng, RngExt};
use relais_analytics::design::{Design, Kind, draws};
use serde::{Deserialize, Serialize};

use crate::element::Element;

/// One part that was drawn, with the probability that it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    pub element: Element,
    /// Above 0, at most 1.
    pub chance: f64,
}

/// Draws so many parts that a customer is asked about, half of them steps and half handoffs as
/// [`draws`] says; all of them where there are no more. In the order of `elements`.
pub fn draw(elements: &BTreeSet<Element>, asked: usize, random: &mut impl Rng) -> Vec<Item> {
    let (steps, handoffs): (Vec<&Element>, Vec<&Element>) = elements
        .iter()
        .filter(|element| matches!(element, Element::Step(_) | Element::Handoff(..)))
        .partition(|element| matches!(element, Element::Step(_)));
    let mut left: f64 = random.random();
    let draws = draws(steps.len(), handoffs.len(), asked);
    // Rounding may leave a little of the chance over: the last draw takes it.
    let draw = draws.iter().find(|draw| {
        left -= draw.chance;
        left < 0.0
    });
    let Some(draw) = draw.or(draws.last()) else { return Vec::new() };
    let drawn: BTreeSet<&Element> = steps
        .sample(random, draw.steps)
        .chain(handoffs.sample(random, draw.handoffs))
        .copied()
        .collect();
    let (step, handoff) = chances(steps.len(), handoffs.len(), asked);
    let items = drawn.into_iter().map(|element| Item {
        element: element.clone(),
        chance: if matches!(element, Element::Step(_)) { step } else { handoff },
    });
    items.collect()
}

/// The probability that a given step, and a given handoff, is drawn from so many of each.
fn chances(steps: usize, handoffs: usize, asked: usize) -> (f64, f64) {
    let kinds = [vec![Kind::Step; steps], vec![Kind::Handoff; handoffs]].concat();
    let design = Design::Drawn { asked };
    let Ok(Some(inclusion)) = design.inclusion(&kinds) else { return (0.0, 0.0) };
    let [step, handoff] = [0, steps]
        .map(|place| if place < kinds.len() { inclusion.pair(place, place) } else { 0.0 });
    (step, handoff)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use crate::survey::drawing::*;
    use crate::survey::wording::PARTS_ASKED;

    fn elements(codes: &[&str]) -> BTreeSet<Element> {
        codes.iter().map(|code| code.parse().expect("an element")).collect()
    }

    #[test]
    fn parts_are_drawn_as_often_as_their_probabilities_say() {
        let journey = elements(&[
            "step:A",
            "step:B",
            "step:C",
            "step:D",
            "handoff:A:B",
            "handoff:B:C",
            "handoff:C:D",
        ]);
        const TIMES: u32 = 20_000;
        for asked in PARTS_ASKED {
            let mut random = StdRng::seed_from_u64(1);
            let mut drawn: BTreeMap<Element, (u32, f64)> = BTreeMap::new();
            for _ in 0..TIMES {
                let items = draw(&journey, asked, &mut random);
                assert_eq!(items.len(), asked);
                for item in items {
                    let entry = drawn.entry(item.element).or_insert((0, item.chance));
                    entry.0 += 1;
                }
            }
            assert_eq!(drawn.len(), journey.len());
            for (element, (times, chance)) in drawn {
                let often = f64::from(times) / f64::from(TIMES);
                assert!((often - chance).abs() < 0.015, "{element}: {often} beside {chance}");
            }
        }
    }

    #[test]
    fn a_short_journey_is_asked_about_whole_and_promises_are_never_drawn() {
        let mut random = StdRng::seed_from_u64(2);
        let drawn =
            draw(&elements(&["step:A", "step:B", "handoff:A:B", "promise:A"]), 3, &mut random);
        assert_eq!(drawn.iter().map(|item| item.chance).collect::<Vec<_>>(), [1.0, 1.0, 1.0]);
        assert!(draw(&BTreeSet::new(), 3, &mut random).is_empty());
        assert_eq!(draw(&elements(&["step:A"]), 5, &mut random).len(), 1);
    }
}
