//! What a word is however it is spelled: with letters drawn out ("Kéviiin"), with two names in one
//! ("jeanluc"), with the particle of a surname in it ("mcgregor").

use super::lists::{self, Class};
use crate::i18n::Lang;

pub(super) fn class(word: &str, lang: Lang) -> Class {
    let class = lists::class(word, lang);
    if is_joined_surname(word) && !matches!(class, Class::Thing | Class::Common) {
        return Class::FirstName;
    }
    if class != Class::Unknown {
        return class;
    }
    if let Some(class) = drawn_out(word, lang) {
        return class;
    }
    let compound = word.split_once('-').is_some_and(|(first, other)| {
        lists::is_start_of_compound(first) && lists::class(other, lang) == Class::Unknown
    });
    if compound || is_two_names(word, lang) { Class::FirstName } else { Class::Unknown }
}

/// "mcgregor", "o'brien", "legoff": a surname with its particle in one.
fn is_joined_surname(word: &str) -> bool {
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
            particles.iter().any(|particle| lists::is_surname_after(particle, rest))
        })
    })
}

/// What a word is of which a letter was written three times or more.
fn drawn_out(word: &str, lang: Lang) -> Option<Class> {
    let letters: Vec<char> = word.chars().collect();
    if !letters.windows(3).any(|three| three[0] == three[1] && three[1] == three[2]) {
        return None;
    }
    let shortened = |most: usize| {
        let mut short: Vec<char> = Vec::new();
        for letter in &letters {
            let so_far = short.iter().rev().take_while(|one| *one == letter).count();
            if so_far < most {
                short.push(*letter);
            }
        }
        lists::class(&short.into_iter().collect::<String>(), lang)
    };
    let class = shortened(2);
    let class = if class == Class::Unknown { shortened(1) } else { class };
    // Drawn out, a word stays a word; a name that is one as well stays in doubt.
    Some(if class == Class::Unknown { Class::Common } else { class })
}

/// "jeanluc", "billyjoe", "tomtom": two first names, or one twice.
fn is_two_names(word: &str, lang: Lang) -> bool {
    let is_name = |part: &str| {
        lists::is_first_name(part)
            && !matches!(lists::class(part, lang), Class::Common | Class::Thing)
    };
    let first = (3..word.len().saturating_sub(2)).filter(|at| word.is_char_boundary(*at));
    first.map(|at| word.split_at(at)).any(|(one, other)| {
        one == other && is_name(one)
            || lists::is_start_of_compound(one) && other.len() >= 2 && is_name(other)
    })
}
