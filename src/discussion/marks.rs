//! Actions as they are marked on a chart: a letter where each began, and its words beneath.

use super::{Action, Discussion, State};
use crate::breakdown::request::Question;
use crate::calendar::date_in_words;
use crate::chart::Measure;
use crate::chart::drawing::Mark;
use crate::i18n::{Lang, Text};
use crate::privacy::Place;

/// The actions that a chart of a measure bears, as its reader may know them: those that should
/// move it, and those about its handoff, of the same journeys or of the whole network. In the
/// order in which they began.
pub fn of_chart<'a>(
    actions: &'a [Action],
    question: &Question,
    measure: &Measure,
) -> Vec<&'a Action> {
    let team = question.eyes.team();
    let mut borne: Vec<&Action> = actions
        .iter()
        .filter(|action| is_at(&action.discussion, question) && is_about(action, measure))
        .filter(|action| team.is_none_or(|team| action.discussion.has(team)))
        .collect();
    borne.sort_by_key(|action| (action.plan.start, action.id));
    borne
}

/// Whether something is discussed at the question's own place, or for the whole network.
pub(super) fn is_at(discussion: &Discussion, question: &Question) -> bool {
    discussion.journey_type == question.blueprint.journey_type
        && (discussion.place == question.partition || discussion.place == Place::Network)
}

/// Whether an action should move a measure, or is about its handoff.
pub(super) fn is_about(action: &Action, measure: &Measure) -> bool {
    action.plan.measure == *measure || measure.element() == Some(&action.discussion.handoff)
}

/// The marks of some actions, lettered as they stand.
pub fn marks(actions: &[&Action], lang: Lang) -> Vec<Mark> {
    let lettered = actions.iter().enumerate();
    lettered
        .map(|(place, action)| Mark {
            week: action.plan.start,
            letter: letter(place),
            words: words(action, lang),
        })
        .collect()
}

/// `A` to `Z`, then `A2` and on.
pub fn letter(place: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(place % 26).unwrap_or(0));
    if place < 26 { letter.to_string() } else { format!("{letter}{}", place / 26 + 1) }
}

fn words(action: &Action, lang: Lang) -> String {
    let text =
        Text::new("evidence-mark").with("start", date_in_words(action.plan.start.monday(), lang));
    let text = text.with("text", action.plan.text.as_str());
    let text = match action.state {
        State::Open => text.with("state", review(action, lang)),
        state => text.with("state", state.text().say(lang)),
    };
    text.say(lang)
}

fn review(action: &Action, lang: Lang) -> String {
    Text::new("evidence-mark-review")
        .with("date", date_in_words(action.plan.review_on, lang))
        .say(lang)
}

#[cfg(test)]
mod tests {
    use crate::discussion::marks::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([letter(0), letter(25), letter(26), letter(53)], ["A", "Z", "A2", "B3"]);
    }
}
