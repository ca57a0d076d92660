//! The guarantees hold on a live database, and each fails when what it promises is broken behind
//! the program's back.

use axum::http::{Method, StatusCode};
use jiff::civil::date;
use relais::guarantee::Guarantee;
use relais::guarantee::report::Report;
use relais::journal::{Author, Look, Reason, store as journal};
use relais::organisation::pilot::{self, Council, Leaving};
use relais::publication::publish::publish;
use relais::{wiring, worker};

use crate::garage::{DAY, Garage, MONDAY, ORGANISATION, WEEK, found, live, sql};
use crate::support::demo::relais;
use crate::support::dump::dump;
use crate::support::{World, both};
use crate::visitor::Visitor;

both!(
    every_guarantee_holds_and_a_column_about_a_person_breaks_exactly_its_line,
    each_guarantee_fails_when_it_is_broken_behind_the_program,
    newest_entries_that_were_cut_off_are_missed,
    the_command_verifies_both_chains_of_either_database,
    anybody_reads_the_last_check_and_makes_none,
);

const NETWORK: &[Garage] =
    &[("S1", Some("R1"), 9, 9), ("S2", Some("R1"), 3, 3), ("S3", Some("R2"), 4, 4)];

/// A garage that left its pilot as one leaves it, and has published two weeks.
pub(crate) async fn garage(world: &World) {
    found(&world.app, NETWORK).await;
    let began = MONDAY - 30 * DAY;
    world.app.clock.set(began);
    world.sql("UPDATE organisation SET stage = 'pilot', created_at = 1780696800, pilot_until = 1788472800").await;
    let reason = Reason::parse("the teams want to go on").expect("a reason");
    let leaving = Leaving {
        reviewed_by: "reception".into(),
        council: Council::Informed(date(2026, 6, 5)),
        reason,
    };
    pilot::end(&world.app.db, ORGANISATION, leaving, Author::command_line(), began)
        .await
        .expect("the end of the pilot");
    for week in [0, WEEK] {
        for site in ["S1", "S2", "S3"] {
            live(&world.app, Some(site), MONDAY + week + DAY, (30, 14), MONDAY + week + 2 * DAY)
                .await;
        }
        world.app.clock.set(MONDAY + week + WEEK);
        let closed = publish(
            &world.app.db,
            &world.app.clock,
            ORGANISATION,
            "repair",
            None,
            &relais::progress::silent,
        );
        assert!(closed.await.expect("published").atoms > 0);
    }
    let look = Look {
        at: MONDAY,
        role: "owner".into(),
        team: None,
        place: "breakdown repair network".into(),
    };
    journal::looked(&world.app.db, ORGANISATION, look).await.expect("written down");
}

pub(crate) async fn checked(world: &World) -> Report {
    worker::check_guarantees(&world.app).await.expect("a check")
}

async fn every_guarantee_holds_and_a_column_about_a_person_breaks_exactly_its_line(world: World) {
    garage(&world).await;
    let report = checked(&world).await;
    assert!(report.holds && report.broken().is_empty(), "{:#?}", against(&report));
    let names: Vec<&str> = report.guarantees.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, Guarantee::ALL.map(Guarantee::name));
    for line in &report.guarantees {
        for said in [&line.seen.fr, &line.seen.en] {
            assert!(
                !said.is_empty() && said.iter().all(|text| !text.contains("Unknown localization")),
                "{line:?}"
            );
        }
    }
    sql(&world.app, "ALTER TABLE journey ADD COLUMN employee_name TEXT").await;
    let report = checked(&world).await;
    assert_eq!(report.broken(), ["no-person"]);
    assert!(against(&report)[0].contains("journey.employee_name"), "{:?}", against(&report));
}

/// What is not as it was promised, in English.
fn against(report: &Report) -> Vec<&str> {
    report.guarantees.iter().flat_map(|line| &line.against.en).map(String::as_str).collect()
}

/// How each is broken, which lines then fail, and how it is mended.
const BREACHES: &[(&str, &[&str], &str)] = &[
    (
        "UPDATE journey SET attributes = '{\"employee\": \"x\"}' WHERE site = 'S1'",
        &["strict-feeds"],
        "UPDATE journey SET attributes = NULL",
    ),
    (
        "UPDATE journey SET attributes = '{\"channel\": \"Mme Durand\"}' WHERE site = 'S1'",
        &["strict-feeds"],
        "UPDATE journey SET attributes = NULL",
    ),
    (
        "INSERT INTO import_note (organisation_id, id, at, kind, journey_type, report) \
         VALUES (1, 1, 0, 'events', 'repair', '{\"handled_by\": {\"Durand\": 3}}')",
        &["no-person"],
        "DELETE FROM import_note",
    ),
    (
        "INSERT INTO comment (organisation_id, response, text, state) SELECT organisation_id, id, \
         'Mme Durand was kind', 'released' FROM response WHERE site = 'S2'",
        &["redacted-comments"],
        "DELETE FROM comment",
    ),
    (
        "INSERT INTO comment (organisation_id, response, text, state) SELECT organisation_id, id, 'kind', 'open' \
         FROM response WHERE site = 'S2'",
        &["redacted-comments"],
        "DELETE FROM comment",
    ),
    (
        "UPDATE atom SET heads = heads - 1 WHERE scope = 'site'",
        &["minimum-sizes"],
        "UPDATE atom SET heads = heads + 1 WHERE scope = 'site'",
    ),
    (
        "UPDATE atom SET answers = answers - 9",
        &["minimum-sizes", "no-differencing"],
        "UPDATE atom SET answers = answers + 9",
    ),
    (
        "UPDATE atom SET behind = REPLACE(behind, '\"reception\":9', '\"reception\":2') WHERE scope = 'site'",
        &["minimum-sizes", "searched"],
        "UPDATE atom SET behind = REPLACE(behind, '\"reception\":2', '\"reception\":9') WHERE scope = 'site'",
    ),
    (
        "UPDATE atom SET place = 'S9' WHERE place = 'S1'",
        &["no-differencing"],
        "UPDATE atom SET place = 'S1' WHERE place = 'S9'",
    ),
    (
        "UPDATE response SET atom = atom + 1 WHERE site = 'S1'",
        &["no-differencing"],
        "UPDATE response SET atom = atom - 1 WHERE site = 'S1'",
    ),
    (
        "UPDATE response SET chances = '{}' WHERE site = 'S1'",
        &["separate-imports"],
        "UPDATE response SET chances = NULL",
    ),
    (
        "INSERT INTO invitation (organisation_id, id, journey_type, week, version, channel, locale, items, pressure, \
         created_at, expires_at) SELECT organisation_id, id, journey_type, 2950, 1, 'link', 'fr', '[]', FALSE, \
         answered_at, answered_at FROM response WHERE site = 'S1'; \
         INSERT INTO link (digest, organisation_id, invitation, created_at) SELECT hash, organisation_id, \
         (SELECT id FROM invitation LIMIT 1), at FROM journal_entry WHERE number = 1",
        &["drawn-links"],
        "DELETE FROM link; DELETE FROM invitation",
    ),
    (
        "UPDATE organisation SET minimum_heads = 2",
        &["minimum-sizes", "settings-journal"],
        "UPDATE organisation SET minimum_heads = 8",
    ),
    (
        "UPDATE organisation SET embargo_days = 0",
        &["settings-journal"],
        "UPDATE organisation SET embargo_days = 7",
    ),
    (
        "UPDATE release SET owners_from = owners_from - 86400",
        &["team-first"],
        "UPDATE release SET owners_from = owners_from + 86400",
    ),
    (
        "UPDATE atom SET owners_from = owners_from - 86400",
        &["team-first"],
        "UPDATE atom SET owners_from = owners_from + 86400",
    ),
    (
        "UPDATE access_entry SET place = 'breakdown repair site:S1'",
        &["looking-is-seen"],
        "UPDATE access_entry SET place = 'breakdown repair network'",
    ),
    (
        "UPDATE access_entry SET role = 'M. Durand'",
        &["looking-is-seen"],
        "UPDATE access_entry SET role = 'owner'",
    ),
    (
        "UPDATE journal_entry SET reason = 'because' WHERE subject = 'pilot'",
        &["settings-journal"],
        "UPDATE journal_entry SET reason = 'the teams want to go on' WHERE subject = 'pilot'",
    ),
    (
        "UPDATE organisation SET stage = 'pilot', pilot_until = created_at + 100 * 86400",
        &["pilot-first"],
        "UPDATE organisation SET stage = 'running', pilot_until = created_at + 90 * 86400",
    ),
    (
        "UPDATE site SET name = 'abcdefghijklmnopqrstuvwx23' WHERE code = 'S1'",
        &["secret-links"],
        "UPDATE site SET name = NULL",
    ),
    (
        "UPDATE site SET name = 'marie@example.org' WHERE code = 'S1'",
        &["addresses"],
        "UPDATE site SET name = NULL",
    ),
    (
        "INSERT INTO contact (organisation_id, journey, address, expires_at) SELECT organisation_id, id, id, 9999999999 \
         FROM journey WHERE site = 'S2'",
        &["addresses"],
        "DELETE FROM contact",
    ),
    (
        "CREATE TABLE \"staff_ranking\" (number INTEGER)",
        &["no-person", "no-ranking", "dossier"],
        "DROP TABLE staff_ranking",
    ),
];

async fn each_guarantee_fails_when_it_is_broken_behind_the_program(world: World) {
    garage(&world).await;
    for (breach, lines, mending) in BREACHES {
        sql(&world.app, breach).await;
        let report = checked(&world).await;
        assert_eq!(report.broken(), *lines, "{breach}: {:#?}", against(&report));
        sql(&world.app, mending).await;
    }
    let report = checked(&world).await;
    assert!(report.holds, "{:#?}", against(&report));
}

async fn newest_entries_that_were_cut_off_are_missed(world: World) {
    garage(&world).await;
    assert!(checked(&world).await.holds);
    sql(&world.app, "DELETE FROM access_entry").await;
    assert_eq!(checked(&world).await.broken(), ["looking-is-seen"]);
    assert_eq!(checked(&world).await.broken(), ["looking-is-seen"], "it is not forgotten");
}

async fn the_command_verifies_both_chains_of_either_database(world: World) {
    garage(&world).await;
    let verify = || {
        let url = world.app.config.database_url.clone();
        relais(
            world.folder.path(),
            &["journal", "verify", "--lang", "en", "--json", "--database-url", &url],
        )
    };
    let whole = verify();
    assert!(whole.status.success(), "{}", String::from_utf8_lossy(&whole.stderr));
    let document: serde_json::Value =
        serde_json::from_slice(&whole.stdout).expect("one JSON document");
    assert_eq!((&document["whole"], &document["chains"][1]["entries"]), (&true.into(), &1.into()));
    sql(&world.app, "UPDATE access_entry SET place = 'breakdown repair site:S1'").await;
    let broken = verify();
    assert_eq!(broken.status.code(), Some(1));
    let why = String::from_utf8_lossy(&broken.stderr).into_owned();
    assert!(why.contains("Access log: Entry 1 "), "{why}");
    let document: serde_json::Value =
        serde_json::from_slice(&broken.stdout).expect("one JSON document");
    assert_eq!(document["chains"][1]["entry"], 1);
}

async fn anybody_reads_the_last_check_and_makes_none(world: World) {
    garage(&world).await;
    let router = wiring::router(world.app.clone());
    let mut stranger = Visitor::new(&router);
    let page = stranger.get("/guarantees?lang=en").await;
    assert!(
        page.status == StatusCode::OK && page.body.contains("Nothing has been checked yet"),
        "{}",
        page.body
    );
    checked(&world).await;
    sql(&world.app, "ALTER TABLE journey ADD COLUMN employee_name TEXT").await;
    let (before, kept) = (
        dump(&world).await,
        std::fs::read(world.folder.path().join("guarantees.json")).expect("kept"),
    );
    let page = stranger.get("/guarantees?lang=en").await;
    assert!(
        page.body.contains("All 21 guarantees hold.") && page.body.contains("19 July 2026, "),
        "{}",
        page.body
    );
    let page = stranger.get("/guarantees?lang=fr").await;
    assert!(page.body.contains("Les 21 garanties sont tenues."), "{}", page.body);
    let document = stranger.get("/.well-known/relais-guarantees.json").await.body;
    let document: serde_json::Value = serde_json::from_str(&document).expect("JSON");
    assert_eq!(document["holds"], true);
    assert_eq!(document["running"]["build"].as_str().map(str::len), Some(64));
    assert_eq!(document["check"]["guarantees"].as_array().map(Vec::len), Some(21));
    for path in ["/guarantees", "/.well-known/relais-guarantees.json"] {
        assert_eq!(stranger.send(Method::HEAD, path, &[], "").await.status, StatusCode::OK);
    }
    assert_eq!(dump(&world).await, before, "reading wrote to the database");
    let after = std::fs::read(world.folder.path().join("guarantees.json")).expect("kept");
    assert_eq!(after, kept, "reading made a check");
    checked(&world).await;
    let page = stranger.get("/guarantees?lang=en").await.body;
    assert!(page.contains("One guarantee of 21 does not hold."), "{page}");
    assert!(!page.contains("employee_name"), "what is against it may name a place: {page}");
}
