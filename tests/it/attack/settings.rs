//! Attackers through the settings: whatever is set, wherever, no floor goes down.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use relais::id::OrganisationId;
use relais::privacy::{Eyes, Place};
use relais::publication::publish::publish;
use relais::team::Grant;
use relais::token::Token;
use relais::wiring;

use super::real::Reader;
use crate::garage::{DAY, MONDAY, ORGANISATION, WEEK, found, live};
use crate::support::demo::{demo, relais};
use crate::support::{World, both, sql_in};
use crate::visitor::admission;

both!(no_request_sets_a_floor, who_gives_a_step_to_a_larger_team_opens_nothing_of_the_past);

/// A garage of six people, of which nothing is ever shown alone, in the words of who would set
/// otherwise.
const NAMES: [&str; 8] = [
    "MINIMUM_HEADS",
    "MINIMUM_ANSWERS",
    "RELAIS_MINIMUM_HEADS",
    "RELAIS_MINIMUM_ANSWERS",
    "RELAIS_FLOORS",
    "RELAIS_PRIVACY",
    "RELAIS_EMBARGO_DAYS",
    "RELAIS_DEBUG",
];

fn small_garage(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
    command
        .args([
            "breakdown",
            "--partition",
            "site:G09",
            "--as-team",
            "workshop",
            "--lang",
            "en",
            "--data",
        ])
        .arg(data);
    command.env_remove("DATABASE_URL").env("LANG", "C").stdin(Stdio::null());
    command
}

fn refused(told: &Output, by: &str) {
    assert_eq!(told.status.code(), Some(1), "{by}");
    assert!(told.stdout.is_empty(), "{by} opened it: {}", String::from_utf8_lossy(&told.stdout));
}

#[test]
fn the_environment_sets_no_floor() {
    let folder = demo().copy();
    for value in ["0", "1", "-1"] {
        let told = small_garage(folder.path())
            .envs(NAMES.map(|name| (name, value)))
            .output()
            .expect("the program");
        refused(&told, value);
        assert!(String::from_utf8_lossy(&told.stderr).contains("small site"));
    }
}

#[test]
fn the_settings_file_sets_no_floor() {
    for key in ["minimum_heads", "minimum_answers", "floors", "embargo_days"] {
        let folder = demo().copy();
        std::fs::write(folder.path().join("relais.toml"), format!("{key} = 1\n")).expect("a file");
        let told = small_garage(folder.path()).output().expect("the program");
        refused(&told, key);
        assert!(String::from_utf8_lossy(&told.stderr).contains(key), "it is refused by its name");
    }
}

#[test]
fn the_command_line_sets_no_floor() {
    let folder = demo().copy();
    for (name, value) in [
        ("minimum_heads", "6"),
        ("minimum_answers", "9"),
        ("minimum_heads", "0"),
        ("embargo_days", "22"),
    ] {
        let args = [
            "setting",
            "change",
            name,
            value,
            "--agreed-by",
            "nobody",
            "--reason",
            "curiosity",
            "--lang",
            "en",
        ];
        refused(&relais(folder.path(), &args), name);
    }
    refused(&small_garage(folder.path()).output().expect("the program"), "afterwards");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_writes_into_the_table_of_settings_sets_no_floor() {
    for value in [0, 1, -5, i32::MIN] {
        let folder = demo().copy();
        let url = format!("sqlite://{}", folder.path().join("relais.sqlite").display());
        let db = relais::db::Db::open(&url).await.expect("the demo");
        let sql =
            format!("UPDATE organisation SET minimum_heads = {value}, minimum_answers = {value}");
        let written = db.write(move |tx| Box::pin(async move { sql_in(tx, &sql).await }));
        written.await.expect("a statement");
        drop(db);
        refused(&small_garage(folder.path()).output().expect("the program"), &value.to_string());
    }
}

/// No route takes a floor, whoever asks: neither a program nor somebody who is signed in.
async fn no_request_sets_a_floor(world: World) {
    let organisation = crate::events::organisation(&world).await;
    let key = world.app.random(Token::random);
    let added = relais::team::key::add(
        &world.app.db,
        organisation,
        "reader",
        Grant::reading(Eyes::Owner),
        key.clone(),
        admission(&world.app),
    );
    added.await.expect("a key");
    let before = floors(&world, organisation).await;
    let mut visitor = crate::visitor::Visitor::new(&wiring::router(world.app.clone()));
    let bearer = format!("Bearer {}", key.expose());
    for path in [
        "/setup",
        "/settings",
        "/api/v1/settings",
        "/api/v1/breakdown",
        "/setup/settings",
        "/journal",
    ] {
        for method in [axum::http::Method::POST, axum::http::Method::PUT, axum::http::Method::PATCH]
        {
            let headers = [("authorization", bearer.as_str()), ("sec-fetch-site", "same-origin")];
            let asked = visitor
                .send(
                    method,
                    path,
                    &headers,
                    "minimum_heads=1&minimum_answers=1&reason=x&agreed_by=y",
                )
                .await;
            assert!(!asked.status.is_success(), "{path} {}", asked.status);
        }
        let path = format!("{path}?minimum_heads=1&minimum_answers=1&floors=1");
        visitor.send(axum::http::Method::GET, &path, &[("authorization", &bearer)], "").await;
    }
    assert_eq!(floors(&world, organisation).await, before);
}

async fn floors(world: &World, organisation: OrganisationId) -> relais::privacy::Floors {
    let settings = relais::privacy::store::settings(world.app.db.reader(), organisation)
        .await
        .expect("settings");
    settings.expect("an organisation").floors
}

/// Three people work in the workshop. Whoever then says that the step is the reception's, or that
/// they were fifty, reads no more of the weeks that were published before.
async fn who_gives_a_step_to_a_larger_team_opens_nothing_of_the_past(world: World) {
    found(&world.app, &[("S1", Some("R1"), 20, 3)]).await;
    live(&world.app, Some("S1"), MONDAY + DAY, (60, 45), MONDAY + 2 * DAY).await;
    world.app.clock.set(MONDAY + WEEK + DAY);
    let closed = publish(
        &world.app.db,
        &world.app.clock,
        ORGANISATION,
        "repair",
        None,
        &relais::progress::silent,
    )
    .await;
    assert_eq!(closed.expect("a week is closed").answers, 45);
    let week = relais::calendar::Zone::named("Europe/Paris").expect("a zone").week(MONDAY).0;
    let asked = (Place::Site("S1".to_owned()), week, week, false);
    let told = async || {
        let reader = Reader::of(&world.app, ORGANISATION).await;
        reader.document(&asked, Eyes::Team("reception".to_owned())).await.expect("a document")
    };
    let before = told().await;
    let codes = |part: &str, told: &serde_json::Value| -> Vec<String> {
        let listed = told[part].as_array().expect("a list").iter();
        listed.map(|one| one["code"].as_str().expect("a code").to_owned()).collect()
    };
    assert!(codes("suppressed", &before).contains(&"step:WORK".to_owned()), "{before:#}");
    crate::garage::sql(&world.app, "UPDATE step SET team = 'reception' WHERE code = 'WORK'").await;
    crate::garage::sql(&world.app, "UPDATE headcount SET heads = 50").await;
    let after = told().await;
    assert_eq!(codes("suppressed", &after), codes("suppressed", &before));
    assert_eq!(codes("elements", &after), codes("elements", &before));
}
