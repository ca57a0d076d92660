//! Counts what came of asking, a few statements for a page: no row of a journey or a customer is read.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};

use crate::calendar::Week;
use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::invitation::rates::{Asking, Counts, Failure, Rates};

/// Weeks on one page.
const PAGE: i32 = 12;

/// Whose rates: an organisation's, of a journey type, as of an instant.
#[derive(Clone, Copy, Debug)]
pub struct Of<'a> {
    /// The tenant.
    pub organisation: OrganisationId,
    /// The journey type.
    pub journey_type: &'a str,
    /// Now: what is not finished when its link has ended is partial.
    pub now: Instant,
}

/// The newest weeks about which anything was decided, or the newest under a week.
pub async fn page(
    connection: &impl ConnectionTrait,
    of: Of<'_>,
    below: Option<Week>,
) -> Result<Rates> {
    let Some((first, last)) = known(connection, of, below.unwrap_or(Week(i32::MAX))).await? else {
        return Ok(Rates::default());
    };
    let from = last.0.saturating_sub(PAGE - 1);
    let mut rates = between(connection, of, Week(from), last).await?;
    rates.older = (first.0 < from).then_some(Week(from));
    Ok(rates)
}

/// The first and the last week under another about which anything was decided.
async fn known(
    connection: &impl ConnectionTrait,
    of: Of<'_>,
    below: Week,
) -> Result<Option<(Week, Week)>> {
    let sql = "SELECT MIN(week), MAX(week) FROM decision WHERE organisation_id = $1 AND journey_type = $2 AND week < $3";
    let values = [of.organisation.into(), of.journey_type.into(), below.0.into()];
    let rows = select(connection, sql, values).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let ends: (Option<i32>, Option<i32>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    Ok(ends.0.zip(ends.1).map(|(first, last)| (Week(first), Week(last))))
}

/// Every week from one to another, both included.
pub async fn between(
    connection: &impl ConnectionTrait,
    of: Of<'_>,
    from: Week,
    to: Week,
) -> Result<Rates> {
    let values = || [of.organisation.into(), of.journey_type.into(), from.0.into(), to.0.into()];
    let mut weeks: BTreeMap<i32, Asking> = BTreeMap::new();
    for row in select(connection, DECISIONS, values()).await? {
        let week: i32 = row.try_get_by_index(0)?;
        let asking = weeks.entry(week).or_insert_with(|| Asking::new(Week(week)));
        asking.decisions.insert(row.try_get_by_index(1)?, count(&row, 2)?);
    }
    let until: [Value; 5] = {
        let [organisation, journey_type, from, to] = values();
        [organisation, journey_type, from, to, of.now.into()]
    };
    for row in select(connection, INVITATIONS, until).await? {
        let week: i32 = row.try_get_by_index(0)?;
        weeks.entry(week).or_insert_with(|| Asking::new(Week(week))).counts = counts(&row)?;
    }
    let failures = select(connection, FAILURES, values()).await?;
    let failure = |row: &QueryResult| {
        Ok(Failure {
            state: row.try_get_by_index(0)?,
            code: row.try_get_by_index(1)?,
            count: count(row, 2)?,
        })
    };
    Ok(Rates {
        weeks: weeks.into_values().rev().collect(),
        failures: failures.iter().map(failure).collect::<Result<_>>()?,
        older: None,
    })
}

const DECISIONS: &str = "SELECT week, outcome, COUNT(*) FROM decision \
    WHERE organisation_id = $1 AND journey_type = $2 AND week BETWEEN $3 AND $4 GROUP BY week, outcome";

/// The invitation's own mail is wave 0; a reminder is about the same invitation.
const INVITATIONS: &str = "SELECT week, SUM(linked), SUM(delivered), SUM(refused), SUM(unknown), SUM(opened), \
      SUM(partial), SUM(finished), SUM(withdrawn), SUM(delivered * (partial + finished)) \
    FROM (SELECT i.week AS week, \
        CASE WHEN i.channel = 'link' THEN 1 ELSE 0 END AS linked, \
        CASE WHEN m.state = 'sent' THEN 1 ELSE 0 END AS delivered, \
        CASE WHEN m.state = 'refused' THEN 1 ELSE 0 END AS refused, \
        CASE WHEN m.state = 'unknown' THEN 1 ELSE 0 END AS unknown, \
        CASE WHEN i.opened_at IS NOT NULL THEN 1 ELSE 0 END AS opened, \
        CASE WHEN i.withdrawn_at IS NULL AND i.finished_at IS NULL AND i.saved_at IS NOT NULL \
              AND (i.closed_at IS NOT NULL OR i.expires_at <= $5) THEN 1 ELSE 0 END AS partial, \
        CASE WHEN i.withdrawn_at IS NULL AND i.finished_at IS NOT NULL THEN 1 ELSE 0 END AS finished, \
        CASE WHEN i.withdrawn_at IS NOT NULL THEN 1 ELSE 0 END AS withdrawn \
      FROM invitation i LEFT JOIN mail m \
        ON m.organisation_id = i.organisation_id AND m.invitation = i.id AND m.wave = 0 \
      WHERE i.organisation_id = $1 AND i.journey_type = $2 AND i.week BETWEEN $3 AND $4) AS one \
    GROUP BY week";

const FAILURES: &str = "SELECT m.state, m.failure, COUNT(*) FROM invitation i JOIN mail m \
      ON m.organisation_id = i.organisation_id AND m.invitation = i.id \
    WHERE i.organisation_id = $1 AND i.journey_type = $2 AND i.week BETWEEN $3 AND $4 \
      AND m.failure IS NOT NULL AND m.state IN ('waiting', 'refused', 'unknown') \
    GROUP BY m.state, m.failure ORDER BY m.state, m.failure";

fn counts(row: &QueryResult) -> Result<Counts> {
    Ok(Counts {
        links: count(row, 1)?,
        delivered: count(row, 2)?,
        undelivered: count(row, 3)?,
        unknown: count(row, 4)?,
        opened: count(row, 5)?,
        partial: count(row, 6)?,
        finished: count(row, 7)?,
        withdrawn: count(row, 8)?,
        answered: count(row, 9)?,
    })
}

fn count(row: &QueryResult, place: usize) -> Result<u64> {
    let count: i64 = row.try_get_by_index(place)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

async fn select(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<QueryResult>> {
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    Ok(connection.query_all_raw(statement).await?)
}
