//! The organisations with their settings as they stand in the table, and every entry of the
//! settings journal.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::DatabaseConnection;
use serde_json::Value;

use super::rows;
use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::journal::objection::Objections;
use crate::journal::store::objections;

/// A row of `organisation`, as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    pub id: OrganisationId,
    /// Where its weeks begin.
    pub time_zone: String,
    /// `pilot` or `running`.
    pub stage: String,
    pub pilot_until: Instant,
    pub created_at: Instant,
    /// The settings that touch privacy, in the order of
    /// [`crate::organisation::settings::Setting::ALL`].
    pub values: [i32; 3],
}

/// An entry of the settings journal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    pub organisation: OrganisationId,
    pub number: i64,
    pub at: Instant,
    pub subject: String,
    /// What it is.
    pub after: Value,
    /// Why.
    pub reason: String,
    /// From when it was to hold.
    pub effective_at: Instant,
    /// From when it does; `None` while somebody objects to it.
    pub in_force: Option<Instant>,
}

impl Change {
    /// A text of what it is now.
    pub fn field(&self, name: &str) -> &str {
        self.after.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// The value of a setting.
    pub fn value(&self) -> Option<i32> {
        self.after.get("value").and_then(Value::as_i64).and_then(|value| i32::try_from(value).ok())
    }
}

/// How many people of a team count at a site now; at the empty site, of the centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadsInForce {
    pub of: (OrganisationId, String, String),
    pub heads: i32,
}

/// All organisations.
pub async fn organisations(db: &DatabaseConnection) -> Result<Vec<Organisation>> {
    let sql = "SELECT id, time_zone, stage, pilot_until, created_at, minimum_answers, \
        minimum_heads, embargo_days \
               FROM organisation ORDER BY id";
    let read = |row: &sea_orm::QueryResult| {
        Ok(Organisation {
            id: row.try_get_by_index(0)?,
            time_zone: row.try_get_by_index(1)?,
            stage: row.try_get_by_index(2)?,
            pilot_until: row.try_get_by_index(3)?,
            created_at: row.try_get_by_index(4)?,
            values: [row.try_get_by_index(5)?, row.try_get_by_index(6)?, row.try_get_by_index(7)?],
        })
    };
    rows(db, sql).await?.iter().map(read).collect()
}

/// All entries of all settings journals, the oldest first.
pub async fn changes(db: &DatabaseConnection) -> Result<Vec<Change>> {
    let sql = "SELECT organisation_id, number, at, subject, after, reason, effective_at \
        FROM journal_entry \
               ORDER BY organisation_id, number";
    let rows = rows(db, sql).await?;
    let of = |row: &sea_orm::QueryResult| row.try_get_by_index(0);
    let known: BTreeSet<OrganisationId> = rows.iter().map(of).collect::<Result<_, _>>()?;
    let mut all: BTreeMap<OrganisationId, Objections> = BTreeMap::new();
    for organisation in known {
        all.insert(organisation, objections::objections(db, organisation).await?);
    }
    let read = |row: &sea_orm::QueryResult| {
        let organisation = row.try_get_by_index(0)?;
        let after: Option<String> = row.try_get_by_index(4)?;
        let effective_at = row.try_get_by_index(6)?;
        Ok(Change {
            organisation,
            number: row.try_get_by_index(1)?,
            at: row.try_get_by_index(2)?,
            subject: row.try_get_by_index(3)?,
            after: after.and_then(|after| serde_json::from_str(&after).ok()).unwrap_or_default(),
            reason: row.try_get_by_index(5)?,
            effective_at,
            in_force: all[&organisation].in_force(effective_at),
        })
    };
    rows.iter().map(read).collect()
}

/// Whose eyes the access log has seen, each with the number of looks and the newest.
pub async fn readers(db: &DatabaseConnection) -> Result<Vec<(String, u64)>> {
    let read = |row: &sea_orm::QueryResult| {
        let looks: i64 = row.try_get_by_index(1)?;
        Ok((row.try_get_by_index(0)?, looks.unsigned_abs()))
    };
    rows(db, "SELECT role, COUNT(*) FROM access_entry GROUP BY role ORDER BY role")
        .await?
        .iter()
        .map(read)
        .collect()
}

/// The hash of an entry of a chain, in hexadecimal; `None` when there is no such entry.
pub async fn seal(
    db: &DatabaseConnection,
    table: &str,
    organisation: OrganisationId,
    number: u64,
) -> Result<Option<String>> {
    let sql = format!(
        "SELECT hash FROM {table} WHERE organisation_id = {organisation} AND number = {number}"
    );
    let hash: Option<Vec<u8>> =
        rows(db, sql).await?.first().map(|row| row.try_get_by_index(0)).transpose()?;
    Ok(hash.map(|hash| data_encoding::HEXLOWER.encode(&hash)))
}

/// What imports reported: the kind, and the JSON of the report.
pub async fn intakes(db: &DatabaseConnection) -> Result<Vec<Value>> {
    let read = |row: &sea_orm::QueryResult| {
        let report: String = row.try_get_by_index(0)?;
        Ok(serde_json::from_str(&report).unwrap_or_default())
    };
    rows(db, "SELECT report FROM import_note").await?.iter().map(read).collect()
}
