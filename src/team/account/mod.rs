//! Who may sign in: an e-mail address and a password, each parsed once.
//!
//! Passwords are hashed with argon2id as OWASP recommends it. Whoever tries an address that nobody
//! has makes us do the same work and gets the same answer as for a wrong password.

pub mod notices;
pub mod store;
pub mod web;

use std::fmt;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use rand::Rng;
use zxcvbn::Score;

use crate::error::{Error, Result};
use crate::i18n::Text;

/// An e-mail address to sign in with, in lower case.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

impl Email {
    /// `None` when the text cannot be an address.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.rsplit_once('@')?;
        let plain = [local, domain].into_iter().all(|part| {
            !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control())
        });
        let fits = text.len() <= 254 && plain && !local.contains('@');
        (fits && !domain.starts_with('.') && !domain.ends_with('.')).then_some(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password: what somebody chose, or what somebody presents.
#[derive(Clone)]
pub struct Password(String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl Password {
    pub const SHORTEST: usize = 12;
    /// In characters: hashing must not become a way to keep us busy.
    pub const LONGEST: usize = 128;

    /// A password to set for the account of `email`. No rule about kinds of characters: length is
    /// what counts.
    pub fn chosen(text: &str, email: &Email) -> Result<Self> {
        let length = text.chars().count();
        if length < Self::SHORTEST {
            return Err(Text::new("team-password-short").with("least", Self::SHORTEST).into());
        }
        if length > Self::LONGEST {
            return Err(Text::new("team-password-long").with("most", Self::LONGEST).into());
        }
        if is_guessable(text, email) {
            return Err(Text::new("team-password-guessable").into());
        }
        Ok(Self(text.to_owned()))
    }

    /// A password to compare. One that is too long to be any is cut where it ceases to be
    /// possible.
    pub fn presented(text: &str) -> Self {
        Self(text.chars().take(Self::LONGEST + 1).collect())
    }

    /// What is stored of it. Takes some ten milliseconds on purpose: call it where blocking is
    /// allowed.
    pub fn hash(&self, salt: Salt) -> Result<String> {
        let hash = hasher().hash_password_with_salt(self.0.as_bytes(), &salt.0);
        hash.map(|hash| hash.to_string())
            .map_err(|_| Error::Internal("a password could not be hashed".to_owned()))
    }

    /// Whether it is the password of `stored`. Without one, the work is done all the same and the
    /// answer is no. Takes as long as [`Password::hash`].
    pub fn verify(&self, stored: Option<&str>) -> bool {
        let parsed = stored.and_then(|stored| PasswordHash::new(stored).ok());
        let known = parsed.is_some();
        let Some(hash) = parsed.or_else(|| PasswordHash::new(NOBODYS).ok()) else { return false };
        // The comparison of the two hashes takes the same time wherever they differ.
        let same = hasher().verify_password(self.0.as_bytes(), &hash).is_ok();
        known & same
    }
}

#[derive(Debug)]
pub struct Salt([u8; 16]);

impl Salt {
    pub fn random(random: &mut impl Rng) -> Self {
        let mut bytes = [0; 16];
        random.fill_bytes(&mut bytes);
        Self(bytes)
    }
}

/// The hash of a password that was thrown away, with the same cost as everybody's: what an unknown
/// address is compared to.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$cmVsYWlzLW5vYm9keS0wMQ$34PVrcdYX3RDrBOuTmqsJFN1ZZDsoxWnBRD+eWv6++Y";

/// Argon2id with 19 MiB, two passes and one lane: OWASP's Password Storage Cheat Sheet.
fn hasher() -> Argon2<'static> {
    let params =
        Params::new(19 * 1024, 2, 1, None).expect("these parameters are within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Whether somebody who tries common passwords, words, dates and keyboards first would soon come
/// to it. The estimator knows thirty thousand common passwords and the words of English; we add
/// the address, ourselves and the French ones.
fn is_guessable(text: &str, email: &Email) -> bool {
    let own = email.as_str().split(['@', '.', '-', '_', '+']).filter(|part| part.len() > 2);
    let known: Vec<&str> = own.chain([email.as_str(), "relais"]).chain(COMMON_IN_FRENCH).collect();
    let (local, lower) =
        (email.as_str().split('@').next().unwrap_or_default(), text.to_lowercase());
    let is_the_address =
        lower.contains(email.as_str()) || (local.len() > 3 && lower.contains(local));
    is_the_address || zxcvbn::zxcvbn(text, &known).score() < Score::Three
}

const COMMON_IN_FRENCH: [&str; 48] = [
    "motdepasse",
    "motdepass",
    "mdp",
    "azerty",
    "azertyuiop",
    "qsdfgh",
    "qsdfghjklm",
    "wxcvbn",
    "bonjour",
    "bonsoir",
    "soleil",
    "doudou",
    "loulou",
    "chouchou",
    "coucou",
    "jetaime",
    "amour",
    "chocolat",
    "marseille",
    "france",
    "paris",
    "lyon",
    "toulouse",
    "bordeaux",
    "camille",
    "nicolas",
    "julien",
    "thomas",
    "princesse",
    "secret",
    "vacances",
    "bienvenue",
    "administrateur",
    "entreprise",
    "garage",
    "atelier",
    "printemps",
    "automne",
    "hiver",
    "janvier",
    "fevrier",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "football",
    "papillon",
    "chaton",
];

#[cfg(test)]
mod tests {
    use crate::team::account::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn addresses_are_parsed_once() {
        assert_eq!(Email::parse(" Ada@Example.ORG ").unwrap().as_str(), "ada@example.org");
        for wrong in [
            "",
            "ada",
            "@example.org",
            "ada@",
            "a da@example.org",
            "a@b@c.org",
            "a@.org",
            "a@b\n.org",
        ] {
            assert!(Email::parse(wrong).is_none(), "{wrong:?}");
        }
        assert!(Email::parse(&format!("{}@example.org", "a".repeat(250))).is_none());
    }

    #[test]
    fn a_password_is_long_and_not_the_address() {
        let email = Email::parse("camille@example.org").unwrap();
        let long = "ab3de".repeat(26);
        let guessable = [
            "short",
            "aaaaaaaaaaaaaa",
            "camille-2026-x",
            "password1234",
            "azertyuiop12",
            "MotDePasse2026",
            "abcdefghijkl",
            "qwertyuiop[]",
            "relaisrelais",
        ];
        for wrong in guessable.into_iter().chain([long.as_str()]) {
            assert!(Password::chosen(wrong, &email).is_err(), "{wrong}");
        }
        assert!(Password::chosen("quatre chevaux gris", &email).is_ok());
        let long = "éèêëàâäùûüôöîïçñœæÉÈÊËÀÂÄÙÛÜÔÖÎÏÇÑŒÆ quatre chevaux gris, neuf moutons noirs et dix poules rousses";
        assert!(
            long.len() > Password::LONGEST && Password::chosen(long, &email).is_ok(),
            "characters count, not bytes"
        );
    }

    #[test]
    fn a_hash_is_argon2id_with_the_parameters_of_owasp_and_opens_for_its_password_alone() {
        let salt = Salt::random(&mut StdRng::seed_from_u64(1));
        let hash = Password::presented("quatre chevaux gris").hash(salt).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(Password::presented("quatre chevaux gris").verify(Some(&hash)));
        for other in ["quatre chevaux noirs", "Quatre chevaux gris", "quatre chevaux gris "] {
            assert!(!Password::presented(other).verify(Some(&hash)), "{other:?}");
        }
        assert!(!Password::presented("quatre chevaux gris").verify(None));
        assert!(!Password::presented("quatre chevaux gris").verify(Some("no hash")));
    }

    #[test]
    fn what_an_unknown_address_is_compared_to_costs_what_everybody_costs() {
        let nobodys = PasswordHash::new(NOBODYS).unwrap();
        let ours = hasher().hash_password_with_salt(b"x", &[1; 16]).unwrap();
        assert_eq!(nobodys.params, ours.params);
        assert_eq!((nobodys.algorithm, nobodys.version), (ours.algorithm, ours.version));
    }

    #[test]
    fn no_debug_shows_an_address_or_a_password() {
        let shown = format!(
            "{:?} {:?}",
            Email::parse("ada@example.org"),
            Password::presented("quatre chevaux")
        );
        assert!(!shown.contains("ada") && !shown.contains("chevaux"), "{shown}");
    }
}
