//! "la dame de l'accueil" becomes "l'accueil", "un jeune homme" "une personne".

mod follow;
mod place;
mod pronouns;
mod run;

use super::lexicon as lists;
use super::phrase::{Pointer, Reader};
use crate::privacy::redact::context::{Context, Voice};
use crate::privacy::redact::words::Shape;
use follow::{Follow, is_personal, is_somewhere, on_shift};
use place::{Det, Determiner, contracted, place_at};
use run::Run;

/// The pointer that starts at a word, with what it becomes.
pub(super) fn pointer(reading: &Context<'_>, at: usize) -> Option<Pointer> {
    let reader = Reader::of(reading);
    relative_of_staff(&reader, at)
        .or_else(|| noun_phrase(&reader, at))
        .or_else(|| pronouns::demonstrative(&reader, at))
        .or_else(|| pronouns::somebody(&reader, at))
        .or_else(|| pronouns::predicate(&reader, at))
        .or_else(|| pronouns::own(&reader, at))
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
    let run = Run::of(reader, first, det.words == 0)?;
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
    // "Madame la directrice, …" is how a letter begins.
    let is_greeting =
        matches!(reading.before(at, 1), Some("madame" | "monsieur")) && !reading.follows(end);
    if is_title || is_greeting || !points(reader, &det, first, &run, &follow) {
        return None;
    }
    Some(replaced(reader, at, &det, end))
}

fn points(
    reader: &Reader<'_, '_>,
    det: &Determiner,
    first: usize,
    run: &Run,
    follow: &Follow,
) -> bool {
    if det.kind == Det::Mine {
        return run.is(lists::ROLE)
            && !run.is(lists::PERSON)
            && (run.is(lists::LOOK | lists::ORIGIN) || follow.is_qualified);
    }
    if det.kind == Det::None {
        return points_without_article(reader, run, follow);
    }
    if run.is(lists::PERSON) {
        return true;
    }
    if run.is(lists::ROLE_ONE) && !det.is_plural() {
        let said =
            run.is_described() && first + 1 < run.end || follow.is_qualified || follow.is_at_work;
        let definite = reader.reading.voice == Voice::Customer
            && det.is_definite()
            && !reader.is(run.end, lists::NOT_AFTER)
            && !is_of_thing(reader, run.end);
        return definite || said;
    }
    if run.is(lists::ROLE) {
        let said = run.is_described() || is_only(reader, first) || follow.is_qualified;
        return !det.is_plural() && (said || on_shift(reader, run.end).is_some());
    }
    stands_for_noun(reader, det, first, run, follow)
}

/// "Caissière désagréable", "Grande blonde à l'accueil".
fn points_without_article(reader: &Reader<'_, '_>, run: &Run, follow: &Follow) -> bool {
    let role_one = run.is(lists::ROLE_ONE)
        && reader.reading.voice == Voice::Customer
        && !is_of_thing(reader, run.end)
        && (follow.is_closed || reader.reading.acts(run.end - 1))
        && reader.bare(run.end) != "de";
    let looks = run.is(lists::LOOK) && !run.is(lists::COLOUR);
    let role = run.is(lists::ROLE) && (looks || follow.is_qualified);
    let person = run.is(lists::PERSON | lists::LOOK_NOUN)
        && (follow.is_qualified
            || follow.is_at_work
            || run.is_described() && follow.is_personal && !run.is(lists::COLOUR));
    role_one || role || person || run.is(lists::ROLE_ONE) && follow.is_qualified
}

/// "la blonde", "le Polonais", "le petit jeune", "la nouvelle": an adjective in a noun's place.
fn stands_for_noun(
    reader: &Reader<'_, '_>,
    det: &Determiner,
    first: usize,
    run: &Run,
    follow: &Follow,
) -> bool {
    let several = run.end > first + 1 && run.is(lists::SIZE);
    let counted = det.is_plural() && matches!(reader.bare(first), "deux" | "trois" | "quatre");
    if det.is_plural() && !counted {
        return run.is(lists::LOOK_NOUN | lists::ORIGIN | lists::SIZE) && follow.is_at_work
            || run.is(lists::ORIGIN) && run.has_capital && follow.is_personal;
    }
    let drinks = run.is(lists::COLOUR)
        && (0..reader.reading.words.len()).any(|at| reader.is(at, lists::THING));
    if run.is(lists::LOOK_NOUN | lists::LOOK) {
        let sure = follow.is_personal || follow.is_qualified || counted;
        return sure
            || !drinks && (several || !run.is(lists::COLOUR)) && is_noun_alone(reader, run);
    }
    if run.is(lists::ORIGIN) {
        let sure = follow.is_personal || follow.is_qualified;
        return sure || (run.has_capital || several) && follow.is_closed;
    }
    if matches!(reader.bare(first), "plus" | "moins") && run.is(lists::OLDER) {
        return matches!(reader.bare(run.end - 1), "age" | "agee" | "jeune" | "vieux" | "vieille")
            && follow.is_closed;
    }
    let news = matches!(reader.bare(first), "bonne" | "mauvaise" | "premiere" | "seule" | "meme");
    run.is(lists::SIZE) && !news && (follow.is_personal || follow.is_qualified)
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
    let end = on_shift(reader, end).unwrap_or(end);
    let end =
        reader.goes_on(end, lists::OF).filter(|_| is_of_two(reader, end)).map_or(end, |at| at + 1);
    (at..end, det.person().to_owned())
}

/// "le plus âgé des deux".
fn is_of_two(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.bare(at) == "des" && matches!(reader.bare(at + 1), "deux" | "trois" | "quatre")
}
