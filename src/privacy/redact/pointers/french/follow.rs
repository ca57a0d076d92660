//! What stands after a noun and its adjectives, as far as it says that the noun is somebody.

use crate::privacy::redact::pointers::lexicon as lists;
use crate::privacy::redact::pointers::phrase::Reader;
use crate::privacy::redact::words::Shape;

/// What stands after a noun and its adjectives.
pub(super) struct Follow {
    pub(super) is_qualified: bool,
    /// Said of somebody: "qui m'a", "m'a", "à l'accueil".
    pub(super) is_personal: bool,
    pub(super) is_at_work: bool,
    pub(super) is_closed: bool,
}

/// "de nuit", "du matin", "du bus de 8 h": where the time of somebody's work ends.
pub(super) fn on_shift(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
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
    (!reader.is(end - 1, lists::VEHICLE)).then_some(end)
}

/// Whether what follows is said of somebody.
pub(super) fn is_personal(reader: &Reader<'_, '_>, at: usize) -> bool {
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
pub(super) fn is_somewhere(reader: &Reader<'_, '_>, at: usize) -> bool {
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
