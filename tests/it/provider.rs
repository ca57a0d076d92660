//! Signing in through a provider that runs beside the stories, and everything by which somebody
//! else could get in.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use relais::config::{self, Config};
use relais::id::OrganisationId;
use relais::limits;
use relais::organisation::store;
use relais::schema::account;
use relais::team::account::Email;
use relais::team::account::store::{NewAccount, Standing};
use relais::team::{Role, admission};
use relais::token::Token;
use relais::wiring;
use sea_orm::EntityTrait;
use serde_json::json;
use url::Url;

use crate::support::dump::dump;
use crate::support::http::Line;
use crate::support::provider::{CLIENT, Forgery, Mood, Provider, SECRET};
use crate::support::{NOON, World, both, figure};
use crate::visitor::{Answered, Visitor, admission as because};

both!(
    who_was_invited_signs_in_through_the_provider,
    going_there_and_coming_back_write_nothing,
    no_forged_word_lets_anybody_in,
    an_answer_from_elsewhere_is_not_taken,
    a_code_is_spent_once_and_by_who_asked_for_it,
    nobody_gets_an_account_this_way,
    an_address_that_was_given_to_somebody_else_opens_nothing,
    our_second_factor_is_asked_for_all_the_same,
    a_provider_that_is_away_is_said_to_be,
);

const EMAIL: &str = "ada@example.org";
const SESSION: &str = "relais-session";

/// A service with a provider, and Ada, who was invited to it.
struct Scene {
    provider: Provider,
    router: Router,
}

async fn scene(world: &mut World) -> Scene {
    let provider = Provider::start(world.app.clock.clone(), EMAIL).await;
    let set = config::Provider {
        issuer: Url::parse(provider.url()).expect("an address"),
        client_id: CLIENT.to_owned(),
        client_secret: Some(SECRET.to_owned()),
        label: "the house".to_owned(),
    };
    Arc::make_mut(&mut world.app.config).provider = Some(set);
    let organisation = store::ensure(&world.app.db, NOON).await.expect("an organisation");
    let email = Email::parse(EMAIL).expect("an address");
    let standing = Standing { role: Role::Representative, memberships: Vec::new() };
    let new = NewAccount { email, standing, lang: relais::i18n::Lang::En };
    let link = world.app.random(Token::random);
    admission::add_account(&world.app.db, organisation, new, link, because(&world.app))
        .await
        .expect("an account");
    Scene { provider, router: wiring::router(world.app.clone()) }
}

impl Scene {
    /// A browser that went to the provider and came back: with the path that it came back to.
    async fn returned(&self, visitor: &mut Visitor) -> String {
        let there = visitor.get("/sign-in/provider?next=/journal").await;
        assert_eq!(there.status, StatusCode::SEE_OTHER, "{}", there.body);
        let path = there
            .header("location")
            .strip_prefix(self.provider.url())
            .expect("the provider")
            .to_owned();
        let mut line = Line::open(self.provider.port).await.expect("the provider");
        let back = line.get(&path).await.expect("an answer");
        assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
        back.header("location")
            .strip_prefix("http://127.0.0.1:8080")
            .expect("our address")
            .to_owned()
    }

    /// The same, and the button of the page was pressed.
    async fn signs_in(&self, visitor: &mut Visitor) -> Answered {
        let back = self.returned(visitor).await;
        press(visitor, &back).await
    }

    fn mood(&self, mood: Mood) {
        *self.provider.inner.mood.lock().expect("a mood") = mood;
    }
}

/// Looks at the page that the browser came back to, and presses its button.
async fn press(visitor: &mut Visitor, back: &str) -> Answered {
    let page = visitor.get(back).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let field = |name: &str| {
        let from = page.body.find(&format!("name=\"{name}\" value=\"")).expect("a field")
            + name.len()
            + 15;
        page.body[from..].split('"').next().expect("a value").to_owned()
    };
    let form = ["code", "state", "iss"]
        .map(|name| format!("{name}={}", field(name).replace(':', "%3A")))
        .join("&");
    visitor.post("/sign-in/provider/back", &form).await
}

fn refused(answered: &Answered, visitor: &Visitor, why: &str) {
    assert_eq!(answered.status, StatusCode::FORBIDDEN, "{why}: {}", answered.body);
    assert!(
        answered.body.contains("You are not signed in") && !visitor.cookies.contains_key(SESSION),
        "{why}"
    );
}

async fn who_was_invited_signs_in_through_the_provider(mut world: World) {
    let scene = scene(&mut world).await;
    let mut ada = Visitor::new(&scene.router);
    let page = ada.get("/sign-in?next=/readers").await.body;
    assert!(
        page.contains("Sign in with the house") && page.contains("/sign-in/provider?next=/readers"),
        "{page}"
    );
    let entered = scene.signs_in(&mut ada).await;
    assert_eq!(entered.header("location"), "/journal", "{}", entered.body);
    assert_eq!(ada.get("/journal").await.status, StatusCode::OK);
    assert!(!ada.cookies.contains_key("relais-attempt"), "what was remembered for it is forgotten");
    let mut again = Visitor::new(&scene.router);
    assert_eq!(scene.signs_in(&mut again).await.header("location"), "/journal");
    assert_ne!(ada.cookies[SESSION], again.cookies[SESSION]);
}

async fn going_there_and_coming_back_write_nothing(mut world: World) {
    let scene = scene(&mut world).await;
    let before = dump(&world).await;
    let mut scanner = Visitor::new(&scene.router);
    let back = scene.returned(&mut scanner).await;
    for _ in 0..3 {
        assert_eq!(scanner.get(&back).await.status, StatusCode::OK);
    }
    assert!(
        scene.provider.inner.answers.lock().expect("the answers").is_empty(),
        "no code was spent"
    );
    assert!(!scanner.cookies.contains_key(SESSION));
    let after = dump(&world).await;
    assert!(after == before, "looking wrote something");
    assert_eq!(
        press(&mut scanner, &back).await.header("location"),
        "/journal",
        "the button still signs in"
    );
}

/// A name and what is done to the word.
type Lie = (&'static str, fn(&mut serde_json::Value));

const LIES: [Lie; 10] = [
    ("another nonce", |claims| claims["nonce"] = json!("another")),
    ("no nonce", |claims| _ = claims.as_object_mut().expect("claims").remove("nonce")),
    ("an expired word", |claims| claims["exp"] = json!(NOON - 1)),
    ("another issuer", |claims| claims["iss"] = json!("http://127.0.0.1:1")),
    ("a word for somebody else", |claims| claims["aud"] = json!("another client")),
    ("a word for several", |claims| claims["aud"] = json!(["another client", CLIENT])),
    ("an address that nobody verified", |claims| claims["email_verified"] = json!(false)),
    ("an address of which nothing is said", |claims| {
        _ = claims.as_object_mut().expect("claims").remove("email_verified")
    }),
    ("a verification in words", |claims| claims["email_verified"] = json!("true")),
    ("no address", |claims| _ = claims.as_object_mut().expect("claims").remove("email")),
];

async fn no_forged_word_lets_anybody_in(mut world: World) {
    let scene = scene(&mut world).await;
    let mut tried = 0;
    for (what, lie) in LIES {
        scene.mood(Mood { claims: Some(lie), ..Mood::default() });
        let mut visitor = Visitor::new(&scene.router);
        refused(&scene.signs_in(&mut visitor).await, &visitor, what);
        tried += 1;
        world.app.clock.set(NOON + tried * 4);
    }
    for (what, sign) in [
        ("no signature", Forgery::None),
        ("the secret that both know", Forgery::SharedSecret),
        ("another key", Forgery::OtherKey),
    ] {
        scene.mood(Mood { sign: Some(sign), ..Mood::default() });
        let mut visitor = Visitor::new(&scene.router);
        refused(&scene.signs_in(&mut visitor).await, &visitor, what);
        tried += 1;
        world.app.clock.set(NOON + tried * 4);
    }
    scene.mood(Mood::default());
    assert_eq!(
        scene.signs_in(&mut Visitor::new(&scene.router)).await.header("location"),
        "/journal"
    );
    let database = world.app.db.reader().get_database_backend();
    figure(&format!("provider, {database:?}: {tried} forged words, 0 believed"));
}

async fn an_answer_from_elsewhere_is_not_taken(mut world: World) {
    let scene = scene(&mut world).await;
    for (what, iss) in [("another provider's name", "http://127.0.0.1:1"), ("no name", "")] {
        scene.mood(Mood { iss: Some(iss.to_owned()), ..Mood::default() });
        let mut visitor = Visitor::new(&scene.router);
        refused(&scene.signs_in(&mut visitor).await, &visitor, what);
    }
    scene.mood(Mood::default());
    let mut visitor = Visitor::new(&scene.router);
    let back = scene.returned(&mut visitor).await;
    let (before, after) = back.split_once("state=").expect("a state");
    let other = format!("{before}state=aaaaaaaaaaaaaaaaaaaaaaaaaa{}", &after[26..]);
    refused(&press(&mut visitor, &other).await, &visitor, "another state");
    let asked: Vec<_> = scene.provider.inner.answers.lock().expect("the answers").clone();
    assert!(
        asked.is_empty(),
        "a code was shown to the provider before its answer was looked at: {asked:?}"
    );
    let denied = visitor.get("/sign-in/provider/back?error=access_denied&state=x").await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
}

async fn a_code_is_spent_once_and_by_who_asked_for_it(mut world: World) {
    let scene = scene(&mut world).await;
    let mut ada = Visitor::new(&scene.router);
    let back = scene.returned(&mut ada).await;
    let kept = ada.clone();
    let mut thief = Visitor::new(&scene.router);
    refused(&press(&mut thief, &back).await, &thief, "a browser that began nothing");
    let own = scene.returned(&mut thief).await;
    let code = |path: &str| {
        path.split("code=")
            .nth(1)
            .and_then(|rest| rest.split('&').next())
            .expect("a code")
            .to_owned()
    };
    let injected = own.replace(&code(&own), &code(&back));
    refused(
        &press(&mut thief, &injected).await,
        &thief,
        "somebody else's code in an attempt of one's own",
    );
    let mut ada_again = Visitor::new(&scene.router);
    let back = scene.returned(&mut ada_again).await;
    let replay = ada_again.clone();
    assert_eq!(press(&mut ada_again, &back).await.header("location"), "/journal");
    let mut replaying = replay;
    refused(&press(&mut replaying, &back).await, &replaying, "a code that was spent");
    let mut late = kept;
    let back = scene.returned(&mut late).await;
    let patient = late.clone();
    world.app.clock.set(NOON + limits::PROVIDER_WAIT);
    let mut patient = patient;
    refused(&press(&mut patient, &back).await, &patient, "an attempt that took too long");
    let answers = scene.provider.inner.answers.lock().expect("the answers").clone();
    assert_eq!(answers, ["invalid_grant", "token", "invalid_grant"]);
}

async fn nobody_gets_an_account_this_way(mut world: World) {
    let scene = scene(&mut world).await;
    scene.provider.inner.person.lock().expect("a person").email = "eve@example.org".to_owned();
    let mut eve = Visitor::new(&scene.router);
    let answered = scene.signs_in(&mut eve).await;
    refused(&answered, &eve, "a stranger");
    assert!(answered.body.contains("invite you"), "{}", answered.body);
    let all = account::Entity::find().all(world.app.db.reader()).await.expect("the accounts");
    assert_eq!(all.len(), 1, "{all:?}");
    scene.provider.inner.person.lock().expect("a person").email = "ADA@Example.org".to_owned();
    assert_eq!(
        scene.signs_in(&mut eve).await.header("location"),
        "/journal",
        "capitals make nobody else"
    );
}

async fn an_address_that_was_given_to_somebody_else_opens_nothing(mut world: World) {
    let scene = scene(&mut world).await;
    let mut ada = Visitor::new(&scene.router);
    scene.signs_in(&mut ada).await;
    scene.provider.inner.person.lock().expect("a person").subject = "999".to_owned();
    let mut successor = Visitor::new(&scene.router);
    refused(&scene.signs_in(&mut successor).await, &successor, "the next one with that address");
    let link = world.app.random(Token::random);
    admission::renew_link(&world.app.db, OrganisationId::new(1), 1, link, because(&world.app))
        .await
        .expect("a link");
    assert_eq!(
        scene.signs_in(&mut successor).await.header("location"),
        "/journal",
        "recovery begins anew"
    );
    let stored = dump(&world).await.join("\n");
    assert!(!stored.contains("248289761001"), "the provider's name of her is not kept");
}

async fn our_second_factor_is_asked_for_all_the_same(mut world: World) {
    let scene = scene(&mut world).await;
    let mut ada = Visitor::new(&scene.router);
    scene.signs_in(&mut ada).await;
    ada.post("/second-factor", "").await;
    let page = ada.get("/second-factor").await.body;
    let secret = page
        .split("<code>")
        .nth(1)
        .and_then(|rest| rest.split("</code>").next())
        .expect("a secret");
    let shared = relais::team::factor::SharedSecret::of(&secret.replace(' ', ""), EMAIL, "x")
        .expect("a secret");
    let form = format!("code={}", shared.code_at(NOON));
    assert_eq!(ada.post("/second-factor/confirm", &form).await.status, StatusCode::OK);
    let mut again = Visitor::new(&scene.router);
    assert_eq!(scene.signs_in(&mut again).await.header("location"), "/sign-in/code?next=/journal");
    assert!(again.get("/journal").await.header("location").starts_with("/sign-in/code"));
}

async fn a_provider_that_is_away_is_said_to_be(mut world: World) {
    let scene = scene(&mut world).await;
    scene.provider.inner.answers.lock().expect("the answers").clear();
    let Scene { provider, router } = scene;
    let port = provider.port;
    drop(provider);
    crate::support::until("the provider is gone", || {
        std::net::TcpStream::connect(("127.0.0.1", port)).is_err()
    })
    .await;
    let away = Visitor::new(&router).get("/sign-in/provider").await;
    assert_eq!(away.status, StatusCode::BAD_GATEWAY);
    assert!(away.body.contains("does not answer"), "{}", away.body);
}

#[test]
fn a_provider_that_cannot_be_is_refused_at_the_start() {
    let read = |issuer: &str, client: &str| {
        let options = [("oidc_issuer", issuer.to_owned()), ("oidc_client_id", client.to_owned())];
        Config::read(&options, |_| None)
    };
    for issuer in [
        "http://id.example.org",
        "ftp://id.example.org",
        "id.example.org",
        "http://127.0.0.1.example.org",
    ] {
        assert!(read(issuer, CLIENT).is_err(), "{issuer}");
    }
    assert!(read("https://id.example.org", "").is_err(), "nobody would know who asks");
    let set = read("https://id.example.org/realm", CLIENT)
        .expect("the settings")
        .provider
        .expect("a provider");
    assert_eq!(set.label, "id.example.org");
    assert!(!format!("{set:?}").contains(CLIENT));
}
