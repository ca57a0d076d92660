//! Who may come in, for how long, and what each may read.

use std::time::{Duration, Instant};

use axum::Router;
use axum::http::{Method, StatusCode};
use axum::routing::get;
use relais::app::App;
use relais::i18n::Lang;
use relais::id::OrganisationId;
use relais::limits;
use relais::organisation::store::{self, NewOrganisation};
use relais::schema::account;
use relais::team::account::Email;
use relais::team::admission;
use relais::team::session::Cookie;
use relais::team::web::ApiCaller;
use relais::team::{Grant, Role, key};
use relais::token::Token;
use relais::wiring;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::{NOON, World, both};
use crate::visitor::{Visitor, admission as because, signed_in, teams_and_sites};

pub(crate) const EMAIL: &str = "camille@example.org";
pub(crate) const PASSWORD: &str = "quatre chevaux gris";
pub(crate) const SESSION: &str = "relais-session";

pub(crate) async fn begin(world: &World) -> (Router, OrganisationId) {
    let organisation =
        store::ensure(&world.app.db, world.app.clock.now()).await.expect("an organisation");
    (wiring::router(world.app.clone()), organisation)
}

pub(crate) async fn first_link(app: &App, organisation: OrganisationId) -> Token {
    let link = app.random(Token::random);
    let email = Email::parse(EMAIL).expect("an address");
    let made = admission::first_administrator(
        &app.db,
        organisation,
        email,
        Lang::En,
        link.clone(),
        because(app),
    )
    .await;
    made.expect("the first administrator");
    link
}

/// An administrator who has chosen a password, signed in.
pub(crate) async fn camille(world: &World) -> (Router, Visitor) {
    let (router, organisation) = begin(world).await;
    let link = first_link(&world.app, organisation).await;
    let mut camille = Visitor::new(&router);
    assert_eq!(camille.spend(&link).await.header("location"), "/password");
    let chosen = camille.post("/password", &format!("new={PASSWORD}&again={PASSWORD}")).await;
    assert_eq!((chosen.status, chosen.header("location")), (StatusCode::SEE_OTHER, "/"));
    (router, camille)
}

pub(crate) fn form(email: &str, password: &str) -> String {
    format!("email={email}&password={password}").replace(' ', "+")
}

async fn a_person_signs_in_and_out(world: World) {
    let (_, mut camille) = camille(&world).await;
    assert_eq!(camille.get("/").await.header("location"), "/setup");
    let page = camille.get("/setup").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("cache-control"), "no-store");
    let kept = camille.clone();
    assert_eq!(camille.post("/sign-out", "").await.header("location"), "/sign-in");
    assert!(!camille.cookies.contains_key(SESSION));
    for mut gone in [camille.clone(), kept] {
        let page = gone.get("/journal?below=9").await;
        assert_eq!(
            (page.status, page.header("location")),
            (StatusCode::SEE_OTHER, "/sign-in?next=/journal%3Fbelow%3D9")
        );
    }
    let back =
        camille.post("/sign-in", &(form("Camille@Example.org", PASSWORD) + "&next=/journal")).await;
    assert_eq!((back.status, back.header("location")), (StatusCode::SEE_OTHER, "/journal"));
    let cookie = back.header("set-cookie");
    let attributes: Vec<&str> = cookie.split("; ").collect();
    let wanted = ["HttpOnly", "SameSite=Lax", "Path=/"];
    assert!(wanted.iter().all(|one| attributes.contains(one)), "{cookie}");
    assert_eq!(camille.get("/journal").await.status, StatusCode::OK);
    assert_eq!(
        camille
            .post("/sign-in", &(form(EMAIL, PASSWORD) + "&next=//evil.example"))
            .await
            .header("location"),
        "/"
    );
}

async fn a_session_is_rotated_at_sign_in_and_the_one_before_ends(world: World) {
    let (_, mut camille) = camille(&world).await;
    let before = camille.clone();
    assert_eq!(
        camille.post("/sign-in", &form(EMAIL, PASSWORD)).await.status,
        StatusCode::SEE_OTHER
    );
    assert_ne!(camille.cookies[SESSION], before.cookies[SESSION]);
    assert_eq!(before.clone().get("/setup").await.status, StatusCode::SEE_OTHER);
    assert_eq!(camille.get("/setup").await.status, StatusCode::OK);
}

async fn an_unknown_address_cannot_be_told_from_a_wrong_password(world: World) {
    let (router, _) = camille(&world).await;
    let emails = [EMAIL, "nobody@example.org", "no-address"];
    let (mut told, mut fastest) = (Vec::new(), [Duration::MAX; 3]);
    for _ in 0..4 {
        for (email, least) in emails.iter().zip(&mut fastest) {
            let mut visitor = Visitor::new(&router);
            let began = Instant::now();
            let page = visitor.post("/sign-in", &form(email, "wrong horses")).await;
            *least = began.elapsed().min(*least);
            assert!(visitor.cookies.is_empty());
            told.push((page.status, page.body.replace(email, "…")));
        }
    }
    assert_eq!(told[0].0, StatusCode::FORBIDDEN);
    assert!(told.iter().all(|page| *page == told[0]), "{told:#?}");
    // Without the work for nobody the answer comes some thirty times as fast; the machine's own
    // noise is less than that.
    assert!(
        fastest.iter().all(|time| *time * 4 > fastest[0]),
        "a quick no tells that nobody is there: {fastest:?}"
    );
}

async fn attempts_run_out_for_every_address_alike_and_come_back(world: World) {
    let (router, _) = camille(&world).await;
    world.app.clock.set(NOON + 3600);
    let mut visitor = Visitor::new(&router);
    let mut ends = Vec::new();
    for email in [EMAIL, "nobody@example.org"] {
        for _ in 0..limits::ATTEMPTS_ACCOUNT.0 {
            assert_eq!(
                visitor.post("/sign-in", &form(email, "wrong horses")).await.status,
                StatusCode::FORBIDDEN
            );
        }
        let page = visitor.post("/sign-in", &form(email, PASSWORD)).await;
        ends.push((page.status, page.header("retry-after").to_owned(), page.body));
    }
    assert_eq!((ends[0].0, ends[0].1.as_str()), (StatusCode::TOO_MANY_REQUESTS, "30"));
    assert_eq!(ends[0], ends[1]);
    world.app.clock.set(NOON + 3600 + 30);
    assert_eq!(
        visitor.post("/sign-in", &form(EMAIL, PASSWORD)).await.status,
        StatusCode::SEE_OTHER
    );
}

async fn a_session_ends_when_idle_and_after_twelve_hours(world: World) {
    let (router, mut camille) = camille(&world).await;
    let mut quiet = Visitor::new(&router);
    quiet.post("/sign-in", &form(EMAIL, PASSWORD)).await;
    for minutes in (20..12 * 60).step_by(20) {
        world.app.clock.set(NOON + minutes * 60);
        assert_eq!(camille.get("/setup").await.status, StatusCode::OK, "after {minutes} minutes");
        if minutes == 20 {
            assert_eq!(quiet.get("/setup").await.status, StatusCode::OK);
        }
    }
    assert_eq!(
        quiet.get("/setup").await.status,
        StatusCode::SEE_OTHER,
        "half an hour of nothing ends it"
    );
    world.app.clock.set(NOON + limits::SESSION);
    assert_eq!(camille.get("/setup").await.status, StatusCode::SEE_OTHER, "twelve hours end it");
}

async fn a_disabled_account_is_out_at_once(world: World) {
    let (router, mut camille) = camille(&world).await;
    world
        .app
        .db
        .write(|tx| {
            Box::pin(async move {
                let all = account::Entity::update_many()
                    .col_expr(account::Column::Disabled, Expr::val(true));
                all.filter(account::Column::Email.eq(EMAIL)).exec(tx).await?;
                Ok(())
            })
        })
        .await
        .expect("disabled");
    assert_eq!(camille.get("/setup").await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        Visitor::new(&router).post("/sign-in", &form(EMAIL, PASSWORD)).await.status,
        StatusCode::FORBIDDEN
    );
}

async fn another_site_cannot_make_a_browser_act(world: World) {
    let (_, mut camille) = camille(&world).await;
    let tries: [&[(&str, &str)]; 5] = [
        &[],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
    ];
    for headers in tries {
        for path in ["/sign-out", "/password", "/sign-in", "/sign-in/aaaaaaaaaaaaaaaaaaaaaaaaaa"] {
            let page = camille.send(Method::POST, path, headers, &form(EMAIL, PASSWORD)).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} {headers:?}");
        }
    }
    assert_eq!(camille.get("/setup").await.status, StatusCode::OK, "nothing happened");
    let ours =
        camille.send(Method::POST, "/sign-out", &[("origin", "http://127.0.0.1:8080")], "").await;
    assert_eq!(ours.status, StatusCode::SEE_OTHER);
}

async fn each_role_reads_its_pages_and_no_other(world: World) {
    let (router, organisation) = begin(&world).await;
    teams_and_sites(&world.app, organisation).await;
    let routes = [
        "/setup",
        "/journal",
        "/readers",
        "/teams/reception/readers",
        "/teams/planning/readers",
        "/teams/none/readers",
    ];
    let expected = [
        (Role::Administrator, [200, 200, 200, 200, 200, 404]),
        (Role::ProcessOwner, [403, 200, 403, 403, 403, 404]),
        (Role::TeamMember, [403, 200, 403, 200, 403, 404]),
        (Role::Representative, [403, 200, 200, 200, 200, 404]),
    ];
    for (role, statuses) in expected {
        let teams: &[_] = if role == Role::TeamMember { &[("reception", Some("S1"))] } else { &[] };
        let mut visitor = signed_in(&world.app, &router, organisation, role, teams).await;
        for (route, status) in routes.iter().zip(statuses) {
            let page = visitor.get(route).await;
            assert_eq!(page.status.as_u16(), status, "{role} at {route}");
            assert!(status != 403 || page.body.contains("Only "), "who may is told: {}", page.body);
        }
    }
    for route in routes {
        assert_eq!(
            Visitor::new(&router).get(route).await.status,
            StatusCode::SEE_OTHER,
            "nobody at {route}"
        );
    }
}

async fn another_organisation_does_not_exist(world: World) {
    let (router, ours) = begin(&world).await;
    teams_and_sites(&world.app, ours).await;
    let new = NewOrganisation { code: "other".into(), ..NewOrganisation::default() };
    let made =
        world.app.db.write(|tx| Box::pin(async move { store::create(tx, &new, NOON).await }));
    let theirs = made.await.expect("another organisation");
    let mut stranger = signed_in(&world.app, &router, theirs, Role::Representative, &[]).await;
    assert_eq!(stranger.get("/teams/reception/readers").await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get("/teams/none/readers").await.status, StatusCode::NOT_FOUND);
    let _ = signed_in(&world.app, &router, ours, Role::ProcessOwner, &[]).await;
    let journal = stranger.get("/journal").await.body;
    assert!(journal.contains("representative") && !journal.contains("owner"), "{journal}");
}

async fn a_program_needs_its_key(world: World) {
    let (_, organisation) = begin(&world).await;
    let probe = Router::new()
        .route(
            "/api/v1/probe",
            get(|caller: ApiCaller| async move {
                format!("{} {}", caller.organisation, caller.grant.scopes())
            }),
        )
        .with_state(world.app.clone());
    let token = world.app.random(Token::random);
    let made = key::add(
        &world.app.db,
        organisation,
        "feed",
        Grant::events(),
        token.clone(),
        because(&world.app),
    );
    made.await.expect("a key");
    let mut program = Visitor::new(&probe);
    let bearer = format!("Bearer {}", token.expose());
    let answer =
        program.send(Method::GET, "/api/v1/probe", &[("authorization", &bearer)], "").await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "1 events:write"));
    let other = format!("Bearer {}", world.app.random(Token::random).expose());
    for wrong in ["", "Bearer x", other.as_str()] {
        let answer =
            program.send(Method::GET, "/api/v1/probe", &[("authorization", wrong)], "").await;
        assert_eq!(
            (answer.status, answer.header("www-authenticate")),
            (StatusCode::UNAUTHORIZED, "Bearer"),
            "{wrong}"
        );
    }
    key::revoke(&world.app.db, organisation, "feed".into(), because(&world.app))
        .await
        .expect("revoked");
    let answer =
        program.send(Method::GET, "/api/v1/probe", &[("authorization", &bearer)], "").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_cookie_is_for_this_host_alone_where_the_wire_is_safe() {
    assert_eq!(Cookie::of("https://relais.example").name(), "__Host-relais");
    assert!(Cookie::of("https://relais.example").clear().contains("; Secure"));
}

both!(
    a_person_signs_in_and_out,
    a_session_is_rotated_at_sign_in_and_the_one_before_ends,
    an_unknown_address_cannot_be_told_from_a_wrong_password,
    attempts_run_out_for_every_address_alike_and_come_back,
    a_session_ends_when_idle_and_after_twelve_hours,
    a_disabled_account_is_out_at_once,
    another_site_cannot_make_a_browser_act,
    each_role_reads_its_pages_and_no_other,
    another_organisation_does_not_exist,
    a_program_needs_its_key,
);
