//! The chain: how an entry becomes bytes, and bytes a hash.
//!
//! The encoding is canonical: each field is written with its presence and its length in front, so no two entries have
//! the same bytes. It must never change; a new one would get a new first line.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::id::OrganisationId;

use super::{Fault, Found};

/// What stands before the first entry of every chain.
pub const NOTHING: [u8; 32] = [0; 32];

/// The bytes of one entry, in the order in which its fields are told.
#[derive(Debug)]
pub struct Encoding(Sha256);

impl Encoding {
    /// Begins an entry of the chain `kind` of an organisation.
    pub fn begin(kind: &str, organisation: OrganisationId, number: i64) -> Self {
        let encoding = Self(Sha256::new());
        encoding.text(Some(kind)).integer(organisation.number()).integer(number)
    }

    /// Adds a number.
    #[must_use]
    pub fn integer(mut self, value: i64) -> Self {
        self.0.update(value.to_be_bytes());
        self
    }

    /// Adds a text, or that there is none.
    #[must_use]
    pub fn text(self, value: Option<&str>) -> Self {
        match value {
            None => self.bytes(&[0]),
            Some(text) => {
                self.bytes(&[1]).bytes(&(text.len() as u64).to_be_bytes()).bytes(text.as_bytes())
            }
        }
    }

    /// Ends the entry: its hash, which follows on `previous`.
    pub fn follow(self, previous: &[u8]) -> [u8; 32] {
        self.bytes(previous).0.finalize().into()
    }

    fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.update(bytes);
        self
    }
}

/// An entry as it was found: what it claims, and what it should say.
#[derive(Debug)]
pub struct Claim {
    /// Its number.
    pub number: i64,
    /// The hash before, as it is stored.
    pub previous: Vec<u8>,
    /// Its own hash, as it is stored.
    pub hash: Vec<u8>,
    /// Its hash, computed again from its content and from the stored hash before.
    pub computed: [u8; 32],
}

/// Walks along a chain, entry after entry.
#[derive(Debug)]
pub struct Walk {
    last: Vec<u8>,
    number: i64,
}

impl Default for Walk {
    fn default() -> Self {
        Self { last: NOTHING.to_vec(), number: 0 }
    }
}

impl Walk {
    /// The number of the last entry that was walked over.
    pub fn number(&self) -> i64 {
        self.number
    }

    /// Takes one more step; `Err` at the first entry that is not as it was written.
    pub fn step(&mut self, claim: Claim) -> Result<(), Found> {
        let due = self.number + 1;
        let broken = |number, why| Err(Found::Broken { number, why });
        if claim.number != due {
            return broken(due, Fault::Missing);
        }
        if claim.hash != claim.computed {
            return broken(due, Fault::Altered);
        }
        if claim.previous != self.last {
            return broken(due, Fault::Unlinked);
        }
        (self.last, self.number) = (claim.hash, due);
        Ok(())
    }

    /// The end of the chain was reached.
    pub fn end(self) -> Found {
        Found::Whole { entries: self.number.unsigned_abs(), last: HEXLOWER.encode(&self.last) }
    }
}

#[cfg(test)]
mod tests {
    use crate::journal::chain::*;

    fn hash(text: Option<&str>, next: Option<&str>) -> [u8; 32] {
        Encoding::begin("test", 1, 1).text(text).text(next).follow(&NOTHING)
    }

    #[test]
    fn no_two_entries_have_the_same_bytes() {
        assert_ne!(hash(Some("ab"), Some("c")), hash(Some("a"), Some("bc")));
        assert_ne!(hash(None, Some("")), hash(Some(""), None));
        assert_ne!(
            Encoding::begin("t", 1, 2).follow(&NOTHING),
            Encoding::begin("t", 2, 1).follow(&NOTHING)
        );
    }

    fn claim(number: i64, previous: [u8; 32]) -> Claim {
        let computed = Encoding::begin("test", 1, number).follow(&previous);
        Claim { number, previous: previous.to_vec(), hash: computed.to_vec(), computed }
    }

    #[test]
    fn a_walk_stops_at_the_first_entry_that_is_wrong() {
        let first = claim(1, NOTHING);
        let mut walk = Walk::default();
        let second = claim(2, first.computed);
        walk.step(first).unwrap();
        let altered = Claim { computed: [9; 32], ..claim(2, second.computed) };
        assert_eq!(walk.step(altered), Err(Found::Broken { number: 2, why: Fault::Altered }));
        assert_eq!(
            walk.step(claim(2, [7; 32])),
            Err(Found::Broken { number: 2, why: Fault::Unlinked })
        );
        walk.step(second).unwrap();
        assert_eq!(
            walk.step(claim(4, NOTHING)),
            Err(Found::Broken { number: 3, why: Fault::Missing })
        );
        assert!(matches!(walk.end(), Found::Whole { entries: 2, .. }));
    }
}
