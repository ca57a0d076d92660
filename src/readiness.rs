//! Whether the service can do its work: it can write, which a machine asks before it sends anybody
//! here.
//!
//! A full disk, a folder or a database that may only be read, a database that is away, gone or
//! damaged: all of them answer a question that only reads. So something is written each time, and
//! nothing changes by it. What was found is believed for a moment, since everybody may ask.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;

use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::{limits, owner_only_file};

/// Cheap to clone; all clones share what was found last.
#[derive(Clone, Debug)]
pub struct Readiness {
    data: PathBuf,
    /// The file of a SQLite database.
    file: Option<PathBuf>,
    db: Db,
    clock: Clock,
    found: Arc<Mutex<Findings>>,
}

#[derive(Debug, Default)]
struct Findings {
    /// When, by the time that goes by, and what kept the service from its work.
    last: Option<(Duration, Result<(), Arc<Error>>)>,
    /// When the database is looked through again; a damage that was found stays found.
    look_at: Duration,
    damage: Option<Arc<Error>>,
}

impl Readiness {
    pub fn of(data: &Path, file: Option<PathBuf>, db: &Db, clock: &Clock) -> Self {
        let (db, clock) = (db.clone(), clock.clone());
        Self { data: data.to_owned(), file, db, clock, found: Arc::default() }
    }

    /// Why the service cannot do its work, if it cannot. Of those who ask at once, one looks.
    pub async fn check(&self) -> Result<(), Arc<Error>> {
        let mut found = self.found.lock().await;
        let now = self.clock.elapsed();
        if let Some((at, last)) = &found.last
            && now < *at + limits::READINESS
        {
            return last.clone();
        }
        let mut ready = self.can_write().await.map_err(Arc::new);
        if ready.is_ok() {
            ready = self.is_whole(&mut found).await;
        }
        if let Err(failure) = &ready {
            tracing::error!(%failure, "the service is not ready");
        }
        found.last = Some((now, ready.clone()));
        ready
    }

    /// Writes into the data folder and into the database.
    pub async fn can_write(&self) -> Result<()> {
        let (data, file) = (self.data.clone(), self.file.clone());
        let tried = tokio::task::spawn_blocking(move || {
            // A file that was taken away is written to and lost.
            if let Some(file) = file {
                std::fs::metadata(&file).map_err(Error::io(file.display()))?;
            }
            can_write_folder(&data)
        });
        tried.await.map_err(|failure| Error::Internal(format!("no thread: {failure}")))??;
        self.db.try_to_write().await
    }

    /// Looks through the database where it is time: the larger it is, the longer it takes and the
    /// rarer it is done.
    async fn is_whole(&self, found: &mut Findings) -> Result<(), Arc<Error>> {
        let now = self.clock.elapsed();
        if found.damage.is_none() && now >= found.look_at {
            let began = tokio::time::Instant::now();
            found.damage = self.db.look_for_damage().await.err().map(Arc::new);
            found.look_at = now + began.elapsed() * limits::DAMAGE_ONE_IN;
        }
        found.damage.clone().map_or(Ok(()), Err)
    }
}

/// Writes a file, waits until it is on the disk, and takes it away again.
fn can_write_folder(folder: &Path) -> Result<()> {
    let probe = folder.join("readiness.probe");
    let open = || owner_only_file::options().create(true).truncate(true).open(&probe);
    let write = |mut file: File| {
        file.write_all(&vec![b'.'; limits::PROBE])?;
        file.sync_all()
    };
    let written = open().and_then(write);
    // What cannot be taken away is overwritten next time.
    let _ = std::fs::remove_file(&probe);
    written.map_err(Error::io(folder.display()))
}
