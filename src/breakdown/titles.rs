//! What a report, a place and an element are called.

use super::phrases::{Phrases, label, partition, period, ticked};
use super::request::{Catalogue, Question, name};
use super::{Breakdown, Frictions};
use crate::blueprint::Blueprint;
use crate::element::Element;
use crate::i18n::{Lang, Text};
use crate::privacy::Place;

/// What a page is about: the service and whose journeys.
pub fn about(breakdown: &Breakdown, lang: Lang) -> String {
    let phrases = Phrases::new(breakdown, lang);
    let text = Text::new("breakdown-of").with("journey", phrases.name(&breakdown.blueprint.name));
    let place = text.with("partition", phrases.partition()).say(lang);
    format!("{place}, {}", period(breakdown.period, lang))
}

/// What a page is about when it cannot show it.
pub fn about_question(question: &Question, lang: Lang) -> String {
    let text = Text::new("breakdown-of").with("journey", question.blueprint.name.say(lang));
    text.with("partition", partition(&question.partition, question.place.as_deref(), lang))
        .say(lang)
}

/// An element as it is called in lists.
pub fn named(blueprint: &Blueprint, element: &Element, lang: Lang) -> String {
    label(blueprint, element, lang)
}

/// A place as it is called.
pub fn placed(place: &Place, catalogue: &Catalogue, lang: Lang) -> String {
    partition(place, name(place, catalogue).as_deref(), lang)
}

/// What customers ticked on a handoff, in a sentence.
pub fn frictions(frictions: &Frictions, lang: Lang) -> String {
    ticked(frictions, lang)
}
