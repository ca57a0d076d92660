//! Signing in through the organisation's own OpenID Connect provider: the authorization code flow
//! with PKCE (RFC 7636), a state and a nonce, each bound to the browser that began.
//!
//! Nobody gets an account this way. The address that the provider vouches for must be that of an
//! account that was invited, and from then on the account belongs to that subject of the provider:
//! whoever is given the same address later is not let in. A second factor of ours is asked for all
//! the same, since we cannot see what the provider asked.
//!
//! What a sign-in needs to remember (the [`Attempt`]) travels sealed in a cookie of the browser,
//! so that beginning one writes nothing. The provider sends the browser back to a page with a
//! button, and the button signs in: a GET writes nothing here, and what pre-fetches links spends
//! no code.

mod client;
pub mod web;

use data_encoding::BASE64URL_NOPAD;
use rand::Rng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use client::Client;

use super::account::Email;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::i18n::Text;
use crate::limits;
use crate::token::{Secret, Token};

/// One sign-in that was begun, as the browser keeps it, sealed.
#[derive(Serialize, Deserialize)]
pub struct Attempt {
    /// What the provider gives back unchanged: the answer belongs to this browser.
    state: String,
    /// What the provider's signed word repeats: it was given for this attempt.
    nonce: String,
    /// What proves that who spends the code is who asked for it.
    verifier: String,
    next: String,
    until: Instant,
}

impl Attempt {
    pub fn begin(random: &mut impl Rng, next: &str, now: Instant) -> Self {
        let mut secret = || Token::random(random).expose().to_owned();
        let (state, nonce) = (secret(), secret());
        // RFC 7636 wants 43 characters at least.
        let verifier = secret() + &secret();
        Self { state, nonce, verifier, next: next.to_owned(), until: now + limits::PROVIDER_WAIT }
    }

    pub fn seal(&self, secret: &Secret, random: &mut impl Rng) -> Result<String> {
        let text = serde_json::to_string(self);
        let text =
            text.map_err(|failure| Error::Internal(format!("a sign-in has no JSON: {failure}")))?;
        Ok(BASE64URL_NOPAD.encode(&secret.seal(&text, random)?))
    }

    /// The attempt of a cookie, while there is time.
    pub fn open(cookie: &str, secret: &Secret, now: Instant) -> Option<Self> {
        let sealed = BASE64URL_NOPAD.decode(cookie.as_bytes()).ok()?;
        let attempt: Self = serde_json::from_str(&secret.open(&sealed)?).ok()?;
        (now < attempt.until).then_some(attempt)
    }

    fn is_answered_by(&self, state: &str) -> bool {
        // Digests, so that comparing takes the same time wherever they differ.
        Sha256::digest(self.state.as_bytes()) == Sha256::digest(state.as_bytes())
    }
}

#[derive(Deserialize)]
pub struct ProviderReply {
    /// What the word of the provider is fetched with, once.
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    /// Who answers (RFC 9207), against mixing providers up.
    #[serde(default)]
    iss: String,
}

/// Whom the provider vouches for.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// Verified by the provider.
    pub email: Email,
    /// A digest of who it is to the provider.
    pub subject: Vec<u8>,
}

/// The digest that an account keeps of its subject.
fn subject(issuer: &str, subject: &str) -> Vec<u8> {
    Sha256::digest([issuer.as_bytes(), &[0], subject.as_bytes()].concat()).to_vec()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInRefusal {
    /// The answer is to no attempt of this browser.
    Stale,
    /// Says what about the answer cannot be trusted, without anything of it.
    Untrusted(&'static str),
    /// The provider vouches for nobody whom we know.
    Unknown,
    Away,
}

impl SignInRefusal {
    pub fn text(self) -> Text {
        Text::new(match self {
            Self::Stale => "team-provider-stale",
            Self::Untrusted(_) => "team-provider-refused",
            Self::Unknown => "team-provider-unknown",
            Self::Away => "team-provider-away",
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::team::provider::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn an_attempt_opens_with_our_secret_and_in_time() {
        let mut random = StdRng::seed_from_u64(1);
        let (ours, other) =
            (Secret::parse(&"A".repeat(52)).unwrap(), Secret::parse(&"B".repeat(51)).err());
        assert!(other.is_some());
        let other = Secret::parse(&format!("{}A", "B".repeat(51))).unwrap();
        let attempt = Attempt::begin(&mut random, "/journal", 1_000);
        let sealed = attempt.seal(&ours, &mut random).unwrap();
        let opened = Attempt::open(&sealed, &ours, 1_000 + limits::PROVIDER_WAIT - 1).unwrap();
        assert!(opened.is_answered_by(&attempt.state) && !opened.is_answered_by(&attempt.nonce));
        assert!(opened.verifier.len() >= 43 && opened.next == "/journal");
        assert!(Attempt::open(&sealed, &ours, 1_000 + limits::PROVIDER_WAIT).is_none());
        assert!(
            Attempt::open(&sealed, &other, 1_000).is_none()
                && Attempt::open("x", &ours, 1_000).is_none()
        );
    }

    #[test]
    fn the_same_subject_of_another_issuer_is_somebody_else() {
        assert_ne!(subject("https://a.example", "1"), subject("https://b.example", "1"));
        assert_ne!(subject("https://a.example", "1"), subject("https://a.example", "2"));
    }
}
