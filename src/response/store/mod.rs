//! Writes responses, the journeys that come with them, and comments. Nothing here reads an answer:
//! where an import must know whether a response is the one that is stored, the database compares
//! them.

pub mod answering;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use sea_orm::sea_query::{Expr, OnConflict, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, QueryFilter, QueryResult, QuerySelect, Statement,
    Value,
};

use super::IncomingResponse;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::schema::{comment, journey, response};
use crate::token::JourneyId;

/// Rows of one statement: many enough to share its cost, few enough for a database to plan it
/// well, and always the same so that it is planned once.
const ROWS: usize = 500;

/// A journey that is known already.
#[derive(Clone, Debug)]
pub struct StoredJourney {
    pub site: Option<String>,
    /// What happened, see [`crate::journey::trace`].
    pub trace: String,
}

/// A response to be stored.
#[derive(Debug)]
pub struct StoredResponse<'a> {
    /// What was read.
    pub answered: &'a IncomingResponse,
    /// Where it counts.
    pub site: Option<&'a str>,
    /// The trace of the journey of its own that it brings.
    pub brings: Option<Arc<str>>,
}

/// What an import must know of the database about some rows.
#[derive(Debug, Default)]
pub struct Found {
    /// Their journeys, where known.
    pub journeys: FxHashMap<JourneyId, StoredJourney>,
    /// The keys that are taken.
    pub taken: FxHashSet<[u8; 16]>,
    /// Those of them whose responses are stored just as they are.
    pub identical: FxHashSet<[u8; 16]>,
}

/// Looks up what is stored about some rows.
pub async fn find(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    rows: &[IncomingResponse],
) -> Result<Found> {
    let taken = taken(conn, organisation, rows).await?;
    let again: Vec<&IncomingResponse> = rows.iter().filter(|row| taken.contains(&row.id)).collect();
    Ok(Found {
        identical: identical(conn, organisation, &again).await?,
        journeys: journeys(conn, organisation, rows).await?,
        taken,
    })
}

async fn journeys(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    rows: &[IncomingResponse],
) -> Result<FxHashMap<JourneyId, StoredJourney>> {
    let mut known = FxHashMap::default();
    for some in rows.chunks(ROWS) {
        let rows: Vec<(Vec<u8>, Option<String>, String)> = journey::Entity::of(organisation)
            .select_only()
            .columns([journey::Column::Id, journey::Column::Site, journey::Column::Trace])
            .filter(journey::Column::Id.is_in(some.iter().map(|row| row.journey.0.to_vec())))
            .into_tuple()
            .all(conn)
            .await?;
        for (id, site, trace) in rows {
            let id = JourneyId::from_key(&id).ok_or_else(damaged)?;
            known.insert(id, StoredJourney { site, trace });
        }
    }
    Ok(known)
}

/// Those of the responses' keys that are taken.
async fn taken(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    rows: &[IncomingResponse],
) -> Result<FxHashSet<[u8; 16]>> {
    let mut taken = FxHashSet::default();
    for some in rows.chunks(ROWS) {
        let keys = Query::select()
            .column(response::Column::Id)
            .from(response::Entity)
            .and_where(response::Column::OrganisationId.eq(organisation))
            .and_where(response::Column::Id.is_in(some.iter().map(|row| row.id.to_vec())))
            .to_owned();
        for row in conn.query_all(&keys).await? {
            taken.insert(key(&row)?);
        }
    }
    Ok(taken)
}

/// Those of the responses that are stored already just as they are. The database compares.
async fn identical(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    rows: &[&IncomingResponse],
) -> Result<FxHashSet<[u8; 16]>> {
    let backend = conn.get_database_backend();
    let mut same = FxHashSet::default();
    for some in rows.chunks(ROWS) {
        // SQLite looks numbered names up one by one, so there they stay without.
        let place = |n: usize| {
            if backend == DbBackend::Postgres { format!("${n}") } else { "?".to_owned() }
        };
        let tuple =
            |n: usize| format!("({})", [1, 2, 3, 4].map(|column| place(4 * n + column)).join(", "));
        let given = (0..some.len()).map(tuple).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "WITH given (id, answered_at, outcome, answers) AS (VALUES {given}) \
             SELECT response.id AS id FROM given CROSS JOIN response \
             WHERE response.organisation_id = {} AND response.id = given.id \
             AND response.answered_at = given.answered_at \
             AND response.outcome IS NOT DISTINCT FROM given.outcome \
             AND response.answers = given.answers",
            place(4 * some.len() + 1)
        );
        let values = some.iter().flat_map(|row| -> [Value; 4] {
            [
                row.id.to_vec().into(),
                row.answered_at.into(),
                row.outcome.into(),
                row.answers.as_str().into(),
            ]
        });
        let values: Vec<Value> = values.chain([organisation.into()]).collect();
        for row in conn.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await? {
            same.insert(key(&row)?);
        }
    }
    Ok(same)
}

/// Stores responses whose keys are free, with the journeys and the comments that they bring.
pub async fn keep(
    tx: &impl ConnectionTrait,
    (organisation, journey_type): (OrganisationId, &str),
    version: i32,
    rows: &[StoredResponse<'_>],
) -> Result<()> {
    // In the order of their keys: a batch then writes each page of an index once, not whenever
    // chance comes back to it.
    let mut bringing: Vec<&StoredResponse<'_>> =
        rows.iter().filter(|row| row.brings.is_some()).collect();
    bringing.sort_unstable_by_key(|row| row.answered.journey);
    for some in bringing.chunks(ROWS) {
        insert_journeys(tx, organisation, journey_type, some).await?;
    }
    let mut all: Vec<&StoredResponse<'_>> = rows.iter().collect();
    all.sort_unstable_by_key(|row| row.answered.id);
    for some in all.chunks(ROWS) {
        insert_responses(tx, organisation, journey_type, version, some).await?;
    }
    let commented: Vec<&IncomingResponse> =
        rows.iter().map(|row| row.answered).filter(|row| row.comment.is_some()).collect();
    for some in commented.chunks(ROWS) {
        insert_comments(tx, organisation, some).await?;
    }
    Ok(())
}

const JOURNEY: [journey::Column; 8] = [
    journey::Column::OrganisationId,
    journey::Column::Id,
    journey::Column::JourneyType,
    journey::Column::Site,
    journey::Column::Trace,
    journey::Column::StartedAt,
    journey::Column::EndedAt,
    journey::Column::FinishedAt,
];

/// A journey of which nothing is known but its answer happened when it was answered.
async fn insert_journeys(
    tx: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    rows: &[&StoredResponse<'_>],
) -> Result<()> {
    let mut insert = Query::insert();
    insert.into_table(journey::Entity).columns(JOURNEY);
    for StoredResponse { answered, site, brings } in rows {
        let at: SimpleExpr = Expr::value(answered.answered_at);
        insert.values_panic([
            organisation.into(),
            answered.journey.0.to_vec().into(),
            journey_type.into(),
            site.map(str::to_owned).into(),
            brings.as_deref().unwrap_or_default().into(),
            at.clone(),
            at.clone(),
            at,
        ]);
    }
    // Its events may have arrived since it was looked for; they know more.
    insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    tx.execute(&insert).await?;
    Ok(())
}

const RESPONSE: [response::Column; 9] = [
    response::Column::OrganisationId,
    response::Column::Id,
    response::Column::JourneyType,
    response::Column::Journey,
    response::Column::Site,
    response::Column::Version,
    response::Column::AnsweredAt,
    response::Column::Outcome,
    response::Column::Answers,
];

async fn insert_responses(
    tx: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    version: i32,
    rows: &[&StoredResponse<'_>],
) -> Result<()> {
    let mut insert = Query::insert();
    insert.into_table(response::Entity).columns(RESPONSE);
    for StoredResponse { answered, site, .. } in rows {
        insert.values_panic([
            organisation.into(),
            answered.id.to_vec().into(),
            journey_type.into(),
            answered.journey.0.to_vec().into(),
            site.map(str::to_owned).into(),
            version.into(),
            answered.answered_at.into(),
            answered.outcome.into(),
            answered.answers.as_str().into(),
        ]);
    }
    tx.execute(&insert).await?;
    Ok(())
}

const COMMENT: [comment::Column; 4] = [
    comment::Column::OrganisationId,
    comment::Column::Response,
    comment::Column::Text,
    comment::Column::State,
];

async fn insert_comments(
    tx: &impl ConnectionTrait,
    organisation: OrganisationId,
    rows: &[&IncomingResponse],
) -> Result<()> {
    let mut insert = Query::insert();
    insert.into_table(comment::Entity).columns(COMMENT);
    for row in rows {
        let text = row.comment.as_deref().unwrap_or_default();
        insert.values_panic([
            organisation.into(),
            row.id.to_vec().into(),
            text.into(),
            "held".into(),
        ]);
    }
    tx.execute(&insert).await?;
    Ok(())
}

fn key(row: &QueryResult) -> Result<[u8; 16]> {
    let id: Vec<u8> = row.try_get("", "id")?;
    id.try_into().map_err(|_| damaged())
}

fn damaged() -> Error {
    Error::Internal("a stored key is not 16 bytes long".to_owned())
}
