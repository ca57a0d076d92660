//! What a notice says: the same words as text and as HTML, one link to read, one to want no more of
//! them.

use askama::Template;

use crate::app::App;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Text, Words};
use crate::id::OrganisationId;
use crate::mail::Mail;
use crate::team::account::notices;
use crate::team::account::store::Reader;

/// The sentences of a mail.
pub(super) struct Message {
    pub(super) subject: Text,
    pub(super) lead: Text,
    pub(super) button: Text,
}

#[derive(Template)]
#[template(path = "mail/notice.txt")]
struct Plain<'a>(&'a NoticeMail);

#[derive(Template)]
#[template(path = "mail/notice.html")]
struct Html<'a>(&'a NoticeMail);

/// The sentences, once for both forms.
pub(super) struct NoticeMail {
    w: Words,
    subject: String,
    lead: String,
    button: String,
    url: String,
    why: String,
    stop: String,
    stop_url: String,
}

impl NoticeMail {
    pub(super) fn of(
        app: &App,
        organisation: OrganisationId,
        reader: &Reader,
        name: &str,
        path: &str,
        message: &Message,
    ) -> Self {
        let (lang, base) = (reader.lang, &app.config.public_url);
        Self {
            w: Words(lang),
            subject: message.subject.say(lang),
            lead: message.lead.say(lang),
            button: message.button.say(lang),
            url: format!("{base}{path}"),
            why: Text::new("discussion-mail-why").with("organisation", name).say(lang),
            stop: Text::new("discussion-mail-stop").say(lang),
            stop_url: format!(
                "{base}/letters/{}",
                notices::token(&app.secret, organisation, reader.account)
            ),
        }
    }
}

/// The mail to an address.
pub(super) fn compose(to: &str, lang: Lang, said: NoticeMail) -> Result<Mail> {
    let unwritten =
        |failure: askama::Error| Error::Internal(format!("a mail's template failed: {failure}"));
    Ok(Mail {
        to: to.to_owned(),
        lang,
        text: Plain(&said).render().map_err(unwritten)?,
        html: Html(&said).render().map_err(unwritten)?,
        subject: said.subject,
        unsubscribe_url: Some(said.stop_url),
    })
}
