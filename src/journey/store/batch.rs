//! One batch of events in one transaction: few, large statements.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, Value};

use super::super::merge::{self, Changed, Known, Outcome};
use super::super::outlet::Batch;
use super::super::{Blueprint, FINISHED, Finished, Step};
use super::{learn_sites, learn_steps};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::jobs::{self, NewJob};
use crate::token::JourneyId;
use crate::{db, limits};

/// How events arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// A file of what is past: nobody is to be invited for it.
    History,
    /// A feed: a journey that ends is a fact that others wait for.
    Live,
}

/// What every batch of an import has in common.
#[derive(Clone, Debug)]
pub struct Intake {
    /// The tenant.
    pub organisation: i64,
    /// The blueprint as it was when the import began.
    pub blueprint: Blueprint,
    /// How the events arrive.
    pub arrival: Arrival,
    /// Now.
    pub now: Instant,
}

/// Stores a batch: new steps and sites, changed journeys, and the fact that a journey ended.
pub async fn store(tx: &DatabaseTransaction, intake: &mut Intake, batch: Batch) -> Result<Outcome> {
    let kind = intake.blueprint.journey_type.clone();
    db::lock(tx, &format!("events {} {kind}", intake.organisation)).await?;
    learn(tx, intake, &batch).await?;
    let ids: FxHashSet<JourneyId> = batch.events.iter().map(|event| event.journey).collect();
    let known = known(tx, intake.organisation, &ids.into_iter().collect::<Vec<_>>()).await?;
    let outcome = merge::merge(batch.events, &known, &intake.blueprint)?;
    write(tx, intake.organisation, &kind, &outcome.changed).await?;
    if intake.arrival == Arrival::Live {
        jobs::enqueue(tx, finished(intake, &outcome.changed)?).await?;
    }
    Ok(outcome)
}

/// An address, sealed.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// The journey.
    pub journey: JourneyId,
    /// Encrypted.
    pub address: Vec<u8>,
    /// `fr` or `en`.
    pub locale: Option<&'static str>,
    /// When the row goes.
    pub expires_at: Instant,
}

/// Stores addresses; a journey that has one keeps it.
pub async fn store_contacts(tx: &DatabaseTransaction, organisation: i64, contacts: Vec<Sealed>) -> Result<()> {
    let insert = Insert {
        into: "contact (organisation_id, journey, address, locale, expires_at)",
        columns: 5,
        conflict: "ON CONFLICT (organisation_id, journey) DO NOTHING",
    };
    let row = |contact: &Sealed| -> Vec<Value> {
        vec![
            organisation.into(),
            contact.journey.0.to_vec().into(),
            contact.address.clone().into(),
            contact.locale.map(str::to_owned).into(),
            contact.expires_at.into(),
        ]
    };
    insert.run(tx, &contacts, row).await
}

async fn learn(tx: &DatabaseTransaction, intake: &mut Intake, batch: &Batch) -> Result<()> {
    if batch.added.is_empty() && !intake.blueprint.steps.is_empty() {
        return Ok(());
    }
    for (name, code) in &batch.added.steps {
        let mut step = Step::seen(code);
        if **code != **name {
            step.activities.push(name.clone());
        }
        intake.blueprint.steps.push(step);
    }
    learn_steps(tx, intake.organisation, &intake.blueprint, intake.now).await?;
    let sites: BTreeSet<&str> = batch.added.sites.iter().map(|(_, code)| &**code).collect();
    learn_sites(tx, intake.organisation, &sites).await
}

/// What is stored of these journeys.
async fn known(tx: &DatabaseTransaction, organisation: i64, ids: &[JourneyId]) -> Result<FxHashMap<JourneyId, Known>> {
    let backend = tx.get_database_backend();
    let mut known = FxHashMap::default();
    for some in ids.chunks(CHUNK) {
        let places = placeholders(backend, 1, some.len(), 1);
        let one = if backend == DbBackend::Postgres { "$1" } else { "?" };
        let sql =
            format!("SELECT id, site, attributes, trace FROM journey WHERE organisation_id = {one} AND id IN {places}");
        let values = std::iter::once(organisation.into()).chain(some.iter().map(|id| id.0.to_vec().into()));
        for row in tx.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await? {
            let id: Vec<u8> = row.try_get_by_index(0)?;
            let id =
                JourneyId::from_key(&id).ok_or_else(|| Error::Internal("a journey's key has no 16 bytes".into()))?;
            let (site, attributes) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            known.insert(id, Known { site, attributes, trace: row.try_get_by_index(3)? });
        }
    }
    Ok(known)
}

/// Rows of one statement: long enough that statements do not count, short enough that few sizes of
/// them are prepared.
const CHUNK: usize = 1_000;

/// Writes changed journeys. A release that holds one already stays what it is.
pub(super) async fn write(
    tx: &DatabaseTransaction,
    organisation: i64,
    journey_type: &str,
    rows: &[Changed],
) -> Result<()> {
    let insert = Insert {
        into: "journey (organisation_id, id, journey_type, site, attributes, trace, started_at, ended_at, finished_at)",
        columns: 9,
        conflict: "ON CONFLICT (organisation_id, id) DO UPDATE SET site = excluded.site, \
            attributes = excluded.attributes, trace = excluded.trace, started_at = excluded.started_at, \
            ended_at = excluded.ended_at, finished_at = excluded.finished_at",
    };
    let row = |row: &Changed| -> Vec<Value> {
        vec![
            organisation.into(),
            row.id.0.to_vec().into(),
            journey_type.into(),
            row.site.as_deref().map(str::to_owned).into(),
            row.attributes.clone().into(),
            row.trace.as_str().into(),
            row.started_at.into(),
            row.ended_at.into(),
            row.finished_at.into(),
        ]
    };
    insert.run(tx, rows, row).await
}

/// An insert of many rows at once.
struct Insert {
    into: &'static str,
    columns: usize,
    conflict: &'static str,
}

impl Insert {
    async fn run<T>(&self, tx: &DatabaseTransaction, rows: &[T], row: impl Fn(&T) -> Vec<Value>) -> Result<()> {
        let backend = tx.get_database_backend();
        for some in rows.chunks(CHUNK) {
            let places = placeholders(backend, some.len(), self.columns, 0);
            let sql = format!("INSERT INTO {} VALUES {places} {}", self.into, self.conflict);
            let mut values = Vec::with_capacity(some.len() * self.columns);
            some.iter().for_each(|one| values.extend(row(one)));
            tx.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        }
        Ok(())
    }
}

/// `(?, ?), (?, ?)`; numbered, after those that come before, on PostgreSQL.
fn placeholders(backend: DbBackend, rows: usize, columns: usize, before: usize) -> String {
    let mut out = String::with_capacity(rows * columns * 7);
    let mut number = before;
    for row in 0..rows {
        out.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            number += 1;
            out.push_str(if column == 0 { "" } else { ", " });
            match backend {
                DbBackend::Postgres => out.push_str(&format!("${number}")),
                _ => out.push('?'),
            }
        }
        out.push(')');
    }
    out
}

/// A job for each journey that got to its end. The same journey is the same job.
fn finished(intake: &Intake, changed: &[Changed]) -> Result<Vec<NewJob>> {
    let ended = changed.iter().filter(|row| row.reached_end);
    ended
        .map(|row| {
            let fact = Finished { journey_type: intake.blueprint.journey_type.clone(), journey: row.id };
            let payload = serde_json::to_string(&fact)
                .map_err(|failure| Error::Internal(format!("a job cannot be written: {failure}")))?;
            let key = row.id.0.iter().map(|byte| format!("{byte:02x}")).collect();
            Ok(NewJob { organisation: intake.organisation, kind: FINISHED, key, payload, run_at: intake.now })
        })
        .collect()
}

const _: () = assert!(CHUNK * 9 < 32_000 && limits::BATCH >= CHUNK);
