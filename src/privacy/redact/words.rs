//! A comment cut into words, each with what its letters say.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::i18n::Lang;

/// A word of a comment.
#[derive(Clone, Debug)]
pub(super) struct Word<'t> {
    /// Where it stands.
    pub(super) at: Range<usize>,
    /// What stands between the word before and this one.
    pub(super) before: &'t str,
    /// In small letters without accents.
    pub(super) bare: String,
    /// How it is written.
    pub(super) shape: Shape,
    /// Whether a sentence starts with it, so that its capital says nothing.
    pub(super) starts: bool,
}

impl Word<'_> {
    /// Whether a line starts with it.
    pub(super) fn starts_line(&self) -> bool {
        self.before.contains('\n')
    }

    /// As it is written in its text.
    pub(super) fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.at.clone()]
    }
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Without a capital at its front.
    Small,
    /// With a capital at its front.
    Capital,
    /// In capitals alone.
    Upper,
    /// One capital alone.
    Initial,
    /// With a digit in it.
    Code,
}

/// The words of a comment.
pub(super) fn words(text: &str, lang: Lang) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(char::is_alphanumeric).map(|at| from + at) {
        let end = end_of(text, start, lang);
        let before = &text[words.last().map_or(0, |word| word.at.end)..start];
        let starts = words.last().is_none_or(|last| ends_sentence(before, last));
        let word = &text[start..end];
        words.push(Word { at: start..end, before, bare: bare(word), shape: shape(word), starts });
        from = end;
    }
    words
}

/// A word in small letters without accents: the same name however it was typed.
pub(super) fn bare(word: &str) -> String {
    let mut bare = String::with_capacity(word.len());
    for letter in
        word.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase)
    {
        match letter {
            'œ' => bare.push_str("oe"),
            'æ' => bare.push_str("ae"),
            'ß' => bare.push_str("ss"),
            'ø' => bare.push('o'),
            'ł' => bare.push('l'),
            'đ' => bare.push('d'),
            'ı' => bare.push('i'),
            other => bare.push(other),
        }
    }
    bare
}

/// Where a word ends: hyphens belong to it; an apostrophe does in O'Brien, not after what French
/// elides, and not before what English adds.
fn end_of(text: &str, start: usize, lang: Lang) -> usize {
    let mut end = start;
    let mut rest = text[start..].chars().peekable();
    while let Some(letter) = rest.next() {
        let next_is_letter = rest.peek().is_some_and(|next| next.is_alphanumeric());
        let goes_on = match letter {
            '-' => next_is_letter,
            '\'' => next_is_letter && belongs(&text[start..end], &text[end + 1..], lang),
            other => other.is_alphanumeric() || is_combining_mark(other),
        };
        if !goes_on {
            break;
        }
        end += letter.len_utf8();
    }
    end
}

/// Whether an apostrophe between these two stands inside one word.
fn belongs(head: &str, tail: &str, lang: Lang) -> bool {
    const ELIDED: [&str; 14] = [
        "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quelqu",
        "presqu",
    ];
    const ADDED: [&str; 6] = ["s", "t", "re", "ve", "ll", "m"];
    let head = bare(head);
    match lang {
        Lang::Fr => !ELIDED.contains(&head.as_str()),
        Lang::En => {
            let tail: String = tail.chars().take_while(|letter| letter.is_alphanumeric()).collect();
            !ADDED.contains(&bare(&tail).as_str())
        }
    }
}

fn shape(word: &str) -> Shape {
    let mut letters = word.chars().filter(|letter| letter.is_alphanumeric());
    let first = letters.next().is_some_and(char::is_uppercase);
    let (mut more, mut small) = (false, false);
    for letter in letters {
        more = true;
        small |= letter.is_lowercase();
    }
    match (word.chars().any(char::is_numeric), first, more, small) {
        (true, ..) => Shape::Code,
        (_, false, ..) => Shape::Small,
        (_, true, false, _) => Shape::Initial,
        (_, true, true, false) => Shape::Upper,
        (_, true, true, true) => Shape::Capital,
    }
}

/// Whether a sentence ends, or a quotation begins, between two words. The stop of an initial or of
/// a short title ends none.
fn ends_sentence(between: &str, last: &Word<'_>) -> bool {
    let marks = |marks: &[char]| between.contains(marks);
    let abbreviates = last.shape == Shape::Initial
        || matches!(last.bare.as_str(), "mme" | "mlle" | "mr" | "mrs" | "dr" | "st" | "prof");
    marks(&['!', '?', '…', '\n', '«', '“', '"'])
        || (marks(&['.']) && !(abbreviates && between.trim() == "."))
}

#[cfg(test)]
mod tests {
    use crate::privacy::redact::words::*;

    fn cut(text: &str, lang: Lang) -> Vec<String> {
        words(text, lang).into_iter().map(|word| word.bare).collect()
    }

    #[test]
    fn apostrophes_and_hyphens_stand_inside_names_and_outside_of_articles() {
        assert_eq!(
            cut("L'accueil d'Évry, M'a-t-on dit", Lang::Fr),
            ["l", "accueil", "d", "evry", "m", "a-t-on", "dit"]
        );
        assert_eq!(cut("Mme O'Brien-Dupont", Lang::Fr), ["mme", "o'brien-dupont"]);
        assert_eq!(cut("D'Angelo's desk didn't", Lang::En), ["d'angelo", "s", "desk", "didn", "t"]);
    }

    #[test]
    fn letters_say_how_a_word_is_written() {
        let shapes: Vec<Shape> =
            words("a B Bon BON 4G iPhone", Lang::Fr).iter().map(|word| word.shape).collect();
        use Shape::{Capital, Code, Initial, Small, Upper};
        assert_eq!(shapes, [Small, Initial, Capital, Upper, Code, Small]);
        assert_eq!([bare("Özlem"), bare("Łukasz"), bare("Zoé")], ["ozlem", "lukasz", "zoe"]);
    }

    #[test]
    fn a_sentence_starts_after_its_mark_and_not_after_an_initial() {
        let starts = |text| {
            words(text, Lang::En)
                .into_iter()
                .filter(|word| word.starts)
                .map(|word| word.bare)
                .collect::<Vec<_>>()
        };
        assert_eq!(starts("Seen by J. Martin. Then nothing! No"), ["seen", "then", "no"]);
    }
}
