//! Mail: composes a mail and hands it to a server, to a folder or to memory. Plumbing: it knows
//! of no invitation.
//!
//! What counts is that the [`Outcome`] is true. A mail that failed before its content was handed
//! over goes again later; one whose content was handed over and never judged is
//! [`Outcome::Unknown`] and goes no more, because whoever gets the same question twice trusts
//! neither. So SMTP is spoken phase by phase (`smtp.rs`).

mod address;
mod byte_reader;
mod compose;
mod dkim;
mod folder;
mod message;
mod settings;
mod smtp;

use std::collections::VecDeque;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::Instant;
use crate::error::Result;
use crate::limits;

use compose::{Envelope, Head};
use folder::Folder;
use smtp::Smtp;

pub use message::{Mail, Outcome};
pub use settings::Settings;
pub use smtp::Patience;

#[derive(Clone, PartialEq, Eq)]
pub struct DeliveredMail {
    pub to: String,
    pub message: Vec<u8>,
}

impl fmt::Debug for DeliveredMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeliveredMail(…)")
    }
}

/// How mails leave. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    head: Arc<Head>,
    transport: Transport,
}

/// A closed choice instead of a trait and a mock.
#[derive(Clone)]
enum Transport {
    Smtp(Arc<Smtp>),
    Folder(Folder),
    Memory(Arc<Mutex<VecDeque<DeliveredMail>>>),
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.transport {
            Transport::Smtp(_) => "Mailer(smtp)",
            Transport::Folder(_) => "Mailer(file)",
            Transport::Memory(_) => "Mailer(memory)",
        })
    }
}

impl Mailer {
    /// Reads the key and the certificates that the settings name, and makes the folder.
    pub fn of_settings(settings: &Settings) -> Result<Self> {
        let transport = match &settings.transport {
            settings::Transport::Folder(path) => Transport::Folder(Folder::open(path)?),
            settings::Transport::Memory => Transport::Memory(Arc::default()),
            settings::Transport::Smtp(server) => {
                Transport::Smtp(Arc::new(Smtp::of_settings(server, settings)?))
            }
        };
        Ok(Self { head: Arc::new(Head::of_settings(settings)?), transport })
    }

    /// The others than a server need no patience.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        if let Transport::Smtp(smtp) = &mut self.transport {
            *smtp = Arc::new(smtp.as_ref().clone().with_patience(patience));
        }
        self
    }

    /// `nonce` is random: it names the message and separates its parts.
    pub async fn send(&self, mail: &Mail, now: Instant, nonce: [u8; 16]) -> Outcome {
        let composed = match self.head.compose(mail, now, nonce) {
            Ok(composed) => composed,
            Err(refused) => return refused,
        };
        match &self.transport {
            Transport::Smtp(smtp) => smtp.send(&composed).await,
            Transport::Folder(folder) => folder.store(composed).await,
            Transport::Memory(kept) => keep(kept, composed),
        }
    }

    /// Whether mails leave the machine, so that somebody far away gets them.
    pub fn reaches_people(&self) -> bool {
        !matches!(self.transport, Transport::Folder(_))
    }

    pub fn folder(&self) -> Option<&Path> {
        match &self.transport {
            Transport::Folder(folder) => Some(folder.path()),
            Transport::Smtp(_) | Transport::Memory(_) => None,
        }
    }

    /// How many of the mails that lie on this machine `is_meant` says of.
    pub async fn count(&self, is_meant: impl Fn(&[u8]) -> bool + Send + 'static) -> Result<u64> {
        match &self.transport {
            Transport::Smtp(_) => Ok(0),
            Transport::Folder(folder) => folder.count(Box::new(is_meant)).await,
            Transport::Memory(kept) => {
                let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(kept.iter().filter(|mail| is_meant(&mail.message)).count() as u64)
            }
        }
    }

    /// Takes those of them away that `is_meant` says of; says how many there were.
    pub async fn erase(&self, is_meant: impl Fn(&[u8]) -> bool + Send + 'static) -> Result<u64> {
        match &self.transport {
            Transport::Smtp(_) => Ok(0),
            Transport::Folder(folder) => folder.erase(Box::new(is_meant)).await,
            Transport::Memory(kept) => {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                let before = kept.len();
                kept.retain(|mail| !is_meant(&mail.message));
                Ok((before - kept.len()) as u64)
            }
        }
    }

    /// Takes the mails away that were written into a folder before an instant; says how many.
    pub async fn expire(&self, before: Instant) -> Result<u64> {
        match &self.transport {
            Transport::Folder(folder) => folder.expire(before).await,
            Transport::Smtp(_) | Transport::Memory(_) => Ok(0),
        }
    }

    /// What the memory keeps, oldest first; empty for the other mailers.
    pub fn delivered(&self) -> Vec<DeliveredMail> {
        match &self.transport {
            Transport::Memory(kept) => {
                kept.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
            }
            Transport::Smtp(_) | Transport::Folder(_) => Vec::new(),
        }
    }
}

fn keep(kept: &Mutex<VecDeque<DeliveredMail>>, composed: Envelope) -> Outcome {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() == limits::MAILS_IN_MEMORY {
        kept.pop_front();
    }
    kept.push_back(DeliveredMail { to: composed.to.to_string(), message: composed.message });
    Outcome::Sent
}
