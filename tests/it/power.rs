//! What could be seen: on the page of limits, on the command line's text and in its document, from
//! what was released and, before anything is, from the log.

use axum::Router;
use axum::http::StatusCode;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use relais::breakdown::request::{Question, RawQuestion};
use relais::breakdown::store;
use relais::error::Error;
use relais::i18n::Lang;
use relais::journal::store as journal;
use relais::power::{Basis, Change, Power, beside_the_rest, document, plain, read};
use relais::privacy::{Disclosed, Eyes, NotShown};
use relais::publication::publish::publish;
use relais::schema::response;
use relais::team::Role;
use relais::wiring;

use crate::garage::{self, DAY, Garage, MONDAY, ORGANISATION, WEEK, found, live, sql};
use crate::support::{World, both};
use crate::visitor::{Visitor, signed_in};

both!(
    page_and_command_line_say_what_could_be_seen_and_the_same,
    whoever_reads_no_figures_reads_the_limits_alone,
    before_anything_is_released_the_log_tells_the_administrator,
    the_gate_decides_here_as_everywhere,
    weeks_without_answers_and_equal_ratings_are_told_as_they_are,
    the_sheet_says_what_could_be_seen_of_the_teams_part,
);

const NETWORK: &[Garage] =
    &[("S1", Some("R1"), 9, 9), ("S2", Some("R1"), 9, 9), ("S3", Some("R2"), 12, 14)];

/// So many weeks of journeys, some without any, all closed a week after the last one.
async fn garage(world: &World, weeks: i64, silent: &[i64]) -> Router {
    found(&world.app, NETWORK).await;
    for week in (0..weeks).filter(|week| !silent.contains(week)) {
        for site in ["S1", "S2", "S3"] {
            for day in [0, 2, 4] {
                let over = MONDAY + week * WEEK + day * DAY;
                live(&world.app, Some(site), over, (16, 10), over + 7_200).await;
            }
        }
    }
    rate(world).await;
    close(world, MONDAY + weeks * WEEK).await;
    world.app.clock.set(MONDAY + (weeks + 2) * WEEK);
    wiring::router(world.app.clone())
}

/// Gives every answer ratings of its own.
async fn rate(world: &World) {
    let mut random = StdRng::seed_from_u64(7);
    garage::rate(&world.app, |row| {
        let losses = [0; 5].map(|_: i32| random.random_range(0..4));
        let outcome = 10 - (losses.iter().sum::<i32>() / 3).min(10);
        let [call, first, desk, shop, between] = losses.map(|loss| 10 - loss);
        let answers = serde_json::json!({
            "step:CALL": call, "handoff:CALL:RECEP": first, "step:RECEP": desk, "step:WORK": shop,
            "handoff:RECEP:WORK": between,
        });
        let (outcome, answers) = (Some(outcome), answers.to_string());
        response::Model { outcome, answers, ..row }
    })
    .await;
}

async fn close(world: &World, at: i64) {
    world.app.clock.set(at);
    let (db, clock) = (&world.app.db, &world.app.clock);
    let silent = &relais::progress::silent;
    publish(db, clock, ORGANISATION, "repair", None, silent).await.expect("published");
}

async fn question(world: &World, partition: &str, eyes: Eyes) -> Result<Question, Error> {
    let known = store::known(world.app.db.reader(), ORGANISATION).await.expect("what there is");
    let asked = RawQuestion { partition: Some(partition.to_owned()), ..RawQuestion::default() };
    beside_the_rest(asked.check(&known, eyes).expect("a question"))
}

async fn reading(world: &World, partition: &str, eyes: Eyes) -> Result<Disclosed<Power>, NotShown> {
    let question = question(world, partition, eyes).await.expect("a question");
    read::read(&world.app.db, ORGANISATION, &question, world.app.clock.now()).await.expect("a read")
}

async fn looks(world: &World) -> u64 {
    journal::count_looks(&world.app.db, ORGANISATION).await.expect("a count")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&#38;")
        .replace('<', "&#60;")
        .replace('>', "&#62;")
        .replace('"', "&#34;")
        .replace('\'', "&#39;")
}

async fn page_and_command_line_say_what_could_be_seen_and_the_same(world: World) {
    let router = garage(&world, 10, &[]).await;
    let mut owner = signed_in(&world.app, &router, ORGANISATION, Role::ProcessOwner, &[]).await;
    let mut member =
        signed_in(&world.app, &router, ORGANISATION, Role::TeamMember, &[("planning", None)]).await;
    let power = reading(&world, "region:R1", Eyes::Owner).await.expect("it may be shown");
    assert!(matches!(power.basis, Basis::Answers { weeks: 10, empty: 0, .. }), "{:?}", power.basis);
    assert!(power.is_known() && power.parts.len() > 5, "{:?}", power.parts);
    assert!(power.gains.iter().any(|gain| gain.change == Change::HalfYear));
    for lang in Lang::ALL {
        let text = plain::write(&power, None, lang);
        let told = document::document(&power, lang);
        let told = serde_json::to_value(told).expect("a document");
        let sentence = told["text"].as_str().expect("a sentence");
        assert!(text.contains(sentence), "{sentence} in {text}");
        let before = looks(&world).await;
        let path = format!("/what-this-cannot-know?partition=region:R1&lang={}", lang.tag());
        let page = owner.get(&path).await;
        assert_eq!((page.status, looks(&world).await), (StatusCode::OK, before + 1));
        assert!(page.body.contains(&escaped(sentence)), "{sentence} in {}", page.body);
        for part in told["elements"].as_array().expect("elements") {
            let label = part["label"].as_str().expect("a label");
            assert!(page.body.contains(&escaped(label)) && text.contains(label), "{label}");
        }
        assert_eq!(told["basis"], "answers");
        let shares = told["elements"][0]["named"].as_array().expect("sizes");
        assert!(
            shares.iter().all(|one| (0.0..=1.0).contains(&one["share"].as_f64().expect("one")))
        );
        let page = member.get(&format!("/what-this-cannot-know?lang={}", lang.tag())).await;
        let title = lang.of("Ce qu’on pourrait voir ici", "What could be seen here");
        assert!(page.body.contains(title), "{}", page.body);
    }
    let again = reading(&world, "region:R1", Eyes::Owner).await.expect("it may be shown");
    assert_eq!(*power, *again, "the same data give the same figures");
    assert_eq!(
        owner.get("/what-this-cannot-know?partition=network").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert!(question(&world, "network", Eyes::Owner).await.is_err());
}

async fn whoever_reads_no_figures_reads_the_limits_alone(world: World) {
    let router = garage(&world, 4, &[]).await;
    let mut nobody = Visitor::new(&router);
    let mut representative =
        signed_in(&world.app, &router, ORGANISATION, Role::Representative, &[]).await;
    let before = looks(&world).await;
    for reader in [&mut nobody, &mut representative] {
        let page = reader.get("/what-this-cannot-know?lang=en").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("What the figures cannot know"), "{}", page.body);
        assert!(!page.body.contains("could-be-seen"), "{}", page.body);
    }
    assert_eq!(looks(&world).await, before, "nothing was looked at");
    let mut member =
        signed_in(&world.app, &router, ORGANISATION, Role::TeamMember, &[("workshop", Some("S1"))])
            .await;
    let elsewhere = member.get("/what-this-cannot-know?partition=site:S3").await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
}

async fn before_anything_is_released_the_log_tells_the_administrator(world: World) {
    found(&world.app, NETWORK).await;
    let router = wiring::router(world.app.clone());
    let mut admin = signed_in(&world.app, &router, ORGANISATION, Role::Administrator, &[]).await;
    let empty = admin.get("/what-this-cannot-know?lang=en").await;
    assert!(empty.body.contains("The log has no journey of this place yet"), "{}", empty.body);
    for week in 0..6 {
        for site in ["S1", "S2", "S3"] {
            live(&world.app, Some(site), MONDAY + week * WEEK + DAY, (60, 0), MONDAY).await;
        }
    }
    world.app.clock.set(MONDAY + 6 * WEEK);
    assert!(
        admin.get("/setup?lang=en").await.body.contains("What could be found with its traffic")
    );
    for (lang, says) in [
        ("en", "as if 15 of 100 customers answered"),
        ("fr", "comme si 15 clients sur 100 répondaient"),
    ] {
        let page = admin.get(&format!("/what-this-cannot-know?lang={lang}")).await;
        assert!(page.body.contains(says), "{}", page.body);
    }
    let more = admin.get("/what-this-cannot-know?lang=en&response=40").await;
    assert!(more.body.contains("as if 40 of 100 customers answered"), "{}", more.body);
    let wrong = admin.get("/what-this-cannot-know?lang=en&response=lots").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut owner = signed_in(&world.app, &router, ORGANISATION, Role::ProcessOwner, &[]).await;
    let page = owner.get("/what-this-cannot-know?lang=en").await;
    assert!(page.body.contains("Nothing is shown here yet"), "{}", page.body);
    let question = question(&world, "region:R1", Eyes::Owner).await.expect("a question");
    let known = store::known(world.app.db.reader(), ORGANISATION).await.expect("what there is");
    let told = read::of_log(&world.app.db, ORGANISATION, &question, &known.sites, None);
    let told = told.await.expect("the log").expect("journeys");
    assert!((told.here.journeys - 13.0 * 120.0).abs() < 1e-6, "{:?}", told.here);
    let codes: Vec<String> = told.parts.iter().map(|part| part.element.to_string()).collect();
    let chain = [
        "step:CALL",
        "handoff:CALL:RECEP",
        "promise:PLAN",
        "step:RECEP",
        "handoff:RECEP:WORK",
        "step:WORK",
    ];
    assert!(chain.iter().all(|code| codes.iter().any(|other| other == code)), "{codes:?}");
    let told = serde_json::to_value(document::of_log(&told, Lang::En)).expect("a document");
    assert_eq!((&told["basis"], &told["assumed"]["parts"]), (&"log".into(), &3.into()));
}

async fn the_gate_decides_here_as_everywhere(world: World) {
    let _ = garage(&world, 6, &[]).await;
    sql(&world.app, "UPDATE organisation SET stage = 'pilot', pilot_until = 4000000000").await;
    let refused = reading(&world, "region:R1", Eyes::Owner).await;
    assert_eq!(refused.err(), Some(NotShown::Pilot));
    let planning = Eyes::Team("planning".to_owned());
    assert!(reading(&world, "region:R1", planning.clone()).await.is_ok());
    sql(&world.app, "UPDATE organisation SET minimum_heads = 19").await;
    let hidden = reading(&world, "region:R1", planning).await;
    let hidden = hidden.expect("eighteen at the desk, eighteen in the workshop");
    assert!(
        hidden.suppressed.iter().any(|one| one.element.to_string() == "step:RECEP")
            && hidden.parts.iter().all(|part| part.element.to_string() != "step:RECEP"),
        "{hidden:?}"
    );
}

async fn weeks_without_answers_and_equal_ratings_are_told_as_they_are(world: World) {
    let _ = garage(&world, 9, &[3, 4]).await;
    let power = reading(&world, "site:S1", Eyes::Owner).await.expect("it may be shown");
    assert!(matches!(power.basis, Basis::Answers { weeks: 9, empty: 2, .. }), "{:?}", power.basis);
    let text = plain::write(&power, None, Lang::En);
    assert!(
        text.contains("Of 2 of these 9 weeks no answer about this place was released"),
        "{text}"
    );
    assert!(text.contains("another tool asked these customers"), "{text}");
}

async fn the_sheet_says_what_could_be_seen_of_the_teams_part(world: World) {
    let router = garage(&world, 8, &[]).await;
    let mut member =
        signed_in(&world.app, &router, ORGANISATION, Role::TeamMember, &[("workshop", Some("S1"))])
            .await;
    for (lang, says) in [
        ("en", "What could be seen with a quarter’s answers: 5\u{a0}points lost at “RECEP → WORK”"),
        ("fr", "Ce qu’on pourrait voir avec les réponses d’un trimestre"),
    ] {
        let path = format!("/teams/workshop/pack?partition=site:S1&lang={lang}");
        let page = member.get(&path).await;
        assert!(page.body.contains(says), "{}", page.body);
    }
}
