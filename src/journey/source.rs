//! Where bytes come from: a file or a request, plain or gzip, read twice.
//!
//! The first reading only looks: is it UTF-8, is the archive whole, does it stay within its
//! limits? So a file that is cut off or in another encoding is refused before anything of it is
//! stored.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;

use crate::error::{Error, Refusal, Result};
use crate::i18n::Text;
use crate::limits;

#[derive(Clone, Debug)]
pub enum Source {
    File(PathBuf),
    Bytes(Arc<[u8]>),
}

impl Source {
    /// What messages call it: the file's name, without its folders.
    pub fn name(&self) -> Option<String> {
        match self {
            Self::File(path) => {
                Some(path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned())
            }
            Self::Bytes(_) => None,
        }
    }

    /// The first sign that is no space.
    pub fn first(&self) -> Result<Option<u8>> {
        let mut reader = self.open()?;
        let first = reader.fill_buf().map_err(|e| self.failure(&e))?;
        Ok(first.trim_ascii_start().first().copied())
    }

    /// Whether it begins with these bytes.
    pub fn begins_with(&self, sign: &[u8]) -> Result<bool> {
        let mut reader = self.open()?;
        Ok(reader.fill_buf().map_err(|e| self.failure(&e))?.starts_with(sign))
    }

    /// Looks at all of it without keeping any: its size once unpacked.
    pub fn check(&self) -> Result<u64> {
        let mut look = Look::default();
        let mut reader = self.open()?;
        loop {
            let chunk = reader.fill_buf().map_err(|e| self.failure(&e))?;
            if chunk.is_empty() {
                break;
            }
            look.at(chunk).map_err(|refusal| self.named(refusal))?;
            let length = chunk.len();
            reader.consume(length);
        }
        look.end().map_err(|refusal| self.named(refusal).into())
    }

    /// Its bytes, unpacked, without a byte order mark.
    pub fn open(&self) -> Result<Box<dyn BufRead + Send>> {
        let mut packed: Box<dyn BufRead + Send> = match self {
            Self::File(path) => Box::new(BufReader::with_capacity(BUFFER, open(path)?)),
            Self::Bytes(bytes) => Box::new(io::Cursor::new(bytes.clone())),
        };
        let start = packed.fill_buf().map_err(|e| self.failure(&e))?;
        let mut plain: Box<dyn BufRead + Send> = if start.starts_with(&GZIP) {
            Box::new(BufReader::with_capacity(BUFFER, Inflate::new(packed)))
        } else {
            packed
        };
        if plain.fill_buf().map_err(|e| self.failure(&e))?.starts_with(BOM) {
            plain.consume(BOM.len());
        }
        Ok(plain)
    }

    pub fn named(&self, mut refusal: Refusal) -> Refusal {
        refusal.place.file = refusal.place.file.or_else(|| self.name());
        refusal
    }

    /// What a failed reading means to the one who gave the file.
    pub fn failure(&self, failure: &io::Error) -> Error {
        let key = match failure.kind() {
            io::ErrorKind::UnexpectedEof => "journey-file-truncated",
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => "journey-file-damaged",
            io::ErrorKind::FileTooLarge => "journey-file-too-large",
            io::ErrorKind::IsADirectory => "journey-file-is-folder",
            _ => {
                return Error::Io {
                    what: self.name().unwrap_or_default(),
                    source: failure.kind().into(),
                };
            }
        };
        self.named(Refusal::new(Text::new(key))).into()
    }
}

const BUFFER: usize = 64 * 1024;
const GZIP: [u8; 2] = [0x1f, 0x8b];
const BOM: &[u8] = b"\xef\xbb\xbf";

fn open(path: &Path) -> Result<File> {
    let named = || Source::File(path.to_owned());
    let file = File::open(path).map_err(|failure| match failure.kind() {
        io::ErrorKind::NotFound => {
            named().named(Refusal::new(Text::new("journey-file-not-found"))).into()
        }
        _ => named().failure(&failure),
    })?;
    if file.metadata().is_ok_and(|about| about.is_dir()) {
        Err(named().failure(&io::ErrorKind::IsADirectory.into()))
    } else {
        Ok(file)
    }
}

/// Unpacks while counting: a small archive cannot fill the memory or the day.
struct Inflate<R> {
    inner: MultiGzDecoder<Counted<R>>,
    out: u64,
}

impl<R: BufRead> Inflate<R> {
    fn new(packed: R) -> Self {
        Self { inner: MultiGzDecoder::new(Counted { inner: packed, read: 0 }), out: 0 }
    }
}

impl<R: BufRead> Read for Inflate<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.out += read as u64;
        let ratio = self.out / self.inner.get_ref().read.max(1);
        let bomb = self.out > limits::INFLATED_FREELY && ratio > limits::INFLATION;
        if bomb || self.out > limits::INFLATED {
            Err(io::ErrorKind::FileTooLarge.into())
        } else {
            Ok(read)
        }
    }
}

/// Counts what is consumed of the packed bytes.
struct Counted<R> {
    inner: R,
    read: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.read += amount as u64;
        self.inner.consume(amount);
    }
}

/// The first reading: encoding and emptiness, with the line where it goes wrong.
#[derive(Default)]
struct Look {
    bytes: u64,
    lines: u64,
    /// The beginning of a character whose rest is in the next chunk.
    carried: Vec<u8>,
    anything: bool,
}

impl Look {
    fn at(&mut self, chunk: &[u8]) -> Result<(), Refusal> {
        if self.bytes == 0 && (chunk.starts_with(b"\xff\xfe") || chunk.starts_with(b"\xfe\xff")) {
            return Err(self.refusal("journey-encoding-utf16", 0));
        }
        self.bytes += chunk.len() as u64;
        self.anything |= !chunk.trim_ascii().is_empty();
        if let Some(at) = chunk.iter().position(|byte| *byte == 0) {
            return Err(self.refusal("journey-encoding-binary", newlines(&chunk[..at])));
        }
        let rest = self.finish_carried(chunk)?;
        if let Err(error) = std::str::from_utf8(rest) {
            let (good, bad) = rest.split_at(error.valid_up_to());
            if error.error_len().is_some() {
                let before = newlines(&chunk[..chunk.len() - rest.len()]) + newlines(good);
                return Err(self.refusal("journey-encoding-latin1", before));
            }
            self.carried = bad.to_vec();
        }
        self.lines += newlines(chunk);
        Ok(())
    }

    /// Completes the character that the last chunk began; what is left of this chunk.
    fn finish_carried<'a>(&mut self, chunk: &'a [u8]) -> Result<&'a [u8], Refusal> {
        let mut rest = chunk;
        while !self.carried.is_empty() {
            let Some((byte, after)) = rest.split_first() else { break };
            self.carried.push(*byte);
            rest = after;
            match std::str::from_utf8(&self.carried) {
                Ok(_) => self.carried.clear(),
                Err(error) if error.error_len().is_some() => {
                    return Err(self.refusal("journey-encoding-latin1", 0));
                }
                Err(_) => {}
            }
        }
        Ok(rest)
    }

    fn end(self) -> Result<u64, Refusal> {
        match (self.anything, self.carried.is_empty()) {
            (false, _) => Err(Refusal::new(Text::new("journey-file-empty"))),
            (true, false) => Err(self.refusal("journey-encoding-latin1", 0)),
            (true, true) => Ok(self.bytes),
        }
    }

    fn refusal(&self, key: &'static str, lines_before: u64) -> Refusal {
        Refusal::new(Text::new(key)).at_line(self.lines + lines_before + 1)
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use crate::journey::source::*;

    fn refused(bytes: &[u8]) -> (&'static str, Option<u64>) {
        match Source::Bytes(bytes.into()).check() {
            Err(Error::Refused(refusal)) => (refusal.text.key(), refusal.place.line),
            other => panic!("{other:?}"),
        }
    }

    fn zip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn plain_and_packed_bytes_are_the_same_and_marks_are_dropped() {
        for bytes in [b"\xef\xbb\xbfh\xc3\xa9\n".to_vec(), zip(b"\xef\xbb\xbfh\xc3\xa9\n")] {
            let source = Source::Bytes(bytes.into());
            let mut text = String::new();
            source.open().unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, "h\u{e9}\n");
            assert_eq!(source.check().unwrap(), 4);
        }
    }

    #[test]
    fn other_encodings_are_named_with_their_line() {
        assert_eq!(
            refused(b"journey,step\nJ1,r\xe9ception\n"),
            ("journey-encoding-latin1", Some(2))
        );
        assert_eq!(refused(b"\xff\xfej\0o\0"), ("journey-encoding-utf16", Some(1)));
        assert_eq!(refused(b"a\nb\0c"), ("journey-encoding-binary", Some(2)));
        assert_eq!(refused(b"caf\xc3"), ("journey-encoding-latin1", Some(1)));
        assert_eq!(refused(b" \n\n"), ("journey-file-empty", None));
        assert_eq!(refused(b""), ("journey-file-empty", None));
    }

    #[test]
    fn a_character_across_two_chunks_is_one() {
        let mut look = Look::default();
        look.at(b"caf\xc3").unwrap();
        look.at(b"\xa9\n").unwrap();
        assert_eq!(look.end(), Ok(6));
    }

    #[test]
    fn cut_off_damaged_and_bombing_archives_are_refused() {
        let whole = zip("journey,step\n".repeat(500).as_bytes());
        assert_eq!(refused(&whole[..whole.len() - 9]).0, "journey-file-truncated");
        let mut damaged = whole.clone();
        let middle = damaged.len() - 6;
        damaged[middle] ^= 0xff;
        assert_eq!(refused(&damaged).0, "journey-file-damaged");
        let bomb = zip(&vec![b'a'; usize::try_from(limits::INFLATED_FREELY).unwrap() + 1_000_000]);
        assert_eq!(refused(&bomb).0, "journey-file-too-large");
    }
}
