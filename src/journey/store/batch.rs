//! One batch of events in one transaction: few, large statements.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rustc_hash::{FxHashMap, FxHashSet};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, Value};

use crate::blueprint::{self, Blueprint, Step};
use crate::clock::Instant;
use crate::db;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::jobs::{self, NewJob};
use crate::journey::batcher::Batch;
use crate::journey::merge::{Changed, Merger, Outcome, StoredJourney};
use crate::journey::{FINISHED, Finished};
use crate::organisation;
use crate::token::JourneyId;

/// How events arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// A file: whoever waits for journeys to end looks for the recent ones themselves.
    History,
    /// A feed: a journey that ends is a fact that others wait for.
    Live,
}

/// What every batch of an import has in common.
#[derive(Clone, Debug)]
pub struct Intake {
    pub organisation: OrganisationId,
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
    let mut merger = Merger::new(batch.events, &known, &intake.blueprint);
    let insert = journeys(intake.organisation, &kind);
    let mut rows = merger.rows(CHUNK)?;
    while !rows.is_empty() {
        // The database writes these rows while the next ones are put together.
        let (written, next) = tokio::join!(insert.run(tx, rows), async { merger.rows(CHUNK) });
        written?;
        rows = next?;
    }
    let outcome = merger.outcome();
    super::feeds::add(tx, intake.organisation, &kind, &outcome.arrived, intake.now).await?;
    if intake.arrival == Arrival::Live {
        jobs::enqueue(tx, finished(intake, &outcome.ended)?).await?;
    }
    Ok(outcome)
}

/// An address, sealed.
#[derive(Clone, Debug)]
pub struct Sealed {
    pub journey: JourneyId,
    /// Encrypted.
    pub address: Vec<u8>,
    /// `fr` or `en`.
    pub locale: Option<&'static str>,
    /// When the row goes.
    pub expires_at: Instant,
}

/// Stores addresses; a journey that has one keeps it.
pub async fn store_contacts(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    contacts: Vec<Sealed>,
) -> Result<()> {
    let insert = Insert {
        into: "contact (organisation_id, journey, address, locale, expires_at)".to_owned(),
        row: format!("({organisation}, ?, ?, ?, ?)"),
        conflict: "ON CONFLICT (organisation_id, journey) DO NOTHING",
        values: |contact: Sealed, values| {
            values.push(contact.journey.0.to_vec().into());
            values.push(contact.address.into());
            values.push(contact.locale.map(str::to_owned).into());
            values.push(contact.expires_at.into());
        },
    };
    insert.run(tx, contacts).await
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
    blueprint::store::learn_steps(tx, intake.organisation, &intake.blueprint, intake.now).await?;
    let sites: BTreeSet<&str> = batch.added.sites.iter().map(|(_, code)| &**code).collect();
    organisation::store::sites::learn(tx, intake.organisation, &sites).await
}

/// What is stored of these journeys.
async fn known(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    ids: &[JourneyId],
) -> Result<FxHashMap<JourneyId, StoredJourney>> {
    let backend = tx.get_database_backend();
    let mut known = FxHashMap::default();
    for some in pieces(ids) {
        let places = numbered(backend, &vec!["?"; some.len()].join(", "));
        let sql = format!(
            "SELECT id, site, attributes, trace FROM journey \
             WHERE organisation_id = {organisation} AND id IN ({places})"
        );
        let values = some.iter().map(|id| id.0.to_vec().into());
        for row in tx.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await? {
            let id: Vec<u8> = row.try_get_by_index(0)?;
            let id = JourneyId::from_key(&id)
                .ok_or_else(|| Error::Internal("a journey's key has no 16 bytes".into()))?;
            let (site, attributes) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            known.insert(id, StoredJourney { site, attributes, trace: row.try_get_by_index(3)? });
        }
    }
    Ok(known)
}

/// Writes changed journeys. A release that holds one already stays what it is.
pub(super) async fn write(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    journey_type: &str,
    rows: Vec<Changed>,
) -> Result<()> {
    journeys(organisation, journey_type).run(tx, rows).await
}

fn journeys(organisation: OrganisationId, journey_type: &str) -> Insert<Changed> {
    // What all rows share stands in the statement: binding it for each would cost as much as the
    // rest.
    let kind = journey_type.replace('\'', "''");
    Insert {
        into: "journey (organisation_id, journey_type, id, site, attributes, trace, started_at, \
         ended_at, finished_at)"
            .to_owned(),
        row: format!("({organisation}, '{kind}', ?, ?, ?, ?, ?, ?, ?)"),
        conflict: "ON CONFLICT (organisation_id, id) DO UPDATE SET site = excluded.site, \
            attributes = excluded.attributes, trace = excluded.trace, \
            started_at = excluded.started_at, \
            ended_at = excluded.ended_at, finished_at = excluded.finished_at",
        values: |row, values| {
            values.push(row.id.0.to_vec().into());
            values.push(row.site.as_deref().map(str::to_owned).into());
            values.push(row.attributes.into());
            values.push(row.trace.into());
            values.push(row.started_at.into());
            values.push(row.ended_at.into());
            values.push(row.finished_at.into());
        },
    }
}

/// An insert of many rows at once.
struct Insert<T> {
    into: String,
    /// One row, with `?` for each value.
    row: String,
    conflict: &'static str,
    /// Adds the values of a row.
    values: fn(T, &mut Vec<Value>),
}

impl<T> Insert<T> {
    async fn run(&self, tx: &DatabaseTransaction, rows: Vec<T>) -> Result<()> {
        let backend = tx.get_database_backend();
        let mut left = rows.len();
        let mut rows = rows.into_iter();
        while left > 0 {
            let size = piece(left);
            left -= size;
            let mut values = Vec::with_capacity(size * 7);
            rows.by_ref().take(size).for_each(|row| (self.values)(row, &mut values));
            let places = numbered(backend, &vec![self.row.as_str(); size].join(", "));
            let sql = format!("INSERT INTO {} VALUES {places} {}", self.into, self.conflict);
            tx.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        }
        Ok(())
    }
}

/// Rows of one statement at most: long enough that statements do not count.
const CHUNK: usize = 512;

/// How many rows the next statement takes: a power of two, so that ten sizes of it are prepared
/// and no more.
fn piece(left: usize) -> usize {
    CHUNK.min(1 << left.ilog2())
}

fn pieces<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let (first, rest) = (!rows.is_empty()).then(|| rows.split_at(piece(rows.len())))?;
        rows = rest;
        Some(first)
    })
}

/// The same with numbers for PostgreSQL, which knows no `?`.
fn numbered(backend: DbBackend, places: &str) -> String {
    if backend != DbBackend::Postgres {
        return places.to_owned();
    }
    let mut out = String::with_capacity(places.len() * 5);
    let mut quoted = false;
    let mut number = 0;
    for c in places.chars() {
        quoted ^= c == '\'';
        if c == '?' && !quoted {
            number += 1;
            // Writing to a String cannot fail.
            let _ = write!(out, "${number}");
        } else {
            out.push(c);
        }
    }
    out
}

/// A job for each journey that got to its end. The same journey is the same job.
fn finished(intake: &Intake, ended: &[JourneyId]) -> Result<Vec<NewJob>> {
    let job = |id: &JourneyId| {
        let fact = Finished { journey_type: intake.blueprint.journey_type.clone(), journey: *id };
        let payload = serde_json::to_string(&fact)
            .map_err(|failure| Error::Internal(format!("a job cannot be written: {failure}")))?;
        let key = id.0.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(NewJob {
            organisation: intake.organisation,
            kind: FINISHED,
            key,
            payload,
            run_at: intake.now,
        })
    };
    ended.iter().map(job).collect()
}

#[cfg(test)]
mod tests {
    use crate::journey::store::batch::*;

    #[test]
    fn rows_go_out_in_few_sizes() {
        let sizes: Vec<usize> = pieces(&vec![0; 2 * CHUNK + 7]).map(<[i32]>::len).collect();
        assert_eq!(sizes, [CHUNK, CHUNK, 4, 2, 1]);
    }

    #[test]
    fn a_question_in_a_name_is_no_place_for_a_value() {
        assert_eq!(
            numbered(DbBackend::Postgres, "(1, 'why? it''s', ?, ?)"),
            "(1, 'why? it''s', $1, $2)"
        );
        assert_eq!(numbered(DbBackend::Sqlite, "(?, ?)"), "(?, ?)");
    }
}
