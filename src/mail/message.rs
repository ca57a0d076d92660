//! A mail that is to be sent, and what became of it.

use std::fmt;

use crate::i18n::Lang;

#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// As the customer's contact gives it; checked on sending.
    pub to: String,
    pub lang: Lang,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Where one POST unsubscribes (RFC 8058); `None` for a mail that somebody waits for.
    pub unsubscribe_url: Option<String>,
}

impl fmt::Debug for Mail {
    /// Shows neither the address nor the link, which is as good as a key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mail(…)")
    }
}

/// What became of a mail. Codes hold nothing of the address and nothing of what a server said,
/// which may repeat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A server, a folder or the memory took it.
    Sent,
    /// It surely did not go, and may later.
    Later(&'static str),
    /// It surely did not go and never will.
    Refused {
        code: &'static str,
        /// Whether the address is at fault: no mail will ever reach it.
        address: bool,
    },
    /// Nobody can tell whether it went: it must not go again.
    Unknown(&'static str),
}
