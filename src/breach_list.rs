//! Passwords that became known elsewhere, in a file that the settings name: nobody may choose one.
//!
//! The file has a password a line, or the SHA-1 digest of one in hexadecimal with whatever follows
//! after a colon, in the order of the digests, as "Pwned Passwords" is handed out. The second kind
//! is searched without being read whole: it has tens of gigabytes. Nothing leaves the machine.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use data_encoding::HEXUPPER;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use crate::error::{Error, Refusal, Result};
use crate::i18n::Text;

#[derive(Clone, Debug)]
pub struct BreachList {
    path: PathBuf,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Passwords,
    Digests,
}

/// Characters of a digest.
const DIGEST: usize = 40;
/// The longest line of which anything is read.
const LINE: u64 = 4_096;
/// Lines that are looked at to see whether digests are in order.
const LOOKS: u64 = 64;

impl BreachList {
    /// Refuses a file that is empty, or whose digests are not in order: a search would find
    /// nothing in it, and say that every password is fine.
    pub fn open(path: &Path) -> Result<Self> {
        let failed = |failure| Error::io(path.display())(failure);
        let mut file = BufReader::new(File::open(path).map_err(failed)?);
        let refused = |text| Refusal::new(Text::new(text)).in_file(path.display().to_string());
        let Some((_, first)) = line_from(&mut file, 0).map_err(failed)? else {
            return Err(refused("config-breaches-empty").into());
        };
        let kind = if digest_of(&first).is_some() { Kind::Digests } else { Kind::Passwords };
        if kind == Kind::Digests && !are_in_order(&mut file).map_err(failed)? {
            return Err(refused("config-breaches-order").into());
        }
        Ok(Self { path: path.to_owned(), kind })
    }

    /// Whether a password is among them. Reads the file: call it where blocking is allowed.
    pub fn has(&self, password: &str) -> Result<bool> {
        let has = || {
            let mut file = BufReader::new(File::open(&self.path)?);
            match self.kind {
                Kind::Passwords => stands_in(&mut file, password.as_bytes()),
                Kind::Digests => {
                    let wanted = digest(&SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes());
                    is_found(&mut file, HEXUPPER.encode(wanted.as_ref()).as_bytes())
                }
            }
        };
        has().map_err(Error::io(self.path.display()))
    }
}

fn stands_in(file: &mut impl BufRead, password: &[u8]) -> io::Result<bool> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if file.read_until(b'\n', &mut line)? == 0 {
            return Ok(false);
        }
        if line.trim_ascii_end() == password {
            return Ok(true);
        }
    }
}

/// Halves the file until the line is found or nothing is left.
fn is_found(file: &mut (impl BufRead + Seek), wanted: &[u8]) -> io::Result<bool> {
    let (mut low, mut high) = (0, file.seek(SeekFrom::End(0))?);
    while low < high {
        let middle = low + (high - low) / 2;
        match line_from(file, middle)? {
            Some((start, line)) if start < high => {
                match digest_of(&line).unwrap_or_default().as_slice().cmp(wanted) {
                    std::cmp::Ordering::Equal => return Ok(true),
                    std::cmp::Ordering::Less => low = start + line.len() as u64,
                    std::cmp::Ordering::Greater => high = middle,
                }
            }
            _ => high = middle,
        }
    }
    Ok(false)
}

fn are_in_order(file: &mut (impl BufRead + Seek)) -> io::Result<bool> {
    let end = file.seek(SeekFrom::End(0))?;
    let mut last = Vec::new();
    for look in 0..LOOKS {
        let Some((_, line)) = line_from(file, end / LOOKS * look)? else { break };
        let Some(digest) = digest_of(&line).filter(|digest| *digest >= last) else {
            return Ok(false);
        };
        last = digest;
    }
    Ok(true)
}

/// The first line that begins at a place or after it, with where it begins and with its end.
fn line_from(file: &mut (impl BufRead + Seek), place: u64) -> io::Result<Option<(u64, Vec<u8>)>> {
    let mut skipped = Vec::new();
    let mut start = 0;
    if place > 0 {
        file.seek(SeekFrom::Start(place - 1))?;
        start = place - 1 + file.read_until(b'\n', &mut skipped)? as u64;
    } else {
        file.seek(SeekFrom::Start(0))?;
    }
    let mut line = Vec::new();
    file.by_ref().take(LINE).read_until(b'\n', &mut line)?;
    Ok((!line.is_empty()).then_some((start, line)))
}

fn digest_of(line: &[u8]) -> Option<Vec<u8>> {
    let line = line.trim_ascii_end();
    let digest = line.get(..DIGEST)?.to_ascii_uppercase();
    let is_whole = line.get(DIGEST).is_none_or(|after| *after == b':');
    (is_whole && digest.iter().all(u8::is_ascii_hexdigit)).then_some(digest)
}

#[cfg(test)]
mod tests {
    use crate::breach_list::*;

    fn list(text: &str) -> Result<BreachList> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.keep().join("list");
        std::fs::write(&path, text).unwrap();
        BreachList::open(&path)
    }

    fn sha1(password: &str) -> String {
        HEXUPPER.encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes()).as_ref())
    }

    #[test]
    fn a_password_is_found_in_a_list_of_passwords() {
        let list = list("quatre chevaux gris\r\nneuf moutons\n").unwrap();
        assert!(list.has("quatre chevaux gris").unwrap() && list.has("neuf moutons").unwrap());
        assert!(!list.has("quatre chevaux").unwrap() && !list.has("").unwrap());
    }

    #[test]
    fn a_password_is_found_in_a_list_of_digests_of_any_length() {
        for count in [1, 2, 3, 100, 5_000] {
            let mut lines: Vec<String> =
                (0..count).map(|n| format!("{}:{n}\r\n", sha1(&format!("mot {n}")))).collect();
            lines.sort_unstable();
            let list = list(&lines.concat()).unwrap();
            assert_eq!(list.kind, Kind::Digests);
            for n in 0..count {
                assert!(list.has(&format!("mot {n}")).unwrap(), "{n} of {count}");
                assert!(!list.has(&format!("autre {n}")).unwrap(), "{n} of {count}");
            }
        }
    }

    #[test]
    fn a_list_in_which_nothing_would_be_found_is_refused() {
        assert!(list("").is_err());
        let mut lines: Vec<String> =
            (0..500).map(|n| format!("{}:{n}\n", sha1(&n.to_string()))).collect();
        lines.sort_unstable_by(|a, b| b.cmp(a));
        assert!(list(&lines.concat()).is_err(), "by prevalence, not by digest");
    }
}
