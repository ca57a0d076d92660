//! What keeps a team from good work, and who may neither write nor read in a discussion.

use axum::http::StatusCode;
use relais::discussion::store;
use relais::team::Role;
use relais::wiring;

use crate::discussion::{garage, opened, plan};
use crate::garage::ORGANISATION;
use crate::support::{World, both};
use crate::visitor::signed_in;

both!(
    nobody_else_writes_and_nobody_reads_what_is_under_the_floor,
    a_team_notes_once_a_month_what_kept_it,
);

async fn nobody_else_writes_and_nobody_reads_what_is_under_the_floor(world: World) {
    garage(&world).await;
    let router = wiring::router(world.app.clone());
    let mut reception = signed_in(
        &world.app,
        &router,
        ORGANISATION,
        Role::TeamMember,
        &[("reception", Some("S1"))],
    )
    .await;
    let id = opened(&mut reception).await;
    let ours = format!("/teams/reception/discussions/{id}");
    // Another team, the same team elsewhere, and everybody who is of no team.
    let mut workshop =
        signed_in(&world.app, &router, ORGANISATION, Role::TeamMember, &[("workshop", Some("S1"))])
            .await;
    assert_eq!(
        workshop.get(&format!("/teams/workshop/discussions/{id}")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(workshop.post(&ours, "do=join").await.status, StatusCode::FORBIDDEN);
    let mut elsewhere = signed_in(
        &world.app,
        &router,
        ORGANISATION,
        Role::TeamMember,
        &[("reception", Some("S2"))],
    )
    .await;
    assert_eq!(
        elsewhere.post(&ours, "do=note&step=save&note=x").await.status,
        StatusCode::NOT_FOUND
    );
    for role in [Role::Administrator, Role::Representative, Role::ProcessOwner] {
        let mut other = signed_in(&world.app, &router, ORGANISATION, role, &[]).await;
        assert_eq!(other.get(&ours).await.status, StatusCode::FORBIDDEN, "{role}");
        assert_eq!(
            other.post(&ours, "do=note&step=save&note=x").await.status,
            StatusCode::FORBIDDEN,
            "{role}"
        );
    }
    assert!(
        store::notes(world.app.db.reader(), ORGANISATION, id.parse().expect("a number"))
            .await
            .expect("what is stored")
            .is_empty()
    );
    // Where reception has two heads, nothing is told of the handoff: neither to its team nor to
    // customers.
    let mut small = signed_in(
        &world.app,
        &router,
        ORGANISATION,
        Role::TeamMember,
        &[("reception", Some("S3"))],
    )
    .await;
    let form = "handoff=repair%7Chandoff%3ACALL%3ARECEP&place=site%3AS3";
    let there =
        small.post("/teams/reception/discussions", form).await.header("location").to_owned();
    let page = small.get(&there).await;
    assert!(!page.body.contains("kept from good work by"), "{}", page.body);
    let shown = small
        .post(&there, "do=sentence&element=handoff%3ACALL%3ARECEP&en=One+list.&step=save")
        .await;
    assert_eq!(shown.status, StatusCode::SEE_OTHER);
    assert!(
        !store::sentences(world.app.db.reader(), ORGANISATION).await.expect("what is stored")[0]
            .floor_met
    );
    let told = relais::survey::store::you_said::read(world.app.db.reader(), ORGANISATION, "repair")
        .await
        .expect("what is stored");
    assert!(told.is_empty(), "{told:?}");
    let shown = small.post(&there, &plan(&world, "").replace("site%3AS1", "site%3AS3")).await;
    assert!(shown.body.contains("cannot be said"), "{}", shown.body);
}

async fn a_team_notes_once_a_month_what_kept_it(world: World) {
    garage(&world).await;
    let router = wiring::router(world.app.clone());
    let mut reception = signed_in(
        &world.app,
        &router,
        ORGANISATION,
        Role::TeamMember,
        &[("reception", Some("S1"))],
    )
    .await;
    let mut colleague = signed_in(
        &world.app,
        &router,
        ORGANISATION,
        Role::TeamMember,
        &[("reception", Some("S1"))],
    )
    .await;
    let id = opened(&mut reception).await;
    let ours = format!("/teams/reception/discussions/{id}");
    reception.post(&ours, "do=tick&obstacle=system&obstacle=parts").await;
    let first =
        store::ticked(world.app.db.reader(), ORGANISATION, "repair").await.expect("what is stored");
    colleague.post(&ours, "do=tick&obstacle=information&obstacle=nonsense").await;
    let second =
        store::ticked(world.app.db.reader(), ORGANISATION, "repair").await.expect("what is stored");
    assert_eq!((first.len(), second.len()), (1, 1), "whoever sends it, there is one note");
    assert_eq!(second[0].what, [relais::discussion::Obstacle::Information]);
    let mut calls =
        signed_in(&world.app, &router, ORGANISATION, Role::TeamMember, &[("call-centre", None)])
            .await;
    let page = calls.get(&format!("/teams/call-centre/discussions/{id}")).await;
    assert!(page.body.contains("Information that was missing (one month)"), "{}", page.body);
    reception.post(&ours, "do=tick").await;
    assert!(
        store::ticked(world.app.db.reader(), ORGANISATION, "repair")
            .await
            .expect("what is stored")
            .is_empty()
    );
}
