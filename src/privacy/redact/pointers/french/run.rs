//! The nouns and adjectives after an article: "petite dame brune".

use crate::privacy::redact::pointers::lexicon::{self as lists, Sections};
use crate::privacy::redact::pointers::phrase::Reader;
use crate::privacy::redact::words::Shape;

pub(super) struct Run {
    pub(super) end: usize,
    sections: Sections,
    /// The sections of its last word.
    pub(super) last: Sections,
    /// Whether it says where somebody is from, with the capital of a noun.
    pub(super) has_capital: bool,
}

impl Run {
    /// `starts`: nothing stands before its first word.
    pub(super) fn of(reader: &Reader<'_, '_>, first: usize, starts: bool) -> Option<Self> {
        let mut run = Self { end: first, sections: 0, last: 0, has_capital: false };
        while run.end < first + 6 {
            let Some((end, sections)) = step(reader, run.end, starts && run.end == first) else {
                break;
            };
            let word = &reader.reading.words[run.end];
            // "l'âge" is no "l'âgé".
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

    pub(super) fn is(&self, sections: Sections) -> bool {
        self.sections & sections != 0
    }

    /// Whether anything is said of the noun, be it of its size alone.
    pub(super) fn is_described(&self) -> bool {
        self.is(lists::LOOK | lists::LOOK_NOUN | lists::ORIGIN | lists::SIZE)
    }
}

/// Where the next word of a run ends, and the sections that it stands in.
fn step(reader: &Reader<'_, '_>, at: usize, starts: bool) -> Option<(usize, Sections)> {
    const NOUNS: Sections =
        lists::PERSON | lists::LOOK_NOUN | lists::ROLE_ONE | lists::ROLE | lists::ORIGIN;
    const SAID: Sections = lists::SIZE | lists::PLAIN | lists::LOOK;
    const ALL: [Sections; 10] = [
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
    ];
    let end_of = |wanted| {
        if starts { reader.starts(at, wanted) } else { reader.goes_on(at, wanted) }
    };
    let end = end_of(NOUNS).or_else(|| end_of(SAID))?;
    let sections = ALL.iter().filter(|section| end_of(**section) == Some(end));
    Some((end, sections.fold(0, |all, one| all | one)))
}
