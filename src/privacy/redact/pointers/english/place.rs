//! Where and when somebody works: "at the front desk", "on the late shift".

use crate::i18n::Lang;
use crate::privacy::redact::context::Context;
use crate::privacy::redact::pointers::lexicon as lists;
use crate::privacy::redact::pointers::phrase::{Reader, bare};
use crate::privacy::redact::vocabulary;
use crate::privacy::redact::words::Shape;

/// "at the front desk", "on reception": where it ends, and the place with its article.
pub(super) fn place_at(reading: &Context<'_>, at: usize) -> Option<(usize, String)> {
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

/// "the night nurse".
pub(super) fn is_shift(reader: &Reader<'_, '_>, at: usize) -> bool {
    matches!(reader.bare(at), "night" | "evening" | "morning" | "weekend" | "day")
}

/// "of the 8 o'clock bus", "on the late shift".
pub(super) fn on_shift(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    if !matches!(reader.bare(at), "of" | "on") || !reader.reading.follows(at) {
        return None;
    }
    (at + 1..at + 6)
        .take_while(|here| reader.reading.follows(*here))
        .find(|here| reader.is(*here, lists::SHIFT))
        .filter(|here| {
            !reader.is(*here, lists::VEHICLE) || (at..*here).any(|at| is_hour(reader, at))
        })
        .map(|here| here + 1)
}

/// Of a bus, what tells it from others.
fn is_hour(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.reading.words.get(at).is_some_and(|word| word.shape == Shape::Code)
}
