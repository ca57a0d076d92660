//! Everything that a service is made of in one file, and back: the database as it is at one
//! moment, and the keys without which addresses and links would be lost.
//!
//! The file is a compressed `tar` that begins with a manifest ([`Manifest`]): what is in it, how
//! long and with which hash. It is made while the service runs. Whoever has it has everything, so
//! it is readable by its owner alone. A restore goes into a place that is empty, looks at every
//! hash before anything takes its name, and puts the database there last: what was stopped
//! half-way is no service.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::config::Config;
use crate::error::{Error, Result};
use crate::i18n::Text;

mod database;

/// The first file of the archive.
const MANIFEST: &str = "relais-backup.json";
/// The key files beside the database. A secret that the environment gives is not a file, and not
/// in the backup.
const KEYS: [&str; 2] = ["secret.key", "address.key"];
/// A manifest longer than this is none of ours.
const MANIFEST_BYTES: u64 = 64 * 1024;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub version: String,
    /// RFC 3339.
    pub made_at: String,
    /// The name of the database's copy, which tells the kind of database it was.
    pub database: String,
    pub files: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
}

impl Manifest {
    /// Whether the secret is in the backup; else the environment gave it, and must give it again.
    pub fn has_secret(&self) -> bool {
        self.files.iter().any(|file| file.name == KEYS[0])
    }
}

/// Writes a backup. Until it is whole it has another name, and a file that is there already stays.
pub fn make(config: &Config, file: &Path, made_at: String) -> Result<Manifest> {
    if file.exists() {
        return Err(refused("backup-file-there", file));
    }
    let (draft, copy) = (beside(file, "part"), beside(file, "database"));
    let made = database::copy(config, &copy).and_then(|name| {
        let keys =
            KEYS.iter().map(|key| (*key, config.data.join(key))).filter(|(_, path)| path.exists());
        let parts: Vec<(&str, PathBuf)> = keys.chain([(name, copy.clone())]).collect();
        let files = parts.iter().map(|(name, path)| entry(name, path)).collect::<Result<_>>()?;
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let manifest = Manifest { version, made_at, database: name.to_owned(), files };
        write(&draft, &manifest, &parts)?;
        std::fs::rename(&draft, file).map_err(Error::io(file.display()))?;
        Ok(manifest)
    });
    for left in [draft, copy] {
        let _ = std::fs::remove_file(left);
    }
    made
}

fn write(draft: &Path, manifest: &Manifest, parts: &[(&str, PathBuf)]) -> Result<()> {
    let failed = |failure| Error::io(draft.display())(failure);
    let mut archive = tar::Builder::new(GzEncoder::new(private(draft)?, Compression::default()));
    let listing = serde_json::to_vec_pretty(manifest)
        .map_err(|e| Error::Internal(format!("a manifest has no JSON: {e}")))?;
    archive
        .append_data(&mut header(listing.len() as u64), MANIFEST, listing.as_slice())
        .map_err(failed)?;
    for ((name, path), entry) in parts.iter().zip(&manifest.files) {
        let part = File::open(path).map_err(Error::io(path.display()))?;
        archive
            .append_data(&mut header(entry.bytes), name, part.take(entry.bytes))
            .map_err(failed)?;
    }
    let file = archive.into_inner().and_then(GzEncoder::finish).map_err(failed)?;
    file.sync_all().map_err(failed)
}

fn header(bytes: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    header.set_cksum();
    header
}

/// Reads a backup into the data folder and database of `config`, which must be empty.
pub fn restore(config: &Config, file: &Path) -> Result<Manifest> {
    crate::owner_only_file::open_folder(&config.data).map_err(Error::io(config.data.display()))?;
    if let Some(there) = KEYS.iter().map(|key| config.data.join(key)).find(|path| path.exists()) {
        return Err(refused("backup-not-empty", &there));
    }
    database::must_be_empty(config)?;
    let mut drafts = Vec::new();
    let restored = unpack(config, file, &mut drafts);
    for (draft, _) in drafts {
        let _ = std::fs::remove_file(draft);
    }
    restored
}

/// Unpacks everything into drafts and checks the hashes before any draft takes its name; the
/// database takes its name last.
fn unpack(config: &Config, file: &Path, drafts: &mut Vec<(PathBuf, String)>) -> Result<Manifest> {
    let packed = File::open(file).map_err(Error::io(file.display()))?;
    let mut archive = tar::Archive::new(GzDecoder::new(packed));
    let mut entries = archive.entries().map_err(|_| damaged(file))?;
    let first = entries.next().and_then(Result::ok).ok_or_else(|| damaged(file))?;
    let manifest = manifest(first).ok_or_else(|| refused("backup-not-ours", file))?;
    for entry in &manifest.files {
        let mut part = entries.next().and_then(Result::ok).ok_or_else(|| damaged(file))?;
        let known = entry.name == manifest.database || KEYS.contains(&entry.name.as_str());
        if !known || part.path_bytes().as_ref() != entry.name.as_bytes() {
            return Err(damaged(file));
        }
        let draft = config.data.join(format!("{}.restoring", entry.name));
        drafts.push((draft.clone(), entry.name.clone()));
        let mut out = private(&draft)?;
        std::io::copy(&mut part, &mut out).map_err(|_| damaged(file))?;
        out.sync_all().map_err(Error::io(draft.display()))?;
        if self::entry(&entry.name, &draft)? != *entry {
            return Err(damaged(file));
        }
    }
    // The last bytes say how long everything is and what its sum is: a file that was cut off just
    // before them has all its parts.
    if entries.next().is_some() {
        return Err(damaged(file));
    }
    std::io::copy(&mut archive.into_inner(), &mut std::io::sink()).map_err(|_| damaged(file))?;
    for (draft, name) in drafts.iter().filter(|(_, name)| *name != manifest.database) {
        let path = config.data.join(name);
        std::fs::rename(draft, &path).map_err(Error::io(path.display()))?;
    }
    let draft = drafts.iter().find(|(_, name)| *name == manifest.database);
    let (draft, _) = draft.ok_or_else(|| damaged(file))?;
    database::put(config, &manifest.database, draft)?;
    Ok(manifest)
}

fn manifest(part: impl Read) -> Option<Manifest> {
    let mut text = Vec::new();
    part.take(MANIFEST_BYTES).read_to_end(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}

fn entry(name: &str, path: &Path) -> Result<Entry> {
    let failed = |failure| Error::io(path.display())(failure);
    let mut file = File::open(path).map_err(failed)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer).map_err(failed)? {
            0 => break,
            read => hash.update(&buffer[..read]),
        }
    }
    let bytes = file.seek(SeekFrom::End(0)).map_err(failed)?;
    Ok(Entry { name: name.to_owned(), bytes, sha256: HEXLOWER.encode(&hash.finalize()) })
}

/// A new file that its owner alone can read.
fn private(path: &Path) -> Result<File> {
    crate::owner_only_file::options()
        .create(true)
        .truncate(true)
        .open(path)
        .map_err(Error::io(path.display()))
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn damaged(file: &Path) -> Error {
    refused("backup-damaged", file)
}

fn refused(key: &'static str, file: &Path) -> Error {
    Text::new(key).with("file", file.display().to_string()).into()
}
