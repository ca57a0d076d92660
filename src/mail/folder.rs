//! Mails as files, one each: for the demo, for a trial, and for whoever sends them by other means.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::{fs, io};

use crate::error::{Error, Result};
use crate::owner_only_file;

use super::Outcome;
use super::compose::Composed;

/// A folder of `.eml` files, in one folder for each day: a year of them in a single one would be slow to look at.
#[derive(Clone)]
pub(super) struct Folder {
    path: PathBuf,
    /// One writes at a time: a folder has one lock anyway, and waiting for it here costs nothing.
    turn: Arc<Mutex<()>>,
}

impl Folder {
    /// Makes the folder.
    pub(super) fn open(path: &Path) -> Result<Self> {
        close_folders(path).map_err(Error::io(path.display()))?;
        Ok(Self { path: path.to_owned(), turn: Arc::default() })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes one letter so that it is there whole or not at all.
    pub(super) async fn store(&self, composed: Composed) -> Outcome {
        let Self { path, turn } = self.clone();
        let written = tokio::task::spawn_blocking(move || {
            let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            write(&path, &composed)
        });
        match written.await {
            Ok(Ok(())) => Outcome::Sent,
            Ok(Err(failure)) => {
                tracing::error!(folder = %self.path.display(), %failure, "a letter could not be written");
                Outcome::Later("file")
            }
            Err(_) => Outcome::Later("file"),
        }
    }
}

/// Makes the folder. Letters hold addresses and links: days that others may look into are closed with all their letters,
/// which is looked at by day, since there are thousands of letters.
fn close_folders(path: &Path) -> io::Result<()> {
    owner_only_file::open_folder(path)?;
    for day in fs::read_dir(path)? {
        let day = day?;
        if day.file_type()?.is_dir() && owner_only_file::close(&day.path())? {
            owner_only_file::open_folder(&day.path())?;
        }
    }
    Ok(())
}

/// The folder may be copied away at any moment, so a letter appears under its name when it is whole. It is not synced:
/// what the outbox knows does not depend on it.
fn write(folder: &Path, composed: &Composed) -> io::Result<()> {
    let stamp = composed.stamp();
    let folder = folder.join(stamp.get(..8).unwrap_or_default());
    let name = format!("{stamp}-{}.eml", composed.name);
    let draft = folder.join(format!(".{name}.part"));
    let mut options = owner_only_file::options();
    options.create_new(true);
    let mut file = match options.open(&draft) {
        // The first of its day. The folder above is not made again when it is gone: it may be a disk that is not there.
        Err(failure) if failure.kind() == io::ErrorKind::NotFound => {
            owner_only_file::make_folder(&folder)?;
            options.open(&draft)?
        }
        opened => opened?,
    };
    let written = file.write_all(&composed.message);
    if let Err(failure) = written.and_then(|()| fs::rename(&draft, folder.join(&name))) {
        // The draft is of no use; that it cannot be removed either changes nothing about the failure.
        let _ = fs::remove_file(&draft);
        return Err(failure);
    }
    Ok(())
}
