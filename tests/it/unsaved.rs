//! A page that cannot be saved says so, shows everything that was typed, and is saved when it is
//! sent again: the disk is full, the file cannot be written, the database is away. Nobody starts
//! the service again.

use std::path::PathBuf;
use std::process::Command;

use axum::http::StatusCode;
use relais::schema::invitation;
use sea_orm::EntityTrait;

use crate::durable::works;
use crate::support::cluster::Cluster;
use crate::support::http::Line;
use crate::support::service::{Service, Site, asked};
use crate::support::{World, skipped};
use crate::visitor::Answered;

const TYPED: &str = "J’ai attendu sans nouvelles.";

/// Long enough for no free end of a block to hold it.
fn words() -> String {
    format!("comment={}{}", "J%E2%80%99ai+attendu+sans+nouvelles.", "+encore".repeat(1_000))
}

/// The page again, with the reason and what was typed.
fn is_truthful(answered: &Answered) {
    assert_eq!(answered.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answered.body);
    let says = ["n’a pas pu être enregistrée", "could not be saved"]
        .iter()
        .any(|words| answered.body.contains(words));
    assert!(says && answered.body.contains("role=\"alert\""), "{}", answered.body);
}

/// The page for a customer when nothing can be shown: no word of our machine, and no way to the
/// staff's pages.
fn is_trouble(answered: &Answered) {
    assert_eq!(answered.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answered.body);
    assert!(answered.body.contains("The fault is on our side"), "{}", answered.body);
    for word in ["sign-in", "href=\"/\"", "disk", "database", "SQL"] {
        assert!(!answered.body.contains(word), "{word}: {}", answered.body);
    }
}

/// A world on a small disk that only the program sees, in a mount namespace of its own.
pub(crate) async fn on_a_small_disk(site: &Site, after: &str) -> Option<(Command, PathBuf)> {
    let root: &[&str] = if works("unshare", &["-m", "true"]) { &["-m"] } else { &["-r", "-m"] };
    let disk = site.folder.path().join("disk");
    std::fs::create_dir(&disk).expect("a folder");
    let mount = format!("mount -t tmpfs -o size=4m tmpfs {}", disk.display());
    if !works("unshare", &[root, &["sh", "-c", &mount]].concat()) {
        skipped("a full disk: no small one can be mounted here");
        return None;
    }
    let script = format!(
        "{mount} && cp -p relais.sqlite secret.key disk/ && {after} exec \"$0\" serve --listen 127.0.0.1:0 --data disk"
    );
    let mut command = Command::new("unshare");
    command
        .args(root)
        .args(["sh", "-c", &script, env!("CARGO_BIN_EXE_relais")])
        .current_dir(site.folder.path());
    site.told(&mut command);
    command.env("DATABASE_URL", format!("sqlite://{}", disk.join("relais.sqlite").display()));
    Some((command, disk))
}

/// Fills a disk to its last byte.
pub(crate) fn fill(path: &std::path::Path) {
    let mut file = std::fs::File::create(path).expect("a file");
    while std::io::Write::write_all(&mut file, &[b'x'; 512]).is_ok() {}
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_keeps_what_was_typed_on_the_page() {
    let world = World::sqlite().await;
    asked(&world, 3).await;
    let site = Site::of(world).await;
    let Some((command, disk)) = on_a_small_disk(&site, "").await else { return };
    let service = Service::spawn(command);
    // What the program sees, seen from outside.
    let disk = PathBuf::from(format!("/proc/{}/root{}", service.id(), disk.display()));
    let (links, mut line) = (site.links(), Line::open(service.port).await.expect("the service"));
    let page = |n: usize, page: &str| format!("{}{page}", links[n]);
    assert_eq!(
        line.post(&page(0, "/1"), "outcome=2").await.expect("an answer").status,
        StatusCode::SEE_OTHER
    );

    let filler = disk.join("filler");
    fill(&filler);
    for _ in 0..3 {
        for (path, form) in [("/3", words()), ("/3", format!("{}&lang=fr", words()))] {
            let refused = line.post(&page(0, path), &form).await.expect("an answer");
            is_truthful(&refused);
            assert!(refused.body.contains(TYPED), "{}", refused.body);
        }
        let shown = line.get(&page(0, "/3")).await.expect("a page");
        assert!(shown.status == StatusCode::OK && !shown.body.contains(TYPED), "{}", shown.body);
    }
    // Many at once: they share a commit, and each is told.
    let mut waiting = Vec::new();
    for n in 0..12 {
        let (path, port) = (page(n % 3, "/3"), service.port);
        waiting
            .push(tokio::spawn(async move { Line::open(port).await?.post(&path, &words()).await }));
    }
    for one in waiting {
        is_truthful(&one.await.expect("a customer").expect("an answer"));
    }

    std::fs::remove_file(&filler).expect("room again");
    let saved = line.post(&page(0, "/3"), &words()).await.expect("an answer");
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert_eq!(
        line.post(&page(1, "/1"), "outcome=5").await.expect("an answer").status,
        StatusCode::SEE_OTHER
    );
    assert!(line.get(&page(0, "/thanks")).await.expect("a page").body.contains("Merci"));
    let stored = std::fs::read(disk.join("relais.sqlite-wal")).expect("the log");
    let copy = site.folder.path().join("copy.sqlite");
    std::fs::copy(disk.join("relais.sqlite"), &copy).expect("the file");
    std::fs::write(copy.with_extension("sqlite-wal"), stored).expect("its log");
    let copy =
        sea_orm::Database::connect(format!("sqlite://{}", copy.display())).await.expect("a copy");
    let rows = invitation::Entity::find().all(&copy).await.expect("invitations");
    let count = |is: fn(&invitation::Model) -> bool| rows.iter().filter(|row| is(row)).count();
    assert_eq!(
        (count(|row| row.finished_at.is_some()), count(|row| row.outcome_page.is_some())),
        (1, 1),
        "{rows:?}"
    );
    assert_eq!(
        count(|row| row.words_page.is_some()),
        0,
        "something was stored of what was refused"
    );
}

/// A folder that cannot be written is told at the start, in one sentence.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_cannot_be_written_is_told_at_the_start() {
    let world = World::sqlite().await;
    asked(&world, 1).await;
    let site = Site::of(world).await;
    let Some((mut command, _)) = on_a_small_disk(&site, "mount -o remount,ro disk &&").await else {
        return;
    };
    let told = tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("a task")
        .expect("the program");
    let said = String::from_utf8_lossy(&told.stderr).into_owned();
    assert_eq!(told.status.code(), Some(1), "{said}");
    assert!(said.contains("read-only") || said.contains("Read-only"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_cannot_be_written_any_more_keeps_what_was_typed_on_the_page() {
    use crate::support::customer::{Customer, mails};
    let world = World::sqlite().await;
    asked(&world, 1).await;
    let router = relais::wiring::router(world.app.clone());
    let mut customer = Customer::new(&router, &mails(&world)[0]);
    let read_only =
        world.app.db.write(|tx| Box::pin(crate::support::sql_in(tx, "PRAGMA query_only = on")));
    read_only.await.expect("nothing can be written from now on");
    for (page, form) in [("/1", "outcome=2"), ("/2", ""), ("/3", &words())] {
        is_truthful(&customer.post(page, form).await);
    }
    let mut visitor = crate::visitor::Visitor::new(&router);
    is_trouble(&visitor.post(&customer.link.replace("/r/", "/u/"), "").await);
    is_trouble(&customer.post("/withdraw", "").await);
    assert_eq!(customer.get("/1").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_away_is_told_and_missed_no_longer_than_that() {
    let mut cluster = Cluster::start();
    let world = World::at(cluster.url()).await;
    asked(&world, 2).await;
    let site = Site::of(world).await;
    let service = site.serve();
    let (links, port) = (site.links(), service.port);
    let ask = async |method: &'static str, path: &str, form: &str| {
        Line::open(port)
            .await
            .expect("the service")
            .ask(method, path, form)
            .await
            .expect("an answer")
    };
    let first = format!("{}/1", links[0]);
    assert_eq!(ask("POST", &first, "outcome=2").await.status, StatusCode::SEE_OTHER);
    for _ in 0..2 {
        cluster.kill();
        let stop = links[1].replace("/r/", "/u/");
        let (shown, sent, asks, stops, head) = tokio::join!(
            ask("GET", &first, ""),
            ask("POST", &first, "outcome=3"),
            ask("GET", &stop, ""),
            ask("POST", &stop, ""),
            ask("HEAD", &links[0], ""),
        );
        for answered in [shown, sent, asks, stops] {
            is_trouble(&answered);
        }
        assert_eq!(head.status, StatusCode::SERVICE_UNAVAILABLE);
        cluster.start_again();
        let shown = ask("GET", &first, "").await;
        assert!(shown.status == StatusCode::OK && shown.body.contains("checked"), "{}", shown.body);
        assert_eq!(ask("POST", &first, "outcome=4").await.status, StatusCode::SEE_OTHER);
    }
    let reader = site.reader().await;
    let rows = invitation::Entity::find().all(&reader).await.expect("invitations");
    let saved: Vec<_> = rows.iter().filter_map(|row| row.outcome_page.as_deref()).collect();
    assert_eq!(saved, ["{\"outcome\":4}"], "what was refused is not there");
}
