//! All that a database holds, as text, to see that nothing has changed.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};

use super::World;

/// Every row of every table, in an order of its own; and on SQLite the bytes of the file and of its
/// log.
pub(crate) async fn dump(world: &World) -> Vec<String> {
    let db = world.app.db.reader();
    let tables = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
        }
        _ => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1",
    };
    let mut all = Vec::new();
    for table in texts(db, tables).await {
        let row = match db.get_database_backend() {
            DbBackend::Postgres => "one::text".to_owned(),
            _ => {
                let columns =
                    texts(db, &format!("SELECT name FROM pragma_table_info('{table}')")).await;
                columns
                    .iter()
                    .map(|name| format!("quote(\"{name}\")"))
                    .collect::<Vec<_>>()
                    .join(" || ',' || ")
            }
        };
        for row in texts(db, &format!("SELECT {row} FROM \"{table}\" AS one ORDER BY 1")).await {
            all.push(format!("{table}: {row}"));
        }
    }
    for file in ["relais.sqlite", "relais.sqlite-wal"] {
        if let Ok(bytes) = std::fs::read(world.folder.path().join(file)) {
            all.push(format!(
                "{file}: {}",
                data_encoding::HEXLOWER.encode(&<sha2::Sha256 as sha2::Digest>::digest(&bytes))
            ));
        }
    }
    all
}

async fn texts(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows =
        db.query_all_raw(Statement::from_string(db.get_database_backend(), sql.to_owned())).await;
    let text = |row: &QueryResult| row.try_get_by_index(0).expect("a text");
    rows.expect("rows").iter().map(text).collect()
}
