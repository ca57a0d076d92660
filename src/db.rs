//! The database: many readers, one way to write.
//!
//! SQLite stands inside by default (WAL, `synchronous=FULL`); PostgreSQL is one setting away. On
//! SQLite all writes go through one task that begins immediate transactions and lets writes that
//! wait share a commit, each in a savepoint of its own: one `fdatasync` for many, and still all or
//! nothing for each. On PostgreSQL each write is a transaction. Readers of SQLite cannot write at
//! all, which is half of "GET and HEAD write nothing".

use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::str::FromStr;

use futures_util::FutureExt;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use tokio::sync::{mpsc, oneshot};

use crate::error::{Error, Result};
use crate::limits;
use crate::owner_only_file;
use crate::report_cache::Memory;

/// A future that a write runs inside its transaction.
pub type Writing<'c, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'c>>;

/// The database of this process.
#[derive(Clone, Debug)]
pub struct Db {
    reader: DatabaseConnection,
    writer: Writer,
    memory: Memory,
    pools: Memory,
}

#[derive(Clone, Debug)]
enum Writer {
    /// SQLite: the one task that writes.
    Task(mpsc::Sender<(Guard, Job)>),
    /// PostgreSQL: any connection of the pool.
    Pool(DatabaseConnection),
}

impl Db {
    /// Opens the database of `url`, brings it to the newest schema and starts its writer.
    pub async fn open(url: &str) -> Result<Self> {
        Self::open_as(url, Durability::Synced).await
    }

    /// The same with what a power cut may cost.
    pub async fn open_as(url: &str, durability: Durability) -> Result<Self> {
        let purpose = Purpose::Write(durability);
        let sqlite = url.starts_with("sqlite:");
        if let Some(file) = sqlite_file(url) {
            close_files(&file).map_err(Error::io(file.display()))?;
        }
        let writer = connect(url, purpose).await?;
        migrate(&writer).await?;
        if !sqlite {
            return Ok(Self::with(writer.clone(), Writer::Pool(writer)));
        }
        let reader = connect(url, Purpose::Read).await?;
        let (jobs, waiting) = mpsc::channel(limits::WRITES_WAITING);
        tokio::spawn(write_all((url.to_owned(), purpose), writer, waiting));
        Ok(Self::with(reader, Writer::Task(jobs)))
    }

    fn with(reader: DatabaseConnection, writer: Writer) -> Self {
        let (memory, pools) =
            (Memory::of(limits::ANSWERS_REMEMBERED), Memory::of(limits::POOLS_REMEMBERED));
        Self { reader, writer, memory, pools }
    }

    /// The address of the SQLite file inside a data folder.
    pub fn url_inside(data: &Path) -> String {
        format!("sqlite://{}", data.join("relais.sqlite").display())
    }

    /// For reading; on SQLite it cannot write.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// What was computed of what this database holds for ever.
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// The same of what the answers about all places share, which is larger.
    pub fn pools(&self) -> &Memory {
        &self.pools
    }

    /// Runs `work` in one write transaction, durable when this returns `Ok`; on an error nothing
    /// of it stays.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c DatabaseTransaction) -> Writing<'c, T> + Send + 'static,
    {
        self.write_in(Guard::Savepoint, work).await
    }

    /// The same for `work` that changes something with one statement at most. A statement is all
    /// or nothing by itself, so it shares a commit without a savepoint, which costs two more
    /// statements.
    pub async fn write_once<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c DatabaseTransaction) -> Writing<'c, T> + Send + 'static,
    {
        self.write_in(Guard::Statement, work).await
    }

    /// Lets go of what was overwritten or deleted in a table: afterwards none of the database's
    /// files holds it. SQLite has overwritten it in the file at once, so its log is cut off; that
    /// fails, to be tried again, while somebody still reads an older state. PostgreSQL rewrites
    /// the table; its own log keeps what it held until it is recycled.
    pub async fn let_go(&self, table: &str) -> Result<()> {
        if let Writer::Pool(pool) = &self.writer {
            pool.execute_unprepared(&format!("VACUUM (FULL) {table}")).await?;
            return Ok(());
        }
        self.cut_log().await
    }

    /// Writes what stands in SQLite's log into the file and cuts the log off: afterwards the file
    /// by itself is what there is. It fails, to be tried again, while somebody still reads an
    /// older state.
    pub async fn cut_log(&self) -> Result<()> {
        let cut = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
        let busy = match self.reader.query_one_raw(cut).await? {
            Some(row) => row.try_get_by_index::<i32>(0)? != 0,
            None => true,
        };
        if busy { Err(Error::LogInUse) } else { Ok(()) }
    }

    async fn write_in<T, F>(&self, guard: Guard, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c DatabaseTransaction) -> Writing<'c, T> + Send + 'static,
    {
        match &self.writer {
            Writer::Pool(pool) => {
                // In a task of its own, as on SQLite: whoever asked may go away in the middle, and
                // a transaction that is dropped then goes back to the pool open, where the next
                // one would run inside it.
                let pool = pool.clone();
                let done = tokio::spawn(async move { in_transaction(&pool, work).await });
                done.await.unwrap_or_else(|_| Err(panicked()))
            }
            Writer::Task(jobs) => {
                let (tell, told) = oneshot::channel();
                let gone = |_| Error::Internal("the writer of the database has stopped".to_owned());
                jobs.send((guard, job(work, tell))).await.map_err(|_| gone(()))?;
                told.await.map_err(|_| gone(()))?
            }
        }
    }
}

/// Makes those who hold the same lock wait for each other until their transaction ends.
/// SQLite has one writer anyway.
pub async fn lock(tx: &DatabaseTransaction, name: &str) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        let sql = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
        tx.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, [name.into()]))
            .await?;
    }
    Ok(())
}

/// How many bound values one statement may have, less a margin.
pub fn most_values(backend: DbBackend) -> usize {
    match backend {
        DbBackend::Postgres => 65_000,
        _ => 32_000,
    }
}

/// The file of a SQLite database; `None` where the database is a server or stands in memory.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    let file = url.starts_with("sqlite:").then(|| SqliteConnectOptions::from_str(url).ok())??;
    let file = file.get_filename().to_path_buf();
    (!file.to_string_lossy().starts_with("file:")).then_some(file)
}

/// Closes the database's files to everybody else. The file is made here where there is none, since SQLite would open it to
/// the umask; its log and its index have the rights of the file. What keeps it from being made, SQLite tells better.
fn close_files(file: &Path) -> std::io::Result<()> {
    // A file that is there is not opened: closing it again would let go of the locks that this process has on it.
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

/// What a connection is for.
#[derive(Clone, Copy, PartialEq)]
enum Purpose {
    Read,
    Write(Durability),
}

async fn connect(url: &str, purpose: Purpose) -> Result<DatabaseConnection, DbErr> {
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

async fn migrate(writer: &DatabaseConnection) -> Result<()> {
    use relais_migrations::MigratorTrait;
    Ok(relais_migrations::Migrator::up(writer, None).await?)
}

/// What keeps a write that shares a commit all or nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Guard {
    /// A savepoint of its own.
    Savepoint,
    /// That it is one statement.
    Statement,
}

/// Tells whoever waits how it ended, once it is known whether the group was committed.
type Tell = Box<dyn FnOnce(Result<(), &DbErr>) + Send>;
type Running<'c> = Pin<Box<dyn Future<Output = Done> + Send + 'c>>;
/// One write that waits for its turn; it is given the reason instead of a transaction when none
/// could begin.
type Job = Box<dyn for<'c> FnOnce(Result<&'c DatabaseTransaction, DbErr>) -> Running<'c> + Send>;

struct Done {
    kept: bool,
    tell: Tell,
}

fn job<T, F>(work: F, tell: oneshot::Sender<Result<T>>) -> Job
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c DatabaseTransaction) -> Writing<'c, T> + Send + 'static,
{
    Box::new(move |tx| {
        Box::pin(async move {
            let result = match tx {
                Ok(tx) => AssertUnwindSafe(work(tx))
                    .catch_unwind()
                    .await
                    .unwrap_or_else(|_| Err(panicked())),
                Err(failure) => Err(failure.into()),
            };
            let kept = result.is_ok();
            let tell = move |committed: Result<(), &DbErr>| {
                // The one who asked may have gone; the write stands all the same.
                let _ = tell.send(match (result, committed) {
                    (Ok(_), Err(failure)) => Err(failure.clone().into()),
                    (result, _) => result,
                });
            };
            Done { kept, tell: Box::new(tell) }
        })
    })
}

fn panicked() -> Error {
    Error::Internal("a write panicked".to_owned())
}

async fn write_all(
    again: (String, Purpose),
    mut writer: DatabaseConnection,
    mut waiting: mpsc::Receiver<(Guard, Job)>,
) {
    let mut trusted = true;
    while let Some(first) = waiting.recv().await {
        let mut group = vec![first];
        while group.len() < limits::WRITES_IN_A_COMMIT
            && let Ok(next) = waiting.try_recv()
        {
            group.push(next);
        }
        if !trusted && let Err(failure) = renew(&again, &mut writer).await {
            refuse(group, &failure).await;
            continue;
        }
        trusted = write_group(&writer, group).await;
    }
}

/// Another connection in place of one whose transaction did not end as it was told to: SQLite may have undone it by
/// itself, or kept it open, and the driver counts on. On such a connection a later "commit" would only close a savepoint,
/// and acknowledge what nobody wrote.
async fn renew(
    (url, purpose): &(String, Purpose),
    writer: &mut DatabaseConnection,
) -> Result<(), DbErr> {
    writer.close_by_ref().await?;
    *writer = connect(url, *purpose).await?;
    Ok(())
}

/// Writes a group in one transaction. Says whether the connection is as it was before.
async fn write_group(writer: &DatabaseConnection, group: Vec<(Guard, Job)>) -> bool {
    let tx = match begin(writer).await {
        Ok(tx) => tx,
        Err(failure) => {
            refuse(group, &failure).await;
            return true;
        }
    };
    // A write that is alone needs no savepoint either: its failure undoes the transaction.
    let alone = group.len() == 1;
    let (mut keep, mut tells) = (true, Vec::with_capacity(group.len()));
    let mut broken: Option<DbErr> = None;
    for (guard, job) in group {
        let done = match (&broken, guard) {
            (Some(failure), _) => job(Err(failure.clone())).await,
            (None, _) if alone => job(Ok(&tx)).await,
            (None, Guard::Savepoint) => in_savepoint(&tx, job, &mut broken).await,
            (None, Guard::Statement) => as_statement(&tx, job, &mut broken).await,
        };
        keep &= done.kept || !alone;
        tells.push(done.tell);
    }
    let ended = match broken {
        Some(failure) => tx.rollback().await.and(Err(failure)),
        None if keep => tx.commit().await,
        None => tx.rollback().await,
    };
    for tell in tells {
        tell(ended.as_ref().map(|_| ()));
    }
    ended.is_ok()
}

/// Tells everybody of a group that nothing could be written.
async fn refuse(group: Vec<(Guard, Job)>, failure: &DbErr) {
    tracing::error!(%failure, writes = group.len(), "no write transaction could begin");
    for (_, job) in group {
        (job(Err(failure.clone())).await.tell)(Ok(()));
    }
}

/// Runs one job so that its failure undoes only itself; `broken` says that this could not be, and
/// why.
async fn in_savepoint(tx: &DatabaseTransaction, job: Job, broken: &mut Option<DbErr>) -> Done {
    let savepoint = match tx.begin().await {
        Ok(savepoint) => savepoint,
        Err(failure) => {
            *broken = Some(failure.clone());
            return job(Err(failure)).await;
        }
    };
    let done = job(Ok(&savepoint)).await;
    let ended = if done.kept { savepoint.commit().await } else { savepoint.rollback().await };
    *broken = ended.err();
    done
}

/// Runs one job that is a single statement. When it fails nobody can tell whether SQLite undid it
/// alone or everything.
async fn as_statement(tx: &DatabaseTransaction, job: Job, broken: &mut Option<DbErr>) -> Done {
    let done = job(Ok(tx)).await;
    if !done.kept {
        *broken = Some(DbErr::Custom("a statement of the same commit failed".to_owned()));
    }
    done
}

async fn begin(writer: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..Default::default()
    };
    writer.begin_with_options(options).await
}

async fn in_transaction<T, F>(pool: &DatabaseConnection, work: F) -> Result<T>
where
    F: for<'c> FnOnce(&'c DatabaseTransaction) -> Writing<'c, T> + Send + 'static,
{
    let tx = pool.begin().await?;
    match work(&tx).await {
        Ok(value) => {
            tx.commit().await?;
            Ok(value)
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}
