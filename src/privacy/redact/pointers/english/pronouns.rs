//! Who is said to look so, or to be so: "someone in a wheelchair", "her accent", "she is pregnant".

use crate::privacy::redact::pointers::lexicon::{self as lists, Sections};
use crate::privacy::redact::pointers::phrase::{Pointer, Reader};
use crate::privacy::redact::words::Shape;

/// "the person with the blue hair", "someone in a wheelchair".
pub(super) fn somebody(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
    let has_article = reader.is(at, lists::ARTICLE);
    let mut noun = at + usize::from(has_article);
    let mut looks = false;
    while has_article && noun < at + 5 {
        let Some(next) =
            reader.goes_on(noun, lists::LOOK | lists::ORIGIN | lists::PLAIN | lists::SIZE)
        else {
            break;
        };
        looks |= reader.is(noun, lists::LOOK | lists::ORIGIN);
        noun = next;
    }
    let end = reader.starts(noun, lists::SOMEBODY)?;
    let is_many = reader.bare(end - 1) == "people";
    let end = reader.qualified(end).or_else(|| (looks && !is_many).then_some(end))?;
    let noun = if has_article { "the person" } else { "somebody" };
    Some((at..end, noun.to_owned()))
}

/// "her Polish accent": of somebody who is named before.
pub(super) fn own(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
    if !matches!(reader.bare(at), "his" | "her") {
        return None;
    }
    const SAID: Sections =
        lists::SIZE | lists::PLAIN | lists::TAIL | lists::ORIGIN | lists::LOOK | lists::ORIGIN_NOUN;
    let mut here = at + 1;
    while here < at + 5 {
        if let Some(end) = reader.goes_on(here, lists::OWN) {
            return Some((at..end, "[person]".to_owned()));
        }
        let known = reader.goes_on(here, SAID);
        here = known
            .or_else(|| (here == at + 1 && reader.reading.follows(here)).then_some(here + 1))?;
    }
    None
}

/// "She is pregnant", "He walks with a cane": what is said of somebody, after the pronoun.
pub(super) fn predicate(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
    let is_role = reader.is(at, lists::ROLE | lists::ROLE_ONE);
    if !is_role && !matches!(reader.bare(at), "she" | "he") {
        return None;
    }
    reader.goes_on(at + 1, if is_role { lists::BE } else { lists::BE | lists::STATE })?;
    if let Some(end) = reader.looks(at + 1) {
        return Some((at + 1..end, "[person]".to_owned()));
    }
    let has = matches!(reader.bare(at + 1), "has" | "had" | "wears" | "wore");
    let wanted = if has { lists::STATE | lists::FEATURE } else { lists::STATE };
    let end =
        reader.state(at + 1, wanted).or_else(|| age_of(reader, at + 1).filter(|_| !is_role))?;
    Some((at + 1..end, "[person]".to_owned()))
}

/// "must be about 25", "looks 19".
fn age_of(reader: &Reader<'_, '_>, first: usize) -> Option<usize> {
    let mut here = first;
    while reader.is(here, lists::BE) && reader.reading.follows(here) && here < first + 5 {
        here += 1;
    }
    let word = reader.reading.words.get(here)?;
    let is_age = word.shape == Shape::Code
        && word.bare.len() == 2
        && word.bare.bytes().all(|byte| byte.is_ascii_digit());
    (is_age && here > first && reader.is_closed(here + 1)).then_some(here + 1)
}
