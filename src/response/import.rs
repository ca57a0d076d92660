//! Imports the answers of another survey tool: reads beside the database, stores batch by batch.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rand::RngExt;
use rustc_hash::FxHashMap;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};

use super::columns::Columns;
use super::feed::{self, Batch, Looked};
use super::judge::{Judge, Judged, Met};
use super::read::Reading;
use super::report::Report;
use super::sites::Sites;
use super::store;
use crate::app::App;
use crate::calendar::Zone;
use crate::clock::Instant;
use crate::db;
use crate::error::{Error, Refusal, Result};
use crate::i18n::{Lang, Text};
use crate::id::OrganisationId;
use crate::journey::source::Source;
use crate::journey::{self, Blueprint, Step};
use crate::progress::Progress;
use crate::survey::{self, Scale};

/// A file of answers and what the one who imports it says of it.
#[derive(Clone, Debug)]
pub struct Import {
    /// Whose customers answered.
    pub organisation: OrganisationId,
    /// Where times without an offset are meant.
    pub zone: Zone,
    /// About what. It is made of the file's columns when nothing is known of it.
    pub journey_type: String,
    /// The file.
    pub source: Source,
    /// The outcome's scale.
    pub outcome: Scale,
    /// The items' scale.
    pub item: Scale,
    /// Where rows happened that do not say.
    pub site: Option<String>,
    /// Only say what would happen.
    pub dry_run: bool,
}

/// Imports a file: all of it is looked at before anything is stored, then each batch is stored whole or
/// not at all, and what is stored already stays as it is.
pub async fn import(app: &App, import: &Import, progress: Progress<'_>) -> Result<Report> {
    let source = import.source.clone();
    let looked = joined(spawn_blocking(move || feed::look(&source))).await?;
    let work = Work::plan(app, import, &looked).await?;
    let reading = work.reading(app, import)?;
    let (give, mut batches) = mpsc::channel(1);
    let done = Arc::new(AtomicU64::new(0));
    let (source, counting) = (import.source.clone(), done.clone());
    let reader = spawn_blocking(move || feed::read(&source, reading, counting, &give));
    let work = Arc::new(work);
    let mut report = Report::default();
    let mut met = Met::default();
    while let Some(batch) = batches.recv().await {
        match import.dry_run {
            true => work.try_out(app, batch, &mut met, &mut report).await?,
            false => work
                .store(app, batch, &mut report)
                .await
                .map_err(|failure| broke_off(failure, report.kept))?,
        }
        progress(done.load(Ordering::Relaxed), Some(looked.size));
    }
    joined(reader).await?;
    progress(looked.size, Some(looked.size));
    if !import.dry_run {
        work.note(app, &report).await?;
    }
    Ok(report)
}

/// What holds for all batches of an import.
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
    async fn plan(app: &App, import: &Import, looked: &Looked) -> Result<Self> {
        let known =
            journey::store::blueprint(app.db.reader(), import.organisation, &import.journey_type)
                .await?;
        let mut blueprint = known.unwrap_or_else(|| Blueprint::unknown(&import.journey_type));
        let columns = Columns::of(&looked.header, &blueprint)
            .map_err(|refusal| import.source.named(refusal))?;
        let brings_steps = blueprint.steps.is_empty();
        if brings_steps {
            blueprint.steps = columns.steps.iter().map(|code| Step::seen(code)).collect();
        }
        let sites = journey::store::sites(app.db.reader(), import.organisation).await?;
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

    fn reading(&self, app: &App, import: &Import) -> Result<Reading> {
        let mut sites = Sites::new(self.sites.iter(), self.judge.blueprint.is_open());
        let named = sites.named(import.site.as_deref().unwrap_or_default().trim());
        sites.default = named.map_err(|text| Error::from(Refusal::new(text).in_field("--site")))?;
        Ok(Reading {
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
                let judged = work.judge.judge(&batch.rows, &found, &mut Met::default())?;
                let mut stored = Report::default();
                if !judged.kept.is_empty() {
                    let key = (work.organisation, work.journey_type.as_str());
                    if work.brings_steps {
                        journey::store::learn_steps(
                            tx,
                            work.organisation,
                            &work.judge.blueprint,
                            work.now,
                        )
                        .await?;
                    }
                    journey::store::learn_sites(tx, work.organisation, &work.new_sites(&judged))
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

    /// The sites that the file has added to those known.
    fn new_sites<'a>(&self, judged: &Judged<'a>) -> BTreeSet<&'a str> {
        let named = judged.kept.iter().filter_map(|kept| kept.site);
        named.filter(|site| !self.sites.contains(*site)).collect()
    }

    /// The same judgement without storing. What the file says twice is remembered, because nothing else will.
    async fn try_out(
        &self,
        app: &App,
        batch: Batch,
        met: &mut Met,
        report: &mut Report,
    ) -> Result<()> {
        let found = store::find(app.db.reader(), self.organisation, &batch.rows).await?;
        let mut stored = Report::default();
        self.count(&mut stored, self.judge.judge(&batch.rows, &found, met)?);
        self.add(report, stored, batch);
        Ok(())
    }

    fn count(&self, stored: &mut Report, judged: Judged<'_>) {
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
        let named = |mut refusal: Refusal| {
            refusal.place.file = self.file.clone();
            refusal
        };
        let mut refusals: Vec<Refusal> =
            batch.refusals.into_iter().chain(stored.refusals).map(named).collect();
        refusals.sort_by_key(|refusal| refusal.place.line);
        refusals.into_iter().for_each(|refusal| report.refuse(refusal));
        if self.brings_steps && report.kept > 0 && report.created.is_empty() {
            report.created = self.columns.steps.clone();
        }
    }

    async fn note(&self, app: &App, report: &Report) -> Result<()> {
        let (organisation, journey_type, now) =
            (self.organisation, self.journey_type.clone(), self.now);
        let id = app.random(|random| random.random_range(0..=i64::MAX));
        let told = report.to_json(Lang::En).to_string();
        let noted = app.db.write(move |tx| {
            Box::pin(async move {
                journey::store::note(tx, (organisation, &journey_type), "answers", id, now, told)
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
