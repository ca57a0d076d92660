//! Words that point at somebody by sex or age: "la dame de l'accueil" becomes "l'accueil", "the
//! young guy" "the person".

use std::ops::Range;

use super::context::Context;
use super::words::{Shape, Word};
use super::{Kind, Mask};
use crate::i18n::Lang;

mod english;
mod french;

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

type Pointer = (Range<usize>, String);

fn pointer_at(reading: &Context<'_>, at: usize) -> Option<Pointer> {
    match reading.lang {
        Lang::Fr => french::pointer(reading, at),
        Lang::En => english::pointer(reading, at),
    }
}

fn bare<'r>(reading: &'r Context<'_>, at: usize) -> &'r str {
    reading.words.get(at).map_or("", |word| word.bare.as_str())
}

/// What stands at the start of a sentence begins with a capital.
fn with_capital_of(first: &Word<'_>, instead: String) -> String {
    let mut letters = instead.chars();
    match (first.shape, letters.next()) {
        (Shape::Small, _) | (_, None) => instead,
        (_, Some(letter)) => letter.to_uppercase().chain(letters).collect(),
    }
}
