//! The words between an article and where its noun ends: "young blonde nurse".

use crate::i18n::Lang;
use crate::privacy::redact::context::Context;
use crate::privacy::redact::lists::Class;
use crate::privacy::redact::pointers::lexicon::{self as lists, Sections};
use crate::privacy::redact::pointers::phrase::{Reader, bare};
use crate::privacy::redact::vocabulary;

#[derive(Default)]
pub(super) struct Run<'r> {
    first: usize,
    pub(super) end: usize,
    /// The sections of the words before the noun.
    pub(super) before: Sections,
    pub(super) noun: Sections,
    pub(super) is_one: bool,
    pub(super) is_plural: bool,
    pub(super) kept: Vec<&'r str>,
    /// Words before the noun that say nothing of somebody.
    pub(super) unknown: usize,
    /// Where "30 year old" ends.
    pub(super) said: usize,
    /// Whether its first word starts a sentence, so that nothing stands before.
    starts: bool,
}

impl<'r> Run<'r> {
    pub(super) fn of(reader: &Reader<'r, '_>, first: usize, starts: bool) -> Self {
        let mut run = Run { first, end: first, starts, ..Run::default() };
        let mut here = first;
        while here < first + 7 {
            let next = run.noun(reader, here).or_else(|| run.adjective(reader, here));
            match next.or_else(|| run.unknown(reader, here)) {
                Some(next) => here = next,
                None => break,
            }
            if run.is_one {
                break;
            }
        }
        run
    }

    pub(super) fn is(&self, sections: Sections) -> bool {
        self.noun & sections != 0
    }

    /// Whether anything is said of the noun, be it of its size alone.
    pub(super) fn is_described(&self) -> bool {
        self.looks_like_somebody() || self.before & lists::SIZE != 0
    }

    /// Whether something is said of it that is said of people.
    pub(super) fn looks_like_somebody(&self) -> bool {
        const SAID: Sections =
            lists::LOOK | lists::ORIGIN | lists::FEATURE | lists::ORIGIN_NOUN | lists::LOOK_NOUN;
        self.before & SAID != 0
    }

    fn step(&self, reader: &Reader<'r, '_>, here: usize, wanted: Sections) -> Option<usize> {
        if self.starts && here == self.first {
            reader.starts(here, wanted)
        } else {
            reader.goes_on(here, wanted)
        }
    }

    fn noun(&mut self, reader: &Reader<'r, '_>, here: usize) -> Option<usize> {
        const NOUNS: [Sections; 5] =
            [lists::PERSON, lists::LOOK_NOUN, lists::ROLE_ONE, lists::ROLE, lists::ORIGIN_NOUN];
        let is_one = matches!(reader.bare(here), "one" | "ones")
            && reader.reading.follows(here)
            && here > self.first;
        if is_one {
            self.is_one = true;
            self.end = here + 1;
            return Some(self.end);
        }
        let end = self.step(reader, here, NOUNS.iter().fold(0, |all, one| all | one))?;
        self.before |= self.noun;
        self.noun = NOUNS
            .iter()
            .filter(|section| self.step(reader, here, **section) == Some(end))
            .fold(0, |all, one| all | one);
        for adjective in [lists::LOOK, lists::ORIGIN] {
            if self.step(reader, here, adjective) == Some(end) {
                self.before |= adjective;
            }
        }
        self.is_plural = is_plural(reader.bare(end - 1));
        self.end = end;
        Some(end)
    }

    fn adjective(&mut self, reader: &Reader<'r, '_>, here: usize) -> Option<usize> {
        const SAID: [Sections; 5] =
            [lists::SIZE, lists::PLAIN, lists::LOOK, lists::ORIGIN, lists::FEATURE];
        if let Some(end) = self.step(reader, here, SAID.iter().fold(0, |all, one| all | one)) {
            for section in SAID {
                if self.step(reader, here, section).is_some() {
                    self.before |= section;
                }
            }
            return Some(end);
        }
        let end = year_old(reader, here)?;
        self.before |= lists::LOOK;
        self.said = end;
        Some(end)
    }

    /// One word that nobody is known by: "the delivery man".
    fn unknown(&mut self, reader: &Reader<'r, '_>, here: usize) -> Option<usize> {
        let reading = reader.reading;
        let is_one_word = self.unknown == 0
            && self.noun & !(lists::ORIGIN_NOUN | lists::LOOK_NOUN) == 0
            && !self.is_one
            && (reading.follows(here) || self.starts && here == self.first)
            && !is_grammar(reading, here)
            && !reader.is(here, lists::CLOSER | lists::BE);
        if !is_one_word {
            return None;
        }
        if reading.classes[here] == Class::Common {
            self.kept.push(reading.words[here].text(reading.text));
        }
        self.unknown += 1;
        Some(here + 1)
    }
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
