//! Nobody keeps somebody else out: neither by trying their password, nor by trying codes, nor does
//! a clock that is set back. And nobody chooses a password that everybody knows.

use std::net::{IpAddr, SocketAddr};
use std::process::Command;

use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use axum::{Extension, Router};
use relais::breach_list::BreachList;
use relais::journal::{ChainState, store as journal};
use relais::limits;
use relais::team::Role;
use relais::wiring;

use crate::access::{EMAIL, PASSWORD, camille, form};
use crate::factor::ada;
use crate::support::customer::{Customer, asking, journey, live, mail_to};
use crate::support::{World, both};
use crate::visitor::{Visitor, signed_in};

both!(
    who_tries_the_password_of_another_keeps_nobody_out,
    who_tries_codes_elsewhere_keeps_nobody_out_where_they_were_let_in,
    a_clock_that_is_set_back_keeps_nobody_out,
    a_password_that_became_known_elsewhere_is_refused,
);

/// A browser at an address.
fn at(router: &Router, address: &str) -> Visitor {
    let address: IpAddr = address.parse().expect("an address");
    let peer = ConnectInfo(SocketAddr::from((address, 40_000)));
    Visitor::new(&router.clone().layer(Extension(peer)))
}

async fn who_tries_the_password_of_another_keeps_nobody_out(world: World) {
    let (router, _) = camille(&world).await;
    let wrong = form(EMAIL, "neuf moutons noirs");
    let most = limits::ATTEMPTS_ACCOUNT.0;
    for network in 0..25 {
        let mut attacker = at(&router, &format!("198.51.{network}.7"));
        for _ in 0..most {
            assert_eq!(attacker.post("/sign-in", &wrong).await.status, StatusCode::FORBIDDEN);
        }
        let refused = attacker.post("/sign-in", &wrong).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        let mut neighbour = at(&router, &format!("198.51.{network}.8"));
        let refused = neighbour.post("/sign-in", &form(EMAIL, PASSWORD)).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "one network, one count");
    }
    let entered = at(&router, "192.0.2.1").post("/sign-in", &form(EMAIL, PASSWORD)).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
    world.app.clock.set(world.app.clock.now() + 30);
    let again = at(&router, "198.51.3.7").post("/sign-in", &form(EMAIL, PASSWORD)).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "and there, after a while");
}

async fn who_tries_codes_elsewhere_keeps_nobody_out_where_they_were_let_in(world: World) {
    let ada = ada(&world).await;
    let password = form(&ada.email, crate::factor::PASSWORD);
    let half = async |address: &str| {
        let mut visitor = at(&ada.router, address);
        let half = visitor.post("/sign-in", &password).await;
        assert_eq!(half.header("location"), "/sign-in/code", "{}", half.body);
        visitor
    };
    let code = || format!("code={}", ada.shared.code_at(world.app.clock.now()));
    let entered = half("192.0.2.1").await.post("/sign-in/code", &code()).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
    // Setting it up took codes, too.
    world.app.clock.set(world.app.clock.now() + 3_600);

    // Somebody knows the password, and guesses from everywhere.
    let mut tried = 0;
    for network in 0..40 {
        let mut attacker = half(&format!("198.51.{network}.7")).await;
        let guess = attacker.post("/sign-in/code", "code=000000").await.status;
        tried += u32::from(guess == StatusCode::FORBIDDEN);
    }
    assert_eq!(tried, limits::ATTEMPTS_FACTOR.0, "all networks together have one count");
    let elsewhere = half("203.0.113.9").await.post("/sign-in/code", &code()).await;
    assert_eq!(elsewhere.status, StatusCode::TOO_MANY_REQUESTS);
    let entered = half("192.0.2.1").await.post("/sign-in/code", &code()).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
}

async fn a_clock_that_is_set_back_keeps_nobody_out(world: World) {
    let organisation = asking(&world).await;
    for (n, source) in ["A", "B", "C"].into_iter().enumerate() {
        journey(&world, source, &format!("c{n}@example.org"), "en").await;
    }
    live(&world, 30).await;
    let router = wiring::router(world.app.clone());
    let mut administrator =
        signed_in(&world.app, &router, organisation, Role::Administrator, &[]).await;
    let chosen = format!("new={PASSWORD}&again={PASSWORD}").replace(' ', "+");
    assert_eq!(administrator.post("/password", &chosen).await.status, StatusCode::SEE_OTHER);
    let mut stranger = at(&router, "198.51.100.7");
    let wrong = form("nobody@example.org", PASSWORD);
    while stranger.post("/sign-in", &wrong).await.status == StatusCode::FORBIDDEN {}
    let mut customer = Customer::new(&router, &mail_to(&world, "c0@example.org"));
    customer.sends("/1", "outcome=3", "/2").await;
    for (n, back) in [60, 3_600].into_iter().enumerate() {
        let now = world.app.clock.now() - back;
        world.app.clock.set(now);
        assert_eq!(administrator.get("/setup").await.status, StatusCode::OK, "{back}: a session");
        assert_eq!(customer.get("/2").await.status, StatusCode::OK, "{back}: a customer");
        customer.sends("/1", "outcome=2", "/2").await;
        let address = format!("c{}@example.org", n + 1);
        let mut next = Customer::new(&router, &mail_to(&world, &address));
        next.sends("/3", "comment=fine", "/thanks").await;
        let mut owner = signed_in(&world.app, &router, organisation, Role::ProcessOwner, &[]).await;
        assert_eq!(owner.get("/journal").await.status, StatusCode::OK, "{back}: a link");
        assert_eq!(Visitor::new(&router).get("/readyz").await.status, StatusCode::OK);
        // Whoever waited for a turn waits as long as before, not until the clock is back.
        let wait = stranger.post("/sign-in", &wrong).await;
        assert_eq!(wait.status, StatusCode::TOO_MANY_REQUESTS, "{back}");
        let seconds: i64 = wait.header("retry-after").parse().expect("seconds");
        assert!((1..=30).contains(&seconds), "{back}: {seconds}");
        world.app.clock.set(now + seconds);
        assert_eq!(stranger.post("/sign-in", &wrong).await.status, StatusCode::FORBIDDEN, "{back}");
    }
    crate::support::customer::work(&world.app).await;
    relais::worker::schedule(&world.app).await.expect("the schedule");
    let chain = journal::verify(&world.app.db, organisation).await.expect("the journal");
    assert!(matches!(chain, ChainState::Whole { .. }), "{chain:?}");
    // Half an hour of nothing ends a session, however late the clock says it is.
    world.app.clock.set(world.app.clock.now() + limits::SESSION_IDLE);
    assert_eq!(administrator.get("/setup").await.status, StatusCode::SEE_OTHER);
}

async fn a_password_that_became_known_elsewhere_is_refused(mut world: World) {
    let known = "dix poules rousses";
    let list = world.file("known.txt", format!("password\n{known}\nazerty\n"));
    world.app.breaches = Some(BreachList::open(&list).expect("a list"));
    let (_, mut camille) = camille(&world).await;
    let page = camille.get("/password").await.body;
    assert_eq!(page.matches("type=\"password\"").count(), 3, "{page}");
    let change = |new: &str| format!("current={PASSWORD}&new={new}&again={new}").replace(' ', "+");
    let refused = camille.post("/password", &change(known)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("became known elsewhere"), "{}", refused.body);
    let taken = camille.post("/password", &change("onze canards muets")).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    // A list that is gone is no reason to take anything.
    std::fs::remove_file(&list).expect("it is gone");
    let form =
        change("douze oies blanches").replace(&PASSWORD.replace(' ', "+"), "onze+canards+muets");
    assert_eq!(camille.post("/password", &form).await.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[test]
fn a_list_of_passwords_that_cannot_be_read_is_told_at_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = Command::new(env!("CARGO_BIN_EXE_relais"))
        .args(["serve", "--check", "--data"])
        .arg(folder.path().join("data"))
        .env("RELAIS_BREACHED_PASSWORDS", folder.path().join("nothing"))
        .env("RELAIS_LISTEN", "127.0.0.1:0")
        .env_remove("DATABASE_URL")
        .env("LANG", "C")
        .output()
        .expect("the program");
    let said = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(!told.status.success() && said.contains("nothing: No such file"), "{said}");
}
