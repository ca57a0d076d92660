//! Counts the journeys of a log, released or not: for whoever imported it, before anything is
//! collected. No answer is read.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use sea_orm::{ConnectionTrait, Statement, StreamTrait};

use crate::blueprint::Blueprint;
use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::journey::trace::Trace;
use crate::journey::{elements, timing};
use crate::limits;
use crate::publication::traffic::{LogTraffic, SampledJourney};

const WEEK: i64 = 7 * 86_400;
/// What goes through a service is told from the newest half-year of its log.
const WEEKS: i64 = 26;

/// The traffic of a journey type in the newest weeks of its log.
pub async fn log_traffic(
    connection: &(impl ConnectionTrait + StreamTrait),
    organisation: OrganisationId,
    blueprint: &Blueprint,
) -> Result<LogTraffic> {
    let code = blueprint.journey_type.as_str();
    let Some(newest) = newest(connection, organisation, code).await? else {
        return Ok(LogTraffic { weeks: 1, ..LogTraffic::default() });
    };
    let from = newest - WEEKS * WEEK;
    let (first, counts) = counts(connection, organisation, code, from).await?;
    let weeks = u32::try_from((newest - first) / WEEK + 1).unwrap_or(1);
    let sampled = sample(connection, organisation, blueprint, from).await?;
    Ok(LogTraffic::of(weeks, &counts, &sampled))
}

async fn newest(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Option<Instant>> {
    let sql = "SELECT MAX(finished_at) FROM journey \
        WHERE organisation_id = $1 AND journey_type = $2";
    let values = [organisation.into(), journey_type.into()];
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    let Some(row) = connection.query_one_raw(statement).await? else { return Ok(None) };
    Ok(row.try_get_by_index(0)?)
}

/// When the first of the journeys was over, and how many there are at each site.
async fn counts(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    from: Instant,
) -> Result<(Instant, BTreeMap<Option<String>, u64>)> {
    let sql = "SELECT site, COUNT(*), MIN(finished_at) FROM journey \
        WHERE organisation_id = $1 AND journey_type = $2 AND finished_at > $3 GROUP BY site";
    let values = [organisation.into(), journey_type.into(), from.into()];
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    let (mut first, mut counts) = (Instant::MAX, BTreeMap::new());
    for row in connection.query_all_raw(statement).await? {
        let count: i64 = row.try_get_by_index(1)?;
        first = first.min(row.try_get_by_index(2)?);
        counts.insert(row.try_get_by_index(0)?, count.unsigned_abs());
    }
    Ok((first, counts))
}

/// Identifiers are keyed hashes, so that the first ones are a random choice.
async fn sample(
    connection: &(impl ConnectionTrait + StreamTrait),
    organisation: OrganisationId,
    blueprint: &Blueprint,
    from: Instant,
) -> Result<Vec<SampledJourney>> {
    let sql = "SELECT site, trace FROM journey \
        WHERE organisation_id = $1 AND journey_type = $2 AND finished_at > $3 \
        ORDER BY id LIMIT $4";
    let most = i64::try_from(limits::JOURNEYS_SAMPLED).unwrap_or(i64::MAX);
    let code = blueprint.journey_type.as_str();
    let values = [organisation.into(), code.into(), from.into(), most.into()];
    let backend = ConnectionTrait::get_database_backend(connection);
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let mut rows = std::pin::pin!(connection.stream_raw(statement).await?);
    let mut sampled = Vec::new();
    while let Some(row) = rows.try_next().await? {
        let trace: String = row.try_get_by_index(1)?;
        let trace = Trace::parse(&trace)?;
        sampled.push(SampledJourney {
            site: row.try_get_by_index(0)?,
            rated: elements::rated(&trace, blueprint),
            timed: timing::timing(&trace, blueprint).slips.into_keys().collect(),
        });
    }
    Ok(sampled)
}
