//! Mails as files, one each: for the demo, for a trial, and for whoever sends them by other means.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::{fs, io};

use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::owner_only_file;

use super::compose::{Envelope, stamp};
use super::message::Outcome;

/// Says of the bytes of a mail whether something is to happen to it.
pub(super) type IsMeant = Box<dyn Fn(&[u8]) -> bool + Send>;

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
        close_folders(path).map_err(Error::io(path.display()))?;
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

impl Folder {
    /// How many mails there are that `is_meant` says of.
    pub(super) async fn count(&self, is_meant: IsMeant) -> Result<u64> {
        self.walk(None, move |path| Ok(is_meant(&fs::read(path)?))).await
    }

    /// Takes the mails away that `is_meant` says of; says how many there were.
    pub(super) async fn erase(&self, is_meant: IsMeant) -> Result<u64> {
        self.walk(None, move |path| {
            let is_meant = is_meant(&fs::read(path)?);
            if is_meant { fs::remove_file(path).map(|()| true) } else { Ok(false) }
        })
        .await
    }

    /// Takes the mails away that were written before an instant, and the days that are empty then.
    pub(super) async fn expire(&self, before: Instant) -> Result<u64> {
        let before = stamp(before);
        let last_day = before.get(..8).unwrap_or_default().to_owned();
        let is_older = move |path: &Path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            // The name of a draft begins with a dot.
            name.trim_start_matches('.') < before.as_str()
        };
        self.walk(Some(last_day), move |path| {
            if is_older(path) { fs::remove_file(path).map(|()| true) } else { Ok(false) }
        })
        .await
    }

    /// Does something with every mail, of the days up to one where one is given, and says with how
    /// many it did.
    async fn walk(
        &self,
        last_day: Option<String>,
        each: impl Fn(&Path) -> io::Result<bool> + Send + 'static,
    ) -> Result<u64> {
        let Self { path: folder, turn } = self.clone();
        let walked = tokio::task::spawn_blocking(move || {
            let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            walk(&folder, last_day.as_deref(), each).map_err(Error::io(folder.display()))
        });
        walked
            .await
            .map_err(|failure| Error::Internal(format!("mails were not read: {failure}")))?
    }
}

fn walk(
    folder: &Path,
    last_day: Option<&str>,
    each: impl Fn(&Path) -> io::Result<bool>,
) -> io::Result<u64> {
    let mut done = 0;
    for day in fs::read_dir(folder)? {
        let day = day?;
        let is_later = last_day.is_some_and(|last| day.file_name().as_os_str() > OsStr::new(last));
        if !day.file_type()?.is_dir() || is_later {
            continue;
        }
        for mail in fs::read_dir(day.path())? {
            match each(&mail?.path()) {
                Ok(did) => done += u64::from(did),
                // Whoever sends them by other means takes them away.
                Err(gone) if gone.kind() == io::ErrorKind::NotFound => {}
                Err(failure) => return Err(failure),
            }
        }
        // A day that still has mails is not removed.
        let _ = fs::remove_dir(day.path());
    }
    Ok(done)
}

/// Makes the folder. Mails hold addresses and links: days that others may look into are closed
/// with all their mails, which is looked at by day, since there are thousands of mails.
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

/// The folder may be copied away at any moment, so a mail appears under its name when it is whole.
/// It is not synced: what the outbox knows does not depend on it.
fn write(folder: &Path, composed: &Envelope) -> io::Result<()> {
    let stamp = composed.stamp();
    let folder = folder.join(stamp.get(..8).unwrap_or_default());
    let name = format!("{stamp}-{}.eml", composed.name);
    let draft = folder.join(format!(".{name}.part"));
    let mut options = owner_only_file::options();
    options.create_new(true);
    let mut file = match options.open(&draft) {
        // The first of its day. The folder above is not made again when it is gone: it may be a
        // disk that is not there.
        Err(failure) if failure.kind() == io::ErrorKind::NotFound => {
            owner_only_file::make_folder(&folder)?;
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
