//! Surnames of two words: "Le Goff", "van der Meer", "d'Almeida", "O'Brien" (`lists/particles.txt`).

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::context::Context;
use super::lists::{self, Class};
use super::words::Shape;

/// Each with its particle: "le goff".
static SURNAMES: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let lines = include_str!("lists/particles.txt").lines();
    let pairs = lines.filter_map(|line| line.split_once(':'));
    let surnames = pairs.flat_map(|(particle, names)| {
        names.split_whitespace().map(move |name| format!("{particle} {}", super::words::bare(name)))
    });
    surnames.collect()
});

/// Whether a word is such a surname in one: "mcgregor", "o'brien", "legoff".
pub(super) fn is_joined(word: &str) -> bool {
    const JOINED: [(&str, &[&str]); 5] = [
        ("mc", &["mc", "mac", "o"]),
        ("mac", &["mac"]),
        ("o'", &["o"]),
        ("d'", &["d", "de"]),
        ("le", &["le"]),
    ];
    JOINED.iter().any(|(start, particles)| {
        let rest = word.strip_prefix(start).filter(|rest| rest.len() >= 3);
        rest.is_some_and(|rest| {
            particles.iter().any(|particle| SURNAMES.contains(&format!("{particle} {rest}")))
        })
    })
}

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
    if !SURNAMES.contains(&format!("{} {}", word.bare, next.bare)) {
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
