//! How a connection is opened: its options, and the rights of its file.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use crate::limits;
use crate::owner_only_file;

/// The file of a SQLite database; `None` where the database is a server or stands in memory.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    let file = url.starts_with("sqlite:").then(|| SqliteConnectOptions::from_str(url).ok())??;
    let file = file.get_filename().to_path_buf();
    (!file.to_string_lossy().starts_with("file:")).then_some(file)
}

/// Whether what is said to a PostgreSQL server may be read by whoever stands between: it is
/// elsewhere, and nothing asks for TLS, which a server that only offers it can be made to drop.
pub fn is_in_plain(url: &str) -> bool {
    let Some(options) = (!url.starts_with("sqlite:")).then(|| PgConnectOptions::from_str(url).ok())
    else {
        return false;
    };
    options.is_some_and(|options| {
        let host = options.get_host();
        let is_here = options.get_socket().is_some()
            || host.starts_with('/')
            || host == "localhost"
            || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|host| host.is_loopback());
        let asks = matches!(
            options.get_ssl_mode(),
            PgSslMode::Require | PgSslMode::VerifyCa | PgSslMode::VerifyFull
        );
        !is_here && !asks
    })
}

/// Closes the database's files to everybody else. The file is made here where there is none, since
/// SQLite would open it to the umask; its log and its index have the rights of the file. What
/// keeps it from being made, SQLite tells better.
pub(super) fn close_files(file: &Path) -> std::io::Result<()> {
    // A file that is there is not opened: closing it again would let go of the locks that this
    // process has on it.
    let _ = owner_only_file::options().create_new(true).open(file);
    for ending in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        owner_only_file::close(Path::new(&name))?;
    }
    Ok(())
}

/// What a power cut may cost a SQLite database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Nothing that was acknowledged.
    Synced,
    /// Everything: it was made up, and can be made again.
    MadeUp,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Purpose {
    Read,
    Write(Durability),
}

pub(super) async fn connect(url: &str, purpose: Purpose) -> Result<DatabaseConnection, DbErr> {
    let sqlite = url.starts_with("sqlite:");
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(match (sqlite, purpose) {
            (true, Purpose::Write(_)) => 1,
            (true, Purpose::Read) => limits::READERS,
            (false, _) => limits::POSTGRES_CONNECTIONS,
        })
        .acquire_timeout(limits::DATABASE_PATIENCE)
        .connect_timeout(limits::DATABASE_PATIENCE)
        // A connection to a file does not go away, and testing it costs a round trip for each
        // read.
        .test_before_acquire(!sqlite)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |options| pragmas(options, purpose));
    Database::connect(options).await
}

fn pragmas(options: SqliteConnectOptions, purpose: Purpose) -> SqliteConnectOptions {
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(limits::DATABASE_PATIENCE)
        .pragma("cache_size", "-16000")
        // Keys are random, so the same pages change again and again: they go from the log to the
        // file once for many commits. The log stays under some thirty megabytes.
        .pragma("wal_autocheckpoint", "8000")
        // What is deleted or overwritten is gone from the file, not only from the tables.
        .pragma("secure_delete", "on")
        .pragma("temp_store", "memory");
    match purpose {
        Purpose::Write(Durability::Synced) => options,
        Purpose::Write(Durability::MadeUp) => options.synchronous(SqliteSynchronous::Off),
        Purpose::Read => options.pragma("query_only", "on"),
    }
}

#[cfg(test)]
mod tests {
    use super::is_in_plain;

    #[test]
    fn a_server_elsewhere_that_need_not_speak_tls_is_noticed() {
        for plain in [
            "postgres://relais:x@db.example/relais",
            "postgres://relais@192.0.2.7:5433/relais?sslmode=prefer",
            "postgresql://relais@[2001:db8::7]/relais?sslmode=disable",
        ] {
            assert!(is_in_plain(plain), "{plain}");
        }
        for fine in [
            "sqlite://relais-data/relais.sqlite",
            "postgres://relais@127.0.0.1:5433/relais",
            "postgres://relais@localhost/relais",
            "postgres://relais@[::1]/relais",
            "postgres:///relais?host=/var/run/postgresql",
            "postgres://relais@db.example/relais?sslmode=require",
            "postgres://relais@db.example/relais?sslmode=verify-full",
        ] {
            assert!(!is_in_plain(fine), "{fine}");
        }
    }
}
