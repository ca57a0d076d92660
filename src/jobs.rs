//! Work to do later: a table, leased with one statement.
//!
//! A job carries identifiers only, is enqueued in the transaction of the fact that causes it, and may run twice: the
//! same kind and key is the same job, and whoever handles it makes its effect idempotent. An error says whether trying
//! again can help.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryResult, Statement, Value,
};

use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::limits;
use crate::schema::job;

/// A job that somebody has leased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its key in the table.
    pub id: i64,
    /// The tenant.
    pub organisation: OrganisationId,
    /// What is to be done.
    pub kind: String,
    /// What it is done to, as JSON.
    pub payload: String,
    /// How often it was tried, this time included.
    pub attempts: i32,
}

/// What to enqueue.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// The tenant.
    pub organisation: OrganisationId,
    /// What is to be done.
    pub kind: &'static str,
    /// What makes two jobs the same.
    pub key: String,
    /// JSON of identifiers.
    pub payload: String,
    /// When it is due.
    pub run_at: Instant,
}

/// Why a job did not do it.
#[derive(Debug)]
pub enum Failed {
    /// Trying again may help.
    Retry(Error),
    /// It will never work.
    GiveUp(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(_) => Self::GiveUp(error),
            _ => Self::Retry(error),
        }
    }
}

/// Enqueues jobs in the transaction of the fact that causes them; those that are there already change nothing.
pub async fn enqueue(tx: &DatabaseTransaction, jobs: Vec<NewJob>) -> Result<()> {
    let most = crate::db::most_values(tx.get_database_backend()) / 12;
    let mut rows = jobs.into_iter().map(row).peekable();
    while rows.peek().is_some() {
        let chunk: Vec<_> = rows.by_ref().take(most).collect();
        let same =
            OnConflict::columns([job::Column::OrganisationId, job::Column::Kind, job::Column::Key])
                .do_nothing()
                .to_owned();
        job::Entity::insert_many(chunk).on_conflict(same).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn row(new: NewJob) -> job::ActiveModel {
    job::ActiveModel {
        id: Set(crate::id::of_key(&[&new.organisation.to_string(), new.kind, &new.key])),
        organisation_id: Set(new.organisation),
        kind: Set(new.kind.to_owned()),
        key: Set(new.key),
        payload: Set(new.payload),
        run_at: Set(new.run_at),
        attempts: Set(0),
        ..Default::default()
    }
}

/// Takes the job that has been due for longest, for [`limits::JOB_LEASE`].
pub async fn lease(db: &Db, now: Instant) -> Result<Option<Job>> {
    Ok(take(db, now, None, 1).await?.pop())
}

/// Takes more jobs of a kind, so that many small ones are done together.
pub async fn lease_more(db: &Db, now: Instant, kind: &str) -> Result<Vec<Job>> {
    take(db, now, Some(kind.to_owned()), limits::JOBS_AT_ONCE).await
}

/// One statement, so that two workers never take the same: the outer condition is looked at again by whoever had to
/// wait for the row.
async fn take(db: &Db, now: Instant, kind: Option<String>, most: u64) -> Result<Vec<Job>> {
    let until = now + i64::try_from(limits::JOB_LEASE.as_secs()).unwrap_or(300);
    let of_kind = if kind.is_some() { "AND kind = $3" } else { "" };
    let sql = format!(
        "UPDATE job SET leased_until = $1, attempts = attempts + 1 \
         WHERE id IN (SELECT id FROM job WHERE done_at IS NULL AND run_at <= $2 \
                      AND (leased_until IS NULL OR leased_until <= $2) {of_kind} ORDER BY run_at, id LIMIT {most}) \
         AND done_at IS NULL AND (leased_until IS NULL OR leased_until <= $2) \
         RETURNING id, organisation_id, kind, payload, attempts"
    );
    db.write(move |tx| {
        Box::pin(async move {
            let values: Vec<Value> =
                [until.into(), now.into()].into_iter().chain(kind.map(Value::from)).collect();
            let rows = tx
                .query_all_raw(Statement::from_sql_and_values(
                    tx.get_database_backend(),
                    sql,
                    values,
                ))
                .await?;
            rows.iter().map(read).collect()
        })
    })
    .await
}

fn read(row: &QueryResult) -> Result<Job> {
    Ok(Job {
        id: row.try_get("", "id")?,
        organisation: row.try_get("", "organisation_id")?,
        kind: row.try_get("", "kind")?,
        payload: row.try_get("", "payload")?,
        attempts: row.try_get("", "attempts")?,
    })
}

/// Writes down that jobs are done.
pub async fn done(tx: &DatabaseTransaction, ids: &[i64], now: Instant) -> Result<()> {
    set(
        tx,
        ids,
        [(job::Column::DoneAt, now.into()), (job::Column::LeasedUntil, None::<i64>.into())],
    )
    .await
}

/// Writes down that a job failed: it runs again later, each time after twice as long, or never.
pub async fn failed(
    tx: &DatabaseTransaction,
    job: &Job,
    failure: &Failed,
    now: Instant,
) -> Result<()> {
    let (error, again) = match failure {
        Failed::Retry(error) if job.attempts < limits::JOB_ATTEMPTS => {
            (error, now + pause(job.attempts))
        }
        Failed::Retry(error) | Failed::GiveUp(error) => (error, Instant::MAX),
    };
    let columns = [
        (job::Column::RunAt, again.into()),
        (job::Column::LeasedUntil, None::<i64>.into()),
        (job::Column::Failure, error.to_string().into()),
    ];
    set(tx, &[job.id], columns).await
}

/// How many seconds to wait after the nth attempt: half a minute, then twice as long each time.
fn pause(attempts: i32) -> i64 {
    30_i64 << attempts.clamp(1, 12)
}

async fn set<const N: usize>(
    tx: &DatabaseTransaction,
    ids: &[i64],
    columns: [(job::Column, Value); N],
) -> Result<()> {
    let mut update = job::Entity::update_many().filter(job::Column::Id.is_in(ids.iter().copied()));
    for (column, value) in columns {
        update = update.col_expr(column, Expr::val(value));
    }
    update.exec(tx).await?;
    Ok(())
}

/// How many jobs wait, run or were given up: a test that leaves one behind has forgotten something.
pub async fn unfinished(db: &Db) -> Result<Vec<(String, Option<String>)>> {
    let rows = job::Entity::find().filter(job::Column::DoneAt.is_null()).all(db.reader()).await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.failure)).collect())
}
