//! The database's copy: SQLite's own, made beside whoever writes; PostgreSQL's by the programs
//! that come with it.

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

/// Copies the database as it is at one moment, and returns the copy's name.
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

pub(super) fn must_be_empty(config: &Config) -> Result<()> {
    let occupied = match sqlite_file(config) {
        Some(path) => path.exists().then(|| path.display().to_string()),
        None => has_tables(config)?.then(|| "database_url".to_owned()),
    };
    occupied.map_or(Ok(()), |what| Err(Text::new("backup-not-empty").with("file", what).into()))
}

fn has_tables(config: &Config) -> Result<bool> {
    let sql = "SELECT count(*) FROM pg_tables \
               WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";
    let mut ask = program("psql", config)?;
    ask.args(["--no-psqlrc", "--tuples-only", "--no-align", "--command", sql]);
    Ok(run(&mut ask)?.trim() != "0")
}

/// Puts a copy where `config` says that the database is. Both must be of one kind.
pub(super) fn put(config: &Config, name: &str, copy: &Path) -> Result<()> {
    match (sqlite_file(config), name) {
        (Some(path), SQLITE) => std::fs::rename(copy, &path).map_err(Error::io(path.display())),
        (None, POSTGRES) => {
            let (_, database) = connection_variables(config)?;
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

/// Runs one statement on a connection and in a thread of its own: a backup may run for minutes.
fn on_sqlite(path: &Path, sql: &str) -> Result<()> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .disable_statement_logging();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|failure| Error::Internal(format!("no thread for the copy: {failure}")))?;
    let copied = runtime.block_on(async {
        let mut connection = SqliteConnection::connect_with(&options).await?;
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await?;
        connection.close().await
    });
    copied.map_err(|failure: sqlx::Error| {
        Error::Internal(format!("the database was not copied: {failure}"))
    })
}

/// A program of PostgreSQL. Its environment tells it which database, because arguments are seen by
/// everybody on the machine.
fn program(name: &str, config: &Config) -> Result<Command> {
    let (variables, _) = connection_variables(config)?;
    let mut command = Command::new(name);
    command.envs(variables);
    Ok(command)
}

/// How the programs of PostgreSQL reach the database: their variables, and its name.
fn connection_variables(config: &Config) -> Result<(Vec<(&'static str, String)>, String)> {
    let url = Url::parse(&config.database_url)
        .map_err(|_| Error::from(Text::new("backup-unknown-database")))?;
    let database = decoded(url.path().trim_start_matches('/'));
    let host = url.query_pairs().find(|(key, _)| key == "host").map(|(_, host)| host.into_owned());
    let mut variables = vec![("PGDATABASE", database.clone())];
    variables.extend(host.or_else(|| url.host_str().map(decoded)).map(|host| ("PGHOST", host)));
    variables.extend(url.port().map(|port| ("PGPORT", port.to_string())));
    variables.extend((!url.username().is_empty()).then(|| ("PGUSER", decoded(url.username()))));
    variables.extend(url.password().map(|password| ("PGPASSWORD", decoded(password))));
    variables.extend(
        url.query_pairs()
            .find(|(key, _)| key == "sslmode")
            .map(|(_, mode)| ("PGSSLMODE", mode.into_owned())),
    );
    Ok((variables, database))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

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
