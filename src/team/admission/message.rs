//! What somebody is written to who is invitee, or who lost the password: the same words as text
//! and as HTML, one link.

use askama::Template;

use crate::calendar::day_in_words;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Text, Words};
use crate::mail::Mail;

#[derive(Template)]
#[template(path = "mail/account.txt")]
struct Plain<'a>(&'a Sentences);

#[derive(Template)]
#[template(path = "mail/account.html")]
struct Html<'a>(&'a Sentences);

struct Sentences {
    w: Words,
    subject: String,
    lead: String,
    button: String,
    url: String,
    until: String,
    unexpected: String,
}

pub(super) struct Invitee<'a> {
    pub(super) email: &'a str,
    pub(super) lang: Lang,
    pub(super) organisation: &'a str,
    pub(super) url: String,
    /// The last day of the link.
    pub(super) until: jiff::civil::Date,
}

pub(super) fn compose(invitee: Invitee<'_>) -> Result<Mail> {
    let lang = invitee.lang;
    let say = |key: &'static str| {
        let text = Text::new(key).with("organisation", invitee.organisation);
        text.with("until", day_in_words(invitee.until, lang)).say(lang)
    };
    let sentences = Sentences {
        w: Words(lang),
        subject: say("team-letter-subject"),
        lead: say("team-letter-lead"),
        button: say("team-letter-button"),
        until: say("team-letter-until"),
        unexpected: say("team-letter-unexpected"),
        url: invitee.url,
    };
    Ok(Mail {
        to: invitee.email.to_owned(),
        lang,
        text: Plain(&sentences).render().map_err(unwritten)?,
        html: Html(&sentences).render().map_err(unwritten)?,
        subject: sentences.subject,
        unsubscribe_url: None,
    })
}

fn unwritten(failure: askama::Error) -> Error {
    Error::Internal(format!("a mail's template failed: {failure}"))
}
