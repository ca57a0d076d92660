//! Where the redactor is not sure: what it left in a comment may still be somebody, to colleagues
//! at least. Such a comment is for the team's own reading.
//!
//! In doubt stand: a word that no list knows and that has a capital inside a sentence, or is in
//! capitals; a name that is also a word, with a capital inside a sentence; initials; a role with
//! where it works or what it did ("le technicien de Laval", "the nurse who"), and "celle qui",
//! "the one who".

use super::context::Context;
use super::initials;
use super::lists::{self, Class};
use super::pointers;
use super::words::Shape;

/// Whether anything that stands in a comment may be somebody.
pub(super) fn remains(reading: &Context<'_>, is_free: impl Fn(usize) -> bool) -> bool {
    (0..reading.words.len()).any(|at| is_free(at) && is_in_doubt(reading, at))
}

fn is_in_doubt(reading: &Context<'_>, at: usize) -> bool {
    is_word_in_doubt(reading, at)
        || is_initial_in_doubt(reading, at)
        || pointers::may_point(reading, at)
}

fn is_word_in_doubt(reading: &Context<'_>, at: usize) -> bool {
    let word = &reading.words[at];
    if !reading.is_marked(at) || word.starts || word.bare.len() < 2 {
        return false;
    }
    match reading.classes[at] {
        Class::FirstName | Class::Surname | Class::Unknown => true,
        Class::WordName => !lists::is_common(&word.bare, reading.lang),
        Class::ThingName => !reading.is_located(at) && !reading.is_determined(at),
        Class::Thing | Class::Common => false,
    }
}

fn is_initial_in_doubt(reading: &Context<'_>, at: usize) -> bool {
    if initials::may_be_somebody(reading, at) {
        return true;
    }
    let word = &reading.words[at];
    let stops = reading.words.get(at + 1).is_some_and(|next| next.before.starts_with('.'));
    let is_letter_of_a_word = matches!(word.bare.as_str(), "a" | "i" | "y" | "o");
    word.shape == Shape::Initial
        && !reading.shouts
        && !is_letter_of_a_word
        && !word.starts
        && (stops || reading.may_be_announced(at))
}
