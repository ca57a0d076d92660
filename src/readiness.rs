//! Whether the service can do its work: it can write, which a machine asks before it sends anybody
//! here.
//!
//! A full disk, a folder or a database that may only be read, a database that is away, gone or
//! damaged: all of them answer a question that only reads. So something is written each time, and
//! nothing changes by it. What was found is believed for a moment, since everybody may ask.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;

use crate::app::App;
use crate::db::sqlite_file;
use crate::error::{Error, Result};
use crate::{limits, owner_only_file};

/// What was found last. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Readiness(Arc<Mutex<Found>>);

#[derive(Debug, Default)]
struct Found {
    /// When, by the time that goes by, and what kept the service from its work.
    last: Option<(Duration, Result<(), Arc<Error>>)>,
    /// When the database is looked through again; a damage that was found stays found.
    look_at: Duration,
    damage: Option<Arc<Error>>,
}

impl Readiness {
    /// Why the service cannot do its work, if it cannot. Of those who ask at once, one looks.
    pub async fn check(&self, app: &App) -> Result<(), Arc<Error>> {
        let mut found = self.0.lock().await;
        let now = app.clock.elapsed();
        if let Some((at, last)) = &found.last
            && now < *at + limits::READINESS
        {
            return last.clone();
        }
        let mut ready = can_write(app).await.map_err(Arc::new);
        if ready.is_ok() {
            ready = found.undamaged(app).await;
        }
        if let Err(failure) = &ready {
            tracing::error!(%failure, "the service is not ready");
        }
        found.last = Some((now, ready.clone()));
        ready
    }
}

impl Found {
    /// Looks through the database where it is time: the larger it is, the longer it takes and the
    /// rarer it is done.
    async fn undamaged(&mut self, app: &App) -> Result<(), Arc<Error>> {
        let now = app.clock.elapsed();
        if self.damage.is_none() && now >= self.look_at {
            let began = tokio::time::Instant::now();
            self.damage = app.db.look_for_damage().await.err().map(Arc::new);
            self.look_at = now + began.elapsed() * limits::DAMAGE_ONE_IN;
        }
        self.damage.clone().map_or(Ok(()), Err)
    }
}

/// Writes into the data folder and into the database.
pub async fn can_write(app: &App) -> Result<()> {
    let (data, url) = (app.config.data.clone(), app.config.database_url.clone());
    let tried = tokio::task::spawn_blocking(move || {
        // A file that was taken away is written to and lost.
        if let Some(file) = sqlite_file(&url) {
            std::fs::metadata(&file).map_err(Error::io(file.display()))?;
        }
        can_write_folder(&data)
    });
    tried.await.map_err(|failure| Error::Internal(format!("no thread: {failure}")))??;
    app.db.try_to_write().await
}

/// Writes a file, waits until it is on the disk, and takes it away again.
pub fn can_write_folder(folder: &Path) -> Result<()> {
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
