//! What waits for its release: counted by site, read row by row, marked as a set.
//!
//! Every statement names the same rows by the same predicate, inside one transaction that sees one
//! state of the database; so what is marked is what was counted and read.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::TryStreamExt;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, QueryResult, Statement, StreamTrait, Value};

use crate::clock::Instant;
use crate::error::Result;

/// Whose rows: an organisation's, of a journey type, before the end of a week.
#[derive(Clone, Copy, Debug)]
pub struct Due<'a> {
    /// The tenant.
    pub organisation: i64,
    /// The journey type.
    pub journey_type: &'a str,
    /// The instant at which the week ends.
    pub end: Instant,
}

/// The two tables that wait, with the column that puts a row into a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Responses, by the instant of the answer.
    Response,
    /// Journeys, by the instant at which they were over.
    Journey,
}

impl Table {
    fn name(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Journey => "journey",
        }
    }

    fn instant(self) -> &'static str {
        match self {
            Self::Response => "answered_at",
            Self::Journey => "finished_at",
        }
    }
}

/// Makes all statements of a transaction see one state of the database. SQLite does anyway. Whoever
/// changes the same rows meanwhile makes this transaction fail, and it is tried again.
pub async fn one_state(tx: &DatabaseTransaction) -> Result<()> {
    if ConnectionTrait::get_database_backend(tx) == DbBackend::Postgres {
        tx.execute_unprepared("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").await?;
    }
    Ok(())
}

/// The earliest instant at which anything waits.
pub async fn earliest(
    connection: &impl ConnectionTrait,
    organisation: i64,
    journey_type: &str,
) -> Result<Option<Instant>> {
    let mut earliest: Option<Instant> = None;
    for table in [Table::Response, Table::Journey] {
        let sql = format!(
            "SELECT MIN({}) FROM {} WHERE organisation_id = $1 AND journey_type = $2 AND atom IS NULL",
            table.instant(),
            table.name()
        );
        let values = [organisation.into(), journey_type.into()];
        let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
        if let Some(row) = connection.query_one_raw(statement).await? {
            let found: Option<Instant> = row.try_get_by_index(0)?;
            earliest = [earliest, found].into_iter().flatten().min();
        }
    }
    Ok(earliest)
}

/// How many answers wait for a release, closed weeks or not.
pub async fn all(connection: &impl ConnectionTrait, organisation: i64, journey_type: &str) -> Result<u64> {
    let due = Due { organisation, journey_type, end: Instant::MAX };
    Ok(counts(connection, due, Table::Response).await?.values().map(|count| u64::from(*count)).sum())
}

/// How many rows wait at each site. The index alone answers it.
pub async fn counts(
    connection: &impl ConnectionTrait,
    due: Due<'_>,
    table: Table,
) -> Result<BTreeMap<Option<String>, u32>> {
    let sql = format!(
        "SELECT site, COUNT(*) FROM {} WHERE organisation_id = $1 AND journey_type = $2 AND atom IS NULL AND {} < $3 \
         GROUP BY site",
        table.name(),
        table.instant()
    );
    let values = [due.organisation.into(), due.journey_type.into(), due.end.into()];
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    let rows = connection.query_all_raw(statement).await?;
    let read = |row: &QueryResult| {
        let count: i64 = row.try_get_by_index(1)?;
        Ok((row.try_get_by_index(0)?, u32::try_from(count).unwrap_or(u32::MAX)))
    };
    rows.iter().map(read).collect()
}

/// A response that is released, with its journey.
#[derive(Debug)]
pub struct ReleasedResponse {
    /// Of the questionnaire.
    pub version: i32,
    /// When.
    pub answered_at: Instant,
    /// On the questionnaire's scale.
    pub outcome: Option<i32>,
    /// JSON of the answers.
    pub answers: String,
    /// Its journey's trace, if we know the journey.
    pub trace: Option<String>,
    /// Its journey and when that was over, if it is released with it.
    pub with: Option<(Vec<u8>, Instant)>,
}

/// Reads the responses that wait at some sites, each with its journey's trace.
pub async fn responses(
    tx: &DatabaseTransaction,
    due: Due<'_>,
    sites: &BTreeSet<Option<String>>,
    mut with: impl FnMut(ReleasedResponse) -> Result<()>,
) -> Result<()> {
    let (rows, journeys) = (Rows::of(due, Table::Response, "r", sites), Rows::of(due, Table::Journey, "j", sites));
    let sql = format!(
        "SELECT r.version, r.answered_at, r.outcome, r.answers, j.trace, j.finished_at, CASE WHEN {} THEN j.id END \
         FROM response r LEFT JOIN journey j ON j.organisation_id = r.organisation_id AND j.id = r.journey WHERE {}",
        journeys.predicate, rows.predicate
    );
    let mut stream = tx.stream_raw(rows.statement(tx, sql)).await?;
    while let Some(row) = stream.try_next().await? {
        let journey: Option<Vec<u8>> = row.try_get_by_index(6)?;
        let finished_at: Option<Instant> = row.try_get_by_index(5)?;
        with(ReleasedResponse {
            version: row.try_get_by_index(0)?,
            answered_at: row.try_get_by_index(1)?,
            outcome: row.try_get_by_index(2)?,
            answers: row.try_get_by_index(3)?,
            trace: row.try_get_by_index(4)?,
            with: journey.zip(finished_at),
        })?;
    }
    Ok(())
}

/// Reads the journeys that wait at some sites: when each was over, and its trace.
pub async fn journeys(
    tx: &DatabaseTransaction,
    due: Due<'_>,
    sites: &BTreeSet<Option<String>>,
    mut with: impl FnMut(Instant, String) -> Result<()>,
) -> Result<()> {
    let rows = Rows::of(due, Table::Journey, "j", sites);
    let sql = format!("SELECT j.finished_at, j.trace FROM journey j WHERE {}", rows.predicate);
    let mut stream = tx.stream_raw(rows.statement(tx, sql)).await?;
    while let Some(row) = stream.try_next().await? {
        with(row.try_get_by_index(0)?, row.try_get_by_index(1)?)?;
    }
    Ok(())
}

/// Marks the journeys that were released together with the responses of the same sites, before these are marked.
pub async fn mark_answered(
    tx: &DatabaseTransaction,
    due: Due<'_>,
    sites: &BTreeSet<Option<String>>,
    atom: i64,
) -> Result<u64> {
    let (journeys, responses) = (Rows::of(due, Table::Journey, "j", sites), Rows::of(due, Table::Response, "r", sites));
    let sql = format!(
        "UPDATE journey AS j SET atom = {} WHERE {} AND j.id IN (SELECT r.journey FROM response r WHERE {})",
        journeys.next(),
        journeys.predicate,
        responses.predicate
    );
    mark_with(tx, journeys, sql, atom).await
}

/// Marks all that waits at some sites.
pub async fn mark(
    tx: &DatabaseTransaction,
    due: Due<'_>,
    table: Table,
    sites: &BTreeSet<Option<String>>,
    atom: i64,
) -> Result<u64> {
    let rows = Rows::of(due, table, "t", sites);
    let sql = format!("UPDATE {} AS t SET atom = {} WHERE {}", table.name(), rows.next(), rows.predicate);
    mark_with(tx, rows, sql, atom).await
}

async fn mark_with(tx: &DatabaseTransaction, mut rows: Rows, sql: String, atom: i64) -> Result<u64> {
    rows.values.push(atom.into());
    Ok(tx.execute_raw(rows.statement(tx, sql)).await?.rows_affected())
}

/// The one predicate that all statements share, with its values.
struct Rows {
    predicate: String,
    values: Vec<Value>,
}

impl Rows {
    fn of(due: Due<'_>, table: Table, alias: &str, sites: &BTreeSet<Option<String>>) -> Self {
        let mut values: Vec<Value> = vec![due.organisation.into(), due.journey_type.into(), due.end.into()];
        let mut places = Vec::new();
        for site in sites.iter().flatten() {
            values.push(site.as_str().into());
            places.push(format!("${}", values.len()));
        }
        let named = format!("{alias}.site IN ({})", places.join(", "));
        let unnamed = format!("{alias}.site IS NULL");
        let site = match (places.is_empty(), sites.contains(&None)) {
            (true, _) => unnamed,
            (false, false) => named,
            (false, true) => format!("({named} OR {unnamed})"),
        };
        let predicate = format!(
            "{alias}.organisation_id = $1 AND {alias}.journey_type = $2 AND {alias}.atom IS NULL \
             AND {alias}.{} < $3 AND {site}",
            table.instant()
        );
        Self { predicate, values }
    }

    /// The place of one more value.
    fn next(&self) -> String {
        format!("${}", self.values.len() + 1)
    }

    fn statement(&self, tx: &DatabaseTransaction, sql: String) -> Statement {
        Statement::from_sql_and_values(ConnectionTrait::get_database_backend(tx), sql, self.values.iter().cloned())
    }
}
