//! The words around a name that tell that it is one, in each language: `lists/around_fr.txt` and
//! `around_en.txt`, in small letters without accents, some of several words.

use std::sync::LazyLock;

use crate::i18n::Lang;

/// Such words of one language.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// Titles that stand before a name and nowhere else, as they are mostly written.
    pub(super) short_titles: Vec<&'static str>,
    /// Titles that are also words.
    pub(super) titles: Vec<&'static str>,
    /// Words after a title that begin no name, beside common ones.
    pub(super) closed: Vec<&'static str>,
    /// What is said right before a name, even one in small letters: one to three words.
    pub(super) announces: Vec<&'static str>,
    /// What is said before a name or before something else.
    pub(super) precedes: Vec<&'static str>,
    /// Articles and the like: what follows is a thing.
    pub(super) determiners: Vec<&'static str>,
    /// Before a place or a firm.
    pub(super) locates: Vec<&'static str>,
    /// What people give and places do not: "l'aide de X", "a call from X".
    pub(super) given: Vec<&'static str>,
    /// What follows is a road or a house, which may bear a name.
    pub(super) houses: Vec<&'static str>,
    /// What came before is a road, a house or a firm.
    pub(super) houses_after: Vec<&'static str>,
    /// What somebody who is named does or is: follows a name at the start of a sentence.
    pub(super) acts: Vec<&'static str>,
    /// The same where the name may be a place or a car: said of people alone.
    pub(super) acts_of_people: Vec<&'static str>,
    /// Between a name and where its bearer works.
    pub(super) at: Vec<&'static str>,
    /// Where people work.
    pub(super) workplaces: Vec<&'static str>,
    /// Their roles.
    pub(super) roles: Vec<&'static str>,
    /// Inside of surnames.
    pub(super) particles: Vec<&'static str>,
    /// What people do and things do not.
    pub(super) deeds: Vec<&'static str>,
    /// Between two names.
    pub(super) and: Vec<&'static str>,
}

/// The words of a language.
pub(super) fn of(lang: Lang) -> &'static Vocabulary {
    static FR: LazyLock<Vocabulary> =
        LazyLock::new(|| Vocabulary::read(include_str!("lists/around_fr.txt")));
    static EN: LazyLock<Vocabulary> =
        LazyLock::new(|| Vocabulary::read(include_str!("lists/around_en.txt")));
    match lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    }
}

impl Vocabulary {
    /// Reads a file of sections: `[name]`, then its words between commas.
    fn read(text: &'static str) -> Self {
        let section = |name: &str| {
            let lines = text
                .lines()
                .skip_while(|line| line.trim_matches(['[', ']']) != name || !line.starts_with('['));
            let lines = lines.skip(1).take_while(|line| !line.starts_with('['));
            lines
                .flat_map(|line| line.split(','))
                .map(str::trim)
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
        };
        Self {
            short_titles: section("short_titles"),
            titles: section("titles"),
            closed: section("closed"),
            announces: section("announces"),
            precedes: section("precedes"),
            determiners: section("determiners"),
            locates: section("locates"),
            given: section("given"),
            houses: section("houses"),
            houses_after: section("houses_after"),
            acts: section("acts"),
            acts_of_people: section("acts_of_people"),
            at: section("at"),
            workplaces: section("workplaces"),
            roles: section("roles"),
            particles: section("particles"),
            deeds: section("deeds"),
            and: section("and"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::privacy::redact::vocabulary::*;

    #[test]
    fn every_kind_of_word_is_listed_in_both_languages() {
        for lang in Lang::ALL {
            let told = format!("{:?}", of(lang));
            assert!(!told.contains("[]"), "{told}");
        }
    }
}
