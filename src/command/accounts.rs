//! Commands about who may sign in: inviting, changing, removing, and recovery for who has lost a
//! password or a second factor. Whoever holds the machine may do it; the journal says that it was
//! done.

use crate::error::Result;
use crate::i18n::Text;
use crate::journal::Reason;
use crate::schema::account;
use crate::team::account::store::{self, NewAccount, Standing};
use crate::team::admission;
use crate::team::factor;
use crate::token::Token;
use serde_json::json;

use super::context::Here;
use super::people::{email, membership};

#[derive(clap::Subcommand)]
pub(super) enum Verb {
    List,
    Add(StandingArgs),
    Change(StandingArgs),
    Remove(WhoArgs),
    /// A new sign-in link for who lost theirs, or the password.
    Link(LinkArgs),
    ResetSecondFactor(WhoArgs),
}

#[derive(clap::Args)]
pub(super) struct StandingArgs {
    #[arg(long)]
    email: String,
    #[arg(long, value_parser = ["administrator", "owner", "member", "representative"])]
    role: String,
    /// `reception@S1` for the team at one site, `planning` for a central team.
    #[arg(long, value_name = "TEAM[@SITE]")]
    team: Vec<String>,
    #[arg(long)]
    reason: String,
}

#[derive(clap::Args)]
pub(super) struct WhoArgs {
    #[arg(long)]
    email: String,
    #[arg(long)]
    reason: String,
}

#[derive(clap::Args)]
pub(super) struct LinkArgs {
    #[arg(long)]
    email: String,
    #[arg(long)]
    reason: Option<String>,
}

pub(super) async fn run(here: &Here, verb: Verb) -> Result<()> {
    match verb {
        Verb::List => list(here).await,
        Verb::Add(args) => add(here, args).await,
        Verb::Change(args) => change(here, args).await,
        Verb::Remove(args) => remove(here, args).await,
        Verb::Link(args) => link(here, args).await,
        Verb::ResetSecondFactor(args) => reset_second_factor(here, args).await,
    }
}

async fn list(here: &Here) -> Result<()> {
    let reader = here.app.db.reader();
    let factors = factor::store::confirmed(reader, here.organisation).await?;
    let mut listed = Vec::new();
    for row in store::all(reader, here.organisation).await? {
        let account::Model { id, email, .. } = &row;
        let standing = store::standing(reader, &row).await?;
        let teams: Vec<String> = standing.memberships.iter().map(typed).collect();
        let line = Text::new("command-account-line")
            .with("number", id.to_string())
            .with("email", email.as_str());
        here.out.say(&line.with("role", standing.role.code()).with("teams", teams.join(" ")))?;
        let role = standing.role.code();
        let second_factor = factors.contains(id);
        listed
            .push(json!({"number": id, "email": email, "role": role, "teams": teams, "second_factor": second_factor}));
    }
    here.out.document(&json!({ "accounts": listed }))
}

fn typed((team, site): &(String, Option<String>)) -> String {
    site.as_ref().map_or_else(|| team.clone(), |site| format!("{team}@{site}"))
}

impl StandingArgs {
    fn standing(&self) -> Result<Standing> {
        Ok(Standing {
            role: self.role.parse()?,
            memberships: self.team.iter().map(|team| membership(team)).collect(),
        })
    }
}

async fn add(here: &Here, args: StandingArgs) -> Result<()> {
    let new =
        NewAccount { email: email(&args.email)?, standing: args.standing()?, lang: here.out.lang };
    let link = here.app.random(Token::random);
    let by = here.admission(Reason::parse(&args.reason)?);
    admission::add_account(&here.app.db, here.organisation, new, link.clone(), by).await?;
    here.show_link(&link)
}

async fn change(here: &Here, args: StandingArgs) -> Result<()> {
    let (number, by) =
        (here.number_of(&args.email).await?, here.admission(Reason::parse(&args.reason)?));
    admission::change(&here.app.db, here.organisation, number, args.standing()?, by).await?;
    here.out.say(&Text::new("command-account-changed"))?;
    here.out.document(&json!({ "number": number, "role": args.role }))
}

async fn remove(here: &Here, args: WhoArgs) -> Result<()> {
    let (number, by) =
        (here.number_of(&args.email).await?, here.admission(Reason::parse(&args.reason)?));
    admission::remove(&here.app.db, here.organisation, number, by).await?;
    here.out.say(&Text::new("command-account-removed"))?;
    here.out.document(&json!({ "removed": number }))
}

async fn link(here: &Here, args: LinkArgs) -> Result<()> {
    let reason = Reason::parse(
        &args.reason.unwrap_or_else(|| Text::new("command-link-reason").say(here.out.lang)),
    )?;
    let number = here.number_of(&args.email).await?;
    let link = here.app.random(Token::random);
    let by = here.admission(reason);
    admission::renew_link(&here.app.db, here.organisation, number, link.clone(), by).await?;
    here.show_link(&link)
}

async fn reset_second_factor(here: &Here, args: WhoArgs) -> Result<()> {
    let (number, by) =
        (here.number_of(&args.email).await?, here.admission(Reason::parse(&args.reason)?));
    factor::reset(&here.app.db, here.organisation, number, by).await?;
    here.out.say(&Text::new("command-factor-reset"))?;
    here.out.document(&json!({ "reset": number }))
}

impl Here {
    async fn number_of(&self, address: &str) -> Result<i64> {
        store::number_of(self.app.db.reader(), self.organisation, &email(address)?).await
    }
}
