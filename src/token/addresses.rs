//! The keys that customers' addresses are sealed with, and how one takes the place of another.
//!
//! As long as nobody rotates, the key is made from the organisation's secret. A rotation writes a
//! new one into a file beside the database, before those that it replaces; every process looks at
//! that file before it seals, so that from then on nothing is sealed with an old one. When all
//! rows are sealed anew, the old ones leave the file. Whatever stops it in between, the file tells
//! where it was.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::time::SystemTime;

use chacha20poly1305::aead::Aead;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use data_encoding::BASE32_NOPAD;
use rand::Rng;

use crate::error::{Error, Result};
use crate::i18n::Text;

type Key = [u8; 32];

/// The file's keys, the newest first, with the time and length of the file that they were read
/// from.
#[derive(Default)]
struct KeyFile {
    at: Option<(SystemTime, u64)>,
    keys: Vec<Key>,
}

pub(super) struct Addresses {
    /// Made from the secret: the key while there is no file, and never one of a file.
    first: Key,
    file: Option<PathBuf>,
    read: RwLock<KeyFile>,
}

impl Addresses {
    pub(super) fn new(first: Key, file: Option<PathBuf>) -> Self {
        Self { first, file, read: RwLock::default() }
    }

    pub(super) fn first(&self) -> Key {
        self.first
    }

    pub(super) fn seal(&self, text: &str, random: &mut impl Rng) -> Result<Vec<u8>> {
        let key = self.keys()?.first().copied().unwrap_or(self.first);
        seal(&key, text, random)
    }

    pub(super) fn open(&self, sealed: &[u8]) -> Option<String> {
        let keys = self.keys().unwrap_or_default();
        // The secret's own key opens nothing once a rotation is over: then the file has one key,
        // which sealed everything.
        let first = if keys.len() == 1 { None } else { Some(self.first) };
        keys.iter().copied().chain(first).find_map(|key| open(&key, sealed))
    }

    pub(super) fn is_newest(&self, sealed: &[u8]) -> Result<bool> {
        let key = self.keys()?.first().copied().unwrap_or(self.first);
        Ok(open(&key, sealed).is_some())
    }

    /// Puts a new key before the others, unless a rotation was begun and not ended.
    pub(super) fn begin(&self, random: &mut impl Rng) -> Result<()> {
        let mut keys = self.keys()?;
        if keys.len() > 1 {
            return Ok(());
        }
        let mut new = [0; 32];
        random.fill_bytes(&mut new);
        let old = keys.pop().unwrap_or(self.first);
        self.write(&[new, old])
    }

    pub(super) fn end(&self) -> Result<()> {
        match self.keys()?.first() {
            Some(newest) => self.write(&[*newest]),
            None => Ok(()),
        }
    }

    /// The keys of the file, read again when it has changed.
    fn keys(&self) -> Result<Vec<Key>> {
        let Some(path) = &self.file else { return Ok(Vec::new()) };
        let at = match std::fs::metadata(path) {
            Ok(found) => found.modified().ok().map(|at| (at, found.len())),
            Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(failure) => return Err(Error::io(path.display())(failure)),
        };
        let read = self.read.read().unwrap_or_else(PoisonError::into_inner);
        if at.is_some() && read.at == at {
            return Ok(read.keys.clone());
        }
        drop(read);
        let text = std::fs::read_to_string(path).map_err(Error::io(path.display()))?;
        let keys = text.lines().map(parsed).collect::<Result<Vec<_>>>()?;
        *self.read.write().unwrap_or_else(PoisonError::into_inner) =
            KeyFile { at, keys: keys.clone() };
        Ok(keys)
    }

    /// Replaces the file in one step that survives a power cut.
    fn write(&self, keys: &[Key]) -> Result<()> {
        let Some(path) = &self.file else { return Err(Text::new("token-no-address-file").into()) };
        let beside = path.with_extension("new");
        let text: String = keys.iter().map(|key| BASE32_NOPAD.encode(key) + "\n").collect();
        write_private(&beside, &text)
            .and_then(|()| std::fs::rename(&beside, path))
            .map_err(Error::io(path.display()))?;
        // The name is durable when its folder is.
        let folder = path
            .parent()
            .map(std::fs::File::open)
            .transpose()
            .map_err(Error::io(path.display()))?;
        folder.map_or(Ok(()), |folder| folder.sync_all()).map_err(Error::io(path.display()))?;
        *self.read.write().unwrap_or_else(PoisonError::into_inner) = KeyFile::default();
        Ok(())
    }
}

/// A text that only this key opens; every sealing has a nonce of its own.
pub(super) fn seal(key: &Key, text: &str, random: &mut impl Rng) -> Result<Vec<u8>> {
    let mut nonce = [0; 24];
    random.fill_bytes(&mut nonce);
    let sealed =
        XChaCha20Poly1305::new(&(*key).into()).encrypt(&XNonce::from(nonce), text.as_bytes());
    let sealed = sealed.map_err(|_| Error::Internal("a text could not be encrypted".to_owned()))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

pub(super) fn open(key: &Key, sealed: &[u8]) -> Option<String> {
    let (nonce, sealed) = sealed.split_first_chunk::<24>()?;
    String::from_utf8(
        XChaCha20Poly1305::new(&(*key).into()).decrypt(&XNonce::from(*nonce), sealed).ok()?,
    )
    .ok()
}

fn parsed(line: &str) -> Result<Key> {
    let bytes =
        BASE32_NOPAD.decode(line.trim().as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| Text::new("token-bad-address-key").into())
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = crate::owner_only_file::options().create(true).truncate(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use crate::token::addresses::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn a_rotation_that_stops_anywhere_loses_no_address() {
        let (folder, mut random) = (tempfile::tempdir().unwrap(), StdRng::seed_from_u64(1));
        let keys = || Addresses::new([7; 32], Some(folder.path().join("address.key")));
        let served = keys();
        let sealed = served.seal("a@example.org", &mut random).unwrap();
        keys().begin(&mut random).unwrap();
        keys().begin(&mut random).unwrap();
        assert_eq!(
            std::fs::read_to_string(folder.path().join("address.key")).unwrap().lines().count(),
            2,
            "begun once"
        );
        assert_eq!(
            served.open(&sealed).as_deref(),
            Some("a@example.org"),
            "a running service reads the new file"
        );
        assert!(!served.is_newest(&sealed).unwrap());
        let anew = served.seal("a@example.org", &mut random).unwrap();
        assert!(keys().is_newest(&anew).unwrap());
        keys().end().unwrap();
        assert_eq!(served.open(&anew).as_deref(), Some("a@example.org"));
        assert_eq!(served.open(&sealed), None, "the old key is gone");
    }

    #[test]
    fn a_damaged_file_is_told_and_nothing_is_sealed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("address.key");
        std::fs::write(&path, "not a key\n").unwrap();
        let keys = Addresses::new([7; 32], Some(path));
        assert!(keys.seal("a@example.org", &mut StdRng::seed_from_u64(1)).is_err());
    }
}
