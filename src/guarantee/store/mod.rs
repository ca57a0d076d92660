//! What the checks read. Plain SQL on purpose: the tables as they are, not as the program believes
//! them to be.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};

use crate::error::Result;

pub mod catalogue;
pub mod customers;
pub mod organisations;
pub mod origins;
pub mod published;
pub mod texts;

/// The rows of a statement that is the same on both databases.
async fn rows(db: &DatabaseConnection, sql: impl Into<String>) -> Result<Vec<QueryResult>> {
    Ok(db.query_all_raw(Statement::from_string(db.get_database_backend(), sql.into())).await?)
}

/// One number.
async fn number(db: &DatabaseConnection, sql: impl Into<String>) -> Result<u64> {
    let found = rows(db, sql).await?;
    let number: Option<i64> = found.first().map(|row| row.try_get_by_index(0)).transpose()?;
    Ok(u64::try_from(number.unwrap_or(0)).unwrap_or(0))
}

fn is_postgres(db: &DatabaseConnection) -> bool {
    db.get_database_backend() == DbBackend::Postgres
}

/// A name of the catalogue inside a statement, whatever it is.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
