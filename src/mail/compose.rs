//! From a mail to the envelope and the bytes that travel.

use std::time::{Duration, UNIX_EPOCH};

use data_encoding::BASE32_NOPAD;
use lettre::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, MultiPartKind, SinglePart};

use crate::clock::Instant;
use crate::error::Result;

use super::address::address;
use super::dkim::Signer;
use super::message::{Mail, Outcome};
use super::settings::Settings;

/// What every mail of this service says of its sender.
pub(super) struct Head {
    from: Mailbox,
    reply_to: Mailbox,
    signer: Option<Signer>,
}

pub(super) struct Envelope {
    pub(super) from: Address,
    pub(super) to: Address,
    /// ASCII, each line ended by CR LF.
    pub(super) message: Vec<u8>,
    /// Random characters that name the mail.
    pub(super) name: String,
    at: Instant,
}

impl Envelope {
    pub(super) fn stamp(&self) -> String {
        stamp(self.at)
    }
}

/// A mail's time, in a form that file names sort by.
pub(super) fn stamp(at: Instant) -> String {
    let at = jiff::Timestamp::from_second(at).unwrap_or_default();
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// The last second that a mail's date can say: the year has four digits.
const LAST_SECOND: u64 = 253_402_300_799;

impl Head {
    pub(super) fn of_settings(settings: &Settings) -> Result<Self> {
        let signer = settings.dkim.as_ref().map(Signer::of_settings).transpose()?;
        Ok(Self { from: settings.from.clone(), reply_to: settings.reply_to.clone(), signer })
    }

    /// The bytes of a mail, or why there can be none.
    pub(super) fn compose(
        &self,
        mail: &Mail,
        now: Instant,
        nonce: [u8; 16],
    ) -> Result<Envelope, Outcome> {
        let to = address(&mail.to).ok_or(Outcome::Refused { code: "address", address: true })?;
        let refused = |code| Outcome::Refused { code, address: false };
        if mail.unsubscribe_url.as_deref().is_some_and(|url| !link(url)) {
            return Err(refused("unsubscribe-url"));
        }
        let name = BASE32_NOPAD.encode(&nonce).to_ascii_lowercase();
        let message = self.message(mail, &to, now, &name).map_err(|_| refused("compose"))?;
        let mut bytes = message.formatted();
        if let Some(signer) = &self.signer {
            bytes.splice(0..0, signer.sign(&bytes, now).ok_or(refused("dkim"))?.into_bytes());
        }
        Ok(Envelope { from: self.from.email.clone(), to, message: bytes, name, at: now })
    }

    /// No `Precedence`: no standard has it, and `Auto-Submitted` says the same to automatic
    /// repliers.
    fn message(
        &self,
        mail: &Mail,
        to: &Address,
        now: Instant,
        name: &str,
    ) -> Result<Message, lettre::error::Error> {
        let seconds = u64::try_from(now).unwrap_or_default().min(LAST_SECOND);
        let mut builder = Message::builder();
        if let Some(url) = &mail.unsubscribe_url {
            builder = builder
                .raw_header(raw("List-Unsubscribe", format!("<{url}>")))
                .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
        }
        builder
            .from(self.from.clone())
            .reply_to(self.reply_to.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(one_line(&mail.subject))
            .date(UNIX_EPOCH + Duration::from_secs(seconds))
            .message_id(Some(format!("<{name}@{}>", self.from.email.domain())))
            .raw_header(raw("Auto-Submitted", "auto-generated".to_owned()))
            .raw_header(raw("X-Auto-Response-Suppress", "All".to_owned()))
            .raw_header(raw("Content-Language", mail.lang.tag().to_owned()))
            .multipart(
                MultiPart::builder()
                    .kind(MultiPartKind::Alternative)
                    .boundary(format!("relais-{name}"))
                    .build()
                    .singlepart(part(ContentType::TEXT_PLAIN, &mail.text))
                    .singlepart(part(ContentType::TEXT_HTML, &mail.html)),
            )
    }
}

/// Always quoted-printable: it survives every server and stays readable in a folder.
fn part(kind: ContentType, words: &str) -> SinglePart {
    SinglePart::builder()
        .header(kind)
        .header(ContentTransferEncoding::QuotedPrintable)
        .body(words.to_owned())
}

/// A header of our own words, or of what [`link`] let through: on one line, because a link is one
/// word.
fn raw(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::dangerous_new_pre_encoded(
        HeaderName::new_from_ascii_str(name),
        value.clone(),
        value,
    )
}

/// A subject has one line. Other characters are encoded by the header.
fn one_line(subject: &str) -> String {
    subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Whether a link can stand in a header between its brackets: a line of a header has 998
/// characters at most.
fn link(text: &str) -> bool {
    let begins = text.starts_with("https://") || text.starts_with("http://");
    begins
        && text.len() < 900
        && text.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"'))
}

#[cfg(test)]
mod tests {
    use super::{link, one_line};

    #[test]
    fn a_link_has_nothing_that_ends_its_header() {
        assert!(link("https://survey.example/u/abcdefghijklmnopqrstuvwxyz"));
        for given in [
            "mailto:a@b",
            "https://a.example/>",
            "https://a.example/ b",
            "https://a\r\nX: y",
            "https://é",
        ] {
            assert!(!link(given), "{given:?}");
        }
    }

    #[test]
    fn a_subject_is_one_line() {
        assert_eq!(one_line("Votre avis\r\nBcc: x"), "Votre avis  Bcc: x");
    }
}
