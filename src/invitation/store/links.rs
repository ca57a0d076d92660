//! Whom another sender can bring a link to.

use std::ops::RangeInclusive;

use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryResult, QuerySelect, Statement};

use super::deciding::damaged;
use crate::clock::Instant;
use crate::error::Result;
use crate::i18n::Lang;
use crate::id::OrganisationId;
use crate::invitation::chosen::Ending;
use crate::invitation::{Channel, Decision};
use crate::limits;
use crate::schema::journey;
use crate::token::JourneyId;

/// An invitation whose link somebody else brings.
#[derive(Clone, Debug)]
pub struct Open {
    pub invitation: Vec<u8>,
    pub journey: JourneyId,
    /// The address, opened.
    pub contact: Option<String>,
    /// `fr` or `en`.
    pub locale: Lang,
    pub expires_at: Instant,
}

/// Journeys with an address that were over in a span of time and whose customer no mail could
/// reach so far.
pub async fn reachable(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    span: RangeInclusive<Instant>,
) -> Result<Vec<JourneyId>> {
    let sql = "SELECT c.journey FROM contact c \
        JOIN journey j ON j.organisation_id = c.organisation_id AND j.id = c.journey \
        LEFT JOIN decision d ON d.organisation_id = c.organisation_id AND d.journey = c.journey \
        WHERE c.organisation_id = $1 AND j.journey_type = $2 AND j.finished_at >= $3 \
        AND j.finished_at <= $4 \
        AND (d.outcome IS NULL OR d.outcome = $5) ORDER BY j.finished_at, c.journey";
    let values = [
        organisation.into(),
        journey_type.into(),
        (*span.start()).into(),
        (*span.end()).into(),
        Decision::Phone.code().into(),
    ];
    let rows = conn
        .query_all_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values))
        .await?;
    let id = |row: &QueryResult| {
        let key: Vec<u8> = row.try_get_by_index(0)?;
        JourneyId::from_key(&key).ok_or_else(damaged)
    };
    rows.iter().map(id).collect()
}

/// Where and when some journeys were over.
pub async fn endings(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    ids: &[JourneyId],
) -> Result<Vec<Ending>> {
    let mut endings = Vec::with_capacity(ids.len());
    for some in ids.chunks(limits::DECIDED_AT_ONCE) {
        let query = journey::Entity::of(organisation)
            .select_only()
            .columns([journey::Column::Site, journey::Column::FinishedAt])
            .filter(journey::Column::JourneyType.eq(journey_type))
            .filter(journey::Column::Id.is_in(some.iter().map(|id| id.0.to_vec())));
        endings.extend(query.into_tuple::<Ending>().all(conn).await?);
    }
    Ok(endings)
}

/// Where and when all journeys of a span of time were over.
pub async fn endings_within(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    span: RangeInclusive<Instant>,
) -> Result<Vec<Ending>> {
    let query = journey::Entity::of(organisation)
        .select_only()
        .columns([journey::Column::Site, journey::Column::FinishedAt])
        .filter(journey::Column::JourneyType.eq(journey_type))
        .filter(journey::Column::FinishedAt.between(*span.start(), *span.end()));
    Ok(query.into_tuple::<Ending>().all(conn).await?)
}

/// Invitations for another sender whose time is not over, with the sealed address of each in place
/// of the open one. Those that were answered are among them, though a new link opens them no more:
/// a list of the others would tell who has answered.
pub async fn given(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    now: Instant,
) -> Result<Vec<(Open, Option<Vec<u8>>)>> {
    let sql = "SELECT i.id, i.journey, i.locale, i.expires_at, c.address FROM invitation i \
        LEFT JOIN contact c ON c.organisation_id = i.organisation_id AND c.journey = i.journey \
        WHERE i.organisation_id = $1 AND i.journey_type = $2 AND i.channel = $3 \
        AND (i.closed_at IS NULL OR i.finished_at IS NOT NULL) AND i.withdrawn_at IS NULL \
        AND i.journey IS NOT NULL AND i.expires_at > $4 ORDER BY i.created_at, i.id";
    let values =
        [organisation.into(), journey_type.into(), Channel::Link.code().into(), now.into()];
    let rows = conn
        .query_all_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values))
        .await?;
    let read = |row: &QueryResult| {
        let key: Vec<u8> = row.try_get_by_index(1)?;
        let one = Open {
            invitation: row.try_get_by_index(0)?,
            journey: JourneyId::from_key(&key).ok_or_else(damaged)?,
            contact: None,
            locale: row.try_get_by_index(2)?,
            expires_at: row.try_get_by_index(3)?,
        };
        Ok((one, row.try_get_by_index(4)?))
    };
    rows.iter().map(read).collect()
}
