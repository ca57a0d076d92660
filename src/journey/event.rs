//! An event on its way in: read and checked, not yet in a trace.

use std::fmt;
use std::sync::Arc;

use super::trace::Event;
use crate::i18n::Lang;
use crate::token::JourneyId;

/// One event as a reader hands it over. The identifier of the source is already a keyed hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    pub journey: JourneyId,
    pub event: Event,
    pub site: Option<Arc<str>>,
    pub attributes: Attributes,
    pub contact: Option<Box<Contact>>,
    /// Its line in what was given, counted from 1.
    pub line: u64,
}

/// Declared attributes, name and value; shared by the rows that say the same.
pub type Attributes = Arc<[(Arc<str>, Arc<str>)]>;

/// How to reach a customer. Never shown by `Debug`; stored encrypted, and only until it expires.
#[derive(Clone, PartialEq, Eq)]
pub struct Contact {
    address: String,
    pub locale: Option<Lang>,
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Contact(…)")
    }
}

impl Contact {
    /// An e-mail address or a telephone number; `None` when it is neither.
    pub fn parse(text: &str, locale: Option<Lang>) -> Option<Self> {
        let text = text.trim();
        (is_email(text) || is_phone(text)).then(|| Self { address: text.to_owned(), locale })
    }

    /// The address, for the one who encrypts it.
    pub fn expose(&self) -> &str {
        &self.address
    }
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let dotted = host.split('.').count() >= 2 && host.split('.').all(|part| !part.is_empty());
    text.len() <= 254
        && !name.is_empty()
        && dotted
        && !host.contains('@')
        && !text.contains(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '"')
        })
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let shaped =
        text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')' | '+'));
    shaped && (8..=15).contains(&digits)
}

#[cfg(test)]
mod tests {
    use crate::journey::event::*;

    #[test]
    fn an_address_is_an_email_or_a_phone_and_is_never_shown() {
        for good in ["a@example.org", "+33 6 12 34 56 78", "0612345678"] {
            let contact = Contact::parse(good, Some(Lang::Fr)).unwrap();
            assert_eq!(contact.expose(), good);
            assert!(!format!("{contact:?}").contains("12"));
        }
        for bad in [
            "",
            "a@b",
            "a@@b.fr",
            "a b@c.fr",
            "12345",
            "<a@b.fr>",
            "a@b.fr\r\nBcc: x@y.z",
            "Jean Dupont",
        ] {
            assert!(Contact::parse(bad, None).is_none(), "{bad:?}");
        }
    }
}
