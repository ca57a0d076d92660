//! Everybody sees and ends the own sessions, and nobody else's.

use axum::http::StatusCode;
use relais::limits;
use relais::organisation::store;
use relais::team::{Role, admission};
use relais::token::Token;
use relais::wiring;

use crate::support::{NOON, World, both};
use crate::visitor::{Visitor, admission as because, signed_in};

both!(own_sessions_are_listed_and_ended);

/// What the buttons of the page would end.
fn buttons(page: &str) -> Vec<String> {
    let values =
        page.split("name=\"end\" value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    values.filter(|value| *value != "others").map(str::to_owned).collect()
}

async fn own_sessions_are_listed_and_ended(world: World) {
    let organisation = store::ensure(&world.app.db, NOON).await.expect("an organisation");
    let router = wiring::router(world.app.clone());
    let mut here = signed_in(&world.app, &router, organisation, Role::Representative, &[]).await;
    let mut stranger = signed_in(&world.app, &router, organisation, Role::ProcessOwner, &[]).await;
    let mut elsewhere = Vec::new();
    for minutes in 1..=3 {
        world.app.clock.set(NOON + minutes * 60);
        let link = world.app.random(Token::random);
        admission::renew_link(&world.app.db, organisation, 1, link.clone(), because(&world.app))
            .await
            .expect("a link");
        let mut visitor = Visitor::new(&router);
        visitor.spend(&link).await;
        elsewhere.push(visitor);
    }
    let page = here.get("/sessions").await.body;
    let others = buttons(&page);
    assert_eq!(others.len(), 3, "{page}");
    assert!(page.contains("2026-11-21 13:03") && page.contains("this one"), "{page}");
    for cookie in elsewhere.iter().flat_map(|visitor| visitor.cookies.values()) {
        assert!(!page.contains(cookie), "a cookie stands on the page");
    }
    stranger.post("/sessions", &format!("end={}", others[0])).await;
    assert_eq!(buttons(&here.get("/sessions").await.body).len(), 3, "nobody ends another's");
    // The newest stands first.
    assert_eq!(
        here.post("/sessions", &format!("end={}", others[0])).await.header("location"),
        "/sessions"
    );
    assert_eq!(elsewhere[2].get("/journal").await.status, StatusCode::SEE_OTHER);
    assert_eq!(elsewhere[1].get("/journal").await.status, StatusCode::OK);
    here.post("/sessions", "end=others").await;
    for visitor in &mut elsewhere {
        assert_eq!(visitor.get("/journal").await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(here.get("/sessions").await.status, StatusCode::OK, "this one goes on");
    assert_eq!(stranger.get("/journal").await.status, StatusCode::OK);
    world.app.clock.set(NOON + 180 + limits::SESSION_IDLE);
    assert_eq!(here.get("/sessions").await.status, StatusCode::SEE_OTHER, "and ends by itself");
}
