//! A title and the name after it: "M. Dupont", "mr dupont", "Madame Le Gall", "Dr K.".

use super::context::Context;
use super::lists::{Class, is_surname};
use super::surname::{extended, is_particle};
use super::words::Shape;

/// Where a name ends that starts at this word with a title; `None` where it is none, or no name
/// follows.
pub(super) fn ends(reading: &Context<'_>, at: usize) -> Option<usize> {
    let word = &reading.words[at];
    let bare = word.bare.as_str();
    // "me" is mostly a pronoun; before a name it is a lawyer's title and has a capital.
    let pronoun = bare == "me" && !(word.shape == Shape::Capital && reading.is_marked_next(at));
    let short = bare == "m" && is_m(reading, at) || reading.vocabulary.short_titles.contains(&bare);
    if pronoun || !(short || reading.vocabulary.titles.contains(&bare)) {
        return None;
    }
    let next = reading.words.get(at + 1)?;
    if !matches!(next.before, " " | ". " | "." | "  ") {
        return None;
    }
    let is_initial = next.shape == Shape::Initial && !reading.follows(at + 2);
    if is_initial {
        return Some(at + 2);
    }
    // "Mme de La Tour": the name begins with its particles.
    let name = (at + 1..at + 4).find(|here| !is_particle(reading, *here)).unwrap_or(at + 1);
    if name > at + 1 && reading.follows(name) && reading.is_marked(name) {
        return Some(extended(reading, name + 1));
    }
    begins_name(reading, at + 1, short).then(|| extended(reading, at + 2))
}

/// A bare "M" is a title before a name alone, and never what French elides.
fn is_m(reading: &Context<'_>, at: usize) -> bool {
    let Some(next) = reading.words.get(at + 1) else { return false };
    match next.before {
        "." | ". " => true,
        " " => reading.words[at].shape == Shape::Initial && next.shape != Shape::Small,
        _ => false,
    }
}

fn begins_name(reading: &Context<'_>, at: usize, short: bool) -> bool {
    let (word, class) = (&reading.words[at], reading.classes[at]);
    if reading.vocabulary.closed.contains(&word.bare.as_str()) && word.shape != Shape::Capital {
        return false;
    }
    let common = matches!(class, Class::Common | Class::Thing) && !is_surname(&word.bare);
    match word.shape {
        Shape::Code => false,
        Shape::Initial => true,
        Shape::Capital => short || !common,
        Shape::Upper => short || !common,
        // A title that is also a word says little of a common one after it: "madame attendait",
        // "miss the bus".
        Shape::Small => short || !matches!(class, Class::Common | Class::Thing | Class::WordName),
    }
}
