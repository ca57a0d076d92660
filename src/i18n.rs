//! Texts in French and English.
//!
//! Code never holds a sentence: it holds a key and its arguments ([`Text`]), and the words stand
//! in `templates/texts/{fr,en}/*.ftl`, embedded at build. `tests/tidy` fails when a key is
//! missing in one language, so the fallback below is never what a person reads.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid};
use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

mod texts {
    fluent_templates::static_loader! {
        pub(super) static TEXTS = {
            locales: "./templates/texts",
            fallback_language: "en",
            // Bidirectional isolation marks would be visible in terminals and e-mails.
            customise: |bundle| bundle.set_use_isolating(false),
        };
    }
}

static ENGLISH: LanguageIdentifier = langid!("en");
static FRENCH: LanguageIdentifier = langid!("fr");

/// A language of the product. The two are equals.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    clap::ValueEnum,
    DeriveValueType,
)]
#[serde(rename_all = "lowercase")]
#[sea_orm(value_type = "String")]
pub enum Lang {
    #[default]
    En,
    Fr,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The tag of HTML's `lang` and of `?lang=`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The language of a tag such as `fr`, `fr-CA` or `fr_FR.UTF-8`; `None` when it is neither of
    /// ours.
    pub fn of_tag(tag: &str) -> Option<Self> {
        match tag.get(..2)?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::En),
            "fr" => Some(Self::Fr),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that we speak.
    pub fn accepted(header: &str) -> Option<Self> {
        header.split(',').find_map(|part| Self::of_tag(part.trim()))
    }

    pub fn other(self) -> Self {
        match self {
            Self::En => Self::Fr,
            Self::Fr => Self::En,
        }
    }

    pub fn of<'a, T: ?Sized>(self, french: &'a T, english: &'a T) -> &'a T {
        match self {
            Self::Fr => french,
            Self::En => english,
        }
    }

    fn identifier(self) -> &'static LanguageIdentifier {
        match self {
            Self::En => &ENGLISH,
            Self::Fr => &FRENCH,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// A tag that is neither of ours.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is neither fr nor en")]
pub struct UnknownLang(String);

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(tag: &str) -> Result<Self, UnknownLang> {
        Self::of_tag(tag).ok_or_else(|| UnknownLang(tag.to_owned()))
    }
}

/// A name in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    pub fr: String,
    pub en: String,
}

impl Names {
    /// A code, as long as nobody has given a name.
    pub fn same(code: &str) -> Self {
        Self { fr: code.to_owned(), en: code.to_owned() }
    }

    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

/// One argument of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    Words(String),
    /// Said in the reader's language.
    Names(Names),
    /// The language chooses its plural by it.
    Count(i64),
}

impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Self::Words(value.to_owned())
    }
}

impl From<&Names> for Arg {
    fn from(value: &Names) -> Self {
        Self::Names(value.clone())
    }
}

impl From<String> for Arg {
    fn from(value: String) -> Self {
        Self::Words(value)
    }
}

macro_rules! count_from {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Arg {
            fn from(value: $kind) -> Self {
                Self::Count(i64::try_from(value).unwrap_or(i64::MAX))
            }
        }
    )*};
}
count_from!(i32, i64, u32, u64, usize);

#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    key: &'static str,
    args: Vec<(&'static str, Arg)>,
}

impl Text {
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Machines may rely on it.
    pub fn key(&self) -> &'static str {
        self.key
    }

    pub fn say(&self, lang: Lang) -> String {
        say(lang, self.key, &self.args)
    }
}

/// What templates hold to say texts: a language.
#[derive(Clone, Copy, Debug)]
pub struct Words(pub Lang);

impl Words {
    pub fn say(&self, key: &str) -> String {
        say(self.0, key, &[])
    }

    pub fn with(&self, key: &str, name: &'static str, value: impl Into<Arg>) -> String {
        say(self.0, key, &[(name, value.into())])
    }

    pub fn number(&self, value: &f64, decimals: usize) -> String {
        number(self.0, *value, decimals)
    }

    pub fn count(&self, value: &u64) -> String {
        count(self.0, *value)
    }

    pub fn tag(&self) -> &'static str {
        self.0.tag()
    }

    pub fn other_tag(&self) -> &'static str {
        self.0.other().tag()
    }
}

/// With the decimal sign and the minus of the language.
pub fn number(lang: Lang, value: f64, decimals: usize) -> String {
    let rounded = format!("{value:.decimals$}");
    let (sign, digits) = match rounded.strip_prefix('-') {
        Some(digits) if digits.chars().any(|c| c.is_ascii_digit() && c != '0') => {
            ("\u{2212}", digits)
        }
        Some(digits) => ("", digits),
        None => ("", rounded.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let whole = grouped(lang, whole);
    match fraction {
        Some(fraction) => {
            format!("{sign}{whole}{}{fraction}", if lang == Lang::Fr { ',' } else { '.' })
        }
        None => format!("{sign}{whole}"),
    }
}

/// With the thousands of the language: `12,345` or `12 345` with a narrow no-break space.
pub fn count(lang: Lang, value: u64) -> String {
    grouped(lang, &value.to_string())
}

fn grouped(lang: Lang, digits: &str) -> String {
    let separator = if lang == Lang::Fr { '\u{202f}' } else { ',' };
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

fn say(lang: Lang, key: &str, args: &[(&'static str, Arg)]) -> String {
    if args.is_empty() {
        return texts::TEXTS.lookup(lang.identifier(), key);
    }
    let args: HashMap<Cow<'static, str>, FluentValue<'_>> = args
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Arg::Words(words) => FluentValue::from(words.as_str()),
                Arg::Names(names) => FluentValue::from(names.say(lang)),
                Arg::Count(count) => FluentValue::from(*count),
            };
            (Cow::Borrowed(*name), value)
        })
        .collect();
    texts::TEXTS.lookup_with_args(lang.identifier(), key, &args)
}

#[cfg(test)]
mod tests {
    use crate::i18n::*;

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(number(Lang::En, -1234.56, 1), "\u{2212}1,234.6");
        assert_eq!(number(Lang::Fr, 1234.56, 1), "1\u{202f}234,6");
        assert_eq!(number(Lang::Fr, -0.04, 1), "0,0", "a rounded zero has no sign");
        assert_eq!(count(Lang::Fr, 12_345_678), "12\u{202f}345\u{202f}678");
    }

    #[test]
    fn tags_are_understood_as_browsers_and_shells_write_them() {
        assert_eq!(Lang::accepted("de-CH, fr;q=0.8, en;q=0.7"), Some(Lang::Fr));
        assert_eq!(Lang::of_tag("fr_FR.UTF-8"), Some(Lang::Fr));
        assert_eq!(Lang::of_tag("C"), None);
    }
}
