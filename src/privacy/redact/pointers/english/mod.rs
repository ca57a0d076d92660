//! "the lady at the desk" becomes "the desk", "a young man" "a person".

mod place;
mod pronouns;
mod run;

use super::lexicon as lists;
use super::phrase::{Pointer, Reader};
use crate::privacy::redact::context::{Context, Voice};
use crate::privacy::redact::words::Shape;
use place::{is_shift, on_shift, place_at};
use run::Run;

/// The pointer that starts at a word, with what it becomes.
pub(super) fn pointer(reading: &Context<'_>, at: usize) -> Option<Pointer> {
    let reader = Reader::of(reading);
    relative_of_staff(&reader, at)
        .or_else(|| noun_phrase(&reader, at))
        .or_else(|| pronouns::somebody(&reader, at))
        .or_else(|| pronouns::predicate(&reader, at))
        .or_else(|| pronouns::own(&reader, at))
}

/// "the nurse who", "the technician in Leeds", "the one who served me".
pub(super) fn may_point(reading: &Context<'_>, at: usize) -> bool {
    let reader = Reader::of(reading);
    if !matches!(reader.bare(at), "the" | "your" | "that") {
        return false;
    }
    if reader.bare(at + 1) == "one" {
        return reader.bare(at + 2) == "who";
    }
    let Some(end) = reader.goes_on(at + 1, lists::ROLE) else { return false };
    let somewhere = matches!(reader.bare(end), "at" | "in" | "from" | "on")
        && (reading.is_marked_next(end)
            || is_personal(&reader, end)
            || place_at(reading, end).is_some());
    reading.follows(end) && (reader.bare(end) == "who" || somewhere)
}

/// "the owner's wife".
fn relative_of_staff(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
    let role = if reader.is(at, lists::ARTICLE) { at + 1 } else { at };
    let end = if role == at {
        reader.reading.words[at]
            .starts
            .then(|| reader.starts(role, lists::ROLE_ONE | lists::ROLE))?
    } else {
        reader.goes_on(role, lists::ROLE_ONE | lists::ROLE)
    }?;
    if reader.bare(end) != "s" {
        return None;
    }
    let end = reader.goes_on(end + 1, lists::KIN)?;
    Some((at..end, "the person".to_owned()))
}

fn noun_phrase(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
    let reading = reader.reading;
    let det = reader.bare(at);
    let has_article = reader.is(at, lists::ARTICLE);
    if matches!(det, "her" | "him") && reader.bare(at + 1) == "with" {
        return reader.qualified(at + 1).map(|end| (at..end, "the person".to_owned()));
    }
    if !has_article && !reading.words[at].starts {
        return None;
    }
    let first = at + usize::from(has_article);
    if reader.starts(first, lists::NOT_PERSON).is_some() {
        return None;
    }
    let mut run = Run::of(reader, first, !has_article);
    let is_bare_one =
        det == "one" || det == "the" && reader.bare(first) == "one" && reading.follows(first);
    if is_bare_one && run.end == first {
        let from = first + usize::from(det != "one");
        let end = reader.qualified(from)?;
        return Some((at..end, "the person".to_owned()));
    }
    if run.said > run.end && run.end == first {
        run.end = run.said;
        run.noun = lists::LOOK_NOUN;
    }
    if run.end == first {
        return adjective_alone(reader, at, first);
    }
    // "the manager's office", "Old man's beard".
    let possessive = reading.words.get(run.end).is_some_and(|next| {
        next.bare == "s" && next.before == "'" || run.is_plural && next.before == "' "
    });
    let qualified = if possessive { None } else { reader.qualified(run.end) };
    let end = qualified.unwrap_or(run.end);
    let follow = Follow {
        is_possessive: possessive,
        is_qualified: qualified.is_some(),
        is_personal: is_personal(reader, end) || place_at(reading, end).is_some(),
        is_at_work: place_at(reading, end).is_some(),
        is_closed: reader.is_closed(end),
    };
    if !points(reader, at, has_article, &run, &follow) {
        return None;
    }
    Some(replaced(reader, at, has_article, &run, end))
}

/// What stands after a noun.
struct Follow {
    is_possessive: bool,
    is_qualified: bool,
    /// Said of somebody: "who", "told me", "at reception".
    is_personal: bool,
    is_at_work: bool,
    is_closed: bool,
}

fn points(
    reader: &Reader<'_, '_>,
    at: usize,
    has_article: bool,
    run: &Run<'_>,
    follow: &Follow,
) -> bool {
    if run.is_one {
        return points_by_one(reader, at, run, follow);
    }
    let det = reader.bare(at);
    if !has_article {
        return points_without_article(reader, run, follow);
    }
    if matches!(det, "my" | "our") {
        return run.is(lists::ROLE) && (run.looks_like_somebody() || follow.is_qualified);
    }
    if run.is(lists::PERSON) {
        let compound = reader.goes_on(run.end, lists::NOT_AFTER).is_some() && !follow.is_closed;
        return !(compound || run.is_plural && follow.is_possessive);
    }
    if follow.is_possessive {
        return false;
    }
    if run.is(lists::ROLE_ONE) && !run.is_plural {
        let definite = reader.reading.voice == Voice::Customer
            && matches!(det, "the" | "your" | "this" | "that");
        let compound = reader.goes_on(run.end, lists::NOT_AFTER).is_some();
        let said = run.looks_like_somebody() || follow.is_qualified || follow.is_at_work;
        return !compound && (definite || said);
    }
    if run.is(lists::ROLE) {
        let only = matches!(reader.bare(at + 1), "only" | "sole" | "lone");
        let on_shift = is_shift(reader, at + 1) || on_shift(reader, run.end).is_some();
        return !run.is_plural && (run.is_described() || only || follow.is_qualified || on_shift);
    }
    run.is(lists::LOOK_NOUN | lists::ORIGIN_NOUN) && points_by_looks(reader, det, run, follow)
}

/// "Lady on reception", "old guy in the shop", "Receptionist was rude".
fn points_without_article(reader: &Reader<'_, '_>, run: &Run<'_>, follow: &Follow) -> bool {
    if follow.is_possessive || run.unknown > 0 {
        return false;
    }
    let person = run.is(lists::PERSON | lists::LOOK_NOUN | lists::ROLE_ONE)
        && (follow.is_at_work || follow.is_qualified || run.is_described() && follow.is_personal);
    let role_one = run.is(lists::ROLE_ONE)
        && reader.reading.voice == Voice::Customer
        && (follow.is_personal || reader.reading.acts(run.end - 1));
    let role = run.is(lists::ROLE)
        && (run.looks_like_somebody() && follow.is_personal || follow.is_qualified);
    person || role_one || role
}

/// "the redhead", "a Romanian", "both blondes".
fn points_by_looks(reader: &Reader<'_, '_>, det: &str, run: &Run<'_>, follow: &Follow) -> bool {
    let last = run.end - 1;
    let sure = follow.is_qualified || follow.is_personal;
    let weak = reader.is(last, lists::COLOUR)
        && reader.reading.words[last].shape == Shape::Small
        && run.before & !lists::PLAIN == 0;
    if weak && !sure {
        return false;
    }
    let adjectives = lists::COLOUR | lists::LOOK | lists::ORIGIN | lists::ORIGIN_NOUN;
    let plural = run.is_plural && !(det == "both" || run.before & lists::PLAIN != 0);
    (follow.is_closed || sure || !reader.is(last, adjectives)) && (!plural || follow.is_at_work)
}

/// "the pregnant one", "the tall one who served me".
fn points_by_one(reader: &Reader<'_, '_>, at: usize, run: &Run<'_>, follow: &Follow) -> bool {
    let words = at + 1..run.end - 1;
    let looks = words.clone().any(|at| reader.is(at, lists::LOOK) && !reader.is(at, lists::COLOUR));
    let older = words
        .clone()
        .any(|at| matches!(reader.bare(at), "younger" | "older" | "elder" | "youngest"));
    let any = run.before & (lists::LOOK | lists::SIZE | lists::ORIGIN) != 0;
    let apposed = reader.reading.words[at].before == ", "
        && at > 0
        && reader.is(at - 1, lists::ROLE | lists::ROLE_ONE | lists::PERSON);
    run.unknown == 0
        && (looks
            || older && follow.is_closed
            || any && (follow.is_personal || follow.is_qualified || apposed))
}

/// "the older of the two", "the pregnant at the till".
fn adjective_alone(reader: &Reader<'_, '_>, at: usize, first: usize) -> Option<Pointer> {
    if !matches!(reader.bare(at), "the" | "that") {
        return None;
    }
    let end = reader.goes_on(first, lists::OLDER)?;
    let of_them = reader.bare(end) == "of" && reader.bare(end + 1) == "the" && {
        let group = lists::ROLE | lists::ROLE_ONE | lists::PERSON;
        let singular = reader.bare(end + 2).trim_end_matches('s');
        matches!(singular, "two" | "three" | "four" | "pair" | "bunch" | "team" | "staff")
            || reader.lexicon_knows(singular, group)
    };
    of_them.then(|| (at..end + 3, "the person".to_owned()))
}

fn is_personal(reader: &Reader<'_, '_>, at: usize) -> bool {
    if !reader.reading.follows(at) {
        return false;
    }
    let word = reader.bare(at);
    let somewhere = matches!(word, "at" | "on" | "in" | "from" | "behind") && {
        let noun = at + 1 + usize::from(reader.is(at + 1, lists::DETERMINER));
        reader.is(noun, lists::PLACE)
    };
    word == "who" || somewhere || reader.reading.vocabulary.deeds.contains(&word)
}

fn replaced(
    reader: &Reader<'_, '_>,
    at: usize,
    has_article: bool,
    run: &Run<'_>,
    end: usize,
) -> Pointer {
    if let Some((end, place)) = place_at(reader.reading, end) {
        return (at..reader.qualified(end).unwrap_or(end), place);
    }
    let end =
        if run.noun & lists::PERSON == 0 { on_shift(reader, end).unwrap_or(end) } else { end };
    let end =
        if has_article && run.is_one && reader.bare(end) == "of" && reader.bare(end + 1) == "the" {
            end + 3
        } else {
            end
        };
    let noun = if run.is_plural { "people" } else { "person" };
    let mut said = Vec::new();
    if run.noun & lists::PERSON != 0 {
        said.extend(run.kept.iter().copied());
    }
    said.push(noun);
    let vowel = said[0].starts_with(['a', 'e', 'i', 'o', 'u']);
    let det = match reader.bare(at) {
        _ if !has_article => return (at..end, said.join(" ")),
        "a" | "an" | "one" if vowel => "an",
        "a" | "an" | "one" => "a",
        "your" | "my" | "our" => "the",
        "both" => "both",
        other => other,
    };
    (at..end, format!("{det} {}", said.join(" ")))
}
