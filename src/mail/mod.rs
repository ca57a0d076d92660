//! Mail: composes a letter and hands it to a server, to a folder or to memory. Plumbing: it knows of no invitation.
//!
//! What counts is that the [`Outcome`] is true. A letter that failed before its content was handed over goes again
//! later; one whose content was handed over and never judged is [`Outcome::Unknown`] and goes no more, because whoever
//! gets the same question twice trusts neither. So SMTP is spoken phase by phase (`smtp.rs`).

mod byte_reader;
mod compose;
mod dkim;
mod folder;
mod settings;
mod smtp;

use std::collections::VecDeque;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::Instant;
use crate::error::Result;
use crate::i18n::Lang;
use crate::limits;

use compose::{Composed, Head};
use folder::Folder;
use smtp::Smtp;

pub use settings::Settings;
pub use smtp::Patience;

/// What is to be sent, and to whom.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// The address, as the customer's contact gives it; checked here.
    pub to: String,
    /// The language of its words.
    pub lang: Lang,
    /// The subject, in any characters.
    pub subject: String,
    /// The words as plain text.
    pub text: String,
    /// The same words as HTML.
    pub html: String,
    /// Where one POST unsubscribes (RFC 8058); none for a letter that somebody waits for.
    pub unsubscribe_url: Option<String>,
}

impl fmt::Debug for Mail {
    /// Without the address, and without the link, which is as good as a key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Letter(…)")
    }
}

/// What became of a letter. Codes hold nothing of the address and nothing of what a server said, which may repeat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A server, a folder or the memory took it.
    Sent,
    /// It surely did not go, and may later.
    Later(&'static str),
    /// It surely did not go and never will.
    Refused {
        /// Why.
        code: &'static str,
        /// Whether the address is at fault: no mail will ever reach it.
        address: bool,
    },
    /// Nobody can tell whether it went: it must not go again.
    Unknown(&'static str),
}

/// A letter as the memory keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct Delivered {
    /// The address of the envelope.
    pub to: String,
    /// The whole message, as it would have travelled.
    pub message: Vec<u8>,
}

impl fmt::Debug for Delivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Delivered(…)")
    }
}

/// How letters leave. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    head: Arc<Head>,
    way: Way,
}

/// A closed choice instead of a trait and a mock.
#[derive(Clone)]
enum Way {
    Smtp(Arc<Smtp>),
    Folder(Folder),
    Memory(Arc<Mutex<VecDeque<Delivered>>>),
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.way {
            Way::Smtp(_) => "Mailer(smtp)",
            Way::Folder(_) => "Mailer(file)",
            Way::Memory(_) => "Mailer(memory)",
        })
    }
}

impl Mailer {
    /// The mailer of the settings; reads the key and the certificates that they name, and makes the folder.
    pub fn of_settings(settings: &Settings) -> Result<Self> {
        let way = match &settings.way {
            settings::Way::Folder(path) => Way::Folder(Folder::open(path)?),
            settings::Way::Memory => Way::Memory(Arc::default()),
            settings::Way::Smtp(server) => {
                Way::Smtp(Arc::new(Smtp::of_settings(server, settings)?))
            }
        };
        Ok(Self { head: Arc::new(Head::of_settings(settings)?), way })
    }

    /// The same mailer with another patience with its server; the others need none.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        if let Way::Smtp(smtp) = &mut self.way {
            *smtp = Arc::new(smtp.as_ref().clone().with_patience(patience));
        }
        self
    }

    /// Sends one letter and says what became of it. `nonce` is random: it names the message and parts it.
    pub async fn send(&self, letter: &Mail, now: Instant, nonce: [u8; 16]) -> Outcome {
        let composed = match self.head.compose(letter, now, nonce) {
            Ok(composed) => composed,
            Err(refused) => return refused,
        };
        match &self.way {
            Way::Smtp(smtp) => smtp.send(&composed).await,
            Way::Folder(folder) => folder.store(composed).await,
            Way::Memory(kept) => keep(kept, composed),
        }
    }

    /// Whether letters leave the machine, so that somebody far away gets them.
    pub fn reaches_people(&self) -> bool {
        !matches!(self.way, Way::Folder(_))
    }

    /// The folder that letters are written to, when there is one.
    pub fn folder(&self) -> Option<&Path> {
        match &self.way {
            Way::Folder(folder) => Some(folder.path()),
            Way::Smtp(_) | Way::Memory(_) => None,
        }
    }

    /// What the memory keeps, oldest first; nothing of what went elsewhere.
    pub fn delivered(&self) -> Vec<Delivered> {
        match &self.way {
            Way::Memory(kept) => {
                kept.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
            }
            Way::Smtp(_) | Way::Folder(_) => Vec::new(),
        }
    }
}

fn keep(kept: &Mutex<VecDeque<Delivered>>, composed: Composed) -> Outcome {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() == limits::MAILS_IN_MEMORY {
        kept.pop_front();
    }
    kept.push_back(Delivered { to: composed.to.to_string(), message: composed.message });
    Outcome::Sent
}
