//! Whom a journey type asks: its rules change through the journal, and what came of it is counted
//! and not followed.

use std::process::Command;

use axum::http::StatusCode;
use relais::calendar::{Week, Zone};
use relais::i18n::Lang;
use relais::invitation::rules::Rules;
use relais::invitation::store;
use relais::invitation::{Decision, MailState};
use relais::journal;
use relais::schema::{decision, invitation, mail};
use relais::team::Role;
use relais::wiring;
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel, ModelTrait};

use crate::garage::{DAY, MONDAY, ORGANISATION, found};
use crate::support::{World, both};
use crate::visitor::signed_in;

both!(
    rules_change_on_the_page_with_a_reason_and_stand_in_the_journal,
    rules_outside_their_bounds_are_refused_at_their_fields,
    the_command_changes_what_is_given_and_tells_what_came_of_it,
);

pub(crate) async fn put<M, A>(world: &World, rows: Vec<M>)
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

pub(crate) fn id(n: u32) -> Vec<u8> {
    [vec![0; 12], n.to_be_bytes().to_vec()].concat()
}

pub(crate) fn first_week() -> Week {
    Zone::named("Europe/Paris").expect("a zone").week(MONDAY)
}

pub(crate) fn decided(n: u32, week: Week, outcome: Decision) -> decision::Model {
    decision::Model {
        organisation_id: ORGANISATION,
        journey: id(n),
        journey_type: "repair".to_owned(),
        week,
        outcome,
        decided_at: MONDAY,
    }
}

/// An invitation of a week, by mail, of which nothing has come yet.
pub(crate) fn invited(n: u32, week: Week) -> invitation::Model {
    invitation::Model {
        organisation_id: ORGANISATION,
        id: id(n),
        journey_type: "repair".to_owned(),
        journey: Some(id(n)),
        week,
        version: 1,
        channel: "mail".to_owned(),
        locale: Lang::Fr,
        items: "[]".to_owned(),
        pressure: false,
        address_key: Some(vec![7; 32]),
        created_at: MONDAY,
        expires_at: MONDAY + 30 * DAY,
        answered_through: None,
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

fn sent(n: u32, wave: i32, state: MailState, failure: Option<&str>) -> mail::Model {
    mail::Model {
        organisation_id: ORGANISATION,
        invitation: id(n),
        wave,
        state,
        due_at: MONDAY,
        attempts: 1,
        leased_until: None,
        sent_at: (state == MailState::Sent).then_some(MONDAY),
        failure: failure.map(str::to_owned),
    }
}

/// One week of all that can become of an invitation, and a second one with a single journey.
pub(crate) async fn two_weeks(world: &World) {
    found(&world.app, &[]).await;
    let week = first_week();
    let outcomes = [
        Decision::SampledOut,
        Decision::SampledOut,
        Decision::Resting,
        Decision::NoAddress,
        Decision::NoAddress,
        Decision::NoAddress,
        Decision::Phone,
    ];
    let others = outcomes.into_iter().zip(100..).map(|(outcome, n)| decided(n, week, outcome));
    let all = (0..9).map(|n| decided(n, week, Decision::Invited)).chain(others);
    put::<_, decision::ActiveModel>(
        world,
        all.chain([decided(500, week.next(), Decision::TooOld)]).collect(),
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
    let mut mails: Vec<mail::Model> = (0..6).map(|n| sent(n, 0, MailState::Sent, None)).collect();
    mails.extend([
        sent(6, 0, MailState::Refused, Some("mailbox-unknown")),
        sent(7, 0, MailState::Unknown, Some("no-answer")),
    ]);
    mails.push(sent(8, 0, MailState::Waiting, Some("greylisted")));
    mails.extend([
        sent(0, 1, MailState::Cancelled, None),
        sent(3, 1, MailState::Sent, None),
        sent(2, 1, MailState::Refused, Some("mailbox-unknown")),
    ]);
    put::<_, mail::ActiveModel>(world, mails).await;
    world.app.clock.set(MONDAY + 3 * DAY);
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
