//! The second factor: set up, asked for, replayed, lost, required.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use relais::config::SecondFactor;
use relais::id::OrganisationId;
use relais::limits;
use relais::organisation::store;
use relais::schema::journal_entry;
use relais::team::Role;
use relais::team::admission;
use relais::team::factor::{self, SharedSecret};
use relais::token::Token;
use relais::wiring;
use sea_orm::EntityTrait;

use crate::support::dump::dump;
use crate::support::{NOON, World, both};
use crate::visitor::{Answered, Visitor, admission as because, signed_in, teams_and_sites};

both!(
    a_code_is_asked_for_after_the_password_and_taken_once,
    half_a_sign_in_opens_nothing_and_ends_soon,
    of_many_who_present_one_code_one_is_let_in,
    a_recovery_code_is_good_once_and_new_ones_replace_the_old,
    wrong_codes_run_out,
    the_secret_and_the_codes_lie_nowhere_as_they_are,
    a_link_does_not_go_around_it,
    setting_it_up_needs_the_password_and_ends_other_sessions,
    whoever_must_have_one_sees_nothing_else_first,
    who_has_lost_it_is_helped_from_the_command_line_alone,
);

pub(crate) const PASSWORD: &str = "quatre chevaux gris";
const SESSION: &str = "relais-session";

/// Somebody with a password and a second factor: the address, what her application shares, and her
/// recovery codes.
pub(crate) struct Ada {
    pub(crate) router: Router,
    pub(crate) email: String,
    pub(crate) shared: SharedSecret,
    codes: Vec<String>,
    visitor: Visitor,
}

/// A process owner who has chosen a password.
async fn owner(world: &World) -> (Router, String, Visitor) {
    let organisation = store::ensure(&world.app.db, NOON).await.expect("an organisation");
    teams_and_sites(&world.app, organisation).await;
    let router = wiring::router(world.app.clone());
    signed_in(&world.app, &router, organisation, Role::Administrator, &[]).await;
    let mut visitor = signed_in(&world.app, &router, organisation, Role::ProcessOwner, &[]).await;
    let form = format!("new={PASSWORD}&again={PASSWORD}");
    assert_eq!(visitor.post("/password", &form).await.status, StatusCode::SEE_OTHER);
    let row = relais::team::account::store::account(world.app.db.reader(), organisation, 2).await;
    (router, row.expect("a row").expect("an account").email, visitor)
}

pub(crate) async fn ada(world: &World) -> Ada {
    let (router, email, mut visitor) = owner(world).await;
    let begun = visitor.post("/second-factor", &format!("current={PASSWORD}")).await;
    assert_eq!(begun.header("location"), "/second-factor", "{}", begun.body);
    let shared = shown(&visitor.get("/second-factor").await.body, &email);
    let form = format!("code={}", shared.code_at(world.app.clock.now()));
    let confirmed = visitor.post("/second-factor/confirm", &form).await;
    assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.body);
    let codes = recovery_codes(&confirmed);
    // The code that confirmed it has been taken.
    world.app.clock.set(world.app.clock.now() + 60);
    Ada { router, email, shared, codes, visitor }
}

/// The secret of a page, to be typed by hand.
fn shown(page: &str, email: &str) -> SharedSecret {
    let secret = page
        .split("<code>")
        .nth(1)
        .and_then(|rest| rest.split("</code>").next())
        .expect("a secret");
    SharedSecret::of(&secret.replace(' ', ""), email, "Relais").expect("a secret that can be used")
}

fn recovery_codes(page: &Answered) -> Vec<String> {
    page.body
        .split("<li><code>")
        .skip(1)
        .filter_map(|rest| rest.split("</code>").next())
        .map(str::to_owned)
        .collect()
}

impl Ada {
    /// A new browser whose password was right.
    async fn half(&self) -> Visitor {
        let mut visitor = Visitor::new(&self.router);
        let form =
            format!("email={}&password={PASSWORD}&next=/journal", self.email).replace(' ', "+");
        let half = visitor.post("/sign-in", &form).await;
        assert_eq!(half.header("location"), "/sign-in/code?next=/journal", "{}", half.body);
        visitor
    }

    async fn presents(&self, code: &str) -> (Visitor, Answered) {
        let mut visitor = self.half().await;
        let answered = visitor.post("/sign-in/code", &format!("code={code}&next=/journal")).await;
        (visitor, answered)
    }
}

fn in_(answered: &Answered) -> bool {
    answered.status == StatusCode::SEE_OTHER && answered.header("location") == "/journal"
}

async fn a_code_is_asked_for_after_the_password_and_taken_once(world: World) {
    let ada = ada(&world).await;
    let code = ada.shared.code_at(world.app.clock.now());
    let mut visitor = ada.half().await;
    let page = visitor.get("/sign-in/code?next=/journal").await;
    assert!(page.body.contains("name=\"next\" value=\"/journal\""), "{}", page.body);
    let half = visitor.cookies[SESSION].clone();
    let entered = visitor.post("/sign-in/code", &format!("code={code}&next=/journal")).await;
    assert!(in_(&entered), "{entered:?}");
    assert_ne!(visitor.cookies[SESSION], half, "a new session for who is more than before");
    assert_eq!(visitor.get("/journal").await.status, StatusCode::OK);
    let mut old = Visitor::new(&ada.router);
    old.cookies.insert(SESSION.to_owned(), half);
    assert_eq!(
        old.get("/sign-in/code").await.header("location"),
        "/sign-in",
        "the half one has ended"
    );
    for at in [0, 15, 30] {
        world.app.clock.set(world.app.clock.now() + at);
        let (_, again) = ada.presents(&code).await;
        assert_eq!(again.status, StatusCode::FORBIDDEN, "replayed after {at} seconds");
    }
    world.app.clock.set(world.app.clock.now() + 300);
    assert!(
        in_(&ada.presents(&ada.shared.code_at(world.app.clock.now())).await.1),
        "the next one is good"
    );
    let earlier = ada.shared.code_at(world.app.clock.now() - 30);
    assert_eq!(
        ada.presents(&earlier).await.1.status,
        StatusCode::FORBIDDEN,
        "none from before the last one"
    );
}

async fn half_a_sign_in_opens_nothing_and_ends_soon(world: World) {
    let ada = ada(&world).await;
    let mut half = ada.half().await;
    for path in ["/", "/journal", "/network", "/password", "/second-factor", "/sessions"] {
        let answered = half.get(path).await;
        assert_eq!(answered.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answered.header("location").starts_with("/sign-in/code"), "{path}");
    }
    for (path, form) in [
        ("/password", "new=a&again=a"),
        ("/second-factor/remove", "code=1"),
        ("/sessions", "end=others"),
    ] {
        let answered = half.post(path, form).await;
        assert!(
            answered.header("location").starts_with("/sign-in/code"),
            "{path}: {}",
            answered.status
        );
    }
    assert_eq!(half.get("/api/v1/breakdown").await.status, StatusCode::UNAUTHORIZED);
    let listed = ada.visitor.clone().get("/sessions").await.body;
    assert_eq!(
        listed.matches("<tr><th scope=\"row\">").count(),
        1,
        "half a sign-in is no session: {listed}"
    );
    world.app.clock.set(world.app.clock.now() + limits::FACTOR_WAIT);
    let code = ada.shared.code_at(world.app.clock.now());
    assert_eq!(
        half.post("/sign-in/code", &format!("code={code}")).await.header("location"),
        "/sign-in"
    );
}

async fn of_many_who_present_one_code_one_is_let_in(world: World) {
    let ada = ada(&world).await;
    let code = ada.shared.code_at(world.app.clock.now());
    let mut halves = Vec::new();
    for _ in 0..4 {
        halves.push(ada.half().await);
    }
    let presses = halves.into_iter().map(|mut half| {
        let form = format!("code={code}&next=/journal");
        tokio::spawn(async move { half.post("/sign-in/code", &form).await })
    });
    let mut entered = 0;
    for press in presses.collect::<Vec<_>>() {
        entered += usize::from(in_(&press.await.expect("an answer")));
    }
    assert_eq!(entered, 1);
}

async fn a_recovery_code_is_good_once_and_new_ones_replace_the_old(world: World) {
    let ada = ada(&world).await;
    assert_eq!(ada.codes.len(), limits::RECOVERY_CODES);
    let (mut visitor, entered) = ada.presents(&ada.codes[0].to_uppercase().replace('-', "+")).await;
    assert!(in_(&entered), "{entered:?}");
    assert_eq!(ada.presents(&ada.codes[0]).await.1.status, StatusCode::FORBIDDEN, "once");
    assert!(visitor.get("/second-factor").await.body.contains("9 recovery codes are left"));
    let refused = visitor.post("/second-factor/codes", "code=000000").await;
    assert!(
        refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("code-problem")
    );
    let code = ada.shared.code_at(world.app.clock.now());
    let fresh =
        recovery_codes(&visitor.post("/second-factor/codes", &format!("code={code}")).await);
    assert_eq!(fresh.len(), limits::RECOVERY_CODES);
    assert_eq!(
        ada.presents(&ada.codes[1]).await.1.status,
        StatusCode::FORBIDDEN,
        "the old ones are worth nothing"
    );
    world.app.clock.set(world.app.clock.now() + 600);
    assert!(in_(&ada.presents(&fresh[1]).await.1));
}

async fn wrong_codes_run_out(world: World) {
    let ada = ada(&world).await;
    world.app.clock.set(world.app.clock.now() + 3_600);
    for _ in 0..limits::ATTEMPTS_FACTOR.0 {
        assert_eq!(ada.presents("000000").await.1.status, StatusCode::FORBIDDEN);
        world.app.clock.set(world.app.clock.now() + 1);
    }
    let right = ada.shared.code_at(world.app.clock.now());
    let (_, refused) = ada.presents(&right).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "not even the right one");
    assert!(!refused.header("retry-after").is_empty());
    world.app.clock.set(world.app.clock.now() + 180);
    assert!(in_(&ada.presents(&ada.shared.code_at(world.app.clock.now())).await.1));
}

async fn the_secret_and_the_codes_lie_nowhere_as_they_are(world: World) {
    let ada = ada(&world).await;
    let stored = dump(&world).await.join("\n").to_lowercase();
    let secret = ada.shared.typed().replace(' ', "");
    let raw = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).expect("base32");
    let forms = [
        secret.to_lowercase(),
        data_encoding::HEXLOWER.encode(secret.as_bytes()),
        data_encoding::HEXLOWER.encode(&raw),
    ];
    for form in forms.iter().map(String::as_str).chain(ada.codes.iter().map(String::as_str)) {
        assert!(
            !stored.contains(form) && !stored.contains(&form.replace('-', "")),
            "{form} lies in the database"
        );
    }
    assert!(
        stored.contains("second_factor")
            && stored.matches("recovery_code:").count() >= limits::RECOVERY_CODES
    );
    let page = ada.visitor.clone().get("/second-factor").await.body;
    assert!(!page.contains(&ada.shared.typed()), "it is not shown again");
}

async fn a_link_does_not_go_around_it(world: World) {
    let ada = ada(&world).await;
    let link = world.app.random(Token::random);
    admission::renew_link(
        &world.app.db,
        OrganisationId::new(1),
        2,
        link.clone(),
        because(&world.app),
    )
    .await
    .expect("a link");
    let mut visitor = Visitor::new(&ada.router);
    assert_eq!(visitor.spend(&link).await.header("location"), "/sign-in/code?next=/password");
    let code = ada.shared.code_at(world.app.clock.now());
    let entered = visitor.post("/sign-in/code", &format!("code={code}&next=/password")).await;
    assert_eq!(entered.header("location"), "/password");
}

async fn setting_it_up_needs_the_password_and_ends_other_sessions(world: World) {
    let (router, email, mut visitor) = owner(&world).await;
    let mut other = Visitor::new(&router);
    other.post("/sign-in", &format!("email={email}&password={PASSWORD}").replace(' ', "+")).await;
    assert_eq!(other.get("/journal").await.status, StatusCode::OK);
    let before = visitor.cookies[SESSION].clone();
    let refused = visitor.post("/second-factor", "current=wrong").await;
    assert!(
        refused.status == StatusCode::UNPROCESSABLE_ENTITY
            && refused.body.contains("current-problem")
    );
    visitor.post("/second-factor", &format!("current={PASSWORD}")).await;
    let shared = shown(&visitor.get("/second-factor").await.body, &email);
    assert_eq!(
        visitor.post("/second-factor/confirm", "code=000000").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let mut plain = Visitor::new(&router);
    let form = format!("email={email}&password={PASSWORD}").replace(' ', "+");
    assert_eq!(
        plain.post("/sign-in", &form).await.header("location"),
        "/",
        "what is not confirmed is not asked for"
    );
    let code = format!("code={}", shared.code_at(world.app.clock.now()));
    assert_eq!(visitor.post("/second-factor/confirm", &code).await.status, StatusCode::OK);
    assert_ne!(visitor.cookies[SESSION], before);
    assert_eq!(visitor.get("/journal").await.status, StatusCode::OK);
    assert_eq!(other.get("/journal").await.status, StatusCode::SEE_OTHER);
    let begun = visitor.post("/second-factor", &format!("current={PASSWORD}")).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    assert!(
        !visitor.get("/second-factor").await.body.contains("<svg class"),
        "a confirmed one is not replaced unasked"
    );
}

async fn whoever_must_have_one_sees_nothing_else_first(mut world: World) {
    Arc::make_mut(&mut world.app.config).second_factor = SecondFactor::Everyone;
    let organisation = store::ensure(&world.app.db, NOON).await.expect("an organisation");
    let router = wiring::router(world.app.clone());
    let mut visitor = signed_in(&world.app, &router, organisation, Role::Administrator, &[]).await;
    for path in ["/", "/setup", "/accounts", "/keys", "/journal", "/readers", "/sessions"] {
        assert_eq!(visitor.get(path).await.header("location"), "/second-factor", "{path}");
    }
    assert_eq!(visitor.post("/accounts", "email=x").await.header("location"), "/second-factor");
    assert_eq!(visitor.get("/api/v1/breakdown").await.status, StatusCode::FORBIDDEN);
    assert_eq!(visitor.get("/password").await.status, StatusCode::OK);
    assert!(visitor.get("/second-factor").await.body.contains("Your role needs"));
    visitor.post("/second-factor", "").await;
    let shared = shown(&visitor.get("/second-factor").await.body, "x");
    let code = format!("code={}", shared.code_at(NOON));
    assert_eq!(visitor.post("/second-factor/confirm", &code).await.status, StatusCode::OK);
    assert_eq!(visitor.get("/setup").await.status, StatusCode::OK);
    world.app.clock.set(NOON + 60);
    let code = format!("code={}", shared.code_at(NOON + 60));
    let kept = visitor.post("/second-factor/remove", &code).await;
    assert_eq!(
        kept.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "nobody takes away what the role needs"
    );
    assert!(
        factor::store::is_confirmed(world.app.db.reader(), (organisation, 1))
            .await
            .expect("a look")
    );
}

async fn who_has_lost_it_is_helped_from_the_command_line_alone(world: World) {
    let mut ada = ada(&world).await;
    factor::reset(&world.app.db, OrganisationId::new(1), 2, because(&world.app))
        .await
        .expect("reset");
    assert_eq!(ada.visitor.get("/journal").await.status, StatusCode::SEE_OTHER, "its sessions end");
    let mut visitor = Visitor::new(&ada.router);
    let form = format!("email={}&password={PASSWORD}&next=/journal", ada.email).replace(' ', "+");
    assert!(in_(&visitor.post("/sign-in", &form).await), "the password is enough again");
    let entries =
        journal_entry::Entity::find().all(world.app.db.reader()).await.expect("the journal");
    assert!(
        entries
            .iter()
            .any(|entry| entry.subject == "second-factor" && entry.reason == "for the story")
    );
    assert!(
        factor::reset(&world.app.db, OrganisationId::new(1), 2, because(&world.app)).await.is_err(),
        "there is none any more"
    );
}
