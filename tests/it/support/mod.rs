//! Databases, applications and requests for the stories. Everything is real: a SQLite file, a
//! PostgreSQL server that this process starts from Debian's package and that ends with it, and the
//! router that the service serves.

pub(crate) mod axe;
pub(crate) mod browser;
pub(crate) mod cluster;
pub(crate) mod customer;
pub(crate) mod demo;
pub(crate) mod dump;
pub(crate) mod http;
pub(crate) mod ledger;
#[cfg(feature = "oidc")]
pub(crate) mod provider;
pub(crate) mod service;
pub(crate) mod serving;
pub(crate) mod smtp;
pub(crate) mod trace;

use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rand::SeedableRng;
use rand::rngs::StdRng;
use relais::app::App;
use relais::clock::Clock;
use relais::config::Config;
use tempfile::TempDir;

/// Saturday 21 November 2026, 12:00 UTC: the instant at which stories begin unless they say
/// otherwise.
pub(crate) const NOON: i64 = 1_795_262_400;

/// Makes a story run on both databases: `both!(name, story)` with `async fn story(world: World)`.
macro_rules! both {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name(crate::support::World::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$name(crate::support::World::postgres().await).await;
            }
        }
    )+};
}
pub(crate) use both;

/// One application on a database of its own, in a folder that goes away with it.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) folder: TempDir,
}

impl World {
    pub(crate) async fn sqlite() -> Self {
        Self::on(None).await
    }

    pub(crate) async fn postgres() -> Self {
        Self::on(Some(postgres().new_database())).await
    }

    /// On a PostgreSQL database of the story's own.
    pub(crate) async fn at(database_url: String) -> Self {
        Self::on(Some(database_url)).await
    }

    async fn on(database_url: Option<String>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        // Stories stand still while they ask: what one network may ask in a minute is tried by a
        // story of its own.
        let often = ("requests_per_minute", "1000000000".to_owned());
        let mut options = vec![("data", folder.path().display().to_string()), often];
        options.extend(database_url.map(|url| ("database_url", url)));
        let config = Config::read(&options, |_| None).expect("the settings");
        let app = App::open_with(config, Clock::manual(NOON), StdRng::seed_from_u64(1))
            .await
            .expect("an application");
        Self { app, folder }
    }

    /// A file of this content in the world's folder.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("a file in the temporary folder");
        path
    }

    /// Runs one statement on the connection that writes, behind the program's back.
    pub(crate) async fn sql(&self, statement: &'static str) {
        let ran = self.app.db.write(move |tx| Box::pin(sql_in(tx, statement)));
        ran.await.expect("a statement");
    }
}

/// Runs one statement in a transaction, behind the program's back.
pub(crate) async fn sql_in(
    tx: &sea_orm::DatabaseTransaction,
    sql: &str,
) -> relais::error::Result<()> {
    use sea_orm::ConnectionTrait;
    tx.execute_unprepared(sql).await?;
    Ok(())
}

/// A file of the test data beside the project; `None` says by name what is skipped.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if path.exists() {
        return Some(path);
    }
    let _ = writeln!(std::io::stderr(), "skipped: {name} is not here");
    None
}

/// The PostgreSQL server of this test run.
pub(crate) struct Postgres {
    port: u16,
    databases: AtomicU32,
    /// Reads until this process ends, then stops the server.
    _keeper: Child,
}

/// Starts the server at the first call.
pub(crate) fn postgres() -> &'static Postgres {
    static SERVER: OnceLock<Postgres> = OnceLock::new();
    SERVER.get_or_init(Postgres::start)
}

impl Postgres {
    pub(crate) fn new_database(&self) -> String {
        let name = format!("story_{}", self.databases.fetch_add(1, Ordering::SeqCst));
        let url = format!("postgres://postgres@127.0.0.1:{}/postgres", self.port);
        let made = Command::new(binaries().join("psql"))
            .args([&url, "-qc", &format!("CREATE DATABASE {name}")])
            .status();
        assert!(made.is_ok_and(|status| status.success()), "the database {name} could not be made");
        format!("postgres://postgres@127.0.0.1:{}/{name}", self.port)
    }

    fn start() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("relais-postgres-")
            .tempdir()
            .expect("a temporary folder")
            .keep();
        let port = free_port();
        let keeper = kept(
            KEEPER,
            [OsString::from(binaries()), folder.clone().into_os_string(), port.to_string().into()],
        );
        let deadline = std::time::Instant::now() + Duration::from_secs(60);
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() || !ready(port) {
            assert!(
                std::time::Instant::now() < deadline,
                "PostgreSQL did not start within a minute"
            );
            std::thread::sleep(Duration::from_millis(100));
        }
        Self { port, databases: AtomicU32::new(0), _keeper: keeper }
    }
}

/// Makes and serves a cluster as an unprivileged user until its input ends. Durability is not what
/// these stories test on PostgreSQL, so its syncs are off.
const KEEPER: &str = r#"
bin=$1 dir=$2 port=$3
if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; as() { setpriv --reuid postgres --regid postgres --clear-groups "$@"; }
else as() { "$@"; }; fi
cd "$dir"
as "$bin/initdb" -D "$dir/data" -U postgres -A trust -N --locale=C.UTF-8 >/dev/null 2>&1 </dev/null || exit 1
as "$bin/postgres" -D "$dir/data" -p "$port" -k "$dir" -c listen_addresses=127.0.0.1 -c fsync=off \
  -c max_connections=400 -c log_min_messages=fatal >/dev/null 2>&1 </dev/null &
read -r _
as "$bin/pg_ctl" -D "$dir/data" stop -m immediate >/dev/null 2>&1 </dev/null
rm -rf "$dir"
"#;

fn ready(port: u16) -> bool {
    let port = port.to_string();
    let asked = Command::new(binaries().join("pg_isready"))
        .args(["-q", "-h", "127.0.0.1", "-p", &port])
        .status();
    asked.is_ok_and(|status| status.success())
}

/// Where Debian keeps the server's programs.
fn binaries() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let told = Command::new("pg_config").arg("--bindir").output().ok();
        let told = told
            .and_then(|told| String::from_utf8(told.stdout).ok())
            .map(|path| PathBuf::from(path.trim()));
        let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let folders = told.into_iter().chain(installed.map(|version| version.path().join("bin")));
        let found = folders.into_iter().find(|folder| folder.join("initdb").exists());
        found.expect("PostgreSQL's programs; install the package postgresql")
    })
}

/// Runs a shell script that starts a server and stops it at the end of its input. This process
/// holds the other end of that pipe and never closes it: however this process ends, the server ends
/// with it.
fn kept<A: AsRef<OsStr>>(script: &str, arguments: impl IntoIterator<Item = A>) -> Child {
    let mut keeper = Command::new("sh")
        .args(["-c", script, "sh"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell");
    std::mem::forget(keeper.stdin.take());
    keeper
}

/// A port of loopback that nobody listens at now.
pub(crate) fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|socket| socket.local_addr())
        .expect("a port")
        .port()
}

/// Waits until somebody listens at a port of loopback.
pub(crate) fn wait_for(port: u16) {
    let deadline = std::time::Instant::now() + Duration::from_secs(60);
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(std::time::Instant::now() < deadline, "nobody listens at {port} after a minute");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Waits until something holds; a minute without it is a failure.
pub(crate) async fn until(what: &str, holds: impl Fn() -> bool) {
    let deadline = std::time::Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(std::time::Instant::now() < deadline, "after a minute still not: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Calls a macro with `$first` and the names of all tables but the access log.
macro_rules! with_every_table {
    ($call:ident, $first:expr) => {
        $call!(
            $first,
            account,
            action,
            api_key,
            asking_rule,
            atom,
            cells,
            channel,
            comment,
            contact,
            contact_date,
            decision,
            discussion,
            element,
            faded_week,
            feed_day,
            flow,
            flow_path,
            flow_step,
            headcount,
            import_note,
            invitation,
            job,
            journal_entry,
            journey,
            journey_type,
            link,
            mail,
            membership,
            note,
            notice,
            obstacle,
            opt_out,
            organisation,
            questionnaire,
            recovery_code,
            release,
            response,
            second_factor,
            sentence,
            session,
            sign_in_link,
            site,
            staff_name,
            step,
            team,
            variant,
        )
    };
}
pub(crate) use with_every_table;

/// Says by name what could not be tried on this machine.
pub(crate) fn skipped(what: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {what}");
}

/// Says a figure of a story where `sh tests/run` shows it.
pub(crate) fn figure(line: &str) {
    let _ = writeln!(std::io::stderr(), "figure: {line}");
}
