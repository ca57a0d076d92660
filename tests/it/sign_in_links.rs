//! One-time links: spent once, told apart by nobody, and good in place of a lost password.

use axum::http::StatusCode;
use relais::id::OrganisationId;
use relais::limits;
use relais::team::admission;
use relais::token::Token;

use crate::access::{EMAIL, PASSWORD, SESSION, begin, camille, first_link, form};
use crate::support::{NOON, World, both};
use crate::visitor::{Visitor, admission as because};

both!(
    a_link_signs_in_once_however_many_press_at_once,
    used_expired_unknown_and_malformed_links_look_the_same,
    a_link_replaces_a_lost_password_and_ends_nothing_else,
);

async fn a_link_signs_in_once_however_many_press_at_once(world: World) {
    let (router, organisation) = begin(&world).await;
    let link = first_link(&world.app, organisation).await;
    let path = format!("/sign-in/{}", link.expose());
    for _ in 0..3 {
        assert_eq!(
            Visitor::new(&router).get(&path).await.status,
            StatusCode::OK,
            "looking spends nothing"
        );
    }
    let presses = (0..16).map(|_| {
        let (router, path) = (router.clone(), path.clone());
        tokio::spawn(async move { Visitor::new(&router).post(&path, "").await.status })
    });
    let mut admitted = 0;
    for press in presses.collect::<Vec<_>>() {
        admitted += usize::from(press.await.expect("an answer") == StatusCode::SEE_OTHER);
    }
    assert_eq!(admitted, 1);
}

async fn used_expired_unknown_and_malformed_links_look_the_same(world: World) {
    let (router, organisation) = begin(&world).await;
    let used = first_link(&world.app, organisation).await;
    assert_eq!(Visitor::new(&router).spend(&used).await.status, StatusCode::SEE_OTHER);
    let expired = first_link(&world.app, organisation).await;
    world.app.clock.set(NOON + limits::SIGN_IN_LINK);
    let unknown = world.app.random(Token::random);
    let mut pages = Vec::new();
    for link in [used.expose(), expired.expose(), unknown.expose(), "short"] {
        let path = format!("/sign-in/{link}");
        let mut visitor = Visitor::new(&router);
        let (looked, pressed) = (visitor.get(&path).await, visitor.post(&path, "").await);
        assert!(!visitor.cookies.contains_key(SESSION));
        pages.push((looked.status, looked.body.replace(link, "…"), pressed.status, pressed.body));
    }
    assert_eq!((pages[0].0, pages[0].2), (StatusCode::OK, StatusCode::NOT_FOUND));
    assert!(pages.iter().all(|page| *page == pages[0]), "{pages:#?}");
}

async fn a_link_replaces_a_lost_password_and_ends_nothing_else(world: World) {
    let (router, _) = camille(&world).await;
    let link = world.app.random(Token::random);
    admission::renew_link(
        &world.app.db,
        OrganisationId::new(1),
        1,
        link.clone(),
        because(&world.app),
    )
    .await
    .expect("a link");
    let mut again = Visitor::new(&router);
    assert_eq!(again.spend(&link).await.header("location"), "/password");
    let short = again.post("/password", "new=short&again=short").await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.body.contains("too short"), "{}", short.body);
    assert_eq!(
        again
            .post("/password", "new=neuf+moutons+noirs&again=neuf+moutons+verts")
            .await
            .status
            .as_u16(),
        422
    );
    let mut other = again.clone();
    assert_eq!(
        again
            .post("/password", "new=neuf+moutons+noirs&again=neuf+moutons+noirs")
            .await
            .status
            .as_u16(),
        303
    );
    assert_eq!(
        other.get("/setup").await.status,
        StatusCode::SEE_OTHER,
        "other sessions of the account have ended"
    );
    assert_eq!(again.get("/setup").await.status, StatusCode::OK);
    let without_current =
        again.post("/password", "new=dix+poules+rousses&again=dix+poules+rousses").await;
    assert_eq!(without_current.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        Visitor::new(&router).post("/sign-in", &form(EMAIL, PASSWORD)).await.status,
        StatusCode::FORBIDDEN
    );
}
