//! Finds and deletes all rows about a customer.

use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult, Statement, Value};

use crate::blueprint;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::invitation::erasure::summary::{ErasureTarget, Summary};
use crate::journey::FINISHED;
use crate::token::Secret;

type Keys = Vec<Vec<u8>>;

/// The keys under which a customer is known.
#[derive(Clone, Debug, Default)]
pub struct Found {
    journeys: Keys,
    invitations: Keys,
    responses: Keys,
    addresses: Keys,
    /// Digests of the links to them.
    links: Keys,
}

impl Found {
    /// Whether one of these links leads to the customer.
    pub fn has_link(&self, digest: &[u8]) -> bool {
        self.links.iter().any(|known| known == digest)
    }
}

/// Rows of a table, by one of the keys.
struct Rows {
    table: &'static str,
    column: &'static str,
    of: fn(&Found) -> &Keys,
}

const COMMENTS: Rows = Rows { table: "comment", column: "response", of: |found| &found.responses };
const RESPONSES: Rows = Rows { table: "response", column: "id", of: |found| &found.responses };
const LINKS: Rows = Rows { table: "link", column: "invitation", of: |found| &found.invitations };
const MAILS: Rows = Rows { table: "mail", column: "invitation", of: |found| &found.invitations };
const INVITATIONS: Rows =
    Rows { table: "invitation", column: "id", of: |found| &found.invitations };
const CONTACTS: Rows = Rows { table: "contact", column: "journey", of: |found| &found.journeys };
const DECISIONS: Rows = Rows { table: "decision", column: "journey", of: |found| &found.journeys };
const JOURNEYS: Rows = Rows { table: "journey", column: "id", of: |found| &found.journeys };
const CONTACTED: Rows =
    Rows { table: "contact_date", column: "address_key", of: |found| &found.addresses };

/// All of them but the jobs, in the order in which they can go.
const ALL: [&Rows; 9] = [
    &COMMENTS,
    &RESPONSES,
    &LINKS,
    &MAILS,
    &INVITATIONS,
    &CONTACTS,
    &DECISIONS,
    &JOURNEYS,
    &CONTACTED,
];

/// Finds a customer's keys.
pub async fn find(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    whom: &ErasureTarget,
    secret: &Secret,
) -> Result<Found> {
    let mut found = Found::default();
    match whom {
        ErasureTarget::Journey(source) => {
            let types = blueprint::store::types(conn, organisation).await?;
            found.journeys =
                types.iter().map(|kind| secret.journey_id(kind, source).0.to_vec()).collect();
        }
        ErasureTarget::Contact(address) => {
            let key = secret.address_key(address);
            found.addresses = vec![key.to_vec()];
            found.invitations = keys(
                conn,
                "SELECT id FROM invitation",
                organisation,
                "address_key",
                &found.addresses,
            )
            .await?;
            found.journeys = reached(
                conn,
                organisation,
                |sealed| sealed.is_some_and(|known| secret.address_key(known) == key),
                secret,
            )
            .await?;
            let own = keys(
                conn,
                "SELECT journey FROM invitation",
                organisation,
                "id",
                &found.invitations,
            )
            .await?;
            found.journeys.extend(own);
        }
    }
    let more =
        keys(conn, "SELECT id FROM invitation", organisation, "journey", &found.journeys).await?;
    found.invitations.extend(more);
    found.responses =
        keys(conn, "SELECT id FROM response", organisation, "journey", &found.journeys).await?;
    found.responses.extend(found.invitations.iter().cloned());
    let known =
        keys(conn, "SELECT address_key FROM invitation", organisation, "id", &found.invitations)
            .await?;
    found.addresses.extend(known);
    found.links =
        keys(conn, "SELECT digest FROM link", organisation, "invitation", &found.invitations)
            .await?;
    for some in
        [&mut found.journeys, &mut found.invitations, &mut found.responses, &mut found.addresses]
    {
        some.sort_unstable();
        some.dedup();
    }
    Ok(found)
}

/// The journeys whose customer has an address; only their key can be compared, so each is opened.
async fn reached(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    is_his: impl Fn(Option<&str>) -> bool,
    secret: &Secret,
) -> Result<Keys> {
    let sql = "SELECT journey, address FROM contact WHERE organisation_id = $1";
    let mut journeys = Keys::new();
    for row in
        conn.query_all_raw(statement(conn, sql.to_owned(), vec![organisation.into()])).await?
    {
        let sealed: Vec<u8> = row.try_get_by_index(1)?;
        if is_his(secret.decrypt(&sealed).as_deref()) {
            journeys.push(row.try_get_by_index(0)?);
        }
    }
    Ok(journeys)
}

/// Counts what is there in the database.
pub async fn count(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    found: &Found,
) -> Result<Summary> {
    let of = async |rows: &Rows| count_of(conn, organisation, rows, found, "").await;
    let released = async |rows: &Rows| {
        count_of(conn, organisation, rows, found, " AND atom IS NOT NULL").await
    };
    Ok(Summary {
        journeys: of(&JOURNEYS).await?,
        contacts: of(&CONTACTS).await?,
        invitations: of(&INVITATIONS).await?,
        mails: of(&LINKS).await? + of(&MAILS).await?,
        responses: of(&RESPONSES).await?,
        comments: of(&COMMENTS).await?,
        notes: of(&DECISIONS).await?
            + of(&CONTACTED).await?
            + jobs(conn, organisation, found, "SELECT COUNT(*)").await?,
        mail_files: 0,
        published: released(&RESPONSES).await? + released(&JOURNEYS).await?,
    })
}

/// Deletes it.
pub async fn delete(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    found: &Found,
) -> Result<()> {
    for rows in ALL {
        let ids = (rows.of)(found);
        if !ids.is_empty() {
            let sql = format!(
                "DELETE FROM {} WHERE organisation_id = $1 AND {}",
                rows.table,
                one_of(rows.column, ids.len())
            );
            tx.execute_raw(statement(tx, sql, values(organisation, ids))).await?;
        }
    }
    jobs(tx, organisation, found, "DELETE").await?;
    Ok(())
}

async fn count_of(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    rows: &Rows,
    found: &Found,
    also: &str,
) -> Result<u64> {
    let ids = (rows.of)(found);
    if ids.is_empty() {
        return Ok(0);
    }
    let sql = format!(
        "SELECT COUNT(*) FROM {} WHERE organisation_id = $1 AND {}{also}",
        rows.table,
        one_of(rows.column, ids.len())
    );
    first(conn.query_one_raw(statement(conn, sql, values(organisation, ids))).await?)
}

/// Counts or deletes the jobs that a journey's end caused.
async fn jobs(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    found: &Found,
    verb: &str,
) -> Result<u64> {
    if found.journeys.is_empty() {
        return Ok(0);
    }
    let sql = format!(
        "{verb} FROM job WHERE organisation_id = $1 AND kind = '{FINISHED}' AND {}",
        one_of("key", found.journeys.len())
    );
    let names = found.journeys.iter().map(|id| Value::from(data_encoding::HEXLOWER.encode(id)));
    let statement = statement(conn, sql, [organisation.into()].into_iter().chain(names).collect());
    match verb {
        "DELETE" => Ok(conn.execute_raw(statement).await?.rows_affected()),
        _ => first(conn.query_one_raw(statement).await?),
    }
}

/// The keys that a query finds by others.
async fn keys(
    conn: &impl ConnectionTrait,
    query: &str,
    organisation: OrganisationId,
    column: &str,
    ids: &Keys,
) -> Result<Keys> {
    if ids.is_empty() {
        return Ok(Keys::new());
    }
    let sql = format!("{query} WHERE organisation_id = $1 AND {}", one_of(column, ids.len()));
    let rows = conn.query_all_raw(statement(conn, sql, values(organisation, ids))).await?;
    let read = |row: &QueryResult| row.try_get_by_index::<Option<Vec<u8>>>(0);
    let found = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(found.into_iter().flatten().collect())
}

fn one_of(column: &str, count: usize) -> String {
    let places: Vec<String> = (2..count + 2).map(|at| format!("${at}")).collect();
    format!("{column} IN ({})", places.join(", "))
}

fn values(organisation: OrganisationId, ids: &Keys) -> Vec<Value> {
    [organisation.into()].into_iter().chain(ids.iter().map(|id| id.clone().into())).collect()
}

fn first(row: Option<QueryResult>) -> Result<u64> {
    let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

fn statement(conn: &impl ConnectionTrait, sql: String, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(conn.get_database_backend(), sql, values)
}
