//! A customer is asked and answers: from the end of the journey to the thanks, on both databases.

use axum::http::{Method, StatusCode};
use relais::i18n::Lang;
use relais::schema::codes::CommentState;
use relais::schema::{comment, contact, decision, invitation, link, mail, opt_out, response};
use relais::{wiring, worker};
use sea_orm::EntityTrait;

use crate::support::customer::{
    Customer, asking, ended, form, journey, live, mail_to, mails, work,
};
use crate::support::{World, both};
use crate::visitor::Visitor;

both!(
    a_finished_journey_is_asked_about_and_answered,
    a_page_may_come_twice_late_or_in_another_tab,
    not_my_journey_is_stored_without_a_link,
    an_answer_is_withdrawn,
    a_partial_answer_is_kept_when_its_link_ends,
    who_stops_is_not_written_to_again,
    a_reminder_goes_to_who_has_not_answered,
    an_address_rests_and_opt_outs_hold,
    what_is_no_link_of_ours_looks_like_one_that_has_ended,
    bad_pages_are_refused_and_nothing_typed_is_lost,
    the_language_is_switched_and_what_was_typed_stays,
);

async fn one(world: &World) -> response::Model {
    let mut rows = response::Entity::find().all(world.app.db.reader()).await.expect("responses");
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

async fn responses(world: &World) -> usize {
    response::Entity::find().all(world.app.db.reader()).await.expect("responses").len()
}

async fn the_invitation(world: &World) -> invitation::Model {
    let mut rows =
        invitation::Entity::find().all(world.app.db.reader()).await.expect("invitations");
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

/// A customer who was asked.
async fn asked(world: &World) -> Customer {
    asking(world).await;
    journey(world, "A1", "marie@example.org", "fr").await;
    live(world, 48).await;
    Customer::new(&wiring::router(world.app.clone()), &mail_to(world, "marie@example.org"))
}

async fn a_finished_journey_is_asked_about_and_answered(world: World) {
    let mut customer = asked(&world).await;
    let mail = mail_to(&world, "marie@example.org");
    assert_eq!(mails(&world).len(), 1);
    assert!(mail.subject.contains("comment s’est passé votre parcours"), "{}", mail.subject);
    assert!(mail.text.contains("Réparation") && mail.html.contains(&mail.link()), "{}", mail.text);
    assert!(mail.unsubscribe.ends_with(&format!("/u/{}>", mail.token())), "{}", mail.unsubscribe);
    assert!(
        !mail.raw.contains("<img") && !mail.html.contains("http://www"),
        "nothing is loaded from anywhere"
    );

    let first = customer.get("").await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.body);
    assert!(
        first.body.contains("Étape 1 sur 3") && first.body.contains("<html lang=\"fr\">"),
        "{}",
        first.body
    );
    assert_eq!(first.header("cache-control"), "no-store");
    assert_eq!(first.header("referrer-policy"), "no-referrer");
    assert_eq!(first.header("x-robots-tag"), "noindex");
    assert_eq!(first.header("set-cookie"), "");
    assert!(
        first
            .header("content-security-policy")
            .starts_with("default-src 'none'; style-src 'self'; form-action")
    );
    customer.sends("/1", "outcome=2", "/2").await;
    let parts = customer.parts().await;
    let rated: Vec<_> = parts.iter().filter(|(name, _)| name.starts_with("rating.")).collect();
    let ticked: Vec<_> = parts.iter().filter(|(name, _)| name.starts_with("friction.")).collect();
    assert_eq!(rated.len() + ticked.len(), 3, "{parts:?}");
    customer.sends("/2", &form(&parts), "/3").await;
    customer.sends("/3", "comment=J%E2%80%99ai+attendu.%0D%0ATrop.", "/thanks").await;
    let thanks = customer.get("/thanks").await;
    assert!(thanks.body.contains("Merci"), "{}", thanks.body);

    let (row, invitation) = (one(&world).await, the_invitation(&world).await);
    assert_eq!((row.outcome, row.site.as_deref(), row.atom), (Some(2), Some("S1"), None));
    assert_eq!(row.journey, invitation.journey);
    let answers: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&row.answers).expect("answers");
    let chances: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(row.chances.as_deref().expect("chances")).expect("chances");
    assert_eq!(answers.keys().collect::<Vec<_>>(), chances.keys().collect::<Vec<_>>());
    assert!(
        chances
            .values()
            .all(|chance| chance.as_f64().is_some_and(|chance| chance > 0.0 && chance <= 1.0))
    );
    let said = comment::Entity::find().all(world.app.db.reader()).await.expect("comments");
    assert_eq!(
        (said[0].text.as_str(), said[0].state),
        ("J’ai attendu.\nTrop.", CommentState::Held)
    );
    assert_eq!(
        (invitation.outcome_page, invitation.parts_page, invitation.words_page),
        (None, None, None)
    );
    // The link's secret stands nowhere: its digest does.
    let links = link::Entity::find().all(world.app.db.reader()).await.expect("links");
    assert_eq!(links.len(), 1);
    assert_eq!(links[0].digest.len(), 32);
}

async fn a_page_may_come_twice_late_or_in_another_tab(world: World) {
    let mut customer = asked(&world).await;
    let parts = customer.parts().await;
    // The second page first, then back to the first, then the second again in another tab.
    customer.sends("/2", &form(&parts[..1]), "/3").await;
    customer.sends("/1", "outcome=4", "/2").await;
    customer.sends("/1", "outcome=5", "/2").await;
    customer.sends("/2", &form(&parts), "/3").await;
    let again = customer.get("/1").await.body;
    assert!(again.contains("checked"), "what was saved is shown: {again}");
    let resumed = customer.get("").await.body;
    assert!(resumed.contains("Étape 3 sur 3"), "they go on where they were");
    customer.sends("/3", "", "/thanks").await;
    // A double click, and a tab that was still open: the first stands.
    for (page, form) in [("/3", "comment=second"), ("/1", "outcome=1"), ("/2", "")] {
        let answered = customer.post(page, form).await;
        assert_eq!(
            (answered.status, answered.header("location")),
            (StatusCode::SEE_OTHER, customer.link.as_str())
        );
    }
    assert_eq!(one(&world).await.outcome, Some(5));
    assert!(comment::Entity::find().all(world.app.db.reader()).await.expect("comments").is_empty());
    assert!(
        customer.get("/2").await.body.contains("Merci"),
        "every page of a spent link gives thanks"
    );
}

async fn not_my_journey_is_stored_without_a_link(world: World) {
    let mut customer = asked(&world).await;
    customer.sends("/1", "outcome=1&not-mine=yes", "/3").await;
    assert_eq!(the_invitation(&world).await.journey, None);
    let second = customer.get("/2").await.body;
    assert!(second.contains("Étape 3 sur 3"), "there are no parts of it to speak of");
    // A tab that was open before: its page is not taken for the last one.
    customer.sends("/2", "", "/3").await;
    assert_eq!(responses(&world).await, 0);
    customer.sends("/3", "comment=Ce+n%27est+pas+moi", "/thanks").await;
    let row = one(&world).await;
    assert_eq!(
        (row.outcome, row.journey, row.site, row.answers.as_str()),
        (Some(1), None, None, "{}")
    );
}

async fn an_answer_is_withdrawn(world: World) {
    let mut customer = asked(&world).await;
    customer.sends("/1", "outcome=3", "/2").await;
    customer.sends("/3", "comment=oups", "/thanks").await;
    let asks = customer.get("/withdraw").await;
    assert!(
        asks.body.contains("<form") && responses(&world).await == 1,
        "the page asks, a POST acts"
    );
    customer.sends("/withdraw", "", "").await;
    assert_eq!(responses(&world).await, 0);
    assert!(comment::Entity::find().all(world.app.db.reader()).await.expect("comments").is_empty());
    assert!(customer.get("").await.body.contains("effacées"));
    let late = customer.post("/1", "outcome=1").await;
    assert_eq!(late.status, StatusCode::SEE_OTHER);
    assert_eq!(responses(&world).await, 0);
}

async fn a_partial_answer_is_kept_when_its_link_ends(world: World) {
    let mut customer = asked(&world).await;
    customer.sends("/1", "outcome=4", "/2").await;
    let saved_at = world.app.clock.now();
    live(&world, 1).await;
    world.app.clock.set(world.app.clock.now() + 31 * 86_400);
    assert_eq!(responses(&world).await, 0, "their link was open until now");
    worker::schedule(&world.app).await.expect("the schedule");
    let row = one(&world).await;
    assert_eq!((row.outcome, row.answered_at), (Some(4), saved_at));
    assert_eq!(customer.get("").await.status, StatusCode::NOT_FOUND);
    assert_eq!(customer.post("/2", "").await.status, StatusCode::NOT_FOUND);
    worker::schedule(&world.app).await.expect("the schedule");
    one(&world).await;
}

async fn who_stops_is_not_written_to_again(world: World) {
    let mut customer = asked(&world).await;
    let mail = mail_to(&world, "marie@example.org");
    let mut browser = Visitor::new(&wiring::router(world.app.clone()));
    let path = format!("/u/{}", mail.token());
    let asks = browser.get(&path).await;
    assert!(asks.status == StatusCode::OK && asks.body.contains("<form"));
    let out = || async {
        opt_out::Entity::find().all(world.app.db.reader()).await.expect("opt-outs").len()
    };
    assert_eq!(out().await, 0);
    // What a mail program sends with one click.
    let clicked = browser.send(Method::POST, &path, &[], "List-Unsubscribe=One-Click").await;
    assert_eq!((clicked.status, out().await), (StatusCode::OK, 1));
    live(&world, 7 * 24).await;
    assert_eq!(mails(&world).len(), 1, "no reminder");
    journey(&world, "A2", "Marie@Example.org", "fr").await;
    world.app.clock.set(world.app.clock.now() + 70 * 86_400);
    work(&world.app).await;
    assert_eq!(mails(&world).len(), 1, "nor an invitation, however the address is written");
    assert_eq!(
        customer.get("").await.status,
        StatusCode::NOT_FOUND,
        "the link has ended meanwhile"
    );
    assert_eq!(browser.get(&path).await.status, StatusCode::OK, "and stopping still works");
}

async fn a_reminder_goes_to_who_has_not_answered(world: World) {
    let mut customer = asked(&world).await;
    journey(&world, "B1", "paul@example.org", "en").await;
    live(&world, 8 * 24).await;
    let sent = mails(&world);
    let to = |address: &str| sent.iter().filter(|mail| mail.to == address).collect::<Vec<_>>();
    let (marie, paul) = (to("marie@example.org"), to("paul@example.org"));
    assert_eq!((marie.len(), paul.len()), (2, 2));
    assert!(marie[1].subject.contains("encore temps") && paul[1].subject.contains("still time"));
    assert_ne!(marie[0].token(), marie[1].token(), "each mail has a link of its own");
    // Each link shows what was saved through it alone; the first answer spends both.
    customer.sends("/1", "outcome=2", "/2").await;
    let mut second = Customer::new(&wiring::router(world.app.clone()), marie[1]);
    let page = second.get("").await.body;
    assert!(page.contains("Étape 1 sur 3") && page.contains("par un autre lien"), "{page}");
    second.sends("/1", "outcome=3", "/2").await;
    second.sends("/3", "", "/thanks").await;
    assert!(second.get("").await.body.contains("Merci"));
    assert_eq!(customer.get("").await.status, 404);
    live(&world, 8 * 24).await;
    assert_eq!(mails(&world).len(), 4, "there is one reminder");
    let hours = mail::Entity::find().all(world.app.db.reader()).await.expect("the outbox");
    let paris = relais::calendar::Zone::named("Europe/Paris").expect("a zone");
    assert!(
        hours.iter().all(|mail| mail.sent_at.is_some_and(|at| (8..20).contains(&paris.hour(at)))),
        "{hours:?}"
    );
}

async fn an_address_rests_and_opt_outs_hold(world: World) {
    asking(&world).await;
    let end = world.app.clock.now() - 3_600;
    for (n, address) in
        ["a@example.org", "a@example.org", "b@example.org", "+33 6 12 34 56 78"].iter().enumerate()
    {
        ended(&world, &format!("J{n}"), address, "fr", end).await;
    }
    ended(&world, "old", "c@example.org", "fr", end - 20 * 86_400).await;
    live(&world, 30).await;
    let decided = decision::Entity::find().all(world.app.db.reader()).await.expect("decisions");
    let mut outcomes: Vec<_> = decided.iter().map(|row| row.outcome.code()).collect();
    outcomes.sort_unstable();
    assert_eq!(outcomes, ["invited", "invited", "phone", "resting", "too-old"]);
    assert_eq!(mails(&world).len(), 2);
    let kept = contact::Entity::find().all(world.app.db.reader()).await.expect("contacts");
    assert!(
        kept.iter().all(|row| !String::from_utf8_lossy(&row.address).contains("example")),
        "sealed"
    );
}

async fn what_is_no_link_of_ours_looks_like_one_that_has_ended(world: World) {
    let mut customer = asked(&world).await;
    let mut browser = Visitor::new(&wiring::router(world.app.clone()));
    world.app.clock.set(world.app.clock.now() + 40 * 86_400);
    let ended = customer.get("").await;
    assert_eq!(ended.status, StatusCode::NOT_FOUND);
    for token in [
        "aaaaaaaaaaaaaaaaaaaaaaaaaa",
        "short",
        "AAAAAAAAAAAAAAAAAAAAAAAAAA",
        "%00%ff",
        "..%2f..%2fetc",
        "é",
    ] {
        for page in ["", "/1", "/withdraw"] {
            let other = browser.get(&format!("/r/{token}{page}?lang=fr")).await;
            assert_eq!(other.status, StatusCode::NOT_FOUND, "{token}");
            // The same page but for the link that nobody has.
            let own = customer.get(&format!("{page}?lang=fr")).await.body;
            let token = token.replace("%2f", "/");
            if token.is_ascii() && !token.contains('%') && !token.contains('/') {
                assert_eq!(other.body.replace(&token, ""), own.replace(&customer.link[3..], ""));
            }
        }
        assert_eq!(
            browser.post(&format!("/r/{token}/1"), "outcome=1").await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(browser.post(&format!("/u/{token}"), "").await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(responses(&world).await, 0);
}

async fn bad_pages_are_refused_and_nothing_typed_is_lost(world: World) {
    let mut customer = asked(&world).await;
    let long = format!("comment={}", "x".repeat(20_000));
    let refusals: [(&str, &str, StatusCode); 6] = [
        ("/1", "outcome=9", StatusCode::UNPROCESSABLE_ENTITY),
        ("/1", "outcome=3&employee=Dupont", StatusCode::UNPROCESSABLE_ENTITY),
        ("/2", "rating.step%3ANOWHERE=3", StatusCode::UNPROCESSABLE_ENTITY),
        ("/3", &long, StatusCode::UNPROCESSABLE_ENTITY),
        ("/1", "outcome=%FF%FE", StatusCode::BAD_REQUEST),
        ("/3", &"a=b&".repeat(400), StatusCode::BAD_REQUEST),
    ];
    for (page, form, status) in refusals {
        let answered = customer.post(page, form).await;
        assert_eq!(answered.status, status, "{page} {}", &form[..form.len().min(60)]);
        assert!(answered.body.contains("role=\"alert\""), "{}", answered.body);
    }
    let kept = customer.post("/3", &long).await.body;
    assert!(kept.contains(&"x".repeat(20_000)), "what was typed is still there");
    let huge = customer.post("/3", &format!("comment={}", "x".repeat(100_000))).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE);
    let none = the_invitation(&world).await;
    assert_eq!((none.opened_at, none.outcome_page, none.words_page), (None, None, None));
}

async fn the_language_is_switched_and_what_was_typed_stays(world: World) {
    let mut customer = asked(&world).await;
    customer.sends("/1", "outcome=2&lang=en", "/1").await;
    let page = customer.get("/1").await.body;
    assert!(page.contains("<html lang=\"en\">") && page.contains("checked"), "{page}");
    customer.sends("/3", "comment=Bonjour&lang=fr", "/3").await;
    let page = customer.get("/3").await.body;
    assert!(page.contains("<html lang=\"fr\">") && page.contains("Bonjour"), "{page}");
    assert_eq!(responses(&world).await, 0, "switching sends nothing");
    let looked = customer.get("/3?lang=en").await.body;
    assert!(looked.contains("<html lang=\"en\">"));
    assert_eq!(the_invitation(&world).await.locale, Lang::Fr, "looking changes nothing");
}
