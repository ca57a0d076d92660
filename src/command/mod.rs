//! The commands. What they print for people is French or English; with `--json` standard output is
//! one JSON document and everything else goes to standard error.

mod accounts;
mod asking;
mod backup;
mod blueprint;
mod chart;
mod context;
mod demo;
mod erase;
mod guarantees;
mod help;
mod import;
mod keys;
mod links;
mod map;
mod output;
mod pack;
mod people;
mod power;
mod questionnaire;
mod redact;
mod report;
mod serve;

use std::ffi::OsString;
use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::organisation;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use context::{Common, Here, start_log};
use output::Output;

#[derive(Parser)]
#[command(name = "relais", version, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Demo(demo::Args),
    Serve(serve::Args),
    Init(people::InitArgs),
    #[command(subcommand)]
    Import(import::Kind),
    #[command(subcommand)]
    Blueprint(blueprint::Verb),
    Asking(asking::AskingArgs),
    Rates(asking::RatesArgs),
    #[command(subcommand)]
    Questionnaire(questionnaire::Verb),
    Publish(report::PublishArgs),
    Breakdown(report::BreakdownArgs),
    Chart(chart::Args),
    Map(report::BreakdownArgs),
    Pack(pack::Args),
    Power(power::Args),
    Links(links::Args),
    Redact(redact::RedactArgs),
    Erase(erase::Args),
    Backup(backup::Args),
    Restore(backup::Args),
    RotateAddresses,
    #[command(subcommand)]
    Names(redact::NamesVerb),
    #[command(subcommand)]
    Account(accounts::Verb),
    #[command(subcommand)]
    Key(keys::Verb),
    #[command(subcommand)]
    Pilot(people::PilotVerb),
    #[command(subcommand)]
    Setting(people::SettingVerb),
    #[command(subcommand)]
    Journal(people::JournalVerb),
    Guarantees,
    Dossier(guarantees::DossierArgs),
}

/// Reads the arguments and the environment, and runs one command to its end.
///
/// Exit codes are a promise: 0 done, 1 refused or failed with a reason, 2 wrong usage; and what a
/// shell says of any program whose output is cut off.
pub fn main() -> ExitCode {
    let (cli, lang) = match parse(std::env::args_os()) {
        Ok(parsed) => parsed,
        Err(usage) => return wrong_usage(&usage),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(failure) => return failed(&Error::io("tokio")(failure), lang),
    };
    match runtime.block_on(run(cli, lang)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if output::is_cut_off(&error) => ExitCode::from(CUT_OFF),
        Err(error) => failed(&error, lang),
    }
}

/// 128 and the number of SIGPIPE, which ends most programs whose output nobody reads any more. It
/// is only said here, since the signal itself would end the service when a customer goes away.
const CUT_OFF: u8 = 141;

/// Understands the arguments; what is wrong with them is said in the language that they or the
/// environment ask for.
fn parse(args: impl IntoIterator<Item = OsString>) -> Result<(Cli, Lang), clap::Error> {
    let args: Vec<OsString> = args.into_iter().collect();
    let lang = wanted(&args);
    let mut command = help::translated(Cli::command(), lang);
    let matches = command.try_get_matches_from_mut(args)?;
    let cli = Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
    Ok((cli, lang))
}

/// The language of the command line, before it is parsed: `--lang`, else the environment's.
fn wanted(args: &[OsString]) -> Lang {
    let mut words = args.iter().filter_map(|arg| arg.to_str());
    let mut given = None;
    while let Some(word) = words.next() {
        match word.strip_prefix("--lang") {
            Some("") => given = words.next().and_then(Lang::of_tag),
            Some(value) => given = value.strip_prefix('=').and_then(Lang::of_tag),
            None => {}
        }
    }
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    given
        .or_else(|| variable("RELAIS_LANGUAGE").and_then(|tag| Lang::of_tag(&tag)))
        .or_else(|| {
            variable("LC_ALL").or_else(|| variable("LANG")).and_then(|tag| Lang::of_tag(&tag))
        })
        .unwrap_or_default()
}

/// Prints clap's message; asking for help is not wrong.
fn wrong_usage(usage: &clap::Error) -> ExitCode {
    match usage.print() {
        Err(failure) if failure.kind() == ErrorKind::BrokenPipe => return ExitCode::from(CUT_OFF),
        // Nothing is left to do when even the message cannot be printed.
        _ => {}
    }
    if usage.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

/// Says why a command did not do it.
fn failed(error: &Error, lang: Lang) -> ExitCode {
    if !matches!(error, Error::Refused(_)) {
        tracing::error!(%error, "the command failed");
    }
    let _ = writeln!(std::io::stderr(), "relais: {}", error.say(lang));
    ExitCode::FAILURE
}

async fn run(cli: Cli, lang: Lang) -> Result<()> {
    let out = Output::new(cli.common.json, lang);
    if let Command::Demo(args) = cli.command {
        return demo::run(&cli.common, args, &out).await;
    }
    if let Command::Redact(_) = cli.command {
        return redact::redact(cli.common.lang, &out);
    }
    let config = settings(&cli)?;
    start_log(&config);
    if matches!(&cli.command, Command::Serve(args) if args.check) {
        return serve::check(config, &out).await;
    }
    match cli.command {
        Command::Backup(args) => return backup::backup(config, args, &out).await,
        Command::Restore(args) => return backup::restore(config, args, &out).await,
        _ => {}
    }
    let app = App::open(config, Clock::System).await?;
    let organisation = organisation::store::ensure(&app.db, app.clock.now()).await?;
    let here = Here { app, organisation, out };
    match cli.command {
        Command::Serve(_) => serve::run(here.app, &here.out).await,
        Command::Init(args) => people::init(&here, args).await,
        Command::Import(kind) => import::run(&here, kind).await,
        Command::Blueprint(verb) => blueprint::run(&here, verb).await,
        Command::Asking(args) => asking::asking(&here, args).await,
        Command::Rates(args) => asking::rates(&here, args).await,
        Command::Questionnaire(verb) => questionnaire::run(&here, verb).await,
        Command::Publish(args) => report::publish(&here, args).await,
        Command::Breakdown(args) => report::breakdown(&here, args).await,
        Command::Chart(args) => chart::run(&here, args).await,
        Command::Map(args) => map::run(&here, args).await,
        Command::Pack(args) => pack::run(&here, args).await,
        Command::Power(args) => power::run(&here, args).await,
        Command::Links(args) => links::run(&here, args).await,
        Command::Account(verb) => accounts::run(&here, verb).await,
        Command::Key(verb) => keys::run(&here, verb).await,
        Command::Erase(args) => erase::erase(&here, args).await,
        Command::RotateAddresses => erase::rotate(&here).await,
        Command::Pilot(verb) => people::pilot(&here, verb).await,
        Command::Setting(verb) => people::setting(&here, verb).await,
        Command::Journal(verb) => people::journal(&here, verb).await,
        Command::Names(verb) => redact::names(&here, verb).await,
        Command::Guarantees => guarantees::guarantees(&here).await,
        Command::Dossier(args) => guarantees::dossier(&here, args).await,
        Command::Demo(_) | Command::Redact(_) | Command::Backup(_) | Command::Restore(_) => {
            unreachable!("these ran above")
        }
    }
}

/// The settings that a command works under.
fn settings(cli: &Cli) -> Result<Config> {
    let mut options = cli.common.options();
    match &cli.command {
        Command::Serve(args) => options.extend(args.options()),
        Command::Init(args) => options.extend(args.options()),
        _ => {}
    }
    let config = Config::read(&options, |name| std::env::var(name).ok())?;
    Ok(match cli.command {
        Command::Serve(_) => config,
        _ => config.beside_service(),
    })
}
