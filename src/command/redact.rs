//! `relais redact` and `relais names`: trying the redactor on any text, and the names that a team
//! adds to what it knows.

use std::collections::BTreeMap;
use std::io::Read as _;

use crate::error::{Error, Refusal, Result};
use crate::i18n::{Lang, Text};
use crate::journal::{Author, Reason};
use crate::limits;
use crate::privacy::redact::{self, RedactedText, StaffName, TeamNames, name_digests};
use crate::privacy::store::names::{self, By};
use serde_json::json;

use super::context::Here;
use super::output::Output;

#[derive(clap::Args)]
pub(super) struct RedactArgs {}

#[derive(clap::Subcommand)]
pub(super) enum NamesVerb {
    Add(NamesArgs),
    Clear(NamesArgs),
}

#[derive(clap::Args)]
pub(super) struct NamesArgs {
    #[arg(long, value_name = "TEAM")]
    team: String,
    #[arg(long)]
    reason: String,
}

/// Redacts standard input, one comment a line. It needs no database, so that anybody may try it,
/// and knows no team's names.
pub(super) fn redact(lang: Option<Lang>, out: &Output) -> Result<()> {
    let mut comments = Vec::new();
    for (number, line) in (1..).zip(standard_input()?.lines()) {
        let lang = lang.unwrap_or_else(|| redact::language(line, None));
        let RedactedText { text, masked, is_unsure } =
            redact::redact(line, lang, &TeamNames::default());
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        masked.iter().for_each(|kind| *counts.entry(kind.code()).or_default() += 1);
        out.line(&text)?;
        if is_unsure {
            out.tell(Text::new("command-redact-unsure").with("line", number).say(out.lang));
        }
        comments.push(json!({
            "text": text,
            "lang": lang.tag(),
            "masked": counts,
            "team_only": is_unsure,
        }));
    }
    out.document(&json!({ "comments": comments }))
}

/// Adds names to a team's list, or empties it. No name is ever shown again.
pub(super) async fn names(here: &Here, verb: NamesVerb) -> Result<()> {
    let now = here.app.clock.now();
    let by = |reason: &str| {
        Ok::<_, Error>(By {
            author: Author::command_line(),
            reason: Reason::parse(reason)?,
            at: now,
        })
    };
    let (changed, key) = match verb {
        NamesVerb::Add(args) => {
            let lines = lines(&standard_input()?)?;
            let whose = (here.organisation, args.team.as_str());
            let new = names::add(&here.app.db, whose, &here.app.secret, &lines, by(&args.reason)?)
                .await?;
            (new, if new { "command-names-added" } else { "command-names-known" })
        }
        NamesVerb::Clear(args) => {
            let whose = (here.organisation, args.team.as_str());
            let gone = names::clear(&here.app.db, whose, by(&args.reason)?).await?;
            (gone, if gone { "command-names-cleared" } else { "command-names-none" })
        }
    };
    here.out.say(&Text::new(key))?;
    here.out.document(&json!({ "changed": changed }))
}

fn lines(text: &str) -> Result<Vec<Vec<StaffName>>> {
    let numbered = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let names = numbered
        .map(|(number, line): (u64, &str)| {
            let bad = || {
                Refusal::new(Text::new("privacy-bad-name").with("most", name_digests::LONGEST))
                    .at_line(number)
            };
            StaffName::parse(line).ok_or_else(|| Error::from(bad()))
        })
        .collect::<Result<Vec<_>>>()?;
    match names.len() {
        0 => Err(Text::new("privacy-no-names").into()),
        many if many > limits::STAFF_NAMES => {
            Err(Text::new("privacy-many-names").with("most", limits::STAFF_NAMES).into())
        }
        _ => Ok(names),
    }
}

fn standard_input() -> Result<String> {
    let mut text = Vec::new();
    std::io::stdin().read_to_end(&mut text).map_err(Error::io("standard input"))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
