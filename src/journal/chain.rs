//! The chain: how an entry becomes bytes, and bytes a hash.
//!
//! The encoding is canonical: each field is written with its presence and its length in front, so
//! no two entries have the same bytes. It must never change; a new one would get a new first line.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{ChainState, Fault};
use crate::id::OrganisationId;

/// What stands before the first entry of every chain.
pub const NOTHING: [u8; 32] = [0; 32];

#[derive(Debug)]
pub struct Encoding(Sha256);

impl Encoding {
    pub fn begin(chain: &str, organisation: OrganisationId, number: i64) -> Self {
        let encoding = Self(Sha256::new());
        encoding.text(Some(chain)).integer(organisation.number()).integer(number)
    }

    #[must_use]
    pub fn integer(mut self, value: i64) -> Self {
        self.0.update(value.to_be_bytes());
        self
    }

    #[must_use]
    pub fn text(self, value: Option<&str>) -> Self {
        match value {
            None => self.bytes(&[0]),
            Some(text) => {
                self.bytes(&[1]).bytes(&(text.len() as u64).to_be_bytes()).bytes(text.as_bytes())
            }
        }
    }

    pub fn follow(self, previous: &[u8]) -> [u8; 32] {
        self.bytes(previous).0.finalize().into()
    }

    fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.update(bytes);
        self
    }
}

#[derive(Debug)]
pub struct Claim {
    pub number: i64,
    pub previous: Vec<u8>,
    pub hash: Vec<u8>,
    /// The hash, computed again from the content and from the stored hash before.
    pub computed: [u8; 32],
}

#[derive(Debug)]
pub struct ChainCheck {
    last: Vec<u8>,
    number: i64,
}

impl Default for ChainCheck {
    fn default() -> Self {
        Self { last: NOTHING.to_vec(), number: 0 }
    }
}

impl ChainCheck {
    pub fn number(&self) -> i64 {
        self.number
    }

    /// `Err` at the first entry that is not as it was written.
    pub fn step(&mut self, claim: Claim) -> Result<(), ChainState> {
        let due = self.number + 1;
        let why = if claim.number != due {
            Fault::Missing
        } else if claim.hash != claim.computed {
            Fault::Altered
        } else if claim.previous != self.last {
            Fault::Unlinked
        } else {
            (self.last, self.number) = (claim.hash, due);
            return Ok(());
        };
        Err(ChainState::Broken { number: due, why })
    }

    pub fn end(self) -> ChainState {
        ChainState::Whole { entries: self.number.unsigned_abs(), last: HEXLOWER.encode(&self.last) }
    }
}

#[cfg(test)]
mod tests {
    use crate::journal::chain::*;

    const OURS: OrganisationId = OrganisationId::new(1);

    fn hash(text: Option<&str>, next: Option<&str>) -> [u8; 32] {
        Encoding::begin("test", OURS, 1).text(text).text(next).follow(&NOTHING)
    }

    #[test]
    fn no_two_entries_have_the_same_bytes() {
        assert_ne!(hash(Some("ab"), Some("c")), hash(Some("a"), Some("bc")));
        assert_ne!(hash(None, Some("")), hash(Some(""), None));
        assert_ne!(
            Encoding::begin("t", OURS, 2).follow(&NOTHING),
            Encoding::begin("t", OrganisationId::new(2), 1).follow(&NOTHING)
        );
    }

    fn claim(number: i64, previous: [u8; 32]) -> Claim {
        let computed = Encoding::begin("test", OURS, number).follow(&previous);
        Claim { number, previous: previous.to_vec(), hash: computed.to_vec(), computed }
    }

    #[test]
    fn a_walk_stops_at_the_first_entry_that_is_wrong() {
        let first = claim(1, NOTHING);
        let mut walk = ChainCheck::default();
        let second = claim(2, first.computed);
        walk.step(first).unwrap();
        let altered = Claim { computed: [9; 32], ..claim(2, second.computed) };
        assert_eq!(walk.step(altered), Err(ChainState::Broken { number: 2, why: Fault::Altered }));
        assert_eq!(
            walk.step(claim(2, [7; 32])),
            Err(ChainState::Broken { number: 2, why: Fault::Unlinked })
        );
        walk.step(second).unwrap();
        assert_eq!(
            walk.step(claim(4, NOTHING)),
            Err(ChainState::Broken { number: 3, why: Fault::Missing })
        );
        assert!(matches!(walk.end(), ChainState::Whole { entries: 2, .. }));
    }
}
