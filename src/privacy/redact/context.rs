//! What stands around a word: whether it announces a person, says what one did, or speaks of a
//! thing.

use super::lists::{self, Class};
use super::spelling;
use super::vocabulary::{self, Vocabulary};
use super::words::{self, Shape, Word};
use crate::i18n::Lang;

/// Who writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    Customer,
    /// A team, of itself and its neighbours.
    Team,
}

/// A comment as it is being read.
#[derive(Debug)]
pub(super) struct Context<'t> {
    /// The comment.
    pub(super) text: &'t str,
    /// Its words.
    pub(super) words: Vec<Word<'t>>,
    /// What each of them is by itself.
    pub(super) classes: Vec<Class>,
    /// Its language.
    pub(super) lang: Lang,
    /// The words of that language that tell a name.
    pub(super) vocabulary: &'static Vocabulary,
    /// Whether it is written in capitals, which then say nothing.
    pub(super) shouts: bool,
    pub(super) voice: Voice,
}

impl<'t> Context<'t> {
    pub(super) fn of(text: &'t str, lang: Lang, voice: Voice) -> Self {
        let words = words::words(text, lang);
        let mut classes: Vec<Class> =
            words.iter().map(|word| spelling::class(&word.bare, lang)).collect();
        for at in 0..words.len() {
            let firm = lists::phrase(words[at..].iter().map(|word| word.bare.as_str()));
            classes[at..at + firm].fill(Class::Thing);
        }
        let long = || words.iter().filter(|word| word.bare.len() >= 3 && word.shape != Shape::Code);
        let upper = long().filter(|word| word.shape == Shape::Upper).count();
        let shouts = upper >= 3 && upper * 10 >= long().count() * 7;
        Self { text, words, classes, lang, vocabulary: vocabulary::of(lang), shouts, voice }
    }

    /// Whether a capital at the front of this word says that it is a name.
    pub(super) fn is_marked(&self, at: usize) -> bool {
        match self.words[at].shape {
            Shape::Capital => true,
            Shape::Upper => !self.shouts && self.words[at].bare.len() >= 3,
            _ => false,
        }
    }

    /// Whether a word follows the one before it with nothing but a space between.
    pub(super) fn follows(&self, at: usize) -> bool {
        at > 0 && at < self.words.len() && matches!(self.words[at].before, " " | "'" | "  " | " '")
    }

    /// Whether what stands before announces a person, however the name is written.
    pub(super) fn is_announced(&self, at: usize) -> bool {
        self.is_preceded(at, &self.vocabulary.announces)
    }

    /// Whether what stands before often stands before a person.
    pub(super) fn may_be_announced(&self, at: usize) -> bool {
        let role = self.before(at, 1).is_some_and(|word| self.vocabulary.roles.contains(&word));
        role || self.is_preceded(at, &self.vocabulary.precedes) || self.is_announced(at)
    }

    /// Whether the word after this one is written like a name.
    pub(super) fn is_marked_next(&self, at: usize) -> bool {
        self.follows(at + 1) && self.is_marked(at + 1)
    }

    /// Whether an article or the like stands before.
    pub(super) fn is_determined(&self, at: usize) -> bool {
        self.before(at, 1).is_some_and(|word| self.vocabulary.determiners.contains(&word))
    }

    /// Whether it is where something is or comes from: at X, from X, a make and its model.
    pub(super) fn is_located(&self, at: usize) -> bool {
        let before = self.before(at, 1);
        let make = self.follows(at)
            && self.classes[at - 1] == Class::Thing
            && self.words[at - 1].shape != Shape::Small;
        make || before.is_some_and(|word| self.vocabulary.locates.contains(&word))
    }

    /// Whether it is the name of a road, a house or a firm.
    pub(super) fn is_house(&self, at: usize) -> bool {
        let near = |back: usize| {
            self.before(at, back).is_some_and(|word| self.vocabulary.houses.contains(&word))
        };
        let behind = (at > 1 && near(2) && self.is_marked(at - 1)) || near(1);
        let named = |next: usize| {
            self.follows(next)
                && self.is_marked(next)
                && self.vocabulary.houses_after.contains(&self.words[next].bare.as_str())
        };
        let possessive = self.follows(at + 1) && self.words[at + 1].bare == "s" && named(at + 2);
        behind || named(at + 1) || possessive
    }

    /// Whether what follows says what somebody did or was, or where they work.
    pub(super) fn acts(&self, at: usize) -> bool {
        self.does(at, &self.vocabulary.acts)
            || self.does(at, &self.vocabulary.deeds)
            || self.works(at)
            || self.is_one_of_two(at)
    }

    /// Whether that holds after an initial with its stop: "J. D. était là".
    pub(super) fn acts_after_stop(&self, at: usize) -> bool {
        let next = self.words.get(at + 1).filter(|next| next.before == ". ");
        next.is_some_and(|next| {
            let word = next.bare.as_str();
            next.shape == Shape::Small
                && self.vocabulary.acts.iter().any(|act| act.split(' ').next() == Some(word))
        })
    }

    /// Whether a word is an abbreviation or the like.
    pub(super) fn is_thing(&self, word: &str) -> bool {
        matches!(lists::class(word, self.lang), Class::Thing | Class::Common)
    }

    /// Whether that holds of a name that may also be a place or a car.
    pub(super) fn acts_like_a_person(&self, at: usize) -> bool {
        self.does(at, &self.vocabulary.acts_of_people) || self.works(at) || self.is_one_of_two(at)
    }

    fn does(&self, at: usize, acts: &[&str]) -> bool {
        let past = || {
            let next = &self.words[at + 1];
            self.lang == Lang::En
                && self.follows(at + 1)
                && next.shape == Shape::Small
                && next.bare.len() > 4
                && next.bare.ends_with("ed")
        };
        // "à" is no "a": it leads to what somebody is thanked for.
        let is = |next: usize, part: &str| {
            self.words[next].bare == part && self.words[next].text(self.text) != "à"
        };
        acts.iter().any(|act: &&str| {
            let mut next = at;
            act.split(' ').all(|part| {
                next += 1;
                self.follows(next) && is(next, part)
            })
        }) || at + 1 < self.words.len() && past() && acts.contains(&"was")
    }

    /// "X at reception", "X, à l'accueil,", "X (atelier)", "X, the midwife".
    fn works(&self, at: usize) -> bool {
        let Some(next) = self.words.get(at + 1) else { return false };
        let near = matches!(next.before, " " | ", " | " (" | " , ");
        if !near {
            return false;
        }
        let word = |ahead: usize| {
            self.words.get(at + ahead).map(|word| word.bare.as_str()).unwrap_or_default()
        };
        let (v, one) = (self.vocabulary, word(1));
        let place = |ahead: usize| v.workplaces.contains(&word(ahead));
        let inner = v.determiners.contains(&word(2)) && (place(3) || place(4));
        let leads = v.at.contains(&one) && (place(2) || inner);
        let role = v.determiners.contains(&one)
            && v.roles.contains(&word(2))
            && (self.is_marked(at) || next.before != " ");
        leads || role || next.before == " (" && (place(1) || v.roles.contains(&one))
    }

    /// "X and Kevin", "X, Kevin and Rose".
    fn is_one_of_two(&self, at: usize) -> bool {
        let Some(next) = self.words.get(at + 1) else { return false };
        let joined = self.vocabulary.and.contains(&next.bare.as_str()) && self.follows(at + 1);
        let other = match (joined, next.before) {
            (true, _) => at + 2,
            (false, ", ") => at + 1,
            _ => return false,
        };
        let names =
            |class: Class| matches!(class, Class::FirstName | Class::Surname | Class::WordName);
        other < self.words.len() && names(self.classes[other]) && self.is_marked(other)
    }

    /// The word so many places before, when only spaces stand between.
    pub(super) fn before(&self, at: usize, back: usize) -> Option<&str> {
        let first = at.checked_sub(back)?;
        (first + 1..=at).all(|here| self.follows(here)).then(|| self.words[first].bare.as_str())
    }

    fn is_preceded(&self, at: usize, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| {
            let parts: Vec<&str> = phrase.split(' ').collect();
            parts
                .iter()
                .enumerate()
                .all(|(n, part): (usize, &&str)| self.before(at, parts.len() - n) == Some(*part))
        })
    }
}
