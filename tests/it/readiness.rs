//! Whether it runs and whether it can write are two questions.

use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::StatusCode;
use relais::db::Db;
use relais::wiring;
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DbBackend, Statement};

use crate::durable::works;
use crate::support::cluster::Cluster;
use crate::support::http::Line;
use crate::support::service::{Service, Site, asked};
use crate::support::{World, both, skipped, sql_in};
use crate::unsaved::{fill, on_a_small_disk};
use crate::visitor::Visitor;

both!(who_cannot_write_runs_and_is_not_ready,);

/// What a service says of itself: that it runs, whether it is ready, and why not.
async fn asked_now(world: &World, router: &Router) -> (StatusCode, StatusCode, String) {
    // What was found last is believed for a second.
    world.app.clock.set(world.app.clock.now() + 2);
    let mut visitor = Visitor::new(router);
    let (live, ready) = (visitor.get("/livez").await, visitor.get("/readyz").await);
    (live.status, ready.status, ready.body)
}

const EVERYBODY_ELSE_OUT: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
    WHERE datname = current_database() AND pid <> pg_backend_pid()";

/// From a line of its own, on which it is still allowed to write.
async fn read_only(world: &World, on: bool) {
    if world.app.db.reader().get_database_backend() == DbBackend::Sqlite {
        let pragma = world.app.db.write(|tx| Box::pin(sql_in(tx, "PRAGMA query_only = on"))).await;
        return pragma.expect("a pragma");
    }
    let mut one = ConnectOptions::new(&world.app.config.database_url);
    one.max_connections(1);
    let line = Database::connect(one).await.expect("the database");
    let to = if on { "SET default_transaction_read_only = on" } else { "RESET ALL" };
    let alter =
        format!("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I {to}', current_database()); END $$");
    for sql in ["SET default_transaction_read_only = off", alter.as_str(), EVERYBODY_ELSE_OUT] {
        line.execute_unprepared(sql).await.expect("a statement");
    }
    line.close().await.expect("closed");
}

async fn who_cannot_write_runs_and_is_not_ready(world: World) {
    relais::organisation::store::ensure(&world.app.db, 0).await.expect("an organisation");
    let router = wiring::router(world.app.clone());
    assert_eq!(asked_now(&world, &router).await, (StatusCode::OK, StatusCode::OK, "ok\n".into()));
    read_only(&world, true).await;
    let (live, ready, why) = asked_now(&world, &router).await;
    assert_eq!((live, ready), (StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE), "{why}");
    assert!(why.contains("read-only"), "{why}");
    // It only reads, and says nothing of this.
    assert_eq!(Visitor::new(&router).get("/healthz").await.status, StatusCode::OK);
    if world.app.db.reader().get_database_backend() == DbBackend::Sqlite {
        // Such a connection cannot be made to write again; a disk with room again is tried below.
        return;
    }
    read_only(&world, false).await;
    let (_, ready, why) = asked_now(&world, &router).await;
    assert_eq!(ready, StatusCode::OK, "{why}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_database_is_not_ready() {
    let world = World::sqlite().await;
    crate::support::customer::asking(&world).await;
    let router = wiring::router(world.app.clone());
    assert_eq!(asked_now(&world, &router).await.1, StatusCode::OK);
    world.app.db.cut_log().await.expect("everything stands in the file");
    let path = world.folder.path().join("relais.sqlite");
    let mut file = std::fs::File::options().write(true).open(&path).expect("the file");
    let pages = file.metadata().expect("its length").len() / 4_096;
    assert!(pages > 40, "{pages}");
    for page in (pages / 2)..pages {
        file.seek(SeekFrom::Start(page * 4_096)).expect("a place");
        file.write_all(&[0xA5; 4_096]).expect("a damage");
    }
    let (live, ready, why) = asked_now(&world, &router).await;
    assert_eq!((live, ready), (StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE), "{why}");
    assert!(why.contains("damaged"), "{why}");
    assert_eq!(asked_now(&world, &router).await.1, StatusCode::SERVICE_UNAVAILABLE, "it stays so");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_file_or_a_folder_that_is_gone_is_not_ready() {
    let world = World::sqlite().await;
    let router = wiring::router(world.app.clone());
    assert_eq!(asked_now(&world, &router).await.1, StatusCode::OK);
    let (file, away) =
        (world.folder.path().join("relais.sqlite"), world.folder.path().join("away"));
    std::fs::rename(&file, &away).expect("it is taken away");
    assert_eq!(asked_now(&world, &router).await.1, StatusCode::SERVICE_UNAVAILABLE);
    std::fs::rename(&away, &file).expect("it is put back");
    assert_eq!(asked_now(&world, &router).await.1, StatusCode::OK);
    // A full device, however much room the machine has.
    let probe = world.folder.path().join("readiness.probe");
    std::os::unix::fs::symlink("/dev/full", &probe).expect("a link");
    assert_eq!(asked_now(&world, &router).await.1, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!probe.exists(), "nothing is left of the probe");
    assert_eq!(asked_now(&world, &router).await.1, StatusCode::OK);
}

/// Asks until the answer is the wanted one; a minute without it is a failure.
async fn becomes(port: u16, wanted: StatusCode) {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let mut line = Line::open(port).await.expect("the service");
        let status = line.get("/readyz").await.expect("an answer").status;
        if status == wanted {
            return;
        }
        assert!(Instant::now() < deadline, "after a minute still {status}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_not_ready_until_there_is_room() {
    let world = World::sqlite().await;
    asked(&world, 1).await;
    let site = Site::of(world).await;
    let Some((command, disk)) = on_a_small_disk(&site, "").await else { return };
    let service = Service::spawn(command);
    let disk = PathBuf::from(format!("/proc/{}/root{}", service.id(), disk.display()));
    becomes(service.port, StatusCode::OK).await;
    let filler = disk.join("filler");
    fill(&filler);
    becomes(service.port, StatusCode::SERVICE_UNAVAILABLE).await;
    let mut line = Line::open(service.port).await.expect("the service");
    assert_eq!(line.get("/livez").await.expect("an answer").status, StatusCode::OK);
    std::fs::remove_file(&filler).expect("room");
    becomes(service.port, StatusCode::OK).await;
}

/// With the database elsewhere nothing but the service's own look finds it out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_only_folder_is_told_at_the_start_wherever_the_database_is() {
    let world = World::postgres().await;
    asked(&world, 1).await;
    let site = Site::of(world).await;
    let data = site.folder.path().display().to_string();
    let bind = format!("mount --bind {data} {data} && mount -o remount,ro,bind {data}");
    if !works("unshare", &["-m", "sh", "-c", &bind]) {
        skipped("a read-only folder: none can be mounted here");
        return;
    }
    for (arguments, started) in [("serve --listen 127.0.0.1:0", false), ("serve --check", false)] {
        let script = format!("{bind} && exec \"$0\" {arguments} --data {data}");
        let mut command = Command::new("unshare");
        command.args(["-m", "sh", "-c", &script, env!("CARGO_BIN_EXE_relais")]);
        site.told(&mut command);
        command.env("RELAIS_MAIL", "memory");
        let told = tokio::task::spawn_blocking(move || command.output()).await.expect("a task");
        let told = told.expect("the program");
        let said = String::from_utf8_lossy(&told.stderr).into_owned();
        assert_eq!(told.status.success(), started, "{said}");
        assert!(said.to_lowercase().contains("read-only file system"), "{said}");
    }
}

/// What the warning asks for can be had.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgresql_server_is_spoken_to_over_tls_where_the_address_asks_for_it() {
    let mut cluster = Cluster::start();
    let url = cluster.url();
    let asks = format!("{url}?sslmode=require");
    assert!(Db::open(&asks).await.is_err(), "a server without TLS is refused, not spoken to");
    let certificate = cluster.speak_tls();
    let verifies = format!("{url}?sslmode=verify-full&sslrootcert={}", certificate.display());
    for (url, encrypted) in [(asks, true), (verifies, true), (url + "?sslmode=disable", false)] {
        let db = Db::open(&url).await.expect("a database");
        let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        let row = db.reader().query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await;
        let ssl: bool = row.expect("a row").expect("a row").try_get_by_index(0).expect("a word");
        assert_eq!(ssl, encrypted, "{url}");
    }
    let unknown = format!("{}?sslmode=verify-full", cluster.url());
    assert!(Db::open(&unknown).await.is_err(), "a certificate that nobody vouches for");
}
