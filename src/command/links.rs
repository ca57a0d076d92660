//! `relais links`: survey links for another sender, as a CSV file.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::calendar;
use crate::error::{Error, Result};
use crate::i18n::Text;
use crate::invitation::links::{self, CustomerLink, LinkRequest};
use crate::journal::Reason;
use serde_json::json;

use super::context::Here;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "CODE")]
    journey_type: String,
    /// Where the links are written to.
    #[arg(long, value_name = "FILE")]
    csv: PathBuf,
    /// The journeys, one identifier of the source a line.
    #[arg(long, value_name = "FILE")]
    journeys: Option<PathBuf>,
    #[arg(long)]
    again: bool,
    /// Why, for the journal; needed with a list.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Writes the links. A file that is there stays what it is: its links are in nobody's hands but
/// its owner's.
pub(super) async fn run(here: &Here, args: Args) -> Result<()> {
    if args.csv.exists() {
        let file = args.csv.display().to_string();
        return Err(Text::new("invitation-links-file-there").with("file", file).into());
    }
    let sources = args.journeys.as_deref().map(identifiers).transpose()?;
    let asked_for = sources.as_ref().map(Vec::len);
    let reason = match args.reason {
        None if sources.is_none() => Text::new("invitation-links-reason").say(here.out.lang),
        given => given.unwrap_or_default(),
    };
    let wanted = LinkRequest { sources, again: args.again, reason: Reason::parse(&reason)? };
    // The file is made before any link is: what cannot be written down is not made.
    let file = private(&args.csv)?;
    let given = links::give(&here.app, here.organisation, &args.journey_type, &wanted).await;
    let written = given.and_then(|given| write(&args.csv, file, &given).map(|()| given.len()));
    let count = match written {
        Ok(count) => count,
        Err(failure) => {
            // An empty file would look like an answer.
            let _ = std::fs::remove_file(&args.csv);
            return Err(failure);
        }
    };
    let told = Text::new("invitation-links-written").with("count", count);
    here.out.say(&told.with("file", args.csv.display().to_string()))?;
    if let Some(missing) =
        asked_for.map(|all| all.saturating_sub(count)).filter(|missing| *missing > 0)
    {
        here.out.say(&Text::new("invitation-links-missing").with("count", missing))?;
    }
    here.out.document(
        &json!({ "links": count, "asked_for": asked_for, "file": args.csv.display().to_string() }),
    )
}

/// Whoever has a link may answer in a customer's name: the file is its owner's alone.
fn private(path: &Path) -> Result<std::fs::File> {
    crate::owner_only_file::options().create_new(true).open(path).map_err(Error::io(path.display()))
}

fn identifiers(path: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(path).map_err(Error::io(path.display()))?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

fn write(path: &Path, file: std::fs::File, given: &[CustomerLink]) -> Result<()> {
    let failed = |failure: csv::Error| Error::Io {
        what: path.display().to_string(),
        source: failure.into(),
    };
    let mut rows = csv::Writer::from_writer(file);
    rows.write_record(["journey", "contact", "locale", "link", "expires_at"]).map_err(failed)?;
    for one in given {
        let (journey, contact) = (one.source.as_deref(), one.contact.as_deref());
        let until = calendar::rfc3339(one.expires_at);
        let (journey, contact) =
            (inert(journey.unwrap_or_default()), inert(contact.unwrap_or_default()));
        let row = [&journey, &contact, one.locale.tag(), &one.url, &until];
        rows.write_record(row).map_err(failed)?;
    }
    rows.flush().map_err(Error::io(path.display()))?;
    let file = rows
        .into_inner()
        .map_err(|failure| Error::Internal(format!("links stay in memory: {failure}")))?;
    file.sync_all().map_err(Error::io(path.display()))
}

/// What a spreadsheet would take for a formula gets an apostrophe before it: identifiers and
/// addresses come from elsewhere. A telephone number keeps its sign, since it can do nothing.
fn inert(text: &str) -> Cow<'_, str> {
    let number = text
        .strip_prefix('+')
        .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == ' '));
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use crate::command::links::*;

    #[test]
    fn formulas_from_elsewhere_do_nothing_in_a_spreadsheet() {
        for formula in [
            "=HYPERLINK(\"http://evil\")",
            "+1+cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(1)",
            "\t=1",
            "=a@b.org",
        ] {
            assert_eq!(inert(formula), format!("'{formula}"));
        }
        for plain in ["+33 6 12 34 56 78", "OR-2026-118", "marie@example.org", ""] {
            assert_eq!(inert(plain), plain);
        }
    }
}
