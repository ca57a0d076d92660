//! Sparse integer sums by a small key: what is zero is not kept, so equal sums are equal values.

use super::bytes::{Reader, write_signed, write_unsigned};
use super::error::DecodeError;

/// `W` sums for each key, in order of key: there are few, and every answer looks some up. Sums
/// wrap, so that taking out is always the inverse of adding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tally<const W: usize>(Vec<(u16, [i64; W])>);

impl<const W: usize> Default for Tally<W> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<const W: usize> Tally<W> {
    /// Keys and sums, in order of key.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u16, [i64; W])> + '_ {
        self.0.iter().copied()
    }

    /// Whether every sum is zero.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sums of a key.
    pub(crate) fn get(&self, key: u16) -> [i64; W] {
        self.find(key).map_or([0; W], |at| self.0[at].1)
    }

    /// Adds `sign` times the values to a key's sums.
    pub(crate) fn add(&mut self, key: u16, values: [i64; W], sign: i64) {
        if values == [0; W] {
            return;
        }
        let at = self.find(key).unwrap_or_else(|at| {
            self.0.insert(at, (key, [0; W]));
            at
        });
        let sums = &mut self.0[at].1;
        for (sum, value) in sums.iter_mut().zip(values) {
            *sum = sum.wrapping_add(value.wrapping_mul(sign));
        }
        if *sums == [0; W] {
            self.0.remove(at);
        }
    }

    /// Adds `sign` times another tally.
    pub(crate) fn merge(&mut self, other: &Self, sign: i64) {
        for (key, values) in other.iter() {
            self.add(key, values, sign);
        }
    }

    /// Appends the tally: how many keys, then each as its distance from the one before and its
    /// sums.
    pub(crate) fn encode(&self, out: &mut Vec<u8>) {
        write_unsigned(out, self.0.len() as u64);
        let mut before = 0;
        for &(key, ref sums) in &self.0 {
            write_unsigned(out, u64::from(key - before));
            sums.iter().for_each(|&sum| write_signed(out, sum));
            before = key;
        }
    }

    /// Reads a tally.
    pub(crate) fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut tally = Vec::new();
        let keys = reader.at_most(1 << 16, "number of keys")?;
        let mut key = 0u64;
        for index in 0..keys {
            let step = reader.at_most(u64::from(u16::MAX) - key, "key")?;
            if index > 0 && step == 0 {
                return Err(reader.impossible("repeated key"));
            }
            key += step;
            let mut sums = [0; W];
            for sum in &mut sums {
                *sum = reader.signed()?;
            }
            if sums == [0; W] {
                return Err(reader.impossible("empty sum"));
            }
            tally.push((key as u16, sums));
        }
        Ok(Self(tally))
    }

    /// Where a key stands, or where it would. In a histogram without gaps it stands at its own
    /// place.
    fn find(&self, key: u16) -> Result<usize, usize> {
        let own = usize::from(key);
        if self.0.get(own).is_some_and(|&(found, _)| found == key) {
            return Ok(own);
        }
        self.0.binary_search_by_key(&key, |&(key, _)| key)
    }
}
