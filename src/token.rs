//! Secrets: the key file, keyed hashes, encryption of addresses, and random links.
//!
//! What is secret never shows in a `Debug`, and of what is random only the digest is stored.

use std::fmt;
use std::io::Write as _;
use std::path::Path;

use chacha20poly1305::aead::Aead;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, Mac};
use rand::Rng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::i18n::Text;

/// The identifier of a journey here: 16 bytes of a keyed hash of the source's, which is never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct JourneyId(pub [u8; 16]);

impl JourneyId {
    /// The identifier of a row's key.
    pub fn from_key(key: &[u8]) -> Option<Self> {
        key.try_into().ok().map(Self)
    }
}

/// The organisation's secret, from the environment or the key file beside the database.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// The secret of 52 base32 characters, as the environment gives it.
    pub fn parse(text: &str) -> Result<Self> {
        let bytes = BASE32_NOPAD.decode(text.trim().to_ascii_uppercase().as_bytes()).ok();
        match bytes.and_then(|bytes| bytes.try_into().ok()) {
            Some(bytes) => Ok(Self(bytes)),
            None => Err(Text::new("token-bad-secret").into()),
        }
    }

    /// The secret of a key file, which is made, readable by its owner alone, when there is none.
    pub fn of_file(path: &Path, random: &mut impl Rng) -> Result<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text),
            Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => Self::make(path, random),
            Err(failure) => Err(Error::io(path.display())(failure)),
        }
    }

    fn make(path: &Path, random: &mut impl Rng) -> Result<Self> {
        let mut bytes = [0; 32];
        random.fill_bytes(&mut bytes);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = match options.open(path) {
            // Another process made it between our look and our making: its secret is the one.
            Err(made) if made.kind() == std::io::ErrorKind::AlreadyExists => return Self::of_file(path, random),
            opened => opened.map_err(Error::io(path.display()))?,
        };
        let written = file.write_all(BASE32_NOPAD.encode(&bytes).as_bytes()).and_then(|()| file.sync_all());
        written.map_err(Error::io(path.display()))?;
        Ok(Self(bytes))
    }

    /// The identifier of a source's journey.
    pub fn journey_id(&self, journey_type: &str, source: &str) -> JourneyId {
        JourneyId(self.keyed("journey", &[journey_type, source]))
    }

    /// The identifier of a response that came from somewhere else, so that it is stored once.
    pub fn response_id(&self, parts: &[&str]) -> [u8; 16] {
        self.keyed("response", parts)
    }

    /// The key under which an address is remembered without being stored; capitals do not make another one.
    pub fn address_key(&self, address: &str) -> [u8; 16] {
        self.keyed("address", &[&address.trim().to_lowercase()])
    }

    /// The key of a name that a team has added: salted by the team, and by a secret that the database does not hold, since
    /// a list of names is short enough to be tried.
    pub fn name_key(&self, team: &str, name: &str) -> [u8; 16] {
        self.keyed("name", &[team, name])
    }

    /// `text` in a form that only this secret opens.
    pub fn encrypt(&self, text: &str, random: &mut impl Rng) -> Result<Vec<u8>> {
        let mut nonce = [0; 24];
        random.fill_bytes(&mut nonce);
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), text.as_bytes());
        let sealed = sealed.map_err(|_| Error::Internal("an address could not be encrypted".to_owned()))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// What [`Secret::encrypt`] closed; `None` when it was closed by another secret or is damaged.
    pub fn decrypt(&self, sealed: &[u8]) -> Option<String> {
        let (nonce, sealed) = sealed.split_first_chunk::<24>()?;
        String::from_utf8(self.cipher().decrypt(&XNonce::from(*nonce), sealed).ok()?).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        let key: [u8; 32] = self.mac("contact", &[]);
        XChaCha20Poly1305::new(&key.into())
    }

    fn keyed(&self, purpose: &str, parts: &[&str]) -> [u8; 16] {
        let full = self.mac(purpose, parts);
        let mut id = [0; 16];
        id.copy_from_slice(&full[..16]);
        id
    }

    fn mac(&self, purpose: &str, parts: &[&str]) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(purpose.as_bytes());
        for part in parts {
            // A separator that no code contains keeps ("a", "bc") and ("ab", "c") apart.
            mac.update(&[0]);
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }
}

/// A random link or key: 130 bits as 26 base32 characters. Only its digest is stored.
#[derive(Clone)]
pub struct Token(String);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Token {
    /// A new one.
    pub fn random(random: &mut impl Rng) -> Self {
        let mut bytes = [0; 17];
        random.fill_bytes(&mut bytes);
        let mut text = BASE32_NOPAD.encode(&bytes).to_ascii_lowercase();
        text.truncate(26);
        Self(text)
    }

    /// The token that a request presents; `None` when it cannot be one.
    pub fn presented(text: &str) -> Option<Self> {
        let fits = text.len() == 26 && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'));
        fits.then(|| Self(text.to_owned()))
    }

    /// The digest to look for when a customer presents `text`. What cannot be a token is looked for all the same, under
    /// a digest that nobody was given, so that it takes as long.
    pub fn sought(text: &str) -> Vec<u8> {
        Self::presented(text).unwrap_or(Self(String::new())).digest()
    }

    /// What is stored of it.
    pub fn digest(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }

    /// The characters, for the one who is to have it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn what_was_encrypted_opens_with_the_same_secret_alone() {
        let mut random = StdRng::seed_from_u64(1);
        let (ours, other) = (Secret([1; 32]), Secret([2; 32]));
        let sealed = ours.encrypt("a@example.org", &mut random).unwrap();
        assert_eq!(ours.decrypt(&sealed).as_deref(), Some("a@example.org"));
        assert_eq!(other.decrypt(&sealed), None);
        assert_eq!(ours.decrypt(&sealed[..10]), None);
    }

    #[test]
    fn parts_of_a_keyed_hash_do_not_run_together() {
        let secret = Secret([7; 32]);
        assert_ne!(secret.journey_id("a", "bc"), secret.journey_id("ab", "c"));
        assert!(!format!("{secret:?}").contains('7'));
    }

    #[test]
    fn a_token_has_130_bits_in_26_characters() {
        let token = Token::random(&mut StdRng::seed_from_u64(3));
        assert!(Token::presented(token.expose()).is_some());
        assert!(Token::presented("short").is_none());
    }

    #[test]
    fn the_key_file_is_made_once_and_read_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mut random) = (folder.path().join("secret.key"), StdRng::seed_from_u64(4));
        let made = Secret::of_file(&path, &mut random).unwrap();
        assert_eq!(made.0, Secret::of_file(&path, &mut random).unwrap().0);
    }
}
