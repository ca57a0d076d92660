//! Talking to the provider: its discovery document, the address that the browser goes to, and its
//! signed word.

use std::future::Future;
use std::io::Cursor;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client as HttpClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthenticationFlow, CoreClaimName, CoreClaimType, CoreClient,
    CoreClientAuthMethod, CoreGrantType, CoreIdTokenClaims, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm,
    CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{
    AdditionalProviderMetadata, AsyncHttpClient, AuthorizationCode, ClaimsVerificationError,
    ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, ProviderMetadata, RedirectUrl, RequestTokenError, Scope,
    SignatureVerificationError, TokenResponse as _,
};
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, OnceCell};
use url::Url;

use super::{Attempt, Identity, ProviderReply, SignInRefusal, subject};
use crate::clock::Instant;
use crate::config::{self, may_be_asked};
use crate::limits;
use crate::team::account::Email;

/// What we want to know of a provider beside what the library asks.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Extra {
    /// Whether its answers name it (RFC 9207).
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Extra {}

type Metadata = ProviderMetadata<
    Extra,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// Signatures by a key of the provider's own. Not by our shared secret, and not by none, whatever
/// it offers.
const SIGNED: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// We, as the provider knows us.
#[derive(Debug)]
pub struct Client {
    settings: config::Provider,
    back: String,
    http: OnceCell<Http>,
    known: Mutex<Option<(Instant, Arc<Metadata>)>>,
}

impl Client {
    /// The client of a service that people reach at `public_url`. It asks nothing yet.
    pub fn new(settings: config::Provider, public_url: &str) -> Self {
        let back = format!("{public_url}/sign-in/provider/back");
        Self { settings, back, http: OnceCell::new(), known: Mutex::default() }
    }

    pub async fn address(&self, attempt: &Attempt, now: Instant) -> Result<Url, SignInRefusal> {
        let metadata = self.metadata(now).await?;
        let verifier = PkceCodeVerifier::new(attempt.verifier.clone());
        let (state, nonce) =
            (CsrfToken::new(attempt.state.clone()), Nonce::new(attempt.nonce.clone()));
        let client =
            CoreClient::from_provider_metadata(metadata.as_ref().clone(), self.id(), self.secret());
        let client = client.set_redirect_uri(self.redirect()?);
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let request = client
            .authorize_url(flow, || state, || nonce)
            .add_scope(Scope::new("email".to_owned()));
        let (url, ..) = request
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        if may_be_asked(&url) {
            Ok(url)
        } else {
            Err(SignInRefusal::Untrusted("authorization-endpoint"))
        }
    }

    /// Whom the provider vouches for, in answer to an attempt.
    pub async fn identify(
        &self,
        attempt: &Attempt,
        back: &ProviderReply,
        now: Instant,
    ) -> Result<Identity, SignInRefusal> {
        if !attempt.is_answered_by(&back.state) {
            return Err(SignInRefusal::Stale);
        }
        let metadata = self.metadata(now).await?;
        self.is_the_one_asked(&metadata, &back.iss)?;
        let client =
            CoreClient::from_provider_metadata(metadata.as_ref().clone(), self.id(), self.secret());
        let client = client.set_redirect_uri(self.redirect()?);
        let exchange = client
            .exchange_code(AuthorizationCode::new(back.code.clone()))
            .map_err(|_| SignInRefusal::Untrusted("token-endpoint"))?
            .set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone()));
        let response =
            exchange.request_async(self.http().await?).await.map_err(|failure| match failure {
                RequestTokenError::Request(_) => SignInRefusal::Away,
                _ => SignInRefusal::Untrusted("code"),
            })?;
        let token = response.id_token().ok_or(SignInRefusal::Untrusted("no-id-token"))?;
        let at = UNIX_EPOCH + Duration::from_secs(u64::try_from(now).unwrap_or_default());
        let verifier =
            client.id_token_verifier().set_allowed_algs(SIGNED).set_time_fn(move || at.into());
        match token.claims(&verifier, &Nonce::new(attempt.nonce.clone())) {
            Ok(claims) => self.known(claims),
            Err(failure) => Err(self.distrust(failure).await),
        }
    }

    /// An answer that names somebody else, or nobody where the provider always names itself, comes
    /// from elsewhere.
    fn is_the_one_asked(&self, metadata: &Metadata, iss: &str) -> Result<(), SignInRefusal> {
        let must = metadata.additional_metadata().authorization_response_iss_parameter_supported;
        let named = iss == metadata.issuer().as_str();
        if named || iss.is_empty() && !must {
            return Ok(());
        }
        Err(SignInRefusal::Untrusted("iss"))
    }

    fn known(&self, claims: &CoreIdTokenClaims) -> Result<Identity, SignInRefusal> {
        let email = claims.email().and_then(|email| Email::parse(email.as_str()));
        match (email, claims.email_verified()) {
            (Some(email), Some(true)) => Ok(Identity {
                email,
                subject: subject(claims.issuer().as_str(), claims.subject().as_str()),
            }),
            _ => Err(SignInRefusal::Untrusted("email")),
        }
    }

    /// A key that we do not know may be new: the next attempt asks for the provider's keys again.
    async fn distrust(&self, failure: ClaimsVerificationError) -> SignInRefusal {
        SignInRefusal::Untrusted(match failure {
            ClaimsVerificationError::Expired(_) => "expired",
            ClaimsVerificationError::InvalidNonce(_) => "nonce",
            ClaimsVerificationError::InvalidIssuer(_) => "issuer",
            ClaimsVerificationError::InvalidAudience(_) => "audience",
            ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            ) => {
                *self.known.lock().await = None;
                "unknown-key"
            }
            ClaimsVerificationError::SignatureVerification(_) => "signature",
            _ => "id-token",
        })
    }

    async fn metadata(&self, now: Instant) -> Result<Arc<Metadata>, SignInRefusal> {
        let mut known = self.known.lock().await;
        if let Some((since, metadata)) = known.as_ref()
            && (*since..since + limits::PROVIDER_REMEMBERED).contains(&now)
        {
            return Ok(Arc::clone(metadata));
        }
        let issuer = IssuerUrl::new(self.issuer()).map_err(|_| SignInRefusal::Away)?;
        let asked = Metadata::discover_async(issuer, self.http().await?).await;
        let metadata = Arc::new(asked.map_err(|_| SignInRefusal::Away)?);
        *known = Some((now, Arc::clone(&metadata)));
        Ok(metadata)
    }

    /// As the provider writes itself. A parsed address without a path ends in a slash, which most
    /// providers do not write.
    fn issuer(&self) -> String {
        let written = self.settings.issuer.as_str();
        let bare = self.settings.issuer.path() == "/" && self.settings.issuer.query().is_none();
        if bare { written.trim_end_matches('/').to_owned() } else { written.to_owned() }
    }

    async fn http(&self) -> Result<&Http, SignInRefusal> {
        self.http.get_or_try_init(async || Http::open()).await.map_err(|_| SignInRefusal::Away)
    }

    fn id(&self) -> ClientId {
        ClientId::new(self.settings.client_id.clone())
    }

    fn secret(&self) -> Option<ClientSecret> {
        self.settings.client_secret.clone().map(ClientSecret::new)
    }

    fn redirect(&self) -> Result<RedirectUrl, SignInRefusal> {
        RedirectUrl::new(self.back.clone()).map_err(|_| SignInRefusal::Untrusted("public-url"))
    }
}

/// The plain client: certificates of the system, no redirects, answers that are small and quick.
#[derive(Debug)]
struct Http(HttpClient<HttpsConnector<HttpConnector>, Full<Cursor<Vec<u8>>>>);

impl Http {
    fn open() -> std::io::Result<Self> {
        let connector = HttpsConnectorBuilder::new()
            .with_native_roots()?
            .https_or_http()
            .enable_http1()
            .build();
        Ok(Self(HttpClient::builder(TokioExecutor::new()).build(connector)))
    }
}

/// Why the provider was not heard.
#[derive(Debug, thiserror::Error)]
#[error("the provider was not heard: {0}")]
struct NoReply(&'static str);

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = NoReply;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, NoReply>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let url = Url::parse(&request.uri().to_string()).ok().filter(may_be_asked);
            url.ok_or(NoReply("its address is not https"))?;
            let asked = tokio::time::timeout(limits::PROVIDER_REPLY, self.ask(request)).await;
            asked.unwrap_or(Err(NoReply("it is too slow")))
        })
    }
}

impl Http {
    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, NoReply> {
        let request = request.map(|body| Full::new(Cursor::new(body)));
        let response = self.0.request(request).await.map_err(|_| NoReply("no connection"))?;
        let (parts, body) = response.into_parts();
        let body = Limited::new(body, limits::PROVIDER_BODY).collect().await;
        let body = body.map_err(|_| NoReply("its answer breaks off or is too long"))?;
        Ok(HttpResponse::from_parts(parts, body.to_bytes().to_vec()))
    }
}
