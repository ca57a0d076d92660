//! Surnames of two words: "Le Goff", "van der Meer", "d'Almeida", "O'Brien"
//! (`lists/particles.txt`).

use super::context::Context;
use super::lists::{self, Class};
use super::words::Shape;

/// Where a surname ends that begins with its particle here.
pub(super) fn ends(reading: &Context<'_>, at: usize) -> Option<usize> {
    let word = &reading.words[at];
    let next = reading.words.get(at + 1).filter(|_| reading.follows(at + 1))?;
    let marked = reading.is_marked(at + 1) && (word.shape != Shape::Small || !word.starts);
    match word.bare.as_str() {
        "van" | "von" if matches!(next.bare.as_str(), "der" | "den" | "de" | "het" | "t") => {
            let last = at + 2;
            let is_name = reading.follows(last)
                && (reading.is_marked(last) || reading.classes[last] != Class::Common);
            return is_name.then_some(last + 1);
        }
        "de" if matches!(next.bare.as_str(), "la" | "las" | "los") => {
            let is_name = reading.follows(at + 2)
                && reading.is_marked(at + 2)
                && (word.starts || reading.is_marked(at))
                && reading.acts(at + 2);
            return is_name.then_some(at + 3);
        }
        _ => {}
    }
    let is_listed = lists::is_surname_after(&word.bare, &next.bare)
        || marked && lists::may_be_surname_after(&word.bare, &next.bare);
    if !is_listed {
        return None;
    }
    let is_word = matches!(reading.classes[at + 1], Class::Common | Class::Thing | Class::WordName)
        && !matches!(word.bare.as_str(), "mc" | "o");
    let is_surname = match word.bare.as_str() {
        "le" | "la" => marked && !reading.shouts || !is_word,
        "mac" | "mc" | "o" => !reading.is_determined(at),
        "el" | "al" | "ben" | "dos" | "di" | "del" | "van" | "von" | "ould" | "bel" => {
            !is_word || marked
        }
        // "de" and "d'" stand before many a name that is no part of it.
        _ => {
            let is_free = word.starts || reading.is_marked(at) || reading.may_be_announced(at);
            (!is_word || marked) && is_free && (reading.acts(at + 1) || reading.is_announced(at))
        }
    };
    is_surname.then_some(at + 2)
}

/// Whether this word belongs before such a surname: a first name, even one that is a word, or
/// initials in small letters.
pub(super) fn is_before(reading: &Context<'_>, at: usize) -> bool {
    let word = &reading.words[at];
    let name = matches!(reading.classes[at], Class::FirstName | Class::WordName)
        || lists::is_first_name(&word.bare);
    let initials = word.bare.len() <= 2
        && !matches!(reading.classes[at], Class::Common | Class::Thing)
        && word.bare.chars().all(char::is_alphabetic);
    reading.follows(at + 1) && (name || initials) && ends(reading, at + 1).is_some()
}
