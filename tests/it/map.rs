//! The friction map over published flows: what a place of few heads hides, and that page, API and
//! file tell the same.

use axum::http::StatusCode;
use relais::breakdown::disclosure::Reading;
use relais::breakdown::request::RawQuestion;
use relais::breakdown::store;
use relais::i18n::Lang;
use relais::map::read;
use relais::map::{Map, document, plain};
use relais::privacy::{Disclosed, Eyes, NotShown};
use relais::publication::publish::publish;
use relais::team::Role;
use relais::wiring;

use crate::garage::{DAY, Garage, MONDAY, ORGANISATION, WEEK, found, live};
use crate::support::{World, both};
use crate::visitor::signed_in;

both!(
    the_waits_of_a_small_team_are_neither_shown_nor_left_over,
    page_and_api_tell_the_same_map,
    a_map_of_nothing_says_why
);

/// The workshop of S2 is two people: with that of S1 beside its region's, theirs would be what is
/// left.
const NETWORK: &[Garage] =
    &[("S1", Some("R1"), 9, 9), ("S2", Some("R1"), 9, 2), ("S3", Some("R2"), 8, 8)];

async fn lived(world: &World) {
    found(&world.app, NETWORK).await;
    for site in ["S1", "S2", "S3"] {
        live(&world.app, Some(site), MONDAY + DAY, (40, 20), MONDAY + 2 * DAY).await;
    }
    world.app.clock.set(MONDAY + WEEK);
    let closed = publish(
        &world.app.db,
        &world.app.clock,
        ORGANISATION,
        "repair",
        None,
        &relais::progress::silent,
    );
    assert_eq!(closed.await.expect("published").atoms, 3);
    world.app.clock.set(MONDAY + 3 * WEEK);
}

async fn reading(world: &World, partition: &str) -> Reading<Map> {
    let known = store::known(world.app.db.reader(), ORGANISATION).await.expect("what there is");
    let asked = RawQuestion { partition: Some(partition.to_owned()), ..RawQuestion::default() };
    let question = asked.check(&known, Eyes::Owner).expect("a question");
    read::read(&world.app.db, ORGANISATION, &question, world.app.clock.now())
        .await
        .expect("an answer")
}

async fn map(world: &World, partition: &str) -> Disclosed<Map> {
    reading(world, partition).await.expect(partition)
}

fn flow(map: &Disclosed<Map>) -> Vec<String> {
    map.flow
        .handoffs
        .iter()
        .map(|edge| format!("{}-{} {}", edge.from, edge.to, edge.of_100.unwrap_or(-1.0)))
        .collect()
}

async fn the_waits_of_a_small_team_are_neither_shown_nor_left_over(world: World) {
    lived(&world).await;
    let small = map(&world, "site:S2").await;
    assert_eq!(flow(&small), ["CALL-RECEP 100"], "two people would be watched");
    let why = |element: &str| {
        let element = element.parse().expect("an element");
        small.flow.hidden.iter().find(|(hidden, _)| *hidden == element).map(|(_, why)| why)
    };
    assert_eq!(why("step:WORK"), Some(&NotShown::FewHeads(8)));
    assert_eq!(why("handoff:RECEP:WORK"), Some(&NotShown::FewHeadsAtHandoff(3)));
    assert!(
        small.flow.promises.iter().all(|promise| !promise.element.to_string().contains("WORK"))
    );
    assert_eq!(
        flow(&map(&world, "site:S1").await),
        ["CALL-RECEP 100"],
        "the region less S1 would be S2"
    );
    for whole in ["region:R1", "site:S3", "network"] {
        assert_eq!(
            flow(&map(&world, whole).await),
            ["CALL-RECEP 100", "RECEP-WORK 100"],
            "{whole}"
        );
    }
    let network = map(&world, "network").await;
    let wait = network.flow.handoffs[1].wait;
    // From the end of the reception to the start of the work are ten minutes.
    assert!(
        (wait.median / 600.0 - 1.0).abs() < 0.04 && (wait.p90 / 600.0 - 1.0).abs() < 0.04,
        "{wait:?}"
    );
    let kept =
        network.flow.promises.iter().find(|promise| promise.element.to_string() == "promise:WORK");
    assert!(kept.is_none_or(|promise| promise.kept <= 100.0));
}

async fn page_and_api_tell_the_same_map(world: World) {
    lived(&world).await;
    let router = wiring::router(world.app.clone());
    let mut owner = signed_in(&world.app, &router, ORGANISATION, Role::ProcessOwner, &[]).await;
    let told = serde_json::to_value(document::document(&map(&world, "network").await, Lang::En))
        .expect("a document");
    let api = owner.get("/api/v1/map?lang=en").await;
    assert_eq!(api.status, StatusCode::OK);
    let api: serde_json::Value = serde_json::from_str(&api.body).expect("JSON");
    assert_eq!(
        (&api["edges"], &api["nodes"], &api["variants"]),
        (&told["edges"], &told["nodes"], &told["variants"])
    );
    assert_eq!(api["variants"][0]["of_100"], 100.0);
    let page = owner.get("/network/map?lang=en&detail=all").await;
    for part in [
        "<svg",
        "100 of 100",
        "10\u{a0}min / 10\u{a0}min",
        "Whole paths",
        "detail=main",
        "href=\"/network?",
    ] {
        assert!(page.body.contains(part), "{part} is missing in {}", page.body);
    }
    assert_eq!(
        owner.get("/network/map?detail=some").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert!(owner.get("/network?lang=fr").await.body.contains("href=\"/network/map?lang=fr\""));
    let mut member = signed_in(
        &world.app,
        &router,
        ORGANISATION,
        Role::TeamMember,
        &[("reception", Some("S3"))],
    )
    .await;
    assert!(member.get("/teams/reception/map?lang=fr").await.body.contains("site S3"));
    assert_eq!(
        member.get("/teams/reception/map?partition=site:S1").await.status,
        StatusCode::FORBIDDEN
    );
    for lang in Lang::ALL {
        assert!(
            plain::write(&map(&world, "network").await, None, lang)
                .contains("10\u{a0}min / 10\u{a0}min")
        );
    }
}

async fn a_map_of_nothing_says_why(world: World) {
    found(&world.app, NETWORK).await;
    assert!(reading(&world, "network").await.is_err());
}
