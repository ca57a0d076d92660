//! What a word is however it is spelled: with letters drawn out ("Kéviiin"), with two names in one
//! ("jeanluc"), with the particle of a surname in it ("mcgregor").

use super::lists::{self, Class};
use super::particles;
use crate::i18n::Lang;

pub(super) fn class(word: &str, lang: Lang) -> Class {
    let class = lists::class(word, lang);
    if particles::is_joined(word) && !matches!(class, Class::Thing | Class::Common) {
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

/// Of what a letter of was written three times or more.
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
