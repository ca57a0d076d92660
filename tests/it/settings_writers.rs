//! Every command and verb that writes into the settings journal, and what the guarantees say
//! afterwards.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use relais::journal::{Author, Entry, Reason, store as journal};
use relais::organisation::store;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, EntityTrait};
use serde_json::{Value, json};

use crate::support::demo::relais;
use crate::support::{NOON, World, both};

both!(the_journal_refuses_a_key_that_was_not_agreed);

const BLUEPRINT: &str = r#"reason = "first set-up"
[journey_type]
code = "repair"
name = { fr = "Réparation", en = "Repair" }
[[step]]
code = "CALL"
team = "call-centre"
frontstage = true
name = { fr = "Appel", en = "Call" }
[[step]]
code = "WORK"
team = "workshop"
frontstage = true
activities = ["WORK", "ATELIER"]
name = { fr = "Atelier", en = "Workshop" }
[[team]]
code = "call-centre"
name = { fr = "Centre d’appels", en = "Call centre" }
central = 12
[[team]]
code = "workshop"
name = { fr = "Atelier", en = "Workshop" }
sites = { S1 = 9 }
[[site]]
code = "S1"
region = "R1"
name = "Nancy"
[questionnaire]
"#;

const EVENTS: &str = "journey,step,start,end,site,contact,locale\n\
    A1,CALL,2026-01-05T09:00:00Z,2026-01-05T09:05:00Z,S1,c@example.org,fr\n\
    A1,WORK,2026-01-06T09:00:00Z,2026-01-06T15:00:00Z,S1,c@example.org,fr\n";

/// Runs a command that must do what it says, with something to read.
fn does(data: &Path, command: &str, input: &str) {
    let words: Vec<String> = command.split(' ').map(|word| word.replace('+', " ")).collect();
    let mut program = Command::new(env!("CARGO_BIN_EXE_relais"))
        .args(&words)
        .arg("--data")
        .arg(data)
        .env_remove("DATABASE_URL")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut stdin = program.stdin.take().expect("its input");
    // A command that reads nothing may have ended before.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let told = program.wait_with_output().expect("its end");
    let why = String::from_utf8_lossy(&told.stderr);
    assert!(told.status.success(), "{command}: {why}");
}

/// The subjects of the journal without the codes behind the colon, each once.
async fn subjects(data: &Path, more: &str) -> Vec<String> {
    let url = format!("sqlite://{}", data.join("relais.sqlite").display());
    let db = Database::connect(ConnectOptions::new(url)).await.expect("the file");
    if !more.is_empty() {
        db.execute_unprepared(more).await.expect("the statement");
    }
    let rows = relais::schema::journal_entry::Entity::find().all(&db).await.expect("the journal");
    db.close().await.expect("closed");
    let mut subjects: Vec<String> = rows
        .into_iter()
        .map(|row| row.subject.split(':').next().unwrap_or_default().to_owned())
        .collect();
    subjects.sort();
    subjects.dedup();
    subjects
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_writer_of_a_setting_breaks_the_guarantee_that_no_person_is_in_the_tables() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("a file");
        path.display().to_string()
    };
    let (blueprint, events) = (file("b.toml", BLUEPRINT), file("e.csv", EVENTS));
    let grown = file("c.toml", &BLUEPRINT.replace("= 12", "= 13"));
    let steps = [
        "init --administrator a@example.org --name Garages --time-zone Europe/Paris",
        &format!("import events {events} --journey-type repair"),
        &format!("blueprint apply {blueprint}"),
        &format!("blueprint apply {grown}"),
        "key add --label feed --scope events:write --reason x",
        "key add --label board --scope breakdown:read --eyes team:workshop --reason x",
        "key revoke --label feed --reason {\"employee\":1}",
        "names add --team workshop --reason x",
        "names clear --team workshop --reason x",
        "account add --email b@example.org --role member --team workshop@S1 --reason x",
        "account change --email b@example.org --role member --team call-centre --reason x",
        "account link --email b@example.org --reason x",
        "asking --journey-type repair --rate 50 --reason x",
        "questionnaire publish --journey-type repair --reason x",
        "setting change embargo_days 8 --agreed-by works+council --reason x",
        "pilot end --reviewed-by workshop --council-not-needed none+here --reason x",
        "erase --journey A1 --reason x --yes",
        "rotate-addresses",
    ];
    for command in steps {
        does(&data, command, "Zebulon\nOrtensia\n");
    }
    let factor = "INSERT INTO second_factor (organisation_id, account, secret, created_at, \
        confirmed_at, last_step) VALUES (1, 2, x'00', 0, 0, 0)";
    subjects(&data, factor).await;
    does(&data, "account reset-second-factor --email b@example.org --reason x", "");
    does(&data, "account remove --email b@example.org --reason x", "");
    let written = subjects(&data, "").await;
    assert_eq!(
        written,
        [
            "account",
            "asking",
            "blueprint",
            "erasure",
            "key",
            "names",
            "organisation",
            "pilot",
            "questionnaire",
            "second-factor",
            "setting",
            "sign-in-link"
        ]
    );
    let told = relais(&data, &["guarantees", "--json"]);
    let report: Value = serde_json::from_slice(&told.stdout).expect("one JSON document");
    let lines = report["guarantees"].as_array().expect("lines");
    let broken: Vec<_> = lines.iter().filter(|line| line["holds"] == false).collect();
    assert!(broken.is_empty() && told.status.success(), "{broken:#?}");
}

async fn the_journal_refuses_a_key_that_was_not_agreed(world: World) {
    let organisation = store::ensure(&world.app.db, NOON).await.expect("an organisation");
    let write = |after: Value| {
        let entry = Entry {
            at: NOON,
            author: Author::command_line(),
            subject: "account".to_owned(),
            before: None,
            after: Some(after),
            reason: Reason::parse("x").expect("a reason"),
            effective_at: NOON,
        };
        let work = world.app.db.write(move |tx| {
            Box::pin(async move { journal::append(tx, organisation, entry).await })
        });
        async { work.await.map(drop).map_err(|failure| failure.to_string()) }
    };
    let refused = write(json!({"number": 1, "employee": "y"})).await;
    let why = refused.expect_err("a key about a person");
    assert!(why.contains("account") && why.contains("employee"), "{why}");
    write(json!({"number": 1, "teams": [{"team": "x", "site": null}]})).await.expect("agreed keys");
    let entries = journal::entries(&world.app.db, organisation, None).await.expect("the journal");
    assert_eq!(entries.len(), 1, "what was refused left something");
}
