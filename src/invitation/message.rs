//! What an invitation and its reminder say: the same words as text and as HTML, one link to
//! answer, one to stop.

use askama::Template;

use super::store::outbox::Due;
use crate::calendar::day_in_words;
use crate::error::{Error, Result};
use crate::i18n::{Text, Words};
use crate::mail::Mail;
use crate::token::Token;

#[derive(Template)]
#[template(path = "mail/invitation.txt")]
struct Plain<'a>(&'a Sentences);

#[derive(Template)]
#[template(path = "mail/invitation.html")]
struct Html<'a>(&'a Sentences);

struct Sentences {
    w: Words,
    subject: String,
    hello: String,
    lead: String,
    trust: String,
    /// What was done about what customers said: its heading and the sentence.
    told: Option<(String, String)>,
    button: String,
    open_until: String,
    stop: String,
    answer_url: String,
    stop_url: String,
}

pub fn compose(due: &Due, address: &str, token: &Token, public_url: &str) -> Result<Mail> {
    let sentences = sentences(due, token, public_url);
    Ok(Mail {
        to: address.to_owned(),
        lang: due.lang,
        text: Plain(&sentences).render().map_err(unwritten)?,
        html: Html(&sentences).render().map_err(unwritten)?,
        subject: sentences.subject,
        unsubscribe_url: Some(sentences.stop_url),
    })
}

fn sentences(due: &Due, token: &Token, public_url: &str) -> Sentences {
    let (lang, secret) = (due.lang, token.expose());
    let say = |key: &'static str| {
        let journey = due.journey_name.say(lang);
        Text::new(key)
            .with("organisation", due.organisation_name.as_str())
            .with("journey", journey)
            .with("day", day_in_words(due.zone.date(due.ended_at), lang))
            .with("until", day_in_words(due.zone.date(due.expires_at), lang))
            .say(lang)
    };
    let reminder = due.wave > 0;
    Sentences {
        w: Words(lang),
        subject: say(if reminder { "invitation-reminder-subject" } else { "invitation-subject" }),
        hello: say("invitation-hello"),
        lead: say(if reminder { "invitation-reminder-lead" } else { "invitation-lead" }),
        trust: say("invitation-trust"),
        told: due.told.clone().map(|sentence| (say("invitation-told"), sentence)),
        button: say("invitation-answer"),
        open_until: say("invitation-open-until"),
        stop: say("invitation-stop"),
        answer_url: format!("{public_url}/r/{secret}"),
        stop_url: format!("{public_url}/u/{secret}"),
    }
}

fn unwritten(failure: askama::Error) -> Error {
    Error::Internal(format!("a mail's template failed: {failure}"))
}
