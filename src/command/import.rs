//! `relais import events` and `relais import answers`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::error::{Error, Refusal, Result};
use crate::i18n::Text;
use crate::journey::import::{self as events, Format};
use crate::journey::mapping::ColumnChoices;
use crate::journey::read_csv::Preview;
use crate::journey::source::Source;
use crate::journey::store::batch::Arrival;
use crate::organisation;
use crate::response::import as answers;
use crate::survey::Scale;
use crate::{journey, limits, response};
use serde_json::{Value, json};

use super::context::Here;
use super::output::Output;

#[derive(clap::Subcommand)]
pub(super) enum Kind {
    Events(EventsArgs),
    Answers(AnswersArgs),
}

#[derive(clap::Args)]
pub(super) struct EventsArgs {
    file: PathBuf,
    #[arg(long, value_name = "CODE")]
    journey_type: String,
    #[arg(long, value_name = "CODE")]
    site: Option<String>,
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    #[arg(long, value_name = "T")]
    object_type: Option<String>,
    #[arg(long)]
    dry_run: bool,
}

#[derive(clap::Args)]
pub(super) struct AnswersArgs {
    file: PathBuf,
    #[arg(long, value_name = "CODE")]
    journey_type: String,
    #[arg(long, value_name = "CODE")]
    site: Option<String>,
    #[arg(long, value_name = "LOW-HIGH", default_value = "1-5")]
    scale: String,
    #[arg(long, value_name = "LOW-HIGH", default_value = "1-5")]
    item_scale: String,
    #[arg(long)]
    dry_run: bool,
}

pub(super) async fn run(here: &Here, kind: Kind) -> Result<()> {
    match kind {
        Kind::Events(args) => import_events(here, args).await,
        Kind::Answers(args) => import_answers(here, args).await,
    }
}

async fn import_events(here: &Here, args: EventsArgs) -> Result<()> {
    let mut import = event_log(here, &args.file, &args.journey_type)?;
    import.site = args.site;
    if let Some(mapping) = &args.mapping {
        let text = std::fs::read_to_string(mapping).map_err(Error::io(mapping.display()))?;
        import.said = ColumnChoices::parse(&text, &mapping.display().to_string())?;
    }
    import.said.object_type = args.object_type;
    if args.dry_run {
        let (preview, report) = events::dry_run(&here.app, &import).await?;
        if let Some(preview) = preview {
            show_columns(&here.out, &preview)?;
        }
        return tell(
            &here.out,
            report.to_json(here.out.lang),
            &report.refusals,
            Some("command-import-dry-run"),
        );
    }
    let report = take_events(here, &import, &here.out).await?;
    tell(&here.out, report.to_json(here.out.lang), &report.refusals, None)
}

async fn import_answers(here: &Here, args: AnswersArgs) -> Result<()> {
    let import = answers::Import {
        organisation: here.organisation,
        zone: organisation::store::zone(here.app.db.reader(), here.organisation).await?,
        journey_type: args.journey_type,
        outcome: scale(&args.scale, "--scale")?,
        item: scale(&args.item_scale, "--item-scale")?,
        source: Source::File(args.file),
        site: args.site,
        dry_run: args.dry_run,
    };
    let report = take_answers(here, &import, &here.out).await?;
    let note = args.dry_run.then_some("command-import-dry-run");
    tell(&here.out, report.to_json(here.out.lang), &report.refusals, note)
}

async fn take_events(
    here: &Here,
    import: &events::Import,
    out: &Output,
) -> Result<journey::report::Report> {
    let bar = out.bar(&Text::new("command-importing-events"));
    let report = events::import(&here.app, import, &|done, all| bar.at(done, all)).await;
    bar.done();
    report
}

async fn take_answers(
    here: &Here,
    import: &answers::Import,
    out: &Output,
) -> Result<response::report::Report> {
    let bar = out.bar(&Text::new("command-importing-answers"));
    let report = answers::import(&here.app, import, &|done, all| bar.at(done, all)).await;
    bar.done();
    report
}

fn event_log(here: &Here, file: &Path, journey_type: &str) -> Result<events::Import> {
    let source = Source::File(file.to_owned());
    Ok(events::Import {
        organisation: here.organisation,
        journey_type: journey_type.to_owned(),
        format: Format::of(&source)?,
        source,
        said: ColumnChoices::default(),
        site: None,
        arrival: Arrival::History,
    })
}

fn scale(text: &str, option: &str) -> Result<Scale> {
    text.parse().map_err(|error| match error {
        Error::Refused(refusal) => Refusal::in_field(refusal, option).into(),
        other => other,
    })
}

/// How the columns of a CSV are understood, with its first rows.
fn show_columns(out: &Output, preview: &Preview) -> Result<()> {
    for column in &preview.columns {
        let read_as = match (&column.read_as, column.person) {
            (Some(meaning), _) => meaning.clone(),
            (None, true) => Text::new("command-column-person").say(out.lang),
            (None, false) => Text::new("command-column-ignored").say(out.lang),
        };
        out.line(format!("  {:<28} {read_as}", column.column))?;
    }
    for row in &preview.rows {
        out.line(format!("  {}", row.join(" | ")))?;
    }
    Ok(())
}

/// What became of every row: counts first, then each refusal with its place and its reason.
fn tell(
    out: &Output,
    report: Value,
    refusals: &[Refusal],
    note: Option<&'static str>,
) -> Result<()> {
    if let Some(note) = note {
        out.say(&Text::new(note))?;
    }
    let count = |key: &str| report[key].as_u64().unwrap_or(0);
    let told =
        Text::new("command-imported").with("read", count("read")).with("kept", count("kept"));
    out.say(&told.with("repeated", count("repeated")).with("refused", count("refused")))?;
    for (key, text) in OTHERS {
        if count(key) > 0 {
            out.say(&Text::new(text).with("count", count(key)))?;
        }
    }
    let persons: BTreeMap<String, u64> =
        serde_json::from_value(report["persons_dropped"].clone()).unwrap_or_default();
    for (column, values) in persons {
        out.say(
            &Text::new("command-persons-dropped").with("column", column).with("count", values),
        )?;
    }
    for refusal in refusals {
        out.line(format!("  {}", refusal.say(out.lang)))?;
    }
    if count("refused") > refusals.len() as u64 && !refusals.is_empty() {
        out.say(&Text::new("command-more-refused").with("most", limits::REFUSALS_TOLD))?;
    }
    out.document(&json!(report))
}

/// The counts that are worth a line when they are not zero.
const OTHERS: [(&str, &str); 5] = [
    ("joined", "command-joined"),
    ("passed_over", "command-passed-over"),
    ("partial", "command-partial"),
    ("unknown_journeys", "command-unknown-journeys"),
    ("comments_held", "command-comments-held"),
];
