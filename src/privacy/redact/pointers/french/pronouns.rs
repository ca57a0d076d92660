//! Who is said to look so, or to be so: "celui avec la barbe", "son accent", "elle est enceinte".

use super::place::Determiner;
use crate::privacy::redact::pointers::lexicon::{self as lists, Sections};
use crate::privacy::redact::pointers::phrase::{Pointer, Reader};

/// "celui avec la barbe", "celle qui est enceinte".
pub(super) fn demonstrative(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
    let (one, many) = match reader.bare(at) {
        "celui" | "celle" | "celui-la" | "celle-la" => (true, false),
        "ceux" | "celles" => (false, true),
        _ => return None,
    };
    let from = match (reader.bare(at + 1), reader.bare(at + 2)) {
        ("d", "en") => at + 4,
        _ => at + 1,
    };
    let end = reader.qualified(from)?;
    let person = if many && !one { "les personnes" } else { "la personne" };
    Some((at..end, person.to_owned()))
}

/// "la personne avec le voile", "quelqu'un de très âgé".
pub(super) fn somebody(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
    let det = Determiner::of(reader.reading, at);
    // "les personnes âgées" are nobody.
    if det.as_ref().is_some_and(Determiner::is_plural) {
        return None;
    }
    let noun = at + det.as_ref().map_or(0, |det| det.words);
    let noun =
        if det.is_some() { reader.goes_on(noun, lists::PLAIN).unwrap_or(noun) } else { noun };
    let mut end = reader.starts(noun, lists::SOMEBODY)?;
    let from = end;
    while let Some(next) = reader.goes_on(end, lists::PLAIN) {
        end = next;
    }
    let of = if reader.bare(end) == "de" { end + 1 } else { end };
    let of = reader.goes_on(of, lists::PLAIN).unwrap_or(of);
    let looks = reader.goes_on(of, lists::LOOK | lists::LOOK_NOUN | lists::ORIGIN);
    let qualified = reader.qualified(looks.unwrap_or(from)).or(looks)?;
    let person = det.map_or("quelqu'un", |det| det.person());
    Some((at..qualified, person.to_owned()))
}

/// "son accent polonais": of somebody who is named before.
pub(super) fn own(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
    if !matches!(reader.bare(at), "son" | "sa" | "ses") {
        return None;
    }
    let first = at + 1;
    let first = reader.goes_on(first, lists::SIZE | lists::PLAIN | lists::TAIL).unwrap_or(first);
    let mut end = reader.goes_on(first, lists::OWN)?;
    while let Some(next) =
        reader.goes_on(end, lists::TAIL | lists::ORIGIN | lists::LOOK | lists::PLAIN)
    {
        end = next;
    }
    Some((at..end, "[personne]".to_owned()))
}

/// "elle est enceinte", "il parle avec un accent": what is said of somebody, after the pronoun.
pub(super) fn predicate(reader: &Reader<'_, '_>, first: usize) -> Option<Pointer> {
    const SUBJECTS: Sections = lists::SUBJECT | lists::ROLE | lists::ROLE_ONE;
    reader.goes_on(first, lists::BE)?;
    if !reader.is(first - 1, SUBJECTS) {
        return None;
    }
    if let Some(end) = reader.looks(first) {
        return Some((first..end, String::from("[personne]")));
    }
    let state = |section| reader.state(first, section);
    let has = matches!(reader.bare(first), "a" | "avait" | "porte" | "portait");
    let end = state(if has { lists::STATE | lists::FEATURE } else { lists::STATE })?;
    let is_colour =
        (first..end).any(|at| reader.is(at, lists::COLOUR) && reader.is(at, lists::STATE));
    let is_of_things = (first..end).any(|at| {
        matches!(reader.bare(at), "stage" | "essai" | "cheveux" | "casquette" | "louche" | "accent")
    });
    if is_colour || is_of_things && reader.bare(first) != "a" && reader.bare(first) != "parle" {
        return None;
    }
    Some((first..end, String::from("[personne]")))
}
