//! What gives somebody away by its form: addresses, telephones, plates, numbers, links.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashMap;

use super::lists;
use super::mask::{Kind, Mask};
use crate::privacy::person::{self, Sign};

/// Everything of such a form, in the order of the text; what stands first in [`PATTERNS`] wins
/// where two overlap.
pub(super) fn find(text: &str) -> Vec<Mask> {
    let mut found: Vec<Mask> = Vec::new();
    for (kind, pattern) in PATTERNS.iter() {
        for capture in pattern.captures_iter(text) {
            // A group marks the part that is masked, where what stands before it may stay.
            let Some(part) = capture.name("part").or_else(|| capture.get(0)) else { continue };
            // The pattern of addresses takes in what opens a bracket before one.
            let opening = part
                .as_str()
                .find(|letter: char| letter.is_alphanumeric() || matches!(letter, '#' | '@' | '+'));
            let at = part.start() + opening.unwrap_or(0)..part.end();
            let is_taken = found.iter().any(|mask| overlap(&mask.at, &at));
            if !is_taken && !is_measure(*kind, &text[at.clone()]) {
                found.push(Mask { at, kind: *kind, instead: None });
            }
        }
    }
    found.sort_by_key(|mask| mask.at.start);
    found
}

/// "de 100 km" is written like a plate.
fn is_measure(kind: Kind, written: &str) -> bool {
    kind == Kind::Plate && written.contains(' ') && written.split(' ').any(lists::is_short_word)
}

/// Whether two stretches share a letter.
pub(super) fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

static PATTERNS: LazyLock<Vec<(Kind, Regex)>> = LazyLock::new(|| {
    let compile =
        |pattern: &str| Regex::new(pattern).expect("the patterns of comments are constants");
    vec![
        (Kind::Link, compile(r"(?i)\b(?:https?://|www\.)\S+|(?:^|\s)(?P<part>@\w[\w.-]{2,})")),
        (Kind::Email, person::pattern(Sign::Email).clone()),
        (Kind::Plate, compile(PLATE)),
        (Kind::Birth, compile(BIRTH)),
        (Kind::Address, compile(&street())),
        (Kind::Phone, compile(EXTENSION)),
        (Kind::Phone, compile(&phone_in_words())),
        (Kind::Number, compile(r"(?:\d[ .-]?){15,}\d\b")),
        (Kind::Number, compile(NUMBERED)),
        (Kind::Phone, person::pattern(Sign::Phone).clone()),
        (Kind::Number, person::pattern(Sign::StaffNumber).clone()),
        (
            Kind::Number,
            compile(r"(?:\#\s?|\bn\s?[°º]\s?)\d{2,}\b|\b\d{6,}\b|\b[A-Za-z]{1,4}[-_]?\d{5,}\b"),
        ),
    ]
});

/// French plates since 2009 and before, British ones since 2001 and before. In small letters only
/// where no sentence would write them so.
const PLATE: &str = r"(?x)
    \b(?: [A-HJ-NP-TV-Z]{2}[-\x20]?\d{3}[-\x20]?[A-HJ-NP-TV-Z]{2}
        | (?i:[a-hj-np-tv-z]{2}-\d{3}-[a-hj-np-tv-z]{2} | [a-hj-np-tv-z]{2}\d{3}[a-hj-np-tv-z]{2})
        | (?i:[a-hj-np-tv-z]{2}\x20\d{3}\x20[a-hj-np-tv-z]{2})
        | \d{1,4}[-\x20]?[A-Z]{2,3}[-\x20]?(?:\d{2}|2[AB]|97\d)
        | (?i:[a-z]{2}\d{2}\x20?[a-z]{3})
        | [A-Z]\d{2,3}\x20?[A-Z]{3} )\b";

/// A day with what says that somebody was born on it.
const BIRTH: &str = r"(?xi)
    \b(?: n[ée]e?s? \s+ (?: le | en | au\s+mois\s+de | vers )
        | date\s+de\s+naissance \s*:?\s* (?: le )? | ddn \s*:?
        | born (?: \s+ (?: on(?:\s+the)? | in ) )? | d\.?o\.?b\.? \s*:? | date\s+of\s+birth \s*:?\s* (?: is | was )? )
    \s* (?: \d{1,2} (?: er | st | nd | rd | th )? [\s/.-]+ (?: (?:of\s+)? \p{L}{3,9}\.? | \d{1,2} ) (?: [\s/.,-]+ \d{2,4} )?
        | \p{L}{3,9} \s \d{1,2} (?: st | nd | rd | th )? ,? \s \d{4}
        | (?: (?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre
            |january|february|march|april|may|june|july|august|september|october|november|december) \s )? (?:19|20)\d{2} ) \b";

/// A number in a street. In small letters only where nothing else is numbered so.
const STREET: &str = r"(?x)
    \b \d{1,4} \s* (?i: bis | ter | quater | [a-e] )? ,? \s+
    (?: (?i: FRENCH ) \s+ (?: (?i: ARTICLE ) \s* )* [\p{L}\d'-]+ MORE
        | (?i: FRENCH_CAPITAL ) \s+ (?: (?i: ARTICLE ) \s* )* \p{Lu}[\p{L}'-]+ MORE
        | (?: \p{Lu}[\p{L}'-]+ \s+ ){1,3} (?: ENGLISH_CAPITAL ) \b
        | \p{L}+ \s+ (?: \p{L}+ \s+ )? (?: ENGLISH ) \b )";

fn street() -> String {
    let more = r"(?: \s+ (?: (?: ARTICLE ) \s+ )* \p{Lu}[\p{L}'-]* )*";
    let section = |name: &str| STREETS.get(name).copied().unwrap_or_default().replace(' ', " | ");
    let mut pattern = STREET.replace("MORE", more).replace("ARTICLE", &section("articles"));
    for (place, name) in [
        ("FRENCH_CAPITAL", "french_capital"),
        ("ENGLISH_CAPITAL", "english_capital"),
        ("FRENCH", "french"),
        ("ENGLISH", "english"),
    ] {
        pattern = pattern.replace(place, &section(name));
    }
    pattern
}

/// The words of `lists/streets.txt`, by the name of their line.
static STREETS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("lists/streets.txt").lines();
    lines.filter_map(|line| line.split_once(": ")).collect()
});

/// The number of a desk's telephone.
const EXTENSION: &str = r"(?xi)
    \b(?: poste \s* (?: n\s?[°ºo]\.?\s* | num[ée]ro\s* | :\s* | interne\s* )? \d{2,5}
        | ext(?: ension | n )? \.? \s* (?: is\s | no\.?\s? | number\s | :\s? )? \s* \d{2,6} )\b";

/// A telephone number that is written out: many digits after each other, of which the first is
/// mostly a zero.
const PHONE_IN_WORDS: &str = r"(?xi)
    \b(?: (?: z[ée]ro | oh | nought | double | triple ) (?: [\s,.-]+ (?:et\s)? NUMBER ){3,}
        | NUMBER (?: [\s,.-]+ (?:et\s)? NUMBER ){6,} )\b";

fn phone_in_words() -> String {
    let words: Vec<&str> = include_str!("lists/numbers.txt").split_whitespace().collect();
    PHONE_IN_WORDS.replace("NUMBER", &format!(r"(?:\d{{1,3}} | {} )", words.join(" | ")))
}

/// What is numbered, by name, with its number: the name may stay.
const NUMBERED: &str = r"(?xi)
    \b(?: commande|facture|dossier|contrat|client|ticket|devis|r[ée]servation|r[ée]f[ée]rence|r[ée]f|colis|suivi|compte
        | num[ée]ro|sinistre|abonn[ée]|adh[ée]rent|r[ée]clamation|order|invoice|case|file|policy|customer|booking|reference
        | ref|tracking|claim|account|parcel|number|complaint|membership|quote ) s?\.?
    (?:\s+(?:est|is|de\s+\p{L}+))? \s*
    (?P<part> (?:(?:n\s?[°º]|n[or]\.?|num[ée]ro|number|id|[:\#])\s?){0,2} [a-z]{0,4}[-_/]?\d[\d/-]*[\d][a-z\d]* )\b";

#[cfg(test)]
mod tests {
    use crate::privacy::redact::patterns::*;

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        find(text).into_iter().map(|mask| (mask.kind, &text[mask.at])).collect()
    }

    #[test]
    fn forms_are_found_in_both_countries() {
        for (text, kind, part) in [
            ("écrire à a.b@c.fr svp", Kind::Email, "a.b@c.fr"),
            ("au 06 12 34 56 78 svp", Kind::Phone, "06 12 34 56 78"),
            ("on 020 7946 0958 please", Kind::Phone, "020 7946 0958"),
            ("le AA-123-AA rouge", Kind::Plate, "AA-123-AA"),
            ("le 1234 AB 75 rouge", Kind::Plate, "1234 AB 75"),
            ("my AB12 CDE van", Kind::Plate, "AB12 CDE"),
            ("commande n° 45871 reçue", Kind::Number, "n° 45871"),
            ("invoice INV-2024-00123 paid", Kind::Number, "INV-2024-00123"),
            ("badge 4521 vu", Kind::Number, "badge 4521"),
            ("voir www.exemple.fr/kevin vite", Kind::Link, "www.exemple.fr/kevin"),
        ] {
            assert_eq!(kinds(text), [(kind, part)], "{text}");
        }
    }

    #[test]
    fn prices_days_and_models_stay() {
        for text in [
            "320 euros le 12 mai 2024",
            "la Peugeot 208 et la C3",
            "à 18 h 30",
            "4G, 5/5, 100 %",
            "24/7",
            "£1,200",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }
}
