//! `relais erase` and `relais rotate-addresses`.

use crate::error::Result;
use crate::i18n::Text;
use crate::invitation::erasure::{self, ErasureTarget};
use crate::invitation::rotation;
use crate::journal::{Author, Reason};
use serde_json::json;

use super::context::Here;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(
        long,
        value_name = "ID",
        conflicts_with = "contact",
        required_unless_present = "contact"
    )]
    journey: Option<String>,
    #[arg(long, value_name = "ADDRESS")]
    contact: Option<String>,
    #[arg(long, value_name = "WHY")]
    reason: Option<String>,
    #[arg(long)]
    yes: bool,
}

/// Shows what is known of a customer, or erases it.
pub(super) async fn erase(here: &Here, args: Args) -> Result<()> {
    let whom = match (&args.journey, &args.contact) {
        (Some(source), _) => ErasureTarget::parse("journey", source)?,
        (None, contact) => ErasureTarget::parse("contact", contact.as_deref().unwrap_or_default())?,
    };
    let found = if args.yes {
        let reason = args
            .reason
            .ok_or_else(|| crate::error::Error::from(Text::new("erasure-needs-reason")))?;
        let by = (Author::command_line(), Reason::parse(&reason)?);
        erasure::erase(&here.app, here.organisation, whom, by).await?
    } else {
        erasure::summary(&here.app, here.organisation, &whom).await?
    };
    if found.is_empty() {
        here.out.say(&Text::new("erasure-nothing"))?;
    } else {
        here.out.say(&Text::new(if args.yes { "erasure-gone" } else { "erasure-goes" }))?;
        for line in found.lines() {
            here.out.line(format!("  {}", line.say(here.out.lang)))?;
        }
        here.out.say(&Text::new(if found.published > 0 {
            "erasure-published"
        } else {
            "erasure-not-published"
        }))?;
        here.out.say(&Text::new(if args.yes { "erasure-opt-out" } else { "erasure-source" }))?;
        here.out.say(&Text::new("erasure-backups"))?;
    }
    if !args.yes && !found.is_empty() {
        here.out.say(&Text::new("erasure-confirm"))?;
    }
    here.out.document(&json!({ "found": found.to_json(), "erased": args.yes && !found.is_empty() }))
}

pub(super) async fn rotate(here: &Here) -> Result<()> {
    let rotated = rotation::run(&here.app).await?;
    here.out.say(&Text::new("erasure-rotated").with("count", rotated.sealed))?;
    if rotated.unreadable > 0 {
        here.out.say(&Text::new("erasure-unreadable").with("count", rotated.unreadable))?;
    }
    here.out.document(&json!({ "sealed": rotated.sealed, "unreadable": rotated.unreadable }))
}
