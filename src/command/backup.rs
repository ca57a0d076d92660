//! `relais backup` and `relais restore`.

use std::path::PathBuf;

use crate::app::App;
use crate::backup::{self, Manifest};
use crate::calendar;
use crate::clock::Clock;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::i18n::Text;
use crate::journal;
use crate::journal::ChainState;
use crate::organisation;
use serde_json::json;

use super::output::Output;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Writes everything into one file.
pub(super) async fn backup(config: Config, args: Args, out: &Output) -> Result<()> {
    let (file, made_at) = (args.file.clone(), calendar::rfc3339(Clock::System.now()));
    let manifest =
        joined(tokio::task::spawn_blocking(move || backup::make(&config, &args.file, made_at)))
            .await?;
    let bytes = std::fs::metadata(&file).map_err(Error::io(file.display()))?.len();
    let told = Text::new("backup-made")
        .with("file", file.display().to_string())
        .with("bytes", bytes / 1024);
    out.say(&told)?;
    out.say(&Text::new(if manifest.has_secret() {
        "backup-keep"
    } else {
        "backup-keep-secret-too"
    }))?;
    out.document(&json!({ "file": file.display().to_string(), "bytes": bytes, "backup": manifest }))
}

/// Reads a backup into a place that is empty, then opens it as a service would and checks both
/// chains of the journal.
pub(super) async fn restore(config: Config, args: Args, out: &Output) -> Result<()> {
    let reading = config.clone();
    let manifest: Manifest =
        joined(tokio::task::spawn_blocking(move || backup::restore(&reading, &args.file))).await?;
    let app = App::open(config, Clock::System).await?;
    let organisation = organisation::store::ensure(&app.db, app.clock.now()).await?;
    out.say(&Text::new("backup-restored").with("at", manifest.made_at.as_str()))?;
    let settings = journal::store::verify(&app.db, organisation).await?;
    let looks = journal::store::verify_looks(&app.db, organisation).await?;
    for (name, found) in
        [("command-journal-settings", &settings), ("command-journal-access", &looks)]
    {
        let blueprint = Text::new(name).say(out.lang);
        out.say(
            &Text::new("command-journal-found")
                .with("chain", blueprint)
                .with("found", found.text().say(out.lang)),
        )?;
    }
    if !manifest.has_secret() {
        out.say(&Text::new("backup-needs-secret"))?;
    }
    let whole = [settings, looks].iter().all(|found| matches!(found, ChainState::Whole { .. }));
    out.document(&json!({ "restored": manifest, "journal_whole": whole }))
}

async fn joined<T>(work: tokio::task::JoinHandle<Result<T>>) -> Result<T> {
    work.await.map_err(|failure| Error::Internal(format!("the backup stopped: {failure}")))?
}
