//! What is written down stays as it was written, reading writes nothing else, and settings change
//! only through it.

use axum::http::{Method, StatusCode};
use jiff::civil::date;
use relais::id::OrganisationId;
use relais::journal::store::{self as journal, looked};
use relais::journal::{Author, ChainState, Fault, Look, Reason};
use relais::limits;
use relais::organisation::pilot::{self, Council, Leaving};
use relais::organisation::settings::Change;
use relais::organisation::{Stage, store};
use relais::team::Role;
use relais::wiring;
use relais::worker;
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::support::{NOON, World, both, with_every_table};
use crate::visitor::{Visitor, signed_in, teams_and_sites};

fn reason() -> Reason {
    Reason::parse("agreed in the meeting").expect("a reason")
}

fn look(n: usize) -> Look {
    let team = (!n.is_multiple_of(3)).then(|| "reception".to_owned());
    Look {
        at: NOON,
        role: Role::TeamMember.code().to_owned(),
        team,
        place: format!("breakdown repair site:S{n}"),
    }
}

async fn sql(world: &World, statement: &'static str) {
    let run = world.app.db.write(move |tx| {
        Box::pin(async move {
            tx.execute_unprepared(statement).await?;
            Ok(())
        })
    });
    run.await.expect("the statement");
}

async fn organisation(world: &World) -> OrganisationId {
    let id = store::ensure(&world.app.db, world.app.clock.now()).await.expect("an organisation");
    teams_and_sites(&world.app, id).await;
    id
}

async fn announce(world: &World, organisation: OrganisationId, code: &str, value: i32) -> i64 {
    let change = Change::parse(code, value, "works council", reason()).expect("a change");
    store::announce(
        &world.app.db,
        organisation,
        change,
        Author::command_line(),
        world.app.clock.now(),
    )
    .await
    .expect("announced")
}

async fn many_looks_at_once_make_one_whole_chain(world: World) {
    let organisation = organisation(&world).await;
    let looks = (0..60).map(|n| {
        let db = world.app.db.clone();
        tokio::spawn(async move { looked(&db, organisation, look(n)).await })
    });
    for look in looks.collect::<Vec<_>>() {
        look.await.expect("a task").expect("written down");
    }
    let found = journal::verify_looks(&world.app.db, organisation).await.expect("a walk");
    assert!(matches!(found, ChainState::Whole { entries: 60, .. }), "{found:?}");
    sql(&world, "UPDATE access_entry SET place = 'breakdown repair site:S2' WHERE number = 31")
        .await;
    let found = journal::verify_looks(&world.app.db, organisation).await.expect("a walk");
    assert_eq!(found, ChainState::Broken { number: 31, why: Fault::Altered });
}

async fn one_altered_byte_is_found_and_named(world: World) {
    let organisation = organisation(&world).await;
    for value in 10..16 {
        announce(&world, organisation, "minimum_answers", value).await;
    }
    let whole = journal::verify(&world.app.db, organisation).await.expect("a walk");
    assert!(
        matches!(&whole, ChainState::Whole { entries: 6, last } if last.len() == 64),
        "{whole:?}"
    );
    let alterations = [
        (
            "UPDATE journal_entry SET reason = 'agreed in the meeting.' WHERE number = 4",
            4,
            Fault::Altered,
        ),
        (
            "UPDATE journal_entry SET reason = 'agreed in the meeting', at = at + 1 WHERE number = 4",
            4,
            Fault::Altered,
        ),
        ("UPDATE journal_entry SET at = at - 1, before = NULL WHERE number = 4", 4, Fault::Altered),
        ("DELETE FROM journal_entry WHERE number = 2", 2, Fault::Missing),
        ("UPDATE journal_entry SET number = 2 WHERE number = 1", 1, Fault::Missing),
    ];
    for (alteration, number, why) in alterations {
        sql(&world, alteration).await;
        let found = journal::verify(&world.app.db, organisation).await.expect("a walk");
        assert_eq!(found, ChainState::Broken { number, why }, "{alteration}");
    }
}

async fn a_setting_waits_for_its_notice_and_never_goes_below_its_floor(world: World) {
    let id = organisation(&world).await;
    let effective = announce(&world, id, "minimum_heads", 12).await;
    assert_eq!(effective, NOON + limits::PRIVACY_NOTICE);
    announce(&world, id, "embargo_days", 14).await;
    let heads = async |now: i64| {
        store::apply_due(&world.app.db, id, now).await.expect("applied");
        store::settings(world.app.db.reader(), id)
            .await
            .expect("settings")
            .expect("an organisation")
            .minimum_heads
    };
    world.app.clock.set(effective - 1);
    let early = worker::do_jobs(&world.app).await.expect("the jobs");
    assert_eq!((early, heads(effective - 1).await), (2, 8), "told, and the notice is not over");
    world.app.clock.set(effective);
    let done = worker::do_jobs(&world.app).await.expect("the jobs");
    assert_eq!((done, heads(effective).await), (1, 12));
    sql(
        &world,
        "UPDATE organisation SET minimum_heads = 2, minimum_answers = 1, embargo_days = 400",
    )
    .await;
    let settings = store::settings(world.app.db.reader(), id)
        .await
        .expect("settings")
        .expect("an organisation");
    assert_eq!(
        (settings.minimum_heads, settings.minimum_answers, settings.embargo_days),
        (7, 10, 21)
    );
    assert_eq!(heads(effective).await, 12, "the journal says what holds");
    sql(&world, "UPDATE journal_entry SET after = '{\"value\": 1}'").await;
    assert_eq!(heads(effective).await, 7, "not even the journal goes below a floor");
}

async fn a_pilot_ends_with_a_review_and_not_without(world: World) {
    let id = organisation(&world).await;
    let stage = async || {
        store::settings(world.app.db.reader(), id)
            .await
            .expect("settings")
            .expect("an organisation")
            .stage
    };
    assert_eq!(stage().await, Stage::Pilot { until: NOON + 90 * 86_400 });
    let end = async |team: &str, council: Council| {
        let leaving = Leaving { reviewed_by: team.into(), council, reason: reason() };
        pilot::end(&world.app.db, id, leaving, Author::command_line(), NOON).await
    };
    assert!(end("nobody", Council::NotNeeded(reason())).await.is_err(), "no such team");
    assert!(end("reception", Council::Informed(date(2026, 11, 22))).await.is_err(), "tomorrow");
    assert_eq!(stage().await, Stage::Pilot { until: NOON + 90 * 86_400 });
    assert!(
        journal::entries(&world.app.db, id, None).await.expect("the journal").is_empty(),
        "nothing half done"
    );
    end("reception", Council::Informed(date(2026, 11, 21))).await.expect("the end of the pilot");
    assert_eq!(stage().await, Stage::Running);
    let entries = journal::entries(&world.app.db, id, None).await.expect("the journal");
    assert_eq!(entries.len(), 1);
    assert!(
        entries[0].after.as_deref().is_some_and(|after| after.contains("2026-11-21")),
        "{entries:?}"
    );
    assert!(end("reception", Council::NotNeeded(reason())).await.is_err(), "it ends once");
}

async fn long_lists_are_read_page_by_page(world: World) {
    let id = organisation(&world).await;
    for n in 0..=journal::PAGE as usize {
        looked(&world.app.db, id, look(n)).await.expect("written down");
    }
    announce(&world, id, "minimum_heads", 9).await;
    let router = wiring::router(world.app.clone());
    let mut member =
        signed_in(&world.app, &router, id, Role::TeamMember, &[("reception", None)]).await;
    let page = member.get("/teams/reception/readers").await.body;
    assert_eq!(page.matches("<time").count(), 50);
    assert!(
        page.contains("?below=2\"") && page.contains("site S50") && !page.contains("site S0<"),
        "{page}"
    );
    let older = member.get("/teams/reception/readers?below=2").await.body;
    assert!(
        older.contains("site S0<")
            && older.matches("<time").count() == 1
            && !older.contains("\"?below"),
        "{older}"
    );
    let journal = member.get("/journal?lang=fr").await.body;
    assert!(
        journal.contains("Effectif derrière tout ce qui est montré")
            && journal.contains("works council")
    );
    assert!(journal.contains("2026-11-28 13:00"), "when it comes into force, in Paris: {journal}");
}

macro_rules! dump {
    ($db:expr, $($table:ident),+ $(,)?) => {
        vec![$((stringify!($table), format!("{:?}", relais::schema::$table::Entity::find().all($db).await))),+]
    };
}

/// Every table but the access log, row by row.
async fn everything(world: &World) -> Vec<(&'static str, String)> {
    with_every_table!(dump, world.app.db.reader())
}

async fn reading_writes_nothing(world: World) {
    let id = organisation(&world).await;
    let router = wiring::router(world.app.clone());
    let mut visitors = vec![Visitor::new(&router)];
    for role in Role::ALL {
        let teams: &[_] = if role == Role::TeamMember { &[("reception", None)] } else { &[] };
        visitors.push(signed_in(&world.app, &router, id, role, teams).await);
    }
    let link = world.app.random(relais::token::Token::random);
    let email = relais::team::account::Email::parse("late@example.org").expect("an address");
    let late = relais::team::account::store::NewAccount {
        email,
        standing: relais::team::account::store::Standing {
            role: Role::ProcessOwner,
            memberships: Vec::new(),
        },
        lang: relais::i18n::Lang::Fr,
    };
    let because = crate::visitor::admission(&world.app);
    relais::team::admission::add_account(&world.app.db, id, late, link.clone(), because)
        .await
        .expect("an account");
    let before = everything(&world).await;
    let link = format!("/sign-in/{}", link.expose());
    let paths = [
        "/",
        "/sign-in",
        &link,
        "/password",
        "/setup",
        "/asking",
        "/asking/repair",
        "/journal",
        "/readers",
        "/teams/reception/readers",
        "/teams/reception/breakdown",
        "/network",
        "/sign-out",
        "/assets/style.css",
        "/healthz",
        "/livez",
        "/readyz",
        "/guarantees",
        "/guarantees/dossier",
        "/.well-known/relais-guarantees.json",
        "/nothing",
    ];
    for (n, visitor) in visitors.iter_mut().enumerate() {
        world.app.clock.set(NOON + 60 * (1 + n as i64));
        for path in paths {
            for method in [Method::GET, Method::HEAD] {
                let page = visitor.send(method, path, &[], "").await;
                assert!(!page.status.is_server_error(), "{path}: {page:?}");
            }
        }
    }
    for (was, is) in before.into_iter().zip(everything(&world).await) {
        assert_eq!(was, is, "reading changed a table");
    }
}

async fn a_team_page_without_a_row_in_the_access_log_fails(world: World) {
    let id = organisation(&world).await;
    let router = wiring::router(world.app.clone());
    let mut member =
        signed_in(&world.app, &router, id, Role::TeamMember, &[("reception", None)]).await;
    for path in ["/teams/reception/breakdown", "/teams/reception/breakdown?partition=site:S1"] {
        let before = journal::count_looks(&world.app.db, id).await.expect("a count");
        let page = member.get(path).await;
        let rows = journal::count_looks(&world.app.db, id).await.expect("a count") - before;
        assert_eq!(
            rows,
            u64::from(page.status == StatusCode::OK),
            "{path} answered {}",
            page.status
        );
    }
}

both!(
    many_looks_at_once_make_one_whole_chain,
    one_altered_byte_is_found_and_named,
    a_setting_waits_for_its_notice_and_never_goes_below_its_floor,
    a_pilot_ends_with_a_review_and_not_without,
    long_lists_are_read_page_by_page,
    reading_writes_nothing,
    a_team_page_without_a_row_in_the_access_log_fails,
);
