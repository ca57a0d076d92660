//! DKIM (RFC 6376, RFC 8463): the sender's domain signs what it sends.
//!
//! Ours and not lettre's, because lettre cannot sign the `Content-Type` of a multipart, asks the
//! machine for the time, and takes keys in forms that openssl no longer writes. What is signed
//! here are the bytes that travel, by the library that TLS brings; the tests let another
//! implementation verify them.

use std::fmt::Write as _;
use std::path::PathBuf;

use data_encoding::BASE64;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject as _;
use sha2::{Digest, Sha256};

use crate::clock::Instant;
use crate::error::{Error, Refusal, Result};
use crate::i18n::Text;

/// What a signature covers; the two of unsubscribing because RFC 8058 wants them signed.
const SIGNED: [&str; 13] = [
    "from",
    "reply-to",
    "to",
    "subject",
    "date",
    "message-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "auto-submitted",
    "content-language",
    "mime-version",
    "content-type",
    // Once more than there are: a second sender that somebody adds breaks the signature.
    "from",
];

/// The settings of signing.
#[derive(Clone)]
pub(super) struct Dkim {
    pub(super) domain: String,
    pub(super) selector: String,
    pub(super) key: PathBuf,
}

pub(super) struct Signer {
    domain: String,
    selector: String,
    key: Key,
}

enum Key {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Signer {
    /// Reads the key file, so that a bad one is reported at the start.
    pub(super) fn of_settings(dkim: &Dkim) -> Result<Self> {
        let path = dkim.key.display().to_string();
        let pem = std::fs::read(&dkim.key).map_err(Error::io(format!("dkim_key: {path}")))?;
        let key = Key::of_pem(&pem)
            .map_err(|text| Refusal::new(text).in_file(path).in_field("dkim_key"))?;
        Ok(Self { domain: dkim.domain.clone(), selector: dkim.selector.clone(), key })
    }

    /// The header that signs a message, with its line end. `None` when the system gives no
    /// randomness.
    pub(super) fn sign(&self, message: &[u8], now: Instant) -> Option<String> {
        let message = std::str::from_utf8(message).ok()?;
        let (head, body) = message.split_once("\r\n\r\n")?;
        let fields = fields(head);
        let names: Vec<&str> =
            SIGNED.into_iter().filter(|name| fields.iter().any(|field| field.0 == *name)).collect();
        let mut covered = String::new();
        // A name's second mention stands for a header that is not there, which adds nothing.
        for name in &names[..names.len().saturating_sub(1)] {
            let (_, value) = fields.iter().rev().find(|field| field.0 == **name)?;
            let _ = write!(covered, "{name}:{value}\r\n");
        }
        let listed: Vec<String> = names.chunks(5).map(|some| some.join(":")).collect();
        let unsigned = format!(
            "v=1; a={}; c=relaxed/relaxed; d={}; s={};\r\n t={now}; h={};\r\n bh={};\r\n b=",
            self.key.algorithm(),
            self.domain,
            self.selector,
            listed.join(":\r\n "),
            BASE64.encode(&Sha256::digest(relaxed_body(body).as_bytes())),
        );
        covered.push_str("dkim-signature:");
        covered.push_str(&relaxed(&unsigned));
        let signature = BASE64.encode(&self.key.sign(covered.as_bytes())?);
        let mut header = format!("DKIM-Signature: {unsigned}");
        for (at, character) in signature.char_indices() {
            if at > 0 && at.is_multiple_of(72) {
                header.push_str("\r\n ");
            }
            header.push(character);
        }
        header.push_str("\r\n");
        Some(header)
    }
}

impl Key {
    fn of_pem(pem: &[u8]) -> Result<Self, Text> {
        // Read as words, because the reader below passes over what it does not know.
        if String::from_utf8_lossy(pem).contains("ENCRYPTED") {
            return Err(Text::new("mail-dkim-encrypted"));
        }
        match PrivateKeyDer::from_pem_slice(pem).map_err(|_| Text::new("mail-dkim-no-key"))? {
            PrivateKeyDer::Pkcs1(key) => {
                RsaKeyPair::from_der(key.secret_pkcs1_der()).map(Self::Rsa).ok()
            }
            PrivateKeyDer::Pkcs8(key) => {
                let key = key.secret_pkcs8_der();
                let ed25519 = Ed25519KeyPair::from_pkcs8_maybe_unchecked(key).map(Self::Ed25519);
                ed25519.or_else(|_| RsaKeyPair::from_pkcs8(key).map(Self::Rsa)).ok()
            }
            _ => None,
        }
        .ok_or_else(|| Text::new("mail-dkim-unfit-key"))
    }

    fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa-sha256",
            Self::Ed25519(_) => "ed25519-sha256",
        }
    }

    fn sign(&self, covered: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), covered, &mut signature).ok()?;
                Some(signature)
            }
            // RFC 8463 signs the digest, not the text.
            Self::Ed25519(key) => Some(key.sign(&Sha256::digest(covered)).as_ref().to_vec()),
        }
    }
}

/// Whether a name can stand in a signature and in the DNS: labels of letters, digits, hyphens (and
/// underscores).
pub(super) fn is_name(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// The headers, each unfolded and relaxed, with its name in lower case.
fn fields(head: &str) -> Vec<(String, String)> {
    let mut unfolded: Vec<String> = Vec::new();
    for line in head.split("\r\n") {
        match unfolded.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => last.push_str(line),
            _ => unfolded.push(line.to_owned()),
        }
    }
    let parts = unfolded.iter().filter_map(|line| line.split_once(':'));
    parts.map(|(name, value)| (name.trim_end().to_ascii_lowercase(), relaxed(value))).collect()
}

/// A header's value with each run of white space as one space and none at its ends.
fn relaxed(value: &str) -> String {
    value
        .split([' ', '\t', '\r', '\n'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A body without white space at the ends of its lines and empty lines at its end.
fn relaxed_body(body: &str) -> String {
    let mut relaxed = String::with_capacity(body.len());
    for line in body.split("\r\n") {
        let mut space = false;
        for character in line.trim_end_matches([' ', '\t']).chars() {
            let white = matches!(character, ' ' | '\t');
            if !white {
                relaxed.push(character);
            } else if !space {
                relaxed.push(' ');
            }
            space = white;
        }
        relaxed.push_str("\r\n");
    }
    let end = relaxed.trim_end_matches("\r\n").len();
    relaxed.truncate(end);
    if !relaxed.is_empty() {
        relaxed.push_str("\r\n");
    }
    relaxed
}

#[cfg(test)]
mod tests {
    use super::{fields, is_name, relaxed_body};

    /// The examples of RFC 6376, section 3.4.5.
    #[test]
    fn relaxing_does_what_the_standard_shows() {
        let relaxed = fields("A: X\r\nB : Y\t\r\n\tZ  ");
        assert_eq!(relaxed, [("a".to_owned(), "X".to_owned()), ("b".to_owned(), "Y Z".to_owned())]);
        assert_eq!(relaxed_body(" C \r\nD \t E\r\n\r\n\r\n"), " C\r\nD E\r\n");
        assert_eq!(relaxed_body("\r\n\r\n"), "");
        assert_eq!(fields("Long:\r\n <https://example.org>")[0].1, "<https://example.org>");
    }

    #[test]
    fn names_are_those_of_the_dns() {
        assert!(is_name("mail.example") && is_name("s1._domainkey"));
        assert!(
            !is_name("")
                && !is_name("a;b=c")
                && !is_name("a..b")
                && !is_name("a b")
                && !is_name("é.example")
        );
    }
}
