//! An action as pages show it.

use relais_analytics::verdict::Conclusion;

use crate::breakdown::request::Catalogue;
use crate::breakdown::titles::{named, placed};
use crate::calendar::date_in_words;
use crate::discussion::review::Standing;
use crate::discussion::{Action, State, words};
use crate::i18n::{Lang, Text, Words};
use crate::privacy::redact;

/// A text that somebody wrote, with the language that it is in.
pub(super) struct Written {
    pub(super) text: String,
    pub(super) lang: &'static str,
}

impl Written {
    pub(super) fn of(text: &str, page: Lang) -> Self {
        Self { text: text.to_owned(), lang: redact::language(text, Some(page)).tag() }
    }
}

/// One action.
pub(super) struct ActionRow {
    pub(super) id: i64,
    pub(super) text: Written,
    pub(super) handoff: String,
    pub(super) place: String,
    pub(super) facts: Vec<(String, String)>,
    /// The verdict's word, once there is one.
    pub(super) word: Option<String>,
    pub(super) standing: String,
    pub(super) state: String,
    pub(super) answer: Option<(Written, String)>,
    /// Whether its review is due and nobody has decided.
    pub(super) due: bool,
    /// Whether the process owner is still to answer.
    pub(super) waits: bool,
}

impl ActionRow {
    pub(super) fn of(action: &Action, standing: &Standing, known: &Catalogue, lang: Lang) -> Self {
        let (discussion, plan) = (&action.discussion, &action.plan);
        let blueprint = known
            .blueprints
            .iter()
            .find(|blueprint| blueprint.journey_type == discussion.journey_type);
        let judged = match standing {
            Standing::Judged(judged) => Some(judged),
            Standing::Running(_) | Standing::Withheld(_) => None,
        };
        let measured = |blueprint| {
            words::measured(blueprint, &plan.measure, judged.map(|judged| judged.kind), lang)
        };
        let figure = Text::new("discussion-figure")
            .with("measure", blueprint.map_or_else(|| plan.measure.to_string(), measured))
            .with("direction", words::direction(plan.direction, lang));
        let w = Words(lang);
        let mut facts = vec![
            (w.say("discussion-carried-by"), words::carrier(plan, known, lang)),
            (w.say("discussion-should-move"), figure.say(lang)),
            (w.say("discussion-compared"), words::control(plan.control.as_ref(), known, lang)),
            (w.say("discussion-since"), date_in_words(plan.start.monday(), lang)),
            (w.say("discussion-review-on"), date_in_words(plan.review_on, lang)),
        ];
        facts.extend(plan.role.iter().map(|role| (w.say("discussion-role"), role.clone())));
        Self {
            id: action.id,
            text: Written::of(&plan.text, lang),
            handoff: blueprint.map_or_else(
                || discussion.handoff.to_string(),
                |blueprint| named(blueprint, &discussion.handoff, lang),
            ),
            place: placed(&discussion.place, known, lang),
            facts,
            word: judged.map(|judged| words::word(judged.verdict.conclusion, lang)),
            standing: words::standing(standing, plan, lang),
            state: words::state(action, lang),
            answer: action
                .answer
                .as_ref()
                .map(|(text, on)| (Written::of(text, lang), date_in_words(*on, lang))),
            due: action.state == State::Open && !matches!(standing, Standing::Running(_)),
            waits: action.state == State::Passed && action.answer.is_none(),
        }
    }
}

/// Whether an action is known to have moved its figure.
pub(super) fn moved(standing: &Standing) -> bool {
    matches!(standing, Standing::Judged(judged) if judged.verdict.conclusion == Conclusion::Moved)
}
