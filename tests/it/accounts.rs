//! Who is let in, as what, and how somebody is out again: on the pages, by mail and on the command
//! line.

use axum::Router;
use axum::http::StatusCode;
use relais::config::Config;
use relais::id::OrganisationId;
use relais::journal::{ChainState, store as journal};
use relais::limits;
use relais::mail::Mailer;
use relais::organisation::store;
use relais::schema::{account, journal_entry};
use relais::team::Role;
use relais::wiring;
use sea_orm::EntityTrait;

use crate::support::customer::Mail;
use crate::support::demo::relais;
use crate::support::dump::dump;
use crate::support::{NOON, World, both};
use crate::visitor::{Answered, Visitor, signed_in, teams_and_sites};

both!(
    somebody_is_invited_by_mail_and_the_link_signs_in_once,
    without_a_mail_server_the_link_is_shown_once_and_stored_nowhere,
    what_is_wrong_with_an_invitation_is_said_at_its_field,
    another_role_holds_at_once_and_ends_what_was_begun,
    a_removed_account_is_out_at_once_and_nothing_of_it_stays,
    the_last_administrator_stays,
    a_new_link_is_written_down_like_everything_else,
);

/// An administrator, in an organisation with two teams and two sites.
async fn administered(world: &World) -> (Router, OrganisationId, Visitor) {
    let organisation = store::ensure(&world.app.db, NOON).await.expect("an organisation");
    teams_and_sites(&world.app, organisation).await;
    let router = wiring::router(world.app.clone());
    let administrator =
        signed_in(&world.app, &router, organisation, Role::Administrator, &[]).await;
    (router, organisation, administrator)
}

/// Mails stay in the memory, as if a server took them.
fn with_mail(world: &mut World) {
    let options =
        [("data", world.folder.path().display().to_string()), ("mail", "memory".to_owned())];
    let config = Config::read(&options, |_| None).expect("the settings");
    world.app.mailer = Mailer::of_settings(&config.mail).expect("a mailer");
}

const MEMBER: &str = "email=Ada%40example.org&lang=fr&role=member&team=reception&site=S1&team=&site=&reason=She+joins";

/// The path of the one-time link that stands in some text.
fn link_in(text: &str) -> String {
    let at = text.find("/sign-in/").expect("a link");
    text[at..at + 35].to_owned()
}

async fn spend(router: &Router, path: &str) -> (Visitor, Answered) {
    let mut visitor = Visitor::new(router);
    assert_eq!(visitor.get(path).await.status, StatusCode::OK);
    let answered = visitor.post(path, "").await;
    (visitor, answered)
}

async fn entries(world: &World) -> Vec<journal_entry::Model> {
    let mut all =
        journal_entry::Entity::find().all(world.app.db.reader()).await.expect("the journal");
    all.sort_by_key(|entry| entry.number);
    all
}

async fn row(world: &World, number: i64) -> account::Model {
    let row = account::Entity::find_by_id((OrganisationId::new(1), number))
        .one(world.app.db.reader())
        .await;
    row.expect("a row").expect("an account")
}

async fn somebody_is_invited_by_mail_and_the_link_signs_in_once(mut world: World) {
    with_mail(&mut world);
    let (router, _, mut administrator) = administered(&world).await;
    let made = administrator.post("/accounts", MEMBER).await;
    assert_eq!(made.status, StatusCode::OK);
    assert!(
        made.body.contains("ada@example.org") && !made.body.contains("/sign-in/"),
        "{}",
        made.body
    );
    let sent = world.app.mailer.delivered();
    let mail = Mail::read(&sent[0].message);
    assert_eq!(
        (sent.len(), mail.to.as_str(), mail.unsubscribe.as_str()),
        (1, "ada@example.org", "")
    );
    assert!(
        mail.subject.contains("votre accès") && mail.html.contains("jusqu’au mardi 24 novembre"),
        "{}",
        mail.html
    );
    let path = link_in(&mail.text);
    assert_eq!(path, link_in(&mail.html));
    let (mut ada, entered) = spend(&router, &path).await;
    assert_eq!(entered.header("location"), "/password");
    assert_eq!(ada.get("/teams/reception/readers").await.status, StatusCode::OK);
    assert_eq!(ada.get("/accounts").await.status, StatusCode::FORBIDDEN);
    assert_eq!(spend(&router, &path).await.1.status, StatusCode::NOT_FOUND, "once");
    let last = entries(&world).await.pop().expect("an entry");
    assert_eq!((last.author.as_str(), last.reason.as_str()), ("administrator 1", "She joins"));
    assert!(
        last.after
            .as_deref()
            .is_some_and(|after| after.contains("\"number\":2") && after.contains("S1"))
    );
    let told = format!("{:?}", entries(&world).await);
    assert!(
        !told.contains("ada") && !told.contains(&path[9..]),
        "no address and no secret: {told}"
    );
}

async fn without_a_mail_server_the_link_is_shown_once_and_stored_nowhere(world: World) {
    let (router, _, mut administrator) = administered(&world).await;
    let page = administrator.get("/accounts").await.body;
    assert!(page.contains("No mail server is set"), "{page}");
    let shown = administrator.post("/accounts", MEMBER).await;
    let path = link_in(&shown.body);
    let stored = dump(&world).await.join("\n");
    assert!(!stored.contains(&path[9..]), "a secret lies in the database");
    assert!(!administrator.get("/accounts").await.body.contains(&path));
    world.app.clock.set(NOON + limits::SIGN_IN_LINK);
    assert_eq!(spend(&router, &path).await.1.status, StatusCode::NOT_FOUND, "it expires");
}

async fn what_is_wrong_with_an_invitation_is_said_at_its_field(world: World) {
    let (_, _, mut administrator) = administered(&world).await;
    assert_eq!(administrator.post("/accounts", MEMBER).await.status, StatusCode::OK);
    let before = entries(&world).await.len();
    let tries = [
        ("email=ada&role=owner&reason=x", "email"),
        ("email=bea@example.org&role=owner&reason=+", "reason"),
        ("email=bea@example.org&role=member&team=&site=&reason=x", "team"),
        ("email=bea@example.org&role=member&team=nobody&site=&reason=x", "team"),
        ("email=bea@example.org&role=member&team=reception&site=S9&reason=x", "team"),
        ("email=bea@example.org&role=king&reason=x", "role"),
        ("email=ADA@example.org&role=owner&reason=x", "email"),
        ("", "email"),
    ];
    for (form, field) in tries {
        for lang in ["fr", "en"] {
            let page = administrator.post(&format!("/accounts?lang={lang}"), form).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
            for mark in [format!("id=\"{field}-problem\""), format!("href=\"#{field}\"")] {
                assert!(page.body.contains(&mark), "{form} {mark}: {}", page.body);
            }
        }
    }
    assert_eq!(entries(&world).await.len(), before);
    let typed = administrator
        .post("/accounts", "email=x%22%3E%3Cb%3E&role=owner&reason=because+of+it")
        .await
        .body;
    assert!(
        typed.contains("because of it") && !typed.contains("\"><b>"),
        "what was typed stays, escaped: {typed}"
    );
}

async fn another_role_holds_at_once_and_ends_what_was_begun(world: World) {
    let (router, organisation, mut administrator) = administered(&world).await;
    let mut member = signed_in(
        &world.app,
        &router,
        organisation,
        Role::TeamMember,
        &[("reception", Some("S1"))],
    )
    .await;
    assert_eq!(member.get("/teams/reception/readers").await.status, StatusCode::OK);
    let page = administrator.get("/accounts/2").await.body;
    assert!(
        page.contains("<option value=\"reception\" selected>")
            && page.contains("<option value=\"S1\" selected>")
    );
    let changed = administrator
        .post("/accounts/2", "role=representative&team=reception&site=S1&reason=elected")
        .await;
    assert_eq!((changed.status, changed.header("location")), (StatusCode::SEE_OTHER, "/accounts"));
    let out = member.get("/teams/reception/readers").await;
    assert_eq!(
        out.header("location"),
        "/sign-in?next=/teams/reception/readers",
        "the session has ended"
    );
    let last = entries(&world).await.pop().expect("an entry");
    assert_eq!(last.reason, "elected");
    assert!(last.before.is_some_and(|was| was.contains("member")));
    assert!(
        last.after.is_some_and(|is| is.contains("representative") && !is.contains("reception"))
    );
    let entries_now = entries(&world).await.len();
    administrator.post("/accounts/2", "role=representative&reason=again").await;
    assert_eq!(entries(&world).await.len(), entries_now, "nothing changed, nothing to tell");
}

async fn a_removed_account_is_out_at_once_and_nothing_of_it_stays(world: World) {
    let (router, organisation, mut administrator) = administered(&world).await;
    let shown = administrator.post("/accounts", MEMBER).await;
    let (mut ada, _) = spend(&router, &link_in(&shown.body)).await;
    let form = "new=quatre+chevaux+gris&again=quatre+chevaux+gris";
    assert_eq!(ada.post("/password", form).await.status, StatusCode::SEE_OTHER);
    let refused = administrator.post("/accounts/2/remove", "").await;
    assert!(
        refused.status == StatusCode::UNPROCESSABLE_ENTITY
            && refused.body.contains("remove-reason-problem")
    );
    assert_eq!(ada.get("/journal").await.status, StatusCode::OK);
    assert_eq!(
        administrator.post("/accounts/2/remove", "remove-reason=She+leaves").await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(ada.get("/journal").await.status, StatusCode::SEE_OTHER);
    let again = Visitor::new(&router)
        .post("/sign-in", "email=ada@example.org&password=quatre+chevaux+gris")
        .await;
    assert_eq!(again.status, StatusCode::FORBIDDEN);
    let emptied = row(&world, 2).await;
    assert!(
        emptied.disabled && emptied.password_hash.is_none() && emptied.email == "removed:1:2",
        "{emptied:?}"
    );
    assert!(
        dump(&world).await.iter().all(|row| !row.contains("ada@example")),
        "the address is gone"
    );
    assert_eq!(administrator.get("/accounts/2").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        administrator.post("/accounts", MEMBER).await.status,
        StatusCode::OK,
        "she may come back"
    );
    assert_eq!(row(&world, 3).await.email, "ada@example.org", "under a number of her own");
    let whole = journal::verify(&world.app.db, organisation).await.expect("a walk");
    assert!(matches!(whole, ChainState::Whole { .. }), "{whole:?}");
}

async fn the_last_administrator_stays(world: World) {
    let (router, organisation, mut administrator) = administered(&world).await;
    for (path, form) in
        [("/accounts/1/remove", "remove-reason=x"), ("/accounts/1", "role=owner&reason=x")]
    {
        let page = administrator.post(path, form).await;
        assert!(
            page.status == StatusCode::UNPROCESSABLE_ENTITY
                && page.body.contains("last administrator"),
            "{path}"
        );
    }
    signed_in(&world.app, &router, organisation, Role::Administrator, &[]).await;
    assert_eq!(
        administrator.post("/accounts/1/remove", "remove-reason=x").await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        administrator.get("/accounts").await.status,
        StatusCode::SEE_OTHER,
        "out, by her own hand"
    );
}

async fn a_new_link_is_written_down_like_everything_else(world: World) {
    let (router, _, mut administrator) = administered(&world).await;
    administrator.post("/accounts", MEMBER).await;
    let before = entries(&world).await.len();
    let refused = administrator.post("/accounts/2/link", "link-reason=").await;
    assert!(
        refused.status == StatusCode::UNPROCESSABLE_ENTITY
            && refused.body.contains("link-reason-problem")
    );
    let shown = administrator.post("/accounts/2/link", "link-reason=password+lost").await;
    assert_eq!(spend(&router, &link_in(&shown.body)).await.1.status, StatusCode::SEE_OTHER);
    let all = entries(&world).await;
    let last = all.last().expect("an entry");
    assert_eq!(
        (all.len(), last.subject.as_str(), last.reason.as_str()),
        (before + 1, "sign-in-link", "password lost")
    );
}

#[test]
fn the_command_line_lets_in_changes_recovers_and_removes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = |args: &[&str]| {
        let told = relais(folder.path(), &[args, &["--json", "--lang", "en"]].concat());
        assert!(told.status.success(), "{args:?}: {}", String::from_utf8_lossy(&told.stderr));
        serde_json::from_slice::<serde_json::Value>(&told.stdout).expect("one JSON document")
    };
    let refused = |args: &[&str]| {
        let told = relais(folder.path(), &[args, &["--lang", "en"]].concat());
        assert_eq!(told.status.code(), Some(1), "{args:?}");
        String::from_utf8_lossy(&told.stderr).into_owned()
    };
    run(&["init", "--administrator", "ada@example.org"]);
    let bea = ["--email", "bea@example.org"];
    run(&[&["account", "add"], &bea[..], &["--role", "owner", "--reason", "She owns it"]].concat());
    run(&[&["account", "change"], &bea[..], &["--role", "administrator", "--reason", "She helps"]]
        .concat());
    let listed = run(&["account", "list"]);
    assert_eq!(listed["accounts"][1]["role"], "administrator", "{listed}");
    let link = run(&[&["account", "link"], &bea[..]].concat());
    assert!(link["link"].as_str().is_some_and(|link| link.contains("/sign-in/")));
    let none =
        refused(&[&["account", "reset-second-factor"], &bea[..], &["--reason", "lost"]].concat());
    assert!(none.contains("no second factor"), "{none}");
    run(&[&["account", "remove"], &bea[..], &["--reason", "She leaves"]].concat());
    assert!(refused(&[&["account", "link"], &bea[..]].concat()).contains("Nobody"));
    let last = ["account", "remove", "--email", "ada@example.org", "--reason", "x"];
    assert!(refused(&last).contains("last administrator"));
    assert_eq!(run(&["journal", "verify"])["whole"], true);
    let key = ["--label", "feed", "--reason", "the planning system"];
    assert!(
        refused(&[&["key", "add", "--scope", "breakdown:read"], &key[..]].concat())
            .contains("eyes")
    );
    run(&[
        &["key", "add", "--scope", "events:write", "--scope", "breakdown:read", "--eyes", "owner"],
        &key[..],
    ]
    .concat());
    let keys = run(&["key", "list"]);
    assert_eq!(keys["keys"][0]["scope"], "events:write breakdown:read", "{keys}");
    run(&["key", "revoke", "--label", "feed", "--reason", "no longer"]);
    assert_eq!(run(&["key", "list"])["keys"], serde_json::json!([]));
}
