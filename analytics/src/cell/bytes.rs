//! How integers become bytes: variable-length, zigzag, runs of zeros shortened.

use super::error::DecodeError;

/// Appends an unsigned number, seven bits a byte, low bits first.
pub(crate) fn write_unsigned(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a signed number; small ones of either sign stay short.
pub(crate) fn write_signed(out: &mut Vec<u8>, value: i64) {
    write_unsigned(out, ((value << 1) ^ (value >> 63)) as u64);
}

/// Appends numbers, each run of zeros as a zero and the length of what follows in the run.
pub(crate) fn write_run(out: &mut Vec<u8>, values: &[i64]) {
    let mut rest = values;
    while let Some((&first, tail)) = rest.split_first() {
        write_signed(out, first);
        rest = tail;
        if first == 0 {
            let zeros = rest.iter().take_while(|&&v| v == 0).count();
            write_unsigned(out, zeros as u64);
            rest = &rest[zeros..];
        }
    }
}

/// Reads what the writers above wrote, from bytes that may be anything.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// Starts after the format byte, which must be one of `formats`; says which it is.
    pub(crate) fn new(bytes: &'a [u8], formats: &[u8]) -> Result<(Self, u8), DecodeError> {
        match bytes.first() {
            Some(&first) if formats.contains(&first) => Ok((Self { bytes, at: 1 }, first)),
            Some(&first) => Err(DecodeError::Format(first)),
            None => Err(DecodeError::Truncated(0)),
        }
    }

    /// An error about a value that started at the present place.
    pub(crate) fn impossible(&self, what: &'static str) -> DecodeError {
        DecodeError::Impossible { what, at: self.at }
    }

    /// An unsigned number.
    pub(crate) fn unsigned(&mut self) -> Result<u64, DecodeError> {
        let start = self.at;
        // Nearly all numbers of a cell are one byte.
        if let Some(&byte) = self.bytes.get(start).filter(|byte| **byte < 0x80) {
            self.at += 1;
            return Ok(u64::from(byte));
        }
        let mut value = 0u64;
        for shift in (0..70).step_by(7) {
            let byte = *self.bytes.get(self.at).ok_or(DecodeError::Truncated(self.at))?;
            self.at += 1;
            if shift == 63 && byte > 1 {
                break;
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(DecodeError::Number(start))
    }

    /// An unsigned number that may be at most `largest`.
    pub(crate) fn at_most(&mut self, largest: u64, what: &'static str) -> Result<u64, DecodeError> {
        let at = self.at;
        let value = self.unsigned()?;
        if value > largest { Err(DecodeError::Impossible { what, at }) } else { Ok(value) }
    }

    /// A signed number.
    pub(crate) fn signed(&mut self) -> Result<i64, DecodeError> {
        let value = self.unsigned()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// Fills `values` with as many numbers as it has places.
    pub(crate) fn run(&mut self, values: &mut [i64]) -> Result<(), DecodeError> {
        let mut next = 0;
        while next < values.len() {
            values[next] = self.signed()?;
            next += 1;
            if values[next - 1] == 0 {
                let zeros = self.at_most((values.len() - next) as u64, "run of zeros")? as usize;
                values[next..next + zeros].fill(0);
                next += zeros;
            }
        }
        Ok(())
    }

    /// Makes sure that nothing follows.
    pub(crate) fn finish(self) -> Result<(), DecodeError> {
        if self.at == self.bytes.len() { Ok(()) } else { Err(DecodeError::Trailing(self.at)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_of_more_than_64_bits_is_refused() {
        let mut bytes = vec![7];
        bytes.extend([0xff; 9]);
        bytes.push(0x02);
        let (mut reader, _) = Reader::new(&bytes, &[7]).expect("the format is right");
        assert_eq!(reader.unsigned(), Err(DecodeError::Number(1)));
    }

    proptest! {
        #[test]
        fn numbers_come_back(values in prop::collection::vec(prop_oneof![Just(0i64), any::<i64>(), -9i64..9], 0..60)) {
            let mut bytes = vec![7];
            write_run(&mut bytes, &values);
            let (mut reader, _) = Reader::new(&bytes, &[7]).expect("the format is right");
            let mut back = vec![1; values.len()];
            reader.run(&mut back).expect("they were just written");
            prop_assert_eq!(back, values);
            prop_assert_eq!(reader.finish(), Ok(()));
        }
    }
}
