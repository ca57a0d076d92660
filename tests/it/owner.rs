//! The process owner reads about the system: what would help, whether it is alike everywhere, who
//! is heard, how the score is used. Nothing before the teams, nothing in pilot, and no place but
//! one that lies beyond all limits is named.

use axum::Router;
use axum::http::{Method, StatusCode};
use relais::privacy::Eyes;
use relais::publication::publish::publish;
use relais::schema::access_entry;
use relais::team::{self, Grant, Role};
use relais::token::Token;
use relais::{wiring, worker};
use sea_orm::EntityTrait;

use crate::garage::{DAY, Garage, MONDAY, ORGANISATION, WEEK, found, live, sql};
use crate::support::{World, both};
use crate::visitor::{self, Visitor, signed_in};

both!(
    every_page_of_the_owner_speaks_both_languages_and_leaves_a_row,
    nothing_is_shown_in_pilot_nor_before_the_teams,
    only_a_site_beyond_the_outer_limits_is_named,
    what_a_setting_hides_is_hidden_at_once_although_it_was_shown_before,
    what_would_help_stands_in_the_order_of_the_journey_for_programs_too,
    a_feed_that_stopped_is_told_by_its_own_pace,
    what_was_made_ready_is_what_is_shown,
);

const PAGES: [&str; 5] = [
    "/network/help",
    "/network/compare",
    "/network/system",
    "/network/coverage",
    "/network/incentives",
];

/// Twelve large sites, and one of so few people that it never stands alone.
const NETWORK: &[Garage] = &[
    ("S01", Some("R1"), 9, 9),
    ("S02", Some("R1"), 9, 9),
    ("S03", Some("R1"), 9, 9),
    ("S04", Some("R1"), 9, 9),
    ("S05", Some("R1"), 9, 9),
    ("S06", Some("R1"), 9, 9),
    ("S07", Some("R2"), 9, 9),
    ("S08", Some("R2"), 9, 9),
    ("S09", Some("R2"), 9, 9),
    ("S10", Some("R2"), 9, 9),
    ("S11", Some("R2"), 9, 9),
    ("S12", Some("R2"), 9, 9),
    ("S13", Some("R2"), 2, 3),
];

/// Four weeks; customers of S12 are far less happy. Closed a week after the last, and open to the
/// owner a week later.
async fn network(world: &World) -> Router {
    found(&world.app, NETWORK).await;
    for week in 0..4 {
        for (site, ..) in NETWORK {
            let over = MONDAY + week * WEEK + (week % 5) * DAY;
            live(&world.app, Some(site), over, (30, 18), over + 7_200).await;
        }
    }
    sql(&world.app, "UPDATE response SET outcome = outcome - 5 WHERE site = 'S12'").await;
    world.app.clock.set(MONDAY + 5 * WEEK - DAY);
    let closed = publish(
        &world.app.db,
        &world.app.clock,
        ORGANISATION,
        "repair",
        None,
        &relais::progress::silent,
    );
    assert!(closed.await.expect("published").atoms > 0);
    world.app.clock.set(MONDAY + 7 * WEEK);
    wiring::router(world.app.clone())
}

async fn owner(world: &World, router: &Router) -> Visitor {
    signed_in(&world.app, router, ORGANISATION, Role::ProcessOwner, &[]).await
}

async fn every_page_of_the_owner_speaks_both_languages_and_leaves_a_row(world: World) {
    let router = network(&world).await;
    let mut owner = owner(&world, &router).await;
    for page in PAGES {
        for lang in ["fr", "en"] {
            let told = owner.get(&format!("{page}?lang={lang}")).await;
            assert_eq!(told.status, StatusCode::OK, "{page}");
            assert!(
                told.body.contains("class=\"lede\"")
                    && told.body.contains(&format!("<html lang=\"{lang}\""))
            );
            assert!(
                !told.body.contains("Unknown localization") && !told.body.contains("{$"),
                "{page}: {}",
                told.body
            );
            let others = PAGES
                .iter()
                .filter(|other| told.body.contains(&format!("href=\"{other}\"")))
                .count();
            assert_eq!(others, PAGES.len(), "{page} leads to all pages");
        }
    }
    let looks = access_entry::Entity::find().all(world.app.db.reader()).await.expect("looks");
    assert_eq!(looks.len(), 2 * PAGES.len());
    assert!(
        looks.iter().all(|look| look.role == "owner" && look.place.ends_with(" repair network")),
        "{looks:?}"
    );
    assert!(owner.get("/network").await.body.contains("href=\"/network/help\""));
}

async fn nothing_is_shown_in_pilot_nor_before_the_teams(world: World) {
    let router = network(&world).await;
    let mut owner = owner(&world, &router).await;
    let shown = async |owner: &mut Visitor, page: &str| {
        let told = owner.get(&format!("{page}?lang=en")).await;
        assert_eq!(told.status, StatusCode::OK, "{page}");
        (told.body.contains("class=\"lede\"") || told.body.contains("class=\"drawing"), told.body)
    };
    world.app.clock.set(MONDAY + 5 * WEEK);
    let mut early = signed_in(&world.app, &router, ORGANISATION, Role::ProcessOwner, &[]).await;
    for page in PAGES {
        let (anything, body) = shown(&mut early, page).await;
        assert!(!anything && body.contains("open to you from"), "{page}: {body}");
    }
    world.app.clock.set(MONDAY + 7 * WEEK);
    sql(&world.app, "UPDATE organisation SET stage = 'pilot', pilot_until = 4000000000").await;
    for page in PAGES {
        let (anything, body) = shown(&mut owner, page).await;
        assert!(!anything && body.contains("The pilot is for the teams alone"), "{page}: {body}");
        assert!(!body.contains("What feeds us"));
    }
}

async fn only_a_site_beyond_the_outer_limits_is_named(world: World) {
    let router = network(&world).await;
    let mut owner = owner(&world, &router).await;
    let told = owner.get("/network/compare?lang=en").await.body;
    let named: Vec<&str> =
        NETWORK.iter().map(|site| site.0).filter(|code| told.contains(code)).collect();
    assert_eq!(named, ["S12"], "{told}");
    assert!(
        told.contains("1 site is not drawn") && told.matches("class=\"unit").count() > 24,
        "{told}"
    );
    let regions = owner.get("/network/compare?by=regions&lang=en").await.body;
    assert!(regions.contains("2 regions can be shown, and a comparison needs 10"), "{regions}");
    assert!(
        !regions.contains("class=\"drawing wide"),
        "two regions side by side would be a league of two"
    );
    for measure in ["promise", "promise:RECEP", "step:WORK", "handoff:CALL:RECEP"] {
        let told = owner.get(&format!("/network/compare?measure={measure}&lang=fr")).await;
        assert_eq!(told.status, StatusCode::OK, "{measure}");
    }
    for wrong in ["measure=mood", "measure=step:NOWHERE", "by=teams"] {
        assert_eq!(
            owner.get(&format!("/network/compare?{wrong}")).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
}

async fn what_a_setting_hides_is_hidden_at_once_although_it_was_shown_before(world: World) {
    let router = network(&world).await;
    let mut owner = owner(&world, &router).await;
    let lede = async |owner: &mut Visitor, page: &str| {
        owner.get(page).await.body.contains("class=\"lede\"")
    };
    for page in PAGES.into_iter().chain(["/network"]) {
        assert!(lede(&mut owner, page).await && lede(&mut owner, page).await, "{page}");
    }
    sql(&world.app, "UPDATE organisation SET minimum_heads = 5000").await;
    for page in PAGES.into_iter().chain(["/network"]) {
        assert!(!lede(&mut owner, page).await, "{page} still shows what was remembered");
    }
    sql(&world.app, "UPDATE organisation SET minimum_heads = 8").await;
    sql(&world.app, "UPDATE release SET owners_from = 4000000000").await;
    for page in PAGES.into_iter().chain(["/network"]) {
        assert!(
            !lede(&mut owner, page).await,
            "{page} still shows releases that are the teams' alone"
        );
    }
}

async fn what_would_help_stands_in_the_order_of_the_journey_for_programs_too(world: World) {
    let router = network(&world).await;
    let key = world.app.random(Token::random);
    let (stored, of) = (key.clone(), visitor::admission(&world.app));
    team::key::add(&world.app.db, ORGANISATION, "a story", Grant::reading(Eyes::Owner), stored, of)
        .await
        .expect("a key");
    let bearer = format!("Bearer {}", key.expose());
    let headers = [("authorization", bearer.as_str())];
    let told = Visitor::new(&router).send(Method::GET, "/api/v1/help", &headers, "").await;
    assert_eq!(told.status, StatusCode::OK);
    let document: serde_json::Value = serde_json::from_str(&told.body).expect("JSON");
    let codes: Vec<&str> = document["parts"]
        .as_array()
        .expect("parts")
        .iter()
        .filter_map(|part| part["code"].as_str())
        .collect();
    let chain = [
        "handoff:CALL:RECEP",
        "promise:PLAN",
        "promise:RECEP",
        "handoff:RECEP:WORK",
        "promise:WORK",
    ];
    let mut order = chain.to_vec();
    order.retain(|code| codes.contains(code));
    assert_eq!(codes, order, "{document}");
    let late = document["parts"]
        .as_array()
        .expect("parts")
        .iter()
        .find(|part| part["code"] == "promise:WORK");
    assert!(late.is_some_and(|part| part["promises"]["made"].as_u64() > Some(1_000)), "{document}");
    assert_eq!(Visitor::new(&router).get("/api/v1/help").await.status, StatusCode::UNAUTHORIZED);
}

async fn a_feed_that_stopped_is_told_by_its_own_pace(world: World) {
    let router = network(&world).await;
    let now = world.app.clock.now();
    let arrivals: Vec<i64> = (10..40).map(|days| now - days * DAY).collect();
    let noted = world.app.db.write(move |tx| {
        Box::pin(async move {
            for (id, at) in (1..).zip(arrivals) {
                relais::journey::store::note(
                    tx,
                    ORGANISATION,
                    "repair",
                    "events",
                    id,
                    at,
                    "{}".to_owned(),
                )
                .await?;
            }
            Ok(())
        })
    });
    noted.await.expect("arrivals");
    let mut owner = owner(&world, &router).await;
    let told = owner.get("/network/coverage?lang=en").await.body;
    assert!(told.contains("silent for 10 days") && told.contains("at least every day"), "{told}");
}

async fn what_was_made_ready_is_what_is_shown(world: World) {
    let router = network(&world).await;
    let mut owner = owner(&world, &router).await;
    let mut told = Vec::new();
    for page in PAGES {
        told.push(owner.get(page).await.body);
    }
    worker::make_ready(&world.app).await.expect("ready");
    for (page, before) in PAGES.into_iter().zip(told) {
        assert_eq!(owner.get(page).await.body, before, "{page}");
    }
    // A service without any release is none that cannot be made ready.
    sql(&world.app, "UPDATE release SET owners_from = 4000000000").await;
    sql(&world.app, "UPDATE atom SET owners_from = 4000000000").await;
    worker::make_ready(&world.app).await.expect("nothing to make ready");
}
