//! Mails as files, one each: for the demo, for a trial, and for whoever sends them by other means.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::{fs, io};

use crate::error::{Error, Result};

use super::compose::Envelope;
use super::message::Outcome;

/// A folder of `.eml` files, in one folder for each day: a year of them in a single one would be
/// slow to look at.
#[derive(Clone)]
pub(super) struct Folder {
    path: PathBuf,
    /// One mail is written at a time: a folder has one lock anyway, and waiting for it here costs
    /// nothing.
    turn: Arc<Mutex<()>>,
}

impl Folder {
    pub(super) fn open(path: &Path) -> Result<Self> {
        private_folders(true).create(path).map_err(Error::io(path.display()))?;
        Ok(Self { path: path.to_owned(), turn: Arc::default() })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes one mail so that it is there whole or not at all.
    pub(super) async fn store(&self, composed: Envelope) -> Outcome {
        let Self { path, turn } = self.clone();
        let written = tokio::task::spawn_blocking(move || {
            let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            write(&path, &composed)
        });
        match written.await {
            Ok(Ok(())) => Outcome::Sent,
            Ok(Err(failure)) => {
                let folder = self.path.display();
                tracing::error!(%folder, %failure, "a mail could not be written");
                Outcome::Later("file")
            }
            Err(_) => Outcome::Later("file"),
        }
    }
}

/// The folder may be copied away at any moment, so a mail appears under its name when it is whole.
/// It is not synced: what the outbox knows does not depend on it.
fn write(folder: &Path, composed: &Envelope) -> io::Result<()> {
    let stamp = composed.stamp();
    let folder = folder.join(stamp.get(..8).unwrap_or_default());
    let name = format!("{stamp}-{}.eml", composed.name);
    let draft = folder.join(format!(".{name}.part"));
    let mut options = crate::owner_only_file::options();
    options.create_new(true);
    let mut file = match options.open(&draft) {
        // The first of its day. The folder above is not made again when it is gone: it may be a
        // disk that is not there.
        Err(failure) if failure.kind() == io::ErrorKind::NotFound => {
            or_exists(private_folders(false).create(&folder))?;
            options.open(&draft)?
        }
        opened => opened?,
    };
    let written = file.write_all(&composed.message);
    if let Err(failure) = written.and_then(|()| fs::rename(&draft, folder.join(&name))) {
        // The draft is of no use; that it cannot be removed either changes nothing about the
        // failure.
        let _ = fs::remove_file(&draft);
        return Err(failure);
    }
    Ok(())
}

/// Another mail of the day may have made its folder at the same moment.
fn or_exists(folder: io::Result<()>) -> io::Result<()> {
    match folder {
        Err(failure) if failure.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

/// Makes folders that their owner alone can read: mails hold addresses and links.
fn private_folders(recursive: bool) -> fs::DirBuilder {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(recursive);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}
