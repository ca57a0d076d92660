//! What is known of words: the lists in `lists/`, written for this purpose, one word after the
//! other.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::words::bare;
use crate::i18n::Lang;

/// What a word is to the redactor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    FirstName,
    /// A first name that is also a word of the language: Rose, Will.
    WordName,
    /// A first name that is also a place, a car or a month: Florence, Clio, June.
    ThingName,
    Surname,
    /// A place, a firm, a product, a month: what has a capital and is nobody.
    Thing,
    Common,
    Unknown,
}

const FIRST: u8 = 1;
const WORD_FR: u8 = 2;
const WORD_EN: u8 = 4;
const THING_NAME: u8 = 8;
const SURNAME: u8 = 16;
const THING: u8 = 32;
const COMMON_FR: u8 = 64;
const COMMON_EN: u8 = 128;

static LISTS: [(u8, &str); 11] = [
    (FIRST, include_str!("first_names.txt")),
    (FIRST, include_str!("first_names_world.txt")),
    (FIRST, include_str!("nicknames.txt")),
    (WORD_FR, include_str!("words_fr.txt")),
    (WORD_EN, include_str!("words_en.txt")),
    (THING_NAME, include_str!("things.txt")),
    (SURNAME, include_str!("surnames.txt")),
    (SURNAME, include_str!("surnames_world.txt")),
    (THING, include_str!("known.txt")),
    (COMMON_FR, include_str!("common_fr.txt")),
    (COMMON_EN, include_str!("common_en.txt")),
];

static KNOWN: LazyLock<FxHashMap<String, u8>> = LazyLock::new(|| {
    let mut known = FxHashMap::default();
    for (flag, list) in &LISTS {
        for word in list.split_whitespace() {
            *known.entry(bare(word)).or_default() |= flag;
        }
    }
    known
});

/// Firms and places of several words, one of which may be a name.
static PHRASES: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    include_str!("phrases.txt").lines().map(|line| line.split_whitespace().collect()).collect()
});

/// Surnames of two words, each with its particle: "le goff"; with a plus those that are words as
/// well: "le +roux".
static AFTER_PARTICLES: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let pairs = include_str!("particles.txt").lines().filter_map(|line| line.split_once(':'));
    let surnames = pairs.flat_map(|(particle, names)| {
        names.split_whitespace().map(move |name| match name.strip_prefix('+') {
            Some(name) => format!("{particle} +{}", bare(name)),
            None => format!("{particle} {}", bare(name)),
        })
    });
    surnames.collect()
});

/// Whether a word is one that is a surname with this particle where both have capitals.
pub(super) fn may_be_surname_after(particle: &str, word: &str) -> bool {
    AFTER_PARTICLES.contains(&format!("{particle} +{word}"))
}

/// Whether a word after a particle is a surname with it.
pub(super) fn is_surname_after(particle: &str, word: &str) -> bool {
    AFTER_PARTICLES.contains(&format!("{particle} {word}"))
}

/// Whether two letters are what somebody goes by: jp.
pub(super) fn is_pair_of_initials(word: &str) -> bool {
    include_str!("initials.txt").split_whitespace().any(|pair| pair == word)
}

/// Words and units of two letters, which stand before and after a number.
pub(super) fn is_short_word(word: &str) -> bool {
    include_str!("short_words.txt").split_whitespace().any(|short| short == word)
}

pub(super) fn class(word: &str, lang: Lang) -> Class {
    match whole(word, lang) {
        Class::Unknown if word.contains('-') => compound(word, lang),
        Class::Unknown if is_inflected(word, lang) => Class::Common,
        class => class,
    }
}

/// Whether a word is a surname, whatever else it is.
pub(super) fn is_surname(word: &str) -> bool {
    KNOWN.get(word).is_some_and(|flags| flags & SURNAME != 0)
}

/// Whether a word is somebody's first name, whatever else it is.
pub(super) fn is_first_name(word: &str) -> bool {
    KNOWN.get(word).is_some_and(|flags| flags & (FIRST | WORD_FR | WORD_EN | THING_NAME) != 0)
}

/// How many of these words are a firm or a place of several words.
pub(super) fn phrase<'w>(words: impl Iterator<Item = &'w str> + Clone) -> usize {
    PHRASES
        .iter()
        .filter(|phrase: &&Vec<&str>| {
            let mut here = words.clone();
            phrase.iter().all(|part| here.next() == Some(part))
        })
        .map(Vec::len)
        .max()
        .unwrap_or(0)
}

/// Whether first names begin with this one that are written as two or in one: Jean-Luc.
pub(super) fn is_start_of_compound(word: &str) -> bool {
    include_str!("compound_starts.txt").split_whitespace().any(|start| start == word)
}

/// Whether a word is one of the language, whatever else it is.
pub(super) fn is_common(word: &str, lang: Lang) -> bool {
    let flag = lang.of(&COMMON_FR, &COMMON_EN);
    KNOWN.get(word).is_some_and(|flags| flags & flag != 0)
}

/// Whether a word is such a firm or place, written in one.
pub(super) fn is_joined_phrase(word: &str) -> bool {
    PHRASES.iter().any(|phrase| phrase.concat() == word)
}

fn whole(word: &str, lang: Lang) -> Class {
    let Some(flags) = KNOWN.get(word) else { return Class::Unknown };
    let has = |wanted: u8| flags & wanted != 0;
    let (word_name, common) = match lang {
        Lang::Fr => (WORD_FR, COMMON_FR),
        Lang::En => (WORD_EN, COMMON_EN),
    };
    if has(THING_NAME) || has(FIRST | WORD_FR | WORD_EN) && has(THING) {
        Class::ThingName
    } else if has(word_name) || has(FIRST | WORD_FR | WORD_EN) && has(common) {
        Class::WordName
    } else if has(FIRST) {
        Class::FirstName
    } else if has(THING) {
        Class::Thing
    } else if has(common) {
        Class::Common
    } else if has(SURNAME) {
        Class::Surname
    } else if has(WORD_FR | WORD_EN) {
        // A word of the other language, which may be used here without anybody of that name.
        Class::WordName
    } else {
        Class::Unknown
    }
}

/// A word with hyphens is what its parts are: Jean-Pierre, rendez-vous, Saint-Malo.
fn compound(word: &str, lang: Lang) -> Class {
    let mut parts = word.split('-');
    let first = parts.next().unwrap_or_default();
    let parts: Vec<&str> = parts.collect();
    let later: Vec<Class> = parts.iter().map(|part| whole(part, lang)).collect();
    match whole(first, lang) {
        _ if matches!(first, "saint" | "sainte" | "st" | "ste") => Class::Thing,
        Class::FirstName | Class::Surname => Class::FirstName,
        Class::WordName | Class::ThingName if later.iter().all(|part| names(*part)) => {
            Class::FirstName
        }
        Class::Unknown | Class::Common if later.contains(&Class::Surname) => Class::Surname,
        Class::Unknown
            if !parts
                .iter()
                .any(|part: &&str| whole(part, lang) == Class::Common && !is_surname(part)) =>
        {
            Class::Unknown
        }
        _ => Class::Common,
    }
}

fn names(class: Class) -> bool {
    matches!(class, Class::FirstName | Class::WordName | Class::ThingName | Class::Surname)
}

/// Whether a word is a form of a common one, or has an ending that no name has.
fn is_inflected(word: &str, lang: Lang) -> bool {
    const FR: &[&str] = &[
        "s", "x", "e", "es", "ee", "ees", "er", "ez", "ait", "ais", "aient", "ant", "ante", "ent",
        "ons", "era", "erai", "erait", "ement", "ment", "ir", "it", "ie", "ies", "ux", "eur",
        "euse", "re", "u", "ue", "ues", "a", "i",
    ];
    const EN: &[&str] = &[
        "s", "es", "ed", "d", "ing", "ly", "er", "ers", "y", "r", "ness", "less", "ful", "n",
        "ies", "ied", "able",
    ];
    const ENDINGS_FR: &[&str] = &[
        "tion", "tions", "ement", "ements", "aient", "erait", "eraient", "ivement", "iques", "ifs",
        "ives", "asse",
    ];
    const ENDINGS_EN: &[&str] = &[
        "tion", "tions", "ness", "ments", "able", "ible", "ally", "ously", "fully", "ingly",
        "tive", "ity", "ment",
    ];
    let (common, forms, endings) = match lang {
        Lang::Fr => (COMMON_FR, FR, ENDINGS_FR),
        Lang::En => (COMMON_EN, EN, ENDINGS_EN),
    };
    let is_common = |word: &str| KNOWN.get(word).is_some_and(|flags| flags & common != 0);
    let stem = |ending: &str| {
        word.strip_suffix(ending).filter(|stem| stem.len() >= 3).is_some_and(|stem| {
            is_common(stem)
                || ["e", "er", "re", "y", "ir", "r", "s"]
                    .iter()
                    .any(|end| is_common(&format!("{stem}{end}")))
        })
    };
    forms.iter().any(|ending| stem(ending))
        || word.len() >= 8 && endings.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use crate::privacy::redact::lists::*;

    #[test]
    fn a_name_that_is_a_word_is_one_in_its_language_alone() {
        assert_eq!(
            [class("pierre", Lang::Fr), class("pierre", Lang::En)],
            [Class::WordName, Class::FirstName]
        );
        assert_eq!(
            [class("will", Lang::En), class("kevin", Lang::En)],
            [Class::WordName, Class::FirstName]
        );
        assert_eq!(
            [class("florence", Lang::Fr), class("clio", Lang::En)],
            [Class::ThingName, Class::ThingName]
        );
    }

    #[test]
    fn words_with_hyphens_are_what_their_parts_are() {
        for (word, is) in [
            ("jean-pierre", Class::FirstName),
            ("anne-sophie", Class::FirstName),
            ("lopez-martinez", Class::FirstName),
            ("rendez-vous", Class::Common),
            ("dit-on", Class::Common),
            ("saint-malo", Class::Thing),
        ] {
            assert_eq!(class(word, Lang::Fr), is, "{word}");
        }
    }

    #[test]
    fn forms_of_common_words_are_common() {
        for word in ["reparations", "livraient", "rappelait", "desorganisation"] {
            assert_eq!(class(word, Lang::Fr), Class::Common, "{word}");
        }
        for word in ["garages", "repairing", "helpfully"] {
            assert_eq!(class(word, Lang::En), Class::Common, "{word}");
        }
    }

    #[test]
    fn the_lists_hold_hundreds_of_names() {
        for (flag, list) in &LISTS {
            assert!(list.split_whitespace().count() > 100, "list {flag}");
        }
        assert!(KNOWN.values().filter(|flags| *flags & FIRST != 0).count() > 1_500);
    }
}
