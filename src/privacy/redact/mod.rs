//! The redactor: a comment goes in as its customer wrote it and comes out without anybody in it.
//!
//! What goes: names, by lists of first names and surnames, by titles, and by the words and
//! capitals around them (`names`, `title`, `context`), however they are spelled (`spelling`,
//! `initials`, `particles`, `disguise`), with those a team has added itself, which are known by
//! their hashes alone ([`name_digests`]); what gives somebody away by its form (`patterns`); and
//! what points at somebody by looks, age, origin or role (`pointers`). A mask says what was there,
//! in the language of the comment: `[nom]`, `[phone]`. The corpora in `tests/it/corpus` measure
//! what it misses and what it masks in vain. Everything here is pure.
//!
//! Where what is left may still be somebody, the comment is unsure (`doubt`), and for the team
//! alone. What it does not do: pronouns and the agreement of adjectives stay, and so does what only
//! colleagues understand ("the one with the red car").

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::person;
use crate::i18n::Lang;
use context::{Context, Voice};

mod context;
mod disguise;
mod doubt;
mod initials;
mod lists;
mod mask;
pub mod name_digests;
mod names;
mod particles;
mod patterns;
mod pointers;
mod spelling;
mod surname;
#[cfg(test)]
mod tests;
mod title;
mod vocabulary;
mod words;

pub use mask::{Kind, Mask};
pub use name_digests::{StaffName, TeamNames};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedactedText {
    pub text: String,
    pub masked: Vec<Kind>,
    /// Whether something that is left may still be somebody: such a comment is for the team alone.
    pub is_unsure: bool,
}

/// A mask may bring together what stood apart, so a text is redacted until nothing changes; this
/// often at most.
const ROUNDS: usize = 8;

/// A comment without anybody in it. Doing it twice changes nothing.
///
/// ```
/// use relais::i18n::Lang;
/// use relais::privacy::redact::{TeamNames, redact};
/// let comment = "Merci à Sandrine B., la dame de l'accueil : 06 12 34 56 78";
/// let redacted = redact(comment, Lang::Fr, &TeamNames::default());
/// assert_eq!(redacted.text, "Merci à [nom]., l'accueil : [téléphone]");
/// ```
pub fn redact(text: &str, lang: Lang, names: &TeamNames) -> RedactedText {
    redacted(text, lang, names, Voice::Customer)
}

/// What a team writes itself, without anybody in it. Whoever agrees that the workshop manager calls
/// means a role, so a role alone stays.
pub fn redact_own_words(text: &str, lang: Lang, names: &TeamNames) -> RedactedText {
    redacted(text, lang, names, Voice::Team)
}

fn redacted(text: &str, lang: Lang, names: &TeamNames, voice: Voice) -> RedactedText {
    let mut redacted = RedactedText { text: plain(text), masked: Vec::new(), is_unsure: false };
    for _ in 0..ROUNDS {
        let masks = masks_of(&redacted.text, lang, names, voice);
        if masks.is_empty() {
            break;
        }
        redacted.masked.extend(masks.iter().map(|mask| mask.kind));
        redacted.text = covered(&redacted.text, &masks, lang);
    }
    let reading = Context::of(&redacted.text, lang, voice);
    redacted.is_unsure =
        doubt::remains(&reading, |at| !is_in_mask(&redacted.text, &reading.words[at].at));
    redacted
}

/// The language that a comment is written in, as far as it can be told; else the one its page was
/// in.
pub fn language(text: &str, page: Option<Lang>) -> Lang {
    let told = whatlang::Detector::with_allowlist(vec![whatlang::Lang::Fra, whatlang::Lang::Eng])
        .detect(text);
    let told = told.filter(|told| page.is_none() || told.confidence() > 0.5);
    let told =
        told.map(|told| if told.lang() == whatlang::Lang::Fra { Lang::Fr } else { Lang::En });
    told.or(page).unwrap_or(Lang::Fr)
}

/// A text as it is searched, and shown afterwards: accents in one piece, nothing invisible and
/// nothing that only looks like another letter, so that nothing hides.
pub fn plain(text: &str) -> String {
    let seen = text.nfc().filter(|letter| !person::plain::is_invisible(*letter));
    let narrow = |letter| if letter == '\n' { letter } else { person::plain::narrow(letter) };
    // What was parted by something invisible may belong together now.
    seen.map(narrow).nfc().collect()
}

/// What must not be read of a plain text, in its order.
pub fn masks(text: &str, lang: Lang, known: &TeamNames) -> Vec<Mask> {
    masks_of(text, lang, known, Voice::Customer)
}

fn masks_of(text: &str, lang: Lang, known: &TeamNames, voice: Voice) -> Vec<Mask> {
    let mut masks = patterns::find(text);
    let disguised =
        disguise::find(text, lang).into_iter().filter(|mask| !is_in_mask(text, &mask.at));
    for mask in disguised {
        if !masks.iter().any(|other| patterns::overlap(&other.at, &mask.at)) {
            masks.push(mask);
        }
    }
    let reading = Context::of(text, lang, voice);
    let free = |masks: &[Mask]| -> Vec<bool> {
        let taken =
            |word: &words::Word<'_>| masks.iter().any(|mask| patterns::overlap(&mask.at, &word.at));
        reading.words.iter().map(|word| !taken(word) && !is_in_mask(text, &word.at)).collect()
    };
    let open = free(&masks);
    masks.extend(pointers::find(&reading, |at| open[at]));
    let open = free(&masks);
    let names = names::find(&reading, known, |at| open.get(at).copied().unwrap_or(false));
    masks.extend(names.into_iter().map(|words| {
        let at = reading.words[words.start].at.start..reading.words[words.end - 1].at.end;
        Mask { at, kind: Kind::Name, instead: None }
    }));
    masks.sort_by_key(|mask| mask.at.start);
    masks
}

fn is_in_mask(text: &str, at: &Range<usize>) -> bool {
    text[..at.start].ends_with('[') && text[at.end..].starts_with(']')
}

fn covered(text: &str, masks: &[Mask], lang: Lang) -> String {
    let mut covered = String::with_capacity(text.len());
    let mut from = 0;
    for mask in masks {
        covered.push_str(&text[from..mask.at.start.max(from)]);
        covered.push_str(mask.instead.as_deref().unwrap_or_else(|| mask.kind.mask(lang)));
        from = mask.at.end.max(from);
    }
    covered.push_str(&text[from..]);
    covered
}
