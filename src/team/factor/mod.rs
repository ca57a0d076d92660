//! The second factor: codes of an authenticator application (RFC 6238: six digits, thirty seconds,
//! SHA-1, which every application knows), and recovery codes for who has lost it.
//!
//! The secret is encrypted at rest and shown until the first right code confirms it. A code is
//! taken once: the time step of the last one is stored, and none of that step or before is taken
//! again. Recovery codes are shown once, stored as digests, and each is good for one sign-in.
//! Whoever loses both asks for [`reset`], which only the command line does.

pub mod enrolment;
mod reset;
pub mod store;
pub mod web;

pub use reset::reset;

use std::fmt;

use data_encoding::BASE32_NOPAD;
use qrcode::{Color, EcLevel, QrCode};
use rand::Rng;
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Totp};

use super::Role;
use crate::clock::Instant;
use crate::config::SecondFactor;
use crate::error::{Error, Result};
use crate::limits;

/// The secret that an account shares with its authenticator application.
pub struct SharedSecret(Totp, String);

impl fmt::Debug for SharedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedSecret(…)")
    }
}

impl SharedSecret {
    /// Base32: 160 bits, as RFC 4226 recommends.
    pub fn random(random: &mut impl Rng) -> String {
        let mut bytes = [0; 20];
        random.fill_bytes(&mut bytes);
        BASE32_NOPAD.encode(&bytes)
    }

    /// The secret of its base32 characters, for the account of `email` at the service called
    /// `issuer`.
    pub fn of(secret: &str, email: &str, issuer: &str) -> Result<Self> {
        let bytes = BASE32_NOPAD.decode(secret.as_bytes()).map_err(|_| unusable())?;
        // A colon would end the name in the application's list.
        let [email, issuer] = [email, issuer].map(|text| text.replace(':', " "));
        let issuer = Some(issuer).filter(|issuer| !issuer.trim().is_empty());
        let built =
            Builder::new().with_secret(bytes).with_account_name(email).with_issuer(issuer).build();
        Ok(Self(built.map_err(|_| unusable())?, secret.to_owned()))
    }

    /// The time step of a code that is right now, a step ago or in a step; clocks differ.
    pub fn step_of(&self, code: &str, now: Instant) -> Option<i64> {
        let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let fits = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let step = fits.then(|| self.0.check(&digits, u64::try_from(now).ok()?)).flatten()?;
        i64::try_from(step).ok()
    }

    /// The code of an instant, as the application shows it.
    pub fn code_at(&self, now: Instant) -> String {
        self.0.generate(u64::try_from(now).unwrap_or_default()).to_string()
    }

    /// In groups of four, to be typed by hand.
    pub fn typed(&self) -> String {
        in_fours(&self.1, " ")
    }

    pub fn picture(&self) -> Result<Picture> {
        let url = self.0.to_url().map_err(|failure| {
            Error::Internal(format!("a second factor has no address: {failure}"))
        })?;
        Picture::of(&url)
    }
}

/// A QR code as a path of squares, four modules of margin around it.
#[derive(Debug)]
pub struct Picture {
    /// How many modules wide and high, with the margin.
    pub width: usize,
    pub path: String,
}

impl Picture {
    fn of(text: &str) -> Result<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M);
        let code = code.map_err(|failure| Error::Internal(format!("no QR code: {failure}")))?;
        let width = code.width();
        let dark =
            code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
        let squares = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + 4, at / width + 4));
        Ok(Self { width: width + 8, path: squares.collect() })
    }
}

/// A recovery code: 80 random bits, typed with or without its hyphens.
#[derive(Clone)]
pub struct RecoveryCode(String);

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

impl RecoveryCode {
    /// As many new ones as an account gets.
    pub fn some(random: &mut impl Rng) -> Vec<Self> {
        let codes = (0..limits::RECOVERY_CODES).map(|_| {
            let mut bytes = [0; 10];
            random.fill_bytes(&mut bytes);
            Self(BASE32_NOPAD.encode(&bytes).to_ascii_lowercase())
        });
        codes.collect()
    }

    /// `None` when the text cannot be a code.
    pub fn presented(text: &str) -> Option<Self> {
        let text: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .collect::<String>()
            .to_lowercase();
        let fits = text.len() == 16 && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'));
        fits.then_some(Self(text))
    }

    /// What is stored of it.
    pub fn digest(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }

    /// As it is shown, once.
    pub fn shown(&self) -> String {
        in_fours(&self.0, "-")
    }
}

fn in_fours(text: &str, between: &str) -> String {
    let groups = text.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok());
    groups.collect::<Vec<_>>().join(between)
}

fn unusable() -> Error {
    Error::Internal("a second factor cannot be used".to_owned())
}

pub fn is_asked_of(setting: SecondFactor, role: Role) -> bool {
    match setting {
        SecondFactor::Offered => false,
        SecondFactor::Administrators => role == Role::Administrator,
        SecondFactor::Everyone => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::team::factor::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    /// The secret of RFC 6238, appendix B, "12345678901234567890".
    const RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn shared() -> SharedSecret {
        SharedSecret::of(RFC, "ada@example.org", "Relais: nord").unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        for (at, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(shared().code_at(at), code);
            assert_eq!(shared().step_of(code, at), Some(at / 30));
        }
    }

    #[test]
    fn a_code_is_right_for_a_step_before_and_after_and_no_longer() {
        let (shared, at) = (shared(), 1_111_111_110);
        let code = shared.code_at(at);
        for (away, right) in [(-60, false), (-30, true), (0, true), (30, true), (60, false)] {
            assert_eq!(shared.step_of(&code, at + away).is_some(), right, "{away} seconds away");
        }
        let (first, second) = code.split_at(3);
        assert!(shared.step_of(&format!(" {first} {second} "), at).is_some());
        for wrong in ["", "12345", "1234567", "abcdef", "-12345", "１２３４５６"] {
            assert_eq!(shared.step_of(wrong, at), None, "{wrong}");
        }
    }

    #[test]
    fn the_picture_has_its_margin_and_the_typed_secret_is_the_same() {
        let picture = shared().picture().unwrap();
        assert!(picture.path.starts_with("M4 4h1v1h-1z") && picture.width > 40, "{picture:?}");
        assert_eq!(shared().typed().replace(' ', ""), RFC);
        assert!(!format!("{:?}", shared()).contains("GEZD"));
    }

    #[test]
    fn recovery_codes_are_read_as_they_are_shown() {
        let codes = RecoveryCode::some(&mut StdRng::seed_from_u64(1));
        assert_eq!(codes.len(), limits::RECOVERY_CODES);
        let shown = codes[0].shown();
        assert_eq!(shown.len(), 19);
        for typed in [shown.clone(), shown.replace('-', " ").to_uppercase()] {
            assert_eq!(RecoveryCode::presented(&typed).unwrap().digest(), codes[0].digest());
        }
        assert!(RecoveryCode::presented("123456").is_none());
        assert_ne!(codes[0].digest(), codes[1].digest());
    }

    #[test]
    fn whoever_lets_others_in_can_be_asked_for_more() {
        assert!(!is_asked_of(SecondFactor::Offered, Role::Administrator));
        assert!(is_asked_of(SecondFactor::Administrators, Role::Administrator));
        assert!(!is_asked_of(SecondFactor::Administrators, Role::ProcessOwner));
        assert!(is_asked_of(SecondFactor::Everyone, Role::TeamMember));
    }
}
