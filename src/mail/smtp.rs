//! SMTP, phase by phase, so that it is known what a failure means.
//!
//! lettre's transport does all phases in one call and tells of a lost connection without telling
//! when it was lost. Here each phase is asked by itself, and of the content it is known whether
//! its end was handed over: before that, nothing can have been sent; after it, only the server's
//! own word tells, and without it nobody does.

use std::error::Error as _;
use std::iter;
use std::path::Path;
use std::time::Duration;

use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection as Line, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Severity;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use tokio::net::TcpStream;

use crate::error::{Error, Refusal, Result};
use crate::i18n::Text;
use crate::limits;

use super::byte_reader::ByteReader;
use super::compose::Envelope;
use super::message::Outcome;
use super::settings::{Encryption, Server, Settings};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// To be reached, to become encrypted and to greet.
    pub greeting: Duration,
    /// For each reply before the content.
    pub reply: Duration,
    /// For its verdict on the content.
    pub verdict: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            greeting: limits::MAIL_GREETING,
            reply: limits::MAIL_REPLY,
            verdict: limits::MAIL_VERDICT,
        }
    }
}

impl Patience {
    /// The longest that one mail can take: whoever leases a mail must lease it for longer.
    pub fn longest(self) -> Duration {
        // STARTTLS, AUTH, MAIL, RCPT, DATA, and QUIT after the verdict.
        self.greeting + self.reply * 6 + self.verdict
    }
}

#[derive(Clone)]
pub(super) struct Smtp {
    host: String,
    port: u16,
    encryption: Encryption,
    tls: Option<TlsParameters>,
    login: Option<Credentials>,
    hello: ClientId,
    patience: Patience,
}

struct Phase {
    timeout: &'static str,
    lost: &'static str,
    later: &'static str,
    refused: &'static str,
}

macro_rules! phase {
    ($name:literal) => {
        Phase {
            timeout: concat!($name, "-timeout"),
            lost: concat!($name, "-lost"),
            later: concat!($name, "-4xx"),
            refused: concat!($name, "-5xx"),
        }
    };
}

const CONNECT: Phase = phase!("connect");
const STARTTLS: Phase = phase!("starttls");
const AUTH: Phase = phase!("auth");
const FROM: Phase = phase!("from");
const TO: Phase = phase!("to");
const DATA: Phase = phase!("data");
const MESSAGE: Phase = phase!("message");

impl Smtp {
    /// Reads the certificates, so that bad ones are reported at the start.
    pub(super) fn of_settings(server: &Server, settings: &Settings) -> Result<Self> {
        let tls = match server.encryption {
            Encryption::Never => None,
            Encryption::StartTls | Encryption::Always => {
                Some(tls(&server.host, settings.ca.as_deref())?)
            }
        };
        Ok(Self {
            host: server.host.clone(),
            port: server.port,
            encryption: server.encryption,
            tls,
            login: server.login.clone(),
            hello: settings.hello.clone(),
            patience: Patience::default(),
        })
    }

    pub(super) fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    pub(super) async fn send(&self, mail: &Envelope) -> Outcome {
        let mut line = match self.open().await {
            Ok(line) => line,
            Err(outcome) => return outcome,
        };
        let outcome = self.hand_over(&mut line, mail).await.err().unwrap_or(Outcome::Sent);
        // Only where the server awaits a command: amid the content a farewell would be taken for a
        // part of it.
        if matches!(outcome, Outcome::Sent | Outcome::Refused { .. }) {
            // A farewell that fails changes nothing.
            let _ = tokio::time::timeout(self.patience.reply, line.quit()).await;
        }
        outcome
    }

    async fn hand_over(&self, line: &mut Line, mail: &Envelope) -> Result<(), Outcome> {
        let reply = self.patience.reply;
        let from = Mail::new(Some(mail.from.clone()), Vec::new());
        within(reply, &FROM, line.command(from))
            .await?
            .map_err(|failure| about_mail(&FROM, &failure))?;
        let to = Rcpt::new(mail.to.clone(), Vec::new());
        within(reply, &TO, line.command(to)).await?.map_err(|failure| about_address(&failure))?;
        let go_on = within(reply, &DATA, line.command(Data))
            .await?
            .map_err(|failure| about_mail(&DATA, &failure))?;
        if !go_on.has_code(354) {
            return Err(Outcome::Later(DATA.lost));
        }
        self.content(line, &mail.message).await
    }

    /// The greeting, the encryption and the login. What goes wrong here says nothing about the
    /// mail, whatever the code: a mistyped password must not use up the one invitation that a
    /// customer gets.
    async fn open(&self) -> Result<Line, Outcome> {
        let mut line = within(self.patience.greeting, &CONNECT, self.greeted()).await??;
        if let (Encryption::StartTls, Some(tls)) = (self.encryption, &self.tls) {
            let secured =
                within(self.patience.reply, &STARTTLS, line.starttls(tls.clone(), &self.hello))
                    .await?;
            secured.map_err(|failure| self.not_open(&STARTTLS, &failure))?;
        }
        if let Some(login) = &self.login {
            let attempt = line.auth(&[Mechanism::Plain, Mechanism::Login], login);
            let logged_in = within(self.patience.reply, &AUTH, attempt).await?;
            logged_in.map_err(|failure| self.not_open(&AUTH, &failure))?;
        }
        Ok(line)
    }

    async fn greeted(&self) -> Result<Line, Outcome> {
        let at_once = self.tls.clone().filter(|_| self.encryption == Encryption::Always);
        let opened = match at_once {
            Some(tls) => {
                let server = (self.host.as_str(), self.port);
                let limit = Some(self.for_one_address());
                Line::connect_tokio1(server, limit, &self.hello, Some(tls), None).await
            }
            None => {
                let stream = Box::new(ByteReader::new(self.connected().await?));
                Line::connect_with_transport(stream, &self.hello).await
            }
        };
        opened.map_err(|failure| self.not_open(&CONNECT, &failure))
    }

    /// The first address of the server's name that answers.
    async fn connected(&self) -> Result<TcpStream, Outcome> {
        let addresses = tokio::net::lookup_host((self.host.as_str(), self.port)).await;
        let mut failure = addresses.as_ref().err().map(ToString::to_string).unwrap_or_default();
        for address in addresses.into_iter().flatten() {
            match tokio::time::timeout(self.for_one_address(), TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(refused)) => failure = refused.to_string(),
                Err(late) => failure = late.to_string(),
            }
        }
        let Self { host, port, .. } = self;
        tracing::warn!(%host, port, failure, "the mail server is not there");
        Err(Outcome::Later(CONNECT.lost))
    }

    /// A name may have an address that swallows everything, often the IPv6 one: the others get
    /// their turn.
    fn for_one_address(&self) -> Duration {
        self.patience.greeting / 3
    }

    /// Logged, because it is for the administrator to mend; no address has been named to the
    /// server yet.
    fn not_open(&self, phase: &Phase, failure: &SmtpError) -> Outcome {
        let Self { host, port, .. } = self;
        tracing::warn!(%host, port, %failure, "the mail server lets nothing in");
        Outcome::Later(match failure.status() {
            Some(_) if failure.is_permanent() => phase.refused,
            Some(_) => phase.later,
            None if failure.is_timeout() => phase.timeout,
            None => phase.lost,
        })
    }

    async fn content(&self, line: &mut Line, message: &[u8]) -> Result<(), Outcome> {
        // The line adds the last line end together with the dot that ends the content.
        let message = message.strip_suffix(b"\r\n").unwrap_or(message);
        let mut rest = Some(message);
        let mut ended = false;
        // The end of the content is written after this has nothing more to give, and not before.
        let parts = iter::from_fn(|| {
            ended = rest.is_none();
            rest.take()
        });
        let answered = tokio::time::timeout(self.patience.verdict, line.message_iter(parts)).await;
        let silent = |code| if ended { Outcome::Unknown(code) } else { Outcome::Later(code) };
        match answered {
            Err(_) => Err(silent(MESSAGE.timeout)),
            Ok(Ok(response)) if response.code().severity == Severity::PositiveCompletion => Ok(()),
            Ok(Ok(_)) => Err(silent(MESSAGE.lost)),
            Ok(Err(failure)) if failure.status().is_some() => Err(about_mail(&MESSAGE, &failure)),
            Ok(Err(_)) => Err(silent(MESSAGE.lost)),
        }
    }
}

/// Runs one phase; one that takes too long surely has not sent anything yet.
async fn within<T>(
    limit: Duration,
    phase: &Phase,
    work: impl Future<Output = T>,
) -> Result<T, Outcome> {
    tokio::time::timeout(limit, work).await.map_err(|_| Outcome::Later(phase.timeout))
}

fn about_mail(phase: &Phase, failure: &SmtpError) -> Outcome {
    match failure.status().map(u16::from) {
        // The server wants a login or another one: for the administrator to mend, then the mail
        // goes.
        Some(code @ (530 | 534 | 535 | 538)) => {
            tracing::warn!(code, "the mail server wants a login");
            Outcome::Later(AUTH.refused)
        }
        Some(_) if failure.is_permanent() => {
            Outcome::Refused { code: phase.refused, address: false }
        }
        Some(_) => Outcome::Later(phase.later),
        None if failure.is_timeout() => Outcome::Later(phase.timeout),
        None => Outcome::Later(phase.lost),
    }
}

/// What a refused recipient means. A refusal can also be about us (policy, relaying) or about
/// today (a full mailbox): the enhanced code of RFC 3463 tells, and where there is none the plain
/// code does.
fn about_address(failure: &SmtpError) -> Outcome {
    let outcome = about_mail(&TO, failure);
    let Outcome::Refused { code, .. } = outcome else { return outcome };
    let words = failure.source().map(ToString::to_string).unwrap_or_default();
    let address = match enhanced(&words) {
        // 5.1.7 and 5.1.8 are about the sender's address.
        Some((1, detail)) => !matches!(detail, 7 | 8),
        // A mailbox that is disabled.
        Some((2, 1)) => true,
        Some(_) => false,
        None => matches!(failure.status().map(u16::from), Some(550 | 551 | 553)),
    };
    Outcome::Refused { code, address }
}

/// The subject and detail of an enhanced status code at the beginning of a server's words: `5.1.1
/// No such user`.
fn enhanced(words: &str) -> Option<(u16, u16)> {
    let mut parts = words.split_whitespace().next()?.strip_prefix("5.")?.split('.');
    let code = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts.next().is_none().then_some(code)
}

fn tls(host: &str, ca: Option<&Path>) -> Result<TlsParameters> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(path) = ca {
        builder = builder.add_root_certificate(certificates(path)?);
    }
    builder.build_rustls().map_err(|failure| match ca {
        Some(path) => bad_certificates(path),
        None => Error::Internal(format!("TLS cannot be set up: {failure}")),
    })
}

fn certificates(path: &Path) -> Result<Certificate> {
    let pem = std::fs::read(path).map_err(Error::io(format!("mail_ca: {}", path.display())))?;
    let some = CertificateDer::pem_slice_iter(&pem).next().is_some_and(|first| first.is_ok());
    let read = Certificate::from_pem(&pem).ok().filter(|_| some);
    read.ok_or_else(|| bad_certificates(path))
}

fn bad_certificates(path: &Path) -> Error {
    Refusal::new(Text::new("mail-bad-ca"))
        .in_file(path.display().to_string())
        .in_field("mail_ca")
        .into()
}

#[cfg(test)]
mod tests {
    use super::enhanced;

    #[test]
    fn enhanced_codes_are_read_where_there_are_any() {
        assert_eq!(enhanced("5.1.1 No such user"), Some((1, 1)));
        assert_eq!(enhanced("5.7.1"), Some((7, 1)));
        for none in ["", "No such user", "5.1 what", "5.1.1.1 what", "4.1.1 what", "5.x.y"] {
            assert_eq!(enhanced(none), None, "{none}");
        }
    }
}
