//! Imports events: a reader beside the database, and one transaction for each batch it hands over.
//!
//! An import never fails half-way for what is in a file: the file as a whole is looked at first,
//! and after that each bad row is refused by itself. Importing again changes nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rand::RngExt;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::batcher::{Batch, Outlet};
use super::interpret::Interpreter;
use super::mapping::ColumnChoices;
use super::merge::Outcome;
use super::ocel::{self, Notation};
use super::read_csv::Preview;
use super::report::Report;
use super::source::Source;
use super::store::batch::{self, Arrival, Intake, Sealed};
use super::{read_csv, read_ndjson, read_xes, store};
use crate::app::App;
use crate::blueprint::{self, Blueprint};
use crate::error::{Error, Refusal, Result};
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::limits;
use crate::organisation;
use crate::progress::Progress;

/// Events to import, and what the one who imports them says of them.
#[derive(Clone, Debug)]
pub struct Import {
    pub organisation: OrganisationId,
    /// Of which type; it is made when there is none.
    pub journey_type: String,
    pub source: Source,
    pub format: Format,
    /// What an administrator said about the columns of a CSV, or about an OCEL log.
    pub said: ColumnChoices,
    /// Where rows happened that do not say.
    pub site: Option<String>,
    pub arrival: Arrival,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xes,
    /// One JSON object a line.
    Lines,
    /// One JSON array of objects.
    Array,
    /// Objects of several types, and the events that they take part in.
    Ocel(Notation),
}

impl Format {
    /// The format that the beginning of a file says.
    pub fn of(source: &Source) -> Result<Self> {
        if source.begins_with(SQLITE)? {
            return Err(source.named(Refusal::new(Text::new("journey-ocel-sqlite"))).into());
        }
        let first = source.first()?;
        if let Some(notation) = Notation::of(source, first)? {
            return Ok(Self::Ocel(notation));
        }
        Ok(match first {
            Some(b'<') => Self::Xes,
            Some(b'{') => Self::Lines,
            Some(b'[') => Self::Array,
            _ => Self::Csv,
        })
    }
}

/// How a SQLite database begins: the third way to write OCEL.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// Imports; the report says what became of every row.
pub async fn import(app: &App, import: &Import, progress: Progress<'_>) -> Result<Report> {
    let (mut intake, interpreter) = prepare(app, import).await?;
    let done = Arc::new(AtomicU64::new(0));
    let size = check(import).await?;
    let (give, mut batches) = mpsc::channel::<Batch>(1);
    let reader = {
        let (import, done, clock) = (import.clone(), done.clone(), app.clock.clone());
        spawn_blocking(move || {
            let mut pass = |batch| give.blocking_send(batch).map_err(|_| stopped());
            read(&import, Outlet::new(interpreter, clock, &mut pass), done)
        })
    };
    let (mut stored, mut learned) = (Report::default(), false);
    while let Some(batch) = batches.recv().await {
        learned |= !batch.added.steps.is_empty();
        intake = keep(app, intake, batch, &mut stored).await?;
        progress(done.load(Ordering::Relaxed), Some(size));
    }
    let mut report = joined(reader).await?;
    report.add(stored, import.source.name());
    if learned {
        order(app, import.organisation, &intake.blueprint).await?;
    }
    // A feed sends all day; only what it got wrong is worth writing down.
    if import.arrival == Arrival::History || report.refused > 0 {
        note(app, import, &report).await?;
    }
    Ok(report)
}

/// What an import would do, without doing it: the columns and first rows of a CSV, and the
/// refusals.
pub async fn dry_run(app: &App, import: &Import) -> Result<(Option<Preview>, Report)> {
    let (_, interpreter) = prepare(app, import).await?;
    check(import).await?;
    let (import, clock) = (import.clone(), app.clock.clone());
    let read = spawn_blocking(move || {
        let preview = match import.format {
            Format::Csv => {
                Some(read_csv::preview(&import.source, &import.said, interpreter.attributes())?)
            }
            _ => None,
        };
        let mut drop = |_| Ok(());
        Ok((preview, read(&import, Outlet::new(interpreter, clock, &mut drop), Arc::default())?))
    });
    joined(read).await
}

/// The blueprint and sites as they are now, and a reader's view of them.
async fn prepare(app: &App, import: &Import) -> Result<(Intake, Interpreter)> {
    let (organisation, code) = (import.organisation, &import.journey_type);
    let bad = code.is_empty()
        || code.len() > limits::NAME
        || code.contains(|c: char| c == ':' || c.is_control());
    if bad {
        let shown: String = code.chars().filter(|c| !c.is_control()).take(40).collect();
        return Err(Text::new("journey-bad-code").with("code", shown).into());
    }
    let conn = app.db.reader();
    let blueprint = blueprint::store::blueprint(conn, organisation, code)
        .await?
        .unwrap_or_else(|| Blueprint::unknown(code));
    let sites = organisation::store::sites::codes(conn, organisation).await?;
    let zone = organisation::store::zone(conn, organisation).await?;
    let interpreter = Interpreter::new(&blueprint, &sites, zone, app.secret.clone())
        .at_site(import.site.as_deref())?;
    Ok((
        Intake { organisation, blueprint, arrival: import.arrival, now: app.clock.now() },
        interpreter,
    ))
}

/// The first reading: what is wrong with the file as a whole is found before anything is stored.
async fn check(import: &Import) -> Result<u64> {
    if import.said.object_type.is_some() && !matches!(import.format, Format::Ocel(_)) {
        return Err(import.source.named(Refusal::new(Text::new("journey-ocel-needed"))).into());
    }
    let source = import.source.clone();
    joined(spawn_blocking(move || source.check())).await
}

fn read(import: &Import, mut outlet: Outlet<'_>, done: Arc<AtomicU64>) -> Result<Report> {
    match import.format {
        Format::Csv => read_csv::read(&import.source, &import.said, &mut outlet, done)?,
        Format::Xes => read_xes::read(&import.source, &mut outlet, done)?,
        Format::Lines => read_ndjson::read_lines(&import.source, &mut outlet, done)?,
        Format::Array => read_ndjson::read_array(&import.source, &mut outlet)?,
        Format::Ocel(notation) => {
            ocel::read(&import.source, notation, &import.said, &mut outlet, done)?
        }
    }
    outlet.finish()
}

/// Stores one batch whole or not at all.
async fn keep(app: &App, mut intake: Intake, batch: Batch, report: &mut Report) -> Result<Intake> {
    let inside = app.clone();
    let (intake, outcome) = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let mut outcome = batch::store(tx, &mut intake, batch).await?;
                let contacts = sealed(&inside, &intake, &mut outcome)?;
                batch::store_contacts(tx, intake.organisation, contacts).await?;
                Ok((intake, outcome))
            })
        })
        .await?;
    report.kept += outcome.kept;
    report.repeated += outcome.repeated;
    report.journeys += outcome.new_journeys;
    report.changed += outcome.changed_journeys;
    outcome.refusals.into_iter().for_each(|refusal| report.refuse(refusal));
    Ok(intake)
}

/// Addresses, sealed. Those of journeys that have been over for too long are not kept at all.
fn sealed(app: &App, intake: &Intake, outcome: &mut Outcome) -> Result<Vec<Sealed>> {
    let mut contacts = Vec::new();
    for (journey, contact, finished_at) in std::mem::take(&mut outcome.contacts) {
        let expires_at = finished_at + limits::CONTACT_DAYS * 86_400;
        if expires_at > intake.now {
            let address = app.random(|random| app.secret.encrypt(contact.expose(), random))?;
            let locale = contact.locale.map(crate::i18n::Lang::tag);
            contacts.push(Sealed { journey, address, locale, expires_at });
        }
    }
    Ok(contacts)
}

/// Steps that a log brought take the order in which journeys go through them.
async fn order(app: &App, organisation: OrganisationId, blueprint: &Blueprint) -> Result<()> {
    let kind = blueprint.journey_type.clone();
    let order =
        store::discover(app.db.reader(), organisation, blueprint.clone()).await?.usual_order();
    app.db
        .write(move |tx| {
            Box::pin(
                async move { blueprint::store::reorder(tx, organisation, &kind, &order).await },
            )
        })
        .await
}

async fn note(app: &App, import: &Import, report: &Report) -> Result<()> {
    let id = app.random(|random| random.random_range(0..=i64::MAX));
    let (organisation, kind, now) =
        (import.organisation, import.journey_type.clone(), app.clock.now());
    let told = report.stored().to_string();
    app.db
        .write(move |tx| {
            Box::pin(
                async move { store::note(tx, organisation, &kind, "events", id, now, told).await },
            )
        })
        .await
}

async fn joined<T>(work: tokio::task::JoinHandle<Result<T>>) -> Result<T> {
    work.await.map_err(|failure| Error::Internal(format!("reading failed: {failure}")))?
}

/// The one who stores has given up and tells why itself.
fn stopped() -> Error {
    Error::Internal("storing has stopped".to_owned())
}

impl Report {
    /// Adds what storing said to what reading said.
    fn add(&mut self, stored: Self, file: Option<String>) {
        self.kept += stored.kept;
        self.repeated += stored.repeated;
        self.journeys += stored.journeys;
        self.changed += stored.changed;
        // What storing refused beyond those told one by one is counted all the same.
        let untold = stored.refused - stored.refusals.len() as u64;
        self.refused += untold;
        if let (Some(first), true) = (stored.refusals.first(), untold > 0) {
            *self.reasons.entry(first.text.key()).or_default() += untold;
        }
        stored
            .refusals
            .into_iter()
            .map(|mut refusal: Refusal| {
                refusal.place.file.clone_from(&file);
                refusal
            })
            .for_each(|refusal| self.refuse(refusal));
        self.refusals.iter_mut().for_each(|refusal| {
            if refusal.place.file.is_none() {
                refusal.place.file.clone_from(&file);
            }
        });
    }
}
