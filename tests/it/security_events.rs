//! What the service logs for whoever watches over it: sign-ins, failures, refusals, limits; and
//! nobody's name.

use axum::http::StatusCode;
use relais::clock::Clock;
use relais::i18n::Lang;
use relais::limits;
use relais::organisation::store;
use relais::team::Role;
use relais::team::account::Email;
use relais::team::account::store::{NewAccount, Standing};
use relais::team::admission;
use relais::token::Token;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::service::Site;
use crate::support::{World, both, until};
use crate::visitor::admission as because;

both!(security_events_are_logged_without_a_name,);

const EMAIL: &str = "zqcamille@example.org";
const PASSWORD: &str = "quatre+chevaux+gris";

/// A browser that remembers one cookie.
struct Browser {
    port: u16,
    cookie: String,
}

impl Browser {
    async fn send(&mut self, method: &str, path: &str, headers: &str, form: &str) -> u16 {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.expect("the service");
        let (cookie, length) = (&self.cookie, form.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nsec-fetch-site: same-origin\r\n\
             cookie: {cookie}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {length}\r\nconnection: close\r\n{headers}\r\n{form}"
        );
        stream.write_all(request.as_bytes()).await.expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        let set = answer.lines().find_map(|line| line.strip_prefix("set-cookie: "));
        if let Some(cookie) = set.and_then(|set| set.split(';').next()) {
            cookie.clone_into(&mut self.cookie);
        }
        answer.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status")
    }
}

async fn security_events_are_logged_without_a_name(world: World) {
    world.app.clock.set(Clock::System.now());
    let organisation =
        store::ensure(&world.app.db, world.app.clock.now()).await.expect("an organisation");
    let link = world.app.random(Token::random);
    let email = Email::parse(EMAIL).expect("an address");
    let standing = Standing { role: Role::Representative, memberships: Vec::new() };
    let new = NewAccount { email, standing, lang: Lang::En };
    let made =
        admission::add_account(&world.app.db, organisation, new, link.clone(), because(&world.app));
    made.await.expect("an account");
    std::fs::create_dir_all(world.folder.path().join("mails")).expect("the folder of mails");
    let site = Site::of(world).await;
    let service = site.serve();
    let mut browser = Browser { port: service.port, cookie: String::new() };
    let said = |event: &str, what: &str| {
        service.said(&format!("\"event\":\"{event}\",\"what\":\"{what}\""))
    };

    let unknown = "/sign-in/aaaaaaaaaaaaaaaaaaaaaaaaaa";
    assert_eq!(browser.send("POST", unknown, "", "").await, 404);
    let path = format!("/sign-in/{}", link.expose());
    assert_eq!(browser.send("POST", &path, "", "").await, 303);
    let chosen = format!("new={PASSWORD}&again={PASSWORD}");
    assert_eq!(browser.send("POST", "/password", "", &chosen).await, 303);
    assert_eq!(browser.send("GET", "/erasure", "", "").await, 403);
    assert_eq!(browser.send("POST", "/sign-out", "", "").await, 303);
    let right = format!("email={EMAIL}&password={PASSWORD}");
    assert_eq!(browser.send("POST", "/sign-in", "", &right).await, 303);
    let mut stranger = Browser { port: service.port, cookie: String::new() };
    let key = "authorization: Bearer guessed\r\n";
    assert_eq!(stranger.send("GET", "/api/v1/breakdown", key, "").await, 401);
    let wrong = format!("email={EMAIL}&password=zqguessed+by+somebody");
    for _ in 0..limits::ATTEMPTS_ACCOUNT.0 {
        stranger.send("POST", "/sign-in", "", &wrong).await;
    }
    let limited = stranger.send("POST", "/sign-in", "", &wrong).await;
    assert_eq!(limited, StatusCode::TOO_MANY_REQUESTS.as_u16());

    until("everything stands in the log", || said("limit", "attempts") > 0).await;
    for (event, what) in [
        ("failure", "link"),
        ("sign-in", "whole"),
        ("change", "password"),
        ("refusal", "page"),
        ("sign-out", "own"),
        ("failure", "key"),
        ("failure", "password"),
    ] {
        assert!(said(event, what) > 0, "{event} {what}: {}", service.log());
    }
    assert_eq!(said("sign-in", "whole"), 2);
    assert_eq!(said("limit", "attempts"), 1, "once a minute and network, not once a try");
    let log = service.log();
    let events: Vec<serde_json::Value> = log
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .filter(|line: &serde_json::Value| line["target"] == "relais::security")
        .collect();
    for event in &events {
        let is_right =
            ["sign-in", "sign-out", "change"].iter().any(|by| event["fields"]["event"] == *by);
        assert_eq!(event["fields"]["network"].is_null(), is_right, "{event}");
        assert!(event["timestamp"].as_str().is_some_and(|at| at.ends_with('Z')), "{event}");
    }
    for secret in ["zqcamille", "example.org", "chevaux", "zqguessed", "guessed", link.expose()] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}
