//! Whom a journey type asks: its rules change through the journal, and what came of it is counted and not followed.

use std::process::Command;

use axum::http::StatusCode;
use relais::calendar::{Week, Zone};
use relais::invitation::purge::{self, Purged};
use relais::invitation::rates::{Counts, Failure, Rates};
use relais::invitation::rules::Rules;
use relais::invitation::store;
use relais::journal;
use relais::schema::{contact, contacted, decision, invitation, link, mail};
use relais::team::Role;
use relais::wiring;
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel, ModelTrait};

use crate::garage::{DAY, MONDAY, ORGANISATION, WEEK, found, sql};
use crate::support::{World, both};
use crate::visitor::signed_in;

both!(
    weeks_are_counted_as_by_hand,
    the_page_tells_weeks_to_who_may_read_them,
    rules_change_on_the_page_with_a_reason_and_stand_in_the_journal,
    rules_outside_their_bounds_are_refused_at_their_fields,
    the_command_changes_what_is_given_and_tells_what_came_of_it,
    what_has_expired_goes_and_nothing_else,
);

async fn put<M, A>(world: &World, rows: Vec<M>)
where
    M: ModelTrait<Entity = A::Entity> + IntoActiveModel<A>,
    A: ActiveModelTrait + ActiveModelBehavior + Send + Sync + 'static,
{
    let rows: Vec<A> = rows.into_iter().map(|row| row.into_active_model().reset_all()).collect();
    let stored = world.app.db.write(move |tx| {
        Box::pin(async move {
            A::Entity::insert_many(rows).exec_without_returning(tx).await?;
            Ok(())
        })
    });
    stored.await.expect("rows");
}

fn id(n: u32) -> Vec<u8> {
    [vec![0; 12], n.to_be_bytes().to_vec()].concat()
}

fn first_week() -> i32 {
    Zone::named("Europe/Paris").expect("a zone").week(MONDAY).0
}

fn decided(n: u32, week: i32, outcome: &str) -> decision::Model {
    decision::Model {
        organisation_id: ORGANISATION,
        journey: id(n),
        journey_type: "repair".to_owned(),
        week,
        outcome: outcome.to_owned(),
        decided_at: MONDAY,
    }
}

/// An invitation of a week, by mail, of which nothing has come yet.
fn invited(n: u32, week: i32) -> invitation::Model {
    invitation::Model {
        organisation_id: ORGANISATION,
        id: id(n),
        journey_type: "repair".to_owned(),
        journey: Some(id(n)),
        week,
        version: 1,
        channel: "mail".to_owned(),
        locale: "fr".to_owned(),
        items: "[]".to_owned(),
        pressure: false,
        address_key: Some(vec![7; 32]),
        created_at: MONDAY,
        expires_at: MONDAY + 30 * DAY,
        outcome_page: None,
        parts_page: None,
        words_page: None,
        opened_at: None,
        saved_at: None,
        finished_at: None,
        closed_at: None,
        withdrawn_at: None,
        counted: None,
    }
}

fn sent(n: u32, wave: i32, state: &str, failure: Option<&str>) -> mail::Model {
    mail::Model {
        organisation_id: ORGANISATION,
        invitation: id(n),
        wave,
        state: state.to_owned(),
        due_at: MONDAY,
        attempts: 1,
        leased_until: None,
        sent_at: (state == "sent").then_some(MONDAY),
        failure: failure.map(str::to_owned),
    }
}

/// One week of all that can become of an invitation, and a second one with a single journey.
async fn two_weeks(world: &World) {
    found(&world.app, &[]).await;
    let week = first_week();
    let outcomes = [
        "sampled-out",
        "sampled-out",
        "resting",
        "no-address",
        "no-address",
        "no-address",
        "phone",
    ];
    let others = outcomes.iter().zip(100..).map(|(outcome, n)| decided(n, week, outcome));
    let all = (0..9).map(|n| decided(n, week, "invited")).chain(others);
    put::<_, decision::ActiveModel>(
        world,
        all.chain([decided(500, week + 1, "too-old")]).collect(),
    )
    .await;
    let at = Some(MONDAY + DAY);
    let opened = |n| invitation::Model { opened_at: at, saved_at: at, ..invited(n, week) };
    let rows = vec![
        invitation::Model { finished_at: at, closed_at: at, ..opened(0) },
        invitation::Model { finished_at: at, closed_at: at, ..opened(1) },
        // Begun, and the link ended; begun, and the link is still open; begun, and closed by hand.
        invitation::Model { expires_at: MONDAY + 2 * DAY, ..opened(2) },
        opened(3),
        invitation::Model { closed_at: at, ..opened(4) },
        invitation::Model { finished_at: at, closed_at: at, withdrawn_at: at, ..opened(5) },
        invited(6, week),
        invited(7, week),
        invited(8, week),
        // A link for another sender, answered: it has no mail.
        invitation::Model {
            channel: "link".to_owned(),
            finished_at: at,
            closed_at: at,
            ..opened(9)
        },
    ];
    put::<_, invitation::ActiveModel>(world, rows).await;
    let mut mails: Vec<mail::Model> = (0..6).map(|n| sent(n, 0, "sent", None)).collect();
    mails.extend([
        sent(6, 0, "refused", Some("mailbox-unknown")),
        sent(7, 0, "unknown", Some("no-answer")),
    ]);
    mails.push(sent(8, 0, "waiting", Some("greylisted")));
    mails.extend([
        sent(0, 1, "cancelled", None),
        sent(3, 1, "sent", None),
        sent(2, 1, "refused", Some("mailbox-unknown")),
    ]);
    put::<_, mail::ActiveModel>(world, mails).await;
    world.app.clock.set(MONDAY + 3 * DAY);
}

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
        [first_week() + 1, first_week()]
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
    let failure = |state: &str, code: &str, count| Failure {
        state: state.to_owned(),
        code: code.to_owned(),
        count,
    };
    let failures = [
        failure("refused", "mailbox-unknown", 2),
        failure("unknown", "no-answer", 1),
        failure("waiting", "greylisted", 1),
    ];
    assert_eq!(rates.failures, failures);
    let later = World::sqlite().await;
    found(&later.app, &[]).await;
    assert_eq!(page(&later, None).await, Rates::default(), "nothing was decided there");
}

async fn the_page_tells_weeks_to_who_may_read_them(world: World) {
    two_weeks(&world).await;
    let old =
        (0..20).map(|n| decided(1_000 + n, first_week() - 30 + n as i32, "not-asking")).collect();
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
    let below = first_week() - 10;
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

async fn rules(world: &World) -> Rules {
    store::rules::read(world.app.db.reader(), ORGANISATION, "repair").await.expect("rules")
}

async fn rules_change_on_the_page_with_a_reason_and_stand_in_the_journal(world: World) {
    found(&world.app, &[]).await;
    let router = wiring::router(world.app.clone());
    let mut camille = signed_in(&world.app, &router, ORGANISATION, Role::Administrator, &[]).await;
    assert_eq!(rules(&world).await, Rules::default());
    let before = camille.get("/asking/repair").await.body;
    assert!(
        before.contains("name=\"rate_percent\"") && before.contains("value=\"100\""),
        "{before}"
    );
    let form = "rate_percent=50&delay_hours=2&quiet_from=21&quiet_until=9&reminder_days=3&rest_days=90&link_days=14";
    let sent = camille.post("/asking/repair", &format!("{form}&reason=fewer+mails")).await;
    assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, "/asking/repair"));
    let changed = Rules {
        rate_percent: 50,
        delay_hours: 2,
        quiet_from: 21,
        quiet_until: 9,
        reminder_days: 3,
        rest_days: 90,
        link_days: 14,
    };
    assert_eq!(rules(&world).await, changed);
    camille.post("/asking/repair", &format!("{form}&reason=again")).await;
    let entries =
        journal::store::entries(&world.app.db, ORGANISATION, None).await.expect("the journal");
    let of_asking: Vec<_> =
        entries.iter().filter(|entry| entry.subject == "asking:repair").collect();
    assert_eq!(of_asking.len(), 1, "the same rules again are no change");
    assert_eq!(of_asking[0].reason, "fewer mails");
    assert!(of_asking[0].author.starts_with("administrator"), "{}", of_asking[0].author);
    assert!(
        of_asking[0]
            .before
            .as_deref()
            .is_some_and(|before| before.contains("\"rate_percent\":100"))
    );
    let read = camille.get("/journal").await.body;
    assert!(read.contains("Asking customers of repair"), "{read}");
    assert!(read.contains("Customers asked, out of a hundred who could be: 50"), "{read}");
}

async fn rules_outside_their_bounds_are_refused_at_their_fields(world: World) {
    found(&world.app, &[]).await;
    let router = wiring::router(world.app.clone());
    let mut camille = signed_in(&world.app, &router, ORGANISATION, Role::Administrator, &[]).await;
    let form = "rate_percent=0&delay_hours=2&quiet_from=21&quiet_until=9&reminder_days=14&rest_days=%3Cb%3E&link_days=14";
    for (lang, says) in
        [("en", "A whole number from 1 to 100."), ("fr", "Un nombre entier de 1 à 100.")]
    {
        let page =
            camille.post(&format!("/asking/repair?lang={lang}"), &format!("{form}&reason=+")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["rate_percent", "reminder_days", "rest_days", "reason"] {
            assert!(
                page.body.contains(&format!("<a href=\"#{field}\">")),
                "{field} is not listed: {}",
                page.body
            );
            assert!(
                page.body.contains(&format!("id=\"{field}-problem\"")),
                "{field} has no problem: {}",
                page.body
            );
        }
        assert!(
            !page.body.contains("delay_hours-problem") && page.body.contains(says),
            "{}",
            page.body
        );
        assert!(
            page.body.contains("value=\"14\"") && page.body.contains("&#60;b&#62;"),
            "what was typed is kept"
        );
    }
    assert_eq!(rules(&world).await, Rules::default());
    assert!(
        journal::store::entries(&world.app.db, ORGANISATION, None)
            .await
            .expect("the journal")
            .len()
            <= 1
    );
    let broken = Rules { link_days: 5, ..Rules::default() };
    let by =
        (journal::Author::command_line(), journal::Reason::parse("why").expect("a reason"), MONDAY);
    let write = world.app.db.write(move |tx| {
        Box::pin(async move { store::rules::change(tx, ORGANISATION, "repair", &broken, by).await })
    });
    let told = write.await.expect_err("five days are too few").to_string();
    assert!(told.starts_with("link_days"), "{told}");
}

/// Runs the program in the world's folder; whether it did it, and what it printed.
fn relais(world: &World, arguments: &[&str]) -> (bool, String) {
    let url = world.app.config.database_url.as_str();
    let told = Command::new(env!("CARGO_BIN_EXE_relais"))
        .args(arguments)
        .args([
            "--data",
            &world.folder.path().display().to_string(),
            "--database-url",
            url,
            "--lang",
            "en",
        ])
        .env("RELAIS_LOG", "off")
        .output()
        .expect("the program");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (told.status.success(), text(&told.stdout) + &text(&told.stderr))
}

async fn the_command_changes_what_is_given_and_tells_what_came_of_it(world: World) {
    two_weeks(&world).await;
    let asking =
        |more: &[&str]| relais(&world, &[&["asking", "--journey-type", "repair"], more].concat());
    let (done, told) = asking(&["--json"]);
    assert!(
        done && told.contains("\"changed\":false") && told.contains("\"link_days\":30"),
        "{told}"
    );
    let (done, told) = asking(&["--rate", "50", "--quiet", "21-9"]);
    assert!(!done && told.contains("A change needs a reason"), "{told}");
    let (done, told) = asking(&["--rate", "101", "--reason", "more"]);
    assert!(!done && told.contains("rate_percent: A whole number from 1 to 100."), "{told}");
    let (done, told) = asking(&["--rate", "50", "--quiet", "21-9", "--reason", "fewer mails"]);
    assert!(done && told.contains("The rules are in force"), "{told}");
    assert_eq!(
        rules(&world).await,
        Rules { rate_percent: 50, quiet_from: 21, quiet_until: 9, ..Rules::default() }
    );
    let (done, told) = relais(&world, &["rates", "--journey-type", "repair"]);
    assert!(done && told.contains("2026-07-06: 16 journeys, 9 invited, 6 delivered"), "{told}");
    let (_, told) =
        relais(&world, &["rates", "--journey-type", "repair", "--to", "2026-07-12", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&told).expect("one document");
    assert_eq!(told["weeks"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&told["weeks"][0]["eligible"], &told["weeks"][0]["from"]),
        (&11.into(), &"2026-07-06".into())
    );
    let (done, told) = relais(&world, &["rates", "--journey-type", "sale"]);
    assert!(!done && told.contains("repair"), "{told}");
}

async fn what_has_expired_goes_and_nothing_else(world: World) {
    found(&world.app, &[]).await;
    let now = MONDAY + 60 * WEEK;
    world.app.clock.set(now);
    let ended = |n, days: i64| invitation::Model { expires_at: now - days * DAY, ..invited(n, 0) };
    put::<_, invitation::ActiveModel>(
        &world,
        vec![ended(1, 0), ended(2, 29), ended(3, 30), ended(4, 60)],
    )
    .await;
    let digest = |n: u32| link::Model {
        digest: id(n),
        organisation_id: ORGANISATION,
        invitation: id(n / 10),
        created_at: MONDAY,
    };
    put::<_, link::ActiveModel>(&world, [10, 20, 30, 40, 41].map(digest).to_vec()).await;
    let reached = |(n, days): (u32, i64)| contact::Model {
        organisation_id: ORGANISATION,
        journey: id(n),
        address: vec![1],
        locale: None,
        expires_at: now - days * DAY,
    };
    let many = (100..2_700).map(|n| (n, 5));
    put::<_, contact::ActiveModel>(
        &world,
        [(1, -1), (2, 0)].into_iter().chain(many).map(reached).collect(),
    )
    .await;
    let written = |(key, days): (u8, i64)| contacted::Model {
        organisation_id: ORGANISATION,
        address_key: vec![key; 32],
        at: now - days * DAY,
    };
    put::<_, contacted::ActiveModel>(
        &world,
        [(1, 10), (1, 365), (1, 366), (2, 400)].map(written).to_vec(),
    )
    .await;
    let purged = purge::run(&world.app, ORGANISATION).await.expect("purged");
    assert_eq!(purged, Purged { contacts: 2_601, address_keys: 2, contacted: 2, links: 2 });
    assert_eq!(purge::run(&world.app, ORGANISATION).await.expect("purged"), Purged::default());
    let reader = world.app.db.reader();
    let left = contact::Entity::find().all(reader).await.expect("contacts");
    assert_eq!(left.into_iter().map(|row| row.journey).collect::<Vec<_>>(), [id(1)]);
    let kept = invitation::Entity::find().all(reader).await.expect("invitations");
    let keyed: Vec<_> =
        kept.iter().filter(|row| row.address_key.is_some()).map(|row| row.id.clone()).collect();
    assert_eq!((kept.len(), keyed), (4, vec![id(1), id(2)]));
    assert_eq!(link::Entity::find().all(reader).await.expect("links").len(), 3);
    assert_eq!(contacted::Entity::find().all(reader).await.expect("notes").len(), 2);
}
