//! Finds the names in a comment: by lists where a word can be nothing else, by what stands around
//! it where it can.

use std::ops::Range;

use super::context::Context;
use super::initials;
use super::lists::{self, Class};
use super::name_digests::TeamNames;
use super::particles;
use super::surname::extended;
use super::title;
use super::words::Shape;

/// Where names stand, as ranges of words.
pub(super) fn find(
    reading: &Context<'_>,
    known: &TeamNames,
    is_free: impl Fn(usize) -> bool,
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < reading.words.len() {
        let name = if is_free(at) { name_at(reading, known, at) } else { None };
        match name {
            Some(name) => {
                at = name.end;
                found.push(name);
                if let Some(second) = second_of_two(reading, at).filter(|at| is_free(*at)) {
                    at = second + 1;
                    found.push(second..at);
                }
            }
            None => at += 1,
        }
    }
    found
}

/// "alex et sam": after a name, one in small letters that is no word.
fn second_of_two(reading: &Context<'_>, at: usize) -> Option<usize> {
    let second = at + 1;
    let joined = reading.follows(at)
        && reading.follows(second)
        && reading.vocabulary.and.contains(&reading.words[at].bare.as_str());
    let word = reading.words.get(second).filter(|_| joined)?;
    let is_name = reading.classes[second] == Class::WordName
        && !lists::is_common(&word.bare, reading.lang)
        && word.bare.len() > 2;
    is_name.then_some(second)
}

fn name_at(reading: &Context<'_>, known: &TeamNames, at: usize) -> Option<Range<usize>> {
    let told = known.longest_at(reading, at).map(|words| at..extended(reading, at + words));
    told.or_else(|| title::ends(reading, at).map(|end| at..end))
        .or_else(|| initials::ends(reading, at).map(|end| at..extended(reading, end)))
        .or_else(|| {
            let before = particles::is_before(reading, at);
            let end = particles::ends(reading, at + usize::from(before))?;
            Some(at..extended(reading, end))
        })
        .or_else(|| {
            let reversed = reading.follows(at + 1) && is_surname_in_front(reading, at);
            (reversed || is_person(reading, at)).then(|| at..extended(reading, at + 1))
        })
}

/// "DUPONT Jean": the surname stands first, in capitals.
fn is_surname_in_front(reading: &Context<'_>, at: usize) -> bool {
    let (word, next) = (&reading.words[at], &reading.words[at + 1]);
    word.shape == Shape::Upper
        && !reading.shouts
        && matches!(reading.classes[at], Class::Surname | Class::Unknown)
        && next.shape == Shape::Capital
        && reading.classes[at + 1] == Class::FirstName
}

fn is_person(reading: &Context<'_>, at: usize) -> bool {
    let word = &reading.words[at];
    let (marked, class) = (reading.is_marked(at), reading.classes[at]);
    if word.shape == Shape::Code
        || word.bare.len() < 2
        || reading.is_house(at) && !reading.is_announced(at)
    {
        return false;
    }
    match class {
        Class::FirstName => marked || word.shape != Shape::Initial,
        Class::Surname => {
            marked
                || reading.shouts
                || reading.is_announced(at)
                || reading.may_be_announced(at) && reading.acts_like_a_person(at)
        }
        Class::WordName => is_word_person(reading, at, marked),
        Class::ThingName => is_thing_person(reading, at, marked),
        Class::Unknown => is_unknown_person(reading, at, marked),
        Class::Thing | Class::Common => false,
    }
}

/// Rose, Will: with a capital inside a sentence it is a name; else what stands around must say so.
fn is_word_person(reading: &Context<'_>, at: usize, marked: bool) -> bool {
    let determined = reading.is_determined(at) && !reading.is_announced(at);
    if determined {
        return false;
    }
    let inside = marked && !reading.words[at].starts;
    // "Jean D."
    let initialed = marked
        && reading.follows(at + 1)
        && reading.words[at + 1].shape == Shape::Initial
        && reading.words.get(at + 2).is_none_or(|next| next.before.starts_with('.'));
    if initialed {
        return true;
    }
    let does = || if marked { reading.acts(at) } else { reading.acts_like_a_person(at) };
    inside || reading.is_announced(at) || does()
}

/// Florence, Clio: only what stands around can say it.
fn is_thing_person(reading: &Context<'_>, at: usize, marked: bool) -> bool {
    if reading.is_announced(at) {
        return true;
    }
    if reading.is_determined(at) || reading.is_located(at) {
        return false;
    }
    reading.acts_like_a_person(at)
        || marked && !reading.words[at].starts && reading.may_be_announced(at)
}

/// A word that nobody knows: with a capital inside a sentence it stays masked, unless it is where
/// something is.
fn is_unknown_person(reading: &Context<'_>, at: usize, marked: bool) -> bool {
    let word = &reading.words[at];
    if reading.is_announced(at) {
        return word.bare.len() >= 3;
    }
    if !marked || word.shape == Shape::Upper || reading.is_determined(at) {
        return false;
    }
    if word.starts {
        return reading.acts(at);
    }
    reading.may_be_announced(at) || !reading.is_located(at) || is_help_of(reading, at)
}

/// "l'aide de X", "a call from X": people give it, places do not.
fn is_help_of(reading: &Context<'_>, at: usize) -> bool {
    let from = reading.before(at, 1).is_some_and(|word| matches!(word, "de" | "d" | "from" | "of"));
    from && reading.before(at, 2).is_some_and(|word| reading.vocabulary.given.contains(&word))
}
