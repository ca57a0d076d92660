//! What came of asking, week by week: counted, and nobody followed.

use axum::http::StatusCode;
use relais::calendar::Week;
use relais::invitation::rates::{Counts, Failure, Rates};
use relais::invitation::store;
use relais::invitation::{Decision, MailState};
use relais::schema::decision;
use relais::team::Role;
use relais::wiring;

use crate::asking::{decided, first_week, put, two_weeks};
use crate::garage::{ORGANISATION, found, sql};
use crate::support::{World, both};
use crate::visitor::signed_in;

both!(weeks_are_counted_as_by_hand, the_page_tells_weeks_to_who_may_read_them,);

async fn page(world: &World, below: Option<i32>) -> Rates {
    let of = store::rates::Of {
        organisation: ORGANISATION,
        journey_type: "repair",
        now: world.app.clock.now(),
    };
    store::rates::page(world.app.db.reader(), of, below.map(Week)).await.expect("rates")
}

async fn weeks_are_counted_as_by_hand(world: World) {
    two_weeks(&world).await;
    let rates = page(&world, None).await;
    assert_eq!(
        rates.weeks.iter().map(|asking| asking.week.0).collect::<Vec<_>>(),
        [first_week().next().0, first_week().0]
    );
    let asking = &rates.weeks[1];
    assert_eq!((asking.decided(), asking.eligible(), asking.invited()), (16, 11, 9));
    let reasons = [("no-address", 3), ("phone", 1), ("resting", 1), ("sampled-out", 2)];
    assert_eq!(asking.reasons().collect::<Vec<_>>(), reasons);
    let counts = Counts {
        links: 1,
        delivered: 6,
        undelivered: 1,
        unknown: 1,
        opened: 7,
        partial: 2,
        finished: 3,
        withdrawn: 1,
        answered: 4,
    };
    assert_eq!(asking.counts, counts);
    assert!((asking.rate().expect("a rate").share - 4.0 / 6.0).abs() < 1e-12);
    let failure = |state, code: &str, count| Failure { state, code: code.to_owned(), count };
    let failures = [
        failure(MailState::Refused, "mailbox-unknown", 2),
        failure(MailState::Unknown, "no-answer", 1),
        failure(MailState::Waiting, "greylisted", 1),
    ];
    assert_eq!(rates.failures, failures);
    let later = World::sqlite().await;
    found(&later.app, &[]).await;
    assert_eq!(page(&later, None).await, Rates::default(), "nothing was decided there");
}

async fn the_page_tells_weeks_to_who_may_read_them(world: World) {
    two_weeks(&world).await;
    let old = (0..20)
        .map(|n| decided(1_000 + n, Week(first_week().0 - 30 + n as i32), Decision::NotAsking))
        .collect();
    put::<_, decision::ActiveModel>(&world, old).await;
    let router = wiring::router(world.app.clone());
    let mut owner = signed_in(&world.app, &router, ORGANISATION, Role::ProcessOwner, &[]).await;
    assert_eq!(
        owner.get("/asking").await.header("location"),
        "/asking/repair",
        "there is one journey type"
    );
    let read = owner.get("/asking/repair").await;
    assert!(
        read.body.contains("</span>2026-07-06") && read.body.contains("66.7% (34.7 to 88.3)"),
        "{}",
        read.body
    );
    assert!(
        read.body.contains("no address: 3") && read.body.contains("mailbox-unknown"),
        "{}",
        read.body
    );
    assert!(!read.body.contains("<form class=\"stacked\""), "an owner changes no rule");
    assert!(read.body.contains("Days for which a link is open"), "and reads them");
    let below = first_week().0 - 10;
    assert!(read.body.contains(&format!("?below={below}\"")), "{}", read.body);
    let older = owner.get(&format!("/asking/repair?below={below}&lang=fr")).await;
    assert_eq!(older.body.matches("aucun questionnaire en vigueur").count(), 12, "{}", older.body);
    assert_eq!(
        owner.post("/asking/repair", "rate_percent=1&reason=x").await.status,
        StatusCode::FORBIDDEN
    );
    for (role, teams) in
        [(Role::TeamMember, &[("reception", None)][..]), (Role::Representative, &[])]
    {
        let mut other = signed_in(&world.app, &router, ORGANISATION, role, teams).await;
        for path in ["/asking", "/asking/repair"] {
            assert_eq!(other.get(path).await.status, StatusCode::FORBIDDEN, "{role:?} {path}");
        }
    }
    assert_eq!(owner.get("/asking/nothing").await.status, StatusCode::NOT_FOUND);
    sql(&world.app, "UPDATE organisation SET stage = 'pilot', pilot_until = 9999999999").await;
    let pilot = owner.get("/asking/repair?lang=en").await.body;
    assert!(
        !pilot.contains("2026-07-06") && pilot.contains("The pilot is for the teams alone"),
        "{pilot}"
    );
}
