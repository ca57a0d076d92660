//! Keys of programs: made, shown once, used, found unused, revoked.

use axum::Router;
use axum::http::{Method, StatusCode};
use relais::organisation::store;
use relais::schema::{api_key, journal_entry};
use relais::team::{self, Role};
use relais::wiring;
use sea_orm::EntityTrait;

use crate::support::dump::dump;
use crate::support::{NOON, World, both};
use crate::visitor::{Answered, Visitor, signed_in, teams_and_sites};

both!(
    a_key_is_shown_once_and_does_what_it_says,
    the_day_of_a_keys_last_use_is_known_and_reading_writes_nothing
);

async fn administered(world: &World) -> (Router, Visitor) {
    let organisation = store::ensure(&world.app.db, NOON).await.expect("an organisation");
    teams_and_sites(&world.app, organisation).await;
    let router = wiring::router(world.app.clone());
    let administrator =
        signed_in(&world.app, &router, organisation, Role::Administrator, &[]).await;
    (router, administrator)
}

/// The key of the page that shows it.
fn shown(page: &Answered) -> String {
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    page.body
        .split("<code>")
        .nth(1)
        .and_then(|rest| rest.split("</code>").next())
        .expect("a key")
        .to_owned()
}

async fn asks(router: &Router, key: &str, method: Method, path: &str) -> Answered {
    let bearer = format!("Bearer {key}");
    Visitor::new(router).send(method, path, &[("authorization", &bearer)], "").await
}

async fn a_key_is_shown_once_and_does_what_it_says(world: World) {
    let (router, mut administrator) = administered(&world).await;
    let made = administrator
        .post("/keys", "label=feed&scope=events%3Awrite&eyes=&reason=planning+system")
        .await;
    let key = shown(&made);
    assert!(!dump(&world).await.join("\n").contains(&key), "the key lies in the database");
    assert!(!administrator.get("/keys").await.body.contains(&key), "it is shown once");
    let lacks = asks(&router, &key, Method::GET, "/api/v1/breakdown").await;
    assert_eq!(lacks.status, StatusCode::FORBIDDEN);
    assert!(
        lacks.body.contains("breakdown:read") && lacks.body.contains("events:write"),
        "{}",
        lacks.body
    );
    assert_eq!(
        asks(&router, &key, Method::POST, "/api/v1/events?journey_type=none").await.status,
        StatusCode::NOT_FOUND
    );
    let reads = shown(
        &administrator
            .post("/keys", "label=report&scope=breakdown%3Aread&eyes=owner&reason=x")
            .await,
    );
    let lacks = asks(&router, &reads, Method::POST, "/api/v1/events").await;
    assert!(
        lacks.status == StatusCode::FORBIDDEN && lacks.body.contains("lacks “events:write”"),
        "{}",
        lacks.body
    );
    for (form, field) in [
        ("label=feed&scope=events%3Awrite&reason=x", "label"),
        ("label=&scope=events%3Awrite&reason=x", "label"),
        ("label=new&reason=x", "scope"),
        ("label=new&scope=breakdown%3Aread&eyes=&reason=x", "eyes"),
        ("label=new&scope=breakdown%3Aread&eyes=team%3Anobody&reason=x", "eyes"),
        ("label=new&scope=everything&reason=x", "scope"),
        ("label=new&scope=events%3Awrite", "reason"),
    ] {
        let refused = administrator.post("/keys", form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(
            refused.body.contains(&format!("id=\"{field}-problem\"")),
            "{form}: {}",
            refused.body
        );
    }
    assert_eq!(
        administrator.post("/keys/revoke", "revoke=feed").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let revoked = administrator.post("/keys/revoke", "revoke=feed&revoke-reason=replaced").await;
    assert_eq!(revoked.header("location"), "/keys");
    assert_eq!(
        asks(&router, &key, Method::POST, "/api/v1/events").await.status,
        StatusCode::UNAUTHORIZED
    );
    let told = journal_entry::Entity::find().all(world.app.db.reader()).await.expect("the journal");
    let reasons: Vec<_> = told
        .iter()
        .filter(|entry| entry.subject == "key:feed")
        .map(|entry| entry.reason.as_str())
        .collect();
    assert_eq!(reasons, ["planning system", "replaced"]);
}

async fn the_day_of_a_keys_last_use_is_known_and_reading_writes_nothing(world: World) {
    let (router, mut administrator) = administered(&world).await;
    let key = shown(
        &administrator
            .post("/keys", "label=report&scope=breakdown%3Aread&eyes=owner&reason=x")
            .await,
    );
    assert!(administrator.get("/keys").await.body.contains("never used"));
    let before = dump(&world).await;
    asks(&router, &key, Method::GET, "/api/v1/breakdown").await;
    let after = dump(&world).await;
    let changed: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
    assert!(changed.is_empty(), "{changed:#?}");
    let page = administrator.get("/keys").await.body;
    assert!(page.contains("2026-11-21") && !page.contains("never used"), "{page}");
    team::key::write_uses(&world.app).await.expect("written down");
    let row =
        api_key::Entity::find().one(world.app.db.reader()).await.expect("a row").expect("a key");
    assert_eq!(
        row.used_on.map(|day| i64::from(day.0)),
        Some(NOON / 86_400),
        "the day, and nothing finer"
    );
    assert!(
        administrator.get("/keys").await.body.contains("2026-11-21"),
        "another process knows it too"
    );
}
