//! What words say about people: `lists/people_fr.txt` and `people_en.txt`, in sections, in small
//! letters without accents, some of several words.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::i18n::Lang;
use crate::privacy::redact::context::Context;

/// The sections that a word stands in; one word stands in many.
pub(super) type Sections = u64;

/// A noun for somebody: dame, guy.
pub(super) const PERSON: Sections = 1;
/// Looks, age or faith as a noun: la blonde, the teenager.
pub(super) const LOOK_NOUN: Sections = 1 << 1;
/// The same as an adjective, said of people alone.
pub(super) const LOOK: Sections = 1 << 2;
/// Said of people and of things: petit, old.
pub(super) const SIZE: Sections = 1 << 3;
/// Adjectives and adverbs that point at nobody.
pub(super) const PLAIN: Sections = 1 << 4;
pub(super) const AGE: Sections = 1 << 5;
pub(super) const NUMBER: Sections = 1 << 6;
/// Of a body or of clothes: cheveux, cap.
pub(super) const FEATURE: Sections = 1 << 7;
/// What is said of such: rouge, in a bun.
pub(super) const TAIL: Sections = 1 << 8;
/// taille, descent.
pub(super) const TRAIT: Sections = 1 << 9;
/// What somebody is or goes through: enceinte, retiring.
pub(super) const STATE: Sections = 1 << 10;
/// Verbs and small words between somebody and a state.
pub(super) const BE: Sections = 1 << 11;
pub(super) const SUBJECT: Sections = 1 << 12;
/// A role that one place mostly has once: stagiaire, owner.
pub(super) const ROLE_ONE: Sections = 1 << 13;
pub(super) const ROLE: Sections = 1 << 14;
pub(super) const KIN: Sections = 1 << 15;
/// Where people come from, as an adjective and, in French, a noun.
pub(super) const ORIGIN: Sections = 1 << 16;
pub(super) const ORIGIN_NOUN: Sections = 1 << 17;
/// What may follow a noun that is complete.
pub(super) const CLOSER: Sections = 1 << 18;
/// What makes a blonde a beer.
pub(super) const THING: Sections = 1 << 19;
/// Where somebody is, beside the workplaces.
pub(super) const PLACE: Sections = 1 << 20;
/// What follows a role that is no person: the manager position.
pub(super) const NOT_AFTER: Sections = 1 << 21;
pub(super) const WITH: Sections = 1 << 22;
pub(super) const OF: Sections = 1 << 23;
pub(super) const WHO: Sections = 1 << 24;
pub(super) const JOIN: Sections = 1 << 25;
pub(super) const AGE_START: Sections = 1 << 26;
pub(super) const DETERMINER: Sections = 1 << 27;
pub(super) const SHIFT: Sections = 1 << 28;
/// Looks that things have as well: noir, short.
pub(super) const COLOUR: Sections = 1 << 29;
pub(super) const NOT_PERSON: Sections = 1 << 30;
pub(super) const OLDER: Sections = 1 << 31;
/// Looks only where they are written with their accent: âgé.
pub(super) const ACCENT: Sections = 1 << 32;
/// What gives somebody away who is a pronoun: her accent.
pub(super) const OWN: Sections = 1 << 33;
/// Nouns that point at nobody by themselves.
pub(super) const SOMEBODY: Sections = 1 << 34;
pub(super) const ARTICLE: Sections = 1 << 35;
pub(super) const VEHICLE: Sections = 1 << 36;

const NAMES: [(&str, Sections); 37] = [
    ("person", PERSON),
    ("look_noun", LOOK_NOUN),
    ("look", LOOK),
    ("size", SIZE),
    ("plain", PLAIN),
    ("age", AGE),
    ("number", NUMBER),
    ("feature", FEATURE),
    ("tail", TAIL),
    ("trait", TRAIT),
    ("state", STATE),
    ("be", BE),
    ("subject", SUBJECT),
    ("role_one", ROLE_ONE),
    ("role", ROLE),
    ("kin", KIN),
    ("origin", ORIGIN),
    ("origin_noun", ORIGIN_NOUN),
    ("closers", CLOSER),
    ("things", THING),
    ("places", PLACE),
    ("not_after", NOT_AFTER),
    ("with", WITH),
    ("of", OF),
    ("who", WHO),
    ("join", JOIN),
    ("age_start", AGE_START),
    ("determiners", DETERMINER),
    ("shift", SHIFT),
    ("colour", COLOUR),
    ("not_person", NOT_PERSON),
    ("older", OLDER),
    ("accent", ACCENT),
    ("own", OWN),
    ("somebody", SOMEBODY),
    ("articles", ARTICLE),
    ("vehicle", VEHICLE),
];

#[derive(Debug, Default)]
pub(super) struct Lexicon {
    single: FxHashMap<&'static str, Sections>,
    /// Entries of several words, by their first.
    several: FxHashMap<&'static str, Vec<(Vec<&'static str>, Sections)>>,
}

pub(super) fn of(lang: Lang) -> &'static Lexicon {
    static FR: LazyLock<Lexicon> =
        LazyLock::new(|| Lexicon::read(include_str!("../lists/people_fr.txt")));
    static EN: LazyLock<Lexicon> =
        LazyLock::new(|| Lexicon::read(include_str!("../lists/people_en.txt")));
    match lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    }
}

impl Lexicon {
    fn read(text: &'static str) -> Self {
        let (mut lexicon, mut section) = (Self::default(), 0);
        for line in text.lines() {
            if let Some(name) = line.strip_prefix('[') {
                let name = name.trim_end_matches(']');
                let known = NAMES.iter().find(|(one, _)| *one == name);
                section = known.expect("the sections of the lists are constants").1;
                continue;
            }
            for entry in line.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
                lexicon.add(entry, section);
            }
        }
        lexicon
    }

    fn add(&mut self, entry: &'static str, section: Sections) {
        let words: Vec<&'static str> = entry.split([' ', '\'']).collect();
        if let [word] = words[..] {
            *self.single.entry(word).or_default() |= section;
        } else {
            self.several.entry(words[0]).or_default().push((words, section));
        }
    }

    pub(super) fn knows(&self, word: &str, wanted: Sections) -> bool {
        self.single.get(word).is_some_and(|sections| sections & wanted != 0)
    }

    /// The sections of the word that stands here.
    pub(super) fn sections(&self, reading: &Context<'_>, at: usize) -> Sections {
        let word = reading.words.get(at).map_or("", |word| word.bare.as_str());
        self.single.get(word).copied().unwrap_or_default()
    }

    /// How many words from here on stand in one of these sections as one entry.
    pub(super) fn span(&self, reading: &Context<'_>, at: usize, wanted: Sections) -> Option<usize> {
        let first = reading.words.get(at)?.bare.as_str();
        let here = |parts: &[&str]| {
            parts.iter().enumerate().skip(1).all(|(n, part)| {
                reading.follows(at + n) && reading.words[at + n].bare.as_str() == *part
            })
        };
        let several = self.several.get(first).into_iter().flatten();
        let longest = several
            .filter(|(parts, sections)| sections & wanted != 0 && here(parts))
            .map(|(parts, _)| parts.len())
            .max();
        longest.or_else(|| (self.sections(reading, at) & wanted != 0).then_some(1))
    }
}
