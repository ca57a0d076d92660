//! The settings of the OpenID Connect provider through which people may sign in.

use std::fmt;

use url::{Host, Url};

use super::value::{Values, bad};
use crate::error::{Error, Result};

#[derive(Clone)]
pub struct Provider {
    /// An https address, or http on the machine itself.
    pub issuer: Url,
    pub client_id: String,
    /// `None` where the provider trusts the proof of possession (PKCE) alone.
    pub client_secret: Option<String>,
    pub label: String,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.issuer.as_str()).finish_non_exhaustive()
    }
}

/// The provider of the settings. Its secret is read here, so that a missing file is reported at
/// the start.
pub(super) fn provider(values: &Values) -> Result<Option<Provider>> {
    let given = |key: &str| Some(values[key].0.trim()).filter(|value| !value.is_empty());
    let Some(issuer) = given("oidc_issuer") else { return Ok(None) };
    if cfg!(not(feature = "oidc")) {
        return Err(bad(values, "oidc_issuer", "config-without-oidc"));
    }
    let issuer = Url::parse(issuer).ok().filter(may_be_asked);
    let Some(issuer) = issuer else { return Err(bad(values, "oidc_issuer", "config-bad-issuer")) };
    let Some(client_id) = given("oidc_client_id") else {
        return Err(bad(values, "oidc_client_id", "config-no-client"));
    };
    let secret = given("oidc_client_secret_file").map(|path| {
        std::fs::read_to_string(path)
            .map_err(Error::io(path))
            .map(|secret| secret.trim().to_owned())
    });
    let label = given("oidc_label").or(issuer.host_str()).unwrap_or_default().to_owned();
    Ok(Some(Provider {
        client_id: client_id.to_owned(),
        client_secret: secret.transpose()?,
        label,
        issuer,
    }))
}

/// Whether a provider may be asked at that address: over https, or by plain http on the machine
/// itself, where nobody reads along.
pub fn may_be_asked(url: &Url) -> bool {
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || url.scheme() == "http" && loopback
}
