//! `relais demo`: from nothing to pages, through the real importers and the real release of atoms.
//!
//! A year of twelve garages is written as the files that their systems would export, imported as anybody would import
//! them, and published week by week as if the year were being lived, so that what is shown has passed every gate.

mod chance;
mod network;
mod passage;
mod year;

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use rand::SeedableRng;
use rand::rngs::StdRng;
use relais::app::App;
use relais::calendar::{Week, Zone};
use relais::clock::Clock;
use relais::config::Config;
use relais::error::{Error, Result};
use relais::i18n::Text;
use relais::journal::{Author, Reason};
use relais::publication::publish;
use relais::team::admission::{self, Admission};
use relais::team::pilot::{self, Council, Leaving};
use relais::team::store::NewOrganisation;
use relais::team::{self, Role};
use relais::token::Token;
use serde_json::json;

use super::output::Output;
use super::{Common, Here, blueprint, import, people, serve, start_log};
use network::JOURNEY_TYPE;

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
    let clock = Clock::manual(now);
    let app = App::open_with(config.clone(), clock.clone(), StdRng::seed_from_u64(args.seed)).await?;
    let links = make(&app, now, args.seed, out).await?;
    show(&links, &folder, out)?;
    if args.no_serve {
        return Ok(());
    }
    serve::run(app.under(Clock::System), out).await
}

/// The demo's own folder, unless another was asked for.
fn settings(common: &Common, args: &Args) -> Result<Config> {
    let mut options = common.options();
    options.retain(|(key, _)| *key != "database_url");
    if common.data.is_none() {
        options.push(("data", "relais-demo".to_owned()));
    }
    options.push(("listen", SocketAddr::from(([127, 0, 0, 1], args.port)).to_string()));
    let quiet = |name: &str| (name == "RELAIS_LOG").then(|| "warn".to_owned());
    // The demo's database always stands inside its folder, which it may empty.
    let given = |name: &str| std::env::var(name).ok().filter(|_| name != "DATABASE_URL");
    Config::read(&options, |name| given(name).or_else(|| quiet(name)))
}

/// A demo begins in a folder of its own: it never adds its year to somebody's data.
fn refuse_used(folder: &Path, out: &Output) -> Result<()> {
    if !folder.join("secret.key").exists() {
        return Ok(());
    }
    if !folder.join("demo").is_dir() {
        return Err(Text::new("demo-folder-used").with("folder", folder.display().to_string()).into());
    }
    out.tell(Text::new("demo-again").with("folder", folder.display().to_string()).say(out.lang));
    std::fs::remove_dir_all(folder).map_err(Error::io(folder.display()))
}

/// One sign-in link of the demo.
struct Link {
    who: &'static str,
    url: String,
}

async fn make(app: &App, now: i64, seed: u64, out: &Output) -> Result<Vec<Link>> {
    let new = NewOrganisation { name: Text::new("demo-name").say(out.lang), ..NewOrganisation::default() };
    let organisation = team::store::found(&app.db, new, now - 400 * 86_400).await?;
    let zone = Zone::named("Europe/Paris")?;
    let last = Week(zone.week(now).0 - 1);
    let files = write(&app.config.data.join("demo"), last, &zone, seed, out)?;
    let here = Here { app: app.clone(), organisation, out: Output::new(false, out.lang).silent() };
    app.clock.set(zone.week_start(Week(last.0 - year::WEEKS)));
    blueprint::apply(&here, &files.blueprint, Some(JOURNEY_TYPE)).await?;
    end_pilot(&here).await?;
    // The files tell of a year that is over; only its publishing is lived week by week.
    app.clock.set(now);
    import::demo_events(&here, &files.events, JOURNEY_TYPE, out).await?;
    import::demo_answers(&here, &files.answers, JOURNEY_TYPE, out).await?;
    live(&here, last, &zone, out).await?;
    app.clock.set(now);
    accounts(&here).await
}

struct Files {
    blueprint: PathBuf,
    events: PathBuf,
    answers: PathBuf,
}

/// Writes the files that the network's systems would export; they stay, for who wants to import them by hand.
fn write(folder: &Path, last: Week, zone: &Zone, seed: u64, out: &Output) -> Result<Files> {
    std::fs::create_dir_all(folder).map_err(Error::io(folder.display()))?;
    let files = Files {
        blueprint: folder.join("blueprint.toml"),
        events: folder.join("events.csv"),
        answers: folder.join("answers.csv"),
    };
    std::fs::write(&files.blueprint, network::blueprint()).map_err(Error::io(files.blueprint.display()))?;
    let create = |path: &Path| File::create(path).map(BufWriter::new).map_err(Error::io(path.display()));
    let (mut events, mut answers) = (create(&files.events)?, create(&files.answers)?);
    let bar = out.bar(&Text::new("demo-writing"));
    let mut random = StdRng::seed_from_u64(seed);
    year::write(last, zone, &mut random, &mut events, &mut answers, &|done, all| bar.at(done, all))?;
    bar.done();
    events.flush().map_err(Error::io(files.events.display()))?;
    answers.flush().map_err(Error::io(files.answers.display()))?;
    Ok(files)
}

async fn end_pilot(here: &Here) -> Result<()> {
    let reason = Reason::parse(&Text::new("demo-reason").say(here.out.lang))?;
    let leaving = Leaving { reviewed_by: "reception".to_owned(), council: Council::NotNeeded(reason.clone()), reason };
    pilot::end(&here.app.db, here.organisation, leaving, Author::command_line(), here.app.clock.now()).await
}

/// Lives the year: each Monday morning the week before is closed, as the service would.
async fn live(here: &Here, last: Week, zone: &Zone, out: &Output) -> Result<()> {
    let bar = out.bar(&Text::new("demo-publishing"));
    for week in 0..year::WEEKS {
        let closing = Week(last.0 - year::WEEKS + 1 + week);
        here.app.clock.set(zone.start_of(closing.end()) + 6 * 3600);
        let silent = &relais::progress::silent;
        publish::publish(&here.app.db, &here.app.clock, here.organisation, JOURNEY_TYPE, None, silent).await?;
        bar.at(week.unsigned_abs().into(), Some(year::WEEKS.unsigned_abs().into()));
    }
    bar.done();
    Ok(())
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

fn show(links: &[Link], folder: &Path, out: &Output) -> Result<()> {
    out.say(&Text::new("demo-ready").with("folder", folder.display().to_string()))?;
    for link in links {
        out.line(format!("  {:<44} {}", Text::new(link.who).say(out.lang), link.url))?;
    }
    let listed: Vec<_> = links.iter().map(|link| json!({"who": &link.who[5..], "link": link.url})).collect();
    out.document(&json!({ "links": listed, "data": folder.display().to_string() }))
}
