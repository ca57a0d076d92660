//! What a team writes, without anybody in it. Only [`CleanText::of`] makes one, so that nothing
//! else can be stored.

use crate::error::{Refusal, Result};
use crate::i18n::{Lang, Text};
use crate::privacy::redact::{self, Kind, TeamNames};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CleanText {
    text: String,
    masked: Vec<Kind>,
}

impl CleanText {
    /// What somebody typed, as one paragraph of at most `longest` characters; `None` when it is
    /// empty. The language decides which names are known; where it is not given, it is told from
    /// the text.
    pub fn of(
        typed: &str,
        lang: Option<Lang>,
        names: &TeamNames,
        longest: usize,
    ) -> Result<Option<Self>> {
        let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > longest {
            return Err(Refusal::new(Text::new("discussion-too-long").with("most", longest)).into());
        }
        if text.is_empty() {
            return Ok(None);
        }
        let lang = lang.unwrap_or_else(|| redact::language(&text, None));
        let redacted = redact::redact_own_words(&text, lang, names);
        Ok(Some(Self { text: redacted.text, masked: redacted.masked }))
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// What was masked, as often as it was.
    pub fn masked(&self) -> &[Kind] {
        &self.masked
    }
}

#[cfg(test)]
mod tests {
    use crate::discussion::clean_text::*;

    #[test]
    fn nobody_stays_in_what_is_stored() {
        let of = |text: &str| CleanText::of(text, Some(Lang::En), &TeamNames::default(), 100);
        let note = of("Ask  Sandrine\nto call back").unwrap().unwrap();
        assert_eq!((note.text(), note.masked()), ("Ask [name] to call back", &[Kind::Name][..]));
        assert!(of("One list for both desks").unwrap().unwrap().masked().is_empty());
        assert!(of(" \n ").unwrap().is_none() && of(&"long ".repeat(30)).is_err());
    }
}
