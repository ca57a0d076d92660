//! Words that point at somebody: "la dame de l'accueil" becomes "l'accueil", "the young guy" "the
//! person", "celui avec la barbe" "la personne".
//!
//! The words are in `lists/people_fr.txt` and `people_en.txt`; the grammar around them is here. A
//! noun for somebody points by itself; a role does where a place mostly has it once (the trainee),
//! and otherwise with looks, age, origin or hours (the bearded engineer, the night nurse); an
//! adjective does where no noun follows it (the tall one).

use super::context::Context;
use super::mask::{Kind, Mask};
use super::words::{Shape, Word};
use crate::i18n::Lang;

mod english;
mod french;
mod lexicon;
mod phrase;

/// Every such pointer of a comment, with what it becomes.
pub(super) fn find(reading: &Context<'_>, is_free: impl Fn(usize) -> bool) -> Vec<Mask> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < reading.words.len() {
        let pointer = is_free(at).then(|| pointer_at(reading, at)).flatten();
        if let Some((words, instead)) = pointer.filter(|(words, _)| words.clone().all(&is_free)) {
            at = words.end;
            let stretch = reading.words[words.start].at.start..reading.words[words.end - 1].at.end;
            let instead = with_capital_of(&reading.words[words.start], instead);
            found.push(Mask { at: stretch, kind: Kind::Pointer, instead: Some(instead) });
        } else {
            at += 1;
        }
    }
    found
}

/// Whether the words from here on may point at somebody, to those who work there.
pub(super) fn may_point(reading: &Context<'_>, at: usize) -> bool {
    match reading.lang {
        Lang::Fr => french::may_point(reading, at),
        Lang::En => english::may_point(reading, at),
    }
}

fn pointer_at(reading: &Context<'_>, at: usize) -> Option<phrase::Pointer> {
    let pointer = match reading.lang {
        Lang::Fr => french::pointer(reading, at),
        Lang::En => english::pointer(reading, at),
    };
    pointer.or_else(|| {
        let end = phrase::Reader::of(reading).apposed(at)?;
        Some((at..end, reading.lang.of("[personne]", "[person]").to_owned()))
    })
}

/// What stands at the start of a sentence begins with a capital.
fn with_capital_of(first: &Word<'_>, instead: String) -> String {
    let mut letters = instead.chars();
    match (first.shape, letters.next()) {
        (Shape::Small, _) | (_, None) => instead,
        (_, Some(letter)) => letter.to_uppercase().chain(letters).collect(),
    }
}
