//! What waits for its release: counted by site, read row by row, marked as a set.
//!
//! Every statement names the same rows by the same predicate, inside one transaction that sees one
//! state of the database; so what is marked is what was counted and read.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::TryStreamExt;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, StreamTrait, Value};

use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;

/// Whose rows: an organisation's, of a journey type, before the end of a week.
#[derive(Clone, Copy, Debug)]
pub struct Due<'a> {
    pub organisation: OrganisationId,
    pub journey_type: &'a str,
    /// The instant at which the week ends.
    pub end: Instant,
    /// Whose answers.
    pub origin: Origin,
}

/// Where answers come from. Who brings some in a file may have made them up, and would know a real
/// one beside them: the two are never released together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From customers whom the service asked.
    Asked,
    /// From another tool.
    Imported,
}

impl Origin {
    /// Only what was drawn has chances.
    fn condition(self) -> &'static str {
        match self {
            Self::Asked => "chances IS NOT NULL",
            Self::Imported => "chances IS NULL",
        }
    }
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

    /// The condition that rows are of an origin; journeys have none.
    fn of(self, origin: Origin, alias: &str) -> String {
        match self {
            Self::Response => format!("AND {alias}{}", origin.condition()),
            Self::Journey => String::new(),
        }
    }

    fn instant(self) -> &'static str {
        match self {
            Self::Response => "answered_at",
            Self::Journey => "finished_at",
        }
    }
}

/// Makes all statements of a transaction see one state of the database. SQLite does anyway.
/// Whoever changes the same rows meanwhile makes this transaction fail, and it is tried again.
pub async fn one_state(tx: &DatabaseTransaction) -> Result<()> {
    if ConnectionTrait::get_database_backend(tx) == DbBackend::Postgres {
        tx.execute_unprepared("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").await?;
    }
    Ok(())
}

/// The earliest instant at which anything waits.
pub async fn earliest(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Option<Instant>> {
    let mut earliest: Option<Instant> = None;
    for table in [Table::Response, Table::Journey] {
        let sql = format!(
            "SELECT MIN({}) FROM {} WHERE organisation_id = $1 AND journey_type = $2 \
             AND atom IS NULL",
            table.instant(),
            table.name()
        );
        let values = [organisation.into(), journey_type.into()];
        let statement =
            Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
        if let Some(row) = connection.query_one_raw(statement).await? {
            let found: Option<Instant> = row.try_get_by_index(0)?;
            earliest = [earliest, found].into_iter().flatten().min();
        }
    }
    Ok(earliest)
}

/// How many answers wait for a release, closed weeks or not.
pub async fn all(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<u64> {
    let mut all = 0;
    for origin in [Origin::Asked, Origin::Imported] {
        let due = Due { organisation, journey_type, end: Instant::MAX, origin };
        let counts = counts(connection, due, Table::Response).await?;
        all += counts.values().map(|waiting| u64::from(waiting.count)).sum::<u64>();
    }
    Ok(all)
}

/// How many rows wait at each site. The index alone answers it, and only for what is due.
pub async fn counts(
    connection: &impl ConnectionTrait,
    due: Due<'_>,
    table: Table,
) -> Result<BTreeMap<Option<String>, Waiting>> {
    let sql = format!(
        "SELECT site, COUNT(*), MIN({1}) FROM {0} WHERE organisation_id = $1 AND journey_type = $2 \
         AND atom IS NULL AND {1} < $3 {2} \
         GROUP BY site",
        table.name(),
        table.instant(),
        table.of(due.origin, "")
    );
    let values = [due.organisation.into(), due.journey_type.into(), due.end.into()];
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    let rows = connection.query_all_raw(statement).await?;
    let counts = rows.iter().map(|row| {
        let count: i64 = row.try_get_by_index(1)?;
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        Ok((row.try_get_by_index(0)?, Waiting { count, since: row.try_get_by_index(2)? }))
    });
    counts.collect()
}

/// What of a site waits for its release.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    pub count: u32,
    /// The earliest of them.
    pub since: Instant,
}

impl Default for Waiting {
    fn default() -> Self {
        Self { count: 0, since: Instant::MAX }
    }
}

/// A response that is released, with its journey.
#[derive(Debug)]
pub struct ReleasedResponse {
    /// Where.
    pub site: Option<String>,
    pub version: i32,
    pub answered_at: Instant,
    /// On the questionnaire's scale.
    pub outcome: Option<i32>,
    /// JSON of the answers.
    pub answers: String,
    /// Whether somebody suggested what to answer, if that was asked and answered.
    pub pressed: Option<bool>,
    /// Its journey's trace, if we know the journey.
    pub trace: Option<String>,
    /// JSON of its journey's attributes, if it has any.
    pub attributes: Option<String>,
    /// Its journey, if that is released now, too: which, where, and when it was over.
    pub with: Option<(Vec<u8>, Option<String>, Instant)>,
}

/// Reads the responses that are released, each with its journey's trace.
pub async fn responses(
    tx: &DatabaseTransaction,
    due: Due<'_>,
    atoms: &[Atom<'_>],
    mut with: impl FnMut(ReleasedResponse) -> Result<()>,
) -> Result<()> {
    let rows = Rows::of(due, atoms);
    let sql = format!(
        "SELECT r.site, r.version, r.answered_at, r.outcome, r.answers, j.trace, j.site, \
         j.finished_at, \
           CASE WHEN {} THEN j.id END, r.pressed, j.attributes \
         FROM response r LEFT JOIN journey j ON j.organisation_id = r.organisation_id AND j.id = r.journey WHERE {}",
        rows.predicate(Table::Journey, "j"),
        rows.predicate(Table::Response, "r")
    );
    let mut stream = tx.stream_raw(rows.statement(tx, sql)).await?;
    while let Some(row) = stream.try_next().await? {
        let journey: Option<Vec<u8>> = row.try_get_by_index(8)?;
        let released = match journey {
            Some(journey) => Some((journey, row.try_get_by_index(6)?, row.try_get_by_index(7)?)),
            None => None,
        };
        with(ReleasedResponse {
            site: row.try_get_by_index(0)?,
            version: row.try_get_by_index(1)?,
            answered_at: row.try_get_by_index(2)?,
            outcome: row.try_get_by_index(3)?,
            answers: row.try_get_by_index(4)?,
            pressed: row.try_get_by_index(9)?,
            trace: row.try_get_by_index(5)?,
            attributes: row.try_get_by_index(10)?,
            with: released,
        })?;
    }
    Ok(())
}

/// A journey that is released.
#[derive(Debug)]
pub struct ReleasedJourney {
    /// Where.
    pub site: Option<String>,
    pub finished_at: Instant,
    pub trace: String,
    /// JSON of its attributes, if it has any.
    pub attributes: Option<String>,
}

/// Reads the journeys that are released.
pub async fn journeys(
    tx: &DatabaseTransaction,
    due: Due<'_>,
    atoms: &[Atom<'_>],
    mut with: impl FnMut(ReleasedJourney) -> Result<()>,
) -> Result<()> {
    let rows = Rows::of(due, atoms);
    let sql = format!(
        "SELECT j.site, j.finished_at, j.trace, j.attributes FROM journey j WHERE {}",
        rows.predicate(Table::Journey, "j")
    );
    let mut stream = tx.stream_raw(rows.statement(tx, sql)).await?;
    while let Some(row) = stream.try_next().await? {
        with(ReleasedJourney {
            site: row.try_get_by_index(0)?,
            finished_at: row.try_get_by_index(1)?,
            trace: row.try_get_by_index(2)?,
            attributes: row.try_get_by_index(3)?,
        })?;
    }
    Ok(())
}

/// By site, how many of the journeys that are released, and are not marked yet, were invited to
/// answer. A site of which nobody decided anything, as for history from elsewhere, is not in the
/// list.
pub async fn invited(
    tx: &DatabaseTransaction,
    due: Due<'_>,
    atoms: &[Atom<'_>],
) -> Result<Vec<(Option<String>, u64)>> {
    let rows = Rows::of(due, atoms);
    // Where nothing was ever decided, the first condition ends it before a journey is read.
    let sql = format!(
        "SELECT j.site, SUM(CASE WHEN d.outcome = 'invited' THEN 1 ELSE 0 END) \
         FROM journey j JOIN decision d ON d.organisation_id = j.organisation_id \
         AND d.journey = j.id \
         WHERE EXISTS (SELECT 1 FROM decision WHERE organisation_id = $1 AND journey_type = $2) \
         AND {} \
         GROUP BY j.site",
        rows.predicate(Table::Journey, "j")
    );
    let found = tx.query_all_raw(rows.statement(tx, sql)).await?;
    let counts = found.iter().map(|row| {
        let count: i64 = row.try_get_by_index(1)?;
        Ok((row.try_get_by_index(0)?, u64::try_from(count).unwrap_or(0)))
    });
    counts.collect()
}

/// Marks the journeys that are released together with one of their responses, before these are
/// marked.
pub async fn mark_answered(
    tx: &DatabaseTransaction,
    due: Due<'_>,
    atoms: &[Atom<'_>],
) -> Result<u64> {
    let rows = Rows::of(due, atoms);
    let sql = format!(
        "UPDATE journey AS j SET atom = {} WHERE {} AND j.id IN (SELECT r.journey FROM response r \
         WHERE {})",
        rows.atom("j"),
        rows.predicate(Table::Journey, "j"),
        rows.predicate(Table::Response, "r")
    );
    Ok(tx.execute_raw(rows.statement(tx, sql)).await?.rows_affected())
}

/// Marks all that is released.
pub async fn mark(
    tx: &DatabaseTransaction,
    due: Due<'_>,
    table: Table,
    atoms: &[Atom<'_>],
) -> Result<u64> {
    let rows = Rows::of(due, atoms);
    let sql = format!(
        "UPDATE {} AS t SET atom = {} WHERE {}",
        table.name(),
        rows.atom("t"),
        rows.predicate(table, "t")
    );
    Ok(tx.execute_raw(rows.statement(tx, sql)).await?.rows_affected())
}

/// An atom that is being released: its key and the sites that it holds.
pub type Atom<'a> = (i64, &'a BTreeSet<Option<String>>);

/// Which rows are released, in the words that all statements share, with their values.
struct Rows {
    values: Vec<Value>,
    /// For each atom, the place of its key among the values and those of its sites; whether it
    /// holds what has no site.
    atoms: Vec<(usize, Vec<usize>, bool)>,
    origin: Origin,
}

impl Rows {
    fn of(due: Due<'_>, atoms: &[Atom<'_>]) -> Self {
        let mut values: Vec<Value> =
            vec![due.organisation.into(), due.journey_type.into(), due.end.into()];
        let mut place = |value: Value| {
            values.push(value);
            values.len()
        };
        let placed = atoms.iter().map(|(key, sites)| {
            let key = place((*key).into());
            (
                key,
                sites.iter().flatten().map(|site| place(site.as_str().into())).collect(),
                sites.contains(&None),
            )
        });
        let atoms = placed.collect();
        Self { values, atoms, origin: due.origin }
    }

    fn predicate(&self, table: Table, alias: &str) -> String {
        let named: Vec<String> =
            self.atoms.iter().flat_map(|(_, sites, _)| sites).map(|at| format!("${at}")).collect();
        let unnamed = self.atoms.iter().any(|(.., unnamed)| *unnamed);
        format!(
            "{alias}.organisation_id = $1 AND {alias}.journey_type = $2 AND {alias}.atom IS NULL \
             AND {alias}.{} < $3 {} AND {}",
            table.instant(),
            table.of(self.origin, &format!("{alias}.")),
            one_of(alias, &named, unnamed)
        )
    }

    /// The atom of a row.
    fn atom(&self, alias: &str) -> String {
        let arms = self.atoms.iter().map(|(key, sites, unnamed)| {
            let sites: Vec<String> = sites.iter().map(|at| format!("${at}")).collect();
            format!("WHEN {} THEN ${key}", one_of(alias, &sites, *unnamed))
        });
        format!("CASE {} END", arms.collect::<Vec<_>>().join(" "))
    }

    fn statement(&self, tx: &DatabaseTransaction, sql: String) -> Statement {
        Statement::from_sql_and_values(
            ConnectionTrait::get_database_backend(tx),
            sql,
            self.values.iter().cloned(),
        )
    }
}

fn one_of(alias: &str, sites: &[String], unnamed: bool) -> String {
    match (sites.is_empty(), unnamed) {
        (true, _) => format!("{alias}.site IS NULL"),
        (false, false) => format!("{alias}.site IN ({})", sites.join(", ")),
        (false, true) => {
            format!("({alias}.site IN ({}) OR {alias}.site IS NULL)", sites.join(", "))
        }
    }
}
