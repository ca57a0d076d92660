//! Finds the names in a comment: by lists where a word can be nothing else, by what stands around it where it can.

use std::ops::Range;

use super::context::Reading;
use super::lists::{Class, is_first_name, is_surname};
use super::name_digests::TeamNames;
use super::title;
use super::words::Shape;
use crate::i18n::Lang;

/// Where names stand, as ranges of words.
pub(super) fn find(
    reading: &Reading<'_>,
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
            }
            None => at += 1,
        }
    }
    found
}

fn name_at(reading: &Reading<'_>, known: &TeamNames, at: usize) -> Option<Range<usize>> {
    let told = known.longest_at(reading, at).map(|words| at..extended(reading, at + words));
    let titled = || title::ends(reading, at).map(|end| at..end);
    let initial = || initials(reading, at).map(|end| at..extended(reading, end));
    told.or_else(titled).or_else(initial).or_else(|| {
        let reversed = reading.follows(at + 1) && is_surname_in_front(reading, at);
        (reversed || is_person(reading, at)).then(|| at..extended(reading, at + 1))
    })
}

/// "DUPONT Jean": the surname stands first, in capitals.
fn is_surname_in_front(reading: &Reading<'_>, at: usize) -> bool {
    let (word, next) = (&reading.words[at], &reading.words[at + 1]);
    word.shape == Shape::Upper
        && !reading.shouts
        && matches!(reading.classes[at], Class::Surname | Class::Unknown)
        && next.shape == Shape::Capital
        && reading.classes[at + 1] == Class::FirstName
}

/// Initials before a surname, "J. Martin", "J.-P. Martin"; or, where a person is announced, alone.
fn initials(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let mut end = at;
    let stops =
        |at: usize| reading.words.get(at + 1).map_or("", |next| next.before).starts_with('.');
    while reading.words.get(end).is_some_and(|word| word.shape == Shape::Initial)
        && stops(end)
        && end < at + 3
    {
        end += 1;
    }
    let surname = |at: usize| {
        reading.words.get(at).is_some_and(|word| matches!(word.before, "." | ". " | ".-"))
            && reading.is_marked(at)
            && (matches!(
                reading.classes[at],
                Class::Surname | Class::FirstName | Class::Unknown | Class::WordName
            ) || is_surname(&reading.words[at].bare))
    };
    if end > at && surname(end) {
        return Some(end + 1);
    }
    let alone = reading.words[at].shape == Shape::Initial
        && !reading.shouts
        && reading.is_announced(at)
        && reading.words[at].bare != "i";
    alone.then_some(at + 1)
}

/// Whether a word is somebody's name.
fn is_person(reading: &Reading<'_>, at: usize) -> bool {
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
        Class::Surname => marked || reading.shouts || reading.is_announced(at),
        Class::WordName => is_word_person(reading, at, marked),
        Class::ThingName => is_thing_person(reading, at, marked),
        Class::Unknown => is_unknown_person(reading, at, marked),
        Class::Thing | Class::Common => false,
    }
}

/// Rose, Will: with a capital inside a sentence it is a name; else what stands around must say so.
fn is_word_person(reading: &Reading<'_>, at: usize, marked: bool) -> bool {
    let determined = reading.is_determined(at) && !reading.is_announced(at);
    if determined {
        return false;
    }
    let inside = marked && !reading.words[at].starts;
    let does = || if marked { reading.acts(at) } else { reading.acts_like_a_person(at) };
    inside || reading.is_announced(at) || does()
}

/// Florence, Clio: only what stands around can say it.
fn is_thing_person(reading: &Reading<'_>, at: usize, marked: bool) -> bool {
    if reading.is_announced(at) {
        return true;
    }
    if reading.is_determined(at) || reading.is_located(at) {
        return false;
    }
    reading.acts_like_a_person(at)
        || marked && !reading.words[at].starts && reading.may_be_announced(at)
}

/// A word that nobody knows: with a capital inside a sentence it stays masked, unless it is where something is.
fn is_unknown_person(reading: &Reading<'_>, at: usize, marked: bool) -> bool {
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
fn is_help_of(reading: &Reading<'_>, at: usize) -> bool {
    let from = reading.before(at, 1).is_some_and(|word| matches!(word, "de" | "d" | "from" | "of"));
    from && reading.before(at, 2).is_some_and(|word| reading.vocabulary.given.contains(&word))
}

/// Where a name ends that goes on: a surname, a second first name, a particle, an initial.
pub(super) fn extended(reading: &Reading<'_>, mut end: usize) -> usize {
    loop {
        if continues(reading, end) {
            end += 1;
        } else if is_particle(reading, end)
            && continues(reading, end + 1)
            && reading.is_marked(end + 1)
        {
            end += 2;
        } else if is_particle(reading, end)
            && is_particle(reading, end + 1)
            && continues(reading, end + 2)
        {
            end += 3;
        } else {
            return end;
        }
    }
}

pub(super) fn is_particle(reading: &Reading<'_>, at: usize) -> bool {
    reading.follows(at) && reading.vocabulary.particles.contains(&reading.words[at].bare.as_str())
}

fn continues(reading: &Reading<'_>, at: usize) -> bool {
    if !reading.follows(at) {
        return false;
    }
    let (word, class) = (&reading.words[at], reading.classes[at]);
    match word.shape {
        Shape::Capital | Shape::Upper if reading.is_marked(at) => match class {
            Class::Thing | Class::Common => is_surname(&word.bare) || is_first_name(&word.bare),
            _ => true,
        },
        Shape::Upper => {
            matches!(class, Class::FirstName | Class::Surname | Class::Unknown)
                && word.bare.len() >= 3
        }
        Shape::Initial => !(reading.shouts || reading.lang == Lang::En && word.bare == "i"),
        Shape::Small => class == Class::Surname,
        _ => false,
    }
}
