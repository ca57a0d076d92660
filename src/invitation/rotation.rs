//! Another key for customers' addresses: a new key is put before the old one, all addresses are
//! sealed with it, and the old one is forgotten. Stopped anywhere, it goes on when it is run
//! again, and no address is lost.

use crate::app::App;
use crate::error::Result;
use crate::invitation::store::rotation as store;

pub use store::RotationCounts;

pub async fn run(app: &App) -> Result<RotationCounts> {
    app.random(|random| app.secret.begin_rotation(random))?;
    let rotated = seal_all(app).await?;
    // Who sealed with the old key just before the new one was there may have stored it since.
    let late = seal_all(app).await?;
    app.secret.end_rotation()?;
    if let Err(failure) = app.db.let_go("contact").await {
        tracing::warn!(%failure, "the log of the database still has addresses under the old key");
    }
    Ok(RotationCounts {
        sealed: rotated.sealed + late.sealed,
        unreadable: rotated.unreadable + late.unreadable,
    })
}

async fn seal_all(app: &App) -> Result<RotationCounts> {
    let (mut all, mut last) = (RotationCounts::default(), None);
    loop {
        let worker = app.clone();
        let from = last.clone();
        let (seen, some) = app
            .db
            .write(move |tx| Box::pin(async move { store::seal(tx, &worker, from).await }))
            .await?;
        all.sealed += some.sealed;
        all.unreadable += some.unreadable;
        match seen {
            Some(seen) => last = Some(seen),
            None => return Ok(all),
        }
    }
}
