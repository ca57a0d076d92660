//! What a response says of the parts of its journey, as the cells take it.

use relais_analytics::cell::{Details, Frictions};

use crate::element::Element;
use crate::survey::{Answer, Friction, Questionnaire};

use super::step_sequence::Item;

/// What a response says of the parts of its journey, as the cells take it.
#[derive(Debug, Default)]
pub(super) struct Ratings {
    /// By place in the variant's order.
    pub(super) items: Vec<Option<i64>>,
    frictions: Vec<(u16, Frictions)>,
    steps: Vec<(u16, i64)>,
}

impl Ratings {
    /// Nothing yet, about a variant of so many rated elements.
    pub(super) fn new(width: usize) -> Self {
        Self { items: vec![None; width], ..Self::default() }
    }

    /// The ranges of the scales on which a questionnaire asks about a sequence, by place.
    pub(super) fn ranges(asked: &Questionnaire, items: &[Item], width: usize) -> Vec<i64> {
        let mut ranges = vec![i64::from(asked.item.range()); width];
        for item in items {
            ranges[item.place] = i64::from(asked.scale(&item.element).range());
        }
        ranges
    }

    /// What it says beside its ratings.
    pub(super) fn details(&self, asked: &Questionnaire) -> Details<'_> {
        Details {
            offered: set(asked.wording.frictions.keys()),
            frictions: &self.frictions,
            steps: &self.steps,
            outcome_range: i64::from(asked.outcome.range()),
            step_range: i64::from(asked.item.range()),
            ..Details::default()
        }
    }

    pub(super) fn add(&mut self, asked: &Questionnaire, item: &Item, answer: &Answer) {
        let Some(loss) = loss(asked, &item.element, answer) else { return };
        // Of several handoffs that are told together, the worst one counts.
        self.items[item.place] = self.items[item.place].max(Some(loss));
        match answer {
            Answer::Frictions(ticked) => self.tick(item.position, ticked),
            _ if matches!(item.element, Element::Step(_)) => self.steps.push((item.position, loss)),
            _ => {}
        }
    }

    /// What was ticked on any of the handoffs that are told together was ticked on them.
    fn tick(&mut self, position: u16, ticked: &[Friction]) {
        let ticked = set(ticked);
        match self.frictions.iter_mut().find(|(known, _)| *known == position) {
            Some((_, all)) => *all = all.and(ticked),
            None => self.frictions.push((position, ticked)),
        }
    }
}

/// Frictions as the cells know them: by their place in the order in which they are asked.
fn set<'a>(frictions: impl IntoIterator<Item = &'a Friction>) -> Frictions {
    Frictions::of(frictions.into_iter().map(|friction| *friction as usize))
}

fn loss(asked: &Questionnaire, element: &Element, answer: &Answer) -> Option<i64> {
    asked.loss(answer).map(|loss| within(loss, asked.scale(element).range()))
}

/// A loss inside its scale: what lies outside was refused when it came in.
pub(super) fn within(loss: i32, range: i32) -> i64 {
    i64::from(loss.clamp(0, range))
}

#[cfg(test)]
mod tests {
    use crate::publication::ratings::*;
    use crate::survey::Scale;

    fn item(code: &str, place: usize) -> Item {
        Item {
            code: code.to_owned(),
            element: code.parse().unwrap(),
            position: 10 + place as u16,
            place,
        }
    }

    #[test]
    fn frictions_of_handoffs_that_are_told_together_are_those_of_any() {
        let ours = Questionnaire::standard(1);
        let mut ratings = Ratings::new(2);
        ratings.add(&ours, &item("handoff:A:B", 0), &Answer::Frictions(vec![Friction::Waited]));
        ratings.add(
            &ours,
            &item("handoff:B:C", 0),
            &Answer::Frictions(vec![Friction::Chased, Friction::Waited]),
        );
        ratings.add(&ours, &item("handoff:C:D", 0), &Answer::Frictions(Vec::new()));
        ratings.add(&ours, &item("handoff:D:E", 0), &Answer::DoesNotKnow);
        ratings.add(&ours, &item("step:A", 1), &Answer::Rating(4));
        let details = ratings.details(&ours);
        assert_eq!(details.frictions, [(10, Frictions::of([1, 2]))]);
        assert_eq!(details.steps, [(11, 1)]);
        assert_eq!(ratings.items, [Some(2), Some(1)]);
        assert_eq!(
            Friction::ALL.map(|friction| friction as usize),
            [0, 1, 2, 3, 4],
            "as cells number them"
        );
    }

    #[test]
    fn a_rated_handoff_says_nothing_of_frictions() {
        let theirs = Questionnaire::imported(1, Scale::TEN, Scale::TEN);
        let mut ratings = Ratings::new(1);
        ratings.add(&theirs, &item("handoff:A:B", 0), &Answer::Rating(4));
        assert!(
            ratings.details(&theirs).frictions.is_empty()
                && ratings.details(&theirs).steps.is_empty()
        );
        assert_eq!(ratings.items, [Some(6)]);
    }
}
