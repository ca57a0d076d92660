//! `relais blueprint discover`, `export` and `apply`.

use std::path::{Path, PathBuf};

use crate::blueprint::discovery::{DiscoveryReport, Times};
use crate::blueprint::file::{Described, Plan};
use crate::blueprint::store;
use crate::blueprint::store::apply::Change;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Text, Words};
use crate::journal::difference::phrases::{self, ChangeLine};
use crate::journal::{self, Author, Entry, Reason};
use crate::journey::store::{discover as discovered, following};
use crate::limits;
use crate::survey;
use serde_json::{Value, json};

use super::context::Here;

#[derive(clap::Subcommand)]
pub(super) enum Verb {
    Discover(FileArgs),
    Export(FileArgs),
    Apply(ApplyArgs),
}

#[derive(clap::Args)]
pub(super) struct FileArgs {
    file: Option<PathBuf>,
    #[arg(long, value_name = "CODE")]
    journey_type: Option<String>,
}

#[derive(clap::Args)]
pub(super) struct ApplyArgs {
    file: PathBuf,
    #[arg(long, value_name = "CODE")]
    journey_type: Option<String>,
}

pub(super) async fn run(here: &Here, verb: Verb) -> Result<()> {
    match verb {
        Verb::Discover(args) => discover(here, args).await,
        Verb::Export(args) => {
            let described = described(here, args.journey_type).await?;
            let reason = Text::new("command-blueprint-reason").say(here.out.lang);
            write(here, args.file.as_deref(), &described.to_toml(&reason))
        }
        Verb::Apply(args) => apply(here, &args.file, args.journey_type.as_deref()).await,
    }
}

/// Shows what the imported log says; with a file, writes the blueprint that an administrator goes
/// on from.
async fn discover(here: &Here, args: FileArgs) -> Result<()> {
    let described = described(here, args.journey_type).await?;
    let blueprint = described.blueprint.clone();
    let discovery = discovered(here.app.db.reader(), here.organisation, blueprint).await?;
    let found = discovery.report();
    show(here, &found)?;
    if let Some(file) = &args.file {
        let mut described = described;
        let order = discovery.usual_order();
        described
            .blueprint
            .steps
            .sort_by_key(|step| order.iter().position(|code| *code == step.code));
        let reason = Text::new("command-blueprint-reason").say(here.out.lang);
        write(here, Some(file), &described.to_toml(&reason))?;
    }
    here.out.document(&found)
}

/// What applying a file did.
#[derive(Default)]
struct Applied {
    changed: bool,
    waits: bool,
    /// What is different, where something was in force before, and what is worth asking about.
    lines: Vec<ChangeLine>,
}

fn lines(change: &Change, lang: Lang) -> Vec<ChangeLine> {
    let words = Words(lang);
    match &change.before {
        Some(before) => phrases::lines(&words, before, &change.after),
        None => phrases::initials(&words, &Value::Null, &change.after).into_iter().collect(),
    }
}

/// Puts a file into force, in one transaction with its entry in the settings journal.
pub(super) async fn apply(here: &Here, file: &Path, journey_type: Option<&str>) -> Result<()> {
    let text = std::fs::read_to_string(file).map_err(Error::io(file.display()))?;
    let known = store::apply::known(here.app.db.reader(), here.organisation).await?;
    let plan = Plan::parse(&text, &file.display().to_string(), journey_type, &known)?;
    let code = plan.described.blueprint.journey_type.clone();
    let (organisation, now, lang) = (here.organisation, here.app.clock.now(), here.out.lang);
    let changed = here.app.db.write(move |tx| {
        Box::pin(async move {
            let code = plan.described.blueprint.journey_type.clone();
            let Some(change) = following::apply(tx, organisation, &plan, now).await? else {
                return Ok(Applied::default());
            };
            if change.wants_questionnaire {
                survey::store::standard(tx, organisation, &code, now).await?;
            }
            let applied =
                Applied { changed: true, waits: change.waits, lines: lines(&change, lang) };
            let entry = Entry {
                at: now,
                author: Author::command_line(),
                subject: format!("blueprint:{code}"),
                before: change.before,
                after: Some(change.after),
                reason: Reason::parse(&change.reason)?,
                effective_at: if change.waits { now + limits::PRIVACY_NOTICE } else { now },
            };
            journal::store::append(tx, organisation, entry).await?;
            Ok(applied)
        })
    });
    let Applied { changed, waits, lines } = changed.await?;
    let key = if changed { "command-applied" } else { "command-applied-nothing" };
    here.out.say(&Text::new(key).with("type", code.as_str()))?;
    for line in lines {
        here.out.line(format!("  {}", line.words))?;
        if let Some(doubt) = line.doubt {
            here.out.line(format!("    {doubt}"))?;
        }
    }
    if waits {
        here.out.say(
            &Text::new("command-applied-waits").with("days", limits::PRIVACY_NOTICE / 86_400),
        )?;
    }
    here.out.document(&json!({ "journey_type": code, "changed": changed, "waits": waits }))
}

/// What is in force for the journey type, which may be left out where there is only one.
async fn described(here: &Here, journey_type: Option<String>) -> Result<Described> {
    let reader = here.app.db.reader();
    let types = store::types(reader, here.organisation).await?;
    let code = match (journey_type, types.as_slice()) {
        (Some(code), _) => code,
        (None, [only]) => only.clone(),
        (None, []) => return Err(Text::new("command-nothing-to-publish").into()),
        (None, several) => {
            return Err(Text::new("breakdown-which-journey-type")
                .with("known", several.join(", "))
                .into());
        }
    };
    let described = store::apply::in_force(reader, here.organisation, &code).await?;
    let known = types.join(", ");
    described.ok_or_else(|| {
        Text::new("breakdown-unknown-journey-type").with("code", code).with("known", known).into()
    })
}

fn write(here: &Here, file: Option<&Path>, text: &str) -> Result<()> {
    match file {
        None => here.out.raw(text),
        Some(path) => {
            std::fs::write(path, text).map_err(Error::io(path.display()))?;
            here.out.say(&Text::new("command-written").with("file", path.display().to_string()))
        }
    }
}

fn show(here: &Here, found: &DiscoveryReport) -> Result<()> {
    let (out, lang) = (&here.out, here.out.lang);
    let heading = Text::new("command-discovered")
        .with("journeys", found.journeys)
        .with("events", found.events);
    out.say(&heading.with("variants", found.variant_count))?;
    for node in &found.nodes {
        out.line(format!("  {:<32} {:>8}", node.code, crate::i18n::count(lang, node.journeys)))?;
    }
    out.say(&Text::new("command-discovered-handoffs"))?;
    for handoff in &found.handoffs {
        let wait = waits(&handoff.wait, lang);
        out.line(format!(
            "  {:<48} {:>8}  {wait}",
            handoff.code.to_string(),
            crate::i18n::count(lang, handoff.count)
        ))?;
    }
    Ok(())
}

/// The median and the 90th percentile of a wait, in hours.
fn waits(times: &Times, lang: Lang) -> String {
    let hours = |seconds: Option<f64>| {
        seconds.map_or_else(
            || "–".to_owned(),
            |seconds| crate::i18n::number(lang, seconds / 3600.0, 1),
        )
    };
    Text::new("command-waits")
        .with("median", hours(times.median))
        .with("p90", hours(times.p90))
        .say(lang)
}
