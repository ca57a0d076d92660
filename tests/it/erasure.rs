//! A customer is forgotten: when they ask, and when their time is over; afterwards the bytes of the
//! database say nothing.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use relais::id::OrganisationId;
use relais::invitation::erasure::{ErasureTarget, erase, summary};
use relais::invitation::rotation;
use relais::journal::{Author, Reason};
use relais::journey::trace::Trace;
use relais::schema::codes::MailState;
use relais::schema::{contact, invitation, journal_entry, journey, mail, response};
use relais::team::Role;
use relais::{wiring, worker};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, Statement};

use crate::events::organisation;
use crate::support::customer::{Customer, asking, ended, feed, live, mail_to, mails, told, work};
use crate::support::dump::dump;
use crate::support::{NOON, World, both, figure};
use crate::visitor::signed_in;

both!(
    an_administrator_erases_a_customer_who_asks,
    an_erasure_by_identifier_or_address_leaves_others_alone,
    after_a_year_the_bytes_say_nothing_of_a_customer,
    another_key_for_addresses_leaves_none_under_the_old_one,
    an_erasure_takes_the_mails_that_lie_here_and_those_that_wait,
);

const DAY: i64 = 86_400;
const COMMENT: &str = "Zqunforgettable";

/// Customers whose journeys ended at odd times, who were asked; the one of a number, with their
/// link.
async fn customers(world: &World, count: usize) -> Vec<Customer> {
    asking(world).await;
    for n in 0..count {
        let end = NOON - 3_607 - 1_013 * i64::try_from(n).expect("a number");
        ended(world, &source(n), &address(n), "en", end).await;
    }
    live(world, 30).await;
    let router = wiring::router(world.app.clone());
    (0..count).map(|n| Customer::new(&router, &mail_to(world, &address(n)))).collect()
}

fn source(n: usize) -> String {
    format!("ZQDOSSIER-{n:04}")
}

fn address(n: usize) -> String {
    format!("zqcustomer{n}@example.org")
}

async fn answers(customer: &mut Customer, words: &str) {
    customer.sends("/1", "outcome=3", "/2").await;
    customer.sends("/3", &format!("comment={words}"), "/thanks").await;
}

fn by() -> (Author, Reason) {
    (Author::command_line(), Reason::parse("a customer asked").expect("a reason"))
}

async fn an_administrator_erases_a_customer_who_asks(world: World) {
    let mut all = customers(&world, 2).await;
    answers(&mut all[0], COMMENT).await;
    let (router, house) = (wiring::router(world.app.clone()), organisation(&world).await);
    let mut admin = signed_in(&world.app, &router, house, Role::Administrator, &[]).await;
    let mut owner = signed_in(&world.app, &router, house, Role::ProcessOwner, &[]).await;
    assert_ne!(owner.get("/erasure").await.status, StatusCode::OK, "an administrator's page");
    assert!(admin.get("/erasure").await.body.contains("<form"));
    let wrong = admin.post("/erasure", "by=journey&value=&reason=asked").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = format!("by=journey&value={}&reason=asked+for", source(0));
    let before = dump(&world)
        .await
        .into_iter()
        .filter(|row| !row.starts_with("relais") && !row.starts_with("session"));
    let before: BTreeSet<String> = before.collect();
    let seen = admin.post("/erasure", &form).await;
    assert!(
        seen.body.contains("one comment") && seen.body.contains("one journey"),
        "{}",
        seen.body
    );
    let after = dump(&world).await;
    assert!(before.iter().all(|row| after.contains(row)), "looking deletes nothing");
    let done = admin.post("/erasure", &format!("{form}&seen=yes")).await;
    assert!(done.body.contains("It is erased"), "{}", done.body);
    assert!(
        all[0].get("").await.status != StatusCode::OK
            || !all[0].get("").await.body.contains(COMMENT)
    );
    assert_eq!(journey::Entity::find().count(world.app.db.reader()).await.expect("journeys"), 1);
    assert_eq!(response::Entity::find().count(world.app.db.reader()).await.expect("answers"), 0);
    assert!(all[1].get("/1").await.body.contains("<form"), "the other one still answers");
    let journal =
        journal_entry::Entity::find().all(world.app.db.reader()).await.expect("the journal");
    let entry = journal.iter().find(|entry| entry.subject == "erasure").expect("an entry");
    let text = format!("{entry:?}");
    assert!(text.contains("asked for") && text.contains("comments"), "{text}");
    assert!(!text.contains("ZQDOSSIER"), "the journal names whom: {text}");
    nowhere(
        &world,
        &[
            COMMENT.as_bytes(),
            source(0).as_bytes(),
            &world.app.secret.journey_id("repair", &source(0)).0,
        ],
    )
    .await;
}

async fn an_erasure_takes_the_mails_that_lie_here_and_those_that_wait(world: World) {
    let _ = customers(&world, 3).await;
    let house = organisation(&world).await;
    let to = |n: usize| mails(&world).iter().filter(|mail| mail.to == address(n)).count();
    assert_eq!((to(0), to(1), to(2)), (1, 1, 1));
    let waiting = async || {
        let rows = mail::Entity::find().all(world.app.db.reader()).await.expect("mails");
        rows.iter().filter(|row| row.state == MailState::Waiting).count()
    };
    assert_eq!(waiting().await, 3, "each waits with its reminder");
    let by_address = ErasureTarget::Contact(address(0));
    let seen = summary(&world.app, house, &by_address).await.expect("a summary");
    assert_eq!((seen.mail_files, to(0)), (1, 1), "looking takes nothing away");
    let gone = erase(&world.app, house, by_address, by()).await.expect("erased");
    assert_eq!((gone.mail_files, to(0), to(1), waiting().await), (1, 0, 1, 2));
    // Found by its link, where nobody knows the address any more.
    world.sql("DELETE FROM contact").await;
    world.sql("UPDATE invitation SET address_key = NULL").await;
    let gone =
        erase(&world.app, house, ErasureTarget::Journey(source(1)), by()).await.expect("erased");
    assert_eq!((gone.mail_files, to(1), to(2), waiting().await), (1, 0, 1, 1));
    live(&world, 24 * 10).await;
    assert_eq!((to(0), to(1)), (0, 0), "and nobody is reminded");

    let router = wiring::router(world.app.clone());
    let mut admin = signed_in(&world.app, &router, house, Role::Administrator, &[]).await;
    let form = format!("by=journey&value={}&reason=asked+for", source(2));
    let seen = admin.post("/erasure", &form).await;
    assert!(seen.body.contains("one mail that lies as a file"), "{}", seen.body);
    assert!(seen.body.contains("Backups that were made before keep"), "{}", seen.body);
}

async fn an_erasure_by_identifier_or_address_leaves_others_alone(world: World) {
    let mut all = customers(&world, 3).await;
    for customer in &mut all {
        answers(customer, "Bien").await;
    }
    let house = organisation(&world).await;
    // The same customer was here once more.
    ended(&world, "ZQDOSSIER-again", &address(0), "en", NOON - 9_999).await;
    let found = summary(
        &world.app,
        house,
        &ErasureTarget::Contact(format!(" {} ", address(0).to_uppercase())),
    )
    .await
    .expect("a summary");
    assert_eq!(
        (found.journeys, found.contacts, found.responses, found.comments, found.published),
        (2, 2, 1, 1, 0)
    );
    let nobody = summary(&world.app, house, &ErasureTarget::Journey("ZQDOSSIER-9999".to_owned()))
        .await
        .expect("a summary");
    assert!(nobody.is_empty());
    assert!(
        summary(&world.app, OrganisationId::new(2), &ErasureTarget::Contact(address(0)))
            .await
            .expect("another's")
            .is_empty()
    );
    let erased =
        erase(&world.app, house, ErasureTarget::Contact(address(0)), by()).await.expect("erased");
    assert_eq!(erased, found);
    let again = erase(&world.app, house, ErasureTarget::Contact(address(0)), by())
        .await
        .expect("erased again");
    assert!(again.is_empty(), "{again:?}");
    erase(&world.app, house, ErasureTarget::Journey(source(1)), by()).await.expect("erased");
    let reader = world.app.db.reader();
    assert_eq!(journey::Entity::find().count(reader).await.expect("journeys"), 1);
    assert_eq!(invitation::Entity::find().count(reader).await.expect("invitations"), 1);
    assert_eq!(response::Entity::find().count(reader).await.expect("answers"), 1);
    live(&world, 24 * 8).await;
    let key = |n: usize| world.app.secret.address_key(&address(n)).to_vec();
    nowhere(&world, &[&key(0), &key(1)]).await;
}

async fn after_a_year_the_bytes_say_nothing_of_a_customer(world: World) {
    let mut all = customers(&world, 14).await;
    for (n, customer) in all.iter_mut().enumerate() {
        answers(customer, if n < 13 { COMMENT } else { "Merci" }).await;
    }
    let reader = world.app.db.reader();
    let times: BTreeSet<i64> = journey::Entity::find()
        .all(reader)
        .await
        .expect("journeys")
        .iter()
        .flat_map(times)
        .collect();
    let durations = durations(&world).await;
    let house = organisation(&world).await;
    for _ in 0..=365 {
        world.app.clock.set(world.app.clock.now() + DAY);
        worker::schedule(&world.app).await.expect("the schedule");
        work(&world.app).await;
    }
    let published = journey::Entity::find().all(reader).await.expect("journeys");
    assert!(published.iter().all(|row| row.atom.is_some()), "they were published");
    assert!(
        published.iter().all(|row| Trace::parse(&row.trace).expect("a trace").faded),
        "and have faded"
    );
    assert_eq!(self::durations(&world).await, durations, "how long everything took is still known");
    assert_eq!(contact::Entity::find().count(reader).await.expect("addresses"), 0);
    // A file that tells it once more finds closed journeys.
    for n in 0..14 {
        let end = NOON - 3_607 - 1_013 * i64::try_from(n).expect("a number");
        feed(&world, told(&source(n), &address(n), "en", end)).await;
    }
    assert_eq!(self::durations(&world).await, durations, "nothing came twice");
    for n in 0..13 {
        let erased = erase(&world.app, house, ErasureTarget::Journey(source(n)), by())
            .await
            .expect("erased");
        assert_eq!(
            (erased.journeys, erased.responses, erased.published),
            (1, 1, 2),
            "what was published is told"
        );
    }
    let keys: Vec<_> = (0..14).map(|n| world.app.secret.address_key(&address(n))).collect();
    let ids: Vec<_> =
        (0..13).map(|n| world.app.secret.journey_id("repair", &source(n)).0).collect();
    let hex = ids.iter().map(|id| data_encoding::HEXLOWER.encode(id));
    let texts: Vec<String> = times.iter().map(i64::to_string).chain(hex).collect();
    let stored: Vec<[u8; 4]> =
        times.iter().map(|time| u32::try_from(*time).expect("a time").to_be_bytes()).collect();
    let mut secrets: Vec<&[u8]> = vec![COMMENT.as_bytes(), b"zqcustomer", b"ZQDOSSIER"];
    secrets
        .extend(keys.iter().map(<[u8; 16]>::as_slice).chain(ids.iter().map(<[u8; 16]>::as_slice)));
    secrets
        .extend(texts.iter().map(String::as_bytes).chain(stored.iter().map(<[u8; 4]>::as_slice)));
    let looked = nowhere(&world, &secrets).await;
    figure(&format!(
        "after a year: {} secrets of 14 customers in none of {looked} bytes",
        secrets.len()
    ));
}

fn times(row: &journey::Model) -> Vec<i64> {
    let trace = Trace::parse(&row.trace).expect("a trace");
    let events = trace.events.iter().flat_map(|event| [event.start, event.end]).flatten();
    events.chain([row.started_at, row.ended_at]).collect()
}

/// How long everything in each journey took.
async fn durations(world: &World) -> BTreeSet<(Vec<u8>, Vec<i64>)> {
    let rows = journey::Entity::find().all(world.app.db.reader()).await.expect("journeys");
    let spans =
        |row: &journey::Model| times(row).into_iter().map(|time| time - row.started_at).collect();
    rows.iter().map(|row| (row.id.clone(), spans(row))).collect()
}

/// None of the secrets stands in the database's files; how many bytes were looked at.
async fn nowhere(world: &World, secrets: &[&[u8]]) -> usize {
    let mut looked = 0;
    for (name, bytes) in files(world).await {
        looked += bytes.len();
        for secret in secrets {
            let at = bytes.windows(secret.len()).position(|window| window == *secret);
            let around = at.map(|at| {
                String::from_utf8_lossy(&bytes[at.saturating_sub(60)..(at + 60).min(bytes.len())])
                    .into_owned()
            });
            assert_eq!(
                around,
                None,
                "{:?} ({secret:?}) is in {name}",
                String::from_utf8_lossy(secret)
            );
        }
    }
    assert!(looked > 100_000, "{looked} bytes are no database");
    looked
}

/// The files of the database as they lie on the disk, once it has tidied up.
async fn files(world: &World) -> Vec<(String, Vec<u8>)> {
    let reader = world.app.db.reader();
    let backend = reader.get_database_backend();
    if backend == sea_orm::DbBackend::Sqlite {
        world.app.db.let_go("journey").await.expect("the log is cut");
        let names = ["relais.sqlite", "relais.sqlite-wal"]
            .map(|name| (name, world.folder.path().join(name)));
        return names
            .into_iter()
            .filter_map(|(name, path)| Some((name.to_owned(), std::fs::read(path).ok()?)))
            .collect();
    }
    // Its statistics keep samples of what it holds until they are made anew.
    for statement in ["ANALYZE", "VACUUM (FULL)", "CHECKPOINT"] {
        reader.execute_unprepared(statement).await.expect("a tidy database");
    }
    let sql = "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database WHERE datname = current_database()";
    let row = reader
        .query_one_raw(Statement::from_string(backend, sql))
        .await
        .expect("a folder")
        .expect("a row");
    let folder: String = row.try_get_by_index(0).expect("a path");
    let entries = std::fs::read_dir(folder).expect("the folder of the database").flatten();
    entries
        .filter_map(|entry| {
            Some((entry.file_name().display().to_string(), std::fs::read(entry.path()).ok()?))
        })
        .collect()
}

async fn another_key_for_addresses_leaves_none_under_the_old_one(world: World) {
    asking(&world).await;
    for n in 0..5 {
        ended(&world, &source(n), &address(n), "en", NOON - 3_600).await;
    }
    let sealed =
        async || contact::Entity::find().all(world.app.db.reader()).await.expect("addresses");
    let before: Vec<Vec<u8>> = sealed().await.into_iter().map(|row| row.address).collect();
    // Another rotation was begun, and its process was killed.
    world.app.random(|random| world.app.secret.begin_rotation(random)).expect("a new key");
    let rotated = rotation::run(&world.app).await.expect("another key");
    assert_eq!((rotated.sealed, rotated.unreadable), (5, 0));
    let key = std::fs::read_to_string(world.folder.path().join("address.key"))
        .expect("the file of the key");
    assert_eq!(key.lines().count(), 1, "the old key is gone");
    assert!(
        before.iter().all(|old| world.app.secret.decrypt(old).is_none()),
        "the old key still opens"
    );
    let now: BTreeSet<String> =
        sealed().await.iter().filter_map(|row| world.app.secret.decrypt(&row.address)).collect();
    assert_eq!(now, (0..5).map(address).collect());
    nowhere(&world, &before.iter().map(Vec::as_slice).collect::<Vec<_>>()).await;
    assert_eq!(rotation::run(&world.app).await.expect("and another").sealed, 5);
    live(&world, 30).await;
    assert_eq!(mails(&world).len(), 5, "everybody gets their mail");
}
