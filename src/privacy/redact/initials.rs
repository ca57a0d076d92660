//! Initials: before a surname, "J.-P. Martin"; or in somebody's place, "JP m'a rappelé".

use super::context::Context;
use super::lists::{Class, is_pair_of_initials, is_surname};
use super::words::{Shape, Word};

/// Where initials end that start at a word.
pub(super) fn ends(reading: &Context<'_>, at: usize) -> Option<usize> {
    before_surname(reading, at).or_else(|| in_a_place_of_somebody(reading, at))
}

/// Initials that may be somebody's, and may be an abbreviation.
pub(super) fn may_be_somebody(reading: &Context<'_>, at: usize) -> bool {
    run(reading, at).is_some_and(|end| !is_abbreviation(reading, at, end))
}

fn is_initial(word: &Word<'_>) -> bool {
    word.shape == Shape::Initial || word.shape == Shape::Small && word.bare.len() == 1
}

/// "J. Martin", "J.-P. Martin", "p. durand".
fn before_surname(reading: &Context<'_>, at: usize) -> Option<usize> {
    let stops =
        |at: usize| reading.words.get(at + 1).map_or("", |next| next.before).starts_with('.');
    let goes_before = reading.words[at].before.ends_with('.');
    let mut end = at;
    while reading.words.get(end).is_some_and(is_initial) && stops(end) && end < at + 3 {
        end += 1;
    }
    let word = reading.words.get(end).filter(|_| end > at)?;
    let is_small = reading.words[at].shape == Shape::Small;
    let is_name = matches!(
        reading.classes[end],
        Class::Surname | Class::FirstName | Class::Unknown | Class::WordName
    ) || is_surname(&word.bare);
    let is_written = if is_small {
        let surname = reading.classes[end] == Class::Surname
            || reading.classes[end] == Class::Unknown && reading.acts(end);
        surname && end == at + 1 && !goes_before && !word.starts_line()
    } else {
        reading.is_marked(end)
    };
    let near = matches!(word.before, "." | ". " | ".-");
    (near && is_name && is_written).then_some(end + 1)
}

fn in_a_place_of_somebody(reading: &Context<'_>, at: usize) -> Option<usize> {
    let word = &reading.words[at];
    let alone = word.shape == Shape::Initial
        && !reading.shouts
        && reading.is_announced(at)
        && word.bare != "i";
    // "T. est la seule qui travaille"
    let begins = word.shape == Shape::Initial
        && !reading.shouts
        && (word.starts || word.before == ", ")
        && reading.acts_after_stop(at);
    let in_brackets = word.shape == Shape::Initial && {
        let next = reading.words.get(at + 1).map_or(")", |next| next.before);
        word.before.ends_with('(') && next.trim_start_matches('.').starts_with(')')
    };
    if alone || begins || in_brackets {
        return Some(run(reading, at).unwrap_or(at + 1));
    }
    let end = run(reading, at)?;
    let is_person = !is_abbreviation(reading, at, end)
        && !reading.is_determined(at)
        && (reading.may_be_announced(at)
            || reading.acts(end - 1)
            || reading.acts_after_stop(end - 1));
    is_person.then_some(end)
}

/// "JP", "J-P", "J.P.", "J.-P.", "J. D."; and in small letters the pairs that people go by.
fn run(reading: &Context<'_>, at: usize) -> Option<usize> {
    let word = &reading.words[at];
    let letters: String = word.bare.chars().filter(|letter| letter.is_alphabetic()).collect();
    let hyphened = word.bare.contains('-') && letters.len() == 2 && word.bare.len() == 3;
    let two_capitals = word.shape == Shape::Upper && letters.len() == 2 && !reading.shouts;
    let pair = is_pair_of_initials(&letters) && matches!(word.shape, Shape::Small | Shape::Capital);
    if (two_capitals || pair || hyphened && word.shape != Shape::Small)
        && (matches!(reading.classes[at], Class::Unknown) || hyphened)
    {
        return Some(at + 1);
    }
    let next = reading.words.get(at + 1)?;
    let both = word.shape == Shape::Initial && next.shape == Shape::Initial && !reading.shouts;
    let joined = matches!(next.before, "." | ". " | ".-");
    let third = reading.words.get(at + 2).is_some_and(|third| {
        third.shape == Shape::Initial && matches!(third.before, "." | ". " | ".-")
    });
    let is_later = at > 0
        && reading.words[at - 1].shape == Shape::Initial
        && matches!(word.before, "." | ". " | ".-");
    (both && joined && !third && !is_later).then_some(at + 2)
}

fn is_abbreviation(reading: &Context<'_>, at: usize, end: usize) -> bool {
    let whole: String = reading.words[at..end].iter().map(|word| word.bare.as_str()).collect();
    let whole = whole.replace('-', "");
    reading.is_thing(&whole)
}
