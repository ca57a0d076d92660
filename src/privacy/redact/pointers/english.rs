//! "the lady at the desk" becomes "the desk", "a young man" "a person".

use super::{Pointer, bare};
use crate::i18n::Lang;
use crate::privacy::redact::context::Context;
use crate::privacy::redact::vocabulary;

const PEOPLE: &[&str] = &[
    "lady",
    "woman",
    "girl",
    "man",
    "guy",
    "bloke",
    "gentleman",
    "lad",
    "chap",
    "boy",
    "fella",
    "lass",
    "gal",
    "dude",
];
const MANY: &[&str] =
    &["ladies", "women", "girls", "men", "guys", "blokes", "gentlemen", "lads", "chaps", "boys"];
/// What is said of somebody's age and looks, and goes with the noun; any other word before it
/// stays.
const LOOKS: &[&str] = &[
    "young",
    "old",
    "older",
    "elderly",
    "little",
    "big",
    "tall",
    "short",
    "blonde",
    "bald",
    "pretty",
    "black",
    "white",
    "asian",
    "foreign",
    "polish",
    "indian",
    "scottish",
    "irish",
    "middle-aged",
    "fat",
    "thin",
];

/// The pointer that starts at a word, with what it becomes.
pub(super) fn pointer(reading: &Context<'_>, at: usize) -> Option<Pointer> {
    let det = bare(reading, at);
    if !matches!(det, "the" | "a" | "an" | "this" | "that" | "some" | "these" | "those") {
        return None;
    }
    let (mut noun, mut kept) = (at + 1, Vec::new());
    while reading.follows(noun) && noun < at + 4 && !is_person(reading, noun) {
        if !LOOKS.contains(&bare(reading, noun)) {
            kept.push(reading.words[noun].text(reading.text));
        }
        noun += 1;
    }
    let is_noun = reading.follows(noun) && is_person(reading, noun);
    if !is_noun || kept.len() > 1 || kept.iter().any(|word| is_grammar(word)) {
        return None;
    }
    if let Some((end, place)) = place_at(reading, noun + 1) {
        return Some((at..end, place));
    }
    let noun_word = if MANY.contains(&bare(reading, noun)) { "people" } else { "person" };
    kept.push(noun_word);
    let vowel = kept[0].starts_with(['a', 'e', 'i', 'o', 'u']);
    let det = match det {
        "a" | "an" if vowel => "an",
        "a" | "an" => "a",
        other => other,
    };
    Some((at..noun + 1, format!("{det} {}", kept.join(" "))))
}

fn is_person(reading: &Context<'_>, at: usize) -> bool {
    let word = bare(reading, at);
    PEOPLE.contains(&word) || MANY.contains(&word)
}

/// Words that end what belongs to a noun: "a card the lady" is no lady of cards.
fn is_grammar(word: &str) -> bool {
    let v = vocabulary::of(Lang::En);
    v.determiners.contains(&word)
        || v.at.contains(&word)
        || v.closed.contains(&word)
        || v.locates.contains(&word)
}

/// "at the front desk", "on reception": where it ends, and the place with its article.
fn place_at(reading: &Context<'_>, at: usize) -> Option<(usize, String)> {
    const SPOKEN: &[&str] = &["phone", "telephone", "door"];
    if !reading.follows(at)
        || !matches!(bare(reading, at), "at" | "on" | "in" | "from" | "behind" | "of")
    {
        return None;
    }
    let article = matches!(bare(reading, at + 1), "the" | "your");
    let first = at + 1 + usize::from(article);
    let workplaces = &vocabulary::of(Lang::En).workplaces;
    let mut end = first;
    while reading.follows(end) && workplaces.contains(&bare(reading, end)) && end < first + 2 {
        end += 1;
    }
    let in_front_of = end == first + 1 && bare(reading, first) == "front";
    if end == first || in_front_of || SPOKEN.contains(&bare(reading, first)) {
        return None;
    }
    let from = if article { at + 1 } else { first };
    Some((
        end,
        reading.text[reading.words[from].at.start..reading.words[end - 1].at.end].to_owned(),
    ))
}
