//! Before a page is answered it is on the disk; a service that is asked to stop answers whom it has
//! heard.

use std::process::{Command, Stdio};

use axum::http::StatusCode;
use sea_orm::{ConnectionTrait as _, Database};

use crate::support::http::Line;
use crate::support::ledger::Ledger;
use crate::support::service::{Service, Site, asked};
use crate::support::trace::{Trace, traced};
use crate::support::{World, figure, skipped, until};

async fn site(customers: usize) -> Site {
    let world = World::sqlite().await;
    asked(&world, customers).await;
    Site::of(world).await
}

/// Killing a program shows that its pages reached the system; only its system calls show that they
/// reached the disk.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_disk_has_a_page_before_its_answer_begins() {
    if !works("strace", &["-f", "-o", "/dev/null", "true"]) {
        return skipped("the sync before the answer: strace may not look here");
    }
    let site = site(3).await;
    let file = site.folder.path().join("trace");
    let (service, program) = traced(&site, &file);
    let mut line = Line::open(service.port).await.expect("the service");
    let links = site.links();
    for link in &links {
        for page in ["", "/1", "/2?lang=en", "/3"] {
            assert_eq!(
                line.get(&format!("{link}{page}")).await.expect("a page").status,
                StatusCode::OK
            );
        }
    }
    let sent = [
        ("/1", "outcome=2"),
        ("/2", ""),
        ("/3", "comment=oui&lang=fr"),
        ("/3", "comment=oui"),
        ("/withdraw", ""),
    ];
    for link in &links {
        for (page, form) in sent {
            let answered = line.post(&format!("{link}{page}"), form).await.expect("an answer");
            assert_eq!(answered.status, StatusCode::SEE_OTHER, "{page}: {}", answered.body);
        }
    }
    stop(&program);
    assert!(service.ended().await.success());
    let trace = Trace::read(&file, &site.folder.path().join("relais.sqlite-wal"));
    let (posts, gets) = (trace.synced("POST /r/"), trace.synced("GET /r/"));
    figure(&format!(
        "{} of {} pages on the disk before their answer",
        posts.iter().filter(|s| **s).count(),
        posts.len()
    ));
    assert_eq!(posts, [true; 15], "a page was acknowledged before it was on the disk");
    assert_eq!(gets, [false; 12], "looking at a page writes");
}

fn stop(program: &str) {
    let told = Command::new("kill").args(["-TERM", program]).status();
    assert!(told.is_ok_and(|status| status.success()), "no signal could be sent");
}

/// Whether a program runs and may do what it is for.
pub(crate) fn works(program: &str, arguments: &[&str]) -> bool {
    let tried =
        Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    tried.is_ok_and(|status| status.success())
}

/// Everybody who was heard is answered: pages wait for a database that somebody else holds while
/// the service is asked to stop.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_heard_is_answered_before_the_end() {
    const MANY: usize = 40;
    let site = site(MANY).await;
    let mut command = site.command();
    command.env("RELAIS_LOG", "info,tower_http=debug");
    let service = Service::spawn(command);
    let mut idle = Line::open(service.port).await.expect("the service");
    assert_eq!(idle.get("/healthz").await.expect("an answer").status, StatusCode::OK);

    let holder = Database::connect(&site.database_url).await.expect("the same file");
    let held = sea_orm::TransactionTrait::begin(&holder).await.expect("a transaction");
    held.execute_unprepared("UPDATE organisation SET name = name").await.expect("the lock");
    let mut waiting = Vec::new();
    for link in site.links() {
        let mut line = Line::open(service.port).await.expect("the service");
        waiting
            .push(tokio::spawn(async move { line.post(&format!("{link}/1"), "outcome=4").await }));
    }
    until("all pages are heard", || service.said("started processing request") > MANY).await;
    let port = service.port;
    service.ask_to_stop();
    until("nobody new is let in", || std::net::TcpStream::connect(("127.0.0.1", port)).is_err())
        .await;
    held.commit().await.expect("the lock is given back");
    for one in waiting {
        let answered = one.await.expect("a customer").expect("an answer");
        assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    }
    assert_eq!(service.ended().await.code(), Some(0));
    let saved = holder.query_all_raw(sea_orm::Statement::from_string(
        sea_orm::DbBackend::Sqlite,
        "SELECT 1 FROM invitation WHERE outcome_page = '{\"outcome\":4}'".to_owned(),
    ));
    assert_eq!(saved.await.expect("invitations").len(), MANY);
    assert!(idle.get("/healthz").await.is_err(), "nobody is there any more");
}

/// Half a request holds nobody for ever; this takes as long as the longest request might.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_a_request_does_not_keep_the_service_from_its_end() {
    use std::io::Write as _;
    let site = site(1).await;
    let service = site.serve();
    let mut slow = std::net::TcpStream::connect(("127.0.0.1", service.port)).expect("the service");
    slow.write_all(b"POST /r/aaaaaaaaaaaaaaaaaaaaaaaaaa/1 HTTP/1.1\r\nhost: 127.0.0.1\r\n")
        .expect("half a request");
    let mut line = Line::open(service.port).await.expect("the service");
    assert_eq!(line.get("/healthz").await.expect("an answer").status, StatusCode::OK);
    service.ask_to_stop();
    assert_eq!(service.ended().await.code(), Some(0));
    drop(slow);
}

/// Two programs on one file: both take pages, each customer's by either of them, and all are kept.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_programs_share_one_file() {
    let site = site(60).await;
    let (one, two) = (site.serve(), site.serve());
    let mut ledger = Ledger::new(site.links());
    let lines = ledger.begin(&[one.port, two.port], 77);
    until("pages are acknowledged", || ledger.acknowledged() > 200).await;
    one.kill();
    ledger.end(lines).await;
    let reader = site.reader().await;
    // What was in doubt when the one was killed is settled before anybody goes on.
    assert_eq!(ledger.compare(&reader).await, [""; 0]);
    ledger.finish_some(two.port).await;
    assert_eq!(ledger.compare(&reader).await, [""; 0]);
    figure(&format!(
        "two programs, one file: {} pages acknowledged, 0 lost",
        ledger.acknowledged()
    ));
}
