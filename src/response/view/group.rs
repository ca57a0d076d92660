//! A question with its answers to choose from.

use super::Shell;
use crate::element::Element;
use crate::i18n::{Lang, Text, Words};
use crate::response::form::{FRICTION, NONE, RATING, UNKNOWN};
use crate::survey::wording::Part;
use crate::survey::{Answer, Friction, Questionnaire};

#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The id of its first answer, which the list of problems leads to.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) legend: String,
    pub(super) note: Option<String>,
    /// One of the answers, or any number.
    pub(super) single: bool,
    pub(super) choices: Vec<Choice>,
    pub(super) problem: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) value: String,
    pub(super) words: String,
    pub(super) chosen: bool,
    /// Stands apart from those above it.
    pub(super) apart: bool,
}

impl Group {
    /// A question of which the answers are `(value, words, chosen)`.
    fn new(
        shell: &Shell,
        (id, name): (&str, &str),
        legend: String,
        answers: impl IntoIterator<Item = (String, String, bool)>,
    ) -> Self {
        let choices = answers.into_iter().enumerate().map(|(place, (value, words, chosen))| {
            let id = if place == 0 { shell.id(id) } else { shell.id(&format!("{id}-{value}")) };
            Choice { id, value, words, chosen, apart: false }
        });
        Self {
            id: shell.id(id),
            name: shell.id(name),
            legend,
            note: None,
            single: true,
            choices: choices.collect(),
            problem: shell.problem(id),
        }
    }

    /// The last answer is not of the same kind as those above it.
    fn last_apart(mut self) -> Self {
        if let Some(last) = self.choices.last_mut() {
            last.apart = true;
        }
        self
    }

    /// Five points, each in words.
    pub(super) fn outcome(shell: &Shell, legend: String, given: Option<i32>) -> Self {
        let answers =
            POINTS.map(|(point, key)| (point.to_string(), shell.w.say(key), given == Some(point)));
        Self::new(shell, ("outcome", "outcome"), legend, answers)
    }

    /// The same five points about a step, and not knowing.
    pub(super) fn step(
        shell: &Shell,
        id: &str,
        element: &Element,
        legend: String,
        given: Option<&Answer>,
    ) -> Self {
        let points = POINTS.map(|(point, key)| {
            (point.to_string(), shell.w.say(key), given == Some(&Answer::Rating(point)))
        });
        let unknown = (
            UNKNOWN.to_owned(),
            shell.w.say("response-unknown"),
            given == Some(&Answer::DoesNotKnow),
        );
        let name = format!("{RATING}{element}");
        Self::new(shell, (id, &name), legend, points.into_iter().chain([unknown])).last_apart()
    }

    pub(super) fn handoff(
        shell: &Shell,
        id: &str,
        (element, questionnaire): (&Element, &Questionnaire),
        legend: String,
        given: Option<&Answer>,
    ) -> Self {
        let ticked: &[Friction] =
            if let Some(Answer::Frictions(ticked)) = given { ticked } else { &[] };
        let offered = questionnaire.wording.frictions.keys().map(|friction| {
            (
                friction.code().to_owned(),
                friction_words(shell.w, questionnaire, *friction),
                ticked.contains(friction),
            )
        });
        // Ticked together with one of the others it is no answer: both stay as they were, beside
        // the problem.
        let none = given.is_some() && (ticked.is_empty() || shell.problem(id).is_some());
        let none = (NONE.to_owned(), shell.w.say("response-friction-none"), none);
        let name = format!("{FRICTION}{element}");
        let group = Self::new(shell, (id, &name), legend, offered.chain([none])).last_apart();
        Self { single: false, note: Some(shell.w.say("response-tick-all")), ..group }
    }

    /// `note` stands under the question.
    pub(super) fn yes_or_no(
        shell: &Shell,
        id: &str,
        legend: String,
        note: String,
        given: Option<bool>,
    ) -> Self {
        let answers = [("yes", "response-yes", true), ("no", "response-no", false)];
        let answers = answers
            .map(|(value, key, meant)| (value.to_owned(), shell.w.say(key), given == Some(meant)));
        Self { note: Some(note), ..Self::new(shell, (id, id), legend, answers) }
    }
}

/// From the best to the worst, without a number and without a face. *How did it go*, since one
/// asks it alike of a journey and of a step, in French without having to know whether a man or a
/// woman answers.
const POINTS: [(i32, &str); 5] = [
    (5, "response-very-well"),
    (4, "response-fairly-well"),
    (3, "response-neither"),
    (2, "response-fairly-badly"),
    (1, "response-very-badly"),
];

fn friction_words(w: Words, questionnaire: &Questionnaire, friction: Friction) -> String {
    let part = Part::Friction(friction);
    let own = questionnaire.wording.said(&part, w.0).map(str::to_owned);
    own.unwrap_or_else(|| product_words(&part, w.0))
}

/// The product's own words for a part, with its blanks still open.
pub fn product_words(part: &Part, lang: Lang) -> String {
    let text = match part {
        Part::Outcome => Text::new("response-outcome"),
        Part::Step | Part::OneStep(_) => Text::new("response-step").with("step", "{step}"),
        Part::Handoff => Text::new("response-handoff").with("from", "{from}").with("to", "{to}"),
        Part::Closing => Text::new("response-closing"),
        Part::Friction(friction) => Text::new(match friction {
            Friction::Repeated => "response-friction-repeated",
            Friction::Waited => "response-friction-waited",
            Friction::Chased => "response-friction-chased",
            Friction::SentElsewhere => "response-friction-sent-elsewhere",
            Friction::ToldDifferent => "response-friction-told-different",
        }),
    };
    text.say(lang)
}
