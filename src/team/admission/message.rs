//! What somebody is written to who is invited, or who lost the password: the same words as text
//! and as HTML, one link.

use askama::Template;

use crate::calendar::day_in_words;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Text, Words};
use crate::mail::Mail;

#[derive(Template)]
#[template(path = "mail/account.txt")]
struct Plain<'a>(&'a Said);

#[derive(Template)]
#[template(path = "mail/account.html")]
struct Html<'a>(&'a Said);

/// The sentences of both forms, text and HTML.
struct Said {
    w: Words,
    subject: String,
    lead: String,
    button: String,
    url: String,
    until: String,
    unexpected: String,
}

/// Whom the mail is for, and what it opens.
pub(super) struct Invited<'a> {
    pub(super) email: &'a str,
    pub(super) lang: Lang,
    pub(super) organisation: &'a str,
    pub(super) url: String,
    /// The last day of the link.
    pub(super) until: jiff::civil::Date,
}

pub(super) fn compose(invited: Invited<'_>) -> Result<Mail> {
    let lang = invited.lang;
    let say = |key: &'static str| {
        let text = Text::new(key).with("organisation", invited.organisation);
        text.with("until", day_in_words(invited.until, lang)).say(lang)
    };
    let said = Said {
        w: Words(lang),
        subject: say("team-letter-subject"),
        lead: say("team-letter-lead"),
        button: say("team-letter-button"),
        until: say("team-letter-until"),
        unexpected: say("team-letter-unexpected"),
        url: invited.url,
    };
    let unwritten =
        |failure: askama::Error| Error::Internal(format!("a mail's template failed: {failure}"));
    Ok(Mail {
        to: invited.email.to_owned(),
        lang,
        text: Plain(&said).render().map_err(unwritten)?,
        html: Html(&said).render().map_err(unwritten)?,
        subject: said.subject,
        unsubscribe_url: None,
    })
}
