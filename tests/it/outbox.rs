//! The outbox before a real mail server in every mood: what became of each mail is written down
//! truthfully, and no customer gets one twice.

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use relais::app::App;
use relais::clock::Clock;
use relais::invitation::Decision;
use relais::invitation::outbox::{Tally, send_due};
use relais::invitation::store::outbox::lease;
use relais::schema::{contact, decision, invitation, mail, opt_out};
use relais::{limits, wiring, worker};
use sea_orm::{ActiveModelTrait as _, EntityTrait, IntoActiveModel as _};

use crate::mail_signed::{NAME, keys, signing};
use crate::support::customer::{Customer, Mail, asking, ended, journey, live, work};
use crate::support::smtp::{Server, mailer, verified};
use crate::support::{World, both, free_port};
use crate::visitor::Visitor;

both!(
    what_a_server_says_is_written_down_and_held_to,
    a_server_that_is_away_costs_no_mail,
    who_was_interrupted_does_not_send_again,
    an_address_that_would_write_headers_gets_nothing,
    a_clock_that_jumps_sends_nothing_twice,
    signed_mails_over_secret_lines_unsubscribe_with_one_click,
    two_senders_send_each_mail_once,
);

const DAY: i64 = 86_400;

/// A garage that asks by this way; its journeys have ended and its invitations are due.
async fn due(world: &mut World, port: u16, addresses: &[&str]) {
    world.app.mailer = mailer(&[("mail", format!("smtp://127.0.0.1:{port}"))]);
    asking(world).await;
    for address in addresses {
        journey(world, address, address, "en").await;
    }
    worker::do_jobs(&world.app).await.expect("the jobs");
    world.app.clock.set(world.app.clock.now() + DAY);
}

async fn send(world: &World) -> Tally {
    worker::send_mails(&world.app).await.expect("the mails")
}

/// The mails to an address: state, failure, attempts.
async fn fate(world: &World, address: &str) -> Vec<(String, Option<String>, i32)> {
    let (db, key) = (world.app.db.reader(), world.app.secret.address_key(address).to_vec());
    let invitations = invitation::Entity::find().all(db).await.expect("invitations");
    let theirs: Vec<_> =
        invitations.into_iter().filter(|row| row.address_key.as_ref() == Some(&key)).collect();
    let mut mails = mail::Entity::find().all(db).await.expect("the outbox");
    mails.retain(|mail| theirs.iter().any(|row| row.id == mail.invitation));
    mails.sort_by_key(|mail| mail.wave);
    mails.into_iter().map(|mail| (mail.state.to_string(), mail.failure, mail.attempts)).collect()
}

fn is(state: &str, failure: &str, attempts: i32) -> Vec<(String, Option<String>, i32)> {
    vec![(state.to_owned(), Some(failure.to_owned()).filter(|code| !code.is_empty()), attempts)]
}

/// To whom the server has mails, in its order.
fn taken(server: &Server) -> Vec<Mail> {
    server.taken().iter().map(|path| Mail::read(&std::fs::read(path).expect("a mail"))).collect()
}

fn taken_for(server: &Server, address: &str) -> usize {
    taken(server).iter().filter(|mail| mail.to == address).count()
}

async fn opted_out(world: &World) -> Vec<(Vec<u8>, String)> {
    let rows = opt_out::Entity::find().all(world.app.db.reader()).await.expect("opt-outs");
    rows.into_iter().map(|row| (row.address_key, row.reason)).collect()
}

async fn what_a_server_says_is_written_down_and_held_to(mut world: World) {
    let server = Server::start("plain");
    let at = |mood: &str| format!("{mood}@example.org");
    let moods = ["accept", "nobody", "reject", "grey", "hang", "drop", "later"].map(at);
    due(&mut world, server.port, &moods.each_ref().map(String::as_str)).await;
    assert_eq!(
        send(&world).await,
        Tally { sent: 1, put_off: 2, refused: 2, unknown: 2, cancelled: 0 }
    );
    for (mood, expected) in [
        ("accept", is("sent", "", 1)),
        ("nobody", is("refused", "to-5xx", 1)),
        ("reject", is("refused", "message-5xx", 1)),
        ("grey", is("waiting", "to-4xx", 1)),
        ("hang", is("unknown", "message-timeout", 1)),
        ("drop", is("unknown", "message-lost", 1)),
        ("later", is("waiting", "to-4xx", 1)),
    ] {
        assert_eq!(fate(&world, &at(mood)).await.get(..1), Some(expected.as_slice()), "{mood}");
    }
    // The address does not exist: never again. A content that was refused is not the address's
    // fault.
    let nobody = world.app.secret.address_key(&at("nobody")).to_vec();
    assert_eq!(opted_out(&world).await, [(nobody, "refused".to_owned())]);
    assert_eq!(send(&world).await, Tally::default(), "who was put off rests");
    world.app.clock.set(world.app.clock.now() + 300);
    assert_eq!(send(&world).await, Tally { sent: 1, put_off: 1, ..Tally::default() });

    live(&world, 8 * 24).await;
    let count = |mood: &str| taken_for(&server, &at(mood));
    assert_eq!((count("accept"), count("grey")), (2, 2), "an invitation and a reminder");
    assert_eq!((count("hang"), count("drop")), (1, 1), "nobody knew, so nothing went again");
    assert_eq!(fate(&world, &at("later")).await, is("refused", "to-4xx", limits::MAIL_ATTEMPTS));
    // That mail had arrived after all, and its link is as good as any.
    let arrived =
        taken(&server).into_iter().find(|mail| mail.to == at("hang")).expect("the mail in doubt");
    let mut customer = Customer::new(&wiring::router(world.app.clone()), &arrived);
    customer.sends("/1", "outcome=5", "/2").await;
    customer.sends("/3", "", "/thanks").await;

    let before = taken(&server).len();
    world.app.clock.set(world.app.clock.now() + 70 * DAY);
    journey(&world, "later journey", &at("nobody"), "en").await;
    live(&world, 30).await;
    let decided = decision::Entity::find().all(world.app.db.reader()).await.expect("decisions");
    assert_eq!(decided.iter().filter(|row| row.outcome == Decision::OptedOut).count(), 1);
    assert_eq!(taken(&server).len(), before);
}

async fn a_server_that_is_away_costs_no_mail(mut world: World) {
    let addresses: Vec<String> = (0..20).map(|n| format!("accept+{n}@example.org")).collect();
    due(&mut world, free_port(), &addresses.iter().map(String::as_str).collect::<Vec<_>>()).await;
    live(&world, 3 * 24).await;
    for address in &addresses {
        let fate = fate(&world, address).await;
        assert_eq!(
            (fate.len(), fate[0].0.as_str(), fate[0].1.as_deref()),
            (1, "waiting", Some("connect-lost"))
        );
        assert!(
            fate[0].2 > limits::MAIL_ATTEMPTS,
            "that nobody was there does not count: {fate:?}"
        );
    }
    let server = Server::start("plain");
    world.app.mailer = mailer(&[("mail", format!("smtp://127.0.0.1:{}", server.port))]);
    live(&world, 8).await;
    let mut to: Vec<String> = taken(&server).into_iter().map(|mail| mail.to).collect();
    to.sort();
    let mut all = addresses.clone();
    all.sort();
    assert_eq!(to, all, "each once");
}

async fn who_was_interrupted_does_not_send_again(mut world: World) {
    let server = Server::start("plain");
    due(&mut world, server.port, &["accept@example.org"]).await;
    // Somebody takes it in hand and is never heard of again: it may have been sent, or not.
    let now = world.app.clock.now();
    let leased = world.app.db.write(move |tx| Box::pin(async move { lease(tx, now).await }));
    assert_eq!(leased.await.expect("a lease").0.len(), 1);
    for later in [0, limits::MAIL_LEASE - 1] {
        world.app.clock.set(now + later);
        assert_eq!(send(&world).await, Tally::default(), "it is in somebody's hands");
        assert_eq!(fate(&world, "accept@example.org").await, is("sending", "", 1));
    }
    world.app.clock.set(now + limits::MAIL_LEASE);
    assert_eq!(send(&world).await, Tally::default());
    assert_eq!(fate(&world, "accept@example.org").await, is("unknown", "interrupted", 1));
    live(&world, 10 * 24).await;
    assert!(server.taken().is_empty());
}

async fn an_address_that_would_write_headers_gets_nothing(mut world: World) {
    let server = Server::start("plain");
    let addresses = ["one@example.org", "two@example.org", "three@example.org"];
    due(&mut world, server.port, &addresses).await;
    let tricky =
        ["accept@example.org\r\nBcc: accept+2@example.org", "accept@example.org>\r\nDATA\r\n.\r\n"];
    let sealed = tricky.map(|address| {
        world.app.random(|random| world.app.secret.encrypt(address, random)).expect("sealed")
    });
    let changed = world.app.db.write(move |tx| {
        Box::pin(async move {
            // The last one is sealed by nobody.
            let texts = sealed
                .into_iter()
                .chain([b"not sealed at all, but long enough for a nonce".to_vec()]);
            for (row, address) in contact::Entity::find().all(tx).await?.into_iter().zip(texts) {
                contact::Model { address, ..row }
                    .into_active_model()
                    .reset_all()
                    .update(tx)
                    .await?;
            }
            Ok(())
        })
    });
    changed.await.expect("other addresses");
    assert_eq!(send(&world).await, Tally { refused: 3, ..Tally::default() });
    let mut codes = Vec::new();
    for address in addresses {
        codes.extend(
            fate(&world, address)
                .await
                .into_iter()
                .map(|(state, code, _)| (state, code.unwrap_or_default())),
        );
    }
    codes.sort();
    assert_eq!(
        codes,
        ["address", "address", "unreadable"].map(|code| ("refused".to_owned(), code.to_owned()))
    );
    live(&world, 10 * 24).await;
    assert!(server.taken().is_empty());
}

async fn a_clock_that_jumps_sends_nothing_twice(mut world: World) {
    let server = Server::start("plain");
    due(&mut world, server.port, &["accept@example.org", "later@example.org"]).await;
    let now = world.app.clock.now();
    assert_eq!(send(&world).await, Tally { sent: 1, put_off: 1, ..Tally::default() });
    // Back by a year: nothing is due, and what was sent stays sent.
    world.app.clock.set(now - 365 * DAY);
    work(&world.app).await;
    worker::schedule(&world.app).await.expect("the schedule");
    // A year ahead: the links have ended, so what waits is no longer wanted.
    world.app.clock.set(now + 365 * DAY);
    assert_eq!(send(&world).await, Tally { cancelled: 2, ..Tally::default() });
    for back in [now - DAY, now, now + 6 * DAY, now + 20 * DAY] {
        world.app.clock.set(back);
        work(&world.app).await;
    }
    assert_eq!(fate(&world, "later@example.org").await, is("cancelled", "expired", 2));
    assert_eq!(
        fate(&world, "accept@example.org").await,
        [is("sent", "", 1), is("cancelled", "expired", 1)].concat()
    );
    assert_eq!(taken(&server).len(), 1);
}

async fn signed_mails_over_secret_lines_unsubscribe_with_one_click(mut world: World) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (file, record) = keys(folder.path()).remove(0);
    asking(&world).await;
    // A signature from the future would be refused, so this is the time of the machine.
    let now = Clock::System.now();
    for (mood, scheme) in [("tls", "smtps"), ("starttls", "smtp+starttls")] {
        let server = Server::start(mood);
        let mut settings =
            signing(format!("{scheme}://localhost:{}", server.port), &folder.path().join(file));
        settings.push(("mail_ca", server.certificate()));
        world.app.mailer = mailer(&settings);
        world.app.clock.set(now - 3 * DAY);
        ended(&world, mood, &format!("accept+{mood}@example.org"), "fr", now - 3 * DAY - 3_600)
            .await;
        worker::do_jobs(&world.app).await.expect("the jobs");
        world.app.clock.set(now);
        assert_eq!(send(&world).await.sent, 1, "{mood}");
        let signed = verified(&server.taken()[0], NAME, &record)
            .unwrap_or_else(|why| panic!("{mood}: {why}"));
        for header in ["list-unsubscribe", "list-unsubscribe-post"] {
            assert!(
                signed.iter().any(|one| one == header),
                "{mood}: {header} is not signed: {signed:?}"
            );
        }
        let before = opted_out(&world).await.len();
        let mail = taken(&server).remove(0);
        let url = mail.unsubscribe.trim_matches(['<', '>']).to_owned();
        assert!(
            mail.raw.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"),
            "{}",
            mail.raw
        );
        let path = url.strip_prefix(world.app.config.public_url.as_str()).expect("a link of ours");
        let mut program = Visitor::new(&wiring::router(world.app.clone()));
        let clicked =
            program.send(axum::http::Method::POST, path, &[], "List-Unsubscribe=One-Click").await;
        assert_eq!(
            (clicked.status.as_u16(), opted_out(&world).await.len()),
            (200, before + 1),
            "{mood}"
        );
    }
}

async fn two_senders_send_each_mail_once(mut world: World) {
    let server = Server::start("plain");
    let addresses: Vec<String> = (0..50).map(|n| format!("slow+{n}@example.org")).collect();
    due(&mut world, server.port, &addresses.iter().map(String::as_str).collect::<Vec<_>>()).await;
    // Another process on the same database, and two tasks in each.
    let config = world.app.config.as_ref().clone();
    let mut other = App::open_with(config, world.app.clock.clone(), StdRng::seed_from_u64(2))
        .await
        .expect("another");
    other.mailer = world.app.mailer.clone();
    let senders = [world.app.clone(), other.clone(), world.app.clone(), other];
    let senders = senders.map(|app| tokio::spawn(async move { send_due(&app).await }));
    let mut sent = 0;
    for sender in senders {
        sent += sender.await.expect("a sender").expect("the mails").sent;
    }
    assert_eq!(sent, 50);
    let mut to: Vec<String> = taken(&server).into_iter().map(|mail| mail.to).collect();
    to.sort();
    to.dedup();
    assert_eq!((to.len(), server.taken().len()), (50, 50), "each once");
    for address in &addresses {
        assert_eq!(
            fate(&world, address).await.get(..1),
            Some(is("sent", "", 1).as_slice()),
            "{address}"
        );
    }
}
