//! An administrator words the questionnaire, sees it as customers would, and publishes it.

use axum::Router;
use axum::http::StatusCode;
use relais::app::App;
use relais::i18n::Lang;
use relais::journal;
use relais::survey::store;
use relais::survey::{Design, Questionnaire};
use relais::team::Role;
use relais::wiring::router;

use crate::garage::{self, DAY, MONDAY, ORGANISATION};
use crate::support::{NOON, World, both};
use crate::visitor::{Visitor, signed_in};

both!(words_are_saved_then_blocked_then_published, a_published_version_stays_as_it_was);
both!(an_administrator_chooses_how_many_parts_are_asked);
both!(the_preview_shows_real_journeys_and_no_contact, only_the_administrator_may);

const PAGE: &str = "/questionnaires/repair";
/// What the page sends beside its texts.
const TICKED: &str = "languages=fr&languages=en&offered=repeated&offered=waited&offered=chased";

async fn administrator(world: &World) -> (Visitor, Router) {
    garage::found(&world.app, &[("S1", None, 10, 12)]).await;
    let router = router(world.app.clone());
    (signed_in(&world.app, &router, ORGANISATION, Role::Administrator, &[]).await, router)
}

async fn in_force(app: &App) -> Option<Questionnaire> {
    store::in_force(app.db.reader(), ORGANISATION, "repair").await.expect("the version in force")
}

async fn versions(app: &App) -> Vec<Questionnaire> {
    let mut versions =
        store::versions(app.db.reader(), ORGANISATION, "repair").await.expect("the versions");
    versions.retain(|version| version.design == Design::Drawn);
    versions
}

async fn words_are_saved_then_blocked_then_published(world: World) {
    let (mut me, _) = administrator(&world).await;
    let page = me.get(PAGE).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("nobody is asked yet") && page.body.contains("relais import events"),
        "{}",
        page.body
    );

    let typed = format!("{TICKED}&outcome.fr=Alors+%3F&do=save");
    let saved = me.post(PAGE, &typed).await;
    assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, PAGE));
    assert_eq!(in_force(&world.app).await, None, "a draft asks nobody");
    assert!(me.get(PAGE).await.body.contains("value=\"Alors ?\""));

    let blocked =
        me.post(PAGE, &format!("{TICKED}&outcome.fr=Alors+%3F&do=publish&reason=tried")).await;
    assert_eq!(blocked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        blocked.body.contains("href=\"#text-0-en\"")
            && blocked.body.contains("The English of “The question about the whole journey”")
    );
    assert!(
        blocked.body.contains("value=\"Alors ?\"") && blocked.body.contains("value=\"tried\""),
        "what was typed stays"
    );
    assert_eq!(in_force(&world.app).await, None);

    let whole = format!("{TICKED}&outcome.fr=Alors+%3F&outcome.en=Well%3F&do=publish");
    let unreasoned = me.post(PAGE, &whole).await;
    assert_eq!(unreasoned.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unreasoned.body.contains("href=\"#reason\""));
    assert_eq!(
        me.post(PAGE, &format!("{whole}&reason=shorter+words")).await.status,
        StatusCode::SEE_OTHER
    );

    let asked = in_force(&world.app).await.expect("a version");
    assert_eq!(
        (asked.version, asked.published_at),
        (2, Some(NOON)),
        "another tool's answers are version 1"
    );
    assert_eq!(asked.wording.outcome.en, "Well?");
    assert_eq!(asked.wording.frictions.len(), 3);
    let entries =
        journal::store::entries(&world.app.db, ORGANISATION, None).await.expect("the journal");
    assert_eq!(
        (entries[0].subject.as_str(), entries[0].reason.as_str()),
        ("questionnaire:repair", "shorter words")
    );
    assert!(entries[0].author.starts_with("administrator"));
    assert!(me.get("/journal").await.body.contains("Questionnaire of repair"));
}

/// Five parts instead of three: drawn so, told in the journal, and refused beyond.
async fn an_administrator_chooses_how_many_parts_are_asked(world: World) {
    let (mut me, _) = administrator(&world).await;
    assert!(me.get(PAGE).await.body.contains("value=\"3\" checked"));
    let publish = |parts: &str| format!("{TICKED}&parts={parts}&do=publish&reason=more");
    assert_eq!(me.post(PAGE, &publish("6")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(in_force(&world.app).await, None, "nothing was published");
    assert_eq!(me.post(PAGE, &publish("5")).await.status, StatusCode::SEE_OTHER);
    let asked = in_force(&world.app).await.expect("a version");
    assert_eq!(asked.wording.parts_asked, 5);
    assert!(me.get(PAGE).await.body.contains("value=\"5\" checked"));
    let journal = me.get("/journal").await;
    assert!(journal.body.contains("parts of the journey asked about: 5"), "{}", journal.body);
}

async fn a_published_version_stays_as_it_was(world: World) {
    let (mut me, _) = administrator(&world).await;
    let publish = format!("{TICKED}&do=publish&reason=first");
    assert_eq!(me.post(PAGE, &publish).await.status, StatusCode::SEE_OTHER);
    let first = versions(&world.app).await;
    let next = "languages=fr&offered=waited&offered=chased&closing.fr=Un+mot+%3F&do=save";
    assert_eq!(me.post(PAGE, next).await.status, StatusCode::SEE_OTHER);
    let both = versions(&world.app).await;
    assert_eq!(both[..1], first[..], "the published version is untouched");
    assert_eq!(
        (both[1].version, both[1].published_at, both[1].wording.languages.as_slice()),
        (3, None, &[Lang::Fr][..])
    );
    assert_eq!(
        in_force(&world.app).await.as_ref(),
        first.first(),
        "and still the one that is asked"
    );
    let again = format!("{next}&do=publish&reason=one+language");
    assert_eq!(me.post(PAGE, &again).await.status, StatusCode::SEE_OTHER);
    assert_eq!(in_force(&world.app).await.map(|asked| asked.version), Some(3));
    let hostile = me.post(PAGE, &format!("{TICKED}&version=2&do=save")).await;
    assert_eq!(hostile.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(versions(&world.app).await.len(), 2, "what was refused made no draft");
    assert_eq!(me.post(PAGE, "outcome.fr=%FF").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn the_preview_shows_real_journeys_and_no_contact(world: World) {
    let (mut me, _) = administrator(&world).await;
    // Over on Thursday 9 July at noon in Paris.
    garage::live(&world.app, Some("S1"), MONDAY + 3 * DAY + 12 * 3_600, (4, 0), 0).await;
    garage::sql(
        &world.app,
        "INSERT INTO contact (organisation_id, journey, address, locale, expires_at) \
         SELECT organisation_id, id, id, 'fr', 9999999999 FROM journey",
    )
    .await;
    let page = me.get(&format!("{PAGE}?preview=fr&lang=en")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("CALL → RECEP → WORK") && page.body.contains("jeudi 9 juillet"),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("seen-0-outcome") && !page.body.contains("seen-1-outcome"),
        "all went the same way"
    );
    assert_eq!(page.body.matches("<h1").count(), 1);
    assert_eq!(
        page.body.matches("name=\"seen-0-").count(),
        page.body.matches(" disabled").count() - 3,
        "and three buttons"
    );
    let mut ids: Vec<&str> =
        page.body.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice");
    assert!(me.get(&format!("{PAGE}?preview=en")).await.body.contains("Thursday 9 July"));
}

async fn only_the_administrator_may(world: World) {
    let (mut me, router) = administrator(&world).await;
    assert_eq!(me.get("/questionnaires/unknown").await.status, StatusCode::NOT_FOUND);
    assert!(me.get("/setup").await.body.contains("href=\"/questionnaires/repair\""));
    let mut member = signed_in(
        &world.app,
        &router,
        ORGANISATION,
        Role::TeamMember,
        &[("reception", Some("S1"))],
    )
    .await;
    assert_eq!(member.get(PAGE).await.status, StatusCode::FORBIDDEN);
    assert_eq!(member.post(PAGE, TICKED).await.status, StatusCode::FORBIDDEN);
    let mut owner = signed_in(&world.app, &router, ORGANISATION, Role::ProcessOwner, &[]).await;
    assert_eq!(owner.get(PAGE).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        Visitor::new(&router).get(PAGE).await.status,
        StatusCode::SEE_OTHER,
        "who is not signed in signs in first"
    );
    assert_eq!(versions(&world.app).await, []);
}

/// Runs `relais questionnaire …` on the world's data, and gives what it printed; an error is what
/// it said.
fn command(world: &World, words: &[&str]) -> Result<serde_json::Value, String> {
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_relais"))
        .args([
            "questionnaire",
            words[0],
            "--json",
            "--lang",
            "en",
            "--journey-type",
            "repair",
            "--data",
        ])
        .arg(world.folder.path())
        .args(&words[1..])
        .output()
        .expect("the program");
    match done.status.success() {
        true => Ok(serde_json::from_slice(&done.stdout).expect("one JSON document")),
        false => Err(String::from_utf8_lossy(&done.stderr).into_owned()),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_publishes_ours_once() {
    let world = World::sqlite().await;
    garage::found(&world.app, &[]).await;
    assert_eq!(command(&world, &["show"]).expect("versions")["in_force"], serde_json::Value::Null);
    let published =
        command(&world, &["publish", "--reason", "we begin to ask"]).expect("a version");
    assert_eq!(published["version"], 2);
    assert_eq!(in_force(&world.app).await.map(|asked| asked.version), Some(2));
    let shown = command(&world, &["show"]).expect("versions");
    assert_eq!(
        (&shown["versions"][0]["state"], &shown["versions"][1]["state"]),
        (&"in-force".into(), &"imported".into())
    );
    let again = command(&world, &["publish", "--reason", "once more"]).expect_err("a refusal");
    assert!(again.contains("Version 2 is in force already"), "{again}");
}
