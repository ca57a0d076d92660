//! Commands about the keys of programs.

use crate::error::Result;
use crate::i18n::Text;
use crate::journal::Reason;
use crate::team::key::{self, Grant};
use crate::token::Token;
use serde_json::json;

use super::context::Here;

#[derive(clap::Subcommand)]
pub(super) enum Verb {
    List,
    Add(AddArgs),
    Revoke(RevokeArgs),
}

#[derive(clap::Args)]
pub(super) struct AddArgs {
    #[arg(long)]
    label: String,
    #[arg(long, required = true, value_name = "events:write|breakdown:read")]
    scope: Vec<String>,
    #[arg(long, value_name = "owner|team:CODE")]
    eyes: Option<String>,
    #[arg(long)]
    reason: String,
}

#[derive(clap::Args)]
pub(super) struct RevokeArgs {
    #[arg(long)]
    label: String,
    #[arg(long)]
    reason: String,
}

pub(super) async fn run(here: &Here, verb: Verb) -> Result<()> {
    match verb {
        Verb::List => list(here).await,
        Verb::Add(args) => add(here, args).await,
        Verb::Revoke(args) => revoke(here, args).await,
    }
}

async fn list(here: &Here) -> Result<()> {
    let mut listed = Vec::new();
    for row in key::store::in_force(here.app.db.reader(), here.organisation).await? {
        let used = key::last_day(&here.app, &row).map(|day| day.to_string());
        let line = Text::new("command-key-line")
            .with("label", row.label.as_str())
            .with("scope", row.scope.as_str());
        let line = line.with("eyes", row.eyes.clone().unwrap_or_default());
        here.out.say(&line.with("used", used.as_deref().unwrap_or("–")))?;
        listed.push(
            json!({"label": row.label, "scope": row.scope, "eyes": row.eyes, "last_used": used}),
        );
    }
    here.out.document(&json!({ "keys": listed }))
}

/// Makes a key and prints it, this once.
async fn add(here: &Here, args: AddArgs) -> Result<()> {
    let key = here.app.random(Token::random);
    let grant = Grant::parse(args.scope.iter().map(String::as_str), args.eyes.as_deref())?;
    let by = here.admission(Reason::parse(&args.reason)?);
    key::add(&here.app.db, here.organisation, &args.label, grant, key.clone(), by).await?;
    here.out.say(&Text::new("command-key").with("key", key.expose()))?;
    here.out.document(&json!({ "key": key.expose() }))
}

async fn revoke(here: &Here, args: RevokeArgs) -> Result<()> {
    let by = here.admission(Reason::parse(&args.reason)?);
    key::revoke(&here.app.db, here.organisation, args.label, by).await?;
    here.out.say(&Text::new("command-key-revoked"))?;
    here.out.document(&json!({ "revoked": true }))
}
