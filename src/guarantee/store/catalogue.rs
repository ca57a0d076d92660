//! The tables, columns, links and programs that the database has.

use std::collections::BTreeSet;

use sea_orm::{DatabaseConnection, QueryResult};

use super::{is_postgres, rows};
use crate::error::Result;

/// A column that exists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column {
    pub table: String,
    pub name: String,
    /// Whether it holds words.
    pub is_text: bool,
}

/// What the database says that it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    pub columns: BTreeSet<Column>,
    /// Which table points at which.
    pub links: BTreeSet<(String, String)>,
    /// Views and triggers, which could copy what no table shows.
    pub programs: Vec<String>,
}

impl Catalogue {
    /// The names of the tables.
    pub fn tables(&self) -> BTreeSet<&str> {
        self.columns.iter().map(|column| column.table.as_str()).collect()
    }

    /// The tables that have a column of that name.
    pub fn with_column<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.columns
            .iter()
            .filter(move |column| column.name == name)
            .map(|column| column.table.as_str())
    }
}

/// Reads the catalogue of the database.
pub async fn read(db: &DatabaseConnection) -> Result<Catalogue> {
    let [columns, links, programs] = if is_postgres(db) { POSTGRES } else { SQLITE };
    let mut catalogue = Catalogue::default();
    for row in rows(db, columns).await? {
        catalogue.columns.insert(column(&row)?);
    }
    for row in rows(db, links).await? {
        catalogue.links.insert((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
    }
    for row in rows(db, programs).await? {
        catalogue.programs.push(row.try_get_by_index(0)?);
    }
    Ok(catalogue)
}

fn column(row: &QueryResult) -> Result<Column> {
    let kind: String = row.try_get_by_index(2)?;
    let kind = kind.to_lowercase();
    let is_text = ["text", "char", "clob", "json"].iter().any(|word| kind.contains(word));
    Ok(Column { table: row.try_get_by_index(0)?, name: row.try_get_by_index(1)?, is_text })
}

/// Columns with the hidden ones, links, views and triggers.
const SQLITE: [&str; 3] = [
    "SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_xinfo(m.name) c \
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite^_%' ESCAPE '^'",
    "SELECT m.name, k.\"table\" FROM sqlite_master m, pragma_foreign_key_list(m.name) k \
     WHERE m.type = 'table'",
    "SELECT type || ' ' || name FROM sqlite_master WHERE type IN ('view', 'trigger') ORDER BY 1",
];

const POSTGRES: [&str; 3] = [
    "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns \
     WHERE table_schema = current_schema()",
    "SELECT f.relname::text, t.relname::text FROM pg_constraint k \
     JOIN pg_class f ON f.oid = k.conrelid \
     JOIN pg_class t ON t.oid = k.confrelid WHERE k.contype = 'f' AND f.relnamespace = current_schema()::regnamespace",
    "SELECT 'view ' || table_name::text FROM information_schema.views \
     WHERE table_schema = current_schema() \
     UNION SELECT 'trigger ' || trigger_name::text FROM information_schema.triggers \
     WHERE trigger_schema = current_schema() ORDER BY 1",
];
