//! `relais guarantees` and `relais dossier`: what is promised, as it was found just now.

use std::path::PathBuf;

use crate::error::{Error, Result};
use crate::guarantee::dossier::{Facts, dossier as write_dossier};
use crate::guarantee::report::Line;
use crate::i18n::Text;
use crate::organisation;
use crate::{journal, worker};
use serde_json::json;

use super::context::Here;

#[derive(clap::Args)]
pub(super) struct DossierArgs {
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

/// Checks every guarantee, prints what was found, and fails when one does not hold.
pub(super) async fn guarantees(here: &Here) -> Result<()> {
    let report = worker::check_guarantees(&here.app).await?;
    here.out.document(&report)?;
    for line in &report.guarantees {
        print(here, line)?;
    }
    match report.broken().as_slice() {
        [] => here.out.say(&report.summary()),
        broken => {
            Err(Text::new("command-guarantees-broken").with("names", broken.join(", ")).into())
        }
    }
}

fn print(here: &Here, line: &Line) -> Result<()> {
    let lang = here.out.lang;
    let state =
        Text::new(if line.holds { "guarantee-holds" } else { "guarantee-broken" }).say(lang);
    here.out
        .say(&Text::new("guarantee-list").with("name", line.name.as_str()).with("state", state))?;
    here.out.line(format!("  {}", line.promise.of_lang(lang)))?;
    let point =
        |key: &'static str, text: &String| Text::new(key).with("text", text.as_str()).say(lang);
    for text in line.against.of_lang(lang) {
        here.out.line(format!("    {}", point("guarantee-point-against", text)))?;
    }
    for text in line.seen.of_lang(lang) {
        here.out.line(format!("    {}", point("guarantee-point", text)))?;
    }
    Ok(())
}

/// Prints the file for the works council and the data-protection officer, or writes it as a page
/// to print.
pub(super) async fn dossier(here: &Here, args: DossierArgs) -> Result<()> {
    let report = worker::check_guarantees(&here.app).await?;
    let settings = organisation::store::settings(here.app.db.reader(), here.organisation).await?;
    let settings =
        settings.ok_or_else(|| Error::Internal("the organisation is gone".to_owned()))?;
    let entries = journal::store::entries(&here.app.db, here.organisation, None).await?;
    let facts = Facts { settings, entries, report, now: here.app.clock.now() };
    let dossier = write_dossier(&facts, here.out.lang);
    let Some(path) = args.html else {
        return if here.out.is_json() {
            here.out.document(&dossier)
        } else {
            here.out.raw(&dossier.to_markdown())
        };
    };
    std::fs::write(&path, dossier.to_html(here.out.lang)?).map_err(Error::io(path.display()))?;
    let shown = path.display().to_string();
    here.out.say(&Text::new("command-written").with("file", shown.as_str()))?;
    here.out.document(&json!({ "file": shown }))
}
