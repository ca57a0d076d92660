//! Whether the database takes writes and is whole.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::Db;
use crate::error::{Error, Result};

/// Says again what the table of migrations says: it has a row on every database, and a write that
/// changes nothing is written and synced as any other.
const WRITE: &str = "UPDATE seaql_migrations SET applied_at = applied_at \
    WHERE version = (SELECT MAX(version) FROM seaql_migrations)";

impl Db {
    /// Writes something and commits it.
    pub async fn try_to_write(&self) -> Result<()> {
        self.write_once(|tx| {
            Box::pin(async move {
                tx.execute_unprepared(WRITE).await?;
                Ok(())
            })
        })
        .await
    }

    /// Looks through a SQLite file. A server looks after its files itself.
    pub async fn look_for_damage(&self) -> Result<()> {
        let reader = self.reader();
        if reader.get_database_backend() != DbBackend::Sqlite {
            return Ok(());
        }
        let look = Statement::from_string(DbBackend::Sqlite, "PRAGMA quick_check(1)");
        let row = reader.query_one_raw(look).await?;
        match row.map(|row| row.try_get_by_index::<String>(0)).transpose()?.as_deref() {
            Some("ok") => Ok(()),
            _ => Err(Error::Damaged),
        }
    }
}
