//! The database's copy: SQLite's own, made beside whoever writes; PostgreSQL's by the programs that come with it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use percent_encoding::percent_decode_str;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use url::Url;

use crate::config::Config;
use crate::db;
use crate::error::{Error, Result};
use crate::i18n::Text;
use crate::owner_only_file;

const SQLITE: &str = "database.sqlite";
const POSTGRES: &str = "database.pgdump";

/// Copies the database as it is at one moment; what the copy is called.
pub(super) fn copy(config: &Config, into: &Path) -> Result<&'static str> {
    let _ = std::fs::remove_file(into);
    // Both kinds of copy fill an empty file that is there, whose rights then stay.
    owner_only_file::write(into, []).map_err(Error::io(into.display()))?;
    match sqlite_file(config) {
        Some(path) => {
            let quoted = into.display().to_string().replace('\'', "''");
            on_sqlite(&path, &format!("VACUUM INTO '{quoted}'"))?;
            Ok(SQLITE)
        }
        None => {
            let mut dump = program("pg_dump", config)?;
            run(dump
                .args(["--format=custom", "--no-owner", "--no-privileges", "--file"])
                .arg(into))?;
            Ok(POSTGRES)
        }
    }
}

/// Refuses a database that has something in it.
pub(super) fn must_be_empty(config: &Config) -> Result<()> {
    let there = |what: &str| Err(Text::new("backup-not-empty").with("file", what).into());
    match sqlite_file(config) {
        Some(path) if path.exists() => there(&path.display().to_string()),
        Some(_) => Ok(()),
        None => {
            let mut ask = program("psql", config)?;
            let sql = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";
            match run(ask.args(["--no-psqlrc", "--tuples-only", "--no-align", "--command", sql]))?
                .trim()
            {
                "0" => Ok(()),
                _ => there("database_url"),
            }
        }
    }
}

/// Puts a copy where `config` says that the database is. Both are of one kind.
pub(super) fn put(config: &Config, name: &str, copy: &Path) -> Result<()> {
    match (sqlite_file(config), name) {
        (Some(path), SQLITE) => std::fs::rename(copy, &path).map_err(Error::io(path.display())),
        (None, POSTGRES) => {
            let (_, database) = reached(config)?;
            let mut restore = program("pg_restore", config)?;
            let options = [
                "--single-transaction",
                "--exit-on-error",
                "--no-owner",
                "--no-privileges",
                "--dbname",
            ];
            run(restore.args(options).arg(database).arg(copy)).map(drop)
        }
        _ => Err(Text::new("backup-other-database").into()),
    }
}

/// The database file; `None` where the database is a server.
fn sqlite_file(config: &Config) -> Option<PathBuf> {
    db::sqlite_file(&config.database_url)
}

/// One statement on a connection of its own, in a thread of its own: a backup may run for minutes.
fn on_sqlite(path: &Path, sql: &str) -> Result<()> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .disable_statement_logging();
    let failed =
        |failure: sqlx::Error| Error::Internal(format!("the database was not copied: {failure}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|failure| Error::Internal(format!("no thread for the copy: {failure}")))?;
    runtime.block_on(async {
        let mut connection = SqliteConnection::connect_with(&options).await.map_err(failed)?;
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await.map_err(failed)?;
        connection.close().await.map_err(failed)
    })
}

/// A program of PostgreSQL, told by its environment which database: arguments are seen by everybody on the machine.
fn program(name: &str, config: &Config) -> Result<Command> {
    let (told, _) = reached(config)?;
    let mut command = Command::new(name);
    command.envs(told);
    Ok(command)
}

/// How the programs of PostgreSQL reach the database: their variables, and its name.
fn reached(config: &Config) -> Result<(Vec<(&'static str, String)>, String)> {
    let url = Url::parse(&config.database_url)
        .map_err(|_| Error::from(Text::new("backup-unknown-database")))?;
    let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let database = plain(url.path().trim_start_matches('/'));
    let host = url.query_pairs().find(|(key, _)| key == "host").map(|(_, host)| host.into_owned());
    let mut told = vec![("PGDATABASE", database.clone())];
    told.extend(host.or_else(|| url.host_str().map(plain)).map(|host| ("PGHOST", host)));
    told.extend(url.port().map(|port| ("PGPORT", port.to_string())));
    told.extend((!url.username().is_empty()).then(|| ("PGUSER", plain(url.username()))));
    told.extend(url.password().map(|password| ("PGPASSWORD", plain(password))));
    told.extend(
        url.query_pairs()
            .find(|(key, _)| key == "sslmode")
            .map(|(_, mode)| ("PGSSLMODE", mode.into_owned())),
    );
    Ok((told, database))
}

/// Runs a program to its end; what it printed.
fn run(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command.output().map_err(|failure| match failure.kind() {
        ErrorKind::NotFound => Text::new("backup-no-program").with("program", name.as_str()).into(),
        _ => Error::io(&name)(failure),
    })?;
    if done.status.success() {
        return Ok(String::from_utf8_lossy(&done.stdout).into_owned());
    }
    let why = String::from_utf8_lossy(&done.stderr).trim().to_owned();
    Err(Text::new("backup-program-failed").with("program", name).with("why", why).into())
}
