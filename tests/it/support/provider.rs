//! An OpenID Connect provider on loopback: discovery, keys, the authorization and the token
//! endpoint of the code flow, as the standard asks: it checks the client, the redirect address and
//! PKCE, and takes a code once. It signs with RS256.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use relais::clock::Clock;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::smtp::openssl;

pub(crate) const CLIENT: &str = "relais";
pub(crate) const SECRET: &str = "a secret of both";

/// What a story makes the provider do otherwise than it should.
#[derive(Default)]
pub(crate) struct Mood {
    /// Changes the claims before they are signed.
    pub(crate) claims: Option<fn(&mut Value)>,
    /// Signs in this way instead.
    pub(crate) sign: Option<Forgery>,
    /// Names this one in its answer, instead of itself.
    pub(crate) iss: Option<String>,
}

/// How a word is signed that nobody may believe.
#[derive(Clone, Copy)]
pub(crate) enum Forgery {
    /// Not at all, and it says so.
    None,
    /// With the secret that the client knows too.
    SharedSecret,
    /// By another key under the name of the right one.
    OtherKey,
}

/// Who is signed in at the provider.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) subject: String,
    pub(crate) email: String,
    pub(crate) verified: Value,
}

/// What a code stands for.
struct Granted {
    redirect: String,
    nonce: String,
    challenge: String,
    person: Person,
}

pub(crate) struct Inner {
    url: String,
    key: RsaKeyPair,
    other: RsaKeyPair,
    clock: Clock,
    codes: Mutex<HashMap<String, Granted>>,
    pub(crate) person: Mutex<Person>,
    pub(crate) mood: Mutex<Mood>,
    /// What the token endpoint answered, in order.
    pub(crate) answers: Mutex<Vec<String>>,
}

/// A running provider; it ends when this is dropped.
pub(crate) struct Provider {
    pub(crate) inner: Arc<Inner>,
    pub(crate) port: u16,
    serving: tokio::task::JoinHandle<()>,
}

impl Provider {
    pub(crate) async fn start(clock: Clock, email: &str) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let person = Person {
            subject: "248289761001".to_owned(),
            email: email.to_owned(),
            verified: json!(true),
        };
        let inner = Arc::new(Inner {
            url: format!("http://127.0.0.1:{port}"),
            key: key(),
            other: key(),
            clock,
            codes: Mutex::default(),
            person: Mutex::new(person),
            mood: Mutex::default(),
            answers: Mutex::default(),
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .with_state(Arc::clone(&inner));
        let serving =
            tokio::spawn(async move { axum::serve(listener, router).await.expect("a provider") });
        Self { inner, port, serving }
    }

    pub(crate) fn url(&self) -> &str {
        &self.inner.url
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn key() -> RsaKeyPair {
    let folder = tempfile::tempdir().expect("a temporary folder");
    openssl(folder.path(), "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem");
    let der = openssl(folder.path(), "pkcs8 -topk8 -nocrypt -in key.pem -outform DER");
    RsaKeyPair::from_pkcs8(&der).expect("a key")
}

async fn discovery(State(it): State<Arc<Inner>>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", it.url);
    Json(json!({
        "issuer": it.url,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        // It offers what nobody should take.
        "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn keys(State(it): State<Arc<Inner>>) -> Json<Value> {
    let public = ring::rsa::PublicKeyComponents::<Vec<u8>>::from(it.key.public());
    let number = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
    let one = json!({"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "1", "n": number(&public.n), "e": number(&public.e)});
    Json(json!({ "keys": [one] }))
}

/// The person is signed in here already, so the browser goes straight back.
async fn authorize(
    State(it): State<Arc<Inner>>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    let of = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let scopes: Vec<String> = of("scope").split(' ').map(str::to_owned).collect();
    let fine = of("response_type") == "code"
        && of("client_id") == CLIENT
        && scopes.iter().any(|scope| scope == "openid")
        && scopes.iter().any(|scope| scope == "email")
        && of("code_challenge_method") == "S256"
        && of("redirect_uri") == "http://127.0.0.1:8080/sign-in/provider/back"
        && [of("nonce"), of("state"), of("code_challenge")].iter().all(|one| one.len() >= 26);
    if !fine {
        return (StatusCode::BAD_REQUEST, format!("{asked:?}")).into_response();
    }
    let mut bytes = [0; 16];
    ring::rand::SecureRandom::fill(&SystemRandom::new(), &mut bytes).expect("randomness");
    let code = BASE64URL_NOPAD.encode(&bytes);
    let person = it.person.lock().expect("a person").clone();
    let granted = Granted {
        redirect: of("redirect_uri"),
        nonce: of("nonce"),
        challenge: of("code_challenge"),
        person,
    };
    it.codes.lock().expect("the codes").insert(code.clone(), granted);
    let named = it.mood.lock().expect("a mood").iss.clone().unwrap_or_else(|| it.url.clone());
    let iss = if named.is_empty() {
        String::new()
    } else {
        format!("&iss={}", named.replace(':', "%3A"))
    };
    Redirect::to(&format!("{}?code={code}&state={}{iss}", of("redirect_uri"), of("state")))
        .into_response()
}

async fn token(
    State(it): State<Arc<Inner>>,
    headers: HeaderMap,
    Form(sent): Form<HashMap<String, String>>,
) -> Response {
    let of = |name: &str| sent.get(name).cloned().unwrap_or_default();
    let refused = |why: &str| {
        it.answers.lock().expect("the answers").push(why.to_owned());
        (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response()
    };
    // The secret is form-encoded before it is joined (RFC 6749, 2.3.1).
    let known = BASE64.encode(format!("{CLIENT}:{}", SECRET.replace(' ', "+")).as_bytes());
    if headers.get("authorization").and_then(|value| value.to_str().ok())
        != Some(&format!("Basic {known}"))
    {
        return refused("invalid_client");
    }
    let Some(granted) = it.codes.lock().expect("the codes").remove(&of("code")) else {
        return refused("invalid_grant");
    };
    let proof = BASE64URL_NOPAD.encode(&Sha256::digest(of("code_verifier").as_bytes()));
    if of("grant_type") != "authorization_code"
        || of("redirect_uri") != granted.redirect
        || proof != granted.challenge
    {
        return refused("invalid_grant");
    }
    it.answers.lock().expect("the answers").push("token".to_owned());
    let token = word(&it, &granted);
    Json(json!({"access_token": "x", "token_type": "Bearer", "expires_in": 300, "id_token": token}))
        .into_response()
}

/// The signed word about a person.
fn word(it: &Inner, granted: &Granted) -> String {
    let now = it.clock.now();
    let Person { subject, email, verified } = &granted.person;
    let mut claims = json!({
        "iss": it.url, "aud": CLIENT, "sub": subject, "nonce": granted.nonce, "iat": now, "exp": now + 300,
        "email": email, "email_verified": verified,
    });
    let mood = it.mood.lock().expect("a mood");
    if let Some(change) = mood.claims {
        change(&mut claims);
    }
    let alg = match mood.sign {
        Some(Forgery::None) => "none",
        Some(Forgery::SharedSecret) => "HS256",
        Some(Forgery::OtherKey) | None => "RS256",
    };
    let part = |json: &Value| BASE64URL_NOPAD.encode(json.to_string().as_bytes());
    let said =
        format!("{}.{}", part(&json!({"alg": alg, "kid": "1", "typ": "JWT"})), part(&claims));
    let signature = match mood.sign {
        Some(Forgery::None) => Vec::new(),
        Some(Forgery::SharedSecret) => {
            let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, SECRET.as_bytes());
            ring::hmac::sign(&key, said.as_bytes()).as_ref().to_vec()
        }
        Some(Forgery::OtherKey) => signed(&it.other, &said),
        None => signed(&it.key, &said),
    };
    format!("{said}.{}", BASE64URL_NOPAD.encode(&signature))
}

fn signed(key: &RsaKeyPair, said: &str) -> Vec<u8> {
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), said.as_bytes(), &mut signature)
        .expect("a signature");
    signature
}
