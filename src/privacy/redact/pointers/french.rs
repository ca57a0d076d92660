//! "la dame de l'accueil" becomes "l'accueil", "un jeune homme" "une personne".

use super::lexicon::{self as lists, Sections};
use super::phrase::{Pointer, Reader};
use super::place::{Det, Determiner, contracted, place_at};
use crate::privacy::redact::context::Context;
use crate::privacy::redact::words::Shape;

/// The pointer that starts at a word, with what it becomes.
pub(super) fn pointer(reading: &Context<'_>, at: usize) -> Option<Pointer> {
    let reader = Reader::of(reading);
    relative_of_staff(&reader, at)
        .or_else(|| noun_phrase(&reader, at))
        .or_else(|| demonstrative(&reader, at))
        .or_else(|| somebody(&reader, at))
        .or_else(|| predicate(&reader, at))
        .or_else(|| own(&reader, at))
}

/// "le technicien de Laval", "celle qui m'a reçu".
pub(super) fn may_point(reading: &Context<'_>, at: usize) -> bool {
    let reader = Reader::of(reading);
    if matches!(reader.bare(at), "celui" | "celle") {
        return reader.bare(at + 1) == "qui"
            && is_personal(&reader, at + 1)
            && matches!(reader.bare(at + 2), "m" | "nous" | "ma");
    }
    let Some(det) = Determiner::of(reading, at).filter(Determiner::is_definite) else {
        return false;
    };
    let Some(end) = reader.goes_on(at + det.words, lists::ROLE) else { return false };
    let of_a_place = reader.bare(end) == "de" && reading.is_marked_next(end);
    reading.follows(end) && (reader.bare(end) == "qui" || of_a_place || is_somewhere(&reader, end))
}

/// "la femme du patron", "le fils de la gérante".
fn relative_of_staff(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
    let det = Determiner::of(reader.reading, at)?;
    let of = reader.goes_on(at + det.words, lists::KIN)?;
    let role = match (reader.bare(of), reader.bare(of + 1)) {
        ("du" | "des", _) => of + 1,
        ("de", "la" | "l" | "votre" | "mon" | "ma") => of + 2,
        _ => return None,
    };
    let end = reader.goes_on(role, lists::ROLE_ONE | lists::ROLE)?;
    Some((at..end, det.person().to_owned()))
}

/// What stands between an article and where its noun and adjectives end.
struct Run {
    end: usize,
    sections: Sections,
    /// The sections of its last word.
    last: Sections,
    has_capital: bool,
}

fn run(reader: &Reader<'_, '_>, first: usize, starts: bool) -> Option<Run> {
    const NOUNS: Sections =
        lists::PERSON | lists::LOOK_NOUN | lists::ROLE_ONE | lists::ROLE | lists::ORIGIN;
    const SAID: Sections = lists::SIZE | lists::PLAIN | lists::LOOK;
    let mut run = Run { end: first, sections: 0, last: 0, has_capital: false };
    while run.end < first + 6 {
        let step = |wanted| {
            if starts && run.end == first {
                reader.starts(run.end, wanted)
            } else {
                reader.goes_on(run.end, wanted)
            }
        };
        let Some(end) = step(NOUNS).or_else(|| step(SAID)) else { break };
        let mut sections = 0;
        for section in [
            lists::PERSON,
            lists::LOOK_NOUN,
            lists::LOOK,
            lists::SIZE,
            lists::PLAIN,
            lists::ROLE_ONE,
            lists::ROLE,
            lists::ORIGIN,
            lists::COLOUR,
            lists::OLDER,
        ] {
            if step(section) == Some(end) {
                sections |= section;
            }
        }
        let word = &reader.reading.words[run.end];
        let is_unaccented = sections & (lists::LOOK | lists::LOOK_NOUN) != 0
            && reader.is(run.end, lists::ACCENT)
            && run.sections & (lists::PERSON | lists::ROLE | lists::PLAIN) == 0
            && !word.text(reader.reading.text).contains('é');
        if is_unaccented {
            break;
        }
        run.has_capital |=
            sections & lists::ORIGIN != 0 && word.shape == Shape::Capital && !word.starts;
        run.sections |= sections;
        run.last = sections;
        run.end = end;
    }
    (run.end > first).then_some(run)
}

fn noun_phrase(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
    let reading = reader.reading;
    let det = match Determiner::of(reading, at) {
        Some(det) => det,
        None if reading.words[at].starts => Determiner { words: 0, kind: Det::None },
        None => return None,
    };
    let first = at + det.words;
    if reader.starts(first, lists::NOT_PERSON).is_some() {
        return None;
    }
    let run = run(reader, first, det.words == 0)?;
    let qualified = reader.qualified(run.end);
    let end = qualified.unwrap_or(run.end);
    let place = place_at(reading, end);
    let follow = Follow {
        is_qualified: qualified.is_some(),
        is_personal: place.is_some() || is_personal(reader, end),
        is_at_work: place.is_some() || is_somewhere(reader, end),
        is_closed: reader.is_closed(end),
    };
    // What a capital follows is a title: "le monsieur Dupont".
    let is_title = run.last & lists::PERSON != 0 && reading.is_marked_next(run.end - 1);
    if is_title || !points(reader, &det, first, &run, &follow) {
        return None;
    }
    Some(replaced(reader, at, &det, end))
}

/// What stands after a noun and its adjectives.
struct Follow {
    is_qualified: bool,
    /// Said of somebody: "qui m'a", "m'a", "à l'accueil".
    is_personal: bool,
    is_at_work: bool,
    is_closed: bool,
}

fn points(
    reader: &Reader<'_, '_>,
    det: &Determiner,
    first: usize,
    run: &Run,
    follow: &Follow,
) -> bool {
    let has = |section: Sections| run.sections & section != 0;
    let looks = has(lists::LOOK | lists::LOOK_NOUN | lists::ORIGIN | lists::SIZE);
    if det.kind == Det::Mine {
        return has(lists::ROLE)
            && !has(lists::PERSON)
            && (has(lists::LOOK | lists::ORIGIN) || follow.is_qualified);
    }
    if det.kind == Det::None {
        let role = has(lists::ROLE_ONE)
            && !is_of_thing(reader, run.end)
            && (follow.is_closed || reader.reading.acts(run.end - 1))
            && reader.bare(run.end) != "de"
            || has(lists::ROLE) && (has(lists::LOOK) && !has(lists::COLOUR) || follow.is_qualified);
        return role
            || has(lists::PERSON | lists::LOOK_NOUN | lists::ROLE_ONE)
                && (follow.is_qualified
                    || follow.is_at_work
                    || looks && follow.is_personal && !has(lists::COLOUR));
    }
    if has(lists::PERSON) {
        return true;
    }
    if has(lists::ROLE_ONE) && !det.is_plural() {
        let said = looks && first + 1 < run.end || follow.is_qualified || follow.is_at_work;
        if is_of_thing(reader, run.end) {
            return said;
        }
        return det.is_definite() && !reader.is(run.end, lists::NOT_AFTER) || said;
    }
    if has(lists::ROLE) {
        return !det.is_plural()
            && (looks
                || is_only(reader, first)
                || follow.is_qualified
                || is_on_shift(reader, run.end).is_some());
    }
    stands_for_noun(reader, det, first, run, follow)
}

/// "la blonde", "le Polonais", "le petit jeune", "la nouvelle": an adjective in a noun's place.
fn stands_for_noun(
    reader: &Reader<'_, '_>,
    det: &Determiner,
    first: usize,
    run: &Run,
    follow: &Follow,
) -> bool {
    let has = |section: Sections| run.sections & section != 0;
    let several = run.end > first + 1 && has(lists::SIZE);
    let counted = det.is_plural() && matches!(reader.bare(first), "deux" | "trois" | "quatre");
    if det.is_plural() && !counted {
        return has(lists::LOOK_NOUN | lists::ORIGIN | lists::SIZE) && follow.is_at_work
            || has(lists::ORIGIN) && run.has_capital && follow.is_personal;
    }
    let drinks =
        has(lists::COLOUR) && (0..reader.reading.words.len()).any(|at| reader.is(at, lists::THING));
    if has(lists::LOOK_NOUN | lists::LOOK) {
        let sure = follow.is_personal || follow.is_qualified || counted;
        return sure || !drinks && (several || !has(lists::COLOUR)) && is_noun_alone(reader, run);
    }
    if has(lists::ORIGIN) {
        let sure = follow.is_personal || follow.is_qualified;
        return sure || (run.has_capital || several) && follow.is_closed;
    }
    if matches!(reader.bare(first), "plus" | "moins") && has(lists::OLDER) {
        return matches!(reader.bare(run.end - 1), "age" | "agee" | "jeune" | "vieux" | "vieille")
            && follow.is_closed;
    }
    let news = matches!(reader.bare(first), "bonne" | "mauvaise" | "premiere" | "seule" | "meme");
    has(lists::SIZE) && !news && (follow.is_personal || follow.is_qualified)
}

/// Whether a noun for looks is no adjective of what follows.
fn is_noun_alone(reader: &Reader<'_, '_>, run: &Run) -> bool {
    run.last & (lists::LOOK_NOUN | lists::LOOK) != 0 && !reader.reading.is_marked_next(run.end - 1)
}

/// "le responsable de traitement": the role of a thing, not of a place.
fn is_of_thing(reader: &Reader<'_, '_>, at: usize) -> bool {
    let next = at + 1;
    matches!(reader.bare(at - 1), "patron" | "responsable" | "gardien")
        && reader.bare(at) == "de"
        && reader.reading.follows(next)
        && reader.reading.words[next].shape == Shape::Small
        && !reader.is(
            next,
            lists::PLACE | lists::DETERMINER | lists::ROLE | lists::ROLE_ONE | lists::SHIFT,
        )
        && !reader.reading.vocabulary.workplaces.contains(&reader.bare(next))
}

/// "la personne avec le voile", "quelqu'un de très âgé".
fn somebody(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
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
fn own(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
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

/// "l'unique médecin".
fn is_only(reader: &Reader<'_, '_>, at: usize) -> bool {
    matches!(reader.bare(at), "unique" | "seul" | "seule")
}

fn replaced(reader: &Reader<'_, '_>, at: usize, det: &Determiner, end: usize) -> Pointer {
    let reading = reader.reading;
    if let Some((end, place)) = place_at(reading, end) {
        let end = reader.qualified(end).unwrap_or(end);
        let contracted = contracted(reading, at, det, &place);
        let start = at - usize::from(contracted.is_some());
        let shown = contracted.as_ref().unwrap_or(det);
        return (start..end, shown.before_place(place));
    }
    let end = is_on_shift(reader, end).unwrap_or(end);
    let end =
        reader.goes_on(end, lists::OF).filter(|_| is_of_two(reader, end)).map_or(end, |at| at + 1);
    (at..end, det.person().to_owned())
}

/// "le plus âgé des deux".
fn is_of_two(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.bare(at) == "des" && matches!(reader.bare(at + 1), "deux" | "trois" | "quatre")
}

/// "de nuit", "du matin", "du bus de 8 h": where the time of somebody's work ends.
fn is_on_shift(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let of = reader.goes_on(at, lists::OF)?;
    let of = reader.goes_on(of, lists::DETERMINER).unwrap_or(of);
    let end = reader.goes_on(of, lists::SHIFT)?;
    let hour = |at: usize| {
        reader.reading.words.get(at).is_some_and(|word| word.shape == Shape::Code)
            && reader.reading.follows(at)
    };
    if reader.bare(end) == "de" && hour(end + 1) {
        return Some(end + 2 + usize::from(reader.bare(end + 2) == "h"));
    }
    Some(end)
}

/// Whether what follows is said of somebody.
fn is_personal(reader: &Reader<'_, '_>, at: usize) -> bool {
    if !reader.reading.follows(at) {
        return false;
    }
    let (one, two) = (reader.bare(at), reader.bare(at + 1));
    match one {
        "qui" => {
            !matches!(two, "est" | "etait" | "manque" | "reste" | "fuit" | "marche" | "a" | "va")
        }
        "m" | "nous" => {
            matches!(two, "a" | "ont" | "avait" | "aide" | "explique" | "dit" | "fait" | "avaient")
        }
        "ma" => {
            !two.is_empty()
                && reader.reading.words[at + 1].shape == Shape::Small
                && (two.ends_with('e')
                    || two.ends_with('u')
                    || two.ends_with("it")
                    || two.ends_with("is"))
        }
        "s" => two == "est",
        "ne" | "n" => matches!(
            two,
            "sait" | "parle" | "repond" | "connait" | "comprend" | "m" | "ecoute" | "dit"
        ),
        _ => is_somewhere(reader, at) || is_deed(reader, at),
    }
}

/// Verbs that people do and things do not.
fn is_deed(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.reading.vocabulary.deeds.contains(&reader.bare(at))
}

/// "à la caisse", "au bureau 4", "du drive": more places than those where a team works.
fn is_somewhere(reader: &Reader<'_, '_>, at: usize) -> bool {
    if !reader.reading.follows(at) {
        return false;
    }
    let noun = match (reader.bare(at), reader.bare(at + 1)) {
        (
            "de" | "a" | "dans" | "sur" | "en" | "derriere",
            "l" | "la" | "le" | "les" | "ce" | "votre",
        ) => at + 2,
        ("du" | "au" | "des" | "aux" | "de" | "a" | "en", _) => at + 1,
        _ => return false,
    };
    reader.reading.follows(noun)
        && (reader.is(noun, lists::PLACE)
            || reader.reading.vocabulary.workplaces.contains(&reader.bare(noun)))
}

/// "celui avec la barbe", "celle qui est enceinte".
fn demonstrative(reader: &Reader<'_, '_>, at: usize) -> Option<Pointer> {
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

/// "elle est enceinte", "il parle avec un accent": what is said of somebody, after the pronoun.
fn predicate(reader: &Reader<'_, '_>, first: usize) -> Option<Pointer> {
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
