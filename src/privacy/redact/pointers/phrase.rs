//! What both languages share: how far the words go that point at somebody.

use std::ops::Range;

use super::lexicon::{self, Lexicon, Sections};
use crate::i18n::Lang;
use crate::privacy::redact::context::Context;
use crate::privacy::redact::words::Shape;

/// The words that point, and what they become.
pub(super) type Pointer = (Range<usize>, String);

pub(super) fn bare<'r>(reading: &'r Context<'_>, at: usize) -> &'r str {
    reading.words.get(at).map_or("", |word| word.bare.as_str())
}

/// A comment with what its words say about people.
pub(super) struct Reader<'r, 't> {
    pub(super) reading: &'r Context<'t>,
    lexicon: &'static Lexicon,
}

impl<'r, 't> Reader<'r, 't> {
    pub(super) fn of(reading: &'r Context<'t>) -> Self {
        Self { reading, lexicon: lexicon::of(reading.lang) }
    }

    pub(super) fn bare(&self, at: usize) -> &'r str {
        bare(self.reading, at)
    }

    pub(super) fn is(&self, at: usize, wanted: Sections) -> bool {
        self.lexicon.span(self.reading, at, wanted).is_some()
    }

    /// Where an entry of these sections ends that starts here and belongs to what stands before.
    pub(super) fn goes_on(&self, at: usize, wanted: Sections) -> Option<usize> {
        let end = self.lexicon.span(self.reading, at, wanted).map(|words| at + words);
        end.filter(|_| self.reading.follows(at))
    }

    /// The same of the first word of a comment or a sentence.
    pub(super) fn starts(&self, at: usize, wanted: Sections) -> Option<usize> {
        self.lexicon.span(self.reading, at, wanted).map(|words| at + words)
    }

    /// Whether nothing follows that the words before could belong to.
    pub(super) fn is_closed(&self, at: usize) -> bool {
        !self.reading.follows(at) || self.is(at, lexicon::CLOSER)
    }

    pub(super) fn lexicon_knows(&self, word: &str, wanted: Sections) -> bool {
        self.lexicon.knows(word, wanted)
    }

    /// "est petit et trapu", "is heavily pregnant": looks that people alone have, after a verb.
    pub(super) fn looks(&self, first: usize) -> Option<usize> {
        const BETWEEN: Sections = lexicon::BE
            | lexicon::PLAIN
            | lexicon::SIZE
            | lexicon::NUMBER
            | lexicon::DETERMINER
            | lexicon::COLOUR;
        let mut here = first;
        while here < first + 6 {
            let alone = !self.is(here, lexicon::COLOUR | lexicon::ACCENT);
            if let Some(end) = self.goes_on(here, lexicon::LOOK).filter(|_| alone) {
                return Some(end);
            }
            let joins = matches!(self.bare(here), "and" | "et") && here > first + 1;
            here = match self.goes_on(here, BETWEEN) {
                Some(next) => next,
                None if joins => here + 1,
                None => return None,
            };
        }
        None
    }

    /// ", enceinte,", ", who is going on maternity leave": said of a role after a comma.
    pub(super) fn apposed(&self, at: usize) -> Option<usize> {
        let roles = lexicon::ROLE | lexicon::ROLE_ONE | lexicon::PERSON | lexicon::SOMEBODY;
        let word = self.reading.words.get(at)?;
        if at == 0 || word.before != ", " || !self.is(at - 1, roles) {
            return None;
        }
        if self.is(at, lexicon::WHO) {
            return self.state(at + 1, lexicon::STATE | lexicon::LOOK);
        }
        let mut here = at;
        while self.is(here, lexicon::PLAIN) && here < at + 3 {
            here += 1;
        }
        let looks =
            self.is(here, lexicon::LOOK) && !self.is(here, lexicon::COLOUR | lexicon::ACCENT);
        (looks && (here == at || self.reading.follows(here))).then_some(here + 1)
    }

    fn is_number(&self, at: usize) -> bool {
        let word = self.reading.words.get(at);
        word.is_some_and(|word| {
            word.shape == Shape::Code && word.bare.bytes().all(|byte| byte.is_ascii_digit())
        })
    }

    /// Where everything ends that is said of somebody after the noun: how they look, how old they
    /// are, where they come from.
    pub(super) fn qualified(&self, from: usize) -> Option<usize> {
        let mut end = from;
        while let Some(next) = self.qualifier(end) {
            end = next;
        }
        (end > from).then_some(end)
    }

    fn qualifier(&self, at: usize) -> Option<usize> {
        self.feature(at)
            .or_else(|| self.age(at))
            .or_else(|| self.inborn(at))
            .or_else(|| self.relative(at))
    }

    /// "avec la barbe", "aux cheveux rouges", "in the baseball cap".
    fn feature(&self, at: usize) -> Option<usize> {
        let first = self.goes_on(at, lexicon::WITH)?;
        self.feature_from(first)
    }

    fn feature_from(&self, first: usize) -> Option<usize> {
        const BETWEEN: Sections = lexicon::DETERMINER
            | lexicon::SIZE
            | lexicon::PLAIN
            | lexicon::LOOK
            | lexicon::TAIL
            | lexicon::NUMBER
            | lexicon::ORIGIN;
        let (mut here, mut unknown) = (first, 0);
        while here < first + 6 {
            if let Some(end) = self.goes_on(here, lexicon::FEATURE) {
                return Some(self.tail(end));
            }
            match self.goes_on(here, BETWEEN) {
                Some(next) => here = next,
                None if unknown == 0
                    && self.reading.follows(here)
                    && !self.is(here, lexicon::CLOSER | lexicon::BE | lexicon::WHO) =>
                {
                    (here, unknown) = (here + 1, 1);
                }
                None => return None,
            }
        }
        None
    }

    /// What is said of a feature: its colour, where on the body, a second one.
    fn tail(&self, mut end: usize) -> usize {
        const SAID: Sections =
            lexicon::TAIL | lexicon::LOOK | lexicon::FEATURE | lexicon::ORIGIN | lexicon::COLOUR;
        loop {
            if let Some(next) = self.goes_on(end, SAID) {
                end = next;
                continue;
            }
            if self.is_adjective(end) {
                end += 1;
            }
            let joined = self.goes_on(end, lexicon::JOIN);
            let more = joined.and_then(|next| {
                let next = self.goes_on(next, lexicon::DETERMINER).unwrap_or(next);
                let next = self.goes_on(next, lexicon::SIZE | lexicon::TAIL).unwrap_or(next);
                self.goes_on(next, lexicon::FEATURE | lexicon::TAIL)
            });
            match more {
                Some(next) => end = next,
                None => return end,
            }
        }
    }

    /// French adjectives that are in no list: "aux ongles interminables".
    fn is_adjective(&self, at: usize) -> bool {
        const ENDINGS: [&str; 16] = [
            "é", "és", "ée", "ées", "ants", "antes", "able", "ables", "eux", "euses", "ifs",
            "ives", "iques", "aux", "ants", "us",
        ];
        let Some(word) = self.reading.words.get(at) else { return false };
        let text = word.text(self.reading.text);
        self.reading.lang == Lang::Fr
            && self.reading.follows(at)
            && word.shape == Shape::Small
            && !self.is(at, lexicon::CLOSER)
            && ENDINGS.iter().any(|ending| text.ends_with(ending))
    }

    /// "d'une cinquantaine d'années", "in her early fifties", "aged 30".
    pub(super) fn age(&self, at: usize) -> Option<usize> {
        let mut here = self.goes_on(at, lexicon::AGE_START)?;
        let (mut end, from) = (None, here);
        while here < from + 8 && self.reading.follows(here) {
            if self.is(here, lexicon::AGE) {
                end = Some(here + 1);
            } else if !(self.is(here, lexicon::NUMBER) || self.is_number(here)) {
                break;
            }
            here += 1;
        }
        end.or_else(|| self.bare_age(at, from))
    }

    /// "aged 30", "around 25".
    fn bare_age(&self, at: usize, from: usize) -> Option<usize> {
        let announced = matches!(self.bare(at), "aged" | "age" | "agee" | "around" | "about");
        let (mut here, mut end) = (from, None);
        while here < from + 3 && self.reading.follows(here) {
            if self.is_number(here) && self.bare(here).len() == 2 {
                end = Some(here + 1);
                break;
            }
            if !self.is(here, lexicon::NUMBER) {
                break;
            }
            here += 1;
        }
        end.filter(|end| announced && self.is_closed(*end))
    }

    /// "d'origine italienne", "of Pakistani descent", "de petite taille".
    fn inborn(&self, at: usize) -> Option<usize> {
        const BETWEEN: Sections = lexicon::SIZE
            | lexicon::PLAIN
            | lexicon::TAIL
            | lexicon::ORIGIN
            | lexicon::ORIGIN_NOUN
            | lexicon::LOOK
            | lexicon::NUMBER
            | lexicon::DETERMINER;
        let mut here = self.goes_on(at, lexicon::OF)?;
        let from = here;
        while here < from + 4 {
            if let Some(mut end) = self.goes_on(here, lexicon::TRAIT) {
                let said = BETWEEN & !lexicon::DETERMINER & !lexicon::NUMBER & !lexicon::PLAIN;
                while let Some(next) = self.goes_on(end, said) {
                    end = next;
                }
                return Some(end);
            }
            here = self.goes_on(here, BETWEEN)?;
        }
        None
    }

    /// "qui est enceinte", "who walks with a cane".
    fn relative(&self, at: usize) -> Option<usize> {
        let first = self.goes_on(at, lexicon::WHO)?;
        self.state(first, lexicon::STATE | lexicon::LOOK | lexicon::FEATURE | lexicon::ORIGIN)
    }

    /// What somebody is or goes through, after a subject.
    pub(super) fn state(&self, first: usize, wanted: Sections) -> Option<usize> {
        const BETWEEN: Sections = lexicon::BE
            | lexicon::DETERMINER
            | lexicon::NUMBER
            | lexicon::PLAIN
            | lexicon::SIZE
            | lexicon::WITH
            | lexicon::ORIGIN
            | lexicon::TAIL;
        let mut here = first;
        while here < first + 7 {
            if let Some(end) = self.goes_on(here, wanted) {
                return Some(self.tail(end));
            }
            here = self.goes_on(here, BETWEEN)?;
        }
        None
    }
}
