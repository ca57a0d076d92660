//! Secrets: the key file, keyed hashes, encryption of addresses, and random links.
//!
//! What is secret never shows in a `Debug`, and of what is random only the digest is stored.

use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use rand::Rng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::i18n::Text;
use crate::id::OrganisationId;

mod addresses;

use addresses::Addresses;

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
pub struct Secret {
    key: [u8; 32],
    addresses: Arc<Addresses>,
}

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
            Some(bytes) => Ok(Self::of(bytes)),
            None => Err(Text::new("token-bad-secret").into()),
        }
    }

    fn of(key: [u8; 32]) -> Self {
        Self { addresses: Arc::new(Addresses::new(mac(&key, "contact", &[]), None)), key }
    }

    /// The same, with the keys of addresses in a file, once they have been rotated.
    #[must_use]
    pub fn with_addresses_in(self, file: PathBuf) -> Self {
        Self { addresses: Arc::new(Addresses::new(self.addresses.first(), Some(file))), ..self }
    }

    /// The secret of a key file, which is made, readable by its owner alone, when there is none.
    pub fn of_file(path: &Path, random: &mut impl Rng) -> Result<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text),
            Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => {
                Self::make(path, random)
            }
            Err(failure) => Err(Error::io(path.display())(failure)),
        }
    }

    fn make(path: &Path, random: &mut impl Rng) -> Result<Self> {
        let mut bytes = [0; 32];
        random.fill_bytes(&mut bytes);
        let mut file = match crate::owner_only_file::options().create_new(true).open(path) {
            // Another process made it between our look and our making: its secret is the one.
            Err(made) if made.kind() == std::io::ErrorKind::AlreadyExists => {
                return Self::of_file(path, random);
            }
            opened => opened.map_err(Error::io(path.display()))?,
        };
        let written =
            file.write_all(BASE32_NOPAD.encode(&bytes).as_bytes()).and_then(|()| file.sync_all());
        written.map_err(Error::io(path.display()))?;
        Ok(Self::of(bytes))
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

    /// What proves that a link to turn mail off is an account's own.
    pub fn letters_key(&self, organisation: OrganisationId, account: i64) -> [u8; 16] {
        self.keyed("letters", &[&organisation.to_string(), &account.to_string()])
    }

    /// An address in a form that only the keys of addresses open.
    pub fn encrypt(&self, text: &str, random: &mut impl Rng) -> Result<Vec<u8>> {
        self.addresses.seal(text, random)
    }

    /// What [`Secret::encrypt`] closed; `None` when it was closed by another secret or is damaged.
    pub fn decrypt(&self, sealed: &[u8]) -> Option<String> {
        self.addresses.open(sealed)
    }

    /// What the service keeps for itself and reads again, as the secrets of second factors, in a form that only this secret
    /// opens. No rotation of the key of addresses touches it.
    pub fn seal(&self, text: &str, random: &mut impl Rng) -> Result<Vec<u8>> {
        addresses::seal(&self.own(), text, random)
    }

    /// What [`Secret::seal`] closed; `None` when it was closed by another secret or is damaged.
    pub fn open(&self, sealed: &[u8]) -> Option<String> {
        addresses::open(&self.own(), sealed)
    }

    fn own(&self) -> [u8; 32] {
        mac(&self.key, "service", &[])
    }

    /// Whether an address was closed with the newest key.
    pub fn is_newest(&self, sealed: &[u8]) -> Result<bool> {
        self.addresses.is_newest(sealed)
    }

    /// Begins to rotate the key of addresses, or goes on with what was begun: from now on addresses are closed with a new
    /// one, and those before it still open.
    pub fn begin_rotation(&self, random: &mut impl Rng) -> Result<()> {
        self.addresses.begin(random)
    }

    /// Ends it: the keys before the newest are forgotten.
    pub fn end_rotation(&self) -> Result<()> {
        self.addresses.end()
    }

    fn keyed(&self, purpose: &str, parts: &[&str]) -> [u8; 16] {
        let full = mac(&self.key, purpose, parts);
        let mut id = [0; 16];
        id.copy_from_slice(&full[..16]);
        id
    }
}

fn mac(key: &[u8; 32], purpose: &str, parts: &[&str]) -> [u8; 32] {
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(purpose.as_bytes());
    for part in parts {
        // A separator that no code contains keeps ("a", "bc") and ("ab", "c") apart.
        mac.update(&[0]);
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
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
    use crate::token::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn what_was_encrypted_opens_with_the_same_secret_alone() {
        let mut random = StdRng::seed_from_u64(1);
        let (ours, other) = (Secret::of([1; 32]), Secret::of([2; 32]));
        let sealed = ours.encrypt("a@example.org", &mut random).unwrap();
        assert_eq!(ours.decrypt(&sealed).as_deref(), Some("a@example.org"));
        assert_eq!(other.decrypt(&sealed), None);
        assert_eq!(ours.decrypt(&sealed[..10]), None);
    }

    #[test]
    fn parts_of_a_keyed_hash_do_not_run_together() {
        let secret = Secret::of([7; 32]);
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
        assert_eq!(made.key, Secret::of_file(&path, &mut random).unwrap().key);
    }
}
