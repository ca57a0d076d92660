//! `relais demo`: from nothing to pages, through everything that a service goes through.
//!
//! A year of twelve garages is lived an evening at a time ([`life`]): their systems' feed tells
//! what happened, journeys that end are decided about, mails go to a folder, customers find their
//! links in them and answer, and each week is published when it is over. So what is shown has
//! passed every gate.

mod chance;
mod customers;
mod life;
mod meetings;
mod network;
mod story;
mod year;

use std::net::SocketAddr;
use std::path::Path;

use crate::app::App;
use crate::calendar::Zone;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Durability;
use crate::error::{Error, Result};
use crate::i18n::Text;
use crate::invitation::Rules;
use crate::invitation::store::rules;
use crate::journal::{Author, Reason};
use crate::organisation;
use crate::organisation::pilot::{self, Council, Leaving};
use crate::organisation::store::NewOrganisation;
use crate::owner_only_file;
use crate::survey::publishing::{self, Publishing};
use crate::team::Role;
use crate::team::admission::{self, Admission};
use crate::token::Token;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::json;

use super::context::{Common, Here, start_log};
use super::output::Output;
use super::{blueprint, people, serve};
use network::JOURNEY_TYPE;
use year::Year;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long, default_value_t = 8080)]
    port: u16,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long)]
    no_serve: bool,
}

/// Makes the year, prints the links, and serves.
pub(super) async fn run(common: &Common, args: Args, out: &Output) -> Result<()> {
    let config = settings(common, &args)?;
    start_log(&config);
    let folder = config.data.clone();
    refuse_used(&folder, out)?;
    let now = Clock::System.now();
    let random = StdRng::seed_from_u64(args.seed);
    let app = App::open_as(config.clone(), Clock::manual(now), random, Durability::MadeUp).await?;
    let made = make(&app, now, args.seed, out).await?;
    show(&made, &app, &folder, out)?;
    if args.no_serve {
        return Ok(());
    }
    drop(app);
    // What is answered from now on is kept as in any service.
    serve::run(App::open(config, Clock::System).await?, out).await
}

/// The demo's own folder, unless another was asked for.
fn settings(common: &Common, args: &Args) -> Result<Config> {
    let mut options = common.options();
    options.retain(|(key, _)| *key != "database_url");
    if common.data.is_none() {
        options.push(("data", "relais-demo".to_owned()));
    }
    options.push(("mail_from", "Garages Lanterne <avis@garages.example>".to_owned()));
    options.push(("listen", SocketAddr::from(([127, 0, 0, 1], args.port)).to_string()));
    Config::read(&options, variable)
}

/// A variable of the environment, as far as the demo follows it. Its database and its mails always
/// stand inside its folder, which it may empty: nobody is written to.
fn variable(name: &str) -> Option<String> {
    let given =
        std::env::var(name).ok().filter(|_| !matches!(name, "DATABASE_URL" | "RELAIS_MAIL"));
    given.or_else(|| (name == "RELAIS_LOG").then(|| "warn".to_owned()))
}

/// A demo begins in a folder of its own: it never adds its year to somebody's data.
fn refuse_used(folder: &Path, out: &Output) -> Result<()> {
    if !folder.join("secret.key").exists() {
        return Ok(());
    }
    if !folder.join("demo").is_dir() {
        return Err(Text::new("demo-folder-used")
            .with("folder", folder.display().to_string())
            .into());
    }
    out.tell(Text::new("demo-again").with("folder", folder.display().to_string()).say(out.lang));
    std::fs::remove_dir_all(folder).map_err(Error::io(folder.display()))
}

struct Link {
    who: &'static str,
    url: String,
}

struct DemoResult {
    links: Vec<Link>,
    survey: Option<String>,
}

async fn make(app: &App, now: i64, seed: u64, out: &Output) -> Result<DemoResult> {
    let new = NewOrganisation {
        name: Text::new("demo-name").say(out.lang),
        ..NewOrganisation::default()
    };
    let organisation = organisation::store::found(&app.db, new, now - 400 * 86_400).await?;
    let year = Year::until(now, Zone::named("Europe/Paris")?);
    let mut random = StdRng::seed_from_u64(seed);
    let planned = year::plan(&year, &mut random);
    let log = year::log(&planned);
    let here = Here { app: app.clone(), organisation, out: Output::new(false, out.lang).silent() };
    app.clock.set(now - 380 * 86_400);
    set_up(&here, &log, now).await?;
    let survey = life::live(&here, &planned, &log, &year, &mut random, out).await?;
    app.clock.set(now);
    let survey = survey.map(|token| format!("{}/r/{token}", app.config.public_url));
    Ok(DemoResult { links: accounts(&here).await?, survey })
}

/// What an administrator does before the first day. The files stay, for who wants to import them
/// by hand.
async fn set_up(here: &Here, log: &[(i64, String)], now: i64) -> Result<()> {
    let folder = here.app.config.data.join("demo");
    owner_only_file::make_folder(&folder).map_err(Error::io(folder.display()))?;
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        owner_only_file::write(&path, text).map_err(Error::io(path.display())).map(|()| path)
    };
    let told = log.partition_point(|(at, _)| *at <= now);
    write("events.csv", year::file(&log[..told]))?;
    let blueprint = write("blueprint.toml", network::blueprint())?;
    blueprint::apply(here, &blueprint, Some(JOURNEY_TYPE)).await?;
    end_pilot(here).await?;
    ask(here).await
}

/// From now on customers are asked.
async fn ask(here: &Here) -> Result<()> {
    let (organisation, now) = (here.organisation, here.app.clock.now());
    let why = || Reason::parse(&Text::new("demo-reason").say(here.out.lang));
    let (author, reason) = (Author::command_line(), why()?);
    let changed = here.app.db.write(move |tx| {
        Box::pin(async move {
            let some = some_customers();
            rules::change(tx, organisation, JOURNEY_TYPE, &some, (author, reason, now)).await
        })
    });
    changed.await?;
    let publishing =
        Publishing { author: Author::command_line(), reason: why()?, now, parts_asked: None };
    publishing::publish(&here.app.db, organisation, JOURNEY_TYPE.to_owned(), publishing).await?;
    Ok(())
}

/// Four in ten are asked, once, so that the folder of mails stays small.
fn some_customers() -> Rules {
    Rules { rate_percent: 40, reminder_days: 0, ..Rules::default() }
}

async fn end_pilot(here: &Here) -> Result<()> {
    let reason = Reason::parse(&Text::new("demo-reason").say(here.out.lang))?;
    let leaving = Leaving {
        reviewed_by: "reception".to_owned(),
        council: Council::NotNeeded(reason.clone()),
        reason,
    };
    pilot::end(
        &here.app.db,
        here.organisation,
        leaving,
        Author::command_line(),
        here.app.clock.now(),
    )
    .await
}

/// Who the demo's links are for: the text of who it is, the address, the role and the team.
const PEOPLE: [(&str, &str, Role, Option<&str>); 6] = [
    ("demo-owner", "owner@garages.example", Role::ProcessOwner, None),
    ("demo-planning", "planning@garages.example", Role::TeamMember, Some("planning")),
    ("demo-workshop", "workshop.g07@garages.example", Role::TeamMember, Some("workshop@G07")),
    ("demo-reception", "reception.g05@garages.example", Role::TeamMember, Some("reception@G05")),
    ("demo-administrator", "administrator@garages.example", Role::Administrator, None),
    ("demo-representative", "representative@garages.example", Role::Representative, None),
];

async fn accounts(here: &Here) -> Result<Vec<Link>> {
    let (app, organisation) = (&here.app, here.organisation);
    let mut links = Vec::with_capacity(PEOPLE.len());
    for (who, address, role, team) in PEOPLE {
        let link = app.random(Token::random);
        let reason = Reason::parse(&Text::new("demo-reason").say(here.out.lang))?;
        let admission = Admission { author: Author::command_line(), reason, now: app.clock.now() };
        let new = people::new_account(address, role, team, here.out.lang)?;
        let url = people::sign_in_url(&app.config.public_url, &link);
        admission::add_account(&app.db, organisation, new, link, admission).await?;
        links.push(Link { who, url });
    }
    Ok(links)
}

fn show(made: &DemoResult, app: &App, folder: &Path, out: &Output) -> Result<()> {
    out.say(&Text::new("demo-ready").with("folder", folder.display().to_string()))?;
    for link in &made.links {
        out.line(format!("  {:<44} {}", Text::new(link.who).say(out.lang), link.url))?;
    }
    if let Some(survey) = &made.survey {
        out.line(format!("  {:<44} {survey}", Text::new("demo-customer").say(out.lang)))?;
    }
    let mails = app.mailer.folder().map(|path| path.display().to_string());
    if let Some(mails) = &mails {
        out.say(&Text::new("demo-mails").with("folder", mails.as_str()))?;
    }
    let listed: Vec<_> =
        made.links.iter().map(|link| json!({"who": &link.who[5..], "link": link.url})).collect();
    let folder = folder.display().to_string();
    out.document(&json!({ "links": listed, "survey": made.survey, "mails": mails, "data": folder }))
}
