//! Keys: which row, and keys made from what a row is, so that making it twice makes it once.

use std::fmt;

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A type of its own for each key, so that one number is not taken for another.
macro_rules! keys {
    ($($name:ident)+) => {$(
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default,
            Serialize, Deserialize, DeriveValueType,
        )]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            pub const fn new(number: i64) -> Self {
                Self(number)
            }

            pub const fn number(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

keys! { OrganisationId }

/// A positive 63-bit key of `parts`. Not secret and not keyed: for rows that carry no person's data.
pub fn of_key(parts: &[&str]) -> i64 {
    let digest = digest(parts.iter().map(|part| part.as_bytes()));
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(first) & i64::MAX
}

/// What tells `parts` from any others.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
        hash.update([0]);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_same_parts_make_the_same_key_and_others_another() {
        assert_eq!(super::of_key(&["a", "b"]), super::of_key(&["a", "b"]));
        assert_ne!(super::of_key(&["a", "b"]), super::of_key(&["ab"]));
        assert!(super::of_key(&["a"]) > 0);
    }
}
