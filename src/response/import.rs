//! Imports the answers of another survey tool: reads beside the database, stores batch by batch.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rand::RngExt;
use rustc_hash::FxHashMap;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};

use super::columns::Columns;
use super::feed::{self, Batch, FileOverview};
use super::judge::{Judge, Judgement, ResponseFingerprints};
use super::report::Report;
use super::row_reader::RowReader;
use super::sites::Sites;
use super::store;
use crate::app::App;
use crate::blueprint::{self, Blueprint, Step};
use crate::calendar::Zone;
use crate::clock::Instant;
use crate::db;
use crate::error::{Error, Refusal, Result};
use crate::i18n::{Lang, Text};
use crate::id::OrganisationId;
use crate::journal::{self, Author, Entry, Reason};
use crate::journey;
use crate::journey::source::Source;
use crate::organisation;
use crate::progress::Progress;
use crate::survey::{self, Scale};

#[derive(Clone, Debug)]
pub struct Import {
    pub organisation: OrganisationId,
    /// For times without an offset.
    pub zone: Zone,
    /// Made of the file's columns when nothing is known of it.
    pub journey_type: String,
    pub source: Source,
    pub outcome: Scale,
    pub item: Scale,
    /// For rows that do not say where.
    pub site: Option<String>,
    pub dry_run: bool,
}

/// Imports a file: all of it is read before anything is stored, then each batch is stored whole or
/// not at all, and what is stored already stays as it is.
pub async fn import(app: &App, import: &Import, progress: Progress<'_>) -> Result<Report> {
    let source = import.source.clone();
    let overview = joined(spawn_blocking(move || feed::look(&source))).await?;
    let work = Work::plan(app, import, &overview).await?;
    let rows = work.row_reader(app, import)?;
    let (give, mut batches) = mpsc::channel(1);
    let done = Arc::new(AtomicU64::new(0));
    let (source, counting) = (import.source.clone(), done.clone());
    let reader = spawn_blocking(move || feed::read(&source, rows, counting, &give));
    let work = Arc::new(work);
    let mut report = Report::default();
    let mut met = ResponseFingerprints::default();
    while let Some(batch) = batches.recv().await {
        if import.dry_run {
            work.try_out(app, batch, &mut met, &mut report).await?;
        } else {
            let stored = work.store(app, batch, &mut report).await;
            stored.map_err(|failure| broke_off(failure, report.kept))?;
        }
        progress(done.load(Ordering::Relaxed), Some(overview.size));
    }
    joined(reader).await?;
    progress(overview.size, Some(overview.size));
    if !import.dry_run {
        work.note(app, &report).await?;
    }
    Ok(report)
}

#[derive(Debug)]
struct Work {
    organisation: OrganisationId,
    journey_type: String,
    columns: Columns,
    judge: Judge,
    scales: (Scale, Scale),
    /// Those known when the import began.
    sites: BTreeSet<String>,
    /// The file brings the journey type, or at least its steps.
    brings_steps: bool,
    now: Instant,
    file: Option<String>,
}

impl Work {
    async fn plan(app: &App, import: &Import, overview: &FileOverview) -> Result<Self> {
        let known =
            blueprint::store::blueprint(app.db.reader(), import.organisation, &import.journey_type)
                .await?;
        let mut blueprint = known.unwrap_or_else(|| Blueprint::unknown(&import.journey_type));
        let columns = Columns::of(&overview.header, &blueprint)
            .map_err(|refusal| import.source.named(refusal))?;
        let brings_steps = blueprint.steps.is_empty();
        if brings_steps {
            blueprint.steps = columns.steps.iter().map(|code| Step::seen(code)).collect();
        }
        let sites = organisation::store::sites::codes(app.db.reader(), import.organisation).await?;
        Ok(Self {
            sites: sites.into_iter().collect(),
            organisation: import.organisation,
            journey_type: import.journey_type.clone(),
            judge: Judge { blueprint, items: columns.items.clone() },
            columns,
            scales: (import.outcome, import.item),
            brings_steps,
            now: app.clock.now(),
            file: import.source.name(),
        })
    }

    fn row_reader(&self, app: &App, import: &Import) -> Result<RowReader> {
        let mut sites = Sites::new(self.sites.iter(), self.judge.blueprint.is_open());
        let named = sites.named(import.site.as_deref().unwrap_or_default().trim());
        sites.default = named.map_err(|text| Error::from(Refusal::new(text).in_field("--site")))?;
        Ok(RowReader {
            columns: self.columns.clone(),
            scales: self.scales,
            journey_type: self.journey_type.clone(),
            zone: import.zone.clone(),
            latest: self.now + CLOCKS_APART,
            secret: app.secret.clone(),
            sites,
            alike: FxHashMap::default(),
        })
    }

    async fn store(self: &Arc<Self>, app: &App, batch: Batch, report: &mut Report) -> Result<()> {
        let work = self.clone();
        let stored = app.db.write(move |tx| {
            Box::pin(async move {
                // The same lock as for events: both bring journeys.
                db::lock(tx, &format!("events {} {}", work.organisation, work.journey_type))
                    .await?;
                let found = store::find(tx, work.organisation, &batch.rows).await?;
                let judged =
                    work.judge.judge(&batch.rows, &found, &mut ResponseFingerprints::default())?;
                let mut stored = Report::default();
                if !judged.kept.is_empty() {
                    let key = (work.organisation, work.journey_type.as_str());
                    if work.brings_steps {
                        blueprint::store::learn_steps(
                            tx,
                            work.organisation,
                            &work.judge.blueprint,
                            work.now,
                        )
                        .await?;
                    }
                    organisation::store::sites::learn(
                        tx,
                        work.organisation,
                        &work.new_sites(&judged),
                    )
                    .await?;
                    let asked =
                        survey::store::imported(tx, key.0, key.1, work.scales, work.now).await?;
                    store::keep(tx, key, asked.version, &judged.kept).await?;
                    stored.version = asked.version;
                }
                work.count(&mut stored, judged);
                Ok((stored, batch))
            })
        });
        let (stored, batch) = stored.await?;
        self.add(report, stored, batch);
        Ok(())
    }

    fn new_sites<'a>(&self, judged: &Judgement<'a>) -> BTreeSet<&'a str> {
        let named = judged.kept.iter().filter_map(|kept| kept.site);
        named.filter(|site| !self.sites.contains(*site)).collect()
    }

    /// The same judgement without storing. What the file says twice is remembered, because nothing
    /// else will.
    async fn try_out(
        &self,
        app: &App,
        batch: Batch,
        met: &mut ResponseFingerprints,
        report: &mut Report,
    ) -> Result<()> {
        let found = store::find(app.db.reader(), self.organisation, &batch.rows).await?;
        let mut stored = Report::default();
        self.count(&mut stored, self.judge.judge(&batch.rows, &found, met)?);
        self.add(report, stored, batch);
        Ok(())
    }

    fn count(&self, stored: &mut Report, judged: Judgement<'_>) {
        let rows = || judged.kept.iter().map(|kept| kept.answered);
        stored.kept = judged.kept.len() as u64;
        stored.partial = rows().filter(|row| row.outcome.is_none()).count() as u64;
        stored.comments_held = rows().filter(|row| row.comment.is_some()).count() as u64;
        stored.repeated = judged.repeated;
        stored.unknown_journeys = judged.unknown_journeys;
        stored.lateness_known = judged.lateness_known;
        stored.refusals = judged.refusals;
    }

    fn add(&self, report: &mut Report, stored: Report, batch: Batch) {
        report.read += batch.read;
        report.kept += stored.kept;
        report.repeated += stored.repeated;
        report.partial += stored.partial;
        report.comments_held += stored.comments_held;
        report.unknown_journeys += stored.unknown_journeys;
        report.lateness_known += stored.lateness_known;
        report.version = report.version.max(stored.version);
        for (column, values) in batch.persons {
            *report.persons.entry(column).or_default() += values;
        }
        let mut refusals: Vec<Refusal> =
            batch.refusals.into_iter().chain(stored.refusals).collect();
        refusals.iter_mut().for_each(|refusal| refusal.place.file = self.file.clone());
        refusals.sort_by_key(|refusal| refusal.place.line);
        refusals.into_iter().for_each(|refusal| report.refuse(refusal));
        if self.brings_steps && report.kept > 0 && report.created.is_empty() {
            report.created = self.columns.steps.clone();
        }
    }

    /// What the settings journal says of it: who reads it can ask where the answers came from.
    fn entry(&self, report: &Report) -> Result<Option<Entry>> {
        if report.kept == 0 {
            return Ok(None);
        }
        let reason = Text::new("response-import-reason").say(Lang::En);
        Ok(Some(Entry {
            at: self.now,
            author: Author::command_line(),
            subject: format!("import:{}", self.journey_type),
            before: None,
            after: Some(serde_json::json!({ "answers": report.kept })),
            reason: Reason::parse(&reason)?,
            effective_at: self.now,
        }))
    }

    async fn note(&self, app: &App, report: &Report) -> Result<()> {
        let (organisation, journey_type, now) =
            (self.organisation, self.journey_type.clone(), self.now);
        let id = app.random(|random| random.random_range(0..=i64::MAX));
        let note = report.to_json(Lang::En).to_string();
        let entry = self.entry(report)?;
        let noted = app.db.write(move |tx| {
            Box::pin(async move {
                if let Some(entry) = entry {
                    journal::store::append(tx, organisation, entry).await?;
                }
                journey::store::note(tx, organisation, &journey_type, "answers", id, now, note)
                    .await
            })
        });
        noted.await
    }
}

/// How far another system's clock may be ahead of ours.
const CLOCKS_APART: i64 = 24 * 3_600;

/// What is stored stays when a later batch fails, so the one who imports must know how to go on.
fn broke_off(failure: Error, kept: u64) -> Error {
    if kept == 0 {
        return failure;
    }
    tracing::error!(%failure, kept, "an import of answers broke off");
    Text::new("response-broke-off").with("kept", i64::try_from(kept).unwrap_or(i64::MAX)).into()
}

async fn joined<T>(work: JoinHandle<Result<T>>) -> Result<T> {
    work.await.map_err(|failure| {
        Error::Internal(format!("reading a file of answers failed: {failure}"))
    })?
}
