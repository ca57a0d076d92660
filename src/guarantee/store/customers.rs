//! What is stored of customers: their comments, the digests of their links, their addresses.

use sea_orm::{DatabaseConnection, QueryResult};

use super::catalogue::Catalogue;
use super::{is_postgres, number, quoted, rows};
use crate::clock::Instant;
use crate::error::Result;
use crate::limits;

/// A table with the number of its rows, and of those whose key has the wrong length.
pub type Lengths = Vec<(String, u64, u64)>;

/// How many comments are in each state.
pub async fn comments(db: &DatabaseConnection) -> Result<Vec<(String, u64)>> {
    let read = |row: &QueryResult| {
        let count: i64 = row.try_get_by_index(1)?;
        Ok((row.try_get_by_index(0)?, count.unsigned_abs()))
    };
    rows(db, "SELECT state, COUNT(*) FROM comment GROUP BY state ORDER BY state")
        .await?
        .iter()
        .map(read)
        .collect()
}

/// The comments that somebody may read.
pub async fn released(db: &DatabaseConnection) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT text FROM comment WHERE state = 'released' LIMIT {}",
        limits::GUARANTEE_ROWS
    );
    rows(db, sql).await?.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

/// Whether every value of the columns of a name has that many bytes.
pub async fn lengths(
    db: &DatabaseConnection,
    catalogue: &Catalogue,
    column: &str,
    bytes: u32,
) -> Result<Lengths> {
    let mut found = Vec::new();
    // The digests of names are no secrets of ours, and shorter.
    for table in catalogue.with_column(column).filter(|table| *table != "staff_name") {
        let (of, name) = (quoted(table), quoted(column));
        let all = number(db, format!("SELECT COUNT(*) FROM {of} WHERE {name} IS NOT NULL")).await?;
        let wrong =
            number(db, format!("SELECT COUNT(*) FROM {of} WHERE length({name}) <> {bytes}"))
                .await?;
        found.push((table.to_owned(), all, wrong));
    }
    Ok(found)
}

/// The encrypted addresses, at most [`limits::GUARANTEE_ROWS`] of them.
pub async fn addresses(db: &DatabaseConnection) -> Result<Vec<Vec<u8>>> {
    let sql = format!("SELECT address FROM contact LIMIT {}", limits::GUARANTEE_ROWS);
    rows(db, sql).await?.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

/// How many addresses are still here though their own day is over, or though their link ended so
/// long ago that it must be.
pub async fn overdue(db: &DatabaseConnection, now: Instant) -> Result<u64> {
    let day = 86_400;
    let own = now - day;
    // Customers who were asked together keep their addresses together, and their journeys ended
    // within that time.
    let link = now - (limits::ADDRESS_DAYS + 1) * day - limits::ASK_WITHIN;
    let sql = format!(
        "SELECT COUNT(*) FROM contact c WHERE c.expires_at < {own} OR EXISTS (SELECT 1 \
         FROM invitation i \
         WHERE i.organisation_id = c.organisation_id AND i.journey = c.journey \
         AND i.expires_at < {link})"
    );
    number(db, sql).await
}

/// Whether the database is a file that this program can look into.
pub fn is_file(db: &DatabaseConnection) -> bool {
    !is_postgres(db)
}
