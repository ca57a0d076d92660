//! The database: many readers, one way to write.
//!
//! SQLite stands inside by default (WAL, `synchronous=FULL`); PostgreSQL is one setting away. On
//! SQLite all writes go through one task that begins immediate transactions and lets writes that
//! wait share a commit, each in a savepoint of its own: one `fdatasync` for many, and still all or
//! nothing for each. On PostgreSQL each write is a transaction. Readers of SQLite cannot write at
//! all, which is half of "GET and HEAD write nothing".

mod connection;
mod health;

use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::pin::Pin;

use futures_util::FutureExt;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, DatabaseConnection,
    DatabaseTransaction, DbBackend, DbErr, EntityTrait, IntoActiveModel, Iterable,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use tokio::sync::{mpsc, oneshot};

pub use connection::{Durability, is_in_plain, sqlite_file};
use connection::{Purpose, close_files, connect};

use crate::error::{Error, Result};
use crate::limits;
use crate::report_cache::Memory;

/// A future that a write runs inside its transaction.
pub type Writing<'c, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'c>>;

#[derive(Clone, Debug)]
pub struct Db {
    reader: DatabaseConnection,
    writer: Writer,
    memory: Memory,
    pools: Memory,
    searches: Memory,
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
        let searches = Memory::of(limits::SEARCHES_REMEMBERED);
        Self { reader, writer, memory, pools, searches }
    }

    pub fn url_inside(data: &Path) -> String {
        format!("sqlite://{}", data.join("relais.sqlite").display())
    }

    /// On SQLite it cannot write.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Cache of reports that were made from releases, which never change.
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// Cache of the pooled fit, one entry for each set of releases; larger than `memory`, so it
    /// holds fewer.
    pub fn pools(&self) -> &Memory {
        &self.pools
    }

    /// Cache of what releases were searched for, by a fingerprint of everything in them.
    pub fn searches(&self) -> &Memory {
        &self.searches
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

    /// For `work` that changes something with one statement at most. A statement is all or nothing
    /// by itself, so it shares a commit without a savepoint, which costs two more statements.
    pub async fn write_once<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c DatabaseTransaction) -> Writing<'c, T> + Send + 'static,
    {
        self.write_in(Guard::Statement, work).await
    }

    /// Makes what was overwritten or deleted in a table unreadable in the database's files. SQLite
    /// has overwritten it in the file at once, so its log is cut off; that fails, to be tried
    /// again, while somebody still reads an older state. PostgreSQL rewrites the table; its own
    /// log keeps what it held until it is recycled.
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
                let (tell, outcome) = oneshot::channel();
                jobs.send((guard, job(work, tell))).await.map_err(|_| stopped())?;
                outcome.await.map_err(|_| stopped())?
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

/// Inserts rows, as many in a statement as the database takes.
pub async fn insert_all<M, A>(
    tx: &DatabaseTransaction,
    rows: impl IntoIterator<Item = M>,
) -> Result<()>
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait + ActiveModelBehavior + Send,
{
    let columns = <A::Entity as EntityTrait>::Column::iter().count();
    let most = most_values(tx.get_database_backend()) / columns;
    let rows: Vec<A> = rows.into_iter().map(|row| row.into_active_model().reset_all()).collect();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        A::Entity::insert_many(rows.by_ref().take(most)).exec_without_returning(tx).await?;
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

async fn migrate(writer: &DatabaseConnection) -> Result<()> {
    use relais_migrations::MigratorTrait;
    Ok(relais_migrations::Migrator::up(writer, None).await?)
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Guard {
    Savepoint,
    /// A write of one statement needs no savepoint.
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

fn stopped() -> Error {
    Error::Internal("the writer of the database has stopped".to_owned())
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

/// Replaces a connection whose transaction did not end as it was told to: SQLite may have undone
/// it by itself, or kept it open, and the driver counts on. On such a connection a later "commit"
/// would only close a savepoint, and acknowledge what nobody wrote.
async fn renew(
    (url, purpose): &(String, Purpose),
    writer: &mut DatabaseConnection,
) -> Result<(), DbErr> {
    writer.close_by_ref().await?;
    *writer = connect(url, *purpose).await?;
    Ok(())
}

/// Writes a group in one transaction. Returns whether the connection can be used on.
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
