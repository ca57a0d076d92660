//! The defences of the web that no other story has: each of these fails when its layer is taken
//! away.

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode};
use relais::app::App;
use relais::clock::Clock;
use relais::config::Config;
use relais::{limits, wiring};
use tower::ServiceExt as _;

use crate::support::NOON;
use crate::visitor::{Answered, Visitor};

/// A service with settings of its own.
async fn service(settings: &[(&'static str, &str)]) -> (tempfile::TempDir, App, Router) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut options = vec![("data", folder.path().display().to_string())];
    options.extend(settings.iter().map(|(key, value)| (*key, (*value).to_owned())));
    let config = Config::read(&options, |_| None).expect("the settings");
    let app = App::open(config, Clock::manual(NOON)).await.expect("an application");
    relais::organisation::store::ensure(&app.db, NOON).await.expect("an organisation");
    let router = wiring::router(app.clone());
    (folder, app, router)
}

/// Asks from an address, as a connection of the real service does.
async fn from(router: &Router, peer: &str, forwarded: &str, path: &str) -> StatusCode {
    let mut request = Request::builder().uri(path);
    if !forwarded.is_empty() {
        request = request.header("x-forwarded-for", forwarded);
    }
    let mut request = request.body(axum::body::Body::empty()).expect("a request");
    let peer: std::net::IpAddr = peer.parse().expect("an address");
    request.extensions_mut().insert(ConnectInfo(std::net::SocketAddr::from((peer, 40_000))));
    router.clone().oneshot(request).await.expect("an answer").status()
}

/// Pages of every kind: open, a customer's, found nowhere, for programs, refused, and what is
/// embedded.
const PAGES: [&str; 11] = [
    "/sign-in",
    "/setup",
    "/privacy",
    "/r/aaaaaaaaaaaaaaaaaaaaaaaaaa",
    "/nowhere",
    "/api/v1/breakdown",
    "/guarantees",
    "/healthz",
    "/livez",
    "/readyz",
    "/assets/style.css",
];

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_forbids_a_browser_whatever_it_does_not_need() {
    let (_folder, _, router) = service(&[("public_url", "https://relais.example")]).await;
    let mut visitor = Visitor::new(&router);
    let mut answers: Vec<(&str, Answered)> = Vec::new();
    for path in PAGES {
        answers.push((path, visitor.get(path).await));
    }
    answers.push((
        "a refusal",
        visitor.send(Method::POST, "/sign-out", &[("origin", "https://evil.example")], "").await,
    ));
    for (path, answer) in answers {
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe-"),
            "{path}: {policy}"
        );
        assert!(
            policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"),
            "{path}: {policy}"
        );
        assert!(
            policy.contains("form-action 'self'") && !policy.contains("script-src"),
            "{path}: {policy}"
        );
        for (header, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-robots-tag", "noindex"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            assert_eq!(answer.header(header), value, "{header} of {path}");
        }
        let kind = answer.header("content-type");
        assert!(!kind.starts_with("text/") || kind.contains("charset=utf-8"), "{path}: {kind}");
        assert_eq!(kind.is_empty(), answer.body.is_empty(), "{path}: {kind}");
        let kept = answer.header("cache-control");
        assert!(
            if path.starts_with("/assets/") {
                kept.contains("immutable")
            } else {
                kept == "no-store"
            },
            "{path}: {kept}"
        );
    }
    let set = visitor.get("/sign-in?lang=fr").await.header("set-cookie").to_owned();
    assert_eq!(
        set,
        "__Host-relais-language=fr; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=31536000"
    );
    assert!(visitor.get("/sign-in").await.body.contains("lang=\"fr\""), "and it is remembered");
    let (_folder, _, plain) = service(&[]).await;
    let answer = Visitor::new(&plain).get("/sign-in").await;
    assert_eq!(
        answer.header("strict-transport-security"),
        "",
        "a service without TLS locks nobody out of itself"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_asks_too_often_waits_and_others_do_not() {
    let (_folder, app, router) =
        service(&[("requests_per_minute", "60"), ("trusted_proxies", "10.0.0.1")]).await;
    for n in 0..60 {
        assert_eq!(from(&router, &format!("192.0.2.{n}"), "", "/healthz").await, StatusCode::OK);
    }
    for path in PAGES {
        assert_eq!(
            from(&router, "192.0.2.250", "", path).await,
            StatusCode::TOO_MANY_REQUESTS,
            "{path}"
        );
    }
    assert_eq!(
        from(&router, "198.51.100.1", "", "/healthz").await,
        StatusCode::OK,
        "another network"
    );
    assert_eq!(
        from(&router, "10.0.0.1", "203.0.113.9", "/healthz").await,
        StatusCode::OK,
        "our proxy is believed"
    );
    assert_eq!(
        from(&router, "10.0.0.1", "192.0.2.7", "/healthz").await,
        StatusCode::TOO_MANY_REQUESTS
    );
    assert_eq!(
        from(&router, "192.0.2.7", "8.8.8.8", "/healthz").await,
        StatusCode::TOO_MANY_REQUESTS,
        "a stranger is not"
    );
    app.clock.set(NOON + 60);
    assert_eq!(
        from(&router, "192.0.2.1", "", "/healthz").await,
        StatusCode::OK,
        "after a minute it is welcome again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_and_a_key_run_out_by_themselves() {
    let (_folder, app, router) = service(&[("requests_per_minute", "1000000")]).await;
    let mut customer = Visitor::new(&router);
    let (ours, other) = ("/r/aaaaaaaaaaaaaaaaaaaaaaaaaa/1", "/r/bbbbbbbbbbbbbbbbbbbbbbbbbb/1");
    for _ in 0..limits::PAGES_OF_A_LINK.0 {
        assert_eq!(
            customer.send(Method::POST, ours, &[], "outcome=1").await.status,
            StatusCode::NOT_FOUND
        );
    }
    let refused = customer.send(Method::POST, ours, &[], "outcome=1").await;
    assert_eq!(
        (refused.status, refused.header("retry-after")),
        (StatusCode::TOO_MANY_REQUESTS, "2")
    );
    assert!(
        refused.body.contains("was not saved") && refused.body.contains("Wait 2 seconds"),
        "{}",
        refused.body
    );
    assert_eq!(
        customer.get(ours).await.status,
        StatusCode::NOT_FOUND,
        "looking is free: scanners of mail do it"
    );
    assert_eq!(
        customer.send(Method::POST, other, &[], "").await.status,
        StatusCode::NOT_FOUND,
        "another link is"
    );
    app.clock.set(NOON + 2);
    assert_eq!(customer.send(Method::POST, ours, &[], "").await.status, StatusCode::NOT_FOUND);

    let mut program = Visitor::new(&router);
    let key: &[(&str, &str)] = &[("authorization", "Bearer guessed")];
    for _ in 0..limits::REQUESTS_OF_A_KEY.0 {
        assert_eq!(
            program.send(Method::GET, "/api/v1/breakdown", key, "").await.status,
            StatusCode::UNAUTHORIZED
        );
    }
    let refused = program.send(Method::GET, "/api/v1/breakdown", key, "").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.body.starts_with("{\"error\":"), "{}", refused.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_is_refused_before_it_is_read_whole() {
    let (_folder, _, router) = service(&[]).await;
    let mut stranger = Visitor::new(&router);
    let long = format!("email={}", "a".repeat(limits::BODY));
    assert_eq!(stranger.post("/sign-in", &long).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let link = "/r/aaaaaaaaaaaaaaaaaaaaaaaaaa/3";
    assert_eq!(
        stranger.send(Method::POST, link, &[], &long).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}
