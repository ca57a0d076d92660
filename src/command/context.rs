//! What commands work with: the options that all of them take, the open service, the log.

use std::path::PathBuf;

use super::output::Output;
use crate::app::App;
use crate::config::{Config, LogFormat};
use crate::i18n::Lang;
use crate::id::OrganisationId;

/// What every command takes.
#[derive(clap::Args, Clone)]
pub(super) struct Common {
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
    #[arg(long, global = true, value_name = "URL")]
    pub(super) database_url: Option<String>,
    #[arg(long, global = true)]
    pub(super) json: bool,
    #[arg(long, global = true, value_enum)]
    pub(super) lang: Option<Lang>,
}

impl Common {
    /// The options of the settings that were given.
    pub(super) fn options(&self) -> Vec<(&'static str, String)> {
        let data = self.data.as_ref().map(|path| ("data", path.display().to_string()));
        let url = self.database_url.clone().map(|url| ("database_url", url));
        let lang = self.lang.map(|lang| ("language", lang.tag().to_owned()));
        [data, url, lang].into_iter().flatten().collect()
    }
}

pub(super) struct Here {
    pub(super) app: App,
    pub(super) organisation: OrganisationId,
    pub(super) out: Output,
}

/// Log lines go to standard error, so that standard output stays what was asked for.
pub(super) fn start_log(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log).unwrap_or_default();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // A line that cannot be written would be complained of where nobody reads either, which
        // panics.
        .log_internal_errors(false);
    // A second start, as in a test, keeps the first.
    let _ = match config.log_format {
        LogFormat::Json => log.json().try_init(),
        LogFormat::Text => log.with_target(false).try_init(),
    };
}
