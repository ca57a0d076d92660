//! "the lady at the desk" becomes "the desk", "a young man" "a person".

use super::lexicon::{self as lists, Sections};
use super::phrase::{Pointer, Reader, bare};
use crate::i18n::Lang;
use crate::privacy::redact::context::Context;
use crate::privacy::redact::lists::Class;
use crate::privacy::redact::vocabulary;
use crate::privacy::redact::words::Shape;

/// The pointer that starts at a word, with what it becomes.
pub(super) fn pointer(reading: &Context<'_>, at: usize) -> Option<Pointer> {
    let reader = Reader::of(reading);
    relative_of_staff(&reader, at)
        .or_else(|| noun_phrase(&reader, at))
        .or_else(|| somebody(&reader, at))
        .or_else(|| predicate(&reader, at))
        .or_else(|| own(&reader, at))
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
    let role = if is_article(reader.bare(at)) { at + 1 } else { at };
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

fn is_article(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "some"
            | "these"
            | "those"
            | "your"
            | "our"
            | "my"
            | "both"
            | "another"
            | "one"
            | "each"
            | "any"
    )
}

/// What stands between an article and where its noun ends.
#[derive(Default)]
struct Run<'r> {
    end: usize,
    /// The sections of the words before the noun.
    before: Sections,
    noun: Sections,
    is_one: bool,
    is_plural: bool,
    kept: Vec<&'r str>,
    /// Words before the noun that say nothing of somebody.
    unknown: usize,
    said: usize,
}

fn run<'r>(reader: &Reader<'r, '_>, first: usize, starts: bool) -> Run<'r> {
    const NOUNS: Sections =
        lists::PERSON | lists::LOOK_NOUN | lists::ROLE_ONE | lists::ROLE | lists::ORIGIN_NOUN;
    const SAID: Sections =
        lists::SIZE | lists::PLAIN | lists::LOOK | lists::ORIGIN | lists::FEATURE;
    let mut run = Run { end: first, ..Run::default() };
    let mut here = first;
    while here < first + 7 {
        let step = |wanted| {
            if starts && here == first {
                reader.starts(here, wanted)
            } else {
                reader.goes_on(here, wanted)
            }
        };
        let mut sections = 0;
        let noun = step(NOUNS);
        if let Some(end) = noun {
            for section in
                [lists::PERSON, lists::LOOK_NOUN, lists::ROLE_ONE, lists::ROLE, lists::ORIGIN_NOUN]
            {
                if step(section) == Some(end) {
                    sections |= section;
                }
            }
            let adjective = step(lists::LOOK | lists::ORIGIN) == Some(end);
            run.before |= run.noun;
            run.noun = sections;
            if adjective {
                run.before |= step(lists::LOOK).map_or(lists::ORIGIN, |_| lists::LOOK);
            }
            run.is_plural = is_plural(reader.bare(end - 1));
            run.end = end;
            here = end;
            continue;
        }
        let is_one = matches!(reader.bare(here), "one" | "ones")
            && reader.reading.follows(here)
            && here > first;
        if is_one {
            run.is_one = true;
            run.end = here + 1;
            break;
        }
        if let Some(end) = step(SAID).or_else(|| year_old(reader, here)) {
            for section in [lists::SIZE, lists::PLAIN, lists::LOOK, lists::ORIGIN, lists::FEATURE] {
                if step(section).is_some() {
                    run.before |= section;
                }
            }
            if year_old(reader, here) == Some(end) {
                run.before |= lists::LOOK;
                run.said = end;
            }
            here = end;
            continue;
        }
        let may_be_kept = run.unknown == 0
            && run.end == first
            && (reader.reading.follows(here) || starts && here == first)
            && !is_grammar(reader.reading, here)
            && !reader.is(here, lists::CLOSER | lists::BE);
        if !may_be_kept {
            break;
        }
        if reader.reading.classes[here] == Class::Common {
            run.kept.push(reader.reading.words[here].text(reader.reading.text));
        }
        run.unknown += 1;
        here += 1;
    }
    run
}

/// "30 year old", "thirty-year-old".
fn year_old(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let whole = reader.bare(at).ends_with("-year-old");
    if whole && reader.reading.follows(at) {
        return Some(at + 1);
    }
    let old = matches!(reader.bare(at + 1), "year" | "years" | "yr" | "yo")
        && reader.bare(at + 2) == "old"
        && reader.reading.follows(at + 1);
    old.then_some(at + 3)
}

fn is_plural(word: &str) -> bool {
    word.ends_with('s') && !word.ends_with("ss") || matches!(word, "women" | "men" | "gentlemen")
}

/// Words that end what belongs to a noun: "a card the lady" is no lady of cards.
fn is_grammar(reading: &Context<'_>, at: usize) -> bool {
    let v = vocabulary::of(Lang::En);
    let word = bare(reading, at);
    v.determiners.contains(&word)
        || v.at.contains(&word)
        || v.closed.contains(&word)
        || v.locates.contains(&word)
}

fn noun_phrase(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
    let reading = reader.reading;
    let det = reader.bare(at);
    let has_article = is_article(det);
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
    let mut run = run(reader, first, !has_article);
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
    let noun = |section: Sections| run.noun & section != 0;
    let looks = run.before
        & (lists::LOOK
            | lists::SIZE
            | lists::ORIGIN
            | lists::FEATURE
            | lists::ORIGIN_NOUN
            | lists::LOOK_NOUN)
        != 0;
    let strong = run.before
        & (lists::LOOK | lists::ORIGIN | lists::FEATURE | lists::ORIGIN_NOUN | lists::LOOK_NOUN)
        != 0;
    let det = reader.bare(at);
    if run.is_one {
        return points_by_one(reader, at, run, follow);
    }
    if !has_article {
        return !follow.is_possessive
            && run.unknown == 0
            && (noun(lists::PERSON | lists::LOOK_NOUN | lists::ROLE_ONE)
                && (follow.is_at_work || follow.is_qualified || looks && follow.is_personal)
                || noun(lists::ROLE_ONE)
                    && (follow.is_personal || reader.reading.acts(run.end - 1))
                || noun(lists::ROLE) && (strong && follow.is_personal || follow.is_qualified));
    }
    if matches!(det, "my" | "our") {
        return noun(lists::ROLE) && (strong || follow.is_qualified);
    }
    if noun(lists::PERSON) {
        return !(run.is_plural && follow.is_possessive);
    }
    if noun(lists::ROLE_ONE) && !run.is_plural {
        let definite = matches!(det, "the" | "your" | "this" | "that");
        let compound = reader.is(run.end, lists::NOT_AFTER) && reader.reading.follows(run.end);
        return !follow.is_possessive
            && !compound
            && (definite || strong || follow.is_qualified || follow.is_at_work);
    }
    if noun(lists::ROLE) {
        let shift = is_shift(reader.bare(at + 1));
        let only = matches!(reader.bare(at + 1), "only" | "sole" | "lone");
        return !run.is_plural
            && !follow.is_possessive
            && (looks
                || only
                || follow.is_qualified
                || shift
                || on_shift(reader, run.end).is_some());
    }
    if noun(lists::LOOK_NOUN | lists::ORIGIN_NOUN) {
        let sure = follow.is_qualified || follow.is_personal;
        let is_noun_only = !reader
            .is(run.end - 1, lists::COLOUR | lists::LOOK | lists::ORIGIN | lists::ORIGIN_NOUN);
        let weak = reader.is(run.end - 1, lists::COLOUR)
            && reader.reading.words[run.end - 1].shape == Shape::Small
            && run.before & !lists::PLAIN == 0;
        if weak && !sure {
            return false;
        }
        let plural = run.is_plural && !(det == "both" || run.before & lists::PLAIN != 0);
        return !follow.is_possessive
            && (follow.is_closed || sure || is_noun_only)
            && (!plural || follow.is_at_work);
    }
    false
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

fn is_shift(word: &str) -> bool {
    matches!(word, "night" | "evening" | "morning" | "weekend" | "day")
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

/// "of the 8 o'clock bus", "on the late shift".
fn on_shift(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    if !matches!(reader.bare(at), "of" | "on") || !reader.reading.follows(at) {
        return None;
    }
    (at + 1..at + 6)
        .take_while(|here| reader.reading.follows(*here))
        .find(|here| reader.is(*here, lists::SHIFT))
        .map(|here| here + 1)
}

/// "the person with the blue hair", "someone in a wheelchair".
fn somebody(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
    let has_article = is_article(reader.bare(at));
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
fn own(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
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
fn predicate(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
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
