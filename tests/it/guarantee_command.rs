//! The guarantees as the program checks them: by its command, at its start, in the bytes of the
//! file.

use relais::guarantee::file::free_pages;
use sea_orm::{ConnectOptions, ConnectionTrait, Database};

use crate::support::demo::{demo, relais};
use crate::support::http::Line;

#[tokio::test]
async fn what_was_deleted_and_is_still_in_the_free_pages_of_a_file_is_seen() {
    for (secure, written) in [("OFF", true), ("ON", false)] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("pages.sqlite");
        let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", path.display()));
        options.max_connections(1);
        let db = Database::connect(options).await.expect("a file");
        db.execute_unprepared(&format!("PRAGMA secure_delete = {secure}")).await.expect("a pragma");
        db.execute_unprepared("CREATE TABLE words (text TEXT)").await.expect("a table");
        for _ in 0..40 {
            db.execute_unprepared("INSERT INTO words VALUES (hex(randomblob(2000)))")
                .await
                .expect("words");
        }
        db.execute_unprepared("DELETE FROM words").await.expect("deleted");
        db.close().await.expect("closed");
        let free = free_pages(&path).expect("the free pages");
        assert!(free.all > 30 && (free.written > 0) == written, "secure_delete {secure}: {free:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_says_what_holds_on_the_demo_and_by_its_exit_code() {
    let folder = demo().copy();
    let told = relais(folder.path(), &["guarantees", "--lang", "fr"]);
    let said = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.status.success(), "{said}{}", String::from_utf8_lossy(&told.stderr));
    assert!(
        said.contains("Les 21 garanties sont tenues.") && said.contains("no-person\u{a0}: tenue"),
        "{said}"
    );
    alter(folder.path(), "ALTER TABLE journey ADD COLUMN employee_name TEXT").await;
    let told = relais(folder.path(), &["guarantees", "--json"]);
    assert_eq!(told.status.code(), Some(1));
    let report: serde_json::Value =
        serde_json::from_slice(&told.stdout).expect("one JSON document");
    let broken: Vec<_> = report["guarantees"]
        .as_array()
        .expect("lines")
        .iter()
        .filter(|line| line["holds"] == false)
        .collect();
    assert_eq!(broken.len(), 1, "{broken:#?}");
    assert_eq!((&broken[0]["name"], &report["holds"]), (&"no-person".into(), &false.into()));
    let search = &report["search"];
    for figure in ["documents", "figures", "equations", "hidden_for_few_heads", "seconds"] {
        assert!(search[figure].as_u64().is_some_and(|count| count > 0), "{figure}: {search}");
    }
    assert!(search["smallest_group"].as_u64().is_some_and(|people| people >= 7), "{search}");
    let withheld = search["share_withheld"].as_f64().expect("a fraction");
    assert!((0.0..0.5).contains(&withheld) && search["withheld_beside"].is_u64(), "{search}");
    assert_eq!(search["checked_at"], report["checked_at"]);
}

/// Changes the file of a folder that no program has open, as whoever holds it can.
async fn alter(folder: &std::path::Path, statement: &str) {
    let mut options =
        ConnectOptions::new(format!("sqlite://{}", folder.join("relais.sqlite").display()));
    options.max_connections(1);
    let db = Database::connect(options).await.expect("the file");
    db.execute_unprepared(statement).await.expect("the statement");
    db.execute_unprepared("PRAGMA journal_mode = DELETE")
        .await
        .expect("the log goes into the file");
    db.close().await.expect("closed");
    assert!(!folder.join("relais.sqlite-wal").exists(), "what was changed is still in the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_byte_changed_in_the_file_is_found_and_its_chain_and_entry_named() {
    let folder = demo().copy();
    assert!(relais(folder.path(), &["breakdown", "--as-owner"]).status.success());
    // Leaves no copy of a row but the one that counts, not even in the gaps of pages.
    alter(folder.path(), "PRAGMA secure_delete = ON; VACUUM").await;
    assert!(relais(folder.path(), &["journal", "verify"]).status.success());
    for (chain, french, words) in [
        ("Settings journal", "Journal des réglages", &b"council_not_needed"[..]),
        ("Access log", "Registre des consultations", &b"command-linebreakdown"[..]),
    ] {
        let path = folder.path().join("relais.sqlite");
        let whole = std::fs::read(&path).expect("the file");
        let mut altered = whole.clone();
        let places = || whole.windows(words.len()).enumerate().filter(|(_, bytes)| *bytes == words);
        assert_eq!(places().count(), 1, "copies of the entry of the {chain}");
        places().for_each(|(at, _)| altered[at] ^= 1);
        std::fs::write(&path, &altered).expect("one byte");
        let told = relais(folder.path(), &["journal", "verify", "--lang", "en"]);
        let why = String::from_utf8_lossy(&told.stderr).into_owned();
        assert_eq!(told.status.code(), Some(1), "{chain}: {why}");
        assert!(why.contains(chain) && why.contains("Entry "), "{why}");
        let told = relais(folder.path(), &["journal", "verify", "--lang", "fr"]);
        assert!(String::from_utf8_lossy(&told.stderr).contains(french));
        std::fs::write(&path, &whole).expect("the byte as it was");
    }
    assert!(relais(folder.path(), &["journal", "verify"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_checks_at_its_start() {
    let served = demo().serve();
    let port = served.url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let mut line = Line::open(port).await.expect("a connection");
    let mut document = String::new();
    for _ in 0..300 {
        document = line.get("/.well-known/relais-guarantees.json").await.expect("an answer").body;
        if !document.contains("\"holds\":null") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    assert!(
        document.contains("\"holds\":true") && !document.contains("\"holds\":false"),
        "{document}"
    );
}
