//! A whole quarter of two neighbours: a period is published, they meet, try something, wait, read
//! the verdict, pass it on, are answered, and tell their customers.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use relais::discussion::{State, store};
use relais::journal::{Author, Reason};
use relais::survey::publishing::{Publishing, publish};
use relais::team::Role;
use relais::{wiring, worker};

use crate::garage::{DAY, Garage, MONDAY, ORGANISATION, WEEK, found, live};
use crate::support::customer::{Customer, Mail, feed, mail_to, mails, work};
use crate::support::{World, both, sql_in};
use crate::visitor::{Visitor, signed_in};

both!(a_quarter_of_two_neighbours,);

pub(crate) const NETWORK: &[Garage] =
    &[("S1", Some("R1"), 9, 9), ("S2", Some("R2"), 9, 9), ("S3", Some("R2"), 2, 9)];
/// Weeks before the action, and from its start to its review.
const BEFORE: i64 = 12;
const TRIED: i64 = 10;

/// One week is lived and published: journeys and answers at two sites, the third of which tells of
/// the handoff.
pub(crate) async fn week(world: &World, number: i64, tried: bool) {
    let monday = MONDAY + number * WEEK;
    for site in ["S1", "S2", "S3"] {
        live(&world.app, Some(site), monday + DAY, (50, 42), monday + 2 * DAY).await;
    }
    if tried {
        world.app.db.write(|tx| Box::pin(sql_in(tx, BETTER))).await.expect("better answers");
    }
    // Weeks differ a little, or nothing would be uncertain.
    if number % 2 == 0 {
        world.app.db.write(|tx| Box::pin(sql_in(tx, WOBBLE))).await.expect("other answers");
    }
    world.app.clock.set(monday + WEEK + 2 * 3_600);
    worker::schedule(&world.app).await.expect("the schedule");
    worker::do_jobs(&world.app).await.expect("the jobs");
}

const BETTER: &str = "UPDATE response SET answers = '{\"step:CALL\":9,\"handoff:CALL:RECEP\":9}' \
    WHERE atom IS NULL AND site = 'S1' AND answers LIKE '%CALL:RECEP%'";
const WOBBLE: &str = "UPDATE response SET answers = REPLACE(answers, 'CALL:RECEP\":4', 'CALL:RECEP\":5') \
    WHERE atom IS NULL AND outcome > 6";

pub(crate) async fn garage(world: &World) {
    found(&world.app, NETWORK).await;
    for number in 0..BEFORE {
        week(world, number, false).await;
    }
}

/// The mails to anybody whose address begins so, oldest first.
pub(crate) fn mails_of(world: &World, role: &str) -> Vec<Mail> {
    mails(world).into_iter().filter(|mail| mail.to.starts_with(role)).collect()
}

pub(crate) async fn opened(visitor: &mut Visitor) -> String {
    let form = "handoff=repair%7Chandoff%3ACALL%3ARECEP&place=site%3AS1";
    let answered = visitor.post("/teams/reception/discussions", form).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    answered.header("location").rsplit('/').next().expect("its number").to_owned()
}

/// The form of an action that begins next Monday.
pub(crate) fn plan(world: &World, step: &str) -> String {
    let day = |weeks: i64| {
        let at = MONDAY + weeks * WEEK + DAY;
        relais::calendar::Zone::utc().week(at).monday()
    };
    let week = (world.app.clock.now() - MONDAY) / WEEK + 1;
    format!(
        "do=action&step={step}&text=One+list+for+both+desks%2C+says+Sandrine&role=shift+lead&level=ours\
         &measure=handoff%3ACALL%3ARECEP&direction=up&control=site%3AS1&start={}&review={}",
        day(week),
        day(week + TRIED)
    )
}

async fn a_quarter_of_two_neighbours(world: World) {
    garage(&world).await;
    let router = wiring::router(world.app.clone());
    again(&world, "reception", Some("S1"), &router).await;
    again(&world, "call-centre", None, &router).await;
    let mut owner = signed_in(&world.app, &router, ORGANISATION, Role::ProcessOwner, &[]).await;

    // The period is told to the teams first, once, and to the owner when it is open to them.
    week(&world, BEFORE, false).await;
    let (digests, later) = (mails_of(&world, "member"), mails_of(&world, "owner"));
    assert_eq!(
        (digests.len(), later.len()),
        (2, 1),
        "the owner is told of the week before, which opens to them now"
    );
    assert!(
        digests[0].text.contains("up to 4 October 2026")
            && later[0].text.contains("up to 27 September 2026")
    );
    let digest = digests[0].clone();
    assert!(
        digest.raw.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"),
        "{}",
        digest.raw
    );
    assert!(digest.text.contains("/breakdown") && !digest.text.contains('%'), "{}", digest.text);

    // One team opens, the other joins.
    let mut reception = again(&world, "reception", Some("S1"), &router).await;
    let mut calls = again(&world, "call-centre", None, &router).await;
    let id = opened(&mut reception).await;
    let ours = format!("/teams/reception/discussions/{id}");
    let theirs = format!("/teams/call-centre/discussions/{id}");
    work(&world.app).await;
    let invited = mails_of(&world, "member")
        .into_iter()
        .filter(|mail| mail.text.contains("has opened a discussion"));
    assert!(
        invited.clone().count() == 2 && invited.clone().all(|mail| mail.text.contains(&theirs)),
        "the neighbour's two"
    );
    assert!(calls.get(&theirs).await.body.contains("has not joined yet"));
    assert_eq!(calls.post(&theirs, "do=join").await.status, StatusCode::SEE_OTHER);
    assert!(reception.get(&ours).await.body.contains("Both teams take part"));

    // A note is shown as it will be stored before it is.
    let shown = calls.post(&theirs, "do=note&note=Sandrine+hears+it+three+times").await;
    assert!(
        shown.body.contains("[name] hears it three times") && shown.body.contains("was masked"),
        "{}",
        shown.body
    );
    assert!(
        store::notes(world.app.db.reader(), ORGANISATION, id.parse().expect("a number"))
            .await
            .expect("what is stored")
            .is_empty()
    );
    calls.post(&theirs, "do=note&step=save&note=Sandrine+hears+it+three+times").await;
    let read = reception.get(&ours).await;
    assert!(read.body.contains("[name] hears it three times") && !read.body.contains("Sandrine"));

    // So is an action, with the smallest change that could be seen by its review.
    let shown = reception.post(&ours, &plan(&world, "")).await;
    assert!(shown.body.contains("The smallest change that 10 weeks before"), "{}", shown.body);
    assert!(shown.body.contains("One list for both desks, says [name]"));
    assert_eq!(reception.post(&ours, &plan(&world, "save")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        reception.post(&ours, &plan(&world, "save")).await.status,
        StatusCode::SEE_OTHER,
        "twice is once"
    );
    let action = store::actions(world.app.db.reader(), ORGANISATION)
        .await
        .expect("what is stored")
        .remove(0);
    assert!(reception.get(&ours).await.body.contains("The verdict comes on"));
    let early = format!("do=decide&action={}&decision=kept", action.id);
    assert_eq!(
        reception.post(&ours, &early).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "not before its review"
    );

    // A quarter goes by. Nobody is reminded before the morning of the review, and nobody twice.
    for number in 1..=TRIED + 1 {
        week(&world, BEFORE + number, number > 1).await;
    }
    let reminders =
        |mails: Vec<Mail>| mails.iter().filter(|mail| mail.subject.contains("review")).count();
    assert_eq!(reminders(mails_of(&world, "member")), 0);
    world.app.clock.set(world.app.clock.now() + 8 * 3_600);
    work(&world.app).await;
    work(&world.app).await;
    assert_eq!(
        reminders(mails_of(&world, "member")),
        4,
        "one for each of two members of two teams"
    );
    reception = again(&world, "reception", Some("S1"), &router).await;
    calls = again(&world, "call-centre", None, &router).await;
    let verdict = reception.get(&ours).await;
    assert!(verdict.body.contains("<span class=\"tag\">Moved</span>"), "{}", verdict.body);
    let told: serde_json::Value =
        serde_json::from_str(&reception.get("/api/v1/actions").await.body).expect("JSON");
    assert_eq!(
        (&told["actions"][0]["verdict"]["says"], &told["actions"][0]["state"]),
        (&"moved".into(), &"open".into())
    );
    assert!(told["actions"][0]["verdict"]["change"].as_f64().expect("a change") > 20.0);

    passed_on_and_answered(
        &world,
        (&mut reception, &mut calls, &mut owner),
        (&ours, &theirs),
        action.id,
    )
    .await;
    told_to_customers(&world, &mut reception, &ours).await;
    wanted_no_more(&world, &digest).await;
}

/// Sessions end within hours; the same person signs in again.
async fn again(world: &World, team: &str, site: Option<&str>, router: &axum::Router) -> Visitor {
    signed_in(&world.app, router, ORGANISATION, Role::TeamMember, &[(team, site)]).await
}

async fn passed_on_and_answered(
    world: &World,
    (reception, calls, owner): (&mut Visitor, &mut Visitor, &mut Visitor),
    (ours, theirs): (&str, &str),
    action: i64,
) {
    *owner = signed_in(
        &world.app,
        &wiring::router(world.app.clone()),
        ORGANISATION,
        Role::ProcessOwner,
        &[],
    )
    .await;
    let passed = format!("do=decide&action={action}&decision=passed");
    assert_eq!(calls.post(theirs, &passed).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        calls.post(theirs, &passed).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "it was decided about"
    );
    let page = owner.get("/network/actions").await;
    assert!(!page.body.contains(">Moved<"), "the teams read it first: {}", page.body);
    let answer = format!("action={action}&answer=Yes%2C+for+all+sites.+Thanks+to+Sandrine");
    let shown = owner.post("/network/actions", &answer).await;
    assert!(shown.body.contains("Thanks to [name]"), "{}", shown.body);
    assert!(!reception.get(ours).await.body.contains("for all sites"));
    assert_eq!(
        owner.post("/network/actions", &format!("{answer}&step=save")).await.status,
        StatusCode::SEE_OTHER
    );
    for (team, page) in [(&mut *reception, ours), (calls, theirs)] {
        let page = team.get(page).await;
        assert!(page.body.contains("Yes, for all sites. Thanks to [name]"), "{}", page.body);
    }
    let found = store::action(world.app.db.reader(), ORGANISATION, action)
        .await
        .expect("what is stored")
        .expect("the action");
    assert_eq!((found.state, found.answer.is_some()), (State::Passed, true));
    world.app.clock.set(world.app.clock.now() + 8 * DAY);
    let router = wiring::router(world.app.clone());
    let mut owner = signed_in(&world.app, &router, ORGANISATION, Role::ProcessOwner, &[]).await;
    assert!(owner.get("/network/actions").await.body.contains(">Moved<"));
    *reception = again(world, "reception", Some("S1"), &router).await;
}

async fn told_to_customers(world: &World, reception: &mut Visitor, ours: &str) {
    let reason = Reason::parse("the teams agreed").expect("a reason");
    let publishing = Publishing {
        author: Author::command_line(),
        reason,
        now: world.app.clock.now() - 60 * DAY,
        parts_asked: None,
    };
    publish(&world.app.db, ORGANISATION, "repair".to_owned(), publishing)
        .await
        .expect("a questionnaire");
    let form = "do=sentence&element=handoff%3ACALL%3ARECEP&en=One+list+for+both+desks.";
    let shown = reception.post(ours, form).await;
    assert!(shown.body.contains("The French sentence is missing"), "{}", shown.body);
    assert_eq!(
        reception.post(ours, &format!("{form}&step=save")).await.status,
        StatusCode::SEE_OTHER
    );
    world.app.clock.set(world.app.clock.now() + 300);
    for (number, lang, site) in [(1, "en", "S1"), (2, "fr", "S1"), (3, "en", "S2")] {
        feed(world, journey(world, number, lang, site)).await;
    }
    for _ in 0..50 {
        world.app.clock.set(world.app.clock.now() + 3_600);
        work(&world.app).await;
    }
    let has = |number: i32| {
        mail_to(world, &format!("c{number}@example.net")).text.contains("One list for both desks.")
    };
    assert_eq!(
        (has(1), has(2), has(3)),
        (true, false, false),
        "in the customer's language, and where it was done"
    );
    let mut customer =
        Customer::new(&wiring::router(world.app.clone()), &mail_to(world, "c1@example.net"));
    customer.sends("/3", "comment=", "/thanks").await;
    let thanks = customer.get("/thanks").await;
    assert!(
        thanks.body.contains("You said, we did")
            && thanks.body.contains("One list for both desks.")
    );
    assert!(!thanks.body.contains("<script") && thanks.body.len() < 14 * 1024);
    let mut reception =
        again(world, "reception", Some("S1"), &wiring::router(world.app.clone())).await;
    let sentence = store::sentences(world.app.db.reader(), ORGANISATION)
        .await
        .expect("what is stored")
        .remove(0);
    reception.post(ours, &format!("do=withdraw&sentence={}", sentence.id)).await;
    world.app.clock.set(world.app.clock.now() + 300);
    assert!(!customer.get("/thanks").await.body.contains("One list for both desks."));
}

fn journey(world: &World, number: i64, lang: &str, site: &str) -> String {
    let at = |before: i64| relais::calendar::rfc3339(world.app.clock.now() - before);
    let row = |step: &str, from: i64, to: i64| {
        let (start, end) = (at(from), at(to));
        format!(
            "{{\"journey\":\"told-{number}\",\"step\":\"{step}\",\"start\":\"{start}\",\"end\":\"{end}\",\
             \"site\":\"{site}\",\"contact\":\"c{number}@example.net\",\"locale\":\"{lang}\"}}\n"
        )
    };
    [row("CALL", 90_000, 89_000), row("RECEP", 80_000, 79_000), row("WORK", 7_000, 3_600)].concat()
}

/// One click, and the next period is told to the others alone.
async fn wanted_no_more(world: &World, digest: &Mail) {
    let to = digest.to.clone();
    let before: BTreeSet<String> = mails(world).into_iter().map(|mail| mail.text).collect();
    let path = digest.unsubscribe.trim_matches(['<', '>']).to_owned();
    let path = format!("/letters/{}", path.rsplit('/').next().expect("a token"));
    let mut nobody = Visitor::new(&wiring::router(world.app.clone()));
    assert_eq!(nobody.get(&path).await.status, StatusCode::OK, "reading it changes nothing");
    let one_click =
        nobody.send(axum::http::Method::POST, &path, &[], "List-Unsubscribe=One-Click").await;
    assert_eq!(one_click.status, StatusCode::OK);
    let tampered = path.replacen("1-", "1-9", 1);
    assert_eq!(nobody.get(&tampered).await.status, StatusCode::NOT_FOUND);
    let number = (world.app.clock.now() - MONDAY) / WEEK;
    week(world, number, true).await;
    // Older files go meanwhile, so that counting them says nothing.
    let new: Vec<Mail> =
        mails(world).into_iter().filter(|mail| !before.contains(&mail.text)).collect();
    let told = |to: &str| {
        new.iter().filter(|mail| mail.to == to && mail.text.contains("/breakdown")).count()
    };
    assert_eq!(told(&to), 0);
    assert!(new.iter().any(|mail| mail.text.contains("/breakdown")));
}
