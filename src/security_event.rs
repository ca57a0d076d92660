//! What matters to whoever watches over the service: who was let in, what was refused, what came
//! too often. One line of the log each, under the target `relais::security`.
//!
//! No line names a person, an account or a link. Where somebody failed or came too often, it says
//! from which network, since that is what one can do something about; where somebody was let in,
//! it does not say from where.

use std::net::IpAddr;

use crate::rate_limit::Prefix;

/// Each holds the word that stands in the log under `what`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecurityEvent {
    /// Somebody was let in.
    SignIn(&'static str),
    SignOut(&'static str),
    /// How somebody signs in was changed.
    Change(&'static str),
    /// What was shown is not right: a password, a code, a link, a key.
    Failure(&'static str),
    /// Somebody asked for what they may not.
    Refusal(&'static str),
    /// Too often, or too many at once.
    Limit(&'static str),
}

impl SecurityEvent {
    /// Writes down what a person of the staff did by right.
    pub fn log(self) {
        let (event, what) = self.words();
        tracing::info!(target: "relais::security", event, what, "security");
    }

    /// Writes down what somebody did from a network.
    pub fn log_from(self, address: IpAddr) {
        let ((event, what), network) = (self.words(), Prefix::of(address));
        tracing::warn!(target: "relais::security", event, what, %network, "security");
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::SignIn(what) => ("sign-in", what),
            Self::SignOut(what) => ("sign-out", what),
            Self::Change(what) => ("change", what),
            Self::Failure(what) => ("failure", what),
            Self::Refusal(what) => ("refusal", what),
            Self::Limit(what) => ("limit", what),
        }
    }
}
