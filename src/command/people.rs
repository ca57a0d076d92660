//! Commands about the organisation and its people: the first administrator, the end of the pilot,
//! settings, the journal.

use std::net::SocketAddr;

use crate::calendar;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Text};
use crate::journal::{self, Author, ChainState, Reason};
use crate::organisation;
use crate::organisation::pilot::{self, Council, Leaving};
use crate::organisation::settings::Change;
use crate::team::Role;
use crate::team::account::Email;
use crate::team::account::store::{NewAccount, Standing};
use crate::team::admission::{self, Admission};
use crate::token::Token;
use jiff::civil::Date;
use serde_json::json;

use super::context::Here;

#[derive(clap::Args)]
pub(super) struct InitArgs {
    #[arg(long)]
    administrator: String,
    #[arg(long)]
    name: Option<String>,
    #[arg(long)]
    time_zone: Option<String>,
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
}

impl InitArgs {
    pub(super) fn options(&self) -> Vec<(&'static str, String)> {
        self.listen.iter().map(|address| ("listen", address.to_string())).collect()
    }
}

#[derive(clap::Subcommand)]
pub(super) enum PilotVerb {
    End(PilotArgs),
}

#[derive(clap::Args)]
pub(super) struct PilotArgs {
    #[arg(long, value_name = "TEAM")]
    reviewed_by: String,
    #[arg(long, value_name = "DATE", required_unless_present = "council_not_needed")]
    council_informed: Option<Date>,
    #[arg(long, value_name = "WHY", conflicts_with = "council_informed")]
    council_not_needed: Option<String>,
    #[arg(long)]
    reason: String,
}

#[derive(clap::Subcommand)]
pub(super) enum SettingVerb {
    Change(SettingArgs),
}

#[derive(clap::Args)]
pub(super) struct SettingArgs {
    #[arg(value_parser = ["minimum_answers", "minimum_heads", "embargo_days"])]
    name: String,
    value: i32,
    #[arg(long, value_name = "WHO")]
    agreed_by: String,
    #[arg(long)]
    reason: String,
}

#[derive(clap::Subcommand)]
pub(super) enum JournalVerb {
    Verify,
}

/// Names the organisation and makes its first administrator's sign-in link.
pub(super) async fn init(here: &Here, args: InitArgs) -> Result<()> {
    let email = email(&args.administrator)?;
    let reason = Reason::parse(&Text::new("command-init-reason").say(here.out.lang))?;
    let admission = here.admission(reason.clone());
    let (organisation, now) = (here.organisation, admission.now);
    if args.name.is_some() || args.time_zone.is_some() {
        let write = here.app.db.write(move |tx| {
            Box::pin(async move {
                let changed = (Author::command_line(), reason, now);
                organisation::store::rename(
                    tx,
                    organisation,
                    args.name.as_deref(),
                    args.time_zone.as_deref(),
                    changed,
                )
                .await
            })
        });
        write.await?;
    }
    let link = here.app.random(Token::random);
    let stored = link.clone();
    admission::first_administrator(
        &here.app.db,
        organisation,
        email,
        here.out.lang,
        stored,
        admission,
    )
    .await?;
    here.show_link(&link)
}

/// Ends the pilot: from then on the process owner may read, after the teams.
pub(super) async fn pilot(here: &Here, verb: PilotVerb) -> Result<()> {
    let PilotVerb::End(args) = verb;
    let council = match (args.council_informed, args.council_not_needed) {
        (Some(day), _) => Council::Informed(day),
        (None, why) => Council::NotNeeded(Reason::parse(&why.unwrap_or_default())?),
    };
    let leaving =
        Leaving { reviewed_by: args.reviewed_by, council, reason: Reason::parse(&args.reason)? };
    pilot::end(
        &here.app.db,
        here.organisation,
        leaving,
        Author::command_line(),
        here.app.clock.now(),
    )
    .await?;
    here.out.say(&Text::new("command-pilot-ended"))?;
    here.out.document(&json!({ "stage": "running" }))
}

/// Announces a change of a setting that touches privacy: it waits, and every member reads who
/// agreed and why.
pub(super) async fn setting(here: &Here, verb: SettingVerb) -> Result<()> {
    let SettingVerb::Change(args) = verb;
    let change =
        Change::parse(&args.name, args.value, &args.agreed_by, Reason::parse(&args.reason)?)?;
    let now = here.app.clock.now();
    let (db, author) = (&here.app.db, Author::command_line());
    let from = organisation::store::announce(db, here.organisation, change, author, now).await?;
    let from = calendar::rfc3339(from);
    here.out.say(
        &Text::new("command-setting-announced")
            .with("name", args.name.as_str())
            .with("from", from.as_str()),
    )?;
    here.out.document(&json!({ "setting": args.name, "value": args.value, "effective_at": from }))
}

/// Walks along the settings journal and the access log; one altered byte is found and fails the
/// command.
pub(super) async fn journal(here: &Here, verb: JournalVerb) -> Result<()> {
    let JournalVerb::Verify = verb;
    let settings = journal::store::verify(&here.app.db, here.organisation).await?;
    let looks = journal::store::verify_looks(&here.app.db, here.organisation).await?;
    let chains = [
        ("command-journal-settings", "settings", settings),
        ("command-journal-access", "access", looks),
    ];
    let (mut broken, mut told) = (None, Vec::new());
    for (name, code, found) in chains {
        let said = Text::new("command-journal-found")
            .with("chain", Text::new(name).say(here.out.lang))
            .with("found", found.text().say(here.out.lang));
        here.out.say(&said)?;
        told.push(chain(code, &found));
        if matches!(found, ChainState::Broken { .. }) {
            broken.get_or_insert(said);
        }
    }
    here.out.document(&json!({ "whole": broken.is_none(), "chains": told }))?;
    broken.map_or(Ok(()), |text| Err(text.into()))
}

fn chain(code: &str, found: &ChainState) -> serde_json::Value {
    match found {
        ChainState::Whole { entries, last } => {
            json!({ "chain": code, "whole": true, "entries": entries, "last": last })
        }
        ChainState::Broken { number, .. } => {
            json!({ "chain": code, "whole": false, "entry": number })
        }
    }
}

impl Here {
    pub(super) fn admission(&self, reason: Reason) -> Admission {
        Admission { author: Author::command_line(), reason, now: self.app.clock.now() }
    }

    pub(super) fn show_link(&self, link: &Token) -> Result<()> {
        let url = sign_in_url(&self.app.config.public_url, link);
        self.out.say(&Text::new("command-link").with("url", url.as_str()))?;
        self.out.document(&json!({ "link": url }))
    }
}

/// Where a sign-in link leads.
pub(super) fn sign_in_url(public_url: &str, link: &Token) -> String {
    format!("{public_url}/sign-in/{}", link.expose())
}

/// An account to make, in the language of who makes it.
pub(super) fn new_account(
    address: &str,
    role: Role,
    team: Option<&str>,
    lang: Lang,
) -> Result<NewAccount> {
    let standing = Standing { role, memberships: team.into_iter().map(membership).collect() };
    Ok(NewAccount { email: email(address)?, standing, lang })
}

pub(super) fn membership(team: &str) -> (String, Option<String>) {
    match team.split_once('@') {
        Some((team, site)) => (team.to_owned(), Some(site.to_owned())),
        None => (team.to_owned(), None),
    }
}

pub(super) fn email(text: &str) -> Result<Email> {
    Email::parse(text)
        .ok_or_else(|| Error::from(Text::new("command-bad-email").with("email", text)))
}
